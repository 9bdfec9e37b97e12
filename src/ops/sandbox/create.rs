//! `create` and `create_sandbox`: makes a sandbox and waits until it runs.

use std::time::Duration;

use clap::value_parser;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::Client;
use crate::api::types::{CreateSandbox, Sandbox, SandboxVolume, State, check_name};
use crate::error::{Error, Kind, Result};
use crate::ops::key_values::{self, Pair};
use crate::ops::volume::parse_mount;
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

use super::make::Made;
use super::submit::{for_agent, submit};
use super::view::{called, handle};
use super::{Changed, await_state, pattern, resolve};

/// How long a new sandbox may take to start, unless said otherwise.
pub const TIMEOUT: Duration = Duration::from_mins(1);

/// How long an image may take to be fetched.
pub(super) const PULLING: Duration = Duration::from_mins(30);

/// Create a sandbox
#[derive(Clone, Debug, Default, clap::Args, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Create {
    /// Name of the sandbox [default: chosen by the server]
    #[arg(long)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", description = "")]
    pub name: Option<String>,

    /// Copy this sandbox's settings (not name, files, secrets, TTL); flags override
    #[arg(long, value_name = "SANDBOX", conflicts_with = "template")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", description = "Sandbox to copy settings from")]
    pub like: Option<String>,

    /// Take defaults from this template; flags override
    #[arg(long)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", description = "Saved settings")]
    pub template: Option<String>,

    /// Snapshot to start from [default: the server's]
    #[arg(long)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(
        with = "String",
        description = "A wrong name is answered with all there are"
    )]
    pub snapshot: Option<String>,

    /// Region
    #[arg(long)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", description = "Region")]
    pub target: Option<String>,

    /// Runtime that the local engine runs it with [default: the engine's usual one]
    // Not for models: whoever runs the engine knows what it has.
    #[arg(long, value_name = "NAME")]
    #[serde(skip)]
    pub runtime: Option<String>,

    /// User that commands run as
    #[arg(long)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", description = "User of commands")]
    pub user: Option<String>,

    /// Environment variable of the sandbox (can be repeated)
    #[arg(short, long, value_name = "KEY=VALUE", value_parser = key_values::parse)]
    #[serde(
        default,
        deserialize_with = "key_values::from_map",
        skip_serializing_if = "Vec::is_empty"
    )]
    #[schemars(with = "std::collections::BTreeMap<String, String>", description = "")]
    pub env: Vec<Pair>,

    /// Label (can be repeated)
    #[arg(id = "labels", short = 'l', long = "label", value_name = "KEY=VALUE", value_parser = key_values::parse)]
    #[serde(
        default,
        deserialize_with = "key_values::from_map",
        skip_serializing_if = "Vec::is_empty"
    )]
    #[schemars(with = "std::collections::BTreeMap<String, String>", description = "")]
    pub labels: Vec<Pair>,

    /// Open previews to everybody, without a token
    #[arg(long)]
    #[serde(default)]
    #[schemars(description = "Previews need no token")]
    pub public: bool,

    /// Stop after this many idle minutes; 0 is never
    #[arg(long = "auto-stop", value_name = "MINUTES", value_parser = value_parser!(i64).range(0..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32", description = "Idle minutes; 0 never")]
    pub auto_stop_interval: Option<i64>,

    /// Pause after this many idle minutes; 0 is never
    #[arg(long = "auto-pause", value_name = "MINUTES", value_parser = value_parser!(i64).range(0..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32", description = "Idle minutes")]
    pub auto_pause_interval: Option<i64>,

    /// Archive after this many minutes stopped
    #[arg(long = "auto-archive", value_name = "MINUTES", value_parser = value_parser!(i64).range(0..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32", description = "Minutes stopped")]
    pub auto_archive_interval: Option<i64>,

    /// Delete after this many minutes stopped; 0 is immediately, -1 never
    #[arg(long = "auto-delete", value_name = "MINUTES", allow_negative_numbers = true, value_parser = value_parser!(i64).range(-1..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", description = "Minutes stopped; 0 at once, -1 never")]
    pub auto_delete_interval: Option<i64>,

    /// Delete after this many minutes, whatever the state; 0 is never
    #[arg(long = "ttl", value_name = "MINUTES", value_parser = value_parser!(i64).range(0..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32", description = "Minutes until deleted")]
    pub ttl_minutes: Option<i64>,

    /// CPU cores
    #[arg(long, value_name = "CORES", value_parser = value_parser!(u32).range(1..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32", description = "")]
    pub cpu: Option<u32>,

    /// Memory in GiB
    #[arg(long, value_name = "GIB", value_parser = value_parser!(u32).range(1..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32", description = "GiB")]
    pub memory: Option<u32>,

    /// Disk in GiB
    #[arg(long, value_name = "GIB", value_parser = value_parser!(u32).range(1..))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32", description = "GiB")]
    pub disk: Option<u32>,

    /// Block all network access
    #[arg(long)]
    #[serde(default)]
    #[schemars(description = "")]
    pub network_block_all: bool,

    /// Allow only these networks, comma-separated ADDRESS/BITS
    #[arg(long, value_name = "NETWORKS", conflicts_with = "network_block_all")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", description = "CIDRs by comma")]
    pub network_allow_list: Option<String>,

    /// Allow only these domains, comma-separated; `*.example.com` for subdomains
    #[arg(long, value_name = "NAMES", conflicts_with = "network_block_all")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", description = "By comma")]
    pub domain_allow_list: Option<String>,

    /// Volume to mount, by name or id (can be repeated); SUBPATH is a folder in the volume
    #[arg(id = "volumes", long = "volume", value_name = "NAME:PATH[:SUBPATH]", value_parser = parse_mount)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(description = "")]
    pub volumes: Vec<SandboxVolume>,

    /// Secret to set as an environment variable (can be repeated)
    // Not for models: in a local sandbox the value can be read, and which a model may see is not its own choice.
    #[arg(id = "secrets", long = "secret", value_name = "VARIABLE=NAME", value_parser = key_values::parse)]
    #[serde(skip)]
    pub secrets: Vec<Pair>,

    /// What to build its image of, as the API has it.
    #[arg(skip)]
    #[serde(skip)]
    pub build_info: Option<Value>,
}

/// The `buildInfo` of a Dockerfile. Files of a build context cannot be sent.
pub fn build_info(dockerfile: &str) -> Result<Value> {
    for line in dockerfile.lines() {
        let mut words = line.split_whitespace();
        let word = words.next().unwrap_or_default().to_ascii_uppercase();
        let of_stage = words.any(|word| word.starts_with("--from="));
        if (word == "COPY" || word == "ADD") && !of_stage {
            return Err(Error::usage(format!(
                "--dockerfile: `{}` needs files of a build context, which cannot be sent",
                line.trim()
            ))
            .hint("copy them into the sandbox afterwards: `daytona cp FOLDER SANDBOX:PATH`"));
        }
    }
    Ok(json!({ "dockerfileContent": dockerfile }))
}

/// The request for it: what is asked for, on top of the sandbox or template that is named.
pub async fn planned(ctx: &Ctx, mut create: Create) -> Result<CreateSandbox> {
    if create
        .name
        .as_ref()
        .is_some_and(|name| name.trim().is_empty())
    {
        return Err(Error::usage(
            "the name is empty: leave it out, and the server chooses one",
        ));
    }
    check_name(create.name.as_deref().unwrap_or_default())?;
    if let Some(runtime) = &create.runtime {
        let client = ctx.client().await?;
        client.server_config().await?;
        if !client.is_engine() {
            return Err(Error::new(
                Kind::Unsupported,
                format!(
                    "--runtime {runtime}: this server has no runtimes to choose from, only the local engine has"
                ),
            ));
        }
    }
    let pattern = match (create.like.take(), create.template.take()) {
        (Some(_), Some(_)) => {
            return Err(Error::usage(
                "it can be like a sandbox or from a template, not both",
            ));
        }
        (Some(id), None) => {
            let sandbox = resolve::find(ctx, &id).await?;
            pattern::like(&sandbox)?
        }
        (None, Some(name)) => ctx.templates().get(&name)?.create,
        (None, None) => return Ok(request(create)),
    };
    let asked = request(create);
    let (snapshot, sized) = (asked.snapshot.is_some(), pattern::is_sized(&asked));
    let mut body = pattern::over(asked, pattern)?;
    if pattern::is_sized(&body) {
        // Servers take a size or a snapshot. The default one need not be named, others have their size.
        let client = ctx.client().await?;
        let config = client.server_config().await?;
        if !client.is_engine() && !sized {
            // Only our engine sizes a sandbox of the default one.
            pattern::unsize(&mut body);
        } else if body.snapshot.is_none() {
            return Ok(body);
        } else if !snapshot && body.snapshot.as_ref() == Some(&config.default_snapshot) {
            body.snapshot = None;
        } else if !sized {
            pattern::unsize(&mut body);
        }
    }
    Ok(body)
}

fn request(create: Create) -> CreateSandbox {
    CreateSandbox {
        name: create.name,
        snapshot: create.snapshot,
        runtime: create.runtime,
        user: create.user,
        env: key_values::map(create.env),
        labels: key_values::map(create.labels),
        public: create.public.then_some(true),
        network_block_all: create.network_block_all.then_some(true),
        network_allow_list: create.network_allow_list,
        domain_allow_list: create.domain_allow_list,
        target: create.target,
        cpu: create.cpu,
        memory: create.memory,
        disk: create.disk,
        auto_stop_interval: create.auto_stop_interval,
        auto_pause_interval: create.auto_pause_interval,
        auto_archive_interval: create.auto_archive_interval,
        auto_delete_interval: create.auto_delete_interval,
        ttl_minutes: create.ttl_minutes,
        build_info: create.build_info,
        volumes: (!create.volumes.is_empty()).then_some(create.volumes),
        secrets: (!create.secrets.is_empty()).then(|| {
            let pairs = create.secrets.into_iter();
            pairs.map(|pair| [pair].into()).collect()
        }),
        ..CreateSandbox::default()
    }
}

/// Waits until a new sandbox runs; the time that its image takes to be built or fetched does
/// not count.
pub async fn settle(client: &Client, sandbox: Sandbox, timeout: Duration) -> Result<Sandbox> {
    if sandbox.state == State::Started {
        return Ok(sandbox);
    }
    let of_image = [
        State::PullingSnapshot,
        State::PendingBuild,
        State::BuildingSnapshot,
    ];
    if of_image.contains(&sandbox.state) {
        let timeout = timeout.max(PULLING);
        return await_state(client, &sandbox.id, &State::Started, timeout).await;
    }
    await_state(client, &sandbox.id, &State::Started, timeout).await
}

/// The result as people see it; `like` is the sandbox that was taken over.
pub fn changed(sandbox: Sandbox, like: Option<&str>) -> Changed {
    let (name, state) = (handle(&sandbox), &sandbox.state);
    let like = like.map_or(String::new(), |other| {
        format!(", like `{other}` without its files, secrets and time to live")
    });
    let done = format!(
        "created {}, {state}{like}\nrun something in it: `daytona exec {name} -- COMMAND`",
        called(&sandbox)
    );
    Changed::new(sandbox, done)
}

impl Operation for Create {
    type Output = Changed;

    const TOOL: Option<Tool> = Some(Tool {
        name: "create_sandbox",
        title: "Create sandbox",
        description: "Creates a Linux sandbox and waits until it runs. All arguments are optional. It outlives the session unless \
            ttlMinutes is set.",
        group: Group::Sandbox,
        default: true,
        effect: Effect::Adds,
        on: On::NewSandbox,
        open_world: true,
    });

    async fn run(self, ctx: &Ctx) -> Result<Changed> {
        let like = self.like.clone();
        let Made { sandbox, notes } = if let Some(session) = ctx.session() {
            for_agent(ctx, session, self).await?
        } else {
            let made = submit(ctx, self).await?;
            let sandbox = settle(&*ctx.client().await?, made.sandbox, TIMEOUT).await?;
            Made { sandbox, ..made }
        };
        Ok(Changed {
            notes,
            ..changed(sandbox, like.as_deref())
        })
    }
}
