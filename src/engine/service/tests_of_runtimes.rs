//! Tests of several runtimes, and of one that has only what every runtime has.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

use crate::api::types::{CreateSandbox, NetworkSettings, Resize, Sandbox, SandboxVolume, State};
use crate::engine::runtime::fake::Fake;
use crate::engine::service::{Interval, Runtimes};
use crate::error::{Error, Kind, Result};

use super::tests::{Bench, refused};

#[tokio::test]
async fn a_sandbox_keeps_the_runtime_that_it_was_made_with() {
    let mut bench = Bench::new();
    bench.make("old").await;
    let newer = Arc::new(Fake::called("newer"));
    let both = Runtimes::new(
        Arc::clone(&newer) as _,
        vec![Arc::clone(&bench.runtime) as _],
    );
    bench.restart_with(both).await;
    bench.make("new").await;
    for (name, runtime) in [("old", "fake"), ("new", "newer")] {
        let sandbox = bench.service.get(name).await.expect("there");
        assert_eq!(sandbox.runtime.expect("a runtime").name, runtime);
    }
    assert_eq!((bench.runtime.running(), newer.running()), (1, 1));
    bench.service.stop("old", true).await.expect("stopped");
    assert_eq!((bench.runtime.running(), newer.running()), (0, 1));
    bench.service.start("old").await.expect("started");
    assert_eq!((bench.runtime.running(), newer.running()), (1, 1));

    // An engine that has not the runtime leaves its sandboxes as they are.
    bench
        .restart_with(Runtimes::new(newer as _, Vec::new()))
        .await;
    assert_eq!(bench.state("old").await, State::Started);
    let error = bench.service.delete("old").await.expect_err("refused");
    assert_eq!(error.kind(), Kind::Unsupported, "{error}");
    bench.service.delete("new").await.expect("deleted");
    assert_eq!(bench.runtime.running(), 1);
}

/// A request for a sandbox with that runtime.
fn with_runtime(name: &str, runtime: &str) -> CreateSandbox {
    CreateSandbox {
        name: Some(name.to_owned()),
        runtime: Some(runtime.to_owned()),
        ..CreateSandbox::default()
    }
}

#[tokio::test]
async fn the_runtime_is_chosen_by_name_and_snapshots_stay_with_theirs() {
    let mut bench = Bench::new();
    let other = Arc::new(Fake::called("other"));
    let both = Runtimes::new(
        Arc::clone(&bench.runtime) as _,
        vec![Arc::clone(&other) as _],
    );
    bench.restart_with(both).await;
    let service = &bench.service;
    let made = service.create(with_runtime("far", "other")).await;
    assert_eq!(made.expect("made").runtime.expect("told").name, "other");
    let error = service.create(with_runtime("x", "docker")).await;
    let error = error.expect_err("no such runtime");
    assert_eq!(error.text(), "there is no runtime \"docker\" here");
    assert_eq!(error.hints().len(), 1, "the names are told");

    service
        .take_snapshot("far", "kept".to_owned())
        .await
        .expect("kept");
    let from = |name: &str, runtime: &str| CreateSandbox {
        snapshot: Some("kept".to_owned()),
        ..with_runtime(name, runtime)
    };
    let error = service.create(from("x", "fake")).await.expect_err("apart");
    assert_eq!(error.kind(), Kind::Unsupported, "{error}");
    assert!(bench.gone("x").await);
    service.create(from("near", "other")).await.expect("made");
    assert_eq!((bench.runtime.running(), other.running()), (0, 2));

    service.delete("near").await.expect("deleted");
    bench.pass(1).await;
    assert!(
        other
            .used()
            .iter()
            .any(|layer| layer.starts_with("written-")),
        "each runtime is told which layers are in use"
    );
}

/// What is refused because the runtime lacks a part.
fn lacks<T: Debug>(result: Result<T>) {
    let error: Error = result.expect_err("refused");
    assert_eq!(error.kind(), Kind::Unsupported, "{error}");
    assert!(
        error.text().starts_with("the runtime fake cannot "),
        "{error}"
    );
}

#[tokio::test]
async fn what_a_runtime_lacks_is_refused_before_anything_changes() {
    let bench = Bench::new();
    bench.runtime.set(|switches| switches.bare = true);
    let service = &bench.service;
    let id = bench.make("box").await.id;
    let told = service.get("box").await.expect("there");
    assert_eq!(
        told.auto_archive_interval,
        Some(0),
        "no timer that cannot act"
    );

    lacks(service.pause("box").await);
    lacks(service.set_interval("box", Interval::Pause, 5).await);
    lacks(service.set_interval("box", Interval::Archive, 5).await);
    lacks(service.take_snapshot("box", "kept".to_owned()).await);
    lacks(service.fork("box", None).await);
    let more = Resize {
        cpu: Some(2),
        ..Resize::default()
    };
    lacks(service.resize("box", more).await);
    let block = NetworkSettings {
        network_block_all: Some(true),
        ..NetworkSettings::default()
    };
    lacks(service.set_network("box", block).await);
    let told: Sandbox = service.get("box").await.expect("there");
    assert_eq!(
        (told.state, told.network_block_all, told.cpu),
        (State::Started, false, 1)
    );

    for request in [
        CreateSandbox {
            network_block_all: Some(true),
            ..CreateSandbox::default()
        },
        CreateSandbox {
            auto_pause_interval: Some(5),
            ..CreateSandbox::default()
        },
        CreateSandbox {
            auto_archive_interval: Some(5),
            ..CreateSandbox::default()
        },
        CreateSandbox {
            volumes: Some(vec![SandboxVolume::default()]),
            ..CreateSandbox::default()
        },
    ] {
        lacks(service.create(request).await);
    }
    refused(
        service
            .create(CreateSandbox {
                snapshot: Some("python".to_owned()),
                ..CreateSandbox::default()
            })
            .await,
        Kind::Usage,
        "Snapshot python not found",
    );
    service.stop("box", true).await.expect("stopped");
    lacks(service.archive("box").await);
    assert_eq!(bench.state("box").await, State::Stopped);
    bench.pass(50_000).await;
    assert_eq!(bench.state("box").await, State::Stopped);
    service.start("box").await.expect("started");
    service.revision(&id).await.expect("a revision");
    let labels = BTreeMap::from([("a".to_owned(), "b".to_owned())]);
    service.set_labels("box", labels).await.expect("labelled");
    service.delete("box").await.expect("deleted");
    assert_eq!(bench.runtime.running(), 0);
}
