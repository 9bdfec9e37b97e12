//! `delete` and `destroy_sandbox`: one sandbox, several, or all that match.

use std::fmt::Write as _;

use futures_util::{StreamExt as _, stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::types::{Sandbox, State};
use crate::api::{Client, ListQuery};
use crate::error::{Error, Kind, Report, Result};
use crate::ops::key_values::{self, Pair};
use crate::ops::{Ctx, Effect, Group, Loss, Operation, Tool};
use crate::output::{Human, View};

use super::{choices, list, resolve, view};

const AT_ONCE: usize = 8;

/// Delete sandboxes with their files
#[derive(Clone, Debug, Default, clap::Args)]
#[command(group = clap::ArgGroup::new("which").required(true).multiple(true).args(["ids", "all", "states", "labels", "name"]))]
pub struct Delete {
    /// Id or name of a sandbox (can be repeated)
    #[arg(value_name = "SANDBOX", conflicts_with_all = ["all", "states", "labels", "name"])]
    pub ids: Vec<String>,

    /// Delete all of them
    #[arg(short, long)]
    pub all: bool,

    /// Delete those in this state (can be repeated)
    #[arg(id = "states", long = "state", value_name = "STATE", value_parser = choices::state(), hide_possible_values = true)]
    pub states: Vec<State>,

    /// Delete those with this label (can be repeated; all must match)
    #[arg(id = "labels", short = 'l', long = "label", value_name = "KEY=VALUE", value_parser = key_values::parse)]
    pub labels: Vec<Pair>,

    /// Delete those whose name begins so, whatever the case
    #[arg(long, value_name = "PREFIX")]
    pub name: Option<String>,

    /// Count a sandbox that is not there as deleted
    #[arg(long)]
    pub ignore_not_found: bool,

    /// Do not ask before deleting by filter or all
    #[arg(short, long)]
    pub yes: bool,
}

/// What is to be deleted.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What to call each in a request.
    pub ids: Vec<String>,
    /// What to call each for people.
    pub names: Vec<String>,
    /// Whether they were found by a filter, not named one by one.
    pub bulk: bool,
}

/// What was deleted, and what was not
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Deleted {
    /// Ids or names of the sandboxes that were deleted
    pub deleted: Vec<String>,
    /// Those that were not there
    pub not_found: Vec<String>,
    /// Those that could not be deleted, and why
    pub failed: Vec<Failed>,
}

/// A sandbox that could not be deleted
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Failed {
    /// Its id or name
    pub id: String,
    /// Why
    pub error: Report,
}

impl Human for Deleted {
    fn view(&self) -> View {
        let mut lines: Vec<String> = self
            .deleted
            .iter()
            .map(|id| format!("deleted `{id}`"))
            .collect();
        lines.extend(
            self.not_found
                .iter()
                .map(|id| format!("`{id}` is not there")),
        );
        if lines.is_empty() && self.failed.is_empty() {
            lines.push("no sandbox matches; nothing was deleted".to_owned());
        }
        View::Done(lines.join("\n"))
    }

    fn ids(&self) -> Vec<String> {
        self.deleted.clone()
    }
}

/// Finds out what is to be deleted, and deletes nothing.
pub async fn plan(client: &Client, delete: &Delete) -> Result<Plan> {
    if !delete.ids.is_empty() {
        let mut ids: Vec<String> = Vec::new();
        for id in &delete.ids {
            let id = resolve::checked(id)?.to_owned();
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        return Ok(Plan {
            names: ids.clone(),
            ids,
            bulk: false,
        });
    }
    let query = ListQuery {
        limit: Some(200),
        name: delete.name.clone(),
        states: delete.states.clone(),
        labels: key_values::map(delete.labels.clone()).unwrap_or_default(),
        ..ListQuery::default()
    };
    let found: Vec<Sandbox> = list::all(client, query).await?.items;
    Ok(Plan {
        names: found
            .iter()
            .map(|sandbox| view::handle(sandbox).to_owned())
            .collect(),
        ids: found.into_iter().map(|sandbox| sandbox.id).collect(),
        bulk: true,
    })
}

/// Deletes them, several at once. A single one that is not there is an error; failures among many are listed.
pub async fn apply(client: &Client, plan: &Plan, ignore_not_found: bool) -> Result<Deleted> {
    let results: Vec<(String, Result<bool>)> =
        stream::iter(plan.ids.clone().into_iter().zip(plan.names.clone()))
            .map(|(id, name)| async move { (name, client.delete_sandbox(&id).await) })
            .buffered(AT_ONCE)
            .collect()
            .await;
    let alone = results.len() == 1 && !plan.bulk;
    let mut deleted = Deleted::default();
    for (id, result) in results {
        match result {
            Ok(true) => deleted.deleted.push(id),
            Ok(false) if ignore_not_found || plan.bulk => deleted.not_found.push(id),
            Ok(false) => {
                let error = resolve::unknown(client, &id, |_| true).await;
                if alone {
                    return Err(error);
                }
                deleted.failed.push(Failed {
                    id,
                    error: error.report(),
                });
            }
            Err(error) if alone => return Err(error),
            Err(error) => deleted.failed.push(Failed {
                id,
                error: error.report(),
            }),
        }
    }
    Ok(deleted)
}

impl Deleted {
    /// The failure that stands for those that are listed.
    pub fn failure(&self) -> Option<Error> {
        let count = self.failed.len();
        if count == 0 {
            return None;
        }
        let all = count + self.deleted.len() + self.not_found.len();
        let mut text = format!("{count} of {all} sandboxes could not be deleted");
        for failed in &self.failed {
            let _ = write!(text, "\n  {}: {}", failed.id, failed.error.message);
        }
        Some(
            Error::new(Kind::Other, text)
                .hint("run it again; `--ignore-not-found` skips those that are gone"),
        )
    }
}

/// Delete one sandbox with its files
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Destroy {
    /// Its id or name
    pub id: String,
}

/// A sandbox that is gone
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Destroyed {
    /// Its id
    pub id: String,
    /// Whether it was there until now
    pub deleted: bool,
}

impl Operation for Destroy {
    type Output = Destroyed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "destroy_sandbox",
        title: "Destroy sandbox",
        description: "Deletes a sandbox with its files. For what this session did not make, the user is asked first.",
        group: Group::Sandbox,
        default: true,
        effect: Effect::Destroys,
    });

    async fn run(self, ctx: &Ctx) -> Result<Destroyed> {
        let sandbox = resolve::find(ctx, &self.id).await?;
        ctx.count_deletion()?;
        let deleted = ctx.client().await?.delete_sandbox(&sandbox.id).await?;
        Ok(Destroyed {
            id: sandbox.id,
            deleted,
        })
    }

    async fn loss(&self, ctx: &Ctx) -> Result<Option<Loss>> {
        let sandbox = resolve::find(ctx, &self.id).await?;
        let last = sandbox
            .last_activity_at
            .as_deref()
            .or(sandbox.created_at.as_deref());
        let used = last.map_or(String::new(), |last| format!(", last used {last}"));
        Ok(Some(Loss {
            what: format!(
                "sandbox {} ({}{used}) with all its files and processes",
                view::called(&sandbox),
                sandbox.state
            ),
            state: format!("{} {}", sandbox.id, sandbox.state),
            made_here: ctx.has_made(&sandbox.id),
        }))
    }
}
