//! Images as official SDKs ask for them: from a registry that is there, that refuses, and that is gone.

use expect_test::expect;
use serde_json::json;

use super::clients::{python, reach, run, script, skipped};
use super::images::{layer, root};
use crate::binary::Home;
use crate::registry::Registry;
use crate::responder::{Responder, reply};

#[test]
fn images_through_the_python_sdk() {
    let python = match python("sdk-pinned", "daytona==0.205.1") {
        Ok(python) => python,
        Err(why) => skipped!(why),
    };
    let registry = match Registry::start() {
        Ok(registry) => registry,
        Err(why) => skipped!(why),
    };
    registry.push("x", "1", &[layer(&root())], &json!({}));
    let home = Home::with_engine();
    let image = format!("{}/x:1", registry.address);
    let missing = format!("{}/none:1", registry.address);
    let arguments = [
        &script("sdk_images.py"),
        image.as_str(),
        &missing,
        "127.0.0.1:1/x:1",
    ];
    let seen = run(&home, &python, &arguments, &reach(&home));
    assert_eq!(seen.code, Some(0), "{seen}");
    expect![[r#"
        built started me /srv
        told ['pulling IMAGE', 'finishing', 'the image is here; the sandbox starts']
        what was sent True True
        again started
        missing DaytonaError True True
        left build_failed True
        closed DaytonaError True True
        left build_failed True
        snapshot active True
        told Creating snapshot snap (SnapshotState.BUILDING) | Created snapshot snap (SnapshotState.ACTIVE)
        no snapshot DaytonaError True
        theirs daytona-small local hi
    "#]].assert_eq(&seen.stdout);
    assert_eq!(home.text(&["list", "-q"]), "");

    // Without the registry: what was used once can be used again.
    drop(registry);
    let again = run(&home, &python, &arguments, &reach(&home));
    assert!(
        again.stdout.starts_with("built started me /srv\n"),
        "{again}"
    );
}

#[test]
fn a_registrys_refusal_is_not_the_engines() {
    let home = Home::with_engine();
    home.done(&["list"]);
    let variables = reach(&home);
    for status in [
        "401 Unauthorized",
        "404 Not Found",
        "429 Too Many Requests",
        "500 Internal Server Error",
    ] {
        let registry = Responder::new(move |_, _| reply(status, "{}"));
        let address = registry.url.trim_start_matches("http://").to_owned();
        let body = json!({ "name": "refused", "buildInfo": { "dockerfileContent": format!("FROM {address}/x:1\n") } });
        let made = super::images::post(&home, "/sandbox", &body);
        assert_eq!(made["state"], "pending_build", "{status}: {made}");
        let failed = home.run(&["wait", "refused", "--timeout", "20"]);
        assert_ne!(failed.code, Some(0), "{status}: {failed}");
        let shown = home.json(&["info", "refused"]);
        let why = shown["errorReason"].as_str().unwrap_or_default();
        assert!(
            shown["state"] == "build_failed" && why.contains("x:1"),
            "{status}: {shown}"
        );
        home.done(&["delete", "refused"]);
    }
    assert_eq!(variables.len(), 2);
}
