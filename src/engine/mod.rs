//! The embedded server: the Daytona REST API on this machine, in isolated local sandboxes.

mod clock;
mod http;
mod random;
pub mod runtime;
mod service;
mod store;
