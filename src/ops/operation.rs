//! What an operation is: inputs documented once, a run, one result for people, JSON and MCP.

use std::future::Future;

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Result;

use super::{Ctx, gate};

/// A verb that users see. A field's `///` is the flag's help, the man page and the MCP description.
///
/// Those that a terminal offers are `clap::Args` too, and their output is [`crate::output::Human`].
pub trait Operation: DeserializeOwned + JsonSchema + Send {
    /// The one result: `--json`, MCP's structured content, and what people read.
    type Output: Serialize + JsonSchema + Send;

    /// The MCP tool that this operation is, if it is one.
    const TOOL: Option<Tool> = None;

    /// The words of the terminal's command that does what the tool does: hints name either.
    const COMMAND: Option<&'static str> = None;

    /// What else the tool is for, where something depends on its being there.
    const ROLES: &'static [Role] = &[];

    /// Does it. Dropping the future cancels it.
    fn run(self, ctx: &Ctx) -> impl Future<Output = Result<Self::Output>> + Send;

    /// Takes out of the result what an agent gets beside it, as it is: pictures.
    fn attached(_output: &mut Self::Output) -> Vec<Attachment> {
        Vec::new()
    }
}

/// An operation that a terminal offers as it is: what is shown of it while it goes on.
pub trait TerminalCommand: Operation {
    /// What is going on, e.g. ``starting `demo` ``.
    fn doing(&self) -> String;

    /// The sandbox that an interruption leaves on its way.
    fn underway(&self) -> Option<&str> {
        None
    }
}

/// Runs an operation, whoever asks: one that is a tool is held to what it declares of itself.
pub async fn perform<O: Operation>(operation: O, ctx: &Ctx) -> Result<O::Output> {
    let Some(tool) = &O::TOOL else {
        return operation.run(ctx).await;
    };
    let ctx = ctx.clone().looking(tool.effect == Effect::Reads);
    gate::held(tool, Box::pin(operation.run(&ctx))).await
}

/// A file that is part of a result.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Attachment {
    /// Its media type, e.g. `image/png`.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
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
    /// What it acts on: nothing of it is sent, and nothing returned, before the session's scope has let that through.
    pub on: On,
    /// Whether it may reach what is outside of the server: registries, repositories, anything by a program.
    pub open_world: bool,
    /// Whether it is there unless other tools are chosen: at most twenty are.
    pub default: bool,
}

/// What a tool is for, as far as something else of a server depends on that.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Role {
    /// Shows what is in files: without such a tool none is read by its address either.
    ReadsFiles,
    /// Shows sandboxes: without such a tool none is seen by its address either.
    ViewsSandboxes,
    /// Waits for jobs, and so for calls that go on after their answer.
    AwaitsJobs,
    /// Ends jobs, and so calls that go on after their answer.
    EndsJobs,
}

/// Takes tools, each by its type: every noun lists its own to it.
pub trait ToolList {
    /// A tool whose result is the operation's.
    fn add<O: Operation + 'static>(&mut self) {
        self.add_shown::<O, O::Output>();
    }

    /// A tool whose result is shorter than what people get.
    fn add_shown<O, Shown>(&mut self)
    where
        O: Operation + 'static,
        Shown: From<O::Output> + Serialize + JsonSchema + 'static;
}

/// Tools that are switched on and off together (`--toolsets`).
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Group {
    /// The lifecycle of sandboxes.
    Sandbox,
    /// Running commands and code.
    Exec,
    /// Files in a sandbox.
    Files,
    /// Repositories in a sandbox.
    Git,
    /// Servers in a sandbox, seen from outside.
    Preview,
    /// Snapshots.
    Snapshot,
    /// Volumes.
    Volume,
    /// A sandbox's desktop.
    ComputerUse,
}

/// What a tool acts on, which a session's scope bounds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum On {
    /// Nothing in particular: it only looks.
    Nothing,
    /// A sandbox, or something in it.
    Sandbox,
    /// A sandbox that is made.
    NewSandbox,
    /// A snapshot.
    Snapshot,
    /// A snapshot that is made.
    NewSnapshot,
    /// A volume.
    Volume,
    /// A volume that is made.
    NewVolume,
}

impl On {
    /// What people call it.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Sandbox | Self::NewSandbox => "sandbox",
            Self::Snapshot | Self::NewSnapshot => "snapshot",
            Self::Volume | Self::NewVolume => "volume",
        }
    }
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
    /// Brings about a state, and may replace what was there within the sandbox.
    Overwrites,
    /// May do anything within the sandbox.
    Acts,
    /// May lose something for good: asked for at the gate.
    Destroys,
}
