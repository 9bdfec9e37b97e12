//! Making a sandbox: what may be asked for, what is filled in, and the steps until it runs.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use uuid::Uuid;

use crate::api::types::{CreateSandbox, Sandbox, State, check_name};
use crate::engine::clock::MINUTE;
use crate::engine::random;
use crate::engine::runtime::contract::{Runtime, lacks};
use crate::engine::store::{Change, Row};
use crate::error::{Error, Kind, Result};

use super::dockerfile::{Recipe, built_from};
use super::name;
use super::network::{Reach, check_reach};
use super::official::is_region;
use super::settings::{check_interval, check_timer, check_ttl};
use super::snapshot::Source;
use super::trash::Fate;
use super::{Interval, PATIENCE, REGION, Service, for_a_while, layers};

impl Service {
    /// Makes a sandbox and waits until it runs.
    pub(crate) async fn create(&self, request: CreateSandbox) -> Result<Sandbox> {
        let supported = Supported::check(&request)?;
        let runtime = Arc::clone(self.chosen_runtime(request.runtime.as_deref())?);
        check_sizes(&*runtime, request.cpu, request.memory)?;
        check_reach(&supported.network, &*runtime)?;
        check_timer(&*runtime, Interval::Pause, request.auto_pause_interval)?;
        check_timer(&*runtime, Interval::Archive, request.auto_archive_interval)?;
        if request
            .volumes
            .as_ref()
            .is_some_and(|volumes| !volumes.is_empty())
        {
            runtime
                .volumes()
                .ok_or_else(|| lacks(runtime.name(), "mount volumes"))?;
        }
        self.make_room().await?;
        let id = Uuid::new_v4().to_string();
        let (service, new) = (self.clone(), id.clone());
        let created = for_a_while(async move {
            let _kept = service.keep_layers().await;
            let snapshot = request.snapshot.clone().unwrap_or_default();
            let recipe = request.build_info.as_ref().map(Recipe::of).transpose()?;
            let source = match &recipe {
                Some(recipe) => service.at_hand(recipe).await?,
                None => service.source(&snapshot).await?,
            };
            let there = source.is_some();
            let usual = service.usual_runtime().name();
            let has_image = match &source {
                Some(source) => source.runtime.as_deref(),
                None => Some(usual),
            };
            if let Some(other) = has_image.filter(|name| *name != runtime.name()) {
                return Err(Error::new(
                    Kind::Unsupported,
                    format!(
                        "that snapshot or image is kept by the runtime {other}: a sandbox with the runtime {} cannot start from it",
                        runtime.name()
                    ),
                ));
            }
            let source = source.unwrap_or_else(|| {
                Source::to_come(
                    recipe
                        .as_ref()
                        .map_or(snapshot, |recipe| recipe.from.clone()),
                )
            });
            let (volumes, secrets) = (request.volumes.clone(), request.secrets.clone());
            let chosen = filled(request.name.clone()).is_some();
            let mut row = service.plan(new, request, &supported, source, &*runtime)?;
            row.volumes = service.resolve_volumes(volumes.unwrap_or_default()).await?;
            row.secrets = service.resolve_secrets(secrets.unwrap_or_default()).await?;
            let turn = service.reserve(&row.id)?;
            if !there {
                row.state = match recipe {
                    Some(_) => State::PendingBuild,
                    None => State::PullingSnapshot,
                };
            }
            service.add_named(&mut row, chosen).await?;
            match recipe.filter(|_| !there) {
                Some(recipe) => {
                    // Whoever asked follows what comes of it.
                    let begun = service.view(row.clone());
                    let builder = service.clone();
                    tokio::spawn(async move {
                        let _turn = turn;
                        builder.build(row, recipe).await;
                    });
                    return Ok(begun);
                }
                None if !there => row = service.pull_for(row).await?,
                None => {}
            }
            let _turn = turn;
            let row = service.boot(row, false).await?;
            Ok(service.view(row))
        });
        match created.await? {
            Some(sandbox) => Ok(sandbox),
            None => self.get(&id).await,
        }
    }

    /// Pulls the image that a short name stands for. Where that fails while somebody waits there is no
    /// sandbox; later, it says why. What a registry says is never our own status: who is told 401, 404, 429
    /// or 503 looks for the fault at the wrong end.
    async fn pull_for(&self, row: Row) -> Result<Row> {
        let begun = Instant::now();
        let source = match self.pulled(&row.snapshot).await {
            Ok(source) => source,
            Err(error) if begun.elapsed() < PATIENCE => {
                self.destroy(row, Fate::Gone).await?;
                let hints = error.hints().iter().cloned();
                return Err(hints.fold(Error::usage(error.text()), Error::hint));
            }
            Err(error) => {
                let change = Change::to(State::Error, State::Started).why(Some(error.text()));
                self.step(&row.id, change).await?;
                return Err(error);
            }
        };
        let image = layers::text(&source.image)?;
        let store = &self.0.store;
        store.set_image(&row.id, image).await?;
        store.set_sizes(&row.id, source.sizes, self.now()).await?;
        let change = Change::to(State::Creating, State::Started);
        self.step(&row.id, change).await
    }

    fn plan(
        &self,
        id: String,
        request: CreateSandbox,
        supported: &Supported,
        source: Source,
        runtime: &dyn Runtime,
    ) -> Result<Row> {
        let now = self.0.clock.now();
        let (cpu, memory, disk) = source.sizes;
        let size = |asked: Option<u32>, usual| asked.filter(|size| *size > 0).unwrap_or(usual);
        Ok(Row {
            name: filled(request.name).unwrap_or_else(name::random),
            id,
            state: State::Creating,
            desired_state: State::Started,
            error_reason: None,
            recoverable: false,
            snapshot: source.name,
            build_info: (request.build_info.as_ref()).and_then(|info| built_from(info, now)),
            target: REGION.to_owned(),
            user: USER.to_owned(),
            env: request.env.unwrap_or_default(),
            labels: request.labels.unwrap_or_default(),
            public: request.public.unwrap_or_default(),
            network_block_all: supported.network.block_all,
            network_allow_list: supported.network.networks.clone(),
            domain_allow_list: supported.network.domains.clone(),
            cpu: size(request.cpu, cpu),
            memory: size(request.memory, memory),
            disk: size(request.disk, disk),
            auto_stop: supported.auto_stop,
            auto_pause: supported.auto_pause,
            // What cannot be archived has no such timer.
            auto_archive: (runtime.archives()).map_or(0, |_| supported.auto_archive),
            auto_delete: supported.auto_delete,
            auto_destroy_at: supported.ttl.map(|minutes| now + minutes * MINUTE),
            created_at: now,
            updated_at: now,
            last_activity_at: now,
            state_changed_at: now,
            auth_token: random::hex(16)?,
            runtime: runtime.name().to_owned(),
            handle: None,
            image: layers::text(&source.image)?,
            parent_id: None,
            volumes: Vec::new(),
            secrets: BTreeMap::new(),
        })
    }
}

impl Service {
    /// Takes up a disk that the database does not know, because that was lost: its files can be had back.
    pub(super) async fn take_up(&self, runtime: &dyn Runtime, id: String) -> Result<()> {
        let request = CreateSandbox {
            // Found again by this, and deleted by nobody but its owner.
            labels: Some(BTreeMap::from([(FOUND.to_owned(), "true".to_owned())])),
            ..CreateSandbox::default()
        };
        let supported = Supported::check(&request)?;
        let source = self.source(super::SNAPSHOT).await?;
        let source = source.unwrap_or_else(|| Source::to_come(super::SNAPSHOT.to_owned()));
        runtime.abandon(&id).await?;
        let mut row = self.plan(id, request, &supported, source, runtime)?;
        (row.state, row.desired_state) = (State::Error, State::Error);
        row.recoverable = true;
        row.auto_archive = 0;
        row.error_reason = Some(
            "the engine's database was lost; the files of this sandbox were found, but not its name, \
             settings, volumes and secrets: recover it, or delete it"
                .to_owned(),
        );
        self.add(row).await.map(drop)
    }
}

/// Refuses what this machine does not have: a limit that cannot be reached is none.
pub(super) fn check_sizes(
    runtime: &dyn Runtime,
    cpu: Option<u32>,
    memory: Option<u32>,
) -> Result<()> {
    let most = runtime.capacity();
    for (name, unit, asked, most) in [
        ("CPU", "", cpu, most.cpu),
        ("Memory", " GiB", memory, most.memory),
    ] {
        if let Some(asked) = asked.filter(|asked| *asked > most) {
            return Err(Error::usage(format!(
                "{name} request {asked}{unit} exceeds maximum allowed per sandbox ({most}{unit}: all of this machine)"
            )));
        }
    }
    Ok(())
}

/// The label of sandboxes that were found on the disk.
const FOUND: &str = "daytona.io/found";
/// The only user of sandboxes here.
const USER: &str = "daytona";
/// The most bytes of environment variables: programs are started with them.
pub(super) const LONGEST_ENV: usize = 64 << 10;

/// The timers of a request that passed every check.
struct Supported {
    auto_stop: i64,
    auto_pause: i64,
    auto_archive: i64,
    auto_delete: i64,
    ttl: Option<i64>,
    network: Reach,
}

impl Supported {
    fn check(request: &CreateSandbox) -> Result<Self> {
        check_name(request.name.as_deref().unwrap_or_default())?;
        check_env(request.env.as_ref())?;
        if let Some(user) = filled(request.user.clone())
            && user != USER
        {
            return Err(Error::usage(format!(
                "the local engine runs everything as {USER}, not as {user}"
            )));
        }
        check_source(request)?;
        check_place(request.target.as_deref(), request.gpu)?;
        let pause = request.auto_pause_interval.unwrap_or_default();
        if pause != 0 && request.auto_stop_interval.is_some_and(|stop| stop != 0) {
            return Err(Error::usage(
                "Auto-stop and auto-pause intervals cannot both be non-zero",
            ));
        }
        // Who asks for a pause does not want the usual stop to come first.
        let usual = if pause == 0 { 15 } else { 0 };
        let auto_stop = request.auto_stop_interval.unwrap_or(usual);
        let auto_archive = request.auto_archive_interval.unwrap_or(10_080);
        let auto_delete = request.auto_delete_interval.unwrap_or(-1);
        Ok(Self {
            auto_stop: check_interval(Interval::Stop, auto_stop)?,
            auto_pause: check_interval(Interval::Pause, pause)?,
            auto_archive: check_interval(Interval::Archive, auto_archive)?,
            auto_delete: check_interval(Interval::Delete, auto_delete)?,
            network: Reach::of(request)?,
            ttl: check_ttl(request.ttl_minutes.unwrap_or_default())?,
        })
    }
}

fn check_source(request: &CreateSandbox) -> Result<()> {
    let snapshot = request.snapshot.as_deref().unwrap_or_default();
    if let Some(info) = &request.build_info {
        if !snapshot.is_empty() {
            return Err(Error::usage(
                "Cannot specify a snapshot when using a build info entry",
            ));
        }
        return Recipe::of(info).map(drop);
    }
    if snapshot.is_empty() {
        return Ok(());
    }
    if [request.cpu, request.memory, request.disk, request.gpu]
        .iter()
        .any(Option::is_some)
    {
        return Err(Error::usage(
            "Cannot specify Sandbox resources when using a snapshot",
        ));
    }
    Ok(())
}

/// Refuses what this machine is not: another region, or one whose GPUs sandboxes could have.
pub(super) fn check_place(region: Option<&str>, gpu: Option<u32>) -> Result<()> {
    if region.is_some_and(|region| !region.is_empty() && !is_region(region)) {
        return Err(Error::new(Kind::NotFound, "Region not found"));
    }
    if gpu.is_some_and(|gpu| gpu > 0) {
        return Err(Error::usage(
            "The local engine gives sandboxes no GPUs: its isolation passes no devices on",
        ));
    }
    Ok(())
}

pub(super) fn check_env(env: Option<&BTreeMap<String, String>>) -> Result<()> {
    for (key, value) in env.into_iter().flatten() {
        if key.is_empty() || key.contains(['=', '\0']) || value.contains('\0') {
            return Err(Error::usage(format!(
                "env contains a variable that no process can have: {key:?}"
            )));
        }
    }
    let bytes: usize = env
        .into_iter()
        .flatten()
        .map(|(key, value)| key.len() + value.len() + 2)
        .sum();
    if bytes > LONGEST_ENV {
        return Err(Error::usage(format!(
            "env holds {bytes} bytes; at most {LONGEST_ENV} are possible"
        )));
    }
    Ok(())
}

fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}
