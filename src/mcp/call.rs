//! One call of a tool: confirmed where it destroys, told how far it is, cancelled when it should be, and
//! always answered.

use std::collections::HashMap;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::{FutureExt as _, TryFutureExt as _};
use rmcp::RoleServer;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, JsonObject,
};
use rmcp::service::RequestContext;
use serde_json::Value;
use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;

use crate::error::{Error, Kind, Report, Result};
use crate::ops::gate::Asker;
use crate::ops::session::CALL_LIMIT;
use crate::ops::{Ctx, Effect, Group, Role};

use super::confirm::{self, Asking, Tokens};
use super::hints;
use super::long::{Long, Task, broken};
use super::progress::told;
use super::tool::{Entry, Reply};

/// The argument, and the field of `_meta`, by which a retry is known.
pub(super) const KEY: &str = "idempotencyKey";
const META_KEY: &str = "daytona.io/idempotencyKey";
/// How many results are remembered for retries.
const REMEMBERED: usize = 200;

/// What all calls share.
pub(super) struct Calls {
    ctx: Ctx,
    tokens: Arc<Tokens>,
    retries: Mutex<HashMap<(String, String), Arc<Once>>>,
    long: Long,
}

/// A call that a retry must not repeat.
struct Once {
    arguments: JsonObject,
    result: OnceCell<CallToolResult>,
}

impl Calls {
    pub(super) fn new(ctx: Ctx) -> Self {
        Self {
            ctx,
            tokens: Arc::default(),
            retries: Mutex::default(),
            long: Long::default(),
        }
    }

    pub(super) fn ctx(&self) -> &Ctx {
        &self.ctx
    }

    /// Makes the call and answers it. One that takes long goes on where it can be waited for.
    pub(super) async fn answer(
        &self,
        entry: &Entry,
        has: impl Fn(&str) -> bool,
        waited_for: bool,
        mut request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> CallToolResponse {
        let begun = Instant::now();
        let arguments = match entry.check(request.arguments.take().unwrap_or_default()) {
            Ok(arguments) => arguments,
            Err(error) => {
                self.note(entry, "", begun, Some(&error));
                return refusal(&error, has).into();
            }
        };
        request.arguments = Some(arguments.clone());
        let sandbox = arguments.get("id").or(arguments.get("name"));
        let sandbox = sandbox.and_then(Value::as_str).unwrap_or("").to_owned();
        let call = self.admitted(entry, &request, arguments, &context, waited_for);
        let outcome = Box::pin(guarded(call, &context.ct)).await;
        self.note(entry, &sandbox, begun, outcome.as_ref().err());
        match outcome {
            Ok(response) => response,
            Err(error) => refusal(&error, has).into(),
        }
    }

    /// Logs a call: when, who, which tool, what it was about and how it ended; never what is run or written.
    fn note(&self, entry: &Entry, named: &str, begun: Instant, error: Option<&Error>) {
        let (tool, elapsed) = (entry.tool.name, begun.elapsed());
        let session = self.ctx.session();
        let inside = matches!(
            entry.tool.group,
            Group::Exec | Group::Files | Group::Git | Group::Preview | Group::ComputerUse
        );
        let own = session
            .filter(|_| inside && named.is_empty())
            .and_then(|session| session.own_id());
        let sandbox = own.as_deref().unwrap_or(named);
        let client = session.map_or("", |session| session.client());
        let session = session.map_or("", |session| session.id());
        match error {
            None => tracing::info!(tool, sandbox, client, session, ?elapsed, "call succeeded"),
            Some(error) => {
                tracing::warn!(tool, sandbox, client, session, ?elapsed, kind = ?error.kind(), "call failed");
            }
        }
    }

    async fn admitted(
        &self,
        entry: &Entry,
        request: &CallToolRequestParams,
        mut arguments: JsonObject,
        context: &RequestContext<RoleServer>,
        waited_for: bool,
    ) -> Result<CallToolResponse> {
        let token = match entry.tool.effect {
            Effect::Reads => None,
            _ => confirm::take_token(&mut arguments)?,
        };
        let asking = Arc::new(Asking::new(
            &self.tokens,
            request,
            &arguments,
            token,
            context.clone(),
        ));
        let ctx = self
            .ctx
            .for_call()
            .with_asker(Arc::clone(&asking) as Arc<dyn Asker>);
        let key = key_of(entry, request, &mut arguments)?;
        if entry.is(Role::AwaitsJobs) || entry.is(Role::EndsJobs) {
            let ends = entry.is(Role::EndsJobs);
            let answer = self.long.answer(ends, &arguments, call_limit(&ctx)).await?;
            if let Some(answer) = answer {
                return Ok(answer.into());
            }
        }
        let call = self.bounded(entry, ctx, arguments.clone(), context, waited_for);
        let result = match key {
            Some(key) => {
                let key = (entry.tool.name.to_owned(), key);
                self.once(key, arguments, call).await
            }
            None => call.await,
        };
        match asking.question() {
            Some(question) if result.is_err() => Ok(question.into()),
            _ => result.map(Into::into),
        }
    }

    /// The result of the first call with that key; calls at the same time wait for it. A failure is not
    /// remembered: it may be tried again.
    async fn once(
        &self,
        key: (String, String),
        arguments: JsonObject,
        call: impl Future<Output = Result<CallToolResult>>,
    ) -> Result<CallToolResult> {
        let once = {
            let mut retries = self.retries.lock().unwrap_or_else(PoisonError::into_inner);
            if retries.len() >= REMEMBERED && !retries.contains_key(&key) {
                retries.retain(|_, once| !once.result.initialized());
            }
            let fresh = || {
                Arc::new(Once {
                    arguments: arguments.clone(),
                    result: OnceCell::new(),
                })
            };
            Arc::clone(retries.entry(key).or_insert_with(fresh))
        };
        if once.arguments != arguments {
            return Err(Error::usage(format!(
                "{KEY} was used before with other arguments: a new call needs a new key"
            )));
        }
        once.result.get_or_try_init(|| call).await.cloned()
    }

    /// The call, as far as it comes within the limit; then it goes on, and is answered by a handle where
    /// there is a tool to ask for it. Commands and programs do that themselves.
    async fn bounded(
        &self,
        entry: &Entry,
        ctx: Ctx,
        arguments: JsonObject,
        context: &RequestContext<RoleServer>,
        waited_for: bool,
    ) -> Result<CallToolResult> {
        let limit = call_limit(&ctx);
        let call = entry.call(ctx.clone(), arguments);
        // What may ask a person is not cut short; commands and programs know their limit themselves.
        let asks = entry.tool.effect == Effect::Destroys;
        if asks || entry.tool.group == Group::Exec || !waited_for {
            return told(ctx, call.map_ok(success), context).await;
        }
        let mut task = Task::begin(call.map_ok(success));
        let waiting = async { Ok(task.within(limit).await) };
        match told(ctx, waiting, context).await? {
            Some(outcome) => outcome,
            None => Ok(self.long.keep(task)),
        }
    }
}

/// How long a call may take before it goes on without its caller.
fn call_limit(ctx: &Ctx) -> Duration {
    ctx.session()
        .map_or(CALL_LIMIT, |session| session.call_limit())
}

/// The key of a call that a retry must not repeat, where it has one.
fn key_of(
    entry: &Entry,
    request: &CallToolRequestParams,
    arguments: &mut JsonObject,
) -> Result<Option<String>> {
    let named = match entry.tool.effect {
        // Those that act know it themselves: their jobs outlive this server.
        Effect::Adds => arguments.shift_remove(KEY),
        _ => None,
    };
    let meta = request.meta.as_ref().and_then(|meta| meta.get(META_KEY));
    match named.as_ref().or(meta) {
        None => Ok(None),
        Some(Value::String(key)) if !key.trim().is_empty() => Ok(Some(key.clone())),
        Some(_) => Err(Error::usage(format!(
            "{KEY} must be a text that is not empty"
        ))),
    }
}

/// The structured result, the same as text for clients that read only that, and pictures as pictures.
fn success(reply: Reply) -> CallToolResult {
    let mut result = CallToolResult::structured(reply.value);
    let pictures = reply.attached.into_iter();
    result.content.extend(
        pictures.map(|picture| {
            ContentBlock::image(STANDARD.encode(&picture.bytes), picture.media_type)
        }),
    );
    result
}

/// A failure that the model can read and act on: `{kind, message, hints}` as text, and no structured
/// content, which would have to fit the tool's output schema.
pub(super) fn refusal(error: &Error, has: impl Fn(&str) -> bool) -> CallToolResult {
    let report = report(error, has);
    let text = serde_json::to_string(&report).unwrap_or_else(|_| error.text());
    CallToolResult::error(vec![ContentBlock::text(text)])
}

/// A failure with next steps that a model can take.
pub(super) fn report(error: &Error, has: impl Fn(&str) -> bool) -> Report {
    let mut report = error.report();
    report.hints = error
        .hints()
        .iter()
        .filter_map(|hint| hints::for_model(hint, &has))
        .collect();
    report
}

/// The call's outcome, also where it panics or is cancelled: a client that gets no reply hangs.
async fn guarded<T>(
    call: impl Future<Output = Result<T>>,
    cancel: &CancellationToken,
) -> Result<T> {
    tokio::select! {
        // First: what was made for a call whose answer nobody will see is to be undone by it.
        biased;
        () = cancel.cancelled() => Err(Error::new(Kind::Interrupted, "the call was cancelled")),
        outcome = AssertUnwindSafe(call).catch_unwind() => outcome.unwrap_or_else(|panic| Err(broken(&*panic))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_error_that_says_so() {
        let cancel = CancellationToken::new();
        let error = guarded::<()>(async { panic!("by intent") }, &cancel)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), Kind::Internal);
        let result = refusal(&error, |_| true);
        assert_eq!(result.is_error, Some(true));
        assert!(result.structured_content.is_none());
    }

    #[tokio::test]
    async fn a_cancelled_call_ends_at_once() {
        let cancel = CancellationToken::new();
        cancel.cancel();
        let error = guarded::<()>(std::future::pending(), &cancel)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), Kind::Interrupted);
    }
}
