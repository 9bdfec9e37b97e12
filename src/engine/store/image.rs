//! Images by their references: what a registry gave for a name, and when it was last asked.

use rusqlite::{OptionalExtension as _, params};

use crate::error::Result;

use super::Store;

/// A row of the table `images`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct ImageRow {
    /// The image in the runtime's own words.
    pub(crate) image: String,
    pub(crate) checked_at: i64,
}

impl Store {
    /// What a reference stood for when its registry was last asked; it counts as used.
    pub(crate) async fn image(&self, reference: &str, now: i64) -> Result<Option<ImageRow>> {
        let reference = reference.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached(
                    "UPDATE images SET used_at = ?2 WHERE reference = ?1
                     RETURNING image, checked_at",
                )?
                .query_row(params![reference, now], |row| {
                    Ok(ImageRow {
                        image: row.get(0)?,
                        checked_at: row.get(1)?,
                    })
                })
                .optional()
        })
        .await
    }

    /// Remembers what a registry gave for a reference.
    pub(crate) async fn remember_image(
        &self,
        reference: &str,
        image: String,
        now: i64,
    ) -> Result<()> {
        let reference = reference.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO images (reference, image, checked_at, used_at)
                     VALUES (?1, ?2, ?3, ?3)
                     ON CONFLICT (reference) DO UPDATE SET image = ?2, checked_at = ?3",
                )?
                .execute(params![reference, image, now])
                .map(drop)
        })
        .await
    }

    /// The registry of a reference was asked, and gave nothing new.
    pub(crate) async fn image_checked(&self, reference: &str, now: i64) -> Result<()> {
        let reference = reference.to_owned();
        self.call(move |connection| {
            connection
                .prepare_cached("UPDATE images SET checked_at = ?2 WHERE reference = ?1")?
                .execute(params![reference, now])
                .map(drop)
        })
        .await
    }

    /// Forgets images that were last used before that time; how many there were.
    pub(crate) async fn forget_images(&self, before: i64) -> Result<usize> {
        self.call(move |connection| {
            connection.execute("DELETE FROM images WHERE used_at < ?1", [before])
        })
        .await
    }
}
