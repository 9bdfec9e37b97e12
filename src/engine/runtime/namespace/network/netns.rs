//! The process that sets a sandbox's link up from inside its namespaces, and opens sockets there for us.
//!
//! Only a process with one thread may enter a user namespace, so the engine starts one for each change.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use rustix::net::netdevice::name_to_index;
use rustix::net::sockopt::{Timeout, set_socket_timeout};
use rustix::net::{AddressFamily, SocketFlags, SocketType, socketpair};
use rustix::thread::{ThreadNameSpaceType, move_into_thread_name_spaces};
use serde::{Deserialize, Serialize};

use super::super::channel::{self, receive, send};
use crate::guest_boot::RESOLVER;
use crate::syscall;

use super::super::process;
use super::filter::{self, Filter};
use super::policy::{OWN, Route};
use super::routing::Routing;

/// The link's name inside.
pub(super) const INTERFACE: &str = "tap0";
/// How long a stack may take to make the link, and how often to look.
const READY: Duration = Duration::from_secs(5);
const LOOK: Duration = Duration::from_micros(300);
/// How long it may take for all of it: while it is waited for, nobody uses the sandbox.
const ANSWER: Duration = Duration::from_secs(10);
/// What the process is told to try out only.
const PROBE: &str = "probe";
/// The name servers' port.
const PORT: u16 = 53;

/// What is to be done inside.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Change {
    /// Whether the user namespace has to be entered first: not as root of the host.
    pub(super) user: bool,
    pub(super) add: BTreeSet<Route>,
    /// Whether all other routes go: whoever made them.
    pub(super) only: bool,
    /// Whether to bring the link up, once it is there, and give it its address.
    pub(super) fresh: bool,
    /// What may leave; put into effect before anything else.
    pub(super) filter: Filter,
    /// Whether names are answered by us, on sockets that are sent back; if not, by the stack.
    pub(super) names: Option<bool>,
}

/// The sockets at which a sandbox asks for names.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) datagrams: UdpSocket,
    pub(super) streams: TcpListener,
}

/// What a change gave.
#[derive(Debug)]
pub(super) struct Made {
    /// How many packets were refused so far.
    pub(super) refused: u64,
    pub(super) names: Option<Names>,
}

/// What the process answers; sockets come with it.
#[derive(Deserialize, Serialize)]
enum Said {
    Done { refused: u64 },
    Failed(String),
}

/// Whether the kernel can filter a sandbox's packets: tried in a network of its own. Blocks.
pub(super) fn probe() -> Result<(), String> {
    let output = Command::new("/proc/self/exe")
        .arg0("daytona")
        .args(["__network", PROBE])
        .env_clear()
        .stdin(Stdio::null())
        .output();
    match output {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// Has a change made in the namespaces of a process. Blocks. `stack` is the stack that makes the link,
/// where that is waited for.
pub(super) fn make(process: &OwnedFd, stack: Option<&OwnedFd>, change: &Change) -> Result<Made> {
    let (ours, theirs) = socketpair(
        AddressFamily::UNIX,
        SocketType::SEQPACKET,
        SocketFlags::CLOEXEC,
        None,
    )?;
    set_socket_timeout(&ours, Timeout::Recv, Some(ANSWER))?;
    let mut child = Command::new("/proc/self/exe")
        .arg0("daytona")
        .arg("__network")
        .env_clear()
        .stdin(Stdio::from(theirs))
        .stdout(Stdio::null())
        .spawn()
        .context("cannot start the process that sets the network up")?;
    let fds: Vec<_> = [Some(process), stack]
        .into_iter()
        .flatten()
        .map(OwnedFd::as_fd)
        .collect();
    let answer =
        send(ours.as_fd(), &serde_json::to_vec(change)?, &fds).and_then(|()| receive(ours.as_fd()));
    // It may hang.
    let _ = child.kill();
    let _ = child.wait();
    let (text, fds) = answer?.context("the process that sets the network up broke off")?;
    let said = serde_json::from_slice(&text).context("its answer cannot be read")?;
    let refused = match said {
        Said::Done { refused } => refused,
        Said::Failed(why) => bail!(why),
    };
    let mut fds = fds.into_iter();
    let names = match (fds.next(), fds.next()) {
        (Some(datagrams), Some(streams)) => Some(Names {
            datagrams: UdpSocket::from(datagrams),
            streams: TcpListener::from(streams),
        }),
        _ => None,
    };
    Ok(Made { refused, names })
}

/// The process itself: one request on its standard input, one answer.
pub fn main() -> std::process::ExitCode {
    if std::env::args().nth(2).as_deref() == Some(PROBE) {
        return channel::end(
            syscall::own_network(!rustix::process::geteuid().is_root())
                .context("cannot make a network")
                .and_then(|()| filter::apply(&Filter::default(), 1)),
        );
    }
    let socket = std::io::stdin();
    let socket = socket.as_fd();
    let (said, names) = match serve() {
        Ok(made) => (
            Said::Done {
                refused: made.refused,
            },
            made.names,
        ),
        Err(error) => (Said::Failed(format!("{error:#}")), None),
    };
    let fds = names
        .as_ref()
        .map(|names| [names.datagrams.as_fd(), names.streams.as_fd()]);
    let told = serde_json::to_vec(&said)
        .map_err(Into::into)
        .and_then(|said| send(socket, &said, fds.as_ref().map_or(&[], |fds| &fds[..])));
    // Nobody else hears it: the engine sees that the answer is missing.
    if told.is_ok() {
        std::process::ExitCode::SUCCESS
    } else {
        std::process::ExitCode::FAILURE
    }
}

fn serve() -> Result<Made> {
    let request = receive(std::io::stdin().as_fd())?;
    let (text, fds) = request.context("it is started by the engine only")?;
    let change: Change = serde_json::from_slice(&text)?;
    let mut fds = fds.into_iter();
    let process = fds.next().context("it is started by the engine only")?;
    let stack = fds.next();
    let mut spaces = ThreadNameSpaceType::NETWORK;
    if change.user {
        spaces |= ThreadNameSpaceType::USER;
    }
    move_into_thread_name_spaces(process.as_fd(), spaces)
        .context("cannot enter the sandbox's network")?;
    let names = apply(&change, stack.as_ref())?;
    let refused = filter::refused()?;
    Ok(Made { refused, names })
}

fn apply(change: &Change, stack: Option<&OwnedFd>) -> Result<Option<Names>> {
    let any = rustix::net::socket(AddressFamily::INET, SocketType::DGRAM, None)?;
    let own = name_to_index(&any, "lo")?;
    filter::apply(&change.filter, own)?;
    let until = Instant::now() + if change.fresh { READY } else { Duration::ZERO };
    let tap = loop {
        match name_to_index(&any, INTERFACE) {
            Err(_) if stack.is_some_and(process::has_ended) => {
                bail!("the network stack ended before the link was there")
            }
            Err(_) if Instant::now() < until => std::thread::sleep(LOOK),
            tap => break tap.context("the sandbox's link is not there")?,
        }
    };
    let mut routing = Routing::open()?;
    if change.fresh {
        routing.up(tap)?;
        routing
            .add_address(tap, OWN)
            .context("cannot give the link its address")?;
    }
    if change.only {
        let wanted: Vec<_> = change.add.iter().map(|route| route.to).collect();
        // Closed first: in between, less is open than before and after.
        for there in present(&std::fs::read_to_string("/proc/self/net/route")?) {
            if !wanted.contains(&there) {
                routing
                    .remove_route(there)
                    .with_context(|| format!("cannot remove {there:?}"))?;
            }
        }
    }
    for route in &change.add {
        routing
            .add_route(tap, route.to, route.way)
            .with_context(|| format!("cannot add {route:?}"))?;
    }
    match change.names {
        Some(true) => {
            routing.add_address(own, RESOLVER)?;
            open_names(RESOLVER).map(Some)
        }
        Some(false) => {
            routing.remove_address(own, RESOLVER)?;
            Ok(None)
        }
        None => Ok(None),
    }
}

/// The routes of the kernel's table, which writes addresses as numbers of this machine.
fn present(table: &str) -> Vec<(Ipv4Addr, u8)> {
    let routes = table.lines().skip(1).filter_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let number = |field: usize| u32::from_str_radix(fields.get(field)?, 16).ok();
        let (to, mask) = (number(1)?, number(7)?);
        let bits = u8::try_from(mask.count_ones()).ok()?;
        Some((Ipv4Addr::from(to.to_ne_bytes()), bits))
    });
    routes.collect()
}

fn open_names(address: Ipv4Addr) -> Result<Names> {
    let failed = "cannot listen for the sandbox's name queries";
    // The engine lets go of the sockets before only when its tasks have ended.
    let mut tries = 0;
    let datagrams = loop {
        match UdpSocket::bind((address, PORT)) {
            Err(error) if error.kind() == ErrorKind::AddrInUse && tries < 100 => {
                tries += 1;
                std::thread::sleep(Duration::from_millis(10));
            }
            bound => break bound.context(failed)?,
        }
    };
    let streams = TcpListener::bind((address, PORT)).context(failed)?;
    datagrams.set_nonblocking(true)?;
    streams.set_nonblocking(true)?;
    Ok(Names { datagrams, streams })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_table_is_read() {
        let table = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n\
            tap0\t00000000\t020012C6\t0003\t0\t0\t0\t00000000\t0\t0\t0\n\
            *\t0000FEA9\t00000000\t0200\t0\t0\t0\t0000FFFF\t0\t0\t0\n";
        let expected = [
            (Ipv4Addr::UNSPECIFIED, 0),
            (Ipv4Addr::new(169, 254, 0, 0), 16),
        ];
        if cfg!(target_endian = "little") {
            assert_eq!(present(table), expected);
        }
    }
}
