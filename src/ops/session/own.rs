//! The session's own sandbox: made at the first use, found again by its label, removed at the end.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::api::types::{CreateSandbox, SESSION_LABEL, Sandbox, State};
use crate::api::{Client, ListQuery};
use crate::error::{Error, Hint, Kind, NextTool, Result};
use crate::ops::Ctx;
use crate::ops::gate;
use crate::ops::sandbox::create::{TIMEOUT, settle};
use crate::ops::sandbox::make::make;

use super::{ClientSession, lock};

/// The label of a session's sandbox that outlives it.
const KEPT_LABEL: &str = "daytona.io/agent-session-kept";
/// The label that says which program made a sandbox.
const CLIENT_LABEL: &str = "daytona.io/agent";
/// Minutes without a sign of life until a sandbox of a dead session is stopped, and from then on deleted:
/// where no lease tells the server that the session has ended.
const AUTO_STOP: i64 = 15;
const AUTO_DELETE: i64 = 60;
/// How long the end of a session may take.
const CLEAN_UP: Duration = Duration::from_millis(800);

impl ClientSession {
    /// The session's own sandbox, in whatever state; made where there is none yet.
    pub(in crate::ops) async fn own(&self, ctx: &Ctx) -> Result<Sandbox> {
        if self.is_read_only() {
            return Err(Error::usage(
                "this server only reads, and so it has no sandbox of its own",
            )
            .hint(
                Hint::new("name a sandbox by `id`: ")
                    .step(NextTool::new("list_sandboxes"))
                    .words(" shows which there are"),
            ));
        }
        let client = ctx.client().await?;
        let mut own = self.own.lock().await;
        if let Some(id) = own.as_ref() {
            return match client.get_sandbox(id).await {
                Ok(sandbox) if !matches!(sandbox.state, State::Destroyed | State::Destroying) => {
                    Ok(sandbox)
                }
                Ok(_) => Err(gone(&mut own)),
                Err(error) if error.kind() == Kind::NotFound => Err(gone(&mut own)),
                Err(error) => Err(error),
            };
        }
        // Tells whether it is our engine, which no reply may have told yet.
        client.health().await?;
        self.keep_alive(ctx, client.is_engine()).await;
        let sandbox = match self.shared(&client).await? {
            Some(sandbox) => sandbox,
            None => self.make(ctx, &client).await?,
        };
        *own = Some(sandbox.id.clone());
        lock(&self.kept_alive).clone_from(&own);
        Ok(sandbox)
    }

    /// The sandbox that another server of the same session has made.
    async fn shared(&self, client: &Client) -> Result<Option<Sandbox>> {
        if self.choices.name.is_none() {
            return Ok(None);
        }
        let query = ListQuery {
            labels: BTreeMap::from([self.label()]),
            ..ListQuery::default()
        };
        let page = client.list_sandboxes(&query).await?;
        Ok(page.items.into_iter().next())
    }

    async fn make(&self, ctx: &Ctx, client: &Client) -> Result<Sandbox> {
        let agent = word(self.client.get().map_or("agent", String::as_str));
        let name = match &self.choices.name {
            Some(name) => format!("session-{}", word(name)),
            None => format!(
                "{agent}-{}",
                &uuid::Uuid::new_v4().simple().to_string()[..6]
            ),
        };
        let body = CreateSandbox {
            name: Some(format!("{}{name}", self.scope().prefix())),
            labels: Some(BTreeMap::from([
                self.label(),
                (CLIENT_LABEL.to_owned(), agent),
            ])),
            auto_stop_interval: (!self.choices.keep).then_some(AUTO_STOP),
            auto_delete_interval: (!self.choices.keep).then_some(AUTO_DELETE),
            target: ctx.target().map(str::to_owned),
            ..CreateSandbox::default()
        };
        let mut is_new = true;
        let made = gate::admit::new_sandbox(ctx, client, body, async |body| {
            match make(client, &body).await {
                Ok(made) => Ok(made.sandbox),
                // Another server of the same session was faster.
                Err(error) if error.kind() == Kind::Conflict => {
                    is_new = false;
                    self.shared(client).await?.ok_or(error)
                }
                Err(error) => Err(error),
            }
        })
        .await?;
        let id = made.id.clone();
        let settled = settle(client, made, TIMEOUT).await;
        if is_new && settled.is_err() {
            // Nobody has seen it, and the next call makes another one.
            let _ = client.delete_sandbox(&id, false, &gate::undo()).await;
        }
        settled
    }

    pub(super) fn label(&self) -> (String, String) {
        let key = if self.choices.keep {
            KEPT_LABEL
        } else {
            SESSION_LABEL
        };
        (key.to_owned(), self.id.clone())
    }

    /// Ends the session: its own sandbox goes, unless it is to be kept or another server holds it too.
    pub async fn end(&self, ctx: &Ctx) {
        self.tasks.close();
        let ending = async {
            self.tasks.wait().await;
            let own = self.own.lock().await.take();
            if let Some(keeper) = lock(&self.keeper).take() {
                // Where a lease is held the server deletes the sandbox too; sooner here.
                keeper.abort();
            }
            let Some(id) = own.filter(|_| !self.choices.keep && self.choices.name.is_none()) else {
                return Ok(());
            };
            match ctx.last_client() {
                Some(client) => client
                    .delete_sandbox(&id, false, &gate::undo())
                    .await
                    .map(drop),
                None => Ok(()),
            }
        };
        match tokio::time::timeout(CLEAN_UP, ending).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!("the session's sandbox was not deleted: {error}"),
            Err(_) => tracing::warn!("the session's sandbox is left to the server to delete"),
        }
    }
}

fn gone(own: &mut Option<String>) -> Error {
    let id = own.take().unwrap_or_default();
    Error::new(
        Kind::NotFound,
        format!("this session's own sandbox ({id}) was deleted by somebody else, with its files"),
    )
    .hint("call the tool again to have a new, empty one")
}

/// What a sandbox's name and a label can hold of what a client calls itself.
fn word(text: &str) -> String {
    let mut word: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .take(24)
        .collect();
    while word.contains("--") {
        word = word.replace("--", "-");
    }
    let word = word.trim_matches('-');
    if word.is_empty() { "agent" } else { word }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn names_of_clients_become_words() {
        assert_eq!(word("Claude Code (2.1)"), "claude-code-2-1");
        assert_eq!(word("日本"), "agent");
        assert_eq!(word(&"x".repeat(99)).len(), 24);
    }
}
