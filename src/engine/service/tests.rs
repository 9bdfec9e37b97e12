//! Tests of the rules: states and their messages.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;

use crate::api::types::{CreateSandbox, Sandbox, State};
use crate::engine::clock::{Clock, MINUTE};
use crate::engine::runtime::fake::{Fake, fake};
use crate::engine::service::Runtimes;
use crate::engine::store::{Change, Store};
use crate::error::{Kind, Result};

use super::{Interval, Service, lock};

pub(super) struct Bench {
    dir: TempDir,
    pub(super) runtime: Arc<Fake>,
    pub(super) clock: Clock,
    pub(super) service: Service,
}

impl Bench {
    pub(super) fn new() -> Self {
        let dir = TempDir::new().expect("dir");
        let (runtime, clock) = (fake(), Clock::default());
        let runtimes = Runtimes::new(Arc::clone(&runtime) as _, Vec::new());
        let service = service(&dir, runtimes, &clock);
        Self {
            dir,
            runtime,
            clock,
            service,
        }
    }

    /// A new engine over the same database and runtime.
    pub(super) async fn restart(&mut self) {
        let runtimes = Runtimes::new(Arc::clone(&self.runtime) as _, Vec::new());
        self.restart_with(runtimes).await;
    }

    /// As [`Self::restart`], with other runtimes.
    pub(super) async fn restart_with(&mut self, runtimes: Runtimes) {
        self.service.0.store.close().await;
        self.service = service(&self.dir, runtimes, &self.clock);
        self.service.reconcile().await.expect("reconciled");
    }

    pub(super) async fn make(&self, name: &str) -> Sandbox {
        let request = CreateSandbox {
            name: Some(name.to_owned()),
            ..CreateSandbox::default()
        };
        self.service.create(request).await.expect("created")
    }

    pub(super) async fn state(&self, name: &str) -> State {
        self.service.get(name).await.expect("there").state
    }

    pub(super) async fn force(&self, name: &str, state: State, desired: State) {
        let id = self.service.get(name).await.expect("there").id;
        let change = Change::to(state, desired);
        self.service.step(&id, change).await.expect("forced");
    }

    pub(super) async fn pass(&self, minutes: i64) {
        self.clock.pass(minutes * MINUTE + 1);
        for task in self.service.sweep().await.expect("swept") {
            task.await.expect("done");
        }
    }

    pub(super) async fn gone(&self, name: &str) -> bool {
        match self.service.get(name).await {
            Ok(_) => false,
            Err(error) => {
                assert_eq!(error.kind(), Kind::NotFound);
                true
            }
        }
    }
}

fn service(dir: &TempDir, runtimes: Runtimes, clock: &Clock) -> Service {
    let store = Store::open(&dir.path().join("engine.db")).expect("store");
    Service::new(store, runtimes, clock.clone(), 0)
}

pub(super) fn refused<T: std::fmt::Debug>(result: Result<T>, kind: Kind, message: &str) {
    let error = result.expect_err(message);
    assert_eq!((error.kind(), error.text().as_str()), (kind, message));
}

#[tokio::test]
async fn a_sandbox_lives_stops_starts_and_is_gone() {
    let bench = Bench::new();
    let made = bench.make("box").await;
    assert_eq!(made.state, State::Started);
    assert_eq!(made.desired_state, Some(State::Started));
    assert_eq!((made.cpu, made.memory, made.disk), (1, 1, 3));
    assert_eq!(made.auto_stop_interval, Some(15));
    assert_eq!(made.auto_archive_interval, Some(10_080));
    assert_eq!(made.auto_delete_interval, Some(-1));
    let service = &bench.service;
    assert_eq!(
        service.start("box").await.expect("again").state,
        State::Started
    );
    let stopped = service.stop(&made.id, false).await.expect("stopped");
    assert_eq!(stopped.state, State::Stopped);
    assert_eq!(bench.runtime.running(), 0);
    assert_eq!(
        service.stop("box", false).await.expect("again").state,
        State::Stopped
    );
    assert_eq!(
        service.start("box").await.expect("started").state,
        State::Started
    );
    service.stop("box", true).await.expect("forced");
    assert_eq!(
        bench.runtime.graces(),
        [Duration::from_secs(10), Duration::ZERO]
    );
    assert_eq!(
        service.archive("box").await.expect("archived").state,
        State::Archived
    );
    refused(
        service.stop("box", false).await,
        Kind::Usage,
        "Sandbox is not in a stoppable state",
    );
    assert_eq!(
        service.start("box").await.expect("started").state,
        State::Started
    );
    let deleted = service.delete("box").await.expect("deleted");
    assert_eq!(
        (deleted.state, deleted.name.as_str()),
        (State::Destroyed, "box")
    );
    refused(
        service.get("box").await,
        Kind::NotFound,
        "Sandbox with ID or name box not found",
    );
    bench.make("box").await;
}

#[tokio::test]
async fn a_request_that_cannot_be_met_says_why() {
    let bench = Bench::new();
    bench.make("taken").await;
    let ask = |change: fn(&mut CreateSandbox)| {
        let mut request = CreateSandbox::default();
        change(&mut request);
        bench.service.create(request)
    };
    for (result, kind, message) in [
        (
            ask(|r| r.name = Some("taken".into())).await,
            Kind::Conflict,
            "Sandbox with name taken already exists",
        ),
        (
            ask(|r| r.target = Some("mars".into())).await,
            Kind::NotFound,
            "Region not found",
        ),
        (
            ask(|r| r.snapshot = Some("nope".into())).await,
            Kind::Usage,
            "Snapshot nope not found",
        ),
        (
            ask(|r| {
                r.snapshot = Some("host".into());
                r.cpu = Some(2);
            })
            .await,
            Kind::Usage,
            "Cannot specify Sandbox resources when using a snapshot",
        ),
        (
            ask(|r| r.auto_stop_interval = Some(-5)).await,
            Kind::Usage,
            "Auto-stop interval must be non-negative",
        ),
        (
            ask(|r| {
                r.auto_stop_interval = Some(5);
                r.auto_pause_interval = Some(5);
            })
            .await,
            Kind::Usage,
            "Auto-stop and auto-pause intervals cannot both be non-zero",
        ),
        (
            ask(|r| r.auto_delete_interval = Some(-2)).await,
            Kind::Usage,
            "Auto-delete interval must be -1 or greater",
        ),
        (
            ask(|r| r.gpu = Some(1)).await,
            Kind::Usage,
            "The local engine gives sandboxes no GPUs: its isolation passes no devices on",
        ),
        (
            ask(|r| r.name = Some("a\nb".into())).await,
            Kind::Usage,
            "name must not contain HTML tags, URLs or control characters",
        ),
    ] {
        refused(result, kind, message);
    }
    let clamped = ask(|r| r.auto_archive_interval = Some(0))
        .await
        .expect("made");
    assert_eq!(clamped.auto_archive_interval, Some(43_200));
    assert_ne!(clamped.name, clamped.id);
}

#[tokio::test]
async fn a_sandbox_that_fails_to_start_stays_with_its_reason() {
    let bench = Bench::new();
    bench.runtime.set(|switches| switches.fail_launch = true);
    let request = CreateSandbox {
        name: Some("box".to_owned()),
        ..CreateSandbox::default()
    };
    refused(
        bench.service.create(request).await,
        Kind::Internal,
        "Sandbox failed to start: simulated launch failure",
    );
    let failed = bench.service.get("box").await.expect("there");
    assert_eq!(failed.state, State::Error);
    assert_eq!(
        failed.error_reason.as_deref(),
        Some("simulated launch failure")
    );
    refused(
        bench.service.start("box").await,
        Kind::Usage,
        "Sandbox is in an errored state",
    );
    refused(
        bench.service.recover("box", false).await,
        Kind::Usage,
        "Sandbox is not in a recoverable state",
    );
    bench.service.delete("box").await.expect("deleted");

    bench.runtime.set(|switches| switches.fail_launch = false);
    bench.make("box").await;
    bench.service.stop("box", false).await.expect("stopped");
    bench.runtime.set(|switches| switches.fail_release = true);
    refused(
        bench.service.start("box").await,
        Kind::Internal,
        "Sandbox failed to start: simulated release failure",
    );
    assert_eq!(bench.runtime.running(), 0);
    bench.runtime.set(|switches| switches.fail_release = false);
    let recovered = bench
        .service
        .recover("box", false)
        .await
        .expect("recovered");
    assert_eq!(
        (recovered.state, recovered.error_reason),
        (State::Started, None)
    );
}

#[tokio::test]
async fn a_transition_excludes_others_and_outlives_its_client() {
    let bench = Bench::new();
    bench
        .runtime
        .set(|switches| switches.slow_release = Duration::from_millis(200));
    let service = bench.service.clone();
    let request = CreateSandbox {
        name: Some("box".to_owned()),
        ..CreateSandbox::default()
    };
    let creating = tokio::spawn(async move { service.create(request).await });
    while bench.service.get("box").await.is_err() {
        tokio::task::yield_now().await;
    }
    let busy = "Sandbox state change in progress";
    refused(bench.service.start("box").await, Kind::Conflict, busy);
    refused(bench.service.stop("box", true).await, Kind::Conflict, busy);
    refused(bench.service.delete("box").await, Kind::Conflict, busy);
    creating.abort();
    while !lock(&bench.service.0.busy).is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(bench.state("box").await, State::Started);
}

#[tokio::test]
async fn settings_hold_in_any_state() {
    let bench = Bench::new();
    bench.make("box").await;
    bench.service.stop("box", true).await.expect("stopped");
    let labels = BTreeMap::from([("team".to_owned(), "a".to_owned())]);
    let service = &bench.service;
    let labelled = service
        .set_labels("box", labels.clone())
        .await
        .expect("labels");
    assert_eq!(labelled.labels, labels);
    assert!(
        service
            .set_public("box", true)
            .await
            .expect("public")
            .public
    );
    let timed = service
        .set_interval("box", Interval::Stop, 45)
        .await
        .expect("stop");
    assert_eq!(timed.auto_stop_interval, Some(45));
    refused(
        service.set_interval("box", Interval::Pause, 5).await,
        Kind::Usage,
        "Auto-stop and auto-pause intervals cannot both be non-zero",
    );
    let ttl = service.set_ttl("box", 5).await.expect("ttl");
    assert!(ttl.auto_destroy_at.is_some());
    let off = service.set_ttl("box", 0).await.expect("off");
    assert_eq!(off.auto_destroy_at, None);
}
