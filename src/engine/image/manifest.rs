//! Manifests: which parts an image has, and which image of several is for this machine.
//!
//! These are the five structs of `oci-spec` 0.10 without it: the crate brings sixteen others (`regex`,
//! `derive_builder`, `strum` …), and refuses configurations without a platform, which are read here.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::{Context as _, Error, Kind, Result};

use super::digest::Digest;

/// The kinds of manifest that we can read, for asking a registry.
pub(super) const KINDS: &str = "application/vnd.oci.image.index.v1+json, \
application/vnd.oci.image.manifest.v1+json, \
application/vnd.docker.distribution.manifest.list.v2+json, \
application/vnd.docker.distribution.manifest.v2+json";

/// A part of an image, by its digest.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Descriptor {
    digest: String,
    pub(super) size: u64,
    platform: Option<Platform>,
    #[serde(default)]
    annotations: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Platform {
    #[serde(default)]
    os: String,
    #[serde(default)]
    architecture: String,
    variant: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    schema_version: Option<u32>,
    manifests: Option<Vec<Descriptor>>,
    config: Option<Descriptor>,
    layers: Option<Vec<Descriptor>>,
}

/// What a registry or an archive has under a name.
#[derive(Debug)]
pub(super) enum Manifest {
    /// One image for each of several platforms.
    Index(Vec<Descriptor>),
    /// An image: its configuration, and its layers, the lowest first.
    Image(Descriptor, Vec<Descriptor>),
}

/// The configuration of an image.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Config {
    #[serde(default)]
    architecture: String,
    #[serde(default)]
    os: String,
    #[serde(default, rename = "config")]
    pub(super) settings: Option<Settings>,
    #[serde(default)]
    rootfs: Rootfs,
}

/// How an image wants to be run. Fields are null where they are not set.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Settings {
    pub(super) env: Option<Vec<String>>,
    pub(super) entrypoint: Option<Vec<String>>,
    pub(super) cmd: Option<Vec<String>>,
    pub(super) working_dir: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Rootfs {
    #[serde(default)]
    diff_ids: Vec<String>,
}

impl Descriptor {
    pub(super) fn digest(&self) -> Result<Digest> {
        Digest::parse(&self.digest).ok_or_else(|| {
            Error::new(
                Kind::Unsupported,
                format!(
                    "the image names a part by `{}`, which is no SHA-256 digest",
                    self.digest
                ),
            )
        })
    }

    /// The name that an archive gives to its image.
    pub(super) fn name(&self) -> Option<&str> {
        let names = [
            "io.containerd.image.name",
            "org.opencontainers.image.ref.name",
        ];
        names
            .iter()
            .find_map(|name| self.annotations.get(*name))
            .map(String::as_str)
    }

    fn is_for(&self, os: &str, architecture: &str) -> bool {
        self.platform
            .as_ref()
            .is_some_and(|platform| platform.os == os && platform.architecture == architecture)
    }
}

impl Manifest {
    pub(super) fn parse(text: &[u8], image: &str) -> Result<Self> {
        let document: Document = serde_json::from_slice(text).context(Kind::Usage, || {
            format!("the manifest of {image} is not of the expected form")
        })?;
        match document {
            Document { manifests: Some(manifests), .. } => Ok(Self::Index(manifests)),
            Document { config: Some(config), layers: Some(layers), .. } => Ok(Self::Image(config, layers)),
            Document { schema_version: Some(1), .. } => Err(Error::new(
                Kind::Unsupported,
                format!("{image} is in the first format of images (schema 1), which Docker gave up as well"),
            )
            .hint(format!("push it again with a present version: `docker pull {image} && docker push {image}`"))),
            _ => Err(Error::new(Kind::Unsupported, format!("{image} is something else than an image"))),
        }
    }
}

/// Whether all of these are one image.
pub(super) fn all_the_same(manifests: &[Descriptor]) -> bool {
    manifests
        .iter()
        .all(|one| one.digest == manifests[0].digest)
}

/// The one of several images that this machine can run.
pub(super) fn choose<'a>(manifests: &'a [Descriptor], image: &str) -> Result<&'a Descriptor> {
    let (os, architecture) = platform();
    let mut fitting: Vec<_> = manifests
        .iter()
        .filter(|one| one.is_for(os, architecture))
        .collect();
    // A variant may need more than this processor has; the plain one comes first.
    fitting.sort_by_key(|one| {
        let variant = one
            .platform
            .as_ref()
            .and_then(|platform| platform.variant.as_deref());
        !matches!(variant, None | Some("" | "v1" | "v8"))
    });
    if let Some(first) = fitting.first() {
        return Ok(first);
    }
    // Without a platform it can only be tried.
    if let [only] = manifests
        && only.platform.is_none()
    {
        return Ok(only);
    }
    let mut there: Vec<String> = manifests
        .iter()
        .filter_map(|one| one.platform.as_ref())
        .filter(|platform| platform.os != "unknown")
        .map(|platform| format!("{}/{}", platform.os, platform.architecture))
        .collect();
    there.sort();
    there.dedup();
    Err(unfit(image, &there.join(", ")))
}

impl Config {
    pub(super) fn parse(text: &[u8], image: &str) -> Result<Self> {
        let config: Self = serde_json::from_slice(text).context(Kind::Usage, || {
            format!("the configuration of {image} is not of the expected form")
        })?;
        if config.os.is_empty() && config.rootfs.diff_ids.is_empty() {
            return Err(Error::new(
                Kind::Unsupported,
                format!("{image} is something else than an image"),
            ));
        }
        let (os, architecture) = platform();
        // Very old images do not say what they are for.
        let fits = |said: &str, own| said.is_empty() || said == own;
        if !fits(&config.os, os) || !fits(&config.architecture, architecture) {
            return Err(unfit(
                image,
                &format!("{}/{}", config.os, config.architecture),
            ));
        }
        Ok(config)
    }

    /// The digests of the layers' plain tar streams, the lowest first; one for each of `layers`.
    pub(super) fn diffs(&self, layers: usize, image: &str) -> Result<Vec<Digest>> {
        let diffs: Option<Vec<_>> = self
            .rootfs
            .diff_ids
            .iter()
            .map(|diff| Digest::parse(diff))
            .collect();
        diffs.filter(|diffs| diffs.len() == layers).ok_or_else(|| {
            Error::new(
                Kind::Usage,
                format!(
                    "{image} is damaged: its manifest and its configuration name different layers"
                ),
            )
        })
    }
}

/// This machine, in the words of images.
fn platform() -> (&'static str, &'static str) {
    let architecture = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "powerpc64" => "ppc64le",
        "x86" => "386",
        other => other,
    };
    ("linux", architecture)
}

fn unfit(image: &str, there: &str) -> Error {
    let (os, architecture) = platform();
    let there = if there.is_empty() { "nothing" } else { there };
    Error::new(Kind::Unsupported, format!("{image} cannot run on this machine, which is {os}/{architecture}: it is there for {there}"))
        .hint(format!("build it for this machine: `docker build --platform {os}/{architecture} …`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(platforms: &[&str]) -> Vec<Descriptor> {
        let manifests: Vec<_> = platforms
            .iter()
            .enumerate()
            .map(|(size, platform)| {
                let mut parts = platform.split('/');
                let mut next = || parts.next().map_or("null".into(), |part| format!("\"{part}\""));
                format!(
                    r#"{{"digest":"sha256:x","size":{size},"platform":{{"os":{},"architecture":{},"variant":{}}}}}"#,
                    next(), next(), next()
                )
            })
            .collect();
        match Manifest::parse(
            format!(r#"{{"manifests":[{}]}}"#, manifests.join(",")).as_bytes(),
            "x",
        )
        .unwrap()
        {
            Manifest::Index(manifests) => manifests,
            other @ Manifest::Image(..) => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_image_of_this_machine_is_chosen() {
        let own = platform().1;
        let (third, second) = (format!("linux/{own}"), format!("linux/{own}/v9"));
        let manifests = index(&[
            "windows/amd64",
            "linux/sparc",
            &second,
            &third,
            "unknown/unknown",
        ]);
        assert_eq!(choose(&manifests, "x").unwrap().size, 3);
        assert_eq!(choose(&manifests[..3], "x").unwrap().size, 2);
        let error = choose(
            &index(&["windows/amd64", "linux/sparc", "unknown/unknown"]),
            "x",
        )
        .unwrap_err();
        assert!(
            error
                .text()
                .ends_with("it is there for linux/sparc, windows/amd64"),
            "{}",
            error.text()
        );
    }

    #[test]
    fn other_documents_are_named_for_what_they_are() {
        let told = |text: &str| Manifest::parse(text.as_bytes(), "x:1").unwrap_err().text();
        assert!(told(r#"{"schemaVersion":1,"fsLayers":[]}"#).contains("schema 1"));
        assert!(told(r#"{"schemaVersion":2}"#).contains("something else"));
        assert!(told("<html>").contains("not of the expected form"));
        let config = |text: &str| Config::parse(text.as_bytes(), "x:1").unwrap_err().text();
        assert!(config("{}").contains("something else"));
        assert!(config(r#"{"os":"windows","architecture":"amd64"}"#).contains("windows/amd64"));
    }

    #[test]
    fn layers_and_their_digests_come_in_pairs() {
        let own = platform().1;
        let text = format!(
            r#"{{"os":"linux","architecture":"{own}","rootfs":{{"type":"layers","diff_ids":["sha256:{}"]}},"config":null}}"#,
            "0".repeat(64)
        );
        let config = Config::parse(text.as_bytes(), "x").unwrap();
        assert_eq!(config.diffs(1, "x").unwrap().len(), 1);
        assert!(config.diffs(2, "x").is_err());
    }
}
