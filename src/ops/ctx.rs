//! What operations share: the endpoint's client, what the settings say, and who hears how far they are.

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::sync::OnceCell;

use crate::api::{Client, Endpoint};
use crate::error::Result;
use crate::ops::gate::{Asker, Nobody};
use crate::ops::session::ClientSession;
use crate::ops::template::Store;

/// Finds the endpoint, again at each call: a login or a new engine heals a running MCP server.
pub trait Connect: Send + Sync {
    /// The endpoint to use now; starts the local engine where that is the endpoint.
    fn endpoint(&self) -> Pin<Box<dyn Future<Output = Result<Endpoint>> + Send + '_>>;
}

/// What operations share: the client, and what the settings say about new sandboxes.
#[derive(Clone)]
pub struct Ctx {
    connect: Arc<dyn Connect>,
    client: Arc<Mutex<Option<Arc<Client>>>>,
    target: Option<String>,
    templates: Store,
    told: Arc<Mutex<Option<Told>>>,
    /// The client of one call, looked up once.
    of_call: Option<Arc<OnceCell<Arc<Client>>>>,
    session: Option<Arc<ClientSession>>,
    asker: Arc<dyn Asker>,
    only_looks: bool,
}

/// Hears how far an operation is, in a few words.
pub type Told = Arc<dyn Fn(String) + Send + Sync>;

impl Ctx {
    /// A context that has not connected yet.
    pub fn new(connect: impl Connect + 'static) -> Self {
        Self {
            connect: Arc::new(connect),
            client: Arc::default(),
            target: None,
            templates: Store::default(),
            told: Arc::default(),
            of_call: None,
            session: None,
            asker: Arc::new(Nobody),
            only_looks: false,
        }
    }

    /// The same context for an agent's session.
    #[must_use]
    pub fn with_session(mut self, session: Arc<ClientSession>) -> Self {
        self.session = Some(session);
        self
    }

    /// The agent's session, where an agent acts.
    pub fn session(&self) -> Option<&Arc<ClientSession>> {
        self.session.as_ref()
    }

    /// Whether the agent's session has made that.
    pub fn has_made(&self, what: &str) -> bool {
        self.session
            .as_ref()
            .is_some_and(|session| session.has_made(what))
    }

    /// The same context with somebody to ask before something goes.
    #[must_use]
    pub fn with_asker(mut self, asker: Arc<dyn Asker>) -> Self {
        self.asker = asker;
        self
    }

    /// Who is asked before something goes.
    pub(super) fn asker(&self) -> &dyn Asker {
        &*self.asker
    }

    /// The same context for a call that is declared to change nothing.
    #[must_use]
    pub(super) fn looking(mut self, only: bool) -> Self {
        self.only_looks = only;
        self
    }

    /// Whether the call is declared to change nothing.
    pub(super) fn only_looks(&self) -> bool {
        self.only_looks
    }

    /// The same context for one call among many: with hearers of its own, and one look for the endpoint.
    #[must_use]
    pub fn for_call(&self) -> Self {
        Self {
            told: Arc::default(),
            of_call: Some(Arc::default()),
            ..self.clone()
        }
    }

    /// Who hears from now on how far operations are.
    pub fn hear(&self, told: Option<Told>) {
        *self
            .told
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = told;
    }

    /// Whether somebody hears how far operations are.
    pub fn is_heard(&self) -> bool {
        let told = self.told.lock();
        told.unwrap_or_else(std::sync::PoisonError::into_inner)
            .is_some()
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

    /// The client of the endpoint: of one call always the same.
    pub async fn client(&self) -> Result<Arc<Client>> {
        match &self.of_call {
            Some(client) => client.get_or_try_init(|| self.reconnected()).await.cloned(),
            None => self.reconnected().await,
        }
    }

    /// The client that was used last. Unlike [`Self::client`] this looks for no endpoint, and so starts no
    /// engine that somebody has stopped.
    pub fn last_client(&self) -> Option<Arc<Client>> {
        let kept = self.client.lock();
        kept.unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }

    /// The client of the present endpoint; the same one as long as that does not change.
    async fn reconnected(&self) -> Result<Arc<Client>> {
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
