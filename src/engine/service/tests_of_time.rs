//! Tests of what happens without a request: timers, sandboxes that end, restarts.

use std::collections::BTreeMap;

use crate::api::types::{CreateSandbox, State};

use super::tests::Bench;
use super::{Deleting, Filter, Interval};

#[tokio::test]
async fn timers_stop_archive_and_delete() {
    let bench = Bench::new();
    let service = &bench.service;
    bench.make("box").await;
    bench.pass(14).await;
    assert_eq!(bench.state("box").await, State::Started);
    bench.pass(1).await;
    assert_eq!(bench.state("box").await, State::Stopped);
    bench.pass(10_080).await;
    assert_eq!(bench.state("box").await, State::Archived);
    service
        .set_interval("box", Interval::Delete, 10_081)
        .await
        .expect("set");
    bench.pass(1).await;
    assert!(
        bench.gone("box").await,
        "counted from the stop, not from the archive"
    );

    let ephemeral = CreateSandbox {
        name: Some("brief".to_owned()),
        auto_delete_interval: Some(0),
        ..CreateSandbox::default()
    };
    service.create(ephemeral.clone()).await.expect("created");
    let stopped = service.stop("brief", false).await.expect("stopped");
    assert_eq!(stopped.state, State::Destroyed);
    assert!(bench.gone("brief").await);
    service.create(ephemeral).await.expect("created");
    bench.pass(15).await;
    assert!(bench.gone("brief").await);

    bench.make("mortal").await;
    service.set_ttl("mortal", 3).await.expect("ttl");
    bench.pass(2).await;
    assert_eq!(bench.state("mortal").await, State::Started);
    bench.pass(1).await;
    assert!(bench.gone("mortal").await);
    assert_eq!(bench.runtime.running(), 0);
}

#[tokio::test]
async fn activity_puts_the_stop_off() {
    let bench = Bench::new();
    let id = bench.make("box").await.id;
    bench.pass(14).await;
    bench.service.touch(&id).await;
    bench.pass(14).await;
    assert_eq!(bench.state("box").await, State::Started);
    let held = bench.service.hold(&id);
    bench.pass(14).await;
    bench.pass(14).await;
    assert_eq!(bench.state("box").await, State::Started);
    drop(held);
    bench.pass(15).await;
    assert_eq!(bench.state("box").await, State::Stopped);
}

#[tokio::test]
async fn a_sandbox_that_ends_unasked_is_stopped_with_the_reason() {
    let bench = Bench::new();
    let id = bench.make("box").await.id;
    bench
        .runtime
        .end(&id, "killed by the kernel: out of memory");
    while bench.state("box").await == State::Started {
        tokio::task::yield_now().await;
    }
    let ended = bench.service.get("box").await.expect("there");
    assert_eq!(ended.state, State::Stopped);
    assert_eq!(
        ended.error_reason.as_deref(),
        Some("killed by the kernel: out of memory")
    );
    let started = bench.service.start("box").await.expect("started");
    assert_eq!(started.error_reason, None);
}

#[tokio::test]
async fn a_delete_that_fails_can_be_seen_and_is_tried_again() {
    let bench = Bench::new();
    bench.make("box").await;
    bench.runtime.set(|switches| switches.fail_remove = true);
    let permanent = Deleting {
        permanent: true,
        seen: None,
    };
    let refused = bench.service.delete_as("box", permanent).await;
    let error = refused.expect_err("refused");
    assert_eq!(
        error.text(),
        "Sandbox could not be deleted: simulated remove failure"
    );
    let failed = bench.service.get("box").await.expect("there");
    assert_eq!(failed.state, State::Error);
    bench.runtime.set(|switches| switches.fail_remove = false);
    bench.pass(1).await;
    assert!(bench.gone("box").await);
}

#[tokio::test]
async fn a_restart_makes_the_store_true() {
    let mut bench = Bench::new();
    for name in [
        "runs",
        "died",
        "creating",
        "starting-up",
        "starting-down",
        "stopping",
        "destroying",
        "stopped",
    ] {
        bench.make(name).await;
    }
    bench.service.stop("stopped", true).await.expect("stopped");
    bench
        .force("creating", State::Creating, State::Started)
        .await;
    bench
        .force("starting-up", State::Starting, State::Started)
        .await;
    bench
        .force("starting-down", State::Starting, State::Started)
        .await;
    bench
        .force("stopping", State::Stopping, State::Stopped)
        .await;
    bench
        .force("destroying", State::Destroying, State::Destroyed)
        .await;
    bench.runtime.add_disk("nobody");
    let ids: BTreeMap<String, String> = bench
        .service
        .list(Filter {
            limit: 100,
            ..Filter::default()
        })
        .await
        .expect("list")
        .items
        .into_iter()
        .map(|sandbox| (sandbox.name, sandbox.id))
        .collect();
    // The old engine is away when these end.
    bench.service.0.store.close().await;
    bench.runtime.end(&ids["died"], "unseen");
    bench.runtime.end(&ids["starting-down"], "unseen");
    bench.restart().await;

    assert_eq!(bench.state("runs").await, State::Started);
    assert_eq!(bench.state("starting-up").await, State::Started);
    assert_eq!(bench.state("starting-down").await, State::Stopped);
    assert_eq!(bench.state("stopping").await, State::Stopped);
    assert_eq!(bench.state("stopped").await, State::Stopped);
    let died = bench.service.get("died").await.expect("there");
    assert_eq!(died.state, State::Stopped);
    assert_eq!(
        died.error_reason.as_deref(),
        Some("it ended while the engine was away")
    );
    assert!(bench.gone("creating").await);
    assert!(bench.gone("destroying").await);
    assert_eq!(bench.runtime.running(), 2);

    // What was adopted is watched.
    bench.runtime.end(&ids["runs"], "killed");
    while bench.state("runs").await == State::Started {
        tokio::task::yield_now().await;
    }
    let disks = crate::engine::runtime::contract::Runtime::disks(&*bench.runtime)
        .await
        .expect("disks");
    // Six that are there, and one in the trash.
    assert_eq!(disks.len(), 7, "{disks:?}");
    assert!(!disks.contains(&"nobody".to_owned()));
}

#[tokio::test]
async fn a_lost_database_costs_no_disk() {
    let bench = Bench::new();
    bench.runtime.add_disk("old");
    bench.service.reconcile().await.expect("reconciled");
    let disks = crate::engine::runtime::contract::Runtime::disks(&*bench.runtime)
        .await
        .expect("disks");
    assert_eq!(disks, ["old"]);
}

#[tokio::test]
async fn after_a_reboot_nothing_is_to_blame() {
    let mut bench = Bench::new();
    bench.service.reconcile().await.expect("reconciled");
    let id = bench.make("box").await.id;
    let store = &bench.service.0.store;
    store
        .swap_fact("boot", "another boot".to_owned())
        .await
        .expect("fact");
    store.close().await;
    bench.runtime.end(&id, "unseen");
    bench.restart().await;
    let stopped = bench.service.get("box").await.expect("there");
    assert_eq!(stopped.state, State::Stopped);
    if cfg!(target_os = "linux") {
        assert_eq!(stopped.error_reason, None);
    }
}
