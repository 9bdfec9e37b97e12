//! The tree of commands, and its help in groups.

use std::fmt::Write as _;

use clap::builder::PossibleValue;
use clap::{CommandFactory as _, Subcommand};

use crate::output::Format;

use super::globals::{self, Globals};
use super::{
    api_key, completion, config, doctor, help, man, mcp, sandbox, secret, serve, snapshot,
    template, trash, volume,
};

const EXAMPLES: &str = "\
Examples:
  daytona run -- python3 -c 'print(6 * 7)'
  daytona create --name demo && daytona exec demo -- uname -a
  daytona mcp init claude

More: `daytona COMMAND --help`, `daytona help options`, `daytona help environment`,
`daytona help exit-codes`";

/// Throw-away sandboxes from a terminal or an AI agent
///
/// With no account configured, sandboxes run on this machine, in an engine that starts by itself.
#[derive(Debug, clap::Parser)]
#[command(
    name = "daytona",
    version,
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) globals: Globals,

    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// Every command, by group.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    #[command(flatten)]
    Sandbox(sandbox::Sandbox),

    #[command(flatten)]
    Resource(ResourceCommand),

    #[command(flatten)]
    Agent(AgentCommand),

    #[command(flatten)]
    Engine(EngineCommand),

    #[command(flatten)]
    Setup(SetupCommand),

    /// Manage sandboxes: same commands, as in the official CLI
    #[command(name = "sandbox", alias = "sandboxes", hide = true, after_help = sandbox::EXAMPLES)]
    Group {
        #[command(subcommand)]
        command: sandbox::Sandbox,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum ResourceCommand {
    /// Manage snapshots: what sandboxes start from
    #[command(alias = "snapshots", arg_required_else_help = true)]
    Snapshot {
        #[command(subcommand)]
        command: snapshot::Snapshot,
    },

    /// Manage templates: saved settings for new sandboxes
    #[command(alias = "templates", arg_required_else_help = true)]
    Template {
        #[command(subcommand)]
        command: template::Template,
    },

    /// Manage volumes: folders that outlive sandboxes
    #[command(alias = "volumes", arg_required_else_help = true)]
    Volume {
        #[command(subcommand)]
        command: volume::Volume,
    },

    /// Have deleted sandboxes back, or remove them for good
    #[command(arg_required_else_help = true)]
    Trash {
        #[command(subcommand)]
        command: trash::Trash,
    },

    /// Manage secrets for the environment of sandboxes
    #[command(alias = "secrets", arg_required_else_help = true)]
    Secret {
        #[command(subcommand)]
        command: secret::Secret,
    },

    /// Manage API keys
    #[command(alias = "api-keys", arg_required_else_help = true)]
    ApiKey {
        #[command(subcommand)]
        command: api_key::ApiKey,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum AgentCommand {
    /// Serve AI agents over the Model Context Protocol
    #[command(arg_required_else_help = true)]
    Mcp {
        #[command(subcommand)]
        command: mcp::Mcp,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum EngineCommand {
    /// Run the local engine, or print how to reach it
    Serve(serve::ServeArgs),

    /// Check what works on this machine and what to change
    Doctor(doctor::DoctorArgs),
}

#[derive(Debug, Subcommand)]
pub(super) enum SetupCommand {
    /// Show settings and where each comes from
    #[command(arg_required_else_help = true)]
    Config {
        #[command(subcommand)]
        command: config::Config,
    },

    /// Print the completion script for a shell
    Completion(completion::CompletionArgs),

    /// Write the man pages
    Man(man::ManArgs),

    /// Print the version
    #[command(after_help = crate::ops::version::EXAMPLES)]
    Version,

    /// Explain a command or a topic
    Help(help::HelpArgs),
}

/// A command that knows the form of its result by a short flag too, as the official CLI does.
#[derive(Debug, clap::Args)]
pub(super) struct Formatted<A: clap::Args> {
    #[command(flatten)]
    pub(super) args: A,

    /// Short for `--format`
    #[arg(
        id = "short_format",
        short = 'f',
        value_enum,
        value_name = "FORMAT",
        hide_possible_values = true
    )]
    pub(super) format: Option<Format>,
}

/// What follows the examples of each command.
const MORE: &str = "Options of every command: `daytona help options`";

/// The command with its help in groups.
pub(super) fn command() -> clap::Command {
    let mut groups = String::new();
    group::<sandbox::Sandbox>(&mut groups, "Sandboxes");
    group::<ResourceCommand>(&mut groups, "Around sandboxes");
    group::<AgentCommand>(&mut groups, "Agents");
    group::<EngineCommand>(&mut groups, "This machine");
    group::<SetupCommand>(&mut groups, "Setup");
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n{groups}\n{{all-args-but-commands}}\n{{after-help}}"
    )
    .replace("{all-args-but-commands}", "Options:\n{options}");
    Cli::command()
        .help_template(template)
        .after_help(EXAMPLES)
        .mut_subcommands(with_more)
}

fn with_more(command: clap::Command) -> clap::Command {
    let examples = command.get_after_help().map(ToString::to_string);
    let command = match examples {
        Some(examples) => command.after_help(format!("{examples}\n\n{MORE}")),
        None => command.after_help(MORE),
    };
    command.mut_subcommands(with_more)
}

/// What follows the options in a command's help, without its heading and the line that all have.
pub(super) fn examples(text: &str) -> String {
    let text = text.strip_suffix(MORE).unwrap_or(text).trim_end();
    text.strip_prefix("Examples:\n").unwrap_or(text).to_owned()
}

/// The options that every command takes, in two groups.
pub(super) fn options() -> String {
    let root = Cli::command();
    let mut text = String::new();
    for (title, headings) in [
        ("Output", &[globals::GLOBAL, globals::OUTPUT][..]),
        ("Server", &[globals::SERVER]),
    ] {
        let _ = writeln!(text, "{title}:");
        let arguments = root.get_arguments().filter(|argument| {
            let heading = argument.get_help_heading();
            heading.is_some_and(|heading| headings.contains(&heading))
        });
        for argument in arguments {
            let short = argument.get_short();
            let short = short.map_or("    ".to_owned(), |short| format!("-{short}, "));
            let long = argument.get_long().unwrap_or_default();
            let takes = argument.get_action().takes_values();
            let value = argument
                .get_value_names()
                .and_then(<[_]>::first)
                .filter(|_| takes);
            let value = match value {
                Some(name) if argument.is_require_equals_set() => format!("[={name}]"),
                Some(name) => format!(" <{name}>"),
                None => String::new(),
            };
            let help = argument.get_help().map(ToString::to_string);
            let mut help = help.unwrap_or_default();
            let values = argument.get_possible_values();
            if takes && !values.is_empty() {
                let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
                let _ = write!(help, ": {}", names.join(", "));
            }
            let _ = writeln!(text, "  {:<32} {help}", format!("{short}--{long}{value}"));
        }
        text.push('\n');
    }
    text
}

fn group<C: Subcommand>(text: &mut String, title: &str) {
    let command = C::augment_subcommands(clap::Command::new("group"));
    let _ = writeln!(text, "\n{title}:");
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(text, "  {:<11} {about}", sub.get_name());
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tree_has_no_conflicts() {
        super::command().debug_assert();
    }

    fn without_examples(command: &clap::Command, path: &str, found: &mut Vec<String>) {
        let after = command.get_after_help().map(ToString::to_string);
        if !after.is_some_and(|text| text.contains("Examples:\n  ")) {
            found.push(path.to_owned());
        }
        for sub in command.get_subcommands() {
            without_examples(sub, &format!("{path} {}", sub.get_name()), found);
        }
    }

    #[test]
    fn every_command_has_examples() {
        let mut found = Vec::new();
        without_examples(&super::command(), "daytona", &mut found);
        assert!(found.is_empty(), "{found:?}");
    }
}
