//! Git on the wire: the toolbox's `/git` routes.

use serde::{Deserialize, Serialize};

/// What any request about a repository may hold: each route takes what it knows.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct GitRequest {
    /// The repository's folder.
    pub path: String,
    /// Where to clone from, or the address of a remote.
    pub url: String,
    /// A branch.
    pub branch: Option<String>,
    /// A commit to check out after a clone.
    pub commit_id: Option<String>,
    /// How many commits a clone has.
    pub depth: Option<u32>,
    /// Accept any certificate.
    pub insecure_skip_tls: Option<bool>,
    /// For the server.
    pub username: Option<String>,
    /// For the server.
    pub password: Option<String>,
    /// The name of a branch, a remote or a person.
    pub name: String,
    /// Files, relative to the repository.
    pub files: Vec<String>,
    /// Of a commit.
    pub message: String,
    /// Who made a commit.
    pub author: String,
    /// Their address.
    pub email: String,
    /// Commit even where nothing has changed.
    pub allow_empty: Option<bool>,
    /// A remote; `origin` where absent.
    pub remote: Option<String>,
    /// Remember where the branch was pushed to.
    pub set_upstream: Option<bool>,
    /// Fetch from a remote that was added.
    pub fetch: Option<bool>,
    /// Replace a remote of the same name.
    pub overwrite: Option<bool>,
    /// Make a repository without files of its own.
    pub bare: Option<bool>,
    /// The branch that a new repository begins with.
    pub initial_branch: Option<String>,
    /// `soft`, `mixed`, `hard`, `merge` or `keep`.
    pub mode: Option<String>,
    /// The commit to reset to.
    pub target: Option<String>,
    /// The commit to restore from.
    pub source: Option<String>,
    /// Restore what is staged.
    pub staged: Option<bool>,
    /// Restore the files.
    pub worktree: Option<bool>,
    /// The name of a setting.
    pub key: String,
    /// The value of a setting.
    pub value: String,
    /// `global`, `local` or `system`.
    pub scope: Option<String>,
    /// The server that credentials are for.
    pub host: Option<String>,
    /// `https`, also where absent.
    pub protocol: Option<String>,
}

/// The reply of `GET /git/status`.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct GitStatus {
    /// The branch; `HEAD` where none is checked out.
    pub current_branch: String,
    /// Files that are not as in the last commit.
    pub file_status: Vec<GitFileStatus>,
    /// Whether a branch of a remote belongs to it.
    pub branch_published: bool,
    /// Commits that the remote does not have.
    pub ahead: u64,
    /// Commits that only the remote has.
    pub behind: u64,
    /// Whether no branch is checked out.
    pub detached: bool,
    /// The branch of the remote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream: Option<String>,
}

/// One file of [`GitStatus`].
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct GitFileStatus {
    /// Its name, relative to the repository.
    pub name: String,
    /// Its name before it was renamed.
    pub extra: String,
    /// What is staged, in a word: `Unmodified`, `Untracked`, `Modified`, …
    pub staging: String,
    /// What is not.
    pub worktree: String,
}

/// The reply of `GET /git/branches`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct GitBranches {
    /// Names of local branches.
    pub branches: Vec<String>,
    /// The one that is checked out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<String>,
}

/// The reply of `POST /git/commit`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct GitCommit {
    /// The commit.
    pub hash: String,
}

/// One commit of `GET /git/history`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct GitCommitInfo {
    /// The commit.
    pub hash: String,
    /// Who made it.
    pub author: String,
    /// Their address.
    pub email: String,
    /// What it says.
    pub message: String,
    /// When (RFC 3339).
    pub timestamp: String,
}

/// The reply of `GET /git/remotes`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct GitRemotes {
    /// The remotes.
    pub remotes: Vec<GitRemote>,
}

/// A remote.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct GitRemote {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
}

/// The reply of `GET /git/config`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct GitConfig {
    /// The value; absent where it is not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}
