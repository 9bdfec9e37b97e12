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
