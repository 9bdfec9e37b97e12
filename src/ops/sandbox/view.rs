//! How sandboxes read to a person.

use schemars::JsonSchema;
use serde::Serialize;

use super::make::REQUEST_LABEL;
use crate::api::types::{Sandbox, SandboxPage, State};
use crate::output::{Cell, Human, Tone, View};

/// A sandbox after something was done to it.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Changed {
    /// The sandbox as it is now
    #[serde(flatten)]
    pub sandbox: Sandbox,
    /// What else to know
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(skip)]
    pub notes: Vec<String>,
    /// What was done, and what can be done next: for people
    #[serde(skip)]
    #[schemars(skip)]
    pub done: String,
}

impl Changed {
    /// A sandbox after something was done to it, and what that was.
    pub fn new(sandbox: Sandbox, done: String) -> Self {
        Self {
            sandbox,
            notes: Vec::new(),
            done,
        }
    }
}

impl Human for Changed {
    fn view(&self) -> View {
        View::Done(self.done.clone())
    }

    fn ids(&self) -> Vec<String> {
        vec![self.sandbox.id.clone()]
    }
}

/// `name` with the id behind it, where that says more.
pub(in crate::ops) fn called(sandbox: &Sandbox) -> String {
    if sandbox.name.is_empty() || sandbox.name == sandbox.id {
        format!("`{}`", sandbox.id)
    } else {
        format!("`{}` ({})", sandbox.own_name(), sandbox.id)
    }
}

/// What to call it in a command: its name, or else its id.
pub(in crate::ops) fn handle(sandbox: &Sandbox) -> &str {
    if sandbox.name.is_empty() {
        &sandbox.id
    } else {
        sandbox.own_name()
    }
}

impl Human for SandboxPage {
    fn view(&self) -> View {
        let row = |sandbox: &Sandbox| {
            vec![
                handle(sandbox).into(),
                state(sandbox),
                sandbox.target.as_str().into(),
                sandbox.snapshot.as_deref().unwrap_or("-").into(),
                time(
                    sandbox
                        .last_activity_at
                        .as_ref()
                        .or(sandbox.created_at.as_ref()),
                ),
                sandbox.id.as_str().into(),
            ]
        };
        View::Table {
            headings: vec!["NAME", "STATE", "TARGET", "SNAPSHOT", "LAST ACTIVITY", "ID"],
            rows: self.items.iter().map(row).collect(),
            empty: "no sandboxes; make one: `daytona create`",
            note: self.next_cursor.as_ref().map(|cursor| {
                format!("more match: add `--all`, or `--cursor {cursor}` for the next page")
            }),
        }
    }

    fn ids(&self) -> Vec<String> {
        self.items
            .iter()
            .map(|sandbox| sandbox.id.clone())
            .collect()
    }
}

impl Human for Sandbox {
    fn view(&self) -> View {
        let mut rows: Vec<(&'static str, Cell)> = vec![
            ("Name", handle(self).into()),
            ("ID", self.id.as_str().into()),
            ("State", state(self)),
        ];
        let mut put = |name, value: Option<Cell>| rows.extend(value.map(|value| (name, value)));
        let text = |text: &Option<String>| text.as_deref().map(Cell::from);
        put("Out of reach", text(&out_of_reach(self).map(str::to_owned)));
        put("Reason", text(&self.error_reason));
        put("Snapshot", text(&self.snapshot));
        put("Target", filled(&self.target));
        put("User", filled(&self.user));
        put(
            "Resources",
            (self.cpu > 0).then(|| {
                format!(
                    "{} CPU, {} GiB memory, {} GiB disk",
                    self.cpu, self.memory, self.disk
                )
                .into()
            }),
        );
        put(
            "Labels",
            pairs(
                self.labels
                    .iter()
                    .filter(|(key, _)| key.as_str() != REQUEST_LABEL)
                    .map(|(key, value)| format!("{key}={value}")),
            ),
        );
        put("Environment", pairs(self.env.keys().cloned()));
        put(
            "Volumes",
            pairs(self.volumes.iter().map(|volume| {
                let subpath = volume.subpath.as_ref();
                let subpath = subpath.map_or(String::new(), |path| format!(":{path}"));
                format!("{}:{}{subpath}", volume.volume_id, volume.mount_path)
            })),
        );
        put("Public", self.public.then(|| "yes".into()));
        let lists = [&self.network_allow_list, &self.domain_allow_list];
        let lists = pairs(
            lists
                .into_iter()
                .flatten()
                .map(|list| list.replace(',', ", ")),
        );
        put(
            "Network",
            if self.network_block_all {
                Some("blocked".into())
            } else {
                lists
            },
        );
        put("Auto-stop", minutes(self.auto_stop_interval));
        put(
            "Auto-pause",
            minutes(self.auto_pause_interval.filter(|minutes| *minutes > 0)),
        );
        put("Auto-archive", minutes(self.auto_archive_interval));
        put(
            "Auto-delete",
            match self.auto_delete_interval {
                Some(0) => Some("as soon as it stops".into()),
                other => minutes(other),
            },
        );
        put("Deleted at", self.auto_destroy_at.clone().map(Cell::Time));
        put("Created", self.created_at.clone().map(Cell::Time));
        put(
            "Last activity",
            self.last_activity_at.clone().map(Cell::Time),
        );
        put("Agent", text(&self.daemon_version));
        if let Some(runtime) = &self.runtime {
            put(
                "Runtime",
                Some(format!("{}: {}", runtime.name, runtime.isolation).into()),
            );
            put(
                "Outside",
                Some(runtime.network.as_str())
                    .filter(|text| !text.is_empty())
                    .map(Cell::from),
            );
            put(
                "Limits",
                pairs(runtime.limits.iter().map(|limit| {
                    let how = if limit.enforced {
                        "enforced"
                    } else {
                        "not enforced"
                    };
                    format!("{} {how} ({})", limit.resource, limit.by)
                })),
            );
        }
        View::Block(rows)
    }

    fn ids(&self) -> Vec<String> {
        vec![self.id.clone()]
    }
}

fn filled(text: &str) -> Option<Cell> {
    (!text.is_empty()).then(|| text.into())
}

fn pairs(texts: impl Iterator<Item = String>) -> Option<Cell> {
    let joined = texts.collect::<Vec<_>>().join(", ");
    (!joined.is_empty()).then(|| joined.into())
}

fn minutes(count: Option<i64>) -> Option<Cell> {
    Some(match count? {
        ..0 => "never".into(),
        0 => "off".into(),
        1 => "after 1 minute".into(),
        count => format!("after {count} minutes").into(),
    })
}

fn time(moment: Option<&String>) -> Cell {
    moment.map_or_else(|| "-".into(), |moment| Cell::Time(moment.clone()))
}

/// Why nothing is known of a sandbox now, where its runtime cannot be reached.
fn out_of_reach(sandbox: &Sandbox) -> Option<&str> {
    sandbox.runtime.as_ref()?.unreachable.as_deref()
}

fn state(sandbox: &Sandbox) -> Cell {
    if out_of_reach(sandbox).is_some() {
        return Cell::Word(format!("{} (out of reach)", sandbox.state), Tone::Bad);
    }
    let tone = match &sandbox.state {
        State::Started => Tone::Good,
        state if state.is_failed() => Tone::Bad,
        _ => Tone::Neutral,
    };
    Cell::Word(sandbox.state.to_string(), tone)
}

#[cfg(test)]
mod tests {
    use crate::api::types::RuntimeReport;

    use super::*;

    #[test]
    fn what_is_out_of_reach_is_said_with_its_state() {
        let mut sandbox = Sandbox {
            state: State::Started,
            ..Sandbox::default()
        };
        assert!(matches!(state(&sandbox), Cell::Word(word, Tone::Good) if word == "started"));
        sandbox.runtime = Some(RuntimeReport {
            unreachable: Some("the host does not answer".to_owned()),
            ..RuntimeReport::default()
        });
        assert!(
            matches!(state(&sandbox), Cell::Word(word, Tone::Bad) if word == "started (out of reach)")
        );
        let View::Block(rows) = sandbox.view() else {
            panic!("a block");
        };
        assert!(rows.iter().any(|(name, _)| *name == "Out of reach"));
    }
}
