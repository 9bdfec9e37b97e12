//! What this host can isolate and limit, for people who have no engine yet, and the proof: a trial sandbox.

use std::path::Path;
use std::time::Duration;

use crate::api::types::RuntimeReport;
use crate::engine::runtime::contract::{Image, Runtime as _, Spec};
use crate::error::{Context as _, Kind, Result};

use super::cgroup::Cgroups;
use super::quota::Quotas;
use super::{Namespace, network, report, unit};

impl Namespace {
    /// What this host can isolate and limit, without starting anything.
    pub fn survey(folder: &Path) -> RuntimeReport {
        let cgroups = Cgroups::find("daytona-survey", &unit::enter());
        cgroups.leave();
        report(&cgroups, &Quotas::find(folder), network::survey())
    }

    /// Makes, runs and removes one sandbox beside the engine's, in `folder`; how long that took.
    pub async fn trial(folder: &Path) -> Result<Duration> {
        let failed = || "cannot make a folder for the trial".to_owned();
        std::fs::create_dir_all(folder).context(Kind::Other, failed)?;
        let place = tempfile::Builder::new()
            .prefix("trial-")
            .tempdir_in(folder)
            .context(Kind::Other, failed)?;
        let runtime = Self::start(place.path(), &place.path().join("images.json"))?;
        let spec = Spec {
            id: uuid::Uuid::new_v4().to_string(),
            hostname: "trial".to_owned(),
            image: Image::default(),
            env: std::collections::BTreeMap::new(),
            cpu: 1,
            memory: 1,
            disk: 1,
            mounts: Vec::new(),
        };
        let begun = std::time::Instant::now();
        let handle = runtime.create(&spec).await?;
        let released = runtime.start(&spec.id, &handle).await;
        runtime.stop(&spec.id, &handle, Duration::ZERO).await?;
        released?;
        runtime.remove(&spec.id).await?;
        Ok(begun.elapsed())
    }
}
