//! Images by reference: each is asked of its registry once, and then again in the background as it ages.
//! What is here is used without a registry.

use std::sync::Arc;

use crate::api::types::State;
use crate::engine::clock::MINUTE;
use crate::engine::runtime::contract::{Image, Material};
use crate::engine::store::{Change, ImageRow, Row};
use crate::error::{Error, Kind, Result};

use super::build_log::BuildLog;
use super::dockerfile::Recipe;
use super::snapshot::Source;
use super::{RESOURCES, SNAPSHOT, Service, layers, lock};

/// How old an image may be until its registry is asked again.
const FRESH: i64 = 15 * MINUTE;
/// How long an image is kept that nobody uses.
const KEPT: i64 = 7 * 24 * 60 * MINUTE;

impl Service {
    /// What a sandbox of that recipe is made from, where no registry has to be asked for it: a snapshot
    /// of that name, or the image as it was when it was last pulled.
    pub(super) async fn at_hand(&self, recipe: &Recipe) -> Result<Option<Source>> {
        let from = &recipe.from;
        let own = self.0.store.snapshot(from).await?;
        let source = match own.filter(|row| row.name == *from && row.is_active()) {
            Some(row) => Some(self.used(row).await?),
            None if from == SNAPSHOT => Some(Source::to_come(from.clone())),
            None => self.remembered(from).await?.map(|image| Source {
                image,
                runtime: Some(self.usual_runtime().name().to_owned()),
                ..Source::to_come(from.clone())
            }),
        };
        Ok(source.map(|source| Source {
            name: from.clone(),
            image: recipe.clone().over(source.image),
            sizes: RESOURCES,
            runtime: source.runtime,
        }))
    }

    /// The image as its registry gave it; asked again in the background where that is a while ago.
    async fn remembered(&self, reference: &str) -> Result<Option<Image>> {
        let now = self.now();
        let Some(ImageRow { image, checked_at }) = self.0.store.image(reference, now).await? else {
            return Ok(None);
        };
        // What has a digest is the same for ever.
        if now - checked_at > FRESH && !reference.contains('@') {
            let (service, reference) = (self.clone(), reference.to_owned());
            tokio::spawn(async move { service.refresh(&reference).await });
        }
        layers::parse(&image).map(Some)
    }

    async fn refresh(&self, reference: &str) {
        let turn = self.pull_turn(reference);
        let Ok(_turn) = turn.try_lock() else {
            return;
        };
        // Before it is known what comes of it: a registry that hangs is not asked by each create.
        let checked = self.0.store.image_checked(reference, self.now());
        if let Err(error) = checked.await {
            tracing::warn!("{error}");
            return;
        }
        let _kept = self.keep_layers().await;
        match self.pull(reference, |_| ()).await {
            Ok(_) => self.loosen_layers(),
            Err(error) => tracing::info!("{reference} is used as it is here: {error}"),
        }
    }

    /// The image of a reference: as it is here, or else pulled, once for all who want it.
    async fn fetched(&self, reference: &str, log: &BuildLog) -> Result<Image> {
        let turn = self.pull_turn(reference);
        let _turn = if let Ok(turn) = turn.try_lock() {
            turn
        } else {
            log.say(&format!("waiting for another pull of {reference}"));
            turn.lock().await
        };
        if let Some(image) = self.remembered(reference).await? {
            return Ok(image);
        }
        log.say(&format!("pulling {reference}"));
        let told = log.clone();
        self.pull(reference, move |line| told.say(line)).await
    }

    /// The image of a reference as its registry has it now; as it is here where that cannot be asked.
    pub(super) async fn fetched_anew(
        &self,
        reference: &str,
        log: &BuildLog,
        progress: impl Fn(&str) + Send + Sync + 'static,
    ) -> Result<Image> {
        if reference == SNAPSHOT {
            return Ok(Image::default());
        }
        let turn = self.pull_turn(reference);
        let _turn = turn.lock().await;
        log.say(&format!("pulling {reference}"));
        let told = log.clone();
        let pulled = self.pull(reference, move |line| {
            told.say(line);
            progress(line);
        });
        let error = match pulled.await {
            Ok(image) => return Ok(image),
            Err(error) => error,
        };
        let passing = matches!(
            error.kind(),
            Kind::Unavailable | Kind::Timeout | Kind::Limit
        );
        match self.0.store.image(reference, self.now()).await? {
            Some(row) if passing => {
                log.say(&format!("{}; it is used as it is here", error.text()));
                layers::parse(&row.image)
            }
            _ => Err(error),
        }
    }

    async fn pull(
        &self,
        reference: &str,
        told: impl Fn(&str) + Send + Sync + 'static,
    ) -> Result<Image> {
        let from = Material::Reference(reference.to_owned());
        let progress = Arc::new(move |line: String| told(&line));
        let image = self.images()?.build(from, progress).await?;
        if let Some(text) = layers::text(&image)? {
            let store = &self.0.store;
            store.remember_image(reference, text, self.now()).await?;
        }
        Ok(image)
    }

    /// Only one asks a registry for a reference at a time.
    fn pull_turn(&self, reference: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = lock(&self.0.pulls);
        turns.retain(|_, turn| Arc::strong_count(turn) > 1);
        Arc::clone(turns.entry(reference.to_owned()).or_default())
    }

    /// Forgets images that nobody uses, all that can be spared where the disk is full; whether there were
    /// any.
    pub(super) async fn forget_images(&self) -> Result<bool> {
        let before = match self.0.store.room().check() {
            Ok(_) => self.now() - KEPT,
            Err(_) => i64::MAX,
        };
        Ok(self.0.store.forget_images(before).await? > 0)
    }

    /// Makes a sandbox whose image has to be pulled first; what came of it is in its row and its log.
    pub(super) async fn build(&self, row: Row, recipe: Recipe) {
        let log = self.begin_log(&row.id);
        let cancelled = lock(&self.0.builds)
            .entry(row.id.clone())
            .or_default()
            .clone();
        let built = async {
            let change = Change::to(State::BuildingSnapshot, State::Started);
            self.step(&row.id, change).await?;
            let image = tokio::select! {
                image = self.fetched(&recipe.from, &log) => image?,
                () = cancelled.cancelled() => return Err(Error::new(Kind::Interrupted, "it was deleted")),
            };
            let image = layers::text(&recipe.over(image))?;
            self.0.store.set_image(&row.id, image).await?;
            let change = Change::to(State::Creating, State::Started);
            self.step(&row.id, change).await
        };
        // No layer goes between its pull and the row that says that it is used.
        let kept = self.keep_layers().await;
        let built = built.await;
        drop(kept);
        lock(&self.0.builds).remove(&row.id);
        let failed = match built {
            Ok(row) => {
                log.end("the image is here; the sandbox starts");
                self.boot(row, false).await.err()
            }
            Err(error) => {
                let why = said(&error);
                log.end(&why);
                let change = Change::to(State::BuildFailed, State::Started).why(Some(why));
                if let Err(more) = self.step(&row.id, change).await {
                    tracing::warn!(sandbox = row.id, "{more}");
                }
                Some(error)
            }
        };
        if let Some(error) = failed {
            tracing::warn!(sandbox = row.id, "it could not be made: {error}");
        }
    }

    /// Gives up the build of a sandbox that is to be deleted; its turn is free soon after.
    pub(super) fn give_up_build(&self, id: &str) -> bool {
        let build = lock(&self.0.builds).get(id).cloned();
        build.is_some_and(|build| {
            build.cancel();
            true
        })
    }
}

/// An error as a reason: what failed, then what to do.
pub(super) fn said(error: &Error) -> String {
    let mut text = error.text();
    for hint in error.hints() {
        text.push_str("; ");
        text.push_str(hint);
    }
    text
}
