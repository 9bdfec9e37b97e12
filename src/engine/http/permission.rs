//! Which permission each route takes. What no rule names is for the engine's own key only.

use axum::http::{HeaderMap, Method};

use crate::engine::service::Known;

use super::toolbox::asks_to_upgrade;

/// Whose request it is: the gate puts it into the request.
#[derive(Clone, Debug)]
pub(super) enum Caller {
    /// Who has the engine's own key: everything is permitted.
    Owner,
    /// Who has a key that was made here.
    Key(Known),
}

/// What a request takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Need {
    /// Any key that holds.
    Key,
    /// Keys with all of these.
    All(&'static [&'static str]),
    /// The engine's own key.
    Owner,
}

impl Need {
    /// What a request takes.
    pub(super) fn of(method: &Method, path: &str, headers: &HeaderMap) -> Self {
        if let Some(rest) = path.strip_prefix("/toolbox/") {
            return of_toolbox(method, rest, headers);
        }
        let Some(rest) = path.strip_prefix("/api/") else {
            return Self::Owner;
        };
        let parts: Vec<&str> = rest.split('/').collect();
        let reads = method == Method::GET || method == Method::HEAD;
        let deletes = method == Method::DELETE;
        match parts.as_slice() {
            ["api-keys", "current"] if reads => Self::Key,
            // A key that could make keys could make itself stronger.
            ["api-keys", ..] => Self::Owner,
            ["volumes", ..] if reads => Self::All(&["read:volumes"]),
            ["volumes", ..] if deletes => Self::All(&["delete:volumes"]),
            ["volumes", ..] => Self::All(&["write:volumes"]),
            // What signs file addresses also signs those that write.
            ["sandbox", _, "signing-key", ..] => Self::All(&["write:sandboxes"]),
            // When it breaks off, sandboxes are deleted.
            ["agent-session", ..] => Self::All(&["write:sandboxes", "delete:sandboxes"]),
            ["organizations", _, "usage"] if reads => Self::All(&["read:limits"]),
            _ if reads => Self::Key,
            ["sandbox", _] if deletes => Self::All(&["delete:sandboxes"]),
            ["sandbox", _, "snapshot"] => Self::All(&["write:sandboxes", "write:snapshots"]),
            ["sandbox", ..] => Self::All(&["write:sandboxes"]),
            ["snapshots", ..] if deletes => Self::All(&["delete:snapshots"]),
            ["snapshots", ..] => Self::All(&["write:snapshots"]),
            ["docker-registry", ..] if deletes => Self::All(&["delete:registries"]),
            ["docker-registry", ..] => Self::All(&["write:registries"]),
            ["secret", ..] => Self::All(&["manage:secrets"]),
            _ => Self::Owner,
        }
    }

    /// Whether the caller has it.
    pub(super) fn is_met(self, caller: &Caller) -> bool {
        match (self, caller) {
            (_, Caller::Owner) | (Self::Key, Caller::Key(_)) => true,
            (Self::All(permissions), Caller::Key(key)) => permissions
                .iter()
                .all(|permission| key.permissions.iter().any(|one| one == permission)),
            (Self::Owner, Caller::Key(_)) => false,
        }
    }
}

/// Looking into a sandbox is reading; all else changes what it does, terminals and the interpreter too,
/// though they begin with a GET.
fn of_toolbox(method: &Method, rest: &str, headers: &HeaderMap) -> Need {
    let reads = method == Method::GET || method == Method::HEAD;
    let proxied = rest.split('/').nth(1) == Some("proxy");
    let download = method == Method::POST && rest.ends_with("/files/bulk-download");
    if download || reads && !proxied && !asks_to_upgrade(headers) {
        Need::Key
    } else {
        Need::All(&["write:sandboxes"])
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use axum::http::HeaderMap;
    use expect_test::expect;

    use super::*;

    #[test]
    fn each_route_takes_its_permission() {
        let mut text = String::new();
        for line in [
            "GET /api/sandbox",
            "POST /api/sandbox",
            "GET /api/sandbox/a",
            "DELETE /api/sandbox/a",
            "POST /api/sandbox/a/stop",
            "PUT /api/sandbox/a/labels",
            "PUT /api/sandbox/a/secrets",
            "POST /api/sandbox/a/snapshot",
            "POST /api/sandbox/a/fork",
            "POST /api/sandbox/a/pause",
            "POST /api/sandbox/a/resize",
            "POST /api/sandbox/a/network-settings",
            "POST /api/snapshots/import",
            "GET /api/sandbox/a/signing-key",
            "DELETE /api/sandbox/a/ssh-access",
            "GET /api/snapshots",
            "POST /api/snapshots",
            "DELETE /api/snapshots/a",
            "GET /api/volumes/by-name/a",
            "POST /api/volumes",
            "DELETE /api/volumes/a",
            "GET /api/api-keys",
            "GET /api/api-keys/current",
            "DELETE /api/api-keys/current",
            "POST /api/api-keys",
            "GET /api/secret/paginated",
            "POST /api/secret",
            "PATCH /api/secret/a",
            "POST /api/docker-registry",
            "GET /api/organizations/a/usage",
            "GET /api/agent-session/a/lease",
            "GET /api/regions",
            "POST /api/regions",
            "GET /toolbox/a/files",
            "POST /toolbox/a/files/bulk-download",
            "POST /toolbox/a/files/bulk-upload",
            "POST /toolbox/a/process/execute",
            "GET /toolbox/a/proxy/80/",
            "GET /",
        ] {
            let (method, path) = line.split_once(' ').expect("a method and a path");
            let method = method.parse().expect("a method");
            let need = match Need::of(&method, path, &HeaderMap::new()) {
                Need::Key => "any key".to_owned(),
                Need::All(permissions) => permissions.join(" "),
                Need::Owner => "the engine's own".to_owned(),
            };
            let _ = writeln!(text, "{line}: {need}");
        }
        expect![[r"
            GET /api/sandbox: any key
            POST /api/sandbox: write:sandboxes
            GET /api/sandbox/a: any key
            DELETE /api/sandbox/a: delete:sandboxes
            POST /api/sandbox/a/stop: write:sandboxes
            PUT /api/sandbox/a/labels: write:sandboxes
            PUT /api/sandbox/a/secrets: write:sandboxes
            POST /api/sandbox/a/snapshot: write:sandboxes write:snapshots
            POST /api/sandbox/a/fork: write:sandboxes
            POST /api/sandbox/a/pause: write:sandboxes
            POST /api/sandbox/a/resize: write:sandboxes
            POST /api/sandbox/a/network-settings: write:sandboxes
            POST /api/snapshots/import: write:snapshots
            GET /api/sandbox/a/signing-key: write:sandboxes
            DELETE /api/sandbox/a/ssh-access: write:sandboxes
            GET /api/snapshots: any key
            POST /api/snapshots: write:snapshots
            DELETE /api/snapshots/a: delete:snapshots
            GET /api/volumes/by-name/a: read:volumes
            POST /api/volumes: write:volumes
            DELETE /api/volumes/a: delete:volumes
            GET /api/api-keys: the engine's own
            GET /api/api-keys/current: any key
            DELETE /api/api-keys/current: the engine's own
            POST /api/api-keys: the engine's own
            GET /api/secret/paginated: any key
            POST /api/secret: manage:secrets
            PATCH /api/secret/a: manage:secrets
            POST /api/docker-registry: write:registries
            GET /api/organizations/a/usage: read:limits
            GET /api/agent-session/a/lease: write:sandboxes delete:sandboxes
            GET /api/regions: any key
            POST /api/regions: the engine's own
            GET /toolbox/a/files: any key
            POST /toolbox/a/files/bulk-download: any key
            POST /toolbox/a/files/bulk-upload: write:sandboxes
            POST /toolbox/a/process/execute: write:sandboxes
            GET /toolbox/a/proxy/80/: write:sandboxes
            GET /: the engine's own
        "]]
        .assert_eq(&text);
    }

    #[test]
    fn a_terminal_is_no_look() {
        let mut headers = HeaderMap::new();
        headers.insert("connection", "Upgrade".parse().expect("a value"));
        headers.insert("upgrade", "websocket".parse().expect("a value"));
        let need = Need::of(&Method::GET, "/toolbox/a/process/pty/b/connect", &headers);
        assert_eq!(need, Need::All(&["write:sandboxes"]));
    }

    #[test]
    fn a_key_has_what_it_was_given() {
        let key = Caller::Key(Known {
            name: "k".to_owned(),
            permissions: vec!["write:sandboxes".to_owned()],
        });
        assert!(Need::Key.is_met(&key));
        assert!(Need::All(&["write:sandboxes"]).is_met(&key));
        assert!(!Need::All(&["write:sandboxes", "write:snapshots"]).is_met(&key));
        assert!(!Need::Owner.is_met(&key));
        assert!(Need::Owner.is_met(&Caller::Owner));
    }
}
