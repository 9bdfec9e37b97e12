//! A real registry on this machine, Debian's `docker-registry`, and what pushes images to it.
//!
//! It stands alone, so that the library's own tests can use it as well.

use std::fmt::Write as _;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const OCI_CONFIG: &str = "application/vnd.oci.image.config.v1+json";
const OCI_LAYER: &str = "application/vnd.oci.image.layer.v1.tar";

/// A registry that runs until it is dropped.
pub(crate) struct Registry {
    process: Child,
    folder: tempfile::TempDir,
    /// Its host and port.
    pub(crate) address: String,
}

impl Registry {
    /// Starts one that everybody may use; why it cannot be had here, if not.
    pub(crate) fn start() -> Result<Self, String> {
        Self::start_with("")
    }

    /// Starts one with more lines in its configuration; `FOLDER` in them is its folder.
    pub(crate) fn start_with(more: &str) -> Result<Self, String> {
        let mut folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let place = folder.path().display().to_string();
        // Somebody else may take the port in between: try again.
        for _ in 0..5 {
            let free = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
            let address = free.map_err(|error| error.to_string())?.to_string();
            let text = format!(
                "version: 0.1\nlog:\n  level: error\n  accesslog:\n    disabled: true\nstorage:\n  filesystem:\n    rootdirectory: {place}/data\nhttp:\n  addr: {address}\n{}",
                more.replace("FOLDER", &place)
            );
            let config = folder.path().join("config.yml");
            fs::write(&config, text).map_err(|error| error.to_string())?;
            let process = Command::new("docker-registry")
                .arg("serve")
                .arg(&config)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .map_err(|error| {
                    format!(
                        "docker-registry cannot be run ({error}): `apt-get install docker-registry`"
                    )
                })?;
            let mut registry = Self {
                process,
                folder,
                address,
            };
            if registry.answers() {
                return Ok(registry);
            }
            folder = std::mem::replace(
                &mut registry.folder,
                tempfile::tempdir().map_err(|error| error.to_string())?,
            );
        }
        Err("docker-registry does not answer".to_owned())
    }

    /// Its configuration's `FOLDER`.
    #[allow(
        dead_code,
        reason = "only the tests of pulls ask, which have this file too"
    )]
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    fn answers(&mut self) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(10)
            && matches!(self.process.try_wait(), Ok(None))
        {
            if TcpStream::connect(&self.address).is_ok() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        false
    }

    /// Pushes an image of plain tar layers, the lowest first, for this machine; returns its manifest's digest.
    /// `settings` is what its configuration says of running it, such as `{"Env": ["A=b"]}`.
    pub(crate) fn push(
        &self,
        name: &str,
        tag: &str,
        layers: &[Vec<u8>],
        settings: &Value,
    ) -> String {
        let blobs: Vec<_> = layers
            .iter()
            .map(|layer| (digest(layer), layer.clone()))
            .collect();
        self.push_as(name, tag, &blobs, settings, architecture())
    }

    /// Pushes an image of layers as they are to be sent, each with the digest of its plain form.
    pub(crate) fn push_as(
        &self,
        name: &str,
        tag: &str,
        layers: &[(String, Vec<u8>)],
        settings: &Value,
        architecture: &str,
    ) -> String {
        let diffs: Vec<_> = layers.iter().map(|(diff, _)| diff).collect();
        let config = json!({
            "architecture": architecture,
            "os": "linux",
            "config": settings,
            "rootfs": {"type": "layers", "diff_ids": diffs},
        });
        let config = config.to_string().into_bytes();
        let mut parts = Vec::new();
        for (_, blob) in layers {
            parts.push(json!({"mediaType": OCI_LAYER, "digest": self.put_blob(name, blob), "size": blob.len()}));
        }
        let manifest = json!({
            "schemaVersion": 2,
            "mediaType": OCI_MANIFEST,
            "config": {"mediaType": OCI_CONFIG, "digest": self.put_blob(name, &config), "size": config.len()},
            "layers": parts,
        });
        self.put_manifest(name, tag, OCI_MANIFEST, &manifest)
    }

    /// Sends a blob; returns its digest.
    pub(crate) fn put_blob(&self, name: &str, blob: &[u8]) -> String {
        let digest = digest(blob);
        let (status, headers) = self.send(
            "POST",
            &format!("/v2/{name}/blobs/uploads/"),
            "text/plain",
            &[],
        );
        assert_eq!(status, 202, "{headers}");
        let place = headers
            .lines()
            .find_map(|line| {
                line.split_once(": ")
                    .filter(|(key, _)| key.eq_ignore_ascii_case("location"))
            })
            .expect("a place to upload to");
        let (_, path) = place.1.split_once(&self.address).unwrap_or(("", place.1));
        let joint = if path.contains('?') { '&' } else { '?' };
        let (status, headers) = self.send(
            "PUT",
            &format!("{path}{joint}digest={digest}"),
            "application/octet-stream",
            blob,
        );
        assert_eq!(status, 201, "{headers}");
        digest
    }

    /// Sends a manifest or an index; returns its digest.
    pub(crate) fn put_manifest(
        &self,
        name: &str,
        tag: &str,
        kind: &str,
        manifest: &Value,
    ) -> String {
        let text = manifest.to_string().into_bytes();
        let (status, headers) =
            self.send("PUT", &format!("/v2/{name}/manifests/{tag}"), kind, &text);
        assert_eq!(status, 201, "{headers}");
        digest(&text)
    }

    fn send(&self, method: &str, path: &str, kind: &str, body: &[u8]) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).expect("the registry listens");
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n",
            self.address,
            body.len()
        );
        stream
            .write_all(head.as_bytes())
            .expect("the registry reads");
        stream.write_all(body).expect("the registry reads");
        let mut reply = Vec::new();
        stream
            .read_to_end(&mut reply)
            .expect("the registry answers");
        let reply = String::from_utf8_lossy(&reply).into_owned();
        let status = reply
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        (status.unwrap_or(0), reply)
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// This machine's processor in the words of images.
pub(crate) fn architecture() -> &'static str {
    if cfg!(target_arch = "aarch64") {
        "arm64"
    } else {
        "amd64"
    }
}

/// A layer of files: names with a slash at the end are folders; all can be executed.
pub(crate) fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut all = Vec::new();
    for (name, content) in files {
        let flag = if name.ends_with('/') { b'5' } else { b'0' };
        let mut block = [0_u8; 512];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[100..108].copy_from_slice(b"0000755\0");
        block[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        block[136..147].copy_from_slice(b"14000000000");
        block[148..156].copy_from_slice(b"        ");
        block[156] = flag;
        block[257..265].copy_from_slice(b"ustar\x0000");
        let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
        block[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        all.extend_from_slice(&block);
        all.extend_from_slice(content);
        all.resize(all.len().next_multiple_of(512), 0);
    }
    all.resize(all.len() + 1024, 0);
    all
}

/// The digest of some bytes, `sha256:…`.
pub(crate) fn digest(bytes: &[u8]) -> String {
    let sum = ring::digest::digest(&ring::digest::SHA256, bytes);
    sum.as_ref()
        .iter()
        .fold("sha256:".to_owned(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
