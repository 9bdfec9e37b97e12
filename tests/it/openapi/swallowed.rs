//! Every documented route of today's API and of the newest that can be self-hosted is served, or refused as
//! itself: none is taken for another by a parameter that fits its words.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::toolbox::sandbox::Sandbox;

/// What stands for each parameter: nothing has this name.
const NOTHING: &str = "zz9";
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

#[test]
fn no_documented_route_is_taken_for_another() {
    let Some(folder) = std::env::var_os("DAYTONA_OPENAPI") else {
        crate::skip::skip("DAYTONA_OPENAPI names no folder with documents");
        return;
    };
    let sandbox = Sandbox::new();
    let mut wrong = Vec::new();
    let mut asked = 0;
    for (file, prefix) in [("api.json", "/api"), ("api-v0.190.json", "")] {
        let text = fs::read(Path::new(&folder).join(file)).expect("a document");
        let document: Value = serde_json::from_slice(&text).expect("JSON");
        for (template, operations) in document["paths"].as_object().expect("paths") {
            for method in METHODS {
                if operations.get(method).is_none() {
                    continue;
                }
                let method = method.to_uppercase();
                let reply = sandbox.request(&method, &filled(prefix, template), &[], b"[]");
                asked += 1;
                let said = String::from_utf8_lossy(&reply.body).into_owned();
                let said: Value = serde_json::from_str(&said).unwrap_or_default();
                let message = said["message"].as_str().unwrap_or_default();
                let taken = reply.status == 404
                    && !message.starts_with("Cannot ")
                    && words(template)
                        .any(|word| message.split([' ', '\'']).any(|one| one == word));
                if taken || reply.status == 500 {
                    wrong.push(format!("{method} {template}: {} {message}", reply.status));
                }
            }
        }
    }
    assert!(asked > 400, "{asked}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn filled(prefix: &str, template: &str) -> String {
    let part = |part: &str| {
        if part.starts_with('{') {
            NOTHING.to_owned()
        } else {
            part.to_owned()
        }
    };
    let parts: Vec<String> = template.split('/').map(part).collect();
    format!("{prefix}{}", parts.join("/"))
}

/// The words of a route behind that of its collection.
fn words(template: &str) -> impl Iterator<Item = &str> {
    let parts = template.trim_start_matches("/api").split('/').skip(2);
    parts.filter(|part| !part.starts_with('{'))
}
