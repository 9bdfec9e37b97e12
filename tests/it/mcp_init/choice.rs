//! Which agents are meant: named, all that are found, or those that somebody picks on a terminal.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use expect_test::expect;

use super::read;
use crate::binary::Home;

/// A home where Cursor left its folder, and Codex is on the search path.
fn home_with_two() -> Home {
    let home = Home::new();
    let programs = home.path().join("bin");
    fs::create_dir_all(home.path().join(".cursor")).expect("a folder");
    fs::create_dir_all(&programs).expect("a folder");
    fs::write(programs.join("codex"), "#!/bin/sh\n").expect("a file");
    fs::set_permissions(programs.join("codex"), fs::Permissions::from_mode(0o755)).expect("a mode");
    let search = programs.display().to_string();
    home.set("PATH", &search)
}

#[test]
fn without_a_terminal_the_agents_are_to_be_named() {
    expect![[r#"
        --- stderr ---
        error: which agent? found here: cursor, codex
        hint: all of them: `daytona mcp init --all`
        hint: one of them: `daytona mcp init cursor`
        --- exit 2
    "#]]
    .assert_eq(&home_with_two().run(&["mcp", "init"]).to_string());
    expect![[r#"
        --- stderr ---
        error: no agent was found on this machine
        hint: name one to set it up all the same: `daytona mcp init claude`; the names: `daytona mcp init --help`
        --- exit 5
    "#]].assert_eq(&Home::new().run(&["mcp", "init"]).to_string());
}

#[test]
fn all_are_those_that_are_found() {
    let home = home_with_two();
    let done = home.json(&["mcp", "init", "--all"]);
    let agents: Vec<&str> = done["items"]
        .as_array()
        .expect("agents")
        .iter()
        .filter_map(|one| one["agent"].as_str())
        .collect();
    assert_eq!(agents, ["cursor", "codex"]);
    assert!(read(&home.path().join(".codex/config.toml")).contains("daytona-mcp"));
    assert!(!home.path().join(".kiro").exists());
}

#[test]
fn one_that_fails_does_not_keep_the_others_from_it() {
    let home = home_with_two();
    fs::write(home.path().join(".cursor/mcp.json"), "{,}").expect("a file");
    let seen = home.run(&["mcp", "init", "--all"]);
    expect![[r#"
        --- stderr ---
        Codex: made [HOME]/.codex/config.toml with the server `daytona-mcp`
        next: start a new session, then look with `/mcp`
        error: [HOME]/.cursor/mcp.json is left as it was: it is not JSON: Unexpected token in object on line 1 column 2
        hint: mend the file, or put the entry in by hand: `daytona mcp config --agent cursor` prints it
        --- exit 1
    "#]].assert_eq(&seen.to_string());
    assert!(home.path().join(".codex/config.toml").exists());
}

#[test]
fn a_link_on_the_search_path_that_leads_here_is_kept() {
    let home = home_with_two();
    let link = home.path().join("bin/daytona");
    symlink(env!("CARGO_BIN_EXE_daytona"), &link).expect("a link");
    home.done(&["mcp", "init", "cursor", "--verify"]);
    let text = read(&home.path().join(".cursor/mcp.json"));
    assert!(text.contains(&link.display().to_string()), "{text}");
}

#[test]
fn flags_that_the_server_does_not_take_are_refused() {
    let home = Home::new();
    expect![[r#"
        --- stderr ---
        error: `mcp start` does not take this: unexpected argument '--nope' found
        hint: its flags: `daytona mcp start --help`
        --- exit 2
    "#]]
    .assert_eq(
        &home
            .run(&["mcp", "init", "cursor", "--", "--nope"])
            .to_string(),
    );
    assert!(!home.path().join(".cursor").exists());
}
