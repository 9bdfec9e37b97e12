//! What every runtime must do, whatever it runs sandboxes on: one suite, for tests of runtimes.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::timeout;

use crate::error::Kind;

use super::contract::{Image, Layers, Liveness, Runtime, Spec};

/// How long any call may take before it counts as hanging.
const HANGING: Duration = Duration::from_secs(30);

/// The id of a sandbox that starts from the disk of another.
const OTHER: &str = "7f1a3c5e-0b2d-4f60-8a91-c3d5e7f90123";

/// A small sandbox of the default image.
pub(crate) fn spec(id: &str) -> Spec {
    Spec {
        id: id.to_owned(),
        hostname: "conformance".to_owned(),
        image: Image::default(),
        env: BTreeMap::new(),
        cpu: 1,
        memory: 1,
        disk: 1,
        mounts: Vec::new(),
    }
}

/// Takes a sandbox through its whole life. Panics where the runtime breaks the contract.
pub(crate) async fn lives_and_ends(runtime: &dyn Runtime, id: &str) {
    assert!(
        matches!(runtime.inspect(id, None).await, Liveness::Ended(_)),
        "what has no run is not running"
    );
    let handle = runtime.create(&spec(id)).await.expect("created");
    runtime.start(id, &handle).await.expect("started");
    assert_eq!(
        runtime.inspect(id, Some(&handle)).await,
        Liveness::Running,
        "what was started runs"
    );
    answers(runtime, id, &handle).await;
    if let Some(pauses) = runtime.pauses() {
        for _ in 0..2 {
            pauses.pause(id, &handle).await.expect("paused");
        }
        assert!(
            runtime.inspect(id, Some(&handle)).await.is_running(),
            "what is paused has not ended"
        );
        for _ in 0..2 {
            pauses.resume(id, &handle).await.expect("resumed");
        }
    }
    assert!(disks(runtime).await.contains(&id.to_owned()));
    assert!(
        timeout(Duration::from_millis(50), runtime.wait(id, &handle))
            .await
            .is_err(),
        "what runs is waited for"
    );
    let (stopped, waited) = tokio::join!(
        runtime.stop(id, &handle, Duration::ZERO),
        timeout(HANGING, runtime.wait(id, &handle))
    );
    stopped.expect("stopped");
    waited.expect("the end is told").expect("the end is known");
    runtime
        .stop(id, &handle, Duration::ZERO)
        .await
        .expect("stopped already");
    assert!(
        matches!(runtime.inspect(id, Some(&handle)).await, Liveness::Ended(_)),
        "what was stopped has ended"
    );
    let again = runtime.create(&spec(id)).await.expect("created again");
    assert_ne!(again, handle, "each run has a handle of its own");
    runtime.start(id, &again).await.expect("started again");
    assert!(
        matches!(runtime.inspect(id, Some(&handle)).await, Liveness::Ended(_)),
        "an earlier run stays ended"
    );
    runtime
        .stop(id, &again, Duration::ZERO)
        .await
        .expect("stopped");
    if let Some(layers) = runtime.layers() {
        others_start_from(runtime, layers, id).await;
    }
    for _ in 0..2 {
        runtime.remove(id).await.expect("removed");
    }
    assert!(!disks(runtime).await.contains(&id.to_owned()));
}

/// A disk at rest becomes layers; another sandbox starts from them; nobody needs them: they can go.
async fn others_start_from(runtime: &dyn Runtime, layers: &dyn Layers, id: &str) {
    let kept = layers.commit(id, None).await.expect("committed");
    assert!(!kept.is_empty(), "a disk has layers");
    layers.size(&kept).await.expect("their size");
    assert_eq!(
        layers.written(id).await.expect("what was written"),
        layers.written(id).await.expect("again"),
        "nothing was written meanwhile"
    );
    let mut other = spec(OTHER);
    other.image.layers = kept;
    let handle = runtime.create(&other).await.expect("created from layers");
    runtime.start(OTHER, &handle).await.expect("started");
    answers(runtime, OTHER, &handle).await;
    let kill = runtime.stop(OTHER, &handle, Duration::ZERO);
    kill.await.expect("stopped");
    runtime.remove(OTHER).await.expect("removed");
    layers.gc(HashSet::new()).await.expect("collected");
}

/// Cuts a runtime off (`cut(true)`) while a sandbox runs, and brings it back. Panics where it guesses.
pub(crate) async fn says_what_it_does_not_know(
    runtime: &dyn Runtime,
    id: &str,
    cut: impl Fn(bool),
) {
    let handle = runtime.create(&spec(id)).await.expect("created");
    runtime.start(id, &handle).await.expect("started");
    cut(true);
    for handle in [Some(handle.as_str()), None] {
        let liveness = timeout(HANGING, runtime.inspect(id, handle)).await;
        assert!(
            matches!(liveness, Ok(Liveness::Unknown(_))),
            "what cannot be asked is unknown, not {liveness:?}"
        );
    }
    let waited = timeout(HANGING, runtime.wait(id, &handle)).await;
    assert!(
        waited.expect("a wait ends").is_err(),
        "an end that was not seen is none"
    );
    let kinds = [
        timeout(HANGING, runtime.disks())
            .await
            .expect("an answer")
            .err(),
        timeout(HANGING, runtime.remove(id))
            .await
            .expect("an answer")
            .err(),
        timeout(HANGING, runtime.connect(id, &handle))
            .await
            .expect("an answer")
            .err(),
    ];
    for error in kinds {
        let error = error.expect("nothing succeeds out of reach");
        assert_eq!(error.kind(), Kind::Unavailable, "{error}");
    }
    cut(false);
    assert_eq!(runtime.inspect(id, Some(&handle)).await, Liveness::Running);
    runtime
        .stop(id, &handle, Duration::ZERO)
        .await
        .expect("stopped");
    runtime.remove(id).await.expect("removed");
}

/// The guest speaks HTTP over any connection, and over several at once.
async fn answers(runtime: &dyn Runtime, id: &str, handle: &str) {
    let mut connections = Vec::new();
    for _ in 0..3 {
        connections.push(runtime.connect(id, handle).await.expect("connected"));
    }
    for mut connection in connections {
        let asked = b"GET /work-dir HTTP/1.1\r\nhost: guest\r\n\r\n";
        connection.write_all(asked).await.expect("sent");
        let mut answer = [0; 12];
        let read = timeout(HANGING, connection.read_exact(&mut answer));
        read.await.expect("an answer").expect("answered");
        assert_eq!(&answer, b"HTTP/1.1 200", "the guest answers");
    }
}

async fn disks(runtime: &dyn Runtime) -> Vec<String> {
    runtime.disks().await.expect("disks")
}
