//! The MCP server over stdio: both protocol eras, calls side by side, cancellation, nothing that hangs.

use std::collections::BTreeMap;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::FutureExt as _;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, CompleteRequestMethod,
    CompleteRequestParams, CompleteResult, ContentBlock, Implementation, ListPromptsRequestMethod,
    ListPromptsResult, ListResourceTemplatesRequestMethod, ListResourceTemplatesResult,
    ListResourcesRequestMethod, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::{RequestContext, ServerInitializeError};
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt as _};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::error::{Context as _, Error, Kind, Result};
use crate::ops::Ctx;

use super::tool::{Entry, Reply};

const INSTRUCTIONS: &str = "Throw-away sandboxes for running commands and code. \
Make one with create_sandbox, act in it with execute_command, remove it with destroy_sandbox when \
it is no longer needed. A sandbox is named by its id or its name in every tool; its files outlive \
stop_sandbox, not destroy_sandbox. A sandbox that is not used for its auto-stop interval is stopped \
by itself.";

/// Serves until standard input ends or `stop` is cancelled.
pub async fn serve(ctx: Ctx, tools: Vec<Entry>, stop: CancellationToken) -> Result<()> {
    let tools = tools
        .into_iter()
        .map(|entry| (entry.definition.name.to_string(), entry))
        .collect();
    let server = Server {
        shared: Arc::new(Shared { ctx, tools }),
    };
    let running = match server
        .serve_with_ct(rmcp::transport::stdio_pipes(), stop)
        .await
    {
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

#[derive(Clone)]
struct Server {
    shared: Arc<Shared>,
}

struct Shared {
    ctx: Ctx,
    tools: BTreeMap<String, Entry>,
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let server = Implementation::new("daytona-mcp", env!("CARGO_PKG_VERSION"))
            .with_title("Daytona sandboxes");
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(server)
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tools = self
            .shared
            .tools
            .values()
            .map(|entry| entry.definition.clone())
            .collect();
        Ok(ListToolsResult::with_all_items(tools))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.shared
            .tools
            .get(name)
            .map(|entry| entry.definition.clone())
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(entry) = self.shared.tools.get(request.name.as_ref()) else {
            let known: Vec<&str> = self.shared.tools.keys().map(String::as_str).collect();
            let message = format!(
                "there is no tool {}; there are: {}",
                request.name,
                known.join(", ")
            );
            return Err(ErrorData::invalid_params(message, None));
        };
        let arguments = request.arguments.unwrap_or_default();
        // What is named in the log: which tool and which sandbox, never what is run or written there.
        let sandbox = arguments
            .get("id")
            .or(arguments.get("name"))
            .and_then(Value::as_str)
            .unwrap_or("")
            .to_owned();
        let begun = Instant::now();
        let call = entry.call(self.shared.ctx.for_call(), arguments);
        let outcome = guarded(call, &context.ct).await;
        let result = match outcome {
            Ok(reply) => {
                tracing::info!(tool = %request.name, sandbox, elapsed = ?begun.elapsed(), "call succeeded");
                success(reply)
            }
            Err(error) => {
                tracing::warn!(tool = %request.name, sandbox, elapsed = ?begun.elapsed(), kind = ?error.kind(), "call failed");
                refusal(&error)
            }
        };
        Ok(result.into())
    }

    // Answered although not declared by the library's defaults; what is not declared must not be served.
    async fn list_prompts(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        Err(ErrorData::method_not_found::<ListPromptsRequestMethod>())
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        Err(ErrorData::method_not_found::<ListResourcesRequestMethod>())
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Err(ErrorData::method_not_found::<
            ListResourceTemplatesRequestMethod,
        >())
    }

    async fn complete(
        &self,
        _: CompleteRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        Err(ErrorData::method_not_found::<CompleteRequestMethod>())
    }
}

/// The structured result, the same as text for clients that read only that, and pictures as pictures.
fn success(reply: Reply) -> CallToolResult {
    let mut result = CallToolResult::structured(reply.value);
    let pictures = reply.attached.into_iter();
    result.content.extend(
        pictures.map(|picture| {
            ContentBlock::image(STANDARD.encode(&picture.bytes), picture.media_type)
        }),
    );
    result
}

/// A failure that the model can read and act on: `{kind, message, hints}` as text, and no structured
/// content, which would have to fit the tool's output schema.
fn refusal(error: &Error) -> CallToolResult {
    let text = serde_json::to_string(&error.report()).unwrap_or_else(|_| error.text());
    CallToolResult::error(vec![ContentBlock::text(text)])
}

/// The call's outcome, also where it panics or is cancelled: a client that gets no reply hangs.
async fn guarded<T>(
    call: impl Future<Output = Result<T>>,
    cancel: &CancellationToken,
) -> Result<T> {
    tokio::select! {
        outcome = AssertUnwindSafe(call).catch_unwind() => outcome.unwrap_or_else(|panic| Err(broken(&*panic))),
        () = cancel.cancelled() => Err(Error::new(Kind::Interrupted, "the call was cancelled")),
    }
}

fn broken(panic: &(dyn std::any::Any + Send)) -> Error {
    let reason = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    tracing::error!(reason, "a tool panicked");
    Error::internal("the tool broke; this is a defect of daytona")
        .hint("the log says more: ~/.daytona/daytona-mcp.log")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_error_that_says_so() {
        let cancel = CancellationToken::new();
        let error = guarded::<()>(async { panic!("by intent") }, &cancel)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), Kind::Internal);
        let result = refusal(&error);
        assert_eq!(result.is_error, Some(true));
        assert!(result.structured_content.is_none());
    }

    #[tokio::test]
    async fn a_cancelled_call_ends_at_once() {
        let cancel = CancellationToken::new();
        cancel.cancel();
        let error = guarded::<()>(std::future::pending(), &cancel)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), Kind::Interrupted);
    }
}
