//! Commands and programs as jobs: what a call waits for, what goes on after it, and what ends it.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::binary::Home;
use crate::leftover::within;
use crate::mcp_client::Server;
use crate::stopwatch::Stopwatch;

fn run(server: &mut Server, command: &str) -> Value {
    server.done("execute_command", &json!({"command": command}))
}

fn code(server: &mut Server, arguments: &Value) -> Value {
    server.done("run_code", arguments)
}

#[test]
fn shell_text_runs_as_in_a_shell() {
    let home = Home::with_engine();
    let mut server = Server::greeted(&home);
    let both = run(&mut server, "echo a; echo b >&2; exit 3");
    assert_eq!(
        (&both["stdout"], &both["stderr"]),
        (&json!("a\n"), &json!("b\n"))
    );
    assert_eq!(
        (&both["exitCode"], &both["status"]),
        (&json!(3), &json!("ended"))
    );
    for (command, stdout) in [
        ("cd /tmp && pwd", "/tmp\n"),
        ("echo a\necho b", "a\nb\n"),
        ("printf '%s\\n' \"it's\" | tr s S", "it'S\n"),
        ("false || echo or # why", "or\n"),
        ("cat <<'X'\n$HOME\nX", "$HOME\n"),
        ("read line; echo \"[$line]\"", "[]\n"),
    ] {
        assert_eq!(run(&mut server, command)["stdout"], stdout, "{command}");
    }
    let wrong = run(&mut server, "echo 'unbalanced");
    assert_eq!(wrong["exitCode"], 2, "{wrong}");
    assert!(
        wrong["stderr"]
            .as_str()
            .is_some_and(|text| text.contains("unexpected EOF") || text.contains("nterminated")),
        "{wrong}"
    );
    let placed = json!({"command": "pwd; echo $A", "cwd": "/var/tmp", "env": {"A": "x y"}});
    assert_eq!(
        server.done("execute_command", &placed)["stdout"],
        "/var/tmp\nx y\n"
    );
    let nowhere = server.done(
        "execute_command",
        &json!({"command": "pwd", "cwd": "/nowhere"}),
    );
    assert_eq!(nowhere["exitCode"], 125, "{nowhere}");
    let (kind, ..) = server.refused("execute_command", &json!({"command": " "}));
    assert_eq!(kind, "usage");
    // Nothing is left behind of calls whose results were whole.
    let left = run(&mut server, "ls /tmp/.daytona/jobs | wc -l");
    assert_eq!(left["stdout"], "1\n");
}

#[test]
fn what_is_left_in_the_background_lives_on_and_holds_nobody() {
    let home = Home::with_engine();
    let mut server = Server::greeted(&home);
    let begun = Stopwatch::start();
    run(
        &mut server,
        "python3 -m http.server 8123 >/dev/null 2>&1 & sleep 0.3",
    );
    assert!(begun.elapsed() < Duration::from_secs(5));
    let seen = run(
        &mut server,
        "sleep 1; exec 3<>/dev/tcp/127.0.0.1/8123 && echo listens",
    );
    assert_eq!(seen["stdout"], "listens\n", "{seen}");
}

#[test]
fn a_long_call_becomes_a_job_that_any_session_can_wait_for_and_kill() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let mut server = Server::with(&home, &["--call-limit", "2"], &json!({}));
    let long = json!({"id": "box", "command": "echo begin; sleep 5; echo end"});
    let (begun, clock) = (Stopwatch::start(), Instant::now());
    let job = server.done("execute_command", &long);
    assert!(clock.elapsed() >= Duration::from_secs(2));
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(4), "{took:?}");
    assert_eq!(
        (&job["status"], &job["stdout"]),
        (&json!("running"), &json!("begin\n"))
    );
    let handle = json!({"id": "box", "job": job["job"], "wait": 30});
    // Not longer than a call may take: then once more.
    assert_eq!(server.done("get_job", &handle)["status"], "running");
    drop(server);
    let mut other = Server::greeted(&home);
    let ended = other.done("get_job", &handle);
    assert_eq!(
        (&ended["status"], &ended["exitCode"]),
        (&json!("ended"), &json!(0)),
        "{ended}"
    );
    assert_eq!(ended["stdout"], "begin\nend\n");
    let sleeper =
        json!({"id": "box", "command": "exec -a job-sleeper sleep 99", "background": true});
    let job = other.done("execute_command", &sleeper)["job"].clone();
    assert!(within(Duration::from_secs(5), || home
        .count("box", "job-sleeper")
        == 1));
    let handle = json!({"id": "box", "job": job});
    let mut third = Server::with_all_tools(&home);
    let jobs = third.done("list_jobs", &json!({"id": "box"}));
    assert!(jobs["jobs"].to_string().contains("job-sleeper"), "{jobs}");
    assert_eq!(third.done("kill_job", &handle)["status"], "killed");
    assert_eq!(home.count("box", "job-sleeper"), 0);
    assert_eq!(other.done("get_job", &handle)["status"], "killed");
    let (kind, message, _) = third.refused("get_job", &json!({"id": "box", "job": "j0"}));
    assert_eq!(kind, "not_found", "{message}");
    let (kind, ..) = third.refused("get_job", &json!({"id": "box", "job": "../x"}));
    assert_eq!(kind, "usage");
    // A job goes with its sandbox's processes, and says so.
    let lost = third.done("execute_command", &sleeper)["job"].clone();
    home.done(&["stop", "--force", "box"]);
    let lost = third.done("get_job", &json!({"id": "box", "job": lost}));
    assert_eq!(lost["status"], "lost", "{lost}");
}

#[test]
fn a_time_limit_ends_the_command_and_keeps_its_output() {
    let home = Home::with_engine();
    let mut server = Server::with(&home, &["--call-limit", "2"], &json!({}));
    let short = json!({"command": "echo before; sleep 30", "timeout": 1});
    let ended = server.done("execute_command", &short);
    assert_eq!(ended["status"], "timed_out", "{ended}");
    assert_eq!(
        (&ended["exitCode"], &ended["stdout"]),
        (&json!(124), &json!("before\n"))
    );
    // Also where the call has become a job meanwhile.
    let longer = json!({"command": "sleep 30", "timeout": 4});
    let job = server.done("execute_command", &longer)["job"].clone();
    let over = || server.done("get_job", &json!({"job": job}))["status"] == "timed_out";
    assert!(within(Duration::from_secs(8), over));
}

#[test]
fn cancelling_kills_and_waiting_is_told() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let mut server = Server::greeted(&home);
    let command = json!({"id": "box", "command": "exec -a cancelled-one sleep 60"});
    let id = server.post(
        "tools/call",
        json!({"name": "execute_command", "arguments": command}),
    );
    assert!(within(Duration::from_secs(10), || home
        .count("box", "cancelled-one")
        == 1));
    let cancel = json!({"requestId": id});
    server.say(&json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": cancel}));
    assert!(within(Duration::from_secs(3), || home
        .count("box", "cancelled-one")
        == 0));
}

/// What a client that asks for progress hears of a call: when, and what; and its result.
fn heard(server: &mut Server, tool: &str, arguments: &Value) -> (Vec<(Stopwatch, String)>, Value) {
    let call = json!({"name": tool, "arguments": arguments, "_meta": {"progressToken": "p"}});
    let id = server.post("tools/call", call);
    let (mut told, mut last) = (Vec::new(), -1.0);
    let mut reply = server.answer_to(id, |_, message| {
        if message["method"] == "notifications/progress" {
            let params = &message["params"];
            assert_eq!(params["progressToken"], "p");
            let reached = params["progress"].as_f64().expect("a number");
            assert!(reached > last, "{reached} after {last}");
            last = reached;
            let text = params["message"].as_str().unwrap_or_default();
            told.push((Stopwatch::start(), text.to_owned()));
        }
    });
    (told, reply["result"]["structuredContent"].take())
}

#[test]
fn new_lines_are_told_as_they_come() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let mut server = Server::greeted(&home);
    let command = "for n in 1 2 3 4 5; do printf 'step %s\\033[0m\\n' $n; sleep 0.5; done; echo oops >&2; printf wait; sleep 7";
    let begun = Stopwatch::start();
    let (told, ran) = heard(
        &mut server,
        "execute_command",
        &json!({"id": "box", "command": command}),
    );
    assert_eq!(ran["exitCode"], 0, "{ran}");
    let all: Vec<&str> = told.iter().flat_map(|(_, text)| text.lines()).collect();
    let lines: Vec<&str> = all
        .iter()
        .copied()
        .filter(|line| !line.starts_with("running for"))
        .collect();
    assert_eq!(
        lines,
        [
            "step 1", "step 2", "step 3", "step 4", "step 5", "oops", "wait"
        ],
        "{told:?}"
    );
    assert!(
        all.len() > lines.len(),
        "nothing was said for long: {told:?}"
    );
    for step in 1..=5 {
        let (when, _) = told
            .iter()
            .find(|(_, text)| text.contains(&format!("step {step}")))
            .expect("a line");
        let (at, due) = (when.after(begun), Duration::from_millis(500 * (step - 1)));
        assert!(
            at < due + Duration::from_secs(2),
            "step {step} after {at:?}"
        );
    }
    // Of a job that was begun before, what comes while it is waited for.
    let program =
        "import time\nfor n in range(6):\n    print('tick', n, flush=True)\n    time.sleep(0.2)\n";
    let (told, _) = heard(
        &mut server,
        "run_code",
        &json!({"id": "box", "code": program}),
    );
    assert!(
        told.iter().any(|(_, text)| text.contains("tick 3")),
        "{told:?}"
    );
    let command = json!({"id": "box", "background": true,
        "command": "for n in $(seq 20); do echo line $n; sleep 0.1; done"});
    let asked = Instant::now();
    let job = server.done("execute_command", &command)["job"].clone();
    let (told, ran) = heard(
        &mut server,
        "get_job",
        &json!({"id": "box", "job": job, "wait": 30}),
    );
    assert_eq!(ran["status"], "ended", "{ran}");
    let lasted = ran["durationMs"].as_u64().expect("how long");
    let most = asked.elapsed().as_millis();
    assert!(lasted >= 2000 && u128::from(lasted) <= most, "{ran}");
    // A clock that went on would show it in any time.
    std::thread::sleep(Duration::from_millis(50));
    let again = server.done("get_job", &json!({"id": "box", "job": job}));
    assert_eq!(
        again["durationMs"], lasted,
        "a job that has ended runs no longer: {again}"
    );
    assert!(
        told.len() > 4 && told.iter().any(|(_, text)| text.contains("line 19")),
        "{told:?}"
    );
}

#[test]
fn a_flood_is_told_within_bounds() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let mut server = Server::greeted(&home);
    let command = json!({"id": "box", "command": "timeout 2 yes 'a line of a flood'; true"});
    let (told, _) = heard(&mut server, "execute_command", &command);
    let bytes: usize = told.iter().map(|(_, text)| text.len()).sum();
    assert!(
        told.len() >= 3 && told.len() <= 40,
        "{} messages",
        told.len()
    );
    assert!(
        told.iter().all(|(_, text)| text.len() < 5 << 10),
        "{bytes} bytes"
    );
    assert!(
        told.iter().any(|(_, text)| text.contains("left out")),
        "{:?}",
        told[0]
    );
}

#[test]
fn calls_run_side_by_side() {
    let home = Home::with_engine();
    let mut server = Server::greeted(&home);
    run(&mut server, "true");
    let begun = Stopwatch::start();
    let ids: Vec<i64> = (0..32)
        .map(|number| {
            let arguments = json!({"command": format!("sleep 1; echo {number}")});
            server.post(
                "tools/call",
                json!({"name": "execute_command", "arguments": arguments}),
            )
        })
        .collect();
    let mut seen = Vec::new();
    let last = *ids.last().expect("ids");
    let answer = server.answer_to(last, |_, message| seen.push(message.clone()));
    seen.push(answer);
    while seen.len() < ids.len() {
        let more = server.next_message();
        seen.push(more);
    }
    let took = begun.elapsed();
    assert!(
        took < Duration::from_secs(16),
        "32 calls of a second took {took:?}"
    );
    for (number, id) in ids.iter().enumerate() {
        let answer = seen
            .iter()
            .find(|message| message["id"] == *id)
            .expect("an answer");
        let stdout = &answer["result"]["structuredContent"]["stdout"];
        assert_eq!(*stdout, format!("{number}\n"), "{answer}");
    }
}

#[test]
fn programs_run_in_three_languages() {
    let home = Home::with_engine();
    let mut server = Server::greeted(&home);
    let python =
        "import sys\nprint('''it's \"quoted\"''')\nprint(__name__, file=sys.stderr)\nsys.exit(4)";
    let ran = code(&mut server, &json!({"code": python}));
    assert_eq!(ran["stdout"], "it's \"quoted\"\n", "{ran}");
    assert_eq!(
        (&ran["stderr"], &ran["exitCode"]),
        (&json!("__main__\n"), &json!(4))
    );
    let failed = code(&mut server, &json!({"code": "def f():\n  return 1/0\nf()"}));
    let stderr = failed["stderr"].as_str().expect("text");
    assert!(
        stderr.contains("line 3") && stderr.contains("ZeroDivisionError"),
        "{stderr}"
    );
    // Modules beside the working folder are found.
    run(&mut server, "echo 'value = 7' > beside.py");
    assert_eq!(
        code(
            &mut server,
            &json!({"code": "import beside; print(beside.value)"})
        )["stdout"],
        "7\n"
    );
    if run(&mut server, "command -v node")["exitCode"] == 0 {
        let node = json!({"code": "console.log([1,2].map(x => x * 2))", "language": "javascript"});
        assert_eq!(code(&mut server, &node)["stdout"], "[ 2, 4 ]\n");
    }
    let typed = json!({"code": "const x: number = 4; console.log(x)", "language": "typescript"});
    let typed = code(&mut server, &typed);
    let node = run(&mut server, "command -v node")["exitCode"] == 0;
    let honest = typed["stderr"]
        .as_str()
        .is_some_and(|text| text.contains("cannot run TypeScript"));
    assert!(
        typed["stdout"] == "4\n" || !node && typed["exitCode"] == 127 && honest,
        "{typed}"
    );
    // No file of a program is left beside its folder.
    assert_eq!(
        run(&mut server, "ls -A | grep -c daytona-")["stdout"],
        "0\n"
    );
    let (kind, ..) = server.refused("run_code", &json!({"code": "x", "language": "cobol"}));
    assert_eq!(kind, "usage");
}

#[test]
fn a_context_keeps_variables_and_survives_what_fails() {
    let home = Home::with_engine();
    let mut server = Server::greeted(&home);
    let mut with = |text: &str| code(&mut server, &json!({"code": text, "context": "a"}));
    assert_eq!(with("x = 41\nimport math")["exitCode"], 0);
    assert_eq!(with("x + 1")["stdout"], "42\n");
    assert_eq!(with("print(math.pi > 3); None")["stdout"], "True\n");
    let failed = with("y = 1\nundefined");
    assert!(
        failed["stderr"]
            .as_str()
            .is_some_and(|text| text.contains("NameError")),
        "{failed}"
    );
    assert_eq!(with("y")["stdout"], "1\n");
    assert_eq!(
        with("import subprocess; subprocess.run(['echo', 'child']); None")["stdout"],
        "child\n"
    );
    assert_eq!(with("raise SystemExit(5)")["exitCode"], 5);
    // What takes too long is interrupted, and the variables stay.
    let long = json!({"code": "import time\nx = 5\ntime.sleep(60)", "context": "a", "timeout": 1});
    assert_eq!(code(&mut server, &long)["status"], "timed_out");
    let begun = Stopwatch::start();
    assert_eq!(
        code(&mut server, &json!({"code": "x", "context": "a"}))["stdout"],
        "5\n"
    );
    assert!(begun.elapsed() < Duration::from_secs(8));
    let other = code(&mut server, &json!({"code": "x", "context": "b"}));
    assert_eq!(other["exitCode"], 1, "{other}");
    let alone = code(&mut server, &json!({"code": "print('x' in globals())"}));
    assert_eq!(alone["stdout"], "False\n");
    let (kind, ..) = server.refused("run_code", &json!({"code": "x", "context": "../x"}));
    assert_eq!(kind, "usage");
    let node = json!({"code": "x", "context": "a", "language": "javascript"});
    assert_eq!(server.refused("run_code", &node).0, "usage");
}

#[test]
fn any_other_call_that_takes_long_goes_on_too() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let flags = ["--toolsets", "all", "--call-limit", "1"];
    let mut server = Server::with(&home, &flags, &json!({}));
    let wait = json!({"id": "box", "for": ["stopped"], "timeout": 60});
    let begun = Stopwatch::start();
    let job = server.done("wait_for_sandbox", &wait);
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert_eq!(job["status"], "running", "{job}");
    let handle = json!({"job": job["job"], "wait": 60});
    assert_eq!(server.done("get_job", &handle)["status"], "running");
    home.done(&["stop", "box"]);
    let mut ended = json!(null);
    assert!(within(Duration::from_secs(10), || {
        ended = server.done("get_job", &handle);
        ended["status"] == "ended"
    }));
    assert_eq!(ended["result"]["state"], "stopped", "{ended}");
    // What fails later fails when it is asked for; what is killed is over.
    home.done(&["start", "box"]);
    let hopeless = json!({"id": "box", "for": ["stopped"], "timeout": 3});
    let job = server.done("wait_for_sandbox", &hopeless)["job"].clone();
    let handle = json!({"job": job, "wait": 60});
    let failed = || server.result("get_job", &handle)["isError"] == true;
    assert!(within(Duration::from_secs(10), failed));
    assert_eq!(server.refused("get_job", &handle).0, "timeout");
    let job = server.done(
        "wait_for_sandbox",
        &json!({"id": "box", "for": ["stopped"], "timeout": 60}),
    )["job"]
        .clone();
    assert_eq!(
        server.done("kill_job", &json!({"job": job}))["status"],
        "killed"
    );
    // Where nobody could ask for it, the call is waited for.
    let few = ["--tools", "wait_for_sandbox", "--call-limit", "1"];
    let mut few = Server::with(&home, &few, &json!({}));
    let kind = few
        .refused(
            "wait_for_sandbox",
            &json!({"id": "box", "for": ["stopped"], "timeout": 3}),
        )
        .0;
    assert_eq!(kind, "timeout");
}
