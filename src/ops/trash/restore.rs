//! `trash restore` and `restore_sandbox`: a deleted sandbox comes back with its files, without its processes.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::types::{Sandbox, State, check_name};
use crate::error::Result;
use crate::ops::gate::admit;
use crate::ops::sandbox::Changed;
use crate::ops::sandbox::resolve::checked_id;
use crate::ops::sandbox::view::{called, handle};
use crate::ops::{Ctx, Effect, Group, On, Operation, TerminalCommand, Tool};

const EXAMPLES: &str = "\
Examples:
  daytona trash restore demo
  daytona trash restore demo --name demo-again";

/// Restore a deleted sandbox with its files
///
/// It comes back as it was, but for its processes: stopped, or archived.
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(deny_unknown_fields)]
pub struct RestoreSandbox {
    /// Id, or name that it had: of several with that name the one that was deleted last
    #[arg(value_name = "SANDBOX")]
    #[schemars(description = "Id, or name that it had")]
    pub id: String,

    /// Another name than it had, where that is taken
    #[arg(long)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", description = "Another name, where its own is taken")]
    pub name: Option<String>,
}

impl Operation for RestoreSandbox {
    type Output = Changed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "restore_sandbox",
        title: "Restore sandbox",
        description: "Brings a deleted sandbox back with its files, stopped: see list_trash. Only on the local engine.",
        group: Group::Sandbox,
        default: false,
        effect: Effect::Sets,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Changed> {
        let id = checked_id(&self.id)?;
        check_name(self.name.as_deref().unwrap_or_default())?;
        let client = super::client(ctx).await?;
        let trashed = client.get_trashed(id).await?;
        let scoped = |name: &str| Sandbox {
            id: trashed.id.clone(),
            name: name.to_owned(),
            labels: trashed.labels.clone(),
            state: State::Destroyed,
            ..Sandbox::default()
        };
        admit::sandbox(ctx, &scoped(&trashed.name))?;
        if let Some(name) = self.name.as_deref().filter(|name| !name.is_empty()) {
            admit::sandbox(ctx, &scoped(name))?;
        }
        let sandbox = client.restore_trashed(&trashed.id, self.name).await?;
        let done = format!(
            "restored {}, {}\nstart it: `daytona start {}`",
            called(&sandbox),
            sandbox.state,
            handle(&sandbox)
        );
        Ok(Changed::new(sandbox, done))
    }
}

impl TerminalCommand for RestoreSandbox {
    fn doing(&self) -> String {
        format!("restoring `{}`", self.id)
    }
}
