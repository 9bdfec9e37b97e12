//! Images: root file systems that sandboxes start from, pulled from registries or read from archives.

mod archive;
mod base_layer;
mod blame;
mod builtin;
mod challenge;
mod compression;
mod digest;
#[cfg(any(test, fuzzing))]
pub mod fuzzed;
mod import;
mod manifest;
mod overlay_view;
mod pull;
mod reference;
mod refusal;
mod registry;
mod settings;
mod squash;
mod store;

pub(crate) use crate::engine::runtime::contract::Image;
pub(crate) use builtin::built_in;
pub(crate) use import::import;
pub(crate) use pull::pull;
pub(crate) use reference::mirrored;
pub(crate) use registry::Credentials;
pub(crate) use settings::Settings;
pub(crate) use store::sweep;

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

/// Is called with the progress of a pull or an import.
pub(crate) type Listener<'a> = dyn Fn(Told) + Send + Sync + 'a;

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Enough of a digest to tell layers apart.
        let short = |digest: &str| {
            let hex = digest.rsplit(':').next().unwrap_or(digest);
            hex.chars().take(12).collect::<String>()
        };
        let mega = |bytes: &u64| bytes.div_ceil(1_000_000);
        match self {
            Self::Layer {
                digest,
                done,
                total,
            } => {
                let (done, total) = (mega(done), mega(total));
                write!(f, "layer {}: {done} of {total} MB", short(digest))
            }
            Self::Unpacking { digest } => write!(f, "unpacking {}", short(digest)),
            Self::Finishing => f.write_str("finishing"),
        }
    }
}

#[cfg(test)]
mod import_tests;
#[cfg(test)]
mod pull_tests;
#[cfg(test)]
mod store_tests;
