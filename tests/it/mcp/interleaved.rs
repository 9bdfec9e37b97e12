//! Two servers and a terminal on the same sandboxes, in random order: nothing is removed that has changed
//! since it was asked about, and nothing beyond the scope.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::binary::Home;
use crate::mcp_client::Server;

use super::confirm::{answered_to, token};

const STEPS: usize = 200;
/// As many names as make every act meet every other.
const NAMES: [&str; 4] = ["a", "b", "c", "d"];

/// A sandbox as the test knows it.
#[derive(Clone, Debug, PartialEq)]
struct Known {
    id: String,
    /// Counts whatever changed in it.
    version: u64,
    /// Whether the server with a scope may touch it.
    inside: bool,
}

/// What was asked, and of what.
struct Asked {
    arguments: Value,
    name: &'static str,
    of: Known,
}

struct World<'h> {
    home: &'h Home,
    known: BTreeMap<&'static str, Known>,
    random: u64,
}

impl World<'_> {
    fn random(&mut self, below: usize) -> usize {
        // xorshift64
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        usize::try_from(self.random % below as u64).expect("small")
    }

    fn create(&mut self, name: &'static str) {
        let inside = self.random(3) > 0;
        let label = format!("zone={}", if inside { "in" } else { "out" });
        self.home
            .done(&["create", "--name", name, "--label", &label]);
        let id = self.home.json(&["info", name])["id"]
            .as_str()
            .expect("an id")
            .to_owned();
        self.known.insert(
            name,
            Known {
                id,
                version: 0,
                inside,
            },
        );
    }

    /// Changes something about it, if it is there.
    fn change(&mut self, name: &'static str) {
        let way = self.random(4);
        let Some(known) = self.known.get_mut(name) else {
            return;
        };
        known.version += 1;
        match way {
            0 => {
                self.home.done(&["stop", name]);
                self.home.done(&["start", name]);
            }
            1 => {
                self.home.done(&["delete", name]);
                self.create(name);
            }
            _ => {
                let text = format!("echo {} >> ~/note", known.version);
                assert_eq!(self.home.sh(name, &text).code, Some(0));
            }
        }
    }

    /// What is there is what the test knows of.
    fn check(&self, what: &str) {
        let there = self.home.json(&["list", "--all"])["items"].clone();
        let there: BTreeSet<&str> = there
            .as_array()
            .expect("items")
            .iter()
            .map(|one| one["id"].as_str().expect("an id"))
            .collect();
        let known: BTreeSet<&str> = self.known.values().map(|one| &*one.id).collect();
        assert_eq!(there, known, "{what}");
    }
}

fn kind(result: &Value) -> String {
    let text = result["content"][0]["text"].as_str().unwrap_or_default();
    let report: Value = serde_json::from_str(text).unwrap_or_default();
    report["kind"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn nothing_goes_that_has_changed_since_the_question_whatever_the_order() {
    let home = Home::with_engine();
    let seed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seed = u64::from(seed.expect("a clock").subsec_nanos()) | 1;
    let mut world = World {
        home: &home,
        known: BTreeMap::new(),
        random: seed,
    };
    let mut bounded = Server::with(&home, &["--scope", "label=zone=in"], &json!({}));
    let mut asking = Server::with(&home, &[], &json!({"elicitation": {}}));
    let mut open: Vec<Asked> = Vec::new();
    let (mut gone, mut kept) = (0, 0);
    for step in 0..STEPS {
        let name = NAMES[world.random(NAMES.len())];
        let what = format!("seed {seed}, step {step}, {name}");
        let known = world.known.get(name).cloned();
        match (world.random(6), known) {
            (_, None) => world.create(name),
            (0, Some(_)) => world.change(name),
            (1, Some(known)) => {
                let arguments = json!({"id": name});
                let refused = bounded.result("destroy_sandbox", &arguments);
                let wanted = if known.inside { "unconfirmed" } else { "auth" };
                assert_eq!(kind(&refused), wanted, "{what}: {refused}");
                if known.inside {
                    let text = refused["content"][0]["text"].as_str().expect("text");
                    let token = token(&text.replace("\\\"", "\""));
                    open.push(Asked {
                        arguments: json!({"id": name, "confirm": token}),
                        name,
                        of: known,
                    });
                }
            }
            (2 | 3, Some(_)) if !open.is_empty() => {
                let chosen = world.random(open.len());
                let asked = open.swap_remove(chosen);
                let same = world.known.get(asked.name) == Some(&asked.of);
                let result = bounded.result("destroy_sandbox", &asked.arguments);
                let done = result["structuredContent"]["deleted"] == true;
                assert_eq!(
                    done,
                    same,
                    "{what}: {} is {:?}, was {:?}: {result}",
                    asked.name,
                    world.known.get(asked.name),
                    asked.of
                );
                if done {
                    world.known.remove(asked.name);
                    gone += 1;
                } else {
                    kept += 1;
                }
            }
            (4, Some(_)) => {
                let changes = world.random(2) == 0;
                let yes = world.random(3) > 0;
                let answer = json!({"action": "accept", "content": {"confirm": yes}});
                let call = json!({"name": "destroy_sandbox", "arguments": {"id": name}});
                let (result, asked) = answered_to(&mut asking, &call, &answer, || {
                    if changes {
                        world.change(name);
                    }
                });
                assert_eq!(asked.len(), 1, "{what}: {result}");
                let done = result["structuredContent"]["deleted"] == true;
                assert_eq!(done, yes && !changes, "{what}: {result}");
                if done {
                    world.known.remove(name);
                    gone += 1;
                } else {
                    kept += 1;
                }
            }
            // A look, which changes nothing.
            (_, Some(known)) if known.inside => {
                bounded.done("list_files", &json!({"id": name, "path": "/"}));
            }
            (_, Some(_)) => {
                home.done(&["delete", name]);
                world.known.remove(name);
            }
        }
        world.check(&what);
    }
    assert!(
        gone > 5 && kept > 5,
        "seed {seed}: {gone} went, {kept} stayed"
    );
}
