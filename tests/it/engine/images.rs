//! Snapshots of images: from a registry, an archive, a folder; layers shared; short names; clear refusals.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::binary::Home;
use crate::registry::{Registry, tar};

use super::ordinary_user::User;

macro_rules! registry {
    () => {
        match Registry::start() {
            Ok(registry) => registry,
            Err(why) => {
                crate::skip::skip(format_args!("{why}"));
                return;
            }
        }
    };
}

const PROGRAMS: [&str; 8] = ["dash", "cat", "ls", "id", "env", "touch", "rm", "mkdir"];

/// A root file system with a few programs of this machine, and the libraries that they need.
pub(crate) fn root() -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        ("bin/".to_owned(), Vec::new()),
        ("etc/".to_owned(), Vec::new()),
    ];
    let mut libraries = BTreeSet::new();
    for program in PROGRAMS {
        let path = format!("/usr/bin/{program}");
        let name = if program == "dash" { "sh" } else { program };
        files.push((format!("bin/{name}"), fs::read(&path).expect("a program")));
        let needed = Command::new("ldd").arg(&path).output().expect("ldd");
        let needed = String::from_utf8_lossy(&needed.stdout).into_owned();
        for word in needed
            .split_whitespace()
            .filter(|word| word.starts_with('/'))
        {
            libraries.insert(word.to_owned());
        }
    }
    let mut folders = BTreeSet::new();
    for library in &libraries {
        for folder in Path::new(library).ancestors().skip(1) {
            folders.insert(format!("{}/", folder.display()));
        }
    }
    let relative = |path: &str| path.trim_start_matches('/').to_owned();
    files.extend(folders.iter().map(|folder| (relative(folder), Vec::new())));
    files.retain(|(name, _)| !name.is_empty());
    for library in &libraries {
        files.push((relative(library), fs::read(library).expect("a library")));
    }
    files.push((
        "etc/passwd".to_owned(),
        b"root:x:0:0::/root:/bin/sh\n".to_vec(),
    ));
    files.push(("etc/secret".to_owned(), b"old\n".to_vec()));
    files
}

pub(crate) fn layer(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_slice()))
        .collect();
    tar(&files)
}

fn settings() -> serde_json::Value {
    json!({ "Env": ["FROM_IMAGE=yes", "BOTH=image"], "WorkingDir": "/srv/app", "Entrypoint": ["/bin/sh"], "Cmd": ["-c", "echo begun in $PWD; echo quietly >&2; cat main > /tmp/ran"] })
}

fn pushed(registry: &Registry) {
    let base = layer(&root());
    let app = tar(&[
        ("srv/", b""),
        ("srv/app/", b""),
        ("srv/app/main", b"app 1\n"),
        ("etc/.wh.secret", b""),
    ]);
    let other = tar(&[
        ("srv/", b""),
        ("srv/app/", b""),
        ("srv/app/main", b"app 2\n"),
    ]);
    registry.push("x", "1", &[base.clone(), app], &settings());
    registry.push("x", "2", &[base, other], &settings());
}

/// What a sandbox of the image is, whoever runs the engine.
fn used(run: &dyn Fn(&[&str]) -> String, address: &str) {
    let image = format!("{address}/x:1");
    run(&[
        "snapshot", "create", "app", "--image", &image, "--memory", "1",
    ]);
    run(&[
        "create",
        "--name",
        "one",
        "--snapshot",
        "app",
        "-e",
        "BOTH=sandbox",
    ]);
    let seen = run(&[
        "exec",
        "one",
        "--",
        "pwd; cat main; echo $FROM_IMAGE $BOTH; id -u; id -un; ls /usr /etc; cat /etc/passwd",
    ]);
    assert!(
        seen.starts_with("/srv/app\napp 1\nyes sandbox\n1000\ndaytona\n"),
        "{seen}"
    );
    assert!(
        !seen.contains("secret") && seen.contains("root:x:0:0"),
        "{seen}"
    );
    run(&[
        "exec",
        "one",
        "--",
        "echo mine > main; rm /etc/passwd; touch /new; echo home > ~/f",
    ]);
    run(&["stop", "one"]);
    run(&["fork", "one", "--name", "two"]);
    assert_eq!(
        run(&["exec", "two", "--", "cat main ~/f; ls / /etc"])
            .matches("passwd")
            .count(),
        0
    );
    run(&["snapshot", "create", "mine", "--sandbox", "two"]);
    run(&["create", "--name", "three", "--snapshot", "mine"]);
    assert_eq!(
        run(&["exec", "three", "--", "pwd; cat main; echo $FROM_IMAGE"]),
        "/srv/app\nmine\nyes\n"
    );
    run(&["create", "--name", "four", "--snapshot", "app"]);
    assert_eq!(
        run(&["exec", "four", "--", "cat main"]),
        "app 1\n",
        "layers are read-only"
    );
    // Nothing of the host is there.
    let programs = run(&["exec", "four", "--", "ls /bin"]);
    assert_eq!(
        programs.split_whitespace().count(),
        PROGRAMS.len(),
        "{programs}"
    );
    let info = run(&[
        "snapshot",
        "info",
        "app",
        "--json=imageName,ref,entrypoint,mem",
    ]);
    assert!(
        info.contains(&image) && info.contains("sha256:") && info.contains("\"-c\""),
        "{info}"
    );
}

#[test]
fn an_image_of_a_registry_becomes_sandboxes() {
    let registry = registry!();
    pushed(&registry);
    let home = Home::with_engine();
    used(&|arguments| home.text(arguments), &registry.address);
    let layers = || {
        fs::read_dir(home.engine().join("runtime/layers"))
            .expect("layers")
            .count()
    };
    let before = layers();
    let second = format!("{}/x:2", registry.address);
    home.done(&["snapshot", "create", "app2", "--image", &second]);
    assert!(
        layers() - before <= 2,
        "the common layer is there once: {before}, then {}",
        layers()
    );
    home.done(&["create", "--name", "five", "--snapshot", "app2"]);
    assert_eq!(
        home.text(&["exec", "five", "--", "cat main /etc/secret"]),
        "app 2\nold\n"
    );
}

#[test]
fn an_ordinary_user_has_images_too() {
    let registry = registry!();
    pushed(&registry);
    let Some(user) = User::make("i") else {
        return;
    };
    used(&|arguments| user.done(arguments), &registry.address);
}

#[test]
fn archives_and_folders_are_imported() {
    let home = Home::with_engine();
    let place = home.path();
    let folder = place.join("root");
    for (name, content) in root() {
        let path = folder.join(&name);
        if name.ends_with('/') {
            fs::create_dir_all(path).expect("a folder");
        } else {
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(&path, content).expect("a file");
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
            fs::set_permissions(&path, mode).expect("a mode");
        }
    }
    for arguments in [
        &["czf", "root.tar.gz", "-C", "root", "."][..],
        &["cf", "root.tar", "-C", "root", "."],
    ] {
        let packed = Command::new("tar")
            .args(arguments)
            .current_dir(&place)
            .status();
        assert!(packed.expect("tar").success());
    }
    for (name, from) in [
        ("folder", "root"),
        ("plain", "root.tar"),
        ("packed", "root.tar.gz"),
    ] {
        home.done(&["snapshot", "create", name, "--from", from, "--cpu", "1"]);
        home.done(&["create", "--name", name, "--snapshot", name]);
        assert_eq!(
            home.text(&["exec", name, "--", "cat /etc/secret; pwd"]),
            "old\n/home/daytona\n"
        );
    }
    fs::write(place.join("nonsense"), "no archive").expect("a file");
    for (arguments, code, text) in [
        (
            &["snapshot", "create", "x", "--from", "nonsense"][..],
            1,
            "cannot unpack the archive that was sent",
        ),
        (
            &["snapshot", "create", "x2", "--from", "missing"],
            2,
            "--from: cannot read missing",
        ),
        (
            &["snapshot", "create", "folder", "--from", "root.tar"],
            1,
            "Snapshot with name folder already exists",
        ),
    ] {
        let seen = home.run(arguments);
        assert_eq!(seen.code, Some(code), "{arguments:?}: {seen}");
        assert!(seen.stderr.contains(text), "{arguments:?}: {seen}");
    }
    let spooled = fs::read_dir(home.engine().join("spool")).map_or(0, Iterator::count);
    assert_eq!(spooled, 0, "what was sent is not kept");
}

#[test]
fn a_short_name_is_pulled_on_first_use_by_all_at_once() {
    let registry = registry!();
    let home = Home::with_engine();
    fs::create_dir_all(home.engine()).expect("a folder");
    fs::write(
        home.engine().join("images.json"),
        json!({ "mirror": format!("{}/hub", registry.address), "names": { "tiny": "tiny:1" } })
            .to_string(),
    )
    .expect("settings");
    let refused = home.run(&["create", "--name", "early", "--snapshot", "tiny"]);
    assert_eq!(refused.code, Some(1), "{refused}");
    for text in [
        "hub/library/tiny:1",
        "daytona snapshot create tiny --from ARCHIVE",
    ] {
        assert!(refused.stderr.contains(text), "{refused}");
    }
    assert_eq!(
        home.text(&["list", "-q"]),
        "",
        "what never was is not left behind"
    );
    registry.push("hub/library/tiny", "1", &[layer(&root())], &json!({}));
    std::thread::scope(|scope| {
        for name in ["a", "b", "c"] {
            let home = &home;
            scope.spawn(move || home.done(&["create", "--name", name, "--snapshot", "tiny"]));
        }
    });
    assert_eq!(home.text(&["exec", "b", "--", "cat /etc/secret"]), "old\n");
    let snapshots = home.json(&["snapshot", "list", "--name", "tiny"]);
    assert_eq!(snapshots["total"], 1, "{snapshots}");
}

#[test]
fn images_that_cannot_be_had_are_told_apart() {
    let registry = registry!();
    let home = Home::with_engine();
    let there = format!("{}/none:1", registry.address);
    let closed = "127.0.0.1:1/x:1";
    for (image, text) in [
        (there.as_str(), "none:1"),
        (closed, "127.0.0.1:1"),
        ("python:latest", "\\\"latest\\\" is not allowed"),
        ("python", "must include a tag"),
    ] {
        let seen = home.run(&["--json", "snapshot", "create", "x", "--image", image]);
        assert_eq!(seen.code, Some(1), "{image}: {seen}");
        assert!(seen.stderr.contains(text), "{image}: {seen}");
        home.done(&["snapshot", "delete", "x", "--ignore-not-found"]);
    }
    let push = home.run(&["snapshot", "push", "no-such-image:1", "--name", "x"]);
    assert_ne!(push.code, Some(0), "{push}");
}

/// `POST` to the API, as the SDKs do it.
pub(crate) fn post(home: &Home, path: &str, body: &serde_json::Value) -> serde_json::Value {
    let notice = fs::read(home.engine().join("engine.json")).expect("a notice");
    let notice: serde_json::Value = serde_json::from_slice(&notice).expect("JSON");
    let key = fs::read_to_string(home.engine().join("engine.key")).expect("a key");
    let url = format!("{}{path}", notice["url"].as_str().expect("a URL"));
    let output = Command::new("curl")
        .args(["-s", "-H", "Content-Type: application/json", "-H"])
        .arg(format!("Authorization: Bearer {key}"))
        .args(["-d", &body.to_string(), &url])
        .output()
        .expect("curl");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn what_sdks_send_for_the_name_of_an_image_is_understood() {
    let registry = registry!();
    pushed(&registry);
    let home = Home::with_engine();
    home.done(&["list"]);
    let recipe = |more: &str| {
        let text = format!("FROM {}/x:1\n{more}", registry.address);
        json!({ "dockerfileContent": text, "contextHashes": [] })
    };
    registry.push("bare", "1", &[layer(&root())], &settings());
    let image = format!("{}/bare:1", registry.address);
    home.done(&["snapshot", "create", "bare", "--image", &image]);
    let seen = home.text(&["run", "--snapshot", "bare", "--", "pwd"]);
    assert_eq!(seen, "/srv/app\n");
    let body = json!({ "name": "built", "cpu": 1, "memory": 1, "buildInfo": recipe("ENV BOTH='of the recipe'\nWORKDIR /etc\n") });
    let made = post(&home, "/sandbox", &body);
    assert_eq!(made["state"], "pending_build", "{made}");
    home.done(&["wait", "built"]);
    assert_eq!(
        home.text(&["exec", "built", "--", "pwd; echo $FROM_IMAGE $BOTH"]),
        "/etc\nyes of the recipe\n"
    );
    // As Docker does, a folder is made that is not there, below that of the image.
    let body =
        json!({ "name": "made", "cpu": 1, "memory": 1, "buildInfo": recipe("WORKDIR new/deep\n") });
    assert_eq!(post(&home, "/sandbox", &body)["state"], "started");
    assert_eq!(
        home.text(&["exec", "made", "--", "pwd; touch x; ls /srv/app/new/deep"]),
        "/srv/app/new/deep\nx\n"
    );
    home.done(&["stop", "made"]);
    home.done(&["start", "made"]);
    assert_eq!(
        home.text(&["exec", "made", "--", "pwd; ls"]),
        "/srv/app/new/deep\nx\n"
    );
    let body = json!({ "name": "kept", "buildInfo": recipe("CMD [\"/bin/ls\"]") });
    assert_eq!(post(&home, "/snapshots", &body)["name"], "kept");
    let refused = post(
        &home,
        "/sandbox",
        &json!({ "buildInfo": recipe("RUN pip install x") }),
    );
    assert_eq!(refused["statusCode"], 400, "{refused}");
    assert!(
        refused["message"]
            .as_str()
            .expect("a message")
            .contains("RUN pip install x"),
        "{refused}"
    );
}
