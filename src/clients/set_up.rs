//! Puts our entry into an agent's file, or takes it out.

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::error::{Context as _, Error, Kind, Report, Result};
use crate::output::{Human, View};

use super::agent::{Agent, Scope};
use super::edit::Layout;
use super::launch::{self, Launch};
use super::older::Older;
use super::places::Places;
use super::probe::Answer;
use super::{SERVER, diff, file, older};

/// What `mcp init` is to do.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The user's file or the project's.
    pub scope: Scope,
    /// Take our entry out instead.
    pub remove: bool,
    /// Write nothing, show the difference.
    pub dry_run: bool,
    /// This program, as agents are to start it.
    pub program: String,
    /// The flags of `mcp start`; none keeps those that are there.
    pub flags: Option<Vec<String>>,
    /// Take the place of an older interpreter's entry.
    pub migrate: bool,
}

/// What `mcp init` did, agent by agent
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
pub struct SetUps {
    /// What was done to each agent's file
    pub items: Vec<SetUp>,
    /// The agents that could not be set up, and why
    pub failed: Vec<Refused>,
}

/// What `mcp init` did to an agent's file
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SetUp {
    /// The agent's name, as commands take it
    pub agent: String,
    /// What it calls itself
    pub title: &'static str,
    /// Its file
    pub file: PathBuf,
    /// The name of the entry there
    pub server: String,
    /// What was done, or would be
    pub change: Change,
    /// Whether nothing was written because only the difference was asked for
    pub dry_run: bool,
    /// The difference, line by line
    pub diff: String,
    /// The entry of an older interpreter that is there, or whose place was taken
    #[serde(skip_serializing_if = "Option::is_none")]
    pub older: Option<Older>,
    /// Where the file as it was before is kept
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backup: Option<PathBuf>,
    /// What to do next
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// What the server answered, where it was tried
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
}

/// An agent that could not be set up
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Refused {
    /// The agent's name, as commands take it
    pub agent: String,
    /// What it calls itself
    pub title: &'static str,
    /// Why
    pub error: Report,
    #[serde(skip)]
    #[schemars(skip)]
    kind: Kind,
}

/// How a file changes.
#[derive(Clone, Copy, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Change {
    /// The file was not there
    Created,
    /// Our entry was added or brought up to date
    Updated,
    /// Our entry was taken out
    Removed,
    /// There was nothing to do
    Unchanged,
}

/// Our entry in a file.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) entry: Value,
}

/// Our entry among the servers: by its name, or by what it starts where the agent's own command wrote it.
pub(super) fn find(servers: &Map<String, Value>) -> Option<Found> {
    let ours = |entry: &Value| Launch::read(entry).is_some_and(|launch| launch.is_ours());
    let name = if servers.contains_key(SERVER) {
        SERVER.to_owned()
    } else {
        servers.iter().find(|(_, entry)| ours(entry))?.0.clone()
    };
    let entry = servers.get(&name)?.clone();
    Some(Found { name, entry })
}

/// The command in an agent's file that starts our server.
pub fn configured(agent: &Agent, file: &Path) -> Result<Option<Launch>> {
    Ok(look(agent, file)?.and_then(|found| Launch::read(&found.entry)))
}

/// Whether our entry passes this variable on, in whatever way the agent has for it.
pub fn passes_on(agent: &Agent, file: &Path, variable: &str) -> bool {
    let found = look(agent, file).ok().flatten();
    found.is_some_and(|found| found.entry.to_string().contains(&format!("\"{variable}\"")))
}

/// Our entry in the part of the user's file that is for the current folder alone.
pub(super) fn look_local(agent: &Agent, file: &Path, places: &Places) -> Option<Found> {
    let (before, after) = agent.by_project?;
    let text = file::Target::look(file).ok()?;
    let path = [before, places.project.to_str()?, after];
    find(&agent.layouts[0].object(&text, path).ok()?)
}

/// Our entry in an agent's file.
pub(super) fn look(agent: &Agent, file: &Path) -> Result<Option<Found>> {
    let text = file::Target::look(file)?;
    let servers = agent
        .layout(&text)
        .servers(&text)
        .context(Kind::Conflict, || format!("cannot use {}", file.display()))?;
    Ok(find(&servers))
}

/// The file of an agent in which there is the entry of an older interpreter.
pub fn older_in(agent: &Agent, places: &Places, scope: Scope) -> Option<PathBuf> {
    let file = agent.file(scope, places).ok()?;
    let text = file::Target::look(&file).ok()?;
    let servers = agent.layout(&text).servers(&text).ok()?;
    older::find(&servers).map(|_| file)
}

/// Adds our entry to an agent's file, or takes it out.
pub fn set_up(agent: &Agent, places: &Places, wish: &Wish) -> Result<SetUp> {
    let given = agent.file(wish.scope, places)?;
    let file = file::Target::open(&given)?;
    let text = file.text()?;
    let layout = agent.layout(&text);
    let refused = |error: anyhow::Error| {
        Error::new(
            Kind::Conflict,
            format!("{} is left as it was", given.display()),
        )
        .because(error)
        .hint(format!(
            "mend the file, or put the entry in by hand: `daytona mcp config --agent {}` prints it",
            agent.name
        ))
    };
    let present = find(&layout.servers(&text).map_err(refused)?);
    let server = present
        .as_ref()
        .map_or_else(|| SERVER.to_owned(), |found| found.name.clone());
    let servers = layout.servers(&text).map_err(refused)?;
    let older = older::find(&servers).filter(|_| !wish.remove);
    let edited = match older {
        _ if wish.remove => without(agent, layout, &text, &server, &file),
        Some(older) if wish.migrate => instead(agent, layout, &text, older, &server, wish),
        _ => with(agent, layout, &text, present.as_ref(), wish),
    };
    let edited = edited.map_err(refused)?;
    let mut diff = diff::lines(&text, &edited);
    if let Some(older) = older {
        diff = older::masked(&diff, older);
    }
    let older = older.map(|_| Older {
        server: older::NAME.to_owned(),
        replaced: wish.migrate,
    });
    let change = match (edited == text, wish.remove, file.exists()) {
        (true, _, _) => Change::Unchanged,
        (false, true, _) => Change::Removed,
        (false, false, true) => Change::Updated,
        (false, false, false) => Change::Created,
    };
    let mut backup = None;
    if change != Change::Unchanged && !wish.dry_run {
        // What we made goes with what we put there; Continue complains of a file without servers.
        let written = if wish.remove && matches!(edited.trim(), "" | "{}") && file.first().is_none()
        {
            file.delete().map(|()| None)
        } else {
            file.replace(&text, &edited)
        };
        backup = written.context(Kind::Other, || format!("cannot write {}", given.display()))?;
    }
    let next = (change != Change::Unchanged && !wish.dry_run).then(|| {
        let trust = agent
            .trust
            .filter(|_| wish.scope == Scope::Project && !wish.remove);
        [Some(agent.next), trust]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("; ")
    });
    Ok(SetUp {
        agent: agent.name.to_owned(),
        title: agent.title,
        diff,
        file: given,
        server,
        change,
        older,
        dry_run: wish.dry_run,
        backup,
        next,
        answer: None,
    })
}

/// The text with our entry; one that starts the same already stays as it is, whatever its form.
fn with(
    agent: &Agent,
    layout: Layout,
    text: &str,
    present: Option<&Found>,
    wish: &Wish,
) -> anyhow::Result<String> {
    let mut launch = Launch::new(&wish.program, wish.flags.as_deref().unwrap_or_default());
    let Some(found) = present else {
        return layout.put(text, SERVER, &launch::entry(agent.shape, &launch, None));
    };
    match Launch::read(&found.entry) {
        Some(old) => {
            if wish.flags.is_none() && old.starts_server() {
                launch.args.clone_from(&old.args);
            }
            if (&old.program, &old.args) == (&launch.program, &launch.args) {
                return Ok(text.to_owned());
            }
        }
        None if found.entry.get("url").or(found.entry.get("uri")).is_some() => anyhow::bail!(
            "its `{}` leads to a server elsewhere; take it out first: `daytona mcp init {} --remove`",
            found.name,
            agent.name
        ),
        None => {}
    }
    let entry = launch::entry(agent.shape, &launch, Some(&found.entry));
    layout.put(text, &found.name, &entry)
}

/// The text with our entry in the place of an older interpreter's: it starts ours, with its tools, and keeps
/// its variables and whatever else the agent knows of it.
fn instead(
    agent: &Agent,
    layout: Layout,
    text: &str,
    older: &Value,
    server: &str,
    wish: &Wish,
) -> anyhow::Result<String> {
    let mut flags = older::flags(older);
    flags.extend(wish.flags.iter().flatten().cloned());
    let launch = Launch::new(&wish.program, &flags);
    let mut entry = older.as_object().cloned().unwrap_or_default();
    entry.extend(launch::entry(agent.shape, &launch, Some(older)));
    let freed = layout.remove(text, older::NAME)?;
    // One of ours that is there gives way: it has none of the variables.
    let freed = if layout.servers(&freed)?.contains_key(server) {
        layout.remove(&freed, server)?
    } else {
        freed
    };
    layout.put(&freed, server, &entry)
}

/// The text without our entry. Where nothing but that was added since, the file comes back to the byte,
/// its layout too.
fn without(
    agent: &Agent,
    layout: Layout,
    text: &str,
    server: &str,
    file: &file::Target,
) -> anyhow::Result<String> {
    let removed = layout.remove(text, server)?;
    if removed == text {
        return Ok(removed);
    }
    let launch = layout.servers(text)?.get(server).and_then(Launch::read);
    let put = |first: &String| {
        let entry = launch::entry(agent.shape, launch.as_ref()?, None);
        layout.put(first, server, &entry).ok()
    };
    let lacks_ours = |first: &String| {
        layout
            .servers(first)
            .is_ok_and(|servers| !servers.contains_key(server))
    };
    Ok(file
        .first()
        .filter(|first| lacks_ours(first) && put(first).as_deref() == Some(text))
        .unwrap_or(removed))
}

impl SetUp {
    fn text(&self) -> String {
        let (agent, file, server) = (self.title, self.file.display(), &self.server);
        let text = match (self.change, self.dry_run) {
            (Change::Unchanged, _) => format!("{agent}: nothing to change in {file}"),
            (_, true) => format!("{agent}: this would change in {file}\n{}", self.diff),
            (Change::Created, false) => format!("{agent}: made {file} with the server `{server}`"),
            (Change::Updated, false) => format!("{agent}: wrote the server `{server}` to {file}"),
            (Change::Removed, false) => {
                format!("{agent}: took the server `{server}` out of {file}")
            }
        };
        let backup = self
            .backup
            .as_ref()
            .map(|backup| format!("the file as it was before: {}", backup.display()));
        let answer = self
            .answer
            .as_ref()
            .map(|answer| format!("it works: {}", answer.text()));
        let older = self.older.as_ref().map(|older| match (older.replaced, self.dry_run) {
            (true, true) => format!("it would take the place of `{}`", older.server),
            (true, false) => format!("it has the place of `{}`, with its variables", older.server),
            (false, _) => format!(
                "`{}` is there too: to take its place, with its tools and variables: add `--migrate`",
                older.server
            ),
        });
        let next = self.next.as_ref().map(|next| format!("next: {next}"));
        let lines: Vec<String> = [Some(text), older, backup, answer, next]
            .into_iter()
            .flatten()
            .collect();
        lines.join("\n")
    }
}

impl SetUps {
    /// Adds an agent that could not be set up.
    pub fn refuse(&mut self, agent: &Agent, error: &Error) {
        self.failed.push(Refused {
            agent: agent.name.to_owned(),
            title: agent.title,
            error: error.report(),
            kind: error.kind(),
        });
    }

    /// The error to end with.
    pub fn failure(&self) -> Option<Error> {
        let first = self.failed.first()?;
        let all: Vec<&str> = self
            .failed
            .iter()
            .map(|one| one.error.message.as_str())
            .collect();
        let error = Error::new(first.kind, all.join("; "));
        Some(
            self.failed
                .iter()
                .flat_map(|one| one.error.hints.clone())
                .fold(error, Error::hint),
        )
    }
}

impl Human for SetUps {
    fn view(&self) -> View {
        let lines: Vec<String> = self.items.iter().map(SetUp::text).collect();
        View::Done(lines.join("\n"))
    }
}
