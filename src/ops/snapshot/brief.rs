//! Snapshots in a list for agents: what is needed to choose one.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::types::SnapshotPage;

/// A page of snapshots
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Briefs {
    /// Each of them
    pub items: Vec<Brief>,
    /// How many there are on all pages
    pub total: i64,
    /// The number of this page
    pub page: i64,
    /// How many pages there are
    pub total_pages: i64,
}

/// A snapshot
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Brief {
    /// Its name
    pub name: String,
    /// Its id
    pub id: String,
    /// Its state: sandboxes can be made from an active one
    pub state: String,
    /// Its size in GiB
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "f64")]
    pub size: Option<f64>,
    /// The image that it was made of
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub image: Option<String>,
    /// The sandbox that it was taken of
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub source_sandbox_id: Option<String>,
}

impl From<SnapshotPage> for Briefs {
    fn from(page: SnapshotPage) -> Self {
        let items = page.items.into_iter().map(|snapshot| Brief {
            name: snapshot.name,
            id: snapshot.id,
            state: snapshot.state,
            size: snapshot.size,
            image: snapshot.image_name.filter(|name| !name.is_empty()),
            source_sandbox_id: snapshot.source_sandbox_id,
        });
        Self {
            items: items.collect(),
            total: page.total,
            page: page.page,
            total_pages: page.total_pages,
        }
    }
}
