//! Calls that take longer than a call may: they go on, and are asked for by a handle. Commands do not need
//! this, whose jobs outlive this server; a clone or an image that is fetched does.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared};
use rmcp::model::{CallToolResult, JsonObject};
use serde_json::{Value, json};
use tokio::task::{AbortHandle, JoinError, JoinHandle};

use crate::error::{Error, Kind, Result};

/// How many are kept at once, those that have ended included.
const MOST_CALLS: usize = 50;

/// What a call came to; more than one may ask.
type Outcome = Shared<BoxFuture<'static, Arc<Result<CallToolResult>>>>;

/// A call that runs in a task of its own, and ends with this.
pub(super) struct Task(JoinHandle<Result<CallToolResult>>);

impl Task {
    pub(super) fn begin(
        call: impl Future<Output = Result<CallToolResult>> + Send + 'static,
    ) -> Self {
        Self(tokio::spawn(call))
    }

    /// Its outcome, if it comes within that time.
    pub(super) async fn within(&mut self, limit: Duration) -> Option<Result<CallToolResult>> {
        let joined = tokio::time::timeout(limit, &mut self.0).await.ok()?;
        Some(joined.unwrap_or_else(|error| Err(broken_off(error))))
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn broken_off(error: JoinError) -> Error {
    match error.try_into_panic() {
        Ok(panic) => broken(&*panic),
        Err(_) => Error::new(Kind::Interrupted, "the call was ended by kill_job"),
    }
}

/// The failure of a tool that panicked.
pub(super) fn broken(panic: &(dyn std::any::Any + Send)) -> Error {
    let reason = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    tracing::error!(reason, "a tool panicked");
    Error::internal("the tool broke; this is a defect of daytona")
        .hint("the log says more: ~/.daytona/daytona-mcp.log")
}

/// A call that goes on after its answer.
#[derive(Clone)]
struct Kept {
    outcome: Outcome,
    abort: AbortHandle,
}

/// The calls that go on after their answer.
#[derive(Default)]
pub(super) struct Long(Mutex<HashMap<String, Kept>>);

impl Long {
    /// Keeps a call, and returns what to answer for it now.
    pub(super) fn keep(&self, mut task: Task) -> CallToolResult {
        let id = format!("c{}", &uuid::Uuid::new_v4().simple().to_string()[..12]);
        let abort = task.0.abort_handle();
        // What is left in its place has ended, and ends nothing more.
        let running = std::mem::replace(
            &mut task.0,
            tokio::spawn(async { Err(Error::internal("")) }),
        );
        let outcome =
            async move { Arc::new(running.await.unwrap_or_else(|error| Err(broken_off(error)))) };
        let kept = Kept {
            outcome: outcome.boxed().shared(),
            abort,
        };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_CALLS {
            all.retain(|_, kept| !kept.abort.is_finished());
        }
        all.insert(id.clone(), kept);
        running_as(&id)
    }

    fn find(&self, id: &str) -> Option<Kept> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(id).cloned()
    }

    /// The answer of a tool that waits for one of these, or `ends` it; none where the job is another's.
    pub(super) async fn answer(
        &self,
        ends: bool,
        arguments: &JsonObject,
        limit: Duration,
    ) -> Result<Option<CallToolResult>> {
        let job = arguments.get("job").and_then(Value::as_str);
        let Some((id, kept)) = job.and_then(|id| Some((id, self.find(id)?))) else {
            return Ok(None);
        };
        let known = ["job", "id", "wait"];
        if let Some(unknown) = arguments.keys().find(|key| !known.contains(&key.as_str())) {
            let message = format!("the arguments do not fit: unknown field `{unknown}`");
            return Err(Error::usage(message));
        }
        if ends {
            kept.abort.abort();
            let killed = json!({ "status": "killed", "job": id });
            return Ok(Some(CallToolResult::structured(killed)));
        }
        let wait = arguments.get("wait").and_then(Value::as_u64).unwrap_or(0);
        let wait = Duration::from_secs(wait).min(limit);
        let Ok(outcome) = tokio::time::timeout(wait, kept.outcome).await else {
            return Ok(Some(running_as(id)));
        };
        match &*outcome {
            Ok(result) => {
                let ended =
                    json!({ "status": "ended", "job": id, "result": result.structured_content });
                let mut answer = CallToolResult::structured(ended);
                // The first is the result as text; pictures come behind.
                answer
                    .content
                    .extend(result.content.iter().skip(1).cloned());
                Ok(Some(answer))
            }
            Err(error) => {
                let again = Error::new(error.kind(), error.text());
                Err(error.hints().iter().cloned().fold(again, Error::hint))
            }
        }
    }
}

fn running_as(id: &str) -> CallToolResult {
    let next =
        format!("it takes long and goes on: get_job with job {id} waits for it, kill_job ends it");
    CallToolResult::structured(json!({ "status": "running", "job": id, "next": next }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(job: &Value, wait: u64) -> JsonObject {
        let value = json!({ "job": job, "wait": wait });
        value.as_object().cloned().unwrap_or_default()
    }

    async fn status(long: &Long, job: &Value, wait: u64) -> Value {
        let limit = Duration::from_millis(100);
        let answer = long.answer(false, &arguments(job, wait), limit).await;
        answer.unwrap().unwrap().structured_content.unwrap()
    }

    #[tokio::test]
    async fn a_long_call_is_answered_by_a_handle_and_later_by_its_result() {
        let long = Long::default();
        let (go, gone) = tokio::sync::oneshot::channel::<()>();
        let mut task = Task::begin(async move {
            let _ = gone.await;
            Ok(CallToolResult::structured(json!({ "path": "x" })))
        });
        assert!(task.within(Duration::from_millis(5)).await.is_none());
        let handle = long.keep(task).structured_content.unwrap();
        let job = handle["job"].clone();
        assert_eq!(status(&long, &job, 0).await["status"], "running");
        go.send(()).unwrap();
        let ended = status(&long, &job, 60).await;
        assert_eq!(
            (&ended["status"], &ended["result"]["path"]),
            (&json!("ended"), &json!("x"))
        );
        let other = arguments(&json!("j1"), 0);
        let other = long.answer(false, &other, Duration::ZERO).await;
        assert!(other.unwrap().is_none());
    }

    #[tokio::test]
    async fn it_can_be_killed_and_goes_with_a_call_that_is_dropped() {
        let long = Long::default();
        let (alive, ended) = tokio::sync::oneshot::channel::<()>();
        drop(Task::begin(async move {
            let _alive = alive;
            std::future::pending().await
        }));
        assert!(ended.await.is_err(), "it goes on");
        let kept = long.keep(Task::begin(std::future::pending()));
        let job = kept.structured_content.unwrap()["job"].clone();
        let kill = long.answer(true, &arguments(&job, 0), Duration::ZERO).await;
        assert_eq!(
            kill.unwrap().unwrap().structured_content.unwrap()["status"],
            "killed"
        );
        let gone = long
            .answer(false, &arguments(&job, 60), Duration::from_secs(5))
            .await;
        assert_eq!(gone.unwrap_err().kind(), Kind::Interrupted);
    }

    #[tokio::test]
    async fn a_panic_is_an_error_that_says_so() {
        let mut task = Task::begin(async { panic!("by intent") });
        let outcome = task.within(Duration::from_secs(5)).await.unwrap();
        assert_eq!(outcome.unwrap_err().kind(), Kind::Internal);
    }
}
