//! What commands ask of a server, and what they say, against scripted replies.

use expect_test::expect;

use crate::binary::Home;
use crate::leftover::within;
use crate::responder::{Asked, Reply, Responder, reply};

const PAGE: &str = r#"{"items":[
    {"id":"id-1","name":"demo","state":"started","target":"local","labels":{"team":"core"}},
    {"id":"id-2","name":"build\u001b[31m","state":"stopped","target":"local"}],"nextCursor":null}"#;

fn sandbox(state: &str) -> String {
    format!(
        r#"{{"id":"id-1","name":"demo","state":"{state}","target":"local","labels":{{"t":"x"}},"autoDeleteInterval":-1}}"#
    )
}

fn answer(_: usize, asked: &Asked) -> Reply {
    let missing = r#"{"statusCode":404,"message":"Sandbox not found"}"#;
    match asked.line.as_str() {
        line if line.starts_with("GET /api/sandbox?") || line == "GET /api/sandbox" => {
            reply("200 OK", PAGE)
        }
        "GET /api/sandbox/demo" | "GET /api/sandbox/id-1" => reply("200 OK", &sandbox("started")),
        "POST /api/sandbox" => reply("200 OK", &sandbox("creating")),
        "DELETE /api/sandbox/id-1" | "DELETE /api/sandbox/id-2" | "DELETE /api/sandbox/demo" => {
            reply("200 OK", "{}")
        }
        _ => reply("404 Not Found", missing),
    }
}

#[test]
fn lists_in_every_form() {
    let server = Responder::new(answer);
    let home = Home::with_server(&server.url);
    expect![[r#"
        demo	started	local	-	-	id-1
        build^[[31m	stopped	local	-	-	id-2
        --- exit 0
    "#]]
    .assert_eq(
        &home
            .run(&["list", "--state", "started", "-l", "a=b", "--name", "demo"])
            .to_string(),
    );
    expect![[r#"
        {
          "items": [
            {
              "name": "demo",
              "state": "started"
            },
            {
              "name": "build\u001b[31m",
              "state": "stopped"
            }
          ],
          "nextCursor": null
        }
        --- exit 0
    "#]]
    .assert_eq(&home.run(&["list", "--json=name,state"]).to_string());
    expect![[r#"
        id-1
        id-2
        --- exit 0
    "#]]
    .assert_eq(&home.run(&["sandbox", "ls", "-q"]).to_string());
    expect![[r#"
        id: id-1
        name: demo
        state: started
        target: local
        labels:
          t: x
        autoDeleteInterval: -1
        --- exit 0
    "#]]
    .assert_eq(&home.run(&["info", "demo", "-f", "yaml", "-q"]).to_string());
    expect!["GET /api/sandbox?limit=200&name=demo&states=started&labels=%7B%22a%22%3A%22b%22%7D"]
        .assert_eq(&server.lines()[0]);
}

#[test]
fn creates_and_waits() {
    let server = Responder::new(answer);
    let home = Home::with_server(&server.url).set("DAYTONA_TARGET", "eu");
    let seen = home.run(&[
        "create",
        "--name",
        "demo",
        "-e",
        "A=1",
        "-l",
        "t=x",
        "--auto-delete",
        "-1",
    ]);
    expect![[r#"
        --- stderr ---
        created `demo` (id-1), started
        run something in it: `daytona exec demo -- COMMAND`
        --- exit 0
    "#]]
    .assert_eq(&seen.to_string());
    let mut asked: serde_json::Value = serde_json::from_str(&server.asked()[0].body).expect("JSON");
    // By which it would be found if its answer were lost.
    let mark = asked["labels"]["daytona.io/request"].take();
    assert_eq!(mark.as_str().map(str::len), Some(32), "{mark}");
    expect![[r#"{"name":"demo","env":{"A":"1"},"labels":{"daytona.io/request":null,"t":"x"},"target":"eu","autoDeleteInterval":-1}"#]].assert_eq(&asked.to_string());
    let quiet = home.run(&["create", "-q", "--no-wait"]);
    assert_eq!(
        (quiet.stdout.as_str(), quiet.stderr.as_str()),
        ("id-1\n", "")
    );
}

#[test]
fn an_unknown_name_suggests_near_ones() {
    let server = Responder::new(answer);
    let home = Home::with_server(&server.url);
    expect![[r#"
        --- stderr ---
        error: there is no sandbox `dmeo`
        hint: did you mean `demo`?
        --- exit 5
    "#]]
    .assert_eq(&home.run(&["info", "dmeo"]).to_string());
    expect![[r#"
        --- stderr ---
        error: there is no sandbox `dmeo`
        hint: did you mean `demo`?
        --- exit 125
    "#]]
    .assert_eq(&home.run(&["exec", "dmeo", "--", "ls"]).to_string());
}

#[test]
fn bulk_deletion_needs_a_yes() {
    let server = Responder::new(answer);
    let home = Home::with_server(&server.url);
    expect![[r#"
        --- stderr ---
        error: this would delete 2 sandboxes: demo, build^[[31m
        hint: cannot prompt: not a terminal, or `CI` or `--no-input` is set; add `--yes` to delete them
        --- exit 2
    "#]]
    .assert_eq(&home.run(&["delete", "--all"]).to_string());
    assert!(!server.lines().iter().any(|line| line.starts_with("DELETE")));
    expect![[r#"
        {
          "deleted": [
            "demo",
            "build\u001b[31m"
          ],
          "notFound": [],
          "failed": []
        }
        --- exit 0
    "#]]
    .assert_eq(
        &home
            .run(&["delete", "--all", "--yes", "--json"])
            .to_string(),
    );
    expect![[r#"
        --- stderr ---
        deleted `demo`
        error: 1 of 2 sandboxes could not be deleted
          gone: there is no sandbox `gone`
        hint: run it again; `--ignore-not-found` skips those that are gone
        --- exit 1
    "#]]
    .assert_eq(&home.run(&["delete", "demo", "gone"]).to_string());
    expect![[r#"
        --- stderr ---
        `gone` is not there
        --- exit 0
    "#]]
    .assert_eq(
        &home
            .run(&["delete", "gone", "--ignore-not-found"])
            .to_string(),
    );
}

#[test]
fn a_stopped_sandbox_is_not_started_by_exec() {
    let server = Responder::new(|_, _| reply("200 OK", &sandbox("stopped")));
    let seen = Home::with_server(&server.url).run(&["exec", "demo", "--", "ls"]);
    expect![[r#"
        --- stderr ---
        error: sandbox `demo` is stopped, not started
        hint: start it: `daytona start demo`
        --- exit 125
    "#]]
    .assert_eq(&seen.to_string());
}

#[cfg(unix)]
#[test]
fn an_interrupted_wait_says_what_is_left() {
    let server = Responder::new(|_, _| reply("200 OK", &sandbox("creating")));
    let home = Home::with_server(&server.url);
    for arguments in [&["create", "--name", "demo"][..], &["wait", "demo"][..]] {
        let child = home
            .command(arguments)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let before = server.lines().len();
        let asked = || server.lines().len() >= before + 3;
        assert!(within(std::time::Duration::from_secs(20), asked));
        let pid = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(pid, rustix::process::Signal::INT).expect("a signal");
        let output = child.wait_with_output().expect("its output");
        assert_eq!(output.status.code(), Some(130));
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(stderr.starts_with("error: interrupted while"), "{stderr}");
        assert!(stderr.contains("`daytona"), "{stderr}");
    }
}

#[cfg(unix)]
#[test]
fn a_sandbox_that_is_made_while_interrupted_is_deleted_again() {
    use std::time::Duration;
    let server = Responder::new(|_, asked| match asked.line.as_str() {
        "POST /api/sandbox" => {
            reply("200 OK", &sandbox("started")).after(Duration::from_millis(600))
        }
        _ => reply("200 OK", "{}"),
    });
    let child = Home::with_server(&server.url)
        .command(&["create", "--name", "demo"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let asked = || !server.lines().is_empty();
    assert!(within(Duration::from_secs(20), asked));
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).expect("a signal");
    let output = child.wait_with_output().expect("its output");
    assert_eq!(output.status.code(), Some(130));
    let said = String::from_utf8_lossy(&output.stderr)
        .replace("cleaning up; press Ctrl-C to stop waiting\n", "");
    assert_eq!(
        said,
        "error: interrupted while creating; `demo` (id-1) was deleted again\n"
    );
    assert_eq!(
        server.lines(),
        [
            "POST /api/sandbox",
            "GET /api/sandbox/id-1",
            "DELETE /api/sandbox/id-1"
        ]
    );
}
