//! Every verb of the terminal, once against each server.

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::stage::Stage;

/// A day's lines, and after which of them standard input follows.
const LINES: &[(&str, Option<&str>)] = &[
    ("create --name demo --label a=b --env K=V", None),
    ("info demo --json=name,state,labels,env", None),
    ("list -q --name nobody", None),
    ("exec demo -- echo hi", None),
    ("exec demo -- sh -c 'exit 3'", None),
    ("exec -i demo -- wc -c", Some("five\n")),
    ("exec -i demo -- sh -c 'cat; pwd'", Some("")),
    ("exec demo -- printf '\\377'", None),
    ("cp file demo:file", None),
    ("cp folder demo:folder", None),
    ("exec demo -- cat file 'folder/below/a b'", None),
    ("cp demo:folder back", None),
    ("cp demo:nofile back2", None),
    ("cp file demo:/root/x", None),
    ("code run --sandbox demo program.py", None),
    ("code run program.py", None),
    ("logs demo", None),
    ("preview-url demo --port 3000 -q", None),
    ("stop --no-wait demo", None),
    ("start demo", None),
    ("stop demo", None),
    ("exec demo -- true", None),
    ("start demo", None),
    ("wait demo", None),
    (
        "update demo --label c=d --remove-label a --auto-stop 30",
        None,
    ),
    ("pause demo", None),
    ("resume demo", None),
    ("resize demo --cpu 2", None),
    ("fork demo --name demo2", None),
    ("snapshot create snap --sandbox demo", None),
    ("snapshot info snap --json=name,state", None),
    (
        "create --name three --snapshot snap --ttl 5 --auto-pause 3",
        None,
    ),
    ("create --name four --like demo", None),
    ("create --name five --cpu 2", None),
    ("create --name six --secret A=B", None),
    ("create --name seven --dockerfile Dockerfile --cpu 1", None),
    ("create --name eight --dockerfile Dockerfile.copy", None),
    ("run -- echo ran", None),
    ("snapshot deactivate snap", None),
    ("snapshot activate snap", None),
    ("volume create vol", None),
    ("volume info vol --json=name,state", None),
    ("volume delete vol --yes", None),
    ("secret list", None),
    ("api-key create k --permission write:sandboxes -q", None),
    ("api-key delete k", None),
    ("snapshot delete snap --yes", None),
    ("stop demo2", None),
    ("archive demo2", None),
    ("start demo2", None),
    ("recover demo2", None),
    ("delete demo2", None),
    ("create --name demo2", None),
    ("info demo2 --json=name,state", None),
    ("delete demo2 three", None),
    ("delete --all --yes --wait", None),
    ("list -q", None),
];

#[test]
fn a_first_day_with_the_newest_that_can_be_self_hosted() {
    first_day(
        "0.190.0",
        &expect![[r#"
            $ daytona create --name demo --label a=b --env K=V
            --- stderr ---
            created `demo` ([ID]), started
            run something in it: `daytona exec demo -- COMMAND`
            --- exit 0
            $ daytona info demo --json=name,state,labels,env
            {
              "name": "demo",
              "state": "started",
              "labels": {
                "a": "b",
                "daytona.io/request": "[ID]"
              },
              "env": {
                "K": "V"
              }
            }
            --- exit 0
            $ daytona list -q --name nobody
            --- exit 0
            $ daytona exec demo -- echo hi
            hi
            --- exit 0
            $ daytona exec demo -- sh -c 'exit 3'
            --- exit 3
            $ daytona exec -i demo -- wc -c
            5
            --- exit 0
            $ daytona exec -i demo -- sh -c 'cat; pwd'
            /home/daytona
            --- exit 0
            $ daytona exec demo -- printf '\377'
            �--- stderr ---
            warning: the output is not text, and this server may have changed bytes of it; write it to a file and copy that: `daytona cp SANDBOX:FILE .`
            --- exit 0
            $ daytona cp file demo:file
            --- stderr ---
            copied 1 file, 8 bytes, to demo:file
            --- exit 0
            $ daytona cp folder demo:folder
            --- stderr ---
            copied 1 file, 2 bytes, to demo:folder
            --- exit 0
            $ daytona exec demo -- cat file 'folder/below/a b'
            content
            x
            --- exit 0
            $ daytona cp demo:folder back
            --- stderr ---
            copied 1 file, 2 bytes, to back
            --- exit 0
            $ daytona cp demo:nofile back2
            --- stderr ---
            error: nofile: there is no such file or folder in the sandbox (404)
            --- exit 5
            $ daytona cp file demo:/root/x
            --- stderr ---
            copied 1 file, 8 bytes, to demo:/root/x
            --- exit 0
            $ daytona code run --sandbox demo program.py
            42
            --- exit 0
            $ daytona code run program.py
            42
            --- exit 0
            $ daytona logs demo
            --- exit 0
            $ daytona preview-url demo --port 3000 -q
            [URL]
            --- exit 0
            $ daytona stop --no-wait demo
            --- stderr ---
            `demo` ([ID]) is stopping
            --- exit 0
            $ daytona start demo
            --- stderr ---
            started `demo` ([ID])
            --- exit 0
            $ daytona stop demo
            --- stderr ---
            stopped `demo` ([ID])
            --- exit 0
            $ daytona exec demo -- true
            --- stderr ---
            error: sandbox `demo` is stopped, not started
            hint: start it: `daytona start demo`
            --- exit 125
            $ daytona start demo
            --- stderr ---
            started `demo` ([ID])
            --- exit 0
            $ daytona wait demo
            --- stderr ---
            `demo` ([ID]) is started
            --- exit 0
            $ daytona update demo --label c=d --remove-label a --auto-stop 30
            --- stderr ---
            changed `demo` ([ID])
            --- exit 0
            $ daytona pause demo
            --- stderr ---
            paused `demo` ([ID])
            --- exit 0
            $ daytona resume demo
            --- stderr ---
            resumed `demo` ([ID])
            --- exit 0
            $ daytona resize demo --cpu 2
            --- stderr ---
            resized `demo` ([ID]) to 2 CPU, 1 GiB memory, 3 GiB disk
            --- exit 0
            $ daytona fork demo --name demo2
            --- stderr ---
            forked demo into `demo2` ([ID]), started
            --- exit 0
            $ daytona snapshot create snap --sandbox demo
            --- stderr ---
            made the snapshot `snap` ([ID])
            start from it: `daytona create --snapshot snap`
            --- exit 0
            $ daytona snapshot info snap --json=name,state
            {
              "name": "snap",
              "state": "active"
            }
            --- exit 0
            $ daytona create --name three --snapshot snap --ttl 5 --auto-pause 3
            --- stderr ---
            warning: the server ignored `--ttl` (ttlMinutes): `three` is not deleted when its time is over
            warning: the server ignored `--auto-pause` (autoPauseInterval): `three` has no such interval
            created `three` ([ID]), started
            run something in it: `daytona exec three -- COMMAND`
            --- exit 0
            $ daytona create --name four --like demo
            --- stderr ---
            created `four` ([ID]), started, like `demo` without its files, secrets and time to live
            run something in it: `daytona exec four -- COMMAND`
            --- exit 0
            $ daytona create --name five --cpu 2
            --- stderr ---
            error: Cannot specify Sandbox resources when using a snapshot (400 Bad Request)
            hint: servers such as this one take the size from the snapshot: leave out `--cpu`, `--memory` and `--disk`
            hint: or make a snapshot of that size: `daytona snapshot create NAME --image IMAGE:TAG --cpu 2`, then `daytona create --snapshot NAME`
            --- exit 1
            $ daytona create --name six --secret A=B
            --- stderr ---
            error: this server (Daytona 0.190.0) does not have this: it knows no GET /api/secret/paginated
            hint: older servers lack what newer ones have; if it should be there, check the API URL, usually ending in /api: `daytona config show`
            --- exit 1
            $ daytona create --name seven --dockerfile Dockerfile --cpu 1
            --- stderr ---
            created `seven` ([ID]), started
            run something in it: `daytona exec seven -- COMMAND`
            --- exit 0
            $ daytona create --name eight --dockerfile Dockerfile.copy
            --- stderr ---
            error: --dockerfile: `COPY . /app` needs files of a build context, which cannot be sent
            hint: copy them into the sandbox afterwards: `daytona cp FOLDER SANDBOX:PATH`
            --- exit 2
            $ daytona run -- echo ran
            ran
            --- exit 0
            $ daytona snapshot deactivate snap
            --- stderr ---
            deactivated `snap`
            --- exit 0
            $ daytona snapshot activate snap
            --- stderr ---
            activated `snap`
            --- exit 0
            $ daytona volume create vol
            --- stderr ---
            created `vol` ([ID])
            use it: `daytona create --volume vol:/data`
            --- exit 0
            $ daytona volume info vol --json=name,state
            {
              "name": "vol",
              "state": "ready"
            }
            --- exit 0
            $ daytona volume delete vol --yes
            --- stderr ---
            deleted `vol`
            --- exit 0
            $ daytona secret list
            --- stderr ---
            error: this server (Daytona 0.190.0) does not have this: it knows no GET /api/secret/paginated
            hint: older servers lack what newer ones have; if it should be there, check the API URL, usually ending in /api: `daytona config show`
            --- exit 1
            $ daytona api-key create k --permission write:sandboxes -q
            [KEY]
            --- exit 0
            $ daytona api-key delete k
            --- stderr ---
            deleted `k`
            --- exit 0
            $ daytona snapshot delete snap --yes
            --- stderr ---
            deleted `snap`
            --- exit 0
            $ daytona stop demo2
            --- stderr ---
            stopped `demo2` ([ID])
            --- exit 0
            $ daytona archive demo2
            --- stderr ---
            archived `demo2` ([ID])
            --- exit 0
            $ daytona start demo2
            --- stderr ---
            started `demo2` ([ID])
            --- exit 0
            $ daytona recover demo2
            --- stderr ---
            error: sandbox `demo2` is started, it did not fail
            --- exit 1
            $ daytona delete demo2
            --- stderr ---
            `demo2` is being deleted
            --- exit 0
            $ daytona create --name demo2
            --- stderr ---
            created `demo2` ([ID]), started
            run something in it: `daytona exec demo2 -- COMMAND`
            --- exit 0
            $ daytona info demo2 --json=name,state
            {
              "name": "demo2",
              "state": "started"
            }
            --- exit 0
            $ daytona delete demo2 three
            --- stderr ---
            `demo2` is being deleted
            `three` is being deleted
            --- exit 0
            $ daytona delete --all --yes --wait
            --- stderr ---
            deleted `seven`
            deleted `four`
            deleted `demo`
            --- exit 0
            $ daytona list -q
            --- exit 0
        "#]],
    );
}

#[test]
fn a_first_day_with_todays() {
    first_day(
        "0.205.1",
        &expect![[r#"
            $ daytona create --name demo --label a=b --env K=V
            --- stderr ---
            created `demo` ([ID]), started
            run something in it: `daytona exec demo -- COMMAND`
            --- exit 0
            $ daytona info demo --json=name,state,labels,env
            {
              "name": "demo",
              "state": "started",
              "labels": {
                "a": "b",
                "daytona.io/request": "[ID]"
              },
              "env": {
                "K": "V"
              }
            }
            --- exit 0
            $ daytona list -q --name nobody
            --- exit 0
            $ daytona exec demo -- echo hi
            hi
            --- exit 0
            $ daytona exec demo -- sh -c 'exit 3'
            --- exit 3
            $ daytona exec -i demo -- wc -c
            5
            --- exit 0
            $ daytona exec -i demo -- sh -c 'cat; pwd'
            /home/daytona
            --- exit 0
            $ daytona exec demo -- printf '\377'
            �--- stderr ---
            warning: the output is not text, and this server may have changed bytes of it; write it to a file and copy that: `daytona cp SANDBOX:FILE .`
            --- exit 0
            $ daytona cp file demo:file
            --- stderr ---
            copied 1 file, 8 bytes, to demo:file
            --- exit 0
            $ daytona cp folder demo:folder
            --- stderr ---
            copied 1 file, 2 bytes, to demo:folder
            --- exit 0
            $ daytona exec demo -- cat file 'folder/below/a b'
            content
            x
            --- exit 0
            $ daytona cp demo:folder back
            --- stderr ---
            copied 1 file, 2 bytes, to back
            --- exit 0
            $ daytona cp demo:nofile back2
            --- stderr ---
            error: nofile: there is no such file or folder in the sandbox (404)
            --- exit 5
            $ daytona cp file demo:/root/x
            --- stderr ---
            copied 1 file, 8 bytes, to demo:/root/x
            --- exit 0
            $ daytona code run --sandbox demo program.py
            42
            --- exit 0
            $ daytona code run program.py
            42
            --- exit 0
            $ daytona logs demo
            --- exit 0
            $ daytona preview-url demo --port 3000 -q
            [URL]
            --- exit 0
            $ daytona stop --no-wait demo
            --- stderr ---
            stopped `demo` ([ID])
            --- exit 0
            $ daytona start demo
            --- stderr ---
            started `demo` ([ID])
            --- exit 0
            $ daytona stop demo
            --- stderr ---
            stopped `demo` ([ID])
            --- exit 0
            $ daytona exec demo -- true
            --- stderr ---
            error: sandbox `demo` is stopped, not started
            hint: start it: `daytona start demo`
            --- exit 125
            $ daytona start demo
            --- stderr ---
            started `demo` ([ID])
            --- exit 0
            $ daytona wait demo
            --- stderr ---
            `demo` ([ID]) is started
            --- exit 0
            $ daytona update demo --label c=d --remove-label a --auto-stop 30
            --- stderr ---
            changed `demo` ([ID])
            --- exit 0
            $ daytona pause demo
            --- stderr ---
            paused `demo` ([ID])
            --- exit 0
            $ daytona resume demo
            --- stderr ---
            resumed `demo` ([ID])
            --- exit 0
            $ daytona resize demo --cpu 2
            --- stderr ---
            resized `demo` ([ID]) to 2 CPU, 1 GiB memory, 3 GiB disk
            --- exit 0
            $ daytona fork demo --name demo2
            --- stderr ---
            forked demo into `demo2` ([ID]), started
            --- exit 0
            $ daytona snapshot create snap --sandbox demo
            --- stderr ---
            made the snapshot `snap` ([ID])
            start from it: `daytona create --snapshot snap`
            --- exit 0
            $ daytona snapshot info snap --json=name,state
            {
              "name": "snap",
              "state": "active"
            }
            --- exit 0
            $ daytona create --name three --snapshot snap --ttl 5 --auto-pause 3
            --- stderr ---
            created `three` ([ID]), started
            run something in it: `daytona exec three -- COMMAND`
            --- exit 0
            $ daytona create --name four --like demo
            --- stderr ---
            created `four` ([ID]), started, like `demo` without its files, secrets and time to live
            run something in it: `daytona exec four -- COMMAND`
            --- exit 0
            $ daytona create --name five --cpu 2
            --- stderr ---
            created `five` ([ID]), started
            run something in it: `daytona exec five -- COMMAND`
            --- exit 0
            $ daytona create --name six --secret A=B
            --- stderr ---
            error: Secret 'B' not found (404 Not Found)
            --- exit 5
            $ daytona create --name seven --dockerfile Dockerfile --cpu 1
            --- stderr ---
            created `seven` ([ID]), started
            run something in it: `daytona exec seven -- COMMAND`
            --- exit 0
            $ daytona create --name eight --dockerfile Dockerfile.copy
            --- stderr ---
            error: --dockerfile: `COPY . /app` needs files of a build context, which cannot be sent
            hint: copy them into the sandbox afterwards: `daytona cp FOLDER SANDBOX:PATH`
            --- exit 2
            $ daytona run -- echo ran
            ran
            --- exit 0
            $ daytona snapshot deactivate snap
            --- stderr ---
            deactivated `snap`
            --- exit 0
            $ daytona snapshot activate snap
            --- stderr ---
            activated `snap`
            --- exit 0
            $ daytona volume create vol
            --- stderr ---
            created `vol` ([ID])
            use it: `daytona create --volume vol:/data`
            --- exit 0
            $ daytona volume info vol --json=name,state
            {
              "name": "vol",
              "state": "ready"
            }
            --- exit 0
            $ daytona volume delete vol --yes
            --- stderr ---
            deleted `vol`
            --- exit 0
            $ daytona secret list
            --- exit 0
            $ daytona api-key create k --permission write:sandboxes -q
            [KEY]
            --- exit 0
            $ daytona api-key delete k
            --- stderr ---
            deleted `k`
            --- exit 0
            $ daytona snapshot delete snap --yes
            --- stderr ---
            deleted `snap`
            --- exit 0
            $ daytona stop demo2
            --- stderr ---
            stopped `demo2` ([ID])
            --- exit 0
            $ daytona archive demo2
            --- stderr ---
            archived `demo2` ([ID])
            --- exit 0
            $ daytona start demo2
            --- stderr ---
            started `demo2` ([ID])
            --- exit 0
            $ daytona recover demo2
            --- stderr ---
            error: sandbox `demo2` is started, it did not fail
            --- exit 1
            $ daytona delete demo2
            --- stderr ---
            deleted `demo2`
            --- exit 0
            $ daytona create --name demo2
            --- stderr ---
            created `demo2` ([ID]), started
            run something in it: `daytona exec demo2 -- COMMAND`
            --- exit 0
            $ daytona info demo2 --json=name,state
            {
              "name": "demo2",
              "state": "started"
            }
            --- exit 0
            $ daytona delete demo2 three
            --- stderr ---
            deleted `demo2`
            deleted `three`
            --- exit 0
            $ daytona delete --all --yes --wait
            --- stderr ---
            deleted `seven`
            deleted `five`
            deleted `four`
            deleted `demo`
            --- exit 0
            $ daytona list -q
            --- exit 0
        "#]],
    );
}

fn first_day(version: &'static str, expected: &Expect) {
    let stage = Stage::of(version);
    let home = &stage.home;
    std::fs::write(home.path().join("file"), "content\n").expect("a file");
    std::fs::create_dir_all(home.path().join("folder/below")).expect("a folder");
    std::fs::write(home.path().join("folder/below/a b"), "x\n").expect("a file");
    std::fs::write(home.path().join("Dockerfile"), "FROM host\nENV A=1\n").expect("a file");
    std::fs::write(
        home.path().join("Dockerfile.copy"),
        "FROM host\nCOPY . /app\n",
    )
    .expect("a file");
    std::fs::write(home.path().join("program.py"), "print(6*7)").expect("a file");
    let mut day = String::new();
    for (line, input) in LINES {
        let words = words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let seen = match input {
            Some(input) => home.pipe(&words, input),
            None => home.run(&words),
        };
        let _ = write!(day, "$ daytona {line}\n{}", plain(&seen.to_string()));
    }
    expected.assert_eq(&day);
}

/// Words, with single quotes around those that have blanks.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in line.split('\'').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// Without what differs from run to run.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for word in text.split_inclusive([' ', '\n', '`', '"', '(', ')']) {
        let (inner, end) = word.split_at(word.len() - 1);
        let shown = if uuid::Uuid::parse_str(inner).is_ok() {
            "[ID]"
        } else if inner.starts_with("http://") {
            "[URL]"
        } else if inner.starts_with("dtn_") {
            "[KEY]"
        } else {
            inner
        };
        plain.push_str(shown);
        plain.push_str(end);
    }
    plain
}
