//! Ports of sandboxes seen from outside: by host name, with every kind of credential, and without.

mod address;
mod frameworks;
mod signed;
mod stage;

use std::io::{Read as _, Write as _};
use std::time::Duration;

use crate::stopwatch::Stopwatch;

use stage::Stage;

#[test]
fn a_preview_opens_to_each_credential_and_to_no_other() {
    let stage = Stage::serving();
    let (id, host) = (&stage.id, stage.host(3456, &stage.id));
    let preview = stage.api_json("/sandbox/box/ports/3456/preview-url");
    assert_eq!(preview["sandboxId"], **id);
    let token = preview["token"].as_str().expect("a token");
    for port in ["0", "65536", "abc", "-1"] {
        let refused = stage.api("GET", &format!("/sandbox/box/ports/{port}/preview-url"));
        assert_eq!(
            (refused.status, refused.message()),
            (400, "Invalid port".to_owned())
        );
    }
    assert_eq!(
        stage.api("GET", "/sandbox/nope/ports/1/preview-url").status,
        404
    );

    // None, or a wrong one.
    let cookie = format!("daytona-sandbox-auth-{id}={token}");
    let wrong = format!("daytona-sandbox-auth-{id}=x");
    for headers in [
        vec![],
        vec![("x-daytona-preview-token", "x")],
        vec![("authorization", "Bearer x")],
        vec![("cookie", wrong.as_str())],
    ] {
        let refused = stage.get("/", &headers);
        assert_eq!(refused.status, 401, "{headers:?}");
        assert!(
            refused.message().contains("needs a token"),
            "{}",
            refused.body
        );
    }
    assert_eq!(stage.get("/?DAYTONA_SANDBOX_AUTH_KEY=x", &[]).status, 401);
    let page = stage.get("/", &[("accept", "text/html,*/*")]);
    assert_eq!(
        (page.status, page.header("content-type")),
        (401, Some("text/html; charset=utf-8"))
    );
    assert!(
        page.body.contains("This preview needs a token"),
        "{}",
        page.body
    );

    // The right one, by each way; the sandbox sees none of them.
    let seen = format!("GET /a%20b?c=d |None|None|None|{host}");
    let key = format!("Bearer {}", stage.key);
    for headers in [
        [("x-daytona-preview-token", token)],
        [("cookie", cookie.as_str())],
        [("authorization", key.as_str())],
    ] {
        let reply = stage.get("/a%20b?c=d", &headers);
        assert_eq!(
            (reply.status, reply.body.as_str()),
            (200, seen.as_str()),
            "{headers:?}"
        );
    }
    let path = format!("/a%20b?DAYTONA_SANDBOX_AUTH_KEY={token}&c=d");
    let reply = stage.get(&path, &[]);
    assert_eq!((reply.status, reply.body.as_str()), (200, seen.as_str()));

    // A browser is sent on without it, and keeps a cookie.
    let sent = stage.get(&path, &[("accept", "text/html")]);
    assert_eq!(
        (sent.status, sent.header("location")),
        (302, Some(format!("http://{host}/a%20b?c=d").as_str()))
    );
    let keeps = format!("{cookie}; Path=/; HttpOnly; SameSite=Lax");
    assert_eq!(sent.header("set-cookie"), Some(keeps.as_str()));
    let away = stage.get(
        &format!("//evil.example/?DAYTONA_SANDBOX_AUTH_KEY={token}"),
        &[("accept", "text/html")],
    );
    assert_eq!(
        away.header("location"),
        Some(format!("http://{host}//evil.example/").as_str())
    );

    // Bodies go in, an application's own credentials and errors are its own, upgrades are tunnels.
    let headers = [
        ("x-daytona-preview-token", token),
        ("authorization", "Basic eA=="),
        ("cookie", "a=1"),
    ];
    let posted = stage.ask("POST", "/p", &host, &headers, "body");
    assert_eq!(
        posted.body,
        format!("POST /p body|Basic eA==|a=1|None|{host}")
    );
    let bad = stage.get("/bad", &[("x-daytona-preview-token", token)]);
    assert!(
        bad.status == 502 && bad.body.starts_with("GET /bad"),
        "{}",
        bad.body
    );
    let headers = [
        ("x-daytona-preview-token", token),
        ("connection", "Upgrade"),
        ("upgrade", "echo"),
    ];
    let mut line = stage.send("GET", "/ws", &host, &headers, "");
    line.write_all(b"hello").expect("sent");
    let mut all = String::new();
    line.read_to_string(&mut all).expect("a tunnel");
    assert!(
        all.starts_with("HTTP/1.1 101") && all.ends_with("echo hello"),
        "{all}"
    );

    // Anybody's, once it is public.
    assert_eq!(stage.api("POST", "/sandbox/box/public/true").status, 200);
    assert_eq!(stage.get("/", &[]).status, 200);
    for private in [22222, 33333, 2280] {
        let refused = stage.ask("GET", "/", &stage.host(private, id), &[], "");
        assert_eq!(refused.status, 401, "{private}");
    }
    let toolbox = stage.ask(
        "GET",
        "/",
        &stage.host(2280, id),
        &[("x-daytona-preview-token", token)],
        "",
    );
    assert_eq!(toolbox.status, 403);
    assert!(toolbox.message().contains("/toolbox/"), "{}", toolbox.body);
}

#[test]
fn a_preview_says_what_is_missing() {
    let stage = Stage::new();
    let token = stage.token();
    let credential = ("x-daytona-preview-token", token.as_str());
    let nothing = stage.get("/", &[credential]);
    assert_eq!(nothing.status, 502);
    assert!(
        nothing
            .message()
            .starts_with("Nothing listens on port 3456 of sandbox box"),
        "{}",
        nothing.body
    );
    let page = stage.get("/", &[credential, ("accept", "text/html")]);
    assert_eq!(
        (page.status, page.header("content-type")),
        (502, Some("text/html; charset=utf-8"))
    );
    assert!(
        page.body.contains("Nothing listens on port 3456"),
        "{}",
        page.body
    );

    stage.home.done(&["stop", "box"]);
    let stopped = stage.get("/", &[credential]);
    assert_eq!(stopped.status, 503);
    assert_eq!(
        stopped.message(),
        "Sandbox box is stopped, not started; start it: `daytona start box`"
    );
    assert!(
        stage
            .get("/", &[credential, ("accept", "text/html")])
            .body
            .contains("daytona start box")
    );
    // Who has no token is not told even that.
    assert_eq!(stage.get("/", &[]).status, 401);

    let gone = stage.host(3456, "00000000-0000-4000-8000-000000000000");
    assert_eq!(stage.ask("GET", "/", &gone, &[], "").status, 404);
    // Not names of ours at all; and the API is not behind names of sandboxes.
    for host in [
        "3456-box.localhost",
        "api.localhost",
        "evil.example",
        "x-a.localhost",
    ] {
        assert_eq!(
            stage.ask("GET", "/api/health", host, &[], "").status,
            403,
            "{host}"
        );
    }
    let host = stage.host(3456, &stage.id);
    assert_eq!(stage.ask("GET", "/api/health", &host, &[], "").status, 401);
}

#[test]
fn bodies_pass_while_they_are_made() {
    let stage = Stage::serving();
    let token = stage.token();
    let credential = ("x-daytona-preview-token", token.as_str());
    let host = stage.host(3456, &stage.id);
    let body = "x".repeat(3 << 20);
    let reply = stage.ask("POST", "/", &host, &[credential], &body);
    assert_eq!(reply.status, 200);
    assert!(reply.body.len() > body.len());

    let begun = Stopwatch::start();
    let mut line = stage.send(
        "GET",
        "/slow",
        &host,
        &[credential, ("connection", "close")],
        "",
    );
    let mut seen = Vec::new();
    while !seen.ends_with(b"first") {
        let mut byte = [0];
        line.read_exact(&mut byte).expect("the first part");
        seen.extend(byte);
    }
    assert!(
        begun.elapsed() < Duration::from_millis(2500),
        "{:?}",
        begun.elapsed()
    );
    let mut rest = String::new();
    line.read_to_string(&mut rest).expect("the rest");
    assert_eq!(rest, "last");
}

#[test]
fn the_page_of_a_sandbox_at_rest_has_a_button_that_starts_it() {
    let stage = Stage::serving();
    let before = stage.token();
    let cookie = format!("daytona-sandbox-auth-{}={before}", stage.id);
    stage.home.done(&["stop", "box"]);
    let seen = stage.get("/a", &[("accept", "text/html"), ("cookie", &cookie)]);
    assert_eq!(seen.status, 503, "{}", seen.body);
    assert!(
        seen.body.contains("action=\"?daytona-start\""),
        "{}",
        seen.body
    );
    let host = stage.host(3456, &stage.id);
    let own = format!("http://{host}");
    // Another page's button, or nobody's: nothing is started.
    for headers in [
        vec![("accept", "text/html"), ("cookie", cookie.as_str())],
        vec![
            ("accept", "text/html"),
            ("cookie", &cookie),
            ("origin", "http://evil.localhost"),
        ],
        vec![("accept", "text/html"), ("origin", own.as_str())],
    ] {
        assert_ne!(stage.post("/a?daytona-start", &headers).status, 303);
    }
    assert_eq!(stage.home.json(&["info", "box"])["state"], "stopped");
    let headers = [
        ("accept", "text/html"),
        ("cookie", cookie.as_str()),
        ("origin", own.as_str()),
    ];
    let started = stage.post("/a?daytona-start", &headers);
    assert_eq!(
        (started.status, started.header("location")),
        (303, Some(format!("{own}/a").as_str()))
    );
    let kept = started
        .header("set-cookie")
        .expect("the new token")
        .to_owned();
    assert!(
        kept.contains(&stage.token()) && !kept.contains(&before),
        "{kept}"
    );
    assert_eq!(stage.home.json(&["info", "box"])["state"], "started");
}

#[test]
fn where_the_engine_says_so_any_visitor_with_the_token_starts_it() {
    let stage =
        Stage::of(crate::binary::Home::with_engine().set("DAYTONA_ENGINE_AUTO_START", "true"));
    let token = stage.token();
    stage.home.done(&["stop", "box"]);
    assert_eq!(stage.get("/", &[]).status, 401);
    assert_eq!(stage.home.json(&["info", "box"])["state"], "stopped");
    let seen = stage.get("/", &[("x-daytona-preview-token", &token)]);
    assert_eq!(
        seen.status, 502,
        "it runs, and nothing listens: {}",
        seen.body
    );
    assert_eq!(stage.home.json(&["info", "box"])["state"], "started");
}

#[test]
fn a_token_opens_the_sockets_of_its_toolbox_where_it_was_asked_for_them_and_nothing_else() {
    let stage = Stage::new();
    stage.home.done(&["create", "--name", "other", "-q"]);
    let token = |name: &str, port: u16| {
        let path = format!("/sandbox/{name}/ports/{port}/preview-url");
        let preview = stage.api_json(&path);
        preview["token"].as_str().expect("a token").to_owned()
    };
    let upgrade = [
        ("connection", "Upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ];
    let socket = |path: &str, token: &str, headers: &[(&str, &str)]| {
        let joint = if path.contains('?') { '&' } else { '?' };
        let path = format!(
            "/toolbox/{}{path}{joint}DAYTONA_SANDBOX_AUTH_KEY={token}",
            stage.id
        );
        let mut line = stage.send("GET", &path, &stage.address, headers, "");
        let mut head = [0; 12];
        line.read_exact(&mut head).expect("an answer");
        String::from_utf8_lossy(&head).into_owned()
    };
    let terminal = "/process/pty/create-connect?id=t&cols=80&rows=24";
    // What the TypeScript SDK does in a browser.
    let own = token("box", 1);
    assert_eq!(socket(terminal, &own, &upgrade), "HTTP/1.1 101");
    for (token, why) in [
        (token("other", 1), "another sandbox's"),
        (token("box", 3000), "for a preview"),
        (String::new(), "none"),
    ] {
        assert_eq!(socket(terminal, &token, &upgrade), "HTTP/1.1 401", "{why}");
    }
    for path in ["/work-dir", "/files?path=/", "/process/pty", terminal] {
        assert_eq!(socket(path, &own, &[]), "HTTP/1.1 401", "{path}");
    }
    assert_eq!(socket("/files?path=/", &own, &upgrade), "HTTP/1.1 401");
    let cookie = format!("daytona-sandbox-auth-{}={own}", stage.id);
    let execute = format!("/toolbox/{}/process/execute", stage.id);
    for header in [
        ("x-daytona-preview-token", own.as_str()),
        ("cookie", cookie.as_str()),
    ] {
        let body = r#"{"command":"id"}"#;
        let refused = stage.ask("POST", &execute, &stage.address, &[header], body);
        assert_eq!(refused.status, 401, "{header:?}");
    }
    let api = format!("/api/sandbox/box?DAYTONA_SANDBOX_AUTH_KEY={own}");
    assert_eq!(
        stage.ask("GET", &api, &stage.address, &[], "").status,
        401,
        "the API is not the toolbox"
    );
}
