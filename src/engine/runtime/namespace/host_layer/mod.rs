//! The lowest layer of sandboxes on this host's userland: a root with a synthetic /etc and empty
//! homes, into which /usr and the like are bound. Nothing else of the host is in it.

use std::collections::hash_map::DefaultHasher;
use std::fs::{self, Permissions};
use std::hash::{Hash as _, Hasher as _};
use std::io::ErrorKind;
use std::os::unix::fs::{PermissionsExt as _, lchown, symlink};
use std::path::Path;

use anyhow::{Context as _, Result};

use super::identity;
use super::network::NAMES;
use super::plan::{HOME, USER, USER_NAME};

/// What names of host layers begin with.
const PREFIX: &str = "host-";
/// Folders of programs, shown read-only where the host has them as folders.
const PROGRAMS: &[&str] = &[
    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32",
];
/// Files and folders of /etc that programs in /usr need, and that hold no secret.
const SETTINGS: &[&str] = &[
    "alternatives",
    "ca-certificates",
    "ca-certificates.conf",
    "debian_version",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "magic",
    "mime.types",
    "os-release",
    "pki/ca-trust",
    "protocols",
    "python3",
    "python3.11",
    "python3.12",
    "python3.13",
    "services",
    "shells",
    "ssl/certs",
    "ssl/openssl.cnf",
    "terminfo",
    "timezone",
    "vim",
];

/// Makes the layer below `layers` unless it is there already; returns its name.
///
/// The name changes with what it was copied from: a layer in use is never changed.
pub(super) fn ensure(layers: &Path) -> Result<String> {
    let mut signature = DefaultHasher::new();
    env!("CARGO_PKG_VERSION").hash(&mut signature);
    NAMES.hash(&mut signature);
    identity::outside().hash(&mut signature);
    for path in [
        "/etc/ld.so.cache",
        "/etc/alternatives",
        "/etc/ssl/certs",
        "/etc/os-release",
        "/",
    ] {
        if let Ok(meta) = fs::metadata(path) {
            meta.modified().ok().hash(&mut signature);
        }
    }
    let signature = format!("{PREFIX}{:016x}", signature.finish());
    // One that is damaged may still be in use: it is left, and another one is made beside it.
    let mut number = 0;
    let (name, place) = loop {
        let name = match number {
            0 => signature.clone(),
            number => format!("{signature}-{number}"),
        };
        let place = layers.join(&name);
        if !place.exists() {
            break (name, place);
        }
        if is_whole(&place) {
            return Ok(name);
        }
        tracing::warn!("the base layer {name} is damaged; another one is made");
        number += 1;
    };
    let draft = tempfile::Builder::new()
        .prefix("draft-")
        .permissions(Permissions::from_mode(0o755))
        .tempdir_in(layers)
        .context("cannot make the host layer")?;
    fill(draft.path()).context("cannot fill the host layer")?;
    if identity::takes_ids() {
        own(draft.path(), identity::outside())
            .context("cannot hand the host layer to the sandboxes' user")?;
    }
    match fs::rename(draft.path(), &place) {
        Ok(()) => drop(draft.keep()),
        Err(_) if place.exists() => {}
        Err(error) => return Err(error).context("cannot put the host layer in place"),
    }
    Ok(name)
}

/// Whether a layer has all that a sandbox needs to start: what is mounted needs a place.
fn is_whole(layer: &Path) -> bool {
    let places = ["/dev", "/etc/passwd", "/proc", "/run", "/tmp", HOME];
    let mut needed = binds().into_iter().chain(places.map(str::to_owned));
    needed.all(|path| layer.join(&path[1..]).exists())
}

/// Whether a layer of that name is one of a host.
pub(super) fn is_one(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// Folders of the host to show read-only in every sandbox.
pub(super) fn binds() -> Vec<String> {
    PROGRAMS
        .iter()
        .filter(|path| fs::symlink_metadata(path).is_ok_and(|meta| meta.is_dir()))
        .map(|path| (*path).to_owned())
        .collect()
}

fn fill(root: &Path) -> Result<()> {
    for program in PROGRAMS {
        let place = root.join(&program[1..]);
        match fs::symlink_metadata(program) {
            Ok(meta) if meta.is_symlink() => symlink(fs::read_link(program)?, &place)?,
            Ok(meta) if meta.is_dir() => fs::create_dir(&place)?,
            _ => {}
        }
    }
    for (folder, mode) in [
        ("dev", 0o755),
        ("etc", 0o755),
        ("home", 0o755),
        ("media", 0o755),
        ("mnt", 0o755),
        ("opt", 0o755),
        ("proc", 0o555),
        ("root", 0o700),
        ("run", 0o755),
        ("srv", 0o755),
        ("sys", 0o555),
        ("tmp", 0o1777),
        ("var", 0o755),
        ("var/cache", 0o755),
        ("var/lib", 0o755),
        ("var/log", 0o755),
        ("var/tmp", 0o1777),
        (&HOME[1..], 0o755),
    ] {
        let place = root.join(folder);
        fs::create_dir_all(&place)?;
        fs::set_permissions(&place, Permissions::from_mode(mode))?;
    }
    symlink("/run", root.join("var/run"))?;
    let etc = root.join("etc");
    for setting in SETTINGS {
        copy(&Path::new("/etc").join(setting), &etc.join(setting))
            .with_context(|| format!("cannot copy /etc/{setting}"))?;
    }
    let id = USER;
    for (file, text) in [
        (
            "passwd",
            format!(
                "root:x:0:0:root:/root:/bin/sh\n{USER_NAME}:x:{id}:{id}::{HOME}:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n"
            ),
        ),
        (
            "group",
            format!("root:x:0:\n{USER_NAME}:x:{id}:\nnogroup:x:65534:\n"),
        ),
        ("hosts", "127.0.0.1 localhost\n::1 localhost\n".to_owned()),
        (
            "nsswitch.conf",
            "passwd: files\ngroup: files\nhosts: files dns\n".to_owned(),
        ),
        ("profile", "umask 022\n".to_owned()),
        ("resolv.conf", format!("nameserver {NAMES}\n")),
    ] {
        fs::write(etc.join(file), text)?;
    }
    if !etc.join("shells").exists() {
        fs::write(etc.join("shells"), "/bin/sh\n")?;
    }
    Ok(())
}

/// Copies files, folders and links; what this user cannot read is left out, as is what is not there.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let meta = match fs::symlink_metadata(from) {
        Ok(meta) => meta,
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::NotFound | ErrorKind::PermissionDenied
            ) =>
        {
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    if meta.is_symlink() {
        symlink(fs::read_link(from)?, to)?;
    } else if meta.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    } else if meta.is_file() && meta.permissions().mode() & 0o004 != 0 {
        // Only what everybody may read: a secret is not for everybody.
        fs::copy(from, to)?;
    }
    Ok(())
}

fn own(path: &Path, (user, group): (u32, u32)) -> Result<()> {
    lchown(path, Some(user), Some(group))?;
    if fs::symlink_metadata(path)?.is_dir() {
        for entry in fs::read_dir(path)? {
            own(&entry?.path(), (user, group))?;
        }
    }
    Ok(())
}
