//! The tree of commands, and its help in groups.

use std::fmt::Write as _;

use clap::builder::PossibleValue;
use clap::{CommandFactory as _, Subcommand};

use crate::ops::sandbox::{
    archive::Archive, fork::Fork, get::Get, logs::Logs, pause::Pause, preview_url::PreviewUrl,
    recover::Recover, resize::Resize, resume::Resume, start::Start, stop::Stop, wait::Wait,
};
use crate::output::Format;

use super::globals::{self, Globals};
use super::{
    api_key, code, completion, config, copy, create, delete, doctor, examples, exec, help, list,
    man, mcp, run, secret, serve, snapshot, ssh, template, tty, update, volume,
};

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
    Sandbox(SandboxCommand),

    #[command(flatten)]
    Resource(ResourceCommand),

    #[command(flatten)]
    Agent(AgentCommand),

    #[command(flatten)]
    Engine(EngineCommand),

    #[command(flatten)]
    Setup(SetupCommand),

    /// Manage sandboxes: same commands, as in the official CLI
    #[command(name = "sandbox", alias = "sandboxes", hide = true, after_help = examples::SANDBOX)]
    Group {
        #[command(subcommand)]
        command: SandboxCommand,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum SandboxCommand {
    /// Run a command in a new sandbox, then delete the sandbox
    #[command(after_help = examples::RUN, override_usage = "daytona run [OPTIONS] -- <COMMAND>...")]
    Run(Box<run::RunArgs>),

    /// Create a sandbox
    #[command(visible_aliases = ["add", "new"], after_help = examples::CREATE)]
    Create(Box<create::CreateArgs>),

    /// List sandboxes
    #[command(visible_alias = "ls", after_help = examples::LIST)]
    List(Formatted<list::ListArgs>),

    /// Show details of a sandbox
    #[command(visible_aliases = ["view", "inspect"], after_help = examples::INFO)]
    Info(Formatted<Get>),

    /// Start a sandbox
    #[command(after_help = examples::START)]
    Start(Start),

    /// Stop a sandbox, keeping its files
    #[command(after_help = examples::STOP)]
    Stop(Stop),

    /// Pause a sandbox, keeping its memory
    #[command(after_help = examples::PAUSE)]
    Pause(Pause),

    /// Resume a paused sandbox
    #[command(after_help = examples::RESUME)]
    Resume(Resume),

    /// Fork a sandbox: a new one with the same files
    #[command(after_help = examples::FORK)]
    Fork(Fork),

    /// Change the CPU cores, memory and disk of a sandbox
    #[command(after_help = examples::RESIZE)]
    Resize(Resize),

    /// Change the labels, intervals and visibility of a sandbox
    #[command(after_help = examples::UPDATE)]
    Update(update::UpdateArgs),

    /// Archive a stopped sandbox
    #[command(after_help = examples::ARCHIVE)]
    Archive(Archive),

    /// Recover a sandbox in the error state
    #[command(after_help = examples::RECOVER)]
    Recover(Recover),

    /// Delete sandboxes with their files
    #[command(visible_aliases = ["remove", "rm"], after_help = examples::DELETE)]
    Delete(delete::DeleteArgs),

    /// Run a command in a sandbox
    #[command(after_help = examples::EXEC, override_usage = "daytona exec [OPTIONS] <SANDBOX> -- <COMMAND>...")]
    Exec(exec::ExecArgs),

    /// Run a Python, JavaScript or TypeScript file
    #[command(after_help = examples::CODE, arg_required_else_help = true)]
    Code {
        #[command(subcommand)]
        command: code::Code,
    },

    /// Show output of commands run in sessions
    #[command(after_help = examples::LOGS)]
    Logs(Logs),

    /// Open a shell in a sandbox
    #[command(after_help = examples::SHELL)]
    Shell(tty::shell::ShellArgs),

    /// Connect to a sandbox over SSH
    #[command(after_help = examples::SSH)]
    Ssh(ssh::SshArgs),

    /// Copy files and folders to a sandbox and back
    #[command(after_help = examples::CP)]
    Cp(copy::CopyArgs),

    /// Print the URL of a port of a sandbox
    #[command(after_help = examples::PREVIEW_URL)]
    PreviewUrl(PreviewUrl),

    /// Wait until a sandbox reaches a state
    #[command(after_help = examples::WAIT)]
    Wait(Wait),
}

#[derive(Debug, Subcommand)]
pub(super) enum ResourceCommand {
    /// Manage snapshots: what sandboxes start from
    #[command(alias = "snapshots", after_help = examples::SNAPSHOT, arg_required_else_help = true)]
    Snapshot {
        #[command(subcommand)]
        command: snapshot::Snapshot,
    },

    /// Manage templates: saved settings for new sandboxes
    #[command(alias = "templates", after_help = examples::TEMPLATE, arg_required_else_help = true)]
    Template {
        #[command(subcommand)]
        command: template::Template,
    },

    /// Manage volumes: folders that outlive sandboxes
    #[command(alias = "volumes", after_help = examples::VOLUME, arg_required_else_help = true)]
    Volume {
        #[command(subcommand)]
        command: volume::Volume,
    },

    /// Manage secrets for the environment of sandboxes
    #[command(alias = "secrets", after_help = examples::SECRET, arg_required_else_help = true)]
    Secret {
        #[command(subcommand)]
        command: secret::Secret,
    },

    /// Manage API keys
    #[command(alias = "api-keys", after_help = examples::API_KEY, arg_required_else_help = true)]
    ApiKey {
        #[command(subcommand)]
        command: api_key::ApiKey,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum AgentCommand {
    /// Serve AI agents over the Model Context Protocol
    #[command(after_help = examples::MCP, arg_required_else_help = true)]
    Mcp {
        #[command(subcommand)]
        command: mcp::Mcp,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum EngineCommand {
    /// Run the local engine, or print how to reach it
    #[command(after_help = examples::SERVE)]
    Serve(serve::ServeArgs),

    /// Check what works on this machine and what to change
    #[command(after_help = examples::DOCTOR)]
    Doctor(doctor::DoctorArgs),
}

#[derive(Debug, Subcommand)]
pub(super) enum SetupCommand {
    /// Show settings and where each comes from
    #[command(after_help = examples::CONFIG, arg_required_else_help = true)]
    Config {
        #[command(subcommand)]
        command: config::Config,
    },

    /// Print the completion script for a shell
    #[command(after_help = examples::COMPLETION)]
    Completion(completion::CompletionArgs),

    /// Write the man pages
    #[command(after_help = examples::MAN)]
    Man(man::ManArgs),

    /// Print the version
    #[command(after_help = examples::VERSION)]
    Version,

    /// Explain a command or a topic
    #[command(after_help = examples::HELP)]
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
    group::<SandboxCommand>(&mut groups, "Sandboxes");
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
        .after_help(examples::ROOT)
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
}
