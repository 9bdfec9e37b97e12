//! A runtime in memory for tests: its sandboxes are names, and their agent echoes.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use futures_util::future::BoxFuture;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::UnixStream;
use tokio::sync::Notify;

use crate::api::types::RuntimeReport;
use crate::error::{Error, Kind, Result};

use super::contract::{
    Capacity, Connection, Image, Liveness, Material, Network, Progress, Runtime, Spec, Written,
};
use super::fake_agent::{agent, send_raw};

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
    /// What agents send, to the letter, whatever they are asked.
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
struct Inside {
    launches: usize,
    builds: usize,
    /// Handle to whether it was released.
    running: BTreeMap<String, bool>,
    newest: BTreeMap<String, String>,
    disks: BTreeSet<String>,
    volumes: BTreeSet<String>,
    /// The environment that each sandbox was last launched with.
    environments: BTreeMap<String, BTreeMap<String, String>>,
    ends: BTreeMap<String, String>,
    graces: Vec<Duration>,
    frozen: BTreeSet<String>,
    used: HashSet<String>,
    networks: BTreeMap<String, Network>,
}

/// A runtime without processes.
#[derive(Debug, Default)]
pub(crate) struct Fake {
    pub(crate) switches: Mutex<Switches>,
    inside: Mutex<Inside>,
    changed: Notify,
}

impl Fake {
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

    /// What each call begins with: a runtime far away is slow, or cannot be reached.
    async fn reach(&self) -> Result<()> {
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

    fn inside(&self) -> MutexGuard<'_, Inside> {
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

fn broken(what: &str) -> Error {
    Error::new(Kind::Other, format!("simulated {what} failure"))
}

impl Runtime for Fake {
    fn name(&self) -> &'static str {
        "fake"
    }

    fn abandon<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>> {
        self.stop(id, id, Duration::ZERO)
    }

    fn can_limit_network(&self) -> std::result::Result<(), String> {
        Ok(())
    }

    fn report(&self) -> RuntimeReport {
        RuntimeReport {
            name: "fake".to_owned(),
            ..RuntimeReport::default()
        }
    }

    fn capacity(&self) -> Capacity {
        Capacity {
            cpu: 64,
            memory: 256,
        }
    }

    fn create<'a>(&'a self, spec: &'a Spec) -> BoxFuture<'a, Result<String>> {
        Box::pin(async move {
            self.reach().await?;
            if self.switches.lock().expect("switches").fail_launch {
                return Err(broken("launch"));
            }
            let mut inside = self.inside();
            inside.launches += 1;
            let handle = format!("{}#{}", spec.id, inside.launches);
            inside.disks.insert(spec.id.clone());
            let volumes = spec.mounts.iter().map(|mount| mount.volume.clone());
            inside.volumes.extend(volumes);
            inside
                .environments
                .insert(spec.id.clone(), spec.env.clone());
            inside.running.insert(handle.clone(), false);
            inside.newest.insert(spec.id.clone(), handle.clone());
            Ok(handle)
        })
    }

    fn start<'a>(&'a self, id: &'a str, _: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            self.reach().await?;
            let (fail, slow) = {
                let switches = self.switches.lock().expect("switches");
                (switches.fail_release, switches.slow_release)
            };
            tokio::time::sleep(slow).await;
            if fail {
                return Err(broken("release"));
            }
            let mut inside = self.inside();
            let handle = inside.newest.get(id).cloned().expect("launched");
            inside.running.insert(handle, true);
            Ok(())
        })
    }

    fn inspect<'a>(&'a self, _: &'a str, handle: Option<&'a str>) -> BoxFuture<'a, Liveness> {
        Box::pin(async move {
            if let Err(error) = self.reach().await {
                let lies = self.switches.lock().expect("switches").lies;
                return if lies {
                    Liveness::Ended("it does not answer".to_owned())
                } else {
                    Liveness::Unknown(error.text())
                };
            }
            let inside = self.inside();
            if handle.is_some_and(|handle| inside.running.contains_key(handle)) {
                return Liveness::Running;
            }
            let why = handle.and_then(|handle| inside.ends.get(handle));
            Liveness::Ended(why.cloned().unwrap_or_default())
        })
    }

    fn wait<'a>(&'a self, _: &'a str, handle: &'a str) -> BoxFuture<'a, Result<String>> {
        Box::pin(async move {
            loop {
                self.reach().await?;
                let mut changed = std::pin::pin!(self.changed.notified());
                changed.as_mut().enable();
                {
                    let inside = self.inside();
                    if !inside.running.contains_key(handle) {
                        return Ok(inside.ends.get(handle).cloned().unwrap_or_default());
                    }
                }
                changed.await;
            }
        })
    }

    fn stop<'a>(
        &'a self,
        _: &'a str,
        handle: &'a str,
        grace: Duration,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            self.reach().await?;
            let mut inside = self.inside();
            inside.graces.push(grace);
            inside.running.remove(handle);
            drop(inside);
            self.changed.notify_waiters();
            Ok(())
        })
    }

    fn pause<'a>(&'a self, id: &'a str, _: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            self.reach().await?;
            if self.switches.lock().expect("switches").fail_freeze {
                return Err(broken("freeze"));
            }
            self.inside().frozen.insert(id.to_owned());
            Ok(())
        })
    }

    fn resume<'a>(&'a self, id: &'a str, _: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            self.reach().await?;
            self.inside().frozen.remove(id);
            Ok(())
        })
    }

    fn resize<'a>(&'a self, _: &'a str, _: &'a str, _: u32, _: u32) -> BoxFuture<'a, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn build(&self, from: Material, progress: Progress) -> BoxFuture<'_, Result<Image>> {
        Box::pin(async move {
            progress("half-way".to_owned());
            self.inside().builds += 1;
            let (fail, slow) = {
                let switches = self.switches.lock().expect("switches");
                (switches.fail_build, switches.slow_branch)
            };
            tokio::time::sleep(slow).await;
            if fail {
                return Err(broken("build"));
            }
            Ok(Image {
                layers: vec![format!("{from:?}")],
                entrypoint: vec!["/run".to_owned()],
                ..Image::default()
            })
        })
    }

    fn resolve_alias(&self, name: &str) -> Result<Option<String>> {
        Ok((name == "python").then(|| "python:1".to_owned()))
    }

    fn commit<'a>(
        &'a self,
        id: &'a str,
        handle: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Vec<String>>> {
        Box::pin(async move {
            let slow = {
                let switches = self.switches.lock().expect("switches");
                if switches.fail_branch {
                    return Err(broken("branch"));
                }
                switches.slow_branch
            };
            assert_eq!(
                handle.is_some(),
                self.inside().frozen.contains(id),
                "what runs is frozen before it is copied"
            );
            tokio::time::sleep(slow).await;
            Ok(vec![format!("written-{id}"), "host-1".to_owned()])
        })
    }

    fn written<'a>(&'a self, _id: &'a str) -> BoxFuture<'a, Result<Written>> {
        Box::pin(async { Ok(Written::default()) })
    }

    fn size<'a>(&'a self, layers: &'a [String]) -> BoxFuture<'a, Result<u64>> {
        Box::pin(async move { Ok(layers.len() as u64) })
    }

    fn gc(&self, used: HashSet<String>) -> BoxFuture<'_, Result<()>> {
        self.inside().used = used;
        Box::pin(async { Ok(()) })
    }

    fn apply_network_policy<'a>(
        &'a self,
        id: &'a str,
        _: &'a str,
        network: &'a Network,
    ) -> BoxFuture<'a, Result<()>> {
        let networks = &mut self.inside().networks;
        networks.insert(id.to_owned(), network.clone());
        Box::pin(async { Ok(()) })
    }

    fn archive<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn remove<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            self.reach().await?;
            if self.switches.lock().expect("switches").fail_remove {
                return Err(broken("remove"));
            }
            self.inside().disks.remove(id);
            Ok(())
        })
    }

    fn disks(&self) -> BoxFuture<'_, Result<Vec<String>>> {
        Box::pin(async {
            self.reach().await?;
            Ok(self.inside().disks.iter().cloned().collect())
        })
    }

    fn remove_volume<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            if self.switches.lock().expect("switches").fail_remove {
                return Err(broken("remove"));
            }
            self.inside().volumes.remove(id);
            Ok(())
        })
    }

    fn connect<'a>(&'a self, _: &'a str, _: &'a str) -> BoxFuture<'a, Result<Connection>> {
        Box::pin(async move {
            self.reach().await?;
            if self.switches.lock().expect("switches").fail_dial {
                return Err(broken("dial"));
            }
            let (ours, agents) = UnixStream::pair().map_err(|_| broken("pair"))?;
            let raw = self.switches.lock().expect("switches").raw_reply.clone();
            if let Some(raw) = raw {
                tokio::spawn(send_raw(agents, raw));
                return Ok(Box::new(ours) as Connection);
            }
            tokio::spawn(
                hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(agents), service_fn(agent))
                    .with_upgrades(),
            );
            Ok(Box::new(ours) as Connection)
        })
    }
}

/// A new one, shared.
pub(crate) fn fake() -> Arc<Fake> {
    Arc::default()
}
