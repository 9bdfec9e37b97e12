//! Copies files and folders between this machine and a sandbox, either way, as streams.

mod download;
mod links;
mod place;
mod upload;

use std::io::Write;
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;
use tokio::io::AsyncRead;

use crate::api::Client;
use crate::error::{Error, Kind, Result};
use crate::output::{Human, View};

use super::Ctx;
use super::sandbox::resolve;

pub use place::CopyPlace;

/// How much of what is left out is told one by one.
const TOLD: usize = 50;
/// How deep folders are entered.
const DEEPEST: usize = 200;
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
    /// How many links
    #[serde(skip_serializing_if = "is_none")]
    pub links: u64,
    /// Where they are now
    pub to: String,
    /// What was left out, and why: the first ones
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
    /// How much was left out
    #[serde(skip_serializing_if = "is_none")]
    pub left_out_count: u64,
}

/// Something that was not copied
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct LeftOut {
    /// Its path
    pub path: String,
    /// Why
    pub reason: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_none(count: &u64) -> bool {
    *count == 0
}

impl Copied {
    /// Notes that something cannot be carried; the rest is copied nevertheless.
    fn leave_out(&mut self, path: impl Into<String>, reason: impl Into<String>) {
        self.left_out_count += 1;
        if self.left_out.len() < TOLD {
            self.left_out.push(LeftOut {
                path: path.into(),
                reason: reason.into(),
            });
        }
    }

    /// Notes a failure of one thing; a failure of the way there ends the copy.
    fn leave_out_failed(&mut self, path: impl Into<String>, error: Error) -> Result<()> {
        if !is_of_one(&error) {
            return Err(error);
        }
        self.leave_out(path, error.text());
        Ok(())
    }
}

/// Whether a failure says something of one file only.
fn is_of_one(error: &Error) -> bool {
    !matches!(
        error.kind(),
        Kind::Unavailable | Kind::Timeout | Kind::Interrupted | Kind::Internal | Kind::Limit
    )
}

impl Human for Copied {
    fn view(&self) -> View {
        let files = if self.files == 1 {
            "1 file".to_owned()
        } else {
            format!("{} files", self.files)
        };
        let links = match self.links {
            0 => String::new(),
            1 => ", 1 link".to_owned(),
            count => format!(", {count} links"),
        };
        View::Done(format!(
            "copied {files}{links}, {} bytes, to {}",
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
pub async fn copy(ctx: &Ctx, from: &CopyPlace, to: &CopyPlace, ends: Ends<'_>) -> Result<Copied> {
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
        (CopyPlace::Here(from), CopyPlace::Sandbox { sandbox, path }) => {
            let toolbox = reach(sandbox).await?;
            let mut copied = upload::upload(&toolbox, from, path, ends).await?;
            copied.to = format!("{sandbox}:{}", copied.to);
            Ok(copied)
        }
        (CopyPlace::Sandbox { sandbox, path }, CopyPlace::Here(to)) => {
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
