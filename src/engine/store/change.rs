//! A step of a sandbox's state machine, as it is stored.

use crate::api::types::State;

use super::Row;

/// A step of the state machine; always sets `updated_at`, and `state_changed_at` where the state is new.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) state: State,
    pub(crate) desired_state: State,
    pub(crate) error_reason: Option<String>,
    pub(crate) recoverable: bool,
    pub(crate) handle: Handle,
    /// A new preview token.
    pub(crate) auth_token: Option<String>,
    /// Whether this counts as activity.
    pub(crate) active: bool,
    /// Whether the sandbox rests as before: its timers count from the last change of its state.
    pub(crate) same_rest: bool,
}

impl Change {
    /// To `state`, on the way to `desired_state`: no error, the handle stays.
    pub(crate) fn to(state: State, desired_state: State) -> Self {
        Self {
            state,
            desired_state,
            error_reason: None,
            recoverable: false,
            handle: Handle::Keep,
            auth_token: None,
            active: false,
            same_rest: false,
        }
    }

    /// The same, and it has no processes.
    pub(crate) fn ended(mut self) -> Self {
        self.handle = Handle::Clear;
        self
    }

    /// The same, with a reason for people.
    pub(crate) fn why(mut self, reason: Option<String>) -> Self {
        self.error_reason = reason;
        self
    }
}

/// A row after a step, and the state and desired state that it had before.
#[derive(Debug)]
pub(crate) struct Changed {
    pub(crate) before: (State, State),
    pub(crate) row: Row,
}

/// What a change does to the handle.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Handle {
    Keep,
    Clear,
}
