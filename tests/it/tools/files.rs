//! Files written, looked at, moved, changed and deleted.

use serde_json::json;

use crate::binary::Home;
use crate::mcp_client::Server;

#[test]
fn a_file_holds_exactly_what_was_sent() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let mut server = Server::with_all_tools(&home);
    let text = "first\r\nüñï \u{1f980}\n\ttab, no end";
    let made = server.done(
        "file_upload",
        &json!({"id": "box", "filePath": "a/b/c/x.txt", "content": text, "encoding": "text"}),
    );
    assert_eq!(
        made,
        json!({"path": "a/b/c/x.txt", "size": text.len(), "compared": true})
    );
    assert_eq!(home.sh("box", "cat a/b/c/x.txt").stdout, text);
    // Every byte there is, through base64 with lines.
    let bytes = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v\nMDEyMzQ1Njc4OTo7PD0+P0BBQkNERUZHSElKS0xNTk9QUVJTVFVWV1hZWltcXV5f\nYGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn+AgYKDhIWGh4iJiouMjY6P\nkJGSk5SVlpeYmZqbnJ2en6ChoqOkpaanqKmqq6ytrq+wsbKztLW2t7i5uru8vb6/\nwMHCw8TFxsfIycrLzM3Oz9DR0tPU1dbX2Nna29zd3t/g4eLj5OXm5+jp6uvs7e7v\n8PHy8/T19vf4+fr7/P3+/w==\n";
    let sent =
        json!({"id": "box", "filePath": "/tmp/bytes", "content": bytes, "encoding": "base64"});
    assert_eq!(server.done("file_upload", &sent)["size"], 256);
    let sum = home.sh("box", "sha256sum < /tmp/bytes").stdout;
    assert_eq!(
        sum.split_whitespace().next(),
        Some("40aff2e9d2d8922e47afd4648e6967497158785fbd1da870e7110266bf944880")
    );
    let empty = json!({"id": "box", "filePath": "empty", "content": ""});
    assert_eq!(server.done("file_upload", &empty)["size"], 0);
    // Larger than what is read back.
    let large = "0123456789abcdef".repeat(100_000);
    let sent = json!({"id": "box", "filePath": "large", "content": large});
    let made = server.done("file_upload", &sent);
    assert_eq!(
        (&made["size"], &made["compared"]),
        (&json!(1_600_000), &json!(false))
    );
}

#[test]
fn what_is_there_is_not_replaced_unasked() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let mut server = Server::with_all_tools(&home);
    let upload = |content: &str, overwrite| json!({"id": "box", "filePath": "f", "content": content, "encoding": "text", "overwrite": overwrite});
    server.done("file_upload", &upload("one", false));
    let (kind, message, hint) = server.refused("file_upload", &upload("two", false));
    assert_eq!(kind, "conflict", "{message}");
    assert!(hint.contains("overwrite: true"), "{hint}");
    assert_eq!(home.sh("box", "cat f").stdout, "one");
    server.done("file_upload", &upload("two", true));
    assert_eq!(home.sh("box", "cat f").stdout, "two");
    let bad = json!({"id": "box", "filePath": "g", "content": "AAH", "encoding": "base64"});
    assert_eq!(server.refused("file_upload", &bad).0, "usage");
    let bad = json!({"id": "box", "filePath": "g", "content": "a", "encoding": "hex"});
    assert_eq!(server.refused("file_upload", &bad).0, "usage");
    assert_eq!(home.sh("box", "ls").stdout, "f\n");
    let folder = json!({"id": "box", "filePath": "/tmp", "content": "a", "overwrite": true});
    let (_, message, _) = server.refused("file_upload", &folder);
    assert_eq!(message, "/tmp is a folder");
}

#[test]
fn files_are_listed_moved_changed_and_deleted() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let mut server = Server::with_all_tools(&home);
    let made = server.done(
        "create_folder",
        &json!({"id": "box", "folderPath": "d/e", "mode": "0700"}),
    );
    assert_eq!(made, json!({"path": "d/e", "permissions": "0700"}));
    let _ = home.sh(
        "box",
        "cd d && for i in $(seq 1 450); do echo $i > f$(printf %03d $i); done; mkfifo g",
    );
    let page = server.done("list_files", &json!({"id": "box", "path": "d"}));
    assert_eq!(
        (&page["total"], &page["truncated"], &page["nextOffset"]),
        (&json!(452), &json!(true), &json!(200))
    );
    let files = page["files"].as_array().expect("files");
    assert_eq!(files.len(), 200);
    assert_eq!(
        (&files[0]["name"], &files[0]["type"]),
        (&json!("e"), &json!("folder"))
    );
    assert_eq!(
        (&files[1]["name"], &files[1]["size"]),
        (&json!("f001"), &json!(2))
    );
    let page = server.done(
        "list_files",
        &json!({"id": "box", "path": "d", "offset": 400}),
    );
    let files = page["files"].as_array().expect("files");
    assert_eq!((files.len(), &page["truncated"]), (52, &json!(false)));
    assert_eq!(
        (&files[51]["name"], &files[51]["type"]),
        (&json!("g"), &json!("other"))
    );
    let (kind, ..) = server.refused("list_files", &json!({"id": "box", "path": "none"}));
    assert_eq!(kind, "not_found");

    let moved = json!({"id": "box", "sourcePath": "d/f001", "destPath": "d/moved"});
    server.done("move_file", &moved);
    let info = server.done(
        "get_file_info",
        &json!({"id": "box", "filePath": "d/moved"}),
    );
    assert_eq!((&info["type"], &info["size"]), (&json!("file"), &json!(2)));
    let onto = json!({"id": "box", "sourcePath": "d/f002", "destPath": "d/moved"});
    assert_eq!(server.refused("move_file", &onto).0, "conflict");
    assert_eq!(server.refused("move_file", &moved).0, "not_found");

    let private = json!({"id": "box", "filePath": "d/moved", "mode": "0600"});
    assert_eq!(
        server.done("set_file_permissions", &private)["permissions"],
        "0600"
    );
    let nothing = json!({"id": "box", "filePath": "d/moved"});
    assert_eq!(server.refused("set_file_permissions", &nothing).0, "usage");

    let gone = json!({"id": "box", "filePath": "d"});
    assert_eq!(server.done("delete_file", &gone), json!({"deleted": "d"}));
    let (kind, _, hint) = server.refused("delete_file", &gone);
    assert_eq!(
        (kind.as_str(), hint.contains("list_files")),
        ("not_found", true)
    );
    assert_eq!(home.sh("box", "ls").stdout, "");
}

#[test]
fn text_and_names_are_found_and_text_is_replaced() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let mut server = Server::with_all_tools(&home);
    let _ = home.sh(
        "box",
        "mkdir -p s/t && for i in $(seq 1 120); do echo \"line $i needle\"; done > s/many.txt
         printf 'a needle. b' > s/t/one.py; printf 'no\\0needle' > s/binary; head -c 3000 /dev/zero | tr '\\0' x > s/long; echo 'needle' >> s/long",
    );
    let found = server.done(
        "search_files",
        &json!({"id": "box", "path": "s", "text": "needle"}),
    );
    let matches = found["matches"].as_array().expect("matches");
    assert_eq!((matches.len(), &found["truncated"]), (50, &json!(true)));
    assert!(
        matches[0]["text"].as_str().expect("text").len() < 700,
        "{}",
        matches[0]
    );
    assert_eq!(
        matches[1],
        json!({"file": "s/many.txt", "line": 1, "text": "line 1 needle"})
    );
    let found = server.done(
        "search_files",
        &json!({"id": "box", "path": "s", "text": "needle.", "limit": 5}),
    );
    assert_eq!(
        found,
        json!({"matches": [{"file": "s/t/one.py", "line": 1, "text": "a needle. b"}], "truncated": false})
    );
    let found = server.done(
        "search_files",
        &json!({"id": "box", "path": "s", "name": "*.py"}),
    );
    assert_eq!(found, json!({"files": ["s/t/one.py"], "truncated": false}));
    // All of the file system: the walk ends when enough was found.
    let found = server.done(
        "search_files",
        &json!({"id": "box", "path": "/", "name": "*", "limit": 3}),
    );
    assert_eq!(found["truncated"], true);
    assert_eq!(
        server
            .refused("search_files", &json!({"id": "box", "path": "s"}))
            .0,
        "usage"
    );
    let none = json!({"id": "box", "path": "none", "text": "a"});
    assert_eq!(server.refused("search_files", &none).0, "not_found");

    let replace = json!({"id": "box", "files": ["s/t/one.py", "s/none"], "pattern": "needle.", "newValue": "pin"});
    let replaced = server.done("replace_in_files", &replace);
    assert_eq!(replaced["done"], json!(["s/t/one.py"]));
    assert_eq!(replaced["failed"][0]["file"], "s/none");
    assert_eq!(home.sh("box", "cat s/t/one.py").stdout, "a pin b");
    assert_eq!(replaced["counts"], json!({"s/t/one.py": 1}));
    let replace = json!({"id": "box", "files": ["s/none"], "pattern": "a", "newValue": "b"});
    let (_, message, _) = server.refused("replace_in_files", &replace);
    assert!(message.contains("s/none"), "{message}");
}

#[test]
fn what_was_not_replaced_is_a_failure_and_line_ends_stay() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let mut server = Server::with_all_tools(&home);
    let _ = home.sh(
        "box",
        "printf 'one\\r\\ntwo\\r\\nthree\\r\\none\\r\\ntwo\\r\\n' > crlf; printf 'one\\ntwo\\nthree\\n' > lf; printf 'one\\r\\ntwo\\none\\ntwo\\n' > mixed; chmod 751 lf",
    );
    let mut replace = |files: &[&str], pattern: &str, new: &str| {
        let arguments = json!({"id": "box", "files": files, "pattern": pattern, "newValue": new});
        server.done("replace_in_files", &arguments)
    };
    // A text with line ends, in files with either.
    let replaced = replace(&["crlf", "lf", "mixed"], "one\ntwo", "1\n2");
    assert_eq!(
        replaced["counts"],
        json!({"crlf": 2, "lf": 1, "mixed": 1}),
        "{replaced}"
    );
    let shown = |name: &str| {
        home.sh(
            "box",
            &format!("od -An -c {name} | tr -d ' \\n'; stat -c %a {name}"),
        )
        .stdout
    };
    assert_eq!(
        shown("crlf"),
        "1\\r\\n2\\r\\nthree\\r\\n1\\r\\n2\\r\\n644\n"
    );
    assert_eq!(shown("lf"), "1\\n2\\nthree\\n751\n");
    assert_eq!(shown("mixed"), "one\\r\\ntwo\\n1\\n2\\n644\n");
    // New lines are of the file's kind.
    replace(&["crlf", "lf"], "three", "3\n4\r\n5");
    assert_eq!(
        shown("crlf"),
        "1\\r\\n2\\r\\n3\\r\\n4\\r\\n5\\r\\n1\\r\\n2\\r\\n644\n"
    );
    assert_eq!(shown("lf"), "1\\n2\\n3\\n4\\n5\\n751\n");
    let partly = replace(&["lf", "mixed"], "5", "6");
    assert_eq!(
        (&partly["done"], &partly["failed"][0]["file"]),
        (&json!(["lf"]), &json!("mixed")),
        "{partly}"
    );
    let arguments =
        json!({"id": "box", "files": ["lf", "crlf"], "pattern": "not there", "newValue": ""});
    let (kind, message, hint) = server.refused("replace_in_files", &arguments);
    assert_eq!(kind, "not_found", "{message}");
    assert!(
        message.contains("not in lf") && hint.contains("read_file"),
        "{message} {hint}"
    );
}

#[test]
fn a_stopped_sandbox_is_started_for_its_files() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let _ = home.sh("box", "echo kept > note");
    home.done(&["stop", "box"]);
    let mut server = Server::with_all_tools(&home);
    let page = server.done("read_file", &json!({"id": "box", "filePath": "note"}));
    assert_eq!(page["text"], "kept\n");
    let (kind, ..) = server.refused("read_file", &json!({"id": "nobody", "filePath": "note"}));
    assert_eq!(kind, "not_found");
    let (kind, message, _) = server.refused(
        "read_file",
        &json!({"id": "box", "filePath": "note", "line": 3}),
    );
    assert!(kind == "usage" && message.contains("line"), "{message}");
}
