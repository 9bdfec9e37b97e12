//! What the engine asks of a runtime: sandboxes as processes and disks, nothing of HTTP or SQL.
//!
//! Exec, files, git and terminals are not here: they are HTTP to the agent inside, see [`Runtime::dial`].

use std::collections::{BTreeMap, HashSet};
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::net::UnixStream;

use crate::api::types::RuntimeReport;
use crate::error::Result;

/// A future of a runtime's method.
pub type Doing<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A root file system that sandboxes can start from. Without layers: the host's own programs.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Image {
    /// The runtime's names of its read-only layers, the uppermost first.
    pub layers: Vec<String>,
    /// Environment that it sets.
    pub env: BTreeMap<String, String>,
    /// Where commands begin; the home where it does not say.
    pub workdir: Option<String>,
    /// What it would run as a container.
    pub entrypoint: Vec<String>,
    /// The bytes of its layers on disk.
    pub bytes: u64,
    /// The digest of what it was made from, `sha256:…`, where that has one.
    pub digest: Option<String>,
}

/// What an image is made from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Material {
    /// An OCI image in a registry: its reference.
    Reference(String),
    /// A file or folder here: a root file system, or an image as others write it.
    File(PathBuf),
}

/// Hears how far something is, in a few words.
pub type Progress = Arc<dyn Fn(String) + Send + Sync>;

/// What a sandbox is made from.
#[derive(Clone, Debug)]
pub struct Spec {
    /// The sandbox's id, a UUID; also the name of its folder.
    pub id: String,
    /// Its host name.
    pub hostname: String,
    /// What its disk is made from, where it has none yet.
    pub image: Image,
    /// Environment of every process in it, over the image's.
    pub env: BTreeMap<String, String>,
    /// CPU cores.
    pub cpu: u32,
    /// Memory in GiB.
    pub memory: u32,
    /// Volumes to show in it, in this order.
    pub mounts: Vec<Mount>,
}

/// A volume in a sandbox.
#[derive(Clone, Debug)]
pub struct Mount {
    /// The volume's id, a UUID; also the name of its folder.
    pub volume: String,
    /// Where it is inside: absolute, without `.` and `..`.
    pub path: String,
    /// Which folder of it: relative, without `.` and `..`. Made where it is not there.
    pub subpath: Option<String>,
}

/// The largest sandbox that this host can run.
#[derive(Clone, Copy, Debug)]
pub struct Capacity {
    /// CPU cores.
    pub cpu: u32,
    /// Memory in GiB.
    pub memory: u32,
}

/// Makes, runs and removes sandboxes on this host.
///
/// A start has two steps, so that a crash between them leaves nothing behind: `launch` prepares the
/// processes and returns a handle; the engine stores it; `release` lets them run. A launched sandbox
/// that is never released ends by itself when the engine does.
pub trait Runtime: Send + Sync {
    /// The name that is stored with each sandbox.
    fn name(&self) -> &'static str;

    /// What this runtime isolates and limits, for people. It may depend on the sandbox's handle.
    fn report(&self) -> RuntimeReport;

    /// What one sandbox may ask for at most.
    fn capacity(&self) -> Capacity;

    /// Prepares a sandbox to run; makes its disk where it has none. The handle is opaque to others.
    fn launch<'a>(&'a self, spec: &'a Spec) -> Doing<'a, Result<String>>;

    /// Lets a launched sandbox run; returns once its agent is there.
    fn release<'a>(&'a self, id: &'a str) -> Doing<'a, Result<()>>;

    /// Whether the sandbox of that handle runs, after a restart of the engine too.
    fn alive(&self, id: &str, handle: &str) -> bool;

    /// Waits until the sandbox of that handle has ended; returns why, for people.
    fn ended<'a>(&'a self, id: &'a str, handle: &'a str) -> Doing<'a, String>;

    /// Ends the sandbox's processes: asks first, kills after `grace`. Ok where there are none.
    fn stop<'a>(&'a self, id: &'a str, handle: &'a str, grace: Duration) -> Doing<'a, Result<()>>;

    /// Halts all processes of a running sandbox where they are; Ok where they are halted already.
    fn freeze<'a>(&'a self, id: &'a str, handle: &'a str) -> Doing<'a, Result<()>>;

    /// Lets halted processes go on.
    fn thaw<'a>(&'a self, id: &'a str, handle: &'a str) -> Doing<'a, Result<()>>;

    /// Changes the limits of a running sandbox.
    fn resize<'a>(
        &'a self,
        id: &'a str,
        handle: &'a str,
        cpu: u32,
        memory: u32,
    ) -> Doing<'a, Result<()>>;

    /// Makes an image; layers that are there already are shared.
    fn build(&self, from: Material, progress: Progress) -> Doing<'_, Result<Image>>;

    /// The reference of the image that a short name stands for, such as `python`.
    fn built_in(&self, name: &str) -> Result<Option<String>>;

    /// The layers of a disk as it is now, for others to start from; the disk goes on from them.
    /// A running sandbox (`handle`) must be frozen: what it wrote is copied.
    fn branch<'a>(&'a self, id: &'a str, handle: Option<&'a str>)
    -> Doing<'a, Result<Vec<String>>>;

    /// The bytes that layers take on disk.
    fn weigh<'a>(&'a self, layers: &'a [String]) -> Doing<'a, Result<u64>>;

    /// Removes the layers that no disk here and nobody else (`used`) needs. Nothing may branch meanwhile.
    fn collect(&self, used: HashSet<String>) -> Doing<'_, Result<()>>;

    /// Compresses the disk of a stopped sandbox; a launch expands it again.
    fn pack<'a>(&'a self, id: &'a str) -> Doing<'a, Result<()>>;

    /// Removes the sandbox's disk. Its processes must have ended. Ok where there is nothing.
    fn remove<'a>(&'a self, id: &'a str) -> Doing<'a, Result<()>>;

    /// The ids of all sandboxes that have a disk here, for removing what nobody knows of.
    fn disks(&self) -> Result<Vec<String>>;

    /// Removes a volume with its files. No sandbox may have it. Ok where there is nothing.
    fn remove_volume<'a>(&'a self, id: &'a str) -> Doing<'a, Result<()>>;

    /// A connection to the agent in a running sandbox, which speaks HTTP/1.1: the toolbox API.
    fn dial<'a>(&'a self, id: &'a str) -> Doing<'a, Result<UnixStream>>;
}
