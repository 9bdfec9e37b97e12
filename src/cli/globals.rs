//! The flags that every command takes.

use std::path::PathBuf;

use crate::config::Flags;
use crate::output::{Choices, Color, Format};

/// The flags that every command takes.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = GLOBAL)]
pub(super) struct Globals {
    /// Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`
    #[arg(long, global = true, value_name = "FIELDS", num_args = 0..=1, require_equals = true, default_missing_value = "", conflicts_with = "format")]
    json: Option<String>,

    /// Print identifiers only, and no status
    #[arg(short, long, global = true)]
    quiet: bool,

    /// Output format; `table` keeps its headings in a pipe too
    #[arg(long, global = true, value_enum, value_name = "FORMAT", hide = true, help_heading = OUTPUT)]
    format: Option<Format>,

    /// Show details on stderr; twice for everything
    #[arg(short, long, global = true, action = clap::ArgAction::Count, hide = true, help_heading = OUTPUT)]
    pub(super) verbose: u8,

    /// When to use colour
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value_t,
        hide = true,
        help_heading = OUTPUT
    )]
    color: Color,

    /// Never prompt
    #[arg(long, global = true, hide = true, help_heading = OUTPUT)]
    no_input: bool,

    /// Use the engine on this machine, even if a server is configured
    #[arg(long, global = true, conflicts_with_all = ["api_url", "api_key_file"], hide = true, help_heading = SERVER)]
    local: bool,

    /// Base URL of the Daytona API
    #[arg(long, global = true, value_name = "URL", hide = true, help_heading = SERVER)]
    api_url: Option<String>,

    /// File with the API key; `-` is standard input
    #[arg(long, global = true, value_name = "FILE", hide = true, help_heading = SERVER)]
    api_key_file: Option<PathBuf>,

    /// Id of the organization to act in
    #[arg(long, global = true, value_name = "ID", hide = true, help_heading = SERVER)]
    organization: Option<String>,

    /// Seconds that one request may take [default: 180]
    #[arg(long, global = true, value_name = "SECONDS", hide = true, help_heading = SERVER)]
    request_timeout: Option<String>,

    /// Do not check TLS certificates
    #[arg(long, global = true, hide = true, help_heading = SERVER)]
    insecure: bool,
}

/// The heading of those that each command's help shows.
pub(super) const GLOBAL: &str = "Global options";
/// The headings of the others, which `daytona help options` shows.
pub(super) const OUTPUT: &str = "Output";
pub(super) const SERVER: &str = "Server";

impl Globals {
    /// What they say about output.
    pub(super) fn choices(&self) -> Choices {
        let fields = self.json.as_deref().unwrap_or("");
        Choices {
            format: match &self.json {
                Some(_) => Format::Json,
                None => self.format.unwrap_or_default(),
            },
            fields: fields
                .split(',')
                .map(str::trim)
                .filter(|field| !field.is_empty())
                .map(str::to_owned)
                .collect(),
            table: self.format == Some(Format::Table),
            quiet: self.quiet,
            color: self.color,
            no_input: self.no_input,
            verbose: self.verbose,
        }
    }

    /// What they say about settings.
    pub(super) fn flags(&self) -> Flags {
        Flags {
            api_url: self.api_url.clone(),
            api_key_file: self.api_key_file.clone(),
            organization: self.organization.clone(),
            local: self.local,
            request_timeout: self.request_timeout.clone(),
            insecure: self.insecure,
            listen: None,
        }
    }
}
