//! The user's own names of images, a mirror, and who we are to registries: one JSON file.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::{Context as _, Error, Kind, Result};

use super::reference::Reference;
use super::{Credentials, built_in, mirrored};

/// `images.json` in the engine's folder; without it there are only our own names.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Settings {
    /// Short names and the images that they stand for, over our own.
    names: BTreeMap<String, String>,
    /// Where images of Docker Hub are fetched instead: `HOST[:PORT][/FOLDER]`.
    mirror: Option<String>,
    /// Who we are, by registry.
    registries: BTreeMap<String, Login>,
}

/// A name at a registry, and the file that has its password.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Login {
    user: String,
    password_file: PathBuf,
}

impl Settings {
    /// Read anew each time: a change needs no restart.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = match std::fs::read(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            text => text.context(Kind::Usage, || format!("cannot read {}", path.display()))?,
        };
        serde_json::from_slice(&text).map_err(|error| {
            Error::usage(format!("{} is not right: {error}", path.display())).hint(
                r#"it is like {"names": {"ruby": "ruby:3-slim"}, "mirror": "mirror.example/hub"}"#,
            )
        })
    }

    /// The reference that a short name stands for.
    pub(crate) fn built_in(&self, name: &str) -> Option<String> {
        built_in(name, &self.names)
    }

    /// The reference at the mirror, where it is of Docker Hub and there is a mirror.
    pub(crate) fn mirrored(&self, reference: &str) -> Result<String> {
        match &self.mirror {
            Some(mirror) => mirrored(reference, mirror),
            None => Ok(reference.to_owned()),
        }
    }

    /// Who we are to the registry of that reference.
    pub(crate) fn credentials(&self, reference: &str) -> Result<Option<Credentials>> {
        let registry = Reference::parse(reference)?.registry;
        let Some(login) = self.registries.get(&registry) else {
            return Ok(None);
        };
        let path = &login.password_file;
        let password = std::fs::read_to_string(path).context(Kind::Usage, || {
            format!(
                "cannot read the password for {registry} from {}",
                path.display()
            )
        })?;
        Ok(Some(Credentials {
            user: login.user.clone(),
            password: password.trim_end().to_owned(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_may_be_missing_but_not_wrong() {
        let top = tempfile::tempdir().unwrap();
        let path = top.path().join("images.json");
        let none = Settings::read(&path).unwrap();
        assert!(none.built_in("python").is_some());
        assert_eq!(none.mirrored("a:1").unwrap(), "a:1");
        std::fs::write(top.path().join("password"), "secret\n").unwrap();
        let text = format!(
            r#"{{"names": {{"ruby": "ruby:3"}}, "mirror": "m.example/hub",
                "registries": {{"m.example": {{"user": "me", "passwordFile": "{}/password"}}}}}}"#,
            top.path().display()
        );
        std::fs::write(&path, text).unwrap();
        let own = Settings::read(&path).unwrap();
        assert_eq!(own.built_in("ruby").as_deref(), Some("ruby:3"));
        let mirrored = own.mirrored("ruby:3").unwrap();
        assert_eq!(mirrored, "m.example/hub/library/ruby:3");
        let known = own.credentials(&mirrored).unwrap().unwrap();
        assert_eq!(
            (known.user.as_str(), known.password.as_str()),
            ("me", "secret")
        );
        assert!(own.credentials("ghcr.io/a/b:1").unwrap().is_none());
        std::fs::write(&path, r#"{"name": {}}"#).unwrap();
        assert_eq!(Settings::read(&path).unwrap_err().kind(), Kind::Usage);
    }
}
