//! Secrets: stored by name, and put into the environment of sandboxes, as plain values, when they start.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::api::types::{NewSecret, Said, Sandbox, SecretChange, SecretPage, VaultSecret};
use crate::engine::clock::stamp;
use crate::engine::random;
use crate::engine::store::{Row, SecretRow};
use crate::error::{Error, Kind, Result};

use super::create::{LONGEST_ENV, check_env};
use super::{Service, not_found};

/// How many secrets there may be.
pub(crate) const MOST: u32 = 1500;
/// How many of them one sandbox may have.
pub(crate) const MOST_IN_SANDBOX: u32 = 100;

/// What a list of secrets is sorted by.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum SecretSort {
    Name,
    #[default]
    CreatedAt,
    UpdatedAt,
}

/// Which page of which secrets.
#[derive(Clone, Debug, Default)]
pub(crate) struct SecretQuery {
    /// Part of the name, whatever the case.
    pub(crate) name: Option<String>,
    pub(crate) sort: SecretSort,
    pub(crate) ascending: bool,
    pub(crate) limit: usize,
    /// The id of the last secret of the page before.
    pub(crate) after: Option<String>,
}

impl Service {
    /// Stores a secret.
    pub(crate) async fn create_secret(&self, new: NewSecret) -> Result<VaultSecret> {
        check_secret_name(&new.name)?;
        check_value(&new.value)?;
        if self.0.store.secrets().await?.len() >= MOST as usize {
            return Err(Error::new(
                Kind::Limit,
                format!("there are {MOST} secrets: no more are possible"),
            ));
        }
        let now = self.now();
        let row = SecretRow {
            id: Uuid::new_v4().to_string(),
            name: new.name,
            description: new.description,
            hosts: new.hosts.unwrap_or_default(),
            placeholder: format!("dtn_secret_{}", random::alphanumeric(16)?),
            created_at: now,
            updated_at: now,
        };
        if !self.0.store.add_secret(row.clone(), new.value).await? {
            let message = format!("Secret with name {} already exists", row.name);
            return Err(Error::new(Kind::Conflict, message));
        }
        Ok(shown(row))
    }

    /// One page of the secrets that match.
    pub(crate) async fn secrets(&self, query: &SecretQuery) -> Result<SecretPage> {
        let mut rows = self.0.store.secrets().await?;
        if let Some(part) = &query.name {
            let part = part.to_lowercase();
            rows.retain(|row| row.name.to_lowercase().contains(&part));
        }
        rows.sort_by(|one, other| {
            let order = match query.sort {
                SecretSort::Name => one.name.cmp(&other.name),
                SecretSort::CreatedAt => one.created_at.cmp(&other.created_at),
                SecretSort::UpdatedAt => one.updated_at.cmp(&other.updated_at),
            };
            order.then_with(|| one.id.cmp(&other.id))
        });
        if !query.ascending {
            rows.reverse();
        }
        let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let begin = match &query.after {
            None => 0,
            Some(id) => {
                let last = rows.iter().position(|row| row.id == *id);
                last.ok_or_else(|| Error::usage("Invalid cursor"))? + 1
            }
        };
        let more = rows.len() > begin + query.limit;
        let items: Vec<VaultSecret> = rows
            .into_iter()
            .skip(begin)
            .take(query.limit)
            .map(shown)
            .collect();
        let next_cursor = items.last().filter(|_| more).map(|last| last.id.clone());
        Ok(SecretPage {
            items,
            total,
            next_cursor,
        })
    }

    /// The secret of that id, without its value.
    pub(crate) async fn secret(&self, id: &str) -> Result<VaultSecret> {
        let rows = self.0.store.secrets().await?;
        let row = rows.into_iter().find(|row| row.id == id);
        row.map(shown).ok_or_else(|| no_secret(id))
    }

    /// Changes a secret. Sandboxes that run keep the value that they were started with.
    pub(crate) async fn change_secret(
        &self,
        id: &str,
        change: SecretChange,
    ) -> Result<VaultSecret> {
        if let Some(value) = &change.value {
            check_value(value)?;
        }
        let SecretChange {
            value,
            description,
            hosts,
        } = change;
        let store = &self.0.store;
        let row = store
            .change_secret(id, value, description, hosts, self.now())
            .await?;
        row.map(shown).ok_or_else(|| no_secret(id))
    }

    /// Forgets a secret; sandboxes start without it from then on.
    pub(crate) async fn delete_secret(&self, id: &str) -> Result<()> {
        if self.0.store.delete_secret(id).await? {
            Ok(())
        } else {
            Err(no_secret(id))
        }
    }

    /// The secrets that a sandbox is to have: variables to ids.
    pub(super) async fn resolve_secrets(
        &self,
        asked: Vec<BTreeMap<String, String>>,
    ) -> Result<BTreeMap<String, String>> {
        if asked.is_empty() {
            return Ok(BTreeMap::new());
        }
        if asked.len() > MOST_IN_SANDBOX as usize {
            let message = format!("a sandbox can have at most {MOST_IN_SANDBOX} secrets");
            return Err(Error::usage(message));
        }
        let rows = self.0.store.secrets().await?;
        let mut resolved = BTreeMap::new();
        for pair in asked {
            let mut pairs = pair.into_iter();
            let (Some((variable, name)), None) = (pairs.next(), pairs.next()) else {
                return Err(Error::usage(
                    "each entry of secrets must map one environment variable to the name of a secret",
                ));
            };
            let row = rows.iter().find(|row| row.name == name);
            let row = row
                .ok_or_else(|| Error::new(Kind::NotFound, format!("Secret '{name}' not found")))?;
            check_env(Some(&BTreeMap::from([(variable.clone(), String::new())])))?;
            if resolved.insert(variable.clone(), row.id.clone()).is_some() {
                let message = format!("secrets name the variable {variable} twice");
                return Err(Error::usage(message));
            }
        }
        Ok(resolved)
    }

    /// Replaces the secrets of a sandbox: they are in its environment from its next start on.
    /// Returned with them, for what is started in it before that: variables to set, and to remove.
    pub(crate) async fn set_secrets(
        &self,
        id_or_name: &str,
        asked: Vec<BTreeMap<String, String>>,
    ) -> Result<(Sandbox, BTreeMap<String, Option<String>>)> {
        let before = self.find(id_or_name).await?;
        let secrets = self.resolve_secrets(asked).await?;
        let row = self
            .0
            .store
            .set_sandbox_secrets(&before.id, secrets, self.now())
            .await?
            .ok_or_else(|| not_found(id_or_name))?;
        let mut changes: BTreeMap<String, Option<String>> = before
            .secrets
            .into_keys()
            // A variable of the sandbox's own comes back from behind the secret.
            .map(|variable| (variable.clone(), row.env.get(&variable).cloned()))
            .collect();
        for (variable, value) in self.secret_values(&row).await? {
            changes.insert(variable, Some(value));
        }
        Ok((self.view(row), changes))
    }

    /// The whole environment of a sandbox that is about to start. A secret hides a variable of its name.
    pub(super) async fn environment(&self, row: &Row) -> Result<BTreeMap<String, String>> {
        let mut env = row.env.clone();
        if !row.secrets.is_empty() {
            env.extend(self.secret_values(row).await?);
            check_env(Some(&env))?;
        }
        Ok(env)
    }

    async fn secret_values(&self, row: &Row) -> Result<BTreeMap<String, String>> {
        let ids = row.secrets.values().cloned().collect();
        let values = self.0.store.secret_values(ids).await?;
        let value = |(variable, id): (&String, &String)| {
            values
                .get(id)
                .map(|value| (variable.clone(), value.clone()))
        };
        Ok(row.secrets.iter().filter_map(value).collect())
    }
}

fn shown(row: SecretRow) -> VaultSecret {
    VaultSecret {
        said: Said::default(),
        id: row.id,
        name: row.name,
        description: row.description,
        created_at: stamp(row.created_at),
        placeholder: row.placeholder,
        hosts: row.hosts,
        updated_at: stamp(row.updated_at),
    }
}

fn no_secret(id: &str) -> Error {
    Error::new(Kind::NotFound, format!("Secret with ID {id} not found"))
}

fn check_secret_name(name: &str) -> Result<()> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() || name.len() > 255 || !name.chars().all(fits) {
        return Err(Error::usage(
            "name must consist of letters, digits, hyphens and underscores",
        ));
    }
    Ok(())
}

fn check_value(value: &str) -> Result<()> {
    if value.is_empty() {
        return Err(Error::usage("value should not be empty"));
    }
    if value.contains('\0') || value.len() > LONGEST_ENV / 2 {
        return Err(Error::usage(format!(
            "value must fit an environment variable: no NUL, at most {} bytes",
            LONGEST_ENV / 2
        )));
    }
    Ok(())
}
