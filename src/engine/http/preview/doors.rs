//! The addresses at which previews are served beside their names: each port of a sandbox has one of this
//! machine's loopback (127.x.y.z), which every program can reach. Many resolve no names below `localhost`.
//!
//! An address of its own is an origin of its own, and its cookies are: unlike a port of 127.0.0.1, or a path.

use std::collections::{HashMap, HashSet};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use crate::engine::service::Service;
use crate::engine::store::PreviewAddress;

use super::host::{Target, Whose};
use super::name::Asked;
use crate::engine::http::accept::Listen;

/// The most addresses that are listened at: each takes a descriptor.
pub(in crate::engine::http) const MOST_DOORS: usize = 256;
/// How long to wait where there is no descriptor left.
const PAUSE: Duration = Duration::from_millis(20);

/// What is listened at.
#[derive(Debug)]
pub(crate) struct Doors {
    /// Where the engine listens; none where addresses of the loopback do not lead to it.
    port: Option<u16>,
    /// Whether the engine's own listener hears all addresses.
    everywhere: bool,
    open: Mutex<HashMap<Ipv4Addr, Opened>>,
    visitors: mpsc::Sender<TcpStream>,
}

#[derive(Debug)]
struct Opened {
    sandbox: String,
    port: u16,
    listener: Option<AbortHandle>,
    asked: Asked,
}

impl Drop for Opened {
    fn drop(&mut self) {
        if let Some(listener) = &self.listener {
            listener.abort();
        }
    }
}

/// Who comes in by any of them.
pub(crate) struct Visitors(tokio::sync::Mutex<mpsc::Receiver<TcpStream>>);

impl Listen for Visitors {
    type Stream = TcpStream;

    async fn accept(&self) -> io::Result<TcpStream> {
        match self.0.lock().await.recv().await {
            Some(stream) => {
                let _ = stream.set_nodelay(true);
                Ok(stream)
            }
            // The engine ends.
            None => std::future::pending().await,
        }
    }

    fn peer(stream: &TcpStream) -> Option<std::net::IpAddr> {
        TcpListener::peer(stream)
    }
}

impl Doors {
    /// Those of an engine that listens there; none is open yet.
    pub(crate) fn of(listen: SocketAddr) -> (Self, Visitors) {
        let (visitors, come) = mpsc::channel(16);
        let SocketAddr::V4(own) = listen else {
            return (Self::none(visitors), Visitors(come.into()));
        };
        let everywhere = own.ip().is_unspecified();
        let local = everywhere || *own.ip() == Ipv4Addr::LOCALHOST;
        let doors = Self {
            port: local.then_some(own.port()),
            everywhere,
            ..Self::none(visitors)
        };
        (doors, Visitors(come.into()))
    }

    fn none(visitors: mpsc::Sender<TcpStream>) -> Self {
        Self {
            port: None,
            everywhere: false,
            open: Mutex::default(),
            visitors,
        }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<Ipv4Addr, Opened>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens those that were given before, as far as they can be.
    pub(crate) async fn open_all(&self, service: &Service) {
        match service.preview_addresses().await {
            Ok(all) => {
                for one in all.into_iter().take(MOST_DOORS) {
                    let _ = self.open_one(one).await;
                }
            }
            Err(error) => tracing::warn!("previews are served by their names only: {error}"),
        }
    }

    /// The origin of a port to whoever asked the engine at that `Host`: `http://127.x.y.z:PORT`. None where
    /// that would not lead to the engine, as through a tunnel.
    pub(in crate::engine::http) async fn origin(
        &self,
        service: &Service,
        host: &str,
        id: &str,
        port: u16,
    ) -> Option<String> {
        let own = self.port.filter(|own| is_local(host, *own))?;
        if self.open().len() >= MOST_DOORS {
            self.close_unused(service).await;
        }
        let wanted = service.preview_address(id, port).await;
        let opened = match wanted {
            Ok(wanted) => self.open_one(wanted).await,
            Err(error) => Err(io::Error::other(error.text())),
        };
        match opened {
            Ok(address) => Some(format!("http://{address}:{own}")),
            Err(error) => {
                tracing::warn!("a preview is served by its name only: {error}");
                None
            }
        }
    }

    /// Which port of which sandbox a `Host` header asks for.
    pub(in crate::engine::http) fn target(&self, host: &str) -> Option<Target> {
        let address = address_in(host)?;
        let open = self.open();
        let Opened { sandbox, port, .. } = open.get(&address)?;
        Some(Target {
            port: *port,
            whose: Whose::Address(sandbox.clone()),
        })
    }

    /// How the server behind a `Host` is asked.
    pub(super) fn asked(&self, host: &str) -> Asked {
        let address = address_in(host);
        let open = self.open();
        address
            .and_then(|address| open.get(&address))
            .map_or(Asked::AsSent, |opened| opened.asked)
    }

    pub(super) fn ask(&self, host: &str, asked: Asked) {
        if let Some(address) = address_in(host)
            && let Some(opened) = self.open().get_mut(&address)
        {
            opened.asked = asked;
        }
    }

    async fn open_one(&self, wanted: PreviewAddress) -> io::Result<Ipv4Addr> {
        let PreviewAddress {
            address,
            sandbox,
            port,
        } = wanted;
        let Some(own) = self.port else {
            return Err(io::ErrorKind::Unsupported.into());
        };
        if self.open().contains_key(&address) {
            return Ok(address);
        }
        if self.open().len() >= MOST_DOORS {
            return Err(io::Error::other(format!("{MOST_DOORS} are served already")));
        }
        let listener = if self.everywhere {
            None
        } else {
            let listener = TcpListener::bind((address, own)).await?;
            let visitors = self.visitors.clone();
            let task = tokio::spawn(async move {
                loop {
                    match listener.accept().await {
                        Ok((stream, _)) => {
                            if visitors.send(stream).await.is_err() {
                                return;
                            }
                        }
                        Err(_) => tokio::time::sleep(PAUSE).await,
                    }
                }
            });
            Some(task.abort_handle())
        };
        let opened = Opened {
            sandbox,
            port,
            listener,
            asked: Asked::default(),
        };
        self.open().entry(address).or_insert(opened);
        Ok(address)
    }

    /// Closes those of sandboxes that are gone.
    async fn close_unused(&self, service: &Service) {
        if let Ok(all) = service.preview_addresses().await {
            let used: HashSet<_> = all.into_iter().map(|one| one.address).collect();
            self.open().retain(|address, _| used.contains(address));
        }
    }
}

fn address_in(host: &str) -> Option<Ipv4Addr> {
    host.split(':').next()?.parse().ok()
}

/// Whether a `Host` header is that of the engine itself on this machine.
fn is_local(host: &str, own: u16) -> bool {
    host.rsplit_once(':').is_some_and(|(name, port)| {
        ["127.0.0.1", "localhost"].contains(&name) && port.parse() == Ok(own)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_is_listened_at_and_means_one_port() {
        let own = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let listen = own.local_addr().unwrap();
        let (doors, visitors) = Doors::of(listen);
        let wanted = PreviewAddress {
            address: Ipv4Addr::new(127, 99, 0, 7),
            sandbox: "id".to_owned(),
            port: 3000,
        };
        let address = doors.open_one(wanted.clone()).await.unwrap();
        assert_eq!(doors.open_one(wanted).await.unwrap(), address);
        let come = TcpStream::connect((address, listen.port())).await.unwrap();
        let seen = visitors.accept().await.unwrap();
        assert_eq!(seen.peer_addr().unwrap(), come.local_addr().unwrap());
        let target = doors
            .target(&format!("{address}:{}", listen.port()))
            .unwrap();
        assert_eq!(target.port, 3000);
        assert_eq!(doors.target("127.99.0.8:1"), None);
        assert_eq!(doors.target("127.0.0.1:1"), None);
    }

    #[test]
    fn an_address_is_given_to_who_is_on_this_machine() {
        for (host, expected) in [
            ("127.0.0.1:3986", true),
            ("localhost:3986", true),
            ("localhost:4000", false),
            ("localhost", false),
            ("192.168.1.5:3986", false),
            ("127.0.0.2:3986", false),
        ] {
            assert_eq!(is_local(host, 3986), expected, "{host}");
        }
    }
}
