//! What a person sees on a real terminal: in tmux, with keys and a window that changes its size.

use std::process::{Command, Output};
use std::time::Duration;

use crate::binary::Home;
use crate::leftover::within;
use crate::responder::{Responder, reply};
use crate::stopwatch::Stopwatch;

/// A tmux server of its own, ended with the test.
struct Tmux<'a> {
    home: &'a Home,
    socket: String,
}

impl Drop for Tmux<'_> {
    fn drop(&mut self) {
        let _ = self.tmux(&["kill-server"]);
    }
}

impl<'a> Tmux<'a> {
    fn start(home: &'a Home) -> Self {
        let tmux = Self {
            home,
            socket: home.path().join("tmux").display().to_string(),
        };
        let shell = "PS1='here$ ' exec bash --norc";
        let started = tmux.tmux(&[
            "-f",
            "/dev/null",
            "new-session",
            "-d",
            "-x",
            "100",
            "-y",
            "20",
            shell,
        ]);
        assert!(started.status.success(), "{started:?}");
        tmux.type_line(&format!(
            "alias daytona={}; clear",
            env!("CARGO_BIN_EXE_daytona")
        ));
        tmux
    }

    /// The program in the foreground.
    fn running(&self) -> String {
        let told = self.tmux(&["display-message", "-p", "#{pane_current_command}"]);
        String::from_utf8_lossy(&told.stdout).trim().to_owned()
    }

    fn tmux(&self, arguments: &[&str]) -> Output {
        // The environment of the home's commands is the environment of the shell in the window.
        let mut like = self.home.command(&[]);
        let mut command = Command::new("tmux");
        command
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("TERM", "xterm-256color")
            .env("LANG", "C.UTF-8");
        for (name, value) in like.get_envs() {
            command.env(name, value.unwrap_or_default());
        }
        command.env_remove("COLUMNS");
        like.stdin(std::process::Stdio::null());
        command
            .arg("-S")
            .arg(&self.socket)
            .args(arguments)
            .output()
            .expect("tmux runs")
    }

    fn type_line(&self, line: &str) {
        self.tmux(&["send-keys", "-l", line]);
        self.tmux(&["send-keys", "Enter"]);
    }

    fn screen(&self) -> String {
        let screen = self.tmux(&["capture-pane", "-p"]).stdout;
        String::from_utf8_lossy(&screen).into_owned()
    }

    /// Types a line until the screen shows a text: what is typed while a program takes or gives back
    /// the terminal may be thrown away.
    fn insist(&self, line: &str, text: &str) {
        for _ in 0..15 {
            self.type_line(line);
            if within(Duration::from_secs(1), || self.screen().contains(text)) {
                return;
            }
        }
        panic!("no {text:?} on the screen:\n{}", self.screen());
    }

    /// Waits until the screen shows a text.
    fn see(&self, text: &str) {
        let begun = Stopwatch::start();
        loop {
            let screen = self.screen();
            if screen.contains(text) {
                return;
            }
            assert!(
                begun.elapsed() < Duration::from_secs(15),
                "no {text:?} on the screen:\n{screen}"
            );
            std::thread::sleep(Duration::from_millis(30));
        }
    }
}

fn has_tmux() -> bool {
    let there = Command::new("tmux")
        .arg("-V")
        .output()
        .is_ok_and(|output| output.status.success());
    if !there {
        crate::skip::skip("there is no tmux");
    }
    there
}

#[test]
fn a_shell_has_a_terminal_that_follows_the_window() {
    if !has_tmux() {
        return;
    }
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let tmux = Tmux::start(&home);
    tmux.type_line("daytona shell demo");
    tmux.insist("echo $(whoami) $(stty size)", "daytona 20 100");
    tmux.tmux(&["resize-window", "-x", "90", "-y", "25"]);
    tmux.insist("echo now $(stty size)", "now 25 90");
    // Ctrl-C is for the program inside, not for us.
    tmux.type_line("sleep 100; echo status $?");
    let sleeps = || home.count("demo", "sleep") > 0;
    assert!(within(Duration::from_secs(15), sleeps));
    tmux.tmux(&["send-keys", "C-c"]);
    // What is typed before the shell is back may be thrown away, as on every terminal.
    tmux.see("^C");
    let ended = || {
        home.run(&["exec", "demo", "--", "pgrep", "-x", "sleep"])
            .code
            == Some(1)
    };
    assert!(within(Duration::from_secs(5), ended));
    tmux.insist("echo ba''ck", "back");
    tmux.type_line("exit 7");
    tmux.see("logout");
    tmux.insist("echo code $?; stty -a | grep -o ' echo '", "code 7");
    tmux.see("\n echo");
}

#[test]
fn people_get_headings_and_are_asked() {
    if !has_tmux() {
        return;
    }
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    home.done(&["create", "--name", "other"]);
    let tmux = Tmux::start(&home);
    tmux.type_line("daytona list");
    tmux.see("NAME");
    tmux.see("just now");
    tmux.type_line("daytona delete --all");
    tmux.see("delete 2 sandboxes");
    tmux.type_line("n");
    tmux.see("nothing was deleted");
    assert_eq!(home.run(&["list", "-q"]).stdout.lines().count(), 2);
    // Ctrl-C is an answer, too, at once.
    // The question before is not to be taken for this one.
    tmux.insist("clear; echo re''ady", "ready");
    tmux.type_line("clear; daytona delete --all; echo code $?");
    tmux.see("delete 2 sandboxes");
    tmux.tmux(&["send-keys", "C-c"]);
    tmux.see("interrupted; nothing was deleted");
    tmux.see("code 130");
    // What has changed since the question stays.
    tmux.type_line("clear; daytona delete --all; echo code $?");
    tmux.see("delete 2 sandboxes");
    assert_eq!(home.sh("demo", "echo new > ~/note").code, Some(0));
    tmux.type_line("y");
    tmux.see("has changed since it was looked at");
    tmux.see("code 1");
    assert_eq!(
        home.text(&["list", "-q", "--json=name"])
            .matches("demo")
            .count(),
        1
    );
    assert_eq!(home.run(&["list", "-q"]).stdout.lines().count(), 1);
}

#[test]
fn a_command_has_a_terminal_of_its_own() {
    if !has_tmux() {
        return;
    }
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo", "-e", "A=created"]);
    let tmux = Tmux::start(&home);
    // Typed into each program as soon as it says that it is there.
    let text =
        "trap \"stty size\" WINCH; stty size; read -n 1 key; echo \"<$key $A $B $PWD>\"; exit 5";
    tmux.type_line(&format!(
        "daytona exec -it --cwd /tmp -e B=given demo -- bash -c '{text}'; echo code $?"
    ));
    tmux.see("\n20 100");
    tmux.tmux(&["resize-window", "-x", "90", "-y", "25"]);
    // Bash runs the trap once the read is over; one key is enough, with no line to end it.
    let told = "stty size </proc/$(pgrep -nf '^bash -c trap')/fd/0";
    let follows = || home.sh("demo", told).stdout == "25 90\n";
    assert!(within(Duration::from_secs(15), follows));
    tmux.tmux(&["send-keys", "-l", "x"]);
    tmux.see("25 90");
    tmux.see("<x created given /tmp>");
    tmux.see("code 5");
    // Ctrl-C is a key like others: the program decides.
    let text = "trap \"echo caught; exit 6\" INT; echo wait''ing; sleep 100 & wait";
    tmux.insist(
        &format!("clear; daytona exec -ti demo 'stty -echoctl; {text}'; echo code $?"),
        "waiting",
    );
    tmux.tmux(&["send-keys", "C-c"]);
    tmux.see("caught");
    tmux.see("code 6");
    tmux.insist("clear; stty -a | grep -o ' echo '; echo do''ne", "done");
    assert!(tmux.screen().contains(" echo"), "{}", tmux.screen());
    // Raw bytes both ways, as an editor wants them.
    tmux.insist(
        "clear; daytona exec -it demo -- sh -c 'stty raw -echo; echo re''ady; head -c 3 | od -An -tx1; stty sane'",
        "ready",
    );
    tmux.tmux(&["send-keys", "Escape", "C-c", "Enter"]);
    tmux.see("1b 03 0d");
}

#[test]
fn a_terminal_is_given_back_whatever_ends_the_command() {
    if !has_tmux() {
        return;
    }
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let tmux = Tmux::start(&home);
    let given_back = |code: &str| {
        tmux.see(code);
        tmux.insist("clear; stty -a | grep -o ' echo '; echo do''ne", "done");
        assert!(tmux.screen().contains(" echo"), "{}", tmux.screen());
        assert!(within(Duration::from_secs(20), || home
            .count("demo", "sleep 987")
            == 0));
    };
    let sleep = "daytona exec -it demo -- sh -c 'echo run''ning; exec sleep 987'; echo code $?";
    tmux.insist(sleep, "running");
    let ours = || {
        let found = Command::new("pgrep").args(["-f", "exec -it demo"]).output();
        let found = found.expect("pgrep runs").stdout;
        String::from_utf8_lossy(&found)
            .lines()
            .filter_map(|pid| pid.parse().ok())
            .filter(|pid| environment_of(*pid).contains(&home.path().display().to_string()))
            .collect::<Vec<i32>>()
    };
    assert!(!ours().is_empty());
    for pid in ours() {
        let pid = rustix::process::Pid::from_raw(pid).expect("a process");
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
    }
    given_back("code 130");
    tmux.insist(sleep, "running");
    home.done(&["stop", "--force", "demo"]);
    tmux.see("code ");
    home.done(&["start", "demo"]);
    given_back("done");
    tmux.type_line("daytona exec -it --timeout 1 demo -- sleep 987; echo code $?");
    given_back("code 124");
}

/// The environment of a process, or nothing where it is another user's or gone.
fn environment_of(pid: i32) -> String {
    let bytes = std::fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `run -it`: a new sandbox on this terminal, for an interpreter that a person talks to.
#[test]
fn a_new_sandbox_has_a_terminal_too() {
    if !has_tmux() {
        return;
    }
    let home = Home::with_engine();
    home.done(&["list"]);
    let tmux = Tmux::start(&home);
    tmux.type_line("daytona run -it -- python3 -q; echo code $?");
    tmux.see(">>>");
    tmux.type_line("import os, sys; os.get_terminal_size()");
    tmux.see("columns=100, lines=20");
    tmux.tmux(&["resize-window", "-x", "90", "-y", "25"]);
    tmux.insist("os.get_terminal_size()", "columns=90, lines=25");
    tmux.tmux(&["send-keys", "C-c"]);
    tmux.see("KeyboardInterrupt");
    tmux.type_line("sys.exit(7)");
    tmux.see("code 7");
    tmux.insist("clear; stty -a | grep -o ' echo '; echo do''ne", "done");
    assert!(tmux.screen().contains(" echo"), "{}", tmux.screen());
    assert_eq!(home.text(&["list", "-q"]), "");
    // A window that is closed takes the sandbox with it.
    tmux.type_line("daytona run -it -- python3 -q");
    tmux.see(">>>");
    assert_eq!(home.text(&["list", "-q"]).lines().count(), 1);
    drop(tmux);
    let gone = || home.text(&["list", "-q"]).is_empty();
    assert!(within(Duration::from_secs(10), gone));
}

#[test]
fn a_terminal_that_is_not_there_is_not_made_up() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    let seen = home.run(&["exec", "-it", "demo", "--", "true"]);
    assert_eq!(seen.code, Some(2), "{seen}");
    assert!(seen.stderr.contains("`-t` needs a terminal"), "{seen}");
    let seen = home.pipe(&["exec", "-i", "demo", "--", "cat"], "piped");
    assert_eq!((seen.stdout.as_str(), seen.code), ("piped", Some(0)));
    // Nothing is made for it either.
    let seen = home.run(&["run", "-it", "--", "true"]);
    assert_eq!(seen.code, Some(2), "{seen}");
    assert_eq!(home.text(&["list", "-q"]).lines().count(), 1);
}

#[test]
fn elsewhere_a_command_is_not_lost_in_a_shell() {
    if !has_tmux() {
        return;
    }
    let answer =
        r#"{"id":"x","name":"demo","state":"started","toolboxProxyUrl":"http://127.0.0.1:9"}"#;
    let server = Responder::new(move |_, _| reply("200 OK", answer));
    let home = Home::with_server(&server.url);
    let tmux = Tmux::start(&home);
    tmux.type_line("daytona exec -it demo -- vi; echo code $?");
    tmux.see("run a login shell only");
    tmux.see("daytona shell demo");
    tmux.see("code 125");
    assert_eq!(server.asked().len(), 1, "{:?}", server.asked());
}

#[test]
fn agents_that_are_found_are_offered() {
    if !has_tmux() {
        return;
    }
    let home = Home::new();
    for folder in [".codex", ".cursor", ".kiro"] {
        std::fs::create_dir(home.path().join(folder)).expect("a folder");
    }
    let tmux = Tmux::start(&home);
    tmux.type_line("daytona mcp init");
    tmux.see("3 Kiro\nset up which? [Enter: all, numbers, or none]");
    tmux.type_line("none");
    tmux.see("nothing was changed");
    tmux.type_line("clear; daytona mcp init");
    tmux.see("set up which?");
    tmux.type_line("4");
    tmux.see("warning: `4` is none of these");
    tmux.type_line("1, 3");
    tmux.see("Kiro: made");
    assert!(home.path().join(".cursor/mcp.json").exists());
    assert!(home.path().join(".kiro/settings/mcp.json").exists());
    assert!(!home.path().join(".codex/config.toml").exists());
}

#[test]
fn ctrl_c_ends_a_look_at_a_server_and_the_server() {
    if !has_tmux() {
        return;
    }
    let home = Home::new();
    home.done(&["mcp", "init", "kiro"]);
    let file = home.path().join(".kiro/settings/mcp.json");
    let text = std::fs::read_to_string(&file).expect("a file");
    let silent = text
        .replace(env!("CARGO_BIN_EXE_daytona"), "/bin/sh")
        .replace(
            "[\"mcp\", \"start\"]",
            "[\"-c\", \"echo $$ > ~/pid; exec sleep 1000\", \"mcp\", \"start\"]",
        );
    std::fs::write(&file, silent).expect("a file");
    let tmux = Tmux::start(&home);
    tmux.type_line("daytona mcp status; echo code $?");
    let pid = home.path().join("pid");
    assert!(within(Duration::from_secs(10), || pid.exists()));
    tmux.tmux(&["send-keys", "C-c"]);
    tmux.see("code 130");
    let pid = std::fs::read_to_string(pid).expect("a number");
    let stat = format!("/proc/{}/stat", pid.trim());
    assert!(within(Duration::from_secs(5), || {
        std::fs::read_to_string(&stat).map_or(true, |stat| stat.contains(") Z "))
    }));
}

/// A value that is typed is not shown, and Ctrl-C at its question gives the echo back.
#[test]
fn a_secret_is_typed_unseen() {
    if !has_tmux() {
        return;
    }
    let home = Home::with_engine();
    home.done(&["list"]);
    let tmux = Tmux::start(&home);
    tmux.type_line("daytona secret create db; echo code $?");
    tmux.see("value (not shown):");
    tmux.tmux(&["send-keys", "C-c"]);
    tmux.see("interrupted; nothing was stored");
    tmux.see("code 130");
    tmux.insist("clear; stty -a | grep -o ' echo '; echo do''ne", "done");
    assert!(tmux.screen().contains(" echo"), "{}", tmux.screen());
    tmux.type_line("clear; daytona secret create db; echo code $?");
    tmux.see("value (not shown):");
    tmux.type_line("hunter2");
    tmux.see("code 0");
    assert!(!tmux.screen().contains("hunter2"), "{}", tmux.screen());
    home.done(&["create", "--name", "demo", "--secret", "PASSWORD=db"]);
    assert_eq!(home.sh("demo", "echo $PASSWORD").stdout, "hunter2\n");
}

/// Ctrl-C at a question, in a wait and while a log is followed: at once, and nothing that is typed next is an answer.
#[test]
fn ctrl_c_ends_every_wait_at_once() {
    if !has_tmux() {
        return;
    }
    let home = Home::with_engine();
    std::fs::create_dir(home.path().join(".codex")).expect("a folder");
    home.done(&["create", "--name", "demo"]);
    let tmux = Tmux::start(&home);
    for (command, waiting, told) in [
        ("daytona delete --all", "[y/N]", "nothing was deleted"),
        ("daytona mcp init", "set up which?", "nothing was changed"),
        (
            "daytona wait demo --for stopped",
            "waiting for",
            "interrupted while",
        ),
        (
            "daytona exec demo -- sh -c 'echo re-$((40+2)); exec sleep 987'",
            "re-42",
            "interrupted",
        ),
        (
            "daytona run -- sh -c 'echo re-$((40+2)); exec sleep 987'",
            "re-42",
            "interrupted",
        ),
    ] {
        tmux.insist("clear; echo re''ady", "ready");
        tmux.type_line(&format!("clear; {command}; echo code $?"));
        tmux.see(waiting);
        let begun = Stopwatch::start();
        tmux.tmux(&["send-keys", "C-c"]);
        tmux.see("code 130");
        assert!(
            begun.elapsed() < Duration::from_secs(4),
            "{command}: {:?}",
            begun.elapsed()
        );
        assert!(
            tmux.screen().contains(told),
            "{command}:\n{}",
            tmux.screen()
        );
    }
    assert_eq!(home.run(&["list", "-q"]).stdout.lines().count(), 1);
    assert_eq!(home.count("demo", "sleep 987"), 0);
    // Against an engine that is halted, too: the second Ctrl-C ends whatever the first one waits for.
    let pid = home
        .engine_pid()
        .and_then(rustix::process::Pid::from_raw)
        .expect("an engine");
    let signal = |signal| rustix::process::kill_process(pid, signal).expect("a signal");
    for command in [
        "daytona create --name late",
        "daytona run -- true",
        "daytona list",
    ] {
        tmux.insist("clear; echo re''ady", "ready");
        signal(rustix::process::Signal::STOP);
        tmux.type_line(&format!("clear; {command}"));
        let runs = || tmux.running() == "daytona";
        assert!(within(Duration::from_secs(15), runs), "{}", tmux.screen());
        // It asks the engine by then, which does not answer.
        std::thread::sleep(Duration::from_millis(300));
        let begun = Stopwatch::start();
        tmux.tmux(&["send-keys", "C-c"]);
        within(Duration::from_millis(1300), || !runs());
        // Where the first has ended it, the shell takes this one.
        tmux.tmux(&["send-keys", "C-c"]);
        tmux.insist("echo ba''ck", "back");
        assert!(
            begun.elapsed() < Duration::from_secs(4),
            "{command}: {:?}",
            begun.elapsed()
        );
        signal(rustix::process::Signal::CONT);
        home.done(&["list"]);
    }
}
