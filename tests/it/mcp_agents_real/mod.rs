//! The agents themselves, from npm: they read what `mcp init` wrote, start the server and list its tools;
//! and what their own `mcp add` wrote is known to us. With them comes the MCP Inspector.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::binary::{Home, Seen};
use crate::engine::clients::{installed, run, setup, skipped};

const PACKAGES: &[&str] = &[
    "node@22.23.3",
    "@anthropic-ai/claude-code@2.1.329",
    "@github/copilot@1.0.102",
    "@google/gemini-cli@0.61.0",
    "@modelcontextprotocol/inspector@2.12.0",
    "@openai/codex@0.169.0",
    "@sourcegraph/amp@0.0.1790142911-g7618fb",
    "opencode-ai@1.18.33",
];

const DAYTONA: &str = env!("CARGO_BIN_EXE_daytona");

/// The folder of the agents' programs.
fn agents() -> Result<PathBuf, String> {
    let folder = installed("npm-agents", |folder| {
        fs::write(folder.join("package.json"), "{\"private\":true}\n")
            .map_err(|error| error.to_string())?;
        let install = ["install", "--silent", "--no-audit", "--no-fund"];
        setup("npm", &[&install, PACKAGES].concat(), folder)
    })?;
    Ok(folder.join("node_modules"))
}

/// A home with an agent from npm.
struct Real {
    home: Home,
    packages: PathBuf,
    variables: BTreeMap<String, String>,
}

impl Real {
    fn new(packages: PathBuf) -> Self {
        let search = format!("{0}/.bin:{0}/node/bin:/usr/bin:/bin", packages.display());
        let variables = [
            ("PATH", search.as_str()),
            ("NO_COLOR", "1"),
            ("AMP_API_KEY", "none"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self {
            home: Home::with_engine().set("PATH", &search),
            packages,
            variables: BTreeMap::from(variables),
        }
    }

    /// Runs an agent, which must succeed; both of its streams.
    #[track_caller]
    fn agent(&self, words: &[&str]) -> String {
        let seen = self.try_agent(words);
        assert_eq!(seen.code, Some(0), "{words:?}: {seen}");
        format!("{}{}", seen.stdout, seen.stderr)
    }

    fn try_agent(&self, words: &[&str]) -> Seen {
        let program = self.packages.join(".bin").join(words[0]);
        run(&self.home, &program, &words[1..], &self.variables)
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.home.path().join(file);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// What `mcp status` says of an agent.
    fn row(&self, agent: &str) -> Value {
        let status = self.home.json(&["mcp", "status"]);
        let rows = status["items"].as_array().expect("agents");
        let row = rows.iter().find(|row| row["agent"] == agent);
        row.expect("the agent").clone()
    }

    /// The tools that our own look at the server finds.
    fn tools(&self, agent: &str) -> Vec<String> {
        let row = self.row(agent);
        let tools: Vec<String> = row["answer"]["tools"]
            .as_array()
            .unwrap_or_else(|| panic!("no tools: {row}"))
            .iter()
            .filter_map(|tool| tool.as_str().map(str::to_owned))
            .collect();
        assert!(!tools.is_empty(), "{row}");
        tools
    }

    /// What the agent's own command wrote is ours: it works, and nothing is added to it.
    #[track_caller]
    fn knows_what_was_added(&self, agent: &str, name: &str) {
        let row = self.row(agent);
        assert_eq!(row["state"], "works", "{row}");
        assert_eq!(row["server"], name, "{row}");
        assert_eq!(row["installed"], true, "{row}");
        let seen = self.home.run(&["mcp", "init", agent]);
        assert!(seen.stderr.contains("nothing to change"), "{seen}");
        self.home.done(&["mcp", "init", agent, "--remove"]);
        assert_eq!(self.row(agent)["state"], "notConfigured");
    }
}

macro_rules! real {
    () => {
        match agents() {
            Ok(packages) => Real::new(packages),
            Err(why) => skipped!(format!("the agents cannot be installed: {why}")),
        }
    };
}

mod more;

#[track_caller]
fn has(text: &str, part: &str) {
    assert!(text.contains(part), "no `{part}` in: {text}");
}

#[test]
fn claude_code_connects() {
    let real = real!();
    real.home.done(&["mcp", "init", "claude-code", "--verify"]);
    let connected = format!("daytona-mcp: {DAYTONA} mcp start - ✔ Connected");
    has(&real.agent(&["claude", "mcp", "list"]), &connected);
    real.home.done(&["mcp", "init", "claude-code", "--remove"]);
    has(&real.agent(&["claude", "mcp", "list"]), "No MCP servers");
    real.home.done(&["mcp", "init", "claude-code", "--project"]);
    has(&real.agent(&["claude", "mcp", "list"]), "Pending approval");
    let add = [
        "claude", "mcp", "add", "--scope", "user", "boxes", "--", DAYTONA, "mcp", "start",
    ];
    real.agent(&add);
    real.knows_what_was_added("claude-code", "boxes");
    // What it adds by default is for the current folder alone.
    real.agent(&[
        "claude", "mcp", "add", "here", "--", DAYTONA, "mcp", "start",
    ]);
    let status = real.home.json(&["mcp", "status"]);
    let rows = status["items"].as_array().expect("agents");
    let row = rows.iter().find(|row| row["scope"] == "local");
    let row = row.unwrap_or_else(|| panic!("no such row: {status}"));
    assert_eq!(
        (&row["server"], &row["state"]),
        (&"here".into(), &"works".into())
    );
}

#[test]
fn codex_lists_the_tools() {
    let real = real!();
    real.home.done(&["mcp", "init", "codex", "--verify"]);
    let listed = real.agent(&["codex", "mcp", "list"]);
    let row = listed.lines().find(|line| line.starts_with("daytona-mcp"));
    has(row.unwrap_or(&listed), "enabled");
    let status = app_server(&real);
    let server = &status["result"]["data"][0];
    assert_eq!(server["name"], "daytona-mcp", "{status}");
    let mut seen: Vec<String> = server["tools"]
        .as_object()
        .unwrap_or_else(|| panic!("no tools: {status}"))
        .keys()
        .cloned()
        .collect();
    let mut tools = real.tools("codex");
    seen.sort();
    tools.sort();
    assert_eq!(seen, tools);
    real.home.done(&["mcp", "init", "codex", "--remove"]);
    has(&real.agent(&["codex", "mcp", "list"]), "No MCP servers");
    real.agent(&[
        "codex", "mcp", "add", "boxes", "--", DAYTONA, "mcp", "start",
    ]);
    real.knows_what_was_added("codex", "boxes");
    // The project's file is read where the project is trusted.
    let project = real.home.path().join("project");
    fs::create_dir(&project).expect("a folder");
    let mut command = real
        .home
        .command(&["mcp", "init", "codex", "--project", "-q"]);
    let done = command.current_dir(&project).status().expect("it runs");
    assert!(done.success());
    let trust = format!(
        "[projects.\"{}\"]\ntrust_level = \"trusted\"\n",
        project.display()
    );
    real.write(".codex/config.toml", &trust);
    let shell = ["-c", "cd project && exec codex mcp list"];
    let seen = run(&real.home, Path::new("/bin/sh"), &shell, &real.variables);
    has(&seen.stdout, "daytona-mcp");
}

/// What Codex tells its windows of the servers.
fn app_server(real: &Real) -> Value {
    let mut child = Command::new(real.packages.join(".bin/codex"))
        .arg("app-server")
        .env_clear()
        .env("HOME", real.home.path())
        .envs(&real.variables)
        .current_dir(real.home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("codex runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let stdout = child.stdout.take().expect("a pipe");
    let lines = concat!(
        r#"{"id":0,"method":"initialize","params":{"clientInfo":{"name":"test","version":"1"}}}"#,
        "\n",
        r#"{"method":"initialized"}"#,
        "\n",
        r#"{"id":1,"method":"mcpServerStatus/list","params":{}}"#,
        "\n"
    );
    stdin.write_all(lines.as_bytes()).expect("it listens");
    let answer = BufReader::new(stdout)
        .lines()
        .map_while(Result::ok)
        .filter_map(|line| serde_json::from_str::<Value>(&line).ok())
        .find(|message| message["id"] == 1);
    let _ = child.kill();
    let _ = child.wait();
    answer.expect("an answer")
}

#[test]
fn gemini_connects() {
    let real = real!();
    let trusting = "{\n  // folders are not asked about here\n  \"security\": { \"folderTrust\": { \"enabled\": false } }\n}\n";
    real.write(".gemini/settings.json", trusting);
    real.home.done(&["mcp", "init", "gemini", "--verify"]);
    has(&real.agent(&["gemini", "mcp", "list"]), "daytona-mcp: ");
    has(&real.agent(&["gemini", "mcp", "list"]), "- Connected");
    real.home.done(&["mcp", "init", "gemini", "--remove"]);
    let text = fs::read_to_string(real.home.path().join(".gemini/settings.json"));
    assert_eq!(text.expect("a file"), trusting);
    real.agent(&[
        "gemini", "mcp", "add", "-s", "user", "boxes", DAYTONA, "mcp", "start",
    ]);
    real.knows_what_was_added("gemini", "boxes");
}

#[test]
fn opencode_connects() {
    let real = real!();
    real.home.done(&["mcp", "init", "opencode", "--verify"]);
    has(&real.agent(&["opencode", "mcp", "list"]), "✓ daytona-mcp");
    real.home.done(&["mcp", "init", "opencode", "--remove"]);
    real.home.done(&["mcp", "init", "opencode", "--project"]);
    has(&real.agent(&["opencode", "mcp", "list"]), "✓ daytona-mcp");
    real.agent(&[
        "opencode", "mcp", "add", "boxes", "--", DAYTONA, "mcp", "start",
    ]);
    real.knows_what_was_added("opencode", "boxes");
}

#[test]
fn copilot_reads_the_entry() {
    let real = real!();
    real.home.done(&["mcp", "init", "copilot", "--verify"]);
    let shown = real.agent(&["copilot", "mcp", "get", "daytona-mcp"]);
    has(&shown, "Status: Enabled");
    has(&shown, &format!("Command: {DAYTONA} mcp start"));
    has(&shown, "Tools: * (all)");
    has(
        &real.agent(&["copilot", "mcp", "list"]),
        "daytona-mcp (local)",
    );
    real.home.done(&["mcp", "init", "copilot", "--remove"]);
    has(&real.agent(&["copilot", "mcp", "list"]), "No MCP servers");
    real.home.done(&["mcp", "init", "copilot", "--project"]);
    let here = real.home.path().display().to_string();
    real.write(
        ".copilot/config.json",
        &format!("{{\"trusted_folders\":[\"{here}\"]}}"),
    );
    let listed = real.agent(&["copilot", "mcp", "list"]);
    has(&listed, "Workspace servers:\n  daytona-mcp (local)");
    real.agent(&[
        "copilot", "mcp", "add", "boxes", "--", DAYTONA, "mcp", "start",
    ]);
    real.knows_what_was_added("copilot", "boxes");
}

#[test]
fn amp_lists_the_tools() {
    let real = real!();
    real.home.done(&["mcp", "init", "amp", "--verify"]);
    let seen = real.agent(&["amp", "mcp", "doctor"]);
    let mut tools = real.tools("amp");
    tools.sort();
    let listed = format!("connected ({} tools: {})", tools.len(), tools.join(", "));
    has(&seen, &listed);
    real.home.done(&["mcp", "init", "amp", "--remove"]);
    real.agent(&["amp", "mcp", "add", "boxes", "--", DAYTONA, "mcp", "start"]);
    real.knows_what_was_added("amp", "boxes");
}

#[test]
fn all_of_them_are_found_on_the_search_path() {
    let real = real!();
    let seen = real.home.run(&["mcp", "init"]);
    assert_eq!(seen.code, Some(2), "{seen}");
    has(
        &seen.stderr,
        "found here: claude-code, codex, gemini, copilot, opencode, amp\n",
    );
}
