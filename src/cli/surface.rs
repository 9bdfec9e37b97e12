//! Every command and its flags as lines, for a review of what changed.

use std::fmt::Write as _;

use super::root;

/// One line for each command: its path, aliases, flags and arguments.
pub fn surface() -> String {
    let mut command = root::command();
    command.build();
    let mut text = String::new();
    describe(&command, "daytona", &mut text);
    text
}

fn describe(command: &clap::Command, path: &str, text: &mut String) {
    let _ = write!(text, "{path}");
    let aliases: Vec<&str> = command.get_all_aliases().collect();
    if !aliases.is_empty() {
        let _ = write!(text, " (= {})", aliases.join(", "));
    }
    if command.is_hide_set() {
        text.push_str(" (hidden)");
    }
    let root = !path.contains(' ');
    for argument in command.get_arguments() {
        if argument.get_id() == "help" || (argument.is_global_set() && !root) {
            continue;
        }
        text.push(' ');
        match (argument.get_short(), argument.get_long()) {
            (Some(short), Some(long)) => {
                let _ = write!(text, "-{short}/--{long}");
            }
            (None, Some(long)) => {
                let _ = write!(text, "--{long}");
            }
            (Some(short), None) => {
                let _ = write!(text, "-{short}");
            }
            (None, None) => {
                let _ = write!(text, "<{}>", argument.get_id());
            }
        }
        if argument.is_hide_set() {
            text.push_str("(hidden)");
        }
    }
    text.push('\n');
    for sub in command.get_subcommands() {
        describe(sub, &format!("{path} {}", sub.get_name()), text);
    }
}
