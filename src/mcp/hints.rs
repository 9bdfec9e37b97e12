//! Next steps for a model: where the operations' hints name a command of the terminal, the tool that does
//! the same is named instead. What no tool does stays: it is for the user.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// Commands, and the tools that do the same. Longer ones come first.
const TOOLS: [(&str, &str); 15] = [
    ("snapshot list", "list_snapshots"),
    ("snapshot info", "get_snapshot"),
    ("snapshot create", "create_snapshot"),
    ("snapshot delete", "delete_snapshot"),
    ("volume list", "list_volumes"),
    ("volume info", "get_volume"),
    ("volume delete", "delete_volume"),
    ("list", "list_sandboxes"),
    ("info", "get_sandbox"),
    ("start", "start_sandbox"),
    ("stop", "stop_sandbox"),
    ("delete", "destroy_sandbox"),
    ("wait", "wait_for_sandbox"),
    ("recover", "recover_sandbox"),
    ("exec", "execute_command"),
];

/// The hint, with tools instead of commands where `has` says that they are there. Of a tool that is not there
/// nothing is said: nothing at all where nothing is left.
pub(super) fn for_model(hint: &str, has: impl Fn(&str) -> bool) -> Option<String> {
    let mut parts = hint.split('`');
    let mut text = parts.next().unwrap_or_default().to_owned();
    // Of what is between back quotes every second part is outside.
    while let Some(quoted) = parts.next() {
        let _ = match tool(quoted).filter(|(tool, _)| has(tool)) {
            Some((tool, "")) => write!(text, "{tool}"),
            Some((tool, what)) => write!(text, "{tool} of `{what}`"),
            None => write!(text, "`{quoted}`"),
        };
        text += parts.next().unwrap_or_default();
    }
    let offered = |clause: &&str| {
        let mut words = clause.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        !words.any(|word| ALL.contains(word) && !has(word))
    };
    let kept: Vec<&str> = text.split("; ").filter(offered).collect();
    (!kept.is_empty()).then(|| kept.join("; "))
}

/// The names of all tools, offered or not.
static ALL: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| super::tools().iter().map(|entry| entry.tool.name).collect());

/// The tool for a command, and what the command is about.
fn tool(command: &str) -> Option<(&'static str, &str)> {
    let words = command.strip_prefix("daytona ")?;
    TOOLS.iter().find_map(|(verb, tool)| {
        let rest = words.strip_prefix(verb)?;
        let what = rest.trim_start();
        // Flags, and names that are only an example, mean nothing to a tool.
        let what = what.split(' ').next().unwrap_or_default();
        let shown = !what.starts_with('-') && what.chars().any(char::is_lowercase);
        (rest.is_empty() || rest.starts_with(' ')).then_some((*tool, if shown { what } else { "" }))
    })
}

#[cfg(test)]
mod tests {
    use super::for_model;

    #[test]
    fn commands_become_tools_where_these_are_there() {
        let all = |hint| for_model(hint, |_| true).unwrap();
        assert_eq!(
            all("see which there are: `daytona list`"),
            "see which there are: list_sandboxes"
        );
        assert_eq!(
            all("start it: `daytona start web`"),
            "start it: start_sandbox of `web`"
        );
        assert_eq!(
            all("run it again: `daytona wait web --for started`, then `daytona info SANDBOX`"),
            "run it again: wait_for_sandbox of `web`, then get_sandbox"
        );
        assert_eq!(all("did you mean `demo`?"), "did you mean `demo`?");
        assert_eq!(
            for_model("start it: `daytona start web`", |_| false).as_deref(),
            Some("start it: `daytona start web`")
        );
    }

    #[test]
    fn tools_that_are_not_there_are_not_named() {
        let some = |hint| for_model(hint, |tool| tool == "read_file");
        assert_eq!(some("see which there are: call git_branches"), None);
        assert_eq!(
            some("give the sandbox's id; list_jobs shows those of a sandbox").as_deref(),
            Some("give the sandbox's id")
        );
        assert_eq!(
            some("read on: call read_file").as_deref(),
            Some("read on: call read_file")
        );
    }
}
