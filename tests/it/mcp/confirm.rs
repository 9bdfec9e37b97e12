//! What is asked before anything is lost: in both eras, in two steps, and never by accident.

use serde_json::{Value, json};

use crate::binary::Home;
use crate::mcp_client::Server;

pub(super) fn exists(home: &Home, name: &str) -> bool {
    home.run(&["info", name]).code == Some(0)
}

/// The token that a refusal names.
pub(super) fn token(hints: &str) -> String {
    let after = hints.split("\"confirm\": \"").nth(1).expect("a token");
    after.split('"').next().expect("an end").to_owned()
}

#[test]
fn where_the_client_cannot_ask_it_takes_two_steps() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "mine"]);
    let mut server = Server::greeted(&home);
    let destroy = json!({"id": "mine"});
    let (kind, message, hints) = server.refused("destroy_sandbox", &destroy);
    assert_eq!(kind, "unconfirmed", "{message}");
    assert!(
        message.contains("`mine`") && message.contains("all its files"),
        "{message}"
    );
    assert!(exists(&home, "mine"));
    // Neither a guess nor the token of something else.
    let (kind, ..) = server.refused("destroy_sandbox", &json!({"id": "mine", "confirm": "yes"}));
    assert_eq!(kind, "unconfirmed");
    home.done(&["create", "--name", "other"]);
    let (_, _, of_other) = server.refused("destroy_sandbox", &json!({"id": "other"}));
    let crossed = json!({"id": "mine", "confirm": token(&of_other)});
    assert_eq!(server.refused("destroy_sandbox", &crossed).0, "unconfirmed");
    // The state that it was given for has passed.
    home.done(&["stop", "mine"]);
    let stale = json!({"id": "mine", "confirm": token(&hints)});
    let (kind, _, hints) = server.refused("destroy_sandbox", &stale);
    assert_eq!(kind, "unconfirmed");
    assert!(exists(&home, "mine") && exists(&home, "other"));
    let right = json!({"id": "mine", "confirm": token(&hints)});
    assert_eq!(server.done("destroy_sandbox", &right)["deleted"], true);
    assert!(!exists(&home, "mine"));
    // Another server does not know it, and it works once.
    let (_, _, hints) = server.refused("destroy_sandbox", &json!({"id": "other"}));
    let elsewhere = json!({"id": "other", "confirm": token(&hints)});
    assert_eq!(
        Server::greeted(&home)
            .refused("destroy_sandbox", &elsewhere)
            .0,
        "unconfirmed"
    );
    assert!(exists(&home, "other"));
}

#[test]
fn what_the_session_made_needs_no_question_unless_always() {
    let home = Home::with_engine();
    let mut server = Server::greeted(&home);
    let made = server.done("create_sandbox", &json!({"name": "made"}));
    let destroy = json!({"id": made["id"]});
    assert_eq!(server.done("destroy_sandbox", &destroy)["deleted"], true);
    let mut strict = Server::with(&home, &["--confirm", "always"], &json!({}));
    strict.done("create_sandbox", &json!({"name": "made"}));
    assert_eq!(
        strict.refused("destroy_sandbox", &json!({"id": "made"})).0,
        "unconfirmed"
    );
    let mut never = Server::with(&home, &["--confirm", "never"], &json!({}));
    assert_eq!(
        never.done("destroy_sandbox", &json!({"id": "made"}))["deleted"],
        true
    );
    // What is not there is no question.
    assert_eq!(
        server.refused("destroy_sandbox", &json!({"id": "made"})).0,
        "not_found"
    );
}

/// Calls a tool as a client of the older era that answers so when it is asked.
fn answered(server: &mut Server, arguments: &Value, answer: &Value) -> (Value, Vec<String>) {
    let call = json!({"name": "destroy_sandbox", "arguments": arguments});
    answered_to(server, &call, answer, || {})
}

/// The same of any call, with something that happens while the user thinks.
pub(super) fn answered_to(
    server: &mut Server,
    call: &Value,
    answer: &Value,
    mut meanwhile: impl FnMut(),
) -> (Value, Vec<String>) {
    let id = server.post("tools/call", call.clone());
    let mut asked = Vec::new();
    let reply = server.answer_to(id, |server, message| {
        if message["method"] == "elicitation/create" {
            let question = message["params"]["message"].as_str().unwrap_or("");
            asked.push(question.to_owned());
            meanwhile();
            let mut reply = json!({"jsonrpc": "2.0", "id": message["id"]});
            if answer["code"].is_number() {
                reply["error"] = answer.clone();
            } else {
                reply["result"] = answer.clone();
            }
            server.say(&reply);
        }
    });
    (reply["result"].clone(), asked)
}

#[test]
fn a_client_of_the_older_era_asks_its_user() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "mine"]);
    let mut server = Server::with(&home, &[], &json!({"elicitation": {}}));
    let destroy = json!({"id": "mine"});
    for no in [
        json!({"action": "decline"}),
        json!({"action": "cancel"}),
        json!({"action": "accept"}),
        json!({"action": "accept", "content": {"confirm": false}}),
        json!({"code": -32603, "message": "the window was closed"}),
    ] {
        let (result, asked) = answered(&mut server, &destroy, &no);
        assert_eq!(asked.len(), 1, "{no}");
        assert!(asked[0].contains("`mine`"), "{asked:?}");
        let kept = "The trash keeps the files for three days.";
        assert!(asked[0].ends_with(kept), "{asked:?}");
        assert_eq!(result["isError"], true, "{no}: {result}");
        assert!(exists(&home, "mine"), "{no}");
    }
    home.done(&["create", "--name", "gone", "--auto-delete", "0"]);
    let no = json!({"action": "decline"});
    let (_, asked) = answered(&mut server, &json!({"id": "gone"}), &no);
    assert!(asked[0].ends_with("It cannot be undone."), "{asked:?}");
    let yes = json!({"action": "accept", "content": {"confirm": true}});
    let (result, _) = answered(&mut server, &destroy, &yes);
    assert_eq!(result["structuredContent"]["deleted"], true, "{result}");
    assert!(!exists(&home, "mine"));
}

#[test]
fn a_client_of_the_newer_era_is_handed_the_question() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "mine"]);
    let mut server = Server::start(&home);
    let meta = |capabilities: Value| {
        json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": capabilities,
        })
    };
    let mut call = |extra: Value, capabilities: Value| {
        let mut params = json!({"name": "destroy_sandbox", "arguments": {"id": "mine"}, "_meta": meta(capabilities)});
        for (key, value) in extra.as_object().expect("an object") {
            params[key] = value.clone();
        }
        server.ask("tools/call", params)["result"].clone()
    };
    let form = || json!({"elicitation": {"form": {}}});
    let answer = |state: &Value, confirm: bool| {
        let answer = json!({"action": "accept", "content": {"confirm": confirm}});
        json!({"requestState": state, "inputResponses": {"confirm": answer}})
    };
    let asked = call(json!({}), form());
    assert_eq!(asked["resultType"], "input_required", "{asked}");
    let question = &asked["inputRequests"]["confirm"];
    assert_eq!(question["method"], "elicitation/create", "{asked}");
    assert!(
        question["params"]["message"].to_string().contains("mine"),
        "{asked}"
    );
    let state = asked["requestState"].clone();
    assert_eq!(call(answer(&state, false), form())["isError"], true);
    assert!(exists(&home, "mine"));
    // The answer to an earlier question, and one to a question that was never asked.
    assert_eq!(call(answer(&state, true), form())["isError"], true);
    assert_eq!(
        call(answer(&json!("made-up"), true), form())["isError"],
        true
    );
    assert!(exists(&home, "mine"));
    // A client that cannot ask gets the two steps.
    let refused = call(json!({}), json!({}));
    assert!(
        refused["content"][0]["text"]
            .to_string()
            .contains("unconfirmed"),
        "{refused}"
    );
    let state = call(json!({}), form())["requestState"].clone();
    let done = call(answer(&state, true), form());
    assert_eq!(done["structuredContent"]["deleted"], true, "{done}");
    assert!(!exists(&home, "mine"));
}

#[test]
fn files_of_others_are_asked_for_too() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "mine"]);
    let _ = home.sh("mine", "echo keep > note");
    let mut server = Server::greeted(&home);
    let (kind, message, hints) =
        server.refused("delete_file", &json!({"id": "mine", "filePath": "note"}));
    assert_eq!(kind, "unconfirmed", "{message}");
    let confirmed = json!({"id": "mine", "filePath": "note", "confirm": token(&hints)});
    server.done("delete_file", &confirmed);
    assert_eq!(home.sh("mine", "ls note").code, Some(2));
    // What the sandbox itself refuses is not put down to the key.
    let root = json!({"filePath": "/"});
    let (kind, _, hints) = Server::with_all_tools(&home).refused("delete_file", &root);
    assert_eq!(kind, "auth");
    assert!(
        hints.contains("belongs to somebody else") && !hints.contains("key"),
        "{hints}"
    );
    server.done("execute_command", &json!({"command": "echo own > note"}));
    server.done("delete_file", &json!({"filePath": "note"}));
}
