//! Query parameters: the filters of a list, each wrong value with the API's words.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::api::types::{SortField, SortOrder, State};
use crate::engine::clock;
use crate::engine::service::{Bound, Bounded, Filter, REGION, Sort, is_region};
use crate::error::{Error, Result};

/// What `states` may be, in the API's order.
const STATES: &str = "creating, restoring, destroying, started, stopped, starting, stopping, error, \
    build_failed, pending_build, building_snapshot, unknown, pulling_snapshot, archived, archiving, \
    resizing, snapshotting, forking, pausing, paused, resuming";
const CLASSES: &str = "linux-vm, container, android, windows";
const SORTS: &str = "name, cpu, memoryGib, diskGib, lastActivityAt, createdAt";
const NUMBERS: [(&str, Bounded, i64); 4] = [
    ("Cpu", Bounded::Cpu, 1),
    ("Gpu", Bounded::Gpu, 0),
    ("MemoryGiB", Bounded::Memory, 1),
    ("DiskGiB", Bounded::Disk, 1),
];
const TIMES: [(&str, Bounded); 3] = [
    ("createdAt", Bounded::CreatedAt),
    ("lastEvent", Bounded::LastActivityAt),
    ("autoDestroyAt", Bounded::AutoDestroyAt),
];

/// The parameters of a request; unknown ones are ignored.
pub(super) struct Params(pub(super) Vec<(String, String)>);

impl Params {
    /// The value of a parameter; an empty one is none.
    pub(super) fn one(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .rfind(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// A whole number within bounds.
    pub(super) fn number(&self, name: &str, least: i64, most: i64) -> Result<Option<i64>> {
        let Some(text) = self.one(name) else {
            return Ok(None);
        };
        let number: i64 = text
            .parse()
            .map_err(|_| Error::usage(format!("{name} must be an integer number")))?;
        if number < least {
            return Err(Error::usage(format!(
                "{name} must not be less than {least}"
            )));
        }
        if number > most {
            return Err(Error::usage(format!(
                "{name} must not be greater than {most}"
            )));
        }
        Ok(Some(number))
    }

    /// A boolean, in any case.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>> {
        self.one(name)
            .map(|text| {
                flag(text).ok_or_else(|| Error::usage(format!("{name} must be a boolean value")))
            })
            .transpose()
    }

    /// A repeated parameter, with or without `[]`.
    fn many(&self, name: &str) -> Vec<String> {
        self.0
            .iter()
            .filter(|(key, _)| key.strip_suffix("[]").unwrap_or(key) == name)
            .map(|(_, value)| value.clone())
            .collect()
    }

    /// The regions that are asked for, those that stand for this one as this one.
    fn regions(&self) -> Vec<String> {
        let ours = |region: String| {
            if is_region(&region) {
                REGION.to_owned()
            } else {
                region
            }
        };
        self.many("regionIds").into_iter().map(ours).collect()
    }

    /// The filters, order and page of `GET /sandbox`.
    pub(super) fn filter(&self) -> Result<Filter> {
        let limit = self.number("limit", 1, 200)?.unwrap_or(100);
        Ok(Filter {
            id: self.one("id").map(str::to_owned),
            name: self.one("name").map(str::to_owned),
            labels: self.labels()?,
            states: self.states()?,
            snapshots: self.many("snapshots"),
            targets: self.regions(),
            bounds: self.bounds()?,
            public: self.flag("isPublic")?,
            recoverable: self.flag("isRecoverable")?,
            sort: self.sort()?,
            limit: usize::try_from(limit).unwrap_or(100),
            cursor: self.one("cursor").map(str::to_owned),
        })
    }

    fn labels(&self) -> Result<BTreeMap<String, String>> {
        let Some(text) = self.one("labels").filter(|text| !text.is_empty()) else {
            return Ok(BTreeMap::new());
        };
        match serde_json::from_str(text) {
            Ok(Value::Object(labels)) => Ok(labels
                .into_iter()
                .map(|(key, value)| (key, super::body::text(value)))
                .collect()),
            // What older SDKs send where no labels are asked for.
            Ok(Value::Null) => Ok(BTreeMap::new()),
            _ => Err(Error::usage("Invalid labels JSON format")),
        }
    }

    fn states(&self) -> Result<Vec<State>> {
        self.many("states")
            .iter()
            .map(|text| match text.parse() {
                Ok(state) if state != State::Destroyed => Ok(state),
                _ => Err(one_of("each value", STATES)),
            })
            .collect()
    }

    fn bounds(&self) -> Result<Vec<Bound>> {
        let mut bounds = Vec::new();
        for (name, column, smallest) in NUMBERS {
            for (prefix, least) in [("min", true), ("max", false)] {
                let value = self.number(&format!("{prefix}{name}"), smallest, i64::MAX)?;
                bounds.extend(value.map(|value| Bound {
                    column,
                    least,
                    value,
                }));
            }
        }
        for (name, column) in TIMES {
            for (suffix, least) in [("After", true), ("Before", false)] {
                let name = format!("{name}{suffix}");
                if let Some(text) = self.one(&name) {
                    let value = clock::parse(text)
                        .ok_or_else(|| Error::usage(format!("{name} must be a valid date")))?;
                    bounds.push(Bound {
                        column,
                        least,
                        value,
                    });
                }
            }
        }
        let classes = self.many("sandboxClasses");
        if classes
            .iter()
            .any(|class| !CLASSES.split(", ").any(|known| known == class))
        {
            return Err(one_of("each value", CLASSES));
        }
        if !classes.is_empty() && !classes.iter().any(|class| class == "container") {
            // There is no other class here: nothing can match.
            bounds.push(Bound {
                column: Bounded::Cpu,
                least: false,
                value: -1,
            });
        }
        Ok(bounds)
    }

    fn sort(&self) -> Result<Sort> {
        let word = |name: &str| self.one(name).map(|text| Value::String(text.to_owned()));
        let field: Option<SortField> = word("sort")
            .map(serde_json::from_value)
            .transpose()
            .map_err(|_| one_of("sort", SORTS))?;
        let order: Option<SortOrder> = word("order")
            .map(serde_json::from_value)
            .transpose()
            .map_err(|_| one_of("order", "asc, desc"))?;
        Ok(Sort {
            field: field.unwrap_or_default(),
            order: order.unwrap_or_default(),
        })
    }
}

/// `true` or `false`, in any case: Python writes `True` in paths.
pub(super) fn flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn one_of(what: &str, values: &str) -> Error {
    Error::usage(format!(
        "{what} must be one of the following values: {values}"
    ))
}

#[cfg(test)]
mod tests {
    use crate::api::types::State;

    use super::{Params, STATES};

    fn message(query: &str) -> String {
        let pairs = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect();
        match Params(pairs).filter() {
            Ok(_) => "ok".to_owned(),
            Err(error) => error.text(),
        }
    }

    #[test]
    fn the_states_in_the_message_are_those_that_parse() {
        let named: Vec<&str> = STATES.split(", ").collect();
        assert_eq!(named.len(), State::ALL.len() - 1);
        for state in State::ALL {
            let legal = named.contains(&state.as_str());
            assert_eq!(legal, *state != State::Destroyed, "{state}");
        }
    }

    #[test]
    fn wrong_values_are_refused_in_the_words_of_the_api() {
        for (query, expected) in [
            ("limit=0", "limit must not be less than 1"),
            ("limit=1000", "limit must not be greater than 200"),
            ("limit=x", "limit must be an integer number"),
            ("labels=notjson", "Invalid labels JSON format"),
            ("labels=[1]", "Invalid labels JSON format"),
            ("labels=null", "ok"),
            ("labels=", "ok"),
            ("minCpu=0", "minCpu must not be less than 1"),
            ("isPublic=maybe", "isPublic must be a boolean value"),
            ("createdAtAfter=then", "createdAtAfter must be a valid date"),
            (
                "order=up",
                "order must be one of the following values: asc, desc",
            ),
            (
                "sort=bogus",
                "sort must be one of the following values: name, cpu, memoryGib, diskGib, lastActivityAt, createdAt",
            ),
            ("limit=200&bogus=1&states[]=started&states[]=error", "ok"),
            ("lastEventBefore=2025-01-01T00:00:00.000000+0000", "ok"),
        ] {
            assert_eq!(message(query), expected, "{query}");
        }
        for query in ["states=bogus", "states=started,stopped", "states=destroyed"] {
            let refused = message(query);
            let start =
                "each value must be one of the following values: creating, restoring, destroying, ";
            assert!(refused.starts_with(start), "{refused}");
        }
    }
}
