//! How templates read to a person.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::output::{Cell, Human, View};

use super::Template;

/// The templates
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Templates {
    /// Each of them
    pub items: Vec<Template>,
}

impl Human for Templates {
    fn view(&self) -> View {
        let row = |template: &Template| {
            let text = |text: &Option<String>| text.as_deref().unwrap_or("-").into();
            vec![
                template.name.as_str().into(),
                text(&template.create.snapshot),
                text(&template.from),
                Cell::Time(template.saved_at.clone()),
            ]
        };
        View::Table {
            headings: vec!["NAME", "SNAPSHOT", "TAKEN FROM", "SAVED"],
            rows: self.items.iter().map(row).collect(),
            empty: "no templates; make one: `daytona template save NAME --sandbox SANDBOX`",
            note: None,
        }
    }

    fn ids(&self) -> Vec<String> {
        self.items.iter().map(|item| item.name.clone()).collect()
    }
}

impl Human for Template {
    fn view(&self) -> View {
        let mut rows: Vec<(&'static str, Cell)> = vec![("Name", self.name.as_str().into())];
        rows.extend(self.from.as_deref().map(|from| ("Taken from", from.into())));
        rows.push(("Saved", Cell::Time(self.saved_at.clone())));
        // Its fields as the API names them: the same words as in the file.
        let create = serde_json::to_value(&self.create).unwrap_or_default();
        let fields = create.as_object().into_iter().flatten();
        let lines = fields.map(|(key, value)| match value {
            Value::String(text) => format!("{key}: {text}"),
            value => format!("{key}: {value}"),
        });
        rows.extend(lines.map(|line| ("Makes", line.into())));
        View::Block(rows)
    }

    fn ids(&self) -> Vec<String> {
        vec![self.name.clone()]
    }
}
