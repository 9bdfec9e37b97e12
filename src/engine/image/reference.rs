//! Names of images, by the rules that Docker made: which registry, which repository, which version.

use std::fmt;

use crate::error::{Error, Result};

use super::digest::Digest;

const HUB: &str = "docker.io";

/// An image's full name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Reference {
    /// Host and port; `docker.io` for Docker Hub.
    pub(super) registry: String,
    pub(super) repository: String,
    pub(super) tag: Option<String>,
    pub(super) digest: Option<Digest>,
}

/// The same image at a mirror of Docker Hub, such as `mirror.example/hub`; others stay as they are.
pub(crate) fn mirrored(reference: &str, mirror: &str) -> Result<String> {
    let mut parsed = Reference::parse(reference)?;
    if parsed.registry == HUB {
        let mirror = mirror.trim_end_matches('/');
        let (registry, folder) = mirror.split_once('/').unwrap_or((mirror, ""));
        registry.clone_into(&mut parsed.registry);
        if !folder.is_empty() {
            parsed.repository = format!("{folder}/{}", parsed.repository);
        }
        return Reference::parse(&parsed.to_string()).map(|reference| reference.to_string());
    }
    Ok(parsed.to_string())
}

impl Reference {
    pub(super) fn parse(text: &str) -> Result<Self> {
        let wrong = |why: &str| {
            Error::usage(format!("`{text}` is no name of an image: {why}"))
                .hint("write it as `python:3.13-slim`, `ghcr.io/owner/name:tag` or `name@sha256:…`")
        };
        if text.contains("://") {
            return Err(wrong("it begins like a URL"));
        }
        let (rest, digest) = match text.split_once('@') {
            Some((rest, digest)) => {
                let digest = Digest::parse(digest).ok_or_else(|| {
                    wrong("behind @ there must be sha256: and 64 hexadecimal digits")
                })?;
                (rest, Some(digest))
            }
            None => (text, None),
        };
        let (rest, tag) = match rest.rsplit_once(':') {
            // A colon before a slash is that of a port.
            Some((rest, tag)) if !tag.contains('/') => (rest, Some(tag.to_owned())),
            _ => (rest, None),
        };
        if tag.as_ref().is_some_and(|tag| !is_tag(tag)) {
            return Err(wrong("its tag has characters that no tag can have"));
        }
        let (registry, repository) = match rest.split_once('/') {
            Some((first, rest)) if first.contains(['.', ':']) || first == "localhost" => {
                (first, rest)
            }
            _ => (HUB, rest),
        };
        let registry = if registry == "index.docker.io" {
            HUB
        } else {
            registry
        };
        if !is_host(registry) {
            return Err(wrong("its registry is no host name"));
        }
        let repository = if registry == HUB && !repository.contains('/') {
            format!("library/{repository}")
        } else {
            repository.to_owned()
        };
        if !repository.split('/').all(is_part) {
            return Err(wrong(
                "lower-case letters, digits and single . _ - are allowed between slashes",
            ));
        }
        let tag = if tag.is_none() && digest.is_none() {
            Some("latest".to_owned())
        } else {
            tag
        };
        Ok(Self {
            registry: registry.to_owned(),
            repository,
            tag,
            digest,
        })
    }

    /// What to ask the registry for: the digest says it more precisely than the tag.
    pub(super) fn version(&self) -> String {
        match (&self.digest, &self.tag) {
            (Some(digest), _) => digest.to_string(),
            (None, Some(tag)) => tag.clone(),
            (None, None) => "latest".to_owned(),
        }
    }

    /// Where the registry's API begins.
    pub(super) fn url(&self) -> String {
        let scheme = if self.is_loopback() { "http" } else { "https" };
        let host = if self.registry == HUB {
            "registry-1.docker.io"
        } else {
            &self.registry
        };
        format!("{scheme}://{host}/v2/{}", self.repository)
    }

    /// Whether the registry is on this machine: only there is no encryption needed.
    pub(super) fn is_loopback(&self) -> bool {
        is_loopback(host_of(&self.registry))
    }
}

/// Whether a host name is this machine's own.
pub(super) fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host.ends_with(".localhost")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.registry, self.repository)?;
        if let Some(tag) = &self.tag {
            write!(f, ":{tag}")?;
        }
        if let Some(digest) = &self.digest {
            write!(f, "@{digest}")?;
        }
        Ok(())
    }
}

/// A registry without its port.
fn host_of(registry: &str) -> &str {
    match registry.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => registry,
    }
}

fn is_host(registry: &str) -> bool {
    let host = host_of(registry);
    let port = registry[host.len()..].strip_prefix(':');
    let bracketed = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    port.is_none_or(|port| port.parse::<u16>().is_ok())
        && match bracketed {
            Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
            None => host.split('.').all(|label| {
                !label.is_empty()
                    && label
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            }),
        }
}

fn is_part(part: &str) -> bool {
    let alphanumeric = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = part.as_bytes();
    let ends = bytes.first().zip(bytes.last());
    ends.is_some_and(|(first, last)| alphanumeric(*first) && alphanumeric(*last))
        && bytes
            .iter()
            .all(|byte| alphanumeric(*byte) || b"._-".contains(byte))
        && !part.contains("..")
}

fn is_tag(tag: &str) -> bool {
    tag.len() <= 128
        && tag.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_')
        && tag
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    #[test]
    fn short_names_are_completed() {
        for (short, full, url) in [
            (
                "python",
                "docker.io/library/python:latest",
                "https://registry-1.docker.io/v2/library/python",
            ),
            (
                "python:3.12-slim",
                "docker.io/library/python:3.12-slim",
                "https://registry-1.docker.io/v2/library/python",
            ),
            (
                "owner/name",
                "docker.io/owner/name:latest",
                "https://registry-1.docker.io/v2/owner/name",
            ),
            (
                "docker.io/alpine:3",
                "docker.io/library/alpine:3",
                "https://registry-1.docker.io/v2/library/alpine",
            ),
            (
                "index.docker.io/library/alpine",
                "docker.io/library/alpine:latest",
                "https://registry-1.docker.io/v2/library/alpine",
            ),
            (
                "ghcr.io/a/b/c_d:V1",
                "ghcr.io/a/b/c_d:V1",
                "https://ghcr.io/v2/a/b/c_d",
            ),
            (
                "localhost:5000/x:1",
                "localhost:5000/x:1",
                "http://localhost:5000/v2/x",
            ),
            ("localhost/x", "localhost/x:latest", "http://localhost/v2/x"),
            (
                "127.0.0.1:5000/x:1",
                "127.0.0.1:5000/x:1",
                "http://127.0.0.1:5000/v2/x",
            ),
            (
                "[::1]:5000/x",
                "[::1]:5000/x:latest",
                "http://[::1]:5000/v2/x",
            ),
            (
                "10.0.0.1:5000/x",
                "10.0.0.1:5000/x:latest",
                "https://10.0.0.1:5000/v2/x",
            ),
            (
                "registry.example:443/x",
                "registry.example:443/x:latest",
                "https://registry.example:443/v2/x",
            ),
        ] {
            let reference = Reference::parse(short).unwrap();
            assert_eq!(reference.to_string(), full);
            assert_eq!(reference.url(), url, "{short}");
        }
    }

    #[test]
    fn a_digest_is_more_precise_than_a_tag() {
        let digest = format!("sha256:{HEX}");
        let reference = Reference::parse(&format!("alpine@{digest}")).unwrap();
        assert_eq!(
            (reference.tag.as_deref(), reference.version()),
            (None, digest.clone())
        );
        let reference = Reference::parse(&format!("alpine:3@{digest}")).unwrap();
        assert_eq!(
            (reference.tag.as_deref(), reference.version()),
            (Some("3"), digest.clone())
        );
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for text in [
            "",
            ":",
            "@",
            "/",
            "a//b",
            "A",
            "a/B",
            "a:",
            "a:b:c",
            "a: b",
            "a@sha256:12",
            "../a",
            "a/../b",
            "a/..",
            "https://ghcr.io/a",
            "ghcr.io/",
            "ghcr.io",
            "x.y:port/a",
            "a?b",
            "a#b",
            "a:t?x",
            "host.a/b c",
            "[::2/x",
            "-a",
            "a-",
            "a.example:99999/b",
            "user@host.example/x",
        ] {
            // A name with a dot alone is one of Docker Hub's.
            if text != "ghcr.io" {
                assert!(Reference::parse(text).is_err(), "{text}");
            }
        }
    }

    #[test]
    fn a_mirror_takes_the_place_of_docker_hub_only() {
        for (reference, mirror, seen) in [
            (
                "python:3",
                "mirror.example/hub",
                "mirror.example/hub/library/python:3",
            ),
            ("a/b", "127.0.0.1:5000", "127.0.0.1:5000/a/b:latest"),
            ("ghcr.io/a/b:1", "mirror.example/hub/", "ghcr.io/a/b:1"),
        ] {
            assert_eq!(mirrored(reference, mirror).unwrap(), seen);
        }
        assert!(mirrored("python", "no mirror").is_err());
    }
}
