//! The user-mode network stack of a sandbox: a program of others, one process for each sandbox.

use std::fs::{self, File};
use std::io::Read as _;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result};
use rustix::process::Signal;
use serde::{Deserialize, Serialize};

use super::super::process::{self, Handle};
use super::confine::{self, Confined, NETNS};
use super::netns::INTERFACE;
use super::policy::{GATEWAY, LINK, OWN};
use crate::guest_boot::RESOLVER;

/// How much of what a stack says is kept, in bytes.
const LONGEST_COMPLAINT: usize = 4096;
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
    /// The first that is installed, or why there is none.
    pub(super) fn find() -> Result<Self, String> {
        if let Err(error) = File::options().read(true).write(true).open("/dev/net/tun") {
            return Err(format!(
                "/dev/net/tun cannot be opened: {error}; let this user open it for reading and writing, and in a \
                 container pass it on: `--device /dev/net/tun`"
            ));
        }
        let find = |name: &str| {
            let mut places = FOLDERS.iter().map(|folder| Path::new(folder).join(name));
            places.find(|path| path.is_file())
        };
        for (kind, name) in [(Kind::Slirp, "slirp4netns"), (Kind::Pasta, "pasta")] {
            if let Some(program) = find(name) {
                return Ok(Self { kind, program });
            }
        }
        Err("neither slirp4netns nor pasta (passt) is installed; install slirp4netns".to_owned())
    }

    /// Its name.
    pub(super) fn name(&self) -> &'static str {
        match self.kind {
            Kind::Slirp => "slirp4netns",
            Kind::Pasta => "pasta",
        }
    }

    /// Starts it for a sandbox whose first process is `first`. Its link is there a little later, and down.
    pub(super) fn start(&self, first: &Handle, record: &Path) -> Result<Starting> {
        let process = first.open().context("its processes have ended")?;
        let confined = Confined {
            pid: first.pid,
            cgroups: first.cgroups.clone(),
            program: self.program.clone(),
            arguments: self.arguments(),
        };
        let mut waiting = confine::start(&confined)?;
        let pid = i32::try_from(waiting.child.id())?;
        // Written down before it is anything: a stack that nobody knows of would hold the link for good.
        let begun = keep(record, first, pid).and_then(|()| waiting.go(&process));
        let said = Arc::<Mutex<String>>::default();
        if let Some(errors) = waiting.child.stderr.take() {
            let said = Arc::clone(&said);
            std::thread::spawn(move || listen(waiting.child, errors, &said));
        }
        begun.map(|()| Starting(said))
    }

    fn arguments(&self) -> Vec<String> {
        let text = match self.kind {
            Kind::Slirp => format!(
                "--mtu=65520 --disable-host-loopback --enable-seccomp --netns-type=path \
                 --cidr={LINK} {NETNS} {INTERFACE}"
            ),
            Kind::Pasta => format!(
                "--foreground --quiet --ipv4-only --no-map-gw --no-dhcp --no-ra \
                 -t none -u none -T none -U none -a {OWN} -n 24 -g {GATEWAY} \
                 --dns-forward {RESOLVER} -I {INTERFACE} --netns-only --netns {NETNS}"
            ),
        };
        text.split_whitespace().map(str::to_owned).collect()
    }
}

/// A stack whose link is not there yet.
pub(super) struct Starting(Arc<Mutex<String>>);

impl Starting {
    /// What it said on standard error so far: its last line.
    pub(super) fn said(&self) -> String {
        let said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = said.lines().map(str::trim).rfind(|line| !line.is_empty());
        last.unwrap_or("it said nothing").to_owned()
    }
}

/// Hears what the stack says, keeps the first of it, and reaps the stack when it ends.
fn listen(mut child: Child, mut errors: ChildStderr, said: &Mutex<String>) {
    let mut chunk = [0; 1024];
    while let Ok(count @ 1..) = errors.read(&mut chunk) {
        let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.len() < LONGEST_COMPLAINT {
            said.push_str(&String::from_utf8_lossy(&chunk[..count]));
        }
    }
    let _ = child.wait();
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
        stack: Handle::of(pid, Vec::new(), &first.place),
    };
    fs::write(path, serde_json::to_vec(&record)?).context("cannot write down the network's process")
}

/// The stack of that record, if it runs and is for this process.
pub(super) fn running(path: &Path, first: &Handle) -> Option<OwnedFd> {
    let record = Record::read(path).filter(|record| record.first == *first)?;
    record.stack.open()
}

/// Whether the stack of that record is another process's than this: of a later start.
pub(super) fn is_of_another(path: &Path, first: &Handle) -> bool {
    Record::read(path).is_some_and(|record| record.first != *first)
}

/// Ends the stack of that record, if there is one, and it is of this place.
pub(super) fn end(path: &Path, place: &str) {
    let record = Record::read(path).filter(|record| record.stack.is_of(place));
    if let Some(pidfd) = record.and_then(|record| record.stack.open()) {
        process::signal(&pidfd, Signal::KILL);
    }
    let _ = fs::remove_file(path);
}

/// Ends the stacks of sandboxes that ended while no engine was there.
pub(super) fn sweep(folder: &Path, place: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let ended = |record: Record| !record.first.is_of(place) || record.first.open().is_none();
        if Record::read(&path).is_none_or(ended) {
            end(&path, place);
        }
    }
}
