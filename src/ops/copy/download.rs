//! From a sandbox to this machine.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use futures_util::{StreamExt as _, stream};

use crate::api::types::FileInfo;
use crate::error::{Error, Kind, Result};

use super::links::{self, Links};
use super::{AT_ONCE, Copied, DEEPEST, Ends, Passed, Toolbox, is_stream, join};

pub(super) async fn download(
    toolbox: &Toolbox<'_>,
    from: &str,
    to: &Path,
    ends: Ends<'_>,
) -> Result<Copied> {
    let passed = ends.passed;
    let info = toolbox.client.file_info(&toolbox.url, from).await?;
    if is_stream(to) {
        if info.is_dir {
            return Err(Error::usage(format!(
                "{from} is a folder; standard output takes a file"
            )));
        }
        let bytes = receive(toolbox, from, ends.output, passed).await?;
        return Ok(Copied {
            files: 1,
            bytes,
            to: "-".to_owned(),
            ..Copied::default()
        });
    }
    let target = target(to, &info)?;
    let mut copied = Copied {
        to: target.display().to_string(),
        ..Copied::default()
    };
    if !info.is_dir {
        copied.bytes = file(toolbox, from, &info, &target, passed).await?;
        copied.files = 1;
        return Ok(copied);
    }
    let links = links::find(toolbox, from).await?;
    let walked = walk(toolbox, from, &target, links.as_ref(), &mut copied).await?;
    let got = stream::iter(walked.files).map(|(path, info, target)| async move {
        let got = file(toolbox, &path, &info, &target, passed).await;
        (path, got)
    });
    let mut got = std::pin::pin!(got.buffer_unordered(AT_ONCE));
    while let Some((path, got)) = got.next().await {
        match got {
            Ok(bytes) => {
                copied.files += 1;
                copied.bytes += bytes;
            }
            Err(error) => copied.leave_out_failed(path, error)?,
        }
    }
    // Last, so that nothing is written through them.
    for (path, leads) in links.unwrap_or_default() {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let Some(folder) = walked.folders.get(above) else {
            continue;
        };
        match safe(name)
            .map_err(|error| error.text())
            .and_then(|name| link(&leads, &folder.join(name)).map_err(|error| error.to_string()))
        {
            Ok(()) => copied.links += 1,
            Err(why) => copied.leave_out(join(from, &path), why),
        }
    }
    Ok(copied)
}

/// Makes a link here, in the place of what is there, but not of a folder.
#[cfg(unix)]
fn link(leads: &str, at: &Path) -> std::io::Result<()> {
    if std::fs::symlink_metadata(at).is_ok_and(|meta| meta.is_dir()) {
        return Err(std::io::Error::other("a folder of this name is there"));
    }
    let draft = tempfile::Builder::new()
        .prefix(".daytona-")
        .make_in(at.parent().unwrap_or(Path::new(".")), |draft| {
            std::os::unix::fs::symlink(leads, draft)
        })?;
    draft.persist(at).map(drop).map_err(|error| error.error)
}

/// Makes a link here, in the place of what is there, but not of a folder.
#[cfg(not(unix))]
fn link(_: &str, _: &Path) -> std::io::Result<()> {
    Err(std::io::Error::other(
        "it is a link, which are not made on this system",
    ))
}

/// Where it goes: into a folder that is there or is asked for by a slash, else to that very name.
fn target(to: &Path, info: &FileInfo) -> Result<PathBuf> {
    let asked = to.as_os_str().as_encoded_bytes().ends_with(b"/");
    if to.is_dir() || asked {
        Ok(to.join(safe(&info.name)?))
    } else {
        Ok(to.to_owned())
    }
}

/// A name that stays in its folder: what a sandbox says is not to be trusted.
fn safe(name: &str) -> Result<&str> {
    if name.is_empty() || name == "." || name == ".." || name.contains(['/', '\\', '\0']) {
        return Err(Error::new(
            Kind::Other,
            format!("the sandbox has a file of the name {name:?}, which is refused here"),
        ));
    }
    Ok(name)
}

/// What was found in a sandbox.
#[derive(Default)]
struct Walked {
    files: Vec<(String, FileInfo, PathBuf)>,
    /// The folders that were made here, by their path below the top.
    folders: BTreeMap<String, PathBuf>,
}

/// Makes the folders here, and returns the files with their targets. No link is entered, on either side.
async fn walk(
    toolbox: &Toolbox<'_>,
    from: &str,
    to: &Path,
    links: Option<&Links>,
    copied: &mut Copied,
) -> Result<Walked> {
    let mut walked = Walked::default();
    let mut open = vec![(String::new(), to.to_owned(), 0)];
    while let Some((below, target, depth)) = open.pop() {
        let folder = if below.is_empty() {
            from.to_owned()
        } else {
            join(from, &below)
        };
        let made = if depth == 0 {
            std::fs::create_dir_all(&target)
        } else {
            folder_here(&target)
        };
        if let Err(error) = made {
            let error = cannot_write(&target, error);
            if depth == 0 {
                return Err(error);
            }
            copied.leave_out(folder, error.text());
            continue;
        }
        walked.folders.insert(below.clone(), target.clone());
        let entries = match toolbox.client.list_files(&toolbox.url, &folder).await {
            Ok(entries) => entries,
            Err(error) if depth == 0 => return Err(error),
            Err(error) => {
                copied.leave_out_failed(folder, error)?;
                continue;
            }
        };
        for info in entries {
            let (path, below) = (join(&folder, &info.name), join(&below, &info.name));
            if links.is_some_and(|links| links.contains_key(&below)) {
                continue;
            }
            if let Err(error) = carried(toolbox, &path, &info).await {
                copied.leave_out_failed(path, error)?;
                continue;
            }
            let target = target.join(&info.name);
            if !info.is_dir {
                walked.files.push((path, info, target));
            } else if depth < DEEPEST {
                open.push((below, target, depth + 1));
            } else {
                copied.leave_out(path, "it is too deep: its links may go round in a circle");
            }
        }
    }
    Ok(walked)
}

/// Makes a folder, or finds one; a link to one is none.
fn folder_here(path: &Path) -> std::io::Result<()> {
    match std::fs::create_dir(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let meta = std::fs::symlink_metadata(path)?;
            if meta.is_dir() {
                return Ok(());
            }
            let what = if meta.is_symlink() {
                "a link"
            } else {
                "a file"
            };
            Err(std::io::Error::other(format!(
                "{what} of this name is there"
            )))
        }
        made => made,
    }
}

/// Whether something can be carried: a file or a folder, of a name that stays where it belongs.
async fn carried(toolbox: &Toolbox<'_>, path: &str, info: &FileInfo) -> Result<()> {
    safe(&info.name)?;
    if info.name.contains(char::REPLACEMENT_CHARACTER) {
        check_name(toolbox, path).await?;
    }
    let letters = &info.mode[..info.mode.len().saturating_sub(9)];
    if !info.is_dir && letters.contains(['p', 'S', 'D', 'c']) {
        let message = format!("{path} is neither a file, a folder nor a link");
        return Err(Error::new(Kind::Other, message));
    }
    Ok(())
}

/// What is no text is listed with other characters in its place, and is not found by them.
async fn check_name(toolbox: &Toolbox<'_>, path: &str) -> Result<()> {
    match toolbox.client.file_info(&toolbox.url, path).await {
        Err(error) if error.kind() == Kind::NotFound => Err(Error::new(
            Kind::Other,
            format!("the name of {path} is not UTF-8"),
        )
        .hint("pack the folder instead: `daytona exec SANDBOX -- tar c FOLDER > FILE.tar`")),
        found => found.map(drop),
    }
}

/// A file, complete or not there at all.
async fn file(
    toolbox: &Toolbox<'_>,
    from: &str,
    #[cfg_attr(not(unix), expect(unused_variables, reason = "modes are Unix's"))] info: &FileInfo,
    to: &Path,
    passed: Passed<'_>,
) -> Result<u64> {
    let folder = to
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|error| cannot_write(folder, error))?;
    let mut draft = tempfile::Builder::new()
        .prefix(".daytona-")
        .tempfile_in(folder)
        .map_err(|error| cannot_write(folder, error))?;
    let bytes = receive(toolbox, from, &mut draft, passed).await?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = u32::from_str_radix(&info.permissions, 8).unwrap_or(0o644) & 0o777;
        let permissions = std::fs::Permissions::from_mode(mode);
        draft
            .as_file()
            .set_permissions(permissions)
            .map_err(|error| cannot_write(to, error))?;
    }
    draft
        .persist(to)
        .map_err(|error| cannot_write(to, error.error))?;
    Ok(bytes)
}

async fn receive(
    toolbox: &Toolbox<'_>,
    from: &str,
    to: &mut (dyn std::io::Write + Send),
    passed: Passed<'_>,
) -> Result<u64> {
    let mut chunks = std::pin::pin!(toolbox.client.download_file(&toolbox.url, from).await?);
    let mut bytes = 0;
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk?;
        to.write_all(&chunk).map_err(|error| {
            Error::new(Kind::Other, format!("cannot write what {from} holds")).because(error)
        })?;
        bytes += chunk.len() as u64;
        passed(chunk.len() as u64);
    }
    to.flush().map_err(|error| {
        Error::new(Kind::Other, format!("cannot write what {from} holds")).because(error)
    })?;
    Ok(bytes)
}

fn cannot_write(path: &Path, error: std::io::Error) -> Error {
    Error::new(Kind::Other, format!("cannot write {}", path.display())).because(error)
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        for name in ["", ".", "..", "a/b", "..\\x", "a\0"] {
            assert!(safe(name).is_err(), "{name:?}");
        }
        assert!(safe("a b\n").is_ok());
    }
}
