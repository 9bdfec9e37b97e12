//! Results that fit a context window, however much a command writes; and where the rest is.

use serde_json::{Value, json};

use crate::binary::Home;
use crate::engine::charts::matplotlib;
use crate::engine::clients::skipped;
use crate::mcp_client::Server;

fn run(server: &mut Server, command: &str) -> Value {
    server.done("execute_command", &json!({"command": command}))
}

/// The memory that a process has had at most, in MiB.
fn peak(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("a process");
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .expect("a line");
    let number = line.split_whitespace().nth(1).expect("a number");
    number.parse::<u64>().expect("a number") / 1024
}

#[test]
fn a_gibibyte_of_output_stays_within_the_budget() {
    let home = Home::with_engine();
    let mut server = Server::greeted(&home);
    run(&mut server, "true");
    let before = peak(server.child.id());
    let reply = server.result(
        "execute_command",
        &json!({"command": "yes | head -c 1G; echo the end"}),
    );
    let ran = &reply["structuredContent"];
    assert_eq!(ran["stdoutBytes"], (1 << 30) + 8, "{}", ran["status"]);
    assert_eq!(ran["truncated"], true);
    let stdout = ran["stdout"].as_str().expect("text");
    assert!(stdout.len() < 9 << 10, "{}", stdout.len());
    assert!(stdout.starts_with("y\ny\n") && stdout.ends_with("the end\n"));
    assert!(
        reply.to_string().len() < 64 << 10,
        "{}",
        reply.to_string().len()
    );
    let grown = peak(server.child.id()) - before;
    assert!(grown < 20, "the server's memory grew by {grown} MiB");
    // The whole is there to be read and searched.
    let path = stdout
        .lines()
        .find(|line| line.contains("left out"))
        .expect("a note");
    let path = path
        .split_whitespace()
        .find(|word| word.starts_with("/tmp/"))
        .expect("a path");
    let path = path.trim_end_matches([':', ',']);
    let page = json!({"filePath": path, "offset": (1 << 30) - 4, "limit": 100});
    let page = server.done("read_file", &page);
    assert_eq!(
        page["text"]
            .as_str()
            .map(|text| text.ends_with("the end\n")),
        Some(true),
        "{page}"
    );
    let found = run(&mut server, &format!("grep -c 'the end' {path}"));
    assert_eq!(found["stdout"], "1\n");
    // And as a resource, page by page.
    let uri = format!(
        "sandbox://{}/job/{}/stdout?offset={}",
        ran["sandbox"].as_str().expect("a name"),
        ran["job"].as_str().expect("a job"),
        1 << 30
    );
    let read = server.ask("resources/read", json!({"uri": uri}));
    let contents = &read["result"]["contents"][0];
    assert_eq!(contents["text"], "the end\n", "{read}");
    assert_eq!(contents["_meta"]["size"], (1 << 30) + 8);
}

#[test]
fn the_budget_can_be_chosen_and_lines_stay_whole() {
    let home = Home::with_engine();
    let mut server = Server::with(&home, &["--output-budget", "1"], &json!({}));
    let ran = run(&mut server, "seq 1 5000; seq 1 3 >&2");
    let stdout = ran["stdout"].as_str().expect("text");
    assert!(stdout.len() < 1400, "{}", stdout.len());
    let numbers: Vec<&str> = stdout
        .lines()
        .filter(|line| !line.contains("left out"))
        .collect();
    assert!(
        numbers.iter().all(|line| line.parse::<u32>().is_ok()),
        "{stdout}"
    );
    assert_eq!(
        (numbers.first(), numbers.last()),
        (Some(&"1"), Some(&"5000"))
    );
    assert_eq!(ran["stderr"], "1\n2\n3\n");
    let umlauts = run(&mut server, "for i in $(seq 2000); do printf 'ü'; done");
    assert!(
        !umlauts["stdout"]
            .as_str()
            .expect("text")
            .contains('\u{FFFD}'),
        "{umlauts}"
    );
}

#[test]
fn what_is_no_text_is_told_from_text() {
    let home = Home::with_engine();
    let mut server = Server::greeted(&home);
    let ran = run(&mut server, "head -c 300 /dev/urandom; echo fine >&2");
    let stdout = ran["stdout"].as_str().expect("text");
    assert!(stdout.contains("300 bytes that are not text"), "{ran}");
    assert_eq!(ran["stderr"], "fine\n");
    let latin = run(&mut server, "printf 'caf\\xe9 is mostly text\\n'");
    assert!(
        latin["stdout"]
            .as_str()
            .is_some_and(|text| text.contains("is mostly text")),
        "{latin}"
    );
}

#[test]
fn output_that_was_deleted_is_not_shown_as_none() {
    let home = Home::with_engine();
    let mut server = Server::greeted(&home);
    let ran = run(&mut server, "echo said; rm -rf /tmp/.daytona");
    assert!(
        ran["stdout"]
            .as_str()
            .is_some_and(|text| text.starts_with("[lost: ")),
        "{ran}"
    );
    assert_eq!(
        (&ran["truncated"], &ran["exitCode"]),
        (&json!(true), &json!(0))
    );
    assert_eq!(run(&mut server, "echo next")["stdout"], "next\n");
}

#[test]
fn figures_come_back_as_pictures() {
    let archive = match matplotlib() {
        Ok(archive) => archive.display().to_string(),
        Err(why) => skipped!(format!("it cannot be installed: {why}")),
    };
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    home.done(&["cp", &archive, "box:/tmp/lib.tar"]);
    let mut server = Server::greeted(&home);
    let unpack = json!({"id": "box", "command": "mkdir lib && tar xf /tmp/lib.tar -C lib"});
    assert_eq!(server.done("execute_command", &unpack)["exitCode"], 0);
    let draw = "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()\nplt.figure(); plt.bar([1], [2])\nprint('drawn')";
    let path = json!({"PYTHONPATH": "/home/daytona/lib"});
    let call = json!({"id": "box", "code": draw, "env": path});
    let result = server.result("run_code", &call);
    let ran = &result["structuredContent"];
    assert_eq!(
        (&ran["stdout"], &ran["pictures"]),
        (&json!("drawn\n"), &json!(2)),
        "{ran}"
    );
    let content = result["content"].as_array().expect("content");
    let pictures: Vec<&Value> = content
        .iter()
        .filter(|one| one["type"] == "image")
        .collect();
    assert_eq!(pictures.len(), 2);
    for picture in pictures {
        assert_eq!(picture["mimeType"], "image/png");
        assert!(
            picture["data"]
                .as_str()
                .is_some_and(|data| data.starts_with("iVBORw0KGgo"))
        );
    }
    // In a context too, also of what an earlier call has imported.
    for text in [
        "import matplotlib.pyplot as plt",
        "plt.plot([3, 4]); plt.show()",
    ] {
        let call = json!({"id": "box", "code": text, "env": path, "context": "c"});
        let result = server.result("run_code", &call);
        let drawn = u64::from(text.contains("plot("));
        assert_eq!(result["structuredContent"]["pictures"], drawn, "{result}");
    }
}
