//! What goes over the socket.

use std::collections::HashSet;
use std::time::Duration;

use daytona::engine::runtime::contract::{Network, Spec};
use daytona::error::Kind;
use serde::{Deserialize, Serialize};

/// A method of the contract with its arguments: ids and handles come first.
#[derive(Deserialize, Serialize)]
pub(super) enum Call {
    Capacity,
    Create(Spec),
    Start(String, String),
    Inspect(String, Option<String>),
    Wait(String, String),
    Stop(String, String, Duration),
    Remove(String),
    Abandon(String),
    Disks,
    Connect(String, String),
    Pause(String, String),
    Resume(String, String),
    Resize(String, String, u32, u32),
    Commit(String, Option<String>),
    Written(String),
    Size(Vec<String>),
    Gc(HashSet<String>),
    Archive(String),
    ApplyPolicy(String, String, Network),
    RemoveVolume(String),
}

/// What came of a call.
#[derive(Deserialize, Serialize)]
pub(super) enum Reply {
    Done(serde_json::Value),
    Failed { kind: Kind, text: String },
}
