//! Copies files and folders between this machine and a sandbox, either way, as streams.

mod download;
mod place;
mod upload;

use std::io::Write;
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;
use tokio::io::AsyncRead;

use crate::api::Client;
use crate::error::{Error, Result};
use crate::output::{Human, View};

use super::Ctx;
use super::sandbox::resolve;

pub use place::Place;

/// How many files are on their way at once.
const AT_ONCE: usize = 8;

/// What was copied
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Copied {
    /// How many files
    pub files: u64,
    /// How many bytes
    pub bytes: u64,
    /// Where they are now
    pub to: String,
}

impl Human for Copied {
    fn view(&self) -> View {
        let files = if self.files == 1 {
            "1 file".to_owned()
        } else {
            format!("{} files", self.files)
        };
        View::Done(format!(
            "copied {files}, {} bytes, to {}",
            self.bytes, self.to
        ))
    }

    fn ids(&self) -> Vec<String> {
        vec![self.to.clone()]
    }
}

/// Told how many bytes have passed, while they do.
pub type Passed<'a> = &'a (dyn Fn(u64) + Send + Sync);

/// What `-` stands for, and who is told how far it is.
pub struct Ends<'a> {
    /// Standard input.
    pub input: Box<dyn AsyncRead + Send + Unpin>,
    /// Standard output.
    pub output: &'a mut (dyn Write + Send),
    /// Told of every chunk.
    pub passed: Passed<'a>,
}

/// The toolbox of a sandbox that runs.
struct Toolbox<'a> {
    client: &'a Client,
    url: String,
}

/// Copies from one place to the other; one of them is in a sandbox. `-` is standard input or output.
pub async fn copy(ctx: &Ctx, from: &Place, to: &Place, ends: Ends<'_>) -> Result<Copied> {
    let client = ctx.client().await?;
    let reach = async |sandbox: &str| -> Result<Toolbox<'_>> {
        let sandbox = resolve::running(ctx, sandbox, false).await?;
        let url = client.toolbox(&sandbox).await?;
        Ok(Toolbox {
            client: &client,
            url,
        })
    };
    match (from, to) {
        (Place::Here(from), Place::Sandbox { sandbox, path }) => {
            let toolbox = reach(sandbox).await?;
            let mut copied = upload::upload(&toolbox, from, path, ends).await?;
            copied.to = format!("{sandbox}:{}", copied.to);
            Ok(copied)
        }
        (Place::Sandbox { sandbox, path }, Place::Here(to)) => {
            let toolbox = reach(sandbox).await?;
            download::download(&toolbox, path, to, ends).await
        }
        _ => Err(Error::usage("one of the two places must be in a sandbox, and only one")
            .hint("to a sandbox: `daytona cp FILE SANDBOX:PATH`; from it: `daytona cp SANDBOX:PATH FILE`")),
    }
}

/// Whether a path stands for standard input or output.
fn is_stream(path: &Path) -> bool {
    path == Path::new("-")
}

/// A name below a folder of the sandbox.
fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{}/{name}", folder.trim_end_matches('/'))
    }
}
