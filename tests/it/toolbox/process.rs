//! Programs: three languages, their arguments, environment and end.

use std::io::Write as _;
use std::net::Shutdown;

use serde_json::json;

use super::sandbox::Sandbox;

#[test]
fn code_runs_in_its_language() {
    let sandbox = Sandbox::new();
    let code = "import os, sys\nprint(sys.argv[1:], os.environ['WHO'])\nsys.stderr.write('err\\n')\nraise ValueError('boom')";
    let body = json!({ "code": code, "language": "python", "argv": ["a b", "$x"], "envs": { "WHO": "me" } });
    let ran = sandbox.post("/process/code-run", &body).json();
    assert_eq!(ran["exitCode"], 1);
    let result = ran["result"].as_str().expect("a text");
    assert!(result.starts_with("['a b', '$x'] me\nerr\n"), "{result}");
    assert!(result.contains("File \"<stdin>\", line 4"), "{result}");
    assert!(ran.get("artifacts").is_none());
    let chart =
        "print('dtn_artifact_k39fd2:{\"type\":\"chart\",\"value\":{\"title\":\"t\"}}\\nend')";
    let ran = sandbox
        .post(
            "/process/code-run",
            &json!({ "code": chart, "language": "python" }),
        )
        .json();
    assert_eq!(
        ran,
        json!({ "exitCode": 0, "result": "end\n", "artifacts": { "charts": [{ "title": "t" }] } })
    );
    let code = "console.log(process.argv.slice(1).join('|'), 6 * 7); process.exit(3)";
    let body = json!({ "code": code, "language": "javascript", "argv": ["x", "y"] });
    let ran = sandbox.post("/process/code-run", &body).json();
    let node = sandbox.run("command -v node");
    if node.is_empty() {
        assert_eq!(ran["exitCode"], 127, "{ran}");
    } else {
        assert_eq!(ran, json!({ "exitCode": 3, "result": "x|y 42\n" }));
    }
    let body = json!({ "code": "const n: number = 42; console.log(n)", "language": "typescript" });
    let ran = sandbox.post("/process/code-run", &body).json();
    if node.is_empty() {
        assert_eq!(ran["exitCode"], 127, "{ran}");
        let result = ran["result"].as_str().expect("a text");
        assert!(result.contains("cannot run TypeScript"), "{result}");
    } else {
        assert_eq!(ran, json!({ "exitCode": 0, "result": "42\n" }));
    }
    assert_eq!(sandbox.run("ls /tmp"), "");
    for body in [
        json!({ "code": "1", "language": "cobol" }),
        json!({ "language": "python" }),
        json!({ "code": "1", "language": "python", "envs": { "1": "" } }),
    ] {
        assert_eq!(
            sandbox.post("/process/code-run", &body).status,
            400,
            "{body}"
        );
    }
}

#[test]
fn code_that_takes_too_long_ends_with_all_that_it_started() {
    let sandbox = Sandbox::new();
    let code = "import subprocess, time\nsubprocess.Popen(['sleep', '77777'], start_new_session=True)\ntime.sleep(60)";
    let body = json!({ "code": code, "language": "python", "timeout": 1 });
    let refused = sandbox.post("/process/code-run", &body);
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (408, "PROCESS_EXECUTION_TIMEOUT")
    );
    sandbox.until("pgrep -c python3; pgrep -f '^sleep 77777' | wc -l", "0\n0");
}

#[test]
fn the_environment_changes_for_what_starts_later() {
    let sandbox = Sandbox::new();
    let update = json!({ "set": { "A": "1", "B": "s-2" }, "unset": ["LANG"] });
    assert_eq!(sandbox.post("/env", &update).status, 200);
    assert_eq!(sandbox.run("echo $A $B $LANG"), "1 s-2\n");
    sandbox.post("/env", &json!({ "unsetValuePrefix": "s-" }));
    let code = json!({ "code": "import os; print(os.environ['A'], 'B' in os.environ)", "language": "python" });
    assert_eq!(
        sandbox.post("/process/code-run", &code).json()["result"],
        "1 False\n"
    );
    sandbox.post("/process/session", &json!({ "sessionId": "s" }));
    let ran = sandbox.post(
        "/process/session/s/exec",
        &json!({ "command": "echo $A-$B" }),
    );
    assert_eq!(ran.json()["stdout"], "1-\n");
    assert_eq!(
        sandbox.post("/env", &json!({ "set": { "=": "" } })).status,
        400
    );
}

#[test]
fn a_client_that_hangs_up_takes_its_command_along() {
    let sandbox = Sandbox::new();
    let before = sandbox.run("ls /proc/1/fd | wc -l");
    let code = "import subprocess\nsubprocess.run(['sleep', '55555'])";
    for (path, body) in [
        ("/process/execute", json!({ "command": "sleep 55555" })),
        (
            "/process/code-run",
            json!({ "code": code, "language": "python" }),
        ),
    ] {
        let body = body.to_string();
        let length = body.len().to_string();
        let mut stream = sandbox.begin("POST", path, &[("Content-Length", &length)]);
        stream.write_all(body.as_bytes()).expect("sent");
        sandbox.until("pgrep -cf '^sleep 55555'", "1");
        stream.shutdown(Shutdown::Both).expect("shut");
        sandbox.until("pgrep -cf '^sleep 55555'; pgrep -c python3", "0\n0");
    }
    sandbox.until("ls /proc/1/fd | wc -l", before.trim());
}
