//! The tools that act inside a sandbox, called over MCP as an agent does.

mod account;
mod computer_use;
mod documents;
mod download;
mod files;
mod git;
mod git_private;
mod git_ssh;
mod pictures;
mod preview;
mod reading;
