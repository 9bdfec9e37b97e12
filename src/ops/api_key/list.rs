//! `api-key list`: which keys there are, masked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::types::ApiKey;
use crate::error::Result;
use crate::ops::{Ctx, Operation, TerminalCommand};
use crate::output::{Cell, Human, View};

const EXAMPLES: &str = "\
Examples:
  daytona api-key list
  daytona api-key list --json=name,lastUsedAt,expiresAt";

/// List API keys
#[derive(Clone, Debug, Default, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(deny_unknown_fields)]
pub struct List {}

/// The keys
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Keys {
    /// Each of them
    pub items: Vec<ApiKey>,
}

impl Operation for List {
    type Output = Keys;

    async fn run(self, ctx: &Ctx) -> Result<Keys> {
        let items = ctx.client().await?.list_api_keys().await?;
        Ok(Keys { items })
    }
}

impl TerminalCommand for List {
    fn doing(&self) -> String {
        "listing API keys".to_owned()
    }
}

impl Human for Keys {
    fn view(&self) -> View {
        let time = |moment: &Option<String>| match moment {
            Some(moment) => Cell::Time(moment.clone()),
            None => "never".into(),
        };
        let row = |key: &ApiKey| {
            vec![
                key.name.as_str().into(),
                key.value.as_str().into(),
                match key.permissions.len() {
                    0..=3 => key.permissions.join(", ").into(),
                    count => format!("{count} permissions").into(),
                },
                time(&key.last_used_at),
                time(&key.expires_at),
            ]
        };
        View::Table {
            headings: vec!["NAME", "KEY", "PERMISSIONS", "LAST USED", "ENDS"],
            rows: self.items.iter().map(row).collect(),
            empty: "no API keys; make one: `daytona api-key create NAME`",
            note: None,
        }
    }

    fn ids(&self) -> Vec<String> {
        self.items.iter().map(|key| key.name.clone()).collect()
    }
}
