//! The control plane.

use serde_json::{Value, json};

use super::Contract;

/// Documented, and not served by the local engine.
const NOT_SERVED: &[&str] = &[
    // Of the proxy, the runners and the operators of a Daytona.
    "/admin/*",
    "/audit/*",
    "/jobs*",
    "/preview/*",
    "/runners*",
    "/webhooks/*",
    "GET /health/ready",
    "GET /sandbox/for-runner",
    "PUT /sandbox/{sandboxId}/state",
    "GET /sandbox/{sandboxId}/organization",
    "GET /sandbox/{sandboxId}/region-quota",
    "GET /sandbox/{sandboxId}/secrets",
    "POST /sandbox/{sandboxIdOrName}/backup",
    // There is one user, one organization and one region.
    "POST /organizations",
    "DELETE /organizations/{organizationId}",
    "POST /organizations/invitations/*",
    "/organizations/otel-config/*",
    "PATCH /organizations/*",
    "PUT /organizations/*",
    "POST /organizations/{organizationId}/*",
    "DELETE /organizations/{organizationId}/*",
    "GET /organizations/{organizationId}/otel-config",
    "GET /organizations/{organizationId}/identity-providers*",
    "POST /regions*",
    "PATCH /regions*",
    "DELETE /regions*",
    "/users/account-providers*",
    "/users/linked-accounts*",
    "/users/me/*",
    "/users/mfa/*",
    // What the engine does not have (yet).
    "POST /sandbox/{sandboxIdOrName}/ssh-access",
    "DELETE /sandbox/{sandboxIdOrName}/ssh-access",
    "GET /sandbox/ssh-access/validate",
    "GET /sandbox/{sandboxId}/telemetry/*",
    "/warm-pools*",
    "/docker-registry*",
    "GET /object-storage/push-access",
];

const NONE: Value = Value::Null;

#[test]
fn the_control_plane_answers_as_its_document_says() {
    let Some(mut contract) = Contract::open("api.json", |_| "/api".to_owned()) else {
        return;
    };
    let ask = |contract: &mut Contract, method: &str, template: &str, path: &str, body: Value| {
        contract.ask(method, template, path, &body)
    };
    let c = &mut contract;
    around(c);
    ask(c, "POST", "/volumes", "/volumes", json!({ "name": "data" }));
    let volume = ask(
        c,
        "GET",
        "/volumes/by-name/{name}",
        "/volumes/by-name/data",
        NONE,
    );
    let volume = format!("/volumes/{}", volume["id"].as_str().expect("an id"));
    ask(c, "GET", "/volumes/{volumeId}", &volume, NONE);
    let secret = json!({ "name": "db", "value": "x", "description": "d", "hosts": ["h"] });
    let secret = ask(c, "POST", "/secret", "/secret", secret);
    let secret = format!("/secret/{}", secret["id"].as_str().expect("an id"));
    ask(c, "GET", "/secret", "/secret", NONE);
    ask(
        c,
        "GET",
        "/secret/paginated",
        "/secret/paginated?limit=1",
        NONE,
    );
    ask(c, "GET", "/secret/{secretId}", &secret, NONE);
    ask(
        c,
        "PATCH",
        "/secret/{secretId}",
        &secret,
        json!({ "value": "y" }),
    );

    sandbox(c);
    ask(c, "GET", "/volumes", "/volumes?includeDeleted=true", NONE);
    broken(c);
    disks(c);
    ask(c, "DELETE", "/volumes/{volumeId}", &volume, NONE);
    ask(c, "DELETE", "/secret/{secretId}", &secret, NONE);
    contract.finish(NOT_SERVED);
}

/// What is there without sandboxes.
fn around(c: &mut Contract) {
    for route in [
        "/health",
        "/config",
        "/users/me",
        "/regions",
        "/shared-regions",
        "/snapshots",
    ] {
        c.ask("GET", route, route, &NONE);
    }
    c.ask("GET", "/regions/{id}", "/regions/local", &NONE);
    c.ask("GET", "/snapshots/{id}", "/snapshots/host", &NONE);
    let organizations = c.ask("GET", "/organizations", "/organizations", &NONE);
    let id = organizations[0]["id"].as_str().expect("an id");
    for rest in [
        "",
        "/usage",
        "/users",
        "/available-sandbox-classes",
        "/roles",
        "/invitations",
    ] {
        let template = format!("/organizations/{{organizationId}}{rest}");
        c.ask(
            "GET",
            &template,
            &format!("/organizations/{id}{rest}"),
            &NONE,
        );
    }
    for route in [
        "/organizations/invitations",
        "/organizations/invitations/count",
    ] {
        c.ask("GET", route, route, &NONE);
    }
    for (name, expires) in [("one", NONE), ("two", json!("2030-01-01T00:00:00Z"))] {
        let body =
            json!({ "name": name, "permissions": ["write:sandboxes"], "expiresAt": expires });
        c.ask("POST", "/api-keys", "/api-keys", &body);
    }
    c.ask("GET", "/api-keys", "/api-keys", &NONE);
    c.ask("GET", "/api-keys/current", "/api-keys/current", &NONE);
    c.ask("GET", "/api-keys/{name}", "/api-keys/one", &NONE);
    c.ask("DELETE", "/api-keys/{name}", "/api-keys/one", &NONE);
    c.ask(
        "DELETE",
        "/api-keys/{userId}/{name}",
        "/api-keys/local/two",
        &NONE,
    );
}

/// A sandbox's life.
fn sandbox(c: &mut Contract) {
    let body = json!({
        "name": "box", "labels": { "a": "b" }, "env": { "A": "1" }, "ttlMinutes": 60,
        "volumes": [{ "volumeId": "data", "mountPath": "/data", "subpath": "sub" }],
        "secrets": [{ "DB": "db" }],
    });
    c.ask("POST", "/sandbox", "/sandbox", &body);
    c.ask("GET", "/sandbox", "/sandbox?limit=1&sort=name", &NONE);
    let page = "/sandbox/paginated?limit=1&page=1&sort=name&order=asc&states=started";
    let page = c.ask("GET", "/sandbox/paginated", page, &NONE);
    assert_eq!(
        (&page["page"], page["items"].as_array().map(Vec::len)),
        (&json!(1), Some(1))
    );
    assert_eq!(page["total"], page["totalPages"], "{page}");
    for (method, rest, path, body) in [
        ("GET", "", "", NONE),
        (
            "PUT",
            "/labels",
            "/labels",
            json!({ "labels": { "c": "d" } }),
        ),
        (
            "PUT",
            "/secrets",
            "/secrets",
            json!({ "secrets": [{ "OTHER": "db" }] }),
        ),
        ("POST", "/public/{isPublic}", "/public/True", NONE),
        ("POST", "/autostop/{interval}", "/autostop/5", NONE),
        ("POST", "/autopause/{interval}", "/autopause/0", NONE),
        ("POST", "/autoarchive/{interval}", "/autoarchive/5", NONE),
        ("POST", "/autodelete/{interval}", "/autodelete/-1", NONE),
        ("POST", "/ttl/{ttlMinutes}", "/ttl/0", NONE),
        (
            "GET",
            "/ports/{port}/preview-url",
            "/ports/80/preview-url",
            NONE,
        ),
    ] {
        let template = format!("/sandbox/{{sandboxIdOrName}}{rest}");
        c.ask(method, &template, &format!("/sandbox/box{path}"), &body);
    }
    for (method, rest) in [
        ("GET", "/toolbox-proxy-url"),
        ("POST", "/last-activity"),
        ("GET", "/signing-key"),
        ("POST", "/signing-key/rotate"),
    ] {
        let template = format!("/sandbox/{{sandboxId}}{rest}");
        c.ask(method, &template, &format!("/sandbox/box{rest}"), &NONE);
    }
    for rest in ["/build-logs", "/build-logs-url"] {
        for (template, path) in [
            ("/sandbox/{sandboxIdOrName}", "/sandbox/box"),
            ("/snapshots/{id}", "/snapshots/host"),
        ] {
            let (template, path) = (format!("{template}{rest}"), format!("{path}{rest}"));
            c.send("GET", &template, &path, &[], b"");
        }
    }
    let signed = "/sandbox/{sandboxIdOrName}/ports/{port}/signed-preview-url";
    let path = "/sandbox/box/ports/80/signed-preview-url";
    let token = c.ask("GET", signed, path, &NONE)["token"].clone();
    let token = token.as_str().expect("a token");
    c.ask(
        "POST",
        &format!("{signed}/{{token}}/expire"),
        &format!("{path}/{token}/expire"),
        &NONE,
    );
    for step in ["stop", "archive", "start"] {
        let template = format!("/sandbox/{{sandboxIdOrName}}/{step}");
        c.ask("POST", &template, &format!("/sandbox/box/{step}"), &NONE);
    }
    c.ask(
        "DELETE",
        "/sandbox/{sandboxIdOrName}",
        "/sandbox/box",
        &NONE,
    );
}

/// A sandbox that fails to start, and is brought back: in its volume, a link stands where a folder was.
fn broken(c: &mut Contract) {
    let volume =
        |subpath: &str| json!([{ "volumeId": "data", "mountPath": "/data", "subpath": subpath }]);
    for (name, subpath) in [("other", None), ("broken", Some("part"))] {
        let volumes = match subpath {
            Some(subpath) => volume(subpath),
            None => json!([{ "volumeId": "data", "mountPath": "/data" }]),
        };
        let body = json!({ "name": name, "volumes": volumes });
        c.ask("POST", "/sandbox", "/sandbox", &body);
    }
    let stop = "/sandbox/{sandboxIdOrName}/stop";
    c.ask("POST", stop, "/sandbox/broken/stop", &NONE);
    let run = |c: &Contract, command: &str| {
        let body = json!({ "command": command }).to_string();
        let path = "/toolbox/other/process/execute";
        c.sandbox.request("POST", path, &[], body.as_bytes()).json()
    };
    run(c, "rmdir /data/part && ln -s /etc /data/part");
    let failed = c
        .sandbox
        .request("POST", "/api/sandbox/broken/start", &[], b"");
    assert_eq!(failed.status, 400, "{}", failed.json());
    c.ask(
        "GET",
        "/sandbox/{sandboxIdOrName}",
        "/sandbox/broken",
        &NONE,
    );
    run(c, "rm /data/part");
    let recover = "/sandbox/{sandboxIdOrName}/recover";
    let recovered = c.ask("POST", recover, "/sandbox/broken/recover", &NONE);
    assert_eq!(recovered["state"], "started");
    for name in ["broken", "other"] {
        let path = format!("/sandbox/{name}");
        c.ask("DELETE", "/sandbox/{sandboxIdOrName}", &path, &NONE);
    }
}

/// Pauses, forks, snapshots, other sizes.
fn disks(c: &mut Contract) {
    c.ask("POST", "/sandbox", "/sandbox", &json!({ "name": "first" }));
    let of = |rest: &str| format!("/sandbox/{{sandboxIdOrName}}{rest}");
    for (method, who, rest, body) in [
        ("POST", "first", "/pause", NONE),
        ("POST", "first", "/start", NONE),
        ("POST", "first", "/fork", json!({ "name": "second" })),
        ("GET", "first", "/forks", NONE),
        ("GET", "second", "/parent", NONE),
        ("GET", "second", "/ancestors", NONE),
        ("POST", "second", "/stop", NONE),
        ("POST", "second", "/resize", json!({ "memory": 2 })),
        (
            "POST",
            "second",
            "/network-settings",
            json!({ "networkAllowList": "10.0.0.0/8" }),
        ),
        ("POST", "second", "/snapshot", json!({ "name": "taken" })),
    ] {
        c.ask(method, &of(rest), &format!("/sandbox/{who}{rest}"), &body);
    }
    // Where from is up to a registry that tests may not have.
    let both = json!({ "name": "x", "imageName": "debian:latest" });
    c.refused("POST", "/snapshots", "/snapshots", &both);
    let snapshot = "/snapshots/{id}";
    let mut taken = NONE;
    for _ in 0..100 {
        taken = c.ask("GET", snapshot, "/snapshots/taken", &NONE);
        if taken["state"] == "active" {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let path = format!("/snapshots/{}", taken["id"].as_str().expect("an id"));
    for step in ["deactivate", "activate"] {
        c.ask(
            "POST",
            &format!("{snapshot}/{step}"),
            &format!("{path}/{step}"),
            &NONE,
        );
    }
    for name in ["second", "first"] {
        c.ask("DELETE", &of(""), &format!("/sandbox/{name}"), &NONE);
    }
    c.ask("DELETE", snapshot, &path, &NONE);
}
