//! Whichever way a program is started, it has its three streams and nothing of ours.

use serde_json::json;

use crate::binary::Home;
use crate::engine::images::{layer, root};
use crate::mcp_client::Server;
use crate::registry::Registry;
use crate::toolbox::interpreter;
use crate::toolbox::pty::until;
use crate::toolbox::sandbox::Sandbox;

/// Shell text that shows what a program was given, between two marks.
const LOOK: &str = "echo '<<'; ls -l /proc/self/fd; grep -E '^Sig(Blk|Ign):' /proc/self/status; \
    env | cut -d= -f1 | tr '\\n' ' '; echo; echo limit $(sed -n 's/^Max processes *\\([0-9]*\\) .*/\\1/p' /proc/self/limits) mask $(umask) \
    adj $(cat /proc/self/oom_score_adj) dumpable $(test -O /proc/self/environ && echo yes); echo '>>'";

/// What may be in the environment: the sandbox's own, and what shells and the ways in add.
const NAMES: &[&str] = &[
    "HOME",
    "LANG",
    "LOGNAME",
    "OLDPWD",
    "PATH",
    "PWD",
    "SHELL",
    "SHLVL",
    "TERM",
    "USER",
    "_",
    // What installers are told.
    "NPM_CONFIG_GLOBALCONFIG",
    "PIP_BREAK_SYSTEM_PACKAGES",
    // Interactive shells tell programs.
    "COLUMNS",
    "LINES", // Python, where it finds no locale.
    "LC_CTYPE",
];

#[track_caller]
fn check(way: &str, text: &str) {
    check_with(way, text, &[]);
}

/// `more` are names of variables that belong to the way itself.
#[track_caller]
fn check_with(way: &str, text: &str, more: &[&str]) {
    let text = text.replace('\r', "");
    let told = text
        .split("<<\n")
        .nth(1)
        .and_then(|rest| rest.split(">>\n").next())
        .unwrap_or_else(|| panic!("{way}: {text}"));
    let mut descriptors = Vec::new();
    for line in told.lines().filter(|line| line.contains(" -> ")) {
        let (left, target) = line.split_once(" -> ").expect("a link");
        let number = left.rsplit(' ').next().expect("a number");
        // The folder that is being listed.
        if !target.starts_with("/proc/") {
            descriptors.push(number);
        }
    }
    assert_eq!(descriptors, ["0", "1", "2"], "{way}: {told}");
    for name in ["SigBlk", "SigIgn"] {
        let signals = told
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .unwrap_or_else(|| panic!("{way}: {told}"));
        let signals = u64::from_str_radix(signals.trim_start_matches(":\t"), 16).expect("a set");
        // The GNU C library itself has children ignore the two signals that it keeps for threads.
        let own = if way.starts_with("python") {
            0x1_8000_0000
        } else {
            0
        };
        assert_eq!(signals & !own, 0, "{way}: {name}: {told}");
    }
    let names = told
        .lines()
        .rev()
        .nth(1)
        .unwrap_or_else(|| panic!("{way}: {told}"));
    for name in names.split_whitespace() {
        assert!(
            NAMES.contains(&name) || more.contains(&name),
            "{way}: {name} is in the environment: {told}"
        );
    }
    let last = told.lines().last().unwrap_or_default();
    assert_eq!(
        last, "limit 1024 mask 0022 adj 900 dumpable yes",
        "{way}: {told}"
    );
}

#[test]
fn by_command() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let seen = home.sh("demo", LOOK);
    check("exec", &seen.stdout);
    let seen = home.run(&["exec", "demo", "--", LOOK]);
    check("exec of shell text", &seen.stdout);
    let seen = home.pipe(&["exec", "-i", "demo", "--", "sh"], LOOK);
    check("exec with input", &seen.stdout);
    let mut server = Server::greeted(&home);
    for turn in 0..2 {
        let ran = server.done("execute_command", &json!({ "command": LOOK }));
        check(
            &format!("execute_command {turn}"),
            ran["stdout"].as_str().expect("a text"),
        );
    }
    let code = format!("import subprocess\nsubprocess.run({LOOK:?}, shell=True, close_fds=False)");
    let ran = server.done("run_code", &json!({ "code": code }));
    check(
        "python by run_code",
        ran["stdout"].as_str().expect("a text"),
    );
}

#[test]
fn by_the_toolbox() {
    let sandbox = Sandbox::new();
    // The first by a new shell, then by one that waited.
    for turn in 0..3 {
        check(&format!("execute {turn}"), &sandbox.run(LOOK));
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let body = json!({ "command": LOOK, "cwd": "/tmp", "envs": { "MINE": "x" } });
    let ran = sandbox.post("/process/execute", &body).json();
    check_with(
        "execute elsewhere",
        ran["result"].as_str().expect("a text"),
        &["MINE"],
    );

    let made = sandbox.post("/process/session", &json!({ "sessionId": "s" }));
    assert_eq!(made.status, 201);
    for turn in 0..2 {
        let ran = sandbox
            .post("/process/session/s/exec", &json!({ "command": LOOK }))
            .json();
        check(
            &format!("session {turn}"),
            ran["stdout"].as_str().unwrap_or(&ran.to_string()),
        );
    }
    let body = json!({ "command": format!("{{ {LOOK}; }} > /tmp/async"), "runAsync": true });
    assert_eq!(sandbox.post("/process/session/s/exec", &body).status, 202);
    sandbox.until("grep -c '>>' /tmp/async", "1");
    check("session, not waited for", &sandbox.run("cat /tmp/async"));

    let code = format!("import subprocess\nsubprocess.run({LOOK:?}, shell=True, close_fds=False)");
    let body = json!({ "code": code, "language": "python" });
    let ran = sandbox.post("/process/code-run", &body).json();
    check("python", ran["result"].as_str().expect("a text"));
    check(
        "python interpreter",
        &interpreter::stdout(&sandbox, &format!("{code}\n")),
    );
    for language in ["javascript", "typescript"] {
        let code = format!(
            "require('child_process').execFileSync('sh', ['-c', {LOOK:?}], {{ stdio: 'inherit' }})"
        );
        let body = json!({ "code": code, "language": language });
        let ran = sandbox.post("/process/code-run", &body).json();
        let result = ran["result"].as_str().expect("a text");
        if ran["exitCode"] == 127 {
            crate::skip::skip(format_args!("{language}: {result}"));
        } else {
            check(language, result);
        }
    }
}

#[test]
fn by_a_terminal() {
    let sandbox = Sandbox::new();
    let body = json!({ "id": "c", "command": LOOK, "lazyStart": true });
    assert_eq!(sandbox.post("/process/pty", &body).status, 201);
    let (mut socket, _) = sandbox
        .socket("/process/pty/c/connect", "")
        .ok()
        .expect("a socket");
    check("terminal's command", &until(&mut socket, ">>"));
    let (mut socket, _) = sandbox
        .socket("/process/pty/create-connect?id=t", "")
        .ok()
        .expect("a socket");
    // From a file, so that the echo of what is typed is not taken for what it prints.
    sandbox.run(&format!("cat > /tmp/look <<'END'\n{LOOK}\nEND"));
    socket.send("sh /tmp/look\n".into()).expect("sent");
    check("terminal", &until(&mut socket, ">>"));
}

#[test]
fn by_git() {
    let sandbox = Sandbox::new();
    if sandbox.run("command -v git").is_empty() {
        crate::skip::skip("there is no git on this machine");
        return;
    }
    let made = sandbox.post("/git/init", &json!({ "path": "r" }));
    assert_eq!(made.status, 201);
    sandbox.run(&format!(
        "cat > r/.git/hooks/pre-commit <<'END'\n#!/bin/sh\n{{ {LOOK}; }} > /tmp/hook\nEND\nchmod +x r/.git/hooks/pre-commit"
    ));
    let who = json!({ "path": "r", "message": "m", "author": "Me", "email": "me@x", "allow_empty": true });
    let done = sandbox.post("/git/commit", &who);
    assert!(done.status < 300, "{}", done.json());
    let told = sandbox.run("cat /tmp/hook");
    let names: Vec<&str> = told
        .split_whitespace()
        .filter(|word| {
            let plain = |c: char| c.is_ascii_uppercase() || c == '_';
            *word == "LC_ALL" || word.starts_with("GIT_") && word.chars().all(plain)
        })
        .collect();
    assert!(
        !told.contains("PASSWORD") && !told.contains("DAYTONA"),
        "{told}"
    );
    check_with("git's hook", &told, &names);
}

#[test]
fn by_an_image() {
    let registry = match Registry::start() {
        Ok(registry) => registry,
        Err(why) => {
            crate::skip::skip(format_args!("{why}"));
            return;
        }
    };
    let look = "ls -l /proc/self/fd > /tmp/fds; cat /proc/1/cmdline > /tmp/line; env > /tmp/env";
    let settings = json!({ "Env": ["FROM_IMAGE=yes"], "Entrypoint": ["/bin/sh"], "Cmd": ["-c", look, "the-secret-word"] });
    let folders = vec![("tmp/".to_owned(), Vec::new())];
    registry.push("e", "1", &[layer(&root()), layer(&folders)], &settings);
    let home = Home::with_engine();
    let image = format!("{}/e:1", registry.address);
    home.done(&["snapshot", "create", "e", "--image", &image]);
    home.done(&["create", "--name", "demo", "--snapshot", "e"]);
    let mut told = String::new();
    crate::leftover::within(std::time::Duration::from_secs(10), || {
        told = home.sh("demo", "cat /tmp/fds /tmp/line /tmp/env").stdout;
        told.contains("FROM_IMAGE")
    });
    let numbers: Vec<&str> = told
        .lines()
        .filter(|line| line.contains(" -> ") && !line.contains(" -> /proc/"))
        .filter_map(|line| line.split(" -> ").next()?.rsplit(' ').next())
        .collect();
    assert_eq!(numbers, ["0", "1", "2"], "{told}");
    assert!(!told.contains("the-secret-word"), "{told}");
}
