//! The guest: the process of ours in every sandbox, which reaps, and serves the toolbox API. Usually the first
//! process; as another one it adopts the orphans below it.

mod dirs;
mod disk;
mod environment;
mod group;
mod listener;
mod memory;
mod nonblocking_read;
mod others;
mod reaper;
mod spawn;
mod stop;
pub mod toolbox;

use std::fs::File;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use rustix::process::DumpableBehavior;

use crate::guest_boot::{BOOT, Boot, GUEST_PROCESSES};
use crate::syscall::{close_at_exec, guest_signals, inherited};

use toolbox::{http, session};

/// Runs the guest until it is told to stop. Nobody reads what it prints: it prints nothing.
/// `boot` is the file with what it is told; without one that is at a descriptor.
pub fn main(boot: Option<&Path>) -> ExitCode {
    let rank = spawn::Rank::open().ok();
    // Commands run as the same user: they must not trace us, or reach our memory and descriptors.
    if rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable).is_err() {
        return ExitCode::from(74);
    }
    // What we were started with is ours alone.
    if close_at_exec(3).is_err() {
        return ExitCode::from(75);
    }
    let Ok(boot) = read(boot) else {
        return ExitCode::from(76);
    };
    if !others::is_first() {
        // The engine sees to that where it makes the first process.
        guest_signals();
        if rustix::process::set_child_subreaper(Some(rustix::process::getpid())).is_err() {
            return ExitCode::from(79);
        }
    }
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        // Half of our room: the other half is for shells.
        .max_blocking_threads(usize::try_from(GUEST_PROCESSES / 2).unwrap_or(1))
        .build()
    else {
        return ExitCode::from(70);
    };
    runtime.block_on(async {
        let Ok(listener) = listener::open(&boot.listener).await else {
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
        let toolbox = http::Toolbox::new(reaper, &boot, rank);
        session::begin_entrypoint(&toolbox, &boot.entrypoint).await;
        let app = http::router(toolbox);
        tokio::select! {
            () = listener.serve(app) => ExitCode::from(73),
            () = stop.asked() => ExitCode::SUCCESS,
            () = disk::gone() => ExitCode::from(78),
        }
    })
}

/// What the engine tells the guest: read once, then gone.
fn read(boot: Option<&Path>) -> io::Result<Boot> {
    let Some(path) = boot else {
        return Ok(serde_json::from_reader(File::from(inherited(BOOT)))?);
    };
    let text = std::fs::read(path)?;
    std::fs::remove_file(path)?;
    Ok(serde_json::from_slice(&text)?)
}
