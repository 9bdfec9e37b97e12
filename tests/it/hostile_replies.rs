//! A sandbox whose toolbox answers what it should not, and an API that sends requests elsewhere: what the
//! client does with it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::binary::{Home, Seen};
use crate::responder::{Responder, reply};
use crate::stopwatch::Stopwatch;

/// What a toolbox sends: these bytes, and then this byte so many times.
#[derive(Clone)]
struct Raw {
    first: Vec<u8>,
    rest: (u8, usize),
}

fn raw(first: &[u8]) -> Raw {
    Raw {
        first: first.to_vec(),
        rest: (b' ', 0),
    }
}

/// An API with one sandbox, `box`, whose toolbox sends the same to every request.
struct Hostile {
    home: Home,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Hostile {
    fn new(toolbox: Raw) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let lines = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (toolbox, lines) = (toolbox.clone(), Arc::clone(&lines));
                std::thread::spawn(move || serve(&stream, &toolbox, &lines));
            }
        });
        Self {
            home: Home::with_server(&format!("http://{address}/api")),
            seen,
        }
    }

    fn run(&self, arguments: &[&str]) -> Seen {
        let begun = Stopwatch::start();
        let seen = self.home.run(arguments);
        assert!(begun.elapsed() < Duration::from_secs(45), "{seen}");
        seen
    }

    fn lines(&self) -> Vec<String> {
        self.seen.lock().expect("no panic").clone()
    }
}

fn serve(stream: &TcpStream, toolbox: &Raw, seen: &Mutex<Vec<String>>) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut stream = stream.try_clone().ok()?;
    let address = stream.local_addr().ok()?;
    loop {
        let (mut head, mut line) = (String::new(), String::new());
        while reader.read_line(&mut line).ok()? > 2 {
            head.push_str(&line);
            line.clear();
        }
        let first = head
            .lines()
            .next()?
            .trim_end_matches(" HTTP/1.1")
            .to_owned();
        let in_toolbox = first.contains(" /toolbox/");
        seen.lock().expect("no panic").push(first);
        if in_toolbox {
            stream.write_all(&toolbox.first).ok()?;
            let piece = vec![toolbox.rest.0; 1 << 20];
            let mut left = toolbox.rest.1;
            while left > 0 {
                stream.write_all(&piece[..left.min(piece.len())]).ok()?;
                left = left.saturating_sub(piece.len());
            }
            // What was promised and does not come must not be waited for without end.
            return None;
        }
        let body = format!(
            r#"{{"id":"6fd0d5ee-76b9-4ac5-9f5d-8a2ef10a5fbb","name":"box","state":"started","toolboxProxyUrl":"http://{address}/toolbox"}}"#
        );
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all((head + &body).as_bytes()).ok()?;
    }
}

const COMMANDS: [&[&str]; 5] = [
    &["exec", "box", "--", "true"],
    &["logs", "box"],
    &["cp", "box:/etc/hostname", "-"],
    &["shell", "box"],
    &["code", "run", "-", "--sandbox", "box"],
];

#[test]
fn a_sandbox_sends_the_client_nowhere() {
    for status in ["301", "302", "303", "307", "308"] {
        let text = format!(
            "HTTP/1.1 {status} X\r\nLocation: /toolbox/victim/process/execute\r\nContent-Length: 0\r\n\r\n"
        );
        let hostile = Hostile::new(raw(text.as_bytes()));
        for command in COMMANDS {
            let seen = hostile.run(command);
            assert_ne!(seen.code, Some(0), "{command:?}: {seen}");
        }
        let lines = hostile.lines();
        assert!(lines.iter().any(|line| line.contains("/toolbox/6fd0")));
        assert!(
            !lines.iter().any(|line| line.contains("victim")),
            "{lines:#?}"
        );
    }
}

#[test]
fn a_reply_without_end_is_left() {
    for head in [
        "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[",
    ] {
        let hostile = Hostile::new(Raw {
            first: head.as_bytes().to_vec(),
            rest: (b' ', 1 << 30),
        });
        let seen = hostile.run(&["logs", "box"]);
        assert_eq!(seen.code, Some(1), "{seen}");
        assert!(
            seen.stderr.contains("is larger than 64 MiB"),
            "{head}: {seen}"
        );
    }
    // An error without end is cut.
    let hostile = Hostile::new(Raw {
        first: b"HTTP/1.1 500 X\r\nConnection: close\r\n\r\n".to_vec(),
        rest: (b'a', 1 << 30),
    });
    let seen = hostile.run(&["logs", "box"]);
    assert_eq!(seen.code, Some(1), "{seen}");
    assert!(seen.stderr.len() < 1000, "{seen}");
}

#[test]
fn what_is_no_http_ends_with_an_error() {
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "a: b\r\n".repeat(5000));
    let long = format!("HTTP/1.1 200 OK\r\na: {}\r\n\r\n", "b".repeat(2 << 20));
    for sent in [
        many.as_str(),
        long.as_str(),
        "HTTP/1.1 200 OK\r\na: \0\r\n\r\n",
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n\u{1}\u{1}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "\0\0\0",
        "",
    ] {
        let hostile = Hostile::new(raw(sent.as_bytes()));
        for command in [COMMANDS[0], COMMANDS[1], COMMANDS[3]] {
            let seen = hostile.run(command);
            assert!(
                seen.code.is_some_and(|code| code != 0),
                "{sent:.60?} {seen}"
            );
            assert!(seen.stderr.contains("error: "), "{sent:.60?} {seen}");
            assert!(!seen.stderr.contains("panicked"), "{seen}");
        }
    }
}

#[test]
fn an_error_of_a_sandbox_commands_no_terminal() {
    let body = "{\"message\":\"\\u001b]0;owned\\u0007\\u001b[2Jgone\\u009b1m\",\"source\":\"DAYTONA_DAEMON\"}";
    for body in [body, "\u{1b}[2Jgone"] {
        let text = format!(
            "HTTP/1.1 500 X\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let hostile = Hostile::new(raw(text.as_bytes()));
        for command in [COMMANDS[0], COMMANDS[1], &["--json", "logs", "box"][..]] {
            let seen = hostile.run(command);
            assert!(seen.stderr.contains("gone"), "{seen}");
            let escapes = |text: &str| text.contains("^[") || text.contains(['\u{7}', '\u{9b}']);
            assert!(!escapes(&seen.stderr) && !escapes(&seen.stdout), "{seen}");
        }
    }
}

#[test]
fn the_api_may_lead_on_its_own_origin_and_by_the_same_method_only() {
    let list = reply("200 OK", r#"{"items":[],"nextCursor":null}"#);
    let moved = Responder::script(vec![
        reply("307 Temporary Redirect", "").header("location: /api/v2/sandbox"),
        list.clone(),
    ]);
    assert_eq!(
        Home::with_server(&moved.url).run(&["list", "-q"]).code,
        Some(0)
    );
    assert_eq!(moved.lines().last().expect("two"), "GET /api/v2/sandbox");

    let elsewhere = Responder::script(vec![list]);
    let target = format!("location: {}/sandbox", elsewhere.url);
    let leads = Responder::script(vec![reply("307 Temporary Redirect", "").header(&target)]);
    let seen = Home::with_server(&leads.url).run(&["list"]);
    assert_eq!(seen.code, Some(1), "{seen}");
    assert!(elsewhere.lines().is_empty(), "{seen}");

    // A POST that would become a GET.
    let changed = Responder::new(|_, asked| match asked.line.as_str() {
        "POST /api/sandbox" => reply("303 See Other", "").header("location: /api/sandbox/x"),
        _ => reply("200 OK", r#"{"items":[],"nextCursor":null}"#),
    });
    let seen = Home::with_server(&changed.url).run(&["create", "--name", "x"]);
    assert_ne!(seen.code, Some(0), "{seen}");
    let lines = changed.lines();
    assert!(
        !lines.iter().any(|line| line == "GET /api/sandbox/x"),
        "{lines:#?}"
    );
    // For ever.
    let circle = Responder::script(vec![
        reply("307 Temporary Redirect", "").header("location: /api/sandbox"),
    ]);
    let seen = Home::with_server(&circle.url).run(&["list"]);
    assert_eq!(seen.code, Some(1), "{seen}");
    assert!(circle.lines().len() <= 6, "{:?}", circle.lines());
}
