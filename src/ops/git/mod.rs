//! Repositories in a sandbox, as agents work with them. Credentials go to the toolbox in the body of
//! one request: no address, argument or log ever has them.

pub mod branches;
pub mod checkout;
pub mod clone;
pub mod commit;
mod fetch;
pub mod remote;
mod report;
mod ssh;
pub mod status;
mod trouble;

use super::ToolList;

/// The tools of repositories.
pub(super) fn tools(list: &mut impl ToolList) {
    list.add::<branches::Branches>();
    list.add::<checkout::Checkout>();
    list.add::<clone::Clone>();
    list.add::<commit::Commit>();
    list.add::<remote::Pull>();
    list.add::<remote::Push>();
    list.add::<status::Status>();
}
