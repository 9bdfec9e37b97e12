//! A stored sandbox as the wire shows it.

use crate::api::types::{RuntimeReport, Sandbox, State};
use crate::engine::clock::stamp;
use crate::engine::store::Row;

/// The organization of everything in the engine.
pub(crate) const ORGANIZATION: &str = "00000000-0000-4000-8000-000000000001";

/// The whole object, but for the address of its toolbox, which depends on who asks.
pub(super) fn sandbox(
    row: Row,
    report: Option<RuntimeReport>,
    unreachable: Option<String>,
) -> Sandbox {
    let report = report.map(|report| RuntimeReport {
        unreachable,
        ..report
    });
    Sandbox {
        id: row.id,
        organization_id: ORGANIZATION.to_owned(),
        name: row.name,
        target: row.target,
        snapshot: Some(row.snapshot),
        user: row.user,
        env: row.env,
        labels: row.labels,
        public: row.public,
        network_block_all: row.network_block_all,
        network_allow_list: row.network_allow_list,
        domain_allow_list: row.domain_allow_list,
        cpu: row.cpu.into(),
        gpu: 0,
        memory: row.memory.into(),
        disk: row.disk.into(),
        desired_state: Some(row.desired_state),
        error_reason: row.error_reason,
        recoverable: Some(row.recoverable),
        auto_stop_interval: Some(row.auto_stop),
        auto_pause_interval: Some(row.auto_pause),
        auto_archive_interval: Some(row.auto_archive),
        auto_delete_interval: Some(row.auto_delete),
        stopped_at: (row.state == State::Stopped).then(|| stamp(row.state_changed_at)),
        state: row.state,
        auto_destroy_at: row.auto_destroy_at.map(stamp),
        created_at: Some(stamp(row.created_at)),
        updated_at: Some(stamp(row.updated_at)),
        last_activity_at: Some(stamp(row.last_activity_at)),
        sandbox_class: Some("container".to_owned()),
        daemon_version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        runtime: report,
        volumes: row.volumes,
        build_info: row
            .build_info
            .and_then(|info| serde_json::from_str(&info).ok()),
        ..Sandbox::default()
    }
}
