//! `git_clone`: a repository from another server, and what it holds.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::{Error, Kind, Result};
use crate::ops::inside::{Inside, checked_path};
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

use super::report::{self, Report};
use super::ssh;
use super::trouble::explained;

/// How long a clone may take.
const LONGEST_CLONE: Duration = Duration::from_mins(30);

/// A repository to clone
#[derive(Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Clone {
    /// Address of the repository
    #[schemars(description = "")]
    pub url: String,

    /// Folder [default: the repository's name]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub path: Option<String>,

    /// Branch or tag
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub branch: Option<String>,

    /// Commit to check out
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub commit_id: Option<String>,

    /// Commits, 0 for all [default: 1]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub depth: Option<u32>,

    /// For a private one
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub username: Option<String>,

    /// Or token
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub password: Option<String>,

    /// Variable or file in the sandbox
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub ssh_key: Option<String>,

    /// Whether the files of Git LFS are fetched, where the caller says it; they are otherwise
    #[serde(skip)]
    pub lfs: Option<bool>,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

/// What was cloned
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cloned {
    /// Where it is
    pub path: String,
    /// The branch; none where a commit is checked out
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub branch: Option<String>,
    /// The branches that the repository has, the first fifty
    #[schemars(skip)]
    pub branches: Vec<String>,
    /// The commit that is checked out; none of an empty repository
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub last_commit: Option<LastCommit>,
    /// How many files it has
    pub file_count: u64,
    /// Some of them
    #[schemars(skip)]
    pub sample: Vec<String>,
    /// What became of files that Git LFS keeps elsewhere
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub lfs: Option<String>,
    /// What became of repositories inside this one
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub submodules: Option<String>,
}

/// A commit
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct LastCommit {
    /// The commit
    pub hash: String,
    /// Who made it
    pub author: String,
    /// When
    pub date: String,
    /// Its first line
    pub message: String,
}

impl Operation for Clone {
    type Output = Cloned;

    const TOOL: Option<Tool> = Some(Tool {
        name: "git_clone",
        title: "Clone repository",
        description: "Clones a repository, Git LFS too. Returns branch, last commit and files.",
        group: Group::Git,
        default: true,
        effect: Effect::Adds,
        on: On::Sandbox,
        open_world: true,
    });

    async fn run(self, ctx: &Ctx) -> Result<Cloned> {
        let path = match self.path.as_deref().filter(|path| *path != ".") {
            Some(path) => checked_path(path)?.to_owned(),
            None => named(&self.url)?,
        };
        let inside = Inside::of(ctx, &self.id).await?;
        ctx.tell("cloning");
        let cloned = if let Some(key) = self.ssh_key.as_deref().filter(|key| !key.is_empty()) {
            self.by_ssh(&inside, &path, key).await
        } else {
            let (client, toolbox) = (&inside.client, &inside.toolbox);
            client
                .git_clone(toolbox, &self.body(&path), LONGEST_CLONE)
                .await
        };
        cloned.map_err(|error| match error.kind() {
            Kind::Conflict => error.hint("give another folder: path"),
            _ => explained(error),
        })?;
        let mut report = report::of(&inside, &path).await?;
        let mut failed = None;
        if report.pointers > 0 && report.has_lfs && self.lfs != Some(false) {
            ctx.tell("fetching the files of Git LFS");
            let credentials = self.password.as_deref().map(|password| {
                let username = self.username.as_deref().unwrap_or_default();
                (username, password)
            });
            failed = report::pull_lfs(&inside, &path, &self.url, credentials).await?;
            report = report::of(&inside, &path).await?;
        }
        Ok(Cloned {
            lfs: lfs(&report, failed),
            submodules: submodules(&report.submodules),
            last_commit: report.commit.map(|hash| LastCommit {
                hash,
                author: report.author,
                date: report.date,
                message: report.message,
            }),
            branch: report.branch,
            branches: report.branches,
            file_count: report.files,
            sample: report.sample,
            path,
        })
    }
}

impl Clone {
    async fn by_ssh(&self, inside: &Inside, path: &str, key: &str) -> Result<()> {
        let depth = self.depth.unwrap_or(1).to_string();
        let set = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let (branch, commit) = (set(&self.branch), set(&self.commit_id));
        if commit
            .as_ref()
            .is_some_and(|commit| commit.starts_with('-'))
        {
            return Err(Error::usage("commitId: this cannot be a commit"));
        }
        let mut clone = vec!["clone", "--quiet"];
        if depth != "0" {
            clone.extend(["--depth", &depth]);
        }
        if let Some(branch) = &branch {
            clone.extend(["--branch", branch]);
        }
        clone.extend(["--", &self.url, path]);
        let mut commands = vec![clone];
        if let Some(commit) = &commit {
            let here = ["-C", path];
            commands.push(
                [
                    &here[..],
                    &["fetch", "--quiet", "--depth", "1", "origin", commit],
                ]
                .concat(),
            );
            commands.push([&here[..], &["checkout", "--quiet", "--detach", commit]].concat());
        }
        ssh::git(inside, key, &commands, LONGEST_CLONE).await
    }

    /// Only what was given: servers may not know the rest.
    fn body(&self, path: &str) -> Value {
        let mut body = Map::new();
        body.insert("url".into(), self.url.clone().into());
        body.insert("path".into(), path.into());
        let mut put = |name: &str, value: &Option<String>| {
            if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
                body.insert(name.to_owned(), value.into());
            }
        };
        put("branch", &self.branch);
        put("commit_id", &self.commit_id);
        put("username", &self.username);
        put("password", &self.password);
        let depth = self.depth.unwrap_or(1);
        if depth > 0 {
            body.insert("depth".into(), depth.into());
        }
        Value::Object(body)
    }
}

/// The folder that git would choose: the last part of the address, without `.git`.
fn named(url: &str) -> Result<String> {
    let plain = url.trim().trim_end_matches('/');
    let plain = plain.strip_suffix("/.git").unwrap_or(plain);
    let last = plain.rsplit(['/', ':']).next().unwrap_or_default();
    let name = last.strip_suffix(".git").unwrap_or(last);
    if name.is_empty() || matches!(name, "." | "..") || name.contains(['@', '?', '#', '\0']) {
        return Err(Error::usage("the address does not name a repository")
            .hint("give the folder to clone into: path"));
    }
    Ok(name.to_owned())
}

fn lfs(report: &Report, failed: Option<String>) -> Option<String> {
    let (all, missing) = (report.lfs_files, report.pointers);
    match (all, missing, failed) {
        (0, ..) => None,
        (_, 0, _) => Some(format!("all {all} files of Git LFS have their content")),
        (_, _, Some(why)) => Some(format!(
            "{missing} of {all} files of Git LFS are pointers, not their content: git lfs pull failed: {why}"
        )),
        _ => Some(format!(
            "{missing} of {all} files of Git LFS are pointers, not their content: git-lfs is not installed \
             in this sandbox; install it, then run `git lfs pull` there by execute_command"
        )),
    }
}

fn submodules(missing: &[String]) -> Option<String> {
    (!missing.is_empty()).then(|| {
        format!(
            "submodules whose files are not here: {}; for them run `git submodule update --init --recursive --depth 1` \
             in the folder by execute_command",
            missing.join(", ")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_the_one_that_git_would_choose() {
        for (url, name) in [
            ("https://github.com/a/b.git", "b"),
            ("https://github.com/a/b/", "b"),
            ("git@host:team/thing.git", "thing"),
            ("host:thing", "thing"),
            ("file:///srv/hub/.git", "hub"),
            ("/srv/a.b", "a.b"),
        ] {
            assert_eq!(named(url).unwrap(), name, "{url}");
        }
        for url in ["", "https://", "https://u:p@host", "https://h/a?b", "x/.."] {
            assert!(named(url).is_err(), "{url}");
        }
    }

    #[test]
    fn a_request_has_only_what_was_given() {
        let clone: Clone = serde_json::from_str(r#"{"url":"u"}"#).unwrap();
        assert_eq!(
            clone.body("p"),
            serde_json::json!({"url": "u", "path": "p", "depth": 1})
        );
        let clone: Clone = serde_json::from_str(r#"{"url":"u","depth":0,"branch":""}"#).unwrap();
        assert_eq!(
            clone.body("p"),
            serde_json::json!({"url": "u", "path": "p"})
        );
    }
}
