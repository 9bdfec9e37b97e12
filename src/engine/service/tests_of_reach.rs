//! Sandboxes whose runtime cannot be reached: nothing is known of them, so nothing is changed.

use std::sync::Arc;

use crate::api::types::State;
use crate::engine::runtime::fake::Fake;
use crate::error::Kind;

use super::Runtimes;
use super::tests::Bench;

/// What a sandbox shows of being out of reach.
async fn unreachable(bench: &Bench, name: &str) -> Option<String> {
    let sandbox = bench.service.get(name).await.expect("there");
    sandbox.runtime.expect("a runtime").unreachable
}

#[tokio::test]
async fn out_of_reach_nothing_changes_and_everything_goes_on_afterwards() {
    let bench = Bench::new();
    let id = bench.make("box").await.id;
    bench.make("idle").await;
    bench.service.stop("idle", true).await.expect("stopped");
    bench.runtime.cut_off(true);
    for name in ["box", "idle"] {
        let before = bench.state(name).await;
        for refused in [
            bench.service.stop(name, true).await.err(),
            bench.service.start(name).await.err(),
            bench.service.delete(name).await.err(),
            bench.service.pause(name).await.err(),
        ] {
            let error = refused.expect("refused");
            assert_eq!(error.kind(), Kind::Unavailable, "{error}");
            assert!(error.text().contains("nothing was changed"), "{error}");
        }
        assert_eq!(bench.state(name).await, before);
        assert!(unreachable(&bench, name).await.is_some(), "{name}");
    }
    // Timers that fall due meanwhile wait: the usual stop, and the archive of what is stopped.
    bench.pass(20_000).await;
    assert_eq!(bench.state("box").await, State::Started);
    assert_eq!(bench.state("idle").await, State::Stopped);
    assert_eq!(bench.runtime.running(), 1);

    bench.runtime.cut_off(false);
    bench.pass(1).await;
    assert_eq!(
        bench.state("box").await,
        State::Stopped,
        "its timer was due"
    );
    bench.service.start(&id).await.expect("started");
    assert_eq!(unreachable(&bench, "box").await, None);
    // What runs is watched as before.
    bench.runtime.end(&id, "killed");
    while bench.state("box").await == State::Started {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_restart_out_of_reach_settles_nothing_until_the_runtime_is_back() {
    let mut bench = Bench::new();
    let ids = [bench.make("runs").await.id, bench.make("died").await.id];
    bench.make("going").await;
    bench
        .force("going", State::Destroying, State::Destroyed)
        .await;
    bench.runtime.add_disk("nobody");
    bench.runtime.cut_off(true);
    bench.restart().await;
    for (name, state) in [
        ("runs", State::Started),
        ("died", State::Started),
        ("going", State::Destroying),
    ] {
        assert_eq!(bench.state(name).await, state, "{name}");
        assert!(unreachable(&bench, name).await.is_some(), "{name}");
    }
    assert_eq!(bench.runtime.running(), 3);

    bench.runtime.end(&ids[1], "killed");
    bench.runtime.cut_off(false);
    bench.service.sweep().await.expect("swept");
    assert_eq!(bench.state("runs").await, State::Started);
    assert_eq!(bench.state("died").await, State::Stopped);
    assert!(bench.gone("going").await);
    assert_eq!(unreachable(&bench, "runs").await, None);
    // What was adopted late is watched, too.
    bench.runtime.end(&ids[0], "killed");
    while bench.state("runs").await == State::Started {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_watch_survives_that_its_runtime_is_away() {
    let bench = Bench::new();
    let id = bench.make("box").await.id;
    bench.runtime.cut_off(true);
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    assert_eq!(bench.state("box").await, State::Started);
    assert!(unreachable(&bench, "box").await.is_some());
    bench.runtime.cut_off(false);
    bench.runtime.end(&id, "killed");
    let ended = async {
        while bench.state("box").await == State::Started {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), ended)
        .await
        .expect("its end is seen");
}

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
