//! Tests of refusals over real connections: each has the API's shape and words.

use super::Server;

#[tokio::test]
async fn every_error_has_one_shape() {
    let server = Server::new().await;
    let body = server
        .ask("GET", "/api/sandbox?cursor=zzz", "")
        .await
        .json();
    assert_eq!(body["path"], "/api/sandbox?cursor=zzz");
    assert_eq!(body["error"], "Bad Request");
    assert_eq!(body["code"], "BAD_REQUEST");
    assert_eq!(body["source"], "DAYTONA_API");
    assert_eq!(body["message"], "Invalid cursor provided: zzz");
    let time = body["timestamp"].as_str().expect("time");
    assert_eq!((time.len(), time.ends_with('Z')), (24, true), "{time}");

    let big = format!(r#"{{"name":"{}"}}"#, "x".repeat(2 << 20));
    for (method, path, sent, status, message) in [
        ("GET", "/api/nope", "", 404, "Cannot GET /api/nope"),
        (
            "PATCH",
            "/api/sandbox/box",
            "{}",
            404,
            "Cannot PATCH /api/sandbox/box",
        ),
        (
            "POST",
            "/api/sandbox",
            "{bad",
            400,
            "Invalid JSON in request body",
        ),
        (
            "POST",
            "/api/sandbox",
            "[]",
            400,
            "the request body must be a JSON object",
        ),
        (
            "POST",
            "/api/sandbox",
            r#"{"cpu":"abc","env":"x","labels":[1],"public":"maybe","memory":-1}"#,
            400,
            "env must be an object, labels must be an object, public must be a boolean value, \
             cpu must be a number conforming to the specified constraints, memory must not be less than 0",
        ),
        (
            "POST",
            "/api/sandbox",
            r#"{"linkedSandbox":"other"}"#,
            400,
            "linkedSandbox cannot be had of the local engine: sandboxes of one machine do not end with one another",
        ),
        (
            "POST",
            "/api/sandbox",
            big.as_str(),
            413,
            "the request body is larger than 1 MiB",
        ),
        (
            "POST",
            "/api/sandbox/box/autostop/abc",
            "",
            400,
            "Validation failed (numeric string is expected)",
        ),
        (
            "GET",
            "/api/snapshots/nope",
            "",
            404,
            "Snapshot with name nope not found",
        ),
        (
            "GET",
            "/api/snapshots?page=0",
            "",
            400,
            "page must not be less than 1",
        ),
    ] {
        let answer = server.ask(method, path, sent.to_owned()).await;
        assert_eq!(answer.refusal(), (status, message.to_owned()), "{path}");
        assert!(answer.headers.contains_key("x-daytona-api-version"));
    }
    for (path, status, part) in [
        ("/api/sandbox/x/telemetry/metrics", 422, "/system/metrics"),
        ("/api/snapshots/x/build-logs-url", 404, "not found"),
        ("/api/object-storage/push-access", 503, "not configured"),
        ("/api/warm-pools", 422, "warm pools"),
    ] {
        let (seen, message) = server.ask("GET", path, "").await.refusal();
        assert!(
            seen == status && message.contains(part),
            "{path}: {message}"
        );
    }
    let broken = server.ask("GET", "/api/sandbox/%FF", "").await;
    assert_eq!(broken.refusal().0, 400);
    server.make("box").await;
    for (path, sent, message) in [
        (
            "/api/sandbox/box/resize",
            r#"{"cpu":0.5,"disk":-1}"#,
            "cpu must be a number conforming to the specified constraints, disk must not be less than 0",
        ),
        (
            "/api/sandbox/box/resize",
            "{}",
            "No resource changes specified",
        ),
        (
            "/api/sandbox/box/resize",
            r#"{"cpu":0}"#,
            "cpu must not be less than 1",
        ),
        (
            "/api/sandbox/box/snapshot",
            "{}",
            "name should not be empty",
        ),
        (
            "/api/sandbox/box/fork",
            r#"{"name":7}"#,
            "name must be a string",
        ),
    ] {
        let answer = server.ask("POST", path, sent).await;
        assert_eq!(answer.refusal(), (400, message.to_owned()), "{path} {sent}");
    }
}

#[tokio::test]
async fn what_the_runtime_cannot_do_is_an_error_of_ours_with_its_reason() {
    let server = Server::new().await;
    let refusal = async |method: &str, path: &str, sent: &str| {
        server.ask(method, path, sent.to_owned()).await.refusal()
    };
    server.make("box").await;
    server.runtime.set(|switches| switches.fail_branch = true);
    assert_eq!(
        refusal("POST", "/api/sandbox/box/fork", "{}").await,
        (500, "simulated branch failure".to_owned())
    );
    server.runtime.set(|switches| switches.fail_launch = true);
    let (status, message) = refusal("POST", "/api/sandbox", r#"{"name":"other"}"#).await;
    assert_eq!(
        (status, message.split(';').next()),
        (
            500,
            Some("Sandbox failed to start: simulated launch failure")
        )
    );
    let kept = server.ask("GET", "/api/sandbox/other", "").await.json();
    assert_eq!(kept["state"], "error");
    server.runtime.set(|switches| switches.fail_remove = true);
    assert_eq!(
        refusal("DELETE", "/api/sandbox/box?permanent=true", "").await,
        (
            500,
            "Sandbox could not be deleted: simulated remove failure".to_owned()
        )
    );
}
