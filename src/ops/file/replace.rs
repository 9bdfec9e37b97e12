//! `replace_in_files`: one text for another, counted, with the line ends that each file has.

use std::collections::BTreeMap;

use futures_util::StreamExt as _;
use memchr::memmem::Finder;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::types::ReplaceRequest;
use crate::error::{Error, Hint, Kind, NextTool, Result};
use crate::ops::inside::{Inside, checked_path};
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

/// The longest file that is looked through, in bytes.
const LARGEST_FILE: u64 = 256 << 20;

/// One text for another
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Replace {
    /// Paths of the files
    pub files: Vec<String>,

    /// Text to replace everywhere in them, literally; line ends match as each file has them
    pub pattern: String,

    /// What takes its place
    pub new_value: String,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

/// What became of the files
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Replaced {
    /// Those that have the new text
    pub done: Vec<String>,
    /// How often it was replaced in each of these
    pub counts: BTreeMap<String, usize>,
    /// Those that were not changed, and why
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<Unchanged>,
}

/// A file that was not changed
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Unchanged {
    /// Its path
    pub file: String,
    /// Why
    pub error: String,
}

impl Operation for Replace {
    type Output = Replaced;

    const TOOL: Option<Tool> = Some(Tool {
        name: "replace_in_files",
        title: "Replace in files",
        description: "Replaces a text by another wherever it is in the given files of a sandbox, and says how often. Fails where it is in none.",
        group: Group::Files,
        default: false,
        effect: Effect::Overwrites,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(mut self, ctx: &Ctx) -> Result<Replaced> {
        if self.files.is_empty() || self.pattern.is_empty() {
            return Err(Error::usage("files and pattern must not be empty"));
        }
        for file in &self.files {
            checked_path(file)?;
        }
        let inside = Inside::of(ctx, &self.id).await?;
        let files = std::mem::take(&mut self.files);
        let (mut replaced, mut first) = (Replaced::default(), None);
        for file in files {
            match self.change(&inside, &file).await {
                Ok(count) => {
                    *replaced.counts.entry(file.clone()).or_default() += count;
                    replaced.done.push(file);
                }
                Err(error) => {
                    let told = error.text();
                    first.get_or_insert(error);
                    replaced.failed.push(Unchanged { file, error: told });
                }
            }
        }
        match first {
            Some(error) if replaced.done.is_empty() => Err(error),
            _ => Ok(replaced),
        }
    }
}

impl Replace {
    /// Changes one file; how often the text was there.
    async fn change(&self, inside: &Inside, file: &str) -> Result<usize> {
        let info = inside.file(file).await?;
        if info.size > LARGEST_FILE {
            let message = format!("{file} has {} bytes, which are too many", info.size);
            return Err(Error::new(Kind::Limit, message).hint(
                Hint::new("call ")
                    .step(NextTool::new("execute_command"))
                    .words(" with sed"),
            ));
        }
        let forms = Form::of(&self.pattern);
        let mut counts: Vec<Count> = forms.iter().map(Count::new).collect();
        let mut ends = Ends::default();
        let mut chunks = inside.client.download_file(&inside.toolbox, file).await?;
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk?;
            ends.feed(&chunk);
            for count in &mut counts {
                count.feed(&chunk);
            }
        }
        let crlf = ends.are_crlf();
        // In the form that the file's own line ends have, else in the other one.
        let found = forms
            .iter()
            .zip(counts)
            .filter(|(_, count)| count.found > 0);
        let chosen = found.max_by_key(|(form, _)| form.crlf.is_none_or(|form| form == crlf));
        let Some((form, count)) = chosen else {
            return Err(Error::new(
                Kind::NotFound,
                format!("the text to replace is not in {file}"),
            )
            .hint(
                NextTool::new("read_file")
                    .to("copy it exactly as it is there")
                    .words(", or ")
                    .step(NextTool::new("search_files")),
            ));
        };
        let request = ReplaceRequest {
            files: vec![file.to_owned()],
            pattern: form.text.clone(),
            new_value: with_ends(&self.new_value, form.crlf.unwrap_or(crlf)),
        };
        let client = &inside.client;
        let results = client.replace_in_files(&inside.toolbox, &request).await?;
        match results.into_iter().find(|result| !result.success) {
            Some(result) => {
                let why = result.error.unwrap_or_else(|| "no reason is given".into());
                let message = format!("{file} could not be changed: {why}");
                Err(Error::new(Kind::Other, message)
                    .hint(NextTool::new("list_files").to("see what is there")))
            }
            None => Ok(count.found),
        }
    }
}

/// The text with line ends of one kind.
fn with_ends(text: &str, crlf: bool) -> String {
    let text = text.replace("\r\n", "\n");
    if crlf {
        text.replace('\n', "\r\n")
    } else {
        text
    }
}

/// The text to replace as it may be in a file: with which line ends, where it has any.
#[derive(Debug, Eq, PartialEq)]
struct Form {
    text: String,
    crlf: Option<bool>,
}

impl Form {
    fn of(pattern: &str) -> Vec<Self> {
        if !pattern.contains('\n') {
            return vec![Self {
                text: pattern.to_owned(),
                crlf: None,
            }];
        }
        let form = |crlf| Self {
            text: with_ends(pattern, crlf),
            crlf: Some(crlf),
        };
        vec![form(false), form(true)]
    }
}

/// How often a text is in what comes in pieces.
struct Count<'t> {
    finder: Finder<'t>,
    /// The end of what has come, which may be the beginning of an occurrence.
    rest: Vec<u8>,
    found: usize,
}

impl<'t> Count<'t> {
    fn new(form: &'t Form) -> Self {
        Self {
            finder: Finder::new(form.text.as_bytes()),
            rest: Vec::new(),
            found: 0,
        }
    }

    fn feed(&mut self, chunk: &[u8]) {
        self.rest.extend_from_slice(chunk);
        let (mut done, length) = (0, self.finder.needle().len());
        while let Some(at) = self.finder.find(&self.rest[done..]) {
            self.found += 1;
            done += at + length;
        }
        let safe = self.rest.len().saturating_sub(length - 1).max(done);
        self.rest.drain(..safe);
    }
}

/// Which line ends a file has most of.
#[derive(Default)]
struct Ends {
    crlf: usize,
    lf: usize,
    last: u8,
}

impl Ends {
    fn feed(&mut self, chunk: &[u8]) {
        for at in memchr::memchr_iter(b'\n', chunk) {
            let before = if at == 0 { self.last } else { chunk[at - 1] };
            if before == b'\r' {
                self.crlf += 1;
            } else {
                self.lf += 1;
            }
        }
        self.last = chunk.last().copied().unwrap_or(self.last);
    }

    fn are_crlf(&self) -> bool {
        self.crlf > self.lf
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(pattern: &str, file: &[u8], piece: usize) -> Vec<usize> {
        let forms = Form::of(pattern);
        let mut counts: Vec<Count> = forms.iter().map(Count::new).collect();
        for chunk in file.chunks(piece) {
            for count in &mut counts {
                count.feed(chunk);
            }
        }
        counts.iter().map(|count| count.found).collect()
    }

    #[test]
    fn occurrences_are_counted_however_the_file_comes() {
        for piece in [1, 2, 3, 7, 100] {
            assert_eq!(count("aa", b"aaaa aa a", piece), [3], "{piece}");
            assert_eq!(
                count("a\nb", b"a\r\nb a\nb a\r\nb", piece),
                [1, 2],
                "{piece}"
            );
            assert_eq!(count("a\r\nb", b"a\nb", piece), [1, 0], "{piece}");
            let mut ends = Ends::default();
            b"a\r\nb\r\nc\n"
                .chunks(piece)
                .for_each(|chunk| ends.feed(chunk));
            assert_eq!(
                (ends.crlf, ends.lf, ends.are_crlf()),
                (2, 1, true),
                "{piece}"
            );
        }
    }

    #[test]
    fn line_ends_are_of_one_kind() {
        assert_eq!(with_ends("a\nb\r\nc", true), "a\r\nb\r\nc");
        assert_eq!(with_ends("a\nb\r\nc", false), "a\nb\nc");
    }
}
