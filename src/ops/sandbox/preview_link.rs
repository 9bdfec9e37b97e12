//! `preview_link`: the address of a server in a sandbox, and whether it answers there.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind, NextTool, Result};
use crate::ops::inside::Inside;
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

use super::listeners::listeners;
use super::preview_url::EXPIRES;

/// How many listeners are named.
const MOST_LISTENERS: usize = 20;

/// A port of a sandbox
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PreviewLink {
    /// Port of the server
    #[schemars(range(min = 1, max = 65535), description = "")]
    pub port: u16,

    /// What it is, for people
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub description: Option<String>,

    /// Check that it answers [default: true]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub check_server: Option<bool>,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

/// Where a port is reached
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// The address: whoever has it may open it
    pub url: String,
    /// What it is
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub description: Option<String>,
    /// Seconds until the address no longer works
    #[schemars(skip)]
    pub expires_in_seconds: u32,
    /// The command that listens on the port
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub server: Option<String>,
    /// The HTTP status that the address answers from outside
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u16")]
    pub status: Option<u16>,
    /// Why it does not answer
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub note: Option<String>,
}

impl Operation for PreviewLink {
    type Output = Link;

    const TOOL: Option<Tool> = Some(Tool {
        name: "preview_link",
        title: "Preview link",
        description: "Returns a URL, valid for an hour, for a server in a sandbox. Checks that it listens and answers.",
        group: Group::Preview,
        default: true,
        effect: Effect::Sets,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Link> {
        if self.port == 0 {
            return Err(Error::usage("port is 0: it must be 1 to 65535"));
        }
        let inside = Inside::of(ctx, &self.id).await?;
        let check = self.check_server.unwrap_or(true);
        let mut server = None;
        if check {
            let mut there = listeners(&inside).await?;
            let Some(name) = there.remove(&self.port) else {
                return Err(nobody(self.port, inside.name(), &there));
            };
            server = Some(name).filter(|name| !name.is_empty());
        }
        let client = &inside.client;
        let signed = client
            .signed_preview_url(&inside.sandbox.id, self.port, EXPIRES)
            .await?;
        let mut link = Link {
            description: self.description,
            expires_in_seconds: EXPIRES,
            server,
            ..Link::default()
        };
        if check {
            match client.seen_from_outside(&signed.url).await {
                Ok(status) => link.status = Some(status),
                Err(error) => {
                    link.note = Some(format!("it does not answer from here: {}", error.text()));
                }
            }
        }
        link.url = signed.url;
        Ok(link)
    }
}

fn nobody(port: u16, sandbox: &str, there: &BTreeMap<u16, String>) -> Error {
    let names = there
        .iter()
        .take(MOST_LISTENERS)
        .map(|(port, name)| match name.as_str() {
            "" => port.to_string(),
            name => format!("{port} ({name})"),
        });
    let names: Vec<String> = names.collect();
    let others = if names.is_empty() {
        "no port is listened on".to_owned()
    } else {
        format!("listened on are {}", names.join(", "))
    };
    let message = format!("nothing listens on port {port} of sandbox `{sandbox}`; {others}");
    Error::new(Kind::Unavailable, message)
        .hint(
            NextTool::new("execute_command")
                .to("start the server in the background first")
                .words(", then ")
                .step(NextTool::new("preview_link").again()),
        )
        .hint(
            NextTool::new("preview_link")
                .with("checkServer", "false")
                .to("for the link all the same"),
        )
}
