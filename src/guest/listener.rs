//! Where the guest takes connections: at a socket that it inherits or makes, or at a TCP address behind a secret.

use std::io;
#[cfg(test)]
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use subtle::ConstantTimeEq as _;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite};
use tokio::net::{TcpListener, TcpStream, UnixListener};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::timeout;

use crate::guest_boot::{LISTENER, ListenAt};
use crate::syscall::inherited;

/// How long who connects by TCP may take to say the secret.
const SECRET_TIME: Duration = Duration::from_secs(5);
/// When a connection is taken again where none could be: out of descriptors, what is open ends first.
const AGAIN: Duration = Duration::from_millis(50);
/// How many may be about to say it at once.
const MOST_WAITING: usize = 64;

/// A listener that is open.
pub(super) enum Open {
    Unix(UnixListener),
    Guarded(Guarded),
}

/// Opens what the boot names.
pub(super) async fn open(listener: &ListenAt) -> io::Result<Open> {
    Ok(match listener {
        ListenAt::Inherited => {
            let own = std::os::unix::net::UnixListener::from(inherited(LISTENER));
            Open::Unix(UnixListener::from_std(own)?)
        }
        ListenAt::Unix(path) => Open::Unix(UnixListener::bind(path)?),
        ListenAt::Tcp { address, secret } => {
            let listener = TcpListener::bind(address).await?;
            Open::Guarded(Guarded::begin(listener, secret))
        }
    })
}

impl Open {
    /// Serves until no more connections are taken.
    pub(super) async fn serve(self, app: Router) {
        let _ = axum::serve(self, app).await;
    }
}

/// A connection of either kind: what serves them is one code.
pub(super) trait Connected: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Connected for T {}

impl axum::serve::Listener for Open {
    type Io = Box<dyn Connected>;
    type Addr = ();

    async fn accept(&mut self) -> (Box<dyn Connected>, ()) {
        match self {
            Self::Unix(listener) => {
                let (stream, _) = axum::serve::Listener::accept(listener).await;
                (Box::new(stream), ())
            }
            Self::Guarded(guarded) => match guarded.admitted.recv().await {
                Some(stream) => (Box::new(stream), ()),
                None => std::future::pending().await,
            },
        }
    }

    fn local_addr(&self) -> io::Result<()> {
        Ok(())
    }
}

/// Connections by TCP that have said the secret.
pub(super) struct Guarded {
    #[cfg(test)]
    address: SocketAddr,
    admitted: mpsc::Receiver<TcpStream>,
}

impl Guarded {
    fn begin(listener: TcpListener, secret: &str) -> Self {
        #[cfg(test)]
        let address = listener.local_addr().expect("an address");
        let (admit, admitted) = mpsc::channel(MOST_WAITING);
        let secret: Arc<str> = format!("{secret}\n").into();
        tokio::spawn(async move {
            let waiting = Arc::new(Semaphore::new(MOST_WAITING));
            loop {
                let Ok(room) = Arc::clone(&waiting).acquire_owned().await else {
                    return;
                };
                let Ok((stream, _)) = listener.accept().await else {
                    tokio::time::sleep(AGAIN).await;
                    continue;
                };
                let (admit, secret) = (admit.clone(), Arc::clone(&secret));
                tokio::spawn(async move {
                    let _room = room;
                    if let Ok(Some(stream)) = timeout(SECRET_TIME, heard(stream, &secret)).await {
                        let _ = admit.send(stream).await;
                    }
                });
            }
        });
        Self {
            #[cfg(test)]
            address,
            admitted,
        }
    }
}

/// The connection, where the secret comes first.
async fn heard(mut stream: TcpStream, secret: &str) -> Option<TcpStream> {
    let mut said = vec![0; secret.len()];
    stream.read_exact(&mut said).await.ok()?;
    bool::from(said.ct_eq(secret.as_bytes())).then_some(stream)
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncWriteExt as _;

    use super::*;

    async fn said(address: SocketAddr, words: &[u8]) -> String {
        let mut stream = TcpStream::connect(address).await.expect("connected");
        stream.write_all(words).await.expect("sent");
        let mut answer = String::new();
        // What is hung up on may be told so by a reset.
        let _ = stream.read_to_string(&mut answer).await;
        answer
    }

    #[tokio::test]
    async fn only_who_says_the_secret_is_answered_and_nobody_is_kept_waiting_by_others() {
        let app = Router::new().route("/", axum::routing::get(|| async { "there" }));
        let listener = ListenAt::Tcp {
            address: "127.0.0.1:0".parse().expect("an address"),
            secret: "s3cret".to_owned(),
        };
        let Open::Guarded(guarded) = open(&listener).await.expect("open") else {
            panic!("a listener behind a secret");
        };
        let address = guarded.address;
        tokio::spawn(Open::Guarded(guarded).serve(app));
        let mut silent = Vec::new();
        for _ in 0..MOST_WAITING - 1 {
            silent.push(TcpStream::connect(address).await.expect("connected"));
        }
        let get = "GET / HTTP/1.1\r\nhost: guest\r\nconnection: close\r\n\r\n";
        for wrong in ["", "s3crex\n", "s3cret", "S3CRET\n"] {
            assert_eq!(
                said(address, format!("{wrong}{get}").as_bytes()).await,
                "",
                "{wrong:?}"
            );
        }
        let answer = said(address, format!("s3cret\n{get}").as_bytes()).await;
        assert!(
            answer.starts_with("HTTP/1.1 200") && answer.ends_with("there"),
            "{answer}"
        );
    }
}
