//! The routes of the toolbox proxy: those that are documented, each with what it takes.
//!
//! Nothing that is in a sandbox is shown for less than `write:sandboxes`: no permission stands for reading
//! its files, environments, output or terminals alone, and `/proc` makes one of another. What any key may
//! see says nothing of what runs there. What is not listed takes the engine's own key.
//!
//! The guest's router gets the path to the letter and matches it by the same rules: what is one route here
//! is no other there.

pub(super) mod older_paths;
pub(super) mod proxy;
mod pulse;
pub(super) mod reply;
pub(super) mod signed_file;

use crate::engine::http::permission::{Need, WRITE_SANDBOXES};
use crate::engine::http::routes::Routes;
use proxy::forward;

const WRITE: Need = WRITE_SANDBOXES;
const SIGNED: Need = Need::OrSignedFile(&["write:sandboxes"]);
const SOCKET: Need = Need::OrSocketToken(&["write:sandboxes"]);

pub(super) fn routes() -> Routes {
    let routes = [
        "/toolbox/{id}/version",
        "/toolbox/{id}/work-dir",
        "/toolbox/{id}/user-home-dir",
        "/toolbox/{id}/project-dir",
        "/toolbox/{id}/system/metrics",
        "/toolbox/{id}/port",
        "/toolbox/{id}/port/{port}/in-use",
    ]
    .into_iter()
    .fold(Routes::new(), |routes, path| {
        routes.get(path, Need::AnyKey, forward)
    });
    routes
        .merge(files())
        .merge(processes())
        .merge(git())
        .post("/toolbox/{id}/env", WRITE, forward)
        .any("/toolbox/{id}/proxy/{port}", WRITE, forward)
        .any("/toolbox/{id}/proxy/{port}/", WRITE, forward)
        .any("/toolbox/{id}/proxy/{port}/{*path}", WRITE, forward)
        .any("/toolbox/{id}/lsp/{*path}", WRITE, forward)
        .any("/toolbox/{id}/computeruse/{*path}", WRITE, forward)
        .any("/toolbox/{id}", Need::Owner, forward)
        .any("/toolbox/{id}/", Need::Owner, forward)
        .any("/toolbox/{id}/{*path}", Need::Owner, forward)
}

fn files() -> Routes {
    Routes::new()
        .get("/toolbox/{id}/files", WRITE, forward)
        .delete("/toolbox/{id}/files", WRITE, forward)
        .get("/toolbox/{id}/files/info", WRITE, forward)
        .post("/toolbox/{id}/files/folder", WRITE, forward)
        .post("/toolbox/{id}/files/move", WRITE, forward)
        .post("/toolbox/{id}/files/permissions", WRITE, forward)
        .post("/toolbox/{id}/files/replace", WRITE, forward)
        .get("/toolbox/{id}/files/find", WRITE, forward)
        .get("/toolbox/{id}/files/search", WRITE, forward)
        .get("/toolbox/{id}/files/download", SIGNED, forward)
        .post("/toolbox/{id}/files/bulk-download", WRITE, forward)
        .post("/toolbox/{id}/files/upload", WRITE, forward)
        .post("/toolbox/{id}/files/upload-v2", SIGNED, forward)
        .post("/toolbox/{id}/files/bulk-upload", WRITE, forward)
}

fn processes() -> Routes {
    const SESSION: &str = "/toolbox/{id}/process/session/{session}";
    const PTY: &str = "/toolbox/{id}/process/pty/{pty}";
    const LOGS: &str = "/toolbox/{id}/process/session/{session}/command/{command}/logs";
    Routes::new()
        .post("/toolbox/{id}/process/execute", WRITE, forward)
        .post("/toolbox/{id}/process/code-run", WRITE, forward)
        .get("/toolbox/{id}/process/session", WRITE, forward)
        .post("/toolbox/{id}/process/session", WRITE, forward)
        .get(
            "/toolbox/{id}/process/session/entrypoint/logs",
            SOCKET,
            forward,
        )
        .get(SESSION, WRITE, forward)
        .delete(SESSION, WRITE, forward)
        .post(
            "/toolbox/{id}/process/session/{session}/exec",
            WRITE,
            forward,
        )
        .get(
            "/toolbox/{id}/process/session/{session}/command/{command}",
            WRITE,
            forward,
        )
        .get(LOGS, SOCKET, forward)
        .post(
            "/toolbox/{id}/process/session/{session}/command/{command}/input",
            WRITE,
            forward,
        )
        .get("/toolbox/{id}/process/pty", WRITE, forward)
        .post("/toolbox/{id}/process/pty", WRITE, forward)
        .get("/toolbox/{id}/process/pty/create-connect", SOCKET, forward)
        .get(PTY, WRITE, forward)
        .delete(PTY, WRITE, forward)
        .post("/toolbox/{id}/process/pty/{pty}/resize", WRITE, forward)
        .get("/toolbox/{id}/process/pty/{pty}/connect", SOCKET, forward)
        .get("/toolbox/{id}/process/interpreter/context", WRITE, forward)
        .post("/toolbox/{id}/process/interpreter/context", WRITE, forward)
        .delete(
            "/toolbox/{id}/process/interpreter/context/{context}",
            WRITE,
            forward,
        )
        .get("/toolbox/{id}/process/interpreter/execute", SOCKET, forward)
}

fn git() -> Routes {
    Routes::new()
        .post("/toolbox/{id}/git/clone", WRITE, forward)
        .post("/toolbox/{id}/git/init", WRITE, forward)
        .get("/toolbox/{id}/git/status", WRITE, forward)
        .get("/toolbox/{id}/git/history", WRITE, forward)
        .post("/toolbox/{id}/git/add", WRITE, forward)
        .post("/toolbox/{id}/git/commit", WRITE, forward)
        .post("/toolbox/{id}/git/reset", WRITE, forward)
        .post("/toolbox/{id}/git/restore", WRITE, forward)
        .get("/toolbox/{id}/git/branches", WRITE, forward)
        .post("/toolbox/{id}/git/branches", WRITE, forward)
        .delete("/toolbox/{id}/git/branches", WRITE, forward)
        .post("/toolbox/{id}/git/checkout", WRITE, forward)
        .post("/toolbox/{id}/git/push", WRITE, forward)
        .post("/toolbox/{id}/git/pull", WRITE, forward)
        .get("/toolbox/{id}/git/remotes", WRITE, forward)
        .post("/toolbox/{id}/git/remotes", WRITE, forward)
        .get("/toolbox/{id}/git/config", WRITE, forward)
        .post("/toolbox/{id}/git/config", WRITE, forward)
        .post("/toolbox/{id}/git/config/user", WRITE, forward)
        .post("/toolbox/{id}/git/credentials", WRITE, forward)
}
