//! Commands in a sandbox, their streams apart and live: what `exec`, `run` and `execute_command` share.

mod capture;
mod session;
mod shell;
mod stream;

pub use capture::Capture;
pub use shell::{Command, quote};
pub use stream::{Ended, Limits, NoInput, stream};
