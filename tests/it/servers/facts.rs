//! What a documented server has: its routes, and what each takes and gives. A document's facts in short:
//! `[method, path, query, body, reply]`, where 1 stands for any value.

use serde_json::Value;

/// The routes of one version.
pub(super) struct Facts {
    pub(super) version: &'static str,
    api: Vec<Route>,
    toolbox: Vec<Route>,
}

/// One route.
pub(super) struct Route {
    method: String,
    path: Vec<String>,
    query: Vec<String>,
    body: Value,
    reply: Value,
}

impl Facts {
    pub(super) fn of(version: &'static str) -> Self {
        let text = match version {
            "0.190.0" => include_str!("0.190.0.json"),
            "0.205.1" => include_str!("0.205.1.json"),
            other => panic!("no facts of {other}"),
        };
        let facts: Value = serde_json::from_str(text).expect("JSON");
        let routes = |part: &str| {
            let rows = facts[part].as_array().expect("routes");
            rows.iter().map(Route::of).collect()
        };
        Self {
            version,
            api: routes("api"),
            toolbox: routes("toolbox"),
        }
    }

    /// The route of a request, as `/api/…` or `/toolbox/{id}/…`.
    pub(super) fn route(&self, method: &str, path: &str) -> Option<&Route> {
        let (routes, rest) = match path.strip_prefix("/toolbox/") {
            Some(rest) => (
                &self.toolbox,
                rest.split_once('/').map_or("", |(_, rest)| rest),
            ),
            None => (&self.api, path.trim_start_matches('/')),
        };
        let parts: Vec<&str> = rest.split('/').collect();
        let fits = |route: &&Route| route.method == method && route.takes(&parts);
        // A fixed path comes before one with names in it.
        let names = |route: &&Route| {
            route
                .path
                .iter()
                .filter(|part| part.starts_with('{'))
                .count()
        };
        routes.iter().filter(fits).min_by_key(names)
    }
}

impl Route {
    fn of(row: &Value) -> Self {
        let text = |at: usize| row[at].as_str().expect("text").to_owned();
        let path = text(1);
        let query = row[2].as_array().expect("names").iter();
        Self {
            method: text(0),
            path: path
                .trim_start_matches('/')
                .split('/')
                .map(str::to_owned)
                .collect(),
            query: query.filter_map(Value::as_str).map(str::to_owned).collect(),
            body: row[3].clone(),
            reply: row[4].clone(),
        }
    }

    fn takes(&self, parts: &[&str]) -> bool {
        let same = |(own, part): (&String, &&str)| own.starts_with('{') || own == part;
        self.path.len() == parts.len() && self.path.iter().zip(parts).all(same)
    }

    /// The query without what the server does not know.
    pub(super) fn query(&self, query: &str) -> String {
        let known = |pair: &&str| {
            let name = pair.split('=').next().unwrap_or_default();
            self.query.iter().any(|own| own == name)
        };
        let pairs: Vec<&str> = query.split('&').filter(known).collect();
        pairs.join("&")
    }

    pub(super) fn body(&self, body: &mut Value) {
        keep(body, &self.body);
    }

    pub(super) fn reply(&self, reply: &mut Value) {
        keep(reply, &self.reply);
    }
}

/// Leaves of a value what its shape has.
fn keep(value: &mut Value, shape: &Value) {
    match (value, shape) {
        (Value::Object(object), Value::Object(shape)) => {
            object.retain(|key, _| shape.contains_key(key));
            for (key, value) in object {
                keep(value, &shape[key]);
            }
        }
        (Value::Array(items), Value::Array(shape)) => {
            for item in items {
                keep(item, &shape[0]);
            }
        }
        _ => {}
    }
}

#[test]
fn what_a_server_does_not_have_is_left_out() {
    let facts = Facts::of("0.190.0");
    assert!(facts.route("POST", "/toolbox/x/files/upload-v2").is_none());
    assert!(
        facts
            .route("POST", "/toolbox/x/files/bulk-upload")
            .is_some()
    );
    assert!(facts.route("POST", "/api/sandbox/x/ttl/5").is_none());
    let create = facts.route("POST", "/api/sandbox").expect("a route");
    let mut body = serde_json::json!({"name": "a", "ttlMinutes": 5});
    create.body(&mut body);
    assert_eq!(body, serde_json::json!({"name": "a"}));
    let stop = facts.route("POST", "/api/sandbox/x/stop").expect("a route");
    assert_eq!(stop.query("force=true&keep=true"), "force=true");
}
