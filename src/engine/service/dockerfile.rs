//! Dockerfiles as far as they say only what to start from and how: what SDKs send for the name of an image.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

use ring::digest::{Context, SHA256};
use serde_json::Value;

use crate::api::types::BuildInfo;
use crate::engine::clock::stamp;
use crate::engine::runtime::contract::Image;
use crate::error::{Error, Result};

/// An image of a registry, and what is set over what it says itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Recipe {
    pub(super) from: String,
    env: BTreeMap<String, String>,
    /// Each is below the one before it, unless it is absolute.
    workdirs: Vec<String>,
    entrypoint: Option<Vec<String>>,
    command: Option<Vec<String>>,
}

impl Recipe {
    /// The recipe of a request's `buildInfo`.
    pub(super) fn of(info: &Value) -> Result<Self> {
        let text = info.get("dockerfileContent").and_then(Value::as_str);
        let text = text.filter(|text| !text.trim().is_empty());
        Self::parse(
            text.ok_or_else(|| Error::usage("buildInfo.dockerfileContent should not be empty"))?,
        )
    }

    /// An image as it is.
    pub(super) fn plain(from: String) -> Self {
        Self {
            from,
            ..Self::default()
        }
    }

    fn parse(text: &str) -> Result<Self> {
        let mut recipe = Self::default();
        for line in lines(text) {
            let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((&line, ""));
            let (word, rest) = (word.to_ascii_uppercase(), rest.trim());
            if recipe.from.is_empty() && word != "FROM" {
                return Err(Error::usage("the Dockerfile must begin with FROM"));
            }
            match word.as_str() {
                "FROM"
                    if recipe.from.is_empty() && !rest.is_empty() && !rest.contains(['$', ' ']) =>
                {
                    rest.clone_into(&mut recipe.from);
                }
                "ENV" => recipe
                    .env
                    .extend(pairs(rest).ok_or_else(|| refused(&line))?),
                "WORKDIR" if !rest.is_empty() => recipe.workdirs.push(unquoted(rest)),
                "ENTRYPOINT" => recipe.entrypoint = Some(words(rest)),
                "CMD" => recipe.command = Some(words(rest)),
                // For people and for other tools.
                "LABEL" | "EXPOSE" | "MAINTAINER" | "STOPSIGNAL" => {}
                _ => return Err(refused(&line)),
            }
        }
        if recipe.from.is_empty() {
            return Err(Error::usage("the Dockerfile must begin with FROM"));
        }
        Ok(recipe)
    }

    /// The image with what is set over it.
    pub(super) fn over(self, mut image: Image) -> Image {
        image.env.extend(self.env);
        for folder in self.workdirs {
            let folder = expanded(&folder, &image.env);
            let above = image.workdir.as_deref().unwrap_or("/");
            image.workdir = Some(absolute(above, &folder));
        }
        // An entrypoint ends the command that the image had.
        match (self.entrypoint, self.command) {
            (Some(mut entrypoint), command) => {
                entrypoint.extend(command.unwrap_or_default());
                image.entrypoint = entrypoint;
            }
            (None, Some(command)) => image.entrypoint = command,
            (None, None) => {}
        }
        image
    }
}

/// What was sent to build from, as it is kept and shown: JSON.
pub(super) fn built_from(info: &Value, now: i64) -> Option<String> {
    let content = info.get("dockerfileContent").and_then(Value::as_str)?;
    let hashes = info.get("contextHashes").and_then(Value::as_array);
    let context_hashes: Vec<String> = hashes
        .into_iter()
        .flatten()
        .filter_map(|hash| hash.as_str().map(str::to_owned))
        .collect();
    let mut whole = Context::new(&SHA256);
    for part in std::iter::once(content).chain(context_hashes.iter().map(String::as_str)) {
        whole.update(part.as_bytes());
        whole.update(&[0]);
    }
    let mut name = String::new();
    for byte in whole.finish().as_ref() {
        let _ = write!(name, "{byte:02x}");
    }
    let info = BuildInfo {
        dockerfile_content: content.to_owned(),
        context_hashes,
        created_at: stamp(now),
        updated_at: stamp(now),
        snapshot_ref: format!("daytona-{name}:daytona"),
    };
    serde_json::to_string(&info).ok()
}

/// A path below a folder, or as it is where it is absolute, without `.` and `..`.
fn absolute(above: &str, path: &str) -> String {
    let whole = Path::new("/").join(above).join(path);
    let mut clean = PathBuf::from("/");
    for part in whole.components() {
        match part {
            Component::ParentDir => drop(clean.pop()),
            Component::Normal(name) => clean.push(name),
            _ => {}
        }
    }
    clean.to_string_lossy().into_owned()
}

/// Text with variables in it, `$NAME` or `${NAME}`; those that are not set are empty.
fn expanded(text: &str, env: &BTreeMap<String, String>) -> String {
    let mut parts = text.split('$');
    let mut expanded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let braced = part.strip_prefix('{').and_then(|rest| rest.split_once('}'));
        let (name, rest) = braced.unwrap_or_else(|| {
            let end =
                part.find(|character: char| !character.is_ascii_alphanumeric() && character != '_');
            part.split_at(end.unwrap_or(part.len()))
        });
        expanded.push_str(env.get(name).map_or("", String::as_str));
        expanded.push_str(rest);
    }
    expanded
}

fn refused(line: &str) -> Error {
    Error::usage(format!(
        "the local engine does not build images, and cannot do this of the Dockerfile: {line}"
    ))
    .hint("build it elsewhere, then: `daytona snapshot push IMAGE --name NAME`, or `daytona snapshot create NAME --image IMAGE:TAG`")
}

/// Instructions: without comments, continued lines as one.
fn lines(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut line = String::new();
    for part in text.lines() {
        if part.trim_start().starts_with('#') {
            continue;
        }
        if let Some(part) = part.trim_end().strip_suffix('\\') {
            line.push_str(part);
            line.push(' ');
        } else {
            line.push_str(part);
            all.push(std::mem::take(&mut line).trim().to_owned());
        }
    }
    all.push(line.trim().to_owned());
    all.retain(|line| !line.is_empty());
    all
}

/// `A=b C='d e'`, or the older `A the rest`.
fn pairs(text: &str) -> Option<Vec<(String, String)>> {
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    if !first.contains('=') {
        return (!rest.is_empty()).then(|| vec![(first.to_owned(), unquoted(rest.trim()))]);
    }
    if text.contains('$') {
        return None;
    }
    let mut found = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    for character in text.chars().chain([' ']) {
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (None, '\'' | '"') => quote = Some(character),
            (None, ' ' | '\t') if word.is_empty() => {}
            (None, ' ' | '\t') => {
                let (name, value) = word.split_once('=')?;
                found.push((name.to_owned(), value.to_owned()));
                word.clear();
            }
            _ => word.push(character),
        }
    }
    quote.is_none().then_some(found)
}

/// A list in JSON, or else text for the shell.
fn words(text: &str) -> Vec<String> {
    serde_json::from_str(text).unwrap_or_else(|_| ["/bin/sh", "-c", text].map(str::to_owned).into())
}

fn unquoted(text: &str) -> String {
    for quote in ['\'', '"'] {
        let inner = text
            .strip_prefix(quote)
            .and_then(|rest| rest.strip_suffix(quote));
        if let Some(inner) = inner {
            return inner.to_owned();
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_image_is_started_with_is_understood() {
        let recipe = Recipe::parse(
            "# a comment\nFROM python:3.12-slim\nENV A='b c' D=e\nENV OLD the rest\nWORKDIR /srv\nWORKDIR app\n\
             LABEL x=y\nENTRYPOINT [\"/bin/bash\"]\nCMD \\\n [\"-l\"]\n",
        )
        .unwrap();
        let image = recipe.over(Image {
            env: BTreeMap::from([("A".into(), "image".into()), ("KEPT".into(), "yes".into())]),
            entrypoint: vec!["gone".into()],
            ..Image::default()
        });
        let env: Vec<_> = image.env.iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(env, ["A=b c", "D=e", "KEPT=yes", "OLD=the rest"]);
        assert_eq!(image.workdir.as_deref(), Some("/srv/app"));
        assert_eq!(image.entrypoint, ["/bin/bash", "-l"]);
        let shell = Recipe::parse("FROM a:1\nCMD echo $HOME")
            .unwrap()
            .over(Image::default());
        assert_eq!(shell.entrypoint, ["/bin/sh", "-c", "echo $HOME"]);
    }

    #[test]
    fn a_folder_is_below_the_last_one_or_that_of_the_image() {
        let folder = |text: &str, of_image: Option<&str>| {
            let image = Image {
                env: BTreeMap::from([("HOME".into(), "/root".into())]),
                workdir: of_image.map(str::to_owned),
                ..Image::default()
            };
            let recipe = Recipe::parse(&format!("FROM a:1\n{text}")).unwrap();
            recipe.over(image).workdir.unwrap()
        };
        for (text, of_image, expected) in [
            ("WORKDIR app", None, "/app"),
            ("WORKDIR app", Some("/srv"), "/srv/app"),
            ("WORKDIR a\nWORKDIR b/../c", Some("srv"), "/srv/a/c"),
            ("WORKDIR /x/\nWORKDIR ../../y", Some("/srv"), "/y"),
            (
                "ENV A=/a\nWORKDIR $A/b\nWORKDIR ${HOME}x$NONE",
                None,
                "/rootx",
            ),
            ("WORKDIR $HOME/app", Some("/srv"), "/root/app"),
        ] {
            assert_eq!(folder(text, of_image), expected, "{text}");
        }
    }

    #[test]
    fn what_would_have_to_be_built_is_refused_by_its_line() {
        for (text, part) in [
            ("FROM a:1\nRUN pip install x", "RUN pip install x"),
            ("FROM a:1\nCOPY . /", "COPY . /"),
            ("FROM a:1\nUSER root", "USER root"),
            ("FROM a:1\nENV A=$B", "ENV A=$B"),
            ("FROM a:1\nFROM b:1", "FROM b:1"),
            ("FROM a:1 AS base", "AS base"),
            ("RUN x", "begin with FROM"),
            ("", "begin with FROM"),
        ] {
            let error = Recipe::parse(text).unwrap_err();
            assert!(error.text().contains(part), "{text}: {}", error.text());
        }
    }
}
