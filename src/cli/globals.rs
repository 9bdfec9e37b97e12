//! The flags that every command takes.

use std::path::PathBuf;

use crate::config::Flags;
use crate::output::{Choices, Color, Format};

/// The flags that every command takes.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Globals {
    /// Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`
    #[arg(long, global = true, value_name = "FIELDS", num_args = 0..=1, require_equals = true, default_missing_value = "", conflicts_with = "format")]
    json: Option<String>,

    /// Output format; `table` keeps its headings off a terminal too
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "FORMAT",
        hide_short_help = true
    )]
    format: Option<Format>,

    /// Print identifiers only, and no status
    #[arg(short, long, global = true)]
    quiet: bool,

    /// Tell more on stderr (twice: everything)
    #[arg(short, long, global = true, action = clap::ArgAction::Count, hide_short_help = true)]
    pub(super) verbose: u8,

    /// When to colour
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value_t,
        hide_possible_values = true,
        hide_short_help = true
    )]
    color: Color,

    /// Never ask
    #[arg(long, global = true, hide_short_help = true)]
    no_input: bool,

    /// Use the engine on this machine, whatever is configured
    #[arg(long, global = true, conflicts_with_all = ["api_url", "api_key_file"], hide_short_help = true)]
    local: bool,

    /// Base URL of the Daytona API to use
    #[arg(long, global = true, value_name = "URL", hide_short_help = true)]
    api_url: Option<String>,

    /// File that holds the API key; `-` is standard input
    #[arg(long, global = true, value_name = "FILE")]
    api_key_file: Option<PathBuf>,

    /// Organization to act in, by id
    #[arg(long, global = true, value_name = "ID", hide_short_help = true)]
    organization: Option<String>,

    /// Seconds that one request may take [default: 180]
    #[arg(long, global = true, value_name = "SECONDS", hide_short_help = true)]
    request_timeout: Option<String>,

    /// Do not check certificates
    #[arg(long, global = true, hide_short_help = true)]
    insecure: bool,
}

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
