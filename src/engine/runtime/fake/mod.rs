//! A runtime in memory for tests: its sandboxes are names, and their guest echoes.

mod controls;
mod guest;
mod parts;

use std::time::Duration;

use futures_util::future::BoxFuture;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::UnixStream;

use crate::api::types::RuntimeReport;
use crate::error::{Error, Kind, Result};

pub(crate) use controls::{Fake, fake};
pub(crate) use guest::HANGING;
use guest::{guest, send_raw};

use super::contract::{
    Archives, Capacity, Connection, Images, Layers, Liveness, Networks, Pauses, Resizes, Runtime,
    Spec, VolumeStore,
};

fn broken(what: &str) -> Error {
    Error::new(Kind::Other, format!("simulated {what} failure"))
}

impl Runtime for Fake {
    fn name(&self) -> &'static str {
        self.name.unwrap_or("fake")
    }

    fn abandon<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>> {
        self.stop(id, id, Duration::ZERO)
    }

    fn report(&self, _: Option<&str>) -> RuntimeReport {
        RuntimeReport {
            name: self.name().to_owned(),
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

    fn connect<'a>(&'a self, _: &'a str, _: &'a str) -> BoxFuture<'a, Result<Connection>> {
        Box::pin(async move {
            self.reach().await?;
            if self.switches.lock().expect("switches").fail_dial {
                return Err(broken("dial"));
            }
            let (ours, guests) = UnixStream::pair().map_err(|_| broken("pair"))?;
            let raw = self.switches.lock().expect("switches").raw_reply.clone();
            if let Some(raw) = raw {
                tokio::spawn(send_raw(guests, raw));
                return Ok(Box::new(ours) as Connection);
            }
            tokio::spawn(
                hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(guests), service_fn(guest))
                    .with_upgrades(),
            );
            Ok(Box::new(ours) as Connection)
        })
    }

    fn pauses(&self) -> Option<&dyn Pauses> {
        (!self.bare()).then_some(self)
    }

    fn resizes(&self) -> Option<&dyn Resizes> {
        (!self.bare()).then_some(self)
    }

    fn layers(&self) -> Option<&dyn Layers> {
        (!self.bare()).then_some(self)
    }

    fn images(&self) -> Option<&dyn Images> {
        (!self.bare()).then_some(self)
    }

    fn archives(&self) -> Option<&dyn Archives> {
        (!self.bare()).then_some(self)
    }

    fn networks(&self) -> Option<&dyn Networks> {
        (!self.bare()).then_some(self)
    }

    fn volumes(&self) -> Option<&dyn VolumeStore> {
        (!self.bare()).then_some(self)
    }
}
