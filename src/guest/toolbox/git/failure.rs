//! What git says where it fails, as the API says it.

use axum::http::StatusCode;

use super::super::failure::Failure;

/// What is in git's words, and what it stands for: the first that fits.
const MEANINGS: &[(&str, StatusCode, &str)] = &[
    (
        "not a git repository",
        StatusCode::NOT_FOUND,
        "GIT_REPO_NOT_FOUND",
    ),
    (
        "Authentication failed",
        StatusCode::UNAUTHORIZED,
        "GIT_AUTH_FAILED",
    ),
    (
        "could not read Username",
        StatusCode::UNAUTHORIZED,
        "GIT_AUTH_FAILED",
    ),
    (
        "could not read Password",
        StatusCode::UNAUTHORIZED,
        "GIT_AUTH_FAILED",
    ),
    (
        "returned error: 401",
        StatusCode::UNAUTHORIZED,
        "GIT_AUTH_FAILED",
    ),
    (
        "Permission denied (publickey",
        StatusCode::UNAUTHORIZED,
        "GIT_AUTH_FAILED",
    ),
    ("returned error: 403", StatusCode::FORBIDDEN, "FORBIDDEN"),
    (
        "returned error: 404",
        StatusCode::NOT_FOUND,
        "GIT_REPO_NOT_FOUND",
    ),
    (
        "Remote branch",
        StatusCode::NOT_FOUND,
        "GIT_BRANCH_NOT_FOUND",
    ),
    (
        "couldn't find remote ref",
        StatusCode::NOT_FOUND,
        "GIT_BRANCH_NOT_FOUND",
    ),
    (
        "does not appear to be a git repository",
        StatusCode::NOT_FOUND,
        "GIT_REPO_NOT_FOUND",
    ),
    (
        "Repository not found",
        StatusCode::NOT_FOUND,
        "GIT_REPO_NOT_FOUND",
    ),
    ("No such remote", StatusCode::NOT_FOUND, "NOT_FOUND"),
    (
        "[remote rejected]",
        StatusCode::UNPROCESSABLE_ENTITY,
        "GIT_REMOTE_REJECTED",
    ),
    ("[rejected]", StatusCode::CONFLICT, "GIT_PUSH_REJECTED"),
    (
        "would be overwritten",
        StatusCode::CONFLICT,
        "GIT_DIRTY_WORKTREE",
    ),
    (
        "commit your changes or stash",
        StatusCode::CONFLICT,
        "GIT_DIRTY_WORKTREE",
    ),
    (
        "Not possible to fast-forward",
        StatusCode::CONFLICT,
        "GIT_MERGE_CONFLICT",
    ),
    ("divergent", StatusCode::CONFLICT, "GIT_MERGE_CONFLICT"),
    ("CONFLICT", StatusCode::CONFLICT, "GIT_MERGE_CONFLICT"),
    (
        "resolve your current index",
        StatusCode::CONFLICT,
        "GIT_MERGE_CONFLICT",
    ),
    ("nothing to commit", StatusCode::CONFLICT, "CONFLICT"),
    ("nothing added to commit", StatusCode::CONFLICT, "CONFLICT"),
    (
        "no changes added to commit",
        StatusCode::CONFLICT,
        "CONFLICT",
    ),
    ("cannot delete branch", StatusCode::CONFLICT, "CONFLICT"),
    ("Cannot delete branch", StatusCode::CONFLICT, "CONFLICT"),
    ("index.lock", StatusCode::CONFLICT, "CONFLICT"),
    ("a branch named", StatusCode::CONFLICT, "GIT_BRANCH_EXISTS"),
    (
        "is not a valid branch name",
        StatusCode::BAD_REQUEST,
        "BAD_REQUEST",
    ),
    (
        "did not match any file(s) known",
        StatusCode::NOT_FOUND,
        "GIT_BRANCH_NOT_FOUND",
    ),
    (
        "did not match any files",
        StatusCode::NOT_FOUND,
        "FILE_NOT_FOUND",
    ),
    (
        "invalid reference",
        StatusCode::NOT_FOUND,
        "GIT_BRANCH_NOT_FOUND",
    ),
    (
        "unknown revision",
        StatusCode::NOT_FOUND,
        "GIT_BRANCH_NOT_FOUND",
    ),
    (
        "reference is not a tree",
        StatusCode::NOT_FOUND,
        "GIT_BRANCH_NOT_FOUND",
    ),
    (
        "unable to read tree",
        StatusCode::NOT_FOUND,
        "GIT_BRANCH_NOT_FOUND",
    ),
    ("not our ref", StatusCode::NOT_FOUND, "GIT_BRANCH_NOT_FOUND"),
    (
        "does not match any",
        StatusCode::NOT_FOUND,
        "GIT_BRANCH_NOT_FOUND",
    ),
    (
        "Could not resolve host",
        StatusCode::BAD_GATEWAY,
        "GIT_TRANSPORT_FAILED",
    ),
    (
        "unable to access",
        StatusCode::BAD_GATEWAY,
        "GIT_TRANSPORT_FAILED",
    ),
    (
        "Could not read from remote",
        StatusCode::BAD_GATEWAY,
        "GIT_TRANSPORT_FAILED",
    ),
    // What was asked for cannot be: a path that is taken, or no path; no name of a setting or branch.
    (
        "already exists and is not an empty directory",
        StatusCode::CONFLICT,
        "CONFLICT",
    ),
    (
        "key does not contain",
        StatusCode::BAD_REQUEST,
        "BAD_REQUEST",
    ),
    ("invalid key", StatusCode::BAD_REQUEST, "BAD_REQUEST"),
    (
        "invalid initial branch name",
        StatusCode::BAD_REQUEST,
        "BAD_REQUEST",
    ),
    ("early EOF", StatusCode::BAD_GATEWAY, "GIT_TRANSPORT_FAILED"),
    (
        "remote end hung up",
        StatusCode::BAD_GATEWAY,
        "GIT_TRANSPORT_FAILED",
    ),
];

pub(super) fn of(said: &str) -> Failure {
    let said = said.trim();
    let meaning = MEANINGS.iter().find(|(words, ..)| said.contains(words));
    let (status, code) = match meaning {
        Some((_, status, code)) => (*status, *code),
        None if said.contains("repository '") && missing(said) => {
            (StatusCode::NOT_FOUND, "GIT_REPO_NOT_FOUND")
        }
        None if said.contains("branch '") && said.contains("not found") => {
            (StatusCode::NOT_FOUND, "GIT_BRANCH_NOT_FOUND")
        }
        None => system(said),
    };
    Failure::new(status, code, format!("git: {said}"))
}

/// What the system said to git, at the end of the line on which it names the path.
fn system(said: &str) -> (StatusCode, &'static str) {
    let ends = |words: &str| said.lines().any(|line| line.trim_end().ends_with(words));
    if ends(": File exists") || ends(": Is a directory") {
        (StatusCode::CONFLICT, "CONFLICT")
    } else if ends(": Not a directory") || ends(": File name too long") {
        (StatusCode::BAD_REQUEST, "BAD_REQUEST")
    } else if ends(": Permission denied") || ends(": Read-only file system") {
        (StatusCode::FORBIDDEN, "FORBIDDEN")
    } else {
        (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL_SERVER_ERROR")
    }
}

fn missing(said: &str) -> bool {
    said.contains("not found") || said.contains("does not exist")
}

pub(super) fn no_repository(message: &str) -> Failure {
    Failure::new(StatusCode::NOT_FOUND, "GIT_REPO_NOT_FOUND", message)
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse as _;

    use super::*;

    #[test]
    fn words_get_their_status() {
        for (said, status) in [
            ("fatal: not a git repository (or any parent)", 404),
            ("fatal: Authentication failed for 'x'", 401),
            (
                "fatal: unable to access 'x': The requested URL returned error: 403",
                403,
            ),
            ("fatal: repository '/none' does not exist", 404),
            (" ! [rejected] main -> main (fetch first)", 409),
            (" ! [remote rejected] main -> main (hook)", 422),
            (
                "fatal: unable to access 'x': Could not resolve host: x",
                502,
            ),
            ("error: branch 'x' not found", 404),
            (
                "fatal: destination path 'x' already exists and is not an empty directory.",
                409,
            ),
            ("error: key does not contain a section: x", 400),
            ("fatal: cannot mkdir /tmp/x: File exists", 409),
            ("fatal: cannot mkdir /tmp/x/y: Not a directory", 400),
            (
                "fatal: could not create leading directories of '/x/y': Permission denied",
                403,
            ),
            ("error: cannot write x: No space left on device", 500),
            ("something new", 500),
        ] {
            assert_eq!(of(said).into_response().status().as_u16(), status, "{said}");
        }
    }
}
