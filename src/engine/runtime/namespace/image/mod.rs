//! Images: root file systems that sandboxes start from, pulled from registries or read from archives.

mod archive;
mod builtin;
mod challenge;
mod compression;
mod digest;
mod finish;
mod fold;
mod import;
mod manifest;
mod pull;
mod reference;
mod refusal;
mod registry;
mod stack;
mod store;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use builtin::built_in;
pub(crate) use import::import;
pub(crate) use pull::pull;
pub(crate) use reference::mirrored;
pub(crate) use registry::Credentials;
pub(crate) use store::sweep;

/// A root file system that sandboxes can start from.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(crate) struct Image {
    /// Names of folders among the layers, the uppermost first.
    pub(crate) layers: Vec<String>,
    /// Environment that the image sets.
    pub(crate) env: BTreeMap<String, String>,
    /// The working directory that it asks for.
    pub(crate) workdir: Option<String>,
    /// Its entrypoint, followed by its command.
    pub(crate) entrypoint: Vec<String>,
    /// Bytes that all layers take on the disk.
    pub(crate) bytes: u64,
    /// The digest of what was pulled, `sha256:…`; a plain root file system has none.
    pub(crate) digest: Option<String>,
}

/// What a pull or an import tells while it goes on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Told {
    /// So many bytes of a layer are here.
    Layer {
        digest: String,
        done: u64,
        total: u64,
    },
    /// All of a layer is here; its files are being written.
    Unpacking { digest: String },
    /// All layers are there; what every sandbox needs is added.
    Finishing,
}

/// Who hears what a pull or an import tells.
pub(crate) type Listener<'a> = dyn Fn(Told) + Send + Sync + 'a;

#[cfg(test)]
mod import_tests;
#[cfg(test)]
mod pull_tests;
#[cfg(test)]
mod store_tests;
