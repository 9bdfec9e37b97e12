//! From a sandbox to this machine.

use std::path::{Path, PathBuf};

use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use crate::api::types::FileInfo;
use crate::error::{Error, Kind, Result};

use super::{AT_ONCE, Copied, Ends, Passed, Toolbox, is_stream, join};

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
    let files = walk(toolbox, from, &target).await?;
    let sizes = stream::iter(files).map(|(path, info, target)| async move {
        file(toolbox, &path, &info, &target, passed).await
    });
    let sizes: Vec<u64> = sizes.buffer_unordered(AT_ONCE).try_collect().await?;
    copied.files = sizes.len() as u64;
    copied.bytes = sizes.iter().sum();
    Ok(copied)
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

/// Makes the folders here; returns the files with their targets.
async fn walk(
    toolbox: &Toolbox<'_>,
    from: &str,
    to: &Path,
) -> Result<Vec<(String, FileInfo, PathBuf)>> {
    let mut files = Vec::new();
    let mut open = vec![(from.to_owned(), to.to_owned(), 0)];
    while let Some((folder, target, depth)) = open.pop() {
        if depth > 100 {
            return Err(Error::new(
                Kind::Other,
                format!("{folder} is too deep: do its links go round in a circle?"),
            ));
        }
        std::fs::create_dir_all(&target).map_err(|error| cannot_write(&target, error))?;
        for info in toolbox.client.list_files(&toolbox.url, &folder).await? {
            let path = join(&folder, &info.name);
            if info.name.contains(char::REPLACEMENT_CHARACTER) {
                check_name(toolbox, &path).await?;
            }
            let target = target.join(safe(&info.name)?);
            if info.is_dir {
                open.push((path, target, depth + 1));
            } else {
                files.push((path, info, target));
            }
        }
    }
    Ok(files)
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
