//! `mcp init`, `mcp status` and `mcp config`: sets agents up, looks whether that works, prints the entry.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _};

use crate::clients::{self, Agent, Launch, Places, Scope, SetUps, Wish};
use crate::config::Origin;
use crate::error::{Context as _, Error, Kind, Result};

use super::interrupt::stoppable;
use super::session::Session;
use super::{confirm, root};

/// Which agents, and what to do with their files.
#[derive(Debug, clap::Args)]
pub(super) struct InitArgs {
    /// Agents to set up [default: choose among those found]
    #[arg(value_name = "AGENT", value_parser = agent(), hide_possible_values = true)]
    agents: Vec<&'static Agent>,

    /// Set up every agent found on this machine
    #[arg(long, conflicts_with = "agents")]
    all: bool,

    /// Write the project's file in the current folder instead of yours
    #[arg(long)]
    project: bool,

    /// Show what would change without changing it
    #[arg(long)]
    dry_run: bool,

    /// Remove the entry
    #[arg(long)]
    remove: bool,

    /// Start the configured command as the agent would and list its tools
    #[arg(long, conflicts_with_all = ["dry_run", "remove"])]
    verify: bool,

    /// Replace a `daytona-interpreter` entry, keeping its tools, variables and `.env`
    #[arg(long, conflicts_with = "remove")]
    migrate: bool,

    #[command(flatten)]
    start: StartFlags,
}

/// The flags of `mcp start` that go into an entry.
#[derive(Debug, clap::Args)]
pub(super) struct StartFlags {
    /// Flags of `mcp start` for the entry; without any, those that are there stay
    #[arg(last = true, value_name = "FLAG", allow_hyphen_values = true)]
    flags: Option<Vec<String>>,
}

const EXAMPLES: &str = "\
Examples:
  daytona mcp config > .mcp.json
  daytona mcp config --agent codex
  daytona mcp config --agent cursor --link";

/// Whose entry to print, and how.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ConfigArgs {
    /// Agent to print the configuration for
    #[arg(long, value_name = "AGENT", value_parser = agent(), hide_possible_values = true)]
    agent: Option<&'static Agent>,

    /// Print the link that installs the server (Cursor, VS Code)
    #[arg(long, requires = "agent")]
    link: bool,

    #[command(flatten)]
    start: StartFlags,
}

/// An agent by its name; what is misspelt is told, with what is near.
fn agent() -> impl clap::builder::TypedValueParser<Value = &'static Agent> {
    let names = Agent::all()
        .iter()
        .map(|agent| PossibleValue::new(agent.name).help(agent.title));
    PossibleValuesParser::new(names)
        .try_map(|name| Agent::named(&name).ok_or_else(|| format!("there is no agent `{name}`")))
}

/// The names of all agents, for the help of what takes one.
pub(super) fn names() -> String {
    let mut text = String::from("Agents:\n");
    for agent in Agent::all() {
        let _ = writeln!(text, "  {:<12} {}", agent.name, agent.title);
    }
    text
}

pub(super) fn init(arguments: &InitArgs, session: &Session) -> Result<u8> {
    let printer = &session.printer;
    printer.check::<SetUps>()?;
    let places = Places::new(&session.environment);
    let wish = Wish {
        scope: if arguments.project {
            Scope::Project
        } else {
            Scope::User
        },
        remove: arguments.remove,
        dry_run: arguments.dry_run,
        program: program(&places)?,
        flags: arguments.start.checked()?,
        migrate: arguments.migrate,
    };
    let mut done = SetUps::default();
    let mut written = Vec::new();
    let mut stopped = false;
    for agent in chosen(arguments, &places, session)? {
        let wish = Wish {
            migrate: wish.migrate || takes_place(agent, &places, &wish, session)?,
            ..wish.clone()
        };
        let mut set_up = match clients::set_up(agent, &places, &wish) {
            Ok(set_up) => set_up,
            Err(error) => {
                done.refuse(agent, &error);
                continue;
            }
        };
        if arguments.verify {
            // What was written stays told, also where it does not work.
            match session.block_on(verify(agent, &set_up.file, &places, &wish)) {
                Ok(answer) => set_up.answer = Some(answer),
                Err(error) => {
                    stopped = error.kind() == Kind::Interrupted;
                    done.refuse(agent, &error);
                }
            }
        }
        written.push((agent, set_up.file.clone()));
        done.items.push(set_up);
        if stopped {
            break;
        }
    }
    if !done.items.is_empty() || printer.structured() {
        printer.result(&done)?;
    }
    if wish.scope == Scope::User && !wish.remove {
        for (agent, _) in &written {
            for note in clients::elsewhere(agent, &places, &wish.program) {
                printer.warn(&note);
            }
        }
    }
    // Agents start the server with little of this shell's environment.
    if let Some(credential) = session.config.credential.as_ref().filter(|_| !wish.remove)
        && let Origin::Variable(name) = credential.origin
    {
        for (agent, file) in written {
            if !clients::passes_on(agent, &file, name) {
                printer.warn(&unseen(agent, name));
            }
        }
    }
    done.failure().map_or(Ok(0), Err)
}

/// Offers to take the place of an older interpreter's entry, where somebody can be asked.
fn takes_place(agent: &Agent, places: &Places, wish: &Wish, session: &Session) -> Result<bool> {
    if wish.remove || wish.dry_run || !session.printer.asks() {
        return Ok(false);
    }
    let Some(file) = clients::older_in(agent, places, wish.scope) else {
        return Ok(false);
    };
    let question = format!(
        "{} has a `daytona-interpreter`: take its place, with its tools and variables? [y/N]",
        file.display()
    );
    let refused = format!("{} was not changed", file.display());
    let answer = session.block_on(confirm::asked(&session.printer, question, &refused))?;
    Ok(answer.is_some_and(|answer| confirm::is_yes(&answer)))
}

fn unseen(agent: &Agent, variable: &str) -> String {
    let title = agent.title;
    let passed = agent.passes(variable).map_or_else(String::new, |entry| {
        format!(", or pass it on in the entry: `{entry}`")
    });
    format!(
        "the API key comes from this shell (variable {variable}), which {title} does not see: give it to the agent's own environment{passed}; else the server uses the local engine"
    )
}

async fn verify(
    agent: &Agent,
    file: &Path,
    places: &Places,
    wish: &Wish,
) -> Result<clients::Answer> {
    let launch = clients::configured(agent, file)?
        .and_then(|launch| launch.to_try(wish.scope, &wish.program))
        .ok_or_else(|| {
            let file = file.display();
            Error::new(
                Kind::Conflict,
                format!("{file} does not start this program"),
            )
            .hint(format!("look at its entry: `cat {file}`"))
        })?;
    let label = "trying the server; what was written stays";
    let tried = stoppable(clients::probe(&launch, places), label).await;
    tried.map_err(|error| {
        let whose = format!("{}: {}", agent.title, error.text());
        let hints = error.hints().iter().cloned();
        hints.fold(Error::new(error.kind(), whose), Error::hint)
    })
}

/// The agents that are meant: named, all that are there, or those that somebody picks.
fn chosen(arguments: &InitArgs, places: &Places, session: &Session) -> Result<Vec<&'static Agent>> {
    let printer = &session.printer;
    if !arguments.agents.is_empty() {
        let mut chosen: Vec<&'static Agent> = Vec::new();
        for agent in &arguments.agents {
            if !chosen.iter().any(|other| other.name == agent.name) {
                chosen.push(agent);
            }
        }
        return Ok(chosen);
    }
    let found: Vec<&'static Agent> = Agent::all()
        .iter()
        .filter(|agent| agent.installed(places))
        .filter(|agent| !arguments.project || agent.file(Scope::Project, places).is_ok())
        .collect();
    let all: Vec<&str> = found.iter().map(|agent| agent.name).collect();
    if found.is_empty() {
        return Err(
            Error::new(Kind::NotFound, "no agent was found on this machine").hint(
                "name one to set it up all the same: `daytona mcp init claude`; the names: `daytona mcp init --help`",
            ),
        );
    }
    if arguments.all {
        return Ok(found);
    }
    if !printer.asks() {
        return Err(
            Error::usage(format!("which agent? found here: {}", all.join(", ")))
                .hint("all of them: `daytona mcp init --all`")
                .hint(format!("one of them: `daytona mcp init {}`", all[0])),
        );
    }
    let mut question = String::from("agents found here:\n");
    for (number, agent) in found.iter().enumerate() {
        let _ = writeln!(question, "  {} {}", number + 1, agent.title);
    }
    let doing = if arguments.remove {
        "remove from"
    } else {
        "set up"
    };
    let _ = write!(question, "{doing} which? [Enter: all, numbers, or none]");
    loop {
        let answer = confirm::asked(printer, question.clone(), "nothing was changed");
        let answer = session.block_on(answer)?;
        let Some(answer) = answer else {
            return Err(Error::new(
                Kind::Interrupted,
                "nothing was chosen; nothing was changed",
            ));
        };
        match picked(&answer, found.len()) {
            Some(numbers) if numbers.is_empty() => {
                printer.status("nothing was changed");
                return Ok(Vec::new());
            }
            Some(numbers) => return Ok(numbers.into_iter().map(|at| found[at]).collect()),
            None => printer.warn(&format!("`{}` is none of these", answer.trim())),
        }
    }
}

/// The positions that an answer picks; nothing where it cannot be understood.
fn picked(answer: &str, count: usize) -> Option<Vec<usize>> {
    match answer.trim().to_lowercase().as_str() {
        "" | "all" | "a" | "y" | "yes" => return Some((0..count).collect()),
        "none" | "n" | "no" | "q" => return Some(Vec::new()),
        _ => {}
    }
    let mut positions = Vec::new();
    for word in answer.split([',', ' ']).map(str::trim) {
        if word.is_empty() {
            continue;
        }
        let number: usize = word.parse().ok().filter(|n| (1..=count).contains(n))?;
        if !positions.contains(&(number - 1)) {
            positions.push(number - 1);
        }
    }
    Some(positions)
}

pub(super) fn status(session: &Session) -> Result<u8> {
    session.printer.check::<clients::Status>()?;
    let places = Places::new(&session.environment);
    let program = program(&places)?;
    let status = session.block_on(async {
        let _progress = session.printer.progress("trying the configured servers");
        stoppable(
            clients::status(&places, &program),
            "trying the configured servers",
        )
        .await
    })?;
    session.printer.result(&status)?;
    Ok(u8::from(status.broken()))
}

pub(super) fn config(arguments: &ConfigArgs, session: &Session) -> Result<u8> {
    let printer = &session.printer;
    let places = Places::new(&session.environment);
    let flags = arguments.start.checked()?.unwrap_or_default();
    let launch = Launch::new(&program(&places)?, &flags);
    if let Some(agent) = arguments.agent {
        printer.check::<clients::Form>()?;
        printer.result(&clients::form(agent, &places, &launch, arguments.link)?)?;
    } else {
        printer.check::<clients::Paste>()?;
        printer.result(&clients::paste(&launch))?;
    }
    Ok(0)
}

impl StartFlags {
    /// The flags, which `mcp start` must take: an agent would not tell why its server does not start.
    fn checked(&self) -> Result<Option<Vec<String>>> {
        if let Some(flags) = &self.flags {
            let words = ["daytona", "mcp", "start"].into_iter();
            let words = words.chain(flags.iter().map(String::as_str));
            root::command()
                .try_get_matches_from(words)
                .map_err(|error| {
                    let text = error.to_string();
                    let first = text.lines().next().unwrap_or_default();
                    let first = first.strip_prefix("error: ").unwrap_or(first).to_owned();
                    Error::usage(format!("`mcp start` does not take this: {first}"))
                        .hint("its flags: `daytona mcp start --help`")
                })?;
        }
        Ok(self.flags.clone())
    }
}

/// The absolute path of this program: agents with windows have a bare search path. A link on the search
/// path that leads here is kept, since it survives an update.
fn program(places: &Places) -> Result<String> {
    let real = std::env::current_exe().context(Kind::Internal, || {
        "cannot tell where this program is".to_owned()
    })?;
    let same = |path: &PathBuf| path.canonicalize().ok() == real.canonicalize().ok();
    let path = places.program("daytona").filter(same).unwrap_or(real);
    path.into_os_string().into_string().map_err(|path| {
        Error::new(
            Kind::Unsupported,
            format!(
                "the path of this program is not text: {}",
                path.to_string_lossy()
            ),
        )
        .hint("put it where the path is: `install daytona /usr/local/bin`")
    })
}

#[cfg(test)]
mod tests {
    use super::picked;

    #[test]
    fn answers_pick_all_some_or_none() {
        assert_eq!(picked("\n", 3), Some(vec![0, 1, 2]));
        assert_eq!(picked("ALL", 2), Some(vec![0, 1]));
        assert_eq!(picked("none\n", 2), Some(vec![]));
        assert_eq!(picked("3, 1 3", 3), Some(vec![2, 0]));
        for wrong in ["4", "0", "1,x", "cursor"] {
            assert_eq!(picked(wrong, 3), None, "{wrong}");
        }
    }
}
