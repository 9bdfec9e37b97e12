//! The list of sandboxes: every filter, the order and the page, in SQL.

use std::collections::BTreeMap;

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use crate::api::types::{SortField, SortOrder, State};
use crate::error::Result;

use super::Store;
use super::cursor::Cursor;
use super::row::Row;

/// Which sandboxes to list. Empty lists and `None` do not filter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// Prefix of the id, whatever the case.
    pub(crate) id: Option<String>,
    /// Prefix of the name, whatever the case.
    pub(crate) name: Option<String>,
    /// All of these.
    pub(crate) labels: BTreeMap<String, String>,
    /// Any of these.
    pub(crate) states: Vec<State>,
    /// Any of these.
    pub(crate) snapshots: Vec<String>,
    /// Any of these.
    pub(crate) targets: Vec<String>,
    /// Bounds on numbers and times, all of which must hold.
    pub(crate) bounds: Vec<Bound>,
    pub(crate) public: Option<bool>,
    pub(crate) recoverable: Option<bool>,
    pub(crate) sort: Sort,
    /// 1 to 200.
    pub(crate) limit: usize,
    pub(crate) cursor: Option<String>,
}

/// What a list is sorted by, and in which direction; ties are by id.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sort {
    pub(crate) field: SortField,
    pub(crate) order: SortOrder,
}

/// An inclusive bound.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bound {
    pub(crate) column: Bounded,
    pub(crate) least: bool,
    pub(crate) value: i64,
}

/// What a bound can be on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Bounded {
    Cpu,
    Gpu,
    Memory,
    Disk,
    CreatedAt,
    LastActivityAt,
    AutoDestroyAt,
}

/// One page of a list.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) rows: Vec<Row>,
    pub(crate) next: Option<String>,
}

impl Store {
    /// The sandboxes that match.
    pub(crate) async fn list(&self, filter: Filter) -> Result<Page> {
        let limit = filter.limit;
        let sort = filter.sort;
        let (sql, values) = select(&filter)?;
        let mut rows = self
            .call(move |connection| {
                connection
                    .prepare_cached(&sql)?
                    .query_map(params_from_iter(values), Row::read)?
                    .collect::<rusqlite::Result<Vec<_>>>()
            })
            .await?;
        // One row more than asked for was read: whether there is a next page.
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows
            .last()
            .filter(|_| more)
            .map(|row| after(row, sort.field));
        Ok(Page { rows, next })
    }
}

fn select(filter: &Filter) -> Result<(String, Vec<Value>)> {
    let mut conditions: Vec<String> = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    for (column, prefix) in [("id", &filter.id), ("name", &filter.name)] {
        if let Some(prefix) = prefix {
            conditions.push(format!("{column} LIKE ? ESCAPE '\\'"));
            values.push(Value::Text(like(prefix)));
        }
    }
    for (key, value) in &filter.labels {
        conditions.push(
            "id IN (SELECT sandbox_id FROM sandbox_labels WHERE key = ? AND value = ?)".into(),
        );
        values.push(Value::Text(key.clone()));
        values.push(Value::Text(value.clone()));
    }
    let states: Vec<String> = filter.states.iter().map(State::to_string).collect();
    for (column, any) in [
        ("state", &states),
        ("snapshot", &filter.snapshots),
        ("target", &filter.targets),
    ] {
        if !any.is_empty() {
            let marks = vec!["?"; any.len()].join(",");
            conditions.push(format!("{column} IN ({marks})"));
            values.extend(any.iter().cloned().map(Value::Text));
        }
    }
    for bound in &filter.bounds {
        let sign = if bound.least { ">=" } else { "<=" };
        conditions.push(format!("{} {sign} ?", bounded(bound.column)));
        values.push(Value::Integer(bound.value));
    }
    for (column, flag) in [
        ("public", filter.public),
        ("recoverable", filter.recoverable),
    ] {
        if let Some(flag) = flag {
            conditions.push(format!("{column} = ?"));
            values.push(Value::Integer(i64::from(flag)));
        }
    }
    let column = sorted(filter.sort.field);
    let (sign, direction) = match filter.sort.order {
        SortOrder::Asc => (">", "ASC"),
        SortOrder::Desc => ("<", "DESC"),
    };
    if let Some(cursor) = &filter.cursor {
        let (value, id) = Cursor::decode(cursor, filter.sort.field == SortField::Name)?;
        conditions.push(format!("({column}, id) {sign} (?, ?)"));
        values.extend([value, id]);
    }
    let wanted = if conditions.is_empty() {
        String::new()
    } else {
        format!("WHERE {}", conditions.join(" AND "))
    };
    values.push(Value::Integer(
        i64::try_from(filter.limit + 1).unwrap_or(i64::MAX),
    ));
    let sql = format!(
        "SELECT * FROM sandboxes {wanted} ORDER BY {column} {direction}, id {direction} LIMIT ?"
    );
    Ok((sql, values))
}

fn like(prefix: &str) -> String {
    let mut pattern = String::with_capacity(prefix.len() + 1);
    for character in prefix.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

fn sorted(field: SortField) -> &'static str {
    match field {
        SortField::Name => "name",
        SortField::Cpu => "cpu",
        SortField::MemoryGib => "memory",
        SortField::DiskGib => "disk",
        SortField::LastActivityAt => "last_activity_at",
        SortField::CreatedAt => "created_at",
    }
}

fn bounded(column: Bounded) -> &'static str {
    match column {
        Bounded::Cpu => "cpu",
        // No sandbox of this engine has one.
        Bounded::Gpu => "0",
        Bounded::Memory => "memory",
        Bounded::Disk => "disk",
        Bounded::CreatedAt => "created_at",
        Bounded::LastActivityAt => "last_activity_at",
        Bounded::AutoDestroyAt => "auto_destroy_at",
    }
}

fn after(row: &Row, field: SortField) -> String {
    let cursor = match field {
        SortField::Name => Cursor::text(row.name.clone(), &row.id),
        SortField::Cpu => Cursor::number(row.cpu.into(), &row.id),
        SortField::MemoryGib => Cursor::number(row.memory.into(), &row.id),
        SortField::DiskGib => Cursor::number(row.disk.into(), &row.id),
        SortField::LastActivityAt => Cursor::number(row.last_activity_at, &row.id),
        SortField::CreatedAt => Cursor::number(row.created_at, &row.id),
    };
    cursor.encode()
}

#[cfg(test)]
#[path = "list_tests.rs"]
mod tests;
