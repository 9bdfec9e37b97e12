//! `daytona config`: the settings.

mod show;

use crate::error::Result;

use super::session::Session;

const EXAMPLES: &str = "\
Examples:
  daytona config show
  DAYTONA_API_KEY=x daytona config show --json";

#[derive(Debug, clap::Subcommand)]
#[command(after_help = EXAMPLES)]
pub(super) enum Config {
    /// Show every setting and where it comes from
    #[command(after_help = EXAMPLES)]
    Show,
}

pub(super) fn run(command: &Config, session: &Session) -> Result<u8> {
    match command {
        Config::Show => show::run(session),
    }
}
