//! The embedded server: the Daytona REST API on this machine, in isolated local sandboxes.

pub mod runtime;
