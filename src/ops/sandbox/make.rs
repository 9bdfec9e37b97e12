//! Has a server make a sandbox, finds it again where the answer is lost, and says what the server ignored.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::api::types::{CreateSandbox, Sandbox};
use crate::api::{Client, ListQuery, was_sent};
use crate::error::{Command, Error, Hint, Kind, Result};

use super::unheeded::unheeded;

/// The label by which a sandbox is found whose creation was not answered.
pub(in crate::ops) const REQUEST_LABEL: &str = "daytona.io/request";
/// Servers may hold their answer back until the sandbox runs: after so long it is looked for.
const FIRST_LOOK: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// How long it is looked for after an answer was lost: a server may restart meanwhile.
const SEARCH: Duration = Duration::from_secs(15);
/// How long a server may list it not yet, once that answers.
const UNLISTED: Duration = Duration::from_secs(2);
/// How often it is looked for then.
const LOOKS: Duration = Duration::from_millis(300);
/// How long after a refusal that says nothing of whether it is there.
const GLANCE: Duration = Duration::from_millis(600);

/// A sandbox that a server has made, in whatever state.
pub struct Made {
    /// The sandbox.
    pub sandbox: Sandbox,
    /// What its maker should know, a sentence each.
    pub notes: Vec<String>,
}

/// Asks for the sandbox. Once this returns it exists, although it may not run yet or have failed.
pub(in crate::ops) async fn make(client: &Client, body: &CreateSandbox) -> Result<Made> {
    if client.endpoint().socket.is_some() || client.is_engine() {
        let sandbox = client.create_sandbox(body).await?;
        let notes = Vec::new();
        return Ok(Made { sandbox, notes });
    }
    let mark = uuid::Uuid::new_v4().simple().to_string();
    let mut marked = body.clone();
    let labels = marked.labels.get_or_insert_default();
    labels.insert(REQUEST_LABEL.to_owned(), mark.clone());
    let mut notes = Vec::new();
    let sandbox = match answered(client, &marked, &mark).await {
        Ok(sandbox) => sandbox,
        Err(error) => {
            let Some(found) = search(client, &mark, &error).await else {
                return Err(lost(error, &mark));
            };
            if matches!(error.kind(), Kind::Timeout | Kind::Unavailable) {
                let name = &found.name;
                notes.push(format!(
                    "the answer to the creation was lost, but `{name}` was made: {}",
                    error.text()
                ));
            }
            found
        }
    };
    if !client.is_engine() {
        notes.extend(unheeded(body, &sandbox));
    }
    Ok(Made { sandbox, notes })
}

/// The sandbox as it is now: what a creation answers may be what was asked for.
async fn answered(client: &Client, body: &CreateSandbox, mark: &str) -> Result<Sandbox> {
    let creating = client.create_sandbox(body);
    tokio::pin!(creating);
    let mut pause = FIRST_LOOK;
    loop {
        tokio::select! {
            made = &mut creating => {
                let made = made?;
                if client.is_engine() {
                    return Ok(made);
                }
                // Only of the same sandbox: what is not wanted later is deleted by this id.
                let now = client.get_sandbox(&made.id).await.ok();
                return Ok(now.filter(|now| now.id == made.id).unwrap_or(made));
            }
            () = sleep(pause) => {
                if let Ok(Some(found)) = by_mark(client, mark).await {
                    return Ok(found);
                }
                pause = (pause * 3 / 2).min(LONGEST_PAUSE);
            }
        }
    }
}

/// Looks for the sandbox of a creation that failed: some failures come after it was made.
async fn search(client: &Client, mark: &str, error: &Error) -> Option<Sandbox> {
    let time = match error.kind() {
        Kind::Timeout | Kind::Unavailable if was_sent(error) => SEARCH,
        Kind::Other => GLANCE,
        _ => return None,
    };
    let mut deadline = Instant::now() + time;
    let mut answered = false;
    loop {
        match by_mark(client, mark).await {
            Ok(Some(found)) => return Some(found),
            Ok(None) if !answered => {
                answered = true;
                deadline = deadline.min(Instant::now() + UNLISTED);
            }
            _ => {}
        }
        if Instant::now() > deadline {
            return None;
        }
        sleep(LOOKS).await;
    }
}

async fn by_mark(client: &Client, mark: &str) -> Result<Option<Sandbox>> {
    let query = ListQuery {
        labels: BTreeMap::from([(REQUEST_LABEL.to_owned(), mark.to_owned())]),
        limit: Some(1),
        ..ListQuery::default()
    };
    let listed = client.list_sandboxes(&query).await?.items.into_iter();
    // Servers that ignore the filter list others.
    let mut own = listed.filter(|one| one.labels.get(REQUEST_LABEL).is_some_and(|own| own == mark));
    match own.next() {
        Some(found) => client.get_sandbox(&found.id).await.map(Some),
        None => Ok(None),
    }
}

fn lost(error: Error, mark: &str) -> Error {
    if !matches!(error.kind(), Kind::Timeout | Kind::Unavailable) || !was_sent(&error) {
        return error;
    }
    error.hint(
        Hint::new("the server may still make it").or(Command::new("list")
            .flags(format!("--label {REQUEST_LABEL}={mark}"))
            .to("see whether it did")),
    )
}
