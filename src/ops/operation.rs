//! What an operation is: inputs documented once, a run, one result for people, JSON and MCP.

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::api::{Client, Endpoint};
use crate::error::Result;
use crate::ops::template::Store;
use crate::output::Human;

/// A verb that users see. A field's `///` is the flag's help, the man page and the MCP description.
pub trait Operation: clap::Args + DeserializeOwned + JsonSchema + Send {
    /// The one result: `--json`, MCP's structured content, and what people read.
    type Output: Serialize + JsonSchema + Human + Send;

    /// The MCP tool that this operation is, if it is one.
    const TOOL: Option<Tool> = None;

    /// Does it. Dropping the future cancels it.
    fn run(self, ctx: &Ctx) -> impl Future<Output = Result<Self::Output>> + Send;
}

/// How MCP presents an operation.
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    /// The tool's name, e.g. `create_sandbox`.
    pub name: &'static str,
    /// A title for people.
    pub title: &'static str,
    /// What it does, when to use it, what it returns: for a model.
    pub description: &'static str,
    /// Which tools are switched on and off together.
    pub group: Group,
    /// What it does to the world.
    pub effect: Effect,
}

/// Tools that are switched on and off together (`--toolsets`).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Group {
    /// The lifecycle of sandboxes.
    Sandbox,
    /// Running commands and code.
    Exec,
}

/// What a tool does to the world: the source of its annotations.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Effect {
    /// Changes nothing.
    Reads,
    /// Adds something; a second call adds another.
    Adds,
    /// Brings about a state; a second call changes nothing more.
    Sets,
    /// May do anything within the sandbox.
    Acts,
    /// Loses something for good.
    Destroys,
}

/// Finds the endpoint, again at each call: a login or a new engine heals a running MCP server.
pub trait Connect: Send + Sync {
    /// The endpoint to use now; starts the local engine where that is the endpoint.
    fn endpoint(&self) -> Pin<Box<dyn Future<Output = Result<Endpoint>> + Send + '_>>;
}

/// What operations share: the client, and what the settings say about new sandboxes.
pub struct Ctx {
    connect: Box<dyn Connect>,
    client: Mutex<Option<Arc<Client>>>,
    target: Option<String>,
    templates: Store,
    told: Mutex<Option<Told>>,
}

/// Hears how far an operation is, in a few words.
pub type Told = Arc<dyn Fn(String) + Send + Sync>;

impl Ctx {
    /// A context that has not connected yet.
    pub fn new(connect: impl Connect + 'static) -> Self {
        Self {
            connect: Box::new(connect),
            client: Mutex::new(None),
            target: None,
            templates: Store::default(),
            told: Mutex::new(None),
        }
    }

    /// Who hears from now on how far operations are.
    pub fn hear(&self, told: Option<Told>) {
        *self
            .told
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = told;
    }

    /// Says how far the operation is, where somebody wants to know.
    pub fn tell(&self, text: &str) {
        let told = self
            .told
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(told) = told.as_ref() {
            told(text.to_owned());
        }
    }

    /// The same context with a region for new sandboxes.
    #[must_use]
    pub fn with_target(mut self, target: Option<String>) -> Self {
        self.target = target;
        self
    }

    /// The region where sandboxes are made if none is named.
    pub fn target(&self) -> Option<&str> {
        self.target.as_deref()
    }

    /// The same context with templates in that folder.
    #[must_use]
    pub fn with_templates(mut self, folder: PathBuf) -> Self {
        self.templates = Store::new(folder);
        self
    }

    /// The templates of this user.
    pub fn templates(&self) -> &Store {
        &self.templates
    }

    /// The client of the present endpoint; the same one as long as that does not change.
    pub async fn client(&self) -> Result<Arc<Client>> {
        let endpoint = self.connect.endpoint().await?;
        let mut kept = self
            .client
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(client) = kept
            .as_ref()
            .filter(|client| *client.endpoint() == endpoint)
        {
            return Ok(Arc::clone(client));
        }
        let client = Arc::new(Client::new(endpoint));
        *kept = Some(Arc::clone(&client));
        Ok(client)
    }
}
