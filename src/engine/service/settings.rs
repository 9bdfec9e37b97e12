//! What can be set on a sandbox in any state: labels, visibility, timers.

use std::collections::BTreeMap;

use crate::api::types::Sandbox;
use crate::engine::clock::MINUTE;
use crate::engine::runtime::contract::{Runtime, lacks};
use crate::engine::store::Row;
use crate::error::{Error, Result};

use super::{Interval, MAX_ARCHIVE, Service, not_found};

/// Four thousand years: beyond it, times could not be shown.
const MAX_MINUTES: i64 = i32::MAX as i64;

impl Service {
    /// Replaces all labels.
    pub(crate) async fn set_labels(
        &self,
        id_or_name: &str,
        labels: BTreeMap<String, String>,
    ) -> Result<Sandbox> {
        let row = self.find(id_or_name).await?;
        let changed = self.0.store.set_labels(&row.id, labels, self.now()).await;
        self.changed(id_or_name, changed)
    }

    /// Sets whether previews need no token.
    pub(crate) async fn set_public(&self, id_or_name: &str, public: bool) -> Result<Sandbox> {
        let row = self.find(id_or_name).await?;
        let changed = self.0.store.set_public(&row.id, public, self.now()).await;
        self.changed(id_or_name, changed)
    }

    /// Sets one timer, in minutes.
    pub(crate) async fn set_interval(
        &self,
        id_or_name: &str,
        interval: Interval,
        minutes: i64,
    ) -> Result<Sandbox> {
        let minutes = check_interval(interval, minutes)?;
        let row = self.find(id_or_name).await?;
        check_timer(&**self.runtime_of(&row)?, interval, Some(minutes))?;
        let other = match interval {
            Interval::Stop => row.auto_pause,
            Interval::Pause => row.auto_stop,
            Interval::Archive | Interval::Delete => 0,
        };
        if minutes > 0 && other > 0 {
            return Err(Error::usage(
                "Auto-stop and auto-pause intervals cannot both be non-zero",
            ));
        }
        let changed = self
            .0
            .store
            .set_interval(&row.id, interval, minutes, self.now())
            .await;
        self.changed(id_or_name, changed)
    }

    /// Sets in how many minutes from now the sandbox is deleted whatever its state; 0 is never.
    pub(crate) async fn set_ttl(&self, id_or_name: &str, minutes: i64) -> Result<Sandbox> {
        let minutes = check_ttl(minutes)?;
        let row = self.find(id_or_name).await?;
        let now = self.now();
        let at = minutes.map(|minutes| now + minutes * MINUTE);
        let changed = self.0.store.set_destroy_at(&row.id, at, now).await;
        self.changed(id_or_name, changed)
    }

    fn changed(&self, id_or_name: &str, row: Result<Option<Row>>) -> Result<Sandbox> {
        let row = row?.ok_or_else(|| not_found(id_or_name))?;
        Ok(self.view(row))
    }
}

/// Refuses a timer for what a runtime cannot do.
pub(super) fn check_timer(
    runtime: &dyn Runtime,
    interval: Interval,
    minutes: Option<i64>,
) -> Result<()> {
    let (able, operation) = match interval {
        Interval::Pause => (runtime.pauses().is_some(), "halt sandboxes that run"),
        Interval::Archive => (runtime.archives().is_some(), "archive sandboxes"),
        Interval::Stop | Interval::Delete => return Ok(()),
    };
    if able || minutes.is_none_or(|minutes| minutes == 0) {
        return Ok(());
    }
    Err(lacks(runtime.name(), operation))
}

/// The interval as it is stored, or why it is refused.
pub(super) fn check_interval(interval: Interval, minutes: i64) -> Result<i64> {
    let (name, least) = match interval {
        Interval::Stop => ("Auto-stop", 0),
        Interval::Pause => ("Auto-pause", 0),
        Interval::Archive => ("Auto-archive", 0),
        Interval::Delete => ("Auto-delete", -1),
    };
    if minutes < least {
        return Err(Error::usage(if least == 0 {
            format!("{name} interval must be non-negative")
        } else {
            format!("{name} interval must be -1 or greater")
        }));
    }
    match interval {
        Interval::Archive if minutes == 0 || minutes > MAX_ARCHIVE => Ok(MAX_ARCHIVE),
        _ if minutes > MAX_MINUTES => Err(Error::usage(format!(
            "{name} interval must not be greater than {MAX_MINUTES}"
        ))),
        _ => Ok(minutes),
    }
}

/// The time to live as it is stored: none for 0.
pub(super) fn check_ttl(minutes: i64) -> Result<Option<i64>> {
    match minutes {
        0 => Ok(None),
        1..=MAX_MINUTES => Ok(Some(minutes)),
        ..0 => Err(Error::usage("TTL minutes must be non-negative")),
        _ => Err(Error::usage(format!(
            "TTL minutes must not be greater than {MAX_MINUTES}"
        ))),
    }
}
