//! Keys and secrets: shown once or never, and good for what they are permitted.

use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;

use crate::binary::Home;

/// The address of the engine.
fn url(home: &Home) -> String {
    let shown = home.text(&["serve", "--print-env"]);
    let rest = shown.split("DAYTONA_API_URL='").nth(1).expect("a URL");
    rest.split('\'').next().unwrap_or_default().to_owned()
}

#[test]
fn a_key_does_what_it_is_permitted_until_it_is_deleted() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let made = home.run(&["api-key", "create", "watcher"]);
    assert_eq!(made.code, Some(0), "{made}");
    assert!(made.stderr.contains("shown only this once"), "{made}");
    let watcher = made.stdout.trim().to_owned();
    assert!(watcher.starts_with("dtn_") && watcher.len() == 68, "{made}");
    let quiet = [
        "api-key",
        "new",
        "ci",
        "-p",
        "write:sandboxes",
        "--ttl",
        "60",
        "-q",
    ];
    let writer = home.text(&quiet).trim().to_owned();
    let other = home.json(&["api-key", "create", "other"]);
    assert_eq!(other["name"], "other");
    assert!(
        other["value"]
            .as_str()
            .is_some_and(|key| key.starts_with("dtn_"))
    );

    let list = home.text(&["api-key", "list"]);
    for key in [&watcher, &writer] {
        assert!(!list.contains(&key[4..60]), "{list}");
        assert!(
            list.contains(&format!("dtn{}{}", "*".repeat(20), &key[65..])),
            "{list}"
        );
    }
    let url = url(&home);
    let with = |key: &str| {
        Home::new()
            .set("DAYTONA_API_URL", &url)
            .set("DAYTONA_API_KEY", key)
    };
    let limited = with(&watcher);
    std::fs::write(limited.path().join("archive.tar"), [0; 1024]).expect("a file");
    assert_eq!(limited.json(&["info", "box"])["state"], "started");
    for arguments in [
        &["stop", "box"][..],
        &["delete", "box"],
        &["exec", "box", "--", "true"],
        &["fork", "box"],
        &["pause", "box"],
        &["resize", "box", "--cpu", "2"],
        &["snapshot", "create", "x", "--sandbox", "box"],
        &["snapshot", "create", "x", "--from", "archive.tar"],
        &["cp", "archive.tar", "box:x"],
        &["volume", "list"],
        &["api-key", "list"],
    ] {
        let refused = limited.run(arguments);
        assert!(
            refused.stderr.contains("Access denied"),
            "{arguments:?}: {refused}"
        );
        assert!(matches!(refused.code, Some(4 | 125)), "{refused}");
    }
    for (method, path) in [
        ("POST", "network-settings"),
        ("POST", "start"),
        ("POST", "archive"),
        ("POST", "stop"),
        ("GET", "signing-key"),
    ] {
        let reach = super::crash::Reach {
            address: url
                .trim_start_matches("http://")
                .trim_end_matches("/api")
                .to_owned(),
            key: watcher.clone(),
        };
        let body = r#"{"networkBlockAll":true}"#;
        let mut reply = String::new();
        let mut line = reach.send(method, &format!("/sandbox/box/{path}"), body);
        line.read_to_string(&mut reply).expect("a reply");
        assert!(reply.starts_with("HTTP/1.1 403"), "{path}: {reply}");
    }
    let writing = with(&writer);
    assert_eq!(writing.sh("box", "echo hello").stdout, "hello\n");
    assert_eq!(writing.run(&["delete", "box"]).code, Some(4));

    home.done(&["api-key", "delete", "watcher", "other"]);
    let refused = limited.run(&["list"]);
    assert_eq!(refused.code, Some(4), "{refused}");
    assert!(refused.stderr.contains("Invalid credentials"), "{refused}");
    let own = home.run(&["api-key", "delete", "local engine"]);
    assert!(
        own.stderr.contains("cannot be revoked through the API"),
        "{own}"
    );
    let wrong = home.run(&["api-key", "create", "x", "-p", "root"]);
    assert_eq!(wrong.code, Some(2), "{wrong}");
}

#[test]
fn a_secret_is_in_the_sandbox_and_nowhere_else() {
    let home = Home::with_engine();
    let stored = home.pipe(
        &["secret", "create", "db", "--description", "the db"],
        "hunter2\n",
    );
    assert_eq!(stored.code, Some(0), "{stored}");
    home.done(&[
        "create",
        "--name",
        "box",
        "--secret",
        "DB_PASSWORD=db",
        "--env",
        "A=1",
    ]);
    assert_eq!(home.sh("box", "echo $DB_PASSWORD $A").stdout, "hunter2 1\n");
    for arguments in [
        &["info", "box"][..],
        &["--json", "info", "box"],
        &["--json", "list"],
        &["--json", "secret", "list"],
    ] {
        let text = home.text(arguments);
        assert!(!text.contains("hunter2"), "{text}");
    }
    let mode = std::fs::metadata(home.engine().join("engine.db"))
        .expect("the database")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let log = std::fs::read_to_string(home.engine().join("engine.log")).unwrap_or_default();
    assert!(!log.contains("hunter2"), "{log}");

    let missing = home.run(&["create", "--secret", "X=none"]);
    assert_eq!(missing.code, Some(5), "{missing}");
    assert!(
        missing.stderr.contains("Secret 'none' not found"),
        "{missing}"
    );
    let again = home.pipe(&["secret", "create", "db"], "x");
    assert!(again.stderr.contains("already exists"), "{again}");
    let empty = home.pipe(&["secret", "create", "empty"], "");
    assert_eq!(empty.code, Some(2), "{empty}");
    let gone = home.run(&["secret", "create", "x", "--file", "none"]);
    assert_eq!(gone.code, Some(2), "{gone}");

    home.done(&["secret", "rm", "db"]);
    home.done(&["stop", "box"]);
    home.done(&["start", "box"]);
    assert_eq!(home.sh("box", "echo -$DB_PASSWORD-").stdout, "--\n");
    assert_eq!(home.text(&["secret", "ls", "-q"]), "");
}
