//! Every tool, as the nouns of the operations list them.

use schemars::JsonSchema;
use serde::Serialize;

use super::tool::Entry;
use crate::ops::{self, Operation, ToolList};

/// Makes an entry of each tool.
#[derive(Default)]
struct Entries(Vec<Entry>);

impl ToolList for Entries {
    fn add_shown<O, Shown>(&mut self)
    where
        O: Operation + 'static,
        Shown: From<O::Output> + Serialize + JsonSchema + 'static,
    {
        self.0.push(Entry::shown_as::<O, Shown>());
    }
}

/// All tools, in the order of their names.
pub fn all() -> Vec<Entry> {
    sorted(ops::tools)
}

/// The tools of the older interpreters.
pub(super) fn of_interpreters() -> Vec<Entry> {
    sorted(ops::interpreter::tools)
}

fn sorted(lists: impl FnOnce(&mut Entries)) -> Vec<Entry> {
    let mut entries = Entries::default();
    lists(&mut entries);
    entries.0.sort_by_key(|entry| entry.tool.name);
    entries.0
}

#[cfg(test)]
mod tests {
    use crate::ops::{Effect, On};

    #[test]
    fn what_changes_something_says_what_and_each_name_is_one_tools() {
        let all = super::all();
        for entry in &all {
            let tool = &entry.tool;
            let looks = tool.effect == Effect::Reads;
            assert!(looks || tool.on != On::Nothing, "{}", tool.name);
        }
        let mut names: Vec<&str> = all.iter().map(|entry| entry.tool.name).collect();
        names.dedup();
        assert_eq!(names.len(), all.len());
        assert!(all.len() > 70);
    }
}
