//! The uppermost layer of an image: the sandbox's user, its home, and places to mount on.

use std::fmt::Write as _;

use anyhow::Result;

use super::overlay_view::{Found, Stack};
use crate::engine::archive::{Entry, OPAQUE, What, Writer};
use crate::guest_boot::{HOME, RESOLVER, USER, USER_NAME};

/// Folders that must be real ones: mounts are made on them before the image is `/`, and a link in
/// their place would lead to the host.
const FOLDERS: &[(&str, u32)] = &[
    ("dev", 0o755),
    ("etc", 0o755),
    ("home", 0o755),
    ("proc", 0o555),
    ("run", 0o755),
    ("sys", 0o555),
    ("tmp", 0o1777),
];

/// The layer as a tar stream: the same for the same image.
pub(super) fn tar(stack: &Stack) -> Result<Vec<u8>> {
    let mut out = Writer::new(Vec::new());
    for (name, mode) in FOLDERS.iter().copied().chain([(&HOME[1..], 0o755)]) {
        out.append(&folder(name, mode), &mut std::io::empty())?;
        let names: Vec<_> = name.split('/').collect();
        if !matches!(stack.look(&names)?, Found::Folder(_) | Found::Nothing) {
            // Nothing of what may be below the link comes to light.
            let mark = [name.as_bytes(), b"/", OPAQUE].concat();
            out.append(&file(mark, 0), &mut std::io::empty())?;
        }
    }
    let mut files = vec![
        ("passwd", users(stack.read("/etc/passwd")?)),
        ("group", groups(stack.read("/etc/group")?)),
    ];
    let missing =
        |name: &str| -> Result<bool> { Ok(!matches!(stack.look(&["etc", name])?, Found::File(_))) };
    let blank = stack
        .read("/etc/hosts")?
        .is_none_or(|text| text.trim_ascii().is_empty());
    if blank || missing("hosts")? {
        files.push(("hosts", b"127.0.0.1 localhost\n::1 localhost\n".to_vec()));
    }
    // Its own would name servers of the machine that made it, or lead to a service that is not there.
    files.push((
        "resolv.conf",
        format!("nameserver {RESOLVER}\n").into_bytes(),
    ));
    if stack.look(&["etc", "nsswitch.conf"])? == Found::Nothing {
        let text = "passwd: files\ngroup: files\nhosts: files dns\n";
        files.push(("nsswitch.conf", text.as_bytes().to_vec()));
    }
    for (name, text) in files {
        let path = [b"etc/", name.as_bytes()].concat();
        out.append(&file(path, text.len() as u64), &mut &text[..])?;
    }
    Ok(out.end()?)
}

/// The image's users, with the sandbox's in the place of whoever has its name or number.
fn users(there: Option<Vec<u8>>) -> Vec<u8> {
    let there = there.unwrap_or_else(|| {
        b"root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n".to_vec()
    });
    merged(
        &there,
        &format!("{USER_NAME}:x:{USER}:{USER}::{HOME}:/bin/sh\n"),
    )
}

fn groups(there: Option<Vec<u8>>) -> Vec<u8> {
    let there = there.unwrap_or_else(|| b"root:x:0:\nnogroup:x:65534:\n".to_vec());
    merged(&there, &format!("{USER_NAME}:x:{USER}:\n"))
}

fn merged(there: &[u8], line: &str) -> Vec<u8> {
    let mut text = String::new();
    for other in String::from_utf8_lossy(there).lines() {
        let mut fields = other.split(':');
        let (name, number) = (fields.next(), fields.nth(1));
        let same =
            name == Some(USER_NAME) || number.and_then(|number| number.parse().ok()) == Some(USER);
        if !same && !other.is_empty() {
            let _ = writeln!(text, "{other}");
        }
    }
    text += line;
    text.into_bytes()
}

fn folder(path: &str, mode: u32) -> Entry {
    Entry {
        what: What::Folder,
        mode,
        ..file([path.as_bytes(), b"/"].concat(), 0)
    }
}

fn file(path: Vec<u8>, size: u64) -> Entry {
    Entry {
        path,
        mode: 0o644,
        size,
        ..Entry::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sandboxs_user_takes_the_place_of_its_number_and_its_name() {
        let there = b"root:x:0:0::/root:/bin/bash\nnode:x:1000:1000::/home/node:/bin/bash\ndaytona:x:7:7::/:/x\n\nlast:x:10:10::/:/x";
        assert_eq!(
            String::from_utf8(users(Some(there.to_vec()))).unwrap(),
            "root:x:0:0::/root:/bin/bash\nlast:x:10:10::/:/x\ndaytona:x:1000:1000::/home/daytona:/bin/sh\n"
        );
        assert_eq!(
            String::from_utf8(groups(Some(b"root:x:0:\nnode:x:1000:\n".to_vec()))).unwrap(),
            "root:x:0:\ndaytona:x:1000:\n"
        );
        assert!(users(None).starts_with(b"root:"));
    }
}
