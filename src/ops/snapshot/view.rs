//! How snapshots read to a person.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::types::{Snapshot, SnapshotPage};
use crate::output::{Cell, Human, Tone, View};

/// A snapshot after something was done to it.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Made {
    /// The snapshot as it is now
    #[serde(flatten)]
    pub snapshot: Snapshot,
    /// What was done, and what can be done next: for people
    #[serde(skip)]
    #[schemars(skip)]
    pub done: String,
}

impl Human for Made {
    fn view(&self) -> View {
        View::Done(self.done.clone())
    }

    fn ids(&self) -> Vec<String> {
        vec![self.snapshot.id.clone()]
    }
}

impl Human for SnapshotPage {
    fn view(&self) -> View {
        let row = |snapshot: &Snapshot| {
            vec![
                snapshot.name.as_str().into(),
                state(&snapshot.state),
                size(snapshot),
                origin(snapshot).unwrap_or_else(|| "-".into()),
                Cell::Time(snapshot.created_at.clone()),
                snapshot.id.as_str().into(),
            ]
        };
        View::Table {
            headings: vec!["NAME", "STATE", "SIZE", "FROM", "CREATED", "ID"],
            rows: self.items.iter().map(row).collect(),
            empty: "no snapshots; take one: `daytona snapshot create NAME --sandbox SANDBOX`",
            note: (self.page < self.total_pages).then(|| {
                format!(
                    "page {} of {}: `daytona snapshot list --page {}`, or `--all`",
                    self.page,
                    self.total_pages,
                    self.page + 1
                )
            }),
        }
    }

    fn ids(&self) -> Vec<String> {
        self.items.iter().map(|one| one.id.clone()).collect()
    }
}

impl Human for Snapshot {
    fn view(&self) -> View {
        let mut rows: Vec<(&'static str, Cell)> = vec![
            ("Name", self.name.as_str().into()),
            ("ID", self.id.as_str().into()),
            ("State", state(&self.state)),
        ];
        let mut put = |name, value: Option<Cell>| rows.extend(value.map(|value| (name, value)));
        let text = |text: &Option<String>| text.as_deref().map(Cell::from);
        put("Progress", text(&self.progress));
        put("Reason", text(&self.error_reason));
        put("From", origin(self));
        put("Digest", text(&self.reference));
        put("Size", self.size.map(|_| size(self)));
        put(
            "Entrypoint",
            self.entrypoint.as_ref().map(|words| words.join(" ").into()),
        );
        put(
            "Resources",
            Some(
                format!(
                    "{} CPU, {} GiB memory, {} GiB disk",
                    self.cpu, self.mem, self.disk
                )
                .into(),
            ),
        );
        put("Created", Some(Cell::Time(self.created_at.clone())));
        put("Last used", self.last_used_at.clone().map(Cell::Time));
        View::Block(rows)
    }

    fn ids(&self) -> Vec<String> {
        vec![self.id.clone()]
    }
}

fn origin(snapshot: &Snapshot) -> Option<Cell> {
    let image = snapshot
        .image_name
        .as_deref()
        .filter(|name| !name.is_empty());
    match (image, &snapshot.source_sandbox_id) {
        (Some(image), _) => Some(image.into()),
        (None, Some(id)) => Some(format!("sandbox {id}").into()),
        (None, None) => None,
    }
}

fn size(snapshot: &Snapshot) -> Cell {
    match snapshot.size {
        Some(gib) if gib < 1.0 => format!("{:.0} MiB", gib * 1024.0).into(),
        Some(gib) => format!("{gib:.1} GiB").into(),
        None => "-".into(),
    }
}

fn state(state: &str) -> Cell {
    let tone = match state {
        "active" => Tone::Good,
        "error" | "build_failed" => Tone::Bad,
        _ => Tone::Neutral,
    };
    Cell::Word(state.to_owned(), tone)
}
