//! `daytona config`: the settings.

mod show;

use crate::error::Result;

use super::session::Session;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Config {
    /// Show every setting and where it comes from
    #[command(after_help = super::examples::CONFIG)]
    Show,
}

pub(super) fn run(command: &Config, session: &Session) -> Result<u8> {
    match command {
        Config::Show => show::run(session),
    }
}
