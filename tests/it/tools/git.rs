//! Repositories: cloned, changed, committed, pushed and pulled.

use std::time::Duration;

use serde_json::json;

use crate::binary::Home;
use crate::leftover::within;
use crate::mcp_client::Server;

/// A repository `hub` with two branches, three commits and one tag, beside a clone of it.
const HUB: &str = r"
set -e
git config --global user.name Me && git config --global user.email me@x && git config --global init.defaultBranch main
git init -q work && cd work
mkdir src && for i in $(seq 1 30); do echo $i > src/f$i; done && echo 1 > 'a b.txt'
git add . && git commit -qm 'first commit'
echo 2 > 'a b.txt' && git commit -qam 'second commit' && git tag v1
git checkout -qb feature && echo 3 > new && git add . && git commit -qm 'on feature' && git checkout -q main
cd .. && git clone -q --bare work hub.git
";

fn stage() -> (Home, Server) {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let made = home.sh("box", HUB);
    assert_eq!(made.code, Some(0), "{made}");
    let server = Server::with_all_tools(&home);
    (home, server)
}

fn here(home: &Home) -> String {
    home.sh("box", "pwd").stdout.trim().to_owned()
}

#[test]
fn a_clone_says_what_it_holds() {
    let (home, mut server) = stage();
    let url = format!("file://{}/hub.git", here(&home));
    let cloned = server.done("git_clone", &json!({"id": "box", "url": url}));
    assert_eq!(
        (&cloned["path"], &cloned["branch"], &cloned["fileCount"]),
        (&json!("hub"), &json!("main"), &json!(31)),
        "{cloned}"
    );
    let last = &cloned["lastCommit"];
    assert_eq!(
        (
            &last["message"],
            &last["author"],
            last["hash"].as_str().map(str::len)
        ),
        (&json!("second commit"), &json!("Me"), Some(40))
    );
    assert_eq!(cloned["branches"], json!(["feature", "main"]), "{cloned}");
    let sample = cloned["sample"].as_array().expect("names");
    assert!(
        sample.len() == 20 && sample.contains(&json!("a b.txt")),
        "{cloned}"
    );
    assert!(cloned["lfs"].is_null(), "{cloned}");
    // One commit of history unless more is asked for.
    assert_eq!(
        home.sh("box", "git -C hub rev-list --count HEAD").stdout,
        "1\n"
    );

    let all = json!({"id": "box", "url": url, "path": "deep/er", "depth": 0, "branch": "feature"});
    let cloned = server.done("git_clone", &all);
    assert_eq!(
        (&cloned["path"], &cloned["branch"], &cloned["fileCount"]),
        (&json!("deep/er"), &json!("feature"), &json!(32))
    );
    assert_eq!(
        home.sh("box", "git -C deep/er rev-list --count HEAD")
            .stdout,
        "3\n"
    );
    let first = home
        .sh("box", "git -C deep/er rev-list HEAD | tail -1")
        .stdout;
    let commit = json!({"id": "box", "url": url, "path": "old", "commitId": first.trim()});
    let cloned = server.done("git_clone", &commit);
    assert_eq!(cloned["lastCommit"]["hash"], first.trim());
    assert!(cloned["branch"].is_null(), "{cloned}");

    let (kind, _, hint) = server.refused("git_clone", &json!({"id": "box", "url": url}));
    assert_eq!(
        (kind.as_str(), hint.contains("another folder")),
        ("conflict", true),
        "{hint}"
    );
    let none = json!({"id": "box", "url": url, "path": "x", "branch": "none"});
    assert_eq!(server.refused("git_clone", &none).0, "not_found");
    let none = json!({"id": "box", "url": format!("{url}-none"), "path": "x"});
    assert_eq!(server.refused("git_clone", &none).0, "not_found");
    // Two lines, the second of which would be another command.
    let wrong = json!({"id": "box", "url": "--upload-pack=touch${IFS}owned", "path": "x"});
    let _ = server.refused("git_clone", &wrong);
    let empty = home.sh("box", "git init -q --bare none.git && ls");
    assert!(
        !empty.stdout.contains("owned") && !empty.stdout.contains("x\n"),
        "{empty}"
    );
    let bare = format!("file://{}/none.git", here(&home));
    let cloned = server.done("git_clone", &json!({"id": "box", "url": bare}));
    assert_eq!(
        (&cloned["fileCount"], &cloned["lastCommit"]),
        (&json!(0), &json!(null))
    );
}

#[test]
fn work_goes_from_clone_to_clone() {
    let (home, mut server) = stage();
    let url = format!("file://{}/hub.git", here(&home));
    for clone in ["one", "two"] {
        server.done(
            "git_clone",
            &json!({"id": "box", "url": url, "path": clone, "depth": 0}),
        );
    }
    let at = |path: &str, more: serde_json::Value| {
        let mut arguments = json!({"id": "box", "path": path});
        let object = arguments.as_object_mut().expect("an object");
        object.extend(more.as_object().expect("an object").clone());
        arguments
    };
    let made = server.done(
        "git_checkout",
        &at("one", json!({"branch": "topic", "create": true})),
    );
    assert_eq!(made["branch"], "topic");
    let _ = home.sh(
        "box",
        "cd one && echo new > n && echo more >> src/f1 && git mv src/f2 src/moved",
    );
    let status = server.done("git_status", &at("one", json!({})));
    assert_eq!(
        (&status["branch"], &status["total"]),
        (&json!("topic"), &json!(3))
    );
    let renamed = &status["files"][1];
    assert_eq!(
        (
            &renamed["name"],
            &renamed["renamedFrom"],
            &renamed["staged"]
        ),
        (&json!("src/moved"), &json!("src/f2"), &json!("Renamed")),
        "{status}"
    );
    let made = server.done(
        "git_commit",
        &at("one", json!({"message": "work", "files": ["."]})),
    );
    assert_eq!(made["commit"].as_str().map(str::len), Some(40));
    let (kind, _, hint) = server.refused("git_commit", &at("one", json!({"message": "again"})));
    assert_eq!(
        (kind.as_str(), hint.contains("git_status")),
        ("conflict", true),
        "{hint}"
    );
    let pushed = server.done("git_push", &at("one", json!({})));
    assert_eq!(
        (&pushed["branch"], &pushed["ahead"]),
        (&json!("topic"), &json!(0))
    );
    assert_eq!(
        home.sh("box", "git -C hub.git log -1 --format=%s topic")
            .stdout,
        "work\n"
    );
    let listed = server.done("git_branches", &at("one", json!({})));
    assert_eq!(
        listed,
        json!({"branches": ["main", "topic"], "total": 2, "current": "topic"})
    );

    // One pushes to main, the other pulls; then both go their own ways.
    server.done("git_checkout", &at("one", json!({"branch": "main"})));
    let _ = home.sh("box", "cd one && echo 9 > nine");
    let who = json!({"message": "nine", "files": ["nine"], "author": "A B", "email": "a@b"});
    server.done("git_commit", &at("one", who));
    server.done("git_push", &at("one", json!({})));
    let pulled = server.done("git_pull", &at("two", json!({})));
    assert_eq!(
        (&pulled["branch"], &pulled["ahead"], &pulled["behind"]),
        (&json!("main"), &json!(0), &json!(0))
    );
    assert_eq!(
        home.sh("box", "git -C two log -1 --format='%an %ae %s'")
            .stdout,
        "A B a@b nine\n"
    );
    let empty = "git commit -q --allow-empty -m";
    let _ = home.sh(
        "box",
        &format!("cd two && {empty} mine && git push -q; cd ../one && {empty} other"),
    );
    let (kind, _, hint) = server.refused("git_push", &at("one", json!({})));
    assert_eq!(
        (kind.as_str(), hint.contains("git_pull")),
        ("conflict", true),
        "{hint}"
    );
    assert_eq!(
        server.refused("git_pull", &at("one", json!({}))).0,
        "conflict"
    );
    let _ = home.sh(
        "box",
        "cd two && git checkout -q main && echo changed > 'a b.txt' && git branch old HEAD~2",
    );
    let (_, message, _) = server.refused("git_checkout", &at("two", json!({"branch": "none"})));
    assert!(message.contains("none"), "{message}");
    assert_eq!(
        server.refused("git_status", &at("src", json!({}))).0,
        "not_found"
    );

    // Without a name nothing is committed.
    let _ = home.sh("box", "git config --global --unset user.name");
    let (kind, _, hint) = server.refused(
        "git_commit",
        &at("one", json!({"message": "m", "files": ["."]})),
    );
    assert_eq!(
        (kind.as_str(), hint.contains("author")),
        ("usage", true),
        "{hint}"
    );
}

#[test]
fn pointers_are_not_taken_for_files() {
    let (home, mut server) = stage();
    let pointer = r"cd work && printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 5\n' 1 > big.bin
        echo '*.bin filter=lfs diff=lfs merge=lfs -text' > .gitattributes
        git add . && git commit -qm large && git push -q ../hub.git main";
    let made = home.sh("box", pointer);
    assert_eq!(made.code, Some(0), "{made}");
    let url = format!("file://{}/hub.git", here(&home));
    let missing = home.sh("box", "git lfs version").code != Some(0);
    assert!(missing, "this test needs a sandbox without git-lfs");
    let cloned = server.done(
        "git_clone",
        &json!({"id": "box", "url": url, "path": "without"}),
    );
    let note = cloned["lfs"].as_str().expect("a note");
    assert!(
        note.starts_with("1 of 1 files") && note.contains("git-lfs is not installed"),
        "{note}"
    );

    // A stand-in for git-lfs: what is asked of it is what matters here.
    let stand_in = r#"mkdir -p ~/.local/bin && cat > ~/.local/bin/git-lfs <<'END'
#!/bin/sh
case $1 in
version) echo git-lfs/0;;
pull) if [ -e ~/.refuse ]; then echo "denied to $DAYTONA_GIT_PASSWORD" >&2; exit 2; fi
    printf whole > big.bin;;
esac
END
chmod +x ~/.local/bin/git-lfs; touch ~/.refuse"#;
    let _ = home.sh("box", stand_in);
    let private =
        json!({"id": "box", "url": url, "path": "denied", "username": "u", "password": "pa55word"});
    let cloned = server.done("git_clone", &private);
    let note = cloned["lfs"].as_str().expect("a note");
    assert!(
        note.ends_with("git lfs pull failed: denied to ***"),
        "{note}"
    );
    let _ = home.sh("box", "rm ~/.refuse");
    let cloned = server.done(
        "git_clone",
        &json!({"id": "box", "url": url, "path": "with"}),
    );
    assert_eq!(cloned["lfs"], "all 1 files of Git LFS have their content");
    assert_eq!(home.sh("box", "cat with/big.bin").stdout, "whole");
}

#[test]
fn a_cancelled_clone_ends_and_leaves_nothing() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let mut server = Server::with_all_tools(&home);
    // A server that takes connections, and says nothing.
    let _ = home.sh(
        "box",
        "nohup python3 -c 'import socket, time; s = socket.create_server((\"127.0.0.1\", 3456)); time.sleep(999)' >/dev/null 2>&1 &",
    );
    let twenty = Duration::from_secs(20);
    let ready = || {
        home.sh("box", "grep -c ':0D80 .* 0A ' /proc/net/tcp")
            .stdout
            == "1\n"
    };
    assert!(within(twenty, ready));
    let arguments = json!({"id": "box", "url": "http://127.0.0.1:3456/x"});
    let call = server.post(
        "tools/call",
        json!({"name": "git_clone", "arguments": arguments}),
    );
    assert!(within(twenty, || home.count("box", "git-remote-http") > 0));
    server.say(
        &json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": call}}),
    );
    assert!(within(twenty, || home.count("box", "git-remote-http") == 0));
    assert!(within(twenty, || home.sh("box", "ls").stdout.is_empty()));
    server.done("list_files", &json!({"id": "box"}));
}

#[test]
fn a_branch_that_a_shallow_clone_lacks_is_fetched() {
    let (home, mut server) = stage();
    let url = format!("file://{}/hub.git", here(&home));
    server.done("git_clone", &json!({"id": "box", "url": url}));
    let _ = home.sh(
        "box",
        "cd work && git tag -a v1 feature -m one && git push -q ../hub.git v1",
    );
    let first = home.sh("box", "cd work && git rev-list --max-parents=0 HEAD");
    let checkout = |branch: &str| json!({"id": "box", "path": "hub", "branch": branch});
    let done = server.done("git_checkout", &checkout("feature"));
    assert_eq!(done["branch"], "feature", "{done}");
    assert_eq!(
        home.sh("box", "cat hub/new; git -C hub status -sb | head -1")
            .stdout,
        "3\n## feature...origin/feature\n"
    );
    server.done("git_checkout", &checkout("main"));
    let done = server.done("git_checkout", &checkout("v1"));
    assert!(done["branch"].is_null(), "{done}");
    let done = server.done("git_checkout", &checkout(first.stdout.trim()));
    assert_eq!(done["commit"], first.stdout.trim(), "{done}");
    let (_, message, hints) = server.refused("git_checkout", &checkout("nowhere"));
    assert!(message.contains("nowhere"), "{message} {hints}");
    let (kind, ..) = server.refused("git_checkout", &checkout("--orphan=x"));
    assert_eq!(kind, "usage");
}

#[test]
fn submodules_that_are_not_fetched_are_told() {
    let (home, mut server) = stage();
    let made = home.sh(
        "box",
        "cd work && git -c protocol.file.allow=always submodule --quiet add \"$PWD/../hub.git\" 'vendor/in ner' && git commit -qm sub && git push -q ../hub.git main",
    );
    assert_eq!(made.code, Some(0), "{made}");
    let url = format!("file://{}/hub.git", here(&home));
    let cloned = server.done("git_clone", &json!({"id": "box", "url": url}));
    let told = cloned["submodules"].as_str().expect("a word on them");
    assert!(
        told.contains("vendor/in ner") && told.contains("git submodule update"),
        "{told}"
    );
}
