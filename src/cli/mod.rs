//! The terminal skin: parses, chooses the output, runs, and turns failures into exit codes.

mod api_key;
mod artifacts;
mod code;
mod completion;
mod config;
mod confirm;
mod connect;
mod copy;
mod create;
mod delete;
mod doctor;
mod exec;
mod globals;
mod help;
mod interrupt;
mod list;
mod local_engine;
mod logging;
mod logs;
mod man;
mod man_page;
mod mcp;
mod mcp_agents;
mod mcp_start;
mod purge;
mod root;
mod root_archive;
mod run;
mod sandbox;
mod secret;
mod serve;
mod session;
mod snapshot;
mod snapshot_push;
mod ssh;
mod surface;
mod template;
#[cfg(test)]
mod tests_of_hints;
mod text;
mod throwaway;
mod trash;
mod tty;
mod update;
mod volume;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, FromArgMatches as _};

use crate::config::Environment;
use crate::error::{Error, Kind, Result};
use crate::ops::{TerminalCommand, perform};
use crate::output::{Choices, Format, Human, Printer};

use logging::Logs;
use root::{AgentCommand, Cli, Command, EngineCommand, ResourceCommand, SetupCommand};
use session::Session;

pub use artifacts::artifacts;
pub use surface::surface;

/// The whole program.
pub fn main() -> ExitCode {
    let argv: Vec<OsString> = std::env::args_os().collect();
    if let Some(code) = inner_role(&argv) {
        return code;
    }
    if let Some(code) = completion::answered(&argv) {
        return code;
    }
    let environment = Environment::read();
    let matches = match parsed(&argv) {
        Ok(matches) => matches,
        Err(error) => return unparsed(&error, &argv, &environment),
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => return unparsed(&error.format(&mut Cli::command()), &argv, &environment),
    };
    let printer = Printer::new(cli.globals.choices(), &environment);
    exit_code(dispatch(cli, &printer, &environment), &printer)
}

/// The roles in which the engine and the MCP server start this same program. They come before anything else is set up:
/// the zygote must be single-threaded, and PID 1 of a sandbox has no terminal, home or settings.
pub fn inner_role(argv: &[OsString]) -> Option<ExitCode> {
    match argv.get(1)?.to_str()? {
        #[cfg(target_os = "linux")]
        "__zygote" => Some(crate::engine::runtime::namespace::zygote_main()),
        #[cfg(target_os = "linux")]
        "__network" => Some(crate::engine::runtime::namespace::network_main()),
        #[cfg(target_os = "linux")]
        "__stack" => Some(crate::engine::runtime::namespace::stack_main()),
        #[cfg(target_os = "linux")]
        crate::guest_boot::ROLE => Some(crate::guest::main(argv.get(2).map(std::path::Path::new))),
        crate::document::ROLE => Some(text::main(&argv[2..])),
        _ => None,
    }
}

/// The command line. `--json FIELDS`, as in GitHub's `gh`, is `--json=FIELDS` where the word means nothing else.
fn parsed(argv: &[OsString]) -> Result<clap::ArgMatches, clap::Error> {
    let matched = root::command().try_get_matches_from(argv);
    let Err(error) = matched else {
        return matched;
    };
    let before = argv.iter().take_while(|word| *word != "--");
    let json = before.clone().position(|word| word == "--json");
    let Some((at, fields)) = json.and_then(|at| Some((at, before.clone().nth(at + 1)?))) else {
        return Err(error);
    };
    if error.kind() != ErrorKind::UnknownArgument || fields.to_string_lossy().starts_with('-') {
        return Err(error);
    }
    let mut joined = argv.to_vec();
    joined[at].push("=");
    joined[at].push(fields);
    joined.remove(at + 1);
    root::command()
        .try_get_matches_from(&joined)
        .map_err(|_| error)
}

/// Help and version are results; everything else is wrong usage.
fn unparsed(error: &clap::Error, argv: &[OsString], environment: &Environment) -> ExitCode {
    let json = argv
        .iter()
        .take_while(|word| *word != "--")
        .any(|word| word.to_string_lossy().starts_with("--json"));
    let choices = Choices {
        format: if json { Format::Json } else { Format::Table },
        ..Choices::default()
    };
    let printer = Printer::new(choices, environment);
    if !error.use_stderr() {
        let _ = printer.text(&error.render().to_string());
        return ExitCode::SUCCESS;
    }
    let text = error.render().to_string();
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = printer.stderr(text.as_bytes());
        return ExitCode::from(2);
    }
    let text = text.strip_prefix("error: ").unwrap_or(&text).trim_end();
    let text = text
        .strip_suffix("For more information, try '--help'.")
        .unwrap_or(text);
    let error =
        Error::usage(text.trim_end().to_owned()).hint(format!("see `{} --help`", named(argv)));
    let outcome = if argv.windows(2).any(|words| words == ["mcp", "start"]) {
        mcp_start::in_trouble(error, environment, &printer)
    } else {
        Err(error)
    };
    exit_code(outcome, &printer)
}

/// The command that a command line names, as far as there is one.
fn named(argv: &[OsString]) -> String {
    let root = root::command();
    let (mut command, mut words) = (&root, vec!["daytona".to_owned()]);
    for word in argv.iter().skip(1).filter_map(|word| word.to_str()) {
        match command.find_subcommand(word) {
            Some(found) if !found.is_hide_set() || command.get_name() == "daytona" => {
                words.push(found.get_name().to_owned());
                command = found;
            }
            _ if word == "--" => break,
            _ => {}
        }
    }
    words.join(" ")
}

fn exit_code(outcome: Result<u8>, printer: &Printer) -> ExitCode {
    ExitCode::from(outcome.unwrap_or_else(|error| {
        printer.error(&error);
        error.kind().exit_code()
    }))
}

fn dispatch(cli: Cli, printer: &Printer, environment: &Environment) -> Result<u8> {
    let Some(command) = cli.command else {
        printer.text(&root::command().render_help().to_string())?;
        return Ok(0);
    };
    let command = match command {
        // Neither settings nor a runtime are needed for these.
        Command::Setup(SetupCommand::Completion(args)) => return completion::run(&args, printer),
        Command::Setup(SetupCommand::Man(args)) => return man::run(&args, printer),
        Command::Setup(SetupCommand::Help(args)) => return help::run(&args, printer),
        Command::Setup(SetupCommand::Version) => {
            printer.check::<crate::ops::version::Version>()?;
            printer.result(&crate::ops::version::Version::current())?;
            return Ok(0);
        }
        command => command,
    };
    let mut flags = cli.globals.flags();
    if let Command::Engine(EngineCommand::Serve(serve)) = &command {
        flags.listen.clone_from(&serve.listen);
    }
    // The engine's log is there for whoever has to find out what happened.
    let logs = match &command {
        Command::Engine(EngineCommand::Serve(serve)) if serve.detached => Logs::Background,
        Command::Engine(EngineCommand::Serve(_)) => Logs::Engine,
        _ => Logs::Command,
    };
    let logs = (logs, cli.globals.verbose);
    let open = match &command {
        Command::Engine(EngineCommand::Doctor(_)) | Command::Setup(SetupCommand::Config { .. }) => {
            Session::open_despite
        }
        _ => Session::open,
    };
    let session = match open(flags, logs, printer.clone(), environment.clone()) {
        Ok(session) => session,
        Err(error) if mcp::starts(&command) => {
            return mcp_start::in_trouble(error, environment, printer);
        }
        Err(error) => return Err(error),
    };
    match command {
        Command::Sandbox(command) | Command::Group { command } => sandbox::run(command, session),
        Command::Resource(ResourceCommand::Snapshot { command }) => snapshot::run(command, session),
        Command::Resource(ResourceCommand::Trash { command }) => trash::run(command, session),
        Command::Resource(ResourceCommand::Volume { command }) => volume::run(command, session),
        Command::Resource(ResourceCommand::Secret { command }) => secret::run(command, session),
        Command::Resource(ResourceCommand::Template { command }) => template::run(command, session),
        Command::Resource(ResourceCommand::ApiKey { command }) => api_key::run(command, session),
        Command::Agent(AgentCommand::Mcp { command }) => mcp::run(&command, &session),
        Command::Engine(EngineCommand::Serve(args)) => serve::run(&args, &session),
        Command::Engine(EngineCommand::Doctor(args)) => doctor::run(&args, &session),
        Command::Setup(SetupCommand::Config { command }) => config::run(&command, &session),
        Command::Setup(_) => Err(Error::internal("a command without an arm")),
    }
}

/// Runs an operation and prints its result.
fn operate<O: TerminalCommand<Output: Human>>(operation: O, session: &Session) -> Result<u8> {
    let printer = &session.printer;
    let label = operation.doing();
    let underway = operation.underway().map(str::to_owned);
    printer.check::<O::Output>()?;
    let result = session.block_on(async {
        let progress = printer.progress(&label);
        session.ctx.hear(Some(progress.teller()));
        let result = interrupt::stoppable(perform(operation, &session.ctx), &label).await;
        session.ctx.hear(None);
        result.map_err(|error| match underway {
            Some(id) if error.kind() == Kind::Interrupted => error.hint(format!(
                "`{id}` is unaffected; check with `daytona info {id}`"
            )),
            _ => error,
        })
    })?;
    printer.result(&result)?;
    Ok(0)
}
