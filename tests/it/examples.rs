//! Every example of the help and the README, run as it stands.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::binary::Home;

/// Those that cannot be run here, by how they begin, and why.
const NOT_HERE: &[(&str, &str)] = &[
    (
        "daytona mcp start",
        "serves until its client goes: tests of MCP run it",
    ),
    (
        "daytona --local mcp start",
        "serves until its client goes: tests of MCP run it",
    ),
    (
        "daytona exec -it ",
        "needs a terminal: tests in tmux run it",
    ),
    ("daytona run -it ", "needs a terminal: tests in tmux run it"),
    ("daytona shell ", "needs a terminal: tests in tmux run it"),
    (
        "daytona create --name demo && daytona shell",
        "needs a terminal: tests in tmux run it",
    ),
    (
        "daytona snapshot create py --image",
        "fetches an image from the network",
    ),
    (
        "daytona ssh demo",
        "needs a server with an SSH gateway: tests of ssh run it",
    ),
    ("daytona snapshot push", "needs a container engine"),
    ("docker save", "needs a container engine"),
    (
        "daytona logs demo --session build",
        "needs a session that an SDK made: tests of logs run it",
    ),
    (
        "daytona recover demo",
        "needs a sandbox that failed: tests of failures run it",
    ),
    (
        "daytona secret create db",
        "asks for a value on a terminal: tests in tmux run it",
    ),
    ("pass show", "needs a password store"),
    ("git show HEAD:job.mjs", "needs a repository with that file"),
    (
        "curl",
        "needs a server in the sandbox: tests of previews run it",
    ),
    (
        "daytona mcp init\u{0}",
        "asks on a terminal: tests in tmux run it",
    ),
    (
        "daytona code run --sandbox demo server.ts",
        "needs node: tests of code run it",
    ),
    ("daytona serve\u{0}", "serves until it is stopped"),
    (
        "python3 -c 'from daytona",
        "needs the SDK: tests of SDKs run such programs",
    ),
    ("cargo ", "builds, installs and tests: .ci/run does it"),
];

/// What has to be there before an example, where the example does not make it itself: what it mentions, what
/// makes it there otherwise, and how it is made here.
const GIVEN: &[(&str, &str, &str)] = &[
    (
        "trash restore demo",
        "daytona delete demo\u{0}",
        "daytona delete demo -q",
    ),
    (
        "trash info demo",
        "daytona delete demo\u{0}",
        "daytona delete demo -q",
    ),
    (
        "trash empty demo",
        "daytona delete demo\u{0}",
        "daytona delete demo -q",
    ),
    (
        " base",
        "snapshot create base",
        "daytona snapshot create base --sandbox demo -q",
    ),
    (
        " data",
        "volume create data",
        "daytona volume create data -q",
    ),
    (
        " cache",
        "volume create cache",
        "daytona volume create cache -q",
    ),
    (
        "=db",
        "secret create db",
        "echo x | daytona secret create db -q",
    ),
    (
        "secret delete db",
        "secret create db",
        "echo x | daytona secret create db -q",
    ),
    (
        " web",
        "template save web",
        "daytona template save web --sandbox demo -q",
    ),
    (
        "delete web small",
        "template save small",
        "daytona template save small --sandbox demo -q",
    ),
    (
        "delete ci",
        "api-key create ci",
        "daytona api-key create ci -q",
    ),
    ("resume demo", "pause demo", "daytona pause demo -q"),
    ("start demo", "stop demo", "daytona stop demo -q"),
    (
        "snapshot activate base",
        "snapshot deactivate",
        "daytona snapshot deactivate base -q",
    ),
    ("--for stopped", "stop demo", "daytona stop demo -q"),
    ("--disk 20", "stop", "daytona stop demo -q"),
    ("--state stopped", "stop", "daytona stop demo -q"),
    (
        "demo:project",
        "cp src demo",
        "daytona exec demo 'mkdir -p project; echo x > project/report.html'",
    ),
    (
        "~/.config/fish/completions/daytona.fish",
        "mkdir",
        "mkdir -p ~/.config/fish/completions",
    ),
    (
        "bash-completion/completions/daytona",
        "mkdir",
        "mkdir -p ~/.local/share/bash-completion/completions",
    ),
];

/// The examples of a help text: its indented lines after `Examples:`.
fn examples(help: &str) -> Vec<String> {
    let Some((_, after)) = help.split_once("Examples:\n") else {
        return Vec::new();
    };
    let lines = after.lines().take_while(|line| line.starts_with("  "));
    lines.map(|line| line.trim().to_owned()).collect()
}

/// Every command's path, from the surface that is checked in.
fn commands() -> Vec<String> {
    let surface = daytona::cli::surface();
    let paths = surface.lines().filter_map(|line| {
        let path: Vec<&str> = line
            .split(' ')
            .take_while(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
            .take_while(|word| !word.starts_with('-'))
            .skip(1)
            .collect();
        (path.first() != Some(&"sandbox")).then(|| path.join(" "))
    });
    paths.collect()
}

/// The pages whose blocks for a shell are run.
const PAGES: [&str; 6] = [
    "README.md",
    "docs/compatibility.md",
    "docs/engine.md",
    "docs/mcp.md",
    "docs/scripting.md",
    "docs/status.md",
];

/// The commands in the blocks for a shell of README and docs, each once.
fn pages() -> Vec<String> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text: String = PAGES
        .iter()
        .map(|page| std::fs::read_to_string(top.join(page)).expect("a page"))
        .collect();
    let mut found = Vec::new();
    let mut kind = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), kind) {
            (Some(""), Some(_)) => kind = None,
            (Some(name), None) => kind = Some(name),
            (None, Some("sh")) => {
                found.push(line.split(" # ").next().unwrap_or(line).trim().to_owned());
            }
            (None, Some("console")) => found.extend(line.strip_prefix("$ ").map(str::to_owned)),
            _ => {}
        }
    }
    found.retain(|line| !line.is_empty() && !line.starts_with('#'));
    found
}

/// A place with what examples talk about: the command on the path, a sandbox, files.
fn stage() -> Home {
    let home = Home::with_engine();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_daytona"), home.path().join("daytona"))
        .expect("a link");
    for (file, text) in [
        ("password.txt", "secret\n"),
        ("key.txt", "key\n"),
        ("numbers.txt", "1\n2\n"),
        (
            "sum.py",
            "import sys\nprint(sum(int(line) for line in sys.stdin))\n",
        ),
        ("plot.py", "print('plot')\n"),
        ("src/main.py", "print('hi')\n"),
        (".codex/config.toml", ""),
    ] {
        let place = home.path().join(file);
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        std::fs::write(place, text).expect("a file");
    }
    let root = home.path().join("rootfs");
    std::fs::create_dir_all(root.join("etc")).expect("a folder");
    std::fs::write(root.join("etc/hostname"), "x\n").expect("a file");
    let packed = Command::new("tar")
        .args(["czf", "rootfs.tar.gz", "-C", "rootfs", "."])
        .current_dir(home.path())
        .status();
    assert!(packed.is_ok_and(|status| status.success()));
    home
}

/// Runs a line in a shell of the home, and what it wrote where it fails.
fn run(home: &Home, line: &str) -> Result<(), String> {
    let surroundings = home.command(&[]);
    let mut shell = Command::new("bash");
    shell
        .args(["-c", line])
        .env_clear()
        .current_dir(home.path())
        .stdin(Stdio::null());
    for (name, value) in surroundings.get_envs() {
        shell.env(name, value.unwrap_or_default());
    }
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", home.path().display());
    let output = shell.env("PATH", path).output().expect("bash runs");
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "{line}\n  {:?}\n  {}{}",
        output.status.code(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    ))
}

#[test]
fn every_example_works_as_it_stands() {
    let home = stage();
    let mut lines: Vec<String> = pages();
    for path in commands() {
        let words: Vec<&str> = std::iter::once("help")
            .chain(path.split(' '))
            .filter(|word| !word.is_empty())
            .collect();
        let help = if path.is_empty() {
            home.text(&["--help"])
        } else {
            home.text(&words)
        };
        let found = examples(&help);
        assert!(!found.is_empty(), "no examples: {path}");
        lines.extend(found);
    }
    let lines: BTreeSet<String> = lines.into_iter().collect();
    assert!(lines.len() > 100, "{}", lines.len());
    let mut unused: BTreeSet<&str> = NOT_HERE.iter().map(|(begin, _)| *begin).collect();
    let mut wrong = Vec::new();
    for line in &lines {
        let whole = format!("{line}\u{0}");
        if let Some((begin, _)) = NOT_HERE.iter().find(|(begin, _)| whole.starts_with(begin)) {
            unused.remove(begin);
            continue;
        }
        let reset = "daytona unprotect demo -q >/dev/null 2>&1; daytona delete --all --yes -q >/dev/null; daytona trash empty --yes -q >/dev/null; daytona snapshot delete --all --yes -q >/dev/null; \
             daytona volume delete --all --yes -q >/dev/null; daytona secret delete db api -q --ignore-not-found >/dev/null; \
             daytona api-key delete ci watcher -q --ignore-not-found >/dev/null; \
             daytona template delete web small -q --ignore-not-found >/dev/null; true";
        run(&home, reset).expect("a reset");
        if !line.contains("create --name demo") {
            run(&home, "daytona create --name demo --label team=core -q").expect("a sandbox");
        }
        for (mentioned, made, how) in GIVEN {
            if line.contains(mentioned) && !line.contains(made) {
                run(&home, how).expect("what is given");
            }
        }
        wrong.extend(run(&home, line).err());
    }
    let _ = run(
        &home,
        "daytona template delete web small -q --ignore-not-found",
    );
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        lines.len(),
        wrong.join("\n")
    );
    assert!(
        unused.is_empty(),
        "these are no examples any more: {unused:?}"
    );
}
