//! A repository that asks for a password: who is told, and where it never is.

use std::fs;
use std::time::Duration;

use serde_json::json;

use crate::binary::Home;
use crate::leftover::within;
use crate::mcp_client::Server;

/// Serves the repositories below its folder as web servers do, to those who know the password.
const SERVER: &str = r#"
import base64, http.server, os, subprocess
WANTED = 'Basic ' + base64.b64encode(b'me:s3cret-t0ken').decode()
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.headers['authorization'] != WANTED:
            self.send_response(401)
            self.send_header('WWW-Authenticate', 'Basic realm=x')
            self.send_header('content-length', '0')
            self.end_headers()
            return
        path, _, query = self.path.partition('?')
        body = self.rfile.read(int(self.headers.get('content-length') or 0))
        env = dict(os.environ, GIT_PROJECT_ROOT=os.getcwd(), GIT_HTTP_EXPORT_ALL='1', PATH_INFO=path, QUERY_STRING=query,
            REQUEST_METHOD=self.command, CONTENT_TYPE=self.headers.get('content-type') or '', REMOTE_USER='me',
            CONTENT_LENGTH=str(len(body)), GIT_PROTOCOL=self.headers.get('git-protocol') or '',
            HTTP_CONTENT_ENCODING=self.headers.get('content-encoding') or '')
        said = subprocess.run(['git', 'http-backend'], input=body, env=env, capture_output=True).stdout
        head, _, rest = said.partition(b'\r\n\r\n')
        lines = dict(line.split(': ', 1) for line in head.decode().split('\r\n'))
        self.send_response(int(lines.pop('Status', '200').split()[0]))
        for name, value in lines.items():
            self.send_header(name, value)
        self.send_header('content-length', str(len(rest)))
        self.end_headers()
        self.wfile.write(rest)
    do_POST = do_GET
http.server.ThreadingHTTPServer(('127.0.0.1', 3456), Handler).serve_forever()
"#;

#[test]
fn a_private_repository_is_cloned_and_the_secret_is_kept() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let made = home.sh(
        "box",
        "git config --global user.name Me; git config --global user.email me@x
         git init -qb main w && cd w && echo 1 > f && git add . && git commit -qm first && cd .. &&
         git clone -q --bare w private.git && git -C private.git config http.receivepack true && rm -rf w",
    );
    assert_eq!(made.code, Some(0), "{made}");
    let mut server = Server::with_all_tools(&home);
    server.done(
        "file_upload",
        &json!({"id": "box", "filePath": "/tmp/server.py", "content": SERVER}),
    );
    let _ = home.sh("box", "nohup python3 /tmp/server.py >/dev/null 2>&1 &");
    let ready = || {
        home.sh("box", "grep -c ':0D80 .* 0A ' /proc/net/tcp")
            .stdout
            == "1\n"
    };
    assert!(within(Duration::from_secs(20), ready));

    let url = "http://127.0.0.1:3456/private.git";
    let (kind, _, hint) = server.refused("git_clone", &json!({"id": "box", "url": url}));
    assert_eq!(
        (kind.as_str(), hint.contains("username and password")),
        ("auth", true),
        "{hint}"
    );
    let wrong = json!({"id": "box", "url": url, "username": "me", "password": "wr0ng-pass"});
    let (kind, message, hint) = server.refused("git_clone", &wrong);
    assert_eq!(kind, "auth", "{message}");
    assert!(
        !format!("{message}{hint}").contains("wr0ng-pass"),
        "{message}"
    );
    let with = |more: serde_json::Value| {
        let mut arguments = json!({"id": "box", "username": "me", "password": "s3cret-t0ken"});
        let object = arguments.as_object_mut().expect("an object");
        object.extend(more.as_object().expect("an object").clone());
        arguments
    };
    let cloned = server.done("git_clone", &with(json!({"url": url})));
    assert_eq!(
        (&cloned["path"], &cloned["fileCount"]),
        (&json!("private"), &json!(1))
    );
    let _ = home.sh("box", "echo 2 > private/f");
    server.done(
        "git_commit",
        &json!({"id": "box", "path": "private", "message": "two", "files": ["f"]}),
    );
    let push = json!({"id": "box", "path": "private"});
    assert_eq!(server.refused("git_push", &push).0, "auth");
    let pushed = server.done("git_push", &with(json!({"path": "private"})));
    assert_eq!(pushed["ahead"], 0, "{pushed}");
    assert_eq!(
        home.sh("box", "git -C private.git log -1 --format=%s")
            .stdout,
        "two\n"
    );
    server.done("git_pull", &with(json!({"path": "private"})));

    // No file in the sandbox has it, and none on this side but the server's own.
    let found = home.sh("box", "grep -rlE 's3cret-t0ken|wr0ng-pass' ~ .; true");
    assert_eq!(found.stdout, "", "{found}");
    server.stdin.take();
    assert_eq!(server.ended(Duration::from_secs(3)).0, Some(0));
    let mut folders = vec![home.path()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            } else if let Ok(bytes) = fs::read(&path) {
                let text = String::from_utf8_lossy(&bytes);
                let told = text.contains("s3cret-t0ken") && !text.contains("http-backend");
                assert!(!told && !text.contains("wr0ng-pass"), "{}", path.display());
            }
        }
    }
}
