//! What fuzz targets call: readers of what registries and archives send.

use std::io::Read as _;

use super::challenge as challenges;
use super::compression::plain;
use super::manifest::{Config, Manifest, all_the_same, choose};
use super::reference::{Reference, mirrored};

/// A manifest, an index or a configuration.
pub fn documents(data: &[u8]) {
    match Manifest::parse(data, "image") {
        Ok(Manifest::Index(manifests)) => {
            let _ = all_the_same(&manifests);
            if let Ok(chosen) = choose(&manifests, "image") {
                let _ = chosen.digest();
                let _ = chosen.name();
            }
        }
        Ok(Manifest::Image(config, layers)) => {
            let _ = config.digest();
            for layer in &layers {
                let _ = layer.digest();
            }
        }
        Err(_) => {}
    }
    if let Ok(config) = Config::parse(data, "image") {
        let _ = config.diffs(2, "image");
    }
}

/// The name of an image: what is accepted can be written, and read again as the same.
pub fn reference(text: &str) {
    if let Ok(reference) = Reference::parse(text) {
        let _ = (
            reference.version(),
            reference.url(),
            reference.is_loopback(),
        );
        let again = Reference::parse(&reference.to_string());
        assert_eq!(
            again.ok().map(|again| again.to_string()),
            Some(reference.to_string()),
            "{text}"
        );
    }
    let _ = mirrored(text, "mirror.test");
}

/// A header that asks for credentials.
pub fn challenge(text: &str) {
    let _ = challenges::parse(text);
}

/// A stream that may be compressed; the first of it.
pub fn stream(data: &[u8]) {
    if let Ok((plain, _)) = plain(data) {
        let _ = std::io::copy(&mut plain.take(1 << 20), &mut std::io::sink());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each target begins with.
    #[test]
    fn seeds_pass() {
        let digest = format!("sha256:{}", "0".repeat(64));
        let part = format!(r#"{{"mediaType":"","digest":"{digest}","size":9223372036854775807}}"#);
        for text in [
            "",
            "{}",
            "null",
            &format!(r#"{{"schemaVersion":2,"config":{part},"layers":[{part},{part}]}}"#),
            &format!(r#"{{"schemaVersion":2,"manifests":[{part}]}}"#),
            r#"{"architecture":"amd64","os":"linux","rootfs":{"diff_ids":["a","b"]},"config":{"Env":["=","A"]}}"#,
            &"[".repeat(9999),
        ] {
            documents(text.as_bytes());
        }
        for text in [
            "",
            "debian",
            "a.b:5/c/d:e",
            "[::1]:5000/a",
            "localhost/A",
            "größe",
            ":",
        ] {
            reference(text);
        }
        for text in [
            "",
            "Basic realm=",
            "Bearer realm=\"a\",scope=\"b\\\"",
            "Bearer ,,=",
        ] {
            challenge(text);
        }
        for data in [&b""[..], b"plain", b"\x1f\x8b\x08\0", b"\x28\xb5\x2f\xfd\0"] {
            stream(data);
        }
    }
}
