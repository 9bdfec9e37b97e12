//! Git: a repository from its first commit to a push that is refused, and what is never kept.

use std::io::Write as _;
use std::net::Shutdown;

use serde_json::{Value, json};

use super::sandbox::Sandbox;

fn refused(sandbox: &Sandbox, method: &str, path: &str, body: &Value) -> (u16, String) {
    let reply = sandbox.ask(method, path, body.to_string().as_bytes());
    (reply.status, reply.code())
}

fn done(sandbox: &Sandbox, path: &str, body: &Value) -> Value {
    let reply = sandbox.post(path, body);
    assert!(
        (200..300).contains(&reply.status),
        "{path}: {}",
        reply.json()
    );
    reply.json()
}

/// Whether the host's git is in the sandboxes: it is where the default snapshot finds it.
fn has_git(sandbox: &Sandbox) -> bool {
    let there = crate::machine::has("git");
    if !there {
        crate::skip::skip("there is no git on this machine");
        let reply = sandbox.post("/git/init", &json!({ "path": "r" }));
        assert_eq!(reply.status, 501, "{}", reply.json());
    }
    there
}

fn commit(sandbox: &Sandbox, path: &str, message: &str) -> Value {
    let who = json!({ "path": path, "message": message, "author": "Me", "email": "me@x", "allow_empty": true });
    done(sandbox, "/git/commit", &who)["hash"].clone()
}

#[test]
fn a_repository_lives() {
    let sandbox = Sandbox::new();
    if !has_git(&sandbox) {
        return;
    }
    assert_eq!(
        sandbox
            .post(
                "/git/init",
                &json!({ "path": "r", "initial_branch": "main" })
            )
            .status,
        201
    );
    let empty = sandbox.get("/git/status?path=r").json();
    assert_eq!(
        (&empty["currentBranch"], &empty["fileStatus"]),
        (&json!("main"), &json!([]))
    );
    assert_eq!(sandbox.get("/git/history?path=r").json(), json!([]));
    sandbox.run("cd r && mkdir d && echo 1 > 'a b' && echo 1 > d/c");
    let status = sandbox.get("/git/status?path=r").json();
    assert_eq!(
        status["fileStatus"][1],
        json!({ "name": "d/c", "extra": "", "staging": "Untracked", "worktree": "Untracked" })
    );
    done(
        &sandbox,
        "/git/add",
        &json!({ "path": "r", "files": ["."] }),
    );
    let body = json!({ "path": "r", "message": "first\n\nbody", "author": "Me", "email": "me@x" });
    let hash = done(&sandbox, "/git/commit", &body)["hash"].clone();
    assert_eq!(
        refused(&sandbox, "POST", "/git/commit", &body),
        (409, "CONFLICT".into())
    );
    let history = sandbox.get("/git/history?path=r").json();
    assert_eq!(
        (
            &history[0]["hash"],
            &history[0]["author"],
            &history[0]["email"]
        ),
        (&hash, &json!("Me"), &json!("me@x"))
    );
    assert_eq!(history[0]["message"], "first\n\nbody\n");
    assert_eq!(history.as_array().map(Vec::len), Some(1));
    let branch = json!({ "path": "r", "name": "feature" });
    assert_eq!(sandbox.post("/git/branches", &branch).status, 201);
    assert_eq!(
        refused(&sandbox, "POST", "/git/branches", &branch),
        (409, "GIT_BRANCH_EXISTS".into())
    );
    assert_eq!(
        sandbox.get("/git/branches?path=r").json(),
        json!({ "branches": ["feature", "main"], "current": "feature" })
    );
    sandbox.run("cd r && echo 2 > 'a b'");
    done(
        &sandbox,
        "/git/add",
        &json!({ "path": "r", "files": ["a b"] }),
    );
    commit(&sandbox, "r", "second");
    sandbox.run("cd r && echo 3 > 'a b'");
    let main = json!({ "path": "r", "branch": "main" });
    assert_eq!(
        refused(&sandbox, "POST", "/git/checkout", &main),
        (409, "GIT_DIRTY_WORKTREE".into())
    );
    done(
        &sandbox,
        "/git/restore",
        &json!({ "path": "r", "files": ["a b"] }),
    );
    done(&sandbox, "/git/checkout", &main);
    assert_eq!(sandbox.run("cat 'r/a b'"), "1\n");
    let none = json!({ "path": "r", "branch": "none", "name": "none" });
    assert_eq!(
        refused(&sandbox, "POST", "/git/checkout", &none),
        (404, "GIT_BRANCH_NOT_FOUND".into())
    );
    assert_eq!(
        sandbox
            .ask("DELETE", "/git/branches", branch.to_string().as_bytes())
            .status,
        204
    );
    assert_eq!(
        refused(&sandbox, "DELETE", "/git/branches", &none),
        (404, "GIT_BRANCH_NOT_FOUND".into())
    );
    done(
        &sandbox,
        "/git/checkout",
        &json!({ "path": "r", "branch": hash }),
    );
    assert_eq!(sandbox.get("/git/status?path=r").json()["detached"], true);
    for (path, code) in [
        ("/git/status?path=d", "GIT_REPO_NOT_FOUND"),
        ("/git/status?path=r/d", "GIT_REPO_NOT_FOUND"),
        ("/git/history?path=/tmp", "GIT_REPO_NOT_FOUND"),
    ] {
        let reply = sandbox.get(path);
        assert_eq!((reply.status, reply.code().as_str()), (404, code), "{path}");
    }
    assert_eq!(
        refused(&sandbox, "POST", "/git/add", &json!({ "files": ["x"] })).0,
        400
    );
    assert_eq!(
        refused(
            &sandbox,
            "POST",
            "/git/checkout",
            &json!({ "path": "r", "branch": "--orphan" })
        )
        .0,
        400
    );
}

#[test]
fn two_clones_push_and_pull() {
    let sandbox = Sandbox::new();
    if !has_git(&sandbox) {
        return;
    }
    done(
        &sandbox,
        "/git/init",
        &json!({ "path": "hub", "bare": true, "initial_branch": "main" }),
    );
    let url = format!("file://{}/hub", sandbox.run("pwd").trim());
    for clone in ["one", "two"] {
        done(
            &sandbox,
            "/git/clone",
            &json!({ "path": clone, "url": url }),
        );
    }
    let first = commit(&sandbox, "one", "first");
    done(
        &sandbox,
        "/git/push",
        &json!({ "path": "one", "set_upstream": true }),
    );
    let status = sandbox.get("/git/status?path=one").json();
    assert_eq!(
        (
            &status["branchPublished"],
            &status["upstream"],
            &status["ahead"]
        ),
        (&json!(true), &json!("origin/main"), &json!(0))
    );
    done(&sandbox, "/git/pull", &json!({ "path": "two" }));
    let second = commit(&sandbox, "two", "second");
    done(&sandbox, "/git/push", &json!({ "path": "two" }));
    commit(&sandbox, "one", "other");
    assert_eq!(
        refused(&sandbox, "POST", "/git/push", &json!({ "path": "one" })),
        (409, "GIT_PUSH_REJECTED".into())
    );
    assert_eq!(
        refused(&sandbox, "POST", "/git/pull", &json!({ "path": "one" })),
        (409, "GIT_MERGE_CONFLICT".into())
    );
    let body = json!({ "path": "three", "url": url, "commit_id": first, "depth": 1 });
    done(&sandbox, "/git/clone", &body);
    assert_eq!(
        sandbox.get("/git/history?path=three").json()[0]["hash"],
        first
    );
    assert_ne!(first, second);
    assert_eq!(refused(&sandbox, "POST", "/git/clone", &body).0, 409);
    let gone = json!({ "path": "four", "url": format!("{url}-none") });
    assert_eq!(
        refused(&sandbox, "POST", "/git/clone", &gone),
        (404, "GIT_REPO_NOT_FOUND".into())
    );
    let gone = json!({ "path": "four", "url": url, "branch": "none" });
    assert_eq!(
        refused(&sandbox, "POST", "/git/clone", &gone),
        (404, "GIT_BRANCH_NOT_FOUND".into())
    );
    let gone = json!({ "path": "four", "url": url, "commit_id": "0123456789012345678901234567890123456789" });
    assert_eq!(refused(&sandbox, "POST", "/git/clone", &gone).0, 404);
    assert_eq!(sandbox.run("ls"), "hub\none\nthree\ntwo\n");
    let remote = json!({ "path": "one", "name": "mirror", "url": "https://example.invalid/x" });
    assert_eq!(sandbox.post("/git/remotes", &remote).status, 201);
    assert_eq!(refused(&sandbox, "POST", "/git/remotes", &remote).0, 409);
    let remotes = sandbox.get("/git/remotes?path=one").json();
    assert_eq!(
        remotes["remotes"][0],
        json!({ "name": "mirror", "url": "https://example.invalid/x" })
    );
    done(
        &sandbox,
        "/git/config/user",
        &json!({ "name": "A B", "email": "a@b" }),
    );
    let value = sandbox.get("/git/config?key=user.name").json();
    assert_eq!(value, json!({ "value": "A B" }));
    assert_eq!(sandbox.get("/git/config?key=no.such").json(), json!({}));
    done(
        &sandbox,
        "/git/reset",
        &json!({ "path": "one", "mode": "hard", "target": first }),
    );
    assert_eq!(
        sandbox
            .get("/git/history?path=one")
            .json()
            .as_array()
            .map(Vec::len),
        Some(1)
    );
}

/// Asks for a password, and notes what it is told.
const SERVER: &str = r"
import http.server
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        open('heard', 'a').write((self.headers['authorization'] or '-') + '\n')
        self.send_response(401)
        self.send_header('WWW-Authenticate', 'Basic realm=x')
        self.send_header('content-length', '0')
        self.end_headers()
http.server.ThreadingHTTPServer(('127.0.0.1', 3456), Handler).serve_forever()
";

#[test]
fn credentials_reach_the_server_and_nothing_else() {
    let sandbox = Sandbox::new();
    if !has_git(&sandbox) {
        return;
    }
    sandbox.ask("POST", "/files/upload-v2?path=server.py", SERVER.as_bytes());
    sandbox.run("python3 server.py >/dev/null 2>&1 &");
    sandbox.until("grep -c ':0D80 .* 0A ' /proc/net/tcp", "1");
    let url = "http://127.0.0.1:3456/x";
    let body = json!({ "path": "r", "url": url });
    assert_eq!(
        refused(&sandbox, "POST", "/git/clone", &body),
        (401, "GIT_AUTH_FAILED".into())
    );
    let body = json!({ "path": "r", "url": url, "username": "me", "password": "s3cret" });
    let reply = sandbox.post("/git/clone", &body);
    assert_eq!(
        (reply.status, reply.code().as_str()),
        (401, "GIT_AUTH_FAILED")
    );
    assert!(
        !reply.json().to_string().contains("s3cret"),
        "{}",
        reply.json()
    );
    let body = json!({ "path": "r", "url": "http://me:s3cret@127.0.0.1:3456/x" });
    assert_eq!(refused(&sandbox, "POST", "/git/clone", &body).0, 401);
    // base64 of me:s3cret
    assert_eq!(
        sandbox.run("sort heard | uniq -c | tr -s ' '"),
        " 3 -\n 2 Basic bWU6czNjcmV0\n"
    );
    assert_eq!(
        sandbox.run("grep -rl s3cret . ; ls -A"),
        "heard\nserver.py\n"
    );
}

#[test]
fn a_client_that_hangs_up_leaves_no_half_clone() {
    let sandbox = Sandbox::new();
    if !has_git(&sandbox) {
        return;
    }
    // A server that takes connections, and says nothing.
    sandbox.run(
        "python3 -c 'import socket, time; s = socket.create_server((\"127.0.0.1\", 3456)); time.sleep(999)' >/dev/null 2>&1 &",
    );
    sandbox.until("grep -c ':0D80 .* 0A ' /proc/net/tcp", "1");
    let body = json!({ "path": "r", "url": "http://127.0.0.1:3456/x" }).to_string();
    let length = body.len().to_string();
    let mut stream = sandbox.begin("POST", "/git/clone", &[("Content-Length", &length)]);
    stream.write_all(body.as_bytes()).expect("sent");
    sandbox.until("pgrep -x git >/dev/null && ls", "r");
    stream.shutdown(Shutdown::Both).expect("shut");
    sandbox.until("pgrep -c git; ls", "0");
}

#[test]
fn what_cannot_be_asked_of_git_is_refused_by_name() {
    let sandbox = Sandbox::new();
    if !has_git(&sandbox) {
        return;
    }
    done(&sandbox, "/git/init", &json!({ "path": "from" }));
    sandbox.run("touch file; mkdir -p full; touch full/x");
    let home = sandbox.run("pwd");
    let home = home.trim();
    let from = format!("{home}/from");
    for (path, body, status, named) in [
        (
            "/git/clone",
            json!({ "url": from, "path": "full" }),
            409,
            "full",
        ),
        (
            "/git/clone",
            json!({ "url": from, "path": "file" }),
            409,
            "file",
        ),
        (
            "/git/clone",
            json!({ "url": from, "path": "file/x" }),
            400,
            "file/x",
        ),
        ("/git/init", json!({ "path": "file" }), 409, "file"),
        ("/git/init", json!({ "path": "file/x" }), 409, "file/x"),
        (
            "/git/init",
            json!({ "path": "new", "initial_branch": "a..b" }),
            400,
            "a..b",
        ),
        (
            "/git/config",
            json!({ "key": "plain", "value": "1" }),
            400,
            "plain",
        ),
        (
            "/git/config",
            json!({ "key": "a.b_c", "value": "1" }),
            400,
            "a.b_c",
        ),
    ] {
        let reply = sandbox.post(path, &body);
        let said = reply.json();
        assert_eq!(reply.status, status, "{path} {body}: {said}");
        let message = said["message"].as_str().unwrap_or_default();
        assert!(message.contains(named), "{path} {body}: {said}");
    }
}
