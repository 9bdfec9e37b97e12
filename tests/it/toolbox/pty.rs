//! Terminals: both ways to make one, what clients see, how they end.

use std::time::Duration;

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::sandbox::{Sandbox, Socket, rest};

const EXIT: &str = "X-Daytona-Pty-Exit-Control";

fn control(message: &Message) -> Value {
    serde_json::from_str(message.to_text().expect("a text")).expect("JSON")
}

/// Reads output until it holds a text.
pub(crate) fn until(socket: &mut Socket, text: &str) -> String {
    let mut seen = String::new();
    while !seen.contains(text) {
        match socket.read().expect("a message") {
            Message::Binary(bytes) => seen.push_str(&String::from_utf8_lossy(&bytes)),
            Message::Close(frame) => panic!("closed: {frame:?} after {seen:?}"),
            _ => {}
        }
    }
    seen
}

fn connected(socket: &mut Socket) {
    let first = control(&socket.read().expect("a message"));
    assert_eq!(first, json!({ "type": "control", "status": "connected" }));
}

#[test]
fn a_terminal_is_made_and_watched_in_one_step() {
    let sandbox = Sandbox::new();
    // {"WHO":"me"}
    let offers = format!("X-Daytona-Pty-Envs~eyJXSE8iOiJtZSJ9, {EXIT}");
    let path = "/process/pty/create-connect?id=t&cols=91&rows=33&cwd=%2Ftmp";
    let (mut socket, chosen) = sandbox.socket(path, &offers).ok().expect("a socket");
    assert_eq!(chosen, EXIT);
    connected(&mut socket);
    socket
        .send(Message::binary("stty size; tty; pwd; echo =$WHO$TERM=\n"))
        .expect("sent");
    let seen = until(&mut socket, "=mexterm-256color=");
    assert!(
        seen.contains("33 91") && seen.contains("/dev/pts/") && seen.contains("/tmp"),
        "{seen}"
    );
    let resized = sandbox.post("/process/pty/t/resize", &json!({ "cols": 50, "rows": 20 }));
    assert_eq!((&resized.json()["cols"], resized.status), (&json!(50), 200));
    socket.send(Message::text("stty size\n")).expect("sent");
    until(&mut socket, "20 50");
    // Ctrl-C ends what runs in the foreground, not the shell.
    socket.send(Message::text("sleep 1000\n")).expect("sent");
    sandbox.until("pgrep -cx sleep", "1");
    socket.send(Message::text("\x03")).expect("sent");
    // What is typed before the shell is back may be thrown away, as on every terminal.
    let after = until(&mut socket, "^C");
    if !after
        .split("^C")
        .nth(1)
        .is_some_and(|after| after.contains('$'))
    {
        until(&mut socket, "$");
    }
    socket
        .send(Message::text("echo $((40+2))\n"))
        .expect("sent");
    until(&mut socket, "42");
    let (second, _) = sandbox
        .socket("/process/pty/t/connect", "")
        .ok()
        .expect("a socket");
    let mut second = second;
    connected(&mut second);
    let listed = sandbox.get("/process/pty").json();
    assert_eq!(listed["sessions"][0]["active"], true);
    socket
        .send(Message::text("echo bye; exit 3\n"))
        .expect("sent");
    until(&mut second, "bye");
    let (messages, close) = rest(&mut socket);
    let last = control(messages.last().expect("a message"));
    assert_eq!(
        last,
        json!({ "type": "control", "status": "exited", "exitCode": 3, "exitReason": "non-zero exit" })
    );
    let reason = r#"{"exitCode":3,"exitReason":"non-zero exit"}"#.to_owned();
    assert_eq!(close, Some((1011, reason.clone())));
    let (messages, close) = rest(&mut second);
    assert!(messages.iter().all(Message::is_binary), "{messages:?}");
    assert_eq!(close, Some((1011, reason)));
    assert_eq!(
        sandbox.get("/process/pty").json(),
        json!({ "sessions": [] })
    );
    assert_eq!(sandbox.get("/process/pty/t").status, 404);
    let late = sandbox.post("/process/pty/t/resize", &json!({ "cols": 50, "rows": 20 }));
    assert_eq!(late.status, 410);
}

#[test]
fn a_terminal_outlives_its_client_and_ends_with_all_that_runs_in_it() {
    let sandbox = Sandbox::new();
    let before = sandbox.run("ls /proc/1/fd | wc -l");
    let body = json!({ "id": "t", "lazyStart": true, "envs": { "A": "b" } });
    assert_eq!(sandbox.post("/process/pty", &body).status, 201);
    assert_eq!(sandbox.get("/process/pty/t").json()["active"], false);
    let (mut socket, chosen) = sandbox
        .socket("/process/pty/t/connect", "X-Daytona-SDK-Version~1")
        .ok()
        .expect("a socket");
    assert_eq!(chosen, "X-Daytona-SDK-Version~1");
    connected(&mut socket);
    socket
        .send(Message::text("sleep 88888 & sleep 88888; echo no\n"))
        .expect("sent");
    sandbox.until("pgrep -cf '^sleep 88888'", "2");
    drop(socket);
    // So that the client's end is noticed, and does nothing to the terminal.
    std::thread::sleep(Duration::from_millis(200));
    let (mut socket, _) = sandbox
        .socket("/process/pty/t/connect", EXIT)
        .ok()
        .expect("a socket");
    connected(&mut socket);
    let deleted = sandbox.ask("DELETE", "/process/pty/t", b"");
    assert_eq!(deleted.status, 200);
    let (messages, close) = rest(&mut socket);
    assert_eq!(
        control(messages.last().expect("a message"))["exitCode"],
        137
    );
    assert_eq!(close.expect("a frame").0, 1011);
    sandbox.until("pgrep -cf '^sleep 88888'", "0");
    drop(socket);
    sandbox.until("ls /proc/1/fd | wc -l", before.trim());
    assert_eq!(sandbox.ask("DELETE", "/process/pty/t", b"").status, 404);
}

#[test]
fn refusals_come_before_the_upgrade() {
    let sandbox = Sandbox::new();
    let make = |query: &str| {
        let path = format!("/process/pty/create-connect?{query}");
        sandbox.socket(&path, EXIT).err().map(|reply| reply.status)
    };
    assert_eq!(make("id=a&cols=1001"), Some(400));
    assert_eq!(make("id=a&cwd=/none"), Some(400));
    assert_eq!(make("cols=10"), Some(400));
    assert_eq!(make("id=a"), None);
    assert_eq!(make("id=a"), Some(409));
    let missing = sandbox.socket("/process/pty/none/connect", "");
    assert_eq!(missing.err().map(|reply| reply.status), Some(404));
    assert_eq!(sandbox.get("/process/pty/none/connect").status, 400);
    assert_eq!(
        sandbox.post("/process/pty", &json!({ "id": "a" })).status,
        409
    );
    let zero = sandbox.post("/process/pty/a/resize", &json!({ "cols": 0, "rows": 5 }));
    assert_eq!(zero.status, 400);
}

#[test]
fn much_output_reaches_a_client_that_takes_its_time() {
    let sandbox = Sandbox::new();
    let (mut socket, _) = sandbox
        .socket("/process/pty/create-connect?id=t", EXIT)
        .ok()
        .expect("a socket");
    connected(&mut socket);
    socket
        .send(Message::text(
            "stty -onlcr; head -c 30000000 /dev/zero | tr '\\0' x; exit\n",
        ))
        .expect("sent");
    // The client's time: what it is sent fills every buffer on the way.
    std::thread::sleep(Duration::from_millis(500));
    let (messages, close) = rest(&mut socket);
    assert_eq!(close.expect("a frame").0, 1000);
    let size: usize = messages.iter().map(Message::len).sum();
    assert!(size > 30_000_000, "{size}");
}

#[test]
fn a_client_that_takes_nothing_does_not_hold_up_the_others() {
    let sandbox = Sandbox::new();
    let (mut socket, _) = sandbox
        .socket("/process/pty/create-connect?id=t", EXIT)
        .ok()
        .expect("a socket");
    connected(&mut socket);
    let stuck = sandbox
        .socket("/process/pty/t/connect", "")
        .ok()
        .expect("a socket");
    socket
        .send(Message::text(
            "stty -onlcr; head -c 60000000 /dev/zero | tr '\\0' x; exit\n",
        ))
        .expect("sent");
    let (messages, close) = rest(&mut socket);
    assert_eq!(close.expect("a frame").0, 1000);
    let size: usize = messages.iter().map(Message::len).sum();
    assert!(size > 60_000_000, "{size}");
    drop(stuck);
}
