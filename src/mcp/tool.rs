//! An operation as a tool: its definition, and how it is called.

use std::future::Future;
use std::pin::Pin;
use std::sync::OnceLock;

use rmcp::model::{Tool as Definition, ToolAnnotations};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::error::{Context as _, Error, Kind, Result};
use crate::ops::file::picture;
use crate::ops::{Attachment, Ctx, Effect, Operation, Role, Tool, perform};

use super::schema::{self, Describe, Extra};
use super::{arguments, call, confirm};

type Doing = Pin<Box<dyn Future<Output = Result<Reply>> + Send>>;
type Call = fn(Ctx, Map<String, Value>) -> Doing;

/// One tool.
pub struct Entry {
    /// What the operation says of itself.
    pub tool: Tool,
    /// The terminal's command that does the same.
    command: Option<&'static str>,
    roles: &'static [Role],
    input: Describe,
    output: Describe,
    definition: OnceLock<Definition>,
    checked: OnceLock<Map<String, Value>>,
    call: Call,
    /// Whether its user may be asked before it acts inside of something.
    asks_inside: bool,
}

/// What a tool returns.
pub(super) struct Reply {
    /// The structured result.
    pub(super) value: Value,
    /// What comes beside it.
    pub(super) attached: Vec<Attachment>,
}

impl Entry {
    /// The tool that an operation is, with its own result or one that is shorter than what people get.
    ///
    /// # Panics
    /// If the operation is none: the list of tools is wrong then.
    pub(super) fn shown_as<O, Shown>() -> Self
    where
        O: Operation + 'static,
        Shown: From<O::Output> + Serialize + JsonSchema + 'static,
    {
        let tool = O::TOOL.expect("the operation is a tool");
        Self {
            tool,
            command: O::COMMAND,
            roles: O::ROLES,
            input: O::json_schema,
            output: Shown::json_schema,
            definition: OnceLock::new(),
            checked: OnceLock::new(),
            call: |ctx, arguments| Box::pin(run::<O, Shown>(ctx, arguments)),
            asks_inside: false,
        }
    }

    /// The words of the terminal's command that does the same, if one does.
    pub fn command(&self) -> Option<&'static str> {
        self.command
    }

    /// Whether it is for that.
    pub(super) fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// What `tools/list` says of it; made when it is first asked for, because many servers start for
    /// a look only.
    pub fn definition(&self) -> &Definition {
        self.definition.get_or_init(|| {
            let tool = &self.tool;
            let input = schema::of_input(self.input, &self.extras());
            Definition::new(tool.name, tool.description, input)
                .with_title(tool.title)
                .with_raw_output_schema(schema::of_output(self.output))
                .with_annotations(annotations(tool))
        })
    }

    /// The same tool, of whose calls the user may be asked before they act inside of something.
    #[must_use]
    pub(super) fn asking(mut self) -> Self {
        self.asks_inside = self.tool.effect != Effect::Reads;
        self
    }

    /// The arguments of a call as the operation takes them.
    pub(super) fn check(&self, arguments: Map<String, Value>) -> Result<Map<String, Value>> {
        let schema = self
            .checked
            .get_or_init(|| schema::of_check(self.input, &self.extras()));
        arguments::check(self.tool.name, schema, arguments)
    }

    /// What a call may carry besides.
    fn extras(&self) -> Vec<Extra> {
        let mut extras = Vec::new();
        if self.tool.effect == Effect::Adds {
            extras.push(Extra {
                name: call::KEY,
                description: "A retry with it runs once",
            });
        }
        if self.tool.effect == Effect::Destroys || self.asks_inside {
            extras.push(Extra {
                name: confirm::ARGUMENT,
                description: "Token of a result",
            });
        }
        extras
    }

    /// Runs the operation. Dropping the future cancels it.
    pub(super) fn call(&self, ctx: Ctx, arguments: Map<String, Value>) -> Doing {
        (self.call)(ctx, arguments)
    }
}

/// What a tool does to the world, as clients are told it: all that differs from the protocol's defaults.
fn annotations(tool: &Tool) -> ToolAnnotations {
    let annotations = ToolAnnotations::new().open_world(tool.open_world);
    match tool.effect {
        Effect::Reads => annotations.read_only(true),
        Effect::Adds => annotations.read_only(false).destructive(false),
        Effect::Sets => annotations
            .read_only(false)
            .destructive(false)
            .idempotent(true),
        Effect::Acts => annotations.read_only(false).destructive(true),
        Effect::Overwrites | Effect::Destroys => annotations
            .read_only(false)
            .destructive(true)
            .idempotent(true),
    }
}

/// Leaves out what is null: clients that check results know no null.
fn prune(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|_, value| !value.is_null());
            object.values_mut().for_each(prune);
        }
        Value::Array(items) => items.iter_mut().for_each(prune),
        _ => {}
    }
}

fn parse<O: Operation>(arguments: Map<String, Value>) -> Result<O> {
    // What the schema can say was checked before; the rest is said by each argument's own words.
    serde_path_to_error::deserialize::<_, O>(Value::Object(arguments)).map_err(|error| {
        let (path, why) = (error.path().to_string(), error.inner());
        let message = match path.as_str() {
            "." => format!("the arguments do not fit: {why}"),
            path => format!("`{path}` does not fit: {why}"),
        };
        Error::usage(message).hint("call the tool again with arguments as its input schema says")
    })
}

async fn run<O, Shown>(ctx: Ctx, arguments: Map<String, Value>) -> Result<Reply>
where
    O: Operation,
    Shown: From<O::Output> + Serialize,
{
    let mut output = perform(parse::<O>(arguments)?, &ctx).await?;
    let attached = O::attached(&mut output);
    reply(serde_json::to_value(Shown::from(output)), attached).await
}

/// Whatever made a picture, it is shown only where every client's API takes it.
async fn reply(value: serde_json::Result<Value>, attached: Vec<Attachment>) -> Result<Reply> {
    let mut value = value.context(Kind::Internal, || "cannot encode the result".to_owned())?;
    prune(&mut value);
    let shown = picture::show(attached).await?;
    if !shown.notes.is_empty() {
        value["pictureNotes"] = shown.notes.into();
    }
    Ok(Reply {
        value,
        attached: shown.pictures,
    })
}
