//! Layers on disk, named by what they hold: each is unpacked beside its place and moved there whole.

use std::fs::{self, File, Permissions};
use std::io::Read;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::digest::{Counted, Digest};
use super::overlay_view::Stack;
use super::{Image, base_layer, compression, squash};
use crate::engine::{archive, identity, tree};

/// What begins so is not finished.
const DRAFT: &str = "draft-";
/// The most layers of an image: an overlay's options must fit into a page, and forks add some.
const MOST_LAYERS: usize = 24;

/// The folder of a layer. Who owns its files is a part of it: another engine may have another user.
pub(super) fn name(diff: &Digest) -> String {
    if identity::takes_ids() {
        format!("oci-{}-{}", diff.hex(), identity::outside().0)
    } else {
        format!("oci-{}", diff.hex())
    }
}

pub(super) fn has(layers: &Path, diff: &Digest) -> bool {
    layers.join(name(diff)).exists()
}

/// Unpacks a layer, compressed or not, into its place; returns the digest of its plain stream.
/// Nothing is left where it is not the expected one. Others may do the same at the same time.
pub(super) fn install(layers: &Path, tar: impl Read, expected: Option<&Digest>) -> Result<Digest> {
    let draft = Draft::new(layers)?;
    let (content, _) = compression::plain(tar)?;
    let mut content = Counted::new(content);
    let owner = identity::takes_ids().then(identity::outside);
    archive::unpack(&mut content, &draft.0, owner)?;
    let found = content.end()?;
    if let Some(expected) = expected
        && *expected != found
    {
        bail!("the layer has the digest {found}, but its image says {expected}");
    }
    draft.settle(layers, &name(&found))?;
    Ok(found)
}

/// Makes an image of layers that are there, the lowest first: adds what every sandbox needs.
pub(super) fn assemble(layers: &Path, diffs: &[Digest], mut image: Image) -> Result<Image> {
    let mut names: Vec<String> = Vec::new();
    for diff in diffs.iter().rev() {
        let name = name(diff);
        let place = layers.join(&name);
        // A layer that comes twice adds nothing below itself, and an overlay refuses it.
        if names.contains(&name) || fs::read_dir(&place)?.next().is_none() {
            continue;
        }
        names.push(name);
        // An overlay takes no notice of such a mark on a whole layer.
        if archive::is_opaque(&place) {
            break;
        }
    }
    if names.len() >= MOST_LAYERS {
        let low = names.split_off(MOST_LAYERS - 2);
        let key = Digest::of(low.join("\n").as_bytes());
        let folded = format!("fold-{}", name(&key));
        if !layers.join(&folded).exists() {
            let draft = Draft::new(layers)?;
            squash::fold(
                &low.iter().map(|name| layers.join(name)).collect::<Vec<_>>(),
                &draft.0,
            )
            .context("cannot fold the lowest layers into one")?;
            draft.settle(layers, &folded)?;
        }
        names.push(folded);
    }
    let stack = Stack::new(names.iter().map(|name| layers.join(name)).collect());
    let finishing = base_layer::tar(&stack)?;
    let diff = Digest::of(&finishing);
    if !has(layers, &diff) {
        install(layers, &finishing[..], Some(&diff)).context("cannot make the uppermost layer")?;
    }
    names.insert(0, name(&diff));
    image.bytes = names.iter().map(|name| size(&layers.join(name))).sum();
    image.layers = names;
    Ok(image)
}

/// Deletes what pulls and imports left behind that were ended by a crash. Call it before there are others.
pub(crate) fn sweep(layers: &Path) {
    for entry in fs::read_dir(layers).into_iter().flatten().flatten() {
        if entry
            .file_name()
            .as_encoded_bytes()
            .starts_with(DRAFT.as_bytes())
        {
            let _ = tree::delete(&entry.path());
        }
    }
}

/// A file for an archive that must be looked at before it is unpacked: without a name, so that a crash leaves none.
pub(super) fn scratch(layers: &Path) -> Result<File> {
    tempfile::tempfile_in(layers).context("cannot make a file beside the layers")
}

/// The bytes that a tree takes on the disk, of files with several names once.
fn size(top: &Path) -> u64 {
    let mut seen = std::collections::HashSet::new();
    let mut left = vec![top.to_owned()];
    let mut bytes = 0;
    while let Some(path) = left.pop() {
        let Ok(meta) = fs::symlink_metadata(&path) else {
            continue;
        };
        if meta.is_dir() {
            left.extend(
                fs::read_dir(&path)
                    .into_iter()
                    .flatten()
                    .flatten()
                    .map(|entry| entry.path()),
            );
        } else if meta.nlink() > 1 && !seen.insert(meta.ino()) {
            continue;
        }
        bytes += meta.blocks() * 512;
    }
    bytes
}

/// A folder that is deleted unless it settles.
struct Draft(PathBuf);

impl Draft {
    fn new(layers: &Path) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix(DRAFT)
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in(layers)
            .context("cannot make a folder beside the layers")?;
        Ok(Self(folder.keep()))
    }

    fn settle(self, layers: &Path, name: &str) -> Result<()> {
        // Whatever the archive says of its top: others pass through it, and it must be movable.
        fs::set_permissions(&self.0, Permissions::from_mode(0o755))?;
        // Its name promises its content: after a loss of power too.
        rustix::fs::syncfs(File::open(&self.0)?).context("cannot write the layer to the disk")?;
        let place = layers.join(name);
        match fs::rename(&self.0, &place) {
            Err(error) if !place.exists() => Err(error).context("cannot put the layer in place"),
            // Somebody else was faster: theirs is the same.
            _ => Ok(()),
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = tree::delete(&self.0);
    }
}
