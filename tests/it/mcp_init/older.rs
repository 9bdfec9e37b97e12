//! An agent's entry of an older interpreter: told, and its place taken with its tools and variables.

use expect_test::expect;
use serde_json::{Value, json};

use super::{put, read, shown};
use crate::binary::Home;

#[test]
fn its_place_is_taken_with_its_variables_and_its_file() {
    let home = Home::new();
    let folder = home.path().join("interpreter");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(folder.join(".env"), "MCP_DAYTONA_TARGET=eu\n").expect("written");
    let text = json!({"mcpServers": {
        "other": {"command": "x"},
        "daytona-interpreter": {
            "command": "uv",
            "args": ["--directory", folder, "run", "src/server.py"],
            "env": {"MCP_DAYTONA_API_KEY": "k1", "PYTHONUNBUFFERED": "1"}
        }
    }});
    let text = serde_json::to_string_pretty(&text).expect("text");
    let file = put(&home, ".cursor/mcp.json", &text);
    // It is told, and left where nobody asks for its place.
    let told = home.run(&["mcp", "init", "cursor", "--dry-run"]);
    assert!(
        told.stderr.contains("`daytona-interpreter` is there too")
            && told.stderr.contains("--migrate"),
        "{told}"
    );
    assert_eq!(read(&file), text);
    let shown_only = home.run(&["mcp", "init", "cursor", "--migrate", "--dry-run"]);
    assert!(
        shown_only.stderr.contains("***") && !shown_only.stderr.contains("k1"),
        "{shown_only}"
    );
    assert_eq!(read(&file), text);
    let seen = home.run(&["mcp", "init", "cursor", "--migrate"]);
    assert_eq!(seen.code, Some(0), "{seen}");
    assert!(
        seen.stderr
            .contains("it has the place of `daytona-interpreter`"),
        "{seen}"
    );
    assert!(!seen.stderr.contains("k1"), "{seen}");
    let there = read(&file).replace(&home.path().display().to_string(), "[HOME]");
    expect![[r#"
        {
          "mcpServers": {
            "other": {
              "command": "x"
            },
            "daytona-mcp": {
              "command": "[DAYTONA]",
              "args": ["mcp", "start", "--compat", "interpreter", "--env-file", "[HOME]/interpreter/.env"],
              "env": {
                "MCP_DAYTONA_API_KEY": "k1",
                "PYTHONUNBUFFERED": "1"
              }
            }
          }
        }"#]].assert_eq(&shown(&there));
    let value: Value = serde_json::from_str(&read(&file)).expect("JSON");
    let entry = &value["mcpServers"]["daytona-mcp"];
    assert_eq!(entry["env"]["MCP_DAYTONA_API_KEY"], "k1");
    // Run again, it changes nothing; the file as it was is kept.
    let again = home.run(&["mcp", "init", "cursor", "--migrate"]);
    assert!(again.stderr.contains("nothing to change"), "{again}");
    assert_eq!(
        read(&home.path().join(".cursor/mcp.json.before-daytona")),
        text
    );
}
