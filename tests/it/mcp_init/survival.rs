//! What people and agents wrote into a file survives: comments, order, other forms of our entry.

use expect_test::expect;

use super::{put, read, shown};
use crate::binary::Home;

#[test]
fn comments_and_order_survive_in_toml() {
    let text = "# my settings\nmodel = \"o5\" # the good one\n\n[mcp_servers.other]\ncommand = 'x'\n\n# looks\n[tui]\ntheme = \"dark\"\n";
    let home = Home::new();
    let file = put(&home, ".codex/config.toml", text);
    home.done(&["mcp", "init", "codex"]);
    expect![[r##"
        # my settings
        model = "o5" # the good one

        [mcp_servers.other]
        command = 'x'

        [mcp_servers.daytona-mcp]
        command = "[DAYTONA]"
        args = ["mcp", "start"]

        # looks
        [tui]
        theme = "dark"
    "##]]
    .assert_eq(&shown(&read(&file)));
    home.done(&["mcp", "init", "codex", "--remove"]);
    assert_eq!(read(&file), text);
    // Neither is a last line without its end mended for good.
    let home = Home::new();
    let file = put(&home, ".codex/config.toml", "model = \"o5\"");
    home.done(&["mcp", "init", "codex"]);
    assert!(read(&file).starts_with("model = \"o5\"\n\n[mcp_servers.daytona-mcp]\n"));
    home.done(&["mcp", "init", "codex", "--remove"]);
    assert_eq!(read(&file), "model = \"o5\"");
}

#[test]
fn comments_and_order_survive_in_yaml() {
    let text = "# my settings\nGOOSE_MODEL: x # the good one\nextensions:\n  # edits files\n  developer:\n    type: builtin\n    enabled: true\n\n# looks\nGOOSE_CLI_THEME: dark\n";
    let home = Home::new();
    let file = put(&home, ".config/goose/config.yaml", text);
    home.done(&["mcp", "init", "goose"]);
    expect![[r##"
        # my settings
        GOOSE_MODEL: x # the good one
        extensions:
          # edits files
          developer:
            type: builtin
            enabled: true
          daytona-mcp:
            enabled: true
            type: stdio
            name: daytona-mcp
            description: "Daytona sandboxes"
            cmd: [DAYTONA]
            args: [mcp, start]
            timeout: 300

        # looks
        GOOSE_CLI_THEME: dark
    "##]]
    .assert_eq(&shown(&read(&file)));
    home.done(&["mcp", "init", "goose", "--remove"]);
    assert_eq!(read(&file), text);
    let flow = "extensions: { developer: { enabled: true } }\n";
    let file = put(&home, ".config/goose/config.yaml", flow);
    let seen = home.run(&["mcp", "init", "goose"]);
    expect![[r#"
        --- stderr ---
        error: [HOME]/.config/goose/config.yaml is left as it was: its `extensions` is not written as lines of its own
        hint: mend the file, or put the entry in by hand: `daytona mcp config --agent goose` prints it
        --- exit 1
    "#]].assert_eq(&seen.to_string());
    assert_eq!(read(&file), flow);
}

#[test]
fn an_entry_that_starts_the_same_is_left_as_it_is() {
    let home = Home::new();
    let daytona = env!("CARGO_BIN_EXE_daytona");
    let entries = [
        (
            "claude-code",
            ".claude.json",
            format!(
                "{{\"mcpServers\":{{\"boxes\":{{\"type\":\"stdio\",\"command\":\"{daytona}\",\"args\":[\"mcp\",\"start\"],\"env\":{{}}}}}}}}"
            ),
        ),
        (
            "cline",
            ".cline/data/settings/cline_mcp_settings.json",
            format!(
                "{{\"mcpServers\":{{\"daytona-mcp\":{{\"command\":\"{daytona}\",\"args\":[\"mcp\",\"start\"]}}}}}}"
            ),
        ),
        (
            "opencode",
            ".config/opencode/opencode.json",
            format!(
                "{{\"mcp\":{{\"servers\":{{\"daytona-mcp\":{{\"type\":\"local\",\"command\":[\"{daytona}\",\"mcp\",\"start\",\"--local\"]}}}}}}}}"
            ),
        ),
    ];
    for (agent, file, text) in entries {
        let file = put(&home, file, &text);
        let seen = home.run(&["mcp", "init", agent]);
        assert!(seen.stderr.contains("nothing to change"), "{seen}");
        assert_eq!(read(&file), text, "{agent}");
    }
    let moved = "{\"mcp\":{\"servers\":{\"boxes\":{\"type\":\"local\",\"command\":[\"/old/daytona\", \"mcp\", \"start\", \"--local\"]}}}}";
    let file = put(&home, ".config/opencode/opencode.json", moved);
    home.done(&["mcp", "init", "opencode"]);
    assert_eq!(read(&file), moved.replace("/old/daytona", daytona));
    home.done(&["mcp", "init", "opencode", "--", "--insecure"]);
    assert!(
        !read(&file).contains("--local"),
        "flags that are named replace those that are there"
    );
    let elsewhere = "{\"mcpServers\":{\"daytona-mcp\":{\"url\":\"http://localhost:1/mcp\"}}}";
    let file = put(&home, ".cursor/mcp.json", elsewhere);
    expect![[r#"
        --- stderr ---
        error: [HOME]/.cursor/mcp.json is left as it was: its `daytona-mcp` leads to a server elsewhere; take it out first: `daytona mcp init cursor --remove`
        hint: mend the file, or put the entry in by hand: `daytona mcp config --agent cursor` prints it
        --- exit 1
    "#]].assert_eq(&home.run(&["mcp", "init", "cursor"]).to_string());
    assert_eq!(read(&file), elsewhere);
}

/// As the official command writes it: a bare name, variables and a key of its own.
#[test]
fn the_entry_of_the_official_command_is_brought_up_to_date() {
    let home = Home::new();
    let text = "{\n    \"mcpServers\": {\n        \"daytona-mcp\": {\n            \"args\": [\n                \"mcp\",\n                \"start\"\n            ],\n            \"command\": \"daytona\",\n            \"env\": {\n                \"HOME\": \"/home/u\"\n            },\n            \"logFile\": \"var/log/x.log\"\n        }\n    }\n}";
    let file = put(&home, ".cursor/mcp.json", text);
    home.done(&["mcp", "init", "cursor", "--verify"]);
    let absolute = text.replace("\"daytona\"", "\"[DAYTONA]\"");
    assert_eq!(shown(&read(&file)), absolute);
}
