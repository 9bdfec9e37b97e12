//! The layers that sandboxes and snapshots share: kept while one is put to use, removed when none needs them.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use tokio::sync::{RwLock, RwLockReadGuard};

use crate::engine::clock::SECOND;
use crate::engine::runtime::contract::Image;
use crate::error::{Context as _, Kind, Result};

use super::Service;

/// The shortest time between two collections, in milliseconds.
const BETWEEN: i64 = 10 * SECOND;

/// Whether layers may have become useless, and a lock that keeps them while somebody looks at them.
#[derive(Debug, Default)]
pub(super) struct Layers {
    lock: RwLock<()>,
    loose: AtomicBool,
    collected: AtomicI64,
}

impl Service {
    /// No layer is removed while this is held: between reading of a layer and saying that it is used.
    pub(super) async fn keep_layers(&self) -> RwLockReadGuard<'_, ()> {
        self.0.layers.lock.read().await
    }

    /// Something was deleted whose layers may be nobody else's.
    pub(super) fn loosen_layers(&self) {
        self.0.layers.loose.store(true, Ordering::Relaxed);
    }

    /// Removes what nothing needs, if anything was deleted; later, while anybody needs them to stay.
    pub(super) async fn collect_layers(&self) -> Result<()> {
        let layers = &self.0.layers;
        let now = self.now();
        if now - layers.collected.load(Ordering::Relaxed) < BETWEEN {
            return Ok(());
        }
        let short = self.0.store.room().check().is_err();
        if (short || layers.loose.load(Ordering::Relaxed)) && self.forget_images().await? {
            self.loosen_layers();
        }
        if !layers.loose.load(Ordering::Relaxed) {
            return Ok(());
        }
        let Ok(_alone) = layers.lock.try_write() else {
            return Ok(());
        };
        layers.loose.store(false, Ordering::Relaxed);
        layers.collected.store(now, Ordering::Relaxed);
        let mut used = HashSet::new();
        for image in self.0.store.images().await? {
            used.extend(parse(&image)?.layers);
        }
        for runtime in self.all_runtimes() {
            let Some(layers) = runtime.layers() else {
                continue;
            };
            if let Err(error) = layers.gc(used.clone()).await {
                // Another time: one runtime that cannot be reached must not keep all others full.
                self.loosen_layers();
                tracing::warn!(
                    "the layers of {} could not be collected: {error}",
                    runtime.name()
                );
            }
        }
        Ok(())
    }
}

/// An image as it is stored; none for the host's own programs.
pub(super) fn text(image: &Image) -> Result<Option<String>> {
    if *image == Image::default() {
        return Ok(None);
    }
    serde_json::to_string(image)
        .map(Some)
        .context(Kind::Internal, || {
            "an image cannot be written down".to_owned()
        })
}

/// A stored image.
pub(super) fn parse(text: &str) -> Result<Image> {
    serde_json::from_str(text).context(Kind::Internal, || {
        "the engine's database has an image that cannot be read".to_owned()
    })
}

/// What a sandbox is made from.
pub(super) fn image(text: Option<&str>) -> Result<Image> {
    text.map_or_else(|| Ok(Image::default()), parse)
}
