//! From this machine into a sandbox.

use std::collections::BTreeSet;
use std::fs::Metadata;
use std::path::{Path, PathBuf};

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use reqwest::Body;
use tokio::io::AsyncRead;
use tokio_util::io::ReaderStream;

use crate::error::{Error, Kind, Result};

use super::{AT_ONCE, Copied, DEEPEST, Ends, Passed, Toolbox, is_stream, join, links};

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
        // A link that is named is followed: what it leads to was asked for.
        let from = from.canonicalize().unwrap_or_else(|_| from.to_owned());
        copied.bytes = file(toolbox, &from, &target, passed).await?;
        copied.files = 1;
        return Ok(copied);
    }
    let plan = Plan::of(from, &target, &mut copied)?;
    let there = there(toolbox, &target).await?;
    send_all(toolbox, plan, &there, passed, &mut copied).await?;
    Ok(copied)
}

/// The links below the target that are there already, by their whole path.
async fn there(toolbox: &Toolbox<'_>, target: &str) -> Result<BTreeSet<String>> {
    if !is_folder(toolbox, target).await? {
        return Ok(BTreeSet::new());
    }
    let links = links::find(toolbox, target).await?.unwrap_or_default();
    Ok(links.keys().map(|path| join(target, path)).collect())
}

/// Carries out a plan. Nothing is written through links that are there.
async fn send_all(
    toolbox: &Toolbox<'_>,
    mut plan: Plan,
    there: &BTreeSet<String>,
    passed: Passed<'_>,
    copied: &mut Copied,
) -> Result<()> {
    let mut closed = BTreeSet::new();
    for folder in plan.folders {
        let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
        if there.contains(&folder) {
            copied.leave_out(&folder, "a link of this name is there");
            closed.insert(folder);
        } else if closed.contains(above) {
            closed.insert(folder);
        } else {
            let client = toolbox.client;
            let made = client.create_folder(&toolbox.url, &folder, "0755").await;
            if let Err(error) = made {
                copied.leave_out_failed(&folder, error)?;
                closed.insert(folder);
            }
        }
    }
    let open = |target: &String| {
        let above = target.rsplit_once('/').map_or("", |(above, _)| above);
        !closed.contains(above)
    };
    plan.files.retain(|(_, target)| open(target));
    plan.links.retain(|(target, _)| open(target));
    let in_the_way = plan.files.iter().map(|(_, target)| target.clone());
    let in_the_way: Vec<String> = in_the_way.filter(|target| there.contains(target)).collect();
    links::remove(toolbox, &in_the_way).await?;
    let sent = stream::iter(plan.files).map(|(path, target)| async move {
        let sent = file(toolbox, &path, &target, passed).await;
        (path, sent)
    });
    let mut sent = std::pin::pin!(sent.buffer_unordered(AT_ONCE));
    while let Some((path, sent)) = sent.next().await {
        match sent {
            Ok(bytes) => {
                copied.files += 1;
                copied.bytes += bytes;
            }
            Err(error) => copied.leave_out_failed(path.display().to_string(), error)?,
        }
    }
    let failed = links::make(toolbox, &plan.links).await?;
    copied.links += (plan.links.len() - failed.len()) as u64;
    for at in failed {
        copied.leave_out(&plan.links[at].0, "the link cannot be made in the sandbox");
    }
    Ok(())
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
        ..Copied::default()
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

/// What is to be made in the sandbox, from the top down.
#[derive(Default)]
struct Plan {
    folders: Vec<String>,
    files: Vec<(PathBuf, String)>,
    /// Their paths there, and where they lead.
    links: Vec<(String, String)>,
}

impl Plan {
    /// What is below a folder here. No link is followed; what cannot be carried is noted.
    fn of(from: &Path, target: &str, copied: &mut Copied) -> Result<Self> {
        let mut plan = Self {
            folders: vec![target.to_owned()],
            ..Self::default()
        };
        let mut open = vec![(from.to_owned(), target.to_owned(), 0)];
        while let Some((folder, target, depth)) = open.pop() {
            let entries = match std::fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) if depth == 0 => {
                    let message = format!("cannot read {}", folder.display());
                    return Err(Error::new(Kind::Other, message).because(error));
                }
                Err(error) => {
                    copied.leave_out(folder.display().to_string(), error.to_string());
                    continue;
                }
            };
            for entry in entries {
                let path = match &entry {
                    Ok(entry) => entry.path(),
                    Err(error) => {
                        copied.leave_out(folder.display().to_string(), error.to_string());
                        continue;
                    }
                };
                if let Err(why) = plan.add(&path, &target, depth, &mut open) {
                    copied.leave_out(path.display().to_string(), why);
                }
            }
        }
        Ok(plan)
    }

    fn add(
        &mut self,
        path: &Path,
        target: &str,
        depth: usize,
        open: &mut Vec<(PathBuf, String, usize)>,
    ) -> std::result::Result<(), String> {
        let name = path.file_name().and_then(|name| name.to_str());
        let target = join(target, name.ok_or("its name is not UTF-8")?);
        let meta = std::fs::symlink_metadata(path).map_err(|error| error.to_string())?;
        if meta.is_symlink() {
            let leads = std::fs::read_link(path).map_err(|error| error.to_string())?;
            let leads = leads.to_str().ok_or("where it leads is not UTF-8")?;
            self.links.push((target, leads.to_owned()));
        } else if meta.is_dir() {
            if depth >= DEEPEST {
                return Err("it is too deep".to_owned());
            }
            self.folders.push(target.clone());
            open.push((path.to_owned(), target, depth + 1));
        } else if meta.is_file() {
            self.files.push((path.to_owned(), target));
        } else {
            return Err("it is neither a file, a folder nor a link".to_owned());
        }
        Ok(())
    }
}

async fn look(path: &Path) -> Result<Metadata> {
    tokio::fs::metadata(path).await.map_err(|error| {
        Error::new(Kind::NotFound, format!("cannot read {}", path.display())).because(error)
    })
}

/// Opens a file that is one: no link in its place, and nothing that keeps its reader waiting.
async fn open(path: &Path) -> Result<(tokio::fs::File, Metadata)> {
    let failed =
        |error| Error::new(Kind::Other, format!("cannot read {}", path.display())).because(error);
    let mut options = tokio::fs::OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.custom_flags(i32::try_from(flags.bits()).unwrap_or_default());
    }
    let file = options.open(path).await.map_err(failed)?;
    let meta = file.metadata().await.map_err(failed)?;
    if !meta.is_file() {
        let message = format!("{} is no file any more", path.display());
        return Err(Error::new(Kind::Other, message));
    }
    Ok((file, meta))
}

async fn file(toolbox: &Toolbox<'_>, from: &Path, to: &str, passed: Passed<'_>) -> Result<u64> {
    let (opened, meta) = open(from).await?;
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
