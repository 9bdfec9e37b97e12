//! Makes sandboxes run: disk, socket and groups ready, cloned by a zygote, then released.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::hash::{Hash as _, Hasher as _};
use std::io::{Read as _, Write as _};
use std::os::fd::{AsFd as _, AsRawFd as _, OwnedFd};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use rustix::process::{Signal, WaitId, WaitIdOptions, waitid};

use super::super::contract::Spec;
use super::cgroup::{self, Cgroups, Sizes};
use super::network::Networks;
use super::plan::{Launch, Volume};
use super::process::{self, Handle};
use super::zygote::{Gone, Zygotes};
use super::{archive, child, disk, host_layer, identity, image, layers, syscall, unit};

/// The most processes and threads of one sandbox.
pub(super) const PROCESSES: u64 = 1024;
/// How long a clone may take to prepare itself, and the agent to begin.
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
    pub(super) networks: Arc<Networks>,
    layer: String,
    binds: Vec<String>,
    outside: (u32, u32),
    launched: Mutex<HashMap<String, UnixStream>>,
}

impl Launcher {
    pub(super) fn start(folder: &Path, images: &Path) -> Result<Self> {
        disk::prepare(folder)?;
        image::sweep(&folder.join(disk::LAYERS));
        let layer = host_layer::ensure(&folder.join(disk::LAYERS))?;
        let cgroups = Cgroups::find(&group_name(folder), &unit::enter());
        cgroups.sweep();
        let place = process::place(folder)?;
        let opened = File::open(folder).context("cannot open the runtime's folder")?;
        let zygotes = Zygotes::start(ZYGOTES, opened.try_clone()?.into(), agent()?)?;
        Ok(Self {
            folder: folder.to_owned(),
            images: images.to_owned(),
            opened,
            zygotes,
            cgroups,
            networks: Arc::new(Networks::find(folder.join(disk::NETWORKS), place.clone())),
            place,
            layer,
            binds: host_layer::binds(),
            outside: identity::outside(),
            launched: Mutex::default(),
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
            env: spec
                .image
                .env
                .iter()
                .filter(|(name, _)| !spec.env.contains_key(*name))
                .chain(&spec.env)
                .map(|(name, value)| format!("{name}={value}"))
                .collect(),
            outside: self.outside,
            cgroups: cgroups.clone(),
            unified,
            watched_memory: (!self.cgroups.limit("memory")).then(|| u64::from(spec.memory) << 30),
            processes: PROCESSES,
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
            Ok((pid, engine)) => {
                self.launched().insert(spec.id.clone(), engine);
                Ok(serde_json::to_string(&Handle::of(
                    pid,
                    cgroups,
                    &self.place,
                ))?)
            }
            Err(error) => {
                cgroup::remove(&cgroups);
                Err(error)
            }
        }
    }

    /// A first process that waits for its release, and the line to it.
    fn prepare(&self, launch: &Launch, listener: &OwnedFd) -> Result<(i32, UnixStream)> {
        let (engine, theirs) = UnixStream::pair()?;
        engine.set_read_timeout(Some(PREPARE))?;
        let cloned = self.zygotes.clone(launch, listener.as_fd(), theirs.as_fd());
        drop(theirs);
        let (pid, pidfd) = cloned?;
        match hear(&engine) {
            Ok(true) => Ok((pid, engine)),
            heard => {
                process::signal(&pidfd, Signal::KILL);
                reap(&pidfd);
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
        if spec.image.layers.is_empty() {
            disk::make(&self.folder, &spec.id, std::slice::from_ref(&self.layer))
        } else {
            disk::make(&self.folder, &spec.id, &spec.image.layers)
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
            .write_all(&[child::GO])
            .context("the sandbox ended before it began")?;
        // The line closes when the agent takes over; before that it carries only the reason why not.
        let mut reason = String::new();
        engine
            .read_to_string(&mut reason)
            .context("the sandbox's agent did not begin in time")?;
        if reason.is_empty() {
            Ok(())
        } else {
            bail!(reason)
        }
    }

    pub(super) fn launched(&self) -> MutexGuard<'_, HashMap<String, UnixStream>> {
        self.launched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The agent's listener. Reached through a descriptor: the path may be longer than sockets allow.
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

/// The name of an engine's own parent group: another engine's groups are none of its business.
fn group_name(folder: &Path) -> String {
    let mut name = DefaultHasher::new();
    folder.hash(&mut name);
    format!("daytona-{:016x}", name.finish())
}

/// Whether the child says that it is prepared; its reason if it says that it is not.
fn hear(engine: &UnixStream) -> Result<bool> {
    let mut line = engine;
    let mut word = [0; 2048];
    match line
        .read(&mut word)
        .context("the sandbox was not prepared in time")?
    {
        0 => Ok(false),
        1 if word[0] == child::GO => Ok(true),
        length => bail!("{}", String::from_utf8_lossy(&word[..length])),
    }
}

fn reap(pidfd: &OwnedFd) {
    let _ = waitid(WaitId::PidFd(pidfd.as_fd()), WaitIdOptions::EXITED);
}

/// This executable in memory, sealed: no sandbox can write to it, and a new version on disk is no harm.
fn agent() -> Result<OwnedFd> {
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
