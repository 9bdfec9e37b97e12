//! The form of one message: what JSON-RPC and the protocol ask of it before anybody acts on it.

use rmcp::model::{ErrorData, JsonRpcMessage, NumberOrString};
use rmcp::service::{RoleServer, RxJsonRpcMessage};
use serde_json::{Map, Value};

use super::super::words;
use super::params;

/// A message from the client.
pub(super) type FromClient = RxJsonRpcMessage<RoleServer>;

/// What a message is.
#[derive(Debug)]
pub(super) enum Form {
    /// A request: its id as it came, and the rest of it.
    Request { id: Value, request: Request },
    /// The client does not want the answer to a request any more.
    Cancelled {
        id: Value,
        params: Map<String, Value>,
    },
    /// The answer to a request of ours.
    Response {
        id: Value,
        message: Map<String, Value>,
    },
    /// Nothing that anybody waits for.
    Nothing,
    /// What cannot be acted on: the id where it has one, and why.
    Wrong { id: Option<Value>, why: ErrorData },
}

/// A request in the right form.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) params: Option<Value>,
}

impl Form {
    /// The form of a message that could be parsed.
    pub(super) fn of(message: Value) -> Self {
        let mut message = match message {
            Value::Object(message) => message,
            other => {
                let came = words::of(&other);
                let why = format!("a message must be an object, not {came}");
                return Self::wrong(None, ErrorData::invalid_request(why, None));
            }
        };
        let told = message.get("id").cloned();
        let id = told.clone().filter(|id| id.is_string() || id.is_number());
        let answers = message.contains_key("result") || message.contains_key("error");
        let Some(method) = message.shift_remove("method") else {
            return match id {
                Some(id) if answers => Self::Response { id, message },
                _ if answers => Self::Nothing,
                id => Self::invalid(id, "a request needs a method"),
            };
        };
        if message.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
            return Self::invalid(id, "jsonrpc must be \"2.0\"");
        }
        let Value::String(method) = method else {
            let came = words::of(&method);
            return Self::invalid(id, &format!("method must be a text, not {came}"));
        };
        if answers {
            return Self::invalid(id, "a message is either a request or an answer, not both");
        }
        let params = message.shift_remove("params");
        match (told, id) {
            (None, _) => notification(&method, params),
            (Some(told), None) => {
                let came = words::of(&told);
                Self::invalid(None, &format!("id must be a text or a number, not {came}"))
            }
            (_, Some(id)) => Self::request(id, method, params),
        }
    }

    fn request(id: Value, method: String, params: Option<Value>) -> Self {
        if !params::known(&method) {
            let params = params.filter(Value::is_object);
            return Self::Request {
                id,
                request: Request { method, params },
            };
        }
        match params::check(&method, params) {
            Ok(params) => Self::Request {
                id,
                request: Request { method, params },
            },
            Err(why) => Self::wrong(Some(id), ErrorData::invalid_params(why, None)),
        }
    }

    fn invalid(id: Option<Value>, why: &str) -> Self {
        Self::wrong(id, ErrorData::invalid_request(why.to_owned(), None))
    }

    fn wrong(id: Option<Value>, why: ErrorData) -> Self {
        Self::Wrong { id, why }
    }
}

/// Of all that clients notify only one thing is of interest here. Notifications are never answered.
fn notification(method: &str, params: Option<Value>) -> Form {
    match (method, params) {
        ("notifications/cancelled", Some(Value::Object(params))) => {
            let id = params.get("requestId").cloned();
            id.map_or(Form::Nothing, |id| Form::Cancelled { id, params })
        }
        _ => Form::Nothing,
    }
}

impl Request {
    /// The protocol's version that the request names.
    pub(super) fn version(&self) -> Option<&str> {
        let meta = self.params.as_ref()?.get("_meta")?;
        meta.get("io.modelcontextprotocol/protocolVersion")?
            .as_str()
    }

    /// The request under an id of ours.
    pub(super) fn under(self, id: i64) -> Result<FromClient, ErrorData> {
        let mut message = Map::new();
        message.insert("jsonrpc".to_owned(), "2.0".into());
        message.insert("id".to_owned(), id.into());
        message.insert("method".to_owned(), self.method.clone().into());
        if let Some(params) = self.params {
            message.insert("params".to_owned(), params);
        }
        let parsed = serde_json::from_value::<FromClient>(Value::Object(message));
        let known = params::known(&self.method);
        match parsed {
            Ok(JsonRpcMessage::Request(request))
                if !matches!(
                    request.request,
                    rmcp::model::ClientRequest::CustomRequest(_)
                ) =>
            {
                Ok(JsonRpcMessage::Request(request))
            }
            _ if known => Err(ErrorData::invalid_params(
                format!(
                    "the params of {} do not have the form that the protocol asks for",
                    self.method
                ),
                None,
            )),
            _ => Err(ErrorData::new(
                rmcp::model::ErrorCode::METHOD_NOT_FOUND,
                format!(
                    "there is no method {}",
                    words::of(&Value::String(self.method))
                ),
                None,
            )),
        }
    }
}

/// The answer to a request of ours, as the server's core takes it. One that is not in the right form is a
/// failure: somebody waits for it.
pub(super) fn response(id: &NumberOrString, mut message: Map<String, Value>) -> FromClient {
    message.insert("jsonrpc".to_owned(), "2.0".into());
    message.insert("id".to_owned(), id.clone().into_json_value());
    serde_json::from_value(Value::Object(message)).unwrap_or_else(|_| {
        let why = ErrorData::invalid_request("the client's answer is not in the right form", None);
        JsonRpcMessage::error(why, Some(id.clone()))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn wrong(message: Value) -> (Option<Value>, i32) {
        match Form::of(message) {
            Form::Wrong { id, why } => (id, why.code.0),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_no_message_has_its_code_and_its_id() {
        assert_eq!(wrong(json!(5)), (None, -32600));
        assert_eq!(wrong(json!({"id": 1})), (Some(json!(1)), -32600));
        assert_eq!(
            wrong(json!({"id": 1, "method": "ping"})),
            (Some(json!(1)), -32600)
        );
        let wrong_version = json!({"jsonrpc": "1.0", "id": "a", "method": "ping"});
        assert_eq!(wrong(wrong_version), (Some(json!("a")), -32600));
        let no_text = json!({"jsonrpc": "2.0", "id": 2, "method": 7});
        assert_eq!(wrong(no_text), (Some(json!(2)), -32600));
        for id in [json!(null), json!(true), json!([1]), json!({})] {
            let message = json!({"jsonrpc": "2.0", "id": id, "method": "ping"});
            assert_eq!(wrong(message), (None, -32600));
        }
        let both = json!({"jsonrpc": "2.0", "id": 1, "method": "ping", "result": {}});
        assert_eq!(wrong(both), (Some(json!(1)), -32600));
        let listed = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": []});
        assert_eq!(wrong(listed), (Some(json!(1)), -32602));
    }

    #[test]
    fn notifications_and_answers_are_never_answered() {
        for message in [
            json!({"jsonrpc": "2.0", "method": "notifications/initialized"}),
            json!({"jsonrpc": "2.0", "method": "no/such", "params": []}),
            json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {}}),
            json!({"jsonrpc": "2.0", "error": {"code": 1, "message": "x"}}),
        ] {
            assert!(matches!(Form::of(message), Form::Nothing));
        }
    }

    #[test]
    fn a_request_becomes_one_of_the_core() {
        let under = |method: &str, params: Value| {
            let request = Request {
                method: method.to_owned(),
                params: Some(params),
            };
            request.under(7).map_err(|error| error.code.0)
        };
        assert!(under("tools/call", json!({"name": "x"})).is_ok());
        assert_eq!(under("no/such", json!({})).unwrap_err(), -32601);
        let complete = json!({"ref": {"type": "nothing"}, "argument": {}});
        assert_eq!(under("completion/complete", complete).unwrap_err(), -32602);
    }
}
