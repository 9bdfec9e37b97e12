//! `preview-url`: the address under which a port of a sandbox is reached.

use clap::value_parser;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::ops::{Ctx, Operation, TerminalCommand};
use crate::output::{Human, View};

use super::resolve;

/// How long a signed address lasts where nobody says, in seconds.
pub(super) const EXPIRES: u32 = 3600;

const EXAMPLES: &str = "\
Examples:
  daytona preview-url demo --port 3000
  curl \"$(daytona preview-url demo -p 3000 --expires 60)\"
  daytona preview-url demo -p 3000 --unsigned --json

Whoever has the URL can use it until it expires.";

/// Print the URL of a port of a sandbox
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PreviewUrl {
    /// Id or name of the sandbox
    #[arg(value_name = "SANDBOX")]
    pub id: String,

    /// Port that the server in the sandbox listens on
    #[arg(short = 'p', long, value_name = "PORT", value_parser = value_parser!(u16).range(1..))]
    pub port: u16,

    /// Seconds until the URL expires, up to 86400 [default: 3600]
    #[arg(long, value_name = "SECONDS", value_parser = value_parser!(u32).range(1..=86_400))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub expires: Option<u32>,

    /// Print the permanent URL; needs the token shown by `--json` unless the sandbox is public
    #[arg(long, conflicts_with = "expires")]
    #[serde(default)]
    pub unsigned: bool,
}

/// Where a port of a sandbox is reached.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// Id of the sandbox
    pub sandbox_id: String,
    /// The port
    pub port: u16,
    /// Where it is served
    pub url: String,
    /// Part of a signed URL; of an unsigned one what to send as X-Daytona-Preview-Token
    pub token: String,
    /// Seconds until a signed URL no longer works
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub expires_in_seconds: Option<u32>,
}

impl Human for Preview {
    fn view(&self) -> View {
        View::Text(format!("{}\n", self.url))
    }

    fn ids(&self) -> Vec<String> {
        vec![self.url.clone()]
    }
}

impl Operation for PreviewUrl {
    type Output = Preview;

    async fn run(self, ctx: &Ctx) -> Result<Preview> {
        let client = ctx.client().await?;
        let id = resolve::find(ctx, &self.id).await?.id;
        let port = self.port;
        if self.unsigned {
            let preview = client.preview_url(&id, port).await?;
            return Ok(Preview {
                sandbox_id: preview.sandbox_id,
                port,
                url: preview.url,
                token: preview.token,
                expires_in_seconds: None,
            });
        }
        let seconds = self.expires.unwrap_or(EXPIRES);
        let signed = client.signed_preview_url(&id, port, seconds).await?;
        Ok(Preview {
            sandbox_id: signed.sandbox_id,
            port: signed.port,
            url: signed.url,
            token: signed.token,
            expires_in_seconds: Some(seconds),
        })
    }
}

impl TerminalCommand for PreviewUrl {
    fn doing(&self) -> String {
        format!("asking for port {} of `{}`", self.port, self.id)
    }
}
