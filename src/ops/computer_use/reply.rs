//! What the desktop answers: a picture as a picture, the rest within a context window; and what it
//! means where there is no desktop.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::error::{Context as _, Error, Kind, NextTool, Result};
use crate::ops::gate::{self, Subject};
use crate::ops::inside::Inside;
use crate::ops::{Attachment, Ctx};

use super::bounds;
use super::table::Request;

/// What the desktop answers
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
pub struct Reply {
    /// The answer; a screenshot comes beside it
    pub result: Map<String, Value>,
    /// Whether something was left out because it is too much
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub shortened: bool,
    #[serde(skip)]
    #[schemars(skip)]
    picture: Option<Vec<u8>>,
}

impl Reply {
    /// Takes the screenshot out.
    pub(super) fn picture(&mut self) -> Vec<Attachment> {
        let picture = self.picture.take().into_iter();
        picture
            .map(|bytes| Attachment {
                media_type: if bytes.starts_with(b"\xff\xd8\xff") {
                    "image/jpeg".to_owned()
                } else {
                    "image/png".to_owned()
                },
                bytes,
            })
            .collect()
    }
}

/// Asks the desktop of a sandbox.
pub(super) async fn ask(ctx: &Ctx, id: &str, request: Request) -> Result<Reply> {
    let inside = Inside::of(ctx, id).await?;
    let (client, toolbox) = (&inside.client, inside.toolbox.as_str());
    let one = request.names_one();
    let starts = matches!(request, Request::Post("start", _));
    let answer = match request {
        Request::Get(route, pairs) => {
            let pairs = pairs.into_iter();
            let pairs = pairs.filter_map(|(name, value)| Some((name, value?)));
            let pairs: Vec<(&str, String)> = pairs.collect();
            client.desktop_get(toolbox, &route, &pairs).await
        }
        Request::Post(route, body) => {
            client
                .desktop_post(toolbox, route, &without_nulls(body))
                .await
        }
        Request::Search(route, body) => {
            client
                .desktop_search(toolbox, route, &without_nulls(body))
                .await
        }
        Request::Delete(route) => {
            let subject = Subject::Recording {
                sandbox: Box::new(inside.sandbox.clone()),
                toolbox: toolbox.to_owned(),
                route: route.clone(),
            };
            let deletion = gate::pass(ctx, subject.now(), async |permit| {
                client.desktop_delete(toolbox, &route, permit).await
            });
            match deletion.await {
                Err(error) if matches!(error.kind(), Kind::Unconfirmed | Kind::Conflict) => {
                    return Err(error);
                }
                deletion => deletion,
            }
        }
    };
    match answer {
        Ok(answer) => read(answer),
        Err(error) => Err(match error.kind() {
            Kind::Unavailable | Kind::Unsupported => absent(&inside, &error),
            Kind::NotFound if !one => absent(&inside, &error),
            Kind::NotFound | Kind::Auth | Kind::Timeout => error,
            _ if starts => error,
            _ => error
                .hint(NextTool::new("computer_use_start").to("if the desktop does not run yet")),
        }),
    }
}

fn absent(inside: &Inside, error: &Error) -> Error {
    let message = format!(
        "sandbox `{}` has no desktop that can be controlled: {}",
        inside.name(),
        error.text()
    );
    Error::new(Kind::Unsupported, message)
        .hint(NextTool::new("execute_command").to("work without a desktop").words(" or ").step(NextTool::new("run_code")))
        .hint("a desktop needs a snapshot that has one, on a server that offers computer use; sandboxes of the local engine have none")
}

/// Arguments that were not given are not sent.
fn without_nulls(mut body: Value) -> Value {
    if let Value::Object(fields) = &mut body {
        fields.retain(|_, value| !value.is_null());
    }
    body
}

fn read(answer: Value) -> Result<Reply> {
    let mut result = match answer {
        Value::Object(result) => result,
        Value::Null => Map::new(),
        other => Map::from_iter([("answer".to_owned(), other)]),
    };
    let picture = match result.shift_remove("screenshot") {
        Some(Value::String(text)) => {
            // Some servers send an address with the bytes in it.
            let bytes = text
                .rsplit_once("base64,")
                .map_or(&*text, |(_, bytes)| bytes);
            let bytes = STANDARD.decode(bytes).context(Kind::Unavailable, || {
                "the desktop answered with a screenshot that is none".to_owned()
            })?;
            Some(bytes)
        }
        _ => None,
    };
    let shortened = bounds::shorten(&mut result);
    Ok(Reply {
        result,
        shortened,
        picture,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_screenshot_is_taken_out_and_paths_are_hidden() {
        let answer = json!({"screenshot": "data:image/jpeg;base64,/9j/4A==", "sizeBytes": 4});
        let mut reply = read(answer).unwrap();
        let pictures = reply.picture();
        assert_eq!(pictures[0].media_type, "image/jpeg");
        assert_eq!(pictures[0].bytes, [0xff, 0xd8, 0xff, 0xe0]);
        assert_eq!(Value::Object(reply.result), json!({"sizeBytes": 4}));
        assert!(read(json!({"screenshot": "?"})).is_err());
        let reply = read(json!({"recordings": [{"id": "a", "filePath": "/x"}]})).unwrap();
        assert_eq!(reply.result["recordings"], json!([{"id": "a"}]));
        assert!(read(Value::Null).unwrap().result.is_empty());
    }
}
