//! Which tools a server has: flags, their variables, and what wins.

use expect_test::expect;
use serde_json::json;

use crate::binary::Home;
use crate::mcp_client::Server;

fn names(home: &Home, flags: &[&str]) -> Vec<String> {
    let mut server = Server::with(home, flags, &json!({}));
    let reply = server.ask("tools/list", json!({}));
    let tools = reply["result"]["tools"].as_array().expect("tools").clone();
    let name = |tool: &serde_json::Value| tool["name"].as_str().map(str::to_owned);
    tools.iter().filter_map(name).collect()
}

#[test]
fn the_default_set_holds_the_official_twelve() {
    let home = Home::new();
    expect!["create_folder create_sandbox delete_file destroy_sandbox execute_command file_download file_upload get_file_info get_job get_sandbox git_clone kill_job list_files list_sandboxes move_file preview_link read_file run_code start_sandbox stop_sandbox"].assert_eq(&names(&home, &[]).join(" "));
    let default = names(&home, &[]);
    for official in [
        "create_sandbox",
        "destroy_sandbox",
        "execute_command",
        "file_upload",
        "file_download",
        "get_file_info",
        "list_files",
        "move_file",
        "delete_file",
        "create_folder",
        "git_clone",
        "preview_link",
    ] {
        assert!(default.iter().any(|name| name == official), "{official}");
    }
}

#[test]
fn groups_and_tools_can_be_chosen_and_read_only_wins() {
    let home = Home::new();
    let exec = names(&home, &["--toolsets", "exec"]);
    expect!["execute_command get_job kill_job list_jobs run_code"].assert_eq(&exec.join(" "));
    let few = names(&home, &["--tools", "get_sandbox,destroy_sandbox"]);
    assert_eq!(few, ["destroy_sandbox", "get_sandbox"]);
    let fewer = [
        "--tools",
        "get_sandbox,destroy_sandbox",
        "--exclude-tools",
        "get_sandbox",
    ];
    assert_eq!(names(&home, &fewer), ["destroy_sandbox"]);
    let reading = [
        "--toolsets",
        "all",
        "--tools",
        "destroy_sandbox",
        "--read-only",
    ];
    expect!["computer_use_accessibility_find computer_use_accessibility_tree computer_use_display_info computer_use_mouse_position computer_use_recording_get computer_use_recording_list computer_use_screenshot computer_use_screenshot_compressed computer_use_screenshot_compressed_region computer_use_screenshot_region computer_use_status computer_use_windows file_download get_file_info get_job get_sandbox get_snapshot get_volume git_branches git_status list_files list_jobs list_sandboxes list_snapshots list_trash list_volumes read_file search_files wait_for_sandbox"].assert_eq(&names(&home, &reading).join(" "));
}

#[test]
fn variables_do_the_same_and_flags_win() {
    let home = Home::new().set("DAYTONA_MCP_TOOLSETS", "exec");
    assert_eq!(names(&home, &[]).len(), 5);
    assert_eq!(names(&home, &["--toolsets", "default"]).len(), 20);
    let home = Home::new().set("DAYTONA_MCP_READ_ONLY", "true");
    assert!(!names(&home, &["--toolsets", "all"]).contains(&"create_sandbox".to_owned()));
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_served() {
    let home = Home::new();
    let refused = |arguments: &[&str]| home.run(&[&["mcp", "start"], arguments].concat());
    expect![[r#"
        --- stderr ---
        error: --toolsets: there is no group `exce`; there are: default, all, sandbox, exec, files, git, preview, snapshot, volume, computer-use
        --- exit 2
    "#]].assert_eq(&refused(&["--toolsets", "exce"]).to_string());
    expect![[r#"
        --- stderr ---
        error: no tool is left: the choices exclude each other
        hint: see which there are: `daytona mcp tools`
        --- exit 2
    "#]]
    .assert_eq(&refused(&["--tools", "destroy_sandbox", "--read-only"]).to_string());
    expect![[r#"
        --- stderr ---
        error: --scope prefix=a: `prefix` is no bound: name=PREFIX, label=KEY=VALUE, sandboxes=COUNT or deletions=COUNT
        --- exit 2
    "#]].assert_eq(&refused(&["--scope", "prefix=a"]).to_string());
    expect![[r#"
        --- stderr ---
        error: --confirm: `perhaps` is not one of auto, inside, always and never
        --- exit 2
    "#]]
    .assert_eq(&refused(&["--confirm", "perhaps"]).to_string());
    expect![[r#"
        --- stderr ---
        error: --session a b: 1 to 40 letters, digits, `-`, `_` and `.`
        --- exit 2
    "#]]
    .assert_eq(&refused(&["--session", "a b"]).to_string());
    let seen = refused(&["--tools", "no_such_tool"]);
    assert_eq!(seen.code, Some(2), "{seen}");
    assert!(
        seen.stderr
            .contains("--tools: there is no tool `no_such_tool`"),
        "{seen}"
    );
    for (name, value) in [
        ("DAYTONA_MCP_READ_ONLY", "perhaps"),
        ("DAYTONA_MCP_CALL_LIMIT", "soon"),
        ("DAYTONA_MCP_CALL_LIMIT", "0"),
        ("DAYTONA_MCP_OUTPUT_BUDGET", "9999"),
    ] {
        let seen = Home::new().set(name, value).run(&["mcp", "start"]);
        assert_eq!(seen.code, Some(2), "{name}={value}: {seen}");
    }
}

#[test]
fn nothing_is_declared_that_is_not_served() {
    let home = Home::new();
    let mut whole = Server::start(&home);
    let reply = whole.initialize("2025-11-25");
    expect![[r#"{"completions":{},"prompts":{},"resources":{},"tools":{}}"#]]
        .assert_eq(&reply["result"]["capabilities"].to_string());
    for method in ["resources/list", "resources/templates/list", "prompts/list"] {
        let reply = whole.ask(method, json!({}));
        // Without an engine a list of sandboxes fails, but it is served.
        assert_ne!(reply["error"]["code"], -32601, "{method}: {reply}");
    }
    for method in ["resources/subscribe", "logging/setLevel", "tasks/list"] {
        let reply = whole.ask(method, json!({"uri": "sandbox://a", "level": "info"}));
        assert_eq!(reply["error"]["code"], -32601, "{method}: {reply}");
    }
    let mut few = Server::with(&home, &["--tools", "execute_command"], &json!({}));
    for method in ["resources/list", "resources/templates/list", "prompts/list"] {
        let reply = few.ask(method, json!({}));
        assert_eq!(reply["error"]["code"], -32601, "{method}: {reply}");
    }
    let completion =
        json!({"ref": {"type": "ref/prompt", "name": "x"}, "argument": {"name": "a", "value": ""}});
    let reply = few.ask("completion/complete", completion);
    assert_eq!(reply["error"]["code"], -32601, "{reply}");
}

#[test]
fn a_server_that_only_reads_starts_and_makes_nothing() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let mut server = Server::with(&home, &["--read-only"], &json!({}));
    let list = json!({"path": "/etc"});
    let (kind, message, hints) = server.refused("list_files", &list);
    assert_eq!(kind, "usage", "{message}");
    assert!(hints.contains("list_sandboxes"), "{hints}");
    let inside = json!({"id": "box", "path": "/etc"});
    assert!(server.done("list_files", &inside)["files"].is_array());
    home.done(&["stop", "box"]);
    assert_eq!(server.refused("list_files", &inside).0, "conflict");
    assert_eq!(home.json(&["info", "box"])["state"], "stopped");
    assert_eq!(
        home.json(&["list"])["items"].as_array().map(Vec::len),
        Some(1)
    );
}

#[test]
fn a_file_of_variables_is_below_the_environment() {
    let responder = crate::responder::Responder::new(|_, _| {
        crate::responder::reply("200 OK", r#"{"items":[],"nextCursor":null}"#)
    });
    let home = Home::new();
    let file = home.path().join(".env");
    let text = format!(
        "# of the project\nMCP_DAYTONA_API_URL={}\nMCP_DAYTONA_API_KEY='dtn_fromfile'\nOTHER=1\nDAYTONA_MCP_TOOLS=list_sandboxes\n",
        responder.url
    );
    std::fs::write(&file, text).expect("a file");
    let file = file.display().to_string();
    let flags = ["--env-file", file.as_str()];
    assert_eq!(names(&home, &flags), ["list_sandboxes"]);
    let mut server = Server::with(&home, &flags, &json!({}));
    server.done("list_sandboxes", &json!({}));
    let asked = responder.asked().pop().expect("a request");
    assert!(format!("{asked:?}").contains("dtn_fromfile"), "{asked:?}");
    let home = home.set("DAYTONA_MCP_TOOLS", "get_sandbox");
    assert_eq!(names(&home, &flags), ["get_sandbox"]);
    let seen = home.run(&["mcp", "start", "--env-file", "/nowhere"]);
    assert_eq!(seen.code, Some(2), "{seen}");
}
