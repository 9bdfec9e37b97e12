//! What a clone holds: asked for by one line of shell text, because no route tells it at once.

use std::collections::BTreeMap;

use crate::api::types::ExecuteRequest;
use crate::error::Result;
use crate::ops::inside::Inside;

/// How many names of files are shown.
const SAMPLE: usize = 20;

/// Answers in lines, an empty one where it does not know.
const QUESTIONS: &str = r#"exec 2>/dev/null
files() { git ls-files || find . -type f -not -path './.git/*' | sed 's,^\./,,'; }
git symbolic-ref --short -q HEAD || echo
git log -1 --format='%H%n%an%n%aI%n%s' || printf '\n\n\n\n'
files | wc -l
git ls-files -- ':(attr:filter=lfs)' | wc -l
git ls-files -z -- ':(attr:filter=lfs)' | xargs -0 sh -c 'for f; do
[ "$(head -c 23 "$f" | tr -d "\0")" = "version https://git-lfs" ] && echo; done' sh | wc -l
git lfs version >/dev/null && echo yes || echo
heads=$(GIT_TERMINAL_PROMPT=0 GIT_SSH_COMMAND='ssh -o BatchMode=yes -o ConnectTimeout=5' timeout 10 git ls-remote --heads origin </dev/null | sed 's,.*refs/heads/,,')
[ -n "$heads" ] || heads=$(git for-each-ref --format='%(refname:lstrip=3)' refs/remotes/origin | grep -vx HEAD)
printf '%s\n' "$heads" | head -n 50 | tr '\n' '\t'; echo
git submodule status | sed -n 's/^-[0-9a-f]* //p' | head -n 10 | tr '\n' '\t'; echo
files | head -n 20
"#;
/// As the toolbox does it: git is told by its environment, and nothing is stored.
const HELPER: &str = "!f() { test \"$1\" = get && printf 'username=%s\\npassword=%s\\n' \
     \"$DAYTONA_GIT_USERNAME\" \"$DAYTONA_GIT_PASSWORD\"; }; f";
/// Seconds that the content of large files may take.
const LFS_SECONDS: u64 = 1800;

/// What a clone holds.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Report {
    pub(super) branch: Option<String>,
    pub(super) commit: Option<String>,
    pub(super) author: String,
    pub(super) date: String,
    pub(super) message: String,
    pub(super) files: u64,
    pub(super) lfs_files: u64,
    pub(super) pointers: u64,
    pub(super) has_lfs: bool,
    /// Submodules whose files are not here: the first ones.
    pub(super) submodules: Vec<String>,
    /// Those that the remote has, or else those that are known of it.
    pub(super) branches: Vec<String>,
    pub(super) sample: Vec<String>,
}

/// Looks at the clone in that folder.
pub(super) async fn of(inside: &Inside, path: &str) -> Result<Report> {
    let request = ExecuteRequest {
        command: QUESTIONS.to_owned(),
        cwd: Some(path.to_owned()),
        timeout: Some(60),
        ..ExecuteRequest::default()
    };
    let mut report = parse(&inside.run(&request).await?.result);
    if report.commit.is_none() {
        // No git to ask but the toolbox's own.
        let last = inside.client.git_history(&inside.toolbox, path, 1).await;
        if let Some(last) = last.unwrap_or_default().pop() {
            report.commit = Some(last.hash);
            report.author = last.author;
            report.date = last.timestamp;
            report.message = last.message.lines().next().unwrap_or_default().to_owned();
        }
    }
    Ok(report)
}

fn words(line: &str) -> Vec<String> {
    let words = line.split('\t').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

fn parse(answers: &str) -> Report {
    let mut lines = answers.lines();
    let mut next = || lines.next().unwrap_or_default().trim().to_owned();
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let number = |text: String| text.parse().unwrap_or(0);
    Report {
        branch: some(next()),
        commit: some(next()),
        author: next(),
        date: next(),
        message: next(),
        files: number(next()),
        lfs_files: number(next()),
        pointers: number(next()),
        has_lfs: next() == "yes",
        branches: words(&next()),
        submodules: words(&next()),
        sample: lines.take(SAMPLE).map(str::to_owned).collect(),
    }
}

/// Fetches what Git LFS keeps elsewhere; what it said where it failed.
pub(super) async fn pull_lfs(
    inside: &Inside,
    path: &str,
    url: &str,
    credentials: Option<(&str, &str)>,
) -> Result<Option<String>> {
    let mut envs = BTreeMap::from([("GIT_TERMINAL_PROMPT".to_owned(), "0".to_owned())]);
    if let (Some((username, password)), Some(origin)) = (credentials, origin(url)) {
        let key = format!("credential.{origin}.helper");
        let pairs = [
            ("DAYTONA_GIT_USERNAME", username),
            ("DAYTONA_GIT_PASSWORD", password),
            ("GIT_CONFIG_COUNT", "2"),
            // The first setting empties the list of helpers: none may store what this one says.
            ("GIT_CONFIG_KEY_0", key.as_str()),
            ("GIT_CONFIG_VALUE_0", ""),
            ("GIT_CONFIG_KEY_1", key.as_str()),
            ("GIT_CONFIG_VALUE_1", HELPER),
        ];
        envs.extend(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
    let request = ExecuteRequest {
        command: "git lfs pull </dev/null".to_owned(),
        cwd: Some(path.to_owned()),
        envs: Some(envs),
        timeout: Some(LFS_SECONDS),
    };
    let ran = inside.run(&request).await?;
    if ran.exit_code == 0 {
        return Ok(None);
    }
    let last = ran
        .result
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty());
    let mut said: String = last
        .unwrap_or("no reason is given")
        .chars()
        .take(200)
        .collect();
    if let Some((_, password)) = credentials.filter(|(_, password)| !password.is_empty()) {
        said = said.replace(password, "***");
    }
    Ok(Some(said))
}

/// Scheme, host and port: nobody else is told.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    Some(format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_also_where_there_are_none() {
        let report = parse(
            "main\nabc\nMe\n2026-11-21T09:00:00Z\nfirst: a\n 3\n1\n0\nyes\nmain\tx\t\nsub/one\tsub two\t\na\nb c\nd\n",
        );
        assert_eq!(report.branch.as_deref(), Some("main"));
        assert_eq!((report.files, report.lfs_files, report.pointers), (3, 1, 0));
        assert!(report.has_lfs);
        assert_eq!(report.branches, ["main", "x"]);
        assert_eq!(report.submodules, ["sub/one", "sub two"]);
        assert_eq!(report.sample, ["a", "b c", "d"]);
        let empty = parse("\n\n\n\n\n0\n0\n0\n\n\n");
        assert_eq!(empty, Report::default());
        assert_eq!(parse(""), Report::default());
    }

    #[test]
    fn credentials_are_for_one_server() {
        assert_eq!(
            origin("https://me:pw@h:1/a").as_deref(),
            Some("https://h:1")
        );
        assert_eq!(
            origin("github.com/a/b").as_deref(),
            Some("https://github.com")
        );
    }
}
