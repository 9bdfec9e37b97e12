//! What the engine knows, in SQLite: one connection on a thread of its own, to which closures are sent.

mod change;
mod cursor;
mod image;
mod key;
mod list;
mod preview;
mod preview_address;
mod room;
mod row;
mod schema;
mod secret;
mod settings;
mod snapshot;
mod trash;
mod usage;
mod volume;
mod write;

use std::fs::OpenOptions;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::error::{Context, Error, Kind, Result};

pub(crate) use change::{Change, Changed};
pub(crate) use image::ImageRow;
pub(crate) use key::KeyRow;
pub(crate) use list::{Bound, Bounded, Filter, Sort};
pub(crate) use preview_address::PreviewAddress;
pub(crate) use room::Room;
pub(crate) use row::Row;
pub(crate) use secret::SecretRow;
pub(crate) use settings::Interval;
pub(crate) use snapshot::{SnapshotOrder, SnapshotQuery, SnapshotRow};
pub(crate) use trash::TrashRow;
pub(crate) use volume::{Deletion, VolumeRow};
pub(crate) use write::Due;

/// How often the disk is looked at, at most: before something is written.
const LOOK: Duration = Duration::from_millis(100);

type Work = Box<dyn FnOnce(&mut Connection) + Send>;

enum Message {
    Work(Work),
    Close(oneshot::Sender<()>),
}

/// The way to the thread that owns the database.
#[derive(Clone)]
pub(crate) struct Store {
    thread: mpsc::Sender<Message>,
    fresh: bool,
    room: Room,
}

impl Store {
    /// Opens the database at `path`, makes it where there is none, and brings it to this version.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let failed = || format!("cannot open the engine's database {}", path.display());
        // There are secrets in it. What SQLite puts beside it takes its mode.
        keep_private(path).context(Kind::Other, failed)?;
        let room = Room::of(path);
        Room::hold(path);
        let mut connection = Connection::open(path).context(Kind::Other, failed)?;
        let fresh = schema::prepare(&mut connection).map_err(|error| {
            error.hint(format!(
                "restore {0}, or move it away: `mv {0} {0}.damaged`; the sandboxes' files are found again",
                path.display()
            ))
        })?;
        let (sender, receiver) = mpsc::channel::<Message>();
        thread::Builder::new()
            .name("engine-store".to_owned())
            .spawn({
                let room = room.clone();
                move || own(connection, &receiver, &room)
            })
            .context(Kind::Internal, || {
                "cannot start the database's thread".to_owned()
            })?;
        Ok(Self {
            thread: sender,
            fresh,
            room,
        })
    }

    /// Whether the database was made just now: sandboxes whose files are there are unknown to it.
    pub(crate) fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// The room on the engine's disk.
    pub(crate) fn room(&self) -> &Room {
        &self.room
    }

    /// Runs `work` on the connection.
    pub(crate) async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let work = Box::new(move |connection: &mut Connection| {
            // The caller may have gone; the work is done all the same.
            let _ = reply.send(work(connection));
        });
        self.thread
            .send(Message::Work(work))
            .map_err(|_| Error::new(Kind::Unavailable, "the engine is stopping"))?;
        answer
            .await
            .map_err(|_| Error::internal("the engine's database gave no answer"))?
            .context(Kind::Internal, || "the engine's database failed".to_owned())
    }

    /// Runs the work that was sent before, then closes the database.
    pub(crate) async fn close(&self) {
        let (reply, closed) = oneshot::channel();
        if self.thread.send(Message::Close(reply)).is_ok() {
            let _ = closed.await;
        }
    }
}

/// Makes the file where there is none, and lets nobody else read it.
fn keep_private(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    drop(file);
    Ok(())
}

fn own(mut connection: Connection, messages: &mpsc::Receiver<Message>, room: &Room) {
    let mut looked = Instant::now();
    for message in messages {
        match message {
            Message::Work(work) => {
                if looked.elapsed() >= LOOK {
                    room.look();
                    looked = Instant::now();
                }
                // A defect in one closure must not take the database from all others.
                let work = AssertUnwindSafe(|| work(&mut connection));
                if catch_unwind(work).is_err() {
                    tracing::error!("a database closure panicked");
                }
            }
            // A close would give back the room that the log has: the next engine goes on from the log.
            Message::Close(reply) if room.check().is_err() => {
                let _ = connection.execute_batch("PRAGMA wal_checkpoint(PASSIVE)");
                std::mem::forget(connection);
                let _ = reply.send(());
                return;
            }
            Message::Close(reply) => {
                if let Err((_, error)) = connection.close() {
                    tracing::warn!("the database did not close cleanly: {error}");
                }
                let _ = reply.send(());
                return;
            }
        }
    }
}
