//! Lists longer than a page: what a program reads is whole, whatever its form.

use std::io::Read as _;

use crate::binary::Home;
use crate::responder::{Responder, reply};

/// How many sandboxes the server has.
const MANY: usize = 450;

/// A server that gives pages of what `limit` says, after `cursor`.
fn server() -> Responder {
    Responder::new(|_, asked| {
        let line = &asked.line;
        let value = |name: &str| -> Option<usize> {
            let query = line.split(['?', ' ']).nth(2)?;
            let pair = query.split('&').find_map(|pair| pair.strip_prefix(name));
            pair?.strip_prefix('=')?.parse().ok()
        };
        if line.contains("/snapshots") {
            let (page, limit) = (value("page").unwrap_or(1), value("limit").unwrap_or(100));
            let items: Vec<String> = ((page - 1) * limit..(page * limit).min(MANY))
                .map(|at| format!(r#"{{"id":"s-{at}","name":"n-{at}","state":"active"}}"#))
                .collect();
            let pages = MANY.div_ceil(limit);
            let items = items.join(",");
            return reply(
                "200 OK",
                &format!(
                    r#"{{"items":[{items}],"total":{MANY},"page":{page},"totalPages":{pages}}}"#
                ),
            );
        }
        let from = value("cursor").unwrap_or(0);
        let to = (from + value("limit").unwrap_or(100)).min(MANY);
        let items: Vec<String> = (from..to)
            .map(|at| format!(r#"{{"id":"id-{at}","name":"n-{at}","state":"started"}}"#))
            .collect();
        let next = if to < MANY {
            format!("\"{to}\"")
        } else {
            "null".to_owned()
        };
        let items = items.join(",");
        reply(
            "200 OK",
            &format!(r#"{{"items":[{items}],"nextCursor":{next}}}"#),
        )
    })
}

#[test]
fn what_a_program_reads_is_whole() {
    let server = server();
    let home = Home::with_server(&server.url);
    for noun in [&["list"][..], &["snapshot", "list"]] {
        let text = |flags: &[&str]| home.text(&[noun, flags].concat());
        assert_eq!(text(&[]).lines().count(), MANY);
        assert_eq!(text(&["-q"]).lines().count(), MANY);
        let headed = text(&["--format", "table"]);
        assert_eq!(headed.lines().count(), MANY + 1);
        assert!(headed.starts_with("NAME  "), "{headed}");
        assert!(text(&["--color", "always"]).contains("NAME"));
        let whole: serde_json::Value = serde_json::from_str(&text(&["--json"])).expect("JSON");
        assert_eq!(whole["items"].as_array().map(Vec::len), Some(MANY));
        assert_eq!(whole["nextCursor"], serde_json::Value::Null);
        assert_eq!(
            text(&["--format", "yaml"]).matches("\n  id: ").count()
                + text(&["--format", "yaml"]).matches("- id: ").count(),
            MANY
        );
        // As GitHub's gh writes it, too.
        for form in [
            &["--json=id,name"][..],
            &["--json", "id,name"],
            &["--json", "id"],
        ] {
            let picked: serde_json::Value = serde_json::from_str(&text(form)).expect("JSON");
            assert_eq!(picked["items"].as_array().map(Vec::len), Some(MANY));
            assert_eq!(picked["items"][0]["state"], serde_json::Value::Null);
        }
        // A page that was asked for is a page.
        assert_eq!(text(&["-q", "--limit", "7"]).lines().count(), 7);
    }
    // The official CLI's short form, and ours.
    assert_eq!(home.text(&["list", "-q", "-l", "7"]).lines().count(), 7);
    assert_eq!(
        home.text(&["list", "-q", "-l", "a=b", "-l", "7"])
            .lines()
            .count(),
        7
    );
    let last = server.asked().pop().expect("a request");
    assert!(format!("{last:?}").contains("labels="), "{last:?}");
    for wrong in [
        &["list", "-l", "0"][..],
        &["list", "-l", "team"],
        &["list", "-l", "3", "--limit", "4"],
    ] {
        assert_eq!(home.run(wrong).code, Some(2));
    }
}

#[test]
fn a_reader_that_has_enough_ends_the_list() {
    let server = server();
    let home = Home::with_server(&server.url);
    let mut child = home.spawn(&["list", "--json"]);
    let mut some = [0; 10];
    let out = child.stdout.as_mut().expect("a pipe");
    out.read_exact(&mut some).expect("output");
    drop(child.stdout.take());
    let seen = home.finish(child);
    assert_eq!((seen.code, seen.stderr.as_str()), (Some(0), ""), "{seen}");
    assert!(server.asked().len() <= 3, "{:?}", server.asked());
}
