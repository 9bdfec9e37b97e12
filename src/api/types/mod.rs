//! The wire: what the REST API sends and receives, shared by the client, the engine, `--json` and MCP.
//!
//! Field names are the API's. Unknown fields and enum values parse, because servers are newer than us.

mod account;
mod build;
mod error_body;
mod files;
mod git;
mod interpreter;
mod key;
mod lenient;
mod name;
mod preview;
mod process;
mod protection;
mod pty;
mod said;
mod sandbox;
mod sandbox_request;
mod system;
mod toolbox;
mod trash;
mod usage;
mod vault;
mod volume;

pub use account::{
    About, ApiKey, CreateSnapshot, Health, Region, ServerConfig, Snapshot, SnapshotPage,
};
pub use build::{BuildInfo, BuildLogsUrl};
pub use error_body::ErrorBody;
pub use files::{
    BulkDownload, BulkUploaded, FileInfo, Match, ReplaceRequest, ReplaceResult, SearchResult,
    UploadedFile, UploadedSize,
};
pub use git::{
    GitBranches, GitCommit, GitCommitInfo, GitConfig, GitFileStatus, GitRemote, GitRemotes,
    GitRequest, GitStatus,
};
pub use interpreter::{
    ContextList, ContextNew, InterpreterContext, InterpreterEvent, InterpreterRun,
};
pub use key::{MadeApiKey, NewApiKey, PERMISSIONS};
pub(crate) use name::{check_name, check_title};
pub use preview::{PreviewUrl, SignedPreviewUrl, SshAccess};
pub use process::{CodeArtifacts, CodeRunRequest, CodeRunResponse, Message, UpdateEnv};
pub use protection::{PROTECTED_LABEL, PROTECTED_WHY_LABEL, Protection};
pub use pty::{
    PTY_ENVS, PTY_EXIT_CONTROL, PtyControl, PtyExit, PtyInfo, PtyList, PtyMade, PtyNew, PtySize,
};
pub use said::Said;
pub use sandbox::{
    Limit, Revision, RuntimeReport, Sandbox, SandboxPage, SortField, SortOrder, State, ToolboxUrl,
};
pub use sandbox_request::{CreateSandbox, NetworkSettings, Resize};
pub use system::{PortInUse, PortList, SystemMetrics};
pub use toolbox::{
    CommandLogs, Dir, ExecuteRequest, ExecuteResponse, Session, SessionCommand, SessionExec,
    SessionExecResponse, SessionInput, SessionNew, Version,
};
pub use trash::{Emptied, Restore, TRASH_DAYS, TrashPage, Trashed};
pub use usage::{RegionUsage, Usage};
pub use vault::{NewSecret, SecretChange, SecretPage, VaultSecret};
pub use volume::{NewVolume, SandboxVolume, Volume};

/// The header in which the API says its version.
pub const API_VERSION_HEADER: &str = "x-daytona-api-version";

/// Header by which our engine says its version, and so that its extensions are there.
///
/// Extensions of the contract: the end of a command's standard input (`SessionInput::eof`),
/// transient sessions (`SessionNew::transient`), one log frame per chunk of one stream, and terminals
/// that run a command (`PtyNew::command`), leases of agents' sessions ([`SESSION_LABEL`]), and an interruption
/// before the end of a session (`?signal=INT`).
pub const ENGINE_HEADER: &str = "x-daytona-engine";

/// The label of sandboxes that go with the session of an agent, or with the `daytona run` that made them. Our engine deletes them when the session's
/// last lease ends; elsewhere their auto-stop and auto-delete intervals do.
pub const SESSION_LABEL: &str = "daytona.io/agent-session";

/// Three bytes before each chunk of standard output in a session's log (toolbox API, sessions).
pub const STDOUT_MARK: [u8; 3] = [1, 1, 1];
/// Three bytes before each chunk of standard error in a session's log.
pub const STDERR_MARK: [u8; 3] = [2, 2, 2];
