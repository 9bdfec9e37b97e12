//! `--compat interpreter`: what instructions and agents of the older interpreters call is there, under its
//! names and with its arguments; in the order of their README.

use serde_json::{Value, json};

use crate::binary::Home;
use crate::mcp_client::Server;
use crate::stopwatch::Stopwatch;

const FLAGS: &[&str] = &["--compat", "interpreter"];

fn names(server: &mut Server) -> Vec<String> {
    let tools = server.ask("tools/list", json!({}))["result"]["tools"].clone();
    let tools = tools.as_array().expect("tools").iter();
    tools
        .map(|tool| tool["name"].as_str().expect("a name").to_owned())
        .collect()
}

#[test]
fn its_readme_can_be_followed_call_by_call() {
    let home = Home::with_engine();
    let mut server = Server::with(&home, FLAGS, &json!({}));
    assert_eq!(
        names(&mut server),
        [
            "file_download",
            "file_upload",
            "get_job",
            "git_clone",
            "kill_job",
            "python_exec",
            "python_interpreter",
            "shell_exec",
            "web_preview"
        ]
    );
    let listed = server.done("shell_exec", &json!({"command": "ls -la"}));
    assert!(
        listed["stdout"]
            .as_str()
            .is_some_and(|text| text.contains("total")),
        "{listed}"
    );
    let failed = server.done(
        "shell_exec",
        &json!({"command": "echo a; echo b >&2; exit 3"}),
    );
    assert_eq!(
        (&failed["stdout"], &failed["stderr"], &failed["exitCode"]),
        (&json!("a\n"), &json!("b\n"), &json!(3))
    );
    for tool in ["python_interpreter", "python_exec"] {
        let code = "x = \"it's\"\nprint(x, 6 * 7)\nopen('kept', 'w').write('y')";
        assert_eq!(
            server.done(tool, &json!({"code": code}))["stdout"],
            "it's 42\n"
        );
    }
    assert_eq!(
        server.done("shell_exec", &json!({"command": "cat kept"}))["stdout"],
        "y"
    );
    // A server in the background answers at once, and its preview works.
    let begun = Stopwatch::start();
    server.done(
        "shell_exec",
        &json!({"command": "python3 -m http.server 8000 &"}),
    );
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    let link = (0..50).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        let result = server.result(
            "web_preview",
            &json!({"port": 8000, "description": "files"}),
        );
        (result["isError"] != true).then(|| result["structuredContent"].clone())
    });
    let link = link.expect("a server");
    assert_eq!(
        (&link["status"], &link["description"]),
        (&json!(200), &json!("files"))
    );
    let (kind, message, hints) = server.refused("web_preview", &json!({"port": 8001}));
    assert_eq!(kind, "unavailable", "{message}");
    assert!(
        hints.contains("web_preview with check_server: false") && hints.contains("shell_exec"),
        "{hints}"
    );
    let unchecked = json!({"port": 8001, "check_server": false});
    assert!(server.done("web_preview", &unchecked)["url"].is_string());
    // Files: text, JSON, a picture; one that is there is replaced unless that is not wanted.
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    for (path, content, encoding) in [
        ("notes/a.txt", "hello", "text"),
        ("config.json", "{\"a\": 1}", "text"),
        ("logo.png", png, "base64"),
    ] {
        let upload = json!({"file_path": path, "content": content, "encoding": encoding});
        server.done("file_upload", &upload);
        server.done("file_upload", &upload);
        let careful = json!({"file_path": path, "content": "x", "overwrite": false});
        assert_eq!(server.refused("file_upload", &careful).0, "conflict");
    }
    let picture = server.call("file_download", &json!({"file_path": "logo.png"}));
    let blocks = picture["result"]["content"]
        .as_array()
        .expect("content")
        .clone();
    assert!(
        blocks.iter().any(|block| block["type"] == "image"),
        "{picture}"
    );
    // A large file: the choices, and each of them.
    server.done(
        "shell_exec",
        &json!({"command": "seq 1 1000000 > data.csv"}),
    );
    let choices = server.done("file_download", &json!({"file_path": "data.csv"}));
    let options: Vec<&str> = choices["options"]
        .as_array()
        .expect("options")
        .iter()
        .map(|one| one["download_option"].as_str().expect("a name"))
        .collect();
    assert_eq!(
        options,
        [
            "download_partial",
            "convert_to_text",
            "compress_file",
            "force_download"
        ]
    );
    assert!(
        choices["note"]
            .as_str()
            .is_some_and(|note| note.contains("max_size_mb")),
        "{choices}"
    );
    let whole = json!({"file_path": "data.csv", "max_size_mb": 10});
    assert!(server.done("file_download", &whole)["text"].is_string());
    let partial = json!({"file_path": "data.csv", "download_option": "download_partial", "chunk_size_kb": 200});
    assert_eq!(
        server.done("file_download", &partial)["partialBytes"],
        200 << 10
    );
    for option in ["convert_to_text", "compress_file", "force_download"] {
        let download = json!({"file_path": "data.csv", "download_option": option});
        server.done("file_download", &download);
    }
    // Repositories: address, branch, folder, all commits.
    let script =
        "git init -qb main w && cd w && git config user.email a@b && git config user.name a &&
        for i in 1 2 3; do echo $i > f; git add f; git commit -qm $i; done; git branch other; pwd";
    let made = server.done("shell_exec", &json!({"command": script}));
    let url = format!("file://{}", made["stdout"].as_str().expect("a path").trim());
    let clone =
        json!({"repo_url": url, "branch": "other", "target_path": "copy", "depth": 0, "lfs": true});
    let cloned = server.done("git_clone", &clone);
    assert_eq!(
        (&cloned["branch"], &cloned["path"]),
        (&json!("other"), &json!("copy"))
    );
    let count = server.done(
        "shell_exec",
        &json!({"command": "git -C copy rev-list --count HEAD"}),
    );
    assert_eq!(count["stdout"], "3\n");
    let again = server.refused("git_clone", &clone);
    assert_eq!(again.0, "conflict");
    assert!(again.2.contains("target_path"), "{again:?}");
}

#[test]
fn ours_can_be_had_besides_and_dot_env_is_read() {
    let home = Home::with_engine();
    std::fs::write(
        home.path().join(".env"),
        "DAYTONA_MCP_SESSION=shared\nMCP_DAYTONA_TIMEOUT=77\n",
    )
    .expect("written");
    let more = [
        FLAGS,
        &["--toolsets", "default", "--tools", "list_sandboxes"],
    ]
    .concat();
    let mut server = Server::with(&home, &more, &json!({}));
    let names = names(&mut server);
    assert!(
        names.contains(&"list_sandboxes".to_owned()) && names.contains(&"shell_exec".to_owned()),
        "{names:?}"
    );
    assert!(!names.contains(&"create_sandbox".to_owned()), "{names:?}");
    server.done("shell_exec", &json!({"command": "true"}));
    let all: Value = server.done("list_sandboxes", &json!({}));
    let name = all["items"][0]["name"].as_str().unwrap_or_default();
    assert_eq!(name, "session-shared", "{all}");
    // Without it, the file is nobody's business.
    let mut plain = Server::with(&home, &[], &json!({}));
    plain.done("execute_command", &json!({"command": "true"}));
    let all = plain.done("list_sandboxes", &json!({}));
    assert_eq!(all["items"].as_array().map(Vec::len), Some(2), "{all}");
    let wrong = home.run(&["mcp", "start", "--compat", "other"]);
    assert!(wrong.stderr.contains("interpreter"), "{wrong}");
}
