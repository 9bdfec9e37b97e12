//! One entry among the servers of an agent's file: put in, found, taken out, and nothing else touched.

mod json;
mod toml;
mod yaml;
mod yaml_value;

use anyhow::{Result, bail, ensure};
use serde_json::{Map, Value};

const BOM: char = '\u{feff}';

/// The language of a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Format {
    /// JSON with comments and trailing commas
    Json,
    /// TOML
    Toml,
    /// YAML
    Yaml,
}

/// Where the servers are in a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Layout {
    pub(super) format: Format,
    /// The keys from the top to the object that holds the servers by name.
    pub(super) path: &'static [&'static str],
}

impl Layout {
    /// The servers by name; none where there are no such keys.
    pub(super) fn servers(&self, text: &str) -> Result<Map<String, Value>> {
        let whole = self.value(split_bom(text).1)?;
        let mut inner = &whole;
        let mut above = String::new();
        for key in self.path.iter().map(Some).chain([None]) {
            let object = match inner {
                Value::Object(object) => object,
                Value::Null if self.format == Format::Yaml => break,
                _ if above.is_empty() => bail!("it does not hold an object"),
                _ => bail!("its `{above}` is not an object"),
            };
            let Some(key) = key else {
                return Ok(object.clone());
            };
            above.push_str(if above.is_empty() { "" } else { "." });
            above.push_str(key);
            match object.get(*key) {
                None => break,
                Some(next) => inner = next,
            }
        }
        Ok(Map::new())
    }

    /// The object at these keys, wherever the servers are; empty where there is none.
    pub(super) fn object(&self, text: &str, path: [&str; 3]) -> Result<Map<String, Value>> {
        let whole = self.value(split_bom(text).1)?;
        let inner = path.iter().try_fold(&whole, |inner, key| inner.get(key));
        Ok(inner
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default())
    }

    /// The text with the keys of `entry` under `name`; other keys of an entry that is there stay.
    pub(super) fn put(&self, text: &str, name: &str, entry: &Map<String, Value>) -> Result<String> {
        self.edit(text, name, |body| match self.format {
            Format::Json => json::put(body, self.path, name, entry),
            Format::Toml => toml::put(body, self.path, name, entry),
            Format::Yaml => yaml::put(body, self.path, name, entry),
        })
    }

    /// The text without that entry.
    pub(super) fn remove(&self, text: &str, name: &str) -> Result<String> {
        if !self.servers(text)?.contains_key(name) {
            return Ok(text.to_owned());
        }
        self.edit(text, name, |body| match self.format {
            Format::Json => json::remove(body, self.path, name),
            Format::Toml => toml::remove(body, self.path, name),
            Format::Yaml => yaml::remove(body, self.path, name),
        })
    }

    /// Edits what follows the byte order mark, and proves that only the entry differs.
    fn edit(
        &self,
        text: &str,
        name: &str,
        edit: impl FnOnce(&str) -> Result<String>,
    ) -> Result<String> {
        let (bom, body) = split_bom(text);
        // The editor of JSON knows both ends of lines; the other two are given the one they keep.
        let edited = if self.format != Format::Json && body.contains("\r\n") {
            let unix = body.replace("\r\n", "\n");
            ensure!(
                unix.replace('\n', "\r\n") == body,
                "its lines end in two ways, with and without a carriage return"
            );
            edit(&unix)?.replace('\n', "\r\n")
        } else {
            edit(body)?
        };
        ensure!(
            self.rest(body, name)? == self.rest(&edited, name)?,
            "the edit would change more than its `{name}`"
        );
        Ok(format!("{bom}{edited}"))
    }

    fn value(&self, body: &str) -> Result<Value> {
        if body.trim().is_empty() {
            return Ok(Value::Object(Map::new()));
        }
        match self.format {
            Format::Json => json::parsed(body),
            Format::Toml => toml::parsed(body),
            Format::Yaml => yaml_value::parsed(body),
        }
    }

    /// Everything but the entry, and the objects around it where nothing else is in them.
    fn rest(&self, body: &str, name: &str) -> Result<Value> {
        let mut whole = self.value(body)?;
        let mut path: Vec<&str> = self.path.to_vec();
        let mut last = name;
        while let Some(object) = below(&mut whole, &path) {
            object.shift_remove(last);
            if !object.is_empty() {
                break;
            }
            match path.pop() {
                Some(key) => last = key,
                None => break,
            }
        }
        if let Some(object) = below(&mut whole, &self.path[..self.path.len() - 1])
            && self
                .path
                .last()
                .is_some_and(|key| object.get(*key) == Some(&Value::Null))
        {
            object.shift_remove(self.path[self.path.len() - 1]);
        }
        Ok(whole)
    }
}

fn below<'v>(whole: &'v mut Value, path: &[&str]) -> Option<&'v mut Map<String, Value>> {
    path.iter()
        .try_fold(whole, |inner, key| inner.get_mut(key))?
        .as_object_mut()
}

fn split_bom(text: &str) -> (&str, &str) {
    text.strip_prefix(BOM)
        .map_or(("", text), |body| (&text[..BOM.len_utf8()], body))
}

#[cfg(test)]
mod tests;
