//! Where our server is configured, and whether each of those commands still works.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use futures_util::StreamExt as _;
use schemars::JsonSchema;
use serde::Serialize;

use crate::error::Result;
use crate::output::{Cell, Human, Tone, View};

use super::agent::{Agent, Scope};
use super::elsewhere;
use super::launch::Launch;
use super::places::Places;
use super::probe::{Answer, probe};
use super::set_up::{Found, look, look_local};

/// So many servers are tried at a time.
const AT_ONCE: usize = 4;

/// Every agent, and how it stands with our server there
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Status {
    /// The agents; with those of the project in the current folder
    pub items: Vec<Row>,
}

/// One file of one agent
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The agent's name, as `mcp init` knows it
    pub agent: &'static str,
    /// What people call it
    pub title: &'static str,
    /// Whose file it is
    pub scope: Scope,
    /// Whether the agent was found on this machine
    pub installed: bool,
    /// The file
    pub file: PathBuf,
    /// How it stands
    pub state: State,
    /// The name of our entry there
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    /// The command in our entry
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// What the server answered
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// Why it does not work
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How an agent stands with our server
#[derive(Clone, Copy, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// The configured command answers
    Works,
    /// The configured command does not answer, or the file cannot be read
    Broken,
    /// The entry is switched off in the file
    Disabled,
    /// The entry leads to a server elsewhere, which was not tried
    Elsewhere,
    /// The project's entry starts another program, which was not run
    NotTried,
    /// There is no entry of ours
    NotConfigured,
    /// The agent was not found
    NotInstalled,
}

impl State {
    fn word(self) -> (&'static str, Tone) {
        match self {
            Self::Works => ("works", Tone::Good),
            Self::Broken => ("broken", Tone::Bad),
            Self::Disabled => ("switched off", Tone::Neutral),
            Self::Elsewhere => ("elsewhere", Tone::Neutral),
            Self::NotTried => ("not tried", Tone::Neutral),
            Self::NotConfigured => ("not configured", Tone::Neutral),
            Self::NotInstalled => ("not installed", Tone::Neutral),
        }
    }
}

/// Looks at every agent's files and tries what is configured there; `program` is this program.
pub async fn status(places: &Places, program: &str) -> Result<Status> {
    let mut rows = Vec::new();
    let mut launches = BTreeSet::new();
    for agent in Agent::all() {
        let installed = agent.installed(places);
        let user = agent.file(Scope::User, places)?;
        let project = agent
            .file(Scope::Project, places)
            .ok()
            .filter(|file| file.is_file() && *file != user);
        let mut looks = vec![(Scope::User, user.clone(), look(agent, &user))];
        for profile in elsewhere::profiles(agent, places) {
            // Of those that have no file of their own there is nothing to say.
            if profile.file.is_file() {
                let looked = look(agent, &profile.file);
                looks.push((Scope::User, profile.file, looked));
            }
        }
        if let Some(found) = look_local(agent, &user, places) {
            looks.push((Scope::Local, user, Ok(Some(found))));
        }
        if let Some(file) = project {
            let looked = look(agent, &file);
            looks.push((Scope::Project, file, looked));
        }
        for (scope, file, looked) in looks {
            let (row, launch) = row(agent, scope, file, installed, looked, program);
            if let Some(launch) = &launch {
                launches.insert(launch.clone());
            }
            rows.push((row, launch));
        }
    }
    let mut tried = futures_util::stream::iter(launches)
        .map(async |launch| {
            let answer = probe(&launch, places).await;
            (launch, answer)
        })
        .buffer_unordered(AT_ONCE);
    let mut answers = BTreeMap::new();
    while let Some((launch, answer)) = tried.next().await {
        answers.insert(launch, answer);
    }
    let finished = rows.into_iter().map(|(mut row, launch)| {
        match launch.and_then(|launch| answers.get(&launch)) {
            Some(Ok(answer)) => {
                row.state = State::Works;
                row.answer = Some(answer.clone());
            }
            Some(Err(error)) => {
                row.state = State::Broken;
                row.reason = Some(error.text());
            }
            None => {}
        }
        row
    });
    Ok(Status {
        items: finished.collect(),
    })
}

/// What the file says; with a command, that is still to be tried.
fn row(
    agent: &Agent,
    scope: Scope,
    file: PathBuf,
    installed: bool,
    looked: Result<Option<Found>>,
    program: &str,
) -> (Row, Option<Launch>) {
    let mut row = Row {
        agent: agent.name,
        title: agent.title,
        scope,
        installed,
        file,
        state: if installed || scope != Scope::User {
            State::NotConfigured
        } else {
            State::NotInstalled
        },
        server: None,
        command: None,
        answer: None,
        reason: None,
    };
    match looked {
        Err(error) => {
            row.state = State::Broken;
            row.reason = Some(error.text());
            (row, None)
        }
        Ok(None) => (row, None),
        Ok(Some(found)) => {
            let launch = Launch::read(&found.entry);
            row.command = launch.as_ref().map(Launch::text);
            let off = off(&found);
            row.server = Some(found.name);
            row.state = match &launch {
                None => State::Elsewhere,
                Some(_) if off => State::Disabled,
                Some(_) => State::NotTried,
            };
            let launch = launch
                .filter(|_| row.state == State::NotTried)
                .and_then(|launch| launch.to_try(scope, program));
            if row.state == State::NotTried && launch.is_none() {
                row.reason = Some(
                    "the project's file starts another program, which is not run from here"
                        .to_owned(),
                );
            }
            (row, launch)
        }
    }
}

/// Whether the entry says that it is not to be used.
fn off(found: &Found) -> bool {
    let flag = |key: &str| found.entry.get(key).and_then(serde_json::Value::as_bool);
    flag("disabled") == Some(true) || flag("enabled") == Some(false)
}

impl Status {
    /// Whether something that is configured does not work.
    pub fn broken(&self) -> bool {
        self.items.iter().any(|row| row.state == State::Broken)
    }
}

impl Human for Status {
    fn view(&self) -> View {
        let absent = |row: &&Row| row.state == State::NotInstalled;
        let rows = self.items.iter().filter(|row| !absent(row)).map(|row| {
            let agent = match row.scope {
                Scope::User => row.agent.to_owned(),
                Scope::Project => format!("{} (project)", row.agent),
                Scope::Local => format!("{} (this folder)", row.agent),
            };
            let (word, tone) = row.state.word();
            let detail = match (&row.answer, &row.reason) {
                (Some(answer), _) => answer.text(),
                (_, Some(reason)) => reason.clone(),
                (None, None) => String::new(),
            };
            vec![
                Cell::from(agent),
                Cell::Word(word.to_owned(), tone),
                Cell::from(row.file.display().to_string()),
                Cell::from(detail),
            ]
        });
        let others: Vec<&str> = self
            .items
            .iter()
            .filter(absent)
            .map(|row| row.agent)
            .collect();
        let mut notes = Vec::new();
        if self.broken() {
            notes.push("bring an entry up to date: `daytona mcp init AGENT`".to_owned());
        }
        if !others.is_empty() {
            notes.push(format!("not found here: {}", others.join(", ")));
        }
        View::Table {
            headings: vec!["AGENT", "STATE", "FILE", "DETAIL"],
            rows: rows.collect(),
            empty: "no agent was found on this machine",
            note: (!notes.is_empty()).then(|| notes.join("\n")),
        }
    }

    fn ids(&self) -> Vec<String> {
        let works = self.items.iter().filter(|row| row.state == State::Works);
        works.map(|row| row.agent.to_owned()).collect()
    }
}
