//! Tests of layers that are copied and merged.

use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;

use super::*;

fn tree(top: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = top.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn text(path: PathBuf) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_copy_is_the_same_tree() {
    let top = tempfile::tempdir().unwrap();
    let (from, to) = (top.path().join("a"), top.path().join("b"));
    tree(&from, &[("x/one", "1"), ("x/y/two", "2")]);
    fs::hard_link(from.join("x/one"), from.join("again")).unwrap();
    symlink("/nowhere", from.join("link")).unwrap();
    fs::set_permissions(from.join("x/one"), fs::Permissions::from_mode(0o4751)).unwrap();
    let odd = std::ffi::OsStr::from_bytes(b"\xff\n odd");
    fs::write(from.join(odd), "odd").unwrap();
    let sparse = File::create(from.join("sparse")).unwrap();
    sparse.set_len(1 << 30).unwrap();
    mknodat(
        CWD,
        from.join("gone"),
        FileType::CharacterDevice,
        Mode::empty(),
        0,
    )
    .unwrap();
    fs::set_permissions(from.join("x"), fs::Permissions::from_mode(0o500)).unwrap();
    fs::create_dir(&to).unwrap();
    lay(&from, &to, How::Copy).unwrap();
    assert_eq!(text(to.join("x/y/two")), "2");
    assert_eq!(text(to.join(odd)), "odd");
    assert_eq!(
        fs::read_link(to.join("link")).unwrap(),
        Path::new("/nowhere")
    );
    let (one, again) = (
        fs::metadata(to.join("x/one")).unwrap(),
        fs::metadata(to.join("again")).unwrap(),
    );
    assert_eq!((one.ino(), one.mode() & 0o7777), (again.ino(), 0o4751));
    assert_eq!(
        one.mtime_nsec(),
        fs::metadata(from.join("x/one")).unwrap().mtime_nsec()
    );
    let sparse = fs::metadata(to.join("sparse")).unwrap();
    assert_eq!((sparse.len(), sparse.blocks()), (1 << 30, 0));
    assert!(
        fs::metadata(to.join("gone"))
            .unwrap()
            .file_type()
            .is_char_device()
    );
    assert_eq!(fs::metadata(to.join("x")).unwrap().mode() & 0o777, 0o500);
    // What root may write to all the same is deleted by the folder's own owner.
    crate::engine::tree::delete(&from).unwrap();
    crate::engine::tree::delete(&to).unwrap();
}

#[test]
fn merged_layers_show_what_the_overlay_would() {
    let top = tempfile::tempdir().unwrap();
    let (low, high, all) = (
        top.path().join("low"),
        top.path().join("high"),
        top.path().join("all"),
    );
    tree(
        &low,
        &[
            ("kept", "k"),
            ("gone", "g"),
            ("dir/old", "o"),
            ("was/file", "f"),
            ("now", "n"),
        ],
    );
    tree(
        &high,
        &[("dir/new", "n"), ("was", "file now"), ("now/dir", "d")],
    );
    mknodat(
        CWD,
        high.join("gone"),
        FileType::CharacterDevice,
        Mode::empty(),
        0,
    )
    .unwrap();
    // A folder over a whiteout hides what the whiteout deleted.
    mknodat(
        CWD,
        low.join("back"),
        FileType::CharacterDevice,
        Mode::empty(),
        0,
    )
    .unwrap();
    tree(&high, &[("back/new", "n")]);
    if lsetxattr(high.join("dir"), OPAQUE, b"y", XattrFlags::empty()).is_err() {
        // No such attributes on this file system, and then no overlay either.
        return;
    }
    fs::create_dir(&all).unwrap();
    lay(&low, &all, How::Link).unwrap();
    lay(&high, &all, How::Link).unwrap();
    assert_eq!(text(all.join("kept")), "k");
    assert!(
        fs::symlink_metadata(all.join("gone"))
            .unwrap()
            .file_type()
            .is_char_device()
    );
    assert!(!all.join("dir/old").exists() && is_opaque(&all.join("dir")));
    assert!(text(all.join("back/new")) == "n" && is_opaque(&all.join("back")));
    assert_eq!(text(all.join("was")), "file now");
    assert_eq!(text(all.join("now/dir")), "d");
    assert_eq!(
        fs::metadata(all.join("kept")).unwrap().ino(),
        fs::metadata(low.join("kept")).unwrap().ino()
    );
}
