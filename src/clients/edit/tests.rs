//! Each language of files: what is put in comes out to the byte, and what is not understood is refused.

use serde_json::{Map, Value, json};

use super::{Format, Layout};

const JSON: Layout = Layout {
    format: Format::Json,
    path: &["mcpServers"],
};
const DEEP: Layout = Layout {
    format: Format::Json,
    path: &["mcp", "servers"],
};
const TOML: Layout = Layout {
    format: Format::Toml,
    path: &["mcp_servers"],
};
const YAML: Layout = Layout {
    format: Format::Yaml,
    path: &["extensions"],
};
const NAME: &str = "daytona-mcp";

fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => panic!("not an object: {other}"),
    }
}

fn entry() -> Map<String, Value> {
    map(json!({ "command": "/bin/daytona", "args": ["mcp", "start", "--read-only"] }))
}

/// Put in, put in again, changed and taken out.
fn round_trip(layout: Layout, text: &str) {
    let put = layout.put(text, NAME, &entry()).expect("an edit");
    let servers = layout.servers(&put).expect("servers");
    assert_eq!(servers[NAME], Value::Object(entry()), "{put}");
    assert_eq!(layout.put(&put, NAME, &entry()).expect("an edit"), put);
    let moved = map(json!({ "command": "/new/daytona" }));
    let changed = layout.put(&put, NAME, &moved).expect("an edit");
    assert_eq!(changed, put.replace("/bin/daytona", "/new/daytona"));
    assert_eq!(layout.remove(&changed, NAME).expect("an edit"), text);
}

#[test]
fn what_is_put_in_can_be_taken_out_to_the_byte() {
    for text in [
        "{}\n",
        "{\n  \"a\": 1\n}\n",
        "\u{feff}{\n\t// mine\n\t\"b\": [1, 2,],\n\t\"mcpServers\": {\n\t\t\"other\": { \"command\": \"x\" }, // kept\n\t},\n}\n",
    ] {
        round_trip(JSON, text);
    }
    round_trip(
        DEEP,
        "{\n  \"mcp\": {\n    \"servers\": {\n      \"other\": {}\n    }\n  }\n}\n",
    );
    for text in [
        "",
        "model = \"x\"\n",
        "# mine\nmodel = 'x' # so\r\n\r\n[a.b]\r\nc = [\r\n  1, # one\r\n]\r\n",
        "[mcp_servers.other]\ncommand = \"x\"\n# below\n\n[tui]\ntheme = \"dark\"\n",
        "mcp_servers.other.command = \"x\"\nmodel = \"y\" # last\n",
        "mcp_servers = { other = { command = \"x\" } } # inline\nmodel = \"y\"\n",
        "[mcp_servers]\nother = { command = \"x\" }\n\n# the end\n",
        "[mcp_servers.other]\ncommand = \"x\"\n[mcp_servers.other.env]\nA = \"1\"\n",
        "[[list]]\nx = 1979-05-27T07:32:00Z\ny = nan\n",
    ] {
        let text = text.replace("\r\n", "\n");
        round_trip(TOML, &text);
        round_trip(TOML, &text.replace('\n', "\r\n"));
    }
    for text in [
        "",
        "# mine\nGOOSE_MODEL: x\n",
        "extensions:\n  developer:\n    enabled: true # kept\n    text: |\n      # no comment\n\n      end\n\n# about the model\nGOOSE_MODEL: x\n",
        "extensions:\n    a:\n        args:\n        - one\n        - two\n",
        "GOOSE_MODEL: x",
    ] {
        round_trip(YAML, text);
        round_trip(YAML, &text.replace('\n', "\r\n"));
    }
}

#[test]
fn keys_that_the_user_added_to_our_entry_stay() {
    let cases = [
        (
            JSON,
            "{\"mcpServers\":{\"daytona-mcp\":{\"env\":{\"A\":\"1\"},\"command\":\"old\"}}}",
        ),
        (
            TOML,
            "[mcp_servers.daytona-mcp]\ncommand = \"old\" # ours\nenv = { A = \"1\" }\n",
        ),
        (
            YAML,
            "extensions:\n  daytona-mcp:\n    # ours\n    args:\n      - old\n    env:\n      A: \"1\"\n    command: old\n  z: {}\n",
        ),
    ];
    for (layout, text) in cases {
        let put = layout.put(text, NAME, &entry()).expect("an edit");
        let servers = layout.servers(&put).expect("servers");
        assert_eq!(servers[NAME]["env"]["A"], "1", "{put}");
        assert_eq!(servers[NAME]["command"], "/bin/daytona", "{put}");
        assert_eq!(servers[NAME]["args"][2], "--read-only", "{put}");
        assert_eq!(put.contains("# ours"), text.contains("# ours"), "{put}");
    }
}

#[test]
fn what_is_not_understood_is_refused() {
    let cases: &[(Layout, &[&str])] = &[
        (
            JSON,
            &[
                "[]",
                "null",
                "{\"mcpServers\": []}",
                "{\"mcpServers\": {\"daytona-mcp\": 1}}",
                "{,}",
                "{'a': 1}",
            ],
        ),
        (
            TOML,
            &[
                "mcp_servers = 1\n",
                "[mcp_servers]\ndaytona-mcp = 1\n",
                "a = \n",
                "a = 1\r\nb = 2\n",
            ],
        ),
        (
            YAML,
            &[
                "[]\n",
                "extensions: []\n",
                "extensions: { a: { b: 1 } }\n",
                "\"extensions\":\n  a: { b: 1 }\n",
                "extensions:\n  \"daytona-mcp\":\n    command: x\n",
                "extensions:\n  daytona-mcp: { command: x }\n",
                "a: 1\n---\nb: 2\n",
                "a: 1\n...\n",
                "a: [1\n",
                "a: 1\na: 2\n",
                "extensions:\n\ta: 1\n",
            ],
        ),
    ];
    for (layout, texts) in cases {
        for text in *texts {
            let put = layout.put(text, NAME, &entry());
            assert!(put.is_err(), "{text:?} became {put:?}");
        }
    }
}
