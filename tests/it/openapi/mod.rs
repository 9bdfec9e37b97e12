//! Replies of a real engine against Daytona's own documents: `DAYTONA_OPENAPI` names the folder with
//! `api.json` and `toolbox.json`. Each documented route is either asked, or on a list of those that are not served.

mod control_plane;
mod schema;
mod swallowed;
mod toolbox;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::toolbox::sandbox::{Reply, Sandbox};

const ORGANIZATION: &str = "00000000-0000-4000-8000-000000000001";

/// A document, the engine it is held against, and what came of it.
struct Contract {
    document: Value,
    sandbox: Sandbox,
    /// What stands before the document's paths.
    prefix: String,
    asked: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Contract {
    /// None, loudly, where the documents are not here.
    fn open(file: &str, prefix: impl Fn(&Sandbox) -> String) -> Option<Self> {
        let Some(folder) = std::env::var_os("DAYTONA_OPENAPI") else {
            crate::skip::skip(format_args!("DAYTONA_OPENAPI names no folder with {file}"));
            return None;
        };
        let path = Path::new(&folder).join(file);
        let text = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let sandbox = Sandbox::new();
        Some(Self {
            document: serde_json::from_slice(&text).expect("JSON"),
            prefix: prefix(&sandbox),
            sandbox,
            asked: BTreeSet::new(),
            wrong: Vec::new(),
        })
    }

    /// Asks a documented route, and holds the reply against its document.
    fn ask(&mut self, method: &str, template: &str, path: &str, body: &Value) -> Value {
        let body = match body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        let reply = self.send(method, template, path, &[], body.as_bytes());
        reply.json()
    }

    fn send(
        &mut self,
        method: &str,
        template: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Reply {
        let reply = self
            .sandbox
            .request(method, &format!("{}{path}", self.prefix), headers, body);
        self.hold(method, template, &reply);
        reply
    }

    /// Asks what can only be refused here: by a status that the document promises, in the API's shape.
    fn refused(&mut self, method: &str, template: &str, path: &str, body: &Value) {
        let body = body.to_string();
        let path = format!("{}{path}", self.prefix);
        let reply = self.sandbox.request(method, &path, &[], body.as_bytes());
        let route = format!("{method} {template}");
        let operation = &self.document["paths"][template][method.to_lowercase()];
        let promised = &operation["responses"][reply.status.to_string()];
        let said = reply.json();
        if reply.status < 400 || promised.is_null() || said["statusCode"] != reply.status {
            self.wrong.push(format!("{route}: {} {said}", reply.status));
        }
        self.asked.insert(route);
    }

    /// The route was asked: the reply must be one that the document promises, and a good one.
    fn hold(&mut self, method: &str, template: &str, reply: &Reply) {
        let route = format!("{method} {template}");
        let status = reply.status.to_string();
        let operation = &self.document["paths"][template][method.to_lowercase()];
        let promised = &operation["responses"][&status];
        let mut wrong = Vec::new();
        if operation.is_null() {
            wrong.push("the document has no such route".to_owned());
        } else if promised.is_null() || reply.status >= 400 {
            wrong.push(format!("{status} is not promised: {}", reply.json()));
        }
        let schema = match &promised["content"]["application/json"]["schema"] {
            Value::Null => &promised["schema"],
            schema => schema,
        };
        // Of a form in parts the document knows only that it is one.
        let parts = operation["produces"].as_array();
        let parts = parts.is_some_and(|kinds| kinds.iter().all(|kind| kind != "application/json"));
        if !schema.is_null() && schema["type"] != "file" && !parts {
            wrong.extend(schema::check(&self.document, schema, &reply.json()));
        }
        let wrong = wrong.into_iter().map(|why| format!("{route}: {why}"));
        self.wrong.extend(wrong);
        self.asked.insert(route);
    }

    /// What was not asked must be answered by a refusal that says that it is not there.
    fn find_served(&mut self) {
        let mut routes = Vec::new();
        for (template, operations) in self.document["paths"].as_object().expect("paths") {
            for method in operations.as_object().expect("operations").keys() {
                routes.push((method.to_uppercase(), template.clone()));
            }
        }
        for (method, template) in routes {
            let route = format!("{method} {template}");
            if self.asked.contains(&route) {
                continue;
            }
            // With a sandbox that is there: one that is not would hide whether the route is.
            let path: Vec<&str> = template
                .split('/')
                .map(|part| match part {
                    "{sandboxId}" | "{sandboxIdOrName}" => self.sandbox.id(),
                    "{organizationId}" => ORGANIZATION,
                    part if part.starts_with('{') => "x",
                    part => part,
                })
                .collect();
            let path = format!("{}{}", self.prefix, path.join("/"));
            let reply = self.sandbox.request(&method, &path, &[], b"{}");
            let message = reply.json()["message"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            // The last: its name was taken for that of a sandbox or an organization.
            let last = format!(
                " {} not found",
                template.rsplit('/').next().unwrap_or_default()
            );
            let absent = match reply.status {
                404 => {
                    message.starts_with("Cannot ")
                        || message.starts_with("this toolbox has no ")
                        || message.ends_with(&last)
                }
                400 => message == "no language server was started",
                _ => false,
            };
            if !(absent || matches!(reply.status, 403 | 422 | 501 | 503)) {
                let status = reply.status;
                let why = "it seems to be served: ask it, and take it off the list of what is not";
                self.wrong
                    .push(format!("{route}: {why} ({status} {message})"));
            }
        }
    }

    /// Fails where a reply was wrong, or a route was neither asked nor is known not to be served.
    /// A `*` at the end of what is not served stands for any rest.
    #[track_caller]
    fn finish(mut self, not_served: &[&str]) {
        self.find_served();
        let mut unused: BTreeSet<&str> = not_served.iter().copied().collect();
        let paths = self.document["paths"].as_object().expect("paths");
        for (template, operations) in paths {
            for method in operations.as_object().expect("operations").keys() {
                let route = format!("{} {template}", method.to_uppercase());
                let not_here = not_served
                    .iter()
                    .find(|known| match known.strip_suffix('*') {
                        Some(begin) => route.starts_with(begin) || template.starts_with(begin),
                        None => **known == route,
                    });
                match (not_here, self.asked.contains(&route)) {
                    (None, false) => self.wrong.push(format!("{route}: nobody asks")),
                    (Some(known), asked) => {
                        unused.remove(known);
                        if asked {
                            self.wrong.push(format!("{route}: it is served after all"));
                        }
                    }
                    (None, true) => {}
                }
            }
        }
        let unused = unused
            .into_iter()
            .map(|one| format!("{one}: no such route"));
        self.wrong.extend(unused);
        eprintln!("{} routes were held against the document", self.asked.len());
        assert!(self.wrong.is_empty(), "{:#?}", self.wrong);
    }
}
