//! The agent in every sandbox: its first process, which reaps, and serves the toolbox API over a
//! socket that it inherits.

mod dirs;
mod disk;
mod environment;
mod group;
mod memory;
mod nonblocking_read;
mod reaper;
mod spawn;
mod stop;
pub mod toolbox;

use std::fs::File;
use std::io;
use std::process::ExitCode;

use rustix::process::DumpableBehavior;

use crate::guest_boot::{BOOT, Boot, GUEST_PROCESSES, LISTENER};
use crate::syscall::{close_at_exec, inherited};

use toolbox::{http, session};

/// Runs the agent until it is told to stop. Nobody reads what it prints: it prints nothing.
pub fn main() -> ExitCode {
    let rank = spawn::Rank::open().ok();
    // Commands run as the same user: they must not trace us, or reach our memory and descriptors.
    if rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable).is_err() {
        return ExitCode::from(74);
    }
    // What we were started with is ours alone.
    if close_at_exec(3).is_err() {
        return ExitCode::from(75);
    }
    let listener = std::os::unix::net::UnixListener::from(inherited(LISTENER));
    let Ok(boot) = boot() else {
        return ExitCode::from(76);
    };
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        // Half of our room: the other half is for shells.
        .max_blocking_threads(usize::try_from(GUEST_PROCESSES / 2).unwrap_or(1))
        .build()
    else {
        return ExitCode::from(70);
    };
    runtime.block_on(async {
        let Ok(listener) = tokio::net::UnixListener::from_std(listener) else {
            return ExitCode::from(71);
        };
        let Ok(reaper) = reaper::Reaper::start() else {
            return ExitCode::from(72);
        };
        let Ok(stop) = stop::Stop::listen() else {
            return ExitCode::from(77);
        };
        dirs::prepare();
        if let Some(limit) = boot.memory {
            tokio::spawn(memory::watch(limit));
        }
        let agent = http::Agent::new(reaper, &boot, rank);
        session::begin_entrypoint(&agent, &boot.entrypoint).await;
        let app = http::router(agent);
        tokio::select! {
            _ = axum::serve(listener, app) => ExitCode::from(73),
            () = stop.asked() => ExitCode::SUCCESS,
            () = disk::gone() => ExitCode::from(78),
        }
    })
}

/// What the engine tells the guest: read once, then gone.
fn boot() -> io::Result<Boot> {
    Ok(serde_json::from_reader(File::from(inherited(BOOT)))?)
}
