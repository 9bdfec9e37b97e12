//! The networks of sandboxes: a link by a user-mode stack, made when a sandbox is first used.

mod inside;
mod names;
mod netlink;
mod policy;
mod stack;

use std::collections::{BTreeSet, HashMap};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result};
use tokio::task::AbortHandle;

use crate::engine::runtime::contract::Network;

use super::process::Handle;
use inside::Change;
use names::Judge;
use policy::{Route, may_be_resolved, own_addresses, routes};
use stack::Stack;

pub use inside::main as network_main;
pub(super) use policy::NAMES;

/// The most addresses that names may have opened to one sandbox.
const MOST: usize = 1024;

/// The links of all sandboxes.
pub(super) struct Networks {
    folder: PathBuf,
    stack: Result<Stack, String>,
    /// Whether user namespaces have to be entered too.
    user: bool,
    links: Mutex<HashMap<String, Arc<tokio::sync::Mutex<Link>>>>,
}

/// One sandbox's link.
#[derive(Default)]
struct Link {
    /// Under which handle, with which settings; none while there is no link.
    up: Option<(String, Network)>,
    routes: BTreeSet<Route>,
    /// What names stand for that it asked for and may reach.
    resolved: BTreeSet<Ipv4Addr>,
    names: Option<AbortHandle>,
}

impl Link {
    fn end_names(&mut self) {
        if let Some(names) = self.names.take() {
            names.abort();
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.end_names();
    }
}

/// What there is on this host, for people.
fn report(stack: &Result<Stack, String>) -> String {
    match stack {
        Ok(stack) => format!(
            "outbound IPv4 by {}; this host and link-local addresses are out of reach",
            stack.name()
        ),
        Err(why) => format!("none but a loopback of its own: {why}; install slirp4netns"),
    }
}

/// What there would be, without anything being started.
pub(super) fn survey() -> String {
    report(&Stack::find(rustix::process::geteuid().is_root()))
}

impl Networks {
    /// `folder` is where the stacks' processes are written down.
    pub(super) fn find(folder: PathBuf) -> Self {
        stack::sweep(&folder);
        let root = rustix::process::geteuid().is_root();
        Self {
            folder,
            stack: Stack::find(root),
            user: !root,
            links: Mutex::default(),
        }
    }

    pub(super) fn report(&self) -> String {
        report(&self.stack)
    }

    fn record(&self, id: &str) -> PathBuf {
        self.folder.join(id)
    }

    fn link(&self, id: &str) -> Arc<tokio::sync::Mutex<Link>> {
        let mut links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(links.entry(id.to_owned()).or_default())
    }

    /// Brings a sandbox's link to what `wanted` says: at once where it is that already.
    pub(super) async fn connect(
        self: &Arc<Self>,
        id: &str,
        handle: &str,
        wanted: &Network,
    ) -> Result<()> {
        if self.stack.is_err() {
            return Ok(());
        }
        let link = self.link(id);
        let mut held = link.lock().await;
        if held
            .up
            .as_ref()
            .is_some_and(|(up, network)| up == handle && network == wanted)
        {
            return Ok(());
        }
        if wanted.block_all {
            self.cut(id, &mut held);
            held.up = Some((handle.to_owned(), wanted.clone()));
            return Ok(());
        }
        let brought = self.bring(id, handle, wanted, &mut held).await;
        if brought.is_err() {
            self.cut(id, &mut held);
        }
        brought
    }

    async fn bring(
        self: &Arc<Self>,
        id: &str,
        handle: &str,
        wanted: &Network,
        link: &mut Link,
    ) -> Result<()> {
        let first = Handle::parse(handle).context("its processes are not known")?;
        let process = first.open().context("its processes have ended")?;
        link.end_names();
        link.resolved.clear();
        let own = own_here();
        let routes = routes(wanted, &link.resolved, &own);
        let (networks, record) = (Arc::clone(self), self.record(id));
        let (add, limited) = (routes.clone(), wanted.is_limited());
        let (fresh, names) = tokio::task::spawn_blocking(move || {
            let fresh = !stack::runs(&record, &first);
            if fresh {
                stack::end(&record);
                let stack = networks
                    .stack
                    .as_ref()
                    .map_err(|why| anyhow::anyhow!("{why}"))?;
                stack.start(&first, networks.user, &record)?;
            }
            let change = Change {
                user: networks.user,
                add,
                only: true,
                fresh,
                names: Some(limited),
            };
            Ok::<_, anyhow::Error>((fresh, inside::make(&process, &change)?))
        })
        .await??;
        tracing::debug!(sandbox = id, fresh, "its network is there");
        link.routes = routes;
        link.up = Some((handle.to_owned(), wanted.clone()));
        if let Some(names) = names {
            let judge = self.judge(id, handle, wanted);
            let datagrams = tokio::net::UdpSocket::from_std(names.datagrams)?;
            let streams = tokio::net::TcpListener::from_std(names.streams)?;
            let serving = tokio::spawn(names::serve(datagrams, streams, judge));
            link.names = Some(serving.abort_handle());
        }
        Ok(())
    }

    fn judge(self: &Arc<Self>, id: &str, handle: &str, network: &Network) -> Judge {
        let (networks, id, handle) = (Arc::clone(self), id.to_owned(), handle.to_owned());
        Judge {
            network: network.clone(),
            open: Box::new(move |addresses| {
                let (networks, id, handle) = (Arc::clone(&networks), id.clone(), handle.clone());
                Box::pin(async move {
                    if let Err(error) = networks.open(&id, &handle, addresses).await {
                        tracing::warn!(sandbox = id, "an address was not opened: {error:#}");
                    }
                })
            }),
        }
    }

    /// Opens the way to what a name stands for.
    async fn open(&self, id: &str, handle: &str, addresses: Vec<Ipv4Addr>) -> Result<()> {
        let link = self.link(id);
        let mut link = link.lock().await;
        let Some((up, network)) = link.up.clone().filter(|(up, _)| up == handle) else {
            return Ok(());
        };
        let own = own_here();
        let fresh: Vec<Ipv4Addr> = addresses
            .into_iter()
            .filter(|address| may_be_resolved(*address, &own) && !link.resolved.contains(address))
            .collect();
        if fresh.is_empty() || link.resolved.len() + fresh.len() > MOST {
            return Ok(());
        }
        link.resolved.extend(fresh);
        let wanted = routes(&network, &link.resolved, &own);
        let add = &wanted - &link.routes;
        let user = self.user;
        let process = Handle::parse(&up).and_then(|first| first.open());
        let process = process.context("its processes have ended")?;
        tokio::task::spawn_blocking(move || {
            let change = Change {
                user,
                add,
                ..Change::default()
            };
            inside::make(&process, &change)
        })
        .await??;
        link.routes = wanted;
        Ok(())
    }

    /// Ends a sandbox's link. Ok where there is none.
    pub(super) fn disconnect(&self, id: &str) {
        let link = {
            let mut links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
            links.remove(id)
        };
        drop(link);
        stack::end(&self.record(id));
    }

    fn cut(&self, id: &str, link: &mut Link) {
        *link = Link::default();
        stack::end(&self.record(id));
    }
}

fn own_here() -> Vec<Ipv4Addr> {
    own_addresses(&std::fs::read_to_string("/proc/net/fib_trie").unwrap_or_default())
}
