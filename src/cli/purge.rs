//! `daytona serve --purge`: says what the local engine holds, and removes all of it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::types::SnapshotPage;
use crate::api::{Client, ListQuery};
use crate::error::{Error, Kind, Result};
use crate::ops::gate::{Asker as _, Question};
use crate::output::{Human, View};

use super::confirm::Person;
use super::local_engine as start;
use super::session::Session;

/// How many names are shown of each kind.
const SHOWN: usize = 8;

/// What was removed
#[derive(Debug, Default, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct Purged {
    /// The engine's folder
    folder: String,
    /// Names of sandboxes
    sandboxes: Vec<String>,
    /// Names of snapshots
    snapshots: Vec<String>,
    /// Names of volumes
    volumes: Vec<String>,
    /// Names of secrets
    secrets: Vec<String>,
    /// Names of API keys
    api_keys: Vec<String>,
}

impl Human for Purged {
    fn view(&self) -> View {
        View::Done(format!("removed {}", self.told()))
    }

    fn ids(&self) -> Vec<String> {
        vec![self.folder.clone()]
    }
}

impl Purged {
    fn told(&self) -> String {
        let kinds = [
            ("sandbox", "sandboxes", &self.sandboxes),
            ("snapshot", "snapshots", &self.snapshots),
            ("volume", "volumes", &self.volumes),
            ("secret", "secrets", &self.secrets),
            ("API key", "API keys", &self.api_keys),
        ];
        let mut told = Vec::new();
        for (one, many, names) in kinds {
            if names.is_empty() {
                continue;
            }
            let noun = if names.len() == 1 { one } else { many };
            let mut shown = names.iter().take(SHOWN).cloned().collect::<Vec<_>>();
            if names.len() > SHOWN {
                shown.push("…".to_owned());
            }
            told.push(format!("{} {noun} ({})", names.len(), shown.join(", ")));
        }
        told.push(format!("all files in {}", self.folder));
        told.join(", ")
    }
}

pub(super) fn run(yes: bool, session: &Session) -> Result<u8> {
    session.printer.check::<Purged>()?;
    let dir = session.config.engine_dir();
    if !dir.exists() {
        session
            .printer
            .status(&format!("nothing to remove: there is no {}", dir.display()));
        return Ok(0);
    }
    let folder = dir.display().to_string();
    let purged = session.block_on(async {
        let held = match held(session).await {
            Ok(held) => Purged { folder, ..held },
            Err(error) => {
                session.printer.warn(&format!(
                    "cannot list what the engine holds: {}",
                    error.text()
                ));
                Purged {
                    folder,
                    ..Purged::default()
                }
            }
        };
        if !yes {
            let question = Question {
                what: format!("remove {}", held.told()),
                consequence: "nothing of it comes back",
                refused: "nothing was removed",
                stamp: String::new(),
            };
            Person(session.printer.clone()).ask(&question).await?;
        }
        start::stop(&dir).await?;
        Ok::<_, Error>(held)
    })?;
    start::purge(&session.config)?;
    session.printer.result(&purged)?;
    Ok(0)
}

/// The names of what the engine holds; started where it does not run.
async fn held(session: &Session) -> Result<Purged> {
    let (address, _) = start::ensure(&start::settings(&session.config)).await?;
    let timeout = session.config.request_timeout.value;
    let client = start::client(&address, "cli", timeout);
    let mut held = Purged::default();
    let mut query = ListQuery {
        limit: Some(200),
        ..ListQuery::default()
    };
    loop {
        let page = client.list_sandboxes(&query).await?;
        held.sandboxes
            .extend(page.items.into_iter().map(|one| one.name));
        match page.next_cursor {
            Some(cursor) => query.cursor = Some(cursor),
            None => break,
        }
    }
    held.snapshots = snapshots(&client).await?;
    let volumes = client.list_volumes().await?;
    held.volumes = volumes.into_iter().map(|one| one.name).collect();
    let secrets = client.list_secrets(None).await?;
    held.secrets = secrets.items.into_iter().map(|one| one.name).collect();
    let own = client.current_api_key().await?.name;
    let keys = client.list_api_keys().await?.into_iter();
    held.api_keys = keys
        .map(|one| one.name)
        .filter(|name| *name != own)
        .collect();
    Ok(held)
}

/// All snapshots but those that every engine has.
async fn snapshots(client: &Client) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for number in 1.. {
        let SnapshotPage {
            items, total_pages, ..
        } = client.list_snapshots(number, 200, None, None).await?;
        let own = items.into_iter().filter(|one| !one.general);
        names.extend(own.map(|one| one.name));
        if i64::from(number) >= total_pages {
            return Ok(names);
        }
    }
    Err(Error::new(
        Kind::Internal,
        "the pages of snapshots never end",
    ))
}
