//! What a session may touch at all: a prefix of names, labels, and how many at once or per hour.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::api::ListQuery;
use crate::api::types::{CreateSandbox, Sandbox};
use crate::error::{Error, Hint, Kind, NextTool, Result};

use super::ClientSession;

/// The bounds of a session. Without any, everything that its credentials allow.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Scope {
    name: Option<String>,
    labels: BTreeMap<String, String>,
    sandboxes: Option<usize>,
    deletions: Option<usize>,
}

/// One bound: `name=PREFIX`, `label=KEY=VALUE`, `sandboxes=COUNT` or `deletions=COUNT`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Bound {
    /// Only what has a name that begins so.
    Name(String),
    /// Only sandboxes with this label.
    Label(String, String),
    /// At most so many sandboxes at once.
    Sandboxes(usize),
    /// At most so many deletions in an hour.
    Deletions(usize),
}

impl FromStr for Bound {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let accepted = "name=PREFIX, label=KEY=VALUE, sandboxes=COUNT or deletions=COUNT";
        let Some((key, value)) = text.split_once('=') else {
            return Err(format!("it must be {accepted}"));
        };
        let value = value.trim();
        let count = || {
            value
                .parse()
                .map_err(|_| format!("`{value}` is not a count"))
        };
        match key.trim() {
            "name" if value.is_empty() => Err("the prefix is empty".to_owned()),
            "name" => Ok(Self::Name(value.to_owned())),
            "label" => match value.split_once('=') {
                Some((key, value)) if !key.trim().is_empty() => {
                    Ok(Self::Label(key.trim().to_owned(), value.to_owned()))
                }
                _ => Err("a label must be KEY=VALUE".to_owned()),
            },
            "sandboxes" => count().map(Self::Sandboxes),
            "deletions" => count().map(Self::Deletions),
            other => Err(format!("`{other}` is no bound: {accepted}")),
        }
    }
}

impl FromIterator<Bound> for Scope {
    fn from_iter<I: IntoIterator<Item = Bound>>(bounds: I) -> Self {
        let mut scope = Self::default();
        for bound in bounds {
            match bound {
                Bound::Name(prefix) => scope.name = Some(prefix),
                Bound::Label(key, value) => drop(scope.labels.insert(key, value)),
                Bound::Sandboxes(count) => scope.sandboxes = Some(count),
                Bound::Deletions(count) => scope.deletions = Some(count),
            }
        }
        scope
    }
}

impl Scope {
    /// What the names of new sandboxes begin with.
    pub(super) fn prefix(&self) -> &str {
        self.name.as_deref().unwrap_or("")
    }

    /// Whether a sandbox is within it.
    pub fn holds(&self, sandbox: &Sandbox) -> bool {
        let named = self
            .name
            .as_ref()
            .is_none_or(|prefix| sandbox.name.starts_with(prefix));
        let mut labels = self.labels.iter();
        named && labels.all(|(key, value)| sandbox.labels.get(key) == Some(value))
    }

    /// Refuses a sandbox that is outside. What is outside is told apart from what is not there: the agent
    /// should stop trying, not look for another spelling.
    pub fn check(&self, sandbox: &Sandbox) -> Result<()> {
        if self.holds(sandbox) {
            return Ok(());
        }
        Err(self.outside(&format!("sandbox `{}`", sandbox.name)))
    }

    /// Refuses a name of something that has no labels, such as a snapshot or a volume.
    pub fn check_name(&self, noun: &str, name: &str) -> Result<()> {
        let fits = self
            .name
            .as_ref()
            .is_none_or(|prefix| name.starts_with(prefix));
        if fits && self.labels.is_empty() {
            return Ok(());
        }
        Err(self.outside(&format!("{noun} `{name}`")))
    }

    /// Refuses labels with which a sandbox would leave the scope.
    pub fn check_labels(&self, labels: &BTreeMap<String, String>) -> Result<()> {
        let mut bounds = self.labels.iter();
        match bounds.find(|(key, value)| labels.get(*key) != Some(value)) {
            Some((key, _)) => Err(self.outside(&format!("a sandbox without its label {key}"))),
            None => Ok(()),
        }
    }

    /// Refuses a name that new things cannot have.
    pub fn check_prefix(&self, name: &str) -> Result<()> {
        let prefix = self.prefix();
        if name.starts_with(prefix) {
            return Ok(());
        }
        Err(self.outside(&format!("the name `{name}`")).hint(format!(
            "give it a name that begins with `{prefix}`, or none"
        )))
    }

    /// The most sandboxes that there may be at once.
    pub(super) fn most_sandboxes(&self) -> Option<usize> {
        self.sandboxes
    }

    /// The most deletions in an hour.
    pub(super) fn most_deletions(&self) -> Option<usize> {
        self.deletions
    }

    fn outside(&self, what: &str) -> Error {
        let name = self.name.iter().map(|prefix| format!("name={prefix}"));
        let labels = self.labels.iter();
        let labels = labels.map(|(key, value)| format!("label={key}={value}"));
        let bounds: Vec<String> = name.chain(labels).collect();
        Error::new(
            Kind::Auth,
            format!(
                "{what} is outside of what this server may touch (--scope {})",
                bounds.join(" ")
            ),
        )
        .hint(
            Hint::new("use only what ")
                .step(NextTool::new("list_sandboxes"))
                .words(" shows")
                .or("only the server's operator can widen its scope"),
        )
    }

    /// Has a list ask for what is within the scope only. The name is a prefix whatever the case, so that
    /// what comes back is still to be looked at with [`Self::holds`].
    pub fn narrow(&self, query: &mut ListQuery) -> Result<()> {
        if let Some(prefix) = &self.name {
            match &query.name {
                Some(name) if name.to_lowercase().starts_with(&prefix.to_lowercase()) => {}
                Some(name) if !prefix.to_lowercase().starts_with(&name.to_lowercase()) => {
                    return Err(self.outside(&format!("the name `{name}`")));
                }
                _ => query.name = Some(prefix.clone()),
            }
        }
        for (key, value) in &self.labels {
            if query.labels.get(key).is_some_and(|asked| asked != value) {
                return Err(self.outside(&format!("the label {key}")));
            }
            query.labels.insert(key.clone(), value.clone());
        }
        Ok(())
    }
}

/// Whether a label is one by which sessions know their sandboxes.
pub(in crate::ops) fn is_reserved(key: &str) -> bool {
    key.starts_with("daytona.io/")
}

/// The refusal of such a label.
pub(in crate::ops) fn reserved(key: &str) -> Error {
    Error::usage(format!(
        "labels: `{key}` is not yours to set: labels that begin with daytona.io/ say which session a sandbox belongs to"
    ))
    .hint("choose another key")
}

impl ClientSession {
    /// The name that a new sandbox is to have: as asked, or made up where the scope wants a prefix and no
    /// name was asked for.
    pub(in crate::ops) fn fitting_name(&self, asked: Option<String>) -> Result<Option<String>> {
        let Some(prefix) = &self.scope().name else {
            return Ok(asked);
        };
        let random = || {
            let id = uuid::Uuid::new_v4().simple().to_string();
            format!("{prefix}{}", &id[..8])
        };
        let name = asked.unwrap_or_else(random);
        self.scope().check_prefix(&name)?;
        Ok(Some(name))
    }

    /// Fits a new sandbox into the scope, or refuses it.
    pub(in crate::ops) fn fit(&self, body: &mut CreateSandbox) -> Result<()> {
        let scope = self.scope();
        body.name = self.fitting_name(body.name.take())?;
        let labels = body.labels.get_or_insert_default();
        for (key, value) in &scope.labels {
            if labels.get(key).is_some_and(|asked| asked != value) {
                return Err(scope.outside(&format!("a sandbox with another label {key}")));
            }
            labels.insert(key.clone(), value.clone());
        }
        if labels.is_empty() {
            body.labels = None;
        }
        for volume in body.volumes.iter().flatten() {
            scope.check_name("volume", &volume.volume_id)?;
        }
        Ok(())
    }
}
