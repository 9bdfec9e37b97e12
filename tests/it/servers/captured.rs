//! What a real server (0.190) has answered, and what of it is printed: the same, with no field invented or lost.
//! `captured.json` has one answer of each shape.

use daytona::api::types::{ApiKey, Region, Sandbox, SandboxPage, Snapshot, SnapshotPage, Volume};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Decodes and encodes again; none where it cannot be decoded.
fn again<T: DeserializeOwned + Serialize>(body: &Value) -> Result<Value, String> {
    let text = body.to_string();
    let decoded: T = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    serde_json::to_value(&decoded).map_err(|error| error.to_string())
}

fn as_kind(kind: &str, body: &Value) -> Result<Value, String> {
    match kind {
        "sandbox" => again::<Sandbox>(body),
        "sandboxes" => again::<SandboxPage>(body),
        "snapshot" => again::<Snapshot>(body),
        "snapshots" => again::<SnapshotPage>(body),
        "volume" => again::<Volume>(body),
        "volumes" => again::<Vec<Volume>>(body),
        "key" => again::<ApiKey>(body),
        "keys" => again::<Vec<ApiKey>>(body),
        "regions" => again::<Vec<Region>>(body),
        other => panic!("no kind {other}"),
    }
}

#[test]
fn what_a_server_says_is_what_is_printed() {
    let text = include_str!("captured.json");
    let captured: Vec<Value> = serde_json::from_str(text).expect("JSON");
    assert!(captured.len() > 30, "{}", captured.len());
    for one in &captured {
        let kind = one["kind"].as_str().expect("a kind");
        assert_eq!(
            as_kind(kind, &one["body"]).as_ref(),
            Ok(&one["body"]),
            "{kind}"
        );
    }
}
