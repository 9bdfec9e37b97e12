//! `create --like` and templates: what is taken over, what wins, what is kept on disk.

use std::os::unix::fs::PermissionsExt as _;

use serde_json::{Value, json};

use crate::binary::Home;

/// A home with a sandbox that is like no other.
fn demo() -> Home {
    let home = Home::with_engine();
    home.done(&["volume", "create", "data"]);
    home.done(&[
        "create",
        "--name",
        "demo",
        "-e",
        "A=1",
        "-e",
        "B=hidden-value",
        "-l",
        "team=core",
        "--memory",
        "2",
        "--auto-stop",
        "7",
        "--auto-archive",
        "60",
        "--public",
        "--volume",
        "data:/data",
        "--ttl",
        "90",
    ]);
    home
}

/// What a sandbox is made with.
fn made(home: &Home, name: &str) -> Value {
    let all = home.json(&["info", name]);
    let keys = [
        "snapshot",
        "env",
        "labels",
        "public",
        "memory",
        "autoStopInterval",
        "autoArchiveInterval",
        "volumes",
        "networkBlockAll",
    ];
    keys.iter()
        .map(|key| ((*key).to_owned(), all[key].clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[test]
fn a_sandbox_is_made_like_another() {
    let home = demo();
    let seen = home.run(&["create", "--like", "demo", "--name", "twin"]);
    assert_eq!(seen.code, Some(0), "{seen}");
    assert!(
        seen.stderr
            .contains("like `demo` without its files, secrets and time to live"),
        "{seen}"
    );
    assert_eq!(made(&home, "twin"), made(&home, "demo"));
    assert_eq!(home.json(&["info", "twin"]).get("autoDestroyAt"), None);
    assert_eq!(
        home.sh("twin", "echo $A$B; ls -d /data").stdout,
        "1hidden-value\n/data\n"
    );
    // Flags win; a name is never taken over.
    home.done(&[
        "create",
        "--like",
        "twin",
        "--name",
        "third",
        "-e",
        "B=3",
        "-l",
        "team=web",
        "--memory",
        "1",
        "--auto-stop",
        "0",
    ]);
    let third = made(&home, "third");
    assert_eq!(third["env"], json!({ "A": "1", "B": "3" }));
    assert_eq!(
        (
            &third["labels"]["team"],
            &third["memory"],
            &third["autoStopInterval"],
            &third["public"]
        ),
        (&json!("web"), &json!(1), &json!(0), &json!(true))
    );
    assert_eq!(home.run(&["create", "--like", "nobody"]).code, Some(5));
    assert_eq!(
        home.run(&["create", "--like", "demo", "--template", "x"])
            .code,
        Some(2)
    );
    // A size or a snapshot: one of one's own has its size.
    home.done(&["snapshot", "create", "base", "--sandbox", "third"]);
    home.done(&["create", "--snapshot", "base", "--name", "based"]);
    home.done(&["create", "--like", "based", "--name", "based-2"]);
    assert_eq!(home.json(&["info", "based-2"])["snapshot"], "base");
    let one_shot = home.run(&["run", "--like", "demo", "--", "echo $A"]);
    assert_eq!(one_shot.stdout, "1\n", "{one_shot}");
}

#[test]
fn a_template_keeps_how_without_what_is_private() {
    let home = demo();
    assert_eq!(home.text(&["template", "list"]), "");
    let seen = home.run(&["template", "save", "web", "--sandbox", "demo", "--cpu", "1"]);
    assert_eq!(seen.code, Some(0), "{seen}");
    assert!(
        seen.stderr.contains("without 2 environment variable(s)"),
        "{seen}"
    );
    let file = home.path().join(".config/daytona/templates/web.json");
    let text = std::fs::read_to_string(&file).expect("a file");
    assert!(!text.contains("hidden-value"), "{text}");
    let mode = std::fs::metadata(&file)
        .expect("a file")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    home.done(&[
        "create",
        "--template",
        "web",
        "--name",
        "from-web",
        "-e",
        "C=3",
    ]);
    let mut expected = made(&home, "demo");
    expected["env"] = json!({ "C": "3" });
    assert_eq!(made(&home, "from-web"), expected);
    assert_eq!(home.json(&["info", "from-web"])["cpu"], 1);
    // Replaced only where that is meant.
    let again = ["template", "save", "web", "--sandbox", "demo", "--with-env"];
    let seen = home.run(&again);
    assert_eq!(seen.code, Some(1), "{seen}");
    assert!(seen.stderr.contains("--replace"), "{seen}");
    home.done(&[&again[..], &["--replace"]].concat());
    assert_eq!(
        home.json(&["template", "info", "web"])["create"]["env"]["B"],
        "hidden-value"
    );
    // Of flags alone, and of another template.
    home.done(&[
        "template",
        "save",
        "small",
        "--template",
        "web",
        "--memory",
        "1",
    ]);
    let small = home.json(&["template", "info", "small"])["create"].clone();
    assert_eq!((&small["memory"], small.get("env")), (&json!(1), None));
    assert_eq!(home.text(&["template", "list", "-q"]), "small\nweb\n");
    for wrong in [
        &["template", "save", "x", "--name", "y"][..],
        &["template", "save", "x", "-e", "A=1"],
        &["template", "save", "../x", "--memory", "1"],
    ] {
        assert_eq!(home.run(wrong).code, Some(2), "{wrong:?}");
    }
    std::fs::write(&file, "{").expect("a file");
    let seen = home.run(&["create", "--template", "web"]);
    assert_eq!(seen.code, Some(1), "{seen}");
    assert!(
        seen.stderr.contains("daytona template delete web"),
        "{seen}"
    );
    home.done(&["template", "delete", "web", "small"]);
    assert_eq!(home.run(&["template", "delete", "web"]).code, Some(5));
    assert_eq!(home.run(&["create", "--template", "web"]).code, Some(5));
    assert_eq!(home.text(&["list", "-q"]).lines().count(), 2);
}
