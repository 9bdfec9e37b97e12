//! What a server may touch at all: by name, by label, at once, and per hour.

use serde_json::json;

use crate::binary::Home;
use crate::mcp_client::Server;

#[test]
fn what_is_outside_is_not_seen_and_not_touched() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "prod", "--label", "team=a"]);
    home.done(&["create", "--name", "ci-one", "--label", "team=a"]);
    home.done(&["create", "--name", "ci-two"]);
    let flags = [
        "--scope",
        "name=ci-",
        "--scope",
        "label=team=a",
        "--confirm",
        "never",
        "--toolsets",
        "all",
    ];
    let mut server = Server::with(&home, &flags, &json!({}));
    let list = server.done("list_sandboxes", &json!({}));
    let names: Vec<&str> = list["items"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    assert_eq!(names, ["ci-one"]);
    for outside in ["prod", "ci-two"] {
        for (tool, mut arguments) in [
            ("get_sandbox", json!({})),
            ("stop_sandbox", json!({})),
            ("destroy_sandbox", json!({})),
            ("execute_command", json!({"command": "true"})),
            ("run_code", json!({"code": "1"})),
            ("list_files", json!({})),
            ("file_upload", json!({"filePath": "x", "content": "y"})),
            ("preview_link", json!({"port": 80})),
            ("fork_sandbox", json!({"name": "ci-x"})),
            ("archive_sandbox", json!({})),
            ("wait_for_sandbox", json!({})),
            ("get_job", json!({"job": "j1"})),
            ("git_status", json!({"path": "x"})),
        ] {
            arguments["id"] = json!(outside);
            let (kind, message, _) = server.refused(tool, &arguments);
            assert_eq!(kind, "auth", "{tool} {outside}: {message}");
            assert!(message.contains("--scope name=ci-"), "{message}");
        }
    }
    let (_, _, hints) = server.refused("get_sandbox", &json!({"id": "prdo"}));
    assert!(!hints.contains("prod"), "{hints}");
    let uri = json!({"uri": "sandbox://prod"});
    assert!(server.ask("resources/read", uri)["error"].is_object());
    let like = json!({"like": "prod"});
    assert_eq!(server.refused("create_sandbox", &like).0, "auth");
    // What is made is made within it.
    let made = server.done("create_sandbox", &json!({}));
    assert!(
        made["name"]
            .as_str()
            .is_some_and(|name| name.starts_with("ci-")),
        "{made}"
    );
    assert_eq!(made["labels"]["team"], "a");
    let fork = server.done("fork_sandbox", &json!({"id": "ci-one"}));
    let name = fork["name"].as_str().expect("a name");
    assert!(name.starts_with("ci-"), "{fork}");
    server.done("get_sandbox", &json!({"id": name}));
    let outside = json!({"id": "ci-one", "name": "prod-3"});
    assert_eq!(server.refused("fork_sandbox", &outside).0, "auth");
    assert_eq!(
        server
            .refused("create_sandbox", &json!({"name": "prod-2"}))
            .0,
        "auth"
    );
    let own = server.done("execute_command", &json!({"command": "true"}));
    assert!(
        own["sandbox"]
            .as_str()
            .is_some_and(|name| name.starts_with("ci-")),
        "{own}"
    );
    let labels = json!({"id": "ci-one", "labels": {"team": "b"}});
    assert_eq!(server.refused("update_sandbox", &labels).0, "auth");
    for (tool, arguments) in [
        ("create_volume", json!({"name": "data"})),
        (
            "create_snapshot",
            json!({"name": "base", "sandbox": "ci-one"}),
        ),
        ("delete_snapshot", json!({"id": "host"})),
    ] {
        let (kind, message, _) = server.refused(tool, &arguments);
        assert_eq!(kind, "auth", "{tool}: {message}");
    }
    assert_eq!(home.json(&["info", "prod"])["state"], "started");
}

#[test]
fn there_are_no_more_than_allowed_and_no_more_go() {
    let home = Home::with_engine();
    let flags = [
        "--scope",
        "sandboxes=2",
        "--scope",
        "deletions=1",
        "--confirm",
        "never",
    ];
    let mut server = Server::with(&home, &flags, &json!({}));
    let first = server.done("create_sandbox", &json!({}));
    server.done("execute_command", &json!({"command": "true"}));
    let (kind, message, hints) = server.refused("create_sandbox", &json!({}));
    assert_eq!(kind, "limit", "{message}");
    assert!(hints.contains("destroy_sandbox"), "{hints}");
    server.done("destroy_sandbox", &json!({"id": first["id"]}));
    let second = server.done("create_sandbox", &json!({}));
    let (kind, message, _) = server.refused("destroy_sandbox", &json!({"id": second["id"]}));
    assert_eq!(kind, "limit", "{message}");
    assert_eq!(
        home.run(&["info", second["id"].as_str().expect("an id")])
            .code,
        Some(0)
    );
}
