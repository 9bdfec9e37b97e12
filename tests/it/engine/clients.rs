//! Clients that others wrote: the official Python SDK, and MCP clients in Python and JavaScript.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use expect_test::{Expect, expect};

use crate::binary::{Home, Seen};

const SDK: &str = "daytona==0.205.1";
const MCP: &str = "mcp==2.3.0";
const NPM: &str = "@modelcontextprotocol/client@2.4.0";

/// Why a client cannot be had here: no failure, but on CI.
macro_rules! skipped {
    ($why:expr) => {{
        crate::skip::skip($why);
        return;
    }};
}
pub(crate) use skipped;

/// The packages of a client, installed once for all tests and all runs.
pub(crate) fn installed(
    name: &str,
    install: impl FnOnce(&Path) -> Result<(), String>,
) -> Result<PathBuf, String> {
    let top = Path::new(env!("CARGO_TARGET_TMPDIR"));
    fs::create_dir_all(top).map_err(|error| error.to_string())?;
    let lock = File::create(top.join(format!("{name}.lock"))).map_err(|error| error.to_string())?;
    lock.lock().map_err(|error| error.to_string())?;
    let folder = top.join(name);
    let finished = folder.join(".finished");
    if !finished.exists() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        install(&folder)?;
        fs::write(&finished, "").map_err(|error| error.to_string())?;
    }
    Ok(folder)
}

/// Runs an installer with the surroundings of this test; what it complains of.
pub(crate) fn setup(program: &str, arguments: &[&str], folder: &Path) -> Result<(), String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{program} cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let tail: Vec<&str> = text.lines().rev().take(3).collect();
    Err(format!(
        "{program} {}: {}",
        arguments.join(" "),
        tail.join(" | ")
    ))
}

/// The Python of an environment that has this package.
pub(super) fn python(name: &str, package: &str) -> Result<PathBuf, String> {
    let system = if Path::new("/usr/bin/python3").exists() {
        "/usr/bin/python3"
    } else {
        "python3"
    };
    let folder = installed(name, |folder| {
        setup(system, &["-m", "venv", "."], folder)?;
        let pip = folder.join("bin/pip").display().to_string();
        setup(
            &pip,
            &["install", "--quiet", "--disable-pip-version-check", package],
            folder,
        )
    })?;
    Ok(folder.join("bin/python"))
}

/// The folder whose packages a script beside them finds.
fn npm() -> Result<PathBuf, String> {
    installed("npm-client", |folder| {
        fs::write(
            folder.join("package.json"),
            "{\"private\":true,\"type\":\"module\"}\n",
        )
        .map_err(|error| error.to_string())?;
        setup(
            "npm",
            &["install", "--silent", "--no-audit", "--no-fund", NPM],
            folder,
        )
    })
}

pub(crate) fn script(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/clients")
        .join(name)
        .display()
        .to_string()
}

/// Runs a client in a home with these variables only, and the search path.
pub(crate) fn run(
    home: &Home,
    program: &Path,
    arguments: &[&str],
    variables: &BTreeMap<String, String>,
) -> Seen {
    let child = Command::new(program)
        .args(arguments)
        .env_clear()
        .env("HOME", home.path())
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .envs(variables)
        .current_dir(home.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the client runs");
    home.finish(child)
}

/// The two variables by which SDKs reach the engine of a home.
pub(super) fn reach(home: &Home) -> BTreeMap<String, String> {
    home.text(&["serve", "--print-env"])
        .lines()
        .filter_map(|line| line.strip_prefix("export ")?.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.trim_matches('\'').to_owned()))
        .collect()
}

/// The official SDK with nothing but its two variables.
fn sdk(name: &str, package: &str, expected: &Expect) {
    let python = match python(name, package) {
        Ok(python) => python,
        Err(why) => skipped!(format!("{package} cannot be installed: {why}")),
    };
    let version = Command::new(&python)
        .args([
            "-c",
            "import importlib.metadata as m; print(m.version('daytona'))",
        ])
        .output()
        .expect("python runs");
    eprintln!(
        "daytona {}",
        String::from_utf8_lossy(&version.stdout).trim()
    );
    let home = Home::with_engine();
    let variables = reach(&home);
    assert_eq!(variables.len(), 2);
    let seen = run(&home, &python, &[&script("sdk_lifecycle.py")], &variables);
    assert_eq!(seen.code, Some(0), "{seen}");
    expected.assert_eq(&seen.stdout);
    assert_eq!(home.text(&["list", "-q"]), "");
}

#[test]
fn the_official_python_sdk_works_unchanged() {
    sdk(
        "sdk-pinned",
        SDK,
        &expect![[r#"
        created from-sdk started
        exec 3 hello
        listed ['from-sdk']
        found True
        timeout True
        stopped stopped
        started started
        gone
    "#]],
    );
}

#[test]
fn its_newest_version_does_too() {
    sdk(
        "sdk-newest",
        "daytona",
        &expect![[r#"
        created from-sdk started
        exec 3 hello
        listed ['from-sdk']
        found True
        timeout True
        stopped stopped
        started started
        gone
    "#]],
    );
}

/// The variables that an MCP client passes on to the server.
fn engine_of_home() -> BTreeMap<String, String> {
    BTreeMap::from([("DAYTONA_ENGINE_LISTEN".to_owned(), "127.0.0.1:0".to_owned())])
}

fn mcp_of_python(mode: &str, expected: &Expect) {
    let python = match python("mcp-client", MCP) {
        Ok(python) => python,
        Err(why) => skipped!(format!("{MCP} cannot be installed: {why}")),
    };
    let home = Home::with_engine();
    // That client passes on HOME and PATH only: the engine runs already, on a port of its own.
    home.done(&["create", "--name", "theirs"]);
    let daytona = env!("CARGO_BIN_EXE_daytona");
    let arguments = [&script("mcp_lifecycle.py"), mode, daytona, "mcp", "start"];
    let seen = run(&home, &python, &arguments, &engine_of_home());
    assert_eq!(seen.code, Some(0), "{seen}");
    expected.assert_eq(&seen.stdout);
    assert_eq!(home.text(&["list", "-q"]), "");
}

#[test]
fn the_python_mcp_client_speaks_the_older_era() {
    mcp_of_python(
        "legacy",
        &expect![[r#"
            protocol 2025-11-25
            tools create_folder create_sandbox delete_file destroy_sandbox execute_command file_download file_upload get_file_info get_job get_sandbox git_clone kill_job list_files list_sandboxes move_file preview_link read_file run_code start_sandbox stop_sandbox
            created mcp-legacy started
            ran 3 a b
            listed ['mcp-legacy']
            stopped stopped
            started started
            got started
            8 × sleep 1 side by side under 2 s True
            running before cancelling 1
            running after cancelling 0
            unknown sandbox True True
            unknown argument True True
            declined True True
            confirmed True ['Delete sandbox `theirs`', 'Delete sandbox `theirs`']
            own 42
            heard True True
            resources sandbox://{id} 2
            read text/plain
            prompt True
            left []
        "#]],
    );
}

#[test]
fn the_python_mcp_client_finds_the_newer_era() {
    mcp_of_python(
        "auto",
        &expect![[r#"
            protocol 2026-07-28
            tools create_folder create_sandbox delete_file destroy_sandbox execute_command file_download file_upload get_file_info get_job get_sandbox git_clone kill_job list_files list_sandboxes move_file preview_link read_file run_code start_sandbox stop_sandbox
            created mcp-auto started
            ran 3 a b
            listed ['mcp-auto']
            stopped stopped
            started started
            got started
            8 × sleep 1 side by side under 2 s True
            running before cancelling 1
            running after cancelling 0
            unknown sandbox True True
            unknown argument True True
            declined True True
            confirmed True ['Delete sandbox `theirs`', 'Delete sandbox `theirs`']
            own 42
            heard True True
            resources sandbox://{id} 2
            read text/plain
            prompt True
            left []
        "#]],
    );
}

fn mcp_of_npm(mode: &str, expected: &Expect) {
    let packages = match npm() {
        Ok(packages) => packages,
        Err(why) => skipped!(format!("{NPM} cannot be installed: {why}")),
    };
    let home = Home::with_engine();
    home.done(&["create", "--name", "theirs"]);
    // Modules are looked for beside the script.
    let copy = packages.join(format!("lifecycle-{mode}.mjs"));
    fs::copy(script("mcp_lifecycle.mjs"), &copy).expect("a copy");
    let copy = copy.display().to_string();
    let arguments = [
        copy.as_str(),
        mode,
        env!("CARGO_BIN_EXE_daytona"),
        "mcp",
        "start",
    ];
    let seen = run(&home, Path::new("node"), &arguments, &engine_of_home());
    assert_eq!(seen.code, Some(0), "{seen}");
    expected.assert_eq(&seen.stdout);
    assert_eq!(home.text(&["list", "-q"]), "");
}

#[test]
fn the_npm_mcp_client_speaks_the_older_era() {
    mcp_of_npm(
        "legacy",
        &expect![[r#"
            tools create_folder create_sandbox delete_file destroy_sandbox execute_command file_download file_upload get_file_info get_job get_sandbox git_clone kill_job list_files list_sandboxes move_file preview_link read_file run_code start_sandbox stop_sandbox
            created npm-legacy started
            ran 3 a b
            stopped stopped
            started started
            8 × sleep 1 side by side under 2 s true
            running before cancelling 1
            running after cancelling 0
            declined true true
            confirmed true 2
            own 42
            left 0
        "#]],
    );
}

#[test]
fn the_npm_mcp_client_speaks_the_newer_era() {
    mcp_of_npm(
        "2026-07-28",
        &expect![[r#"
            tools create_folder create_sandbox delete_file destroy_sandbox execute_command file_download file_upload get_file_info get_job get_sandbox git_clone kill_job list_files list_sandboxes move_file preview_link read_file run_code start_sandbox stop_sandbox
            created npm-2026-07-28 started
            ran 3 a b
            stopped stopped
            started started
            8 × sleep 1 side by side under 2 s true
            running before cancelling 1
            running after cancelling 0
            declined true true
            confirmed true 2
            own 42
            left 0
        "#]],
    );
}
