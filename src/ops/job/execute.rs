//! `execute_command`: shell text in a sandbox, as a job that a call waits for.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::ops::key_values::{self, Pair};
use crate::ops::{Ctx, Effect, Group, On, Operation, Role, Tool};

use super::begin::Work;
use super::place::JobPlace;
use super::report::{Manner, Ran, run, timeout};

/// The time limit where none is named: nothing runs for ever because somebody forgot it.
const TIMEOUT: Duration = Duration::from_mins(10);

/// Run shell text in a sandbox
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExecuteCommand {
    /// Shell text
    pub command: String,

    /// Sandbox; default: own
    #[serde(default)]
    pub id: String,

    /// Folder
    #[serde(default)]
    #[schemars(with = "String")]
    pub cwd: Option<String>,

    /// Variables
    #[serde(default, deserialize_with = "key_values::from_map")]
    #[schemars(with = "std::collections::BTreeMap<String, String>")]
    pub env: Vec<Pair>,

    /// Seconds; 0 is none; default 600, in the background 0
    #[serde(default)]
    #[schemars(with = "u32")]
    pub timeout: Option<u64>,

    /// Return a job at once
    #[serde(default)]
    pub background: bool,

    /// A retry with it runs once
    #[serde(default)]
    #[schemars(with = "String")]
    pub idempotency_key: Option<String>,
}

impl Operation for ExecuteCommand {
    type Output = Ran;

    const TOOL: Option<Tool> = Some(Tool {
        name: "execute_command",
        title: "Execute command",
        description: "Runs shell text in a sandbox. Each call is a new shell without stdin. What takes over 50 s goes on as a job for \
            get_job. Long output keeps both ends and names the file that has all.",
        group: Group::Exec,
        default: true,
        effect: Effect::Acts,
        on: On::Sandbox,
        open_world: true,
    });

    const COMMAND: Option<&'static str> = Some("exec");

    const ROLES: &'static [Role] = &[Role::ReadsFiles];

    async fn run(self, ctx: &Ctx) -> Result<Ran> {
        if self.command.trim().is_empty() {
            return Err(Error::usage("the command to run is empty"));
        }
        let manner = Manner {
            background: self.background,
            timeout: timeout(self.timeout, (!self.background).then_some(TIMEOUT))?,
        };
        let key = self.idempotency_key;
        let place = JobPlace::fresh(ctx, &self.id, key.as_deref()).await?;
        let work = Work {
            text: self.command,
            cwd: self.cwd,
            env: self.env,
            files: Vec::new(),
            keyed: key.is_some(),
        };
        run(ctx, place, &work, manner, async |_: &JobPlace| Ok(())).await
    }
}
