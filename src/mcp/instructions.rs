//! What a client tells its model about the server: only about tools that are there.

use crate::error::Error;

/// How instructions begin where nothing can be done.
pub const TROUBLE: &str = "This server cannot do anything:";

/// The instructions of a server whose settings are wrong.
pub(super) fn trouble(error: &Error) -> String {
    format!(
        "{TROUBLE} {}. Tell the user: its entry in the client's configuration is to be corrected, then the server restarted.",
        error.text()
    )
}

/// The instructions.
pub(super) fn text(has: impl Fn(&str) -> bool) -> String {
    let mut lines = vec![
        "Throw-away Linux sandboxes for running commands and code, isolated from this machine.",
    ];
    if has("execute_command") || has("run_code") {
        lines.push(
            "Tools that act inside a sandbox take its id or name; without one they use this session's own sandbox, \
             which is made at the first use and deleted when the session ends.",
        );
    }
    if has("create_sandbox") {
        lines.push(
            "Use create_sandbox for what must outlive the session or needs sizes, a snapshot or settings of its own; \
             it stops after 15 minutes without activity unless told otherwise, keeps its files then, and is started by the next use.",
        );
    }
    if has("get_job") {
        lines.push(
            "Calls that take long return a job: wait for it with get_job, end it with kill_job.",
        );
    }
    if has("read_file") {
        lines.push("Results are short: where output was cut, read on with read_file or grep the file that is named.");
    }
    if has("destroy_sandbox") {
        lines.push("Delete only what you made or were asked to delete; what a confirmation asks for is the user's to answer.");
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn nothing_is_said_of_tools_that_are_not_there() {
        let text = text(|tool| tool == "list_sandboxes");
        assert!(
            !text.contains("destroy_sandbox") && !text.contains("get_job"),
            "{text}"
        );
    }
}
