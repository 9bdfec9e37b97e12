//! The networks of sandboxes: a link by a user-mode stack, made when a sandbox is first used.

mod confine;
mod dns_proxy;
mod filter;
#[cfg(fuzzing)]
pub(super) mod fuzzed;
mod netlink;
mod netns;
mod policy;
mod routing;
mod slirp;

use std::collections::{BTreeSet, HashMap};
use std::net::Ipv4Addr;
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, Once, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use tokio::task::JoinHandle;

use crate::engine::runtime::contract::Network;

use super::process::{self, Handle};
use dns_proxy::Judge;
use netns::Change;
use policy::{Route, filter, may_be_resolved, own_addresses, routes};
use slirp::Stack;

pub use confine::main as stack_main;
pub use netns::main as network_main;

/// The most addresses that names may have opened to one sandbox.
const MOST_NAMED_ADDRESSES: usize = 1024;
/// How often this host's own addresses are looked at: those that it gets later are closed as well.
const LOOK: Duration = Duration::from_secs(2);

/// What failed within this time is tried again at once.
const AGAIN: Duration = Duration::from_secs(2);

/// The links of all sandboxes.
pub(super) struct Networks {
    folder: PathBuf,
    /// Of the runtime's folder: see [`process::place`].
    place: String,
    stack: Result<Stack, String>,
    /// Whether the kernel can filter packets; tried when it is first needed.
    filter: OnceLock<Result<(), String>>,
    /// Whether user namespaces have to be entered too.
    user: bool,
    links: Mutex<HashMap<String, Arc<tokio::sync::Mutex<Link>>>>,
    looking: Once,
}

/// One sandbox's link.
#[derive(Default)]
struct Link {
    /// Under which handle, with which settings; none while there is no link.
    up: Option<(String, Network)>,
    /// The stack's process, where there is to be one.
    stack: Option<OwnedFd>,
    /// The addresses of this host that are closed.
    own: Vec<Ipv4Addr>,
    routes: BTreeSet<Route>,
    /// What names stand for that it asked for and may reach.
    resolved: BTreeSet<Ipv4Addr>,
    names: Option<JoinHandle<()>>,
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
fn report(usable: Result<&Stack, String>) -> String {
    match usable {
        Ok(stack) => format!(
            "outbound IPv4 by {}, filtered by nf_tables; this host and link-local addresses are out of reach",
            stack.name()
        ),
        Err(why) => format!("none but a loopback of its own: {why}"),
    }
}

/// What there would be, without anything being started.
pub(super) fn survey() -> String {
    Networks::find(PathBuf::new(), String::new()).report()
}

impl Networks {
    /// `folder` is where the stacks' processes are written down.
    pub(super) fn find(folder: PathBuf, place: String) -> Self {
        slirp::sweep(&folder, &place);
        Self {
            folder,
            place,
            stack: Stack::find(),
            filter: OnceLock::new(),
            user: !rustix::process::geteuid().is_root(),
            links: Mutex::default(),
            looking: Once::new(),
        }
    }

    pub(super) fn report(&self) -> String {
        report(self.usable())
    }

    /// What links are made by, or why there are none. A link that cannot be filtered is not made.
    fn usable(&self) -> Result<&Stack, String> {
        let stack = self.stack.as_ref().map_err(Clone::clone)?;
        self.can_filter()?;
        Ok(stack)
    }

    /// Whether what sandboxes reach can be limited here. Blocks when it is first asked.
    pub(super) fn can_filter(&self) -> Result<(), String> {
        let tried = self.filter.get_or_init(netns::probe);
        tried.clone().map_err(|why| {
            format!("this kernel cannot filter its packets ({why}); nf_tables is needed: `modprobe nf_tables`")
        })
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
        if self.stack.is_err() || self.filter.get().is_some_and(Result::is_err) {
            return Ok(());
        }
        let link = self.link(id);
        let mut held = link.lock().await;
        let same = held
            .up
            .as_ref()
            .is_some_and(|(up, network)| up == handle && network == wanted);
        if same && !held.stack.as_ref().is_some_and(process::has_ended) {
            return Ok(());
        }
        self.keep_looking();
        if wanted.block_all {
            self.cut(id, &mut held);
            held.up = Some((handle.to_owned(), wanted.clone()));
            return Ok(());
        }
        let begun = Instant::now();
        let mut brought = self.bring(id, handle, wanted, &mut held).await;
        if let Err(error) = &brought {
            self.cut(id, &mut held);
            // A process may have been killed on the way, or an engine that left the link half made. What
            // takes long is wrong otherwise, and who waits has waited.
            if begun.elapsed() < AGAIN {
                tracing::debug!(sandbox = id, "its network is made again: {error:#}");
                brought = self.bring(id, handle, wanted, &mut held).await;
                if brought.is_err() {
                    self.cut(id, &mut held);
                }
            }
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
        let first = Handle::parse(handle, &self.place).context("its processes are not known")?;
        let process = first.open().context("its processes have ended")?;
        if let Some(names) = link.names.take() {
            names.abort();
            let _ = names.await;
        }
        link.resolved.clear();
        let own = own_here();
        let routes = routes(wanted, &link.resolved, &own);
        let filter = filter(wanted, &link.resolved, &own);
        let (networks, record) = (Arc::clone(self), self.record(id));
        let (add, limited) = (routes.clone(), wanted.is_limited());
        let (fresh, stack, made) = tokio::task::spawn_blocking(move || {
            let mut running = slirp::running(&record, &first);
            let fresh = running.is_none();
            let change = Change {
                user: networks.user,
                add,
                only: true,
                fresh,
                filter,
                names: Some(limited),
            };
            if !fresh {
                let made = netns::make(&process, None, &change)?;
                return Ok::<_, anyhow::Error>((fresh, running, made));
            }
            slirp::end(&record, &networks.place);
            let stack = networks.usable().map_err(|why| anyhow::anyhow!(why))?;
            let starting = stack.start(&first, &record)?;
            running = slirp::running(&record, &first);
            let made = netns::make(&process, running.as_ref(), &change)
                .with_context(|| format!("{}: {}", stack.name(), starting.said()))?;
            Ok((fresh, running, made))
        })
        .await??;
        tracing::debug!(
            sandbox = id,
            fresh,
            refused = made.refused,
            "its network is there"
        );
        (link.stack, link.own, link.routes) = (stack, own, routes);
        link.up = Some((handle.to_owned(), wanted.clone()));
        if let Some(names) = made.names {
            let judge = self.judge(id, handle, wanted);
            let datagrams = tokio::net::UdpSocket::from_std(names.datagrams)?;
            let streams = tokio::net::TcpListener::from_std(names.streams)?;
            let serving = tokio::spawn(dns_proxy::serve(datagrams, streams, judge));
            link.names = Some(serving);
        }
        Ok(())
    }

    /// From the first link on, sees to it that addresses which this host gets later are closed too.
    fn keep_looking(self: &Arc<Self>) {
        let networks = Arc::downgrade(self);
        self.looking.call_once(|| {
            tokio::spawn(async move {
                loop {
                    tokio::time::sleep(LOOK).await;
                    let Some(networks) = networks.upgrade() else {
                        return;
                    };
                    networks.close(&own_here()).await;
                }
            });
        });
    }

    /// Brings every link that was made with other addresses of this host to these.
    async fn close(self: &Arc<Self>, own: &[Ipv4Addr]) {
        let links: Vec<_> = {
            let links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
            let each = links.iter();
            each.map(|(id, link)| (id.clone(), Arc::clone(link)))
                .collect()
        };
        for (id, link) in links {
            let mut link = link.lock().await;
            let up = link.up.clone().filter(|(_, network)| !network.block_all);
            let Some((handle, network)) = up.filter(|_| link.own != own) else {
                continue;
            };
            if let Err(error) = self.bring(&id, &handle, &network, &mut link).await {
                tracing::warn!(sandbox = id, "its network is cut: {error:#}");
                self.cut(&id, &mut link);
            }
        }
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
        if fresh.is_empty() || link.resolved.len() + fresh.len() > MOST_NAMED_ADDRESSES {
            return Ok(());
        }
        link.resolved.extend(fresh);
        let wanted = routes(&network, &link.resolved, &own);
        let add = &wanted - &link.routes;
        let filter = filter(&network, &link.resolved, &own);
        let user = self.user;
        let process = Handle::parse(&up, &self.place).and_then(|first| first.open());
        let process = process.context("its processes have ended")?;
        tokio::task::spawn_blocking(move || {
            let change = Change {
                user,
                add,
                filter,
                ..Change::default()
            };
            netns::make(&process, None, &change)
        })
        .await??;
        link.routes = wanted;
        Ok(())
    }

    /// Ends a sandbox's link, unless it is of a later start than `of`. Ok where there is none.
    pub(super) fn disconnect(&self, id: &str, of: Option<&Handle>) {
        if of.is_some_and(|first| slirp::is_of_another(&self.record(id), first)) {
            return;
        }
        let link = {
            let mut links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
            links.remove(id)
        };
        drop(link);
        slirp::end(&self.record(id), &self.place);
    }

    fn cut(&self, id: &str, link: &mut Link) {
        *link = Link::default();
        slirp::end(&self.record(id), &self.place);
    }
}

fn own_here() -> Vec<Ipv4Addr> {
    own_addresses(&std::fs::read_to_string("/proc/net/fib_trie").unwrap_or_default())
}
