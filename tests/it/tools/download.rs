//! Files as a model can use them, and the choices where they are too large for that.

use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use serde_json::{Value, json};

use crate::binary::Home;
use crate::mcp_client::Server;

/// A picture of one dot.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const GIF: &str = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

fn upload(server: &mut Server, path: &str, content: &str, encoding: &str) {
    server.done(
        "file_upload",
        &json!({"id": "box", "filePath": path, "content": content, "encoding": encoding}),
    );
}

fn bytes(result: &Value) -> Vec<u8> {
    let text = result["base64"].as_str().expect("bytes");
    STANDARD.decode(text).expect("base64")
}

#[test]
fn each_kind_comes_as_what_it_is() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let mut server = Server::with_all_tools(&home);
    let svg = "<svg xmlns='http://www.w3.org/2000/svg'><circle r='1'/></svg>";
    upload(&mut server, "text.json", "{\"data\": [\"ü\"]}", "text");
    upload(&mut server, "no-end", PNG, "base64");
    upload(&mut server, "a.gif", GIF, "base64");
    upload(&mut server, "a.svg", svg, "text");
    upload(&mut server, "tiny", "AAECAw==", "base64");
    upload(&mut server, "fake.png", "no picture at all", "text");
    upload(&mut server, "empty", "", "text");
    let mut get =
        |path: &str| server.result("file_download", &json!({"id": "box", "filePath": path}));
    let text = get("text.json")["structuredContent"].take();
    assert_eq!(
        text,
        json!({"path": "text.json", "size": 16, "contentType": "application/json", "text": "{\"data\": [\"ü\"]}"})
    );
    for (path, media, data) in [("no-end", "image/png", PNG), ("a.gif", "image/gif", GIF)] {
        let result = get(path);
        assert_eq!(result["structuredContent"]["contentType"], media);
        assert_eq!(
            result["content"][1],
            json!({"type": "image", "data": data, "mimeType": media}),
            "{path}"
        );
        // The picture is there once.
        assert!(result["structuredContent"]["base64"].is_null());
    }
    let result = get("a.svg");
    assert!(result["content"][1].is_null(), "{result}");
    assert_eq!(result["structuredContent"]["contentType"], "image/svg+xml");
    assert_eq!(result["structuredContent"]["text"], svg);
    assert_eq!(bytes(&get("tiny")["structuredContent"]), [0, 1, 2, 3]);
    assert_eq!(
        get("fake.png")["structuredContent"]["text"],
        "no picture at all"
    );
    assert_eq!(get("empty")["structuredContent"]["text"], "");
    let (kind, message, _) =
        server.refused("file_download", &json!({"id": "box", "filePath": "/tmp"}));
    assert_eq!(
        (kind.as_str(), message.as_str()),
        ("usage", "/tmp is a folder")
    );
}

#[test]
fn a_large_file_gives_the_choices_and_each_of_them_works() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let _ = home.sh(
        "box",
        "seq 1 1000000 > large; head -c 300000 /dev/urandom > noise",
    );
    let mut server = Server::with_all_tools(&home);
    let mut get = |more: Value| {
        let mut arguments = json!({"id": "box", "filePath": "large"});
        let object = arguments.as_object_mut().expect("an object");
        object.extend(more.as_object().expect("an object").clone());
        server.done("file_download", &arguments)
    };
    let numbers = (1..=1_000_000).map(|number: u32| number.to_string() + "\n");
    let whole: String = numbers.collect();
    let size = whole.len();
    assert_eq!(size, 6_888_896);

    let choices = get(json!({}));
    let ways: Vec<_> = choices["choices"]
        .as_array()
        .expect("choices")
        .iter()
        .map(|one| one["download"].clone())
        .collect();
    assert_eq!(ways, ["partial", "to_text", "compressed", "forced"]);
    assert!(choices["size"] == size && choices["text"].is_null() && choices["base64"].is_null());
    assert_eq!(choices["contentType"], "text/plain");
    assert!(choices.to_string().len() < 1000, "{choices}");

    // Within the guard it is text, shortened to what a context window stands.
    let text = get(json!({"maxSizeMb": 10}));
    let shown = text["text"].as_str().expect("text");
    assert!(shown.starts_with("1\n2\n") && shown.ends_with("\n1000000\n") && shown.len() < 8400);
    assert!(text["note"].as_str().expect("a note").contains("read_file"));

    let part = get(json!({"download": "partial"}));
    assert_eq!(
        (&part["partialBytes"], &part["size"]),
        (&json!(102_400), &json!(size))
    );
    assert_eq!(part["text"], whole[..102_400]);
    let part = get(json!({"download": "partial", "chunkSizeKb": 3}));
    assert_eq!(part["text"], whole[..3072]);

    let compressed = get(json!({"download": "compressed"}));
    assert_eq!(compressed["contentEncoding"], "gzip");
    let mut unpacked = String::new();
    GzDecoder::new(&bytes(&compressed)[..])
        .read_to_string(&mut unpacked)
        .expect("gzip");
    assert!(unpacked == whole);
    assert!(get(json!({"download": "forced"}))["text"] == whole);

    // Bytes that are no text.
    let noise = home
        .run(&["exec", "box", "--", "base64", "-w0", "noise"])
        .stdout;
    let noise = STANDARD.decode(noise).expect("base64");
    let mut get = |more: &str| {
        server.done(
            "file_download",
            &json!({"id": "box", "filePath": "noise", "download": more}),
        )
    };
    assert_eq!(bytes(&get("forced")), noise);
    assert_eq!(bytes(&get("partial")), noise[..102_400]);
    let choices = server.done("file_download", &json!({"id": "box", "filePath": "noise"}));
    assert_eq!(
        choices["choices"].as_array().map(Vec::len),
        Some(3),
        "{choices}"
    );
    let (kind, _, hint) = server.refused(
        "file_download",
        &json!({"id": "box", "filePath": "noise", "download": "to_text"}),
    );
    assert!(kind == "unsupported" && hint.contains("forced"), "{hint}");
    for wrong in [
        json!({"maxSizeMb": 0}),
        json!({"chunkSizeKb": 0}),
        json!({"download": "all"}),
    ] {
        let mut arguments = json!({"id": "box", "filePath": "large"});
        arguments
            .as_object_mut()
            .expect("an object")
            .extend(wrong.as_object().expect("an object").clone());
        assert_eq!(
            server.refused("file_download", &arguments).0,
            "usage",
            "{wrong}"
        );
    }
}
