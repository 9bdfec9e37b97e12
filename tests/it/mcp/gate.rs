//! The gate: nothing goes unasked that the session did not make, now or later, by whatever tool; what was
//! shown is what goes; and no more than the scope says, also where several ask at once.

use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::binary::Home;
use crate::leftover::within;
use crate::mcp_client::Server;
use crate::responder::{Responder, reply};

use super::confirm::{answered_to, exists, token};

const EVERY: &[&str] = &["--toolsets", "all"];

fn strict(home: &Home, more: &[&str]) -> Server {
    let flags: Vec<&str> = EVERY.iter().chain(more).copied().collect();
    Server::with(home, &flags, &json!({}))
}

#[test]
fn no_interval_deletes_what_the_session_did_not_make_unasked() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "theirs"]);
    let mut server = strict(&home, &[]);
    for later in [
        json!({"id": "theirs", "autoDeleteInterval": 0}),
        json!({"id": "theirs", "autoDeleteInterval": 5, "labels": {"a": "b"}}),
    ] {
        let (kind, message, hints) = server.refused("update_sandbox", &later);
        assert_eq!(kind, "unconfirmed", "{message}");
        assert!(
            message.contains("after it stops") || message.contains("as soon as it stops"),
            "{message}"
        );
        let now = home.json(&["info", "theirs"]);
        assert_eq!(now["autoDeleteInterval"], -1);
        assert_eq!(now["labels"], json!({}), "nothing of the call is done");
        // A yes is for these arguments.
        let mut other = later.clone();
        other["autoDeleteInterval"] = json!(1);
        other["confirm"] = json!(token(&hints));
        assert_eq!(server.refused("update_sandbox", &other).0, "unconfirmed");
    }
    let later = json!({"id": "theirs", "autoDeleteInterval": 60});
    let (_, message, hints) = server.refused("update_sandbox", &later);
    assert!(
        message.contains("with all its files deleted 60 minutes after it stops;"),
        "{message}"
    );
    let agreed = json!({"id": "theirs", "autoDeleteInterval": 60, "confirm": token(&hints)});
    assert_eq!(
        server.done("update_sandbox", &agreed)["autoDeleteInterval"],
        60
    );
    // What lets it live longer needs no question, what has it go sooner does.
    for longer in [90, -1] {
        let longer = json!({"id": "theirs", "autoDeleteInterval": longer});
        server.done("update_sandbox", &longer);
    }
    // One that goes when it stops goes by each way of stopping.
    home.done(&[
        "create",
        "--name",
        "brief",
        "--auto-delete",
        "0",
        "--auto-stop",
        "0",
    ]);
    let stops = json!({"id": "brief", "autoStopInterval": 1});
    assert_eq!(server.refused("update_sandbox", &stops).0, "unconfirmed");
    let (kind, message, hints) = server.refused("stop_sandbox", &json!({"id": "brief"}));
    assert_eq!(kind, "unconfirmed", "{message}");
    assert!(message.contains("when it stops"), "{message}");
    assert_eq!(home.json(&["info", "brief"])["state"], "started");
    let agreed = json!({"id": "brief", "confirm": token(&hints)});
    let stopped = server.done("stop_sandbox", &agreed);
    assert_eq!(stopped["state"], "destroyed");
    assert!(!exists(&home, "brief"));
    // What stays there when it stops is not asked for.
    server.done("stop_sandbox", &json!({"id": "theirs"}));
    assert!(exists(&home, "theirs"));
}

#[test]
fn deletions_are_counted_by_whatever_way_they_come() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "theirs"]);
    home.done(&["create", "--name", "brief", "--auto-delete", "0"]);
    home.done(&["volume", "create", "data"]);
    let mut server = strict(&home, &["--confirm", "never", "--scope", "deletions=0"]);
    for (tool, arguments) in [
        ("destroy_sandbox", json!({"id": "theirs"})),
        (
            "update_sandbox",
            json!({"id": "theirs", "autoDeleteInterval": 0}),
        ),
        (
            "update_sandbox",
            json!({"id": "brief", "autoStopInterval": 1}),
        ),
        ("stop_sandbox", json!({"id": "brief"})),
        ("delete_volume", json!({"name": "data"})),
    ] {
        let (kind, message, _) = server.refused(tool, &arguments);
        assert_eq!(kind, "limit", "{tool}: {message}");
    }
    assert!(exists(&home, "theirs") && exists(&home, "brief"));
    // What failed is not counted.
    let mut one = strict(&home, &["--confirm", "never", "--scope", "deletions=1"]);
    home.done(&["create", "--name", "user", "--volume", "data:/data"]);
    assert_eq!(
        one.refused("delete_volume", &json!({"name": "data"})).0,
        "conflict"
    );
    one.done("destroy_sandbox", &json!({"id": "theirs"}));
    assert_eq!(
        one.refused("destroy_sandbox", &json!({"id": "user"})).0,
        "limit"
    );
}

#[test]
fn labels_that_say_whose_a_sandbox_is_are_nobodys_to_set() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "theirs", "--label", "team=a"]);
    let mut server = strict(&home, &[]);
    for key in ["daytona.io/agent-session", "daytona.io/agent"] {
        let label = json!({"id": "theirs", "labels": {key: "x"}});
        let (kind, message, _) = server.refused("update_sandbox", &label);
        assert_eq!(kind, "usage", "{message}");
    }
    let label = json!({"labels": {"daytona.io/agent-session": "x"}});
    assert_eq!(server.refused("create_sandbox", &label).0, "usage");
    // Those that are there stay, whatever else it is labelled with.
    server.done("execute_command", &json!({"command": "true"}));
    let own = |home: &Home| {
        let all = home.json(&["list"]);
        let all = all["items"].as_array().expect("items").clone();
        all.into_iter()
            .find(|one| one["labels"]["daytona.io/agent-session"].is_string())
            .expect("the session's own")
    };
    let id = own(&home)["id"].clone();
    server.done("update_sandbox", &json!({"id": id, "labels": {"a": "b"}}));
    assert_eq!(own(&home)["labels"]["a"], "b");
    // A copy of it is not the session's, and stays when that ends.
    let id = id.as_str().expect("an id");
    home.done(&["create", "--name", "like", "--like", id]);
    home.done(&["fork", id, "--name", "fork"]);
    for copy in ["like", "fork"] {
        let labels = home.json(&["info", copy])["labels"].clone();
        assert!(
            labels["daytona.io/agent-session"].is_null(),
            "{copy}: {labels}"
        );
    }
}

/// The process with that in its command line that catches SIGUSR1, seen from outside of its sandbox.
fn waits_for_a_signal(mark: &str) -> Option<Pid> {
    let processes = std::fs::read_dir("/proc").expect("processes").flatten();
    let mut found = processes.filter(|process| {
        let read = |name| std::fs::read_to_string(process.path().join(name)).unwrap_or_default();
        let caught = read("status").lines().any(|line| {
            let set = line.strip_prefix("SigCgt:").map(str::trim);
            let set = set.and_then(|set| u64::from_str_radix(set, 16).ok());
            set.is_some_and(|set| set & (1 << (Signal::USR1.as_raw() - 1)) != 0)
        });
        caught && read("cmdline").contains(mark)
    });
    let name = found.next()?.file_name();
    Pid::from_raw(name.to_str()?.parse().ok()?)
}

#[test]
fn what_was_shown_is_what_goes() {
    let home = Home::with_engine();
    let mut server = strict(&home, &[]);
    let mark = format!("late-{}", std::process::id());
    let change: [(&str, &dyn Fn()); 5] = [
        ("a file", &|| drop(home.sh("demo", "echo new > ~/note"))),
        ("its state", &|| home.done(&["stop", "demo"])),
        ("a program of its own", &|| {
            let text = "trap 'echo more > ~/late; exit' USR1; while :; do sleep 0.05; done";
            drop(home.sh("demo", &format!("({text}; : {mark}) >/dev/null 2>&1 &")));
        }),
        ("a copy", &|| {
            std::fs::write(home.path().join("here"), "x").expect("written");
            home.done(&[
                "cp",
                home.path().join("here").to_str().expect("text"),
                "demo:/tmp/",
            ]);
        }),
        ("another of that name", &|| {
            home.done(&["delete", "demo"]);
            home.done(&["create", "--name", "demo"]);
        }),
    ];
    for (what, change) in change {
        home.done(&["create", "--name", "demo"]);
        let late = what == "a program of its own";
        if late {
            change();
        }
        let (_, _, hints) = server.refused("destroy_sandbox", &json!({"id": "demo"}));
        if late {
            // Nobody asks the engine for it.
            let mut pid = None;
            assert!(within(Duration::from_secs(10), || {
                pid = waits_for_a_signal(&mark);
                pid.is_some()
            }));
            kill_process(pid.expect("a process"), Signal::USR1).expect("a signal");
            let over = || waits_for_a_signal(&mark).is_none();
            assert!(within(Duration::from_secs(10), over));
        } else {
            change();
        }
        let stale = json!({"id": "demo", "confirm": token(&hints)});
        let (kind, message, hints) = server.refused("destroy_sandbox", &stale);
        assert_eq!(kind, "unconfirmed", "{what}: {message}");
        assert!(exists(&home, "demo"), "{what}");
        // As it is now, it goes.
        let fresh = json!({"id": "demo", "confirm": token(&hints)});
        assert_eq!(
            server.done("destroy_sandbox", &fresh)["deleted"],
            true,
            "{what}"
        );
    }
    // A look changes nothing.
    home.done(&["create", "--name", "demo"]);
    let (_, _, hints) = server.refused("destroy_sandbox", &json!({"id": "demo"}));
    home.done(&["info", "demo"]);
    home.done(&["list"]);
    server.done("list_files", &json!({"id": "demo", "path": "/"}));
    let fresh = json!({"id": "demo", "confirm": token(&hints)});
    assert_eq!(server.done("destroy_sandbox", &fresh)["deleted"], true);
}

#[test]
fn what_changes_while_the_user_thinks_does_not_go() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let mut server = Server::with(&home, EVERY, &json!({"elicitation": {}}));
    let yes = json!({"action": "accept", "content": {"confirm": true}});
    let destroy = json!({"name": "destroy_sandbox", "arguments": {"id": "demo"}});
    let (result, asked) = answered_to(&mut server, &destroy, &yes, || {
        let _ = home.sh("demo", "echo new > ~/note");
    });
    assert_eq!(asked.len(), 1);
    let text = result["content"][0]["text"].as_str().unwrap_or_default();
    assert!(text.contains("has changed"), "{result}");
    assert_eq!(home.sh("demo", "cat ~/note").stdout, "new\n");
    let (result, _) = answered_to(&mut server, &destroy, &yes, || {});
    assert_eq!(result["structuredContent"]["deleted"], true, "{result}");
}

#[test]
fn inside_of_what_is_foreign_nothing_changes_unasked_where_the_operator_wants_that() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "theirs"]);
    let _ = home.sh("theirs", "echo precious > ~/note");
    let mut server = strict(&home, &["--confirm", "inside"]);
    for (tool, arguments) in [
        (
            "execute_command",
            json!({"id": "theirs", "command": "rm -rf ~/note"}),
        ),
        ("run_code", json!({"id": "theirs", "code": "1"})),
        (
            "file_upload",
            json!({"id": "theirs", "filePath": "note", "content": "x"}),
        ),
        (
            "move_file",
            json!({"id": "theirs", "sourcePath": "note", "destPath": "gone"}),
        ),
        (
            "git_clone",
            json!({"id": "theirs", "url": "https://127.0.0.1:1/x.git"}),
        ),
    ] {
        let (kind, message, _) = server.refused(tool, &arguments);
        assert_eq!(kind, "unconfirmed", "{tool}: {message}");
        assert!(message.contains("nothing was changed"), "{tool}: {message}");
    }
    // A look is free, and so is what the session made.
    let note = server.done("read_file", &json!({"id": "theirs", "filePath": "note"}));
    assert!(
        note["text"]
            .as_str()
            .is_some_and(|text| text.contains("precious")),
        "{note}"
    );
    server.done("execute_command", &json!({"command": "true"}));
    // One yes is for all that follows in that sandbox.
    let run = json!({"id": "theirs", "command": "echo hi"});
    let (_, _, hints) = server.refused("execute_command", &run);
    let agreed = json!({"id": "theirs", "command": "echo hi", "confirm": token(&hints)});
    assert_eq!(server.done("execute_command", &agreed)["stdout"], "hi\n");
    server.done(
        "file_upload",
        &json!({"id": "theirs", "filePath": "more", "content": "x"}),
    );
    // The tools say that they may need it.
    let tools = server.ask("tools/list", json!({}))["result"]["tools"].clone();
    let of = |name: &str| {
        let mut all = tools.as_array().expect("tools").iter();
        all.find(|tool| tool["name"] == name).expect("the tool")["inputSchema"]["properties"]
            .clone()
    };
    assert!(of("execute_command")["confirm"].is_object());
    assert!(of("read_file")["confirm"].is_null());
    // A volume that others share counts as a place of theirs.
    home.done(&["volume", "create", "data"]);
    let mount = json!({"volumes": [{"volumeId": "data", "mountPath": "/data"}]});
    assert_eq!(server.refused("create_sandbox", &mount).0, "unconfirmed");
}

/// Sends all calls at once, and returns how many were done.
fn at_once(server: &mut Server, calls: &[(&str, Value)]) -> usize {
    let ids: Vec<i64> = calls
        .iter()
        .map(|(tool, arguments)| {
            server.post("tools/call", json!({"name": tool, "arguments": arguments}))
        })
        .collect();
    let mut done = 0;
    let mut left = ids.len();
    while left > 0 {
        let message = server.next_message();
        if message["id"].as_i64().is_some_and(|id| ids.contains(&id)) {
            left -= 1;
            done += usize::from(message["result"]["isError"] != true);
        }
    }
    done
}

#[test]
fn counts_hold_where_many_ask_at_once() {
    let home = Home::with_engine();
    let flags = ["--scope", "sandboxes=2", "--scope", "name=a-"];
    let mut one = strict(&home, &flags);
    let create: Vec<_> = (0..8).map(|_| ("create_sandbox", json!({}))).collect();
    assert_eq!(at_once(&mut one, &create), 2);
    let there = || {
        let all = home.json(&["list", "--all"]);
        all["items"].as_array().expect("items").len()
    };
    assert_eq!(there(), 2);
    home.done(&["delete", "--all", "--yes"]);
    // Two servers with the same scope know of each other's only by what is there.
    let mut two = strict(&home, &flags);
    for round in 0..5 {
        let both: usize = std::thread::scope(|scope| {
            let one = scope.spawn(|| at_once(&mut one, &create));
            let two = scope.spawn(|| at_once(&mut two, &create));
            one.join().expect("one") + two.join().expect("two")
        });
        assert!((1..=2).contains(&both), "round {round}: {both} were made");
        assert_eq!(there(), both, "round {round}");
        home.done(&["delete", "--all", "--yes"]);
    }
    // So with deletions.
    for name in ["b1", "b2", "b3", "b4", "b5", "b6"] {
        home.done(&["create", "--name", name]);
    }
    let mut few = strict(&home, &["--confirm", "never", "--scope", "deletions=2"]);
    let delete: Vec<_> = (1..=6)
        .map(|number| ("destroy_sandbox", json!({"id": format!("b{number}")})))
        .collect();
    assert_eq!(at_once(&mut few, &delete), 2);
    assert_eq!(there(), 4);
}

/// A server that tells no revisions, with one sandbox whose last use is what the test says.
fn elsewhere(used: &std::sync::Arc<std::sync::Mutex<&'static str>>) -> Responder {
    let used = std::sync::Arc::clone(used);
    Responder::new(move |_, asked| {
        let used = *used.lock().expect("no panic");
        let sandbox = json!({"id": "s1", "name": "theirs", "state": "started", "labels": {}, "lastActivityAt": used});
        match asked.line.split(' ').next() {
            Some("GET") => reply("200 OK", &sandbox.to_string()),
            _ => reply("200 OK", "{}"),
        }
    })
}

#[test]
fn other_servers_are_held_to_what_they_tell() {
    let used = std::sync::Arc::new(std::sync::Mutex::new("2026-01-01T00:00:00Z"));
    let responder = elsewhere(&used);
    let home = Home::new()
        .set("DAYTONA_API_URL", &responder.url)
        .set("DAYTONA_API_KEY", "k");
    let deleted = || {
        let lines = responder.asked();
        lines
            .iter()
            .filter(|asked| asked.line.starts_with("DELETE"))
            .count()
    };
    let mut server = Server::with(&home, EVERY, &json!({}));
    let (_, _, hints) = server.refused("destroy_sandbox", &json!({"id": "theirs"}));
    *used.lock().expect("no panic") = "2026-01-01T00:00:05Z";
    let stale = json!({"id": "theirs", "confirm": token(&hints)});
    let (kind, _, hints) = server.refused("destroy_sandbox", &stale);
    assert_eq!((kind.as_str(), deleted()), ("unconfirmed", 0));
    let fresh = json!({"id": "theirs", "confirm": token(&hints)});
    server.done("destroy_sandbox", &fresh);
    assert_eq!(deleted(), 1);
    // Also while the user thinks.
    let mut asking = Server::with(&home, EVERY, &json!({"elicitation": {}}));
    let yes = json!({"action": "accept", "content": {"confirm": true}});
    let destroy = json!({"name": "destroy_sandbox", "arguments": {"id": "theirs"}});
    let (result, _) = answered_to(&mut asking, &destroy, &yes, || {
        *used.lock().expect("no panic") = "2026-01-01T00:00:09Z";
    });
    assert_eq!(result["isError"], true, "{result}");
    assert_eq!(deleted(), 1);
    // Nothing is asked of such a server that it does not know.
    let strange = responder.asked().into_iter().find(|asked| {
        asked.line.contains("revision")
            || asked
                .headers
                .iter()
                .any(|header| header.to_lowercase().starts_with("if-match"))
    });
    assert!(strange.is_none(), "{strange:?}");
}

#[test]
fn two_questions_of_one_call_are_asked_one_after_the_other() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "theirs"]);
    let _ = home.sh("theirs", "echo precious > ~/note");
    let mut server = strict(&home, &["--confirm", "inside"]);
    let mut delete = json!({"id": "theirs", "filePath": "note"});
    for wanted in ["run programs", "delete the file"] {
        let (kind, message, hints) = server.refused("delete_file", &delete);
        assert_eq!(kind, "unconfirmed", "{message}");
        assert!(message.contains(wanted), "{message}");
        delete["confirm"] = json!(token(&hints));
    }
    server.done("delete_file", &delete);
    assert_ne!(home.sh("theirs", "cat ~/note").code, Some(0));
    // The same by the questions that a client of the newer era is handed.
    let _ = home.sh("theirs", "echo precious > ~/note");
    let mut newer = Server::start_with(&home, &["--confirm", "inside"]);
    let mut extra = json!({});
    for wanted in ["run programs", "elete the file", ""] {
        let mut params = json!({
            "name": "delete_file", "arguments": {"id": "theirs", "filePath": "note"},
            "_meta": {
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
                "io.modelcontextprotocol/clientCapabilities": {"elicitation": {"form": {}}},
            }
        });
        for (key, value) in extra.as_object().expect("an object") {
            params[key] = value.clone();
        }
        let result = newer.ask("tools/call", params)["result"].clone();
        if wanted.is_empty() {
            assert_eq!(result["structuredContent"]["deleted"], "note", "{result}");
            break;
        }
        let question = result["inputRequests"]["confirm"]
            .to_string()
            .to_lowercase();
        assert!(question.contains(wanted), "{result}");
        let answer = json!({"action": "accept", "content": {"confirm": true}});
        extra =
            json!({"requestState": result["requestState"], "inputResponses": {"confirm": answer}});
    }
}
