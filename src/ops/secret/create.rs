//! `secret create`: stores a value under a name.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::types::{NewSecret, VaultSecret};
use crate::error::{Error, Result};
use crate::ops::{Ctx, Operation, TerminalCommand};
use crate::output::{Human, View};

/// Create a secret
#[derive(Clone, clap::Args, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Create {
    /// Name of the secret; must be free: letters, digits, hyphens, underscores
    #[arg(value_name = "NAME")]
    pub name: String,

    /// Description
    #[arg(long, value_name = "TEXT")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub description: Option<String>,

    /// Host that Daytona Cloud may send the secret to (can be repeated); stored but not enforced by the local engine
    #[arg(id = "hosts", long = "host", value_name = "HOST")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,

    /// The value; never an argument of a command, which other users could see
    #[arg(skip)]
    pub value: String,
}

// By hand: the value must not be in a log.
impl fmt::Debug for Create {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Create")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// A secret that was stored
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Stored {
    /// The secret, without its value
    #[serde(flatten)]
    pub secret: VaultSecret,
}

impl Operation for Create {
    type Output = Stored;

    async fn run(self, ctx: &Ctx) -> Result<Stored> {
        if self.value.is_empty() {
            return Err(Error::usage("the value of the secret is empty"));
        }
        let new = NewSecret {
            name: self.name,
            value: self.value,
            description: self.description,
            hosts: (!self.hosts.is_empty()).then_some(self.hosts),
        };
        let secret = ctx.client().await?.create_secret(&new).await?;
        Ok(Stored { secret })
    }
}

impl TerminalCommand for Create {
    fn doing(&self) -> String {
        "storing a secret".to_owned()
    }
}

impl Human for Stored {
    fn view(&self) -> View {
        let name = &self.secret.name;
        View::Done(format!(
            "stored `{name}`\nuse it: `daytona create --secret VARIABLE={name}`"
        ))
    }

    fn ids(&self) -> Vec<String> {
        vec![self.secret.id.clone()]
    }
}
