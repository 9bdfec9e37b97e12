//! A list that is printed page by page, so that its length does not matter.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::error::{Context as _, Kind, Result};

use super::human::{Human, View};
use super::printer::{Format, Printer};

/// A list that is being printed.
#[derive(Debug)]
pub struct Listing<'p> {
    printer: &'p Printer,
    /// Whether an item was printed.
    begun: bool,
}

impl<'p> Listing<'p> {
    pub(super) fn new(printer: &'p Printer) -> Self {
        Self {
            printer,
            begun: false,
        }
    }

    /// Prints the items of a page; `false` where nobody reads the output any more.
    pub fn page<T: Serialize + JsonSchema + Human>(&mut self, page: &T) -> Result<bool> {
        let text = match self.printer.format() {
            Format::Table => self.lines(page),
            Format::Json => self.json(items(self.printer.value(page)?))?,
            Format::Yaml => self.yaml(&items(self.printer.value(page)?))?,
        };
        self.printer.offer(text.as_bytes())
    }

    /// Prints what a list has beside its items: `last` is its last page, whose items are printed.
    pub fn finish<T: Serialize + JsonSchema + Human>(self, last: &T) -> Result<()> {
        if self.printer.format() == Format::Table {
            if !self.begun {
                self.printer.result(last)?;
            }
            return Ok(());
        }
        let mut rest = self.printer.value(last)?;
        if let Value::Object(object) = &mut rest {
            object.shift_remove("items");
        }
        let text = match self.printer.format() {
            Format::Yaml if self.begun => yaml(&rest)?,
            Format::Yaml => format!("items: []\n{}", yaml(&rest)?),
            _ => self.envelope(&rest)?,
        };
        self.printer.offer(text.as_bytes()).map(drop)
    }

    fn lines<T: Human>(&mut self, page: &T) -> String {
        if self.printer.quiet() {
            let ids = page.ids();
            self.begun |= !ids.is_empty();
            return ids.into_iter().map(|id| id + "\n").collect();
        }
        match page.view() {
            View::Table { headings, rows, .. } => {
                self.begun |= !rows.is_empty();
                self.printer.rows(&headings, &rows)
            }
            _ => String::new(),
        }
    }

    fn json(&mut self, items: Vec<Value>) -> Result<String> {
        let mut text = String::new();
        for item in items {
            text.push_str(if self.begun { "," } else { "{\n  \"items\": [" });
            self.begun = true;
            text.push_str("\n    ");
            text.push_str(&pretty(&item)?.replace('\n', "\n    "));
        }
        Ok(text)
    }

    fn yaml(&mut self, items: &[Value]) -> Result<String> {
        if items.is_empty() {
            return Ok(String::new());
        }
        let text = yaml(&serde_json::json!({ "items": items }))?;
        if std::mem::replace(&mut self.begun, true) {
            let (_, rest) = text.split_once('\n').unwrap_or_default();
            return Ok(rest.to_owned());
        }
        Ok(text)
    }

    fn envelope(&self, rest: &Value) -> Result<String> {
        let mut text = String::from(if self.begun {
            "\n  ]"
        } else {
            "{\n  \"items\": []"
        });
        for (key, value) in rest.as_object().into_iter().flatten() {
            let value = pretty(value)?.replace('\n', "\n  ");
            text.push_str(",\n  ");
            text.push_str(&pretty(&Value::from(key.as_str()))?);
            text.push_str(": ");
            text.push_str(&value);
        }
        text.push_str("\n}\n");
        Ok(text)
    }
}

fn items(page: Value) -> Vec<Value> {
    match page {
        Value::Object(mut page) => match page.shift_remove("items") {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn pretty(value: &Value) -> Result<String> {
    serde_json::to_string_pretty(value)
        .context(Kind::Internal, || "cannot encode the result".to_owned())
}

fn yaml(value: &Value) -> Result<String> {
    serde_saphyr::to_string(value).context(Kind::Internal, || "cannot encode the result".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::types::{Sandbox, SandboxPage};
    use crate::config::Environment;
    use crate::output::Choices;

    fn page(names: &[&str]) -> SandboxPage {
        let sandbox = |name: &&str| Sandbox {
            name: (*name).to_owned(),
            labels: [("a\nb".to_owned(), "c".to_owned())].into(),
            ..Sandbox::default()
        };
        SandboxPage {
            items: names.iter().map(sandbox).collect(),
            next_cursor: None,
        }
    }

    /// What is printed of these pages.
    fn printed(format: Format, pages: &[&[&str]]) -> String {
        let choices = Choices {
            format,
            fields: vec!["name".to_owned(), "labels".to_owned()],
            ..Choices::default()
        };
        let printer = Printer::new(choices, &Environment::default());
        let mut listing = Listing::new(&printer);
        let mut text = String::new();
        for names in pages {
            let items = items(printer.value(&page(names)).expect("a value"));
            text += &match format {
                Format::Yaml => listing.yaml(&items),
                _ => listing.json(items),
            }
            .expect("text");
        }
        let rest = serde_json::json!({ "nextCursor": null });
        text + &match format {
            Format::Yaml if listing.begun => yaml(&rest).expect("text"),
            Format::Yaml => format!("items: []\n{}", yaml(&rest).expect("text")),
            _ => listing.envelope(&rest).expect("text"),
        }
    }

    #[test]
    fn pages_make_the_same_text_as_one_list() {
        for (pages, whole) in [
            (&[&["a", "b"][..], &["c"]][..], &["a", "b", "c"][..]),
            (&[&["a"]], &["a"]),
            (&[&[]], &[]),
            (&[&["a"], &[]], &["a"]),
        ] {
            let choices = Choices {
                fields: vec!["name".to_owned(), "labels".to_owned()],
                ..Choices::default()
            };
            let printer = Printer::new(choices, &Environment::default());
            let value = printer.value(&page(whole)).expect("a value");
            let text = format!("{}\n", pretty(&value).expect("text"));
            assert_eq!(printed(Format::Json, pages), text);
            let text = yaml(&value).expect("text");
            assert_eq!(printed(Format::Yaml, pages).trim_end(), text.trim_end());
        }
    }
}
