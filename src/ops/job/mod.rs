//! Commands in a sandbox as jobs: what they write is kept in files there, for any session to read, while
//! they run and after.

mod begin;
mod context;
mod excerpt;
pub mod execute;
mod follow;
pub mod get;
pub mod kill;
pub mod list;
mod missing;
mod place;
pub(in crate::ops) mod report;
pub mod run_code;
mod tail;

pub use place::output_file;
pub use report::Ran;

use super::ToolList;

/// The tools of commands and programs.
pub(super) fn tools(list: &mut impl ToolList) {
    list.add::<execute::ExecuteCommand>();
    list.add::<run_code::RunCode>();
    list.add::<get::GetJob>();
    list.add::<kill::KillJob>();
    list.add::<list::ListJobs>();
}
