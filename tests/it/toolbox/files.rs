//! Files through the engine: what arrives, what is refused, what is left behind.

use std::io::{Read as _, Write as _};
use std::net::Shutdown;

use serde_json::json;

use super::sandbox::{Sandbox, receive};

const FORM: (&str, &str) = ("Content-Type", "multipart/form-data; boundary=X");

#[test]
fn files_are_made_moved_and_deleted() {
    let sandbox = Sandbox::new();
    let folder = sandbox.ask("POST", "/files/folder?path=a%2Fb&mode=1777", b"");
    assert_eq!((folder.status, folder.body.as_slice()), (201, &b""[..]));
    let info = sandbox.get("/files/info?path=a%2Fb").json();
    assert_eq!(
        (&info["mode"], &info["permissions"], &info["isDir"]),
        (&json!("dtrwxrwxrwx"), &json!("0777"), &json!(true))
    );
    assert_eq!(info["owner"], "1000");
    let raw = sandbox.ask("POST", "/files/upload-v2?path=a/b/c%20%0A%ff.txt", b"raw");
    assert_eq!(raw.json()["type"], "file");
    assert_eq!(sandbox.run("cat a/b/c*"), "raw");
    let got = sandbox.ask_with(
        "GET",
        "/files/download?path=a/b/c%20%0A%ff.txt",
        &[("Range", "bytes=1-")],
        b"",
    );
    assert_eq!((got.status, got.body.as_slice()), (206, &b"aw"[..]));
    assert!(got.headers.contains("filename*=utf-8''c%20%0A%FF.txt"));
    let moved = sandbox.ask("POST", "/files/move?source=a/b&destination=%2Ftmp%2Fb", b"");
    assert_eq!(moved.status, 200);
    assert_eq!(sandbox.run("ls -d a/b /tmp/b 2>/dev/null"), "/tmp/b\n");
    sandbox.run("mkdir -m 0 closed");
    for (method, path, status, code) in [
        ("GET", "/files/info?path=none", 404, "FILE_NOT_FOUND"),
        ("GET", "/files/info", 400, "BAD_REQUEST"),
        ("GET", "/files?path=none", 404, "FILE_NOT_FOUND"),
        ("GET", "/files?path=/etc/passwd", 400, "INVALID_FILE_PATH"),
        ("GET", "/files?path=closed", 403, "FILE_ACCESS_DENIED"),
        ("GET", "/files/download?path=a", 400, "INVALID_FILE_PATH"),
        ("DELETE", "/files?path=a", 400, "INVALID_FILE_PATH"),
        ("DELETE", "/files?path=none", 404, "FILE_NOT_FOUND"),
        ("POST", "/files/folder?path=x&mode=9", 400, "BAD_REQUEST"),
        (
            "POST",
            "/files/move?source=a&destination=/tmp",
            409,
            "CONFLICT",
        ),
        (
            "POST",
            "/files/move?source=a&destination=x/y",
            404,
            "FILE_NOT_FOUND",
        ),
        (
            "POST",
            "/files/permissions?path=a&owner=nobody-such",
            400,
            "BAD_REQUEST",
        ),
        (
            "POST",
            "/files/permissions?path=none&mode=644",
            404,
            "FILE_NOT_FOUND",
        ),
        ("POST", "/files/bulk-download", 400, "BAD_REQUEST"),
    ] {
        let refused = sandbox.ask(method, path, b"");
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (status, code),
            "{method} {path}: {}",
            refused.json()
        );
    }
    let deleted = sandbox.ask("DELETE", "/files?path=a&recursive=True", b"");
    assert_eq!(deleted.status, 204);
}

#[test]
fn a_form_is_written_while_it_arrives_and_read_to_its_end() {
    let sandbox = Sandbox::new();
    let part = |name: &str, text: &str| {
        format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
    };
    let form = [
        part("files[0].path", "in/one"),
        part("files[1].path", "/etc/passwd/two"),
        part("other", "?"),
        part("files[0].file", "1"),
        part("files[1].file", "2"),
        part("files[2].file", "3"),
        "--X--\r\n".to_owned(),
    ]
    .concat();
    let sent = sandbox.ask_with("POST", "/files/bulk-upload", &[FORM], form.as_bytes());
    assert_eq!(sent.status, 400);
    let json = sent.json();
    assert_eq!(json["files"], json!([{ "path": "in/one", "bytes": 1 }]));
    let errors = json["errors"].as_array().expect("a list");
    assert_eq!(errors.len(), 2, "{json}");
    assert_eq!(errors[1], "file[2]: missing .path metadata");
    assert_eq!(sandbox.run("cat in/one"), "1");
    let form = [part("file", "new"), "--X--\r\n".to_owned()].concat();
    sandbox.run("ln -s in/one link; chmod 640 in/one");
    let sent = sandbox.ask_with("POST", "/files/upload?path=link", &[FORM], form.as_bytes());
    assert_eq!((sent.status, sent.body.as_slice()), (200, &b""[..]));
    assert_eq!(
        sandbox.run("cat in/one; stat -c %a in/one; ls -A"),
        "new640\nin\nlink\n"
    );
}

#[test]
fn a_client_that_goes_away_leaves_nothing() {
    let sandbox = Sandbox::new();
    sandbox.run("mkdir up; echo old > up/there");
    let files = "ls -A up; cat up/there; ls /proc/1/fd | wc -l";
    let before = sandbox.run(files);
    let long = ("Content-Length", "1000000");
    for path in [
        "/files/upload-v2?path=up/new",
        "/files/upload-v2?path=up/there",
        "/files/bulk-upload",
    ] {
        let headers: &[_] = if path.ends_with("bulk-upload") {
            &[long, FORM]
        } else {
            &[long]
        };
        let mut stream = sandbox.begin("POST", path, headers);
        stream
            .write_all(
                b"--X\r\nContent-Disposition: form-data; name=\"files[0].path\"\r\n\r\nup/form\r\n\
                  --X\r\nContent-Disposition: form-data; name=\"files[0].file\"\r\n\r\nhalf",
            )
            .expect("sent");
        sandbox.until("ls -A up | grep -c daytona", "1");
        stream.shutdown(Shutdown::Both).expect("shut");
    }
    sandbox.until(files, before.trim());
    // And in the middle of a download.
    sandbox.run("head -c 50000000 /dev/zero > up/big");
    let body = br#"{"paths":["up/big"]}"#;
    let length = body.len().to_string();
    for (method, path) in [
        ("GET", "/files/download?path=up/big"),
        ("POST", "/files/bulk-download"),
    ] {
        let mut stream = sandbox.begin(method, path, &[("Content-Length", &length)]);
        stream.write_all(body).expect("sent");
        stream.read_exact(&mut [0; 4096]).expect("a part");
        stream.shutdown(Shutdown::Both).expect("shut");
    }
    sandbox.run("rm up/big");
    sandbox.until(files, before.trim());
}

#[test]
fn a_refused_upload_is_read_before_it_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.run("mkdir -m 555 closed");
    let body = vec![b'x'; 8 << 20];
    let length = body.len().to_string();
    let mut stream = sandbox.begin(
        "POST",
        "/files/upload-v2?path=closed/none",
        &[("Content-Length", &length)],
    );
    stream.write_all(&body).expect("all of it is read");
    let reply = receive(stream);
    assert_eq!(
        (reply.status, reply.code().as_str()),
        (403, "FILE_ACCESS_DENIED")
    );
}

#[test]
fn found_lines_and_names_come_as_lists() {
    let sandbox = Sandbox::new();
    sandbox.run("mkdir w; seq 100000 > w/numbers; printf 'a\\nb needle\\n' > w/text");
    let found = sandbox.get("/files/find?path=w&pattern=needle").json();
    assert_eq!(
        found,
        json!([{ "file": "w/text", "line": 2, "content": "b needle" }])
    );
    let many = sandbox.get("/files/find?path=w&pattern=1").json();
    assert!(many.as_array().expect("a list").len() > 40_000);
    let names = sandbox.get("/files/search?path=w&pattern=n*").json();
    assert_eq!(names, json!({ "files": ["w/numbers"] }));
    let body = json!({ "files": ["w/text", "w/none"], "pattern": "needle", "newValue": "pin" });
    let replaced = sandbox.post("/files/replace", &body).json();
    assert_eq!(replaced[0], json!({ "file": "w/text", "success": true }));
    assert_eq!(replaced[1]["success"], false);
    let listed = sandbox.get("/files?path=.&depth=2").json();
    let paths: Vec<_> = listed
        .as_array()
        .expect("a list")
        .iter()
        .map(|info| info["path"].as_str().expect("a path"))
        .collect();
    assert_eq!(paths, ["w", "w/numbers", "w/text"]);
}
