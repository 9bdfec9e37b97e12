//! Files of any size, a page at a time, in memory that does not grow with them.

use std::fs;

use serde_json::json;

use crate::binary::Home;
use crate::mcp_client::Server;

/// The most memory that the server had so far, in KiB.
pub(super) fn peak(server: &Server) -> u64 {
    let status =
        fs::read_to_string(format!("/proc/{}/status", server.child.id())).expect("a status");
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let size = line.and_then(|line| line.split_whitespace().nth(1));
    size.expect("a size").parse().expect("a number")
}

#[test]
fn pages_joined_are_the_file() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let _ = home.sh("box", "for i in $(seq 1 5000); do echo \"zeile $i größer 🦀\"; done > f; cat f | tr '\\n' ' ' > one-line");
    let mut server = Server::with_all_tools(&home);
    for (name, lines) in [("f", true), ("one-line", false)] {
        let whole = home.sh("box", &format!("cat {name}")).stdout;
        let (mut offset, mut joined, mut pages) = (0, String::new(), 0);
        loop {
            let page = server.done(
                "read_file",
                &json!({"id": "box", "filePath": name, "offset": offset}),
            );
            let text = page["text"].as_str().expect("text");
            assert!(text.len() <= 8192 && page["size"] == whole.len(), "{page}");
            assert_eq!(page["offset"], offset);
            joined.push_str(text);
            pages += 1;
            let Some(next) = page["nextOffset"].as_u64() else {
                break;
            };
            assert!(!lines || text.ends_with('\n'));
            offset = next;
        }
        assert!(
            joined == whole && pages > whole.len() / 8192,
            "{name}: {pages} pages"
        );
    }
    // From the middle of a character on, and from the end.
    let page = server.done(
        "read_file",
        &json!({"id": "box", "filePath": "f", "offset": 12, "limit": 20}),
    );
    assert!(
        !page["text"].as_str().expect("text").contains('\u{fffd}'),
        "{page}"
    );
    let page = server.done(
        "read_file",
        &json!({"id": "box", "filePath": "f", "offset": -25}),
    );
    assert_eq!(page["text"], "zeile 5000 größer 🦀\n");
    assert_eq!(page["nextOffset"], json!(null));
    let page = server.done(
        "read_file",
        &json!({"id": "box", "filePath": "f", "offset": 10_000_000}),
    );
    assert_eq!(
        (&page["text"], page["note"].is_string()),
        (&json!(""), true)
    );
}

#[test]
fn a_huge_file_costs_no_memory() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    // A gigabyte, nearly all of it one line that is a hole of the disk, with text at its end.
    let made = home.sh(
        "box",
        "echo begins > huge && truncate -s 1G huge && printf 'the end\\n' >> huge && head -c 200000000 /dev/zero | tr '\\0' x > line",
    );
    assert_eq!(made.code, Some(0), "{made}");
    let mut server = Server::with_all_tools(&home);
    server.done("list_files", &json!({"id": "box"}));
    let before = peak(&server);
    let size = (1_u64 << 30) + 8;
    let page = server.done(
        "read_file",
        &json!({"id": "box", "filePath": "huge", "offset": -8}),
    );
    assert_eq!(
        (&page["text"], &page["size"]),
        (&json!("the end\n"), &json!(size))
    );
    let page = server.done("read_file", &json!({"id": "box", "filePath": "huge"}));
    assert_eq!(page["contentType"], "application/octet-stream", "{page}");
    assert!(page["text"].is_null(), "{page}");
    let page = server.done(
        "read_file",
        &json!({"id": "box", "filePath": "line", "offset": 100_000_000}),
    );
    assert_eq!(page["text"].as_str().map(str::len), Some(8192));
    assert_eq!(page["nextOffset"], 100_008_192);
    let choices = server.done("file_download", &json!({"id": "box", "filePath": "huge"}));
    assert_eq!(choices["size"], size);
    let part = server.done(
        "file_download",
        &json!({"id": "box", "filePath": "line", "download": "partial"}),
    );
    assert_eq!(part["text"].as_str().map(str::len), Some(102_400));
    let grown = peak(&server) - before;
    assert!(
        grown < 16 << 10,
        "{grown} KiB more for a page of a large file"
    );
}

#[test]
fn what_is_no_text_is_said_to_be_none() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let _ = home.sh("box", "printf 'a\\0b' > nul; printf '\\377\\376\\375\\374' > high; printf 'caf\\351 au lait, s il vous plait, merci' > latin; : > empty");
    let mut server = Server::with_all_tools(&home);
    let mut read = |name: &str| server.done("read_file", &json!({"id": "box", "filePath": name}));
    for name in ["nul", "high"] {
        let page = read(name);
        assert_eq!(page["contentType"], "application/octet-stream");
        assert!(page["text"].is_null() && page["note"].is_string(), "{page}");
    }
    let latin = read("latin");
    assert!(
        latin["text"].as_str().expect("text").starts_with("café"),
        "{latin}"
    );
    assert_eq!(latin["encoding"], "windows-1252 (Latin-1)");
    assert_eq!(read("empty")["text"], "");
    // Files that are made while they are read say that they are empty.
    let version = read("/proc/version");
    assert!(
        version["text"].as_str().expect("text").contains("Linux"),
        "{version}"
    );
    let mut part = |offset: u64| {
        let page = json!({"id": "box", "filePath": "/proc/version", "offset": offset, "limit": 10});
        server.done("read_file", &page)
    };
    let (first, second) = (part(0), part(10));
    assert_eq!(first["nextOffset"], 10);
    let text = |page: &serde_json::Value| page["text"].as_str().expect("text").to_owned();
    assert_eq!(
        text(&first) + &text(&second),
        text(&version)[..20],
        "{second}"
    );
    let (kind, message, _) = server.refused("read_file", &json!({"id": "box", "filePath": "/tmp"}));
    assert_eq!(
        (kind.as_str(), message.as_str()),
        ("usage", "/tmp is a folder")
    );
    let (kind, _, hint) = server.refused("read_file", &json!({"id": "box", "filePath": "none"}));
    assert!(kind == "not_found" && hint.contains("list_files"), "{hint}");
    for limit in [0, 2_000_000] {
        let (kind, ..) = server.refused(
            "read_file",
            &json!({"id": "box", "filePath": "nul", "limit": limit}),
        );
        assert_eq!(kind, "usage");
    }
}
