//! A root file system as one stream: an archive as it is, a folder packed on the way.

use std::io::Write;
use std::path::Path;

use bytes::Bytes;
use tokio::sync::mpsc;

#[cfg(not(target_os = "linux"))]
use crate::error::Error;
use crate::error::{Context as _, Kind, Result};

/// How many pieces may wait for the network.
const AHEAD: usize = 8;
const PIECE: usize = 64 << 10;

/// The stream of what is at `path`; `-` is standard input.
pub(super) fn open(path: &Path) -> Result<reqwest::Body> {
    if path == Path::new("-") {
        return Ok(read(std::io::stdin()));
    }
    let failed = || format!("--from: cannot read {}", path.display());
    let file = std::fs::File::open(path).context(Kind::Usage, failed)?;
    if !file.metadata().context(Kind::Usage, failed)?.is_dir() {
        return Ok(read(file));
    }
    folder(path)
}

#[cfg(target_os = "linux")]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it fails")]
fn folder(path: &Path) -> Result<reqwest::Body> {
    let path = path.to_owned();
    Ok(stream(move |out| {
        crate::engine::archive::pack(&path, out)
            .map(drop)
            .map_err(|error| std::io::Error::other(format!("{error:#}")))
    }))
}

#[cfg(not(target_os = "linux"))]
fn folder(path: &Path) -> Result<reqwest::Body> {
    let message = format!(
        "--from: {} is a folder, which is sent only from Linux",
        path.display()
    );
    Err(Error::new(Kind::Unsupported, message)
        .hint("send it as an archive: `tar c -C FOLDER . | daytona snapshot create NAME --from -`"))
}

/// The stream of what is read there.
pub(super) fn read(mut from: impl std::io::Read + Send + 'static) -> reqwest::Body {
    stream(move |mut out| std::io::copy(&mut from, &mut out).map(drop))
}

/// What `fill` writes on a thread of its own. A failure breaks the stream off: half a root is none.
fn stream(
    fill: impl FnOnce(std::io::BufWriter<Pieces>) -> std::io::Result<()> + Send + 'static,
) -> reqwest::Body {
    let (sender, receiver) = mpsc::channel(AHEAD);
    std::thread::spawn(move || {
        let out = std::io::BufWriter::with_capacity(PIECE, Pieces(sender.clone()));
        if let Err(error) = fill(out) {
            let _ = sender.blocking_send(Err(error));
        }
    });
    reqwest::Body::wrap_stream(futures_util::stream::unfold(
        receiver,
        async |mut receiver| receiver.recv().await.map(|piece| (piece, receiver)),
    ))
}

struct Pieces(mpsc::Sender<std::io::Result<Bytes>>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let piece = Ok(Bytes::copy_from_slice(bytes));
        let gone = |_| std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        self.0.blocking_send(piece).map_err(gone)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
