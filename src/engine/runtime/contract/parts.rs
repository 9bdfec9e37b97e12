//! What not every runtime has: each part is offered by a method of [`Runtime`](super::Runtime), or is absent.

use std::collections::HashSet;

use futures_util::future::BoxFuture;

use crate::error::{Error, Kind, Result};

use super::{Image, Material, Network, Progress, Written};

/// The failure of what needs a part that a runtime does not have: `operation` as in "cannot OPERATION".
pub fn lacks(runtime: &str, operation: &str) -> Error {
    let message = format!("the runtime {runtime} cannot {operation}");
    Error::new(Kind::Unsupported, message)
}

/// Halts sandboxes where they are, with all that they have in memory.
pub trait Pauses: Send + Sync {
    /// Halts all processes of a running sandbox; Ok where they are halted already.
    fn pause<'a>(&'a self, id: &'a str, handle: &'a str) -> BoxFuture<'a, Result<()>>;

    /// Lets halted processes go on; Ok where they are not halted.
    fn resume<'a>(&'a self, id: &'a str, handle: &'a str) -> BoxFuture<'a, Result<()>>;
}

/// Changes the limits of what runs.
pub trait Resizes: Send + Sync {
    /// From now on the sandbox has that many cores, and that many GiB of memory.
    fn resize<'a>(
        &'a self,
        id: &'a str,
        handle: &'a str,
        cpu: u32,
        memory: u32,
    ) -> BoxFuture<'a, Result<()>>;
}

/// Disks as layers: snapshots of sandboxes, and forks.
pub trait Layers: Send + Sync {
    /// The layers of a disk as it is now, for others to start from; the disk goes on from them.
    /// A running sandbox (`handle`) must be paused: what it wrote is copied.
    fn commit<'a>(
        &'a self,
        id: &'a str,
        handle: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Vec<String>>>;

    /// What the sandbox has written to its disk, in a form that tells changes: equal is unchanged.
    fn written<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Written>>;

    /// The bytes that layers take on disk.
    fn size<'a>(&'a self, layers: &'a [String]) -> BoxFuture<'a, Result<u64>>;

    /// Removes the layers that no disk here and nobody else (`used`) needs. Nothing may branch meanwhile.
    fn gc(&self, used: HashSet<String>) -> BoxFuture<'_, Result<()>>;
}

/// A store of images: the runtime's own, or one that several runtimes use.
pub trait Images: Send + Sync {
    /// Makes an image; layers that are there already are shared.
    fn build(&self, from: Material, progress: Progress) -> BoxFuture<'_, Result<Image>>;

    /// The reference of the image that an alias stands for, such as `python`.
    fn resolve_alias(&self, name: &str) -> Result<Option<String>>;
}

/// Disks that are kept compressed.
pub trait Archives: Send + Sync {
    /// Compresses the disk of a stopped sandbox; the next `create` expands it again.
    fn archive<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>>;
}

/// Limits to what sandboxes reach.
pub trait Networks: Send + Sync {
    /// Brings what a running sandbox may reach to what is wanted; nothing to do where it is that already.
    /// Ok where this host has no network for sandboxes: see [`Runtime::report`](super::Runtime::report).
    fn apply_policy<'a>(
        &'a self,
        id: &'a str,
        handle: &'a str,
        network: &'a Network,
    ) -> BoxFuture<'a, Result<()>>;

    /// Whether a sandbox can be held to some networks only here; if not, why. May block for a moment.
    fn can_limit(&self) -> std::result::Result<(), String>;
}

/// A store of volumes. A volume is made by the first sandbox that mounts it.
pub trait VolumeStore: Send + Sync {
    /// Removes a volume with its files. No sandbox may have it. Ok where there is nothing.
    fn remove<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>>;
}
