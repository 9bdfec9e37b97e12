//! One session: one connection of an AI client to the MCP server. The sandbox that is its own, what it has made, and
//! what it may touch at all.

mod count;
mod keeper;
mod own;
mod scope;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tokio_util::task::TaskTracker;

use super::gate::Confirm;

pub use scope::{Bound, Scope};
pub(in crate::ops) use scope::{is_reserved, reserved};

/// How long a call may take before it goes on as a job, unless said otherwise.
pub const CALL_LIMIT: Duration = Duration::from_secs(50);
/// How many bytes of one stream a result holds, unless said otherwise.
pub const BUDGET: u64 = 8 << 10;

/// What an operator chose for a session.
#[derive(Clone, Debug)]
pub struct Choices {
    /// Its name, by which several servers share one sandbox; a random one where absent.
    pub name: Option<String>,
    /// Whether its sandbox outlives it.
    pub keep: bool,
    /// Whether it changes nothing: not even a sandbox at rest is started then.
    pub read_only: bool,
    /// What it may touch.
    pub scope: Scope,
    /// When its user is asked.
    pub confirm: Confirm,
    /// How long a call may take before it goes on as a job.
    pub call_limit: Duration,
    /// How many bytes of one stream a result holds.
    pub budget: u64,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            name: None,
            keep: false,
            read_only: false,
            scope: Scope::default(),
            confirm: Confirm::default(),
            call_limit: CALL_LIMIT,
            budget: BUDGET,
        }
    }
}

/// One agent's session.
pub struct ClientSession {
    /// What its sandboxes are labelled with.
    pub(super) id: String,
    choices: Choices,
    client: OnceLock<String>,
    /// The id of the session's own sandbox, once there is one.
    own: tokio::sync::Mutex<Option<String>>,
    keeper: Mutex<Option<tokio::task::JoinHandle<()>>>,
    /// The sandbox that gets signs of life.
    kept_alive: Arc<Mutex<Option<String>>>,
    made: Mutex<BTreeSet<String>>,
    /// What its user let it change inside.
    entered: Mutex<BTreeSet<String>>,
    scoped: count::Counts,
    /// What must come to its end before the session does.
    tasks: TaskTracker,
}

impl ClientSession {
    /// A session that has made nothing yet.
    pub fn new(choices: Choices) -> Self {
        Self {
            id: choices
                .name
                .clone()
                .unwrap_or_else(|| uuid::Uuid::new_v4().to_string()),
            choices,
            client: OnceLock::new(),
            own: tokio::sync::Mutex::default(),
            keeper: Mutex::default(),
            kept_alive: Arc::default(),
            made: Mutex::default(),
            entered: Mutex::default(),
            scoped: count::Counts::default(),
            tasks: TaskTracker::new(),
        }
    }

    /// Who the client says it is; the first word counts.
    pub fn greet(&self, client: &str) {
        let _ = self.client.set(client.to_owned());
    }

    /// What its sandboxes are labelled with.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Who the client said it is.
    pub fn client(&self) -> &str {
        self.client.get().map_or("", String::as_str)
    }

    /// The id of its own sandbox, where there is one and nobody is at it just now.
    pub fn own_id(&self) -> Option<String> {
        self.own.try_lock().ok()?.clone()
    }

    /// How long a call may take before it goes on as a job.
    pub fn call_limit(&self) -> Duration {
        self.choices.call_limit
    }

    /// How many bytes of one stream a result holds.
    pub fn budget(&self) -> u64 {
        self.choices.budget
    }

    /// Whether it changes nothing.
    pub fn is_read_only(&self) -> bool {
        self.choices.read_only
    }

    /// What it may touch.
    pub fn scope(&self) -> &Scope {
        &self.choices.scope
    }

    /// Runs something that the end of the session waits for.
    pub fn track(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(work);
    }

    /// When its user is asked.
    pub fn confirm(&self) -> Confirm {
        self.choices.confirm
    }

    /// Remembers what it has made, by its id.
    pub(in crate::ops) fn note_made(&self, what: &str) {
        lock(&self.made).insert(what.to_owned());
    }

    /// Whether it has made that.
    pub fn has_made(&self, what: &str) -> bool {
        lock(&self.made).contains(what)
    }

    /// Whether it may change something inside without a question.
    pub(super) fn may_enter(&self, id: &str) -> bool {
        self.has_made(id) || lock(&self.entered).contains(id)
    }

    /// Remembers that its user let it change something inside.
    pub(super) fn note_entered(&self, id: &str) {
        lock(&self.entered).insert(id.to_owned());
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
