//! Tests of forks, snapshots, pauses, sizes and networks.

use std::time::Duration;

use crate::api::types::{CreateSandbox, CreateSnapshot, NetworkSettings, Resize, State};
use crate::engine::store::SnapshotQuery;
use crate::error::Kind;

use super::Interval;
use super::tests::{Bench, refused};

#[tokio::test]
async fn a_fork_goes_on_from_its_parent_and_knows_it() {
    let bench = Bench::new();
    let service = &bench.service;
    let parent = bench.make("box").await;
    let fork = service.fork("box", Some("two".into())).await.expect("fork");
    assert_eq!((fork.name.as_str(), fork.state), ("two", State::Started));
    assert_eq!(bench.state("box").await, State::Started);
    assert_eq!(bench.runtime.frozen(), 0, "halted only for the copy");
    refused(
        service.fork("box", Some("two".into())).await,
        Kind::Conflict,
        "Sandbox with name two already exists",
    );
    service.stop("two", false).await.expect("stopped");
    let grandchild = service.fork("two", None).await.expect("fork");
    assert_ne!(grandchild.name, grandchild.id);
    assert_eq!(service.parent("two").await.expect("parent").id, parent.id);
    let ancestors = service.ancestors(&grandchild.id).await.expect("ancestors");
    let names: Vec<&str> = ancestors.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["two", "box"]);
    assert_eq!(service.forks("box").await.expect("forks")[0].name, "two");
    refused(
        service.parent("box").await,
        Kind::NotFound,
        "Sandbox box has no parent",
    );
    service.delete("two").await.expect("deleted");
    assert!(
        service
            .ancestors(&grandchild.id)
            .await
            .expect("none")
            .is_empty()
    );
    bench.force("box", State::Archived, State::Archived).await;
    refused(
        service.fork("box", None).await,
        Kind::Usage,
        "Sandbox is in state archived: it must be started, paused or stopped to be forked",
    );
}

#[tokio::test]
async fn a_fork_that_fails_leaves_nothing_and_nobody_halted() {
    let bench = Bench::new();
    bench.make("box").await;
    bench.runtime.set(|switches| switches.fail_branch = true);
    bench
        .service
        .fork("box", Some("two".into()))
        .await
        .expect_err("broken");
    assert!(bench.gone("two").await);
    assert_eq!(
        (bench.state("box").await, bench.runtime.frozen()),
        (State::Started, 0)
    );
}

#[tokio::test]
async fn snapshots_start_sandboxes_and_outlive_their_source() {
    let bench = Bench::new();
    let service = &bench.service;
    let made = bench.make("box").await;
    service
        .take_snapshot("box", "base".into())
        .await
        .expect("taken");
    let snapshot = service.snapshot("base").await.expect("there");
    assert_eq!(
        (snapshot.state.as_str(), snapshot.general),
        ("active", false)
    );
    assert_eq!(
        snapshot.source_sandbox_id.as_deref(),
        Some(made.id.as_str())
    );
    for (name, kind, message) in [
        (
            "base",
            Kind::Conflict,
            "Snapshot with name base already exists",
        ),
        (
            "host",
            Kind::Conflict,
            "Snapshot with name host already exists",
        ),
        ("", Kind::Usage, "name should not be empty"),
    ] {
        refused(
            service.take_snapshot("box", name.into()).await,
            kind,
            message,
        );
    }
    service.delete("box").await.expect("deleted");
    let from = |snapshot: &str| CreateSandbox {
        snapshot: Some(snapshot.to_owned()),
        ..CreateSandbox::default()
    };
    let restored = service.create(from("base")).await.expect("restored");
    assert_eq!(restored.snapshot.as_deref(), Some("base"));
    service.deactivate_snapshot("base").await.expect("off");
    refused(
        service.create(from("base")).await,
        Kind::Usage,
        "Snapshot base is inactive",
    );
    service.activate_snapshot("base").await.expect("on");
    refused(
        service.activate_snapshot("base").await.map(drop),
        Kind::Usage,
        "Snapshot base is active, not inactive",
    );
    let page = service
        .snapshots(SnapshotQuery::default(), 1, 1)
        .await
        .expect("page");
    assert_eq!(
        (page.items[0].name.as_str(), page.total, page.total_pages),
        ("base", 2, 2)
    );
    let layer = format!("written-{}", made.id);
    bench.pass(1).await;
    assert!(bench.runtime.used().contains(&layer));
    refused(
        service.delete_snapshot("base").await,
        Kind::Usage,
        "Validation failed (uuid is expected)",
    );
    service
        .delete_snapshot(&snapshot.id)
        .await
        .expect("deleted");
    bench.pass(1).await;
    assert!(
        bench.runtime.used().contains(&layer),
        "a sandbox has it still"
    );
    service.delete(&restored.id).await.expect("deleted");
    bench.pass(1).await;
    assert!(
        bench.runtime.used().contains(&layer),
        "one in the trash has it still"
    );
    service.empty_trash().await.expect("emptied");
    bench.pass(1).await;
    assert!(!bench.runtime.used().contains(&layer));
}

#[tokio::test]
async fn a_paused_sandbox_keeps_its_processes_and_any_verb_finds_it() {
    let mut bench = Bench::new();
    bench.make("box").await;
    assert_eq!(
        bench.service.pause("box").await.expect("paused").state,
        State::Paused
    );
    bench.service.pause("box").await.expect("still");
    bench.restart().await;
    assert_eq!(
        (bench.state("box").await, bench.runtime.frozen()),
        (State::Paused, 1)
    );
    bench
        .service
        .fork("box", Some("two".into()))
        .await
        .expect("fork");
    assert_eq!(
        (bench.state("box").await, bench.runtime.frozen()),
        (State::Paused, 1)
    );
    assert_eq!(
        bench.service.start("box").await.expect("resumed").state,
        State::Started
    );
    assert_eq!(bench.runtime.frozen(), 0);
    bench.service.pause("box").await.expect("paused");
    assert_eq!(
        bench
            .service
            .stop("box", false)
            .await
            .expect("stopped")
            .state,
        State::Stopped
    );
    refused(
        bench.service.pause("box").await,
        Kind::Usage,
        "Sandbox is not started",
    );
    bench.service.pause("two").await.expect("paused");
    bench.service.delete("two").await.expect("deleted");
    assert_eq!((bench.runtime.frozen(), bench.runtime.running()), (0, 0));
}

#[tokio::test]
async fn a_pause_comes_by_itself_and_an_engine_that_died_half_way_is_finished() {
    let mut bench = Bench::new();
    let request = CreateSandbox {
        name: Some("box".into()),
        auto_pause_interval: Some(5),
        ..CreateSandbox::default()
    };
    let made = bench.service.create(request).await.expect("made");
    assert_eq!(made.auto_stop_interval, Some(0));
    bench.pass(6).await;
    assert_eq!(bench.state("box").await, State::Paused);
    for (state, desired, now) in [
        (State::Resuming, State::Started, State::Started),
        (State::Forking, State::Started, State::Started),
        (State::Snapshotting, State::Paused, State::Paused),
        (State::Pausing, State::Paused, State::Started),
    ] {
        bench.force("box", state.clone(), desired).await;
        bench.restart().await;
        assert_eq!(bench.state("box").await, now, "from {state}");
    }
    bench
        .service
        .set_interval("box", Interval::Pause, 0)
        .await
        .expect("off");
    bench.service.stop("box", false).await.expect("stopped");
    bench.force("box", State::Archiving, State::Archived).await;
    bench.restart().await;
    assert_eq!(bench.state("box").await, State::Stopped);
}

#[tokio::test]
async fn what_runs_can_only_be_given_more() {
    let bench = Bench::new();
    let service = &bench.service;
    bench.make("box").await;
    let ask = |cpu, memory, disk| service.resize("box", Resize { cpu, memory, disk });
    let grown = ask(Some(2), Some(2), None).await.expect("grown");
    assert_eq!(
        (grown.cpu, grown.memory, grown.state),
        (2, 2, State::Started)
    );
    let only = "CPU and memory of a started sandbox can only be increased: stop it first";
    refused(ask(Some(1), None, None).await, Kind::Usage, only);
    let still = "Disk can only be resized while the sandbox is stopped";
    refused(ask(None, None, Some(9)).await, Kind::Usage, still);
    let most = "CPU request 65 exceeds maximum allowed per sandbox (64: all of this machine)";
    refused(ask(Some(65), None, None).await, Kind::Usage, most);
    service.stop("box", false).await.expect("stopped");
    let changed = ask(Some(1), None, Some(9)).await.expect("changed");
    assert_eq!((changed.cpu, changed.disk), (1, 9));
    refused(
        ask(None, None, Some(5)).await,
        Kind::Usage,
        "Disk can only be increased",
    );
}

#[tokio::test]
async fn a_long_fork_is_shown_before_it_is_done() {
    let bench = Bench::new();
    bench.make("box").await;
    let slow = Duration::from_millis(600);
    bench.runtime.set(|switches| switches.slow_branch = slow);
    let fork = bench
        .service
        .fork("box", Some("two".into()))
        .await
        .expect("begun");
    assert_eq!(fork.state, State::Creating);
    assert_eq!(bench.state("box").await, State::Forking);
    tokio::time::sleep(slow).await;
    while bench.state("two").await != State::Started {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(bench.state("box").await, State::Started);
}

#[tokio::test]
async fn a_network_comes_with_the_first_use_and_changes_at_once() {
    let bench = Bench::new();
    let service = &bench.service;
    let request = CreateSandbox {
        name: Some("box".into()),
        network_allow_list: Some("10.1.2.3/8, 1.1.1.1/32".into()),
        ..CreateSandbox::default()
    };
    let made = service.create(request).await.expect("made");
    assert_eq!(
        made.network_allow_list.as_deref(),
        Some("10.1.2.3/8,1.1.1.1/32")
    );
    assert_eq!(
        bench.runtime.network(&made.id),
        None,
        "an idle one costs nothing"
    );
    service.running("box").await.expect("runs");
    assert_eq!(
        bench.runtime.network(&made.id).expect("there").allow.len(),
        2
    );
    let block = NetworkSettings {
        network_block_all: Some(true),
        ..NetworkSettings::default()
    };
    let blocked = service.set_network("box", block).await.expect("blocked");
    assert!(blocked.network_block_all && blocked.network_allow_list.is_none());
    assert!(bench.runtime.network(&made.id).expect("there").block_all);
    refused(
        service.set_network("box", NetworkSettings::default()).await,
        Kind::Usage,
        "No network settings specified",
    );
}

#[tokio::test]
async fn a_short_name_is_pulled_and_one_that_cannot_be_leaves_nothing() {
    let bench = Bench::new();
    let service = &bench.service;
    let python = || CreateSandbox {
        name: Some("box".into()),
        snapshot: Some("python".into()),
        ..CreateSandbox::default()
    };
    bench.runtime.set(|switches| switches.fail_build = true);
    service.create(python()).await.expect_err("broken");
    assert!(bench.gone("box").await);
    assert_eq!(
        service
            .snapshots(SnapshotQuery::default(), 1, 9)
            .await
            .expect("page")
            .total,
        1
    );
    bench.runtime.set(|switches| {
        switches.fail_build = false;
        switches.slow_branch = Duration::from_millis(600);
    });
    let made = service.create(python()).await.expect("begun");
    assert_eq!(made.state, State::PullingSnapshot);
    let pulling = service.snapshot("python").await.expect("there");
    assert_eq!(pulling.progress.as_deref(), Some("half-way"));
    while bench.state("box").await != State::Started {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(
        service.snapshot("python").await.expect("there").state,
        "active"
    );
    for (image, message) in [
        (
            "",
            "Must specify either an image name or a build info entry",
        ),
        (
            "x",
            "Image name must include a tag (e.g., ubuntu:22.04) or a digest",
        ),
        (
            "x:latest",
            "Image tag \"latest\" is not allowed: name a version",
        ),
        ("x :1", "Image name must not contain spaces"),
    ] {
        let request = CreateSnapshot {
            name: "x".into(),
            image_name: Some(image.into()),
            ..CreateSnapshot::default()
        };
        refused(service.create_snapshot(request).await, Kind::Usage, message);
    }
}
