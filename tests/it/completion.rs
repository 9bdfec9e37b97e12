//! Completions, as bash, zsh and fish show them: commands, flags, values and names, fast and without a noise.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::binary::Home;
use crate::stopwatch::Stopwatch;

/// A home with the command on the search path.
fn stage(home: Home) -> Home {
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_daytona"), home.path().join("daytona"))
        .expect("a link");
    home
}

fn has(shell: &str) -> bool {
    let there = Command::new(shell)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success());
    if !there {
        crate::skip::skip(format_args!("there is no {shell}"));
    }
    there
}

/// What a shell prints for this text.
fn shell(home: &Home, shell: &str, arguments: &[&str]) -> String {
    let surroundings = home.command(&[]);
    let mut command = Command::new(shell);
    command
        .args(arguments)
        .env_clear()
        .current_dir(home.path())
        .stdin(Stdio::null());
    for (name, value) in surroundings.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", home.path().display());
    let output = command
        .env("PATH", path)
        .env("TERM", "dumb")
        .output()
        .expect("it runs");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{shell}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The words that a shell offers for the last word of a command line.
fn offered(home: &Home, name: &str, line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split(' ').collect();
    let text = match name {
        "bash" => {
            let text = format!(
                "source <(daytona completion bash); COMP_WORDS=({}); COMP_CWORD={}; COMP_TYPE=9; \
                 COMP_LINE={line:?}; COMP_POINT={}; \
                 _clap_complete_daytona daytona {:?} {:?}; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
                words
                    .iter()
                    .map(|word| format!("'{word}'"))
                    .collect::<Vec<_>>()
                    .join(" "),
                words.len() - 1,
                line.len(),
                words[words.len() - 1],
                words[words.len().saturating_sub(2)],
            );
            shell(home, "bash", &["--norc", "-c", &text])
        }
        "zsh" => {
            // What the completion function hands to zsh.
            let text = format!(
                "autoload -Uz compinit; compinit -u -d ~/.zcompdump; \
                 _describe() {{ print -rl -- ${{(P)3}}; }}; compadd() {{ :; }}; \
                 source <(daytona completion zsh); words=({}); CURRENT={}; _clap_dynamic_completer_daytona",
                words
                    .iter()
                    .map(|word| format!("'{word}'"))
                    .collect::<Vec<_>>()
                    .join(" "),
                words.len()
            );
            shell(home, "zsh", &["-f", "-c", &text])
        }
        _ => {
            let text = format!("daytona completion fish | source; complete -C {line:?}");
            shell(home, "fish", &["--no-config", "-c", &text])
        }
    };
    text.lines()
        .map(|line| {
            line.split(['\t', ':'])
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

#[test]
fn shells_know_commands_flags_values_and_names() {
    let home = stage(Home::with_engine());
    home.done(&["create", "--name", "demo-one"]);
    home.done(&["create", "--name", "demo-two"]);
    home.done(&["snapshot", "create", "base-shot", "--sandbox", "demo-one"]);
    home.done(&["volume", "create", "box-volume"]);
    home.done(&["template", "save", "web-template", "--sandbox", "demo-one"]);
    for name in ["bash", "zsh", "fish"] {
        if !has(name) {
            continue;
        }
        for (line, some, none) in [
            ("daytona sn", &["snapshot"][..], "list"),
            ("daytona list --st", &["--state"], "--name"),
            (
                "daytona list --state arch",
                &["archived", "archiving"],
                "started",
            ),
            ("daytona exec demo-", &["demo-one", "demo-two"], "base-shot"),
            ("daytona delete demo-t", &["demo-two"], "demo-one"),
            ("daytona create --snapshot ba", &["base-shot"], "demo-one"),
            ("daytona volume delete bo", &["box-volume"], "demo-one"),
            (
                "daytona create --template we",
                &["web-template"],
                "demo-one",
            ),
            ("daytona help sna", &["snapshot"], "demo-one"),
            ("daytona help exit", &["exit-codes"], "exec"),
        ] {
            let seen = offered(&home, name, line);
            for word in some {
                assert!(
                    seen.iter().any(|one| one == word),
                    "{name}: {line}: {seen:?}"
                );
            }
            assert!(
                !seen.iter().any(|one| one == none),
                "{name}: {line}: {seen:?}"
            );
        }
    }
}

#[test]
fn no_engine_is_started_and_no_server_is_waited_for() {
    if !has("bash") {
        return;
    }
    let home = stage(Home::new());
    assert_eq!(
        offered(&home, "bash", "daytona exec de"),
        Vec::<String>::new()
    );
    assert!(!home.path().join(".local").exists());
    // Nobody answers there.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/api", listener.local_addr().expect("an address"));
    let away = stage(Home::with_server(&url));
    let begun = Stopwatch::start();
    assert_eq!(
        offered(&away, "bash", "daytona exec de"),
        Vec::<String>::new()
    );
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
}

/// A script is loaded by each shell that starts.
#[test]
fn scripts_are_small() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = home.text(&["completion", shell]);
        assert!(
            script.len() < 4096 && script.contains("daytona"),
            "{shell}: {}",
            script.len()
        );
    }
}
