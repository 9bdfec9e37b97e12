//! The MCP server over stdio, in both eras of the protocol: what is asked, and who answers it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CompleteRequestMethod, CompleteRequestParams,
    CompleteResult, GetPromptRequestMethod, GetPromptRequestParams, GetPromptResponse,
    Implementation, ListPromptsRequestMethod, ListPromptsResult,
    ListResourceTemplatesRequestMethod, ListResourceTemplatesResult, ListResourcesRequestMethod,
    ListResourcesResult, ListToolsResult, PaginatedRequestParams, ReadResourceRequestMethod,
    ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::{RequestContext, ServerInitializeError};
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt as _};
use tokio_util::sync::CancellationToken;

use crate::error::{Context as _, Error, Kind, Result};
use crate::ops::{Ctx, Role};

use super::call::{self, Calls};
use super::tool::Entry;
use super::{arguments, completion, instructions, prompts, resources, stdio, words};

/// How long calls may go on after the client has closed its side: for what was asked just before.
const GRACE: Duration = Duration::from_millis(500);
/// How long what is cancelled may take to end.
const LAST: Duration = Duration::from_millis(250);

/// What a server is started with.
pub struct Service {
    /// What operations share.
    pub ctx: Ctx,
    /// The tools that it has.
    pub tools: Vec<Entry>,
    /// Why nothing can be done, where the settings are wrong: said at the greeting and by each call, because
    /// a client shows nothing of a server that ends.
    pub trouble: Option<Error>,
}

/// Serves until standard input ends or `stop` is cancelled; then ends the agent's session.
pub async fn serve(service: Service, stop: CancellationToken) -> Result<()> {
    let ctx = service.ctx;
    let inside = ctx
        .session()
        .is_some_and(|session| session.confirm().asks_inside());
    let tools = service
        .tools
        .into_iter()
        .map(|entry| if inside { entry.asking() } else { entry })
        .map(|entry| (entry.tool.name.to_owned(), entry))
        .collect();
    let server = Server {
        shared: Arc::new(Shared {
            calls: Calls::new(ctx.clone()),
            tools,
            trouble: service.trouble,
        }),
    };
    let outcome = Box::pin(until_the_end(server, stop)).await;
    if let Some(session) = ctx.session() {
        session.end(&ctx.for_call()).await;
    }
    outcome
}

/// Serves until the client goes or `stop` is cancelled, and soon after gives up what does not end by itself.
async fn until_the_end(server: Server, stop: CancellationToken) -> Result<()> {
    let (transport, client) = stdio::open();
    let calls = CancellationToken::new();
    let ending = async {
        tokio::select! {
            () = stop.cancelled() => {}
            () = async { client.gone.cancelled().await; tokio::time::sleep(GRACE).await } => {}
        }
        calls.cancel();
        tokio::time::sleep(LAST).await;
    };
    let serving = async {
        let outcome = until_closed(server, transport, calls.clone()).await;
        client.flush().await;
        outcome
    };
    tokio::select! {
        outcome = serving => outcome,
        () = ending => {
            tracing::info!("server ended, not all of it by itself");
            Ok(())
        }
    }
}

async fn until_closed(
    server: Server,
    transport: stdio::Stdio,
    calls: CancellationToken,
) -> Result<()> {
    let running = match server.serve_with_ct(transport, calls).await {
        Ok(running) => running,
        // Clients that only look whether we are there close before the first message.
        Err(ServerInitializeError::ConnectionClosed(_) | ServerInitializeError::Cancelled) => {
            return Ok(());
        }
        Err(error) => {
            return Err(Error::new(
                Kind::Other,
                "the MCP client did not begin as the protocol says",
            )
            .because(error));
        }
    };
    let reason = running
        .waiting()
        .await
        .context(Kind::Internal, || "the MCP server broke".to_owned())?;
    tracing::info!(?reason, "server ended");
    Ok(())
}

/// Lists that have one page only give no cursor, and so take none.
fn first_page(request: Option<PaginatedRequestParams>) -> Result<(), ErrorData> {
    match request.and_then(|request| request.cursor) {
        Some(_) => Err(ErrorData::invalid_params(
            "params.cursor is not from this list: it has one page",
            None,
        )),
        None => Ok(()),
    }
}

#[derive(Clone)]
struct Server {
    shared: Arc<Shared>,
}

struct Shared {
    calls: Calls,
    tools: BTreeMap<String, Entry>,
    trouble: Option<Error>,
}

impl Server {
    fn has(&self, tool: &str) -> bool {
        self.shared.tools.contains_key(tool)
    }

    fn can(&self, role: Role) -> bool {
        self.shared.tools.values().any(|entry| entry.is(role))
    }

    fn reads_files(&self) -> bool {
        self.can(Role::ReadsFiles)
    }

    /// What is served at all is what is declared, and the other way round.
    fn has_resources(&self) -> bool {
        self.can(Role::ViewsSandboxes)
    }

    fn has_prompts(&self) -> bool {
        !prompts::list(|tool| self.has(tool)).is_empty()
    }

    /// Remembers who asks: the session's sandbox is called after it.
    fn greet(&self, context: &RequestContext<RoleServer>) {
        let session = self.shared.calls.ctx().session();
        if let (Some(session), Some(client)) = (session, context.client_info()) {
            session.greet(&client.name);
        }
    }

    /// A failure of what is no tool, as the protocol says it.
    fn failed(&self, error: &Error) -> ErrorData {
        let data = serde_json::to_value(call::report(error, |tool| self.has(tool))).ok();
        match error.kind() {
            Kind::NotFound => ErrorData::resource_not_found(error.text(), data),
            Kind::Usage => ErrorData::invalid_params(error.text(), data),
            _ => ErrorData::internal_error(error.text(), data),
        }
    }

    /// A context for one request.
    fn ctx(&self, context: &RequestContext<RoleServer>) -> Result<Ctx, ErrorData> {
        if let Some(trouble) = &self.shared.trouble {
            return Err(self.failed(trouble));
        }
        self.greet(context);
        Ok(self.shared.calls.ctx().for_call())
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let server = Implementation::new("daytona-mcp", env!("CARGO_PKG_VERSION"))
            .with_title("Daytona sandboxes");
        let mut capabilities = ServerCapabilities::builder().enable_tools().build();
        if self.has_resources() {
            capabilities.resources = Some(rmcp::model::ResourcesCapability::default());
        }
        if self.has_prompts() {
            capabilities.prompts = Some(rmcp::model::PromptsCapability::default());
        }
        if self.has_resources() || self.has_prompts() {
            capabilities.completions = Some(rmcp::model::JsonObject::default());
        }
        let instructions = match &self.shared.trouble {
            Some(trouble) => instructions::trouble(trouble),
            None => instructions::text(|tool| self.has(tool)),
        };
        ServerConfig::new(capabilities)
            .with_server_info(server)
            .with_instructions(instructions)
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        first_page(request)?;
        let tools = self.shared.tools.values();
        let tools = tools.map(|entry| entry.definition().clone()).collect();
        Ok(ListToolsResult::with_all_items(tools))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        let entry = self.shared.tools.get(name);
        entry.map(|entry| entry.definition().clone())
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(entry) = self.shared.tools.get(request.name.as_ref()) else {
            let known: Vec<&str> = self.shared.tools.keys().map(String::as_str).collect();
            let meant = match arguments::nearest(&request.name, known.iter().copied()) {
                Some(near) => format!("did you mean {near}? "),
                None => String::new(),
            };
            let message = format!(
                "there is no tool {}; {meant}there are: {}",
                words::of(&request.name.as_ref().into()),
                known.join(", ")
            );
            return Err(ErrorData::invalid_params(message, None));
        };
        self.greet(&context);
        let has = |tool: &str| self.has(tool);
        if let Some(trouble) = &self.shared.trouble {
            return Ok(call::refusal(trouble, has).into());
        }
        let calls = &self.shared.calls;
        Ok(calls
            .answer(entry, has, self.can(Role::AwaitsJobs), request, context)
            .await)
    }

    async fn list_prompts(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        if !self.has_prompts() {
            return Err(ErrorData::method_not_found::<ListPromptsRequestMethod>());
        }
        first_page(request)?;
        Ok(ListPromptsResult::with_all_items(prompts::list(|tool| {
            self.has(tool)
        })))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        if !self.has_prompts() {
            return Err(ErrorData::method_not_found::<GetPromptRequestMethod>());
        }
        let arguments = request.arguments.unwrap_or_default();
        prompts::get(&request.name, &arguments, |tool| self.has(tool))
            .map(Into::into)
            .map_err(|error| ErrorData::invalid_params(error.text(), None))
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        if !self.has_resources() {
            return Err(ErrorData::method_not_found::<ListResourcesRequestMethod>());
        }
        let cursor = request.and_then(|request| request.cursor);
        let paged = cursor.is_some();
        let listed = resources::list(&self.ctx(&context)?, cursor).await;
        listed.map_err(|error| match error.kind() {
            // Whatever a server says of a cursor that is not its own.
            Kind::Other if paged => {
                let message = format!("params.cursor is not from this list: {}", error.text());
                ErrorData::invalid_params(message, None)
            }
            _ => self.failed(&error),
        })
    }

    async fn list_resource_templates(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        if !self.has_resources() {
            return Err(ErrorData::method_not_found::<
                ListResourceTemplatesRequestMethod,
            >());
        }
        first_page(request)?;
        let templates = resources::templates(self.reads_files());
        Ok(ListResourceTemplatesResult::with_all_items(templates))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        if !self.has_resources() {
            return Err(ErrorData::method_not_found::<ReadResourceRequestMethod>());
        }
        let reading = self.ctx(&context)?;
        let read = resources::read(&reading, &request.uri, self.reads_files());
        let read = tokio::select! {
            read = read => read,
            () = context.ct.cancelled() => Err(Error::new(Kind::Interrupted, "the request was cancelled")),
        };
        read.map(Into::into).map_err(|error| self.failed(&error))
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        if !self.has_resources() && !self.has_prompts() {
            return Err(ErrorData::method_not_found::<CompleteRequestMethod>());
        }
        let ctx = self.ctx(&context)?;
        Ok(completion::complete(&ctx, &request, self.reads_files()).await)
    }
}
