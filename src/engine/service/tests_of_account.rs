//! Tests of volumes and keys over time: deletions that were cut off, keys that end.

use crate::api::types::{CreateSandbox, NewApiKey, SandboxVolume};
use crate::engine::clock::{MINUTE, stamp};

use super::tests::Bench;

async fn with_volume(bench: &Bench, name: &str, volume: &str) {
    let request = CreateSandbox {
        name: Some(name.to_owned()),
        volumes: Some(vec![SandboxVolume {
            volume_id: volume.to_owned(),
            mount_path: "/data".to_owned(),
            subpath: None,
        }]),
        ..CreateSandbox::default()
    };
    bench.service.create(request).await.expect("created");
}

#[tokio::test]
async fn a_deletion_that_was_cut_off_is_finished_at_the_next_start() {
    let mut bench = Bench::new();
    let volume = bench.service.create_volume("data").await.expect("made");
    with_volume(&bench, "box", "data").await;
    bench.service.delete("box").await.expect("deleted");
    assert_eq!(bench.runtime.volumes(), [volume.id.as_str()]);
    bench.runtime.set(|switches| switches.fail_remove = true);
    bench
        .service
        .delete_volume(&volume.id)
        .await
        .expect("deleted");
    assert!(bench.service.volume(&volume.id).await.is_err());
    assert!(bench.service.volumes().await.expect("a list").is_empty());
    assert_eq!(bench.runtime.volumes().len(), 1);
    let again = bench
        .service
        .create_volume("data")
        .await
        .expect("the name is free");
    with_volume(&bench, "box", "data").await;

    bench.runtime.set(|switches| switches.fail_remove = false);
    bench.restart().await;
    assert_eq!(bench.runtime.volumes(), [again.id.as_str()]);
    assert_eq!(bench.service.volumes().await.expect("a list").len(), 1);
}

#[tokio::test]
async fn a_key_ends_and_its_use_is_noted_once_a_minute() {
    let bench = Bench::new();
    let service = &bench.service;
    let new = NewApiKey {
        name: "k".to_owned(),
        permissions: Vec::new(),
        expires_at: Some(stamp(service.now() + 10 * MINUTE)),
    };
    let key = service.create_key(new).await.expect("made").value;
    let used = async || {
        let known = service.known_key(&key).await.expect("an answer");
        let shown = service.key("k").await.expect("there");
        (known.is_some(), shown.last_used_at)
    };
    let first = used().await;
    assert!(first.0 && first.1.is_some());
    bench.clock.pass(MINUTE / 2);
    assert_eq!(used().await, first);
    bench.clock.pass(MINUTE / 2 + 1000);
    let later = used().await;
    assert!(later.0 && later.1 > first.1);
    bench.clock.pass(10 * MINUTE);
    assert_eq!(used().await, (false, later.1));
    assert!(
        service
            .known_key("dtn_none")
            .await
            .expect("an answer")
            .is_none()
    );
}
