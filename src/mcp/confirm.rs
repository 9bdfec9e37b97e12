//! Asks before anything is lost: by elicitation in either era of the protocol, or, where the client cannot
//! ask, in two steps. Whatever goes wrong, nothing is deleted.

use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
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
use crate::ops::gate::{Asker, Question};

/// The argument that carries the token of the second step.
pub(super) const ARGUMENT: &str = "confirm";
/// How long a token holds, and how long a person may think.
const HOLDS: Duration = Duration::from_mins(10);
/// The name of the question, and of its one field.
const QUESTION: &str = "confirm";
/// How many questions may be open; the oldest go first.
const MOST_QUESTIONS: usize = 100;

/// The tokens that were given out.
#[derive(Default)]
pub(super) struct Tokens(Mutex<HashMap<String, (String, Instant)>>);

impl Tokens {
    fn issue(&self, bound: String) -> String {
        let token = uuid::Uuid::new_v4().simple().to_string();
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.retain(|_, (_, since)| since.elapsed() < HOLDS);
        if tokens.len() >= MOST_QUESTIONS {
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

/// What a confirmation is for: this tool, these arguments, and what is asked about as it was then.
fn bound(tool: &str, arguments: &JsonObject, question: &Question) -> String {
    let arguments: BTreeMap<&String, &Value> = arguments.iter().collect();
    // Not the words: when it was used last is in them, and a look moves that.
    let asked = (question.consequence, &question.stamp);
    let text = serde_json::json!([tool, arguments, asked]).to_string();
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

/// Asks the user of one call, by whatever way the client has.
pub(super) struct Asking {
    tokens: Arc<Tokens>,
    request: CallToolRequestParams,
    arguments: JsonObject,
    token: Mutex<Option<String>>,
    /// What the client came back with; it answers one question.
    state: Mutex<Option<String>>,
    context: RequestContext<RoleServer>,
    /// What the client is to ask, where it calls again with the answer.
    open: Mutex<Option<InputRequiredResult>>,
}

impl Asker for Asking {
    fn ask<'a>(
        &'a self,
        question: &'a Question,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        Box::pin(self.asked(question))
    }
}

impl Asking {
    pub(super) fn new(
        tokens: &Arc<Tokens>,
        request: &CallToolRequestParams,
        arguments: &JsonObject,
        token: Option<String>,
        context: RequestContext<RoleServer>,
    ) -> Self {
        Self {
            tokens: Arc::clone(tokens),
            request: request.clone(),
            arguments: arguments.clone(),
            token: Mutex::new(token),
            state: Mutex::new(request.request_state.clone()),
            context,
            open: Mutex::default(),
        }
    }

    /// The question that the client is to ask.
    pub(super) fn question(&self) -> Option<InputRequiredResult> {
        self.open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    async fn asked(&self, question: &Question) -> Result<()> {
        let bound = bound(&self.request.name, &self.arguments, question);
        let token = self
            .token
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(token) = token {
            if self.tokens.redeem(&token, &bound) {
                return Ok(());
            }
            let why = "the confirmation is not valid (any more): it was used, is too old, or is for something else or another state of it";
            return Err(two_steps(&self.tokens, bound, question).because(anyhow::anyhow!(why)));
        }
        let context = &self.context;
        // Not what the peer said at its greeting: clients of the newer era say it with each request.
        let can_ask = context
            .client_capabilities()
            .is_some_and(|capabilities| capabilities.elicitation.is_some());
        if !can_ask {
            return Err(two_steps(&self.tokens, bound, question));
        }
        let newer = context
            .protocol_version()
            .is_some_and(|version| !version.has_initialize());
        if !newer {
            let asking = context.peer.create_elicitation(form(question)?);
            let answer = tokio::time::timeout(HOLDS, asking);
            return match answer.await {
                Ok(Ok(answer)) => verdict(&answer, question),
                Ok(Err(error)) => Err(unasked(question).because(error)),
                Err(_) => Err(unasked(question).because(anyhow::anyhow!("nobody answered"))),
            };
        }
        let state = self
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(state) = state else {
            let ask = InputRequest::Elicitation(ElicitRequest::new(form(question)?));
            let questions = BTreeMap::from([(QUESTION.to_owned(), ask)]);
            let state = self.tokens.issue(bound);
            let required = InputRequiredResult::new(Some(questions), Some(state));
            *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Some(required);
            return Err(unasked(question));
        };
        if !self.tokens.redeem(&state, &bound) {
            return Err(unasked(question).because(anyhow::anyhow!(
                "the answer is not to this question, or what it is about has changed meanwhile"
            )));
        }
        let answer = self
            .request
            .input_responses
            .as_ref()
            .and_then(|answers| answers.get(QUESTION))
            .and_then(|answer| serde_json::from_value::<ElicitResult>(answer.clone()).ok());
        match answer {
            Some(answer) => verdict(&answer, question),
            None => Err(unasked(question).because(anyhow::anyhow!("there was no answer"))),
        }
    }
}

fn form(question: &Question) -> Result<ElicitRequestParams> {
    let schema = ElicitationSchema::builder()
        .required_bool(QUESTION)
        .build()
        .map_err(|error| Error::internal("cannot ask").because(anyhow::anyhow!(error)))?;
    let mut what = question.what.clone();
    if let Some(first) = what.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Ok(ElicitRequestParams::FormElicitationParams {
        meta: None,
        message: format!("{what}? {}", question.consequence),
        requested_schema: schema,
    })
}

/// Only an explicit yes is one.
fn verdict(answer: &ElicitResult, question: &Question) -> Result<()> {
    let yes = answer
        .content
        .as_ref()
        .and_then(|content| content.get(QUESTION))
        .and_then(Value::as_bool)
        == Some(true);
    if answer.action == ElicitationAction::Accept && yes {
        return Ok(());
    }
    let message = format!(
        "the user did not agree to {}; {}",
        question.what, question.refused
    );
    Err(Error::new(Kind::Unconfirmed, message).hint("do not try again unless the user asks for it"))
}

fn unasked(question: &Question) -> Error {
    let message = format!(
        "the user could not be asked whether to {}; {}",
        question.what, question.refused
    );
    Error::new(Kind::Unconfirmed, message)
}

fn two_steps(tokens: &Tokens, bound: String, question: &Question) -> Error {
    let token = tokens.issue(bound);
    Error::new(
        Kind::Unconfirmed,
        format!("this would {}; the user has to agree first; {}", question.what, question.refused),
    )
    .hint(format!(
        "tell the user what would happen; only if they agree, call again with the same arguments and \"{ARGUMENT}\": \"{token}\""
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(stamp: &str) -> Question {
        Question {
            what: "delete x".to_owned(),
            consequence: "",
            refused: "nothing was deleted",
            stamp: stamp.to_owned(),
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
        let this = || bound("destroy_sandbox", &arguments("a"), &about("1"));
        let others = [
            bound("delete_file", &arguments("a"), &about("1")),
            bound("destroy_sandbox", &arguments("b"), &about("1")),
            bound("destroy_sandbox", &arguments("a"), &about("2")),
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
            verdict(&answer, &about("1")).is_ok()
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
