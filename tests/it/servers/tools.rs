//! Every tool of the MCP server but those of desktops, once against each server; and that none of them asks for
//! what the server does not document.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use super::stage::Stage;
use crate::mcp_client::Server;

/// A repository `hub.git` with one commit, and who commits.
const HUB: &str = "git config --global user.name Me && git config --global user.email me@x && git init -q w && \
    cd w && echo 1 >a && git add . && git commit -qm first && cd .. && git clone -q --bare w hub.git && pwd";

fn calls(here: &str) -> Vec<(&'static str, Value)> {
    vec![
        ("create_sandbox", json!({"name": "box", "ttlMinutes": 60})),
        ("list_sandboxes", json!({})),
        ("get_sandbox", json!({"id": "box"})),
        ("stop_sandbox", json!({"id": "box"})),
        ("start_sandbox", json!({"id": "box"})),
        ("wait_for_sandbox", json!({"id": "box"})),
        (
            "update_sandbox",
            json!({"id": "box", "labels": {"a": "b"}, "autoStopInterval": 30}),
        ),
        (
            "update_sandbox",
            json!({"id": "box", "autoStopInterval": 0, "autoPauseInterval": 5}),
        ),
        ("pause_sandbox", json!({"id": "box"})),
        ("resume_sandbox", json!({"id": "box"})),
        ("resize_sandbox", json!({"id": "box", "cpu": 2})),
        ("recover_sandbox", json!({"id": "box"})),
        ("fork_sandbox", json!({"id": "box", "name": "fork"})),
        ("execute_command", json!({"command": "echo hi; exit 3"})),
        (
            "execute_command",
            json!({"command": "sleep 60", "background": true, "idempotencyKey": "k"}),
        ),
        ("list_jobs", json!({})),
        ("get_job", json!({"job": "k8254c329a92850f6"})),
        ("kill_job", json!({"job": "k8254c329a92850f6"})),
        ("run_code", json!({"code": "print(6*7)"})),
        ("run_code", json!({"code": "print(6*7)", "context": "c"})),
        (
            "file_upload",
            json!({"filePath": "deep/er/a.txt", "content": "one\ntwo\n"}),
        ),
        ("read_file", json!({"filePath": "deep/er/a.txt"})),
        ("read_file", json!({"filePath": "nofile"})),
        ("file_download", json!({"filePath": "deep/er/a.txt"})),
        ("get_file_info", json!({"filePath": "deep/er/a.txt"})),
        ("list_files", json!({"path": "deep"})),
        (
            "create_folder",
            json!({"folderPath": "more", "mode": "0755"}),
        ),
        (
            "move_file",
            json!({"sourcePath": "deep/er/a.txt", "destPath": "more/b.txt"}),
        ),
        (
            "set_file_permissions",
            json!({"filePath": "more/b.txt", "mode": "0600"}),
        ),
        (
            "replace_in_files",
            json!({"files": ["more/b.txt"], "pattern": "two", "newValue": "2"}),
        ),
        ("search_files", json!({"path": "more", "text": "2"})),
        ("search_files", json!({"path": "more", "name": "*.txt"})),
        ("delete_file", json!({"filePath": "more/b.txt"})),
        (
            "git_clone",
            json!({"url": format!("file://{here}/hub.git"), "path": "hub"}),
        ),
        ("git_status", json!({"path": "hub"})),
        ("git_branches", json!({"path": "hub"})),
        (
            "git_checkout",
            json!({"path": "hub", "branch": "new", "create": true}),
        ),
        ("file_upload", json!({"filePath": "hub/b", "content": "b"})),
        (
            "git_commit",
            json!({"path": "hub", "message": "b", "files": ["b"]}),
        ),
        ("git_push", json!({"path": "hub"})),
        ("git_pull", json!({"path": "hub"})),
        ("preview_link", json!({"port": 3000})),
        ("create_snapshot", json!({"name": "snap", "sandbox": "box"})),
        ("list_snapshots", json!({})),
        ("get_snapshot", json!({"id": "snap"})),
        ("deactivate_snapshot", json!({"id": "snap"})),
        ("activate_snapshot", json!({"id": "snap"})),
        ("delete_snapshot", json!({"id": "snap"})),
        ("create_volume", json!({"name": "vol"})),
        ("list_volumes", json!({})),
        ("get_volume", json!({"name": "vol"})),
        ("delete_volume", json!({"name": "vol"})),
        ("stop_sandbox", json!({"id": "fork"})),
        ("archive_sandbox", json!({"id": "fork"})),
        ("destroy_sandbox", json!({"id": "fork"})),
        ("destroy_sandbox", json!({"id": "box"})),
        ("list_trash", json!({})),
        ("restore_sandbox", json!({"id": "box"})),
    ]
}

#[test]
fn all_tools_with_the_newest_that_can_be_self_hosted() {
    all_tools(
        "0.190.0",
        &expect![[r#"
            create_sandbox ["the server ignored `--ttl` (ttlMinutes): `box` is not deleted when its time is over"]
            list_sandboxes
            get_sandbox
            stop_sandbox
            start_sandbox
            wait_for_sandbox
            update_sandbox
            update_sandbox: "unsupported" "this server (Daytona 0.190.0) does not have this: it knows no POST /api/sandbox/ID/autopause/5"
            pause_sandbox
            resume_sandbox
            resize_sandbox
            recover_sandbox: "conflict" "sandbox `box` is started, it did not fail"
            fork_sandbox
            execute_command
            execute_command
            list_jobs
            get_job
            kill_job
            run_code
            run_code
            file_upload
            read_file
            read_file: "not_found" "nofile: there is no such file or folder in the sandbox (404)"
            file_download
            get_file_info
            list_files
            create_folder
            move_file
            set_file_permissions
            replace_in_files
            search_files
            search_files
            delete_file
            git_clone
            git_status
            git_branches
            git_checkout
            file_upload
            git_commit
            git_push
            git_pull
            preview_link: "unavailable" "nothing listens on port 3000 of sandbox `test-client-`; no port is listened on"
            create_snapshot
            list_snapshots
            get_snapshot
            deactivate_snapshot
            activate_snapshot
            delete_snapshot
            create_volume
            list_volumes
            get_volume
            delete_volume
            stop_sandbox
            archive_sandbox
            destroy_sandbox
            destroy_sandbox
            list_trash: "unsupported" "this server has no trash: what is deleted there is gone"
            restore_sandbox: "unsupported" "this server has no trash: what is deleted there is gone"
        "#]],
    );
}

#[test]
fn all_tools_with_todays() {
    all_tools(
        "0.205.1",
        &expect![[r#"
            create_sandbox
            list_sandboxes
            get_sandbox
            stop_sandbox
            start_sandbox
            wait_for_sandbox
            update_sandbox
            update_sandbox
            pause_sandbox
            resume_sandbox
            resize_sandbox
            recover_sandbox: "conflict" "sandbox `box` is started, it did not fail"
            fork_sandbox
            execute_command
            execute_command
            list_jobs
            get_job
            kill_job
            run_code
            run_code
            file_upload
            read_file
            read_file: "not_found" "nofile: there is no such file or folder in the sandbox (404)"
            file_download
            get_file_info
            list_files
            create_folder
            move_file
            set_file_permissions
            replace_in_files
            search_files
            search_files
            delete_file
            git_clone
            git_status
            git_branches
            git_checkout
            file_upload
            git_commit
            git_push
            git_pull
            preview_link: "unavailable" "nothing listens on port 3000 of sandbox `test-client-`; no port is listened on"
            create_snapshot
            list_snapshots
            get_snapshot
            deactivate_snapshot
            activate_snapshot
            delete_snapshot
            create_volume
            list_volumes
            get_volume
            delete_volume
            stop_sandbox
            archive_sandbox
            destroy_sandbox
            destroy_sandbox
            list_trash: "unsupported" "this server has no trash: what is deleted there is gone"
            restore_sandbox: "unsupported" "this server has no trash: what is deleted there is gone"
        "#]],
    );
}

fn all_tools(version: &'static str, expected: &Expect) {
    let stage = Stage::of(version);
    let mut server = Server::with_all_tools(&stage.home);
    let made = server.done("execute_command", &json!({"command": HUB}));
    let here = made["stdout"].as_str().expect("a folder").trim().to_owned();
    let mut said = String::new();
    let mut driven = BTreeSet::new();
    for (tool, arguments) in calls(&here) {
        let result = server.result(tool, &arguments);
        let text = result["content"][0]["text"].as_str().unwrap_or_default();
        driven.insert(tool.to_owned());
        let seen: Value = serde_json::from_str(text).unwrap_or(Value::Null);
        let _ = if result["isError"] == true {
            writeln!(
                said,
                "{tool}: {} {}",
                seen["kind"],
                plain(&seen["message"].to_string())
            )
        } else {
            let notes = &seen["notes"];
            let notes = if notes.is_null() {
                String::new()
            } else {
                format!(" {notes}")
            };
            writeln!(said, "{tool}{notes}")
        };
    }
    expected.assert_eq(&said);
    let all = server.ask("tools/list", json!({}));
    let all = all["result"]["tools"].as_array().expect("tools").clone();
    let name = |tool: &Value| tool["name"].as_str().expect("a name").to_owned();
    let left: Vec<String> = all
        .iter()
        .map(name)
        .filter(|name| !driven.contains(name))
        .collect();
    assert!(
        left.iter().all(|name| name.starts_with("computer_use")),
        "not driven: {left:?}"
    );
    // What a server may or may not have is asked for once.
    let asked: Vec<String> = stage
        .seen
        .undocumented()
        .iter()
        .map(|one| plain(one))
        .collect();
    let known: BTreeSet<&str> = asked.iter().map(String::as_str).collect();
    assert_eq!(known.len(), asked.len(), "asked for again: {asked:#?}");
    let allowed = BTreeSet::from([
        "POST /api/sandbox/ID/autopause/5",
        "GET /toolbox/ID/git/config",
    ]);
    assert!(known.is_subset(&allowed), "{asked:#?}");
}

/// Without the ids in paths and the names of the session's own sandbox.
fn plain(text: &str) -> String {
    let mut parts: Vec<String> = text.split('/').map(str::to_owned).collect();
    for part in &mut parts {
        if uuid::Uuid::parse_str(part).is_ok() {
            "ID".clone_into(part);
        }
    }
    let text = parts.join("/");
    match text.find("test-client-") {
        Some(at) => format!("{}{}", &text[..at + 12], &text[at + 18..]),
        None => text,
    }
}
