//! An operation as a tool: its definition, and how it is called.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use rmcp::model::{Tool as Definition, ToolAnnotations};
use serde_json::{Map, Value};

use crate::error::{Context as _, Error, Kind, Result};
use crate::ops::{Ctx, Effect, Operation};

use super::schema;

type Calling = Pin<Box<dyn Future<Output = Result<Value>> + Send>>;

/// One tool.
pub struct Entry {
    /// What `tools/list` says of it.
    pub definition: Definition,
    call: fn(Arc<Ctx>, Map<String, Value>) -> Calling,
}

impl Entry {
    /// The tool that an operation is.
    ///
    /// # Panics
    /// If the operation is none: the list of tools is wrong then.
    pub fn of<O: Operation + 'static>() -> Self {
        let tool = O::TOOL.expect("the operation is a tool");
        let annotations = ToolAnnotations::with_title(tool.title)
            .read_only(tool.effect == Effect::Reads)
            .destructive(matches!(tool.effect, Effect::Destroys | Effect::Acts))
            .idempotent(matches!(
                tool.effect,
                Effect::Reads | Effect::Sets | Effect::Destroys
            ))
            .open_world(tool.effect == Effect::Acts);
        let definition = Definition::new(tool.name, tool.description, schema::of_input::<O>())
            .with_title(tool.title)
            .with_raw_output_schema(schema::of_output::<O::Output>())
            .with_annotations(annotations);
        Self {
            definition,
            call: |ctx, arguments| Box::pin(call::<O>(ctx, arguments)),
        }
    }

    /// Runs the operation. Dropping the future cancels it.
    pub(super) fn call(&self, ctx: Arc<Ctx>, arguments: Map<String, Value>) -> Calling {
        (self.call)(ctx, arguments)
    }
}

async fn call<O: Operation>(ctx: Arc<Ctx>, arguments: Map<String, Value>) -> Result<Value> {
    let operation = serde_json::from_value::<O>(Value::Object(arguments)).map_err(|error| {
        Error::new(Kind::Usage, format!("the arguments do not fit: {error}"))
            .hint("call the tool again with arguments as its input schema says")
    })?;
    let output = operation.run(&ctx).await?;
    serde_json::to_value(output).context(Kind::Internal, || "cannot encode the result".to_owned())
}
