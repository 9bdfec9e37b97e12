//! The MCP Inspector, and how agents pass variables on.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use super::{DAYTONA, Real, agents, app_server};
use crate::engine::clients::skipped;

#[test]
fn the_inspector_lists_and_calls_tools() {
    let real = real!();
    // It passes on HOME and PATH only: the engine runs already, on a port of its own.
    real.home.done(&["list"]);
    real.home.done(&["mcp", "init", "kiro"]);
    let tools = real.tools("kiro");
    let inspect = |more: &[&str]| -> Value {
        let words = [
            &["mcp-inspector", "--cli"],
            more,
            &["--", DAYTONA, "mcp", "start"],
        ]
        .concat();
        let seen = real.try_agent(&words);
        assert_eq!(seen.code, Some(0), "{words:?}: {seen}");
        serde_json::from_str(&seen.stdout)
            .unwrap_or_else(|error| panic!("not JSON, {error}: {seen}"))
    };
    for era in ["legacy", "modern"] {
        let listed = inspect(&["--protocol-era", era, "--method", "tools/list"]);
        let names: Vec<String> = listed["tools"]
            .as_array()
            .expect("tools")
            .iter()
            .filter_map(|tool| tool["name"].as_str().map(str::to_owned))
            .collect();
        assert_eq!(names, tools, "{era}");
    }
    // Its lint of schemas: what some client cannot read would be an error.
    for era in ["legacy", "modern"] {
        let all = [
            "--strict",
            "--protocol-era",
            era,
            "--method",
            "tools/list",
            "--",
            DAYTONA,
            "mcp",
            "start",
            "--toolsets",
            "all",
        ];
        let seen = real.try_agent(&[&["mcp-inspector", "--cli"], &all[..]].concat());
        assert_eq!(seen.code, Some(0), "{era}: {seen}");
    }
    let called = inspect(&["--method", "tools/call", "--tool-name", "list_sandboxes"]);
    assert_eq!(
        called["structuredContent"]["items"],
        serde_json::json!([]),
        "{called}"
    );
}

/// The key of this shell reaches the server in the way that `mcp init` tells.
#[test]
fn variables_are_passed_on_as_told() {
    let mut real = real!();
    let (name, value) = ("DAYTONA_API_KEY", "dtn_0123456789abcdef");
    real.home = real.home.set(name, value);
    real.variables.insert(name.to_owned(), value.to_owned());
    let got = real.home.path().join("got");
    let wrapper = real.home.path().join("wrapper");
    let script = format!(
        "#!/bin/sh\necho \"$DAYTONA_API_KEY\" > {}\nexec {DAYTONA} \"$@\"\n",
        got.display()
    );
    fs::write(&wrapper, script).expect("a file");
    fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755)).expect("a mode");
    real.write(
        ".gemini/settings.json",
        "{ \"security\": { \"folderTrust\": { \"enabled\": false } } }",
    );
    for (agent, file, words) in [
        (
            "claude-code",
            ".claude.json",
            &["claude", "mcp", "list"][..],
        ),
        (
            "gemini",
            ".gemini/settings.json",
            &["gemini", "mcp", "list"],
        ),
        (
            "opencode",
            ".config/opencode/opencode.jsonc",
            &["opencode", "mcp", "list"],
        ),
        (
            "amp",
            ".config/amp/settings.json",
            &["amp", "mcp", "doctor"],
        ),
        ("codex", ".codex/config.toml", &[]),
    ] {
        let seen = real.home.run(&["mcp", "init", agent]);
        let told = seen.stderr.split("in the entry: `").nth(1);
        let told = told.and_then(|rest| rest.split("`;").next());
        let told = told.unwrap_or_else(|| panic!("{agent} is told nothing: {seen}"));
        let path = real.home.path().join(file);
        let text = fs::read_to_string(&path).expect("a file");
        assert!(!text.contains(value), "{text}");
        let text = text.replace(DAYTONA, &wrapper.display().to_string());
        let text = if agent == "codex" {
            format!("{text}{told}\n")
        } else {
            let entry = "\"daytona-mcp\": {";
            text.replace(entry, &format!("{entry} {told},"))
        };
        fs::write(&path, text).expect("a file");
        let _ = fs::remove_file(&got);
        if words.is_empty() {
            app_server(&real);
        } else {
            real.agent(words);
        }
        let got = fs::read_to_string(&got).unwrap_or_default();
        assert_eq!(got.trim(), value, "{agent}: {told}");
    }
}
