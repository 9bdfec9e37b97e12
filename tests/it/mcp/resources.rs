//! What clients read without a tool, the prompts, and the completion of both.

use serde_json::{Value, json};

use crate::binary::Home;
use crate::mcp_client::Server;

fn read(server: &mut Server, uri: &str) -> Value {
    server.ask("resources/read", json!({"uri": uri}))
}

#[test]
fn sandboxes_and_files_are_read_by_address() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "box"]);
    let _ = home.sh("box", "printf 'grüße\\n' > '/tmp/a b'; head -c 100000 /dev/zero > /tmp/zeros; mkdir /tmp/d; seq 1 20000 > /tmp/long");
    let mut server = Server::greeted(&home);
    let list = server.ask("resources/list", json!({}));
    let first = &list["result"]["resources"][0];
    assert_eq!(first["name"], "box", "{list}");
    let info = read(&mut server, first["uri"].as_str().expect("an address"));
    assert!(
        info["result"]["contents"][0]["text"]
            .to_string()
            .contains("box"),
        "{info}"
    );
    let file = read(&mut server, "sandbox://box/file/tmp/a%20b");
    assert_eq!(file["result"]["contents"][0]["text"], "grüße\n", "{file}");
    let zeros = read(&mut server, "sandbox://box/file/tmp/zeros?limit=10");
    let blob = &zeros["result"]["contents"][0];
    assert_eq!(
        (&blob["blob"], &blob["_meta"]["nextOffset"]),
        (&json!("AAAAAAAAAAAAAA=="), &json!(10)),
        "{zeros}"
    );
    // Page by page to the end.
    let (mut text, mut offset) = (String::new(), json!(0));
    while !offset.is_null() {
        let page = read(
            &mut server,
            &format!("sandbox://box/file/tmp/long?offset={offset}"),
        );
        let contents = &page["result"]["contents"][0];
        text += contents["text"].as_str().expect("text");
        offset = contents["_meta"]["nextOffset"].clone();
    }
    let whole: String = (1..=20000).fold(String::new(), |text, number| format!("{text}{number}\n"));
    assert_eq!(text, whole);
    for wrong in [
        "sandbox://nobody",
        "sandbox://box/file/tmp/none",
        "sandbox://box/file/tmp/d",
        "sandbox://box/job/j1/stdout",
        "sandbox://box/nonsense",
        "file:///etc/passwd",
    ] {
        let reply = read(&mut server, wrong);
        assert!(reply["error"]["message"].is_string(), "{wrong}: {reply}");
    }
}

#[test]
fn prompts_are_filled_in() {
    let home = Home::new();
    let mut server = Server::greeted(&home);
    let list = server.ask("prompts/list", json!({}));
    let names: Vec<&str> = list["result"]["prompts"]
        .as_array()
        .expect("prompts")
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    assert_eq!(names, ["clean_up", "new_environment", "diagnose_sandbox"]);
    let get = json!({"name": "new_environment", "arguments": {"repository": "https://git.test/r"}});
    let prompt = server.ask("prompts/get", get);
    assert!(
        prompt["result"]["messages"][0]
            .to_string()
            .contains("https://git.test/r"),
        "{prompt}"
    );
    for wrong in [
        json!({"name": "no_such"}),
        json!({"name": "new_environment"}),
        json!({"name": "clean_up", "arguments": {"nonsense": "1"}}),
    ] {
        let reply = server.ask("prompts/get", wrong.clone());
        assert_eq!(reply["error"]["code"], -32602, "{wrong}: {reply}");
    }
}

#[test]
fn what_is_typed_is_completed() {
    let home = Home::with_engine();
    for name in ["web-one", "web-two", "other"] {
        home.done(&["create", "--name", name]);
    }
    let _ = home.sh("web-one", "mkdir -p /tmp/deep/er; touch /tmp/deep/file");
    let mut server = Server::greeted(&home);
    let mut values = |reference: Value, name: &str, value: &str, context: Value| {
        let mut params = json!({"ref": reference, "argument": {"name": name, "value": value}});
        if context.is_object() {
            params["context"] = json!({"arguments": context});
        }
        server.ask("completion/complete", params)["result"]["completion"]["values"].clone()
    };
    let prompt = json!({"type": "ref/prompt", "name": "diagnose_sandbox"});
    assert_eq!(
        values(prompt.clone(), "sandbox", "web", json!(null)),
        json!(["web-one", "web-two"])
    );
    assert_eq!(values(prompt, "problem", "x", json!(null)), json!([]));
    let file = json!({"type": "ref/resource", "uri": "sandbox://{id}/file/{+path}{?offset,limit}"});
    assert_eq!(
        values(file.clone(), "id", "o", json!(null)),
        json!(["other"])
    );
    let id = json!({"id": "web-one"});
    assert_eq!(
        values(file.clone(), "path", "tmp/deep/", id.clone()),
        json!(["tmp/deep/er/", "tmp/deep/file"])
    );
    assert_eq!(
        values(file, "path", "tmp/deep/f", id),
        json!(["tmp/deep/file"])
    );
}

#[test]
fn what_is_wrong_has_its_code_and_names_tools() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "one"]);
    let mut server = Server::greeted(&home);
    let listed = server.ask("resources/list", json!({"cursor": "nobody's"}));
    assert_eq!(listed["error"]["code"], -32602, "{listed}");
    assert!(
        listed["error"]["message"].to_string().contains("cursor"),
        "{listed}"
    );
    let read = server.ask("resources/read", json!({"uri": "sandbox://nobody"}));
    assert_eq!(read["error"]["code"], -32002, "{read}");
    let hints = read["error"]["data"]["hints"].to_string();
    assert!(
        hints.contains("list_sandboxes") && !hints.contains("daytona list"),
        "{hints}"
    );
    let listen = server.ask("subscriptions/listen", json!({}));
    assert_eq!(listen["error"]["code"], -32601, "{listen}");
}
