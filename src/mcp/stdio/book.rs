//! The requests that wait for an answer: under which id the client knows them, and which batch they came in.

use std::collections::HashMap;

use rmcp::model::{ErrorData, JsonRpcMessage, NumberOrString, RequestId, ServerResult};
use rmcp::service::{RoleServer, TxJsonRpcMessage};
use serde_json::{Map, Value, json};

use super::super::words;

/// A message to the client.
pub(super) type ToClient = TxJsonRpcMessage<RoleServer>;

/// The versions of the protocol that have batches.
const WITH_BATCHES: [&str; 2] = ["2024-11-05", "2025-03-26"];
/// The version from which on the id of an answer is left out, not null, where it is unknown.
const WITHOUT_NULL: &str = "2025-11-25";

/// All that is open.
#[derive(Debug, Default)]
pub(super) struct Book {
    last: i64,
    open: HashMap<i64, Open>,
    batches: HashMap<i64, Batch>,
    /// What was asked of the client.
    asked: Vec<RequestId>,
    version: Option<String>,
}

/// A request that is open.
#[derive(Debug)]
struct Open {
    id: Value,
    batch: Option<i64>,
}

/// A batch whose answers are collected.
#[derive(Debug)]
struct Batch {
    missing: usize,
    answers: Vec<Value>,
}

impl Book {
    /// Whether messages may come in batches.
    pub(super) fn takes_batches(&self) -> bool {
        let version = self.version.as_deref();
        version.is_some_and(|version| WITH_BATCHES.contains(&version))
    }

    /// Learns the version from a request that names it, unless it was agreed on.
    pub(super) fn hear_version(&mut self, version: Option<&str>) {
        if let (None, Some(version)) = (&self.version, version) {
            self.version = Some(version.to_owned());
        }
    }

    pub(super) fn open_count(&self) -> usize {
        self.open.len()
    }

    /// Opens a request, under an id of ours; none where one with its id is open.
    pub(super) fn open(&mut self, id: Value, batch: Option<i64>) -> Option<i64> {
        if self.find(&id).is_some() {
            return None;
        }
        self.last += 1;
        self.open.insert(self.last, Open { id, batch });
        Some(self.last)
    }

    /// Begins a batch of so many messages.
    pub(super) fn begin_batch(&mut self, messages: usize) -> i64 {
        self.last += 1;
        let batch = Batch {
            missing: messages,
            answers: Vec::new(),
        };
        self.batches.insert(self.last, batch);
        self.last
    }

    fn find(&self, id: &Value) -> Option<i64> {
        let same = |open: &Value| {
            open == id || words::integer(open).is_some_and(|one| Some(one) == words::integer(id))
        };
        let mut open = self.open.iter();
        open.find_map(|(ours, open)| same(&open.id).then_some(*ours))
    }

    /// Closes a request that the client has cancelled: our id of it; and what is to be written now.
    pub(super) fn cancel(&mut self, id: &Value) -> Option<(i64, Option<Vec<u8>>)> {
        let ours = self.find(id)?;
        let open = self.open.remove(&ours)?;
        let line = open.batch.and_then(|batch| self.settle(batch, None));
        Some((ours, line))
    }

    /// One message of a batch has its answer, or needs none: the whole batch, if it was the last.
    pub(super) fn settle(&mut self, batch: i64, answer: Option<Value>) -> Option<Vec<u8>> {
        let collected = self.batches.get_mut(&batch)?;
        collected.answers.extend(answer);
        collected.missing -= 1;
        if collected.missing > 0 {
            return None;
        }
        let batch = self.batches.remove(&batch)?;
        (!batch.answers.is_empty()).then(|| line(&batch.answers))
    }

    /// What is written for a message of the server's core; nothing for what nobody waits for.
    pub(super) fn outgoing(&mut self, message: ToClient) -> Option<Vec<u8>> {
        match message {
            JsonRpcMessage::Request(request) => {
                self.asked.push(request.id.clone());
                Some(line(&request))
            }
            JsonRpcMessage::Notification(notification) => Some(line(&notification)),
            JsonRpcMessage::Response(mut response) => {
                let open = self.close(&response.id)?;
                if let ServerResult::InitializeResult(result) = &response.result {
                    self.version = Some(result.protocol_version.to_string());
                }
                if let Some(batch) = open.batch {
                    let answer = renamed(&response, open.id);
                    return self.settle(batch, Some(answer));
                }
                Some(match exact(&open.id) {
                    Some(id) => {
                        response.id = id;
                        line(&response)
                    }
                    None => line(&renamed(&response, open.id)),
                })
            }
            JsonRpcMessage::Error(error) => {
                let open = self.close(error.id.as_ref()?)?;
                self.error(Some(open.id), open.batch, &error.error)
            }
        }
    }

    /// What is written for a request that failed before it was open.
    pub(super) fn error(
        &mut self,
        id: Option<Value>,
        batch: Option<i64>,
        why: &ErrorData,
    ) -> Option<Vec<u8>> {
        let mut answer = Map::new();
        answer.insert("jsonrpc".to_owned(), json!("2.0"));
        match id {
            Some(id) => drop(answer.insert("id".to_owned(), id)),
            None if self.version.as_deref() >= Some(WITHOUT_NULL) => {}
            None => drop(answer.insert("id".to_owned(), Value::Null)),
        }
        answer.insert("error".to_owned(), json!(why));
        match batch {
            Some(batch) => self.settle(batch, Some(Value::Object(answer))),
            None => Some(line(&answer)),
        }
    }

    fn close(&mut self, id: &RequestId) -> Option<Open> {
        match id {
            NumberOrString::Number(id) => self.open.remove(id),
            NumberOrString::String(_) => None,
        }
    }

    /// The request of ours that an answer belongs to.
    pub(super) fn answered(&mut self, id: &Value) -> Option<RequestId> {
        let text = id.as_str();
        let same = |asked: &RequestId| match asked {
            NumberOrString::Number(number) => {
                words::integer(id) == Some(i128::from(*number))
                    || text.is_some_and(|text| text == number.to_string())
            }
            NumberOrString::String(asked) => text == Some(asked.as_ref()),
        };
        let at = self.asked.iter().position(same)?;
        Some(self.asked.swap_remove(at))
    }
}

/// An id as the core has it, where it can have it without a change.
fn exact(id: &Value) -> Option<RequestId> {
    match id {
        Value::Number(number) => number.as_i64().map(NumberOrString::Number),
        Value::String(text) => Some(NumberOrString::String(text.as_str().into())),
        _ => None,
    }
}

fn renamed(message: &impl serde::Serialize, id: Value) -> Value {
    let mut message = json!(message);
    message["id"] = id;
    message
}

fn line(message: &impl serde::Serialize) -> Vec<u8> {
    let mut line = serde_json::to_vec(message).unwrap_or_default();
    line.push(b'\n');
    line
}

#[cfg(test)]
mod tests {
    use rmcp::model::EmptyResult;

    use super::*;

    fn answer(book: &mut Book, id: i64) -> Option<Value> {
        let result = ServerResult::EmptyResult(EmptyResult {});
        let line = book.outgoing(JsonRpcMessage::response(result, NumberOrString::Number(id)))?;
        serde_json::from_slice(&line).unwrap()
    }

    #[test]
    fn answers_carry_the_clients_own_ids() {
        let mut book = Book::default();
        for id in [json!("a"), json!(-3), json!(1.5), json!(u64::MAX)] {
            let ours = book.open(id.clone(), None).unwrap();
            assert_eq!(book.open(id.clone(), None), None, "{id} is open");
            assert_eq!(answer(&mut book, ours).unwrap()["id"], id);
            assert!(answer(&mut book, ours).is_none(), "{id} is answered");
        }
        assert_eq!(book.open_count(), 0);
        let ours = book.open(json!(5), None).unwrap();
        assert_eq!(book.open(json!(5.0), None), None);
        assert_eq!(book.cancel(&json!(5)), Some((ours, None)));
        assert!(answer(&mut book, ours).is_none());
    }

    #[test]
    fn a_batch_is_answered_by_one_list() {
        let mut book = Book::default();
        let batch = book.begin_batch(4);
        let first = book.open(json!(1), Some(batch)).unwrap();
        let second = book.open(json!(2), Some(batch)).unwrap();
        assert!(book.settle(batch, None).is_none());
        let why = ErrorData::invalid_request("x", None);
        assert!(book.error(None, Some(batch), &why).is_none());
        assert!(answer(&mut book, first).is_none());
        let all = answer(&mut book, second).unwrap();
        let ids: Vec<&Value> = all
            .as_array()
            .unwrap()
            .iter()
            .map(|one| &one["id"])
            .collect();
        assert_eq!(ids, [&Value::Null, &json!(1), &json!(2)]);
        let batch = book.begin_batch(1);
        assert!(
            book.settle(batch, None).is_none(),
            "nothing is answered by nothing"
        );
    }

    #[test]
    fn an_unknown_id_is_null_or_left_out_as_the_version_says() {
        let mut book = Book::default();
        let why = ErrorData::parse_error("x", None);
        let told = |book: &mut Book| -> Value {
            serde_json::from_slice(&book.error(None, None, &why).unwrap()).unwrap()
        };
        assert!(told(&mut book).as_object().unwrap().contains_key("id"));
        book.hear_version(Some("2026-07-28"));
        assert!(!told(&mut book).as_object().unwrap().contains_key("id"));
    }
}
