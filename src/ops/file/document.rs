//! The text of a document of a sandbox: extracted by a process of its own, with limits, because the
//! file is anybody's.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;
use tokio::time::timeout;

use crate::error::{Context as _, Error, Kind, Result};
use crate::ops::inside::Inside;

use super::text::{ROLE, TEXT_MOST};

/// The largest document that is taken.
const MOST: u64 = 64 << 20;
/// How long the extraction may take once it has the file.
const PATIENCE: Duration = Duration::from_secs(20);

/// The text of the document at a path. What has none, or cannot be read, is unsupported.
pub(super) async fn text(inside: &Inside, path: &str, size: u64, format: &str) -> Result<String> {
    if size > MOST {
        let message = format!("{path} is too large to extract its text: {size} bytes");
        return Err(unsupported(message));
    }
    let mut child = Command::new(program()?)
        .args([ROLE, format])
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .context(Kind::Internal, || "cannot start the extraction".to_owned())?;
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Error::internal("the extraction has no pipes"));
    };
    let mut chunks = inside.client.download_file(&inside.toolbox, path).await?;
    while let Some(chunk) = chunks.next().await {
        // Where it ended early, its status says why.
        if stdin.write_all(&chunk?).await.is_err() {
            break;
        }
    }
    drop(stdin);
    let mut said = Vec::new();
    let ended = timeout(PATIENCE, async {
        let _ = stdout
            .take(TEXT_MOST as u64 + 1)
            .read_to_end(&mut said)
            .await;
        child.wait().await
    });
    let what = |why: &str| format!("the text of {path} cannot be extracted: {why}");
    let Ok(status) = ended.await else {
        let why = format!("it takes longer than {} s", PATIENCE.as_secs());
        return Err(unsupported(what(&why)));
    };
    let status = status.context(Kind::Internal, || "the extraction was lost".to_owned())?;
    let said = String::from_utf8_lossy(&said).into_owned();
    match status.code() {
        Some(0) => Ok(said),
        Some(1) => Err(unsupported(what(said.trim()))),
        _ => Err(unsupported(what(
            "it is damaged, or needs more memory or time than is allowed",
        ))),
    }
}

fn unsupported(message: String) -> Error {
    Error::new(Kind::Unsupported, message).hint(
        "for its bytes: call file_download with download: forced; or use a program in the sandbox: call execute_command",
    )
}

/// This same program, also where its file was replaced since it was started.
fn program() -> Result<PathBuf> {
    let link = PathBuf::from("/proc/self/exe");
    if link.exists() {
        return Ok(link);
    }
    std::env::current_exe().context(Kind::Internal, || {
        "cannot tell where this program is".to_owned()
    })
}
