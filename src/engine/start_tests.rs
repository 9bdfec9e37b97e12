//! Tests of one engine per folder: found, single, started on demand, stopped.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::engine::runtime::fake::fake;
use crate::engine::serve::{Claim, serve, serve_until};
use crate::engine::service::Runtimes;
use crate::error::{Kind, Result};

use super::{Address, Settings, ensure_by, running, stop};

struct Engine {
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<()>>,
    address: Address,
}

fn settings(dir: &Path) -> Settings {
    Settings {
        dir: dir.join("engine"),
        listen: "127.0.0.1:0".parse().expect("address"),
        listen_fixed: false,
        auto_start: false,
        detached: false,
        origins: Vec::new(),
    }
}

impl Engine {
    async fn run(settings: Settings) -> Result<Self> {
        let (stop, stopped) = oneshot::channel::<()>();
        let (ready, told) = oneshot::channel();
        let claim = Claim::take(settings)?;
        let task = tokio::spawn(serve_until(
            claim,
            Runtimes::new(fake() as Arc<_>, Vec::new()),
            move |address| drop(ready.send(address.clone())),
            async move {
                let _ = stopped.await;
            },
        ));
        match told.await {
            Ok(address) => Ok(Self {
                stop,
                task,
                address,
            }),
            Err(_) => Err(task.await.expect("ran").expect_err("was never ready")),
        }
    }

    async fn end(self) {
        drop(self.stop);
        self.task.await.expect("ran").expect("ended well");
    }
}

#[tokio::test]
async fn an_engine_is_found_while_it_runs() {
    let dir = TempDir::new().expect("dir");
    let settings = settings(dir.path());
    assert!(running(&settings.dir).await.expect("looked").is_none());
    assert!(!settings.dir.exists(), "looking makes nothing");
    let engine = Engine::run(settings.clone()).await.expect("runs");
    let found = running(&settings.dir)
        .await
        .expect("looked")
        .expect("there");
    assert_eq!(found.url, engine.address.url);
    assert_eq!(found.pid, std::process::id());
    let key = found.key.expose();
    assert!(key.starts_with("dtn_") && key.len() == 68, "{}", key.len());
    let (again, started) = ensure_by(&settings, || panic!("one runs"))
        .await
        .expect("there");
    assert_eq!((again.url.as_str(), started), (found.url.as_str(), false));

    let mode = |name: &str| {
        let path = settings.dir.join(name);
        path.metadata().expect("there").permissions().mode() & 0o777
    };
    assert_eq!(mode(""), 0o700);
    for name in ["engine.key", "engine.json", "engine.lock"] {
        assert_eq!(mode(name), 0o600, "{name}");
    }
    engine.end().await;
    assert!(running(&settings.dir).await.expect("looked").is_none());
    assert!(!settings.dir.join("engine.json").exists());
    assert!(!stop(&settings.dir).await.expect("nothing to stop"));

    let next = Engine::run(settings.clone()).await.expect("runs");
    assert_eq!(next.address.key, found.key, "the key is made once");
    next.end().await;
}

#[tokio::test]
async fn a_second_engine_is_told_of_the_first() {
    let dir = TempDir::new().expect("dir");
    let settings = settings(dir.path());
    let engine = Engine::run(settings.clone()).await.expect("runs");
    let Err(error) = Engine::run(settings.clone()).await else {
        panic!("two engines")
    };
    assert_eq!(error.kind(), Kind::Conflict);
    assert!(error.text().contains(&engine.address.url), "{error}");
    assert!(
        error.text().contains(&std::process::id().to_string()),
        "{error}"
    );
    assert!(running(&settings.dir).await.expect("looked").is_some());
    engine.end().await;
}

#[tokio::test]
async fn what_a_killed_engine_left_is_not_an_engine() {
    let dir = TempDir::new().expect("dir");
    let settings = settings(dir.path());
    let engine = Engine::run(settings.clone()).await.expect("runs");
    let notice = std::fs::read(settings.dir.join("engine.json")).expect("notice");
    engine.end().await;
    std::fs::write(settings.dir.join("engine.json"), notice).expect("left behind");
    assert!(running(&settings.dir).await.expect("looked").is_none());
    let engine = Engine::run(settings.clone()).await.expect("runs again");
    engine.end().await;
}

#[tokio::test]
async fn a_taken_port_is_left_unless_it_was_named() {
    let dir = TempDir::new().expect("dir");
    let taken = TcpListener::bind("127.0.0.1:0").expect("bound");
    let mut settings = Settings {
        listen: taken.local_addr().expect("address"),
        ..settings(dir.path())
    };
    let engine = Engine::run(settings.clone()).await.expect("elsewhere");
    assert!(!engine.address.url.contains(&settings.listen.to_string()));
    engine.end().await;
    settings.listen_fixed = true;
    let Err(error) = Engine::run(settings.clone()).await else {
        panic!("a taken port")
    };
    assert_eq!(error.kind(), Kind::Unavailable);
    settings.listen_fixed = false;
    settings.listen = "0.0.0.0:0".parse().expect("address");
    let Err(error) = Engine::run(settings).await else {
        panic!("open to all")
    };
    assert_eq!(error.kind(), Kind::Usage);
}

#[tokio::test]
async fn an_engine_that_ends_at_once_is_quoted() {
    let dir = TempDir::new().expect("dir");
    let settings = settings(dir.path());
    let error = ensure_by(&settings, || {
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; echo no such runtime >&2; exit 3"]);
        Ok(command)
    })
    .await
    .expect_err("ended");
    assert_eq!(error.kind(), Kind::Unavailable);
    assert!(error.text().contains("one | no such runtime"), "{error}");
    assert!(
        error.hints()[0].contains("engine.log"),
        "{:?}",
        error.hints()
    );
}

#[tokio::test]
async fn a_command_that_lost_the_race_uses_the_winner() {
    let dir = TempDir::new().expect("dir");
    let settings = settings(dir.path());
    let other = settings.clone();
    let racing = tokio::spawn(async move {
        ensure_by(&other, || {
            // Loses: it ends while the winner is not ready yet, or sees it.
            let mut command = Command::new("sleep");
            command.arg("0.3");
            Ok(command)
        })
        .await
    });
    let engine = Engine::run(settings).await.expect("runs");
    let (address, ours) = racing.await.expect("ran").expect("found");
    assert_eq!(
        (address.url.as_str(), ours),
        (engine.address.url.as_str(), false)
    );
    engine.end().await;
}

/// Which folder the process below serves.
const FOLDER: &str = "DAYTONA_TEST_ENGINE_FOLDER";

#[tokio::test]
#[ignore = "not a test: what others run as a process of its own"]
async fn an_engine_as_a_process() {
    let dir = std::env::var_os(FOLDER).expect("run by another test");
    let claim = Claim::take(settings(Path::new(&dir))).expect("nobody else has it");
    serve(claim, fake() as Arc<_>, Vec::new(), |_| {})
        .await
        .expect("ended well");
}

fn process(dir: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command
        .env(FOLDER, dir)
        .args(["--exact", "--ignored", "--nocapture"])
        .arg("engine::start::tests::an_engine_as_a_process");
    command
}

#[tokio::test]
async fn two_commands_at_once_start_one_engine_that_can_be_stopped() {
    let dir = TempDir::new().expect("dir");
    let settings = settings(dir.path());
    let (one, two) = tokio::join!(
        ensure_by(&settings, || Ok(process(dir.path()))),
        ensure_by(&settings, || Ok(process(dir.path()))),
    );
    let ((one, first), (two, second)) = (one.expect("one"), two.expect("two"));
    assert_eq!((one.pid, &one.url), (two.pid, &two.url));
    assert!(first != second, "exactly one of them started it");
    assert_ne!(one.pid, std::process::id());

    assert!(stop(&settings.dir).await.expect("stopped"));
    assert!(running(&settings.dir).await.expect("looked").is_none());
    assert!(!settings.dir.join("engine.json").exists());
}

#[tokio::test]
async fn after_a_kill_the_next_command_starts_another() {
    let dir = TempDir::new().expect("dir");
    let settings = settings(dir.path());
    let (first, _) = ensure_by(&settings, || Ok(process(dir.path())))
        .await
        .expect("started");
    let engine = super::pid(first.pid).expect("process");
    super::kill_process(engine, super::Signal::KILL).expect("killed");
    while running(&settings.dir).await.expect("looked").is_some() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let (next, ours) = ensure_by(&settings, || Ok(process(dir.path())))
        .await
        .expect("started");
    assert!(ours && next.pid != first.pid);
    assert_eq!(next.key, first.key);
    assert!(stop(&settings.dir).await.expect("stopped"));
}

#[tokio::test]
async fn origins_are_written_as_browsers_write_them() {
    let dir = TempDir::new().expect("dir");
    for (origin, right) in [
        ("http://localhost:5173", true),
        ("https://app.example", true),
        ("http://[::1]:3000", true),
        ("*", false),
        ("null", false),
        ("localhost:5173", false),
        ("http://localhost:5173/", false),
        ("HTTP://LOCALHOST", false),
        ("http://", false),
    ] {
        let settings = Settings {
            origins: vec![origin.to_owned()],
            ..settings(dir.path())
        };
        assert_eq!(settings.check().is_ok(), right, "{origin}");
    }
}
