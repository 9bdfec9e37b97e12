//! The desktop: what each tool asks of a server that has one, and what is said where there is none.

use serde_json::{Value, json};

use crate::binary::Home;
use crate::mcp_client::Server;
use crate::responder::{Asked, Reply, Responder, reply};

/// Each tool with arguments, and the request that it makes.
fn table() -> Vec<(&'static str, Value, &'static str, Value)> {
    let none = Value::Null;
    vec![
        ("start", json!({}), "POST start", json!({})),
        ("stop", json!({}), "POST stop", json!({})),
        ("status", json!({}), "GET process-status", none.clone()),
        (
            "screenshot",
            json!({"show_cursor": true}),
            "GET screenshot?showCursor=true",
            none.clone(),
        ),
        (
            "screenshot_region",
            json!({"x": 1, "y": -2, "width": 3, "height": 4}),
            "GET screenshot/region?x=1&y=-2&width=3&height=4",
            none.clone(),
        ),
        (
            "screenshot_compressed",
            json!({"format": "jpeg", "quality": 50, "scale": 0.5}),
            "GET screenshot/compressed?format=jpeg&quality=50&scale=0.5",
            none.clone(),
        ),
        (
            "screenshot_compressed_region",
            json!({"x": 1, "y": 2, "width": 3, "height": 4, "show_cursor": false, "scale": 2.0}),
            "GET screenshot/region/compressed?x=1&y=2&width=3&height=4&showCursor=false&scale=2",
            none.clone(),
        ),
        ("display_info", json!({}), "GET display/info", none.clone()),
        ("windows", json!({}), "GET display/windows", none.clone()),
        (
            "mouse_position",
            json!({}),
            "GET mouse/position",
            none.clone(),
        ),
        (
            "mouse_move",
            json!({"x": 5, "y": 6}),
            "POST mouse/move",
            json!({"x": 5, "y": 6}),
        ),
        (
            "mouse_click",
            json!({"x": 5, "y": 6, "button": "right", "double": true}),
            "POST mouse/click",
            json!({"x": 5, "y": 6, "button": "right", "double": true}),
        ),
        (
            "mouse_drag",
            json!({"start_x": 1, "start_y": 2, "end_x": 3, "end_y": 4}),
            "POST mouse/drag",
            json!({"startX": 1, "startY": 2, "endX": 3, "endY": 4}),
        ),
        (
            "mouse_scroll",
            json!({"x": 1, "y": 2, "direction": "up"}),
            "POST mouse/scroll",
            json!({"x": 1, "y": 2, "direction": "up", "amount": 3}),
        ),
        (
            "keyboard_type",
            json!({"text": "hä", "delay": 5}),
            "POST keyboard/type",
            json!({"text": "hä", "delay": 5}),
        ),
        (
            "keyboard_press",
            json!({"key": "a", "modifiers": ["ctrl"]}),
            "POST keyboard/key",
            json!({"key": "a", "modifiers": ["ctrl"]}),
        ),
        (
            "keyboard_hotkey",
            json!({"keys": "ctrl+c"}),
            "POST keyboard/hotkey",
            json!({"keys": "ctrl+c"}),
        ),
        (
            "recording_start",
            json!({"label": "demo"}),
            "POST recordings/start",
            json!({"label": "demo"}),
        ),
        (
            "recording_stop",
            json!({"recording_id": "r"}),
            "POST recordings/stop",
            json!({"id": "r"}),
        ),
        ("recording_list", json!({}), "GET recordings", none.clone()),
        (
            "recording_get",
            json!({"recording_id": "../r"}),
            "GET recordings/..%2Fr",
            none.clone(),
        ),
        (
            "recording_delete",
            json!({"recording_id": "r"}),
            "DELETE recordings/r",
            none.clone(),
        ),
        (
            "accessibility_tree",
            json!({"scope": "all", "max_depth": 2}),
            "GET a11y/tree?scope=all&maxDepth=2",
            none,
        ),
        (
            "accessibility_find",
            json!({"role": "button", "name_match": "regex", "states": ["enabled"], "limit": 3}),
            "POST a11y/find",
            json!({"role": "button", "nameMatch": "regex", "states": ["enabled"], "limit": 3}),
        ),
        (
            "accessibility_focus",
            json!({"node_id": "n"}),
            "POST a11y/node/focus",
            json!({"id": "n"}),
        ),
        (
            "accessibility_invoke",
            json!({"node_id": "n", "action": "press"}),
            "POST a11y/node/invoke",
            json!({"id": "n", "action": "press"}),
        ),
        (
            "accessibility_set_value",
            json!({"node_id": "n", "value": ""}),
            "POST a11y/node/value",
            json!({"id": "n", "value": ""}),
        ),
    ]
}

fn with_id(arguments: &Value) -> Value {
    let mut arguments = arguments.clone();
    arguments["id"] = json!("demo");
    arguments
}

const DESKTOP: &str = "/tb/id-1/computeruse/";

fn answer(_: usize, asked: &Asked) -> Reply {
    let line = asked.line.as_str();
    if let Some((_, route)) = line.split_once(DESKTOP) {
        if route.starts_with("screenshot") {
            // The first bytes of a JPEG.
            return reply(
                "200 OK",
                r#"{"screenshot":"/9j/4AAQSkZJRgABAgAAAQABAAD/wAALCAABAAEBAREA/9sAQwAIBgYHBgUIBwcHCQkICgwUDQwLCwwZEhMPFB0aHx4dGhwcICQuJyAiLCMcHCg3KSwwMTQ0NB8nOT04MjwuMzQy/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APn+v//Z","cursorPosition":{"x":1,"y":2},"sizeBytes":4}"#,
            );
        }
        return match route {
            "recordings/r" => reply("204 No Content", ""),
            "recordings" => reply(
                "200 OK",
                r#"{"recordings":[{"id":"r","filePath":"/secret/path","fileName":"f"}]}"#,
            ),
            "mouse/move" => reply(
                "409 Conflict",
                r#"{"statusCode":409,"message":"not started"}"#,
            ),
            _ => reply("200 OK", r#"{"ok":true}"#),
        };
    }
    if line.ends_with("/toolbox-proxy-url") {
        let host = asked
            .headers
            .iter()
            .find_map(|line| line.strip_prefix("host: "));
        let url = format!("http://{}/tb", host.expect("a host"));
        return reply("200 OK", &json!({ "url": url }).to_string());
    }
    reply(
        "200 OK",
        r#"{"id":"id-1","name":"demo","state":"started","target":"us"}"#,
    )
}

#[test]
fn each_tool_asks_as_the_contract_says() {
    let responder = Responder::new(answer);
    let home = Home::with_server(&responder.url);
    let mut server = Server::with_all_tools(&home);
    assert_eq!(table().len(), 27);
    for (tool, arguments, line, body) in table() {
        let name = format!("computer_use_{tool}");
        let result = server.result(&name, &with_id(&arguments));
        let asked = responder.asked().pop().expect("a request");
        let (method, route) = line.split_once(' ').expect("two words");
        assert_eq!(asked.line, format!("{method} {DESKTOP}{route}"), "{tool}");
        let sent: Value = serde_json::from_str(&asked.body).unwrap_or_default();
        assert_eq!(sent, body, "{tool}");
        let shown = result["structuredContent"]["result"].clone();
        if tool.starts_with("screenshot") {
            assert_eq!(
                result["content"][1],
                json!({"type": "image", "data": "/9j/4AAQSkZJRgABAgAAAQABAAD/wAALCAABAAEBAREA/9sAQwAIBgYHBgUIBwcHCQkICgwUDQwLCwwZEhMPFB0aHx4dGhwcICQuJyAiLCMcHCg3KSwwMTQ0NB8nOT04MjwuMzQy/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APn+v//Z", "mimeType": "image/jpeg"})
            );
            assert_eq!(
                shown,
                json!({"cursorPosition": {"x": 1, "y": 2}, "sizeBytes": 4})
            );
        } else if tool == "recording_list" {
            assert_eq!(shown, json!({"recordings": [{"id": "r", "fileName": "f"}]}));
        } else if tool == "mouse_move" {
            assert_eq!(result["isError"], true);
            assert!(
                result.to_string().contains("computer_use_start"),
                "{result}"
            );
        } else {
            assert_ne!(result["isError"], true, "{tool}: {result}");
        }
    }
}

#[test]
fn a_sandbox_without_a_desktop_says_so() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let mut server = Server::with_all_tools(&home);
    for (tool, arguments, ..) in table().into_iter().step_by(9) {
        let name = format!("computer_use_{tool}");
        let (kind, message, hint) = server.refused(&name, &with_id(&arguments));
        assert_eq!(kind, "unsupported", "{tool}: {message}");
        assert!(
            message.contains("sandbox `demo` has no desktop"),
            "{message}"
        );
        assert!(hint.contains("execute_command"), "{hint}");
    }
}
