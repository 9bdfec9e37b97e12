//! The user-mode network stack of a sandbox: a program of others, one process for each sandbox.

use std::fs::{self, File};
use std::io::Read as _;
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::Signal;
use serde::{Deserialize, Serialize};

use super::super::process::{self, Handle};
use super::inside::INTERFACE;
use super::policy::{GATEWAY, LINK, NAMES, OWN};

/// How long a stack may take to be there.
const READY: Duration = Duration::from_secs(5);
/// Where programs are that an ordinary user's PATH may not name.
const FOLDERS: [&str; 6] = [
    "/usr/bin",
    "/usr/local/bin",
    "/bin",
    "/usr/sbin",
    "/usr/local/sbin",
    "/sbin",
];

/// A stack that is installed and can be used here.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Stack {
    kind: Kind,
    program: PathBuf,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Slirp,
    Pasta,
}

impl Stack {
    /// The first that is installed, or why there is none. `root` is whether the engine is root.
    pub(super) fn find(root: bool) -> Result<Self, String> {
        if let Err(error) = File::options().read(true).write(true).open("/dev/net/tun") {
            return Err(format!("/dev/net/tun cannot be opened: {error}"));
        }
        let find = |name: &str| {
            let mut places = FOLDERS.iter().map(|folder| Path::new(folder).join(name));
            places.find(|path| path.is_file())
        };
        if let Some(program) = find("slirp4netns") {
            return Ok(Self {
                kind: Kind::Slirp,
                program,
            });
        }
        match find("pasta") {
            // As root it gives its rights up before it enters the namespace, and then may not.
            Some(_) if root => {
                Err("slirp4netns is not installed, and pasta does not work for root".to_owned())
            }
            Some(program) => Ok(Self {
                kind: Kind::Pasta,
                program,
            }),
            None => Err("neither slirp4netns nor pasta (passt) is installed".to_owned()),
        }
    }

    /// Its name.
    pub(super) fn name(&self) -> &'static str {
        match self.kind {
            Kind::Slirp => "slirp4netns",
            Kind::Pasta => "pasta",
        }
    }

    /// Starts it for a sandbox whose first process is `first`; it is there when this returns.
    pub(super) fn start(&self, first: &Handle, user: bool, record: &Path) -> Result<()> {
        let pid = first.pid;
        let (net, own) = (
            format!("/proc/{pid}/ns/net"),
            format!("/proc/{pid}/ns/user"),
        );
        let mut command = Command::new(&self.program);
        command
            .env_clear()
            .process_group(0)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let started = match self.kind {
            Kind::Slirp => {
                let (ready, told) = std::io::pipe()?;
                command.args([
                    "--mtu=65520",
                    "--disable-host-loopback",
                    "--ready-fd=0",
                    "--netns-type=path",
                ]);
                command.arg(format!("--cidr={LINK}"));
                if user {
                    command.arg(format!("--userns-path={own}"));
                } else {
                    // It gives root's rights up once it is set up.
                    command.arg("--enable-sandbox");
                }
                command.args([&net, INTERFACE]).stdin(OwnedFd::from(told));
                let child = command.spawn().context("cannot start slirp4netns")?;
                drop(command);
                let pid = i32::try_from(child.id())?;
                keep(record, first, pid)?;
                std::thread::spawn(move || wait(child));
                said(OwnedFd::from(ready)).map(|()| pid)
            }
            Kind::Pasta => {
                let note = record.with_extension("pid");
                command.args([
                    "--config-net",
                    "--quiet",
                    "--ipv4-only",
                    "--no-map-gw",
                    "--no-dhcp",
                    "--no-ra",
                ]);
                command.args(["-t", "none", "-u", "none", "-T", "none", "-U", "none"]);
                command.args([
                    "-a",
                    &OWN.to_string(),
                    "-n",
                    "24",
                    "-g",
                    &GATEWAY.to_string(),
                ]);
                command.args(["--dns-forward", &NAMES.to_string(), "-I", INTERFACE]);
                command
                    .arg("-P")
                    .arg(&note)
                    .args(["--netns", &net, "--userns", &own]);
                // It goes into the background when it is ready.
                let status = command
                    .stdin(Stdio::null())
                    .status()
                    .context("cannot start pasta")?;
                if !status.success() {
                    bail!("pasta ended with {status}");
                }
                let text =
                    fs::read_to_string(&note).context("pasta left no note of its process")?;
                let _ = fs::remove_file(note);
                let pid = text.trim().parse()?;
                keep(record, first, pid).map(|()| pid)
            }
        };
        if started.is_err() {
            end(record);
        }
        started.map(drop)
    }
}

/// Reaps the stack when it ends.
fn wait(mut child: std::process::Child) {
    let _ = child.wait();
}

/// Waits until a byte comes; a stack that ends closes its end.
fn said(ready: OwnedFd) -> Result<()> {
    let mut polled = [PollFd::new(&ready, PollFlags::IN)];
    let limit = Timespec::try_from(READY)?;
    if poll(&mut polled, Some(&limit))? == 0 {
        bail!("slirp4netns is not ready after {} s", READY.as_secs());
    }
    let mut word = [0];
    if File::from(ready).read(&mut word)? == 0 {
        bail!("slirp4netns ended before it was ready");
    }
    Ok(())
}

/// What is written down of a stack, so that the next engine finds it.
#[derive(Deserialize, Serialize)]
struct Record {
    /// The sandbox's first process.
    first: Handle,
    /// The stack's.
    stack: Handle,
}

impl Record {
    fn read(path: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(path).ok()?).ok()
    }
}

fn keep(path: &Path, first: &Handle, pid: i32) -> Result<()> {
    let record = Record {
        first: first.clone(),
        stack: Handle::of(pid, Vec::new()),
    };
    fs::write(path, serde_json::to_vec(&record)?).context("cannot write down the network's process")
}

/// The stack of that record, if it runs and is for this process.
pub(super) fn running(path: &Path, first: &Handle) -> Option<OwnedFd> {
    let record = Record::read(path).filter(|record| record.first == *first)?;
    record.stack.open()
}

/// Whether a process that was found running has ended since.
pub(super) fn has_ended(stack: &OwnedFd) -> bool {
    let mut polled = [PollFd::new(stack, PollFlags::IN)];
    poll(&mut polled, Some(&Timespec::default())).is_ok_and(|count| count > 0)
}

/// Whether the stack of that record is another process's than this: of a later start.
pub(super) fn is_of_another(path: &Path, first: &Handle) -> bool {
    Record::read(path).is_some_and(|record| record.first != *first)
}

/// Ends the stack of that record, if there is one.
pub(super) fn end(path: &Path) {
    if let Some(pidfd) = Record::read(path).and_then(|record| record.stack.open()) {
        process::signal(&pidfd, Signal::KILL);
    }
    let _ = fs::remove_file(path);
}

/// Ends the stacks of sandboxes that ended while no engine was there.
pub(super) fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if Record::read(&path).is_none_or(|record| record.first.open().is_none()) {
            end(&path);
        }
    }
}
