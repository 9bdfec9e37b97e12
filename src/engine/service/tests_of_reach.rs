//! Sandboxes whose runtime cannot be reached: nothing is known of them, so nothing is changed.

use crate::api::types::State;
use crate::error::Kind;

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
