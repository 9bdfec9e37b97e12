//! What is packed and unpacked again is the same: content, modes, times, links, whiteouts, opaque folders.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::{self, Permissions};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use rustix::fs::{CWD, FileType, Mode, mknodat};

use super::place::{is_opaque, make_opaque};
use super::{pack, unpack};

/// Every file of a tree with all that a round trip must keep.
fn tree(top: &Path) -> BTreeMap<Vec<u8>, String> {
    let mut found = BTreeMap::new();
    let mut firsts: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
    let mut left = vec![top.to_owned()];
    while let Some(path) = left.pop() {
        let meta = fs::symlink_metadata(&path).unwrap();
        let short = path
            .strip_prefix(top)
            .unwrap()
            .as_os_str()
            .as_bytes()
            .to_vec();
        let mut text = format!(
            "{:o} {}.{:09} {}",
            meta.mode(),
            meta.mtime(),
            meta.mtime_nsec(),
            meta.uid()
        );
        if meta.is_dir() {
            // Its user may have closed it: look all the same.
            fs::set_permissions(&path, Permissions::from_mode(0o700)).unwrap();
            let opaque = is_opaque(fs::File::open(&path).unwrap());
            text += if opaque { " opaque" } else { "" };
            let mut inner: Vec<_> = fs::read_dir(&path)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .collect();
            inner.sort();
            left.extend(inner.into_iter().rev());
        } else if meta.is_symlink() {
            let _ = write!(text, " -> {:?}", fs::read_link(&path).unwrap());
        } else if meta.is_file() {
            if meta.mode() & 0o400 == 0 {
                fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
            }
            let _ = write!(
                text,
                " {:?}",
                String::from_utf8_lossy(&fs::read(&path).unwrap())
            );
        } else if meta.rdev() == 0 && meta.mode() & 0o170_000 == 0o020_000 {
            // When something was deleted is nobody's business.
            text = "whiteout".to_owned();
        }
        if meta.nlink() > 1 && !meta.is_dir() && text != "whiteout" {
            let first = firsts.entry(meta.ino()).or_insert_with(|| short.clone());
            let _ = write!(text, " same as {}", String::from_utf8_lossy(first));
        }
        found.insert(short, text);
    }
    found
}

fn there_and_back(from: &Path) -> tempfile::TempDir {
    let tar = pack(from, Vec::new()).unwrap();
    let to = tempfile::tempdir().unwrap();
    unpack(&tar[..], to.path(), None).unwrap();
    to
}

#[test]
fn an_upper_layer_comes_back_as_it_was() {
    let top = tempfile::tempdir().unwrap();
    let at = |name: &str| top.path().join(name);
    fs::create_dir_all(at("etc/deep/er")).unwrap();
    fs::create_dir(at("closed")).unwrap();
    fs::create_dir(at("sticky")).unwrap();
    fs::create_dir(at("opaque")).unwrap();
    fs::create_dir(at("empty")).unwrap();
    fs::write(at("etc/file"), "content").unwrap();
    fs::write(at("etc/none"), "").unwrap();
    fs::write(at("etc/block"), vec![b'x'; 512]).unwrap();
    fs::write(at("etc/.wh.mine"), "a name of its own").unwrap();
    fs::create_dir(at("etc/.wh.folder")).unwrap();
    fs::write(at("closed/inner"), "hidden").unwrap();
    fs::write(at("opaque/new"), "new").unwrap();
    fs::hard_link(at("etc/file"), at("sticky/again")).unwrap();
    symlink("/etc/file", at("etc/absolute")).unwrap();
    symlink("x".repeat(300), at("etc/dangling")).unwrap();
    fs::hard_link(at("etc/absolute"), at("sticky/link")).unwrap();
    let long = "n".repeat(200);
    fs::create_dir_all(at(&format!("{long}/{long}"))).unwrap();
    fs::write(at(&format!("{long}/{long}/{long}")), "long").unwrap();
    fs::hard_link(at(&format!("{long}/{long}/{long}")), at("etc/to-long")).unwrap();
    fs::write(
        top.path().join(OsStr::from_bytes(b"etc/\xff\xfe\n name")),
        "bytes",
    )
    .unwrap();
    fs::write(
        top.path()
            .join(OsStr::from_bytes(&[b"etc/", &[0xe4_u8; 150][..]].concat())),
        "bytes",
    )
    .unwrap();
    let mode = Mode::from_raw_mode(0o640);
    mknodat(CWD, at("etc/fifo"), FileType::Fifo, mode, 0).unwrap();
    mknodat(
        CWD,
        at("etc/gone"),
        FileType::CharacterDevice,
        Mode::empty(),
        0,
    )
    .unwrap();
    // An overlay makes its whiteouts as names of one file.
    fs::hard_link(at("etc/gone"), at("etc/gone-too")).unwrap();
    make_opaque(fs::File::open(at("opaque")).unwrap()).unwrap();
    fs::set_permissions(at("etc/none"), Permissions::from_mode(0o000)).unwrap();
    fs::set_permissions(at("etc/file"), Permissions::from_mode(0o751)).unwrap();
    fs::set_permissions(at("sticky"), Permissions::from_mode(0o1777)).unwrap();
    fs::set_permissions(at("closed"), Permissions::from_mode(0o000)).unwrap();
    fs::set_permissions(top.path(), Permissions::from_mode(0o755)).unwrap();
    let old = std::time::SystemTime::UNIX_EPOCH - std::time::Duration::new(3, 5);
    fs::File::open(at("etc/block"))
        .unwrap()
        .set_modified(old)
        .unwrap();

    let to = there_and_back(top.path());
    assert_eq!(
        fs::metadata(at("closed")).unwrap().mode() & 0o7777,
        0,
        "packing changes nothing"
    );
    let (before, after) = (tree(top.path()), tree(to.path()));
    assert_eq!(before.len(), 28);
    for (path, text) in &before {
        assert_eq!(
            after.get(path),
            Some(text),
            "{}",
            String::from_utf8_lossy(path)
        );
    }
    assert_eq!(before.len(), after.len());
}

#[test]
fn the_same_folder_is_packed_to_the_same_bytes() {
    let top = tempfile::tempdir().unwrap();
    for name in ["b", "a", "c"] {
        fs::create_dir(top.path().join(name)).unwrap();
        fs::write(top.path().join(name).join("x"), name).unwrap();
    }
    let once = pack(top.path(), Vec::new()).unwrap();
    assert_eq!(pack(top.path(), Vec::new()).unwrap(), once);
}

#[test]
fn set_user_id_does_not_survive() {
    let top = tempfile::tempdir().unwrap();
    fs::write(top.path().join("su"), "x").unwrap();
    fs::set_permissions(top.path().join("su"), Permissions::from_mode(0o6755)).unwrap();
    let to = there_and_back(top.path());
    assert_eq!(
        fs::metadata(to.path().join("su")).unwrap().mode() & 0o7777,
        0o755
    );
}

#[test]
fn what_is_unpacked_belongs_to_its_owner() {
    if !rustix::process::geteuid().is_root() {
        crate::skip::skip("only root gives files to others");
        return;
    }
    let top = tempfile::tempdir().unwrap();
    fs::create_dir_all(top.path().join("a/b")).unwrap();
    fs::write(top.path().join("a/b/c"), "x").unwrap();
    symlink("c", top.path().join("a/b/d")).unwrap();
    mknodat(
        CWD,
        top.path().join("a/e"),
        FileType::CharacterDevice,
        Mode::empty(),
        0,
    )
    .unwrap();
    let tar = pack(top.path(), Vec::new()).unwrap();
    let to = tempfile::tempdir().unwrap();
    unpack(&tar[..], to.path(), Some((4321, 8765))).unwrap();
    for name in ["", "a", "a/b", "a/b/c", "a/b/d", "a/e"] {
        let meta = fs::symlink_metadata(to.path().join(name)).unwrap();
        assert_eq!((meta.uid(), meta.gid()), (4321, 8765), "{name}");
    }
}

#[test]
fn the_systems_tar_agrees() {
    let top = tempfile::tempdir().unwrap();
    let long = "l".repeat(150);
    fs::create_dir_all(top.path().join("a/b")).unwrap();
    fs::write(top.path().join("a/b").join(&long), "long").unwrap();
    fs::write(top.path().join("a/one"), vec![7; 70_000]).unwrap();
    fs::hard_link(top.path().join("a/one"), top.path().join("a/two")).unwrap();
    symlink(&long, top.path().join("a/link")).unwrap();
    let run = |arguments: &[&str], folder: &Path| {
        let seen = Command::new("tar")
            .args(arguments)
            .current_dir(folder)
            .output();
        let seen = seen.expect("tar can be run");
        assert!(
            seen.status.success(),
            "{}",
            String::from_utf8_lossy(&seen.stderr)
        );
    };
    // Ours, read by it.
    let place = tempfile::tempdir().unwrap();
    fs::write(
        place.path().join("ours.tar"),
        pack(top.path(), Vec::new()).unwrap(),
    )
    .unwrap();
    fs::create_dir(place.path().join("out")).unwrap();
    run(
        &["xpf", "ours.tar", "-C", "out", "--no-same-owner"],
        place.path(),
    );
    assert_eq!(tree(&place.path().join("out")), tree(top.path()));
    // Its own, in each of its forms, read by us.
    for form in ["gnu", "posix", "ustar", "v7"] {
        let tar = place.path().join(form);
        if matches!(form, "ustar" | "v7") {
            let _ = fs::remove_file(top.path().join("a/b").join(&long));
            let _ = fs::remove_file(top.path().join("a/link"));
        }
        run(
            &[
                "cf",
                &tar.display().to_string(),
                &format!("--format={form}"),
                ".",
            ],
            top.path(),
        );
        let to = tempfile::tempdir().unwrap();
        unpack(fs::File::open(&tar).unwrap(), to.path(), None).unwrap();
        let strip = |tree: BTreeMap<Vec<u8>, String>| -> Vec<String> {
            // Only one of the forms has fractions of seconds.
            let cut = |text: &str| {
                text.split_whitespace()
                    .enumerate()
                    .filter(|(at, _)| *at != 1)
                    .map(|(_, part)| part.to_owned())
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            tree.values()
                .map(|text| {
                    if form == "posix" {
                        text.clone()
                    } else {
                        cut(text)
                    }
                })
                .collect()
        };
        assert_eq!(strip(tree(to.path())), strip(tree(top.path())), "{form}");
    }
}
