//! Every form that an image can be imported from.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::digest::Digest;
use super::store_tests::{layer, read};
use super::{Image, Told, import};
use crate::error::Kind;

fn quiet(_: Told) {}

struct Work {
    top: tempfile::TempDir,
}

impl Work {
    fn new() -> Self {
        let top = tempfile::tempdir().unwrap();
        fs::create_dir(top.path().join("layers")).unwrap();
        Self { top }
    }

    fn layers(&self) -> PathBuf {
        self.top.path().join("layers")
    }

    fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.top.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    fn import(&self, path: &Path) -> Image {
        import(&self.layers(), path, &quiet).unwrap()
    }

    fn refused(&self, path: &Path) -> String {
        let error = import(&self.layers(), path, &quiet).unwrap_err();
        for entry in fs::read_dir(self.layers()).unwrap().flatten() {
            assert!(!entry.file_name().to_string_lossy().starts_with("draft-"));
        }
        error.text()
    }

    fn read(&self, image: &Image, path: &str) -> Option<String> {
        read(&self.layers(), image, path)
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

/// A tar archive of files with any content.
fn archive(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = crate::engine::archive::Writer::new(Vec::new());
    for (name, content) in files {
        let entry = crate::engine::archive::Entry {
            path: name.clone().into(),
            mode: 0o644,
            size: content.len() as u64,
            ..Default::default()
        };
        writer.append(&entry, &mut &content[..]).unwrap();
    }
    writer.end().unwrap()
}

fn config(diffs: &[Digest]) -> Vec<u8> {
    let architecture = if cfg!(target_arch = "aarch64") {
        "arm64"
    } else {
        "amd64"
    };
    let diffs: Vec<_> = diffs.iter().map(Digest::to_string).collect();
    json!({
        "os": "linux",
        "architecture": architecture,
        "config": {"Env": ["A=b=c", "PATH=/bin"], "WorkingDir": "/srv", "Entrypoint": ["/run.sh"], "Cmd": ["x"], "User": "app"},
        "rootfs": {"type": "layers", "diff_ids": diffs},
    })
    .to_string()
    .into_bytes()
}

/// The files of an OCI layout with two layers, one of them compressed.
fn layout(change: impl Fn(&mut Value)) -> Vec<(String, Vec<u8>)> {
    let tars = [layer(&["a=1", "b=1"]), layer(&[".wh.a", "c=2"])];
    let diffs = [Digest::of(&tars[0]), Digest::of(&tars[1])];
    let blobs = [config(&diffs), gzip(&tars[0]), tars[1].clone()];
    let describe = |blob: &Vec<u8>| json!({"mediaType": "x", "digest": Digest::of(blob).to_string(), "size": blob.len()});
    let mut manifest = json!({"schemaVersion": 2, "config": describe(&blobs[0]), "layers": [describe(&blobs[1]), describe(&blobs[2])]});
    change(&mut manifest);
    let manifest = manifest.to_string().into_bytes();
    let index = json!({"schemaVersion": 2, "manifests": [describe(&manifest)]});
    let mut files = vec![
        (
            "oci-layout".to_owned(),
            br#"{"imageLayoutVersion":"1.0.0"}"#.to_vec(),
        ),
        ("index.json".to_owned(), index.to_string().into_bytes()),
    ];
    for blob in blobs.into_iter().chain([manifest]) {
        files.push((format!("blobs/sha256/{}", Digest::of(&blob).hex()), blob));
    }
    files
}

fn check(work: &Work, image: &Image) {
    assert_eq!(work.read(image, "/a"), None);
    assert_eq!(work.read(image, "/b").as_deref(), Some("1"));
    assert_eq!(work.read(image, "/c").as_deref(), Some("2"));
    assert_eq!(image.env["A"], "b=c");
    assert_eq!(image.workdir.as_deref(), Some("/srv"));
    assert_eq!(image.entrypoint, ["/run.sh", "x"]);
    assert_eq!(image.layers.len(), 3);
}

#[test]
fn a_root_file_system_comes_in_four_forms() {
    let tar = layer(&["usr/", "usr/bin/", "usr/bin/x=program", "bin -> usr/bin"]);
    let work = Work::new();
    let mut images = Vec::new();
    for (name, content) in [
        ("plain", tar.clone()),
        ("gzip", gzip(&tar)),
        ("zstd", zstd::encode_all(&tar[..], 1).unwrap()),
    ] {
        images.push(work.import(&work.file(name, &content)));
    }
    assert!(
        images.iter().all(|image| *image == images[0]),
        "it is the same whatever it was packed with"
    );
    fs::create_dir_all(work.top.path().join("root/usr/bin")).unwrap();
    fs::write(work.top.path().join("root/usr/bin/x"), "program").unwrap();
    std::os::unix::fs::symlink("usr/bin", work.top.path().join("root/bin")).unwrap();
    images.push(work.import(&work.top.path().join("root")));
    for image in images {
        assert_eq!(work.read(&image, "/bin/x").as_deref(), Some("program"));
        assert_eq!((image.digest, image.entrypoint.len()), (None, 0));
    }
}

#[test]
fn an_oci_layout_is_a_folder_or_an_archive() {
    let work = Work::new();
    let files = layout(|_| ());
    let folder = work.top.path().join("layout");
    for (name, content) in &files {
        let place = folder.join(name);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, content).unwrap();
    }
    let image = work.import(&folder);
    check(&work, &image);
    assert_eq!(
        image.digest,
        Some(Digest::of(&files.last().unwrap().1).to_string())
    );
    let mut backwards = files.clone();
    backwards.reverse();
    for content in [
        archive(&files),
        archive(&backwards),
        gzip(&archive(&backwards)),
    ] {
        let fresh = Work::new();
        assert_eq!(fresh.import(&fresh.file("x", &content)), image);
    }
}

#[test]
fn a_docker_save_is_an_archive() {
    let tars = [layer(&["a=1", "b=1"]), layer(&[".wh.a", "c=2"])];
    let config = config(&[Digest::of(&tars[0]), Digest::of(&tars[1])]);
    let id = Digest::of(&config).hex().to_owned();
    let manifest = json!([{"Config": format!("{id}.json"), "RepoTags": ["x:1"], "Layers": [format!("{id}/layer.tar"), "blobs/two"]}]);
    let mut files = vec![
        (format!("{id}/VERSION"), b"1.0".to_vec()),
        (format!("{id}/layer.tar"), tars[0].clone()),
        ("blobs/two".to_owned(), tars[1].clone()),
        (format!("{id}.json"), config),
        ("repositories".to_owned(), b"{}".to_vec()),
        (
            "manifest.json".to_owned(),
            manifest.to_string().into_bytes(),
        ),
    ];
    let work = Work::new();
    let image = work.import(&work.file("saved", &archive(&files)));
    check(&work, &image);
    assert_eq!(image.digest, None);
    let two = json!([manifest[0], manifest[0]]).to_string();
    files[5].1 = two.into_bytes();
    assert!(
        work.refused(&work.file("two", &archive(&files)))
            .contains("several images: x:1, x:1")
    );
}

#[test]
fn what_does_not_agree_is_refused() {
    let work = Work::new();
    let wrong = format!("sha256:{}", "0".repeat(64));
    let missing = layout(|manifest| manifest["layers"][1]["digest"] = json!(wrong));
    assert!(
        work.refused(&work.file("missing", &archive(&missing)))
            .contains("is missing")
    );
    let fewer = layout(|manifest| drop(manifest["layers"].as_array_mut().unwrap().pop()));
    assert!(
        work.refused(&work.file("fewer", &archive(&fewer)))
            .contains("different layers")
    );
    let swapped = layout(|manifest| manifest["layers"].as_array_mut().unwrap().reverse());
    assert!(
        work.refused(&work.file("swapped", &archive(&swapped)))
            .contains("but its image says")
    );
    let mut changed = layout(|_| ());
    let last = changed.len() - 1;
    changed[last].1[30] ^= 1;
    assert!(
        work.refused(&work.file("changed", &archive(&changed)))
            .contains("instead of")
    );
    let mut lying = layout(|_| ());
    // The same content, packed otherwise than the manifest says.
    lying[3].1 = zstd::encode_all(&layer(&["a=1", "b=1"])[..], 1).unwrap();
    assert!(
        Work::new()
            .refused(&work.file("lying", &archive(&lying)))
            .contains("but its manifest says")
    );
}

#[test]
fn what_is_no_image_is_named() {
    let work = Work::new();
    for (content, told) in [
        (
            &b"just some text, much longer than a header of five hundred and twelve bytes"[..],
            "middle of a header",
        ),
        (&[b'x'; 4096], "no tar archive"),
        (b"", "no files"),
        (b"\xfd7zXZ\0..........", "xz -d"),
        (&layer(&[]), "no files"),
        (&layer(&["blobs/", "blobs/x=1"]), "no list"),
    ] {
        let text = work.refused(&work.file("x", content));
        assert!(text.contains(told), "{text}");
    }
    let error = import(&work.layers(), Path::new("/nowhere/x.tar"), &quiet).unwrap_err();
    assert_eq!(error.kind(), Kind::NotFound);
}
