//! From this machine into a sandbox.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use reqwest::Body;
use tokio::io::AsyncRead;
use tokio_util::io::ReaderStream;

use crate::error::{Error, Kind, Result};

use super::{AT_ONCE, Copied, Ends, Passed, Toolbox, is_stream, join};

pub(super) async fn upload(
    toolbox: &Toolbox<'_>,
    from: &Path,
    to: &str,
    ends: Ends<'_>,
) -> Result<Copied> {
    let passed = ends.passed;
    if is_stream(from) {
        return standard_input(toolbox, to, ends).await;
    }
    let meta = look(from).await?;
    let name = from
        .canonicalize()
        .ok()
        .and_then(|path| Some(path.file_name()?.to_str()?.to_owned()));
    let target = target(toolbox, to, name.as_deref()).await?;
    let mut copied = Copied {
        to: target.clone(),
        ..Copied::default()
    };
    if meta.is_file() {
        copied.bytes = file(toolbox, from, &meta, &target, passed).await?;
        copied.files = 1;
        return Ok(copied);
    }
    let (folders, files) = walk(from, &target)?;
    for folder in folders {
        toolbox
            .client
            .create_folder(&toolbox.url, &folder, "0755")
            .await?;
    }
    let sizes = stream::iter(files).map(|(path, target)| async move {
        let meta = look(&path).await?;
        file(toolbox, &path, &meta, &target, passed).await
    });
    let sizes: Vec<u64> = sizes.buffer_unordered(AT_ONCE).try_collect().await?;
    copied.files = sizes.len() as u64;
    copied.bytes = sizes.iter().sum();
    Ok(copied)
}

async fn standard_input(toolbox: &Toolbox<'_>, to: &str, ends: Ends<'_>) -> Result<Copied> {
    if is_folder(toolbox, to).await? {
        return Err(Error::usage(format!(
            "{to} is a folder; standard input needs the name of a file"
        )));
    }
    let bytes = send(toolbox, ends.input, None, to, ends.passed).await?;
    Ok(Copied {
        files: 1,
        bytes,
        to: to.to_owned(),
    })
}

/// Where it goes: into a folder that is there or is asked for by a slash, else to that very name.
async fn target(toolbox: &Toolbox<'_>, to: &str, name: Option<&str>) -> Result<String> {
    if !to.ends_with('/') && !is_folder(toolbox, to).await? {
        return Ok(to.to_owned());
    }
    let name =
        name.ok_or_else(|| Error::usage("its name is not UTF-8; name the target in full"))?;
    Ok(if to == "." {
        name.to_owned()
    } else {
        join(to, name)
    })
}

async fn is_folder(toolbox: &Toolbox<'_>, path: &str) -> Result<bool> {
    match toolbox.client.file_info(&toolbox.url, path).await {
        Ok(info) => Ok(info.is_dir),
        Err(error) if error.kind() == Kind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

type Plan = (Vec<String>, Vec<(PathBuf, String)>);

/// The folders to make, from the top down, and the files with their targets. Links are followed.
fn walk(from: &Path, target: &str) -> Result<Plan> {
    let (mut folders, mut files) = (vec![target.to_owned()], Vec::new());
    let mut open = vec![(from.to_owned(), target.to_owned(), 0)];
    while let Some((folder, target, depth)) = open.pop() {
        let failed = |error| {
            Error::new(Kind::Other, format!("cannot read {}", folder.display())).because(error)
        };
        if depth > 100 {
            return Err(Error::new(
                Kind::Other,
                format!(
                    "{} is too deep: do its links go round in a circle?",
                    folder.display()
                ),
            ));
        }
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
                return Err(Error::new(
                    Kind::Other,
                    format!("the name of {} is not UTF-8", path.display()),
                ));
            };
            let target = join(&target, name);
            let meta = std::fs::metadata(&path).map_err(|error| {
                Error::new(Kind::Other, format!("cannot read {}", path.display())).because(error)
            })?;
            if meta.is_dir() {
                folders.push(target.clone());
                open.push((path, target, depth + 1));
            } else if meta.is_file() {
                files.push((path, target));
            } else {
                return Err(Error::new(
                    Kind::Other,
                    format!("{} is neither a file nor a folder", path.display()),
                ));
            }
        }
    }
    Ok((folders, files))
}

async fn look(path: &Path) -> Result<Metadata> {
    tokio::fs::metadata(path).await.map_err(|error| {
        Error::new(Kind::NotFound, format!("cannot read {}", path.display())).because(error)
    })
}

async fn file(
    toolbox: &Toolbox<'_>,
    from: &Path,
    meta: &Metadata,
    to: &str,
    passed: Passed<'_>,
) -> Result<u64> {
    let opened = tokio::fs::File::open(from).await.map_err(|error| {
        Error::new(Kind::Other, format!("cannot read {}", from.display())).because(error)
    })?;
    let bytes = send(toolbox, opened, Some(meta.len()), to, passed).await?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = meta.permissions().mode() & 0o777;
        if mode & 0o111 != 0 {
            toolbox
                .client
                .set_permissions(&toolbox.url, to, &format!("{mode:04o}"))
                .await?;
        }
    }
    Ok(bytes)
}

/// Streams into a file of the sandbox, and sees that all of it arrived.
async fn send(
    toolbox: &Toolbox<'_>,
    from: impl AsyncRead + Send + 'static,
    expected: Option<u64>,
    to: &str,
    passed: Passed<'_>,
) -> Result<u64> {
    let (count, mut counted) = tokio::sync::mpsc::unbounded_channel();
    let chunks = ReaderStream::with_capacity(from, 128 << 10).inspect_ok(move |chunk| {
        let _ = count.send(chunk.len() as u64);
    });
    let upload = toolbox
        .client
        .upload_file(&toolbox.url, to, Body::wrap_stream(chunks));
    tokio::pin!(upload);
    let mut bytes = 0;
    loop {
        tokio::select! {
            biased;
            Some(more) = counted.recv() => {
                bytes += more;
                passed(more);
            }
            outcome = &mut upload => {
                outcome?;
                break;
            }
        }
    }
    while let Ok(more) = counted.try_recv() {
        bytes += more;
    }
    let arrived = toolbox.client.file_info(&toolbox.url, to).await?.size;
    if arrived != bytes || expected.is_some_and(|expected| expected != bytes) {
        return Err(Error::new(
            Kind::Other,
            format!("{to} has {arrived} bytes after {bytes} were sent: it was changed meanwhile"),
        ));
    }
    Ok(bytes)
}
