//! Tests of images: asked of a registry once, used without one, and what becomes of those that cannot be had.

use std::time::Duration;

use serde_json::json;

use crate::api::types::{CreateSandbox, Sandbox, State};
use crate::engine::service::{Event, SNAPSHOT};
use crate::error::Kind;

use super::Service;
use super::tests::{Bench, refused};

fn from(image: &str) -> CreateSandbox {
    let text = format!("FROM {image}\nENV A=b\n");
    CreateSandbox {
        name: Some("box".into()),
        build_info: Some(json!({ "dockerfileContent": text })),
        ..CreateSandbox::default()
    }
}

async fn settled(service: &Service) -> Sandbox {
    loop {
        let now = service.get("box").await.expect("there");
        if !now.state.is_transitional() {
            return now;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn an_image_is_asked_for_once_and_again_when_it_has_aged() {
    let bench = Bench::new();
    let service = &bench.service;
    let mut heard = service.listen();
    let begun = service.create(from("x:1")).await.expect("begun");
    assert_eq!(begun.state, State::PendingBuild);
    let info = begun.build_info.expect("what was sent");
    assert_eq!(info["dockerfileContent"], "FROM x:1\nENV A=b\n");
    let reference = info["snapshotRef"].as_str().expect("a name");
    assert!(reference.starts_with("daytona-"), "{info}");
    assert_eq!(settled(service).await.state, State::Started);
    let mut states = Vec::new();
    while let Ok(Event::SandboxState { sandbox, .. } | Event::SandboxCreated(sandbox)) =
        heard.try_recv()
    {
        states.push(sandbox.state);
    }
    assert_eq!(
        states,
        [
            State::PendingBuild,
            State::BuildingSnapshot,
            State::Creating,
            State::Started
        ]
    );
    let (_, log) = service.sandbox_log("box").await.expect("a log");
    assert_eq!(
        log.expect("kept").text(),
        "pulling x:1\nhalf-way\nthe image is here; the sandbox starts\n"
    );
    service.delete("box").await.expect("deleted");

    // Its registry is gone: what is here is used, at once, whatever its age.
    bench.runtime.set(|switches| switches.fail_build = true);
    for minutes in [0, 20] {
        bench.clock.pass(minutes * 60_000);
        let made = service.create(from("x:1")).await.expect("made");
        assert_eq!(made.state, State::Started);
        service.delete("box").await.expect("deleted");
    }
    let builds = bench.runtime.builds();
    assert!((2..=3).contains(&builds), "{builds}");

    // It is kept for a while, and no longer.
    service.empty_trash().await.expect("emptied");
    assert_eq!(
        bench.service.0.store.images().await.expect("images").len(),
        1
    );
    bench.clock.pass(8 * 24 * 3_600_000);
    service.loosen_layers();
    service.sweep().await.expect("swept");
    assert_eq!(
        bench.service.0.store.images().await.expect("images").len(),
        0
    );
}

#[tokio::test]
async fn an_image_that_cannot_be_had_is_a_failed_build() {
    let mut bench = Bench::new();
    bench.runtime.set(|switches| switches.fail_build = true);
    let begun = bench.service.create(from("x:1")).await.expect("accepted");
    assert_eq!(begun.state, State::PendingBuild);
    let failed = settled(&bench.service).await;
    assert_eq!(failed.state, State::BuildFailed);
    let why = failed.error_reason.expect("a reason");
    assert!(why.contains("build"), "{why}");
    let (_, log) = bench.service.sandbox_log("box").await.expect("a log");
    let text = log.expect("kept").text();
    assert!(text.ends_with(&format!("{why}\n")), "{text}");
    refused(
        bench.service.start("box").await,
        Kind::Usage,
        "Sandbox is in an errored state",
    );
    bench.restart().await;
    assert_eq!(bench.state("box").await, State::BuildFailed);
    bench.service.delete("box").await.expect("deleted");
    assert!(bench.gone("box").await);
}

#[tokio::test]
async fn a_build_is_given_up_for_a_deletion_and_told_of_after_a_crash() {
    let mut bench = Bench::new();
    bench
        .runtime
        .set(|switches| switches.slow_branch = Duration::from_mins(1));
    bench.service.create(from("x:1")).await.expect("begun");
    while bench.state("box").await != State::BuildingSnapshot {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    bench.service.delete("box").await.expect("deleted");
    assert!(bench.gone("box").await);
    bench.service.create(from("x:1")).await.expect("begun");
    while bench.state("box").await != State::BuildingSnapshot {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    bench.restart().await;
    let left = bench.service.get("box").await.expect("there");
    assert_eq!(left.state, State::BuildFailed);
    assert!(
        left.error_reason
            .expect("a reason")
            .contains("engine ended")
    );
}

#[tokio::test]
async fn names_of_the_official_service_stand_for_this_machine() {
    let bench = Bench::new();
    let service = &bench.service;
    for (snapshot, target, least) in [
        ("daytona-small", "us", (1, 1, 3)),
        ("daytona-medium", "EU", (1, 1, 8)),
        ("daytonaio/sandbox:0.5.0", "local", (1, 1, 3)),
    ] {
        let request = CreateSandbox {
            name: Some("box".into()),
            snapshot: Some(snapshot.into()),
            target: Some(target.into()),
            ..CreateSandbox::default()
        };
        let made = service.create(request).await.expect("made");
        assert_eq!(made.state, State::Started);
        assert_eq!(
            (made.snapshot.as_deref(), &*made.target),
            (Some(snapshot), "local")
        );
        assert!((made.cpu, made.memory) >= (least.0, least.1) && made.disk == least.2);
        let shown = service.snapshot(snapshot).await.expect("shown");
        assert_eq!(
            (&*shown.name, shown.mem, shown.disk),
            (snapshot, made.memory, made.disk)
        );
        service.delete("box").await.expect("deleted");
    }
    assert_eq!(
        service.snapshot(SNAPSHOT).await.expect("shown").name,
        SNAPSHOT
    );
    let mars = CreateSandbox {
        target: Some("mars".into()),
        ..CreateSandbox::default()
    };
    refused(
        service.create(mars).await,
        Kind::NotFound,
        "Region not found",
    );
}
