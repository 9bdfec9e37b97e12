//! What a new sandbox takes over: from another sandbox, or from a template.

use serde_json::{Map, Value};

use crate::api::types::{CreateSandbox, Sandbox, SandboxVolume};
use crate::error::{Context as _, Kind, Result};
use crate::ops::session::is_reserved;

/// What of a sandbox a new one can be made with. Not its name, which is its own; not the rest of its
/// time to live; and no secrets, of which servers do not tell.
const TAKEN: [&str; 13] = [
    "snapshot",
    "user",
    "env",
    "labels",
    "public",
    "networkBlockAll",
    "networkAllowList",
    "domainAllowList",
    "target",
    "autoStopInterval",
    "autoPauseInterval",
    "autoArchiveInterval",
    "autoDeleteInterval",
];
/// Beside those: its volumes and its size, which is zero where it is not told.
const SIZES: [&str; 4] = ["cpu", "gpu", "memory", "disk"];

/// A request for a sandbox like that one.
pub(super) fn like(sandbox: &Sandbox) -> Result<CreateSandbox> {
    let mut all = object(sandbox)?;
    // Whose sandbox it is: another one would go with that session.
    if let Some(Value::Object(labels)) = all.get_mut("labels") {
        labels.retain(|key, _| !is_reserved(key));
    }
    let mut taken: Map<String, Value> = all
        .into_iter()
        .filter(|(key, value)| {
            let key = key.as_str();
            let size = SIZES.contains(&key) && value.as_u64().is_some_and(|size| size > 0);
            (TAKEN.contains(&key) && value.as_str() != Some("")) || size
        })
        .collect();
    if !sandbox.volumes.is_empty() {
        taken.insert("volumes".to_owned(), encode(&sandbox.volumes)?);
    }
    decode(taken)
}

/// Whether a size is asked for.
pub(super) fn is_sized(body: &CreateSandbox) -> bool {
    [body.cpu, body.gpu, body.memory, body.disk]
        .iter()
        .any(Option::is_some)
}

/// The same, of the size that the server gives it.
pub(super) fn unsize(body: &mut CreateSandbox) {
    (body.cpu, body.gpu, body.memory, body.disk) = (None, None, None, None);
}

/// `asked` on top of a pattern: what is asked for wins; of variables, labels, volumes and secrets the
/// pattern's others stay.
pub(super) fn over(mut asked: CreateSandbox, mut pattern: CreateSandbox) -> Result<CreateSandbox> {
    // Only one of the two can be on: who asks for one does not want the pattern's other.
    let on = |interval: Option<i64>| interval.is_some_and(|minutes| minutes > 0);
    if on(asked.auto_pause_interval) {
        pattern.auto_stop_interval = pattern.auto_stop_interval.map(|_| 0);
    }
    if on(asked.auto_stop_interval) {
        pattern.auto_pause_interval = pattern.auto_pause_interval.map(|_| 0);
    }
    let volumes = join(
        asked.volumes.take(),
        pattern.volumes.take(),
        |one: &SandboxVolume, other| one.mount_path == other.mount_path,
    );
    let secrets = join(
        asked.secrets.take(),
        pattern.secrets.take(),
        |one, other| one.keys().eq(other.keys()),
    );
    let mut merged = object(&pattern)?;
    for (key, value) in object(&asked)? {
        match (merged.get_mut(&key), value) {
            (Some(Value::Object(inner)), Value::Object(more)) => inner.extend(more),
            (_, value) => drop(merged.insert(key, value)),
        }
    }
    let mut made: CreateSandbox = decode(merged)?;
    (made.volumes, made.secrets) = (volumes, secrets);
    Ok(made)
}

/// The first list, and what of the second is like nothing in it.
fn join<T>(
    first: Option<Vec<T>>,
    second: Option<Vec<T>>,
    same: impl Fn(&T, &T) -> bool,
) -> Option<Vec<T>> {
    let mut all = first.unwrap_or_default();
    for item in second.unwrap_or_default() {
        if !all.iter().any(|there| same(there, &item)) {
            all.push(item);
        }
    }
    (!all.is_empty()).then_some(all)
}

fn encode(value: &impl serde::Serialize) -> Result<Value> {
    serde_json::to_value(value).context(Kind::Internal, || "cannot encode a sandbox".to_owned())
}

fn object(value: &impl serde::Serialize) -> Result<Map<String, Value>> {
    Ok(match encode(value)? {
        Value::Object(map) => map,
        _ => Map::new(),
    })
}

fn decode(map: Map<String, Value>) -> Result<CreateSandbox> {
    serde_json::from_value(Value::Object(map)).context(Kind::Internal, || {
        "cannot make a request of a sandbox".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        let pairs = pairs.iter();
        pairs.map(|(k, v)| ((*k).into(), (*v).into())).collect()
    }

    fn demo() -> Sandbox {
        Sandbox {
            id: "1".into(),
            name: "demo".into(),
            snapshot: Some("host".into()),
            env: map(&[("A", "1"), ("B", "2")]),
            cpu: 2,
            auto_stop_interval: Some(15),
            auto_destroy_at: Some("2030-01-01T00:00:00Z".into()),
            volumes: vec![SandboxVolume {
                volume_id: "v".into(),
                mount_path: "/data".into(),
                subpath: None,
            }],
            ..Sandbox::default()
        }
    }

    #[test]
    fn a_sandbox_gives_all_but_what_is_its_own() {
        let made = like(&demo()).expect("a request");
        assert_eq!((made.name, made.ttl_minutes, made.gpu), (None, None, None));
        assert_eq!(
            (made.snapshot.as_deref(), made.user, made.cpu),
            (Some("host"), None, Some(2))
        );
        assert_eq!(made.volumes.expect("volumes")[0].mount_path, "/data");
        let mut made = like(&demo()).expect("a request");
        assert!(is_sized(&made));
        unsize(&mut made);
        assert!(!is_sized(&made));
    }

    #[test]
    fn what_is_asked_for_wins() {
        let asked = CreateSandbox {
            env: Some(map(&[("B", "3")])),
            cpu: Some(1),
            auto_pause_interval: Some(5),
            volumes: Some(vec![SandboxVolume {
                volume_id: "w".into(),
                mount_path: "/data".into(),
                subpath: None,
            }]),
            ..CreateSandbox::default()
        };
        let made = over(asked, like(&demo()).expect("a request")).expect("a request");
        assert_eq!(made.env, Some(map(&[("A", "1"), ("B", "3")])));
        assert_eq!((made.cpu, made.auto_stop_interval), (Some(1), Some(0)));
        let volumes = made.volumes.expect("volumes");
        assert_eq!((volumes.len(), volumes[0].volume_id.as_str()), (1, "w"));
    }
}
