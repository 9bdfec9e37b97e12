//! Commands in a sandbox, their streams apart and live: what `exec`, `run` and `execute_command` share.

mod capture;
mod command;
pub(in crate::ops) mod script;
mod stream;
mod toolbox_session;

pub use capture::Capture;
pub use command::Command;
pub use script::quote;
pub use stream::{Ended, Limits, NoInput, stream};
