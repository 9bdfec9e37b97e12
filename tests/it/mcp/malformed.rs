//! Messages in every form: each that has an id is answered once, with the right code, in every version.

use std::io::Write as _;
use std::time::Duration;

use serde_json::{Value, json};

use crate::binary::Home;
use crate::leftover::within;
use crate::mcp_client::Server;

const VERSIONS: [&str; 5] = [
    "2024-11-05",
    "2025-03-26",
    "2025-06-18",
    "2025-11-25",
    "2026-07-28",
];

/// What a line is answered with: the id, and the error's code or `ok`.
struct Case {
    line: Vec<u8>,
    id: Value,
    code: i64,
}

fn case(line: impl AsRef<[u8]>, id: impl Into<Value>, code: i64) -> Case {
    Case {
        line: line.as_ref().to_vec(),
        id: id.into(),
        code,
    }
}

/// A request of the version: the newest one tells it with each.
fn request(version: &str, id: &Value, method: &str, params: Value) -> Value {
    let mut message = json!({"jsonrpc": "2.0", "id": id, "method": method});
    message["params"] = params;
    if version == "2026-07-28" && message["params"].is_object() {
        message["params"]["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": version,
            "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": {},
        });
    }
    message
}

fn started(home: &Home, version: &str) -> Server {
    let mut server = Server::start(home);
    if version == "2026-07-28" {
        let discover = request(version, &json!("d"), "server/discover", json!({}));
        server.say(&discover);
        assert_eq!(server.next_message()["id"], "d");
    } else {
        server.initialize(version);
    }
    server
}

impl Server {
    fn write(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().expect("a pipe that is open");
        stdin.write_all(bytes).expect("the server reads");
    }
}

/// The messages whose answer is the same in all versions.
fn cases(version: &str) -> Vec<Case> {
    let ask =
        |id: Value, method: &str, params: Value| request(version, &id, method, params).to_string();
    let call = |id: &str, arguments: &str| {
        let whole = ask(
            json!(id),
            "tools/call",
            json!({"name": "list_sandboxes", "arguments": "@"}),
        );
        whole.replace("\"@\"", arguments)
    };
    let list = |id: Value| ask(id, "tools/list", json!({}));
    let text = |text: &str| text.replace("LIST", "\"jsonrpc\":\"2.0\",\"method\":\"tools/list\"");
    vec![
        // No JSON.
        case("no JSON", Value::Null, -32700),
        case("{", Value::Null, -32700),
        case(r#"{"jsonrpc":"2.0","id":11,"method":"ping",}"#, 11, -32700),
        case(r#"{"jsonrpc":"2.0","id":12,"method":"pi"#, 12, -32700),
        case(r#"{'jsonrpc':'2.0','id':13}"#, Value::Null, -32700),
        case(
            r#"{"jsonrpc":"2.0","id":14,"method":"ping","params":{"x":NaN}}"#,
            14,
            -32700,
        ),
        case(
            b"{\"jsonrpc\":\"2.0\",\"id\":15,\"method\":\"ping\",\"params\":{\"x\":\"\xff\"}}",
            15,
            -32700,
        ),
        case(
            r#"{"jsonrpc":"2.0","id":16,"method":"ping","params":{"x":"\ud83d"}}"#,
            16,
            -32700,
        ),
        case(
            r#"{"jsonrpc":"2.0","id":17,"method":"ping","params":{"x":"\ude00\ud83d"}}"#,
            17,
            -32700,
        ),
        case(
            format!(
                r#"{{"jsonrpc":"2.0","method":"ping","params":{}{},"id":18}}"#,
                "[".repeat(5000),
                "]".repeat(5000)
            ),
            18,
            -32700,
        ),
        case(b"\x00\x01\x02", Value::Null, -32700),
        // JSON, and no message.
        case("5", Value::Null, -32600),
        case("null", Value::Null, -32600),
        case("\"tools/list\"", Value::Null, -32600),
        case("{}", Value::Null, -32600),
        case("[]", Value::Null, -32600),
        case(r#"{"jsonrpc":"2.0","id":21}"#, 21, -32600),
        case(r#"{"id":22,"method":"ping"}"#, 22, -32600),
        case(r#"{"jsonrpc":2.0,"id":23,"method":"ping"}"#, 23, -32600),
        case(r#"{"jsonrpc":"1.0","id":24,"method":"ping"}"#, 24, -32600),
        case(r#"{"jsonrpc":"2.0","id":25,"method":null}"#, 25, -32600),
        case(r#"{"jsonrpc":"2.0","id":26,"method":["ping"]}"#, 26, -32600),
        case(text(r#"{"id":null,LIST}"#), Value::Null, -32600),
        case(text(r#"{"id":true,LIST}"#), Value::Null, -32600),
        case(text(r#"{"id":[1],LIST}"#), Value::Null, -32600),
        case(text(r#"{"id":{"a":1},LIST}"#), Value::Null, -32600),
        case(text(r#"{"id":27,LIST,"result":{}}"#), 27, -32600),
        // Ids of every kind come back as they were.
        case(list(json!("")), "", 0),
        case(list(json!("ü€😀\n")), "ü€😀\n", 0),
        case(list(json!(-1)), -1, 0),
        case(list(json!(0)), 0, 0),
        case(list(json!(1.5)), json!(1.5), 0),
        case(list(json!(u64::MAX)), u64::MAX, 0),
        case(list(json!(i64::MIN)), i64::MIN, 0),
        case(list(json!("5")), "5", 0),
        // Parameters.
        case(ask(json!(31), "tools/list", json!([])), 31, -32602),
        case(ask(json!(32), "tools/list", json!("x")), 32, -32602),
        case(ask(json!(33), "tools/list", json!(5)), 33, -32602),
        case(
            ask(json!(34), "tools/list", json!({"cursor": 5})),
            34,
            -32602,
        ),
        case(
            ask(json!(35), "tools/list", json!({"cursor": "nobody's"})),
            35,
            -32602,
        ),
        case(
            ask(json!(36), "prompts/list", json!({"cursor": ""})),
            36,
            -32602,
        ),
        case(
            ask(
                json!(37),
                "resources/templates/list",
                json!({"cursor": "x"}),
            ),
            37,
            -32602,
        ),
        case(ask(json!(38), "tools/list", json!({"cursor": null})), 38, 0),
        case(ask(json!(39), "tools/call", json!({})), 39, -32602),
        case(
            ask(json!(40), "tools/call", json!({"name": null})),
            40,
            -32602,
        ),
        case(
            ask(json!(41), "tools/call", json!({"name": 7, "arguments": {}})),
            41,
            -32602,
        ),
        case(
            ask(json!(42), "tools/call", json!({"name": "no_such_tool"})),
            42,
            -32602,
        ),
        case(call("43", r#""{}""#), "43", -32602),
        case(call("44", "[]"), "44", -32602),
        case(call("45", "5"), "45", -32602),
        case(call("46", "true"), "46", -32602),
        case(ask(json!(47), "prompts/get", json!({})), 47, -32602),
        case(
            ask(json!(48), "prompts/get", json!({"name": "nothing"})),
            48,
            -32602,
        ),
        case(ask(json!(49), "resources/read", json!({})), 49, -32602),
        case(
            ask(json!(50), "resources/read", json!({"uri": 5})),
            50,
            -32602,
        ),
        case(
            ask(
                json!(51),
                "completion/complete",
                json!({"ref": {}, "argument": {}}),
            ),
            51,
            -32602,
        ),
        case(ask(json!(52), "completion/complete", json!({})), 52, -32602),
        // Methods.
        case(ask(json!(61), "no/such", json!({})), 61, -32601),
        case(
            r#"{"jsonrpc":"2.0","id":62,"method":"no/such","params":[]}"#,
            62,
            -32601,
        ),
        case(r#"{"jsonrpc":"2.0","id":63,"method":""}"#, 63, -32601),
        case(
            r#"{"jsonrpc":"2.0","id":64,"method":"tools/list\u0000"}"#,
            64,
            -32601,
        ),
    ]
}

/// What is never answered, whatever is wrong with it.
const SILENT: [&str; 9] = [
    "",
    "   ",
    "\r",
    r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
    r#"{"jsonrpc":"2.0","method":"no/such"}"#,
    r#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"nobody"}}"#,
    r#"{"jsonrpc":"2.0","method":"notifications/progress","params":5}"#,
    r#"{"jsonrpc":"2.0","id":99,"result":{}}"#,
    r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"echo"}}"#,
];

#[test]
fn every_request_is_answered_once_whatever_its_form() {
    let home = Home::new();
    for version in VERSIONS {
        let mut server = started(&home, version);
        for case in cases(version) {
            server.write(&case.line);
            server.write(b"\n");
            let answer = server.next_message();
            let shown = String::from_utf8_lossy(&case.line);
            let shown: String = shown.chars().take(200).collect();
            assert_eq!(answer["jsonrpc"], "2.0", "{version}: {shown}");
            assert_eq!(answer["id"], case.id, "{version}: {shown}: {answer}");
            if case.code == 0 {
                assert!(answer["result"].is_object(), "{version}: {shown}: {answer}");
            } else {
                assert_eq!(
                    answer["error"]["code"], case.code,
                    "{version}: {shown}: {answer}"
                );
                assert!(answer.get("result").is_none(), "{answer}");
                let message = answer["error"]["message"].as_str().expect("a message");
                for rust in [
                    "expected",
                    "i64",
                    "untagged",
                    "missing field",
                    "invalid type",
                    "line 1",
                ] {
                    assert!(!message.contains(rust), "{shown}: {message}");
                }
            }
            for silent in SILENT {
                server.write(silent.as_bytes());
                server.write(b"\n");
            }
        }
        // Nothing more comes than what was answered.
        server.say(&request(version, &json!("last"), "tools/list", json!({})));
        assert_eq!(server.next_message()["id"], "last", "{version}");
    }
}

#[test]
fn nothing_before_the_greeting_ends_the_server() {
    let home = Home::new();
    let mut server = Server::start(&home);
    for silent in SILENT {
        server.write(silent.as_bytes());
        server.write(b"\n");
    }
    for (line, code) in [
        (r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#, -32602),
        (r#"{"jsonrpc":"2.0","id":1,"method":"no/such"}"#, -32601),
        (r#"{"jsonrpc":"2.0","id":1,"method":"initialize"}"#, -32602),
        (
            r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":5}}"#,
            -32602,
        ),
        (
            r#"[{"jsonrpc":"2.0","id":1,"method":"tools/list"}]"#,
            -32600,
        ),
    ] {
        server.write(line.as_bytes());
        server.write(b"\n");
        let answer = server.next_message();
        assert_eq!(
            (&answer["id"], &answer["error"]["code"]),
            (&json!(1), &json!(code)),
            "{answer}"
        );
    }
    server.write(b"\xef\xbb\xbf{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\r\n");
    assert_eq!(
        server.next_message(),
        json!({"jsonrpc": "2.0", "id": 1, "result": {}})
    );
    let reply = server.initialize("1999-01-01");
    assert_eq!(reply["result"]["protocolVersion"], "2025-11-25", "{reply}");
    server.initialize("2025-06-18");
    assert!(server.ask("tools/list", json!({}))["result"].is_object());
}

#[test]
fn batches_are_answered_where_the_version_has_them() {
    let home = Home::new();
    let batch = json!([
        {"jsonrpc": "2.0", "id": 1, "method": "ping"},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        5,
        {"jsonrpc": "2.0", "id": "two", "method": "no/such"},
        {"jsonrpc": "2.0", "id": 1, "method": "ping"},
        {"jsonrpc": "2.0", "id": 3, "method": "initialize", "params": {}},
        {"jsonrpc": "2.0", "id": 4, "result": {}},
    ]);
    for version in ["2024-11-05", "2025-03-26"] {
        let mut server = started(&home, version);
        server.say(&batch);
        let answer = server.next_message();
        let mut answers: Vec<String> = answer
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| format!("{} {}", one["id"], one["error"]["code"]))
            .collect();
        answers.sort();
        let expected = [
            "\"two\" -32601",
            "1 -32600",
            "1 null",
            "3 -32602",
            "null -32600",
        ];
        assert_eq!(answers, expected, "{version}: {answer}");
        // Of notifications alone nothing comes.
        server.say(&json!([{"jsonrpc": "2.0", "method": "notifications/initialized"}]));
        server.say(&json!({"jsonrpc": "2.0", "id": 9, "method": "ping"}));
        assert_eq!(server.next_message()["id"], 9);
        let many = vec![json!({"jsonrpc": "2.0", "method": "notifications/initialized"}); 1000];
        server.say(&json!(many));
        assert_eq!(server.next_message()["error"]["code"], -32600);
    }
    for version in ["2025-06-18", "2025-11-25", "2026-07-28"] {
        let mut server = started(&home, version);
        server.say(&batch);
        let mut ids: Vec<String> = Vec::new();
        for _ in 0..4 {
            let answer = server.next_message();
            assert_eq!(answer["error"]["code"], -32600, "{version}: {answer}");
            ids.push(answer["id"].to_string());
        }
        assert_eq!(ids, ["1", "\"two\"", "1", "3"], "{version}");
        server.say(&request(version, &json!(9), "tools/list", json!({})));
        assert_eq!(server.next_message()["id"], 9);
    }
}

#[test]
fn an_id_that_is_open_is_not_taken_twice() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let mut server = Server::greeted(&home);
    let call = |id: Value, command: &str| {
        let arguments = json!({"id": "demo", "command": command});
        json!({"jsonrpc": "2.0", "id": id, "method": "tools/call",
            "params": {"name": "execute_command", "arguments": arguments}})
    };
    server.say(&call(json!(70), "sleep 0.5; echo first"));
    server.say(&call(json!(70), "echo second; touch /tmp/second"));
    server.say(&call(json!(70.0), "echo third"));
    for _ in 0..2 {
        let refused = server.next_message();
        assert_eq!(refused["error"]["code"], -32600, "{refused}");
    }
    let first = server.next_message();
    assert_eq!(
        first["result"]["structuredContent"]["stdout"], "first\n",
        "{first}"
    );
    // The id is free again, and so is one that was cancelled.
    server.say(&call(json!(70), "ls /tmp; sleep 60"));
    server.say(&json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 70.0}}));
    server.say(&call(json!(70), "ls /tmp; echo again"));
    let again = server.next_message();
    assert_eq!(
        again["result"]["structuredContent"]["stdout"], "again\n",
        "{again}"
    );
}

/// The most memory that the server has had, in KiB.
fn peak(server: &Server) -> u64 {
    let path = format!("/proc/{}/status", server.child.id());
    let status = std::fs::read_to_string(path).expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let digits = line.expect("the peak").trim().trim_end_matches(" kB");
    digits.parse().expect("a number")
}

#[test]
fn a_line_that_is_too_long_is_refused_by_its_id_in_little_memory() {
    let home = Home::new();
    let mut server = Server::greeted(&home);
    for (size, id_first) in [(17, true), (50, true), (50, false)] {
        let filling = vec![b'x'; size << 20];
        let (head, tail): (&str, &str) = if id_first {
            (
                r#"{"jsonrpc":"2.0","id":"big","method":"tools/call","params":{"a":""#,
                "\"}}\n",
            )
        } else {
            (
                r#"{"jsonrpc":"2.0","method":"tools/call","params":{"id":1,"a":""#,
                "\"},\"id\":\"big\"}\n",
            )
        };
        server.write(head.as_bytes());
        server.write(&filling);
        server.write(tail.as_bytes());
        let answer = server.next_message();
        assert_eq!(answer["id"], "big", "{answer}");
        assert_eq!(answer["error"]["code"], -32600, "{answer}");
        let message = answer["error"]["message"].as_str().expect("a message");
        assert!(message.contains("16777216"), "{message}");
    }
    assert!(peak(&server) < 100 << 10, "{} KiB", peak(&server));
    assert!(server.ask("tools/list", json!({}))["result"].is_object());
    server.stdin.take();
    assert_eq!(server.ended(Duration::from_secs(1)).0, Some(0));
}

#[test]
fn the_last_message_needs_no_end_of_line() {
    let home = Home::new();
    let mut server = Server::greeted(&home);
    server.write(br#"{"jsonrpc":"2.0","id":5,"method":"ping"}"#);
    server.stdin.take();
    assert_eq!(server.next_message()["id"], 5);
    assert_eq!(server.ended(Duration::from_secs(1)).0, Some(0));
    let mut server = Server::start(&home);
    server.write(b"no JSON");
    server.stdin.take();
    assert_eq!(server.next_message()["error"]["code"], -32700);
    assert!(within(Duration::from_secs(1), || server
        .child
        .try_wait()
        .expect("a child")
        .is_some()));
}
