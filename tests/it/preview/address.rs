//! Previews at addresses of their own: what any program fetches as it stands, and what keeps them apart.

use super::stage::Stage;

/// The host and port of a URL, and its path.
fn parts(url: &serde_json::Value) -> (String, String) {
    let rest = url
        .as_str()
        .and_then(|url| url.strip_prefix("http://"))
        .expect("a URL");
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    (host.to_owned(), format!("/{path}"))
}

#[test]
fn an_address_means_one_port_of_one_sandbox_and_outlives_the_engine() {
    let stage = Stage::serving();
    stage.home.done(&["create", "--name", "other", "-q"]);
    let link = |name: &str, port: u16| {
        stage.api_json(&format!("/sandbox/{name}/ports/{port}/preview-url"))
    };
    let (here, _) = parts(&link("box", 3456)["url"]);
    assert_eq!(parts(&link("box", 3456)["url"]).0, here);
    let (other_port, _) = parts(&link("box", 3457)["url"]);
    let (other_box, _) = parts(&link("other", 3456)["url"]);
    // Pages and cookies belong to a host: none is another's, and none is the API's.
    let hosts = [&here, &other_port, &other_box, &stage.address];
    let names: std::collections::BTreeSet<_> =
        hosts.iter().map(|host| host.split(':').next()).collect();
    assert_eq!(names.len(), 4, "{hosts:?}");
    // It is a preview, with the same rules, and no way to the API.
    let token = stage.token();
    let credential = ("x-daytona-preview-token", token.as_str());
    let at = |host: &str, path: &str, headers: &[(&str, &str)]| {
        Stage::ask_at(host, "GET", path, host, headers, "")
    };
    assert_eq!(at(&here, "/", &[]).status, 401);
    assert_eq!(at(&here, "/api/health", &[]).status, 401);
    let seen = at(&here, "/a?b", &[credential]);
    assert_eq!(seen.body, format!("GET /a?b |None|None|None|{here}"));
    assert_eq!(
        at(&here, "/api/health", &[credential]).body[..15],
        *"GET /api/health"
    );
    assert_eq!(at(&other_box, "/", &[credential]).status, 401);
    // A name of a stranger's, pointed at the address, is not served.
    assert_eq!(
        Stage::ask_at(&here, "GET", "/", "evil.example", &[credential], "").status,
        403
    );
    // Through a tunnel or from another machine there are names only.
    let key = format!("Bearer {}", stage.key);
    let asked = stage.ask(
        "GET",
        "/api/sandbox/box/ports/3456/preview-url",
        "localhost:1",
        &[("authorization", &key)],
        "",
    );
    assert!(
        asked
            .body
            .contains(&format!("3456-{}.localhost:1", stage.id)),
        "{}",
        asked.body
    );

    stage.home.done(&["delete", "other", "--yes"]);
    assert_eq!(at(&other_box, "/", &[credential]).status, 404);
    // The next engine serves it there too, before anybody asks for it.
    stage.home.done(&["serve", "--stop"]);
    let shown = stage.home.text(&["serve", "--print-env"]);
    let port = shown.split("http://127.0.0.1:").nth(1).expect("a URL");
    let port = port.split('/').next().expect("a port");
    let address = here.split(':').next().expect("an address");
    let here = format!("{address}:{port}");
    assert_eq!(at(&here, "/", &[credential]).status, 200);
}

#[test]
fn a_signed_address_is_fetched_as_it_stands() {
    let stage = Stage::serving();
    let signed = stage.api_json("/sandbox/box/ports/3456/signed-preview-url");
    let (host, path) = parts(&signed["url"]);
    let get = |path: &str, headers: &[(&str, &str)]| {
        Stage::ask_at(&host, "GET", path, &host, headers, "")
    };
    // By programs: with the token in the path, which the server does not see.
    let seen = get(&format!("{path}/a%20b?c"), &[]);
    assert_eq!(seen.body, format!("GET /a%20b?c |None|None|None|{host}"));
    assert_eq!(
        get(&path, &[]).body,
        format!("GET / |None|None|None|{host}")
    );
    // By browsers: once, and then with a cookie that is theirs for this host only.
    let html = ("accept", "text/html");
    let sent = get(&format!("{path}/a?c"), &[html]);
    assert_eq!(
        (sent.status, sent.header("location")),
        (302, Some(format!("http://{host}/a?c").as_str()))
    );
    let kept = sent.header("set-cookie").expect("a cookie");
    assert!(
        kept.contains("; Path=/; HttpOnly; SameSite=Lax") && !kept.contains("Domain"),
        "{kept}"
    );
    let cookie = kept.split(';').next().expect("a cookie");
    let seen = get("/a?c", &[html, ("cookie", &format!("x=1; {cookie}"))]);
    assert_eq!(seen.body, format!("GET /a?c |None|x=1|None|{host}"));
    // Another token, another port, and after it was revoked: nothing.
    for wrong in ["/~0123456789abcdef/", "/~0123456789abcdef"] {
        assert_eq!(get(wrong, &[]).status, 401, "{wrong}");
    }
    let other = stage.api_json("/sandbox/box/ports/3457/signed-preview-url");
    let (_, other) = parts(&other["url"]);
    assert_eq!(get(&format!("{other}/"), &[]).status, 401);
    let token = path.trim_start_matches("/~");
    let expire = format!("/sandbox/box/ports/3456/signed-preview-url/{token}/expire");
    assert_eq!(stage.api("POST", &expire).status, 200);
    assert_eq!(get(&path, &[]).status, 401);
    assert_eq!(get("/a", &[("cookie", cookie)]).status, 401);
}
