//! Deleting several things by name: what was deleted, and what was not.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::Permit;
use crate::error::{Command, Error, Kind, Report, Result};
use crate::ops::Ctx;
use crate::ops::gate::{self, Bulk, Subject};
use crate::output::{Human, View};

/// What is to be deleted: a volume, a key, a secret.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Noun {
    /// One of them.
    pub one: &'static str,
    /// Several of them.
    pub many: &'static str,
    /// The command that lists them.
    pub list: &'static str,
}

/// What to delete, by name for people and by what requests call it.
#[derive(Clone, Debug)]
pub struct Target {
    /// The name.
    pub name: String,
    /// What a request calls it; none where it is not there.
    pub id: Option<String>,
}

/// Which are meant.
#[derive(Clone, Debug)]
pub struct Removals {
    /// What they are.
    pub noun: Noun,
    /// Each of them.
    pub targets: Vec<Target>,
    /// Whether they were not named one by one.
    pub bulk: bool,
}

/// How a person wants it done.
#[derive(Clone, Copy, Debug, Default)]
pub struct How {
    /// Those that are not there are fine.
    pub ignore_not_found: bool,
    /// Nothing is to be asked.
    pub yes: bool,
}

/// What was deleted, and what was not
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Removed {
    /// Names of those that were deleted
    pub deleted: Vec<String>,
    /// Those that were not there
    pub not_found: Vec<String>,
    /// Those that could not be deleted, and why
    pub failed: Vec<Refused>,
    #[serde(skip)]
    #[schemars(skip)]
    noun: Noun,
}

/// What could not be deleted
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Refused {
    /// Its name
    pub name: String,
    /// Why
    pub error: Report,
}

impl Human for Removed {
    fn view(&self) -> View {
        let mut lines: Vec<String> = self
            .deleted
            .iter()
            .map(|name| format!("deleted `{name}`"))
            .collect();
        let missing = self.not_found.iter();
        lines.extend(missing.map(|name| format!("`{name}` is not there")));
        if lines.is_empty() && self.failed.is_empty() {
            lines.push(format!(
                "there are no {}; nothing was deleted",
                self.noun.many
            ));
        }
        View::Done(lines.join("\n"))
    }

    fn ids(&self) -> Vec<String> {
        self.deleted.clone()
    }
}

impl Removals {
    /// Those of the names, without repetition, looked up among what there is (name and id).
    pub fn named(noun: Noun, names: &[String], there: &[(String, String)]) -> Self {
        let mut targets: Vec<Target> = Vec::new();
        for wanted in names {
            let found = there
                .iter()
                .find(|(name, id)| name == wanted || id == wanted);
            let target = match found {
                Some((name, id)) => Target {
                    name: name.clone(),
                    id: Some(id.clone()),
                },
                None => Target {
                    name: wanted.clone(),
                    id: None,
                },
            };
            if !targets.iter().any(|other| other.name == target.name) {
                targets.push(target);
            }
        }
        Self {
            noun,
            targets,
            bulk: false,
        }
    }

    /// All that there are.
    pub fn all(noun: Noun, there: Vec<(String, String)>) -> Self {
        let targets = there
            .into_iter()
            .map(|(name, id)| Target { name, id: Some(id) });
        Self {
            noun,
            targets: targets.collect(),
            bulk: true,
        }
    }

    /// Has them pass the gate together, and deletes them. A single one that fails is an error; failures among
    /// many are listed.
    pub async fn apply<F: Future<Output = Result<()>>>(
        self,
        ctx: &Ctx,
        how: How,
        subject: impl Fn(String, String) -> Subject,
        delete: impl Fn(String, Permit) -> F,
    ) -> Result<Removed> {
        let alone = self.targets.len() == 1 && !self.bulk;
        let bulk = Bulk {
            one: self.noun.one,
            many: self.noun.many,
            found: self.bulk,
            yes: how.yes,
        };
        let there = self.targets.iter().filter_map(|target| {
            let id = target.id.clone()?;
            Some(subject(id, target.name.clone()).now())
        });
        let delete = |subject: Subject, permit: Permit| delete(subject.id().to_owned(), permit);
        let outcomes = gate::pass_all(ctx, there.collect(), &bulk, delete).await?;
        let mut outcomes = outcomes.into_iter().map(|(_, outcome)| outcome);
        let mut removed = Removed {
            noun: self.noun,
            ..Removed::default()
        };
        for target in self.targets {
            let outcome = match target.id {
                Some(_) => outcomes
                    .next()
                    .unwrap_or_else(|| Err(Error::internal("a removal has no outcome"))),
                None => Err(self.noun.missing(&target.name)),
            };
            match outcome {
                Ok(()) => removed.deleted.push(target.name),
                Err(error)
                    if error.kind() == Kind::NotFound && (how.ignore_not_found || self.bulk) =>
                {
                    removed.not_found.push(target.name);
                }
                Err(error) if alone => return Err(error),
                Err(error) => removed.failed.push(Refused {
                    name: target.name,
                    error: error.report(),
                }),
            }
        }
        Ok(removed)
    }
}

impl Noun {
    /// The error for a name that is nobody's.
    pub fn missing(&self, name: &str) -> Error {
        let message = format!("there is no {} `{name}`", self.one);
        Error::new(Kind::NotFound, message).hint(Command::new(self.list).to("list them"))
    }
}

impl Removed {
    /// The failure that stands for those that are listed.
    pub fn failure(&self) -> Option<Error> {
        let count = self.failed.len();
        if count == 0 {
            return None;
        }
        let all = count + self.deleted.len() + self.not_found.len();
        let mut text = format!("{count} of {all} {} could not be deleted", self.noun.many);
        for failed in &self.failed {
            let _ = write!(text, "\n  {}: {}", failed.name, failed.error.message);
        }
        let kinds = self.failed.iter().map(|failed| failed.error.kind);
        let kind = if self.deleted.is_empty() {
            Kind::of_all(kinds)
        } else {
            Kind::Other
        };
        let error = Error::new(kind, text);
        Some(error.hint(Command::new(self.noun.list).to("list them")))
    }
}
