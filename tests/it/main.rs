//! The tests of the real binary, in one program.

#![expect(
    clippy::needless_raw_string_hashes,
    reason = "expect-test writes them so"
)]

mod artifacts;
mod bad_input;
mod binary;
mod configuration;
mod engine;
mod help;
mod lifecycle;
mod responder;
mod toolbox;
mod trouble;
