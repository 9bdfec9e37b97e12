//! Help, its topics, and the whole surface in one place.

use expect_test::{expect, expect_file};

use crate::binary::Home;

#[test]
fn exit_codes_and_environment_are_topics() {
    let home = Home::new();
    expect![[r#"
        Exit codes:

            0  success
            1  failure
            2  wrong usage; nothing was done
            4  not authenticated, or not permitted
            5  not found
          124  timed out
          130  interrupted

        `exec`, `run` and `code run` exit with the command's own code, and with

            2  wrong usage; nothing was done
          124  the command was ended by --timeout
          125  daytona itself failed
          130  interrupted, and the command ended
          141  nobody read the output any more, and the command was ended
        --- exit 0
    "#]]
    .assert_eq(&home.run(&["help", "exit-codes"]).to_string());
    expect![[r#"
        Environment variables; a flag wins over them, and an empty one counts as unset:

          DAYTONA_API_KEY          API key; alone, it means Daytona Cloud
          DAYTONA_JWT_TOKEN        token of a login, instead of a key
          DAYTONA_API_URL          base URL of a Daytona API, usually ending in /api
          DAYTONA_SERVER_URL       older name of DAYTONA_API_URL
          DAYTONA_ORGANIZATION_ID  organization to act in, with a token
          DAYTONA_TARGET           region of new sandboxes
          DAYTONA_REQUEST_TIMEOUT  seconds that one request may take [180]
          DAYTONA_CONFIG_DIR       folder of config.json, shared with the official CLI
          DAYTONA_DATA_DIR         folder of the local engine's state
          DAYTONA_ENGINE_LISTEN    address of the local engine [127.0.0.1:3986]
          DAYTONA_ENGINE_AUTO_START true: whoever opens a preview starts its sandbox
          DAYTONA_LOG              what to log on stderr, e.g. debug or daytona=trace
          MCP_DAYTONA_API_KEY      as DAYTONA_API_KEY, where that is unset
          MCP_DAYTONA_API_URL      as DAYTONA_API_URL, where that is unset
          MCP_DAYTONA_SERVER_URL   older name of MCP_DAYTONA_API_URL
          MCP_DAYTONA_TARGET       as DAYTONA_TARGET, where that is unset
          MCP_DAYTONA_TIMEOUT      as DAYTONA_REQUEST_TIMEOUT, where that is unset
          DAYTONA_MCP_TOOLSETS     mcp start: as --toolsets
          DAYTONA_MCP_TOOLS        mcp start: as --tools
          DAYTONA_MCP_EXCLUDE_TOOLS mcp start: as --exclude-tools
          DAYTONA_MCP_READ_ONLY    mcp start: true is --read-only
          DAYTONA_MCP_SCOPE        mcp start: as --scope, separated by commas
          DAYTONA_MCP_CONFIRM      mcp start: as --confirm
          DAYTONA_MCP_COMPAT       mcp start: as --compat
          DAYTONA_MCP_SESSION      mcp start: as --session
          DAYTONA_MCP_KEEP         mcp start: true is --keep
          DAYTONA_MCP_CALL_LIMIT   mcp start: as --call-limit
          DAYTONA_MCP_OUTPUT_BUDGET mcp start: as --output-budget
          MCP_VERIFY_SSL           false: do not check certificates
          XDG_CONFIG_HOME          folder of programs' configuration [~/.config]
          CLAUDE_CONFIG_DIR        Claude Code's folder, for `mcp init`
          CODEX_HOME               Codex's folder, for `mcp init`
          GEMINI_CLI_HOME          Gemini CLI's home, for `mcp init`
          COPILOT_HOME             Copilot CLI's folder, for `mcp init`
          CLINE_DIR                Cline's folder, for `mcp init`
          CLINE_MCP_SETTINGS_PATH  Cline's file of servers, for `mcp init`
          CONTINUE_GLOBAL_DIR      Continue's folder, for `mcp init`
          WSL_DISTRO_NAME          set by WSL: for Windows's agents `mcp init` tells what to do
          NO_COLOR                 any value: no colour
          TERM                     dumb: no colour, no progress line
          CI                       any value but false: never ask
          COLUMNS                  width of tables on a terminal

        Also HTTPS_PROXY, HTTP_PROXY and NO_PROXY.
        Which setting came from where: `daytona config show`
        --- exit 0
    "#]]
    .assert_eq(&home.run(&["help", "environment"]).to_string());
    expect![[r#"
        --- stderr ---
        error: there is no command or topic `nothing`
        hint: the commands: `daytona --help`; the topics: options, environment, exit-codes
        --- exit 2
    "#]]
    .assert_eq(&home.run(&["help", "nothing"]).to_string());
}

#[test]
fn no_arguments_and_version_are_results() {
    let home = Home::new();
    let bare = home.run(&[]);
    assert_eq!(bare.code, Some(0));
    assert!(bare.stdout.contains("Sandboxes:\n  run "), "{bare}");
    let version = home.run(&["version"]);
    assert_eq!(
        version.stdout,
        format!("Daytona CLI version v{}\n", env!("CARGO_PKG_VERSION"))
    );
    let group = home.run(&["sandbox"]);
    assert_eq!((group.code, group.stdout.as_str()), (Some(2), ""));
}

#[test]
fn every_command_has_examples() {
    let home = Home::new();
    let commands = [
        "run",
        "create",
        "list",
        "info",
        "start",
        "stop",
        "delete",
        "exec",
        "wait",
        "mcp",
        "serve",
        "doctor",
        "config",
        "completion",
        "man",
        "version",
        "help",
    ];
    for command in commands {
        let seen = home.run(&["help", command]);
        let examples = seen.stdout.split("Examples:").nth(1).unwrap_or_default();
        assert!(
            examples
                .lines()
                .filter(|line| line.contains("daytona "))
                .count()
                >= 2,
            "{command}: {seen}"
        );
    }
}

/// Every command and its flags, so that a change of the surface is seen in review.
#[test]
fn the_surface() {
    expect_file!["surface.txt"].assert_eq(&daytona::cli::surface());
}

#[test]
fn completions_and_man_pages_are_written() {
    let home = Home::new();
    let bash = home.run(&["completion", "bash"]);
    assert!(bash.stdout.contains("complete "), "{bash}");
    let man = home.run(&["man", "--out", "pages"]);
    assert_eq!((man.code, man.stdout.as_str()), (Some(0), ""));
    assert!(home.path().join("pages/daytona-exec.1").exists());
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    use std::process::Stdio;
    let home = Home::new();
    let mut child = home
        .command(&["completion", "zsh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("its output");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
}
