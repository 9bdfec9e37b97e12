//! An entry in TOML that people also edit: a table of its own, or keys of the one that is there.

use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value};
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike};

/// The text with the entry's keys in the table `path.name`; other keys of it stay.
pub(super) fn put(
    text: &str,
    path: &[&str],
    name: &str,
    entry: &Map<String, Value>,
) -> Result<String> {
    let mut document = parse(text)?;
    let first = document.is_empty();
    let mut servers: &mut dyn TableLike = document.as_table_mut();
    for key in path {
        let item = servers.entry(key).or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        servers = item
            .as_table_like_mut()
            .with_context(|| format!("its `{key}` is not a table"))?;
    }
    if let Some(item) = servers.get_mut(name) {
        let present = item
            .as_table_like_mut()
            .with_context(|| format!("its `{name}` is not a table"))?;
        for (key, value) in entry {
            let new = encode(value)?;
            match present.get_mut(key).and_then(Item::as_value_mut) {
                Some(old) if decode(old) == *value => {}
                Some(old) => {
                    let decor = old.decor().clone();
                    *old = new;
                    *old.decor_mut() = decor;
                }
                None => drop(present.insert(key, Item::Value(new))),
            }
        }
        return Ok(document.to_string());
    }
    let mut table = Table::new();
    if !first {
        table.decor_mut().set_prefix("\n");
    }
    for (key, value) in entry {
        table.insert(key, Item::Value(encode(value)?));
    }
    servers.insert(name, Item::Table(table));
    Ok(document.to_string())
}

/// The text without the table `path.name`.
pub(super) fn remove(text: &str, path: &[&str], name: &str) -> Result<String> {
    let mut document = parse(text)?;
    let mut servers: &mut dyn TableLike = document.as_table_mut();
    for key in path {
        servers = servers
            .get_mut(key)
            .and_then(Item::as_table_like_mut)
            .with_context(|| format!("its `{key}` is not a table"))?;
    }
    servers.remove(name);
    Ok(document.to_string())
}

/// The value of the whole text.
pub(super) fn parsed(text: &str) -> Result<Value> {
    Ok(table(parse(text)?.as_table()))
}

fn parse(text: &str) -> Result<DocumentMut> {
    text.parse().context("it is not TOML")
}

fn table(table: &dyn TableLike) -> Value {
    let pairs = table
        .iter()
        .map(|(key, item)| (key.to_owned(), item_value(item)));
    Value::Object(pairs.collect())
}

fn item_value(item: &Item) -> Value {
    match item {
        Item::None => Value::Null,
        Item::Value(value) => decode(value),
        Item::Table(inner) => table(inner),
        Item::ArrayOfTables(tables) => {
            Value::Array(tables.iter().map(|inner| table(inner)).collect())
        }
    }
}

fn decode(value: &toml_edit::Value) -> Value {
    use toml_edit::Value as Toml;
    match value {
        Toml::String(text) => Value::from(text.value().as_str()),
        Toml::Integer(number) => Value::from(*number.value()),
        Toml::Boolean(flag) => Value::from(*flag.value()),
        // As text, so that every float and date is equal to itself.
        Toml::Float(number) => Value::from(number.value().to_string()),
        Toml::Datetime(moment) => Value::from(moment.value().to_string()),
        Toml::Array(items) => Value::Array(items.iter().map(decode).collect()),
        Toml::InlineTable(inner) => table(inner),
    }
}

fn encode(value: &Value) -> Result<toml_edit::Value> {
    Ok(match value {
        Value::Bool(flag) => (*flag).into(),
        Value::Number(number) => number
            .as_i64()
            .context("a number that TOML does not have")?
            .into(),
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => {
            let items: Result<Array> = items.iter().map(encode).collect();
            items?.into()
        }
        Value::Object(pairs) => {
            let mut inner = InlineTable::new();
            for (key, value) in pairs {
                inner.insert(key, encode(value)?);
            }
            inner.into()
        }
        Value::Null => bail!("TOML has no null"),
    })
}
