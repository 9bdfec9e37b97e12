//! The lowest layer of sandboxes on this host's userland: a root with an /etc of its own and empty
//! homes, into which /usr and the like are bound. Of the host's settings it has those that programs in
//! /usr refer to and that everybody on the host may read; nothing else of the host is in it.

mod packages;
mod public;
mod reference;
mod state;

use std::collections::hash_map::DefaultHasher;
use std::fs::{self, Permissions};
use std::hash::{Hash as _, Hasher as _};
use std::os::unix::fs::{PermissionsExt as _, lchown, symlink};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::engine::identity;
use crate::guest_boot::{HOME, RESOLVER, USER, USER_NAME};
use public::Copies;

/// Changes with what is put into the layer: an engine makes a new one then.
const LAYOUT: u32 = 2;

/// What names of host layers begin with.
const NAME: &str = "host-";
/// Folders of programs, shown read-only where the host has them as folders.
const PROGRAMS: &[&str] = &[
    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32",
];
/// Files and folders of /etc that programs in /usr read by their names, and that hold no secret. No list
/// of packages tells of them: they are made at installation, or the host has no dpkg.
const SETTINGS: &[&str] = &[
    "ImageMagick-6",
    "ImageMagick-7",
    "OpenCL",
    "R",
    "X11",
    "alternatives",
    "bash.bashrc",
    "bindresvport.blacklist",
    "ca-certificates",
    "ca-certificates.conf",
    "crypto-policies",
    "debian_version",
    "ethertypes",
    "fedora-release",
    "fonts",
    "gai.conf",
    "ghostscript",
    "groff",
    "host.conf",
    "inputrc",
    "java",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "libnl",
    "libnl-3",
    "locale.alias",
    "locale.conf",
    "localtime",
    "magic",
    "man_db.conf",
    "manpath.config",
    "mime.types",
    "mke2fs.conf",
    "networks",
    "os-release",
    "papersize",
    "perl",
    "php",
    "pki/ca-trust",
    "pki/tls/certs",
    "pki/tls/cert.pem",
    "pki/tls/openssl.cnf",
    "protocols",
    "python3",
    "python3.11",
    "python3.12",
    "python3.13",
    "python3.14",
    "redhat-release",
    "rpc",
    "services",
    "sgml",
    "shells",
    "ssl/certs",
    "ssl/openssl.cnf",
    "terminfo",
    "timezone",
    "vim",
    "xdg",
    "xml",
];
/// What programs need of /var although no link leads there.
const DATA: &[&str] = &[
    "/var/cache/fontconfig",
    "/var/lib/ghostscript",
    "/var/lib/texmf",
];
/// Where programs go that are installed for all: /usr cannot be written to. Not in the home, which is also
/// the folder of whoever begins to work there.
const PREFIX: &str = "/opt";
const PROGRAMS_OF_PREFIX: &str = "/opt/bin";
const PATH: &str = "/home/daytona/.local/bin:/opt/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/// npm's settings for all users: there is no other place that needs no right in /usr, and leaves those of
/// the user alone (`nvm` refuses to work where the user's own settings name a prefix).
const NPM: &str = "/etc/npmrc";

/// Makes the layer below `layers` unless it is there already; returns its name.
///
/// The name changes with what it was copied from: a layer in use is never changed.
pub(super) fn ensure(layers: &Path) -> Result<String> {
    let mut signature = DefaultHasher::new();
    env!("CARGO_PKG_VERSION").hash(&mut signature);
    LAYOUT.hash(&mut signature);
    RESOLVER.hash(&mut signature);
    identity::outside().hash(&mut signature);
    for path in [
        "/etc/ld.so.cache",
        "/etc/alternatives",
        "/etc/ssl/certs",
        "/etc/os-release",
        "/var/lib/dpkg/status",
        "/usr/local/bin",
        "/",
    ] {
        if let Ok(meta) = fs::metadata(path) {
            meta.modified().ok().hash(&mut signature);
        }
    }
    let signature = format!("{NAME}{:016x}", signature.finish());
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
    name.starts_with(NAME)
}

/// Folders of the host to show read-only in every sandbox.
pub(super) fn binds() -> Vec<String> {
    PROGRAMS
        .iter()
        .filter(|path| fs::symlink_metadata(path).is_ok_and(|meta| meta.is_dir()))
        .map(|path| (*path).to_owned())
        .collect()
}

/// Variables of sandboxes on this layer, unless they are set otherwise.
pub(super) const ENVIRONMENT: &[(&str, &str)] = &[("NPM_CONFIG_GLOBALCONFIG", NPM), ("PATH", PATH)];

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
        ("opt/bin", 0o755),
        // npm looks there before it has installed anything.
        ("opt/lib", 0o755),
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
        ("run/lock", 0o1777),
        ("var/tmp", 0o1777),
        (&HOME[1..], 0o755),
    ] {
        let place = root.join(folder);
        fs::create_dir_all(&place)?;
        fs::set_permissions(&place, Permissions::from_mode(mode))?;
    }
    symlink("/run", root.join("var/run"))?;
    symlink("/run/lock", root.join("var/lock"))?;
    let etc = root.join("etc");
    copy_settings(root).context("cannot copy the host's settings")?;
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
        // The host's own may name proxies with logins.
        ("environment", String::new()),
        ("npmrc", npm_settings(&etc)),
        (
            "nsswitch.conf",
            "passwd: files\ngroup: files\nhosts: files dns\n".to_owned(),
        ),
        ("profile", "umask 022\n".to_owned()),
        ("resolv.conf", format!("nameserver {RESOLVER}\n")),
    ] {
        let place = etc.join(file);
        // Never through a link: that would lead to the host's own.
        let _ = fs::remove_file(&place);
        fs::write(place, text)?;
    }
    if fs::symlink_metadata(etc.join("shells")).is_err() {
        fs::write(etc.join("shells"), "/bin/sh\n")?;
    }
    symlink("/proc/self/mounts", etc.join("mtab"))?;
    if let Some(python) = python() {
        symlink(python, root.join(&PROGRAMS_OF_PREFIX[1..]).join("python"))?;
    }
    Ok(())
}

/// What the host's programs refer to, as far as everybody may read it.
fn copy_settings(root: &Path) -> std::io::Result<()> {
    let mut copies = Copies::into(root);
    for path in packages::unchanged() {
        copies.take_unchanged(&path)?;
    }
    for setting in SETTINGS {
        copies.take(&Path::new("/etc").join(setting))?;
    }
    for data in DATA {
        copies.take(Path::new(data))?;
    }
    for target in reference::targets(&binds(), &public::TOPS) {
        copies.take(&target)?;
    }
    for folder in state::folders() {
        copies.empty(&folder)?;
    }
    Ok(())
}

/// What the distribution says, and where programs go that are installed for all (`npm install -g`).
fn npm_settings(etc: &Path) -> String {
    let mut text = fs::read_to_string(etc.join("npmrc")).unwrap_or_default();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text + "prefix=" + PREFIX + "\n"
}

/// The Python that is `python` inside: where the host has none of that name.
fn python() -> Option<PathBuf> {
    let named = |name: &str| {
        ["/usr/local/bin", "/usr/bin", "/bin"]
            .iter()
            .map(|folder| Path::new(folder).join(name))
            // One that leads to somebody's home is not there inside.
            .find(|path| fs::canonicalize(path).is_ok_and(|real| real.starts_with("/usr")))
    };
    named("python").map_or_else(|| named("python3"), |_| None)
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
