//! `logs`: what a session's command has written, or which sessions there are.

use std::io;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::types::{Sandbox, Session, SessionCommand};
use crate::api::{Client, Stream};
use crate::error::{Command, Error, Kind, Result};
use crate::ops::exec::Capture;
use crate::ops::{Ctx, Operation, TerminalCommand};
use crate::output::{Cell, Human, Tone, View};

use super::resolve;

/// The session of the image's own program, and its one command (toolbox API, sessions).
const ENTRYPOINT: (&str, &str) = ("entrypoint", "entrypoint_command");

const EXAMPLES: &str = "\
Examples:
  daytona logs demo
  daytona logs demo --session build --follow
  daytona logs demo --session build --command 5f0c2a --json=stdout

Sessions are what SDKs run commands in; `daytona exec` prints what its command writes itself.";

/// Show output of commands run in sessions
#[derive(Clone, Debug, Default, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(deny_unknown_fields)]
pub struct Logs {
    /// Id or name of the sandbox
    #[arg(value_name = "SANDBOX")]
    pub id: String,

    /// Session to show [default: the entrypoint's if it wrote anything, else a list of sessions]
    #[arg(long, value_name = "ID")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub session: Option<String>,

    /// Command of the session [default: the last one]
    #[arg(long, value_name = "ID", requires = "session")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub command: Option<String>,

    /// Follow output until the command ends
    #[arg(short, long)]
    #[serde(default)]
    pub follow: bool,
}

/// What a command has written, or the sessions where none is named
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
    /// The session whose log this is
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// The command whose log this is
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// Its exit code, once it has ended
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
    /// What it wrote to standard output; beyond 1 MiB only the beginning and the end
    pub stdout: String,
    /// What it wrote to standard error; beyond 1 MiB only the beginning and the end
    pub stderr: String,
    /// Whether anything was left out of stdout or stderr
    pub truncated: bool,
    /// Where no log is shown: the sessions with their commands
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sessions: Option<Vec<Session>>,
    /// The sandbox, for what can be done next: for people
    #[serde(skip)]
    #[schemars(skip)]
    pub sandbox: String,
}

impl Human for Shown {
    fn view(&self) -> View {
        let Some(sessions) = &self.sessions else {
            return View::Text(format!("{}{}", self.stdout, self.stderr));
        };
        View::Table {
            headings: vec!["SESSION", "STATE", "TEXT", "COMMAND"],
            rows: sessions.iter().flat_map(rows).collect(),
            empty: "no sessions: SDKs open them, `daytona exec` prints what its command writes",
            note: (!sessions.is_empty()).then(|| {
                format!(
                    "see what one wrote: `daytona logs {} --session SESSION [--command COMMAND]`",
                    self.sandbox
                )
            }),
        }
    }

    fn ids(&self) -> Vec<String> {
        let sessions = self.sessions.iter().flatten();
        sessions.map(|one| one.session_id.clone()).collect()
    }
}

fn rows(session: &Session) -> Vec<Vec<Cell>> {
    let id: Cell = session.session_id.as_str().into();
    if session.commands.is_empty() {
        return vec![vec![id, "no command yet".into(), "-".into(), "-".into()]];
    }
    let row = |command: &SessionCommand| {
        let text = command.command.lines().next().unwrap_or_default();
        vec![
            id.clone(),
            state(command),
            text.chars().take(50).collect::<String>().into(),
            command.id.as_str().into(),
        ]
    };
    session.commands.iter().map(row).collect()
}

fn state(command: &SessionCommand) -> Cell {
    match command.exit_code {
        None => Cell::Word("running".to_owned(), Tone::Good),
        Some(0) => Cell::Word("exit 0".to_owned(), Tone::Neutral),
        Some(code) => Cell::Word(format!("exit {code}"), Tone::Bad),
    }
}

/// What there is to show.
pub enum Found {
    /// A command's log.
    Log(Log),
    /// No session is named: these are there.
    Sessions(Vec<Session>),
}

/// A log that can be read.
pub struct Log {
    toolbox: String,
    session: String,
    command: String,
}

/// Finds what to show.
pub async fn find(client: &Client, sandbox: &Sandbox, logs: &Logs) -> Result<Found> {
    let toolbox = client.toolbox(sandbox).await?;
    let log = |session: &str, command: &str| Log {
        toolbox: toolbox.clone(),
        session: session.to_owned(),
        command: command.to_owned(),
    };
    let name = &sandbox.name;
    let Some(id) = &logs.session else {
        if logs.command.is_some() {
            return Err(Error::usage("a command is one of a session: name that too"));
        }
        // Servers differ in whether there is one: it is shown where it says something.
        let own = client.entrypoint_logs(&toolbox).await.unwrap_or_default();
        if own.stdout.is_empty() && own.stderr.is_empty() {
            return Ok(Found::Sessions(client.sessions(&toolbox).await?));
        }
        return Ok(Found::Log(log(ENTRYPOINT.0, ENTRYPOINT.1)));
    };
    let there = |what: String| {
        Error::new(Kind::NotFound, what).hint(Command::new("logs").on(name).to("list them"))
    };
    let session = client.session(&toolbox, id).await;
    let session = session.map_err(|error| match error.kind() {
        Kind::NotFound => there(format!("there is no session `{id}` in `{name}`")),
        _ => error,
    })?;
    // As with other ids, its beginning will do where it is the only one.
    let mut fitting = session.commands.iter().filter(|command| {
        let wanted = logs.command.as_deref().unwrap_or_default();
        command.id.starts_with(wanted)
    });
    let found = match &logs.command {
        None => fitting.next_back(),
        Some(wanted) => match (fitting.next(), fitting.next()) {
            (Some(one), None) => Some(one),
            _ => session.commands.iter().find(|one| one.id == *wanted),
        },
    };
    match (found, &logs.command) {
        (Some(command), _) => Ok(Found::Log(log(id, &command.id))),
        (None, Some(wanted)) => Err(there(format!(
            "there is no command `{wanted}` in the session `{id}` of `{name}`"
        ))),
        (None, None) => Err(there(format!(
            "nothing has run in the session `{id}` of `{name}`"
        ))),
    }
}

impl Log {
    /// Passes it on as it comes: to the command's end where that is followed, else what there is.
    /// `false` where nobody takes it any more.
    pub async fn pass(
        &self,
        client: &Client,
        follow: bool,
        sink: &mut (dyn FnMut(Stream, &[u8]) -> io::Result<()> + Send),
    ) -> Result<bool> {
        let (toolbox, session) = (&self.toolbox, &self.session);
        let mut stream = client
            .log_stream(toolbox, session, &self.command, follow)
            .await?;
        while let Some((from, bytes)) = stream.next().await? {
            if sink(from, &bytes).is_err() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Operation for Logs {
    type Output = Shown;

    async fn run(self, ctx: &Ctx) -> Result<Shown> {
        let client = ctx.client().await?;
        let sandbox = resolve::running(ctx, &self.id, false).await?;
        let log = match find(&client, &sandbox, &self).await? {
            Found::Log(log) => log,
            Found::Sessions(sessions) => {
                return Ok(Shown {
                    sessions: Some(sessions),
                    sandbox: sandbox.name,
                    ..Shown::default()
                });
            }
        };
        let (mut stdout, mut stderr) = (Capture::default(), Capture::default());
        let mut keep = |stream: Stream, bytes: &[u8]| {
            match stream {
                Stream::Stdout => stdout.push(bytes),
                Stream::Stderr => stderr.push(bytes),
            }
            Ok(())
        };
        log.pass(&client, self.follow, &mut keep).await?;
        let state = client
            .session_command(&log.toolbox, &log.session, &log.command)
            .await?;
        Ok(Shown {
            exit_code: state.exit_code,
            truncated: stdout.lost() + stderr.lost() > 0,
            stdout: stdout.text(),
            stderr: stderr.text(),
            session: Some(log.session),
            command: Some(log.command),
            sandbox: sandbox.name,
            ..Shown::default()
        })
    }
}

impl TerminalCommand for Logs {
    fn doing(&self) -> String {
        format!("reading the logs of `{}`", self.id)
    }
}
