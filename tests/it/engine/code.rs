//! `code run`: languages, streams, exit codes, and that no file of it is left.

use std::fs;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::binary::{Home, Seen};
use crate::leftover::within;

fn demo() -> Home {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    home
}

/// Writes a program into the home, and runs it.
fn run(home: &Home, name: &str, code: &str, more: &[&str]) -> Seen {
    fs::write(home.path().join(name), code).expect("a file");
    home.run(&[&["code", "run", "--sandbox", "demo", name], more].concat())
}

#[track_caller]
fn nothing_is_left(home: &Home) {
    let seen = home.sh("demo", "ls -A ~ /tmp | grep daytona-");
    assert_eq!((seen.stdout.as_str(), seen.code), ("", Some(1)), "{seen}");
}

#[test]
fn python_has_any_quotes_its_streams_and_its_exit_code() {
    let home = demo();
    let code = "import os, sys\n\nfor word in ['it\\'s', \"a \\\"b\\\"\", '''$HOME `x` \\\\ !''']:\n    print(word)\n\
        print('oops', file=sys.stderr)\nprint(sys.argv[1:], os.environ['A'], sys.stdin.read())\nsys.exit(3)\n";
    let seen = run(
        &home,
        "a b.py",
        code,
        &["-e", "A=given", "--", "-x", "it's"],
    );
    assert_eq!(
        seen.stdout,
        "it's\na \"b\"\n$HOME `x` \\ !\n['-x', \"it's\"] given \n"
    );
    assert_eq!((seen.stderr.as_str(), seen.code), ("oops\n", Some(3)));
    nothing_is_left(&home);
    let seen = run(&home, "b.py", "raise ValueError('boom')", &[]);
    assert_eq!(seen.code, Some(1), "{seen}");
    assert!(seen.stderr.contains("ValueError: boom"), "{seen}");
    // Modules beside it are found, as for a program that was typed there.
    assert_eq!(home.sh("demo", "echo 'x = 42' > mine.py").code, Some(0));
    assert_eq!(
        run(&home, "c.py", "import mine; print(mine.x)", &[]).stdout,
        "42\n"
    );
}

#[test]
fn standard_input_is_the_programs_or_the_program() {
    let home = demo();
    let code = "import sys; print(len(sys.stdin.buffer.read()))";
    fs::write(home.path().join("count.py"), code).expect("a file");
    let count = ["code", "run", "--sandbox", "demo", "count.py"];
    let data = "x".repeat(300_000);
    assert_eq!(home.pipe(&count, &data).stdout, "0\n");
    let count = ["code", "run", "-i", "--sandbox", "demo", "count.py"];
    assert_eq!(home.pipe(&count, &data).stdout, "300000\n");
    let both = home.pipe(&["code", "run", "-i", "-"], "print(1)");
    assert_eq!(both.code, Some(2), "{both}");
    assert!(both.stderr.contains("both read standard input"), "{both}");
    let seen = home.pipe(
        &["code", "run", "-", "--", "7"],
        "import sys\nprint('hi', sys.argv[1])",
    );
    assert_eq!(
        (seen.stdout.as_str(), seen.code),
        ("hi 7\n", Some(0)),
        "{seen}"
    );
    let big = format!("text = '''{}'''\nprint(len(text))\n", "y".repeat(1 << 20));
    let seen = home.pipe(&["code", "run", "--sandbox", "demo", "-"], &big);
    assert_eq!(
        (seen.stdout.as_str(), seen.code),
        ("1048576\n", Some(0)),
        "{seen}"
    );
    nothing_is_left(&home);
    // The sandbox of its own is gone.
    assert_eq!(
        home.text(&["list", "--json=name"]).matches("name").count(),
        1
    );
}

#[test]
fn javascript_and_typescript_run_too() {
    let home = demo();
    if !crate::machine::has("node") {
        crate::skip::skip("there is no node");
        return;
    }
    let code = "const who = `it's \"you\"`\nconsole.log(who, process.argv.slice(2))\nconsole.error('e')\nprocess.exit(4)";
    let seen = run(&home, "a.js", code, &["--", "a b"]);
    assert_eq!(seen.stdout, "it's \"you\" [ 'a b' ]\n");
    assert_eq!(
        (seen.stderr.as_str(), seen.code),
        ("e\n", Some(4)),
        "{seen}"
    );
    let code = "import { sep } from 'node:path'\nconsole.log(await Promise.resolve(sep))";
    assert_eq!(run(&home, "a.mjs", code, &[]).stdout, "/\n");
    let javascript = [
        "code",
        "run",
        "--sandbox",
        "demo",
        "--language",
        "javascript",
        "-",
    ];
    assert_eq!(home.pipe(&javascript, "console.log(6 * 7)").stdout, "42\n");
    let code = "type Pair = { a: number }\nconst pair: Pair = { a: 41 }\nconsole.log(pair.a + 1)";
    let seen = run(&home, "a.ts", code, &[]);
    assert_eq!(
        (seen.stdout.as_str(), seen.code),
        ("42\n", Some(0)),
        "{seen}"
    );
    let code = "import { sep } from 'node:path'\nconst all: string[] = process.argv.slice(2)\nconsole.log(all.join(sep as string))";
    let seen = run(&home, "b.ts", code, &["--", "a b", "c"]);
    assert_eq!(seen.stdout, "a b/c\n", "{seen}");
    let seen = run(&home, "c.ts", "let x: = 1", &[]);
    assert!(
        seen.code == Some(1) && seen.stderr.contains("SyntaxError"),
        "{seen}"
    );
    nothing_is_left(&home);
}

#[test]
fn a_program_ends_with_its_time_or_with_us() {
    let home = demo();
    let code = "import time\nprint('there', flush=True)\ntime.sleep(987)";
    let seen = run(&home, "long.py", code, &["--timeout", "1"]);
    assert_eq!(
        (seen.stdout.as_str(), seen.code),
        ("there\n", Some(124)),
        "{seen}"
    );
    nothing_is_left(&home);
    let child = home.spawn(&["code", "run", "--sandbox", "demo", "long.py"]);
    assert!(within(Duration::from_secs(10), || home
        .count("demo", "python3")
        > 0));
    let _ = kill_process(Pid::from_child(&child), Signal::INT);
    let seen = home.finish(child);
    assert_eq!(seen.code, Some(130), "{seen}");
    nothing_is_left(&home);
    assert_eq!(home.count("demo", "python3"), 0);
}

#[test]
fn its_result_is_one_value_where_asked() {
    let home = demo();
    fs::write(
        home.path().join("a.py"),
        "import sys\nprint('o')\nsys.exit('e')",
    )
    .expect("a file");
    let seen = home.run(&[
        "--json=stdout,stderr,exitCode",
        "code",
        "run",
        "--sandbox",
        "demo",
        "a.py",
    ]);
    let value: serde_json::Value = serde_json::from_str(&seen.stdout).expect("JSON");
    assert_eq!(
        value,
        serde_json::json!({ "stdout": "o\n", "stderr": "e\n", "exitCode": 1 })
    );
    assert_eq!(seen.code, Some(1), "{seen}");
    nothing_is_left(&home);
    let seen = home.run(&["code", "run", "none.py"]);
    assert_eq!(seen.code, Some(2), "{seen}");
    assert!(seen.stderr.contains("none.py"), "{seen}");
}
