//! `daytona doctor`: what works on this machine, seen by trying it, and what to change where it does not.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use crate::config::Place;
use crate::error::{Error, Kind, Result};
use crate::output::{Cell, Human, Tone, View};

use super::local_engine;
use super::session::Session;

/// How long the engine may take to answer.
const ANSWER: Duration = Duration::from_secs(3);

const EXAMPLES: &str = "\
Examples:
  daytona doctor
  daytona doctor --json";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct DoctorArgs {}

/// What was checked
#[derive(Debug, JsonSchema, Serialize)]
struct Report {
    /// Whether nothing is broken
    healthy: bool,
    /// Each check
    checks: Vec<Check>,
}

/// One thing that was checked
#[derive(Debug, JsonSchema, Serialize)]
struct Check {
    /// What
    name: String,
    /// ok, limited or broken
    state: Health,
    /// What was found, and what to change
    detail: String,
}

#[derive(Clone, Copy, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
enum Health {
    Ok,
    Limited,
    Broken,
}

impl Check {
    fn new(name: impl Into<String>, state: Health, detail: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            state,
            detail: detail.into(),
        }
    }

    fn of(name: impl Into<String>, outcome: Result<String>) -> Self {
        match outcome {
            Ok(detail) => Self::new(name, Health::Ok, detail),
            Err(error) => Self::new(name, Health::Broken, explained(&error)),
        }
    }
}

fn explained(error: &Error) -> String {
    let hints = error.hints().iter().map(ToString::to_string);
    [error.text()]
        .into_iter()
        .chain(hints)
        .collect::<Vec<_>>()
        .join("; ")
}

pub(super) fn run(_args: &DoctorArgs, session: &Session) -> Result<u8> {
    session.printer.check::<Report>()?;
    let mut checks = vec![Check::new(
        "program",
        Health::Ok,
        format!(
            "daytona {} for {}-{}",
            env!("CARGO_PKG_VERSION"),
            std::env::consts::ARCH,
            std::env::consts::OS
        ),
    )];
    if let Some(trouble) = &session.trouble {
        checks.push(Check::new(
            "configuration",
            Health::Broken,
            explained(trouble),
        ));
    }
    let place = &session.config.place;
    match &place.value {
        Place::Local => {
            checks.extend(local(session));
            checks.extend(room(session));
            checks.push(session.block_on(async { Ok(engine(session).await) })?);
        }
        Place::Remote(url) => {
            let reached = session.block_on(async {
                let client = session.ctx.client().await?;
                client.health().await?;
                client
                    .list_sandboxes(&crate::api::ListQuery {
                        limit: Some(1),
                        ..Default::default()
                    })
                    .await?;
                Ok(format!("{url} answers, and takes the credential"))
            });
            checks.push(Check::of("server", reached));
        }
    }
    let report = Report {
        healthy: checks.iter().all(|check| check.state != Health::Broken),
        checks,
    };
    session.printer.result(&report)?;
    Ok(u8::from(!report.healthy))
}

/// Whether the engine runs, and answers: one that is halted does not. It may be of another version.
async fn engine(session: &Session) -> Check {
    let address = match local_engine::running(&session.config.engine_dir()).await {
        Ok(Some(address)) => address,
        Ok(None) => {
            let detail = "does not run; it is started when it is needed";
            return Check::new("engine", Health::Ok, detail);
        }
        Err(error) => return Check::of("engine", Err(error)),
    };
    let pid = address.pid;
    let client = local_engine::client(&address, "cli", ANSWER);
    let answer = async {
        local_engine::greet(&address.socket).await?;
        client.health().await
    };
    let why = match tokio::time::timeout(ANSWER, answer).await {
        Ok(Ok(_)) => return version(&address),
        Ok(Err(error)) => error.text(),
        Err(_) => format!("it gave no answer within {} s", ANSWER.as_secs()),
    };
    let message = format!("process {pid} is there, but does not answer: {why}");
    let error = Error::new(Kind::Unavailable, message)
        .hint(format!("if it is halted, let it run: `kill -CONT {pid}`"))
        .hint("or start it anew: `daytona serve --stop`");
    Check::of("engine", Err(error))
}

fn version(address: &local_engine::Address) -> Check {
    let (theirs, ours) = (&address.version, local_engine::VERSION);
    let runs = format!(
        "version {theirs} runs at {} (process {})",
        address.url, address.pid
    );
    if theirs == ours {
        return Check::new("engine", Health::Ok, runs);
    }
    let then = if address.detached {
        "the next command replaces an older one, or by hand: `daytona serve --stop`"
    } else {
        "stop it where it was started, and run it again"
    };
    let detail = format!("{runs}, this program is {ours}: {then}");
    Check::new("engine", Health::Limited, detail)
}

/// Whether the engine's disk has room.
#[cfg(unix)]
fn room(session: &Session) -> Vec<Check> {
    let free = crate::engine::room(&session.config.engine_dir());
    vec![Check::of(
        "disk",
        free.map(|free| {
            format!(
                "{} MiB are free where the engine keeps its sandboxes",
                free >> 20
            )
        }),
    )]
}

#[cfg(not(unix))]
fn room(_: &Session) -> Vec<Check> {
    Vec::new()
}

#[cfg(target_os = "linux")]
fn local(session: &Session) -> Vec<Check> {
    use crate::engine::runtime::namespace::Namespace;

    let survey = Namespace::survey(&session.config.engine_dir());
    let trial = session.block_on(Namespace::trial(&session.config.engine_dir()));
    let mut checks = vec![
        Check::new("isolation", Health::Ok, survey.isolation),
        Check::of(
            "trial sandbox",
            trial.map(|took| format!("made, run and removed in {} ms", took.as_millis())),
        ),
    ];
    let network = if survey.network.starts_with("none") {
        Health::Limited
    } else {
        Health::Ok
    };
    checks.push(Check::new("network", network, survey.network));
    checks.extend(survey.limits.into_iter().map(|limit| {
        let state = if limit.enforced {
            Health::Ok
        } else {
            Health::Limited
        };
        let verb = if limit.enforced {
            "enforced"
        } else {
            "not enforced"
        };
        Check::new(
            format!("{} limit", limit.resource),
            state,
            format!("{verb}: {}", limit.by),
        )
    }));
    checks
}

#[cfg(not(target_os = "linux"))]
fn local(_: &Session) -> Vec<Check> {
    vec![Check::new(
        "isolation",
        Health::Broken,
        "the local engine runs sandboxes on Linux only",
    )]
}

impl Human for Report {
    fn view(&self) -> View {
        let rows = self.checks.iter().map(|check| {
            let word = match check.state {
                Health::Ok => Cell::Word("ok".to_owned(), Tone::Good),
                Health::Limited => Cell::Word("limited".to_owned(), Tone::Neutral),
                Health::Broken => Cell::Word("broken".to_owned(), Tone::Bad),
            };
            vec![
                Cell::from(check.name.clone()),
                word,
                Cell::from(check.detail.clone()),
            ]
        });
        View::Table {
            headings: vec!["Check", "State", "Found"],
            rows: rows.collect(),
            empty: "nothing to check",
            note: None,
        }
    }
}
