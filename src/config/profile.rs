//! The active profile of the official CLI's `config.json`, as far as we need it.

use std::path::Path;

use serde::Deserialize;

use crate::error::{Error, Kind, Result};
use crate::secret::Secret;

use super::Credential;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
    #[serde(default)]
    active_profile: Option<String>,
    #[serde(default)]
    profiles: Option<Vec<Entry>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    #[serde(default)]
    id: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    api: Api,
    #[serde(default)]
    active_organization_id: Option<String>,
}

#[derive(Default, Deserialize)]
struct Api {
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    token: Option<Token>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Token {
    #[serde(default)]
    access_token: Option<String>,
    #[serde(default)]
    expires_at: Option<String>,
}

/// A profile: a server, the credential stored for it, and its organization.
pub(super) struct Profile {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) credential: Option<Credential>,
    pub(super) organization: Option<String>,
}

/// The active profile, or none where the file or the profile is missing.
pub(super) fn active(path: &Path) -> Result<Option<Profile>> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(broken(path, "cannot be read", error)),
    };
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Ok(None);
    }
    let file: File = serde_json::from_str(text)
        .map_err(|error| broken(path, "is not a valid config file", error))?;
    let active = file.active_profile.unwrap_or_default();
    let profiles = file.profiles.unwrap_or_default();
    if active.is_empty() {
        return Ok(None);
    }
    let Some(entry) = profiles.into_iter().find(|profile| profile.id == active) else {
        return Err(Error::new(
            Kind::Other,
            format!(
                "the active profile `{active}` is not in the config file {}",
                path.display()
            ),
        )
        .hint("correct `activeProfile` there, or set DAYTONA_API_KEY"));
    };
    Ok(Some(Profile {
        name: entry
            .name
            .filter(|name| !name.is_empty())
            .unwrap_or(entry.id),
        url: filled(entry.api.url.as_deref())
            .unwrap_or(super::CLOUD_URL)
            .to_owned(),
        credential: credential(&entry.api),
        organization: filled(entry.active_organization_id.as_deref()).map(str::to_owned),
    }))
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn credential(api: &Api) -> Option<Credential> {
    if let Some(key) = filled(api.key.as_deref()) {
        return Some(Credential {
            secret: Secret::new(key),
            token: false,
            expired: None,
        });
    }
    let token = api.token.as_ref()?;
    let secret = Secret::new(filled(token.access_token.as_deref())?);
    let expired = token
        .expires_at
        .clone()
        .filter(|when| !when.starts_with("0001-"))
        .filter(|when| {
            when.parse::<jiff::Timestamp>()
                .is_ok_and(|end| end <= jiff::Timestamp::now())
        });
    Some(Credential {
        secret,
        token: true,
        expired,
    })
}

fn broken(path: &Path, what: &str, error: impl Into<anyhow::Error>) -> Error {
    Error::new(
        Kind::Other,
        format!("the config file {} {what}", path.display()),
    )
    .because(error)
    .hint("correct or remove it, or set DAYTONA_API_KEY, or use `--local`")
}
