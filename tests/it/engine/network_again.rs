//! Networks when something changes under them: stacks killed, engines killed, new addresses, names by all ways.

use std::fs;
use std::net::TcpListener;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::binary::Home;
use crate::leftover::within;

use super::network::{HERE, OTHER, OUTSIDE, Outside, ip, reaches, set};

macro_rules! outside {
    () => {
        match Outside::make() {
            Ok(outside) => outside,
            Err(why) => {
                crate::skip::skip(format_args!("{why}"));
                return;
            }
        }
    };
}

/// The stacks of a home's sandboxes.
fn stacks(home: &Home) -> Vec<Pid> {
    fs::read_dir(home.engine().join("runtime/networks"))
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let record = fs::read(entry.path()).ok()?;
            let record: serde_json::Value = serde_json::from_slice(&record).ok()?;
            Pid::from_raw(i32::try_from(record["stack"]["pid"].as_i64()?).ok()?)
        })
        .collect()
}

fn runs(pid: Pid) -> bool {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()));
    stat.is_ok_and(|stat| stat.contains("slirp4netns") && !stat.contains(") Z "))
}

/// Asks the name server for a name, by datagram and by stream; the number of answers, or why none.
fn asked(home: &Home, sandbox: &str, name: &str, more: &str) -> String {
    let code = format!(
        r"
import socket, struct
def q(n): return b''.join(bytes([len(l)]) + l.encode() for l in n.split('.')) + b'\0\0\1\0\1'
names = ['{name}'] + '{more}'.split()
p = struct.pack('>6H', 7, 0x100, len(names), 0, 0, 0) + b''.join(map(q, names))
out = []
for kind in ('udp', 'tcp'):
    try:
        if kind == 'udp':
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(4); s.sendto(p, ('198.18.0.3', 53)); a = s.recv(4096)
        else:
            s = socket.create_connection(('198.18.0.3', 53), 4); s.sendall(struct.pack('>H', len(p)) + p); n = struct.unpack('>H', s.recv(2))[0]; a = s.recv(n)
        out.append('%s %d %d' % (kind, a[3] & 15, struct.unpack('>H', a[6:8])[0]))
    except Exception as e: out.append(kind + ' ' + type(e).__name__)
print(', '.join(out))
"
    );
    let seen = home.run(&["exec", sandbox, "--", "/usr/bin/python3", "-c", &code]);
    seen.stdout.trim().to_owned()
}

pub(super) fn kill_engine(home: &Home) {
    let engine = home
        .engine_pid()
        .and_then(Pid::from_raw)
        .expect("an engine");
    kill_process(engine, Signal::KILL).expect("a signal");
    let gone = || fs::read_to_string(format!("/proc/{}/stat", engine.as_raw_nonzero()));
    assert!(within(Duration::from_secs(5), || gone()
        .map_or(true, |stat| stat.contains(") Z "))));
}

#[test]
fn a_network_outlives_what_is_done_to_it() {
    let _outside = outside!();
    let host = TcpListener::bind(("0.0.0.0", 8000)).expect("a server");
    let home = Home::with_engine();
    let engine = Outside::engine(&home);
    home.done(&["create", "--name", "open"]);
    home.done(&[
        "create",
        "--name",
        "named",
        "--domain-allow-list",
        "*.example.test",
    ]);
    reaches(&home, "open", &[(OUTSIDE, true), (HERE, false)]);
    reaches(
        &home,
        "named",
        &[("www.example.test", true), (OTHER, false)],
    );

    // A stack that is killed comes back at the next use.
    let killed = stacks(&home);
    assert_eq!(killed.len(), 2);
    for pid in &killed {
        kill_process(*pid, Signal::KILL).expect("a signal");
    }
    assert!(within(Duration::from_secs(5), || !killed
        .iter()
        .any(|pid| runs(*pid))));
    reaches(&home, "open", &[(OUTSIDE, true), (HERE, false)]);
    reaches(
        &home,
        "named",
        &[
            ("www.example.test", true),
            (OTHER, false),
            ("other.test", false),
        ],
    );

    // An address that this host gets later is closed as well; of another sandbox nothing is reached.
    let late = "203.0.113.77";
    ip(&["addr", "add", &format!("{late}/32"), "dev", "lo"]).expect("an address");
    let closed = within(Duration::from_secs(8), || {
        super::network::page(&home, "open", late) == "no"
    });
    let _ = ip(&["addr", "del", &format!("{late}/32"), "dev", "lo"]);
    assert!(closed, "an address that the host got later is open");
    reaches(
        &home,
        "open",
        &[
            ("198.18.0.100", false),
            ("198.18.0.2", false),
            ("0.0.0.0", false),
            ("[::1]", false),
            ("[::ffff:127.0.0.1]", false),
            ("[fe80::1%25tap0]", false),
        ],
    );

    // Names by all ways: what is not listed does not exist, and is not carried along.
    assert_eq!(
        asked(&home, "named", "www.example.test", ""),
        "udp 0 1, tcp 2 0",
        "the server outside answers datagrams only"
    );
    assert_eq!(asked(&home, "named", "other.test", ""), "udp 3 0, tcp 3 0");
    assert_eq!(
        asked(&home, "named", "www.example.test", "other.test"),
        "udp 5 0, tcp 5 0"
    );

    // Pause and resume, stop and start, forks: the limits stay.
    home.done(&["pause", "named"]);
    home.done(&["resume", "named"]);
    home.done(&["fork", "named", "--name", "child"]);
    for sandbox in ["named", "child"] {
        reaches(
            &home,
            sandbox,
            &[
                ("www.example.test", true),
                (OTHER, false),
                ("other.test", false),
            ],
        );
    }

    // Set while the engine is killed: it holds from the next one on, before anybody uses the sandbox.
    home.done(&["exec", "child", "--", "sh", "-c", "cd ~; (while :; do /usr/bin/python3 -c \"import urllib.request as r; r.urlopen('http://203.0.113.2:8000', timeout=1); print('yes')\" 2>/dev/null || echo no; sleep 0.2; done) > seen 2>&1 &"]);
    set(&home, "child", r#"{"networkBlockAll":false}"#);
    kill_engine(&home);
    drop(engine);
    let database = home.engine().join("engine.db");
    let python = std::process::Command::new("python3")
        .args(["-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(\"update sandboxes set network_block_all = 1 where name = 'child'\"); c.commit()"])
        .arg(&database)
        .status();
    assert!(python.expect("python3").success());
    let before = stacks(&home);
    assert_eq!(before.len(), 3);
    let _engine = Outside::engine(&home);
    assert!(
        within(Duration::from_secs(5), || stacks(&home).len() == 2),
        "what was set last is not in effect"
    );
    let seen = home.sh("child", "sleep 1; tail -n 2 seen");
    assert_eq!(seen.stdout, "no\nno\n", "{seen}");
    reaches(
        &home,
        "named",
        &[("www.example.test", true), (OTHER, false)],
    );

    home.done(&["delete", "--all", "--yes"]);
    let all: Vec<Pid> = before.into_iter().chain(killed).collect();
    assert!(within(Duration::from_secs(5), || stacks(&home).is_empty()
        && !all.iter().any(|pid| runs(*pid))));
    drop(host);
    home.done(&["serve", "--stop"]);
}

#[test]
fn settings_that_change_while_it_is_used_hold_at_the_end() {
    let _outside = outside!();
    let home = Home::with_engine();
    let _engine = Outside::engine(&home);
    home.done(&["create", "--name", "box"]);
    reaches(&home, "box", &[(OUTSIDE, true)]);
    for _ in 0..5 {
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| home.sh("box", "true").code);
            }
            scope.spawn(|| set(&home, "box", r#"{"networkBlockAll":true}"#));
        });
        assert_eq!(stacks(&home).len(), 0, "blocked, and yet there is a stack");
        set(&home, "box", r#"{"networkBlockAll":false}"#);
        home.done(&["exec", "box", "--", "true"]);
        assert_eq!(stacks(&home).len(), 1);
    }
    // Starts, uses and stops in a row leave no stack behind.
    let mut ever = stacks(&home);
    for _ in 0..5 {
        home.done(&["stop", "--force", "box"]);
        home.done(&["start", "box"]);
        home.done(&["exec", "box", "--", "true"]);
        ever.extend(stacks(&home));
    }
    home.done(&["delete", "box"]);
    assert!(within(Duration::from_secs(5), || !ever
        .iter()
        .any(|pid| runs(*pid))));
    home.done(&["serve", "--stop"]);
}
