//! What runtimes are given and give: sandboxes to make, images, sizes.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// What a sandbox is made from.
#[derive(Clone, Debug, Deserialize, Serialize)]
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
    /// What it may write, in GiB, where that can be limited.
    pub disk: u32,
    /// Volumes to show in it, in this order.
    pub mounts: Vec<Mount>,
}

/// A volume in a sandbox.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Mount {
    /// The volume's id, a UUID; also the name of its folder.
    pub volume: String,
    /// Where it is inside: absolute, without `.` and `..`.
    pub path: String,
    /// Which folder of it: relative, without `.` and `..`. Made where it is not there.
    pub subpath: Option<String>,
}

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

/// How much there is on a disk, and when the last of it changed.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Written {
    /// Files, folders and links.
    pub entries: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The last change of any of them, in nanoseconds since 1970.
    pub last: i128,
}

/// The largest sandbox that this host can run.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Capacity {
    /// CPU cores.
    pub cpu: u32,
    /// Memory in GiB.
    pub memory: u32,
}

/// What an image is made from.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Material {
    /// An OCI image in a registry: its reference.
    Reference(String),
    /// A file or folder here: a root file system, or an image as others write it.
    File(PathBuf),
}

/// Hears how far something is, in a few words.
pub type Progress = Arc<dyn Fn(String) + Send + Sync>;
