//! `mcp status` and `--verify`: what is configured is started as an agent would, and asked for its tools.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use expect_test::expect;

use crate::binary::{Home, Seen};
use crate::stopwatch::Stopwatch;

/// An executable script in the home.
fn script(home: &Home, name: &str, text: &str) -> String {
    let path = home.path().join(name);
    fs::write(&path, format!("#!/bin/sh\n{text}\n")).expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a mode");
    path.display().to_string()
}

/// Puts a command into Cursor's file.
fn configure(home: &Home, command: &str) {
    let entry = serde_json::json!({ "command": command, "args": ["mcp", "start"] });
    let file = home.path().join(".cursor/mcp.json");
    fs::create_dir_all(home.path().join(".cursor")).expect("a folder");
    let text = serde_json::json!({ "mcpServers": { "daytona-mcp": entry } }).to_string();
    fs::write(file, text).expect("a file");
}

/// Without what differs from run to run.
fn timeless(seen: &Seen) -> String {
    let text = seen.to_string();
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ') {
        words.push(word.to_owned());
        if word.starts_with("ms") && words.len() > 1 {
            let at = words.len() - 2;
            "[N]".clone_into(&mut words[at]);
        }
    }
    words.join(" ")
}

fn state(home: &Home, agent: &str) -> serde_json::Value {
    let seen = home.run(&["--json", "mcp", "status"]);
    let status: serde_json::Value = serde_json::from_str(&seen.stdout)
        .unwrap_or_else(|error| panic!("not JSON, {error}: {seen}"));
    let rows = status["items"].as_array().expect("agents");
    let row = rows.iter().find(|row| row["agent"] == agent);
    row.expect("the agent").clone()
}

#[test]
fn what_was_set_up_works_with_a_bare_environment() {
    let home = Home::new().set("DAYTONA_API_KEY", "dtn_0123456789abcdef");
    let seen = home.run(&["mcp", "init", "kiro", "--verify"]);
    assert_eq!(seen.code, Some(0), "{seen}");
    assert!(
        seen.stderr.contains(" tools, protocol 2025-06-18, "),
        "{seen}"
    );
    let row = state(&home, "kiro");
    assert_eq!(row["state"], "works", "{row}");
    assert!(
        row["answer"]["tools"]
            .as_array()
            .is_some_and(|tools| tools.contains(&"create_sandbox".into())),
        "{row}"
    );
    assert_eq!(state(&home, "zed")["state"], "notInstalled");
}

#[test]
fn the_environment_is_as_bare_as_an_agents() {
    let home = Home::new().set("DAYTONA_API_KEY", "dtn_0123456789abcdef");
    let command = script(&home, "daytona", "env | sort >&2; exit 3");
    configure(&home, &command);
    let row = state(&home, "cursor");
    assert_eq!(row["state"], "broken");
    let reason = row["reason"].as_str().expect("a reason");
    assert!(
        reason.contains("ended before it answered `initialize`"),
        "{reason}"
    );
    let plain = [
        "HOME=",
        "PWD=",
        "PATH=/usr/bin:/bin",
        "LANG=C.UTF-8",
        "OLDPWD=",
        "SHLVL=",
        "_=",
    ];
    let said = reason.split("it said: ").nth(1).expect("its complaints");
    for line in said.split(" | ") {
        assert!(plain.iter().any(|name| line.starts_with(name)), "{line}");
    }
    assert!(!reason.contains("0123456789abcdef"), "{reason}");
}

#[test]
fn what_is_broken_is_told() {
    let home = Home::new();
    configure(&home, "/nowhere/daytona");
    let seen = home.run(&["mcp", "init", "cursor", "--dry-run"]);
    assert_eq!(seen.code, Some(0), "{seen}");
    let row = state(&home, "cursor");
    expect![
        "`/nowhere/daytona mcp start` cannot be started: No such file or directory (os error 2)"
    ]
    .assert_eq(row["reason"].as_str().expect("a reason"));
    configure(
        &home,
        &script(&home, "daytona", "echo Welcome to my server; sleep 100"),
    );
    let row = state(&home, "cursor");
    let reason = row["reason"].as_str().expect("a reason");
    expect!["`[HOME]/daytona mcp start` printed what is not MCP: `Welcome to my server`"]
        .assert_eq(&reason.replace(&home.path().display().to_string(), "[HOME]"));
    fs::write(home.path().join(".cursor/mcp.json"), "{,}").expect("a file");
    fs::create_dir_all(home.path().join(".config/zed")).expect("a folder");
    let seen = home.run(&["mcp", "status"]);
    expect![[r#"
        cursor	broken	[HOME]/.cursor/mcp.json	cannot use [HOME]/.cursor/mcp.json: it is not JSON: Unexpected token in object on line 1 column 2
        zed	not configured	[HOME]/.config/zed/settings.json	
        --- stderr ---
        bring an entry up to date: `daytona mcp init AGENT`
        not found here: claude, claude-code, windsurf, vscode, codex, gemini, copilot, cline, opencode, amp, goose, kiro, continue
        --- exit 1
    "#]].assert_eq(&timeless(&seen));
}

#[test]
fn a_silent_command_is_given_up_and_ended() {
    let home = Home::new();
    let pid = home.path().join("pid");
    let text = format!("sleep 1000 &\necho $$ $! > {}\nwait", pid.display());
    let command = script(&home, "daytona", &text);
    configure(&home, &command);
    let started = Stopwatch::start();
    let seen = home.run(&["mcp", "status"]);
    assert_eq!(seen.code, Some(1), "{seen}");
    assert!(seen.stdout.contains("did not answer within 10 s"), "{seen}");
    assert!(started.elapsed() < Duration::from_secs(20));
    let pids = fs::read_to_string(pid).expect("it was started");
    for pid in pids.split_whitespace() {
        // One that ended may not have been collected yet.
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        assert!(stat.is_empty() || stat.contains(") Z "), "{stat}");
    }
}

#[test]
fn a_command_that_is_found_by_its_name_works() {
    let home = Home::new();
    home.done(&["mcp", "init", "cursor"]);
    let file = home.path().join(".cursor/mcp.json");
    let text = fs::read_to_string(&file).expect("a file");
    let mut value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    value["mcpServers"]["daytona-mcp"]["command"] = "daytona".into();
    fs::write(&file, value.to_string()).expect("a file");
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_daytona"))
        .parent()
        .expect("a folder");
    let state = |search: &str| {
        let mut command = home.command(&["mcp", "status", "--json"]);
        let output = command
            .env("PATH", search)
            .output()
            .expect("the binary runs");
        let status: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let rows = status["items"].as_array().expect("rows").clone();
        let row = rows
            .into_iter()
            .find(|row| row["agent"] == "cursor")
            .expect("a row");
        assert_eq!(row["command"], "daytona mcp start");
        row["state"].as_str().expect("a state").to_owned()
    };
    assert_eq!(state(&format!("/usr/bin:{}", folder.display())), "works");
    assert_eq!(state("/usr/bin:/bin"), "broken");
}

#[test]
fn verify_fails_where_the_server_does() {
    let home = Home::new();
    configure(&home, "/nowhere/sh");
    // An entry with our name and other flags is brought up to date, and then works.
    home.done(&["mcp", "init", "cursor", "--verify"]);
    // A setting that the server refuses.
    let file = home.path().join(".cursor/mcp.json");
    let text = fs::read_to_string(&file).expect("a file");
    let mut value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    value["mcpServers"]["daytona-mcp"]["env"] =
        serde_json::json!({ "DAYTONA_REQUEST_TIMEOUT": "soon", "OTHER": "${OTHER}" });
    fs::write(&file, value.to_string()).expect("a file");
    let seen = home
        .run(&["mcp", "init", "cursor", "--verify"])
        .replace(env!("CARGO_BIN_EXE_daytona"), "[DAYTONA]");
    expect![[r#"
        --- stderr ---
        Cursor: nothing to change in [HOME]/.cursor/mcp.json
        error: Cursor: `[DAYTONA] mcp start` refuses every call; it said: error: DAYTONA_REQUEST_TIMEOUT: `soon` is not a number of seconds above 0 (at most a day)
        hint: see for yourself: `[DAYTONA] mcp start`
        --- exit 1
    "#]].assert_eq(&seen.to_string());
}

#[test]
fn entries_that_are_off_or_lead_elsewhere_are_told_apart() {
    let home = Home::new();
    let daytona = env!("CARGO_BIN_EXE_daytona");
    fs::create_dir_all(home.path().join(".cursor")).expect("a folder");
    fs::create_dir_all(home.path().join(".config/goose")).expect("a folder");
    fs::write(
        home.path().join(".cursor/mcp.json"),
        "{\"mcpServers\":{\"daytona-mcp\":{\"url\":\"http://localhost:1/mcp\"}}}",
    )
    .expect("a file");
    fs::write(
        home.path().join(".config/goose/config.yaml"),
        format!("extensions:\n  boxes:\n    enabled: false\n    cmd: {daytona}\n    args: [mcp, start]\n"),
    )
    .expect("a file");
    assert_eq!(state(&home, "cursor")["state"], "elsewhere");
    let goose = state(&home, "goose");
    assert_eq!(
        (&goose["state"], &goose["server"]),
        (&"disabled".into(), &"boxes".into())
    );
}

#[test]
fn a_projects_file_is_shown_beside_the_users() {
    let home = Home::new();
    let project = home.path().join("project");
    fs::create_dir(&project).expect("a folder");
    for arguments in [
        &["mcp", "init", "claude-code", "--project"][..],
        &["mcp", "status"],
    ] {
        let mut command = home.command(arguments);
        let output = command.current_dir(&project).output().expect("it runs");
        assert!(output.status.success(), "{output:?}");
        if arguments == ["mcp", "status"] {
            let text = String::from_utf8_lossy(&output.stdout);
            let row = text
                .lines()
                .find(|line| line.contains("claude-code (project)\tworks"));
            assert!(
                row.is_some_and(|row| row.contains("project/.mcp.json")),
                "{text}"
            );
        }
    }
}

/// A clone may bring files of agents: what they start is not run just because somebody looks.
#[test]
fn another_program_of_a_project_is_not_run() {
    let home = Home::new();
    let project = home.path().join("project");
    fs::create_dir(&project).expect("a folder");
    let ran = home.path().join("ran");
    let command = script(&home, "daytona", &format!("touch {}", ran.display()));
    let daytona = env!("CARGO_BIN_EXE_daytona");
    let both = serde_json::json!({ "mcpServers": { "daytona-mcp": {
        "command": daytona, "args": ["mcp", "start"],
        "transport": { "command": command, "args": ["mcp", "start"] },
    } } });
    fs::write(project.join(".mcp.json"), both.to_string()).expect("a file");
    let run = |arguments: &[&str]| {
        let mut command = home.command(arguments);
        let output = command.current_dir(&project).output().expect("it runs");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned()
                + &String::from_utf8_lossy(&output.stderr),
        )
    };
    let (code, text) = run(&["mcp", "status"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(
        text.contains("claude-code (project)\tnot tried\t"),
        "{text}"
    );
    let (code, text) = run(&["mcp", "init", "claude-code", "--project", "--verify"]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("does not start this program"), "{text}");
    assert!(!ran.exists());
}
