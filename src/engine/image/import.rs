//! Images from files: a folder or tar archive of a root file system, an OCI layout, a `docker save`.

use std::fs::{self, File};
use std::io::{self, Read, Seek as _};
use std::path::Path;

use anyhow::{Context as _, Result as Attempt, bail};
use serde::Deserialize;

use crate::error::{Error, Kind, Result};

use super::archive::Archive;
use super::blame::failed;
use super::digest::{Counted, Digest};
use super::manifest::{self, Config, Descriptor, Manifest};
use super::{Image, Listener, Told, compression, pull, store};
use crate::engine::archive::{self as layer, Reader};

/// One image in what `docker save` writes.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Saved {
    config: String,
    #[serde(default)]
    repo_tags: Option<Vec<String>>,
    layers: Vec<String>,
}

/// Reads an image into `layers`, the folder of all layers. What `path` is, its content tells.
pub(crate) fn import(layers: &Path, path: &Path, told: &Listener<'_>) -> Result<Image> {
    let shown = path.display().to_string();
    let meta = fs::metadata(path).map_err(|error| {
        let kind = if error.kind() == io::ErrorKind::NotFound {
            Kind::NotFound
        } else {
            Kind::Internal
        };
        Error::new(kind, format!("cannot import {shown}")).because(error)
    })?;
    let imported = if meta.is_dir() {
        folder(layers, path, told)
    } else {
        file(layers, path, told)
    };
    imported.map_err(|error| match error.downcast::<Error>() {
        Ok(ours) => ours,
        Err(error) => failed(&shown, &error)
            .hint("what can be imported: a folder or tar archive of a root file system, an OCI layout, the output of `docker save`"),
    })
}

fn folder(layers: &Path, path: &Path, told: &Listener<'_>) -> Attempt<Image> {
    if path.join("index.json").is_file() && path.join("blobs").is_dir() {
        return image(layers, &Archive::Folder(path.to_owned()), path, told);
    }
    if path.join("manifest.json").is_file() && !path.join("etc").is_dir() {
        bail!("it is an unpacked archive of an image: give the archive itself");
    }
    told(Told::Unpacking {
        digest: path.display().to_string(),
    });
    // Read and written side by side: a root file system may be larger than the memory.
    let (reader, writer) = io::pipe()?;
    let diff = std::thread::scope(|scope| {
        let packing = scope.spawn(move || {
            layer::pack(path, io::BufWriter::with_capacity(1 << 16, writer)).map(drop)
        });
        let installed = store::install(layers, reader, None);
        let packed = packing.join().unwrap_or_else(|_| bail!("packing broke"));
        // A reader that gave up is the reason of a writer that could not go on, not the other way round.
        match (packed, installed) {
            (Ok(()), installed) => installed,
            (Err(error), Err(cause)) if is_broken_pipe(&error) => Err(cause),
            (Err(error), _) => Err(error),
        }
    })?;
    told(Told::Finishing);
    store::assemble(layers, &[diff], Image::default())
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}

fn file(layers: &Path, path: &Path, told: &Listener<'_>) -> Attempt<Image> {
    let mut file = File::open(path)?;
    let (content, compressed) = compression::plain(&file)?;
    let is_image = holds_image(content)?;
    file.rewind()?;
    if !is_image {
        told(Told::Unpacking {
            digest: path.display().to_string(),
        });
        let diff = store::install(layers, file, None)?;
        told(Told::Finishing);
        return store::assemble(layers, &[diff], Image::default());
    }
    if compressed {
        // Its parts are read in another order than they were written in.
        let mut spooled = store::scratch(layers)?;
        io::copy(&mut compression::plain(&file)?.0, &mut spooled)?;
        spooled.rewind()?;
        file = spooled;
    }
    image(layers, &Archive::index(file)?, path, told)
}

/// Whether a tar archive holds an image, and not a root file system: by the names in it, as far as needed.
fn holds_image(content: impl Read) -> Attempt<bool> {
    let mut reader = Reader::new(content);
    let mut found = false;
    while let Some(entry) = reader.next()? {
        let name = String::from_utf8_lossy(&entry.path).into_owned();
        let name = name.trim_start_matches("./").trim_matches('/');
        let first = name.split('/').next().unwrap_or("");
        let stem = first.trim_end_matches(".json").trim_end_matches(".tar");
        let is_hex = stem.len() == 64 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
        match name {
            "" => {}
            "oci-layout" | "index.json" | "manifest.json" => return Ok(true),
            _ if is_hex || matches!(first, "blobs" | "repositories") => found = true,
            _ => return Ok(false),
        }
    }
    if !found {
        bail!("there are no files in it");
    }
    bail!("it looks like an archive of an image, but has no list of what is in it")
}

fn image(layers: &Path, archive: &Archive, path: &Path, told: &Listener<'_>) -> Attempt<Image> {
    let shown = path.display().to_string();
    if let Some(text) = archive.text("index.json")? {
        return oci(layers, archive, &text, &shown, told);
    }
    let text = archive
        .text("manifest.json")?
        .context("it has no list of what is in it")?;
    let saved: Vec<Saved> =
        serde_json::from_slice(&text).context("its manifest.json is not of the expected form")?;
    let [saved] = &saved[..] else {
        let names: Vec<_> = saved
            .iter()
            .flat_map(|one| one.repo_tags.iter().flatten().cloned())
            .collect();
        return Err(several(&shown, &names).into());
    };
    let config = archive
        .text(&saved.config)?
        .with_context(|| format!("{} is missing", saved.config))?;
    let config = Config::parse(&config, &shown)?;
    let diffs = config.diffs(saved.layers.len(), &shown)?;
    for (name, diff) in saved.layers.iter().zip(&diffs) {
        unpack(layers, archive, name, None, diff, told)?;
    }
    told(Told::Finishing);
    store::assemble(layers, &diffs, pull::image(&config, None))
}

fn oci(
    layers: &Path,
    archive: &Archive,
    index: &[u8],
    shown: &str,
    told: &Listener<'_>,
) -> Attempt<Image> {
    let mut text = index.to_vec();
    let mut digest = None;
    // An index may name another index, of one image for several platforms.
    for _ in 0..3 {
        match Manifest::parse(&text, shown)? {
            Manifest::Index(manifests) => {
                let mut names: Vec<_> = manifests
                    .iter()
                    .filter_map(Descriptor::name)
                    .map(str::to_owned)
                    .collect();
                names.sort();
                names.dedup();
                // One image may have several names.
                let first = manifests.first().map(Descriptor::digest).transpose()?;
                let same = first.filter(|_| manifest::all_the_same(&manifests));
                if names.len() > 1 && same.is_none() {
                    return Err(several(shown, &names).into());
                }
                let chosen = match same {
                    Some(digest) => digest,
                    None => manifest::choose(&manifests, shown)?.digest()?,
                };
                text = part(archive, &chosen)?;
                digest.get_or_insert(chosen);
            }
            Manifest::Image(config, parts) => {
                let config = Config::parse(&part(archive, &config.digest()?)?, shown)?;
                let diffs = config.diffs(parts.len(), shown)?;
                for (part, diff) in parts.iter().zip(&diffs) {
                    let digest = part.digest()?;
                    unpack(layers, archive, &blob(&digest), Some(&digest), diff, told)?;
                }
                told(Told::Finishing);
                return store::assemble(layers, &diffs, pull::image(&config, digest.as_ref()));
            }
        }
    }
    bail!("its lists of images are nested too deep")
}

fn unpack(
    layers: &Path,
    archive: &Archive,
    name: &str,
    digest: Option<&Digest>,
    diff: &Digest,
    told: &Listener<'_>,
) -> Attempt<()> {
    if store::has(layers, diff) {
        return Ok(());
    }
    told(Told::Unpacking {
        digest: diff.to_string(),
    });
    let content = archive
        .open(name)?
        .with_context(|| format!("the layer {name} is missing"))?;
    let mut content = Counted::new(content);
    store::install(layers, &mut content, Some(diff))
        .with_context(|| format!("cannot unpack the layer {name}"))?;
    let found = content.end()?;
    if let Some(digest) = digest
        && *digest != found
    {
        bail!("the layer {name} has the digest {found}, but its manifest says {digest}");
    }
    Ok(())
}

/// A part by its digest, which is checked.
fn part(archive: &Archive, digest: &Digest) -> Attempt<Vec<u8>> {
    let text = archive
        .text(&blob(digest))?
        .with_context(|| format!("its part {digest} is missing"))?;
    let found = Digest::of(&text);
    if found != *digest {
        bail!("a part of it has the digest {found} instead of {digest}");
    }
    Ok(text)
}

fn blob(digest: &Digest) -> String {
    format!("blobs/sha256/{}", digest.hex())
}

fn several(shown: &str, names: &[String]) -> Error {
    Error::usage(format!(
        "{shown} holds several images: {}",
        names.join(", ")
    ))
    .hint("save one of them: `docker save IMAGE -o FILE`")
}
