//! Changes to the environment of the programs that are started from then on.
//!
//! The guest's own environment stays as it is: nothing may change it while other threads read it.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::api::types::UpdateEnv;

/// What was set, and what was taken away (none).
#[derive(Default)]
pub(super) struct Environment {
    changes: Mutex<BTreeMap<String, Option<String>>>,
}

/// The guest's own environment, as far as it is text.
pub(super) fn inherited() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

impl Environment {
    fn changes(&self) -> MutexGuard<'_, BTreeMap<String, Option<String>>> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives a program the environment as it is now.
    pub(super) fn apply(&self, command: &mut Command) {
        for (name, value) in &*self.changes() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
    }

    /// Takes away first, then sets; `inherited` is the guest's own environment.
    pub(super) fn update(
        &self,
        update: UpdateEnv,
        inherited: impl Iterator<Item = (String, String)>,
    ) {
        let mut changes = self.changes();
        if let Some(prefix) = update
            .unset_value_prefix
            .filter(|prefix| !prefix.is_empty())
        {
            for (name, value) in inherited {
                if value.starts_with(&prefix) {
                    changes.entry(name).or_insert(None);
                }
            }
            for value in changes.values_mut() {
                value.take_if(|value| value.starts_with(&prefix));
            }
        }
        for name in update.unset.unwrap_or_default() {
            changes.insert(name, None);
        }
        for (name, value) in update.set.unwrap_or_default() {
            changes.insert(name, Some(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unset_goes_before_what_is_set_comes() {
        let environment = Environment::default();
        let set = |name: &str, value: &str| BTreeMap::from([(name.to_owned(), value.to_owned())]);
        let first = UpdateEnv {
            set: Some(set("A", "secret-1")),
            ..UpdateEnv::default()
        };
        environment.update(first, std::iter::empty());
        let second = UpdateEnv {
            set: Some(set("B", "secret-2")),
            unset: Some(vec!["B".to_owned(), "PATH".to_owned()]),
            unset_value_prefix: Some("secret-".to_owned()),
        };
        let inherited = set("C", "secret-3").into_iter().chain(set("D", "open"));
        environment.update(second, inherited);
        let mut command = Command::new("true");
        environment.apply(&mut command);
        let changes: Vec<_> = command
            .get_envs()
            .map(|(name, value)| (name.to_str().unwrap(), value.map(|v| v.to_str().unwrap())))
            .collect();
        assert_eq!(
            changes,
            [
                ("A", None),
                ("B", Some("secret-2")),
                ("C", None),
                ("PATH", None)
            ]
        );
    }
}
