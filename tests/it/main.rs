//! The tests of the real binary, in one program.

#![expect(
    clippy::needless_raw_string_hashes,
    reason = "expect-test writes them so"
)]
#![expect(
    clippy::print_stderr,
    reason = "a test that cannot be run here says so"
)]

mod artifacts;
mod bad_input;
mod binary;
mod completion;
mod configuration;
mod contract;
mod engine;
mod examples;
mod help;
mod hostile;
mod hostile_replies;
mod leftover;
mod lifecycle;
mod lists;
mod machine;
mod mcp;
mod mcp_agents_real;
mod mcp_client;
mod mcp_init;
mod mcp_protocol;
mod names;
mod openapi;
mod preview;
mod registry;
mod responder;
mod servers;
mod skip;
mod ssh;
mod stopwatch;
mod structure;
mod toolbox;
mod tools;
mod trouble;
