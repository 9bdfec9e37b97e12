//! How volumes read to a person.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::types::Volume;
use crate::output::{Cell, Human, Tone, View};

/// A volume after something was done to it.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Changed {
    /// The volume as it is now
    #[serde(flatten)]
    pub volume: Volume,
    /// What was done, and what can be done next: for people
    #[serde(skip)]
    #[schemars(skip)]
    pub done: String,
}

impl Human for Changed {
    fn view(&self) -> View {
        View::Done(self.done.clone())
    }

    fn ids(&self) -> Vec<String> {
        vec![self.volume.id.clone()]
    }
}

/// The volumes
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Volumes {
    /// Each of them
    pub items: Vec<Volume>,
}

impl Human for Volumes {
    fn view(&self) -> View {
        let row = |volume: &Volume| {
            vec![
                volume.name.as_str().into(),
                state(volume),
                Cell::Time(volume.created_at.clone()),
                time(volume.last_used_at.as_ref()),
                volume.id.as_str().into(),
            ]
        };
        View::Table {
            headings: vec!["NAME", "STATE", "CREATED", "LAST USED", "ID"],
            rows: self.items.iter().map(row).collect(),
            empty: "no volumes; make one: `daytona volume create NAME`",
            note: None,
        }
    }

    fn ids(&self) -> Vec<String> {
        self.items.iter().map(|volume| volume.id.clone()).collect()
    }
}

impl Human for Volume {
    fn view(&self) -> View {
        let mut rows: Vec<(&'static str, Cell)> = vec![
            ("Name", self.name.as_str().into()),
            ("ID", self.id.as_str().into()),
            ("State", state(self)),
        ];
        rows.extend(
            self.error_reason
                .as_deref()
                .map(|why| ("Reason", why.into())),
        );
        rows.push(("Created", Cell::Time(self.created_at.clone())));
        rows.push(("Last used", time(self.last_used_at.as_ref())));
        View::Block(rows)
    }

    fn ids(&self) -> Vec<String> {
        vec![self.id.clone()]
    }
}

fn time(moment: Option<&String>) -> Cell {
    moment.map_or_else(|| "-".into(), |moment| Cell::Time(moment.clone()))
}

fn state(volume: &Volume) -> Cell {
    let tone = if volume.is_ready() {
        Tone::Good
    } else if volume.is_failed() {
        Tone::Bad
    } else {
        Tone::Neutral
    };
    Cell::Word(volume.state.clone(), tone)
}
