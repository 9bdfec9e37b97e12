//! Request bodies: bounded, JSON whatever the content type says, and wrong types named by their field.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use http_body_util::BodyExt as _;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use tokio::time::timeout;

use crate::api::types::{CreateSandbox, CreateSnapshot, NetworkSettings, Resize};
use crate::error::{Error, Kind};

use super::failure::Failure;

/// The largest body of a control-plane request.
const LARGEST_BODY: usize = 1 << 20;
/// How long it may take to come.
const WAIT_FOR_BODY: Duration = Duration::from_secs(30);

const STRINGS: [&str; 6] = [
    "name",
    "snapshot",
    "user",
    "target",
    "networkAllowList",
    "domainAllowList",
];
const MAPS: [&str; 2] = ["env", "labels"];
const FLAGS: [&str; 2] = ["public", "networkBlockAll"];
const SIZES: [&str; 4] = ["cpu", "gpu", "memory", "disk"];
const MINUTES: [&str; 5] = [
    "autoStopInterval",
    "autoPauseInterval",
    "autoArchiveInterval",
    "autoDeleteInterval",
    "ttlMinutes",
];
/// What would change how a sandbox is isolated or connected, and why it cannot be had here: left out
/// silently, it would be a lie.
const NOT_HERE: [(&str, &str); 3] = [
    (
        "linkedSandbox",
        "sandboxes of one machine do not end with one another",
    ),
    ("spot", "there is no cheaper kind that could be taken away"),
    ("kvm", "it passes no devices on"),
];

/// A body that is an object; an empty body is an empty one.
pub(super) async fn object(request: Request) -> Result<Map<String, Value>, Failure> {
    let bytes = read(request.into_body()).await?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(Map::new());
    }
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Error::usage("the request body must be a JSON object").into()),
        Err(_) => Err(Error::usage("Invalid JSON in request body").into()),
    }
}

/// The whole body, which comes at once.
async fn read(mut body: Body) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let reading = async {
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| Error::usage("the request body broke off"))?;
            bytes.extend_from_slice(&frame.into_data().unwrap_or_default());
            if bytes.len() > LARGEST_BODY {
                let message = "the request body is larger than 1 MiB";
                return Err(Failure::new(StatusCode::PAYLOAD_TOO_LARGE, message));
            }
        }
        Ok(())
    };
    timeout(WAIT_FOR_BODY, reading).await.map_err(|_| {
        let message = format!(
            "the request body did not come within {} s",
            WAIT_FOR_BODY.as_secs()
        );
        Failure::new(StatusCode::REQUEST_TIMEOUT, message)
    })??;
    Ok(bytes)
}

/// The labels of `PUT /sandbox/{id}/labels`.
pub(super) fn labels(mut object: Map<String, Value>) -> Result<BTreeMap<String, String>, Failure> {
    match object.remove("labels") {
        Some(Value::Object(labels)) => Ok(labels
            .into_iter()
            .map(|(key, value)| (key, text(value)))
            .collect()),
        _ => Err(Error::usage("labels must be an object").into()),
    }
}

/// The name of a fork, if it is given one.
pub(super) fn name(object: &Map<String, Value>) -> Result<Option<String>, Failure> {
    match object.get("name") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(name)) => Ok(Some(name.clone())),
        Some(_) => Err(Error::usage("name must be a string").into()),
    }
}

/// The name of the snapshot to take of a sandbox.
pub(super) fn snapshot_name(object: &Map<String, Value>) -> Result<String, Failure> {
    if object.get("includeMemory").is_some_and(says_something) {
        let message = "Container sandboxes do not support memory snapshots";
        return Err(Error::new(Kind::Unsupported, message).into());
    }
    let name = name(object)?.filter(|name| !name.is_empty());
    name.ok_or_else(|| Error::usage("name should not be empty").into())
}

/// The body of `POST /sandbox/{id}/network-settings`.
pub(super) fn network(mut object: Map<String, Value>) -> Result<NetworkSettings, Failure> {
    object.retain(|_, value| !value.is_null());
    let mut wrong = Vec::new();
    texts(
        &object,
        &["networkAllowList", "domainAllowList"],
        &mut wrong,
    );
    let block = object.get("networkBlockAll");
    if block.is_some_and(|value| !value.is_boolean()) {
        wrong.push("networkBlockAll must be a boolean value".to_owned());
    }
    decode(object, &wrong)
}

/// The body of `POST /sandbox/{id}/resize`.
pub(super) fn resize(mut object: Map<String, Value>) -> Result<Resize, Failure> {
    object.retain(|_, value| !value.is_null());
    let mut wrong = Vec::new();
    numbers(&mut object, &SIZES, true, &mut wrong);
    decode(object, &wrong)
}

/// The body of `POST /snapshots`.
pub(super) fn snapshot(mut object: Map<String, Value>) -> Result<CreateSnapshot, Failure> {
    object.retain(|_, value| !value.is_null());
    let mut wrong = Vec::new();
    texts(&object, &["name", "imageName", "regionId"], &mut wrong);
    numbers(&mut object, &SIZES, true, &mut wrong);
    if object
        .get("entrypoint")
        .is_some_and(|value| !value.is_array())
    {
        wrong.push("entrypoint must be an array".to_owned());
    }
    check_class(&object)?;
    decode(object, &wrong)
}

/// The body of `POST /sandbox`, checked field by field.
pub(super) fn create(mut object: Map<String, Value>) -> Result<CreateSandbox, Failure> {
    object.retain(|_, value| !value.is_null());
    let mut wrong = Vec::new();
    texts(&object, &STRINGS, &mut wrong);
    for field in MAPS {
        match object.get_mut(field) {
            None => {}
            Some(Value::Object(map)) => {
                for (_, value) in map.iter_mut() {
                    *value = Value::String(text(value.take()));
                }
            }
            Some(_) => wrong.push(format!("{field} must be an object")),
        }
    }
    for field in FLAGS {
        if object.get(field).is_some_and(|value| !value.is_boolean()) {
            wrong.push(format!("{field} must be a boolean value"));
        }
    }
    numbers(&mut object, &SIZES, true, &mut wrong);
    numbers(&mut object, &MINUTES, false, &mut wrong);
    wrong.extend(wrong_volumes(object.get("volumes")));
    if let Err(why) = pairs(object.get("secrets")) {
        wrong.push(why.to_owned());
    }
    refuse(&wrong)?;
    for (field, why) in NOT_HERE {
        if object.get(field).is_some_and(says_something) {
            let message = format!("{field} cannot be had of the local engine: {why}");
            return Err(Error::usage(message).into());
        }
    }
    check_class(&object)?;
    decode(object, &wrong)
}

fn texts(object: &Map<String, Value>, fields: &[&str], wrong: &mut Vec<String>) {
    for field in fields {
        if object.get(*field).is_some_and(|value| !value.is_string()) {
            wrong.push(format!("{field} must be a string"));
        }
    }
}

/// Makes numbers whole that are; those that must not be negative must also be counts.
fn numbers(
    object: &mut Map<String, Value>,
    fields: &[&str],
    counts: bool,
    wrong: &mut Vec<String>,
) {
    for field in fields {
        let Some(value) = object.get_mut(*field) else {
            continue;
        };
        match whole(value) {
            None => wrong.push(format!(
                "{field} must be a number conforming to the specified constraints"
            )),
            Some(number) if counts && number < 0 => {
                wrong.push(format!("{field} must not be less than 0"));
            }
            Some(number) if counts && u32::try_from(number).is_err() => {
                wrong.push(format!("{field} must not be greater than {}", u32::MAX));
            }
            Some(number) => *value = number.into(),
        }
    }
}

fn check_class(object: &Map<String, Value>) -> Result<(), Failure> {
    match object.get("sandboxClass") {
        Some(class) if class != "container" => Err(Error::usage(format!(
            "sandboxClass must be \"container\": the local engine makes no {class}"
        ))
        .into()),
        _ => Ok(()),
    }
}

fn refuse(wrong: &[String]) -> Result<(), Failure> {
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Error::usage(wrong.join(", ")).into())
    }
}

fn decode<T: DeserializeOwned>(object: Map<String, Value>, wrong: &[String]) -> Result<T, Failure> {
    refuse(wrong)?;
    serde_json::from_value(Value::Object(object))
        .map_err(|error| Error::usage(format!("the request body is not valid: {error}")).into())
}

/// A string that must be there.
pub(super) fn string(object: &mut Map<String, Value>, field: &str) -> Result<String, Failure> {
    optional_string(object, field)?
        .ok_or_else(|| Error::usage(format!("{field} must be a string")).into())
}

/// A string that may be absent or null.
pub(super) fn optional_string(
    object: &mut Map<String, Value>,
    field: &str,
) -> Result<Option<String>, Failure> {
    match object.remove(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Error::usage(format!("{field} must be a string")).into()),
    }
}

/// A list of strings that may be absent or null.
pub(super) fn strings(
    object: &mut Map<String, Value>,
    field: &str,
) -> Result<Option<Vec<String>>, Failure> {
    match object.remove(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(items)) => {
            let texts = items.into_iter().map(|item| match item {
                Value::String(text) => Ok(text),
                _ => Err(Error::usage(format!("each value in {field} must be a string")).into()),
            });
            texts.collect::<Result<_, Failure>>().map(Some)
        }
        Some(_) => Err(Error::usage(format!("{field} must be an array")).into()),
    }
}

/// The secrets of `PUT /sandbox/{id}/secrets`.
pub(super) fn secrets(
    object: &mut Map<String, Value>,
) -> Result<Option<Vec<BTreeMap<String, String>>>, Failure> {
    pairs(object.get("secrets")).map_err(|why| Error::usage(why).into())
}

fn pairs(value: Option<&Value>) -> Result<Option<Vec<BTreeMap<String, String>>>, &'static str> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(list) => serde_json::from_value(list.clone())
            .map(Some)
            .map_err(|_| "secrets must be an array of objects of strings"),
    }
}

fn wrong_volumes(value: Option<&Value>) -> Vec<String> {
    let mut wrong = Vec::new();
    match value {
        None => {}
        Some(Value::Array(items)) => {
            for (at, item) in items.iter().enumerate() {
                for (field, required) in
                    [("volumeId", true), ("mountPath", true), ("subpath", false)]
                {
                    let absent = item.get(field).is_none_or(Value::is_null);
                    if !(item[field].is_string() || absent && !required) {
                        wrong.push(format!("volumes.{at}.{field} must be a string"));
                    }
                }
            }
        }
        Some(_) => wrong.push("volumes must be an array".to_owned()),
    }
    wrong
}

/// A value of a map of strings: other types as their JSON, as the API stores them.
pub(super) fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a fraction was ruled out, and a float beyond i64 saturates"
)]
fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        value
            .as_f64()
            .filter(|number| number.fract() == 0.0)
            .map(|number| number as i64)
    })
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(map) => !map.is_empty(),
    }
}
