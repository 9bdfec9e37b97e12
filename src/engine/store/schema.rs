//! The tables, and the steps by which an older database becomes today's. Steps are only ever added.

use std::time::Duration;

use rusqlite::Connection;

use crate::error::{Context, Error, Kind, Result};

/// Step `n` brings `user_version` from `n` to `n + 1`.
const STEPS: &[&str] = &[
    "
CREATE TABLE sandboxes (
    id                TEXT PRIMARY KEY NOT NULL,
    name              TEXT NOT NULL UNIQUE,
    state             TEXT NOT NULL,
    desired_state     TEXT NOT NULL,
    error_reason      TEXT,
    recoverable       INTEGER NOT NULL,
    snapshot          TEXT NOT NULL,
    target            TEXT NOT NULL,
    os_user           TEXT NOT NULL,
    env               TEXT NOT NULL,
    labels            TEXT NOT NULL,
    public            INTEGER NOT NULL,
    network_block_all INTEGER NOT NULL,
    cpu               INTEGER NOT NULL,
    memory            INTEGER NOT NULL,
    disk              INTEGER NOT NULL,
    auto_stop         INTEGER NOT NULL,
    auto_pause        INTEGER NOT NULL,
    auto_archive      INTEGER NOT NULL,
    auto_delete       INTEGER NOT NULL,
    auto_destroy_at   INTEGER,
    created_at        INTEGER NOT NULL,
    updated_at        INTEGER NOT NULL,
    last_activity_at  INTEGER NOT NULL,
    state_changed_at  INTEGER NOT NULL,
    auth_token        TEXT NOT NULL,
    runtime           TEXT NOT NULL,
    handle            TEXT
) STRICT;
CREATE INDEX sandboxes_by_activity ON sandboxes (last_activity_at, id);
CREATE INDEX sandboxes_by_age ON sandboxes (created_at, id);

-- The same labels as sandboxes.labels, where they can be searched.
CREATE TABLE sandbox_labels (
    sandbox_id TEXT NOT NULL REFERENCES sandboxes (id) ON DELETE CASCADE,
    key        TEXT NOT NULL,
    value      TEXT NOT NULL,
    PRIMARY KEY (key, value, sandbox_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sandbox_labels_by_sandbox ON sandbox_labels (sandbox_id);

CREATE TABLE facts (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
",
    "
CREATE TABLE preview_tokens (
    token      TEXT PRIMARY KEY NOT NULL,
    sandbox_id TEXT NOT NULL REFERENCES sandboxes (id) ON DELETE CASCADE,
    port       INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX preview_tokens_by_sandbox ON preview_tokens (sandbox_id);
CREATE INDEX preview_tokens_by_expiry ON preview_tokens (expires_at);

CREATE TABLE signing_keys (
    sandbox_id TEXT PRIMARY KEY NOT NULL REFERENCES sandboxes (id) ON DELETE CASCADE,
    key        TEXT NOT NULL
) STRICT, WITHOUT ROWID;
",
    "
-- The root file system that a sandbox was made from, in the runtime's words; none for the host's own.
ALTER TABLE sandboxes ADD COLUMN image TEXT;
-- The sandbox that it was forked from, while that is there.
ALTER TABLE sandboxes ADD COLUMN parent_id TEXT REFERENCES sandboxes (id) ON DELETE SET NULL;
CREATE INDEX sandboxes_by_parent ON sandboxes (parent_id);

CREATE TABLE snapshots (
    id                TEXT PRIMARY KEY NOT NULL,
    name              TEXT NOT NULL UNIQUE,
    state             TEXT NOT NULL,
    error_reason      TEXT,
    image_name        TEXT,
    image             TEXT,
    entrypoint        TEXT,
    cpu               INTEGER NOT NULL,
    memory            INTEGER NOT NULL,
    disk              INTEGER NOT NULL,
    source_sandbox_id TEXT,
    runtime           TEXT NOT NULL,
    created_at        INTEGER NOT NULL,
    updated_at        INTEGER NOT NULL,
    last_used_at      INTEGER
) STRICT;
",
    "
CREATE TABLE volumes (
    id           TEXT PRIMARY KEY NOT NULL,
    name         TEXT NOT NULL UNIQUE,
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER,
    -- Set before its files go: what was cut off is finished at the next start.
    deleting     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (
    name         TEXT PRIMARY KEY NOT NULL,
    hash         BLOB NOT NULL UNIQUE,
    masked       TEXT NOT NULL,
    permissions  TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER,
    expires_at   INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE secrets (
    id          TEXT PRIMARY KEY NOT NULL,
    name        TEXT NOT NULL UNIQUE,
    value       TEXT NOT NULL,
    description TEXT,
    hosts       TEXT NOT NULL,
    placeholder TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- As on the wire: [{volumeId, mountPath, subpath}]; and which variable is which secret: {NAME: id}.
ALTER TABLE sandboxes ADD COLUMN volumes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE sandboxes ADD COLUMN secrets TEXT NOT NULL DEFAULT '{}';
",
    "
-- As on the wire: networks and names by comma.
ALTER TABLE sandboxes ADD COLUMN network_allow_list TEXT;
ALTER TABLE sandboxes ADD COLUMN domain_allow_list TEXT;
",
    "
-- The address of the loopback at which a port of a sandbox is served, as a number.
CREATE TABLE preview_addresses (
    address    INTEGER PRIMARY KEY NOT NULL,
    sandbox_id TEXT NOT NULL REFERENCES sandboxes (id) ON DELETE CASCADE,
    port       INTEGER NOT NULL,
    UNIQUE (sandbox_id, port)
) STRICT;
",
    "
-- What registries gave for references: in the runtime's words, and when they were last asked.
CREATE TABLE images (
    reference  TEXT PRIMARY KEY NOT NULL,
    image      TEXT NOT NULL,
    checked_at INTEGER NOT NULL,
    used_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- As on the wire: what it was built from.
ALTER TABLE sandboxes ADD COLUMN build_info TEXT;
ALTER TABLE snapshots ADD COLUMN build_info TEXT;
",
    "
-- Deleted sandboxes whose disks are kept for a while: all of the row as JSON, and what it is made from once more,
-- where it can be searched. The bytes are what it has written, once that is known.
CREATE TABLE trash (
    id         TEXT PRIMARY KEY NOT NULL,
    name       TEXT NOT NULL,
    sandbox    TEXT NOT NULL,
    image      TEXT,
    deleted_at INTEGER NOT NULL,
    bytes      INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX trash_by_age ON trash (deleted_at, id);
",
];

/// Sets the connection up and takes the missing steps. True where the database was empty.
pub(super) fn prepare(connection: &mut Connection) -> Result<bool> {
    let version = set_up(connection).context(Kind::Other, || {
        "cannot read the engine's database".to_owned()
    })?;
    let Some(missing) = STEPS.get(version..) else {
        return Err(Error::new(
            Kind::Conflict,
            "the engine's database was written by a newer version of daytona",
        )
        .hint("install that version again"));
    };
    for (step, next) in missing.iter().zip(version + 1..) {
        migrate(connection, step, next).context(Kind::Other, || {
            format!("cannot bring the engine's database to version {next}")
        })?;
    }
    Ok(version == 0)
}

fn set_up(connection: &Connection) -> rusqlite::Result<usize> {
    connection.busy_timeout(Duration::from_secs(5))?;
    // WAL with NORMAL: a killed engine loses nothing; no flush to the disk for each change.
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(version as usize)
}

fn migrate(connection: &mut Connection, step: &str, next: usize) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    transaction.execute_batch(step)?;
    transaction.pragma_update(
        None,
        "user_version",
        u32::try_from(next).unwrap_or(u32::MAX),
    )?;
    transaction.commit()
}

#[cfg(test)]
#[path = "migration_tests.rs"]
mod migration_tests;

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use crate::error::Kind;

    use super::{STEPS, migrate, prepare};

    #[test]
    fn a_database_is_made_once_and_a_newer_one_is_refused() {
        let mut connection = Connection::open_in_memory().expect("memory");
        assert!(prepare(&mut connection).expect("made"));
        assert!(!prepare(&mut connection).expect("there"));
        let newer = u32::try_from(STEPS.len()).expect("few") + 1;
        connection
            .pragma_update(None, "user_version", newer)
            .expect("version");
        let error = prepare(&mut connection).expect_err("newer");
        assert_eq!(error.kind(), Kind::Conflict);
    }

    #[test]
    fn a_step_that_fails_leaves_the_database_as_it_was() {
        let mut connection = Connection::open_in_memory().expect("memory");
        migrate(&mut connection, STEPS[0], 1).expect("the first step");
        connection
            .execute("INSERT INTO facts VALUES ('boot', 'this')", [])
            .expect("a row");
        let half = "UPDATE facts SET value = 'that'; CREATE TABLE new (a TEXT); SELECT nonsense;";
        migrate(&mut connection, half, 2).expect_err("half a step");
        let version: u32 = connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .expect("a version");
        let (value, tables): (String, u32) = connection
            .query_row(
                "SELECT value, (SELECT count(*) FROM sqlite_schema WHERE name = 'new') FROM facts",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .expect("the row");
        assert_eq!((version, value.as_str(), tables), (1, "this", 0));
    }
}
