//! What each agent's file becomes, for the user and for a project.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use expect_test::expect;

use super::{put, read, shown};
use crate::binary::Home;

/// Every agent with the file that is written for the user.
const FILES: &[(&str, &str)] = &[
    ("claude", ".config/Claude/claude_desktop_config.json"),
    ("claude-code", ".claude.json"),
    ("cursor", ".cursor/mcp.json"),
    ("windsurf", ".codeium/windsurf/mcp_config.json"),
    ("vscode", ".config/Code/User/mcp.json"),
    ("zed", ".config/zed/settings.json"),
    ("codex", ".codex/config.toml"),
    ("gemini", ".gemini/settings.json"),
    ("copilot", ".copilot/mcp-config.json"),
    ("cline", ".cline/data/settings/cline_mcp_settings.json"),
    ("opencode", ".config/opencode/opencode.jsonc"),
    ("amp", ".config/amp/settings.json"),
    ("goose", ".config/goose/config.yaml"),
    ("kiro", ".kiro/settings/mcp.json"),
    ("continue", ".continue/mcpServers/daytona-mcp.json"),
];

fn names() -> Vec<&'static str> {
    FILES.iter().map(|(name, _)| *name).collect()
}

#[test]
fn every_agent_gets_a_file_in_its_own_form() {
    let home = Home::new();
    home.done(&[&["mcp", "init"], &names()[..], &["--", "--local"]].concat());
    let mut text = String::new();
    for (agent, file) in FILES {
        let path = home.path().join(file);
        let _ = writeln!(
            text,
            "== {agent}: {file}\n{}",
            shown(&read(&path)).trim_end()
        );
        let form = home.text(&["mcp", "config", "--agent", agent, "--", "--local"]);
        assert_eq!(form, read(&path), "{agent}");
    }
    expect![[r#"
        == claude: .config/Claude/claude_desktop_config.json
        {
          "mcpServers": {
            "daytona-mcp": {
              "command": "[DAYTONA]",
              "args": ["mcp", "start", "--local"]
            }
          }
        }
        == claude-code: .claude.json
        {
          "mcpServers": {
            "daytona-mcp": {
              "type": "stdio",
              "command": "[DAYTONA]",
              "args": ["mcp", "start", "--local"]
            }
          }
        }
        == cursor: .cursor/mcp.json
        {
          "mcpServers": {
            "daytona-mcp": {
              "command": "[DAYTONA]",
              "args": ["mcp", "start", "--local"]
            }
          }
        }
        == windsurf: .codeium/windsurf/mcp_config.json
        {
          "mcpServers": {
            "daytona-mcp": {
              "command": "[DAYTONA]",
              "args": ["mcp", "start", "--local"]
            }
          }
        }
        == vscode: .config/Code/User/mcp.json
        {
          "servers": {
            "daytona-mcp": {
              "type": "stdio",
              "command": "[DAYTONA]",
              "args": ["mcp", "start", "--local"]
            }
          }
        }
        == zed: .config/zed/settings.json
        {
          "context_servers": {
            "daytona-mcp": {
              "command": "[DAYTONA]",
              "args": ["mcp", "start", "--local"]
            }
          }
        }
        == codex: .codex/config.toml
        [mcp_servers.daytona-mcp]
        command = "[DAYTONA]"
        args = ["mcp", "start", "--local"]
        == gemini: .gemini/settings.json
        {
          "mcpServers": {
            "daytona-mcp": {
              "command": "[DAYTONA]",
              "args": ["mcp", "start", "--local"]
            }
          }
        }
        == copilot: .copilot/mcp-config.json
        {
          "mcpServers": {
            "daytona-mcp": {
              "type": "local",
              "command": "[DAYTONA]",
              "args": ["mcp", "start", "--local"],
              "tools": ["*"]
            }
          }
        }
        == cline: .cline/data/settings/cline_mcp_settings.json
        {
          "mcpServers": {
            "daytona-mcp": {
              "transport": {
                "type": "stdio",
                "command": "[DAYTONA]",
                "args": ["mcp", "start", "--local"]
              }
            }
          }
        }
        == opencode: .config/opencode/opencode.jsonc
        {
          "mcp": {
            "daytona-mcp": {
              "type": "local",
              "command": ["[DAYTONA]", "mcp", "start", "--local"]
            }
          }
        }
        == amp: .config/amp/settings.json
        {
          "amp.mcpServers": {
            "daytona-mcp": {
              "command": "[DAYTONA]",
              "args": ["mcp", "start", "--local"]
            }
          }
        }
        == goose: .config/goose/config.yaml
        extensions:
          daytona-mcp:
            enabled: true
            type: stdio
            name: daytona-mcp
            description: "Daytona sandboxes"
            cmd: [DAYTONA]
            args: [mcp, start, "--local"]
            timeout: 300
        == kiro: .kiro/settings/mcp.json
        {
          "mcpServers": {
            "daytona-mcp": {
              "command": "[DAYTONA]",
              "args": ["mcp", "start", "--local"]
            }
          }
        }
        == continue: .continue/mcpServers/daytona-mcp.json
        {
          "mcpServers": {
            "daytona-mcp": {
              "command": "[DAYTONA]",
              "args": ["mcp", "start", "--local"]
            }
          }
        }
    "#]]
    .assert_eq(&text);
    // What was made goes again.
    home.done(&[&["mcp", "init", "--remove"], &names()[..]].concat());
    for (agent, file) in FILES {
        assert!(!home.path().join(file).exists(), "{agent}");
    }
}

#[test]
fn a_project_gets_the_same_entries() {
    let home = Home::new();
    let project = home.path().join("project");
    fs::create_dir(&project).expect("a folder");
    let mut text = String::new();
    for agent in names() {
        let mut command = home.command(&["mcp", "init", agent, "--project"]);
        let output = command.current_dir(&project).output().expect("it runs");
        let stderr = String::from_utf8_lossy(&output.stderr)
            .replace(&home.path().display().to_string(), "[HOME]");
        let _ = writeln!(text, "{agent}: {:?}\n{stderr}", output.status.code());
    }
    expect![[r#"
        claude: Some(2)
        error: Claude Desktop has no file of a project: it knows no projects
        hint: set it up for you: `daytona mcp init claude`

        claude-code: Some(0)
        Claude Code: made [HOME]/project/.mcp.json with the server `daytona-mcp`
        next: start a new session, then look with `claude mcp list`; Claude Code asks once whether servers of the project may run

        cursor: Some(0)
        Cursor: made [HOME]/project/.cursor/mcp.json with the server `daytona-mcp`
        next: restart Cursor, then look in Settings → MCP

        windsurf: Some(2)
        error: Windsurf has no file of a project: its servers are the user's only
        hint: set it up for you: `daytona mcp init windsurf`

        vscode: Some(0)
        VS Code: made [HOME]/project/.vscode/mcp.json with the server `daytona-mcp`
        next: run `MCP: List Servers` in VS Code and start `daytona-mcp`

        zed: Some(0)
        Zed: made [HOME]/project/.zed/settings.json with the server `daytona-mcp`
        next: look in Zed's agent settings: it starts the server by itself; Zed starts servers of a project once you trust it

        codex: Some(0)
        Codex: made [HOME]/project/.codex/config.toml with the server `daytona-mcp`
        next: start a new session, then look with `/mcp`; Codex reads it once you trust the project

        gemini: Some(0)
        Gemini CLI: made [HOME]/project/.gemini/settings.json with the server `daytona-mcp`
        next: start a new session, then look with `/mcp`; it starts servers in trusted folders only

        copilot: Some(0)
        Copilot CLI: made [HOME]/project/.github/mcp.json with the server `daytona-mcp`
        next: start a new session, then look with `/mcp`; Copilot CLI reads it once you trust the folder

        cline: Some(2)
        error: Cline has no file of a project: its servers are the user's only
        hint: set it up for you: `daytona mcp init cline`

        opencode: Some(0)
        OpenCode: made [HOME]/project/opencode.json with the server `daytona-mcp`
        next: start a new session, or look with `opencode mcp list`

        amp: Some(0)
        Amp: made [HOME]/project/.amp/settings.json with the server `daytona-mcp`
        next: start a new session, or look with `amp mcp doctor`; allow the server of the project: `amp mcp approve daytona-mcp`

        goose: Some(2)
        error: Goose has no file of a project: its extensions are the user's only
        hint: set it up for you: `daytona mcp init goose`

        kiro: Some(0)
        Kiro: made [HOME]/project/.kiro/settings/mcp.json with the server `daytona-mcp`
        next: look in Kiro's MCP servers: it connects by itself

        continue: Some(0)
        Continue: made [HOME]/project/.continue/mcpServers/daytona-mcp.json with the server `daytona-mcp`
        next: reload Continue; its agent mode has the tools

    "#]].assert_eq(&text);
    let text = shown(&read(&project.join(".codex/config.toml")));
    expect![[r#"
        [mcp_servers.daytona-mcp]
        command = "[DAYTONA]"
        args = ["mcp", "start"]
    "#]]
    .assert_eq(&text);
    assert!(!home.path().join(".codex").exists());
}

#[test]
fn variables_move_files() {
    let home = Home::new();
    let folder = home.path().join("elsewhere");
    let at = |path: &str| folder.join(path).display().to_string();
    let home = home
        .set("CODEX_HOME", &at("codex"))
        .set("CLAUDE_CONFIG_DIR", &at("claude"))
        .set("GEMINI_CLI_HOME", &at("gemini"))
        .set("COPILOT_HOME", &at("copilot"))
        .set("CLINE_MCP_SETTINGS_PATH", &at("cline.json"))
        .set("CONTINUE_GLOBAL_DIR", &at("continue"))
        .set("XDG_CONFIG_HOME", &at("config"));
    home.done(&[&["mcp", "init"], &names()[..]].concat());
    for file in [
        "codex/config.toml",
        "claude/.claude.json",
        "gemini/.gemini/settings.json",
        "copilot/mcp-config.json",
        "cline.json",
        "continue/mcpServers/daytona-mcp.json",
        "config/zed/settings.json",
        "config/opencode/opencode.jsonc",
        "config/Code/User/mcp.json",
    ] {
        assert!(read(&folder.join(file)).contains("daytona-mcp"), "{file}");
    }
}

#[test]
fn no_secret_is_written_and_how_to_pass_one_on_is_told() {
    let home = Home::new().set("DAYTONA_API_KEY", "dtn_0123456789abcdef");
    let seen = home.run(&["mcp", "init", "claude-code", "codex", "windsurf", "zed"]);
    let warnings: Vec<&str> = seen
        .stderr
        .lines()
        .filter(|line| line.starts_with("warning:"))
        .collect();
    expect![[r#"
        warning: the API key comes from this shell (variable DAYTONA_API_KEY), which Claude Code does not see: give it to the agent's own environment, or pass it on in the entry: `"env": {"DAYTONA_API_KEY": "${DAYTONA_API_KEY}"}`; else the server uses the local engine
        warning: the API key comes from this shell (variable DAYTONA_API_KEY), which Codex does not see: give it to the agent's own environment, or pass it on in the entry: `env_vars = ["DAYTONA_API_KEY"]`; else the server uses the local engine
        warning: the API key comes from this shell (variable DAYTONA_API_KEY), which Windsurf does not see: give it to the agent's own environment, or pass it on in the entry: `"env": {"DAYTONA_API_KEY": "${env:DAYTONA_API_KEY}"}`; else the server uses the local engine
        warning: the API key comes from this shell (variable DAYTONA_API_KEY), which Zed does not see: give it to the agent's own environment; else the server uses the local engine"#]].assert_eq(&warnings.join("\n"));
    for (agent, file) in FILES {
        if let Ok(text) = fs::read_to_string(home.path().join(file)) {
            assert!(!text.contains("0123456789abcdef"), "{agent}: {text}");
        }
    }
    for passed in [
        "env = { DAYTONA_API_KEY = \"mine\" }",
        "env_vars = [\"DAYTONA_API_KEY\"]",
    ] {
        let text = format!("[mcp_servers.daytona-mcp]\ncommand = \"x\"\n{passed}\n");
        put(&home, ".codex/config.toml", &text);
        let seen = home.run(&["mcp", "init", "codex"]);
        assert!(!seen.stderr.contains("warning"), "{seen}");
    }
}

#[test]
fn the_docs_have_a_command_for_each_agent() {
    let docs = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/mcp.md"));
    for (agent, file) in FILES {
        let row = docs
            .lines()
            .find(|line| line.contains(&format!("| `daytona mcp init {agent}` |")))
            .unwrap_or_else(|| panic!("no row for {agent}"));
        assert!(row.contains(file.trim_start_matches(".config/")), "{row}");
    }
}
