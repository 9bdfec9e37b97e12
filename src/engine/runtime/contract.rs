//! What the engine asks of a runtime: sandboxes as processes and disks, nothing of HTTP or SQL.
//!
//! Exec, files, git and terminals are not here: they are HTTP to the guest, see [`Runtime::connect`].
//!
//! # For who writes a runtime
//!
//! A sandbox has a *disk* (kept until [`Runtime::remove`]) and at most one *run*. A run has a handle: a text
//! of the runtime's own that the engine stores before anything runs, and gives back at each call that
//! concerns the run, also after a restart of the engine.
//!
//! ```text
//!            create              start                    pause
//!   (disk) ────────► [created] ────────► [running] ◄──────────────► [paused]
//!      ▲                 │ engine ends      │        resume             │
//!      │                 ▼                  ▼ stop, or by itself        │
//!      └───────────── [ended] ◄────────────────────────────────────────┘
//!      │ remove
//!      ▼
//!   (nothing)
//! ```
//!
//! - Nothing blocks: whatever waits for a disk, a process or a network is a future.
//! - *Unknown is not ended.* A runtime that cannot be asked says [`Liveness::Unknown`] with the reason. The
//!   engine then writes no state and removes nothing, shows the reason, and asks again.
//! - Failures are [`Error`]s whose kind the engine acts on: [`Kind::Unavailable`] where the runtime cannot be
//!   reached, [`Kind::NotFound`] where there is no such thing, [`Kind::Limit`] where there is no room for it,
//!   [`Kind::Unsupported`] where this runtime never does it, [`Kind::Usage`] where the request is wrong. Their
//!   causes are attached.
//! - Every call may be made again: what is done already is done.
//! - A runtime touches only what it has made for this engine, and can tell that after a restart.
//!
//! [`Kind::Unavailable`]: crate::error::Kind::Unavailable
//! [`Kind::NotFound`]: crate::error::Kind::NotFound
//! [`Kind::Limit`]: crate::error::Kind::Limit
//! [`Kind::Unsupported`]: crate::error::Kind::Unsupported
//! [`Kind::Usage`]: crate::error::Kind::Usage
//! [`Error`]: crate::error::Error

use std::collections::{BTreeMap, HashSet};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncWrite};

use crate::api::types::RuntimeReport;
use crate::error::Result;

/// A root file system that sandboxes can start from. Without layers: the host's own programs.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Image {
    /// The runtime's names of its read-only layers, the uppermost first.
    pub layers: Vec<String>,
    /// Environment that it sets.
    pub env: BTreeMap<String, String>,
    /// Where commands begin; the home where it does not say.
    pub workdir: Option<String>,
    /// What it would run as a container.
    pub entrypoint: Vec<String>,
    /// The bytes of its layers on disk.
    pub bytes: u64,
    /// The digest of what it was made from, `sha256:…`, where that has one.
    pub digest: Option<String>,
}

/// How much there is on a disk, and when the last of it changed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Written {
    /// Files, folders and links.
    pub entries: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The last change of any of them, in nanoseconds since 1970.
    pub last: i128,
}

/// What a sandbox may reach outside itself.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Network {
    /// Nothing at all.
    pub block_all: bool,
    /// These networks only, where there are any.
    pub allow: Vec<Cidr>,
    /// What these names stand for only, where there are any; `*.` before one means all below it.
    pub domains: Vec<String>,
}

impl Network {
    /// Whether it may reach only what is named.
    pub fn is_limited(&self) -> bool {
        !self.allow.is_empty() || !self.domains.is_empty()
    }

    /// Whether that name is one that it may reach.
    pub fn allows_name(&self, name: &str) -> bool {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        self.domains.iter().any(|domain| {
            let domain = domain.to_ascii_lowercase();
            domain.strip_prefix("*.").map_or_else(
                || name == domain,
                |above| {
                    name.strip_suffix(above)
                        .is_some_and(|rest| rest.ends_with('.'))
                },
            )
        })
    }
}

/// A network of IPv4 addresses.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Cidr {
    /// Its first address.
    pub address: Ipv4Addr,
    /// How many bits are the same in all of them.
    pub bits: u8,
}

impl Cidr {
    /// Every address.
    pub const ALL: Self = Self {
        address: Ipv4Addr::UNSPECIFIED,
        bits: 0,
    };

    /// One address.
    pub const fn one(address: Ipv4Addr) -> Self {
        Self { address, bits: 32 }
    }

    /// Whether an address is in it.
    pub fn contains(&self, address: Ipv4Addr) -> bool {
        let mask = mask(self.bits);
        u32::from(address) & mask == u32::from(self.address)
    }
}

impl FromStr for Cidr {
    type Err = ();

    /// `ADDRESS/BITS`; bits of the address beyond the network's are dropped, as routers do.
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let (address, bits) = text.split_once('/').ok_or(())?;
        let address: Ipv4Addr = address.parse().map_err(drop)?;
        let bits: u8 = bits.parse().map_err(drop)?;
        if bits > 32 {
            return Err(());
        }
        Ok(Self {
            address: Ipv4Addr::from(u32::from(address) & mask(bits)),
            bits,
        })
    }
}

fn mask(bits: u8) -> u32 {
    u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0)
}

/// What an image is made from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Material {
    /// An OCI image in a registry: its reference.
    Reference(String),
    /// A file or folder here: a root file system, or an image as others write it.
    File(PathBuf),
}

/// Hears how far something is, in a few words.
pub type Progress = Arc<dyn Fn(String) + Send + Sync>;

/// What a sandbox is made from.
#[derive(Clone, Debug)]
pub struct Spec {
    /// The sandbox's id, a UUID; also the name of its folder.
    pub id: String,
    /// Its host name.
    pub hostname: String,
    /// What its disk is made from, where it has none yet.
    pub image: Image,
    /// Environment of every process in it, over the image's.
    pub env: BTreeMap<String, String>,
    /// CPU cores.
    pub cpu: u32,
    /// Memory in GiB.
    pub memory: u32,
    /// What it may write, in GiB, where that can be limited.
    pub disk: u32,
    /// Volumes to show in it, in this order.
    pub mounts: Vec<Mount>,
}

/// A volume in a sandbox.
#[derive(Clone, Debug)]
pub struct Mount {
    /// The volume's id, a UUID; also the name of its folder.
    pub volume: String,
    /// Where it is inside: absolute, without `.` and `..`.
    pub path: String,
    /// Which folder of it: relative, without `.` and `..`. Made where it is not there.
    pub subpath: Option<String>,
}

/// The largest sandbox that this host can run.
#[derive(Clone, Copy, Debug)]
pub struct Capacity {
    /// CPU cores.
    pub cpu: u32,
    /// Memory in GiB.
    pub memory: u32,
}

/// Whether a run goes on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Liveness {
    /// The guest is there, or halted where it is.
    Running,
    /// The run is over, and why, for people.
    Ended(String),
    /// The runtime cannot tell, and why, for people: nothing may be concluded from it.
    Unknown(String),
}

impl Liveness {
    /// Whether the run is known to go on.
    pub fn is_running(&self) -> bool {
        matches!(self, Self::Running)
    }
}

/// A connection to a guest: bytes both ways.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Any stream that a runtime may have.
pub type Connection = Box<dyn Stream>;

/// Makes, runs and removes sandboxes.
///
/// A start has two steps, as in OCI, so that a crash between them leaves nothing behind: `create` prepares
/// the run and returns its handle; the engine stores that; `start` lets it run. A run that was created and is
/// never started ends by itself when the engine does.
pub trait Runtime: Send + Sync {
    /// The name that is stored with each sandbox.
    fn name(&self) -> &'static str;

    /// What this runtime isolates and limits, for people. It may depend on the sandbox's handle.
    fn report(&self) -> RuntimeReport;

    /// What one sandbox may ask for at most.
    fn capacity(&self) -> Capacity;

    /// Prepares a run; makes the sandbox's disk where it has none. Returns the handle, opaque to others.
    fn create<'a>(&'a self, spec: &'a Spec) -> BoxFuture<'a, Result<String>>;

    /// Lets a run that was created go on; returns once its guest is there.
    fn start<'a>(&'a self, id: &'a str, handle: &'a str) -> BoxFuture<'a, Result<()>>;

    /// Whether that run goes on, after a restart of the engine too. Without a handle there is none:
    /// [`Liveness::Ended`], unless the runtime cannot be reached.
    fn inspect<'a>(&'a self, id: &'a str, handle: Option<&'a str>) -> BoxFuture<'a, Liveness>;

    /// Waits until that run has ended, and tidies up after it; returns why it ended, for people. Fails where
    /// that cannot be told any longer: the run may go on.
    fn wait<'a>(&'a self, id: &'a str, handle: &'a str) -> BoxFuture<'a, Result<String>>;

    /// Ends the sandbox's processes: asks first, kills after `grace`. Ok where there are none.
    fn stop<'a>(
        &'a self,
        id: &'a str,
        handle: &'a str,
        grace: Duration,
    ) -> BoxFuture<'a, Result<()>>;

    /// Halts all processes of a running sandbox where they are; Ok where they are halted already.
    fn pause<'a>(&'a self, id: &'a str, handle: &'a str) -> BoxFuture<'a, Result<()>>;

    /// Lets halted processes go on.
    fn resume<'a>(&'a self, id: &'a str, handle: &'a str) -> BoxFuture<'a, Result<()>>;

    /// Changes the limits of a running sandbox.
    fn resize<'a>(
        &'a self,
        id: &'a str,
        handle: &'a str,
        cpu: u32,
        memory: u32,
    ) -> BoxFuture<'a, Result<()>>;

    /// Makes an image; layers that are there already are shared.
    fn build(&self, from: Material, progress: Progress) -> BoxFuture<'_, Result<Image>>;

    /// The reference of the image that an alias stands for, such as `python`.
    fn resolve_alias(&self, name: &str) -> Result<Option<String>>;

    /// The layers of a disk as it is now, for others to start from; the disk goes on from them.
    /// A running sandbox (`handle`) must be frozen: what it wrote is copied.
    fn commit<'a>(
        &'a self,
        id: &'a str,
        handle: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Vec<String>>>;

    /// What the sandbox has written to its disk, in a form that tells changes: equal is unchanged.
    fn written<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Written>>;

    /// The bytes that layers take on disk.
    fn size<'a>(&'a self, layers: &'a [String]) -> BoxFuture<'a, Result<u64>>;

    /// Removes the layers that no disk here and nobody else (`used`) needs. Nothing may branch meanwhile.
    fn gc(&self, used: HashSet<String>) -> BoxFuture<'_, Result<()>>;

    /// Compresses the disk of a stopped sandbox; a launch expands it again.
    fn archive<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>>;

    /// Brings what a running sandbox may reach to what is wanted; nothing to do where it is that already.
    /// Ok where this host has no network for sandboxes: see [`Self::report`].
    fn apply_network_policy<'a>(
        &'a self,
        id: &'a str,
        handle: &'a str,
        network: &'a Network,
    ) -> BoxFuture<'a, Result<()>>;

    /// Whether a sandbox can be held to some networks only here; if not, why. May block for a moment.
    fn can_limit_network(&self) -> std::result::Result<(), String>;

    /// Removes the sandbox's disk. Its processes must have ended. Ok where there is nothing.
    fn remove<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>>;

    /// Ends whatever runs on a disk of which no handle is known. Its files stay.
    fn abandon<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>>;

    /// The ids of all sandboxes of this engine that have a disk here, for removing what nobody knows of.
    fn disks(&self) -> BoxFuture<'_, Result<Vec<String>>>;

    /// Removes a volume with its files. No sandbox may have it. Ok where there is nothing.
    fn remove_volume<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>>;

    /// A connection to the guest of that run, which speaks HTTP/1.1: the toolbox API.
    fn connect<'a>(&'a self, id: &'a str, handle: &'a str) -> BoxFuture<'a, Result<Connection>>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_read_and_hold_their_addresses() {
        let ten: Cidr = "10.1.2.3/8".parse().unwrap();
        assert_eq!(ten.address, Ipv4Addr::new(10, 0, 0, 0));
        assert!(ten.contains(Ipv4Addr::new(10, 9, 9, 9)));
        assert!(!ten.contains(Ipv4Addr::new(11, 0, 0, 0)));
        assert!(Cidr::ALL.contains(Ipv4Addr::new(1, 1, 1, 1)));
        assert!(Cidr::one(Ipv4Addr::LOCALHOST).contains(Ipv4Addr::LOCALHOST));
        for wrong in ["10.0.0.0", "10.0.0.0/33", "::1/8", "x/8", "10.0.0.0/-1"] {
            assert!(wrong.parse::<Cidr>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_star_stands_for_what_is_below_a_name() {
        let network = Network {
            domains: vec!["Example.com".into(), "*.example.org".into()],
            ..Network::default()
        };
        for (name, allowed) in [
            ("example.com.", true),
            ("EXAMPLE.com", true),
            ("www.example.com", false),
            ("a.b.example.org", true),
            ("example.org", false),
            ("badexample.org", false),
        ] {
            assert_eq!(network.allows_name(name), allowed, "{name}");
        }
    }
}
