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
//! - What not every runtime has is a part of its own, absent unless the runtime says otherwise: [`Pauses`],
//!   [`Resizes`], [`Layers`], [`Images`], [`Archives`], [`Networks`], [`VolumeStore`]. What needs an absent part is
//!   refused with [`lacks`], before anything is changed.
//! - Every call may be made again: what is done already is done.
//! - A runtime touches only what it has made for this engine, and can tell that after a restart: whatever it
//!   makes (a folder, a group, a container, a label) carries the id of the engine.
//! - The guest is this same program, booted as `guest_boot.rs` says.
//!
//! `tests/conformance` takes a runtime through all of this. An example of a runtime that is not here, but in
//! another process that can be cut off and killed, is `tests/conformance/remote`.
//!
//! [`Kind::Unavailable`]: crate::error::Kind::Unavailable
//! [`Kind::NotFound`]: crate::error::Kind::NotFound
//! [`Kind::Limit`]: crate::error::Kind::Limit
//! [`Kind::Unsupported`]: crate::error::Kind::Unsupported
//! [`Kind::Usage`]: crate::error::Kind::Usage
//! [`Error`]: crate::error::Error

mod network;
mod parts;
mod spec;

use std::time::Duration;

use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncWrite};

use crate::api::types::RuntimeReport;
use crate::error::Result;

pub use network::{Cidr, Network};
pub use parts::{Archives, Images, Layers, Networks, Pauses, Resizes, VolumeStore, lacks};
pub use spec::{Capacity, Image, Material, Mount, Progress, Spec, Written};

/// Whether a run goes on.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
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

    /// What this runtime isolates and limits, for people: of that run, or of what is started next.
    fn report(&self, handle: Option<&str>) -> RuntimeReport;

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

    /// Removes the sandbox's disk. Its processes must have ended. Ok where there is nothing.
    fn remove<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>>;

    /// Ends whatever runs on a disk of which no handle is known. Its files stay.
    fn abandon<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>>;

    /// The ids of all sandboxes of this engine that have a disk here, for removing what nobody knows of.
    fn disks(&self) -> BoxFuture<'_, Result<Vec<String>>>;

    /// A connection to the guest of that run, which speaks HTTP/1.1: the toolbox API. Each request has one of its
    /// own: what a guest sends after an answer must not be taken for the answer to another request. A runtime for
    /// which that is dear carries many over one line of its own.
    fn connect<'a>(&'a self, id: &'a str, handle: &'a str) -> BoxFuture<'a, Result<Connection>>;

    /// Halting sandboxes where they are.
    fn pauses(&self) -> Option<&dyn Pauses> {
        None
    }

    /// Changing the limits of what runs.
    fn resizes(&self) -> Option<&dyn Resizes> {
        None
    }

    /// Disks as layers that other sandboxes start from.
    fn layers(&self) -> Option<&dyn Layers> {
        None
    }

    /// Making images from registries and archives.
    fn images(&self) -> Option<&dyn Images> {
        None
    }

    /// Disks that are kept compressed.
    fn archives(&self) -> Option<&dyn Archives> {
        None
    }

    /// Limits to what sandboxes reach.
    fn networks(&self) -> Option<&dyn Networks> {
        None
    }

    /// Folders that sandboxes share, and that outlive them.
    fn volumes(&self) -> Option<&dyn VolumeStore> {
        None
    }
}
