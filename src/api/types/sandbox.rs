//! Sandboxes on the wire: the object, its states, how it is created and listed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::said::{Said, keeps_what_is_said};
use super::{SandboxVolume, lenient};

macro_rules! states {
    ($($variant:ident $text:literal $doc:literal,)+) => {
        /// The state of a sandbox, as the API names it. Servers newer than us may send others.
        #[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum State {
            $(#[doc = $doc] $variant,)+
            /// A state that this version does not know.
            Unrecognized(String),
            /// The server does not know, or did not say.
            #[default]
            Unknown,
        }

        impl State {
            /// Every state that this version knows.
            pub const ALL: &[Self] = &[$(Self::$variant,)+ Self::Unknown];

            /// The API's name of the state.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Unrecognized(text) => text,
                    Self::Unknown => "unknown",
                }
            }
        }
    };
}

states! {
    Creating "creating" "Being made.",
    Restoring "restoring" "Being brought back from the archive.",
    Destroyed "destroyed" "Gone.",
    Destroying "destroying" "Being deleted.",
    Started "started" "Running.",
    Stopped "stopped" "Not running; its files are kept.",
    Starting "starting" "About to run.",
    Stopping "stopping" "About to stop.",
    Error "error" "Failed; `errorReason` says why.",
    BuildFailed "build_failed" "Its image could not be built.",
    PendingBuild "pending_build" "Waiting for its image to be built.",
    BuildingSnapshot "building_snapshot" "Its image is being built.",
    PullingSnapshot "pulling_snapshot" "Its image is being fetched.",
    Archived "archived" "Stopped, its files in cheaper storage.",
    Archiving "archiving" "Being archived.",
    Resizing "resizing" "Its resources are being changed.",
    Snapshotting "snapshotting" "A snapshot is being taken.",
    Forking "forking" "Being forked.",
    Pausing "pausing" "About to be paused.",
    Paused "paused" "Frozen, memory kept.",
    Resuming "resuming" "About to run again after a pause.",
}

impl State {
    /// Whether the server is still working towards another state.
    pub fn is_transitional(&self) -> bool {
        !matches!(
            self,
            Self::Destroyed
                | Self::Started
                | Self::Stopped
                | Self::Error
                | Self::BuildFailed
                | Self::Archived
                | Self::Paused
                | Self::Unknown
                | Self::Unrecognized(_)
        )
    }

    /// Whether the sandbox failed and will not move on by itself.
    pub fn is_failed(&self) -> bool {
        matches!(self, Self::Error | Self::BuildFailed)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl From<&str> for State {
    fn from(text: &str) -> Self {
        text.parse()
            .unwrap_or_else(|()| Self::Unrecognized(text.to_owned()))
    }
}

/// Only the states that this version knows parse: for input that must be strict.
impl FromStr for State {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .iter()
            .find(|state| state.as_str() == text)
            .cloned()
            .ok_or(())
    }
}

impl Serialize for State {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for State {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Ok(Self::from(
            Option::<Cow<'_, str>>::deserialize(input)?
                .as_deref()
                .unwrap_or("unknown"),
        ))
    }
}

impl JsonSchema for State {
    fn schema_name() -> Cow<'static, str> {
        "State".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        // No `enum`: a result may carry a state that is newer than us.
        schemars::json_schema!({ "type": "string" })
    }
}

/// A sandbox.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase", default, remote = "Self")]
#[schemars(!remote)]
pub struct Sandbox {
    /// All of it, as the server sent it
    #[serde(skip)]
    #[schemars(skip)]
    pub said: Said,
    /// The sandbox's id, a UUID
    #[serde(deserialize_with = "lenient::text")]
    pub id: String,
    /// The organization that owns it
    #[serde(deserialize_with = "lenient::text")]
    pub organization_id: String,
    /// The sandbox's name; equal to the id where none was given
    #[serde(deserialize_with = "lenient::text")]
    pub name: String,
    /// The region it runs in
    #[serde(deserialize_with = "lenient::text")]
    pub target: String,
    /// The snapshot it was made from
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<String>,
    /// The operating-system user that commands run as
    #[serde(deserialize_with = "lenient::text")]
    pub user: String,
    /// Environment variables of every process in it
    #[serde(deserialize_with = "lenient::string_map")]
    pub env: BTreeMap<String, String>,
    /// Labels, for finding and grouping
    #[serde(deserialize_with = "lenient::string_map")]
    pub labels: BTreeMap<String, String>,
    /// Whether previews need no token
    #[serde(deserialize_with = "lenient::flag")]
    pub public: bool,
    /// Whether all network access is blocked
    #[serde(deserialize_with = "lenient::flag")]
    pub network_block_all: bool,
    /// Networks that it may reach, by comma; all where there is none
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_allow_list: Option<String>,
    /// Names that it may reach, by comma; all where there is none
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain_allow_list: Option<String>,
    /// CPU cores
    #[serde(deserialize_with = "lenient::integer")]
    pub cpu: i64,
    /// GPUs
    #[serde(deserialize_with = "lenient::integer")]
    pub gpu: i64,
    /// Memory in GiB
    #[serde(deserialize_with = "lenient::integer")]
    pub memory: i64,
    /// Disk in GiB
    #[serde(deserialize_with = "lenient::integer")]
    pub disk: i64,
    /// Its state now
    pub state: State,
    /// The state that it is to reach
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desired_state: Option<State>,
    /// Why it failed
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_reason: Option<String>,
    /// Whether a failed sandbox can be recovered
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recoverable: Option<bool>,
    /// Minutes without activity until it is stopped; 0 is never
    #[serde(
        deserialize_with = "lenient::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub auto_stop_interval: Option<i64>,
    /// Minutes without activity until it is paused; 0 is never
    #[serde(
        deserialize_with = "lenient::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub auto_pause_interval: Option<i64>,
    /// Minutes stopped until it is archived
    #[serde(
        deserialize_with = "lenient::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub auto_archive_interval: Option<i64>,
    /// Minutes stopped until it is deleted; 0 at once, -1 never
    #[serde(
        deserialize_with = "lenient::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub auto_delete_interval: Option<i64>,
    /// When it will be deleted whatever its state (RFC 3339)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_destroy_at: Option<String>,
    /// When it was made (RFC 3339)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// When it was last changed (RFC 3339)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<String>,
    /// When it was last used (RFC 3339)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_activity_at: Option<String>,
    /// Since when it does not run (RFC 3339): our engine tells
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<String>,
    /// The kind of sandbox: container, linux-vm, windows
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sandbox_class: Option<String>,
    /// The version of the agent inside
    #[serde(skip_serializing_if = "Option::is_none")]
    pub daemon_version: Option<String>,
    /// Where its toolbox API is served, without the id
    #[serde(deserialize_with = "lenient::text")]
    pub toolbox_proxy_url: String,
    /// Whether it has nested virtualization
    #[serde(deserialize_with = "lenient::flag")]
    pub kvm: bool,
    /// How the local engine isolates and limits it; other servers do not say
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runtime: Option<RuntimeReport>,
    /// Whether a sandbox that was just deleted can be had back from the trash. An extension: only the engine has it
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub trashed: Option<bool>,
    /// The volumes in it
    #[serde(deserialize_with = "lenient::list")]
    pub volumes: Vec<SandboxVolume>,
    /// What it was built from
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub build_info: Option<Box<serde_json::Value>>,
}

impl Sandbox {
    /// Its name as its user gave it: servers rename those that they delete, `DESTROYED_{name}_{milliseconds}`.
    pub fn own_name(&self) -> &str {
        let going = matches!(self.state, State::Destroying | State::Destroyed);
        let inner = self.name.strip_prefix("DESTROYED_").filter(|_| going);
        let inner = inner.and_then(|rest| rest.rsplit_once('_'));
        match inner {
            Some((name, when)) if when.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => &self.name,
        }
    }
}

/// How the local engine isolates a sandbox, and which limits it can hold it to.
#[derive(Clone, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RuntimeReport {
    /// The runtime's name
    pub name: String,
    /// What the isolation is, in one honest sentence
    pub isolation: String,
    /// What it can reach outside itself, in one sentence
    pub network: String,
    /// Each limit, and how it is enforced
    pub limits: Vec<Limit>,
    /// Why the runtime cannot tell of this sandbox now; what is shown of the sandbox is what was last known
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unreachable: Option<String>,
}

/// One resource limit of a sandbox.
#[derive(Clone, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Limit {
    /// The resource: memory, cpu, processes, disk
    pub resource: String,
    /// Whether it is enforced
    pub enforced: bool,
    /// By what, or why not
    pub by: String,
}

/// One page of `GET /sandbox`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SandboxPage {
    /// The sandboxes
    pub items: Vec<Sandbox>,
    /// Where the next page starts; null on the last one
    pub next_cursor: Option<String>,
}

/// What a list of sandboxes is sorted by.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SortField {
    /// By name
    Name,
    /// By CPU cores
    Cpu,
    /// By memory
    MemoryGib,
    /// By disk
    DiskGib,
    /// By the last use
    #[default]
    LastActivityAt,
    /// By age
    CreatedAt,
}

/// The direction of a sort.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SortOrder {
    /// Smallest or oldest first
    Asc,
    /// Largest or newest first
    #[default]
    Desc,
}

/// The reply of `GET /sandbox/{id}/toolbox-proxy-url`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct ToolboxUrl {
    /// Where the toolbox API is served, without the id
    pub url: String,
}

/// The reply of `GET /sandbox/{id}/revision`, which our engine has: what a sandbox is just now.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Revision {
    /// Stands in `If-Match` of a request that is to change just that
    pub revision: String,
}

keeps_what_is_said!(Sandbox);
