//! `snapshot list`: what sandboxes can start from.

use clap::value_parser;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::Client;
use crate::api::types::{Snapshot, SnapshotPage};
use crate::error::Result;
use crate::ops::{Ctx, Effect, Group, On, Operation, TerminalCommand, Tool};

/// The most that servers give in one page.
const LARGEST_PAGE: u32 = 200;

const EXAMPLES: &str = "\
Examples:
  daytona snapshot list
  daytona snapshot list --all --json=name,state";

/// List snapshots
#[derive(Clone, Debug, Default, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct List {
    /// Part of the name, case-insensitive
    #[arg(long, value_name = "TEXT")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub name: Option<String>,

    /// Id of the source sandbox
    #[arg(long, value_name = "ID")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub source_sandbox_id: Option<String>,

    /// Page number [default: 1]
    #[arg(short, long, value_parser = value_parser!(u32).range(1..), conflicts_with = "all")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub page: Option<u32>,

    /// Snapshots per page, 1 to 200 [default: 100; off a terminal, all are listed]
    #[arg(long, value_name = "COUNT", value_parser = value_parser!(u32).range(1..=200))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(
        with = "u32",
        range(min = 1, max = 200),
        description = "Snapshots per page [default: 100]"
    )]
    pub limit: Option<u32>,

    /// List all pages
    #[arg(long)]
    #[serde(default)]
    pub all: bool,
}

/// Every snapshot that matches.
pub(super) async fn all(
    client: &Client,
    name: Option<&str>,
    source: Option<&str>,
) -> Result<Vec<Snapshot>> {
    let mut items = Vec::new();
    for number in 1.. {
        let page = client
            .list_snapshots(number, LARGEST_PAGE, name, source)
            .await?;
        let last = page.items.is_empty() || i64::from(number) >= page.total_pages;
        items.extend(page.items);
        if last {
            break;
        }
    }
    Ok(items)
}

impl Operation for List {
    type Output = SnapshotPage;

    const TOOL: Option<Tool> = Some(Tool {
        name: "list_snapshots",
        title: "List snapshots",
        description: "Lists the snapshots that sandboxes can be made from: name, state, size and origin. Use a name in create_sandbox.",
        group: Group::Snapshot,
        default: false,
        effect: Effect::Reads,
        on: On::Nothing,
        open_world: false,
    });

    const COMMAND: Option<&'static str> = Some("snapshot list");

    async fn run(self, ctx: &Ctx) -> Result<SnapshotPage> {
        let client = ctx.client().await?;
        let (name, source) = (self.name.as_deref(), self.source_sandbox_id.as_deref());
        if !self.all {
            let (page, limit) = (self.page.unwrap_or(1), self.limit.unwrap_or(100));
            return client.list_snapshots(page, limit, name, source).await;
        }
        let items = all(&client, name, source).await?;
        Ok(SnapshotPage {
            total: i64::try_from(items.len()).unwrap_or(i64::MAX),
            page: 1,
            total_pages: 1,
            items,
        })
    }
}

impl TerminalCommand for List {
    fn doing(&self) -> String {
        "listing snapshots".to_owned()
    }
}
