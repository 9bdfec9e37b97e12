//! JSON schemas of operations as MCP clients can read them: everything inline, and nothing that only
//! costs tokens.

use std::sync::Arc;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

/// The schema of a tool's arguments.
pub(super) fn of_input<T: JsonSchema>() -> Arc<Map<String, Value>> {
    make::<T>(SchemaSettings::draft2020_12())
}

/// The schema of a tool's result.
pub(super) fn of_output<T: JsonSchema>() -> Arc<Map<String, Value>> {
    make::<T>(SchemaSettings::draft2020_12().for_serialize())
}

fn make<T: JsonSchema>(settings: SchemaSettings) -> Arc<Map<String, Value>> {
    let settings = settings.with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    let mut schema = settings
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value();
    slim(&mut schema);
    match schema {
        Value::Object(object) => Arc::new(object),
        _ => Arc::default(),
    }
}

/// Takes out titles, number formats and empty defaults. Some clients refuse type lists with null.
fn slim(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            // A property may be called `title` or `format`: then it holds a schema, not a string.
            for key in ["title", "format"] {
                if object.get(key).is_some_and(Value::is_string) {
                    object.shift_remove(key);
                }
            }
            if object.get("default").is_some_and(Value::is_null) {
                object.shift_remove("default");
            }
            object.values_mut().for_each(slim);
        }
        Value::Array(items) => items.iter_mut().for_each(slim),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only its schema is of interest")]
    struct Arguments {
        /// How many
        count: u32,
        /// A heading
        title: String,
    }

    #[test]
    fn a_schema_keeps_what_a_model_needs() {
        let schema = Value::Object((*of_input::<Arguments>()).clone());
        assert_eq!(schema["properties"]["count"]["description"], "How many");
        assert_eq!(schema["properties"]["title"]["type"], "string");
        assert!(schema["properties"]["count"].get("format").is_none());
        assert!(schema.get("$schema").is_none() && schema.get("title").is_none());
    }
}
