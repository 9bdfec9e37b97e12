//! What to do where git failed: the server's hints are about its own credentials.

use crate::error::{Error, Hint, Kind, NextTool};

/// The same failure with the next step.
pub(super) fn explained(error: Error) -> Error {
    let (kind, text) = (error.kind(), error.text());
    let hint: Hint = match kind {
        Kind::Auth => {
            "the repository needs credentials, or others: give username and password (a token is a password)".into()
        }
        Kind::NotFound if text.contains("repository") => {
            "check the address and path; a private repository may say this where username and password are missing".into()
        }
        Kind::NotFound => NextTool::new("git_branches").to("see which branches there are"),
        Kind::Unsupported if text.contains("501") => {
            NextTool::new("execute_command").to("install git in the sandbox").words(", e.g. with `apt-get install -y git`")
        }
        Kind::Timeout => {
            NextTool::new("execute_command").to("try again with depth: 1, or clone in the background")
        }
        _ => return error,
    };
    Error::new(kind, text).hint(hint)
}
