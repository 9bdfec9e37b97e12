//! The default runtime of Linux: sandboxes out of namespaces, an overlay, seccomp and cgroups.

mod advice;
mod archive;
mod blocks;
mod capacity;
mod cgroup;
mod channel;
#[cfg(test)]
mod container_profile;
mod copy_layer;
mod cores;
mod disk;
mod freeze;
#[cfg(fuzzing)]
pub mod fuzzed;
mod host_layer;
mod hosts;
mod idmap;
mod init;
mod launch_steps;
mod launcher;
mod layers;
mod masks;
mod network;
mod parts;
mod process;
mod quota;
mod seccomp;
mod state_folder;
mod survey;
mod sysfs;
mod unit;
mod volume;
mod zygote;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use rustix::process::Signal;
use tokio::net::UnixStream;

use crate::api::types::RuntimeReport;
use crate::error::{Context as _, Error, Kind, Result};

use super::contract::{
    Archives, Capacity, Connection, Images, Layers, Liveness, Networks, Pauses, Resizes, Runtime,
    Spec, VolumeStore,
};
use cgroup::Cgroups;
use launcher::{Launcher, PREPARE, PROCESSES};
use process::Handle;
use quota::Quotas;

pub use network::{network_main, stack_main};
pub use zygote::main as zygote_main;

const ISOLATION: &str = "container-class: own user, mount, process, network, IPC, host-name and \
cgroup namespaces, no capabilities, seccomp; the kernel is shared with this machine";

/// Sandboxes as processes in namespaces of their own.
pub struct Namespace {
    launcher: Arc<Launcher>,
}

impl Namespace {
    /// Prepares the runtime in `folder`: its layers, and the zygotes. Call it before there are threads.
    /// `images` is the file with the user's own names of images, if there is one.
    pub fn start(folder: &Path, images: &Path) -> Result<Self> {
        if !cfg!(target_feature = "crt-static") {
            return Err(Error::new(
                Kind::Unsupported,
                "this build of daytona is not statically linked: it cannot run inside sandboxes",
            )
            .hint(
                "build it with the project's own settings: `cargo build --release` in a checkout",
            ));
        }
        let launcher = Launcher::start(folder, images).map_err(|error| {
            Error::new(Kind::Unsupported, "cannot prepare the sandbox runtime").because(error)
        })?;
        Ok(Self {
            launcher: Arc::new(launcher),
        })
    }
}

impl Namespace {
    /// A stored handle of a sandbox of this engine's.
    fn parse(&self, handle: &str) -> Option<Handle> {
        Handle::parse(handle, &self.launcher.place)
    }
}

impl Runtime for Namespace {
    fn name(&self) -> &'static str {
        "namespace"
    }

    fn report(&self, handle: Option<&str>) -> RuntimeReport {
        let launcher = &self.launcher;
        let mut report = report(
            &launcher.cgroups,
            &launcher.quotas,
            launcher.networks.report(),
        );
        report.isolation = format!(
            "{ISOLATION}; it has {}",
            launcher.ids(handle.and_then(|handle| self.parse(handle)).as_ref())
        );
        report
    }

    fn capacity(&self) -> Capacity {
        capacity::capacity()
    }

    fn create<'a>(&'a self, spec: &'a Spec) -> BoxFuture<'a, Result<String>> {
        let (launcher, spec) = (Arc::clone(&self.launcher), spec.clone());
        blocking(move || launcher.launch(&spec))
    }

    fn start<'a>(&'a self, id: &'a str, _handle: &'a str) -> BoxFuture<'a, Result<()>> {
        let (launcher, id) = (Arc::clone(&self.launcher), id.to_owned());
        blocking(move || launcher.release(&id))
    }

    fn inspect<'a>(&'a self, _id: &'a str, handle: Option<&'a str>) -> BoxFuture<'a, Liveness> {
        let handle = handle
            .and_then(|handle| self.parse(handle))
            .filter(|handle| handle.open().is_some());
        let alive = match handle {
            Some(handle) => {
                self.launcher.adopt(&handle);
                Liveness::Running
            }
            None => Liveness::Ended("its first process ended".to_owned()),
        };
        Box::pin(std::future::ready(alive))
    }

    fn wait<'a>(&'a self, id: &'a str, handle: &'a str) -> BoxFuture<'a, Result<String>> {
        Box::pin(async move {
            let Some(handle) = self.parse(handle) else {
                return Ok("it left no trace".to_owned());
            };
            let status = match handle.open() {
                Some(pidfd) => process::wait(pidfd).await,
                None => None,
            };
            let starved = cgroup::out_of_memory(&handle.cgroups);
            let id = id.to_owned();
            let launcher = Arc::clone(&self.launcher);
            let _ = tokio::task::spawn_blocking(move || {
                launcher.forget(&id, &handle);
            })
            .await;
            let status = status.unwrap_or_else(|| "its first process ended".to_owned());
            Ok(if starved {
                format!("{status}; the kernel had killed processes at the sandbox's memory limit")
            } else {
                status
            })
        })
    }

    fn stop<'a>(
        &'a self,
        id: &'a str,
        handle: &'a str,
        grace: Duration,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            self.launcher.launched().remove(id);
            let Some(handle) = self.parse(handle) else {
                return Ok(());
            };
            if let Some(pidfd) = handle.open() {
                let duplicate = pidfd
                    .try_clone()
                    .context(Kind::Internal, || "out of descriptors".to_owned())?;
                let ended = async {
                    tokio::select! {
                        ended = process::wait(duplicate) => ended,
                        never = process::ask_to_end(&pidfd), if !grace.is_zero() => never,
                    }
                };
                if tokio::time::timeout(grace, ended).await.is_err() {
                    // The first process takes the whole process namespace with it.
                    process::signal(&pidfd, Signal::KILL);
                    if tokio::time::timeout(PREPARE, process::wait(pidfd))
                        .await
                        .is_err()
                    {
                        return Err(Error::new(
                            Kind::Timeout,
                            format!("the processes of {id} do not end, not even when killed"),
                        ));
                    }
                }
            }
            let id = id.to_owned();
            let launcher = Arc::clone(&self.launcher);
            let _ = tokio::task::spawn_blocking(move || {
                launcher.forget(&id, &handle);
            })
            .await;
            Ok(())
        })
    }

    fn remove<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>> {
        let (launcher, id) = (Arc::clone(&self.launcher), id.to_owned());
        blocking(move || {
            let _ = std::fs::remove_file(launcher.socket(&id));
            launcher.networks.disconnect(&id, None);
            // Made before the handle was stored: a crash in between leaves them to nobody else.
            let groups = launcher.cgroups.of(&id);
            std::thread::spawn(move || cgroup::remove(&groups));
            disk::remove(&launcher.folder, &id)?;
            launcher.quotas.release(&launcher.folder, &id);
            Ok(())
        })
    }

    fn abandon<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>> {
        let id = id.to_owned();
        blocking(move || process::end_all_of(&id))
    }

    fn disks(&self) -> BoxFuture<'_, Result<Vec<String>>> {
        let launcher = Arc::clone(&self.launcher);
        blocking(move || {
            Ok(disk::list(&launcher.folder).context(Kind::Internal, || {
                "cannot list the sandboxes' disks".to_owned()
            })?)
        })
    }

    fn connect<'a>(&'a self, id: &'a str, _handle: &'a str) -> BoxFuture<'a, Result<Connection>> {
        Box::pin(async move {
            let stream = UnixStream::connect(self.launcher.socket(id))
                .await
                .context(Kind::Unavailable, || {
                    format!("the guest of {id} cannot be reached")
                })?;
            Ok(Box::new(stream) as Connection)
        })
    }

    fn pauses(&self) -> Option<&dyn Pauses> {
        Some(self)
    }

    fn resizes(&self) -> Option<&dyn Resizes> {
        Some(self)
    }

    fn layers(&self) -> Option<&dyn Layers> {
        Some(self)
    }

    fn images(&self) -> Option<&dyn Images> {
        Some(self)
    }

    fn archives(&self) -> Option<&dyn Archives> {
        Some(self)
    }

    fn networks(&self) -> Option<&dyn Networks> {
        Some(self)
    }

    fn volumes(&self) -> Option<&dyn VolumeStore> {
        Some(self)
    }
}

fn report(cgroups: &Cgroups, quotas: &Quotas, network: String) -> RuntimeReport {
    RuntimeReport {
        name: "namespace".to_owned(),
        isolation: ISOLATION.to_owned(),
        network,
        limits: cgroups.report(PROCESSES, quotas.report()),
        unreachable: None,
    }
}

fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
) -> BoxFuture<'static, Result<T>> {
    Box::pin(async move {
        match tokio::task::spawn_blocking(work).await {
            Ok(Ok(value)) => Ok(value),
            // What has a kind already keeps it; all else is ours.
            Ok(Err(error)) => Err(error
                .downcast::<Error>()
                .unwrap_or_else(|error| Error::new(Kind::Other, format!("{error:#}")))),
            Err(panic) => Err(Error::internal("the runtime broke").because(panic)),
        }
    })
}
