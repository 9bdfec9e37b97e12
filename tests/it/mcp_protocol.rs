//! The MCP server as a client sees it that knows nothing but JSON lines on a pipe.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use expect_test::expect;
use serde_json::{Value, json};

use crate::binary::Home;
use crate::leftover::within;
use crate::mcp_client::Server;

#[test]
fn every_version_of_the_older_era_is_spoken() {
    let home = Home::new();
    for version in ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"] {
        let mut server = Server::start(&home);
        let reply = server.initialize(version);
        assert_eq!(reply["result"]["protocolVersion"], version, "{reply}");
        assert_eq!(reply["result"]["serverInfo"]["name"], "daytona-mcp");
        assert_eq!(reply["result"]["capabilities"], json!({"tools": {}}));
        let tools = server.ask("tools/list", json!({}));
        assert_eq!(
            tools["result"]["tools"].as_array().map(Vec::len),
            Some(daytona::mcp::tools().len())
        );
    }
}

#[test]
fn the_newer_era_needs_no_greeting() {
    let home = Home::new();
    let mut server = Server::start(&home);
    let meta = json!({"_meta": {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    }});
    let reply = server.ask("server/discover", meta.clone());
    let versions = reply["result"]["supportedVersions"].to_string();
    assert!(
        versions.contains("2026-07-28") && versions.contains("2024-11-05"),
        "{reply}"
    );
    let reply = server.ask("tools/list", meta);
    assert_eq!(reply["result"]["resultType"], "complete", "{reply}");
    assert_eq!(
        reply["result"]["tools"].as_array().map(Vec::len),
        Some(daytona::mcp::tools().len())
    );
}

/// Everything that some clients cannot read in a schema.
fn unportable(value: &Value, at: &str, found: &mut String) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let nullable = key == "type" && value.is_array() || key == "nullable";
                if nullable || ["$ref", "$defs", "definitions", "anyOf"].contains(&key.as_str()) {
                    let _ = writeln!(found, "{at}: {key}");
                }
                unportable(value, &format!("{at}.{key}"), found);
            }
        }
        Value::Array(items) => {
            for item in items {
                unportable(item, at, found);
            }
        }
        _ => {}
    }
}

#[test]
fn the_tools_are_as_they_were() {
    let home = Home::new();
    let reply = Server::greeted(&home).ask("tools/list", json!({}));
    let mut text = String::new();
    let mut found = String::new();
    for tool in reply["result"]["tools"].as_array().expect("tools") {
        let schema = &tool["inputSchema"];
        let arguments: Vec<&str> = schema["properties"]
            .as_object()
            .map(|all| all.keys().map(String::as_str).collect())
            .unwrap_or_default();
        let _ = writeln!(
            text,
            "{} «{}» {}\n  arguments: {}\n  required: {}\n  unknown arguments: {}",
            tool["name"].as_str().unwrap_or_default(),
            tool["title"].as_str().unwrap_or_default(),
            tool["annotations"],
            arguments.join(" "),
            schema["required"],
            schema["additionalProperties"],
        );
        assert_eq!(tool["outputSchema"]["type"], "object", "{tool}");
        assert!(
            tool["description"]
                .as_str()
                .is_some_and(|text| text.len() > 40)
        );
        unportable(
            schema,
            tool["name"].as_str().unwrap_or_default(),
            &mut found,
        );
    }
    expect![[r#"
        activate_snapshot «Activate snapshot» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id
          required: ["id"]
          unknown arguments: false
        archive_sandbox «Archive sandbox» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id timeout
          required: ["id"]
          unknown arguments: false
        computer_use_accessibility_find «Find on screen» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: scope pid role name name_match states limit id
          required: null
          unknown arguments: false
        computer_use_accessibility_focus «Focus node» {"readOnlyHint":false,"destructiveHint":true,"idempotentHint":false,"openWorldHint":true}
          arguments: node_id id
          required: ["node_id"]
          unknown arguments: false
        computer_use_accessibility_invoke «Invoke node» {"readOnlyHint":false,"destructiveHint":true,"idempotentHint":false,"openWorldHint":true}
          arguments: node_id action id
          required: ["node_id"]
          unknown arguments: false
        computer_use_accessibility_set_value «Set value» {"readOnlyHint":false,"destructiveHint":true,"idempotentHint":false,"openWorldHint":true}
          arguments: node_id value id
          required: ["node_id","value"]
          unknown arguments: false
        computer_use_accessibility_tree «Accessibility tree» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: scope pid max_depth id
          required: null
          unknown arguments: false
        computer_use_display_info «Displays» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id
          required: null
          unknown arguments: false
        computer_use_keyboard_hotkey «Press keys together» {"readOnlyHint":false,"destructiveHint":true,"idempotentHint":false,"openWorldHint":true}
          arguments: keys id
          required: ["keys"]
          unknown arguments: false
        computer_use_keyboard_press «Press key» {"readOnlyHint":false,"destructiveHint":true,"idempotentHint":false,"openWorldHint":true}
          arguments: key modifiers id
          required: ["key"]
          unknown arguments: false
        computer_use_keyboard_type «Type text» {"readOnlyHint":false,"destructiveHint":true,"idempotentHint":false,"openWorldHint":true}
          arguments: text delay id
          required: ["text"]
          unknown arguments: false
        computer_use_mouse_click «Click» {"readOnlyHint":false,"destructiveHint":true,"idempotentHint":false,"openWorldHint":true}
          arguments: x y button double id
          required: ["x","y"]
          unknown arguments: false
        computer_use_mouse_drag «Drag» {"readOnlyHint":false,"destructiveHint":true,"idempotentHint":false,"openWorldHint":true}
          arguments: start_x start_y end_x end_y button id
          required: ["start_x","start_y","end_x","end_y"]
          unknown arguments: false
        computer_use_mouse_move «Move mouse» {"readOnlyHint":false,"destructiveHint":true,"idempotentHint":false,"openWorldHint":true}
          arguments: x y id
          required: ["x","y"]
          unknown arguments: false
        computer_use_mouse_position «Mouse position» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id
          required: null
          unknown arguments: false
        computer_use_mouse_scroll «Scroll» {"readOnlyHint":false,"destructiveHint":true,"idempotentHint":false,"openWorldHint":true}
          arguments: x y direction amount id
          required: ["x","y","direction"]
          unknown arguments: false
        computer_use_recording_delete «Delete recording» {"readOnlyHint":false,"destructiveHint":true,"idempotentHint":true,"openWorldHint":false}
          arguments: recording_id id
          required: ["recording_id"]
          unknown arguments: false
        computer_use_recording_get «Get recording» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: recording_id id
          required: ["recording_id"]
          unknown arguments: false
        computer_use_recording_list «List recordings» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id
          required: null
          unknown arguments: false
        computer_use_recording_start «Start recording» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":false,"openWorldHint":false}
          arguments: label id
          required: null
          unknown arguments: false
        computer_use_recording_stop «Stop recording» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: recording_id id
          required: ["recording_id"]
          unknown arguments: false
        computer_use_screenshot «Screenshot» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: show_cursor id
          required: null
          unknown arguments: false
        computer_use_screenshot_compressed «Smaller screenshot» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: show_cursor format quality scale id
          required: null
          unknown arguments: false
        computer_use_screenshot_compressed_region «Smaller screenshot of a region» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: x y width height show_cursor format quality scale id
          required: ["x","y","width","height"]
          unknown arguments: false
        computer_use_screenshot_region «Screenshot of a region» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: x y width height show_cursor id
          required: ["x","y","width","height"]
          unknown arguments: false
        computer_use_start «Start desktop» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id
          required: null
          unknown arguments: false
        computer_use_status «Desktop status» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id
          required: null
          unknown arguments: false
        computer_use_stop «Stop desktop» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id
          required: null
          unknown arguments: false
        computer_use_windows «Windows» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id
          required: null
          unknown arguments: false
        create_folder «Create folder» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: folderPath mode id
          required: ["folderPath"]
          unknown arguments: false
        create_sandbox «Create sandbox» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":false,"openWorldHint":false}
          arguments: name like template snapshot target user env labels public autoStopInterval autoPauseInterval autoArchiveInterval autoDeleteInterval ttlMinutes cpu memory disk networkBlockAll networkAllowList domainAllowList volumes
          required: null
          unknown arguments: false
        create_snapshot «Create snapshot» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":false,"openWorldHint":false}
          arguments: name sandbox image entrypoint cpu memory disk timeout
          required: ["name"]
          unknown arguments: false
        create_volume «Create volume» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":false,"openWorldHint":false}
          arguments: name timeout
          required: ["name"]
          unknown arguments: false
        deactivate_snapshot «Deactivate snapshot» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id
          required: ["id"]
          unknown arguments: false
        delete_file «Delete file» {"readOnlyHint":false,"destructiveHint":true,"idempotentHint":true,"openWorldHint":false}
          arguments: filePath id
          required: ["filePath"]
          unknown arguments: false
        delete_snapshot «Delete snapshot» {"readOnlyHint":false,"destructiveHint":true,"idempotentHint":true,"openWorldHint":false}
          arguments: id
          required: ["id"]
          unknown arguments: false
        delete_volume «Delete volume» {"readOnlyHint":false,"destructiveHint":true,"idempotentHint":true,"openWorldHint":false}
          arguments: name
          required: ["name"]
          unknown arguments: false
        destroy_sandbox «Destroy sandbox» {"readOnlyHint":false,"destructiveHint":true,"idempotentHint":true,"openWorldHint":false}
          arguments: id
          required: ["id"]
          unknown arguments: false
        execute_command «Execute command» {"readOnlyHint":false,"destructiveHint":true,"idempotentHint":false,"openWorldHint":true}
          arguments: id command cwd env timeout
          required: ["id","command"]
          unknown arguments: false
        file_download «Download file» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: filePath maxSizeMb download chunkSizeKb id
          required: ["filePath"]
          unknown arguments: false
        file_upload «Upload file» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: filePath content encoding overwrite id
          required: ["filePath","content"]
          unknown arguments: false
        fork_sandbox «Fork sandbox» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":false,"openWorldHint":false}
          arguments: id name timeout
          required: ["id"]
          unknown arguments: false
        get_file_info «Get file info» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: filePath id
          required: ["filePath"]
          unknown arguments: false
        get_sandbox «Get sandbox» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id
          required: ["id"]
          unknown arguments: false
        get_snapshot «Get snapshot» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id
          required: ["id"]
          unknown arguments: false
        get_volume «Get volume» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: name
          required: ["name"]
          unknown arguments: false
        git_branches «List branches» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: path id
          required: ["path"]
          unknown arguments: false
        git_checkout «Check out branch» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: path branch create id
          required: ["path","branch"]
          unknown arguments: false
        git_clone «Clone repository» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":false,"openWorldHint":false}
          arguments: url path branch commitId depth username password id
          required: ["url"]
          unknown arguments: false
        git_commit «Commit» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":false,"openWorldHint":false}
          arguments: path message files author email id
          required: ["path","message"]
          unknown arguments: false
        git_pull «Pull» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: path branch remote username password id
          required: ["path"]
          unknown arguments: false
        git_push «Push» {"readOnlyHint":false,"destructiveHint":true,"idempotentHint":false,"openWorldHint":true}
          arguments: path branch remote username password id
          required: ["path"]
          unknown arguments: false
        git_status «Repository status» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: path id
          required: ["path"]
          unknown arguments: false
        list_files «List files» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: path offset limit id
          required: null
          unknown arguments: false
        list_sandboxes «List sandboxes» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: name states labels limit cursor all sort order
          required: null
          unknown arguments: false
        list_snapshots «List snapshots» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: name sourceSandboxId page limit all
          required: null
          unknown arguments: false
        list_volumes «List volumes» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: 
          required: null
          unknown arguments: false
        move_file «Move file» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: sourcePath destPath id
          required: ["sourcePath","destPath"]
          unknown arguments: false
        pause_sandbox «Pause sandbox» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id timeout
          required: ["id"]
          unknown arguments: false
        preview_link «Preview link» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: port description checkServer id
          required: ["port"]
          unknown arguments: false
        read_file «Read file» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: filePath offset limit id
          required: ["filePath"]
          unknown arguments: false
        recover_sandbox «Recover sandbox» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id skipStart timeout
          required: ["id"]
          unknown arguments: false
        replace_in_files «Replace in files» {"readOnlyHint":false,"destructiveHint":true,"idempotentHint":false,"openWorldHint":true}
          arguments: files pattern newValue id
          required: ["files","pattern","newValue"]
          unknown arguments: false
        resize_sandbox «Resize sandbox» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id cpu memory disk
          required: ["id"]
          unknown arguments: false
        resume_sandbox «Resume sandbox» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id timeout
          required: ["id"]
          unknown arguments: false
        search_files «Search files» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: text name path limit id
          required: null
          unknown arguments: false
        set_file_permissions «Set file permissions» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: filePath mode owner group id
          required: ["filePath"]
          unknown arguments: false
        start_sandbox «Start sandbox» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id timeout
          required: ["id"]
          unknown arguments: false
        stop_sandbox «Stop sandbox» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id force timeout
          required: ["id"]
          unknown arguments: false
        update_sandbox «Update sandbox» {"readOnlyHint":false,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: labels autoStopInterval autoPauseInterval autoArchiveInterval autoDeleteInterval public id
          required: null
          unknown arguments: false
        wait_for_sandbox «Wait for sandbox» {"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}
          arguments: id for timeout
          required: ["id"]
          unknown arguments: false
    "#]].assert_eq(&text);
    assert_eq!(found, "");
}

#[test]
fn what_is_not_there_is_an_error_of_the_protocol() {
    let home = Home::new();
    let mut server = Server::greeted(&home);
    for method in ["prompts/list", "resources/list", "no/such/method"] {
        let reply = server.ask(method, json!({}));
        assert_eq!(reply["error"]["code"], -32601, "{method}: {reply}");
    }
    let reply = server.call("shave_yak", &json!({}));
    assert_eq!(reply["error"]["code"], -32602, "{reply}");
    let message = reply["error"]["message"].as_str().expect("a message");
    assert!(
        message.contains("shave_yak") && message.contains("list_sandboxes"),
        "{message}"
    );
    // It goes on after lines that are no messages.
    let stdin = server.stdin.as_mut().expect("a pipe");
    stdin
        .write_all(b"this is no JSON\n\n")
        .expect("the server reads");
    let reply = server.ask("tools/list", json!({}));
    assert!(reply["result"]["tools"].is_array(), "{reply}");
}

#[test]
fn the_end_of_input_and_sigterm_end_it() {
    let home = Home::new();
    let mut server = Server::greeted(&home);
    server.stdin.take();
    assert_eq!(server.ended(Duration::from_secs(2)), (Some(0), vec![]));
    let mut server = Server::start(&home);
    server.stdin.take();
    assert_eq!(server.ended(Duration::from_secs(2)), (Some(0), vec![]));
    let mut server = Server::greeted(&home);
    server.terminate();
    assert_eq!(server.ended(Duration::from_secs(2)), (Some(0), vec![]));
    let mut stderr = String::new();
    let pipe = server.child.stderr.as_mut().expect("a pipe");
    pipe.read_to_string(&mut stderr).expect("text");
    assert_eq!(stderr, "");
}

#[test]
fn a_call_ends_with_the_server() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    for by_signal in [true, false] {
        let mut server = Server::greeted(&home);
        let command = json!({"id": "demo", "command": "exec -a mcp-sleeper sleep 60"});
        server.post(
            "tools/call",
            json!({"name": "execute_command", "arguments": command}),
        );
        let ten = Duration::from_secs(10);
        assert!(within(ten, || home.count("demo", "mcp-sleeper") == 1));
        if by_signal {
            server.terminate();
        } else {
            server.stdin.take();
        }
        // At the end of its input the server lets calls finish for a few seconds first.
        let limit = Duration::from_secs(if by_signal { 2 } else { 8 });
        let (code, _) = server.ended(limit);
        assert_eq!(code, Some(0));
        assert!(
            within(Duration::from_secs(1), || home.count("demo", "mcp-sleeper")
                == 0),
            "the command outlived the server by a second, by signal: {by_signal}"
        );
    }
}

#[test]
fn the_log_names_calls_and_no_secrets() {
    let home = Home::with_engine();
    let mut server = Server::greeted(&home);
    let made = server.call(
        "create_sandbox",
        &json!({"name": "logged", "env": {"T": "secret-value"}}),
    );
    assert_eq!(
        made["result"]["structuredContent"]["state"], "started",
        "{made}"
    );
    let ran = server.call(
        "execute_command",
        &json!({"id": "logged", "command": "echo hidden-text"}),
    );
    assert_eq!(
        ran["result"]["structuredContent"]["stdout"], "hidden-text\n",
        "{ran}"
    );
    let wrong = server.call(
        "execute_command",
        &json!({"id": "nobody", "command": "echo hidden-text"}),
    );
    assert_eq!(wrong["result"]["isError"], true, "{wrong}");
    server.stdin.take();
    assert_eq!(server.ended(Duration::from_secs(3)).0, Some(0));
    let path = home.path().join(".daytona/daytona-mcp.log");
    let permissions = std::fs::metadata(&path)
        .expect("a log")
        .permissions()
        .mode();
    assert_eq!(permissions & 0o777, 0o600);
    let log = std::fs::read_to_string(&path).expect("a log");
    assert!(
        log.contains("execute_command") && log.contains("logged"),
        "{log}"
    );
    assert!(log.contains("call failed"), "{log}");
    let key = std::fs::read_to_string(home.engine().join("engine.key")).expect("a key");
    for secret in ["hidden-text", "secret-value", key.trim(), "dtn_"] {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
}

#[test]
fn without_credentials_it_starts_and_says_what_is_missing() {
    let home = Home::new().set("DAYTONA_API_URL", "https://daytona.example.com/api");
    let mut server = Server::greeted(&home);
    let reply = server.call("list_sandboxes", &json!({}));
    assert_eq!(reply["result"]["isError"], true, "{reply}");
    let text = reply["result"]["content"][0]["text"]
        .as_str()
        .expect("text");
    let error: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(error["kind"], "auth", "{error}");
    assert!(error["hints"][0].is_string(), "{error}");
}
