//! The toolbox.

use serde_json::{Value, json};

use crate::toolbox::sandbox::Reply;

use super::Contract;

/// Documented, and answered by an error that says so.
const NOT_SERVED: &[&str] = &["/computeruse/*", "/lsp/*", "POST /init"];

const NONE: Value = Value::Null;
/// Asks for logs as JSON, which SDKs do by their version.
const SPLIT: (&str, &str) = ("X-Daytona-Split-Output", "true");
const FORM: (&str, &str) = ("Content-Type", "multipart/form-data; boundary=X");

#[test]
fn the_toolbox_answers_as_its_document_says() {
    let prefix = |sandbox: &crate::toolbox::sandbox::Sandbox| format!("/toolbox/{}", sandbox.id());
    let Some(mut contract) = Contract::open("toolbox.json", prefix) else {
        return;
    };
    let c = &mut contract;
    for route in [
        "/version",
        "/user-home-dir",
        "/work-dir",
        "/system/metrics",
        "/port",
    ] {
        c.ask("GET", route, route, &NONE);
    }
    c.ask("GET", "/port/{port}/in-use", "/port/3000/in-use", &NONE);
    c.ask("POST", "/env", "/env", &json!({ "set": { "A": "1" } }));
    files(c);
    processes(c);
    sessions(c);
    terminals(c);
    git(c);
    contract.finish(NOT_SERVED);
}

fn files(c: &mut Contract) {
    c.ask(
        "POST",
        "/files/folder",
        "/files/folder?path=d&mode=755",
        &NONE,
    );
    let upload = "/files/upload-v2";
    c.send(
        "POST",
        upload,
        "/files/upload-v2?path=d/a",
        &[],
        b"one\ntwo\n",
    );
    let part = |name: &str, text: &str| {
        format!(
            "--X\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"f\"\r\n\r\n{text}\r\n"
        )
    };
    let path = "--X\r\nContent-Disposition: form-data; name=\"files[0].path\"\r\n\r\nd/b\r\n";
    let form = format!("{path}{}--X--\r\n", part("files[0].file", "two"));
    c.send(
        "POST",
        "/files/bulk-upload",
        "/files/bulk-upload",
        &[FORM],
        form.as_bytes(),
    );
    c.ask("GET", "/files", "/files?path=d", &NONE);
    c.ask("GET", "/files/info", "/files/info?path=d/a", &NONE);
    c.ask(
        "GET",
        "/files/find",
        "/files/find?path=d&pattern=two",
        &NONE,
    );
    c.ask(
        "GET",
        "/files/search",
        "/files/search?path=d&pattern=*",
        &NONE,
    );
    let replace = json!({ "files": ["d/a", "d/none"], "pattern": "one", "newValue": "1" });
    c.ask("POST", "/files/replace", "/files/replace", &replace);
    c.ask("GET", "/files/download", "/files/download?path=d/a", &NONE);
    let paths = json!({ "paths": ["d/a", "d/none"] });
    c.ask(
        "POST",
        "/files/bulk-download",
        "/files/bulk-download",
        &paths,
    );
    c.ask(
        "POST",
        "/files/permissions",
        "/files/permissions?path=d/a&mode=600",
        &NONE,
    );
    c.ask(
        "POST",
        "/files/move",
        "/files/move?source=d/a&destination=d/c",
        &NONE,
    );
    c.ask("DELETE", "/files", "/files?path=d&recursive=true", &NONE);
}

fn processes(c: &mut Contract) {
    let run = json!({ "command": "echo hello; exit 3" });
    c.ask("POST", "/process/execute", "/process/execute", &run);
    let code = json!({ "code": "print(1)", "language": "python" });
    c.ask("POST", "/process/code-run", "/process/code-run", &code);
    let context = "/process/interpreter/context";
    let made = c.ask("POST", context, context, &json!({ "cwd": "/tmp" }));
    c.ask("GET", context, context, &NONE);
    upgraded(
        c,
        "/process/interpreter/execute",
        "/process/interpreter/execute",
    );
    let path = format!("{context}/{}", made["id"].as_str().expect("an id"));
    c.ask("DELETE", "/process/interpreter/context/{id}", &path, &NONE);
}

fn sessions(c: &mut Contract) {
    let session = "/process/session/{sessionId}";
    c.ask(
        "POST",
        "/process/session",
        "/process/session",
        &json!({ "sessionId": "s" }),
    );
    c.ask("GET", "/process/session", "/process/session", &NONE);
    let exec = format!("{session}/exec");
    let path = "/process/session/s";
    c.ask(
        "POST",
        &exec,
        "/process/session/s/exec",
        &json!({ "command": "echo hello" }),
    );
    let body = json!({ "command": "cat", "runAsync": true });
    let made = c.ask("POST", &exec, "/process/session/s/exec", &body);
    let command = format!("{path}/command/{}", made["cmdId"].as_str().expect("an id"));
    let template = format!("{session}/command/{{commandId}}");
    c.ask(
        "POST",
        &format!("{template}/input"),
        &format!("{command}/input"),
        &json!({ "data": "x\n" }),
    );
    c.ask("GET", &template, &command, &NONE);
    let (logs, path_of_logs) = (format!("{template}/logs"), format!("{command}/logs"));
    c.send("GET", &logs, &path_of_logs, &[SPLIT], b"");
    c.ask("GET", session, path, &NONE);
    c.ask("DELETE", session, path, &NONE);
    let entrypoint = "/process/session/entrypoint";
    c.ask("GET", entrypoint, entrypoint, &NONE);
    let logs = "/process/session/entrypoint/logs";
    c.send("GET", logs, logs, &[SPLIT], b"");
}

fn terminals(c: &mut Contract) {
    let pty = "/process/pty/{sessionId}";
    c.ask(
        "POST",
        "/process/pty",
        "/process/pty",
        &json!({ "id": "p", "cols": 80, "rows": 24 }),
    );
    c.ask("GET", "/process/pty", "/process/pty", &NONE);
    c.ask("GET", pty, "/process/pty/p", &NONE);
    let size = json!({ "cols": 100, "rows": 30 });
    c.ask(
        "POST",
        &format!("{pty}/resize"),
        "/process/pty/p/resize",
        &size,
    );
    upgraded(
        c,
        "/process/pty/{sessionId}/connect",
        "/process/pty/p/connect",
    );
    c.ask("DELETE", pty, "/process/pty/p", &NONE);
}

/// A route that becomes a WebSocket.
fn upgraded(c: &mut Contract, template: &str, path: &str) {
    let reply = match c.sandbox.socket(path, "") {
        Ok(_) => Reply {
            status: 101,
            headers: String::new(),
            body: Vec::new(),
        },
        Err(refused) => refused,
    };
    c.hold("GET", template, &reply);
}

fn git(c: &mut Contract) {
    assert!(
        !c.sandbox.run("command -v git").is_empty(),
        "git is needed here, in /usr"
    );
    c.sandbox.run("git init -q --bare -b main /tmp/o.git");
    c.ask(
        "POST",
        "/git/init",
        "/git/init",
        &json!({ "path": "r", "initial_branch": "main" }),
    );
    c.sandbox.run("echo 1 > r/a");
    let user = json!({ "path": "r", "name": "n", "email": "e@x", "scope": "local" });
    c.ask("POST", "/git/config/user", "/git/config/user", &user);
    let config = json!({ "path": "r", "key": "core.editor", "value": "true", "scope": "local" });
    c.ask("POST", "/git/config", "/git/config", &config);
    c.ask(
        "GET",
        "/git/config",
        "/git/config?path=r&key=user.name",
        &NONE,
    );
    let login =
        json!({ "username": "u", "password": "p", "host": "example.com", "protocol": "https" });
    c.ask("POST", "/git/credentials", "/git/credentials", &login);
    c.ask(
        "POST",
        "/git/add",
        "/git/add",
        &json!({ "path": "r", "files": ["."] }),
    );
    let commit = json!({ "path": "r", "message": "m", "author": "n", "email": "e@x" });
    c.ask("POST", "/git/commit", "/git/commit", &commit);
    let remote = json!({ "path": "r", "name": "origin", "url": "/tmp/o.git" });
    c.ask("POST", "/git/remotes", "/git/remotes", &remote);
    c.ask("GET", "/git/remotes", "/git/remotes?path=r", &NONE);
    let push = json!({ "path": "r", "remote": "origin", "branch": "main", "setUpstream": true });
    c.ask("POST", "/git/push", "/git/push", &push);
    c.sandbox.run("cd r && git branch -q -u origin/main");
    c.ask("POST", "/git/pull", "/git/pull", &json!({ "path": "r" }));
    c.ask(
        "POST",
        "/git/clone",
        "/git/clone",
        &json!({ "url": "/tmp/o.git", "path": "two" }),
    );
    c.ask(
        "POST",
        "/git/branches",
        "/git/branches",
        &json!({ "path": "r", "name": "b" }),
    );
    c.ask("GET", "/git/branches", "/git/branches?path=r", &NONE);
    c.ask(
        "POST",
        "/git/checkout",
        "/git/checkout",
        &json!({ "path": "r", "branch": "main" }),
    );
    c.ask(
        "DELETE",
        "/git/branches",
        "/git/branches",
        &json!({ "path": "r", "name": "b" }),
    );
    c.ask("GET", "/git/history", "/git/history?path=r", &NONE);
    c.ask("GET", "/git/status", "/git/status?path=r", &NONE);
    c.sandbox.run("echo 2 > r/a");
    c.ask(
        "POST",
        "/git/restore",
        "/git/restore",
        &json!({ "path": "r", "files": ["a"], "worktree": true }),
    );
    c.ask(
        "POST",
        "/git/reset",
        "/git/reset",
        &json!({ "path": "r", "mode": "hard" }),
    );
}
