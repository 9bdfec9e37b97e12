//! A program in a sandbox as an enemy: what it is given, what it may call, what it can do to the agent.

mod agent;
mod inheritance;
mod limits;
mod output;
mod probe;
