//! Tests of keys, permissions, volumes, secrets and usage, over real connections.

use serde_json::{Value, json};

use super::{Answer, KEY, Server};

impl Server {
    async fn as_owner(&self, method: &str, path: &str, body: Value) -> Answer {
        self.ask_as(KEY, method, path, &body).await
    }

    async fn make_key(&self, name: &str, permissions: &[&str]) -> String {
        let body = json!({ "name": name, "permissions": permissions });
        let made = self.as_owner("POST", "/api/api-keys", body).await;
        assert_eq!(made.status, 201, "{:?}", made.body);
        made.json()["value"].as_str().expect("a key").to_owned()
    }
}

#[tokio::test]
async fn a_key_is_shown_once_and_holds_until_it_is_revoked() {
    let server = Server::new().await;
    let body = json!({ "name": "ci", "permissions": ["delete:sandboxes", "write:sandboxes"] });
    let made = server.as_owner("POST", "/api/api-keys", body).await.json();
    let key = made["value"].as_str().expect("a key");
    assert!(key.starts_with("dtn_") && key.len() == 68, "{key}");
    assert_eq!(
        made["permissions"],
        json!(["write:sandboxes", "delete:sandboxes"])
    );
    assert_eq!(made["expiresAt"], Value::Null);

    let used = server
        .ask_as(key, "GET", "/api/api-keys/current", &json!({}))
        .await;
    let current = used.json();
    assert_eq!(current["name"], "ci");
    assert_eq!(
        current["value"],
        format!("dtn{}{}", "*".repeat(20), &key[65..])
    );
    assert_ne!(current["lastUsedAt"], Value::Null);
    let list = server.as_owner("GET", "/api/api-keys", json!({})).await;
    assert!(!String::from_utf8_lossy(&list.body).contains(&key[4..60]));
    let names: Vec<Value> = list
        .json()
        .as_array()
        .expect("a list")
        .iter()
        .map(|key| key["name"].clone())
        .collect();
    assert_eq!(names, ["ci", "local engine"]);

    let again = json!({ "name": "ci", "permissions": [] });
    let again = server.as_owner("POST", "/api/api-keys", again).await;
    assert_eq!(
        again.refusal(),
        (409, "API key with this name already exists".to_owned())
    );
    let wrong = json!({ "name": "x", "permissions": ["root"] });
    let (status, message) = server
        .as_owner("POST", "/api/api-keys", wrong)
        .await
        .refusal();
    assert_eq!(status, 400);
    assert!(
        message.starts_with("each value in permissions must be one of"),
        "{message}"
    );

    let own = server
        .as_owner("DELETE", "/api/api-keys/local%20engine", json!({}))
        .await;
    assert_eq!(own.status, 403);
    let gone = server
        .as_owner("DELETE", "/api/api-keys/ci", json!({}))
        .await;
    assert_eq!(gone.status, 204);
    let refused = server.ask_as(key, "GET", "/api/sandbox", &json!({})).await;
    assert_eq!(refused.refusal(), (401, "Invalid credentials".to_owned()));
    let gone = server
        .as_owner("DELETE", "/api/api-keys/ci", json!({}))
        .await;
    assert_eq!(gone.refusal(), (404, "API key not found".to_owned()));
}

#[tokio::test]
async fn a_key_does_what_it_is_permitted_and_ends_in_time() {
    let server = Server::new().await;
    server.make("box").await;
    let none = server.make_key("none", &[]).await;
    let writer = server.make_key("writer", &["write:sandboxes"]).await;
    let denied = (403, "Access denied".to_owned());
    for (method, path) in [
        ("POST", "/api/sandbox"),
        ("POST", "/api/sandbox/box/stop"),
        ("DELETE", "/api/sandbox/box"),
        ("GET", "/api/volumes"),
        ("POST", "/api/snapshots"),
        ("GET", "/api/api-keys"),
        ("POST", "/api/api-keys"),
        ("POST", "/api/secret"),
        ("POST", "/toolbox/box/process/execute"),
    ] {
        let refused = server.ask_as(&none, method, path, &json!({})).await;
        assert_eq!(refused.refusal(), denied, "{method} {path}");
    }
    for path in [
        "/api/sandbox",
        "/api/sandbox/box",
        "/api/snapshots",
        "/api/api-keys/current",
    ] {
        let seen = server.ask_as(&none, "GET", path, &json!({})).await;
        assert_eq!(seen.status, 200, "{path}");
    }
    let stopped = server
        .ask_as(&writer, "POST", "/api/sandbox/box/stop", &json!({}))
        .await;
    assert_eq!(stopped.status, 200);
    let refused = server
        .ask_as(&writer, "DELETE", "/api/sandbox/box", &json!({}))
        .await;
    assert_eq!(refused.refusal(), denied);

    let body = json!({ "name": "past", "permissions": [], "expiresAt": "2020-01-01T00:00:00Z" });
    let made = server.as_owner("POST", "/api/api-keys", body).await.json();
    assert_eq!(made["expiresAt"], "2020-01-01T00:00:00.000Z");
    let past = made["value"].as_str().expect("a key");
    let refused = server.ask_as(past, "GET", "/api/sandbox", &json!({})).await;
    assert_eq!(refused.refusal(), (401, "Invalid credentials".to_owned()));
}

#[tokio::test]
async fn volumes_are_made_found_and_kept_while_in_use() {
    let server = Server::new().await;
    let made = server
        .as_owner("POST", "/api/volumes", json!({ "name": "data" }))
        .await;
    assert_eq!(made.status, 200);
    let made = made.json();
    assert_eq!(made["state"], "ready");
    let id = made["id"].as_str().expect("an id").to_owned();
    for path in [
        format!("/api/volumes/{id}"),
        "/api/volumes/by-name/data".to_owned(),
    ] {
        assert_eq!(server.as_owner("GET", &path, json!({})).await.json(), made);
    }
    let again = server
        .as_owner("POST", "/api/volumes", json!({ "name": "data" }))
        .await;
    assert_eq!(
        again.refusal(),
        (400, "Volume with name data already exists".to_owned())
    );
    let none = server.as_owner("POST", "/api/volumes", json!({})).await;
    assert_eq!(none.refusal(), (400, "name must be a string".to_owned()));
    for (path, message) in [
        ("/api/volumes/data", "Volume with ID data not found"),
        ("/api/volumes/by-name/x", "Volume with name x not found"),
    ] {
        let missing = server.as_owner("GET", path, json!({})).await;
        assert_eq!(missing.refusal(), (404, message.to_owned()));
    }

    for (volumes, status, message) in [
        (
            json!([{ "volumeId": "nope", "mountPath": "/x" }]),
            404,
            "Volume 'nope' not found",
        ),
        (
            json!([{ "volumeId": "data", "mountPath": "relative" }]),
            400,
            "Invalid mount path relative (must be absolute)",
        ),
        (
            json!([{ "volumeId": "data" }]),
            400,
            "volumes.0.mountPath must be a string",
        ),
        (
            json!([{ "volumeId": "data", "mountPath": "/x", "subpath": "../y" }]),
            400,
            "Invalid subpath ../y (must not contain relative components)",
        ),
        (
            json!([{ "volumeId": "data", "mountPath": "/x" }, { "volumeId": "data", "mountPath": "/x/" }]),
            400,
            "Invalid mount path /x (it is there twice)",
        ),
    ] {
        let refused = server
            .as_owner("POST", "/api/sandbox", json!({ "volumes": volumes }))
            .await;
        assert_eq!(refused.refusal(), (status, message.to_owned()));
    }
    let body = json!({ "name": "with", "volumes": [{ "volumeId": "data", "mountPath": "/data/", "subpath": "a" }] });
    let sandbox = server.as_owner("POST", "/api/sandbox", body).await.json();
    assert_eq!(
        sandbox["volumes"],
        json!([{ "volumeId": id, "mountPath": "/data", "subpath": "a" }])
    );
    let used = server
        .as_owner("GET", &format!("/api/volumes/{id}"), json!({}))
        .await
        .json();
    assert_ne!(used["lastUsedAt"], Value::Null);
    let kept = server
        .as_owner("DELETE", &format!("/api/volumes/{id}"), json!({}))
        .await;
    assert_eq!(
        kept.refusal(),
        (
            409,
            "Volume cannot be deleted because it is in use by one or more sandboxes (e.g. with)"
                .to_owned()
        )
    );
    server
        .as_owner("DELETE", "/api/sandbox/with", json!({}))
        .await;
    let gone = server
        .as_owner("DELETE", &format!("/api/volumes/{id}"), json!({}))
        .await;
    assert_eq!((gone.status.as_u16(), gone.body.len()), (200, 0));
    assert_eq!(
        server
            .as_owner("GET", "/api/volumes", json!({}))
            .await
            .json(),
        json!([])
    );
}

#[tokio::test]
async fn secrets_go_into_environments_and_nowhere_else() {
    let server = Server::new().await;
    let body = json!({ "name": "db", "value": "hunter2", "description": "the db", "hosts": ["db.example"] });
    let made = server.as_owner("POST", "/api/secret", body.clone()).await;
    assert_eq!(made.status, 201);
    assert!(!String::from_utf8_lossy(&made.body).contains("hunter2"));
    let made = made.json();
    let path = format!("/api/secret/{}", made["id"].as_str().expect("an id"));
    assert_eq!(
        server.as_owner("POST", "/api/secret", body).await.status,
        409
    );
    let wrong = json!({ "name": "a b", "value": "x" });
    assert_eq!(
        server.as_owner("POST", "/api/secret", wrong).await.status,
        400
    );

    let missing = json!({ "secrets": [{ "X": "nope" }] });
    let missing = server.as_owner("POST", "/api/sandbox", missing).await;
    assert_eq!(
        missing.refusal(),
        (404, "Secret 'nope' not found".to_owned())
    );
    let two = json!({ "secrets": [{ "A": "db", "B": "db" }] });
    assert_eq!(
        server.as_owner("POST", "/api/sandbox", two).await.status,
        400
    );
    let body = json!({ "name": "box", "env": { "A": "1" }, "secrets": [{ "DB": "db" }] });
    let sandbox = server.as_owner("POST", "/api/sandbox", body).await;
    assert!(!String::from_utf8_lossy(&sandbox.body).contains("hunter2"));
    let id = sandbox.json()["id"].as_str().expect("an id").to_owned();
    let environment = || server.runtime.environment(&id);
    assert_eq!(environment()["DB"], "hunter2");
    assert_eq!(environment()["A"], "1");

    let changed = server
        .as_owner("PATCH", &path, json!({ "value": "new" }))
        .await
        .json();
    assert_eq!(changed["description"], "the db");
    server
        .as_owner("POST", "/api/sandbox/box/stop", json!({}))
        .await;
    server
        .as_owner("POST", "/api/sandbox/box/start", json!({}))
        .await;
    assert_eq!(environment()["DB"], "new");

    let set = json!({ "secrets": [{ "OTHER": "db" }] });
    let set = server
        .as_owner("PUT", "/api/sandbox/box/secrets", set)
        .await;
    assert_eq!(set.status, 200, "{:?}", set.body);
    server
        .as_owner("POST", "/api/sandbox/box/stop", json!({}))
        .await;
    server
        .as_owner("POST", "/api/sandbox/box/start", json!({}))
        .await;
    assert_eq!(environment().keys().collect::<Vec<_>>(), ["A", "OTHER"]);

    for number in 0..3 {
        let body = json!({ "name": format!("s{number}"), "value": "x" });
        server.as_owner("POST", "/api/secret", body).await;
    }
    let first = "/api/secret/paginated?sort=name&order=asc&limit=3";
    let page = server.as_owner("GET", first, json!({})).await.json();
    assert_eq!(
        (&page["total"], page["items"][0]["name"].as_str()),
        (&json!(4), Some("db"))
    );
    let cursor = page["nextCursor"].as_str().expect("a cursor");
    let page = server
        .as_owner("GET", &format!("{first}&cursor={cursor}"), json!({}))
        .await
        .json();
    assert_eq!(
        (page["items"][0]["name"].as_str(), &page["nextCursor"]),
        (Some("s2"), &Value::Null)
    );

    assert_eq!(
        server.as_owner("DELETE", &path, json!({})).await.status,
        204
    );
    assert_eq!(server.as_owner("GET", &path, json!({})).await.status, 404);
    server
        .as_owner("POST", "/api/sandbox/box/stop", json!({}))
        .await;
    server
        .as_owner("POST", "/api/sandbox/box/start", json!({}))
        .await;
    assert_eq!(environment().keys().collect::<Vec<_>>(), ["A"]);
}

#[tokio::test]
async fn usage_is_what_the_store_has() {
    let server = Server::new().await;
    server.make("one").await;
    server.make("two").await;
    server
        .as_owner("POST", "/api/sandbox/two/stop", json!({}))
        .await;
    server
        .as_owner("POST", "/api/volumes", json!({ "name": "v" }))
        .await;
    let organizations = server
        .as_owner("GET", "/api/organizations", json!({}))
        .await
        .json();
    let id = organizations[0]["id"].as_str().expect("an id");
    let path = format!("/api/organizations/{id}/usage");
    let usage = server.as_owner("GET", &path, json!({})).await.json();
    let region = &usage["regionUsage"][0];
    let figures = ["currentCpuUsage", "currentMemoryUsage", "currentDiskUsage"]
        .map(|name| region[name].as_i64());
    assert_eq!(figures, [Some(1), Some(1), Some(6)]);
    assert_eq!(usage["currentVolumeUsage"], 1);
    let other = server
        .as_owner("GET", "/api/organizations/x/usage", json!({}))
        .await;
    assert_eq!(other.status, 404);
}
