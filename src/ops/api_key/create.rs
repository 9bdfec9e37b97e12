//! `api-key create`: makes a key, and shows it this once.

use clap::builder::PossibleValuesParser;
use jiff::{Timestamp, ToSpan as _};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::types::{MadeApiKey, NewApiKey, PERMISSIONS};
use crate::error::{Error, Result};
use crate::ops::{Ctx, Operation};
use crate::output::{Human, View};

const EXAMPLES: &str = "\
Examples:
  daytona api-key create watcher
  daytona api-key create ci --permission write:sandboxes --permission delete:sandboxes --ttl 1440

Permissions: write:registries, delete:registries, write:snapshots, delete:snapshots,
write:sandboxes, delete:sandboxes, read:volumes, write:volumes, delete:volumes, write:regions,
delete:regions, read:runners, write:runners, delete:runners, read:audit_logs, manage:api_keys,
manage:secrets, read:limits, manage:sso, read:billing, manage:billing";

/// Create an API key
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Create {
    /// Name of the key; must be free
    #[arg(value_name = "NAME")]
    pub name: String,

    /// Permission of the key (can be repeated) [default: read sandboxes and snapshots]
    #[arg(id = "permissions", short_alias = 'p', long = "permission", value_name = "PERMISSION", value_parser = PossibleValuesParser::new(PERMISSIONS), hide_possible_values = true)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub permissions: Vec<String>,

    /// Minutes until the key expires [default: never]
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(i64).range(1..=52_560_000))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub ttl: Option<i64>,
}

impl Operation for Create {
    type Output = MadeApiKey;

    async fn run(self, ctx: &Ctx) -> Result<MadeApiKey> {
        let expires_at = self.ttl.map(|minutes| {
            let end = Timestamp::now().checked_add(minutes.minutes());
            end.map(|end| format!("{end:.3}"))
                .map_err(|error| Error::usage("--ttl: that is too far away").because(error))
        });
        let new = NewApiKey {
            name: self.name,
            permissions: self.permissions,
            expires_at: expires_at.transpose()?,
        };
        ctx.client().await?.create_api_key(&new).await
    }
}

impl Human for MadeApiKey {
    /// The key alone: what surrounds it is said beside it.
    fn view(&self) -> View {
        View::Text(format!("{}\n", self.value))
    }

    fn ids(&self) -> Vec<String> {
        vec![self.value.clone()]
    }
}
