//! What is beside the files of a sandbox: its settings and states, snapshots, volumes.

use serde_json::json;

use crate::binary::Home;
use crate::mcp_client::Server;

#[test]
fn snapshots_are_made_listed_switched_and_deleted() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let _ = home.sh("box", "echo kept > note");
    let mut server = Server::with_all_tools(&home);
    let made = server.done(
        "create_snapshot",
        &json!({"name": "snap", "sandbox": "box"}),
    );
    assert_eq!(
        (&made["name"], &made["state"]),
        (&json!("snap"), &json!("active"))
    );
    let listed = server.done("list_snapshots", &json!({"name": "sna"}));
    assert_eq!(
        (&listed["total"], &listed["items"][0]["name"]),
        (&json!(1), &json!("snap"))
    );
    let id = listed["items"][0]["id"].clone();
    assert_eq!(
        server.done("get_snapshot", &json!({"id": "snap"}))["id"],
        id
    );
    assert_eq!(
        server.done("deactivate_snapshot", &json!({"id": "snap"}))["state"],
        "inactive"
    );
    assert_eq!(
        server.done("activate_snapshot", &json!({"id": id}))["state"],
        "active"
    );
    server.done(
        "create_sandbox",
        &json!({"name": "copy", "snapshot": "snap"}),
    );
    assert_eq!(home.sh("copy", "cat note").stdout, "kept\n");
    let (kind, message, _) = server.refused("create_snapshot", &json!({"name": "x"}));
    assert!(
        kind == "usage" && message.contains("a sandbox or an image"),
        "{message}"
    );
    let gone = server.done("delete_snapshot", &json!({"id": "snap"}));
    assert_eq!(gone["deleted"], json!(["snap"]));
    assert_eq!(
        server.refused("delete_snapshot", &json!({"id": "snap"})).0,
        "not_found"
    );
    assert_eq!(
        server.refused("get_snapshot", &json!({"id": "snap"})).0,
        "not_found"
    );
}

#[test]
fn volumes_are_made_listed_and_deleted() {
    let home = Home::with_engine();
    let mut server = Server::with_all_tools(&home);
    let made = server.done("create_volume", &json!({"name": "data"}));
    assert_eq!(made["state"], "ready");
    let listed = server.done("list_volumes", &json!({}));
    assert_eq!(listed["items"][0]["name"], "data");
    assert_eq!(
        server.done("get_volume", &json!({"name": "data"}))["id"],
        made["id"]
    );
    let used = json!({"name": "box", "volumes": [{"volumeId": "data", "mountPath": "/data"}]});
    server.done("create_sandbox", &used);
    assert_eq!(
        server.refused("delete_volume", &json!({"name": "data"})).0,
        "conflict"
    );
    home.done(&["delete", "box"]);
    let gone = server.done("delete_volume", &json!({"name": "data"}));
    assert_eq!(gone["deleted"], json!(["data"]));
    assert_eq!(
        server.refused("delete_volume", &json!({"name": "data"})).0,
        "not_found"
    );
    assert_eq!(
        server.refused("create_volume", &json!({"name": "a:b"})).0,
        "usage"
    );
}

#[test]
fn a_sandbox_is_changed_and_led_through_its_states() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box", "--label", "old=1"]);
    let _ = home.sh("box", "echo kept > note");
    let mut server = Server::with_all_tools(&home);
    let wanted = json!({
        "id": "box", "labels": {"team": "core"}, "autoStopInterval": 0, "autoPauseInterval": 7,
        "autoArchiveInterval": 60, "autoDeleteInterval": -1, "public": true,
    });
    let changed = server.done("update_sandbox", &wanted);
    for field in [
        "labels",
        "autoStopInterval",
        "autoPauseInterval",
        "autoArchiveInterval",
        "autoDeleteInterval",
        "public",
    ] {
        assert_eq!(changed[field], wanted[field], "{field}: {changed}");
    }
    let one = server.done("update_sandbox", &json!({"id": "box", "public": false}));
    assert_eq!(
        (&one["public"], &one["labels"]),
        (&json!(false), &json!({"team": "core"}))
    );
    assert_eq!(
        server.refused("update_sandbox", &json!({"id": "box"})).0,
        "usage"
    );
    let wrong = json!({"id": "box", "autoDeleteInterval": -2});
    assert_eq!(server.refused("update_sandbox", &wrong).0, "usage");

    let fork = server.done("fork_sandbox", &json!({"id": "box", "name": "twin"}));
    assert_eq!(
        (&fork["name"], &fork["state"]),
        (&json!("twin"), &json!("started"))
    );
    assert_eq!(home.sh("twin", "cat note").stdout, "kept\n");
    assert_eq!(
        server.done("pause_sandbox", &json!({"id": "twin"}))["state"],
        "paused"
    );
    assert_eq!(
        server.done("resume_sandbox", &json!({"id": "twin"}))["state"],
        "started"
    );
    let grown = server.done("resize_sandbox", &json!({"id": "twin", "cpu": 2}));
    assert_eq!(grown["cpu"], 2);
    home.done(&["stop", "twin"]);
    assert_eq!(
        server.done("archive_sandbox", &json!({"id": "twin"}))["state"],
        "archived"
    );
    let there = server.done(
        "wait_for_sandbox",
        &json!({"id": "twin", "for": ["archived"]}),
    );
    assert_eq!(there["state"], "archived");
    let late = json!({"id": "twin", "for": ["started"], "timeout": 1});
    assert_eq!(server.refused("wait_for_sandbox", &late).0, "conflict");
    let (kind, message, _) = server.refused("recover_sandbox", &json!({"id": "box"}));
    assert_eq!(
        (kind.as_str(), message.contains("did not fail")),
        ("conflict", true)
    );
}

#[test]
fn a_list_says_what_somebody_who_cleans_up_goes_by() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "runs"]);
    home.done(&["create", "--name", "rests", "--cpu", "1", "--memory", "2"]);
    home.done(&["stop", "rests"]);
    let mut server = Server::greeted(&home);
    let listed = server.done("list_sandboxes", &json!({}));
    for one in listed["items"].as_array().expect("items") {
        let rests = one["name"] == "rests";
        assert_eq!(one["stoppedAt"].is_string(), rests, "{one}");
        assert_eq!(one["memory"], if rests { 2 } else { 1 }, "{one}");
        assert!(
            one["createdAt"].is_string() && one["disk"].is_number(),
            "{one}"
        );
    }
}
