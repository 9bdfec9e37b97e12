//! The tests of the real binary, in one program.

mod artifacts;
mod bad_input;
mod binary;
mod configuration;
mod help;
mod lifecycle;
mod responder;
mod trouble;
