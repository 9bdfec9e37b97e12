//! Tests of the list: filters, order and pages.

use std::collections::BTreeMap;

use rusqlite::params_from_iter;
use tempfile::TempDir;

use crate::api::types::{SortField, SortOrder, State};
use crate::engine::store::{Bound, Bounded, Filter, Row, Sort, Store};

fn row(number: u32) -> Row {
    Row {
        id: format!("id-{number:04}"),
        name: format!("Box_{number:04}"),
        state: State::Started,
        desired_state: State::Started,
        error_reason: None,
        recoverable: false,
        snapshot: "host".to_owned(),
        target: "local".to_owned(),
        user: "daytona".to_owned(),
        env: BTreeMap::new(),
        labels: BTreeMap::from([
            ("parity".to_owned(), (number % 2).to_string()),
            ("all".to_owned(), "yes".to_owned()),
        ]),
        public: number == 7,
        network_block_all: false,
        network_allow_list: None,
        domain_allow_list: None,
        cpu: 1 + number % 3,
        memory: 1,
        disk: 3,
        auto_stop: 15,
        auto_pause: 0,
        auto_archive: 10_080,
        auto_delete: -1,
        auto_destroy_at: None,
        created_at: i64::from(number),
        updated_at: 0,
        // Many ties: pages must hold all the same.
        last_activity_at: i64::from(number / 10),
        state_changed_at: 0,
        auth_token: String::new(),
        runtime: "fake".to_owned(),
        handle: None,
        image: None,
        parent_id: None,
        volumes: Vec::new(),
        secrets: BTreeMap::new(),
        build_info: None,
    }
}

async fn store(rows: u32) -> (TempDir, Store) {
    let dir = TempDir::new().expect("dir");
    let store = Store::open(&dir.path().join("engine.db")).expect("store");
    for number in 0..rows {
        assert!(store.insert(row(number)).await.expect("insert"));
    }
    (dir, store)
}

fn filter() -> Filter {
    Filter {
        limit: 100,
        ..Filter::default()
    }
}

async fn names(store: &Store, filter: Filter) -> Vec<String> {
    let page = store.list(filter).await.expect("list");
    page.rows.into_iter().map(|row| row.name).collect()
}

#[tokio::test]
async fn a_walk_through_pages_loses_and_repeats_nothing() {
    let (_dir, store) = store(250).await;
    for field in [
        SortField::Name,
        SortField::Cpu,
        SortField::MemoryGib,
        SortField::LastActivityAt,
        SortField::CreatedAt,
    ] {
        for order in [SortOrder::Asc, SortOrder::Desc] {
            let mut seen = Vec::new();
            let mut cursor = None;
            let mut pages = 0;
            loop {
                let page = store
                    .list(Filter {
                        sort: Sort { field, order },
                        cursor,
                        ..filter()
                    })
                    .await
                    .expect("page");
                seen.extend(page.rows.into_iter().map(|row| row.id));
                pages += 1;
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!((pages, seen.len()), (3, 250), "{field:?} {order:?}");
            seen.sort();
            seen.dedup();
            assert_eq!(seen.len(), 250, "{field:?} {order:?}");
        }
    }
}

#[tokio::test]
async fn filters_are_all_applied() {
    let (_dir, store) = store(20).await;
    let odd = Filter {
        labels: BTreeMap::from([
            ("parity".to_owned(), "1".to_owned()),
            ("all".to_owned(), "yes".to_owned()),
        ]),
        ..filter()
    };
    assert_eq!(names(&store, odd).await.len(), 10);
    let prefix = Filter {
        name: Some("box_000".to_owned()),
        ..filter()
    };
    assert_eq!(names(&store, prefix).await.len(), 10);
    for nothing in ["b%", "Box-", "_ox"] {
        let escaped = Filter {
            name: Some(nothing.to_owned()),
            ..filter()
        };
        assert!(names(&store, escaped).await.is_empty(), "{nothing}");
    }
    let public = Filter {
        public: Some(true),
        id: Some("ID-".to_owned()),
        ..filter()
    };
    assert_eq!(names(&store, public).await, ["Box_0007"]);
    let bounds = Filter {
        bounds: vec![
            Bound {
                column: Bounded::Cpu,
                least: true,
                value: 2,
            },
            Bound {
                column: Bounded::CreatedAt,
                least: false,
                value: 4,
            },
        ],
        sort: Sort {
            field: SortField::Name,
            order: SortOrder::Asc,
        },
        ..filter()
    };
    assert_eq!(
        names(&store, bounds).await,
        ["Box_0001", "Box_0002", "Box_0004"]
    );
    let states = Filter {
        states: vec![State::Stopped, State::Error],
        ..filter()
    };
    assert!(names(&store, states).await.is_empty());
}

#[tokio::test]
async fn a_cursor_of_another_sort_or_of_no_list_is_refused() {
    let (_dir, store) = store(3).await;
    let by_name = Sort {
        field: SortField::Name,
        order: SortOrder::Asc,
    };
    let page = store
        .list(Filter {
            sort: by_name,
            limit: 1,
            ..filter()
        })
        .await
        .expect("page");
    for cursor in ["zzz".to_owned(), page.next.expect("next")] {
        let error = store
            .list(Filter {
                cursor: Some(cursor.clone()),
                ..filter()
            })
            .await
            .expect_err("refused");
        assert_eq!(error.text(), format!("Invalid cursor provided: {cursor}"));
    }
}

#[tokio::test]
async fn labels_are_replaced_where_they_are_searched_too() {
    let (_dir, store) = store(2).await;
    let labels = BTreeMap::from([("parity".to_owned(), "1".to_owned())]);
    store
        .set_labels("id-0000", labels.clone(), 1)
        .await
        .expect("set");
    let wanted = Filter { labels, ..filter() };
    assert_eq!(names(&store, wanted.clone()).await.len(), 2);
    store.delete("id-0001").await.expect("deleted");
    assert_eq!(names(&store, wanted).await, ["Box_0000"]);
}

#[tokio::test]
async fn a_taken_name_is_not_inserted_and_a_panic_leaves_the_store_alive() {
    let (_dir, store) = store(1).await;
    let twin = Row {
        id: "other".to_owned(),
        ..row(0)
    };
    assert!(!store.insert(twin).await.expect("insert"));
    let broken = store.call::<()>(|_| panic!("a defect")).await;
    assert!(broken.is_err());
    assert!(store.find("Box_0000").await.expect("find").is_some());
    store.close().await;
    assert!(store.find("Box_0000").await.is_err());
}

#[tokio::test]
async fn a_label_is_looked_up_and_not_looked_for() {
    let (_dir, store) = store(1000).await;
    let wanted = Filter {
        labels: BTreeMap::from([("parity".to_owned(), "1".to_owned())]),
        limit: 200,
        ..filter()
    };
    let (sql, values) = super::select(&wanted).expect("a query");
    let page = store.list(wanted).await.expect("a page");
    assert_eq!(page.rows.len(), 200);
    let plan = store.call(move |connection| {
        let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
        let steps = plan.query_map(params_from_iter(values), |row| row.get("detail"))?;
        steps.collect::<rusqlite::Result<Vec<String>>>()
    });
    let plan = plan.await.expect("a plan").join("\n");
    let looked_up = "SEARCH sandbox_labels USING PRIMARY KEY (key=? AND value=?)";
    assert!(plan.contains(looked_up), "{plan}");
    assert!(!plan.contains("SCAN sandbox_labels"), "{plan}");
}
