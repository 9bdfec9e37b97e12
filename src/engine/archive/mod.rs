//! Layers as tar streams: OCI's form outside, an overlay's form (for `userxattr` mounts) on disk.

mod header;
mod pack;
mod place;
mod read;
mod unpack;
mod write;

pub(crate) use header::{Entry, What};
pub(crate) use pack::pack;
pub(crate) use read::Reader;
pub(crate) use unpack::unpack;
pub(crate) use write::Writer;

/// Whether a folder on disk hides what it holds in the layers below.
pub(crate) fn is_opaque(folder: &std::path::Path) -> bool {
    std::fs::File::open(folder).is_ok_and(place::is_opaque)
}

/// A file of this prefix deletes the rest of its name from the layers below.
const WHITEOUT: &[u8] = b".wh.";
/// A file of this name hides what its folder holds in the layers below.
pub(crate) const OPAQUE: &[u8] = b".wh..wh..opq";
/// The attribute that says the same to an overlay that was mounted without privileges.
const OPAQUE_ATTRIBUTE: &str = "user.overlay.opaque";
/// The longest path that a layer may have: what programs can name.
const LONGEST_PATH: usize = 4096;

#[cfg(test)]
mod round_trip_tests;
#[cfg(test)]
mod unpack_tests;
