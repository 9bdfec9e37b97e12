//! Several sandboxes: lists with filters and pages, bulk deletion, and every command as JSON.

use crate::binary::Home;

/// Four sandboxes: two of team a, of which one is stopped; one of team b; one without labels.
fn four() -> Home {
    let home = Home::with_engine();
    home.done(&[
        "create",
        "--name",
        "web-1",
        "-l",
        "team=a",
        "-l",
        "tier=front",
    ]);
    home.done(&["create", "--name", "web-2", "-l", "team=a"]);
    home.done(&["create", "--name", "job-1", "-l", "team=b"]);
    home.done(&["create", "--name", "Alone"]);
    home.done(&["stop", "web-2"]);
    home
}

fn names(home: &Home, arguments: &[&str]) -> Vec<String> {
    let page = home.json(&[&["list"], arguments].concat());
    let mut names: Vec<String> = page["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| item["name"].as_str().expect("a name").to_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn lists_are_filtered_sorted_and_paged() {
    let home = four();
    assert_eq!(names(&home, &[]), ["Alone", "job-1", "web-1", "web-2"]);
    assert_eq!(names(&home, &["--state", "stopped"]), ["web-2"]);
    assert_eq!(
        names(&home, &["--state", "stopped", "--state", "started"]).len(),
        4
    );
    assert_eq!(names(&home, &["--state", "archived"]), Vec::<String>::new());
    assert_eq!(names(&home, &["-l", "team=a"]), ["web-1", "web-2"]);
    assert_eq!(
        names(&home, &["-l", "team=a", "-l", "tier=front"]),
        ["web-1"]
    );
    assert_eq!(names(&home, &["--name", "WEB"]), ["web-1", "web-2"]);
    assert_eq!(names(&home, &["--name", "al"]), ["Alone"]);
    assert_eq!(
        names(&home, &["--name", "web", "--state", "started"]),
        ["web-1"]
    );
    assert_eq!(
        names(&home, &["--all", "--limit", "1"]),
        ["Alone", "job-1", "web-1", "web-2"]
    );

    let by_name = |order: &str| home.text(&["list", "--sort", "name", "--order", order]);
    let up: Vec<String> = by_name("asc").lines().map(str::to_owned).collect();
    let mut down: Vec<String> = by_name("desc").lines().map(str::to_owned).collect();
    down.reverse();
    assert_eq!(up, down);

    let mut seen = Vec::new();
    let mut cursor: Option<String> = None;
    for _ in 0..10 {
        let mut arguments = vec!["list", "--limit", "1", "--sort", "name", "--order", "asc"];
        if let Some(cursor) = &cursor {
            arguments.extend(["--cursor", cursor]);
        }
        let page = home.json(&arguments);
        assert_eq!(page["items"].as_array().map(Vec::len), Some(1), "{page}");
        seen.push(
            page["items"][0]["name"]
                .as_str()
                .expect("a name")
                .to_lowercase(),
        );
        cursor = page["nextCursor"].as_str().map(str::to_owned);
        if cursor.is_none() {
            break;
        }
    }
    seen.sort();
    assert_eq!(seen, ["alone", "job-1", "web-1", "web-2"]);
    let wrong = home.run(&["list", "--cursor", "nonsense"]);
    assert!(
        wrong.code.is_some_and(|code| code == 1 || code == 2),
        "{wrong}"
    );
}

#[test]
fn many_are_deleted_only_with_a_yes() {
    let home = four();
    for arguments in [
        &["delete", "--all"][..],
        &["delete", "-l", "team=a"],
        &["delete", "--name", "web"],
    ] {
        let seen = home.run(arguments);
        assert_eq!(seen.code, Some(2), "{seen}");
        assert!(seen.stderr.contains("add `--yes`"), "{seen}");
    }
    assert_eq!(names(&home, &[]).len(), 4);
    home.done(&["delete", "-l", "team=a", "--state", "stopped", "--yes"]);
    assert_eq!(names(&home, &[]), ["Alone", "job-1", "web-1"]);
    let some = home.run(&["delete", "web-1", "gone"]);
    assert_eq!(some.code, Some(1), "{some}");
    assert_eq!(home.run(&["delete", "gone"]).code, Some(5));
    assert_eq!(home.run(&["delete", "gone", "lost"]).code, Some(5));
    home.done(&["delete", "gone", "--ignore-not-found"]);
    home.done(&["delete", "job-1", "gone", "--ignore-not-found"]);
    assert_eq!(names(&home, &[]), ["Alone"]);
    home.done(&["delete", "--all", "--yes"]);
    home.done(&["delete", "--all", "--yes"]);
    assert_eq!(names(&home, &[]), Vec::<String>::new());
    assert_eq!(home.disks(), home.trashed());
}

#[test]
fn every_command_speaks_json() {
    let home = Home::with_engine();
    let made = home.json(&["create", "--name", "demo"]);
    assert_eq!(made["state"], "started");
    assert_eq!(home.json(&["list"])["items"][0]["name"], "demo");
    assert_eq!(home.json(&["info", "demo"])["runtime"]["name"], "namespace");
    let ran = home.run(&[
        "--json",
        "exec",
        "demo",
        "--",
        "sh",
        "-c",
        "echo a; echo b >&2; exit 3",
    ]);
    assert_eq!(ran.code, Some(3), "{ran}");
    let ran: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(
        (&ran["exitCode"], &ran["stdout"], &ran["stderr"]),
        (&3.into(), &"a\n".into(), &"b\n".into())
    );
    assert_eq!(home.json(&["stop", "demo"])["state"], "stopped");
    assert_eq!(
        home.json(&["wait", "demo", "--for", "stopped"])["state"],
        "stopped"
    );
    assert_eq!(home.json(&["start", "demo"])["state"], "started");
    assert_eq!(home.json(&["run", "--", "echo", "hi"])["stdout"], "hi\n");
    assert!(
        home.json(&["config", "show"]).is_object() || home.json(&["config", "show"]).is_array()
    );
    assert!(home.json(&["version"]).is_object());
    assert!(home.json(&["serve", "--print-env"])["apiKey"].is_string());
    assert!(home.json(&["mcp", "config"])["mcpServers"].is_object());
    assert!(home.json(&["doctor"]).is_object());
    assert_eq!(
        home.json(&["delete", "demo"])["deleted"],
        serde_json::json!(["demo"])
    );
    let refused = home.run(&["--json", "info", "demo"]);
    let error: serde_json::Value = serde_json::from_str(&refused.stderr).expect("JSON");
    assert_eq!(error["error"]["kind"], "not_found");
}

#[test]
fn a_terminal_of_no_width_shows_a_table() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let line = format!("stty cols 0; '{}' list", env!("CARGO_BIN_EXE_daytona"));
    let mut command = std::process::Command::new("script");
    command.args(["-qec", &line, "/dev/null"]).env_clear();
    for (name, value) in home.command(&[]).get_envs() {
        command.env(name, value.expect("a value"));
    }
    let shown = command
        .env_remove("COLUMNS")
        .env("PATH", "/usr/bin:/bin")
        .output()
        .expect("it runs");
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    let row = shown.lines().find(|line| line.contains("started"));
    assert!(row.is_some_and(|row| row.contains("demo")), "{shown}");
}
