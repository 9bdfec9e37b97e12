//! Pulling from Debian's registry, and from one that misbehaves.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use super::digest::Digest;
use super::store_tests::{layer, read};
use super::{Credentials, Image, Told, mirrored, pull};
use crate::error::{Kind, Result};

use registry::{Registry, architecture};

#[path = "../../../tests/it/registry.rs"]
mod registry;

/// A registry, or the end of the test; on CI its lack is a failure.
macro_rules! registry {
    ($started:expr) => {
        match $started {
            Ok(registry) => registry,
            Err(why) => {
                crate::skip::skip(why);
                return;
            }
        }
    };
}

async fn fetch(layers: &Path, reference: &str) -> Result<Image> {
    pull(layers, reference, None, &|_| ()).await
}

fn entries(layers: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(layers)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn what_was_pushed_is_pulled() {
    let registry = registry!(Registry::start());
    let top = tempfile::tempdir().unwrap();
    let tars = [
        layer(&["a=1", "b=1", "etc/passwd=root:x:0:0::/:/bin/sh\n"]),
        layer(&[".wh.a", "c=2"]),
    ];
    let packed = zstd::encode_all(&tars[1][..], 1).unwrap();
    let parts = [
        (Digest::of(&tars[0]).to_string(), tars[0].clone()),
        (Digest::of(&tars[1]).to_string(), packed),
    ];
    let settings = json!({"Env": ["A=b"], "Cmd": ["sh"], "WorkingDir": "/srv"});
    let digest = registry.push_as("some/image", "1", &parts, &settings, architecture());
    let name = format!("{}/some/image", registry.address);

    let told = Mutex::new(Vec::new());
    let listener = |what: Told| told.lock().unwrap().push(what);
    let image = pull(top.path(), &format!("{name}:1"), None, &listener)
        .await
        .unwrap();
    assert_eq!(image.digest, Some(digest.clone()));
    assert_eq!(
        (image.env["A"].as_str(), image.workdir.as_deref()),
        ("b", Some("/srv"))
    );
    assert_eq!(image.entrypoint, ["sh"]);
    assert_eq!(read(top.path(), &image, "/a"), None);
    assert_eq!(read(top.path(), &image, "/b").as_deref(), Some("1"));
    assert_eq!(read(top.path(), &image, "/c").as_deref(), Some("2"));
    assert!(
        read(top.path(), &image, "/etc/passwd")
            .unwrap()
            .contains("daytona:x:1000")
    );
    assert_eq!(entries(top.path()).len(), 3, "nothing is left but layers");
    let told = told.into_inner().unwrap();
    assert_eq!(told.last(), Some(&Told::Finishing));
    let whole = |what: &&Told| matches!(what, Told::Layer { done, total, .. } if done == total);
    assert_eq!(told.iter().filter(whole).count(), 2);

    // By its digest, through a mirror, and with nothing left to fetch.
    assert_eq!(
        fetch(top.path(), &format!("{name}@{digest}"))
            .await
            .unwrap(),
        image
    );
    let mirror = mirrored("docker.io/image:1", &format!("{}/some", registry.address)).unwrap();
    assert!(
        fetch(top.path(), &mirror).await.is_err(),
        "the mirror has no folder of that name"
    );
    let mirror = mirrored("docker.io/some/image:1", &registry.address).unwrap();
    assert_eq!(fetch(top.path(), &mirror).await.unwrap(), image);
    assert_eq!(entries(top.path()).len(), 3);

    for (version, said) in [
        (":2", "there is no image"),
        ("/other:1", "there is no image"),
    ] {
        let error = fetch(top.path(), &format!("{name}{version}"))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), Kind::NotFound);
        assert!(error.text().starts_with(said), "{}", error.text());
    }
}

#[tokio::test]
async fn layers_of_plain_files_are_pushed_and_pulled() {
    let registry = registry!(Registry::start());
    let top = tempfile::tempdir().unwrap();
    let tar = registry::tar(&[("x/", b""), ("x/y", b"text")]);
    registry.push("plain", "latest", &[tar], &json!({}));
    let image = fetch(top.path(), &format!("{}/plain", registry.address))
        .await
        .unwrap();
    assert_eq!(read(top.path(), &image, "/x/y").as_deref(), Some("text"));
}

#[tokio::test]
async fn of_several_platforms_this_machines_is_pulled() {
    let registry = registry!(Registry::start());
    let top = tempfile::tempdir().unwrap();
    let name = format!("{}/many", registry.address);
    let mut manifests = Vec::new();
    for platform in ["s390x", architecture()] {
        let tar = layer(&[&format!("platform={platform}")]);
        let parts = [(Digest::of(&tar).to_string(), tar)];
        let digest = registry.push_as("many", platform, &parts, &json!({}), platform);
        manifests.push(json!({
            "mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": digest, "size": 7,
            "platform": {"os": "linux", "architecture": platform},
        }));
    }
    let kind = "application/vnd.oci.image.index.v1+json";
    let both = json!({"schemaVersion": 2, "mediaType": kind, "manifests": manifests});
    let digest = registry.put_manifest("many", "both", kind, &both);
    let image = fetch(top.path(), &format!("{name}:both")).await.unwrap();
    assert_eq!(
        read(top.path(), &image, "/platform").as_deref(),
        Some(architecture())
    );
    assert_eq!(image.digest, Some(digest));
    manifests.truncate(1);
    let other = json!({"schemaVersion": 2, "mediaType": kind, "manifests": manifests});
    registry.put_manifest("many", "other", kind, &other);
    for tag in ["other", "s390x"] {
        let error = fetch(top.path(), &format!("{name}:{tag}"))
            .await
            .unwrap_err();
        assert!(
            error.text().ends_with("it is there for linux/s390x"),
            "{}",
            error.text()
        );
    }
}

#[tokio::test]
async fn a_password_is_given_where_it_is_asked_for() {
    let registry = registry!(Registry::start_with(
        "auth:\n  htpasswd:\n    realm: test\n    path: FOLDER/htpasswd\n"
    ));
    // bcrypt of `open sesame`.
    let line = "ali:$2y$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW\n";
    fs::write(registry.folder().join("htpasswd"), line).unwrap();
    let top = tempfile::tempdir().unwrap();
    let name = format!("{}/secret:1", registry.address);
    let error = fetch(top.path(), &name).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Auth);
    for (password, kind) in [("wrong", Kind::Auth), ("open sesame", Kind::NotFound)] {
        let credentials = Credentials {
            user: "ali".into(),
            password: password.into(),
        };
        let error = pull(top.path(), &name, Some(&credentials), &|_| ())
            .await
            .unwrap_err();
        assert_eq!(error.kind(), kind, "{}", error.text());
    }
}

/// Answers each request by its head, for as long as the tests run; returns host and port.
fn scripted(answer: impl Fn(&str, &str) -> Vec<u8> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let own = address.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
                head.push(byte[0]);
            }
            let _ = stream.write_all(&answer(&own, &String::from_utf8_lossy(&head)));
        }
    });
    address
}

fn reply(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// An image of one layer: manifest, configuration, layer.
fn small() -> [Vec<u8>; 3] {
    let tar = layer(&[&format!("a={}", "x".repeat(100_000))]);
    let config = json!({
        "os": "linux", "architecture": architecture(),
        "rootfs": {"type": "layers", "diff_ids": [Digest::of(&tar).to_string()]},
    });
    let config = config.to_string().into_bytes();
    let describe =
        |part: &Vec<u8>| json!({"digest": Digest::of(part).to_string(), "size": part.len()});
    let manifest =
        json!({"schemaVersion": 2, "config": describe(&config), "layers": [describe(&tar)]});
    [manifest.to_string().into_bytes(), config, tar]
}

#[tokio::test]
async fn a_token_is_fetched_and_a_broken_transfer_goes_on() {
    let [manifest, config, tar] = small();
    let (asked, whole) = (AtomicUsize::new(0), tar.clone());
    let address = scripted(move |own, head| {
        let path = head.split(' ').nth(1).unwrap_or("");
        if path.starts_with("/token?") {
            assert!(
                path.contains("scope=repository%3Ax%3Apull") && path.contains("service=here"),
                "{path}"
            );
            return reply("200 OK", "", br#"{"token":"abc","access_token":"abc"}"#);
        }
        if !head.contains("authorization: Bearer abc\r\n") {
            let challenge = format!(
                "www-authenticate: Bearer realm=\"http://{own}/token\",service=\"here\",scope=\"repository:x:pull\"\r\n"
            );
            return reply("401 Unauthorized", &challenge, b"{}");
        }
        if path.contains("/manifests/") {
            return reply("200 OK", "", &manifest);
        }
        if path.ends_with(Digest::of(&config).hex()) {
            return reply("200 OK", "", &config);
        }
        match asked.fetch_add(1, Ordering::SeqCst) {
            0 => reply("200 OK", "", &whole)[..50_000].to_vec(),
            1 => {
                let line = head
                    .lines()
                    .find_map(|line| line.strip_prefix("range: bytes="))
                    .expect("a range");
                let from: usize = line.trim_end_matches('-').parse().unwrap();
                assert!(from > 40_000);
                let range = format!(
                    "content-range: bytes {from}-{}/{}\r\n",
                    whole.len() - 1,
                    whole.len()
                );
                reply("206 Partial Content", &range, &whole[from..])[..20_000].to_vec()
            }
            // It has forgotten how to send parts.
            _ => reply("200 OK", "", &whole),
        }
    });
    let top = tempfile::tempdir().unwrap();
    let image = fetch(top.path(), &format!("{address}/x")).await.unwrap();
    assert_eq!(read(top.path(), &image, "/a").unwrap().len(), 100_000);
    assert_eq!(entries(top.path()).len(), 2);
    assert!(super::store::has(top.path(), &Digest::of(&tar)));
}

#[tokio::test]
async fn what_is_not_what_was_asked_for_is_refused() {
    for (broken, said) in [(1, "instead of"), (2, "instead of")] {
        let parts = small();
        let address = scripted(move |_, head| {
            let path = head.split(' ').nth(1).unwrap_or("");
            if path.contains("/manifests/") {
                return reply("200 OK", "", &parts[0]);
            }
            let at = if path.ends_with(Digest::of(&parts[1]).hex()) {
                1
            } else {
                2
            };
            let mut part = parts[at].clone();
            if at == broken {
                part[20] ^= 1;
            }
            reply("200 OK", "", &part)
        });
        let top = tempfile::tempdir().unwrap();
        let error = fetch(top.path(), &format!("{address}/x"))
            .await
            .unwrap_err();
        assert!(error.text().contains(said), "{}", error.text());
        assert_eq!(entries(top.path()).len(), 0);
    }
    let [manifest, ..] = small();
    let address = scripted(move |_, _| reply("200 OK", "", &manifest));
    let top = tempfile::tempdir().unwrap();
    let error = fetch(
        top.path(),
        &format!("{address}/x@sha256:{}", "0".repeat(64)),
    )
    .await
    .unwrap_err();
    assert!(
        error.text().contains("instead of sha256:000"),
        "{}",
        error.text()
    );
}

#[tokio::test]
async fn registries_that_refuse_are_quoted() {
    for (status, kind, said) in [
        (
            "401 Unauthorized",
            Kind::Auth,
            "does not exist, or is private (401: some words)",
        ),
        ("404 Not Found", Kind::NotFound, "there is no image"),
        ("429 Too Many Requests", Kind::Limit, "too many requests"),
        (
            "500 Internal Server Error",
            Kind::Unavailable,
            "cannot give out",
        ),
        ("302 Found", Kind::Unavailable, "without encryption"),
    ] {
        let address = scripted(move |_, _| {
            reply(
                status,
                "location: http://registry.example/x\r\n",
                br#"{"errors":[{"code":"X","message":"some words"}]}"#,
            )
        });
        let top = tempfile::tempdir().unwrap();
        let error = fetch(top.path(), &format!("{address}/x"))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), kind, "{}", error.text());
        assert!(error.text().contains(said), "{}", error.text());
    }
}

#[tokio::test]
async fn a_registry_that_is_not_there_is_named() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let top = tempfile::tempdir().unwrap();
    let error = fetch(top.path(), &format!("{free}/x:1")).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Unavailable);
    assert!(
        error
            .text()
            .starts_with(&format!("cannot reach {free} for the image {free}/x:1")),
        "{}",
        error.text()
    );
    assert!(
        error
            .hints()
            .iter()
            .any(|hint| hint.contains("--from FILE"))
    );
}
