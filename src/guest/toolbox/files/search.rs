//! `GET /files/find` (text in files) and `GET /files/search` (names): streamed while the walk goes on.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;

use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use memchr::memmem::Finder;
use serde::Serialize;
use tokio::sync::mpsc;

use crate::api::types::Match;

use super::super::failure::{Answer, Failure};
use super::super::params::Params;
use super::super::regular;
use super::glob::Glob;
use super::inside as within;

/// How much of a file is looked at to tell whether it is text.
const SNIFFED: usize = 512;
/// The longest part of a line that is searched and shown.
const LONGEST_LINE: u64 = 1 << 20;
/// How much is sent at once.
const CHUNK: usize = 32 << 10;
/// What is walked only where the walk begins in it: it is no disk, and some of it never ends.
const PSEUDO: [&str; 3] = ["/dev", "/proc", "/sys"];

pub(super) async fn find(params: Params) -> Answer<Response> {
    let root = params.required_path("path")?;
    let pattern = params.required("pattern")?;
    Ok(stream("[", "]", move |found| {
        let finder = Finder::new(&pattern);
        walk(&root, &mut |path, kind| {
            !kind.is_file() || matches_of(path, &finder, found).unwrap_or(true) && found.wanted()
        });
    }))
}

pub(super) async fn search(params: Params) -> Answer<Response> {
    let root = params.required_path("path")?;
    let pattern = params.required("pattern")?;
    let glob =
        Glob::parse(&pattern).ok_or_else(|| Failure::bad_request("syntax error in pattern"))?;
    Ok(stream(r#"{"files":["#, "]}", move |found| {
        walk(&root, &mut |path, _| {
            let name = path.file_name().unwrap_or(path.as_os_str());
            if glob.matches(name.as_encoded_bytes()) {
                return found.add(&path.to_string_lossy());
            }
            found.wanted()
        });
    }))
}

/// Visits the root and all below it in the order of names, until `visit` has enough. Links are
/// visited but not followed, except the root itself.
fn walk(root: &Path, visit: &mut dyn FnMut(&Path, fs::FileType) -> bool) {
    let Ok(meta) = fs::metadata(root) else {
        return;
    };
    // Unreadable: nothing at all, not even the root.
    if meta.is_dir() && fs::read_dir(root).is_err() {
        return;
    }
    let inside = fs::canonicalize(root)
        .is_ok_and(|root| PSEUDO.iter().any(|pseudo| root.starts_with(pseudo)));
    descend(root, meta.file_type(), inside, visit);
}

fn descend(
    path: &Path,
    kind: fs::FileType,
    inside: bool,
    visit: &mut dyn FnMut(&Path, fs::FileType) -> bool,
) -> bool {
    if !visit(path, kind) {
        return false;
    }
    if !kind.is_dir() || (!inside && PSEUDO.iter().any(|pseudo| path == Path::new(pseudo))) {
        return true;
    }
    let mut below: Vec<_> = fs::read_dir(path)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name(), entry.file_type().ok()?)))
        .collect();
    below.sort_by(|(one, _), (other, _)| one.cmp(other));
    below
        .into_iter()
        .all(|(name, kind)| descend(&within(path, &name), kind, inside, visit))
}

/// Adds the lines of a text file that hold the text; `false` when nobody wants more.
fn matches_of(path: &Path, finder: &Finder<'_>, found: &mut Found) -> std::io::Result<bool> {
    let mut file = BufReader::with_capacity(64 << 10, regular::open(path)?.0);
    let head = file.fill_buf()?;
    if memchr::memchr(0, &head[..head.len().min(SNIFFED)]).is_some() {
        return Ok(true);
    }
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        if (&mut file)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)?
            == 0
        {
            return Ok(true);
        }
        number += 1;
        if line.last() != Some(&b'\n') {
            file.skip_until(b'\n')?;
        }
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        if finder.find(text).is_some() {
            let matched = Match {
                file: path.to_string_lossy().into_owned(),
                line: number,
                content: String::from_utf8_lossy(text).into_owned(),
            };
            if !found.add(&matched) {
                return Ok(false);
            }
        } else if number % 4096 == 0 && !found.wanted() {
            return Ok(false);
        }
    }
}

/// A JSON list that is sent while it grows.
struct Found {
    out: mpsc::Sender<Result<Bytes, std::convert::Infallible>>,
    buffer: Vec<u8>,
    any: bool,
}

impl Found {
    /// Whether somebody still listens.
    fn wanted(&self) -> bool {
        !self.out.is_closed()
    }

    fn add<T: Serialize + ?Sized>(&mut self, item: &T) -> bool {
        if self.any {
            self.buffer.push(b',');
        }
        self.any = true;
        if serde_json::to_writer(&mut self.buffer, item).is_err() {
            return false;
        }
        self.buffer.len() < CHUNK || self.send()
    }

    fn send(&mut self) -> bool {
        let chunk = std::mem::take(&mut self.buffer);
        self.out.blocking_send(Ok(chunk.into())).is_ok()
    }
}

fn stream(
    open: &'static str,
    close: &'static str,
    walk: impl FnOnce(&mut Found) + Send + 'static,
) -> Response {
    let (out, chunks) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        let mut found = Found {
            out,
            buffer: open.as_bytes().to_vec(),
            any: false,
        };
        walk(&mut found);
        found.buffer.extend_from_slice(close.as_bytes());
        found.send();
    });
    let chunks = futures_util::stream::unfold(chunks, |mut chunks| async {
        chunks.recv().await.map(|chunk| (chunk, chunks))
    });
    (
        [(CONTENT_TYPE, "application/json")],
        Body::from_stream(chunks),
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn body(response: Response) -> String {
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await;
        String::from_utf8(bytes.unwrap().to_vec()).unwrap()
    }

    fn ask(root: &Path, pattern: &str) -> Params {
        let path = percent_encoding::utf8_percent_encode(
            root.to_str().unwrap(),
            percent_encoding::NON_ALPHANUMERIC,
        );
        let pattern =
            percent_encoding::utf8_percent_encode(pattern, percent_encoding::NON_ALPHANUMERIC);
        Params::parse(&format!("path={path}&pattern={pattern}"))
    }

    #[tokio::test]
    async fn lines_and_names_are_found_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("b")).unwrap();
        fs::write(at("b/x.txt"), "one\ntwo $a\r\nthree $a").unwrap();
        fs::write(at("a.txt"), "$a\n").unwrap();
        fs::write(at("binary"), b"\0$a\n").unwrap();
        std::os::unix::fs::symlink("b", at("link")).unwrap();
        let reply = find(ask(folder.path(), "$a")).await.unwrap();
        let found: Vec<Match> = serde_json::from_str(&body(reply).await).unwrap();
        let short: Vec<_> = found
            .iter()
            .map(|found| {
                let file = Path::new(&found.file).strip_prefix(folder.path()).unwrap();
                (file.to_str().unwrap(), found.line, found.content.as_str())
            })
            .collect();
        assert_eq!(
            short,
            [
                ("a.txt", 1, "$a"),
                ("b/x.txt", 2, "two $a"),
                ("b/x.txt", 3, "three $a")
            ]
        );
        let reply = search(ask(folder.path(), "*.txt")).await.unwrap();
        let expected = format!(
            r#"{{"files":["{0}/a.txt","{0}/b/x.txt"]}}"#,
            folder.path().display()
        );
        assert_eq!(body(reply).await, expected);
        let reply = search(ask(&at("none"), "*")).await.unwrap();
        assert_eq!(body(reply).await, r#"{"files":[]}"#);
        assert!(search(ask(folder.path(), "[")).await.is_err());
    }
}
