//! Databases of every earlier version, with rows in every table, become today's with all that was in them.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::Path;

use ring::digest::{SHA256, digest};
use rusqlite::Connection;

use crate::api::types::{SandboxVolume, State};
use crate::engine::store::{
    Filter, ImageRow, KeyRow, PreviewAddress, Row, SecretRow, SnapshotOrder, SnapshotQuery,
    SnapshotRow, Store, TrashRow, VolumeRow,
};

use super::{STEPS, migrate};

/// One entry a step.
const VERSIONS: &[Version] = &[
    Version {
        digest: "4e210bd22ca2d1f1",
        wrote: "
INSERT INTO sandboxes VALUES
    ('id-plain', 'plain', 'stopped', 'stopped', NULL, 0, 'host', 'local', 'daytona', '{}', '{}', 0, 0, 1, 1, 3,
        15, 0, 10080, -1, NULL, 1, 2, 3, 4, 'token', 'namespace', NULL),
    ('id-odd', 'Größe ''雪'' 🦀', 'started', 'started', 'line one' || char(10) || 'line \"two\"', 1, '', 'eu', 'root',
        '{\"A\":\"1\",\"QUOTED\":\"a \\\"b\\\" \\\\ c\",\"LINES\":\"x\\ny\",\"雪\":\"\"}', '{\"k\":\"v\",\"größe\":\"🦀\"}', 1, 1,
        4294967295, 4294967295, 4294967295, 9223372036854775807, 1, 0, 0, 9223372036854775807,
        9223372036854775807, 9223372036854775807, 9223372036854775807, 9223372036854775807, '', 'other',
        '{\"pid\":7,\"started\":\"18446744073709551615\"}'),
    ('id-leaving', '', 'destroying', 'destroyed', '', 0, 'snap', 'local', 'daytona', '{}', '{\"k\":\"v\"}', 0, 0,
        0, 0, 0, 0, 0, 0, 0, -9223372036854775808, 0, 0, 0, 0, 'token', 'namespace', NULL);
INSERT INTO sandbox_labels VALUES
    ('id-odd', 'k', 'v'), ('id-odd', 'größe', '🦀'), ('id-leaving', 'k', 'v');
INSERT INTO facts VALUES ('boot', '雪'), ('session/one', ''), ('session/größe', '');
",
    },
    Version {
        digest: "36a9c8e91bcc9f81",
        wrote: "
INSERT INTO preview_tokens VALUES
    ('token-long', 'id-odd', 65535, 9223372036854775807), ('token-gone', 'id-plain', 1, 0);
INSERT INTO signing_keys VALUES ('id-odd', 'key-🦀'), ('id-plain', '');
",
    },
    Version {
        digest: "d539a386fed57443",
        wrote: "
INSERT INTO sandboxes VALUES
    ('id-fork', 'fork', 'archived', 'archived', NULL, 0, 'snap', 'local', 'daytona', '{}', '{}', 0, 0, 1, 1, 3,
        15, 0, 10080, -1, NULL, 1, 2, 3, 4, 'token', 'namespace', NULL, '{\"layers\":[\"größe\"]}', 'id-plain'),
    ('id-orphan', 'orphan', 'error', 'destroyed', 'why', 0, 'snap', 'local', 'daytona', '{}', '{}', 0, 0, 1, 1, 3,
        15, 0, 10080, -1, NULL, 1, 2, 3, 4, 'token', 'namespace', NULL, '', NULL);
INSERT INTO snapshots VALUES
    ('id-s-plain', 'snap', 'active', NULL, NULL, NULL, NULL, 1, 1, 3, NULL, 'namespace', 1, 1, NULL),
    ('id-s-odd', 'Größe/雪:🦀', 'error', 'it''s' || char(10) || 'broken', 'docker.io/library/debian:12',
        '{\"layers\":[\"a\"]}', '[\"sh\",\"-c\",\"echo \\\"雪\\\"\"]', 4294967295, 4294967295, 4294967295, 'id-plain',
        'other', 9223372036854775807, 9223372036854775806, 9223372036854775805),
    ('id-s-building', 'building', 'building', '', '', '', '[]', 0, 0, 0, '', 'namespace', 0, 0, 0);
",
    },
    Version {
        digest: "b0a5c7491280df05",
        wrote: "
INSERT INTO sandboxes VALUES
    ('id-mounts', 'mounts', 'started', 'started', NULL, 0, 'snap', 'local', 'daytona', '{}', '{}', 0, 0, 1, 1, 3,
        15, 0, 10080, -1, NULL, 1, 2, 3, 4, 'token', 'namespace', '{}', NULL, NULL,
        '[{\"volumeId\":\"id-v-plain\",\"mountPath\":\"/größe\"},{\"volumeId\":\"id-v-odd\",\"mountPath\":\"/b\",\"subpath\":\"雪/c\"}]',
        '{\"TOKEN\":\"id-x-odd\",\"GONE\":\"id-x-gone\"}');
INSERT INTO volumes VALUES
    ('id-v-plain', 'vol', 1, NULL, 0), ('id-v-odd', 'Größe 雪 🦀', 9223372036854775807, 9223372036854775807, 0),
    ('id-v-leaving', 'id-v-leaving', 2, 3, 1);
INSERT INTO api_keys VALUES
    ('plain', x'00', 'dtn_****', '[]', 1, NULL, NULL),
    ('größe 🦀', x'fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0efeeedecebeae9e8e7e6e5e4e3e2e1e0', '', '[\"write:sandboxes\",\"雪\"]',
        9223372036854775807, 9223372036854775807, 9223372036854775807);
INSERT INTO secrets VALUES
    ('id-x-plain', 'secret', 'value', NULL, '[]', 'p', 1, 1),
    ('id-x-odd', 'Größe', 'it''s' || char(10) || '雪', 'what 🦀 for', '[\"api.example.com\",\"*.größe.example\"]', '',
        9223372036854775807, 9223372036854775806);
",
    },
    Version {
        digest: "2d64a5d6f8c831da",
        wrote: "
INSERT INTO sandboxes VALUES
    ('id-listed', 'listed', 'started', 'started', NULL, 0, 'snap', 'local', 'daytona', '{}', '{}', 0, 0, 1, 1, 3,
        15, 0, 10080, -1, NULL, 1, 2, 3, 4, 'token', 'namespace', '{}', NULL, NULL, '[]', '{}',
        '10.0.0.0/8,192.168.1.1/32', 'example.com,*.größe.example'),
    ('id-nowhere', 'nowhere', 'started', 'started', NULL, 0, 'snap', 'local', 'daytona', '{}', '{}', 0, 0, 1, 1, 3,
        15, 0, 10080, -1, NULL, 1, 2, 3, 4, 'token', 'namespace', '{}', NULL, NULL, '[]', '{}', '', '');
",
    },
    Version {
        digest: "36562270c9e3544b",
        wrote: "
INSERT INTO preview_addresses VALUES (2130706434, 'id-plain', 1), (4294967295, 'id-odd', 65535);
",
    },
    Version {
        digest: "b87de30f8e2eb641",
        wrote: "
INSERT INTO sandboxes VALUES
    ('id-built', 'built', 'started', 'started', NULL, 0, '', 'local', 'daytona', '{}', '{}', 0, 0, 1, 1, 3,
        15, 0, 10080, -1, NULL, 1, 2, 3, 4, 'token', 'namespace', '{}', NULL, NULL, '[]', '{}', NULL, NULL,
        '{\"dockerfileContent\":\"FROM größe\\n\"}');
INSERT INTO snapshots VALUES
    ('id-s-built', 'built', 'active', NULL, NULL, '{}', NULL, 1, 1, 3, NULL, 'namespace', 5, 5, NULL,
        '{\"dockerfileContent\":\"FROM 雪\\n\"}');
INSERT INTO images VALUES
    ('docker.io/library/debian:12', '{\"layers\":[\"a\"]}', 1, 2),
    ('größe.example/雪@sha256:00', '', 9223372036854775807, 9223372036854775807);
",
    },
    Version {
        digest: "415cb477982f57d0",
        wrote: "
INSERT INTO trash VALUES
    ('id-t-plain', 'gone', '{\"id\":\"id-t-plain\",\"name\":\"gone\",\"state\":\"stopped\",\"desired_state\":\"stopped\",\"error_reason\":null,\"recoverable\":false,\"snapshot\":\"host\",\"target\":\"local\",\"user\":\"daytona\",\"env\":{},\"labels\":{},\"public\":false,\"network_block_all\":false,\"network_allow_list\":null,\"domain_allow_list\":null,\"cpu\":1,\"memory\":1,\"disk\":3,\"auto_stop\":15,\"auto_pause\":0,\"auto_archive\":10080,\"auto_delete\":-1,\"auto_destroy_at\":null,\"created_at\":1,\"updated_at\":2,\"last_activity_at\":3,\"state_changed_at\":4,\"auth_token\":\"token\",\"runtime\":\"namespace\",\"handle\":null,\"image\":null,\"parent_id\":null,\"volumes\":[],\"secrets\":{},\"build_info\":null}', NULL, 5, NULL),
    ('id-t-odd', 'Größe 雪', '{\"id\":\"id-t-odd\",\"name\":\"Größe 雪\",\"state\":\"started\",\"desired_state\":\"started\",\"error_reason\":null,\"recoverable\":false,\"snapshot\":\"snap\",\"target\":\"local\",\"user\":\"daytona\",\"env\":{},\"labels\":{\"größe\":\"🦀\"},\"public\":false,\"network_block_all\":false,\"network_allow_list\":null,\"domain_allow_list\":null,\"cpu\":1,\"memory\":1,\"disk\":3,\"auto_stop\":15,\"auto_pause\":0,\"auto_archive\":10080,\"auto_delete\":-1,\"auto_destroy_at\":null,\"created_at\":1,\"updated_at\":2,\"last_activity_at\":3,\"state_changed_at\":4,\"auth_token\":\"token\",\"runtime\":\"namespace\",\"handle\":null,\"image\":\"{\\\"layers\\\":[\\\"t\\\"]}\",\"parent_id\":null,\"volumes\":[{\"volumeId\":\"id-v-odd\",\"mountPath\":\"/b\"}],\"secrets\":{\"TOKEN\":\"id-x-odd\"},\"build_info\":null}', '{\"layers\":[\"t\"]}', 9223372036854775807, 9223372036854775807);
",
    },
];

/// A version of the schema, and what a program of that version wrote.
struct Version {
    /// The start of the SHA-256 of the step to it, because a step that was once taken is never changed.
    digest: &'static str,
    /// In SQL of that version: rows for every table and every column that the step added.
    wrote: &'static str,
}

/// The greatest number that a column holds.
const MAX: i64 = i64::MAX;

/// A sandbox without anything odd, as every version wrote it.
fn sandbox(id: &str, name: &str, state: State, snapshot: &str) -> Row {
    Row {
        id: id.to_owned(),
        name: name.to_owned(),
        desired_state: state.clone(),
        state,
        error_reason: None,
        recoverable: false,
        snapshot: snapshot.to_owned(),
        target: "local".to_owned(),
        user: "daytona".to_owned(),
        env: BTreeMap::new(),
        labels: BTreeMap::new(),
        public: false,
        network_block_all: false,
        network_allow_list: None,
        domain_allow_list: None,
        cpu: 1,
        memory: 1,
        disk: 3,
        auto_stop: 15,
        auto_pause: 0,
        auto_archive: 10_080,
        auto_delete: -1,
        auto_destroy_at: None,
        created_at: 1,
        updated_at: 2,
        last_activity_at: 3,
        state_changed_at: 4,
        auth_token: "token".to_owned(),
        runtime: "namespace".to_owned(),
        handle: None,
        image: None,
        parent_id: None,
        volumes: Vec::new(),
        secrets: BTreeMap::new(),
        build_info: None,
    }
}

fn pairs(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

#[expect(clippy::unnecessary_wraps, reason = "short where many are written")]
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// The sandboxes that were written, each with the version that wrote it.
fn sandboxes() -> Vec<(usize, Row)> {
    let running = |id, name| Row {
        handle: some("{}"),
        ..sandbox(id, name, State::Started, "snap")
    };
    let volume = |id: &str, path: &str, subpath: Option<String>| SandboxVolume {
        volume_id: id.to_owned(),
        mount_path: path.to_owned(),
        subpath,
    };
    let odd = Row {
        error_reason: some("line one\nline \"two\""),
        recoverable: true,
        target: "eu".to_owned(),
        user: "root".to_owned(),
        env: pairs(&[
            ("A", "1"),
            ("QUOTED", "a \"b\" \\ c"),
            ("LINES", "x\ny"),
            ("雪", ""),
        ]),
        labels: pairs(&[("k", "v"), ("größe", "🦀")]),
        public: true,
        network_block_all: true,
        cpu: u32::MAX,
        memory: u32::MAX,
        disk: u32::MAX,
        auto_stop: MAX,
        auto_pause: 1,
        auto_archive: 0,
        auto_delete: 0,
        auto_destroy_at: Some(MAX),
        created_at: MAX,
        updated_at: MAX,
        last_activity_at: MAX,
        state_changed_at: MAX,
        auth_token: String::new(),
        runtime: "other".to_owned(),
        handle: some("{\"pid\":7,\"started\":\"18446744073709551615\"}"),
        ..sandbox("id-odd", "Größe '雪' 🦀", State::Started, "")
    };
    let leaving = Row {
        desired_state: State::Destroyed,
        error_reason: some(""),
        labels: pairs(&[("k", "v")]),
        cpu: 0,
        memory: 0,
        disk: 0,
        auto_stop: 0,
        auto_archive: 0,
        auto_delete: 0,
        auto_destroy_at: Some(i64::MIN),
        created_at: 0,
        updated_at: 0,
        last_activity_at: 0,
        state_changed_at: 0,
        ..sandbox("id-leaving", "", State::Destroying, "snap")
    };
    let fork = Row {
        image: some("{\"layers\":[\"größe\"]}"),
        parent_id: some("id-plain"),
        ..sandbox("id-fork", "fork", State::Archived, "snap")
    };
    let orphan = Row {
        desired_state: State::Destroyed,
        error_reason: some("why"),
        image: some(""),
        ..sandbox("id-orphan", "orphan", State::Error, "snap")
    };
    let mounts = Row {
        volumes: vec![
            volume("id-v-plain", "/größe", None),
            volume("id-v-odd", "/b", some("雪/c")),
        ],
        secrets: pairs(&[("TOKEN", "id-x-odd"), ("GONE", "id-x-gone")]),
        ..running("id-mounts", "mounts")
    };
    let listed = Row {
        network_allow_list: some("10.0.0.0/8,192.168.1.1/32"),
        domain_allow_list: some("example.com,*.größe.example"),
        ..running("id-listed", "listed")
    };
    // An empty list lets nothing through; no list lets everything through.
    let nowhere = Row {
        network_allow_list: some(""),
        domain_allow_list: some(""),
        ..running("id-nowhere", "nowhere")
    };
    let built = Row {
        snapshot: String::new(),
        build_info: some("{\"dockerfileContent\":\"FROM größe\\n\"}"),
        ..running("id-built", "built")
    };
    vec![
        (1, sandbox("id-plain", "plain", State::Stopped, "host")),
        (1, odd),
        (1, leaving),
        (3, fork),
        (3, orphan),
        (4, mounts),
        (5, listed),
        (5, nowhere),
        (7, built),
    ]
}

fn snapshots() -> Vec<(usize, SnapshotRow)> {
    let plain = SnapshotRow {
        id: "id-s-plain".to_owned(),
        name: "snap".to_owned(),
        state: "active".to_owned(),
        error_reason: None,
        image_name: None,
        image: None,
        entrypoint: None,
        cpu: 1,
        memory: 1,
        disk: 3,
        source_sandbox_id: None,
        runtime: "namespace".to_owned(),
        created_at: 1,
        updated_at: 1,
        last_used_at: None,
        build_info: None,
    };
    let odd = SnapshotRow {
        id: "id-s-odd".to_owned(),
        name: "Größe/雪:🦀".to_owned(),
        state: "error".to_owned(),
        error_reason: some("it's\nbroken"),
        image_name: some("docker.io/library/debian:12"),
        image: some("{\"layers\":[\"a\"]}"),
        entrypoint: some("[\"sh\",\"-c\",\"echo \\\"雪\\\"\"]"),
        cpu: u32::MAX,
        memory: u32::MAX,
        disk: u32::MAX,
        source_sandbox_id: some("id-plain"),
        runtime: "other".to_owned(),
        created_at: MAX,
        updated_at: MAX - 1,
        last_used_at: Some(MAX - 2),
        build_info: None,
    };
    let building = SnapshotRow {
        id: "id-s-building".to_owned(),
        name: "building".to_owned(),
        state: "building".to_owned(),
        error_reason: some(""),
        image_name: some(""),
        image: some(""),
        entrypoint: some("[]"),
        cpu: 0,
        memory: 0,
        disk: 0,
        source_sandbox_id: some(""),
        created_at: 0,
        updated_at: 0,
        last_used_at: Some(0),
        ..plain.clone()
    };
    let built = SnapshotRow {
        id: "id-s-built".to_owned(),
        name: "built".to_owned(),
        image: some("{}"),
        created_at: 5,
        updated_at: 5,
        build_info: some("{\"dockerfileContent\":\"FROM 雪\\n\"}"),
        ..plain.clone()
    };
    vec![(3, building), (3, plain), (7, built), (3, odd)]
}

/// What a database of `version` holds of these, in their order.
fn until<T>(version: usize, rows: Vec<(usize, T)>) -> Vec<T> {
    let there = rows.into_iter().filter(|(since, _)| *since <= version);
    there.map(|(_, row)| row).collect()
}

/// A reader's answer, where what is read is there since a version.
fn since<T>(first: usize, version: usize, row: T) -> Option<T> {
    (version >= first).then_some(row)
}

async fn sandboxes_are_read(store: &Store, version: usize) {
    let mut expected = until(version, sandboxes());
    expected.sort_by(|one, other| one.id.cmp(&other.id));
    assert_eq!(store.all().await.expect("sandboxes"), expected);
    let labelled = async |key: &str, value: &str| {
        let filter = Filter {
            labels: pairs(&[(key, value)]),
            limit: 100,
            ..Filter::default()
        };
        let rows = store.list(filter).await.expect("a list").rows;
        let mut ids: Vec<_> = rows.into_iter().map(|row| row.id).collect();
        ids.sort();
        ids
    };
    assert_eq!(labelled("k", "v").await, ["id-leaving", "id-odd"]);
    assert_eq!(labelled("größe", "🦀").await, ["id-odd"]);
    let mut sessions = store.sessions().await.expect("sessions");
    sessions.sort();
    assert_eq!(sessions, ["größe", "one"]);
    let boot = store.swap_fact("boot", "雪".to_owned()).await;
    assert_eq!(boot.expect("a fact").as_deref(), Some("雪"));
    let forks = store.forks("id-plain").await.expect("forks");
    assert_eq!(forks.len(), usize::from(version >= 3));
}

async fn accesses_are_read(store: &Store, version: usize) {
    let opened = async |token: &str, port, now| {
        let found = store.preview_token(token, port, now).await;
        found.expect("a token")
    };
    let (odd, plain) = (some("id-odd"), some("id-plain"));
    let long = opened("token-long", 65535, MAX - 1).await;
    assert_eq!(long, since(2, version, odd).flatten());
    let short = opened("token-gone", 1, -1).await;
    assert_eq!(short, since(2, version, plain).flatten());
    assert_eq!(opened("token-gone", 1, 0).await, None);
    for (id, key) in [("id-odd", "key-🦀"), ("id-plain", "")] {
        let found = store.signing_key(id).await.expect("a key");
        assert_eq!(found, since(2, version, key.to_owned()));
    }
    let mut addresses = store.preview_addresses().await.expect("addresses");
    addresses.sort_by_key(|one| one.address);
    let address = |address, sandbox: &str, port| PreviewAddress {
        address,
        sandbox: sandbox.to_owned(),
        port,
    };
    let expected = vec![
        (6, address(Ipv4Addr::new(127, 0, 0, 2), "id-plain", 1)),
        (6, address(Ipv4Addr::BROADCAST, "id-odd", 65535)),
    ];
    assert_eq!(addresses, until(version, expected));
}

async fn account_is_read(store: &Store, version: usize) {
    let volume = |id: &str, name: &str, created_at, last_used_at| VolumeRow {
        id: id.to_owned(),
        name: name.to_owned(),
        created_at,
        last_used_at,
    };
    let expected = vec![
        (4, volume("id-v-odd", "Größe 雪 🦀", MAX, Some(MAX))),
        (4, volume("id-v-plain", "vol", 1, None)),
    ];
    let volumes = store.volumes().await.expect("volumes");
    assert_eq!(volumes, until(version, expected));
    let condemned = store.condemned_volumes().await.expect("volumes");
    let expected = vec![(4, "id-v-leaving".to_owned())];
    assert_eq!(condemned, until(version, expected));
    let plain = KeyRow {
        name: "plain".to_owned(),
        hash: vec![0],
        masked: "dtn_****".to_owned(),
        permissions: Vec::new(),
        created_at: 1,
        last_used_at: None,
        expires_at: None,
    };
    let odd = KeyRow {
        name: "größe 🦀".to_owned(),
        hash: (0xe0..=0xff).rev().collect(),
        masked: String::new(),
        permissions: vec!["write:sandboxes".to_owned(), "雪".to_owned()],
        created_at: MAX,
        last_used_at: Some(MAX),
        expires_at: Some(MAX),
    };
    let found = store.key_by_hash(odd.hash.clone()).await.expect("a key");
    assert_eq!(found, since(4, version, odd.clone()));
    let keys = store.keys().await.expect("keys");
    assert_eq!(keys, until(version, vec![(4, odd), (4, plain)]));
    let secret = |id: &str, name: &str| SecretRow {
        id: id.to_owned(),
        name: name.to_owned(),
        description: None,
        hosts: Vec::new(),
        placeholder: "p".to_owned(),
        created_at: 1,
        updated_at: 1,
    };
    let odd = SecretRow {
        description: some("what 🦀 for"),
        hosts: vec!["api.example.com".to_owned(), "*.größe.example".to_owned()],
        placeholder: String::new(),
        created_at: MAX,
        updated_at: MAX - 1,
        ..secret("id-x-odd", "Größe")
    };
    let mut secrets = store.secrets().await.expect("secrets");
    secrets.sort_by(|one, other| one.id.cmp(&other.id));
    let expected = vec![(4, odd), (4, secret("id-x-plain", "secret"))];
    assert_eq!(secrets, until(version, expected));
    let ids = ["id-x-odd", "id-x-plain", "id-x-gone"].map(str::to_owned);
    let values = store.secret_values(ids.to_vec()).await.expect("values");
    let expected = pairs(&[("id-x-odd", "it's\n雪"), ("id-x-plain", "value")]);
    assert_eq!(values, since(4, version, expected).unwrap_or_default());
}

async fn trash_is_read(store: &Store, version: usize) {
    let plain = TrashRow {
        sandbox: sandbox("id-t-plain", "gone", State::Stopped, "host"),
        deleted_at: 5,
        bytes: None,
    };
    let volume = SandboxVolume {
        volume_id: "id-v-odd".to_owned(),
        mount_path: "/b".to_owned(),
        subpath: None,
    };
    let odd = TrashRow {
        sandbox: Row {
            labels: pairs(&[("größe", "🦀")]),
            image: some("{\"layers\":[\"t\"]}"),
            volumes: vec![volume],
            secrets: pairs(&[("TOKEN", "id-x-odd")]),
            ..sandbox("id-t-odd", "Größe 雪", State::Started, "snap")
        },
        deleted_at: MAX,
        bytes: Some(MAX.cast_unsigned()),
    };
    let (rows, _) = store.trash(0, 10).await.expect("the trash");
    assert_eq!(rows, until(version, vec![(8, odd), (8, plain)]));
}

async fn images_are_read(store: &Store, version: usize) {
    let query = SnapshotQuery {
        order: SnapshotOrder::CreatedAt,
        ascending: true,
        ..SnapshotQuery::default()
    };
    let found = store.snapshots(query).await.expect("snapshots");
    assert_eq!(found, until(version, snapshots()));
    let image = |image: &str, checked_at| ImageRow {
        image: image.to_owned(),
        checked_at,
    };
    for (reference, expected) in [
        (
            "docker.io/library/debian:12",
            image("{\"layers\":[\"a\"]}", 1),
        ),
        ("größe.example/雪@sha256:00", image("", MAX)),
    ] {
        // Asked at the time at which it was last used, so that the row stays as it is.
        let now = if expected.checked_at == 1 { 2 } else { MAX };
        let found = store.image(reference, now).await.expect("an image");
        assert_eq!(found, since(7, version, expected));
    }
    let mut all = store.images().await.expect("images");
    all.sort();
    let expected = vec![
        (3, String::new()),
        (3, "{\"layers\":[\"a\"]}".to_owned()),
        (3, "{\"layers\":[\"größe\"]}".to_owned()),
        (8, "{\"layers\":[\"t\"]}".to_owned()),
        (7, "{}".to_owned()),
    ];
    assert_eq!(all, until(version, expected));
}

/// The database as it was with the first `version` steps taken, each written to after it was taken.
fn written(path: &Path, version: usize) -> Connection {
    let mut connection = Connection::open(path).expect("a database");
    connection
        .pragma_update(None, "foreign_keys", true)
        .expect("as the engine opens it");
    for (at, (step, then)) in STEPS.iter().zip(VERSIONS).take(version).enumerate() {
        migrate(&mut connection, step, at + 1).expect("a step");
        connection.execute_batch(then.wrote).expect("rows");
    }
    connection
}

fn texts(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).expect("a query");
    let rows = statement.query_map([], |row| row.get(0)).expect("rows");
    rows.collect::<Result<_, _>>().expect("texts")
}

fn tables(connection: &Connection) -> Vec<String> {
    texts(
        connection,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
}

/// All that a schema is: its text, and what SQLite makes of its tables.
fn schema(connection: &Connection) -> Vec<String> {
    texts(
        connection,
        "SELECT concat_ws('|', type, name, tbl_name, sql) FROM sqlite_schema
         UNION ALL
         SELECT concat_ws('|', one.name, part.cid, part.name, part.type, part.\"notnull\", quote(part.dflt_value), part.pk)
             FROM sqlite_schema AS one, pragma_table_xinfo(one.name) AS part WHERE one.type = 'table'
         UNION ALL
         SELECT concat_ws('|', one.name, part.\"from\", part.\"table\", part.\"to\", part.on_delete)
             FROM sqlite_schema AS one, pragma_foreign_key_list(one.name) AS part WHERE one.type = 'table'
         UNION ALL
         SELECT concat_ws('|', 'version', user_version) FROM pragma_user_version
         ORDER BY 1",
    )
}

/// Every row with every value, as SQL.
fn contents(connection: &Connection) -> Vec<String> {
    let mut all = Vec::new();
    for table in tables(connection) {
        let columns = texts(
            connection,
            &format!("SELECT 'quote(\"' || name || '\")' FROM pragma_table_info('{table}')"),
        );
        let columns = columns.join(", ");
        let rows = format!("SELECT concat_ws(', ', '{table}', {columns}) FROM {table} ORDER BY 1");
        all.extend(texts(connection, &rows));
    }
    all
}

#[test]
fn each_step_has_rows_of_its_time_and_stays_as_it_was() {
    assert_eq!(
        STEPS.len(),
        VERSIONS.len(),
        "a step needs an entry in VERSIONS: what a program of that version wrote"
    );
    for (at, (step, version)) in STEPS.iter().zip(VERSIONS).enumerate() {
        let found = digest(&SHA256, step.as_bytes());
        let found = format!("{:02x?}", &found.as_ref()[..8]).replace(['[', ']', ',', ' '], "");
        assert_eq!(
            found, version.digest,
            "step {at} was changed: databases that took it as it was stay as they are"
        );
    }
}

#[test]
fn what_was_written_says_something_in_every_column() {
    let folder = tempfile::tempdir().expect("a folder");
    for version in 1..=STEPS.len() {
        let connection = written(&folder.path().join(version.to_string()), version);
        for table in tables(&connection) {
            let columns = format!(
                "SELECT name || CASE WHEN \"notnull\" THEN '' ELSE '?' END FROM pragma_table_info('{table}')"
            );
            for column in texts(&connection, &columns) {
                let name = column.trim_end_matches('?');
                let values = format!("SELECT DISTINCT quote({name}) FROM {table}");
                let values = texts(&connection, &values);
                let place = format!("{table}.{column} of version {version}: {values:?}");
                assert!(values.len() > 1, "one value says little: {place}");
                let null = values.iter().any(|value| value == "NULL");
                assert_eq!(null, column.ends_with('?'), "NULL where it can be: {place}");
            }
        }
    }
}

#[tokio::test]
async fn what_every_earlier_version_wrote_is_there_after_the_upgrade() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("fresh");
    Store::open(&path).expect("made").close().await;
    let fresh = Connection::open(&path).expect("a database");
    // A table that is missing here is read by no reader below.
    assert_eq!(
        tables(&fresh),
        [
            "api_keys",
            "facts",
            "images",
            "preview_addresses",
            "preview_tokens",
            "sandbox_labels",
            "sandboxes",
            "secrets",
            "signing_keys",
            "snapshots",
            "trash",
            "volumes"
        ]
    );
    for version in 1..=STEPS.len() {
        let path = folder.path().join(version.to_string());
        drop(written(&path, version));
        let store = Store::open(&path).expect("upgraded");
        assert!(!store.is_fresh(), "version {version}");
        sandboxes_are_read(&store, version).await;
        accesses_are_read(&store, version).await;
        account_is_read(&store, version).await;
        images_are_read(&store, version).await;
        trash_is_read(&store, version).await;
        store.close().await;
        let connection = Connection::open(&path).expect("a database");
        assert_eq!(texts(&connection, "PRAGMA integrity_check"), ["ok"]);
        let broken = texts(
            &connection,
            "SELECT \"table\" FROM pragma_foreign_key_check",
        );
        assert_eq!(broken, Vec::<String>::new());
        assert_eq!(schema(&connection), schema(&fresh), "version {version}");
        // The same again: today's version takes no step, and changes nothing.
        let before = contents(&connection);
        drop(connection);
        Store::open(&path).expect("today's").close().await;
        let connection = Connection::open(&path).expect("a database");
        assert_eq!(contents(&connection), before, "version {version}");
    }
}

#[tokio::test]
async fn what_was_upgraded_takes_what_is_written_today() {
    let folder = tempfile::tempdir().expect("a folder");
    for version in 0..=STEPS.len() {
        let path = folder.path().join(version.to_string());
        drop(written(&path, version));
        let store = Store::open(&path).expect("upgraded");
        let sandbox = |id: &str| Row {
            parent_id: some("id-new"),
            volumes: vec![],
            build_info: some("{}"),
            ..sandbox(id, id, State::Started, "snap")
        };
        let parent = Row {
            parent_id: None,
            ..sandbox("id-new")
        };
        assert!(store.insert(parent).await.expect("a sandbox"));
        assert!(store.insert(sandbox("id-new-fork")).await.expect("a fork"));
        let token = store.add_preview_token("new".to_owned(), "id-new".to_owned(), 80, MAX);
        token.await.expect("a token");
        // What was of the deleted sandbox goes, what came from it stays.
        store.delete("id-new").await.expect("deleted");
        let fork = store.find("id-new-fork").await.expect("a sandbox");
        assert_eq!(fork.expect("the fork").parent_id, None);
        let token = store.preview_token("new", 80, 0).await;
        assert_eq!(token.expect("a token"), None, "version {version}");
        store.close().await;
    }
}
