//! The files of templates: one each, replaced in one step, for their owner's eyes.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::types::CreateSandbox;
use crate::error::{Command, Context as _, Error, Kind, Result};

/// The longest name.
const LONGEST_NAME: usize = 64;

/// How sandboxes are to be made
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Template {
    /// The template's name
    pub name: String,
    /// The sandbox that it was taken from
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// When it was saved (RFC 3339)
    #[serde(default)]
    pub saved_at: String,
    /// What sandboxes are made with
    #[serde(default)]
    pub create: CreateSandbox,
}

/// The folder of the templates.
#[derive(Clone, Debug, Default)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// Templates in that folder, which need not be there yet.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn path(&self, name: &str) -> Result<PathBuf> {
        let good = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric());
        if !begins || name.len() > LONGEST_NAME || !name.chars().all(good) {
            return Err(Error::usage(format!(
                "`{name}` cannot be a template's name: letters, digits, `-`, `_` and `.`, \
                 a letter or digit first, at most {LONGEST_NAME}"
            )));
        }
        Ok(self.folder.join(format!("{name}.json")))
    }

    /// The template of that name.
    pub fn get(&self, name: &str) -> Result<Template> {
        let path = self.path(name)?;
        match fs::read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Err(Error::new(
                Kind::NotFound,
                format!("there is no template `{name}`"),
            )
            .hint(Command::new("template list").to("list them"))),
            outcome => {
                let text = outcome.context(Kind::Other, || unread(&path))?;
                parse(name, &path, &text)
            }
        }
    }

    /// All of them, by name.
    pub fn all(&self) -> Result<Vec<Template>> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            outcome => outcome.context(Kind::Other, || unread(&self.folder))?,
        };
        let mut all = Vec::new();
        for entry in entries {
            let path = entry.context(Kind::Other, || unread(&self.folder))?.path();
            let name = path.file_stem().and_then(|name| name.to_str());
            // Other files are not ours, among them those that are being written.
            let Some(name) = name.filter(|name| self.path(name).is_ok_and(|own| own == path))
            else {
                continue;
            };
            let text = fs::read(&path).context(Kind::Other, || unread(&path))?;
            all.push(parse(name, &path, &text)?);
        }
        all.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(all)
    }

    /// Writes it; one that is there only where `replace` says so.
    pub fn put(&self, template: &Template, replace: bool) -> Result<()> {
        let path = self.path(&template.name)?;
        let failed = || format!("cannot write {}", path.display());
        fs::create_dir_all(&self.folder).context(Kind::Other, failed)?;
        let mut text = serde_json::to_vec_pretty(template).context(Kind::Internal, failed)?;
        text.push(b'\n');
        // Made for its owner only, and in the same folder so that it can be moved in one step.
        let mut file =
            tempfile::NamedTempFile::new_in(&self.folder).context(Kind::Other, failed)?;
        file.write_all(&text).context(Kind::Other, failed)?;
        file.as_file().sync_all().context(Kind::Other, failed)?;
        if replace {
            return file.persist(&path).context(Kind::Other, failed).map(drop);
        }
        match file.persist_noclobber(&path) {
            Ok(_) => Ok(()),
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Err(Error::new(
                Kind::Conflict,
                format!("there is a template `{}` already", template.name),
            )
            .hint("replace it: `--replace`")),
            Err(error) => Err(error).context(Kind::Other, failed),
        }
    }

    /// Deletes it.
    pub fn delete(&self, name: &str) -> Result<()> {
        let path = self.path(name)?;
        fs::remove_file(&path).map_err(|error| {
            let kind = match error.kind() {
                ErrorKind::NotFound => Kind::NotFound,
                _ => Kind::Other,
            };
            Error::new(kind, format!("cannot delete {}", path.display())).because(error)
        })
    }
}

fn unread(path: &Path) -> String {
    format!("cannot read {}", path.display())
}

/// The file's name is the template's, whatever it says.
fn parse(name: &str, path: &Path, text: &[u8]) -> Result<Template> {
    let template = serde_json::from_slice::<Template>(text).map_err(|error| {
        Error::new(
            Kind::Other,
            format!("{} is not a template: {error}", path.display()),
        )
        .hint(
            Command::new("template delete")
                .on(name)
                .to("correct it, or delete it"),
        )
    })?;
    Ok(Template {
        name: name.to_owned(),
        ..template
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_else() {
        let store = Store::new(PathBuf::from("/nowhere"));
        for name in ["", "../a", "a/b", ".a", "-a", "a b", &"a".repeat(65)] {
            assert_eq!(store.get(name).expect_err(name).kind(), Kind::Usage);
        }
        assert_eq!(store.get("a.b-1").expect_err("none").kind(), Kind::NotFound);
        assert!(store.all().expect("none").is_empty());
    }
}
