//! The fields of `--json=FIELD,FIELD`: their names come from the result's schema.

use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// Where in the result the fields are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Place {
    /// In the result itself.
    Top,
    /// In each element of its `items`.
    Items,
}

/// The names that `T` offers.
fn offered<T: JsonSchema>() -> (Place, Vec<String>) {
    let settings =
        SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let schema = settings.into_generator().into_root_schema_for::<T>();
    let names = |schema: Option<&Value>| -> Option<Vec<String>> {
        let properties = schema?.get("properties")?.as_object()?;
        Some(properties.keys().cloned().collect())
    };
    let value = Schema::to_value(schema);
    match names(value.pointer("/properties/items/items")) {
        Some(names) => (Place::Items, names),
        None => (Place::Top, names(Some(&value)).unwrap_or_default()),
    }
}

/// Refuses a field that `T` does not have, and lists those that it has.
pub(super) fn check<T: JsonSchema>(fields: &[String]) -> Result<()> {
    if fields.is_empty() {
        return Ok(());
    }
    let (_, names) = offered::<T>();
    match fields.iter().find(|field| !names.contains(field)) {
        None => Ok(()),
        Some(field) => Err(Error::usage(format!(
            "--json: there is no field `{field}` in this result"
        ))
        .hint(format!("its fields are: {}", names.join(", ")))),
    }
}

/// Keeps only the fields, in the order in which they were asked for.
pub(super) fn select<T: JsonSchema>(value: Value, fields: &[String]) -> Value {
    if fields.is_empty() {
        return value;
    }
    match (offered::<T>().0, value) {
        (Place::Items, Value::Object(mut page)) => {
            if let Some(Value::Array(items)) = page.get_mut("items") {
                for item in items {
                    *item = pick(item.take(), fields);
                }
            }
            Value::Object(page)
        }
        (_, value) => pick(value, fields),
    }
}

fn pick(value: Value, fields: &[String]) -> Value {
    let Value::Object(mut object) = value else {
        return value;
    };
    let picked: Map<String, Value> = fields
        .iter()
        .map(|field| (field.clone(), object.remove(field).unwrap_or(Value::Null)))
        .collect();
    Value::Object(picked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::types::{Sandbox, SandboxPage};

    fn fields(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_page_keeps_its_envelope() {
        let page = SandboxPage {
            items: vec![Sandbox {
                name: "demo".into(),
                ..Sandbox::default()
            }],
            next_cursor: None,
        };
        let value = serde_json::to_value(page).expect("JSON");
        let picked = select::<SandboxPage>(value, &fields(&["name", "errorReason"]));
        assert_eq!(
            picked.to_string(),
            r#"{"items":[{"name":"demo","errorReason":null}],"nextCursor":null}"#
        );
    }

    #[test]
    fn an_unknown_field_lists_the_known_ones() {
        let error = check::<Sandbox>(&fields(&["name", "nam"])).expect_err("no such field");
        assert!(error.text().contains("`nam`"), "{error}");
        assert!(error.hints()[0].contains("organizationId"));
    }
}
