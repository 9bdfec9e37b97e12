//! Tests of the trash: what is deleted can be had back for a while, and then is gone.

use std::collections::BTreeMap;

use crate::api::types::{CreateSandbox, PROTECTED_LABEL, State};
use crate::engine::clock::{MINUTE, stamp};
use crate::error::Kind;

use super::Deleting;
use super::tests::{Bench, refused};

const PERMANENT: Deleting<'_> = Deleting {
    permanent: true,
    seen: None,
};
const DAYS: i64 = 24 * 60;

impl Bench {
    async fn trashed(&self) -> Vec<String> {
        let page = self.service.trash(1, 100).await.expect("the trash");
        assert_eq!(page.items.len() as u64, page.total);
        page.items.into_iter().map(|item| item.name).collect()
    }

    fn disks(&self) -> usize {
        self.runtime.disks_there().len()
    }
}

#[tokio::test]
async fn a_deleted_sandbox_is_gone_for_the_api_and_comes_back_as_it_was() {
    let bench = Bench::new();
    let labels = BTreeMap::from([("team".to_owned(), "a".to_owned())]);
    let request = CreateSandbox {
        name: Some("box".to_owned()),
        labels: Some(labels.clone()),
        auto_stop_interval: Some(7),
        ..CreateSandbox::default()
    };
    let made = bench.service.create(request).await.expect("made");
    let deleted = bench.service.delete("box").await.expect("deleted");
    assert_eq!(deleted.state, State::Destroyed);
    assert!(bench.gone("box").await && bench.gone(&made.id).await);
    assert_eq!((bench.runtime.running(), bench.disks()), (0, 1));
    assert_eq!(bench.trashed().await, ["box"]);
    let told = bench.service.trashed("box").await.expect("told");
    assert_eq!((told.state, &told.labels), (State::Started, &labels));

    // Its name is free at once.
    bench.make("box").await;
    let error = bench.service.restore(&made.id, None).await;
    refused(error, Kind::Conflict, "the name box is taken");
    let back = bench.service.restore(&made.id, Some("back")).await;
    let back = back.expect("restored");
    assert_eq!(
        (back.id.as_str(), &back.state),
        (made.id.as_str(), &State::Stopped)
    );
    assert_eq!((&back.labels, back.auto_stop_interval), (&labels, Some(7)));
    assert_eq!(bench.trashed().await, Vec::<String>::new());
    let found = bench.service.start("back").await.expect("started");
    assert_eq!(found.state, State::Started);
    let again = bench.service.restore(&made.id, None).await;
    assert_eq!(again.expect_err("restored once").kind(), Kind::NotFound);
}

#[tokio::test]
async fn what_was_made_to_be_gone_is_gone() {
    let bench = Bench::new();
    let ephemeral = |name: &str| CreateSandbox {
        name: Some(name.to_owned()),
        auto_delete_interval: Some(0),
        ..CreateSandbox::default()
    };
    let service = &bench.service;
    service.create(ephemeral("a")).await.expect("made");
    service.create(ephemeral("b")).await.expect("made");
    service.stop("a", true).await.expect("stopped");
    service.delete("b").await.expect("deleted");
    bench.make("c").await;
    service.delete_as("c", PERMANENT).await.expect("deleted");
    bench.make("d").await;
    service.set_ttl("d", 5).await.expect("set");
    bench.pass(6).await;
    assert!(bench.gone("d").await);
    assert_eq!(bench.trashed().await, Vec::<String>::new());
    // By mistake before its time, it can be had back, and its time to live goes on.
    bench.make("early").await;
    service.set_ttl("early", 5).await.expect("set");
    service.delete("early").await.expect("deleted");
    let back = service.restore("early", None).await.expect("restored");
    assert!(back.auto_destroy_at.is_some());
    service.delete("early").await.expect("deleted");
    bench.pass(6).await;
    let back = service.restore("early", None).await.expect("restored");
    assert_eq!(back.auto_destroy_at, None);
    service
        .delete_as("early", PERMANENT)
        .await
        .expect("deleted");
    bench.runtime.set(|switches| switches.fail_launch = true);
    let failed = CreateSandbox {
        name: Some("e".to_owned()),
        ..CreateSandbox::default()
    };
    service.create(failed).await.expect_err("refused");
    assert_eq!(bench.trashed().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_trash_outlives_the_engine_and_keeps_what_it_was_made_from() {
    let mut bench = Bench::new();
    bench.make("parent").await;
    bench
        .service
        .fork("parent", Some("child".to_owned()))
        .await
        .expect("forked");
    bench.service.delete("child").await.expect("deleted");
    bench.service.delete("parent").await.expect("deleted");
    // One that was being deleted when the engine was killed.
    bench.make("cut").await;
    bench
        .force("cut", State::Destroying, State::Destroyed)
        .await;
    bench.restart().await;
    assert_eq!(bench.trashed().await.len(), 3);
    assert_eq!(bench.disks(), 3, "a disk in the trash is somebody's");
    bench.pass(5).await;
    assert!(
        bench
            .runtime
            .used()
            .iter()
            .any(|layer| layer.starts_with("written-")),
        "layers of what is in the trash are in use"
    );
    bench
        .service
        .restore("child", None)
        .await
        .expect("restored");
    bench.service.start("child").await.expect("started");
}

#[tokio::test]
async fn the_trash_is_emptied_by_age_and_by_hand() {
    let bench = Bench::new();
    for name in ["old", "same", "same"] {
        bench.make(name).await;
        bench.service.delete(name).await.expect("deleted");
        bench.pass(60).await;
    }
    let service = &bench.service;
    let error = service.erase("same").await.expect_err("which of both");
    assert_eq!(error.kind(), Kind::Conflict);
    bench.pass(3 * DAYS - 150).await;
    assert_eq!(
        bench.trashed().await,
        ["same", "same"],
        "the oldest has aged"
    );
    let first = service.trash(1, 1).await.expect("a page");
    assert_eq!(
        (first.items.len(), first.total, first.total_pages),
        (1, 2, 2)
    );
    service.erase(&first.items[0].id).await.expect("erased");
    assert_eq!(bench.disks(), 1);
    assert_eq!(service.empty_trash().await.expect("emptied"), 1);
    assert_eq!((bench.trashed().await.len(), bench.disks()), (0, 0));
    let error = service.erase("same").await.expect_err("gone");
    assert_eq!(
        error.text(),
        "Sandbox with ID or name same not found in the trash"
    );
}

#[tokio::test]
async fn a_disk_that_cannot_be_removed_stays_in_the_trash() {
    let bench = Bench::new();
    bench.make("box").await;
    bench.service.delete("box").await.expect("deleted");
    bench.runtime.set(|switches| switches.fail_remove = true);
    bench.service.erase("box").await.expect_err("refused");
    bench.make("missing").await;
    bench.service.delete("missing").await.expect("deleted");
    bench.pass(4 * DAYS).await;
    assert_eq!(bench.trashed().await, ["missing", "box"]);
    bench.runtime.set(|switches| switches.fail_remove = false);
    bench.pass(1).await;
    assert_eq!(bench.trashed().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_protected_sandbox_outlives_its_timers_and_every_request() {
    let bench = Bench::new();
    let protected = |until: &str| CreateSandbox {
        name: Some("box".to_owned()),
        labels: Some(BTreeMap::from([(
            PROTECTED_LABEL.to_owned(),
            until.to_owned(),
        )])),
        auto_delete_interval: Some(0),
        ..CreateSandbox::default()
    };
    let service = &bench.service;
    let soon = stamp(bench.clock.now() + 60 * MINUTE);
    service.create(protected(&soon)).await.expect("made");
    service.set_ttl("box", 5).await.expect("set");
    let error = service
        .delete_as("box", PERMANENT)
        .await
        .expect_err("refused");
    assert_eq!(error.kind(), Kind::Conflict, "{error}");
    service.stop("box", true).await.expect("stopped");
    bench.pass(30).await;
    assert_eq!(bench.state("box").await, State::Stopped);
    // Its protection is over, and so is its time to live.
    bench.pass(31).await;
    assert!(bench.gone("box").await);
}
