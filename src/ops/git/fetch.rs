//! Fetches a branch, tag or commit that a shallow clone or one of a single branch does not have.

use std::collections::BTreeMap;

use crate::api::types::ExecuteRequest;
use crate::error::{Error, NextTool, Result};
use crate::ops::inside::Inside;

/// Seconds that it may take.
const SECONDS: u64 = 600;
/// Fetches what `WANTED` names, as deep as the clone is; a branch is followed from then on. Ends with 3 where
/// the remote has no such thing.
const FETCH: &str = r#"{ remote=$(git remote | head -n 1); [ -n "$remote" ] || exit 3
deep=; [ "$(git rev-parse --is-shallow-repository)" = true ] && deep="--depth 1"
there() { git ls-remote --exit-code "$remote" "$1" >/dev/null 2>&1; }
if there "refs/heads/$WANTED"; then
  git remote set-branches --add "$remote" "$WANTED" && git fetch --quiet $deep "$remote" "$WANTED"
elif there "refs/tags/$WANTED"; then
  git fetch --quiet $deep "$remote" "refs/tags/$WANTED:refs/tags/$WANTED"
else
  case $WANTED in *[!0-9a-f]* | ?????? | ????? | ???? | ??? | ?? | ?) git ls-remote "$remote" HEAD >/dev/null || exit; exit 3 ;; esac
  git fetch --quiet $deep "$remote" "$WANTED" || exit 3
fi; } 2>&1 </dev/null
"#;

/// Whether it was fetched; an error where the remote cannot be asked.
pub(super) async fn fetch(inside: &Inside, path: &str, wanted: &str) -> Result<bool> {
    let variables = [("WANTED", wanted), ("GIT_TERMINAL_PROMPT", "0")];
    let request = ExecuteRequest {
        command: FETCH.to_owned(),
        cwd: Some(path.to_owned()),
        envs: Some(BTreeMap::from(
            variables.map(|(name, value)| (name.to_owned(), value.to_owned())),
        )),
        timeout: Some(SECONDS),
    };
    let ran = inside.run(&request).await?;
    match ran.exit_code {
        0 => Ok(true),
        3 => Ok(false),
        _ => {
            let said = ran
                .result
                .lines()
                .rev()
                .find(|line| !line.trim().is_empty());
            let said: String = said
                .unwrap_or("no reason is given")
                .chars()
                .take(200)
                .collect();
            Err(Error::usage(format!(
                "{wanted} is not here, and cannot be fetched: {said}"
            ))
            .hint(
                NextTool::new("git_clone").to(
                    "of a private repository: clone it anew with branch, username and password",
                ),
            ))
        }
    }
}
