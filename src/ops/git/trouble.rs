//! What to do where git failed: the server's hints are about its own credentials.

use crate::error::{Error, Kind};

/// The same failure with the next step.
pub(super) fn explained(error: Error) -> Error {
    let (kind, text) = (error.kind(), error.text());
    let hint = match kind {
        Kind::Auth => {
            "the repository needs credentials, or others: give username and password (a token is a password)"
        }
        Kind::NotFound if text.contains("repository") => {
            "check the address and path; a private repository may say this where username and password are missing"
        }
        Kind::NotFound => "see which branches there are: call git_branches",
        Kind::Unsupported if text.contains("501") => {
            "install git in the sandbox: call execute_command, e.g. with `apt-get install -y git`"
        }
        Kind::Timeout => {
            "try again with depth: 1, or clone in the background: call execute_command"
        }
        _ => return error,
    };
    Error::new(kind, text).hint(hint)
}
