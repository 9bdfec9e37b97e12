//! Finding the engine, starting it where none runs, and stopping it.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use tokio::time::{Instant, sleep, timeout};

use crate::error::{Context, Error, Kind, Result};
use crate::local_socket;
use crate::secret::Secret;

use super::home::Home;

/// Within this time an engine is ready, or there is an error.
const READY: Duration = Duration::from_secs(20);
/// Within this time an engine that was asked to has stopped.
const STOPPED: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(2);
/// How much of the log an error shows.
const LINES: usize = 5;

/// Where the engine keeps its data and where it listens.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The engine's data folder.
    pub dir: PathBuf,
    /// The address to listen on, usually `127.0.0.1:3986`.
    pub listen: SocketAddr,
    /// Whether the user named that address: then no other will do, and it may be open to other hosts.
    pub listen_fixed: bool,
    /// Whether whoever opens a preview starts its sandbox.
    pub auto_start: bool,
    /// Whether it is started in the background, by a command that needs it.
    pub detached: bool,
    /// The origins whose pages may use the API, such as `http://localhost:5173`.
    pub origins: Vec<String>,
}

impl Settings {
    /// Refuses to open the engine to other hosts unless the user said so.
    pub(super) fn check(&self) -> Result<()> {
        for origin in &self.origins {
            if !is_origin(origin) {
                let message = format!("{origin:?} is no origin of pages");
                return Err(Error::usage(message).hint(
                    "name each as browsers do, without a slash at the end: `daytona serve --cors http://localhost:5173`",
                ));
            }
        }
        if self.listen.ip().is_loopback() || self.listen_fixed {
            return Ok(());
        }
        let message = format!("{} is not an address of this machine only", self.listen);
        Err(Error::usage(message).hint("name it: `daytona serve --listen ADDRESS:PORT`"))
    }
}

/// Whether it is a scheme, a host and perhaps a port, as browsers write the origin of a page. Not `*`: any
/// page could then use a key that it comes by.
fn is_origin(text: &str) -> bool {
    let rest = text
        .strip_prefix("http://")
        .or_else(|| text.strip_prefix("https://"));
    let host = |host: &str| {
        !host.is_empty()
            && host.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-:[]".contains(&byte)
            })
    };
    rest.is_some_and(host)
}

/// A running engine.
#[derive(Clone, Debug)]
pub struct Address {
    /// The base URL, ending in `/api`.
    pub url: String,
    /// The socket by which this user's programs reach it.
    pub socket: PathBuf,
    /// The API key.
    pub key: Secret,
    /// Its process.
    pub pid: u32,
    /// Its version.
    pub version: String,
    /// Whether a command started it in the background.
    pub detached: bool,
}

/// The engine that runs over that folder. Cheap: two small files and a lock, no connection.
pub async fn running(dir: &Path) -> Result<Option<Address>> {
    Ok(find(&Home::new(dir)))
}

fn find(home: &Home) -> Option<Address> {
    // In this order: without a notice the lock is not touched, which a starting engine is about to take.
    let notice = home.notice()?;
    let key = home.key()?;
    (is_alive(notice.pid) && home.is_locked()).then_some(Address {
        url: notice.url,
        socket: home.socket(),
        key,
        pid: notice.pid,
        version: notice.version,
        detached: notice.detached,
    })
}

/// Whether the engine whose socket that is takes connections, and is this user's.
pub async fn greet(socket: &Path) -> Result<()> {
    let connecting = timeout(READY, local_socket::connect(socket)).await;
    let failed = || format!("cannot reach the local engine at {}", socket.display());
    match connecting {
        Ok(outcome) => outcome.map(drop).context(Kind::Unavailable, failed),
        Err(_) => Err(Error::new(Kind::Timeout, failed())),
    }
}

/// Whether that process runs. One that is ending, or that nobody has waited for yet, still takes
/// signals: but what it announced is no longer true, and the lock may be its successor's.
fn is_alive(number: u32) -> bool {
    const EXITING: u32 = 4;
    if pid(number).is_none_or(|pid| test_kill_process(pid).is_err()) {
        return false;
    }
    let Ok(stat) = fs::read_to_string(format!("/proc/{number}/stat")) else {
        // Not Linux: then a signal is all that can be asked.
        return !cfg!(target_os = "linux");
    };
    let mut fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    let ended = matches!(fields.next(), Some("Z" | "X"));
    let flags = fields.nth(5).and_then(|flags| flags.parse::<u32>().ok());
    !ended && flags.is_none_or(|flags| flags & EXITING == 0)
}

fn pid(number: u32) -> Option<Pid> {
    Pid::from_raw(i32::try_from(number).ok()?)
}

/// The running engine, or one that is started now in the background; and whether it was.
pub async fn ensure(settings: &Settings) -> Result<(Address, bool)> {
    ensure_by(settings, || {
        let program = std::env::current_exe().context(Kind::Internal, || {
            "cannot find the daytona program".to_owned()
        })?;
        let mut command = Command::new(program);
        command.args(["serve", "--detached"]);
        Ok(command)
    })
    .await
}

/// As [`ensure`], with the command that becomes the engine.
async fn ensure_by(
    settings: &Settings,
    command: impl FnOnce() -> Result<Command>,
) -> Result<(Address, bool)> {
    let home = Home::new(&settings.dir);
    if let Some(address) = find(&home) {
        return Ok((address, false));
    }
    settings.check()?;
    home.make()?;
    let mut child = spawn(command()?, &home)?;
    let deadline = Instant::now() + READY;
    let mut ended = None;
    loop {
        if let Some(address) = find(&home) {
            let ours = address.pid == child.id();
            if !ours {
                // Another command was faster. The engine of this one could only wait for the lock,
                // and must not take it when that one is stopped.
                let _ = child.kill();
                let _ = child.wait();
            }
            return Ok((address, ours));
        }
        if ended.is_none() {
            ended = child.try_wait().ok().flatten();
        }
        // An engine that lost the race ends; the one that won may not be ready yet.
        if let Some(status) = ended
            && !home.is_locked()
            && find(&home).is_none()
        {
            return Err(failed(
                &home,
                &format!("the engine ended at once ({status})"),
            ));
        }
        if Instant::now() >= deadline {
            let message = format!("the engine was not ready within {} s", READY.as_secs());
            return Err(failed(&home, &message));
        }
        sleep(POLL).await;
    }
}

fn spawn(mut command: Command, home: &Home) -> Result<Child> {
    let path = home.log();
    let failed = || format!("cannot write the engine's log {}", path.display());
    let log = fs::OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(&path)
        .context(Kind::Other, failed)?;
    let errors = log.try_clone().context(Kind::Other, failed)?;
    command
        .stdin(Stdio::null())
        .stdout(log)
        .stderr(errors)
        .current_dir("/")
        // Its own group: Ctrl-C in the terminal is not meant for it.
        .process_group(0)
        .spawn()
        .context(Kind::Unavailable, || "cannot start the engine".to_owned())
}

fn failed(home: &Home, message: &str) -> Error {
    let path = home.log();
    let lines = tail(&path).unwrap_or_default();
    let said = if lines.is_empty() {
        String::new()
    } else {
        format!("; its last words: {lines}")
    };
    Error::new(Kind::Unavailable, format!("{message}{said}"))
        .hint(format!("see its log: {}", path.display()))
        .hint("run it in the foreground: `daytona serve`")
}

fn tail(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(4096)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    Ok(lines[lines.len().saturating_sub(LINES)..].join(" | "))
}

/// Stops the engine that runs over that folder; false where none does. Its sandboxes run on.
pub async fn stop(dir: &Path) -> Result<bool> {
    let home = Home::new(dir);
    let Some(address) = find(&home) else {
        return Ok(false);
    };
    let failed = || format!("cannot stop the engine, process {}", address.pid);
    let process = pid(address.pid).ok_or_else(|| Error::internal(failed()))?;
    kill_process(process, Signal::TERM).context(Kind::Other, failed)?;
    let deadline = Instant::now() + STOPPED;
    // Where another engine follows at once, the lock is never seen free.
    while home.is_locked() && home.notice().is_none_or(|notice| notice.pid == address.pid) {
        if Instant::now() >= deadline {
            let message = format!(
                "the engine, process {}, did not stop within {} s",
                address.pid,
                STOPPED.as_secs()
            );
            return Err(Error::new(Kind::Timeout, message));
        }
        sleep(Duration::from_millis(10)).await;
    }
    Ok(true)
}

#[cfg(test)]
#[path = "start_tests.rs"]
mod tests;
