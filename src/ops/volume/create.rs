//! `volume create`: makes a volume and waits until sandboxes can mount it.

use std::time::Duration;

use clap::value_parser;
use schemars::JsonSchema;
use serde::Deserialize;
use tokio::time::{Instant, sleep};

use crate::api::types::check_name;
use crate::error::{Command, Error, Kind, Result};
use crate::ops::gate::admit;
use crate::ops::{Ctx, Effect, Group, On, Operation, TerminalCommand, Tool};

use super::view::Changed;

/// How long it may take to become ready, unless said otherwise.
const TIMEOUT: u64 = 60;
/// How often it is looked at.
const PAUSE: Duration = Duration::from_millis(500);

const EXAMPLES: &str = "\
Examples:
  daytona volume create data
  ID=$(daytona volume create cache -q)";

/// Create a volume
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Create {
    /// Name of the volume; must be free
    #[arg(value_name = "NAME")]
    pub name: String,

    /// Seconds to wait until the volume is ready [default: 60]
    #[arg(long, value_name = "SECONDS", value_parser = value_parser!(u64).range(1..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub timeout: Option<u64>,
}

impl Operation for Create {
    type Output = Changed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "create_volume",
        title: "Create volume",
        description: "Makes a volume, and waits until sandboxes can mount it.",
        group: Group::Volume,
        default: false,
        effect: Effect::Adds,
        on: On::NewVolume,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Changed> {
        let name = self.name.trim();
        if name.is_empty() {
            return Err(Error::usage("the volume's name is empty"));
        }
        check_name(name)?;
        let making = async { ctx.client().await?.create_volume(name).await };
        let mut volume = admit::new_volume(ctx, name, making).await?;
        let client = ctx.client().await?;
        let seconds = self.timeout.unwrap_or(TIMEOUT);
        let until = Instant::now() + Duration::from_secs(seconds);
        while !volume.is_ready() {
            let info = Command::new("volume info").on(name).to("see how it is");
            if volume.is_failed() {
                let why = volume
                    .error_reason
                    .as_deref()
                    .unwrap_or("no reason is given");
                let message = format!("the volume `{name}` could not be made: {why}");
                return Err(Error::new(Kind::Other, message)
                    .hint(Command::new("volume delete").on(name).to("delete it")));
            }
            if Instant::now() >= until {
                let state = &volume.state;
                let message =
                    format!("the volume `{name}` is {state}, not ready after {seconds} s");
                return Err(Error::new(Kind::Timeout, message).hint(info));
            }
            sleep(PAUSE).await;
            volume = client.get_volume(&volume.id).await?;
        }
        let done = format!(
            "created `{name}` ({})\nuse it: `daytona create --volume {name}:/data`",
            volume.id
        );
        Ok(Changed { volume, done })
    }
}

impl TerminalCommand for Create {
    fn doing(&self) -> String {
        format!("creating the volume `{}`", self.name)
    }
}
