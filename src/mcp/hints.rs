//! Next steps for a model: where a hint names a command of the terminal, the tool that does the same is named
//! instead. What no tool does stays: it is for the user.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::error::{Hint, Step};

/// The tools that do what a command does, offered or not.
static TOOLS: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let all = super::tools();
    let pairs = all
        .iter()
        .map(|entry| Some((entry.command()?, entry.tool.name)));
    pairs.flatten().collect()
});

/// The hint, with tools instead of commands where `has` says that they are there. Of a tool that is not there
/// nothing is said: nothing at all where nothing is left.
pub(super) fn for_model(hint: &Hint, has: impl Fn(&str) -> bool) -> Option<String> {
    hint.shown(|step| match step {
        Step::Command(command) => {
            let tool = TOOLS.get(command.verb()).filter(|tool| has(tool));
            Some(match (tool, command.name()) {
                (Some(tool), Some(name)) => format!("{tool} of `{name}`"),
                (Some(tool), None) => (*tool).to_owned(),
                (None, _) => command.to_string(),
            })
        }
        Step::Tool(tool) => has(tool.name()).then(|| tool.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::for_model;
    use crate::error::{Command, Hint, NextTool};

    #[test]
    fn commands_become_tools_where_these_are_there() {
        let all = |hint: &Hint| for_model(hint, |_| true).unwrap();
        let list = Command::new("list").to("see which there are");
        assert_eq!(all(&list), "see which there are: list_sandboxes");
        let start = Command::new("start").on("web").to("start it");
        assert_eq!(all(&start), "start it: start_sandbox of `web`");
        let both = Command::new("wait").on("web").flags("--for started");
        let both = both.to("run it again").words(", then ");
        let both = both.step(Command::new("info").example("SANDBOX"));
        assert_eq!(
            all(&both),
            "run it again: wait_for_sandbox of `web`, then get_sandbox"
        );
        let words = "did you mean `daytona list`?";
        assert_eq!(all(&words.into()), words);
        assert_eq!(
            for_model(&start, |_| false).as_deref(),
            Some("start it: `daytona start web`")
        );
    }

    #[test]
    fn tools_that_are_not_there_are_not_named() {
        let some = |hint: &Hint| for_model(hint, |tool| tool == "read_file");
        let branches = NextTool::new("git_branches").to("see which branches there are");
        assert_eq!(some(&branches), None);
        let jobs = Hint::new("give the sandbox's id").or(NextTool::new("list_jobs").to("see them"));
        assert_eq!(some(&jobs).as_deref(), Some("give the sandbox's id"));
        let read = NextTool::new("read_file").with("offset", "9").to("read on");
        assert_eq!(
            some(&read).as_deref(),
            Some("read on: call read_file with offset: 9")
        );
    }

    #[test]
    fn what_a_user_wrote_is_not_cut() {
        let name = "a; call get_job `daytona stop b`";
        let hint = Command::new("start").on(name).to("start it");
        let shown = for_model(&hint, |tool| tool == "start_sandbox");
        assert_eq!(shown, Some(format!("start it: start_sandbox of `{name}`")));
    }
}
