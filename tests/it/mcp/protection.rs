//! A protected sandbox is deleted by nobody: not by name, by filter, by an agent, by its timer or by a stop.

use serde_json::json;

use crate::binary::Home;
use crate::mcp_client::Server;

use super::confirm::exists;

#[test]
fn a_protected_sandbox_is_deleted_by_nobody_until_that_is_lifted() {
    let home = Home::with_engine();
    home.done(&[
        "create",
        "--name",
        "kept",
        "--auto-delete",
        "0",
        "-l",
        "team=a",
    ]);
    home.done(&["create", "--name", "other"]);
    let wrong = home.run(&["protect", "kept", "nope"]);
    assert_eq!(wrong.code, Some(5), "{wrong}");
    let over = home.run(&["protect", "kept", "--until", "2001-01-01"]);
    assert_eq!(over.code, Some(2), "{over}");
    home.done(&["protect", "kept", "--until", "3d", "--why", "the demo"]);
    let labels = home.json(&["info", "kept"])["labels"].clone();
    assert_eq!(labels["team"], "a");

    let refused = home.run(&["delete", "kept", "--permanent"]);
    assert_eq!(refused.code, Some(1), "{refused}");
    assert!(
        refused.stderr.contains(": the demo; nothing was deleted"),
        "{refused}"
    );
    let all = home.run(&["delete", "--all", "--yes"]);
    assert_eq!(all.code, Some(0), "{all}");
    assert!(
        all.stderr.contains("`kept` is protected; it stays"),
        "{all}"
    );
    assert!(!exists(&home, "other"));
    home.done(&["stop", "kept"]);
    assert_eq!(home.json(&["info", "kept"])["state"], "stopped");

    let mut server = Server::with(&home, &["--toolsets", "sandbox"], &json!({}));
    let (kind, message, _) = server.refused("destroy_sandbox", &json!({"id": "kept"}));
    assert_eq!(kind, "conflict");
    assert!(message.contains("the demo"), "{message}");
    let lifted = json!({"id": "kept", "labels": {"daytona.io/protected": "false"}});
    server.refused("update_sandbox", &lifted);
    server.done(
        "update_sandbox",
        &json!({"id": "kept", "labels": {"x": "y"}}),
    );
    assert_eq!(
        home.json(&["info", "kept"])["labels"]["daytona.io/protected"],
        labels["daytona.io/protected"],
        "an agent cannot lift it"
    );
    home.done(&["fork", "kept", "--name", "copy"]);
    home.done(&["delete", "copy", "--permanent"]);

    home.done(&["unprotect", "kept"]);
    home.done(&["delete", "kept"]);
    assert!(!exists(&home, "kept"));
}
