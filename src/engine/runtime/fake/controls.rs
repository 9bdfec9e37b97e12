//! What tests tell the runtime in memory to do, and ask it about.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::Notify;

use crate::engine::runtime::contract::Network;
use crate::error::{Error, Kind, Result};

/// What the next calls do.
#[derive(Debug, Default)]
pub(crate) struct Switches {
    pub(crate) fail_launch: bool,
    pub(crate) fail_release: bool,
    pub(crate) fail_remove: bool,
    pub(crate) fail_dial: bool,
    pub(crate) fail_freeze: bool,
    pub(crate) fail_branch: bool,
    pub(crate) fail_build: bool,
    /// Whether the runtime has none of the parts that not every runtime has.
    pub(crate) bare: bool,
    /// What guests send, to the letter, whatever they are asked.
    pub(crate) raw_reply: Option<Vec<u8>>,
    /// How long a branch or a build takes.
    pub(crate) slow_branch: Duration,
    /// Whether the runtime cannot be reached: nothing that is asked of it is answered.
    pub(crate) unreachable: bool,
    /// Whether a sandbox that cannot be reached is said to have ended: what no runtime may do.
    pub(crate) lies: bool,
    /// How long every answer takes.
    pub(crate) slow: Duration,
    /// How long a release takes.
    pub(crate) slow_release: Duration,
}

#[derive(Debug, Default)]
pub(super) struct Inside {
    pub(super) launches: usize,
    pub(super) builds: usize,
    /// Handle to whether it was released.
    pub(super) running: BTreeMap<String, bool>,
    pub(super) newest: BTreeMap<String, String>,
    pub(super) disks: BTreeSet<String>,
    pub(super) volumes: BTreeSet<String>,
    /// The environment that each sandbox was last launched with.
    pub(super) environments: BTreeMap<String, BTreeMap<String, String>>,
    pub(super) ends: BTreeMap<String, String>,
    pub(super) graces: Vec<Duration>,
    pub(super) frozen: BTreeSet<String>,
    pub(super) used: HashSet<String>,
    pub(super) networks: BTreeMap<String, Network>,
}

/// A runtime without processes.
#[derive(Debug, Default)]
pub(crate) struct Fake {
    /// What it is called, where it is not `fake`.
    pub(super) name: Option<&'static str>,
    pub(crate) switches: Mutex<Switches>,
    pub(super) inside: Mutex<Inside>,
    pub(super) changed: Notify,
}

impl Fake {
    /// One of another name.
    pub(crate) fn called(name: &'static str) -> Self {
        Self {
            name: Some(name),
            ..Self::default()
        }
    }

    /// How often an image was built.
    pub(crate) fn builds(&self) -> usize {
        self.inside().builds
    }

    pub(crate) fn set(&self, set: impl FnOnce(&mut Switches)) {
        set(&mut self.switches.lock().expect("switches"));
    }

    /// The volumes that have files.
    pub(crate) fn volumes(&self) -> Vec<String> {
        self.inside().volumes.iter().cloned().collect()
    }

    /// The environment that a sandbox was last launched with.
    pub(crate) fn environment(&self, id: &str) -> BTreeMap<String, String> {
        self.inside()
            .environments
            .get(id)
            .cloned()
            .unwrap_or_default()
    }

    /// Whether there is nothing but the parts that every runtime has.
    pub(super) fn bare(&self) -> bool {
        self.switches.lock().expect("switches").bare
    }

    /// What each call begins with: a runtime far away is slow, or cannot be reached.
    pub(super) async fn reach(&self) -> Result<()> {
        let (unreachable, slow) = {
            let switches = self.switches.lock().expect("switches");
            (switches.unreachable, switches.slow)
        };
        if !slow.is_zero() {
            tokio::time::sleep(slow).await;
        }
        if unreachable {
            return Err(Error::new(
                Kind::Unavailable,
                "the runtime cannot be reached",
            ));
        }
        Ok(())
    }

    pub(super) fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().expect("inside")
    }

    /// Ends a sandbox as if it had done so by itself.
    pub(crate) fn end(&self, id: &str, why: &str) {
        let mut inside = self.inside();
        let handle = inside.newest.get(id).cloned().expect("launched");
        inside.running.remove(&handle);
        inside.ends.insert(handle, why.to_owned());
        drop(inside);
        self.changed.notify_waiters();
    }

    /// Cuts the runtime off, or brings it back; what waits for an end hears of it.
    pub(crate) fn cut_off(&self, unreachable: bool) {
        self.set(|switches| switches.unreachable = unreachable);
        self.changed.notify_waiters();
    }

    /// How many sandboxes have processes.
    pub(crate) fn running(&self) -> usize {
        self.inside().running.len()
    }

    /// The ids of the sandboxes that have a disk.
    pub(crate) fn disks_there(&self) -> Vec<String> {
        self.inside().disks.iter().cloned().collect()
    }

    pub(crate) fn add_disk(&self, id: &str) {
        self.inside().disks.insert(id.to_owned());
    }

    /// How many sandboxes are halted.
    pub(crate) fn frozen(&self) -> usize {
        self.inside().frozen.len()
    }

    /// The layers that the last collection was told to keep.
    pub(crate) fn used(&self) -> HashSet<String> {
        self.inside().used.clone()
    }

    /// What a sandbox may reach, once it was used.
    pub(crate) fn network(&self, id: &str) -> Option<Network> {
        self.inside().networks.get(id).cloned()
    }

    /// The graces of all stops so far.
    pub(crate) fn graces(&self) -> Vec<Duration> {
        self.inside().graces.clone()
    }
}

/// A new one, shared.
pub(crate) fn fake() -> Arc<Fake> {
    Arc::default()
}
