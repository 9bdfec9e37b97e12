//! The committed completions and man pages are what the tree of commands says.
//! `UPDATE=1 cargo test artifacts` writes them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[test]
fn completions_and_man_pages_are_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let wanted = daytona::cli::artifacts().expect("the generated files");
    let paths: BTreeSet<PathBuf> = wanted.iter().map(|(path, _)| path.clone()).collect();
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for (path, text) in &wanted {
        let path = root.join(path);
        if std::fs::read(&path).is_ok_and(|present| present == *text) {
            continue;
        }
        if update {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(&path, text).expect("a file");
        } else {
            wrong.push(format!("{} differs", path.display()));
        }
    }
    for folder in ["completions", "man"] {
        for entry in std::fs::read_dir(root.join(folder))
            .into_iter()
            .flatten()
            .flatten()
        {
            let path = Path::new(folder).join(entry.file_name());
            if paths.contains(&path) {
                continue;
            }
            if update {
                std::fs::remove_file(entry.path()).expect("a stale file");
            } else {
                wrong.push(format!("{} is stale", path.display()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "run `UPDATE=1 cargo test artifacts`: {wrong:#?}"
    );
}
