//! `list` and `list_sandboxes`: which sandboxes there are.

use clap::value_parser;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::types::{SandboxPage, SortField, SortOrder, State};
use crate::api::{Client, ListQuery};
use crate::error::{Error, Result};
use crate::ops::key_values::{self, Pair};
use crate::ops::{Ctx, Effect, Group, On, Operation, Role, TerminalCommand, Tool};

use super::choices;

/// List sandboxes
#[derive(Clone, Debug, Default, clap::Args, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct List {
    /// Name prefix, case-insensitive
    #[arg(long, value_name = "PREFIX")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", description = "Prefix")]
    pub name: Option<String>,

    /// State (can be repeated)
    #[arg(id = "states", long = "state", value_name = "STATE", value_parser = choices::state(), hide_possible_values = true)]
    #[serde(
        default,
        deserialize_with = "choices::states",
        skip_serializing_if = "Vec::is_empty"
    )]
    #[schemars(schema_with = "choices::states_schema", description = "")]
    pub states: Vec<State>,

    /// Label (can be repeated; all must match)
    #[arg(id = "labels", long = "label", value_name = "KEY=VALUE", value_parser = key_values::parse)]
    #[serde(
        default,
        deserialize_with = "key_values::from_map",
        skip_serializing_if = "Vec::is_empty"
    )]
    #[schemars(with = "std::collections::BTreeMap<String, String>", description = "")]
    pub labels: Vec<Pair>,

    /// Sandboxes per page, 1 to 200 [default: 100; off a terminal, all are listed]
    #[arg(long, value_name = "COUNT", value_parser = value_parser!(u32).range(1..=200))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32", range(min = 1, max = 200), description = "")]
    pub limit: Option<u32>,

    /// Start at this cursor: `nextCursor` of the page before
    #[arg(short, long)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", description = "nextCursor of the page before")]
    pub cursor: Option<String>,

    /// List all pages
    #[arg(long)]
    #[serde(default)]
    #[schemars(description = "All pages")]
    pub all: bool,

    /// Field to sort by [default: lastActivityAt]
    #[arg(long, value_name = "FIELD", value_parser = choices::sort())]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "choices::sort_schema", description = "")]
    pub sort: Option<SortField>,

    /// Sort order [default: desc]
    #[arg(long, value_name = "ORDER", value_parser = choices::order())]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "choices::order_schema", description = "")]
    pub order: Option<SortOrder>,
}

/// Every page from the query's cursor on, as one.
pub(super) async fn all(client: &Client, mut query: ListQuery) -> Result<SandboxPage> {
    let mut items = Vec::new();
    loop {
        let page = client.list_sandboxes(&query).await?;
        items.extend(page.items);
        match page.next_cursor {
            // The same cursor again would never end.
            Some(cursor) if query.cursor.as_ref() != Some(&cursor) => query.cursor = Some(cursor),
            _ => break,
        }
    }
    Ok(SandboxPage {
        items,
        next_cursor: None,
    })
}

impl Operation for List {
    type Output = SandboxPage;

    const TOOL: Option<Tool> = Some(Tool {
        name: "list_sandboxes",
        title: "List sandboxes",
        description: "Lists sandboxes, a page at a time.",
        group: Group::Sandbox,
        default: true,
        effect: Effect::Reads,
        on: On::Nothing,
        open_world: false,
    });

    const COMMAND: Option<&'static str> = Some("list");

    const ROLES: &'static [Role] = &[Role::ViewsSandboxes];

    async fn run(self, ctx: &Ctx) -> Result<SandboxPage> {
        if self.limit.is_some_and(|limit| !(1..=200).contains(&limit)) {
            return Err(Error::usage("the limit must be 1 to 200"));
        }
        let client = ctx.client().await?;
        let mut query = ListQuery {
            cursor: self.cursor,
            limit: self.limit.or(self.all.then_some(200)),
            name: self.name,
            states: self.states,
            labels: key_values::map(self.labels).unwrap_or_default(),
            sort: self.sort,
            order: self.order,
        };
        let scope = ctx.session().map(|session| session.scope());
        if let Some(scope) = scope {
            scope.narrow(&mut query)?;
        }
        let mut page = if self.all {
            all(&client, query).await?
        } else {
            client.list_sandboxes(&query).await?
        };
        if let Some(scope) = scope {
            page.items.retain(|sandbox| scope.holds(sandbox));
        }
        Ok(page)
    }
}

impl TerminalCommand for List {
    fn doing(&self) -> String {
        "listing sandboxes".to_owned()
    }
}
