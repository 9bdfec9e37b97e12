//! Unpacking what others wrote: whiteouts in any order, and archives that want to get out.

use std::fs;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::path::Path;

use super::header::BLOCK;
use super::place::is_opaque;
use super::{Entry, What, Writer, unpack};

fn file(path: &str) -> Entry {
    Entry {
        path: path.as_bytes().to_vec(),
        mode: 0o644,
        size: 3,
        ..Entry::default()
    }
}

fn folder(path: &str) -> Entry {
    Entry {
        what: What::Folder,
        mode: 0o755,
        size: 0,
        ..file(path)
    }
}

fn link(what: What, path: &str, to: &str) -> Entry {
    Entry {
        what,
        link: to.as_bytes().to_vec(),
        size: 0,
        ..file(path)
    }
}

fn tar(entries: &[Entry]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    for entry in entries {
        writer.append(entry, &mut &b"new"[..]).unwrap();
    }
    writer.end().unwrap()
}

/// Unpacks into a folder beside which a secret lies.
fn unpacked(entries: &[Entry]) -> (tempfile::TempDir, Result<(), String>) {
    let top = tempfile::tempdir().unwrap();
    fs::write(top.path().join("secret"), "old").unwrap();
    fs::create_dir(top.path().join("in")).unwrap();
    let result = unpack(&tar(entries)[..], &top.path().join("in"), None)
        .map_err(|error| format!("{error:#}"));
    assert_eq!(
        fs::read_to_string(top.path().join("secret")).unwrap(),
        "old"
    );
    assert_eq!(
        fs::read_dir(top.path()).unwrap().count(),
        2,
        "nothing is beside it"
    );
    (top, result)
}

fn whiteout(path: &Path) -> bool {
    fs::symlink_metadata(path)
        .is_ok_and(|meta| meta.file_type().is_char_device() && meta.rdev() == 0)
}

fn opaque(path: &Path) -> bool {
    is_opaque(fs::File::open(path).unwrap())
}

#[test]
fn whiteouts_and_opaque_folders_take_the_overlays_form() {
    let (top, result) = unpacked(&[
        file("a/.wh.b"),
        file("c/.wh..wh..opq"),
        file("c/d"),
        file("e/.wh..wh.plnk"),
    ]);
    result.unwrap();
    let at = |name: &str| top.path().join("in").join(name);
    assert!(whiteout(&at("a/b")));
    assert!(!opaque(&at("a")) && opaque(&at("c")));
    assert_eq!(fs::read_to_string(at("c/d")).unwrap(), "new");
    assert_eq!(fs::read_dir(at("e")).unwrap().count(), 0);
}

#[test]
fn a_whiteout_never_deletes_what_its_own_layer_holds() {
    for order in [[0, 1], [1, 0]] {
        let pick = |pair: [Entry; 2]| [pair[order[0]].clone(), pair[order[1]].clone()];
        let (top, result) = unpacked(&pick([file(".wh.x"), file("x")]));
        result.unwrap();
        assert_eq!(fs::read_to_string(top.path().join("in/x")).unwrap(), "new");
        // A folder in the place of a deleted one shows nothing of it.
        let (top, result) = unpacked(&pick([file(".wh.x"), folder("x")]));
        result.unwrap();
        assert!(opaque(&top.path().join("in/x")));
        let (top, result) = unpacked(&pick([file(".wh.x"), file("x/y")]));
        result.unwrap();
        assert!(opaque(&top.path().join("in/x")));
        assert_eq!(
            fs::read_to_string(top.path().join("in/x/y")).unwrap(),
            "new"
        );
    }
}

#[test]
fn an_opaque_folder_keeps_no_whiteouts() {
    let (top, result) = unpacked(&[file("a/b/.wh.c"), file("a/.wh.d"), file("a/.wh..wh..opq")]);
    result.unwrap();
    assert!(fs::symlink_metadata(top.path().join("in/a/d")).is_err());
    assert!(fs::symlink_metadata(top.path().join("in/a/b/c")).is_err());
}

#[test]
fn no_entry_leads_out() {
    use What::{Hardlink, Symlink};
    for (entries, reason) in [
        (vec![file("../secret")], "leads out"),
        (vec![file("a/../../secret")], "leads out"),
        (vec![file(".wh...")], "no file of that name"),
        (vec![file("a/.wh..")], "no file of that name"),
        (vec![file(".wh.")], "no file of that name"),
        (
            vec![link(Symlink, "a", ".."), link(Hardlink, "b", "a/secret")],
            "does not hold",
        ),
        (
            vec![
                link(Symlink, "a", "b"),
                link(Symlink, "b", "a"),
                file("a/x"),
            ],
            "is no folder",
        ),
        (
            vec![file("x"), link(Symlink, "a", "x"), file("a/y")],
            "x is no folder",
        ),
        (vec![link(Hardlink, "b", "../secret")], "leads out"),
        (vec![link(Hardlink, "b", "/secret")], "does not hold"),
        (vec![link(Hardlink, "b", "")], "layer itself"),
        (vec![file("a"), file("a/b")], "a is no folder"),
        (
            vec![file(".wh.a"), link(Hardlink, "b", "a")],
            "does not hold",
        ),
    ] {
        let (_top, result) = unpacked(&entries);
        let error = result.expect_err(&format!("{entries:?}"));
        assert!(error.contains(reason), "{error}");
    }
}

#[test]
fn a_link_on_the_way_is_followed_within_the_layer() {
    use What::{Hardlink, Symlink};
    for (entries, place) in [
        // As distributions have it: the link comes first, and what it leads to may come later.
        (
            vec![link(Symlink, "lib", "usr/lib"), file("lib/x")],
            "usr/lib/x",
        ),
        (
            vec![
                link(Symlink, "lib", "usr/lib"),
                folder("lib/a"),
                file("usr/lib/a/x"),
            ],
            "usr/lib/a/x",
        ),
        (
            vec![link(Symlink, "var/run", "/run"), file("var/run/x")],
            "run/x",
        ),
        (
            vec![
                link(Symlink, "a", "b/c"),
                link(Symlink, "b/c", "../d"),
                file("a/x"),
            ],
            "d/x",
        ),
        (
            vec![
                link(Symlink, "lib", "usr/lib"),
                file("lib/y"),
                link(Hardlink, "x", "lib/y"),
            ],
            "x",
        ),
        // The top of the layer is the top of everything.
        (vec![link(Symlink, "a", ".."), file("a/secret")], "secret"),
        (vec![link(Symlink, "a", "/"), file("a/b")], "b"),
        (
            vec![link(Symlink, "a", "../../../x/.."), file("a/secret")],
            "secret",
        ),
        (
            vec![
                folder("d"),
                link(Symlink, "d/a", "../.."),
                file("d/a/secret"),
            ],
            "secret",
        ),
    ] {
        let (top, result) = unpacked(&entries);
        result.unwrap_or_else(|error| panic!("{entries:?}: {error}"));
        let place = top.path().join("in").join(place);
        assert_eq!(fs::read_to_string(place).unwrap(), "new", "{entries:?}");
    }
    let (top, result) = unpacked(&[
        link(Symlink, "lib", "usr/lib"),
        file("lib/.wh.gone"),
        file("lib/d/.wh..wh..opq"),
    ]);
    result.unwrap();
    assert!(whiteout(&top.path().join("in/usr/lib/gone")));
    assert!(opaque(&top.path().join("in/usr/lib/d")));
}

#[test]
fn a_link_is_replaced_and_not_followed() {
    use What::{Hardlink, Symlink};
    for entries in [
        vec![link(Symlink, "x", "../secret"), file("x")],
        vec![
            link(Symlink, "x", "../secret"),
            link(Symlink, "y", "../secret"),
            link(Hardlink, "x", "y"),
            file("x"),
        ],
        vec![folder("x"), file("x/y"), file("x")],
        vec![file("/x")],
        vec![file("./x")],
        vec![file("x"), link(Hardlink, "x", "x")],
    ] {
        let (top, result) = unpacked(&entries);
        result.unwrap();
        let place = top.path().join("in/x");
        assert!(fs::symlink_metadata(&place).unwrap().is_file());
        assert_eq!(fs::read_to_string(place).unwrap(), "new");
    }
    // A folder in the place of a link is a folder.
    let (top, result) = unpacked(&[link(Symlink, "x", ".."), folder("x"), file("x/secret")]);
    result.unwrap();
    assert_eq!(
        fs::read_to_string(top.path().join("in/x/secret")).unwrap(),
        "new"
    );
}

#[test]
fn devices_are_left_out() {
    let (top, result) = unpacked(&[link(What::Device, "null", ""), file("x")]);
    result.unwrap();
    assert!(fs::symlink_metadata(top.path().join("in/null")).is_err());
    assert!(top.path().join("in/x").exists());
}

#[test]
fn names_that_are_too_long_are_refused() {
    let (_top, result) = unpacked(&[file(&"x/".repeat(3000))]);
    assert!(result.unwrap_err().contains("longer than 4096"));
    let (_top, result) = unpacked(&[file(&"x".repeat(300))]);
    assert!(result.is_err());
}

#[test]
fn a_header_of_any_length_takes_no_memory() {
    let mut text = tar(&[Entry {
        size: 3,
        ..file("x")
    }]);
    // A long name of a gigabyte, as the header says.
    text[156] = b'L';
    text[124..136].copy_from_slice(b"10000000000\0");
    let mut block: [u8; BLOCK] = text[..BLOCK].try_into().unwrap();
    let sum = format!("{:06o}\0 ", super::header::checksum(&block));
    block[148..156].copy_from_slice(sum.as_bytes());
    text[..BLOCK].copy_from_slice(&block);
    let top = tempfile::tempdir().unwrap();
    let error = unpack(&text[..], top.path(), None).unwrap_err();
    assert!(format!("{error:#}").contains("more than any real one"));
}

#[test]
fn damage_is_noticed() {
    let whole = tar(&[file("x"), file("y")]);
    let top = tempfile::tempdir().unwrap();
    let failed = |bytes: &[u8]| format!("{:#}", unpack(bytes, top.path(), None).unwrap_err());
    assert!(failed(&whole[..700]).contains("middle of a file"));
    assert!(failed(&whole[..100]).contains("middle of a header"));
    let mut wrong = whole.clone();
    wrong[3] ^= 1;
    assert!(failed(&wrong).contains("checksum"));
    assert!(failed(&[b'x'; 2048]).contains("checksum"));
}
