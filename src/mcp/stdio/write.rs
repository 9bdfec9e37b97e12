//! Writes messages in the order in which they are said, and tells who waits for one that it was written.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncWrite, AsyncWriteExt as _};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

/// Where messages are put.
#[derive(Clone)]
pub(super) struct Writer {
    queue: mpsc::UnboundedSender<(Vec<u8>, oneshot::Sender<()>)>,
    /// Bytes that wait to be written.
    waiting: Arc<AtomicUsize>,
}

impl Writer {
    /// Begins to write there. Where nobody reads any more, `broken` is cancelled.
    pub(super) fn start(
        mut to: impl AsyncWrite + Send + Unpin + 'static,
        broken: CancellationToken,
    ) -> Self {
        let (queue, mut lines) = mpsc::unbounded_channel::<(Vec<u8>, oneshot::Sender<()>)>();
        let waiting = Arc::new(AtomicUsize::new(0));
        let left = Arc::clone(&waiting);
        tokio::spawn(async move {
            let _broken = broken.drop_guard();
            while let Some((line, written)) = lines.recv().await {
                let outcome = async {
                    to.write_all(&line).await?;
                    to.flush().await
                };
                if let Err(error) = outcome.await {
                    tracing::warn!("the client does not read any more: {error}");
                    return;
                }
                left.fetch_sub(line.len(), Ordering::Relaxed);
                let _ = written.send(());
            }
        });
        Self { queue, waiting }
    }

    /// How many bytes wait to be written.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Puts a message; resolves once it is written.
    pub(super) fn put(
        &self,
        line: Vec<u8>,
    ) -> impl Future<Output = io::Result<()>> + Send + 'static {
        let (written, heard) = oneshot::channel();
        self.waiting.fetch_add(line.len(), Ordering::Relaxed);
        let put = self.queue.send((line, written));
        async move {
            let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
            put.map_err(|_| gone())?;
            heard.await.map_err(|_| gone())
        }
    }
}
