//! How the trash reads to a person.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::types::Trashed;
use crate::output::{Cell, Human, View};

/// Deleted sandboxes, what was deleted last first
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Trash {
    /// Each of them
    pub items: Vec<Trashed>,
}

impl Human for Trash {
    fn view(&self) -> View {
        let row = |one: &Trashed| {
            vec![
                one.name.as_str().into(),
                Cell::Time(one.deleted_at.clone()),
                Cell::Time(one.expires_at.clone()),
                written(one),
                one.id.as_str().into(),
            ]
        };
        View::Table {
            headings: vec!["NAME", "DELETED", "KEPT UNTIL", "WRITTEN", "ID"],
            rows: self.items.iter().map(row).collect(),
            empty: "the trash is empty",
            note: None,
        }
    }

    fn ids(&self) -> Vec<String> {
        self.items.iter().map(|one| one.id.clone()).collect()
    }
}

impl Human for Trashed {
    fn view(&self) -> View {
        let labels = self.labels.iter();
        let labels: Vec<String> = labels
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        View::Block(vec![
            ("Name", self.name.as_str().into()),
            ("ID", self.id.as_str().into()),
            ("State", self.state.to_string().into()),
            ("Snapshot", self.snapshot.as_str().into()),
            ("Labels", labels.join(", ").into()),
            ("Written", written(self)),
            ("Created", Cell::Time(self.created_at.clone())),
            ("Deleted", Cell::Time(self.deleted_at.clone())),
            ("Kept until", Cell::Time(self.expires_at.clone())),
        ])
    }

    fn ids(&self) -> Vec<String> {
        vec![self.id.clone()]
    }
}

/// What it wrote, in MiB.
fn written(one: &Trashed) -> Cell {
    one.bytes.map_or_else(
        || "-".into(),
        |bytes| format!("{} MiB", bytes.div_ceil(1 << 20)).into(),
    )
}
