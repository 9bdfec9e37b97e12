//! The tools of the older interpreters under their names and with their arguments, for agents and
//! instructions that know these: each is one of ours.

mod download;
mod wording;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::Result;
use crate::ops::file::upload::{Upload, Uploaded};
use crate::ops::git::clone::{Clone as GitClone, Cloned};
use crate::ops::job::execute::ExecuteCommand;
use crate::ops::job::report::Ran;
use crate::ops::job::run_code::{CodeRan, RunCode};
use crate::ops::sandbox::preview_link::{Link, PreviewLink};
use crate::ops::{Attachment, Ctx, Effect, Group, On, Operation, Tool, ToolList};

pub use download::{FileDownload, Returned};

use wording::reworded;

/// The tools of the older interpreters.
pub fn tools(list: &mut impl ToolList) {
    list.add::<ShellExec>();
    list.add::<PythonInterpreter>();
    list.add::<PythonExec>();
    list.add::<FileUpload>();
    list.add::<FileDownload>();
    list.add::<CloneRepository>();
    list.add::<WebPreview>();
}

/// Shell text to run
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShellExec {
    /// Shell text
    pub command: String,
}

impl Operation for ShellExec {
    type Output = Ran;

    const TOOL: Option<Tool> = Some(Tool {
        name: "shell_exec",
        title: "Execute shell command",
        description: "Runs shell text in the session's sandbox: stdout, stderr and exitCode. `&` starts a server that goes on. What \
            takes long goes on as a job for get_job.",
        group: Group::Exec,
        default: true,
        effect: Effect::Acts,
        on: On::Sandbox,
        open_world: true,
    });

    async fn run(self, ctx: &Ctx) -> Result<Ran> {
        let command = ExecuteCommand {
            command: self.command,
            ..ExecuteCommand::default()
        };
        command.run(ctx).await.map_err(|error| reworded(&error))
    }
}

macro_rules! python {
    ($name:ident, $tool:literal) => {
        /// A Python program to run
        #[derive(Clone, Debug, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// The program's text
            pub code: String,
        }

        impl Operation for $name {
            type Output = CodeRan;

            const TOOL: Option<Tool> = Some(Tool {
                name: $tool,
                title: "Run Python",
                description: "Runs a Python program in the session's sandbox, in a process of its own: stdout, stderr, exitCode and time. \
                    Files stay for later calls; figures of matplotlib come back as images.",
                group: Group::Exec,
                default: true,
                effect: Effect::Acts,
                on: On::Sandbox,
                open_world: true,
            });

            async fn run(self, ctx: &Ctx) -> Result<CodeRan> {
                let program = RunCode {
                    code: self.code,
                    ..RunCode::default()
                };
                program.run(ctx).await.map_err(|error| reworded(&error))
            }

            fn attached(output: &mut CodeRan) -> Vec<Attachment> {
                RunCode::attached(output)
            }
        }
    };
}

python!(PythonInterpreter, "python_interpreter");
python!(PythonExec, "python_exec");

/// A file to write
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileUpload {
    /// Path of the file; folders above it are made
    pub file_path: String,

    /// What it is to hold
    pub content: String,

    /// text, or base64 for bytes [default: text]
    #[serde(default)]
    #[schemars(schema_with = "crate::ops::file::upload::encodings")]
    pub encoding: Option<String>,

    /// Replace a file that is there [default: true]
    #[serde(default)]
    #[schemars(with = "bool")]
    pub overwrite: Option<bool>,
}

impl Operation for FileUpload {
    type Output = Uploaded;

    const TOOL: Option<Tool> = Some(Tool {
        name: "file_upload",
        title: "Upload file",
        description: "Writes a file in the session's sandbox and checks it.",
        group: Group::Files,
        default: true,
        effect: Effect::Overwrites,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Uploaded> {
        let upload = Upload {
            file_path: self.file_path,
            content: self.content,
            encoding: self.encoding,
            overwrite: self.overwrite.unwrap_or(true),
            id: String::new(),
        };
        upload.run(ctx).await.map_err(|error| reworded(&error))
    }
}

/// A repository to clone
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloneRepository {
    /// Address of the repository
    pub repo_url: String,

    /// Folder [default: the repository's name]
    #[serde(default)]
    #[schemars(with = "String")]
    pub target_path: Option<String>,

    /// Branch or tag
    #[serde(default)]
    #[schemars(with = "String")]
    pub branch: Option<String>,

    /// Commits, 0 for all [default: 1]
    #[serde(default)]
    #[schemars(with = "u32")]
    pub depth: Option<u32>,

    /// Fetch the files of Git LFS [default: false]
    #[serde(default)]
    pub lfs: bool,
}

impl Operation for CloneRepository {
    type Output = Cloned;

    const TOOL: Option<Tool> = Some(Tool {
        name: "git_clone",
        title: "Clone repository",
        description: "Clones a repository into the session's sandbox. Returns folder, branch, last commit, number and names of files.",
        group: Group::Git,
        default: true,
        effect: Effect::Adds,
        on: On::Sandbox,
        open_world: true,
    });

    async fn run(self, ctx: &Ctx) -> Result<Cloned> {
        let clone = GitClone {
            url: self.repo_url,
            path: self.target_path,
            branch: self.branch,
            depth: self.depth,
            lfs: Some(self.lfs),
            ..GitClone::default()
        };
        clone.run(ctx).await.map_err(|error| reworded(&error))
    }
}

/// A port of the sandbox
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebPreview {
    /// Port of the server
    #[schemars(range(min = 1, max = 65535))]
    pub port: u16,

    /// What it is, for people
    #[serde(default)]
    pub description: String,

    /// Check that it answers [default: true]
    #[serde(default)]
    #[schemars(with = "bool")]
    pub check_server: Option<bool>,
}

impl Operation for WebPreview {
    type Output = Link;

    const TOOL: Option<Tool> = Some(Tool {
        name: "web_preview",
        title: "Preview link",
        description: "Returns a URL, valid for an hour, for a server in the session's sandbox. Checks that it listens and answers.",
        group: Group::Preview,
        default: true,
        effect: Effect::Sets,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Link> {
        let link = PreviewLink {
            port: self.port,
            description: Some(self.description).filter(|text| !text.is_empty()),
            check_server: self.check_server,
            id: String::new(),
        };
        link.run(ctx).await.map_err(|error| reworded(&error))
    }
}
