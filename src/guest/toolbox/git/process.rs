//! One run of the sandbox's `git`: asked nothing, told its credentials by its environment only.

use std::ffi::OsString;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use axum::http::StatusCode;
use tokio::io::AsyncReadExt as _;
use tokio::net::unix::pipe;

use super::super::failure::{Answer, Failure};
use super::super::http::Toolbox;
use super::credentials::Credentials;
use super::failure;
use crate::guest::group::Group;
use crate::guest::spawn::Started;

/// How long git may take to tidy up when nobody waits for it any more.
const GRACE: Duration = Duration::from_secs(5);

/// The longest answer of git.
const LONGEST_ANSWER: usize = 16 << 20;
/// What is kept of what it says besides.
const SAID: usize = 256 << 10;
/// How much is read at once.
const READ: usize = 64 << 10;

/// A run that is being put together.
pub(super) struct Git<'a> {
    toolbox: &'a Toolbox,
    folder: PathBuf,
    arguments: Vec<OsString>,
    variables: Vec<(OsString, OsString)>,
    credentials: Option<&'a Credentials>,
    input: String,
}

/// What it wrote, where it ended well.
pub(super) type Output = Vec<u8>;

impl<'a> Git<'a> {
    /// In a folder, which must be the repository's own, not one below it.
    pub(super) fn within(toolbox: &'a Toolbox, folder: &Path) -> Self {
        let mut git = Self::anywhere(toolbox, folder);
        let ceiling = std::path::absolute(folder).unwrap_or_default();
        let ceiling = ceiling.parent().unwrap_or(Path::new("/"));
        git.variables
            .push(("GIT_CEILING_DIRECTORIES".into(), ceiling.into()));
        git
    }

    /// Where no repository is needed.
    pub(super) fn anywhere(toolbox: &'a Toolbox, folder: &Path) -> Self {
        Self {
            toolbox,
            folder: folder.to_owned(),
            arguments: Vec::new(),
            variables: Vec::new(),
            credentials: None,
            input: String::new(),
        }
    }

    pub(super) fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    pub(super) fn args<T: Into<OsString>>(
        mut self,
        arguments: impl IntoIterator<Item = T>,
    ) -> Self {
        self.arguments.extend(arguments.into_iter().map(Into::into));
        self
    }

    pub(super) fn env(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    pub(super) fn input(mut self, text: String) -> Self {
        self.input = text;
        self
    }

    pub(super) fn credentials(mut self, credentials: Option<&'a Credentials>) -> Self {
        self.credentials = credentials;
        self
    }

    /// Runs it; what git says of a failure becomes one of ours.
    pub(super) async fn run(self) -> Answer<Output> {
        let credentials = self.credentials;
        match self.attempt().await? {
            (Some(0), output, _) => Ok(output),
            (_, output, errors) => {
                let said = if errors.trim_ascii().is_empty() {
                    output
                } else {
                    errors
                };
                let said = String::from_utf8_lossy(&said);
                Err(failure::of(&redacted(&said, credentials)))
            }
        }
    }

    /// Runs it; its exit status, and both of its outputs.
    pub(super) async fn attempt(self) -> Answer<(Option<i32>, Output, Output)> {
        if !self.folder.is_dir() {
            return Err(failure::no_repository(&format!(
                "no such folder: {}",
                self.folder.display()
            )));
        }
        let mut command = self.toolbox.programs.program("git");
        command
            .args(&self.arguments)
            .env("LC_ALL", "C")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_ASKPASS", "")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_SSH_COMMAND", "ssh -oBatchMode=yes")
            .envs(self.variables)
            .current_dir(&self.folder);
        if let Some(credentials) = self.credentials {
            credentials.give(&mut command);
        }
        start(self.toolbox, command, self.input).await
    }
}

async fn start(
    toolbox: &Toolbox,
    mut command: Command,
    input: String,
) -> Answer<(Option<i32>, Output, Output)> {
    let broken = |error: io::Error| Failure::internal("cannot run git", error);
    let (out, out_end) = io::pipe().map_err(broken)?;
    let (err, err_end) = io::pipe().map_err(broken)?;
    command
        .stdin(Stdio::piped())
        .stdout(out_end)
        .stderr(err_end);
    let started = toolbox.programs.start(command);
    let Started {
        mut child,
        ended,
        group,
    } = started.map_err(|error| match error.kind() {
        ErrorKind::NotFound => Failure::new(
            StatusCode::NOT_IMPLEMENTED,
            "INTERNAL_SERVER_ERROR",
            "git is not installed in this sandbox",
        ),
        _ => broken(error),
    })?;
    let mut group = Asked(Some(group));
    if let Some(mut stdin) = child.stdin.take() {
        tokio::task::spawn_blocking(move || {
            let _ = stdin.write_all(input.as_bytes());
        });
    }
    let mut out = pipe::Receiver::from_owned_fd(out.into()).map_err(broken)?;
    let mut err = pipe::Receiver::from_owned_fd(err.into()).map_err(broken)?;
    let (output, errors) = tokio::join!(bounded(&mut out, LONGEST_ANSWER), bounded(&mut err, SAID));
    let (output, errors) = (output.map_err(broken)?, errors.map_err(broken)?);
    if output.len() > LONGEST_ANSWER {
        return Err(Failure::new(
            StatusCode::INSUFFICIENT_STORAGE,
            "INTERNAL_SERVER_ERROR",
            format!(
                "git's answer is longer than {} MiB: run git as a command, with its output in a file",
                LONGEST_ANSWER >> 20
            ),
        ));
    }
    let status = ended.await.ok();
    if let Some(group) = &mut group.0 {
        group.let_go();
    }
    group.0 = None;
    Ok((status.and_then(|status| status.code), output, errors))
}

/// All that comes, but little more than `most` bytes of it kept: the rest is read so that git can end.
async fn bounded(from: &mut pipe::Receiver, most: usize) -> io::Result<Output> {
    let mut kept = Vec::new();
    let mut buffer = vec![0; READ];
    loop {
        match from.read(&mut buffer).await? {
            0 => return Ok(kept),
            read if kept.len() <= most => kept.extend_from_slice(&buffer[..read]),
            _ => {}
        }
    }
}

/// A git that nobody waits for is asked to end: it takes away its locks and what it has half made.
struct Asked(Option<Group>);

impl Drop for Asked {
    fn drop(&mut self) {
        if let Some(mut group) = self.0.take()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(async move { group.end(GRACE).await });
        }
    }
}

/// The text without secrets: neither those that were given, nor any in an address.
pub(super) fn redacted(text: &str, credentials: Option<&Credentials>) -> String {
    let mut text = credentials.map_or_else(|| text.to_owned(), |known| known.redact(text));
    let mut from = 0;
    while let Some(at) = text[from..].find("://") {
        let start = from + at + 3;
        let rest = &text[start..];
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '/' | '\'' | '"'))
            .unwrap_or(rest.len());
        if let Some(host) = rest[..end].rfind('@') {
            text.replace_range(start..start + host, "***");
        }
        from = start;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lose_their_secrets() {
        assert_eq!(
            redacted("fatal: 'https://me:se@cret@host/x' and http://a/b@c", None),
            "fatal: 'https://***@host/x' and http://a/b@c"
        );
    }
}
