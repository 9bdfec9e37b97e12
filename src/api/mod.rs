//! The one client of the Daytona REST API: one method per operation, nothing of terminals or files.

mod client;
mod computer_use;
mod elements;
mod files;
mod git;
mod health;
mod keys;
mod lacking;
mod logs;
mod path;
mod permit;
mod preview;
mod pty;
mod regions;
mod reply;
mod retry;
mod sandbox;
mod search;
mod secrets;
mod settle;
mod snapshots;
mod socket;
mod ssh;
mod toolbox;
mod transport;
mod trash;
pub mod types;
mod volumes;

#[cfg(fuzzing)]
pub use logs::fuzz as fuzz_logs;

pub use client::{Client, Endpoint};
pub use files::{FilePart, Permissions};
pub use git::GitRemoteAccess;
pub use logs::{LogStream, Stream};
pub use path::encode;
pub(crate) use permit::{Ceiling, at_most};
pub use permit::{Class, Permit};
pub use pty::{Keyboard, Screen, Shown};
pub use retry::was_sent;
pub use sandbox::{Going, ListQuery};
