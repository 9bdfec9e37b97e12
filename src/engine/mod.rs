//! The embedded server: the Daytona REST API on this machine, in isolated local sandboxes.

mod clock;
pub mod runtime;
mod store;
