//! This user's own programs reach the engine by a socket in its folder, never by the port that anybody may
//! take once it has ended.

use std::io::Read as _;
use std::net::TcpListener;
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
use std::sync::mpsc::channel;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::binary::Home;
use crate::mcp_client::Server;
use crate::stopwatch::Stopwatch;

fn notice(home: &Home) -> Value {
    let text = std::fs::read(home.engine().join("engine.json")).expect("a notice");
    serde_json::from_slice(&text).expect("JSON")
}

/// The address at which the engine listens for SDKs.
fn port(home: &Home) -> String {
    let url = notice(home)["url"].as_str().expect("a URL").to_owned();
    let address = url.trim_start_matches("http://").trim_end_matches("/api");
    address.to_owned()
}

#[test]
fn whoever_takes_the_port_of_a_dead_engine_is_sent_nothing() {
    let home = Home::with_engine();
    let mut server = Server::greeted(&home);
    let ran = server.done("execute_command", &json!({"command": "echo one"}));
    assert_eq!(ran["stdout"], "one\n");
    let address = port(&home);
    let pid = Pid::from_raw(home.engine_pid().expect("an engine")).expect("a number");
    kill_process(pid, Signal::KILL).expect("a signal");
    // At once, as somebody who waits for it would.
    let begun = Stopwatch::start();
    let thief = loop {
        match TcpListener::bind(&address) {
            Ok(thief) => break thief,
            Err(error) => assert!(begun.elapsed() < Duration::from_secs(10), "{error}"),
        }
    };
    let (heard, told) = channel();
    std::thread::spawn(move || {
        for stream in thief.incoming().flatten() {
            let mut stream = stream;
            let _ = stream.set_read_timeout(Some(Duration::from_secs(2)));
            let mut bytes = Vec::new();
            let mut piece = [0; 4096];
            while let Ok(count @ 1..) = stream.read(&mut piece) {
                bytes.extend_from_slice(&piece[..count]);
            }
            if heard
                .send(String::from_utf8_lossy(&bytes).into_owned())
                .is_err()
            {
                return;
            }
        }
    });
    // The server takes its lease again, and works on with the engine that is started then; so do commands.
    let ran = server.done("execute_command", &json!({"command": "echo two"}));
    assert_eq!(ran["stdout"], "two\n");
    home.done(&["list"]);
    assert_ne!(port(&home), address);
    let stolen: Vec<String> =
        std::iter::from_fn(|| told.recv_timeout(Duration::from_secs(3)).ok()).collect();
    assert!(stolen.is_empty(), "{stolen:#?}");
}

#[test]
fn the_socket_is_its_owners_and_carries_everything() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box", "-q"]);
    let path = home.engine().join("engine.sock");
    let about = std::fs::metadata(&path).expect("a socket");
    assert!(about.file_type().is_socket());
    assert_eq!(about.permissions().mode() & 0o777, 0o600);
    // As if nobody could be reached at the port: requests, uploads, sockets and previews come by the socket.
    let mut told = notice(&home);
    told["url"] = json!("http://127.0.0.1:9/api");
    std::fs::write(home.engine().join("engine.json"), told.to_string()).expect("written");
    assert_eq!(home.sh("box", "echo $((6 * 7))").stdout, "42\n");
    std::fs::write(home.path().join("file"), "content").expect("written");
    home.done(&["cp", "file", "box:/tmp/file"]);
    assert_eq!(home.text(&["cp", "box:/tmp/file", "-"]), "content");
    let logs = home.run(&["logs", "box"]);
    assert_eq!(logs.code, Some(0), "{logs}");
    home.done(&["delete", "box", "--yes", "-q"]);
    home.done(&["serve", "--stop", "-q"]);
    assert!(!path.exists());
}

#[test]
fn a_folder_of_any_depth_will_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let deep = folder.path().join("d".repeat(90)).join("e".repeat(90));
    std::fs::create_dir_all(&deep).expect("a folder");
    let home = Home::with_engine().set("XDG_DATA_HOME", deep.to_str().expect("text"));
    home.done(&["create", "--name", "box", "-q"]);
    assert_eq!(home.sh("box", "echo deep").stdout, "deep\n");
    home.done(&["delete", "box", "--yes", "-q"]);
    home.done(&["serve", "--stop", "-q"]);
}
