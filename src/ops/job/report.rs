//! What a job's result says to an agent.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use crate::error::{Error, Kind, Result};
use crate::ops::Ctx;
use crate::ops::gate;
use crate::ops::session::{BUDGET, CALL_LIMIT};

use super::begin::{Begun, Work};
use super::follow::JobState;
use super::place::JobPlace;

/// The exit code of what was ended because its time was over, as `timeout` has it.
const TIMED_OUT: i32 = 124;
/// The exit code of what was killed.
const KILLED: i32 = 137;

/// A command that has ended or still runs
///
/// The schema promises what a model goes by; each field more costs every client tokens before anything runs.
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ran {
    /// `ended`, `running`, `timed_out`, `killed`, or `lost` with a stop of its sandbox
    pub status: &'static str,
    /// The exit code, once it has ended
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub exit_code: Option<i32>,
    /// Standard output; where it is long its beginning and its end
    pub stdout: String,
    /// Standard error, likewise
    pub stderr: String,
    /// How long each is in bytes
    #[schemars(skip)]
    pub stdout_bytes: u64,
    /// How long each is in bytes
    #[schemars(skip)]
    pub stderr_bytes: u64,
    /// Whether anything was left out
    #[schemars(skip)]
    pub truncated: bool,
    /// How long it has run, in milliseconds
    #[schemars(skip)]
    pub duration_ms: u64,
    /// The job to go on with, where it still runs or its output was too long
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub job: Option<String>,
    /// The sandbox that it ran in
    #[schemars(skip)]
    pub sandbox: String,
    /// What to do next
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub next: Option<String>,
}

/// How a call deals with a job.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    /// Return at once.
    pub(super) background: bool,
    /// How long the job may run; for ever without it.
    pub(super) timeout: Option<Duration>,
}

/// Ends a job whose call is dropped before it was let go.
struct Guard(Option<(JobPlace, Ctx)>);

impl Drop for Guard {
    fn drop(&mut self) {
        let Some((place, ctx)) = self.0.take() else {
            return;
        };
        let ending = async move {
            if let Err(error) = place.end("cancel").await {
                tracing::warn!(job = place.id, "a cancelled command was not ended: {error}");
            }
            discard(&place).await;
        };
        match ctx.session() {
            Some(session) => session.track(ending),
            None => {
                drop(tokio::runtime::Handle::try_current().map(|runtime| runtime.spawn(ending)));
            }
        }
    }
}

/// Runs a job as far as one call may take, and reports it; `look` sees it before its files may go.
pub(super) async fn run(
    ctx: &Ctx,
    place: JobPlace,
    work: &Work,
    manner: Manner,
    look: impl AsyncFnOnce(&JobPlace) -> Result<()>,
) -> Result<Ran> {
    let clock = std::time::Instant::now();
    let mut guard = Guard(Some((place.clone(), ctx.clone())));
    let begun = match place.begin(work).await {
        Ok(begun) => begun,
        Err(error) => {
            if matches!(error.kind(), Kind::Usage) {
                guard.0 = None;
            }
            return Err(error);
        }
    };
    let command = match &begun {
        Begun::Now(command) => Some(command.as_str()),
        Begun::Before => None,
    };
    if command.is_none() || manner.background {
        // It is not this call's alone.
        guard.0 = None;
    }
    let limit = call_limit(ctx);
    let state = match (manner.background, manner.timeout) {
        (true, _) => JobState::Running,
        (false, Some(timeout)) if timeout <= limit => {
            match place.wait(ctx, command, timeout).await? {
                JobState::Running => {
                    place.end("timeout").await?;
                    JobState::TimedOut
                }
                state => state,
            }
        }
        (false, _) => place.wait(ctx, command, limit).await?,
    };
    guard.0 = None;
    if state == JobState::Running
        && command.is_some()
        && let Some(timeout) = manner.timeout
    {
        let (place, left) = (place.clone(), timeout.saturating_sub(clock.elapsed()));
        // As long as this server lives; a job that outlives it has no limit any more.
        tokio::spawn(async move {
            tokio::time::sleep(left).await;
            if matches!(place.state().await, Ok(JobState::Running)) {
                let _ = place.end("timeout").await;
            }
        });
    }
    look(&place).await?;
    let mut ran = report(ctx, &place, state).await?;
    ran.duration_ms = milliseconds(match begun {
        Begun::Now(_) => clock.elapsed(),
        Begun::Before => place.lasted().await,
    });
    if state != JobState::Running {
        let keep = ran.truncated || work.keyed;
        if !keep {
            ran.job = None;
        }
        tidy(ctx, place, keep);
    }
    Ok(ran)
}

/// What there is to say of a job in that state.
pub(super) async fn report(ctx: &Ctx, place: &JobPlace, state: JobState) -> Result<Ran> {
    let budget = ctx.session().map_or(BUDGET, |session| session.budget());
    let ended = matches!(state, JobState::Ended(_));
    let (stdout, stderr) = tokio::try_join!(
        place.excerpt("stdout", budget, ended),
        place.excerpt("stderr", budget, ended)
    )?;
    let id = &place.id;
    let (status, exit_code) = match state {
        JobState::Running => ("running", None),
        JobState::Ended(code) => ("ended", Some(code)),
        JobState::TimedOut => ("timed_out", Some(TIMED_OUT)),
        JobState::Killed => ("killed", Some(KILLED)),
        JobState::Lost => ("lost", None),
    };
    let next = (state == JobState::Running).then(|| {
        format!(
            "it goes on as job {id}: get_job waits for it and shows its output, kill_job ends it"
        )
    });
    Ok(Ran {
        status,
        exit_code,
        stdout_bytes: stdout.bytes,
        stderr_bytes: stderr.bytes,
        truncated: stdout.cut || stderr.cut,
        stdout: stdout.text,
        stderr: stderr.text,
        duration_ms: 0,
        job: Some(id.clone()),
        sandbox: place.sandbox.name.clone(),
        next,
    })
}

/// Closes the session of a job that has ended, and deletes its files unless they are still of use. What
/// it left in the background lives on.
fn tidy(ctx: &Ctx, place: JobPlace, keep: bool) {
    let tidying = async move {
        let session = place.session();
        let closing = place.client.close_session(&place.toolbox, &session);
        if let Err(error) = closing.await
            && error.kind() != Kind::NotFound
        {
            tracing::warn!(job = place.id, "a session was not closed: {error}");
        }
        if !keep {
            discard(&place).await;
        }
    };
    match ctx.session() {
        Some(session) => session.track(tidying),
        None => drop(tokio::spawn(tidying)),
    }
}

async fn discard(place: &JobPlace) {
    let folder = place.folder();
    if let Err(error) = place
        .client
        .delete_tree(&place.toolbox, &folder, &gate::undo())
        .await
        && error.kind() != Kind::NotFound
    {
        tracing::warn!(
            job = place.id,
            "the files of a job were not deleted: {error}"
        );
    }
}

pub(super) fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// How long one call may take.
pub(super) fn call_limit(ctx: &Ctx) -> Duration {
    ctx.session()
        .map_or(CALL_LIMIT, |session| session.call_limit())
}

/// The time limit that was asked for: 0 is none.
pub(super) fn timeout(seconds: Option<u64>, default: Option<Duration>) -> Result<Option<Duration>> {
    match seconds {
        None => Ok(default),
        Some(0) => Ok(None),
        Some(seconds) if seconds > u64::from(u32::MAX) => Err(Error::usage(format!(
            "timeout: {seconds} seconds are too many"
        ))),
        Some(seconds) => Ok(Some(Duration::from_secs(seconds))),
    }
}
