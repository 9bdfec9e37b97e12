//! The process of the far side: begun, halted, killed, begun again over the same folder.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use daytona::engine::runtime::contract::Runtime as _;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::Remote;
use super::server::ROLE;
use super::wire::Call;

/// How long the far side may take until it answers.
const READY: Duration = Duration::from_secs(30);

/// The far side of a runtime, with a folder of its own. Its end is the end of its sandboxes.
pub(crate) struct Process {
    folder: TempDir,
    child: Mutex<Child>,
}

impl Process {
    /// One that answers.
    pub(crate) fn start() -> Self {
        let folder = TempDir::new().expect("a folder");
        let child = Mutex::new(spawn(&folder));
        let process = Self { folder, child };
        process.wait_until_there();
        process
    }

    /// The near side.
    pub(crate) fn remote(&self) -> Remote {
        let mut remote = Remote {
            socket: self.socket(),
            lies: false,
            capacity: daytona::engine::runtime::contract::Capacity { cpu: 1, memory: 1 },
        };
        remote.capacity = now(remote.call(Call::Capacity)).expect("its capacity");
        remote
    }

    /// It is there, and says nothing.
    pub(crate) fn halt(&self) {
        self.signal(Signal::STOP);
    }

    /// After [`Self::halt`].
    pub(crate) fn go_on(&self) {
        self.signal(Signal::CONT);
    }

    /// It ends as in a crash; sandboxes go on.
    pub(crate) fn kill(&self) {
        let mut child = self.child.lock().expect("the process");
        child.kill().expect("killed");
        child.wait().expect("reaped");
    }

    /// After [`Self::kill`]: another one over the same folder.
    pub(crate) fn again(&self) {
        std::fs::remove_file(self.socket()).expect("the socket of the one before");
        *self.child.lock().expect("the process") = spawn(&self.folder);
        self.wait_until_there();
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("socket")
    }

    fn signal(&self, signal: Signal) {
        let child = self.child.lock().expect("the process");
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        kill_process(pid.expect("a process id"), signal).expect("signalled");
    }

    fn wait_until_there(&self) {
        let begun = Instant::now();
        while std::os::unix::net::UnixStream::connect(self.socket()).is_err() {
            assert!(begun.elapsed() < READY, "the far side does not begin");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.get_mut().map(|child| {
            let _ = child.kill();
            let _ = child.wait();
        });
        // What a failed case left running must not outlive it.
        let _ = std::fs::remove_file(self.socket());
        *self.child.get_mut().expect("the process") = spawn(&self.folder);
        self.wait_until_there();
        let remote = self.remote();
        for id in now(remote.disks()).unwrap_or_default() {
            let _ = now(remote.abandon(&id));
            let _ = now(remote.remove(&id));
        }
        self.kill();
    }
}

fn spawn(folder: &TempDir) -> Child {
    Command::new(std::env::current_exe().expect("this program"))
        .arg(ROLE)
        .arg(folder.path().join("socket"))
        .arg(folder.path().join("runtime"))
        .stdin(Stdio::null())
        .spawn()
        .expect("the far side")
}

/// The outcome of a future in a thread of its own: the caller may be in a runtime already.
fn now<T: Send>(future: impl Future<Output = T> + Send) -> T {
    std::thread::scope(|scope| {
        let run = scope.spawn(|| {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a thread")
                .block_on(future)
        });
        run.join().expect("an outcome")
    })
}
