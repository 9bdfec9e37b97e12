//! Layers in their places, and the images that are made of them.

use std::fs;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::Path;

use super::digest::Digest;
use super::overlay_view::{Found, Stack};
use super::store::{assemble, has, install};
use super::{Image, sweep};
use crate::engine::archive::{Entry, What, Writer};

/// A layer: `a -> b` is a link, a slash at the end makes a folder, else `name=content`.
pub(super) fn layer(files: &[&str]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    for file in files {
        let (name, content) = file.split_once('=').unwrap_or((file, ""));
        let mut entry = Entry {
            path: name.into(),
            mode: 0o755,
            size: content.len() as u64,
            ..Entry::default()
        };
        if let Some((name, target)) = file.split_once(" -> ") {
            entry = Entry {
                what: What::Symlink,
                path: name.into(),
                link: target.into(),
                size: 0,
                ..entry
            };
        } else if name.ends_with('/') {
            entry.what = What::Folder;
        }
        writer.append(&entry, &mut content.as_bytes()).unwrap();
    }
    writer.end().unwrap()
}

/// What a stack of an image's layers shows.
pub(super) fn stack(layers: &Path, image: &Image) -> Stack {
    Stack::new(image.layers.iter().map(|name| layers.join(name)).collect())
}

pub(super) fn read(layers: &Path, image: &Image, path: &str) -> Option<String> {
    let text = stack(layers, image).read(path).unwrap()?;
    Some(String::from_utf8(text).unwrap())
}

fn made(layers: &Path, parts: &[Vec<u8>]) -> Image {
    let diffs: Vec<_> = parts
        .iter()
        .map(|part| install(layers, &part[..], None).unwrap())
        .collect();
    assemble(layers, &diffs, Image::default()).unwrap()
}

fn entries(layers: &Path) -> usize {
    fs::read_dir(layers).unwrap().count()
}

#[test]
fn a_layer_is_where_its_digest_says() {
    let top = tempfile::tempdir().unwrap();
    let tar = layer(&["a=1"]);
    let diff = Digest::of(&tar);
    assert!(!has(top.path(), &diff));
    install(
        top.path(),
        &zstd::encode_all(&tar[..], 1).unwrap()[..],
        Some(&diff),
    )
    .unwrap();
    assert!(has(top.path(), &diff));
    // A second time, from another form of it, changes nothing.
    install(top.path(), &tar[..], Some(&diff)).unwrap();
    assert_eq!(entries(top.path()), 1);
}

#[test]
fn a_wrong_or_broken_layer_leaves_nothing() {
    let top = tempfile::tempdir().unwrap();
    let tar = layer(&["closed/", "closed/a=1"]);
    let other = Digest::of(b"other");
    let error = format!(
        "{:#}",
        install(top.path(), &tar[..], Some(&other)).unwrap_err()
    );
    assert!(
        error.contains(&other.to_string()) && error.contains(&Digest::of(&tar).to_string()),
        "{error}"
    );
    install(top.path(), &tar[..900], None).unwrap_err();
    let packed = zstd::encode_all(&tar[..], 1).unwrap();
    install(top.path(), &packed[..packed.len() - 4], None).unwrap_err();
    assert_eq!(entries(top.path()), 0);
}

#[test]
fn the_same_layer_from_many_at_once_is_one() {
    let top = tempfile::tempdir().unwrap();
    let tar = layer(&["a/", "a/b=1", "c=2"]);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| install(top.path(), &tar[..], Some(&Digest::of(&tar))).unwrap());
        }
    });
    assert_eq!(entries(top.path()), 1);
}

#[test]
fn drafts_of_a_crash_are_swept() {
    let top = tempfile::tempdir().unwrap();
    fs::create_dir_all(top.path().join("draft-x/closed")).unwrap();
    fs::set_permissions(
        top.path().join("draft-x/closed"),
        fs::Permissions::from_mode(0o000),
    )
    .unwrap();
    fs::create_dir(top.path().join("oci-y")).unwrap();
    sweep(top.path());
    assert_eq!(entries(top.path()), 1);
}

#[test]
fn layers_show_as_one_tree() {
    let top = tempfile::tempdir().unwrap();
    let image = made(
        top.path(),
        &[
            layer(&[
                "a/one=low",
                "a/two=low",
                "b/one=low",
                "c=low",
                "d/x=low",
                "e -> a",
                "f -> ../../e/./three",
                "loop -> loop",
            ]),
            layer(&[
                "a/.wh.one",
                "a/three=high",
                "b/.wh..wh..opq",
                "b/two=high",
                ".wh.c",
                "d=high",
            ]),
        ],
    );
    for (path, text) in [
        ("/a/one", None),
        ("/a/two", Some("low")),
        ("/b/one", None),
        ("/b/two", Some("high")),
        ("/c", None),
        ("/d", Some("high")),
        ("/d/x", None),
        ("/e/two", Some("low")),
        ("/f", Some("high")),
        ("/loop", None),
        ("/none/x", None),
        ("/etc/hosts", Some("127.0.0.1 localhost\n::1 localhost\n")),
    ] {
        assert_eq!(read(top.path(), &image, path).as_deref(), text, "{path}");
    }
    assert!(image.bytes > 0);
}

#[test]
fn layers_that_add_nothing_are_left_out() {
    let top = tempfile::tempdir().unwrap();
    let (a, b, empty) = (layer(&["a=1"]), layer(&[".wh.a", "b=1"]), layer(&[]));
    let image = made(
        top.path(),
        &[a.clone(), b.clone(), empty.clone(), a.clone(), empty],
    );
    let names: Vec<_> = [&a, &b]
        .iter()
        .map(|tar| super::store::name(&Digest::of(tar)))
        .collect();
    assert_eq!(image.layers[1..], names);
    assert_eq!(read(top.path(), &image, "/a").as_deref(), Some("1"));
    // A mark on the whole layer hides all others.
    let image = made(top.path(), &[a, layer(&[".wh..wh..opq", "z=1"]), b]);
    assert_eq!(image.layers.len(), 3);
    assert_eq!(read(top.path(), &image, "/a"), None);
    assert_eq!(read(top.path(), &image, "/z").as_deref(), Some("1"));
}

#[test]
fn every_image_gets_a_user_a_home_and_places_to_mount_on() {
    let top = tempfile::tempdir().unwrap();
    fs::create_dir(top.path().join("outside")).unwrap();
    let outside = top.path().join("outside").display().to_string();
    let image = made(
        top.path(),
        &[
            layer(&["run/old=1", "tmp/old=1", "home/other/x=1"]),
            layer(&[
                &format!("proc -> {outside}"),
                "dev=a file",
                "run -> /var/run",
                "tmp -> ../../../../tmp",
                "home -> usr/home",
                "etc/passwd -> ../usr/passwd",
                "usr/passwd=root:x:0:0::/root:/bin/bash\nnode:x:1000:1000::/:/x\n",
                "etc/resolv.conf -> /run/resolv.conf",
                "etc/hosts=",
                "var/run -> /run",
            ]),
        ],
    );
    let stack = stack(top.path(), &image);
    for path in [
        "dev",
        "etc",
        "home",
        "home/daytona",
        "proc",
        "run",
        "sys",
        "tmp",
    ] {
        let names: Vec<_> = path.split('/').collect();
        let found = stack.look(&names).unwrap();
        let Found::Folder(folders) = found else {
            panic!("{path}: {found:?}");
        };
        if path != "etc" {
            assert_eq!(folders.len(), 1, "{path}: nothing old comes to light");
        }
    }
    let mode = fs::metadata(top.path().join(&image.layers[0]).join("tmp"))
        .unwrap()
        .mode();
    assert_eq!(mode & 0o7777, 0o1777);
    assert_eq!(stack.look(&["run", "old"]).unwrap(), Found::Nothing);
    assert_eq!(stack.look(&["home", "other"]).unwrap(), Found::Nothing);
    assert_eq!(
        read(top.path(), &image, "/etc/passwd").unwrap(),
        "root:x:0:0::/root:/bin/bash\ndaytona:x:1000:1000::/home/daytona:/bin/sh\n"
    );
    assert!(
        read(top.path(), &image, "/etc/group")
            .unwrap()
            .ends_with("daytona:x:1000:\n")
    );
    assert_eq!(
        read(top.path(), &image, "/etc/resolv.conf").unwrap(),
        "nameserver 198.18.0.3\n"
    );
    assert!(
        read(top.path(), &image, "/etc/hosts")
            .unwrap()
            .starts_with("127.0.0.1")
    );
    assert_eq!(fs::read_dir(outside).unwrap().count(), 0);
    let whiteouts = fs::read_dir(top.path().join(&image.layers[0])).unwrap();
    assert!(
        whiteouts
            .flatten()
            .all(|entry| !entry.file_type().unwrap().is_char_device())
    );
}

#[test]
fn many_layers_are_folded() {
    let top = tempfile::tempdir().unwrap();
    let parts: Vec<_> = (0..40)
        .map(|at| {
            let gone = at.max(1) - 1;
            layer(&[
                &format!("only-{at}=x"),
                &format!(".wh.only-{gone}"),
                &format!("all/{at}=x"),
                &format!("same={at}"),
                "link -> same",
            ])
        })
        .collect();
    let image = made(top.path(), &parts);
    assert_eq!(image.layers.len(), 24);
    assert_eq!(read(top.path(), &image, "/link").as_deref(), Some("39"));
    for at in 0..40 {
        assert_eq!(
            read(top.path(), &image, &format!("/all/{at}")).as_deref(),
            Some("x"),
            "{at}"
        );
        assert_eq!(
            read(top.path(), &image, &format!("/only-{at}")).is_some(),
            at == 39,
            "{at}"
        );
    }
    assert_eq!(made(top.path(), &parts), image);
    assert_eq!(entries(top.path()), 42);
}
