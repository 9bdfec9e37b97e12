//! The toolbox API of a real sandbox, over HTTP and WebSockets.

mod files;
mod interpreter;
mod ports;
mod process;
mod pty;
mod sandbox;
mod session;
