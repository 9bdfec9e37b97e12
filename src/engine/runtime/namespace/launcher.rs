//! Makes sandboxes run: disk, socket and groups ready, cloned by a zygote, then released.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::hash::{Hash as _, Hasher as _};
use std::io::{Read as _, Write as _};
use std::os::fd::{AsFd as _, AsRawFd as _, OwnedFd};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result};
use rustix::process::Signal;

use crate::engine::{identity, image};
use crate::syscall;

use super::super::contract::Spec;
use super::blocks::{Block, Blocks};
use super::cgroup::{self, Cgroups, Sizes};
use super::channel::{LONGEST_REFUSAL, Refusal};
use super::launch_steps::{Launch, Volume};
use super::network::Networks;
use super::process::{self, Handle};
use super::quota::Quotas;
use super::zygote::{FirstProcess, Gone, Zygotes};
use super::{archive, cores, disk, freeze, host_layer, init, layers, unit};

/// The most processes and threads of one sandbox.
pub(super) const PROCESSES: u64 = 1024;
/// How long a clone may take to prepare itself, and the guest to begin.
pub(super) const PREPARE: Duration = Duration::from_secs(10);
/// How many processes clone sandboxes.
const ZYGOTES: usize = 2;

/// The parts of a launch that stay the same.
pub(super) struct Launcher {
    pub(super) folder: PathBuf,
    /// The user's own names of images.
    pub(super) images: PathBuf,
    /// Of the folder: see [`process::place`].
    pub(super) place: String,
    opened: File,
    zygotes: Zygotes,
    pub(super) cgroups: Cgroups,
    pub(super) quotas: Quotas,
    pub(super) networks: Arc<Networks>,
    layer: String,
    binds: Vec<String>,
    outside: (u32, u32),
    launched: Mutex<HashMap<String, UnixStream>>,
    /// Where the engine may take ids.
    blocks: Option<Blocks>,
    /// Whether sandboxes were seen to share the ids that they have on disk all the same.
    shared: AtomicBool,
}

impl Launcher {
    pub(super) fn start(folder: &Path, images: &Path) -> Result<Self> {
        disk::prepare(folder)?;
        image::sweep(&folder.join(disk::LAYERS));
        let layer = host_layer::ensure(&folder.join(disk::LAYERS))?;
        let cgroups = Cgroups::find(&group_name(folder), &unit::enter());
        let place = process::place(folder)?;
        // First, because these are in the groups of sandboxes that have ended.
        let networks = Arc::new(Networks::find(folder.join(disk::NETWORKS), place.clone()));
        let busy = cgroups.sweep();
        let opened = File::open(folder).context("cannot open the runtime's folder")?;
        let zygotes = Zygotes::start(ZYGOTES, opened.try_clone()?.into(), guest()?)?;
        if !busy.is_empty() {
            std::thread::spawn(move || cgroup::sweep_again(busy));
        }
        Ok(Self {
            folder: folder.to_owned(),
            images: images.to_owned(),
            opened,
            zygotes,
            cgroups,
            quotas: Quotas::find(folder),
            networks,
            place,
            layer,
            binds: host_layer::binds(),
            outside: identity::outside(),
            launched: Mutex::default(),
            blocks: identity::takes_ids().then(|| Blocks::new(seed(folder))),
            shared: AtomicBool::new(false),
        })
    }

    pub(super) fn launch(&self, spec: &Spec) -> Result<String> {
        let layers = self.disk(spec)?;
        // Only the layer of this host expects the host's programs over it.
        let hosted = layers.last().is_some_and(|name| host_layer::is_one(name));
        for mount in &spec.mounts {
            disk::make_volume(&self.folder, &mount.volume)?;
        }
        let listener = self.listen(&spec.id)?;
        let sizes = Sizes {
            cpu: spec.cpu,
            memory: spec.memory,
            processes: PROCESSES,
        };
        let (cgroups, unified) = self.cgroups.make(&spec.id, sizes)?;
        let block = self.blocks.as_ref().and_then(Blocks::take);
        let launch = Launch {
            folder: format!("{}/{}", disk::SANDBOXES, spec.id),
            layers: layers
                .iter()
                .map(|name| format!("{}/{name}", disk::LAYERS))
                .collect(),
            binds: if hosted {
                self.binds.clone()
            } else {
                Vec::new()
            },
            workdir: spec.image.workdir.clone(),
            entrypoint: spec.image.entrypoint.clone(),
            hostname: spec.hostname.clone(),
            env: environment(spec, hosted),
            outside: self.outside,
            own: block.map(Block::user),
            cgroups: cgroups.clone(),
            unified,
            watched_memory: (!self.cgroups.limit("memory")).then(|| u64::from(spec.memory) << 30),
            processes: PROCESSES,
            cores: cores::pick(spec.cpu),
            shm: u64::from(spec.memory) << 29,
            volumes: spec
                .mounts
                .iter()
                .map(|mount| Volume {
                    folder: format!("{}/{}", disk::VOLUMES, mount.volume),
                    subpath: mount.subpath.clone(),
                    path: mount.path.clone(),
                })
                .collect(),
        };
        // A zygote that ended is replaced when it is asked: each may have.
        let mut tries = 0;
        let prepared = loop {
            match self.prepare(&launch, &listener) {
                Err(error) if error.is::<Gone>() && tries < ZYGOTES => tries += 1,
                prepared => break prepared,
            }
        };
        match prepared {
            Ok((first, engine)) => {
                self.launched().insert(spec.id.clone(), engine);
                let mut handle = Handle::of(first.pid, cgroups, &self.place);
                handle.block = block.filter(|_| first.own);
                if block.is_some() {
                    self.shared.store(!first.own, Ordering::Relaxed);
                }
                if !first.own {
                    self.give_back(block);
                }
                Ok(serde_json::to_string(&handle)?)
            }
            Err(error) => {
                self.give_back(block);
                std::thread::spawn(move || cgroup::remove(&cgroups));
                Err(error)
            }
        }
    }

    /// A first process that waits for its release, and the line to it.
    fn prepare(&self, launch: &Launch, listener: &OwnedFd) -> Result<(FirstProcess, UnixStream)> {
        let (engine, theirs) = UnixStream::pair()?;
        engine.set_read_timeout(Some(PREPARE))?;
        let cloned = self.zygotes.clone(launch, listener.as_fd(), theirs.as_fd());
        drop(theirs);
        let cloned = cloned?;
        match hear(&engine) {
            Ok(true) => Ok((cloned, engine)),
            heard => {
                process::signal(&cloned.pidfd, Signal::KILL);
                process::reap(&cloned.pidfd);
                Err(heard.err().unwrap_or_else(|| {
                    anyhow::anyhow!("the sandbox's first process ended while it was prepared")
                }))
            }
        }
    }

    /// The sandbox's disk, made where there is none; its layers.
    fn disk(&self, spec: &Spec) -> Result<Vec<String>> {
        layers::finish(&self.folder, &spec.id)?;
        archive::unpack(&self.folder, &spec.id)?;
        let fresh = if spec.image.layers.is_empty() {
            std::slice::from_ref(&self.layer)
        } else {
            &spec.image.layers[..]
        };
        let layers = disk::make(&self.folder, &spec.id, fresh)?;
        let place = self.folder.join(disk::SANDBOXES).join(&spec.id);
        self.quotas.hold(&place, &spec.id, spec.disk)?;
        Ok(layers)
    }

    /// Tidies up after a run whose processes have ended.
    pub(super) fn forget(self: &Arc<Self>, id: &str, handle: &Handle) {
        self.networks.disconnect(id, Some(handle));
        let (launcher, handle) = (Arc::clone(self), handle.clone());
        // The network's device takes the kernel some 20 ms to end, and the stack is in the sandbox's groups
        // until then: nobody waits for that. Each run has groups of its own.
        std::thread::spawn(move || {
            freeze::forget(&handle);
            cgroup::remove(&handle.cgroups);
            launcher.give_back(handle.block);
        });
    }

    /// Notes what a sandbox has that an engine before this one started.
    pub(super) fn adopt(&self, handle: &Handle) {
        if let (Some(blocks), Some(block)) = (&self.blocks, handle.block) {
            blocks.keep(block);
        }
    }

    fn give_back(&self, block: Option<Block>) {
        if let (Some(blocks), Some(block)) = (&self.blocks, block) {
            blocks.give_back(block);
        }
    }

    /// Who a run is on this host, for people; without one, the next.
    pub(super) fn ids(&self, run: Option<&Handle>) -> &'static str {
        let shared = run.map_or(self.shared.load(Ordering::Relaxed), |run| {
            run.block.is_none()
        });
        match &self.blocks {
            Some(_) if !shared => "user ids of its own on this host",
            Some(_) => {
                "user ids that sandboxes share, because the file system cannot translate them"
            }
            None => "the engine's user id on this host, which its sandboxes share",
        }
    }

    /// Removes the layers that nothing needs any more.
    pub(super) fn collect(&self, mut used: HashSet<String>) -> Result<()> {
        used.insert(self.layer.clone());
        layers::collect(&self.folder, used)
    }

    pub(super) fn release(&self, id: &str) -> Result<()> {
        let mut engine = self
            .launched()
            .remove(id)
            .context("the sandbox was not launched")?;
        engine
            .write_all(&[init::GO])
            .context("the sandbox ended before it began")?;
        // The line closes when the guest takes over; before that it carries only the reason why not.
        let mut reason = Vec::new();
        engine
            .take(LONGEST_REFUSAL as u64)
            .read_to_end(&mut reason)
            .context("the sandbox's guest did not begin in time")?;
        if reason.is_empty() {
            Ok(())
        } else {
            Err(Refusal::decode(&reason))
        }
    }

    pub(super) fn launched(&self) -> MutexGuard<'_, HashMap<String, UnixStream>> {
        self.launched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The guest's listener. Reached through a descriptor: the path may be longer than sockets allow.
    pub(super) fn socket(&self, id: &str) -> PathBuf {
        PathBuf::from(format!(
            "/proc/self/fd/{}/{}/{id}",
            self.opened.as_raw_fd(),
            disk::SOCKETS
        ))
    }

    fn listen(&self, id: &str) -> Result<OwnedFd> {
        let path = self.socket(id);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let listener = UnixListener::bind(&path).context("cannot make the sandbox's socket")?;
        listener.set_nonblocking(true)?;
        Ok(listener.into())
    }
}

impl Drop for Launcher {
    fn drop(&mut self) {
        self.cgroups.leave();
    }
}

/// The sandbox's own variables, those of its image and those of its layer: the former win.
fn environment(spec: &Spec, hosted: bool) -> Vec<String> {
    let layer = if hosted { host_layer::ENVIRONMENT } else { &[] };
    let of_image = spec.image.env.iter();
    let of_image = of_image.filter(|(name, _)| !spec.env.contains_key(*name));
    let own: Vec<_> = of_image.chain(&spec.env).collect();
    let of_layer = layer
        .iter()
        .filter(|(name, _)| !own.iter().any(|(other, _)| other == name))
        .map(|(name, value)| format!("{name}={value}"));
    let own = own.iter().map(|(name, value)| format!("{name}={value}"));
    own.chain(of_layer).collect()
}

/// The name of an engine's own parent group: another engine's groups are none of its business.
fn group_name(folder: &Path) -> String {
    format!("daytona-{:016x}", seed(folder))
}

/// A number that tells this engine from others.
fn seed(folder: &Path) -> u64 {
    let mut seed = DefaultHasher::new();
    folder.hash(&mut seed);
    seed.finish()
}

/// Whether the child says that it is prepared; its reason if it says that it is not.
fn hear(engine: &UnixStream) -> Result<bool> {
    let mut line = engine;
    let mut word = [0; LONGEST_REFUSAL];
    match line
        .read(&mut word)
        .context("the sandbox was not prepared in time")?
    {
        0 => Ok(false),
        1 if word[0] == init::GO => Ok(true),
        length => Err(Refusal::decode(&word[..length])),
    }
}

/// This executable in memory, sealed: no sandbox can write to it, and a new version on disk is no harm.
fn guest() -> Result<OwnedFd> {
    use rustix::fs::{SealFlags, fcntl_add_seals};
    let memory = syscall::executable_memfd(c"daytona").context("cannot make a file in memory")?;
    let mut copy = File::from(memory);
    let mut own = File::open("/proc/self/exe").context("cannot open this executable")?;
    std::io::copy(&mut own, &mut copy).context("cannot copy this executable into memory")?;
    fcntl_add_seals(
        &copy,
        SealFlags::WRITE | SealFlags::GROW | SealFlags::SHRINK | SealFlags::SEAL,
    )?;
    Ok(copy.into())
}
