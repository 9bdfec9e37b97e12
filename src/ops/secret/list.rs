//! `secret list`: which secrets there are; never their values.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::Client;
use crate::api::types::VaultSecret;
use crate::error::Result;
use crate::ops::{Ctx, Operation, TerminalCommand};
use crate::output::{Cell, Human, View};

const EXAMPLES: &str = "\
Examples:
  daytona secret list
  daytona secret list --json=name,updatedAt";

/// List secrets
#[derive(Clone, Debug, Default, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(deny_unknown_fields)]
pub struct List {}

/// The secrets, without their values
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Secrets {
    /// Each of them
    pub items: Vec<VaultSecret>,
}

/// Every page.
pub(super) async fn all(client: &Client) -> Result<Vec<VaultSecret>> {
    let (mut items, mut cursor) = (Vec::new(), None);
    loop {
        let page = client.list_secrets(cursor.clone()).await?;
        items.extend(page.items);
        match page.next_cursor {
            // The same cursor again would never end.
            Some(next) if cursor.as_ref() != Some(&next) => cursor = Some(next),
            _ => return Ok(items),
        }
    }
}

impl Operation for List {
    type Output = Secrets;

    async fn run(self, ctx: &Ctx) -> Result<Secrets> {
        let items = all(&*ctx.client().await?).await?;
        Ok(Secrets { items })
    }
}

impl TerminalCommand for List {
    fn doing(&self) -> String {
        "listing secrets".to_owned()
    }
}

impl Human for Secrets {
    fn view(&self) -> View {
        let row = |secret: &VaultSecret| {
            vec![
                secret.name.as_str().into(),
                secret.description.as_deref().unwrap_or("-").into(),
                Cell::Time(secret.updated_at.clone()),
                secret.id.as_str().into(),
            ]
        };
        View::Table {
            headings: vec!["NAME", "DESCRIPTION", "UPDATED", "ID"],
            rows: self.items.iter().map(row).collect(),
            empty: "no secrets; store one: `daytona secret create NAME < FILE`",
            note: None,
        }
    }

    fn ids(&self) -> Vec<String> {
        self.items.iter().map(|secret| secret.id.clone()).collect()
    }
}
