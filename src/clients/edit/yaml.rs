//! An entry in YAML that people also edit: whole lines of the usual block style are put in and taken out.
//!
//! What is written in another style is refused, not rewritten: no editor at hand keeps comments for sure.

use std::ops::Range;

use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value};

use super::yaml_value::parsed;

/// The text with the entry's keys in the mapping `path.name`; other keys of it stay.
pub(super) fn put(
    text: &str,
    path: &[&str],
    name: &str,
    entry: &Map<String, Value>,
) -> Result<String> {
    let key = only(path)?;
    let mut lines = Lines::new(text);
    let whole = if text.trim().is_empty() {
        Value::Null
    } else {
        parsed(text)?
    };
    let holds = |value: Option<&Value>| value.is_some_and(|value| *value != Value::Null);
    let head = match lines.find(0..lines.0.len(), 0, key) {
        Some(head) => head,
        None if holds(whole.get(key)) || !(whole.is_object() || whole.is_null()) => {
            bail!("its `{key}` is not written as lines of its own")
        }
        None => lines.append(&format!("{key}:")),
    };
    lines.open(head, key)?;
    let body = lines.below(head);
    let indent = lines.indent_in(&body).unwrap_or(2);
    let pad = " ".repeat(indent);
    let Some(at) = lines.find(body.clone(), indent, name) else {
        if holds(whole.get(key).and_then(|servers| servers.get(name))) {
            bail!("its `{key}.{name}` is not written as lines of its own");
        }
        let mut new = vec![format!("{pad}{name}:")];
        for (key, value) in entry {
            new.push(format!("{pad}  {key}: {}", flow(value)));
        }
        lines.0.splice(body.end..body.end, new);
        return Ok(lines.text());
    };
    for (key, value) in entry {
        let present = whole.pointer(&format!("/{}/{name}/{key}", only(path)?));
        if present == Some(value) {
            continue;
        }
        let inside = lines.below(at);
        let indent = lines
            .indent_in(&inside)
            .with_context(|| format!("its `{name}` is not written as lines of its own"))?;
        let new = format!("{}{key}: {}", " ".repeat(indent), flow(value));
        let replaced = match lines.find(inside.clone(), indent, key) {
            Some(line) => line..lines.below(line).end,
            None if present.is_some() => {
                bail!("its `{name}.{key}` is not written as a line of its own")
            }
            None => inside.end..inside.end,
        };
        lines.0.splice(replaced, [new]);
    }
    Ok(lines.text())
}

/// The text without the mapping `path.name`, and without the one around it where nothing else was in that.
pub(super) fn remove(text: &str, path: &[&str], name: &str) -> Result<String> {
    let key = only(path)?;
    let mut lines = Lines::new(text);
    let apart = || format!("its `{key}.{name}` is not written as lines of its own");
    let head = lines.find(0..lines.0.len(), 0, key).with_context(apart)?;
    let body = lines.below(head);
    let indent = lines.indent_in(&body).with_context(apart)?;
    let at = lines.find(body.clone(), indent, name).with_context(apart)?;
    let entry = at..lines.below(at).end;
    if entry.start == head + 1 && entry.end == body.end {
        lines.0.drain(head..body.end);
    } else {
        lines.0.drain(entry);
    }
    Ok(lines.text())
}

fn only<'p>(path: &[&'p str]) -> Result<&'p str> {
    match path {
        [key] => Ok(key),
        _ => bail!("servers are looked for at the top of YAML only"),
    }
}

/// A value on one line: words as they are, all else as JSON, which YAML understands.
fn flow(value: &Value) -> String {
    match value {
        Value::String(text) if plain(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        other => other.to_string(),
    }
}

/// Whether YAML takes this for the same text without quotes.
fn plain(text: &str) -> bool {
    let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/')
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c))
        && !words.contains(&text.to_lowercase().as_str())
}

/// The lines of a text; after a last line feed comes an empty one.
struct Lines(Vec<String>);

impl Lines {
    fn new(text: &str) -> Self {
        Self(text.split('\n').map(str::to_owned).collect())
    }

    fn text(&self) -> String {
        self.0.join("\n")
    }

    /// How far a line is indented; none where it is empty or a comment.
    fn indent(&self, at: usize) -> Option<usize> {
        let line = &self.0[at];
        let words = line.trim_start_matches(' ');
        (!words.trim().is_empty() && !words.starts_with('#')).then(|| line.len() - words.len())
    }

    fn indent_in(&self, range: &Range<usize>) -> Option<usize> {
        range.clone().find_map(|at| self.indent(at))
    }

    /// The line with this key.
    fn find(&self, range: Range<usize>, indent: usize, key: &str) -> Option<usize> {
        range.into_iter().find(|at| {
            self.indent(*at) == Some(indent)
                && self.0[*at][indent..]
                    .strip_prefix(key)
                    .and_then(|rest| rest.strip_prefix(':'))
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        })
    }

    /// The lines that belong to the key of this line; what is empty or a comment at their end does not.
    fn below(&self, head: usize) -> Range<usize> {
        let outer = self.indent(head).unwrap_or(0);
        let mut end = head + 1;
        for at in head + 1..self.0.len() {
            match self.indent(at) {
                Some(indent) if indent <= outer => break,
                Some(_) => end = at + 1,
                None => {}
            }
        }
        head + 1..end
    }

    /// Puts a line at the end, before the last line feed.
    fn append(&mut self, line: &str) -> usize {
        let at = match self.0.last() {
            Some(last) if last.is_empty() => self.0.len() - 1,
            _ => self.0.len(),
        };
        self.0.insert(at, line.to_owned());
        at
    }

    /// Makes room below a key whose value is written as nothing, or refuses one that is on its line.
    fn open(&mut self, head: usize, key: &str) -> Result<()> {
        let value = self.0[head][key.len() + 1..].trim();
        if matches!(value, "{}" | "null" | "~") {
            self.0[head] = format!("{key}:");
        } else if !value.is_empty() && !value.starts_with('#') {
            bail!("its `{key}` is not written as lines of its own");
        }
        Ok(())
    }
}
