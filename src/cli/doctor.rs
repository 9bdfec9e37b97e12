//! `daytona doctor`: what works on this machine. TODO(merge): the checks come with the runtime.

use crate::error::{Error, Kind, Result};

use super::session::Session;

#[derive(Debug, clap::Args)]
pub(super) struct DoctorArgs {}

pub(super) fn run(_args: &DoctorArgs, session: &Session) -> Result<u8> {
    tracing::debug!(place = ?session.config.place, "doctor");
    Err(Error::new(
        Kind::Unsupported,
        "this build has no checks yet",
    ))
}
