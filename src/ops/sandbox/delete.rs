//! `delete` and `destroy_sandbox`: one sandbox, several, or all that match.

use std::fmt::Write as _;
use std::time::Duration;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::types::{Protection, Sandbox, State, TRASH_DAYS};
use crate::api::{Client, Going, ListQuery, Permit};
use crate::error::{Error, Kind, Report, Result};
use crate::ops::gate::{self, Bulk, How, Removal, Subject};
use crate::ops::key_values::{self, Pair};
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};
use crate::output::{Human, View};

use super::view::handle;
use super::{await_state, choices, list, resolve};

/// How long a deletion may take that is waited for.
const TIMEOUT: Duration = Duration::from_mins(2);

/// Delete sandboxes with their files
#[derive(Clone, Debug, Default, clap::Args)]
#[command(group = clap::ArgGroup::new("which").required(true).multiple(true).args(["ids", "all", "states", "labels", "name"]))]
pub struct Delete {
    /// Id or name of a sandbox (can be repeated)
    #[arg(value_name = "SANDBOX", conflicts_with_all = ["all", "states", "labels", "name"])]
    pub ids: Vec<String>,

    /// Delete all
    #[arg(short, long)]
    pub all: bool,

    /// Delete sandboxes in this state (can be repeated)
    #[arg(id = "states", long = "state", value_name = "STATE", value_parser = choices::state(), hide_possible_values = true)]
    pub states: Vec<State>,

    /// Delete sandboxes with this label (can be repeated; all must match)
    #[arg(id = "labels", short = 'l', long = "label", value_name = "KEY=VALUE", value_parser = key_values::parse)]
    pub labels: Vec<Pair>,

    /// Delete sandboxes with this name prefix, case-insensitive
    #[arg(long, value_name = "PREFIX")]
    pub name: Option<String>,

    /// Treat a missing sandbox as deleted
    #[arg(long)]
    pub ignore_not_found: bool,

    /// Delete by filter, or all, without asking
    #[arg(short, long)]
    pub yes: bool,

    /// Keep nothing of them in the trash
    #[arg(long)]
    pub permanent: bool,

    /// Return once they are gone
    #[arg(long)]
    pub wait: bool,
}

/// What was deleted, and what was not
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Deleted {
    /// Ids or names of the sandboxes that were deleted
    pub deleted: Vec<String>,
    /// Those of them that the server is still deleting
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deleting: Vec<String>,
    /// Those of them that `trash restore` brings back for a while
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub trashed: Vec<String>,
    /// Those that match and stay, because they are protected
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub protected: Vec<String>,
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
            .map(|id| {
                if self.deleting.contains(id) {
                    format!("`{id}` is being deleted")
                } else {
                    format!("deleted `{id}`")
                }
            })
            .collect();
        lines.extend(
            self.not_found
                .iter()
                .map(|id| format!("`{id}` is not there")),
        );
        let kept = self.protected.iter();
        lines.extend(kept.map(|id| format!("`{id}` is protected; it stays")));
        if lines.is_empty() && self.failed.is_empty() {
            lines.push("no sandbox matches; nothing was deleted".to_owned());
        }
        match self.trashed.as_slice() {
            [] => {}
            [one] => lines.push(format!(
                "kept for {TRASH_DAYS} days: `daytona trash restore {one}`"
            )),
            several => lines.push(format!(
                "{} are kept for {TRASH_DAYS} days: `daytona trash list`",
                several.len()
            )),
        }
        View::Done(lines.join("\n"))
    }

    fn ids(&self) -> Vec<String> {
        self.deleted.clone()
    }
}

/// Deletes those that are meant. A single one that is not there is an error; failures among many are listed.
pub async fn run(ctx: &Ctx, asked: &Delete) -> Result<Deleted> {
    let client = ctx.client().await?;
    let found = asked.ids.is_empty();
    let (meant, protected) = if found {
        matching(&client, asked).await?
    } else {
        (named(ctx, &asked.ids).await?, Vec::new())
    };
    let alone = meant.len() == 1 && !found;
    let bulk = Bulk {
        one: "sandbox",
        many: "sandboxes",
        found,
        yes: asked.yes,
    };
    let how = if asked.permanent {
        How::Permanently
    } else {
        How::Now
    };
    let removal = |subject| Removal {
        subject,
        how: how.clone(),
    };
    let removals = meant.into_iter().map(removal).collect();
    let deletion = async |subject: Subject, permit: Permit| {
        let going = delete(&client, subject.id(), asked.permanent, &permit).await?;
        if asked.wait && going.as_ref().is_some_and(|going| is_going(&going.state)) {
            await_state(&client, subject.id(), &State::Destroyed, TIMEOUT).await?;
            return Ok(going.map(|going| Going {
                state: State::Destroyed,
                ..going
            }));
        }
        Ok(going)
    };
    let mut deleted = Deleted {
        protected,
        ..Deleted::default()
    };
    for (subject, outcome) in gate::pass_all(ctx, removals, &bulk, deletion).await? {
        let id = subject.name().to_owned();
        let error = match outcome {
            Ok(Some(going)) => {
                if is_going(&going.state) {
                    deleted.deleting.push(id.clone());
                }
                if going.trashed {
                    deleted.trashed.push(id.clone());
                }
                deleted.deleted.push(id);
                continue;
            }
            Ok(None) if asked.ignore_not_found || found => {
                deleted.not_found.push(id);
                continue;
            }
            Ok(None) => resolve::unknown(&client, &id, |_| true).await,
            Err(error) => error,
        };
        if alone {
            return Err(error);
        }
        deleted.failed.push(Failed {
            id,
            error: error.report(),
        });
    }
    Ok(deleted)
}

/// Deletes one; its state from then on, or none where it is not there. What a name stands for is looked up in the
/// list where the server has forgotten it.
async fn delete(
    client: &Client,
    id: &str,
    permanent: bool,
    permit: &Permit,
) -> Result<Option<Going>> {
    match client.delete_sandbox(id, permanent, permit).await? {
        None => match resolve::listed(client, id).await? {
            Some(found) => client.delete_sandbox(&found, permanent, permit).await,
            None => Ok(None),
        },
        state => Ok(state),
    }
}

/// Whether the server has accepted a deletion, and is at it.
fn is_going(state: &State) -> bool {
    *state == State::Destroying
}

async fn named(ctx: &Ctx, names: &[String]) -> Result<Vec<Subject>> {
    let mut ids: Vec<String> = Vec::new();
    for name in names {
        let mut id = resolve::checked_id(name)?.to_owned();
        if resolve::is_beginning(&id) {
            match resolve::find(ctx, &id).await {
                // A name stays what it is called by.
                Ok(sandbox) if sandbox.name != id => id = sandbox.id,
                Err(error) if error.kind() != Kind::NotFound => return Err(error),
                _ => {}
            }
        }
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let subjects = ids.into_iter().map(|id| Subject::Sandbox {
        name: id.clone(),
        id,
    });
    Ok(subjects.collect())
}

/// Those that match; and the names of those of them that are protected.
async fn matching(client: &Client, delete: &Delete) -> Result<(Vec<Subject>, Vec<String>)> {
    let query = ListQuery {
        limit: Some(200),
        name: delete.name.clone(),
        states: delete.states.clone(),
        labels: key_values::map(delete.labels.clone()).unwrap_or_default(),
        ..ListQuery::default()
    };
    let mut found: Vec<Sandbox> = list::all(client, query).await?.items;
    // Lists may be older than deletions.
    found.retain(|one| !matches!(one.state, State::Destroying | State::Destroyed));
    let now = Timestamp::now();
    let (kept, found): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|one| Protection::of(&one.labels, now).is_some());
    let kept = kept.iter().map(|one| handle(one).to_owned()).collect();
    Ok((found.iter().map(Subject::from).collect(), kept))
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
        let kinds = self.failed.iter().map(|failed| failed.error.kind);
        let kind = if self.deleted.is_empty() {
            Kind::of_all(kinds)
        } else {
            Kind::Other
        };
        Some(
            Error::new(kind, text)
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
    /// Whether restore_sandbox brings it back, for three days
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(skip)]
    pub restorable: bool,
    /// Its state, where the server is still deleting it
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub state: Option<State>,
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
        on: On::Sandbox,
        open_world: false,
    });

    const COMMAND: Option<&'static str> = Some("delete");

    async fn run(self, ctx: &Ctx) -> Result<Destroyed> {
        let sandbox = resolve::find(ctx, &self.id).await?;
        let client = ctx.client().await?;
        let id = sandbox.id.clone();
        let deleted = gate::pass(ctx, Subject::from(&sandbox).now(), async |permit| {
            client.delete_sandbox(&id, false, permit).await
        });
        let going = deleted.await?;
        Ok(Destroyed {
            deleted: going.is_some(),
            restorable: going.as_ref().is_some_and(|going| going.trashed),
            state: going.map(|going| going.state).filter(is_going),
            id: sandbox.id,
        })
    }
}
