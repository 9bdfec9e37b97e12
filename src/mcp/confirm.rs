//! Asks before anything is lost: by elicitation in either era of the protocol, or, where the client cannot
//! ask, in two steps. Whatever goes wrong, nothing is deleted.

use std::collections::{BTreeMap, HashMap};
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};
use rmcp::RoleServer;
use rmcp::model::{
    CallToolRequestParams, ElicitRequest, ElicitRequestParams, ElicitResult, ElicitationAction,
    ElicitationSchema, InputRequest, InputRequiredResult, JsonObject,
};
use rmcp::service::RequestContext;
use serde_json::Value;

use crate::error::{Error, Kind, Result};
use crate::ops::Loss;

/// The argument that carries the token of the second step.
pub(super) const ARGUMENT: &str = "confirm";
/// How long a token holds, and how long a person may think.
const HOLDS: Duration = Duration::from_mins(10);
/// The name of the question, and of its one field.
const QUESTION: &str = "confirm";
/// How many questions may be open; the oldest go first.
const MOST: usize = 100;

/// When to ask.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Confirm {
    /// Before what this session did not make is lost.
    #[default]
    Auto,
    /// Before anything is lost.
    Always,
    /// Never.
    Never,
}

impl FromStr for Confirm {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "auto" => Ok(Self::Auto),
            "always" => Ok(Self::Always),
            "never" => Ok(Self::Never),
            other => Err(format!("`{other}` is not one of auto, always and never")),
        }
    }
}

/// How to go on with a call.
pub(super) enum Verdict {
    /// It is confirmed, or need not be.
    Go,
    /// The client asks its user, and calls again with the answer.
    Ask(InputRequiredResult),
}

/// The tokens that were given out.
#[derive(Default)]
pub(super) struct Tokens(Mutex<HashMap<String, (String, Instant)>>);

impl Tokens {
    fn issue(&self, bound: String) -> String {
        let token = uuid::Uuid::new_v4().simple().to_string();
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.retain(|_, (_, since)| since.elapsed() < HOLDS);
        if tokens.len() >= MOST {
            let oldest = tokens.iter().min_by_key(|(_, (_, since))| *since);
            let oldest = oldest.map(|(token, _)| token.clone());
            oldest.map(|token| tokens.remove(&token));
        }
        tokens.insert(token.clone(), (bound, Instant::now()));
        token
    }

    /// Whether it was given out for just this; it never fits a second time.
    fn redeem(&self, token: &str, bound: &str) -> bool {
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tokens
            .remove(token)
            .is_some_and(|(for_what, since)| for_what == bound && since.elapsed() < HOLDS)
    }
}

/// What a confirmation is for: this tool, these arguments, and what is lost as it was then.
fn bound(tool: &str, arguments: &JsonObject, loss: &Loss) -> String {
    let arguments: BTreeMap<&String, &Value> = arguments.iter().collect();
    let text = serde_json::json!([tool, arguments, loss.state]).to_string();
    let digest = digest(&SHA256, text.as_bytes());
    STANDARD.encode(digest)
}

/// Takes the token of the second step out of the arguments.
pub(super) fn take_token(arguments: &mut JsonObject) -> Result<Option<String>> {
    match arguments.shift_remove(ARGUMENT) {
        None => Ok(None),
        Some(Value::String(token)) => Ok(Some(token)),
        Some(_) => Err(Error::usage(
            "confirm must be the token of an earlier result",
        )),
    }
}

/// Has the loss confirmed, by whatever way the client has.
pub(super) async fn confirm(
    tokens: &Tokens,
    request: &CallToolRequestParams,
    arguments: &JsonObject,
    token: Option<String>,
    loss: &Loss,
    context: &RequestContext<RoleServer>,
) -> Result<Verdict> {
    let bound = bound(&request.name, arguments, loss);
    if let Some(token) = token {
        return if tokens.redeem(&token, &bound) {
            Ok(Verdict::Go)
        } else {
            let why = "the confirmation is not valid (any more): it was used, is too old, or is for something else or another state of it";
            Err(two_steps(tokens, bound, loss).because(anyhow::anyhow!(why)))
        };
    }
    // Not what the peer said at its greeting: clients of the newer era say it with each request.
    let can_ask = context
        .client_capabilities()
        .is_some_and(|capabilities| capabilities.elicitation.is_some());
    if !can_ask {
        return Err(two_steps(tokens, bound, loss));
    }
    let newer = context
        .protocol_version()
        .is_some_and(|version| !version.has_initialize());
    if !newer {
        let asking = context.peer.create_elicitation(question(loss)?);
        let answer = tokio::time::timeout(HOLDS, asking);
        return match answer.await {
            Ok(Ok(answer)) => verdict(&answer, loss),
            Ok(Err(error)) => Err(unasked(loss).because(error)),
            Err(_) => Err(unasked(loss).because(anyhow::anyhow!("nobody answered"))),
        };
    }
    let Some(state) = &request.request_state else {
        let ask = InputRequest::Elicitation(ElicitRequest::new(question(loss)?));
        let questions = BTreeMap::from([(QUESTION.to_owned(), ask)]);
        let state = tokens.issue(bound);
        return Ok(Verdict::Ask(InputRequiredResult::new(
            Some(questions),
            Some(state),
        )));
    };
    if !tokens.redeem(state, &bound) {
        return Err(unasked(loss).because(anyhow::anyhow!(
            "the answer is not to this question, or what would be lost has changed meanwhile"
        )));
    }
    let answer = request
        .input_responses
        .as_ref()
        .and_then(|answers| answers.get(QUESTION))
        .and_then(|answer| serde_json::from_value::<ElicitResult>(answer.clone()).ok());
    match answer {
        Some(answer) => verdict(&answer, loss),
        None => Err(unasked(loss).because(anyhow::anyhow!("there was no answer"))),
    }
}

fn question(loss: &Loss) -> Result<ElicitRequestParams> {
    let schema = ElicitationSchema::builder()
        .required_bool(QUESTION)
        .build()
        .map_err(|error| Error::internal("cannot ask").because(anyhow::anyhow!(error)))?;
    Ok(ElicitRequestParams::FormElicitationParams {
        meta: None,
        message: format!("Delete {}? It cannot be undone.", loss.what),
        requested_schema: schema,
    })
}

/// Only an explicit yes is one.
fn verdict(answer: &ElicitResult, loss: &Loss) -> Result<Verdict> {
    let yes = answer
        .content
        .as_ref()
        .and_then(|content| content.get(QUESTION))
        .and_then(Value::as_bool)
        == Some(true);
    if answer.action == ElicitationAction::Accept && yes {
        return Ok(Verdict::Go);
    }
    Err(Error::new(
        Kind::Unconfirmed,
        format!(
            "the user did not agree to delete {}; nothing was deleted",
            loss.what
        ),
    )
    .hint("do not try again unless the user asks for it"))
}

fn unasked(loss: &Loss) -> Error {
    Error::new(
        Kind::Unconfirmed,
        format!(
            "the user could not be asked whether to delete {}; nothing was deleted",
            loss.what
        ),
    )
}

fn two_steps(tokens: &Tokens, bound: String, loss: &Loss) -> Error {
    let token = tokens.issue(bound);
    Error::new(
        Kind::Unconfirmed,
        format!("this would delete {}, and this session did not make it; nothing was deleted", loss.what),
    )
    .hint(format!(
        "tell the user what would be lost; only if they agree, call again with the same arguments and \"{ARGUMENT}\": \"{token}\""
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loss(state: &str) -> Loss {
        Loss {
            what: "x".to_owned(),
            state: state.to_owned(),
            made_here: false,
        }
    }

    fn arguments(id: &str) -> JsonObject {
        serde_json::json!({ "id": id, "b": 1 })
            .as_object()
            .unwrap()
            .clone()
    }

    #[test]
    fn a_token_is_for_one_use_of_one_tool_with_these_arguments_in_this_state() {
        let tokens = Tokens::default();
        let this = || bound("destroy_sandbox", &arguments("a"), &loss("1"));
        let others = [
            bound("delete_file", &arguments("a"), &loss("1")),
            bound("destroy_sandbox", &arguments("b"), &loss("1")),
            bound("destroy_sandbox", &arguments("a"), &loss("2")),
        ];
        for other in others {
            let token = tokens.issue(this());
            assert!(!tokens.redeem(&token, &other));
            // A wrong try uses it up.
            assert!(!tokens.redeem(&token, &this()));
        }
        let token = tokens.issue(this());
        assert!(tokens.redeem(&token, &this()));
        assert!(!tokens.redeem(&token, &this()));
    }

    #[test]
    fn only_an_explicit_yes_is_one() {
        let answer = |action, content: Value| {
            let mut answer = ElicitResult::new(action);
            answer.content = Some(content);
            verdict(&answer, &loss("1")).is_ok()
        };
        let accept = || ElicitationAction::Accept;
        assert!(answer(accept(), serde_json::json!({ "confirm": true })));
        assert!(!answer(accept(), serde_json::json!({ "confirm": false })));
        assert!(!answer(accept(), serde_json::json!({ "confirm": "true" })));
        assert!(!answer(accept(), serde_json::json!({})));
        assert!(!answer(
            ElicitationAction::Decline,
            serde_json::json!({ "confirm": true })
        ));
    }
}
