//! The toolbox API of a real sandbox, over HTTP and WebSockets.

mod files;
mod git;
mod interpreter;
mod logs;
mod ports;
mod process;
mod pty;
pub(crate) mod sandbox;
mod sdk;
mod session;
