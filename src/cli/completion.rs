//! `daytona completion`: the script by which a shell asks this program for completions, and the answers.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap_complete::engine::{
    ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter as _,
};
use clap_complete::env::Shells;
use clap_complete::{CompleteEnv, Shell};

use crate::api::{Client, ListQuery};
use crate::config::{self, Config, Environment, Flags, Place};
use crate::error::{Error, Result};
use crate::ops::{Connect as _, Ctx};
use crate::output::Printer;

use super::connect::Connector;
use super::root;
use super::session::Runtime;

/// The variable by which scripts ask for completions, and which shell they are for.
const ASKS: &str = "DAYTONA_COMPLETE";
/// How long names of the local engine may take: nobody waits for a Tab.
const HERE: Duration = Duration::from_millis(40);
/// The same for a server elsewhere.
const ELSEWHERE: Duration = Duration::from_secs(1);
/// The most names that are asked for.
const MOST_NAMES: u32 = 200;

const EXAMPLES: &str = "\
Examples:
  mkdir -p ~/.local/share/bash-completion/completions
  daytona completion bash > ~/.local/share/bash-completion/completions/daytona
  mkdir -p ~/.zfunc && daytona completion zsh > ~/.zfunc/_daytona
  mkdir -p ~/.config/fish/completions
  daytona completion fish > ~/.config/fish/completions/daytona.fish

zsh looks there if ~/.zshrc has, before `compinit`: `fpath+=~/.zfunc`. Completions know commands, flags, values and
the names of sandboxes, snapshots, volumes and templates. They never start the local engine.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct CompletionArgs {
    /// Shell to print the completion script for
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(args: &CompletionArgs, printer: &Printer) -> Result<u8> {
    printer.text(&String::from_utf8_lossy(&registration(args.shell)?))?;
    Ok(0)
}

/// The script that registers this program with a shell.
pub(super) fn registration(shell: Shell) -> Result<Vec<u8>> {
    let mut script = Vec::new();
    let name = shell.to_string();
    let shells = Shells::builtins();
    let written = shells
        .completer(&name)
        .ok_or_else(|| Error::internal("a shell without a completion script"))?
        .write_registration(ASKS, "daytona", "daytona", "daytona", &mut script);
    written.map_err(|error| Error::internal("cannot write the script").because(error))?;
    Ok(script)
}

/// Answers a shell that asks for completions; none where nobody asks.
pub(super) fn answered(argv: &[OsString]) -> Option<ExitCode> {
    let asked = CompleteEnv::with_factory(tree)
        .var(ASKS)
        .bin("daytona")
        .completer("daytona");
    match asked.try_complete(argv.iter().cloned(), Some(Path::new("."))) {
        Ok(false) => None,
        Ok(true) => Some(ExitCode::SUCCESS),
        // A shell shows nothing of it.
        Err(_) => Some(ExitCode::FAILURE),
    }
}

/// The commands, with who knows the values of their arguments.
fn tree() -> clap::Command {
    with_names(root::command())
}

fn with_names(command: clap::Command) -> clap::Command {
    let help = command.get_name() == "help";
    let keys = command.get_name() == "api-key";
    command
        .mut_args(|argument| {
            let Some(name) = argument.get_value_names().and_then(<[_]>::first) else {
                return argument;
            };
            let noun = match name.as_str() {
                "SANDBOX" => Noun::Sandbox,
                "SNAPSHOT" => Noun::Snapshot,
                "TEMPLATE" => Noun::Template,
                "VOLUME" => Noun::Volume,
                "SECRET" => Noun::Secret,
                "NAME:PATH[:SUBPATH]" => Noun::Mount,
                "FROM" | "TO" => Noun::Place,
                "TOPIC" if help => Noun::Topic,
                _ => return argument,
            };
            argument.add(ArgValueCompleter::new(move |begun: &OsStr| {
                noun.named(begun)
            }))
        })
        .mut_subcommands(move |sub| {
            if keys && sub.get_name() == "delete" {
                return sub.mut_args(|argument| {
                    if argument.get_id() == "names" {
                        return argument.add(ArgValueCompleter::new(|begun: &OsStr| {
                            Noun::Key.named(begun)
                        }));
                    }
                    argument
                });
            }
            with_names(sub)
        })
}

/// What an argument names.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Noun {
    Sandbox,
    Snapshot,
    Template,
    Volume,
    Secret,
    Key,
    /// A volume, and where it is mounted.
    Mount,
    /// A file here, or one in a sandbox.
    Place,
    /// A command, or a topic of help.
    Topic,
}

impl Noun {
    /// The names that begin so; none where they cannot be had at once.
    fn named(self, begun: &OsStr) -> Vec<CompletionCandidate> {
        let Some(text) = begun.to_str() else {
            return Vec::new();
        };
        let (end, paths) = match self {
            Self::Mount => (":/", false),
            Self::Place => (":", true),
            _ => ("", false),
        };
        let mut found: Vec<CompletionCandidate> = self
            .all(text)
            .unwrap_or_default()
            .into_iter()
            .filter(|(name, _)| name.starts_with(text))
            .map(|(name, help)| CompletionCandidate::new(name + end).help(help.map(Into::into)))
            .collect();
        if paths {
            found.extend(PathCompleter::any().complete(begun));
        }
        found
    }

    fn all(self, begun: &str) -> Result<Vec<(String, Option<String>)>> {
        if self == Self::Topic {
            return Ok(topics());
        }
        let local = std::env::args_os().any(|word| word == "--local");
        let flags = Flags {
            local,
            ..Flags::default()
        };
        let config = config::resolve(&flags, &Environment::read())?;
        if self == Self::Template {
            let ctx = Ctx::new(Connector::resting(Arc::new(config.clone())))
                .with_templates(config.templates_dir());
            let templates = ctx.templates().all()?;
            return Ok(templates.into_iter().map(|one| (one.name, None)).collect());
        }
        let patience = match config.place.value {
            Place::Local => HERE,
            Place::Remote(_) => ELSEWHERE,
        };
        Runtime::start()?.block_on(async {
            tokio::time::timeout(patience, self.asked(config, begun))
                .await
                .unwrap_or_else(|_| Ok(Vec::new()))
        })
    }

    /// Asks the server; an engine that does not run is not started.
    async fn asked(self, config: Config, begun: &str) -> Result<Vec<(String, Option<String>)>> {
        let client = Client::new(Connector::resting(Arc::new(config)).endpoint().await?);
        Ok(match self {
            Self::Sandbox | Self::Place => {
                let query = ListQuery {
                    limit: Some(MOST_NAMES),
                    name: (!begun.is_empty()).then(|| begun.to_owned()),
                    ..ListQuery::default()
                };
                let page = client.list_sandboxes(&query).await?;
                let shown = page.items.into_iter();
                shown
                    .map(|one| (one.name, Some(one.state.to_string())))
                    .collect()
            }
            Self::Snapshot => {
                let name = (!begun.is_empty()).then_some(begun);
                let page = client.list_snapshots(1, MOST_NAMES, name, None).await?;
                let shown = page.items.into_iter();
                shown.map(|one| (one.name, Some(one.state))).collect()
            }
            Self::Volume | Self::Mount => {
                let volumes = client.list_volumes().await?.into_iter();
                volumes.map(|one| (one.name, Some(one.state))).collect()
            }
            Self::Secret => {
                let page = client.list_secrets(None).await?;
                let shown = page.items.into_iter();
                shown.map(|one| (one.name, one.description)).collect()
            }
            Self::Key => {
                let keys = client.list_api_keys().await?.into_iter();
                keys.map(|one| (one.name, None)).collect()
            }
            Self::Template | Self::Topic => Vec::new(),
        })
    }
}

/// What `daytona help` explains.
fn topics() -> Vec<(String, Option<String>)> {
    let command = root::command();
    let commands = command
        .get_subcommands()
        .filter(|sub| !sub.is_hide_set())
        .map(|sub| {
            let about = sub.get_about().map(ToString::to_string);
            (sub.get_name().to_owned(), about)
        });
    let topics = super::help::TOPICS.iter();
    commands
        .chain(topics.map(|(name, about)| ((*name).to_owned(), Some((*about).to_owned()))))
        .collect()
}
