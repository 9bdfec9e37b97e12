//! `mcp init` on files as agents and people leave them, and `mcp config`.

mod agents;
mod choice;
mod older;
mod status;
mod survival;

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use expect_test::expect;

use crate::binary::{Home, Seen};

/// The agent whose file is the nearest to the home folder.
const FILE: &str = ".cursor/mcp.json";

fn home_with(text: &str) -> (Home, PathBuf) {
    let home = Home::new();
    let file = home.path().join(FILE);
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(&file, text).expect("a file");
    (home, file)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a text file")
}

fn shown(text: &str) -> String {
    text.replace(env!("CARGO_BIN_EXE_daytona"), "[DAYTONA]")
}

fn put(home: &Home, file: &str, text: &str) -> PathBuf {
    let path = home.path().join(file);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, text).expect("a file");
    path
}

fn init(home: &Home, more: &[&str]) -> Seen {
    home.run(&[&["mcp", "init", "cursor"], more].concat())
        .replace(env!("CARGO_BIN_EXE_daytona"), "[DAYTONA]")
}

#[test]
fn an_empty_file_gets_the_entry() {
    for text in ["", "\n", "{}", "{}\n"] {
        let (home, file) = home_with(text);
        let seen = init(&home, &[]);
        assert_eq!(seen.code, Some(0), "{seen}");
        let value: serde_json::Value = serde_json::from_str(&read(&file)).expect("JSON");
        assert_eq!(
            value["mcpServers"]["daytona-mcp"]["args"][0], "mcp",
            "{text:?}"
        );
    }
}

const COMMENTED: &str = r#"{
    // my servers
    "mcpServers": {
        "other": { "command": "x", "args": ["1",], }, // kept
    },
    /* and this */
    "theme": "dark",
}
"#;

#[test]
fn comments_commas_and_other_servers_stay() {
    let (home, file) = home_with(COMMENTED);
    expect![[r#"
        --- stderr ---
        Cursor: wrote the server `daytona-mcp` to [HOME]/.cursor/mcp.json
        the file as it was before: [HOME]/.cursor/mcp.json.before-daytona
        next: restart Cursor, then look in Settings → MCP
        --- exit 0
    "#]]
    .assert_eq(&init(&home, &[]).to_string());
    expect![[r#"
        {
            // my servers
            "mcpServers": {
                "other": { "command": "x", "args": ["1",], }, // kept
                "daytona-mcp": {
                    "command": "[DAYTONA]",
                    "args": ["mcp", "start"],
                },
            },
            /* and this */
            "theme": "dark",
        }
    "#]]
    .assert_eq(&shown(&read(&file)));
    expect![[r#"
        --- stderr ---
        Cursor: took the server `daytona-mcp` out of [HOME]/.cursor/mcp.json
        next: restart Cursor, then look in Settings → MCP
        --- exit 0
    "#]]
    .assert_eq(&init(&home, &["--remove"]).to_string());
    assert_eq!(read(&file), COMMENTED);
}

#[test]
fn every_file_is_the_same_after_remove() {
    for text in [
        "{}\n",
        "{\"a\":1}",
        "{\r\n  \"a\": 1\r\n}\r\n",
        "{\n\t\"mcpServers\": {\n\t\t\"z\": {}\n\t}\n}\n",
        "\u{feff}{\n  \"mcpServers\": { \"z\": { \"command\": \"x\" } }\n}",
        "{\"mcpServers\":{\"z\":{}},\"b\":[1,2]}",
    ] {
        let (home, file) = home_with(text);
        assert_eq!(init(&home, &[]).code, Some(0));
        assert_ne!(read(&file), text);
        assert_eq!(init(&home, &["--remove"]).code, Some(0));
        assert_eq!(read(&file), text);
    }
}

#[test]
fn run_twice_it_changes_nothing_more() {
    let (home, file) = home_with(COMMENTED);
    assert_eq!(init(&home, &[]).code, Some(0));
    let (once, changed) = (read(&file), fs::metadata(&file).expect("a file").modified());
    expect![[r#"
        --- stderr ---
        Cursor: nothing to change in [HOME]/.cursor/mcp.json
        --- exit 0
    "#]]
    .assert_eq(&init(&home, &[]).to_string());
    assert_eq!(read(&file), once);
    assert_eq!(
        fs::metadata(&file)
            .expect("a file")
            .modified()
            .expect("a time"),
        changed.expect("a time")
    );
    assert_eq!(init(&home, &["--remove"]).code, Some(0));
    expect![[r#"
        --- stderr ---
        Cursor: nothing to change in [HOME]/.cursor/mcp.json
        --- exit 0
    "#]]
    .assert_eq(&init(&home, &["--remove"]).to_string());
}

#[test]
fn what_is_not_json_is_left_as_it_was() {
    for text in [
        "{\n  \"mcpServers\": {\n    oops\n  }\n}\n",
        "[1, 2]\n",
        "{\"a\": 1",
        "{} {}",
    ] {
        let (home, file) = home_with(text);
        for more in [&[][..], &["--remove"], &["--dry-run"]] {
            let seen = init(&home, more);
            assert!(seen.code.is_some_and(|code| code != 0), "{text:?}: {seen}");
            assert!(seen.stderr.contains("[HOME]/.cursor/mcp.json"), "{seen}");
        }
        assert_eq!(read(&file), text);
        assert_eq!(names(&home), ["mcp.json"]);
    }
    let (home, _) = home_with("{\n  \"mcpServers\": {\n    oops\n  }\n}\n");
    expect![[r#"
        --- stderr ---
        error: [HOME]/.cursor/mcp.json is left as it was: it is not JSON: Expected string for object property on line 3 column 5
        hint: mend the file, or put the entry in by hand: `daytona mcp config --agent cursor` prints it
        --- exit 1
    "#]].assert_eq(&init(&home, &[]).to_string());
}

fn names(home: &Home) -> Vec<String> {
    let folder = home.path().join(".cursor");
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

#[test]
fn a_read_only_file_is_refused() {
    let (home, file) = home_with("{}\n");
    fs::set_permissions(&file, Permissions::from_mode(0o444)).expect("a mode");
    expect![[r#"
        --- stderr ---
        error: [HOME]/.cursor/mcp.json is read-only; it is left as it was
        hint: allow the change: `chmod u+w [HOME]/.cursor/mcp.json`
        --- exit 1
    "#]]
    .assert_eq(&init(&home, &[]).to_string());
    assert_eq!(read(&file), "{}\n");
    assert_eq!(names(&home), ["mcp.json"]);
}

#[test]
fn a_link_stays_and_its_target_is_edited() {
    let home = Home::new();
    let folder = home.path().join(".cursor");
    let target = home.path().join("dotfiles/cursor.json");
    fs::create_dir_all(&folder).expect("a folder");
    fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
    fs::write(&target, "{}\n").expect("a file");
    symlink("../dotfiles/cursor.json", folder.join("mcp.json")).expect("a link");
    assert_eq!(init(&home, &[]).code, Some(0));
    let link = fs::read_link(folder.join("mcp.json")).expect("still a link");
    assert_eq!(link, Path::new("../dotfiles/cursor.json"));
    assert!(read(&target).contains("daytona-mcp"));
}

#[test]
fn a_byte_order_mark_stays() {
    let (home, file) = home_with("\u{feff}{\n  \"a\": 1\n}\n");
    assert_eq!(init(&home, &[]).code, Some(0));
    let text = read(&file);
    assert!(text.starts_with("\u{feff}{\n  \"a\": 1,\n"), "{text}");
    assert_eq!(text.matches('\u{feff}').count(), 1);
}

#[test]
fn a_dry_run_shows_the_difference_and_writes_nothing() {
    let (home, file) = home_with(COMMENTED);
    expect![[r#"
        --- stderr ---
        Cursor: this would change in [HOME]/.cursor/mcp.json
              "mcpServers": {
                  "other": { "command": "x", "args": ["1",], }, // kept
        +         "daytona-mcp": {
        +             "command": "[DAYTONA]",
        +             "args": ["mcp", "start"],
        +         },
              },
              /* and this */
        --- exit 0
    "#]]
    .assert_eq(&init(&home, &["--dry-run"]).to_string());
    assert_eq!(read(&file), COMMENTED);
    assert_eq!(names(&home), ["mcp.json"]);
    let nothing = Home::new();
    assert_eq!(init(&nothing, &["--dry-run"]).code, Some(0));
    assert!(!nothing.path().join(".cursor").exists());
}

#[test]
fn an_unknown_agent_is_wrong_usage() {
    expect![[r#"
        --- stderr ---
        error: invalid value 'emacs' for '[AGENT]...'
          [possible values: claude, claude-code, cursor, windsurf, vscode, zed, codex, gemini, copilot, cline, opencode, amp, goose, kiro, continue]
        hint: see `daytona mcp init --help`
        --- exit 2
    "#]]
    .assert_eq(&Home::new().run(&["mcp", "init", "emacs"]).to_string());
}

#[test]
fn the_mode_stays_and_the_first_version_is_kept_once() {
    let (home, file) = home_with("{ \"first\": 1 }\n");
    fs::set_permissions(&file, Permissions::from_mode(0o600)).expect("a mode");
    let seen = init(&home, &[]);
    assert!(
        seen.stderr
            .contains("[HOME]/.cursor/mcp.json.before-daytona"),
        "{seen}"
    );
    let backup = home.path().join(".cursor/mcp.json.before-daytona");
    assert_eq!(read(&backup), "{ \"first\": 1 }\n");
    for path in [&file, &backup] {
        let mode = fs::metadata(path).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
    fs::write(&file, "{ \"second\": 2 }\n").expect("a file");
    let again = init(&home, &[]);
    assert!(!again.stderr.contains("before-daytona"), "{again}");
    assert_eq!(read(&backup), "{ \"first\": 1 }\n");
    assert_eq!(names(&home), ["mcp.json", "mcp.json.before-daytona"]);
}

#[test]
fn what_was_done_is_also_json() {
    let (home, _) = home_with("{}\n");
    let done = home.json(&["mcp", "init", "cursor"]);
    assert_eq!(done["items"][0]["change"], "updated", "{done}");
    assert_eq!(done["items"][0]["dryRun"], false);
    assert_eq!(done["failed"], serde_json::json!([]));
}

#[test]
fn set_up_again_after_remove_it_can_be_removed_again() {
    let home = Home::new();
    let file = home.path().join(FILE);
    for _ in 0..2 {
        assert_eq!(init(&home, &[]).code, Some(0));
        assert!(read(&file).contains("daytona-mcp"));
        fs::write(
            &file,
            read(&file).replace("{\n  \"mcp", "{\n  \"a\": 1,\n  \"mcp"),
        )
        .expect("a file");
        assert_eq!(init(&home, &["--remove"]).code, Some(0));
        assert_eq!(read(&file), "{\n  \"a\": 1\n}\n");
        fs::write(&file, "{}\n").expect("a file");
    }
}

#[test]
fn config_prints_what_can_be_pasted() {
    let seen = Home::new().run(&["mcp", "config"]);
    assert_eq!((seen.code, seen.stderr.as_str()), (Some(0), ""), "{seen}");
    let value: serde_json::Value = serde_json::from_str(&seen.stdout).expect("JSON");
    let entry = &value["mcpServers"]["daytona-mcp"];
    let command = Path::new(entry["command"].as_str().expect("a path"));
    assert!(command.is_absolute() && command.is_file(), "{seen}");
    assert_eq!(entry["args"], serde_json::json!(["mcp", "start"]));
}

#[test]
fn links_install_where_agents_have_them() {
    let home = Home::new();
    let link = |agent: &str| shown(&home.text(&["mcp", "config", "--agent", agent, "--link"]));
    assert!(
        link("cursor").starts_with(
            "cursor://anysphere.cursor-deeplink/mcp/install?name=daytona-mcp&config=ey"
        )
    );
    assert!(link("vscode").starts_with("vscode:mcp/install?%7B%22name%22%3A%22daytona-mcp%22%2C"));
    expect![[r#"
        --- stderr ---
        error: Zed has no links that install a server; Cursor and VS Code have
        hint: write to its file instead: `daytona mcp init zed`
        --- exit 2
    "#]]
    .assert_eq(
        &home
            .run(&["mcp", "config", "--agent", "zed", "--link"])
            .to_string(),
    );
    let form = home.json(&["mcp", "config", "--agent", "cursor"]);
    assert!(
        form["link"]
            .as_str()
            .is_some_and(|link| link.starts_with("cursor:")),
        "{form}"
    );
    assert!(
        form["text"]
            .as_str()
            .is_some_and(|text| text.contains("mcpServers")),
        "{form}"
    );
}
