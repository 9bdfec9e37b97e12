//! The whole product over a runtime in another process: the real command line, an engine, a runtime that is away.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;
use std::time::{Duration, Instant};

use daytona::engine::{Claim, Settings, serve};

use crate::remote::Process;

/// How long the runtime is away, in seconds; longer by hand.
const AWAY: &str = "DAYTONA_TEST_AWAY_SECONDS";

/// A runtime that is away loses nothing and changes nothing, and everything goes on when it is back.
pub(crate) fn outlives_its_runtime() {
    let process = Process::start();
    let home = tempfile::TempDir::new().expect("a home");
    let home = home.path();
    let settings = Settings {
        dir: home.join("engine"),
        listen: "127.0.0.1:0".parse().expect("an address"),
        listen_fixed: true,
        auto_start: false,
        detached: false,
        origins: Vec::new(),
    };
    let remote = process.remote();
    let threads = tokio::runtime::Runtime::new().expect("threads");
    let claim = Claim::take(settings).expect("a claim");
    let (tell, told) = std::sync::mpsc::channel();
    let engine = threads.spawn(serve(claim, Arc::new(remote), Vec::new(), move |_| {
        tell.send(()).expect("told");
    }));
    told.recv_timeout(Duration::from_secs(30))
        .expect("an engine");

    ok(home, &["create", "--name", "box"]);
    ok(home, &["create", "--name", "rest"]);
    ok(home, &["stop", "rest"]);
    ok(
        home,
        &[
            "exec",
            "box",
            "--",
            "sh",
            "-c",
            "echo kept > file; sleep 1000 & echo $! > pid",
        ],
    );
    let before = ok(home, &["list", "--format", "json"]);

    let info = ok(home, &["info", "box"]);
    assert!(info.contains("Runtime\tremote"), "{info}");

    process.kill();
    let away: u64 = std::env::var(AWAY).map_or(5, |text| text.parse().expect(AWAY));
    let until = Instant::now() + Duration::from_secs(away);
    loop {
        for verb in [
            &["stop", "box"][..],
            &["delete", "box", "--yes"],
            &["start", "rest"],
        ] {
            let refused = run(home, verb);
            let message = String::from_utf8_lossy(&refused.stderr).into_owned();
            let said = String::from_utf8_lossy(&refused.stdout);
            assert!(
                !refused.status.success(),
                "{verb:?} out of reach: {said}{message}"
            );
            assert!(
                message.contains("nothing was changed"),
                "{verb:?}: {message}"
            );
        }
        let list = ok(home, &["list"]);
        assert!(list.contains("out of reach"), "{list}");
        if Instant::now() >= until {
            break;
        }
        std::thread::sleep(Duration::from_secs(2));
    }
    let info = ok(home, &["info", "box"]);
    assert!(info.contains("cannot be reached"), "{info}");

    process.again();
    ok(
        home,
        &[
            "exec",
            "box",
            "--",
            "sh",
            "-c",
            "grep kept file && kill -0 $(cat pid)",
        ],
    );
    assert_eq!(
        states(&ok(home, &["list", "--format", "json"])),
        states(&before)
    );
    ok(home, &["start", "rest"]);
    ok(home, &["stop", "box"]);
    ok(home, &["delete", "box", "rest", "--yes"]);
    engine.abort();
    let ended = threads.block_on(engine);
    assert!(
        ended.is_err_and(|error| error.is_cancelled()),
        "served to the end"
    );
}

/// The name and the state of each sandbox in a list.
fn states(list: &str) -> Vec<(String, String)> {
    let list: serde_json::Value = serde_json::from_str(list).expect("JSON");
    let items = list.as_array().or_else(|| list["items"].as_array());
    let text = |item: &serde_json::Value, key: &str| item[key].as_str().expect(key).to_owned();
    let mut states: Vec<_> = items
        .expect("sandboxes")
        .iter()
        .map(|item| (text(item, "name"), text(item, "state")))
        .collect();
    states.sort();
    assert_eq!(states.len(), 2, "{states:?}");
    states
}

fn ok(home: &Path, words: &[&str]) -> String {
    let output = run(home, words);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        output.status.success(),
        "{words:?}: {}",
        text(&output.stderr)
    );
    text(&output.stdout)
}

fn run(home: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_daytona"))
        .args(words)
        .env_clear()
        .env("HOME", home)
        .env("DAYTONA_DATA_DIR", home)
        .env("PATH", "/usr/bin:/bin")
        .output()
        .expect("daytona")
}
