//! Frameworks with a backend for Daytona, driven through their own sandbox code against the engine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use expect_test::{Expect, expect};

use super::clients::{installed, reach, run, script, setup, skipped};
use crate::binary::Home;

/// Pinned: their newest versions may want what is not here.
const PYTHON: [&str; 5] = [
    "daytona==0.226.1",
    "harbor==0.25.0",
    "inspect-ai==0.3.285",
    "inspect-sandboxes==0.6.1",
    "openai-agents==0.24.0",
];
const MASTRA: [&str; 2] = ["@mastra/daytona@0.4.1", "@mastra/core@1.71.0"];

/// A Python that these packages take: 3.12 or later.
fn interpreter() -> Option<PathBuf> {
    let versions = std::env::home_dir()?.join(".pyenv/versions");
    let own = fs::read_dir(versions).into_iter().flatten().flatten();
    let mut all: Vec<PathBuf> = own.map(|one| one.path().join("bin/python3")).collect();
    all.sort();
    all.extend(["/usr/bin/python3", "python3"].map(PathBuf::from));
    let check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))";
    all.into_iter().find(|python| {
        let tried = Command::new(python).args(["-c", check]).output();
        tried.is_ok_and(|tried| tried.status.success())
    })
}

fn python() -> Result<PathBuf, String> {
    let system = interpreter().ok_or("there is no Python 3.12 here")?;
    let folder = installed("frameworks", |folder| {
        let system = system.display().to_string();
        setup(&system, &["-m", "venv", "."], folder)?;
        let pip = folder.join("bin/pip").display().to_string();
        let mut arguments = vec!["install", "--quiet", "--disable-pip-version-check"];
        arguments.extend(PYTHON);
        setup(&pip, &arguments, folder)
    })?;
    Ok(folder.join("bin/python"))
}

fn in_python(name: &str, expected: &Expect) {
    let python = match python() {
        Ok(python) => python,
        // Debian's own is older; where no other is, there is none to try it with.
        Err(why) => {
            crate::skip::skip(why);
            return;
        }
    };
    let home = Home::with_engine();
    let arguments = [&script("frameworks.py"), name, "host"];
    let seen = run(&home, &python, &arguments, &reach(&home));
    assert_eq!(seen.code, Some(0), "{seen}");
    expected.assert_eq(&seen.stdout);
    assert_eq!(home.text(&["list", "-q"]), "");
}

#[test]
fn harbor_runs_its_tasks() {
    in_python(
        "harbor",
        &expect![[r#"
        exec 3 'me\n/srv\n'
        many ['0', '1', '2', '3', '4', '5', '6', '7']
        files sentback

    "#]],
    );
}

#[test]
fn inspect_runs_its_samples() {
    in_python(
        "inspect",
        &expect![[r#"
        exec 3 'in me\n' 'wrong\n'
        timeout
        read written
        no such file
        read written
        no such file
    "#]],
    );
}

#[test]
fn agents_of_openai_have_their_sandboxes() {
    in_python(
        "openai-agents",
        &expect![[r#"
        exec 3 b'me\n' b'wrong\n'
        read b'written'
        port True
        archive True
    "#]],
    );
}

#[test]
fn mastra_has_its_workspaces() {
    let packages = installed("npm-mastra", |folder| {
        let package = "{\"private\":true,\"type\":\"module\"}\n";
        fs::write(folder.join("package.json"), package).map_err(|error| error.to_string())?;
        let mut arguments = vec!["install", "--silent", "--no-audit", "--no-fund"];
        arguments.extend(MASTRA);
        setup("npm", &arguments, folder)
    });
    let packages = match packages {
        Ok(packages) => packages,
        Err(why) => skipped!(why),
    };
    let home = Home::with_engine();
    let copy = packages.join("framework_mastra.mjs");
    fs::copy(script("framework_mastra.mjs"), &copy).expect("a copy");
    let copy = copy.display().to_string();
    let seen = run(&home, Path::new("node"), &[&copy], &reach(&home));
    assert_eq!(seen.code, Some(0), "{seen}");
    expect![[r#"
        exec 3 "me\n" "wrong\n"
        streamed "one\ntwo\n"
        cwd /tmp
        end
    "#]]
    .assert_eq(&seen.stdout);
    assert_eq!(home.text(&["list", "-q"]), "");
}
