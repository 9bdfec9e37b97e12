//! The client against servers that are not our engine: of other versions, and in trouble.

mod captured;
mod facts;
mod stage;
mod terminal;
mod tools;
mod trouble;
