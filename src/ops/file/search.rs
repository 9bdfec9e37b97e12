//! `search_files`: text in files, or names of files; the first that are found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ops::inside::{Inside, checked_path};
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

/// How many are returned, unless said otherwise.
const LIMIT: usize = 50;
/// The most that are.
const MOST_MATCHES: usize = 1000;
/// How much of a line is shown, in characters.
const LINE: usize = 200;

/// What to look for
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Search {
    /// Text to find in files, literally
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub text: Option<String>,

    /// Or names of files and folders to find, with wildcards: *.py
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub name: Option<String>,

    /// Folder to look in, with all below it [default: .]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub path: Option<String>,

    /// The most to return, up to 1000 [default: 50]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub limit: Option<usize>,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

/// What was found
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// Lines that hold the text
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Line>")]
    pub matches: Option<Vec<Line>>,
    /// Paths whose name matches
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>")]
    pub files: Option<Vec<String>>,
    /// Whether there are more: narrow the search then
    pub truncated: bool,
}

/// A line that holds the text
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Line {
    /// The file
    pub file: String,
    /// The number of the line, from 1
    pub line: u64,
    /// The line; the part around the text where it is long
    pub text: String,
}

impl Operation for Search {
    type Output = Found;

    const TOOL: Option<Tool> = Some(Tool {
        name: "search_files",
        title: "Search files",
        description: "Finds text in the files below a folder of a sandbox, or files by name. Returns file, number \
            and text of each line, or paths.",
        group: Group::Files,
        default: false,
        effect: Effect::Reads,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Found> {
        let limit = self.limit.unwrap_or(LIMIT);
        if !(1..=MOST_MATCHES).contains(&limit) {
            let message = format!("limit is {limit}: it must be 1 to {MOST_MATCHES}");
            return Err(Error::usage(message));
        }
        let path = self.path.as_deref().unwrap_or(".");
        let path = checked_path(path)?;
        let set = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let wanted = (set(&self.text), set(&self.name));
        let inside = Inside::of(ctx, &self.id).await?;
        let (client, toolbox) = (&inside.client, inside.toolbox.as_str());
        // Found nothing because there is nothing to look in: that must not look like no match.
        inside.info(path).await?;
        match wanted {
            (Some(text), None) => {
                let mut found = client
                    .find_in_files(toolbox, path, &text, limit + 1)
                    .await?;
                let truncated = found.len() > limit;
                found.truncate(limit);
                let lines = found.into_iter().map(|found| Line {
                    text: around(&found.content, &text),
                    file: found.file,
                    line: found.line,
                });
                Ok(Found {
                    matches: Some(lines.collect()),
                    truncated,
                    ..Found::default()
                })
            }
            (None, Some(name)) => {
                let mut files = client.search_files(toolbox, path, &name, limit + 1).await?;
                let truncated = files.len() > limit;
                files.truncate(limit);
                Ok(Found {
                    files: Some(files),
                    truncated,
                    ..Found::default()
                })
            }
            _ => Err(Error::usage("give one of text and name")),
        }
    }
}

/// The part of a long line around what was looked for.
fn around(line: &str, text: &str) -> String {
    let line = line.trim_end();
    if line.chars().count() <= LINE {
        return line.to_owned();
    }
    let at = line.find(text).unwrap_or(0);
    let before = line[..at].chars().count();
    let skipped = before.saturating_sub(LINE / 4);
    let shown: String = line.chars().skip(skipped).take(LINE).collect();
    let left = if skipped > 0 { "…" } else { "" };
    let rest = line.chars().count() > skipped + LINE;
    format!("{left}{shown}{}", if rest { "…" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_line_what_is_around_the_match_is_shown() {
        assert_eq!(around("short needle\r", "needle"), "short needle");
        let line = format!("{}needle{}", "ä".repeat(500), "b".repeat(500));
        let shown = around(&line, "needle");
        assert!(shown.contains("needle") && shown.starts_with("…ä") && shown.ends_with("b…"));
        assert_eq!(shown.chars().count(), LINE + 2);
    }
}
