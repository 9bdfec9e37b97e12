//! Pulls an image from a registry: manifest, configuration, and the layers that are not there yet.

use std::path::{Path, PathBuf};

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use tokio::io::AsyncSeekExt as _;

use crate::error::{Error, Kind, Result};

use super::blame::{failed, not_kept};
use super::digest::Digest;
use super::manifest::{self, Config, Descriptor, Manifest};
use super::reference::Reference;
use super::registry::Registry;
use super::{Credentials, Image, Listener, Told, store};

/// Layers that are fetched at the same time.
const AT_ONCE: usize = 3;

/// Pulls an image into `layers`, the folder of all layers.
pub(crate) async fn pull(
    layers: &Path,
    reference: &str,
    credentials: Option<&Credentials>,
    told: &Listener<'_>,
) -> Result<Image> {
    let reference = Reference::parse(reference)?;
    let name = reference.to_string();
    let version = reference.version();
    let registry = Registry::open(reference, credentials)?;
    let text = registry.manifest(&version).await?;
    let digest = Digest::of(&text);
    let (config, parts) = match Manifest::parse(&text, &name)? {
        Manifest::Image(config, parts) => (config, parts),
        Manifest::Index(manifests) => {
            let chosen = manifest::choose(&manifests, &name)?.digest()?;
            let text = registry.manifest(&chosen.to_string()).await?;
            match Manifest::parse(&text, &name)? {
                Manifest::Image(config, parts) => (config, parts),
                Manifest::Index(_) => {
                    return Err(Error::new(
                        Kind::Unsupported,
                        format!("{name} is a list of lists of images"),
                    ));
                }
            }
        }
    };
    let config = Config::parse(&registry.part(&config).await?, &name)?;
    let diffs = config.diffs(parts.len(), &name)?;
    let mut wanted: Vec<(&Descriptor, &Digest)> = Vec::new();
    for (part, diff) in parts.iter().zip(&diffs) {
        if !store::has(layers, diff) && !wanted.iter().any(|(_, other)| *other == diff) {
            wanted.push((part, diff));
        }
    }
    let mut fetches = Vec::new();
    for (part, diff) in wanted {
        fetches.push(layer(layers, &registry, &name, part, diff, told));
    }
    stream::iter(fetches)
        .buffer_unordered(AT_ONCE)
        .try_collect::<()>()
        .await?;
    told(Told::Finishing);
    let image = image(&config, Some(&digest));
    let layers = layers.to_owned();
    blocking(&name, move || store::assemble(&layers, &diffs, image)).await
}

/// What a configuration says of an image; its layers are still to come.
pub(super) fn image(config: &Config, digest: Option<&Digest>) -> Image {
    let settings = config.settings.clone().unwrap_or_default();
    let pairs = settings.env.unwrap_or_default();
    let mut entrypoint = settings.entrypoint.unwrap_or_default();
    entrypoint.extend(settings.cmd.unwrap_or_default());
    Image {
        env: pairs
            .iter()
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        workdir: settings.working_dir.filter(|folder| !folder.is_empty()),
        entrypoint,
        digest: digest.map(Digest::to_string),
        ..Image::default()
    }
}

async fn layer(
    layers: &Path,
    registry: &Registry,
    name: &str,
    part: &Descriptor,
    diff: &Digest,
    told: &Listener<'_>,
) -> Result<()> {
    let file = store::scratch(layers).map_err(|error| failed(name, &error))?;
    let mut file = tokio::fs::File::from_std(file);
    registry.layer(part, &mut file, told).await?;
    file.rewind()
        .await
        .map_err(|error| not_kept(&format!("cannot read a layer of {name} again"), &error))?;
    told(Told::Unpacking {
        digest: part.digest()?.to_string(),
    });
    let file = file.into_std().await;
    let (layers, diff): (PathBuf, Digest) = (layers.to_owned(), diff.clone());
    blocking(name, move || {
        store::install(&layers, file, Some(&diff)).map(drop)
    })
    .await
}

async fn blocking<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| failed(name, &error)),
        Err(panic) => Err(Error::internal("unpacking an image broke").because(panic)),
    }
}
