//! How a guest is booted: what the runtime that starts a sandbox and the guest inside both know.
//!
//! A leaf: the engine and the guest import this module, and this module imports nothing of either.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// The word by which this program is told to be a guest. The path of a file with its [`Boot`] may follow, which
/// the guest removes; otherwise the boot is at the descriptor [`BOOT`].
pub(crate) const ROLE: &str = "__guest";
/// The user that programs in a sandbox run as, and its group.
pub(crate) const USER: u32 = 1000;
/// The name of [`USER`].
pub(crate) const USER_NAME: &str = "daytona";
/// The home of [`USER`], and the working directory of commands.
pub(crate) const HOME: &str = "/home/daytona";
/// The address that answers names (DNS) inside a sandbox with a network.
pub(crate) const RESOLVER: std::net::Ipv4Addr = std::net::Ipv4Addr::new(198, 18, 0, 3);
/// The descriptor at which the guest finds its [`Boot`], a file without a name.
pub(crate) const BOOT: i32 = 4;
/// The descriptor at which the guest finds a listener that the runtime has made.
pub(crate) const LISTENER: i32 = 3;
/// How many processes and threads the guest may have beside those of programs: whatever programs do, the
/// guest can answer, and start a shell or two.
pub(crate) const GUEST_PROCESSES: u64 = 64;

/// Where the guest serves its API.
// Not `Debug`: the secret is in it.
#[derive(Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ListenAt {
    /// At the descriptor [`LISTENER`], a Unix socket that the runtime listens on already.
    #[default]
    Inherited,
    /// At a Unix socket that the guest makes; nothing may be at that path.
    Unix(PathBuf),
    /// At a TCP address that others may reach too: who connects says the secret of this boot first, and
    /// nothing is answered to who does not.
    Tcp {
        /// The address to listen on.
        address: SocketAddr,
        /// Random, of this boot alone. It is followed by a line feed on the wire.
        secret: String,
    },
}

/// What the guest is told. Not by arguments or environment: programs in the sandbox see those.
// Not `Debug`: the secret is in it.
#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Boot {
    /// Where it listens.
    pub(crate) listener: ListenAt,
    /// The memory limit in bytes, where no cgroup keeps it.
    pub(crate) memory: Option<u64>,
    /// What is run as soon as the guest is there.
    pub(crate) entrypoint: Vec<String>,
    /// The most processes and threads that programs may have; the guest itself may have some more.
    pub(crate) processes: u64,
}
