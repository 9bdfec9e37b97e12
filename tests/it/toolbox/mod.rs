//! The toolbox API of a real sandbox, over HTTP and WebSockets.

mod files;
mod git;
pub(crate) mod interpreter;
mod logs;
mod ports;
mod process;
pub(crate) mod pty;
pub(crate) mod sandbox;
mod sdk;
mod session;
