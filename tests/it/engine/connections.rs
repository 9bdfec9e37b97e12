//! Connections to an engine by the hundreds, and by clients that keep them.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use crate::binary::Home;
use crate::leftover::within;

/// What an SDK needs: the address and the key.
fn access(home: &Home) -> (String, String) {
    let shown = home.text(&["serve", "--print-env"]);
    let between = |before: &str, after: &str| {
        let rest = shown.split(before).nth(1).expect("what an SDK needs");
        rest.split(after).next().unwrap_or_default().to_owned()
    };
    (
        between("http://", "/api"),
        between("DAYTONA_API_KEY='", "'"),
    )
}

/// Asks 30 times on one connection: a refusal with a body that nobody reads, then something that works.
const KEPT: &str = r"
import http.client, json, sys
address, key = sys.argv[1:]
connection = http.client.HTTPConnection(address, timeout=30)
good = {'authorization': 'Bearer ' + key}
for number in range(30):
    refusals = [
        ('POST', '/api/sandbox', {}, 401),
        ('POST', '/toolbox/nope/files/upload-v2?path=a', good, 404),
        ('POST', '/toolbox/box/process/execute', good, 400),
        ('POST', '/toolbox/box/files/upload-v2?path=/proc/x', good, None),
        ('POST', '/api/snapshots/import?name=', good, 400),
    ]
    method, path, headers, status = refusals[number % len(refusals)]
    connection.request(method, path, b'x' * 300000, headers)
    reply = connection.getresponse()
    reply.read()
    assert status in (None, reply.status) and reply.status >= 400, (path, reply.status)
    connection.request('GET', '/api/sandbox', headers=good)
    reply = connection.getresponse()
    assert reply.status == 200, reply.status
    json.loads(reply.read())
print('30 of 30')
";

#[test]
fn a_client_that_keeps_its_connection_is_answered_after_each_refusal() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box", "-q"]);
    let (address, key) = access(&home);
    let output = Command::new("python3")
        .args(["-c", KEPT, &address, &key])
        .output()
        .expect("python3 runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(said, "30 of 30\n", "{errors}");
}

#[test]
fn a_route_that_reads_no_body_is_answered_however_late_that_comes() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box", "-q"]);
    let (address, key) = access(&home);
    let paths = ["lsp/did-open", "computeruse/mouse/click", "nope"];
    for round in 0..600 {
        let path = paths[round % paths.len()];
        let mut stream = TcpStream::connect(&address).expect("connected");
        stream.set_nodelay(true).expect("at once");
        let head = format!(
            "POST /toolbox/box/{path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\n\
             Connection: close\r\nContent-Length: 2000\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).expect("sent");
        let later = u64::try_from(round).expect("small") * 5;
        std::thread::sleep(std::time::Duration::from_micros(later));
        stream.write_all(&[b'x'; 2000]).expect("sent");
        let mut reply = String::new();
        stream.read_to_string(&mut reply).expect("a reply");
        assert!(reply.contains("DAYTONA_DAEMON"), "{round} {path}: {reply}");
    }
}

/// The memory of a process, in KiB.
fn resident(pid: i32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.expect("a figure")
}

fn descriptors(pid: i32) -> usize {
    std::fs::read_dir(format!("/proc/{pid}/fd")).map_or(0, Iterator::count)
}

/// Half a request, so many times.
fn halves(address: &str, count: usize) -> Vec<TcpStream> {
    let half = || {
        let mut stream = TcpStream::connect(address).ok()?;
        stream
            .write_all(b"GET /api/health HTTP/1.1\r\nHost: loc")
            .ok()?;
        Some(stream)
    };
    (0..count).filter_map(|_| half()).collect()
}

#[test]
fn half_requests_by_the_thousands_hold_nothing_up() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box", "-q"]);
    let (address, _) = access(&home);
    let pid = home.engine_pid().expect("an engine");
    let before = resident(pid);
    let mut held = Vec::new();
    for _ in 0..3 {
        held.extend(halves(&address, 1000));
        assert_eq!(home.run(&["exec", "box", "--", "true"]).code, Some(0));
    }
    assert!(descriptors(pid) < 1200, "{}", descriptors(pid));
    let grown = resident(pid).saturating_sub(before);
    assert!(grown < 40_000, "{grown} KiB");
    drop(held);
}

#[test]
fn an_engine_with_few_descriptors_answers() {
    let home = Home::with_engine();
    let serve = format!(
        "ulimit -n 160; exec '{}' serve --detached",
        env!("CARGO_BIN_EXE_daytona")
    );
    let mut command = home.command(&[]);
    let environment: Vec<_> = command
        .get_envs()
        .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())))
        .collect();
    command = Command::new("sh");
    let mut child = command
        .args(["-c", &serve])
        .env_clear()
        .envs(environment)
        .env("PATH", "/usr/bin:/bin")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("an engine");
    let announced = || home.engine_pid().is_some();
    assert!(within(std::time::Duration::from_secs(10), announced));
    home.done(&["create", "--name", "box", "-q"]);
    let (address, _) = access(&home);
    let held = halves(&address, 400);
    for _ in 0..5 {
        assert_eq!(home.run(&["exec", "box", "--", "true"]).code, Some(0));
    }
    drop(held);
    home.done(&["delete", "box", "--yes", "-q"]);
    home.done(&["serve", "--stop", "-q"]);
    child.wait().expect("its end");
}
