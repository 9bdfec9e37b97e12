//! A process of its own, with limits, for files that are anybody's: what it makes of one.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::error::{Context as _, Error, Kind, Result};

use super::ROLE;

/// How long it may take once it has the file.
const LONGEST_RUN: Duration = Duration::from_secs(20);
/// How many there are at once: each may have much memory.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// What became of a file: bytes, of which no more than `most` are kept, or the reason why there are none.
pub(crate) async fn run(
    job: &str,
    file: impl Stream<Item = Result<Bytes>>,
    most: u64,
) -> Result<Result<Vec<u8>, String>> {
    let _turn = AT_ONCE.acquire().await;
    let mut child = Command::new(program()?)
        .args([ROLE, job])
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
    tokio::pin!(file);
    while let Some(chunk) = file.next().await {
        // Where it ended early, its status says why.
        if stdin.write_all(&chunk?).await.is_err() {
            break;
        }
    }
    drop(stdin);
    let mut said = Vec::new();
    let ended = timeout(LONGEST_RUN, async {
        let _ = stdout.take(most).read_to_end(&mut said).await;
        child.wait().await
    });
    let Ok(status) = ended.await else {
        return Ok(Err(format!(
            "it takes longer than {} s",
            LONGEST_RUN.as_secs()
        )));
    };
    let status = status.context(Kind::Internal, || "the extraction was lost".to_owned())?;
    Ok(match status.code() {
        Some(0) => Ok(said),
        Some(1) => Err(String::from_utf8_lossy(&said).trim().to_owned()),
        _ => Err("it is damaged, or needs more memory or time than is allowed".to_owned()),
    })
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
