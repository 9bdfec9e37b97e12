//! The Python interpreter: namespaces that live on, what is told of code, how it is cut short.

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::sandbox::{Sandbox, rest};

/// Runs code: what was told of it, joined by kind, and the close code.
fn run(sandbox: &Sandbox, request: &Value) -> (Value, u16) {
    let (mut socket, _) = sandbox
        .socket("/process/interpreter/execute", "")
        .ok()
        .expect("a socket");
    socket
        .send(Message::text(request.to_string()))
        .expect("sent");
    let (messages, close) = rest(&mut socket);
    let mut told = json!({ "stdout": "", "stderr": "", "control": "", "error": null });
    for message in messages {
        let event: Value = serde_json::from_str(message.to_text().expect("text")).expect("JSON");
        let kind = event["type"].as_str().expect("a type").to_owned();
        if kind == "error" {
            told["error"] = event;
        } else {
            let text = format!(
                "{}{}",
                told[&kind].as_str().unwrap_or_default(),
                event["text"].as_str().unwrap_or_default()
            );
            told[&kind] = text.into();
        }
    }
    (told, close.map_or(0, |(code, _)| code))
}

/// What code prints, however it ends.
pub(crate) fn stdout_of_any(sandbox: &Sandbox, code: &str) -> String {
    let (told, _) = run(sandbox, &json!({ "code": code }));
    told["stdout"].as_str().expect("a text").to_owned()
}

pub(crate) fn stdout(sandbox: &Sandbox, code: &str) -> String {
    let (told, close) = run(sandbox, &json!({ "code": code }));
    assert_eq!(close, 1000, "{told}");
    told["stdout"].as_str().expect("a text").to_owned()
}

#[test]
fn a_namespace_lives_on_and_errors_are_told() {
    let sandbox = Sandbox::new();
    assert_eq!(
        stdout(&sandbox, "x = 41\nprint(__name__, end='')"),
        "__main__"
    );
    assert_eq!(
        stdout(
            &sandbox,
            "import os, subprocess\nprint(x + 1)\nsubprocess.run(['echo', 'sub'])"
        ),
        "42\nsub\n"
    );
    let (told, close) = run(
        &sandbox,
        &json!({ "code": "import sys\nprint('e', file=sys.stderr)\ndef f():\n  raise ValueError('boom')\nf()" }),
    );
    assert_eq!(close, 1000);
    assert_eq!(
        (&told["stderr"], &told["control"]),
        (&json!("e\n"), &json!("completed"))
    );
    let error = &told["error"];
    assert_eq!(
        (&error["name"], &error["value"], &error["text"]),
        (&json!("ValueError"), &json!("boom"), &json!(""))
    );
    let trace = error["traceback"].as_str().expect("a text");
    assert!(
        trace.starts_with("Traceback (most recent call last):\n  File \"<stdin>\", line 5"),
        "{trace}"
    );
    assert!(
        trace.ends_with("ValueError: boom\n") && !trace.contains("<string>"),
        "{trace}"
    );
    let (told, _) = run(&sandbox, &json!({ "code": "def" }));
    assert_eq!(told["error"]["name"], "SyntaxError");
    let (told, _) = run(
        &sandbox,
        &json!({ "code": "print(os.environ['ONCE']); sys.exit(3)", "envs": { "ONCE": "1" } }),
    );
    assert_eq!(
        (&told["stdout"], &told["control"]),
        (&json!("1\n"), &json!("completed"))
    );
    assert_eq!(
        stdout(&sandbox, "print(os.environ.get('ONCE'), x)"),
        "None 41\n"
    );
    assert_eq!(stdout(&sandbox, "print('\\ud800ä')"), "\\ud800ä\n");
    let long = stdout(&sandbox, "print('ä' * 1000000)");
    assert_eq!(long.chars().count(), 1_000_001);
}

#[test]
fn contexts_are_apart_and_end() {
    let sandbox = Sandbox::new();
    let made = sandbox.post("/process/interpreter/context", &json!({ "cwd": "/tmp" }));
    assert_eq!(made.status, 200);
    let context = made.json();
    assert_eq!(
        (&context["cwd"], &context["language"]),
        (&json!("/tmp"), &json!("python"))
    );
    stdout(&sandbox, "x = 'default'");
    let code = json!({ "code": "import os; print('x' in globals(), os.getcwd())", "contextId": context["id"] });
    assert_eq!(run(&sandbox, &code).0["stdout"], "False /tmp\n");
    let listed = sandbox.get("/process/interpreter/context").json();
    assert_eq!(listed["contexts"], json!([context]));
    let path = format!(
        "/process/interpreter/context/{}",
        context["id"].as_str().expect("an id")
    );
    assert_eq!(sandbox.ask("DELETE", &path, b"").status, 200);
    assert_eq!(sandbox.ask("DELETE", &path, b"").status, 404);
    assert_eq!(
        sandbox
            .ask("DELETE", "/process/interpreter/context/default", b"")
            .status,
        400
    );
    sandbox.until("pgrep -c python3", "1");
    assert_eq!(run(&sandbox, &code).1, 1008);
    for (bad, close) in [
        (json!({ "code": " " }), 1008),
        (json!({ "code": "1", "timeout": -1 }), 1008),
        (json!([1]), 1002),
    ] {
        assert_eq!(run(&sandbox, &bad).1, close, "{bad}");
    }
    let ruby = sandbox.post(
        "/process/interpreter/context",
        &json!({ "language": "ruby" }),
    );
    assert_eq!(ruby.status, 400);
}

#[test]
fn code_is_cut_short_and_the_namespace_survives_where_it_obeys() {
    let sandbox = Sandbox::new();
    stdout(&sandbox, "x = 1");
    let (told, close) = run(
        &sandbox,
        &json!({ "code": "import time\ntime.sleep(60)", "timeout": 1 }),
    );
    // The close says it alone: the TypeScript SDK takes any word before it for the end.
    assert_eq!((close, &told["control"]), (4008, &json!("")));
    assert_eq!(stdout(&sandbox, "print(x)"), "1\n");
    // A client that goes away takes its code with it.
    let (mut socket, _) = sandbox
        .socket("/process/interpreter/execute", "")
        .ok()
        .expect("a socket");
    let code = json!({ "code": "import subprocess\nsubprocess.run(['sleep', '66666'])" });
    socket.send(Message::text(code.to_string())).expect("sent");
    sandbox.until("pgrep -cf '^sleep 66666'", "1");
    drop(socket);
    sandbox.until("pgrep -cf '^sleep 66666'", "0");
    assert_eq!(stdout(&sandbox, "print(x)"), "1\n");
    let stubborn = "while True:\n  try:\n    time.sleep(60)\n  except KeyboardInterrupt:\n    pass";
    assert_eq!(
        run(&sandbox, &json!({ "code": stubborn, "timeout": 1 })).1,
        4008
    );
    assert_eq!(stdout(&sandbox, "print('x' in globals())"), "False\n");
    assert_eq!(
        run(&sandbox, &json!({ "code": "import os\nos._exit(1)" })).1,
        1001
    );
    assert_eq!(stdout(&sandbox, "print(2)"), "2\n");
}

#[test]
fn code_waits_for_its_turn() {
    let sandbox = Sandbox::new();
    stdout(&sandbox, "import time\nlog = []");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| stdout(&sandbox, "log.append(1); time.sleep(0.1); log.append(2)"));
        }
    });
    assert_eq!(stdout(&sandbox, "print(log == [1, 2] * 4)"), "True\n");
}
