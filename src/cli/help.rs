//! `daytona help`: a command's long help, or a topic.

use std::fmt::Write as _;

use crate::config::VARIABLES;
use crate::error::{EXIT_CODES, Error, Result};
use crate::output::Printer;

use super::root;

const EXAMPLES: &str = "\
Examples:
  daytona help exec
  daytona help exit-codes
  daytona help options";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct HelpArgs {
    /// Command, or one of the topics `options`, `environment` and `exit-codes`
    #[arg(value_name = "TOPIC")]
    topic: Vec<String>,
}

pub(super) fn run(args: &HelpArgs, printer: &Printer) -> Result<u8> {
    let words: Vec<&str> = args.topic.iter().map(String::as_str).collect();
    let text = match words.as_slice() {
        ["options"] => options(),
        ["exit-codes"] => exit_codes(),
        ["environment"] => environment(),
        words => command(words)?,
    };
    printer.text(&text)?;
    Ok(0)
}

fn command(words: &[&str]) -> Result<String> {
    let mut command = root::command();
    command.build();
    let mut found = &mut command;
    for word in words {
        found = found.find_subcommand_mut(word).ok_or_else(|| {
            Error::usage(format!(
                "there is no command or topic `{}`",
                words.join(" ")
            ))
            .hint("the commands: `daytona --help`; the topics: options, environment, exit-codes")
        })?;
    }
    Ok(found.render_long_help().to_string())
}

/// The topics beside the commands.
pub(super) const TOPICS: [(&str, &str); 3] = [
    ("options", "Options of every command"),
    ("environment", "Environment variables"),
    ("exit-codes", "Exit codes"),
];

/// The exit codes of commands that run others, beside those of what they run.
pub(super) const RAN: [(u8, &str); 5] = [
    (2, "wrong usage; nothing was done"),
    (124, "the command was ended by --timeout"),
    (125, "daytona itself failed"),
    (130, "interrupted, and the command ended"),
    (
        141,
        "nobody read the output any more, and the command was ended",
    ),
];

fn options() -> String {
    format!("Options of every command:\n\n{}", super::root::options())
}

fn exit_codes() -> String {
    let mut text = String::from("Exit codes:\n\n");
    for (code, meaning, _) in EXIT_CODES {
        let _ = writeln!(text, "  {code:>3}  {meaning}");
    }
    text.push_str("\n`exec`, `run` and `code run` exit with the command's own code, and with\n\n");
    for (code, meaning) in RAN {
        let _ = writeln!(text, "  {code:>3}  {meaning}");
    }
    text
}

fn environment() -> String {
    let mut text = String::from(
        "Environment variables; a flag wins over them, and an empty one counts as unset:\n\n",
    );
    for (name, meaning) in VARIABLES {
        let _ = writeln!(text, "  {name:<24} {meaning}");
    }
    text.push_str(
        "\nAlso HTTPS_PROXY, HTTP_PROXY and NO_PROXY.\n\
         Which setting came from where: `daytona config show`\n",
    );
    text
}
