//! What works for whoever has the address: signed previews and files, and the command that prints them.

use std::time::Duration;

use crate::leftover::within;

use super::stage::Stage;

#[test]
fn a_signed_preview_lasts_until_it_expires_or_is_revoked() {
    let stage = Stage::serving();
    for (query, message) in [
        (
            "0",
            "expiresInSeconds must be between 1 second and 24 hours",
        ),
        (
            "86401",
            "expiresInSeconds must be between 1 second and 24 hours",
        ),
        ("x", "expiresInSeconds must be an integer number"),
    ] {
        let path = format!("/sandbox/box/ports/3456/signed-preview-url?expiresInSeconds={query}");
        let refused = stage.api("GET", &path);
        assert_eq!((refused.status, refused.message().as_str()), (400, message));
    }
    let sign = |query: &str| {
        let signed = stage.api_json(&format!(
            "/sandbox/box/ports/3456/signed-preview-url{query}"
        ));
        assert_eq!(
            (signed["sandboxId"].as_str(), signed["port"].as_u64()),
            (Some(stage.id.as_str()), Some(3456))
        );
        let token = signed["token"].as_str().expect("a token").to_owned();
        assert!(
            token.len() == 16
                && token
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()),
            "{token}"
        );
        let url = signed["url"].as_str().expect("a URL");
        assert!(url.ends_with(&format!("/~{token}")), "{url}");
        token
    };
    let ask = |port: u16, token: &str| stage.ask("GET", "/x", &stage.host(port, token), &[], "");
    let (token, short) = (sign(""), sign("?expiresInSeconds=1"));
    let reply = ask(3456, &token);
    assert_eq!((reply.status, &reply.body[..6]), (200, "GET /x"));
    assert_eq!(ask(3457, &token).status, 401, "another port");
    assert_eq!(ask(3456, "0123456789abcdef").status, 401, "never signed");
    let expired = || ask(3456, &short).status == 401;
    assert!(within(Duration::from_secs(5), expired));
    // It outlives a restart of the sandbox.
    stage.home.done(&["stop", "box"]);
    assert_eq!(ask(3456, &token).status, 503);
    stage.home.done(&["start", "box"]);
    assert_eq!(ask(3456, &token).status, 502);
    stage.serve();
    assert_eq!(ask(3456, &token).status, 200);
    let expire = format!("/sandbox/box/ports/3456/signed-preview-url/{token}/expire");
    let expired = stage.api("POST", &expire);
    assert_eq!((expired.status, expired.body.as_str()), (200, ""));
    assert_eq!(ask(3456, &token).status, 401, "revoked");
    assert_eq!(stage.api("POST", &expire).status, 404);
}

/// Signs as the official clients do, in the sandbox's own Python.
fn signature(stage: &Stage, key: &str, signed: &str) -> String {
    let text = "import sys,hmac,hashlib,base64; k,m=sys.argv[1:]; \
        print('v1_'+base64.urlsafe_b64encode(hmac.new(k.encode(),m.encode(),hashlib.sha256).digest()).rstrip(b'=').decode())";
    let seen = stage
        .home
        .run(&["exec", "box", "--", "python3", "-c", text, key, signed]);
    assert_eq!(seen.code, Some(0), "{seen}");
    seen.stdout.trim().to_owned()
}

#[test]
fn files_are_read_and_written_by_signed_addresses() {
    let stage = Stage::new();
    let key = stage.api("GET", "/sandbox/box/signing-key");
    assert_eq!(
        (key.status, key.header("content-type")),
        (200, Some("text/plain; charset=utf-8"))
    );
    let key = key.body;
    assert!(key.starts_with('k') && key.len() > 32, "{key}");
    assert_eq!(stage.api("GET", "/sandbox/box/signing-key").body, key);
    let ask = |method: &str, route: &str, path: &str, expires: &str, signature: &str| {
        let url = format!(
            "/toolbox/{}/files/{route}?path={path}&expires={expires}&signature={signature}",
            stage.id
        );
        stage.ask(
            method,
            &url,
            &stage.address,
            &[("content-type", "application/octet-stream")],
            if method == "POST" { "bytes" } else { "" },
        )
    };
    let (read, write) = (
        signature(&stage, &key, "v1:files:GET:/tmp/a b:0"),
        signature(&stage, &key, "v1:files:POST:/tmp/a b:0"),
    );
    let written = ask("POST", "upload-v2", "%2Ftmp%2Fa%20b", "0", &write);
    assert_eq!(written.status, 200, "{}", written.body);
    let got = ask("GET", "download", "%2Ftmp%2Fa%20b", "0", &read);
    assert_eq!((got.status, got.body.as_str()), (200, "bytes"));
    // Not for another method, path or time, and not after its time.
    assert_eq!(
        ask("POST", "upload-v2", "%2Ftmp%2Fa%20b", "0", &read).status,
        401
    );
    assert_eq!(
        ask("GET", "download", "%2Fetc%2Fpasswd", "0", &read).status,
        401
    );
    assert_eq!(
        ask("GET", "download", "%2Ftmp%2Fa%20b", "9999999999", &read).status,
        401
    );
    let late = signature(&stage, &key, "v1:files:GET:/tmp/a b:1000");
    let late = ask("GET", "download", "%2Ftmp%2Fa%20b", "1000", &late);
    assert_eq!(
        (late.status, late.message().as_str()),
        (401, "The signed URL has expired")
    );
    let later = signature(&stage, &key, "v1:files:GET:/tmp/a b:9999999999");
    assert_eq!(
        ask("GET", "download", "%2Ftmp%2Fa%20b", "9999999999", &later).status,
        200
    );
    // Another key: what was signed with the old one is void.
    let rotated = stage.api("POST", "/sandbox/box/signing-key/rotate");
    assert_eq!(rotated.status, 200);
    assert_ne!(rotated.body, key);
    assert_eq!(
        ask("GET", "download", "%2Ftmp%2Fa%20b", "0", &read).status,
        401
    );
    let read = signature(&stage, &rotated.body, "v1:files:GET:/tmp/a b:0");
    assert_eq!(
        ask("GET", "download", "%2Ftmp%2Fa%20b", "0", &read).status,
        200
    );
}

#[test]
fn ssh_access_is_refused_with_a_reason() {
    let stage = Stage::new();
    for (method, path) in [
        ("POST", "/sandbox/box/ssh-access?expiresInMinutes=60"),
        ("DELETE", "/sandbox/box/ssh-access"),
        ("GET", "/sandbox/ssh-access/validate?token=x"),
    ] {
        let refused = stage.api(method, path);
        assert_eq!(refused.status, 422, "{path}");
        assert!(
            refused.message().contains("no SSH gateway"),
            "{}",
            refused.body
        );
    }
    assert_eq!(stage.api("POST", "/sandbox/nope/ssh-access").status, 404);
}

#[test]
fn the_command_prints_a_url_that_works() {
    let stage = Stage::serving();
    let printed = stage.home.text(&["preview-url", "box", "-p", "3456"]);
    let url = printed.strip_suffix('\n').expect("one line");
    let rest = url.strip_prefix("http://").expect("a URL");
    let (host, path) = rest.split_once('/').expect("a token");
    let path = format!("/{path}");
    assert_eq!(stage.ask("GET", &path, host, &[], "").status, 200);
    let (_, token) = path.split_once('~').expect("a token");
    let name = stage.host(3456, token);
    assert_eq!(stage.ask("GET", "/", &name, &[], "").status, 200);
    let quiet = stage
        .home
        .text(&["preview-url", "box", "-p", "3456", "--unsigned", "-q"]);
    assert_eq!(quiet, format!("http://{host}\n"));
    let signed = stage
        .home
        .json(&["preview-url", "box", "-p", "3456", "--expires", "60"]);
    assert_eq!(
        (signed["port"].as_u64(), signed["expiresInSeconds"].as_u64()),
        (Some(3456), Some(60))
    );
    let plain = stage
        .home
        .json(&["sandbox", "preview-url", "box", "-p", "3456", "--unsigned"]);
    assert_eq!(plain["token"], stage.token());
    for (arguments, code) in [
        (&["preview-url", "bix", "-p", "1"][..], 5),
        (&["preview-url", "box"], 2),
        (&["preview-url", "box", "-p", "0"], 2),
        (&["preview-url", "box", "-p", "1", "--expires", "86401"], 2),
        (
            &[
                "preview-url",
                "box",
                "-p",
                "1",
                "--expires",
                "9",
                "--unsigned",
            ],
            2,
        ),
    ] {
        let seen = stage.home.run(arguments);
        assert_eq!(seen.code, Some(code), "{arguments:?}: {seen}");
    }
    let seen = stage.home.run(&["preview-url", "bix", "-p", "1"]);
    assert!(seen.stderr.contains("did you mean `box`"), "{seen}");
}
