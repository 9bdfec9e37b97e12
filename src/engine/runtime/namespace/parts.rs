//! What the runtime has beyond what every runtime has: pauses, limits, layers, images, archives, networks, volumes.

use std::collections::HashSet;
use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::engine::image;
use crate::engine::runtime::contract::{
    Archives, Image, Images, Layers, Material, Network, Networks, Pauses, Progress, Resizes,
    VolumeStore, Written,
};
use crate::error::{Error, Kind, Result};

use super::cgroup::{self, Sizes};
use super::launcher::PROCESSES;
use super::process::Handle;
use super::{Namespace, archive, blocking, copy_layer, cores, disk, freeze, layers};

impl Pauses for Namespace {
    fn pause<'a>(&'a self, _id: &'a str, handle: &'a str) -> BoxFuture<'a, Result<()>> {
        with_handle(self.parse(handle), freeze::freeze)
    }

    fn resume<'a>(&'a self, _id: &'a str, handle: &'a str) -> BoxFuture<'a, Result<()>> {
        with_handle(self.parse(handle), freeze::thaw)
    }
}

impl Resizes for Namespace {
    fn resize<'a>(
        &'a self,
        _id: &'a str,
        handle: &'a str,
        cpu: u32,
        memory: u32,
    ) -> BoxFuture<'a, Result<()>> {
        let sizes = Sizes {
            cpu,
            memory,
            processes: PROCESSES,
        };
        with_handle(self.parse(handle), move |handle: &Handle| {
            if handle.cgroups.is_empty() {
                anyhow::bail!(
                    "it has no cgroup here, so its limits are set when it starts: stop it first"
                );
            }
            cgroup::set_limits(&handle.cgroups, sizes)?;
            cores::change(handle, cpu);
            Ok(())
        })
    }
}

impl Layers for Namespace {
    fn commit<'a>(
        &'a self,
        id: &'a str,
        handle: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Vec<String>>> {
        let (launcher, id, running) = (Arc::clone(&self.launcher), id.to_owned(), handle.is_some());
        blocking(move || layers::branch(&launcher.folder, &id, running))
    }

    fn written<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Written>> {
        let place = self.launcher.folder.join(disk::SANDBOXES).join(id);
        blocking(move || Ok(copy_layer::written(&place)))
    }

    fn size<'a>(&'a self, layers: &'a [String]) -> BoxFuture<'a, Result<u64>> {
        let (launcher, names) = (Arc::clone(&self.launcher), layers.to_vec());
        blocking(move || Ok(layers::size(&launcher.folder, &names)))
    }

    fn gc(&self, used: HashSet<String>) -> BoxFuture<'_, Result<()>> {
        let launcher = Arc::clone(&self.launcher);
        blocking(move || launcher.collect(used))
    }
}

impl Images for Namespace {
    fn build(&self, from: Material, progress: Progress) -> BoxFuture<'_, Result<Image>> {
        let launcher = Arc::clone(&self.launcher);
        Box::pin(async move {
            let layers = launcher.folder.join(disk::LAYERS);
            let told = move |told: image::Told| progress(told.to_string());
            match from {
                Material::Reference(reference) => {
                    let settings = image::Settings::read(&launcher.images)?;
                    let reference = settings.mirrored(&reference)?;
                    let credentials = settings.credentials(&reference)?;
                    image::pull(&layers, &reference, credentials.as_ref(), &told).await
                }
                Material::File(path) => {
                    let work = move || image::import(&layers, &path, &told);
                    match tokio::task::spawn_blocking(work).await {
                        Ok(imported) => imported,
                        Err(panic) => Err(Error::internal("the import broke").because(panic)),
                    }
                }
            }
        })
    }

    fn resolve_alias(&self, name: &str) -> Result<Option<String>> {
        Ok(image::Settings::read(&self.launcher.images)?.built_in(name))
    }
}

impl Archives for Namespace {
    fn archive<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>> {
        let (launcher, id) = (Arc::clone(&self.launcher), id.to_owned());
        blocking(move || archive::pack(&launcher.folder, &id))
    }
}

impl Networks for Namespace {
    fn apply_policy<'a>(
        &'a self,
        id: &'a str,
        handle: &'a str,
        network: &'a Network,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let networks = &self.launcher.networks;
            networks
                .connect(id, handle, network)
                .await
                .map_err(|error| Error::new(Kind::Other, format!("it has no network: {error:#}")))
        })
    }

    fn can_limit(&self) -> std::result::Result<(), String> {
        self.launcher.networks.can_filter()
    }
}

impl VolumeStore for Namespace {
    fn remove<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>> {
        let (launcher, id) = (Arc::clone(&self.launcher), id.to_owned());
        blocking(move || disk::remove_volume(&launcher.folder, &id))
    }
}

fn with_handle(
    handle: Option<Handle>,
    work: impl FnOnce(&Handle) -> anyhow::Result<()> + Send + 'static,
) -> BoxFuture<'static, Result<()>> {
    blocking(move || {
        let handle = handle.filter(|handle| handle.open().is_some());
        let handle = handle.ok_or_else(|| anyhow::anyhow!("its processes have ended"))?;
        work(&handle)
    })
}
