//! `GET /system/metrics`: what the sandbox uses, counted from its own processes.

use std::fs;
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use std::sync::Arc;

use crate::api::types::SystemMetrics;

use super::failure::{Answer, Failure};
use super::http::Toolbox;
use crate::guest::memory;

/// How long the use of the processor is looked at.
const SAMPLE: Duration = Duration::from_millis(100);

pub(super) async fn metrics(State(toolbox): State<Arc<Toolbox>>) -> Answer<Json<SystemMetrics>> {
    let (before, begun) = (ticks(), Instant::now());
    tokio::time::sleep(SAMPLE).await;
    let used = ticks().saturating_sub(before);
    let seconds = begun.elapsed().as_secs_f64();
    let cpus = std::thread::available_parallelism().map_or(1, usize::from);
    let disk = rustix::fs::statvfs("/")
        .map_err(|error| Failure::internal("cannot look at the disk", error))?;
    let info = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let limit = memory::limit_of_group().or(toolbox.memory);
    let machine = field(&info, "MemTotal:");
    let total = limit.map_or(machine, |limit| limit.min(machine));
    let now = Timestamp::now();
    #[expect(clippy::cast_precision_loss, reason = "a percentage")]
    let share = used as f64 / rustix::param::clock_ticks_per_second() as f64 / seconds;
    #[expect(clippy::cast_precision_loss, reason = "few processors")]
    let cpu_used_pct = (share / cpus as f64 * 100.0).min(100.0);
    Ok(Json(SystemMetrics {
        cpu_count: cpus as u64,
        cpu_used_pct,
        mem_total: total,
        mem_used: memory::used().min(total),
        mem_cache: 0,
        disk_total: disk.f_blocks * disk.f_frsize,
        disk_used: (disk.f_blocks - disk.f_bfree) * disk.f_frsize,
        disk_free: disk.f_bavail * disk.f_frsize,
        timestamp: now.to_string(),
        timestamp_unix: now.as_second(),
    }))
}

/// The time that all processes have had, in ticks of the clock.
fn ticks() -> u64 {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            entry.file_name().to_str()?.parse::<u32>().ok()?;
            let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
            let (_, rest) = stat.rsplit_once(") ")?;
            // From the third field on: the 14th and the 15th.
            let times = rest.split(' ').skip(11).take(2);
            Some(
                times
                    .filter_map(|time| time.parse::<u64>().ok())
                    .sum::<u64>(),
            )
        })
        .sum()
}

/// A field of /proc/meminfo, in bytes.
fn field(info: &str, name: &str) -> u64 {
    let line = info.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok());
    kilobytes.unwrap_or(0_u64) * 1024
}
