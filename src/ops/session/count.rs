//! How much a session may make and delete: counted before the act, under one lock.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use crate::api::types::Sandbox;
use crate::api::{Client, ListQuery};
use crate::error::{Error, Hint, Kind, NextTool, Result};
use crate::ops::gate;

use super::{ClientSession, lock};

const HOUR: Duration = Duration::from_hours(1);
/// How long to wait for others that are being made, before one more is refused.
const WAIT_FOR_OTHERS: Duration = Duration::from_mins(1);

/// What was counted.
#[derive(Default)]
pub(super) struct Counts {
    deletions: Mutex<VecDeque<Instant>>,
    /// How many sandboxes are being made that no list may show yet.
    making: tokio::sync::Mutex<()>,
    made: Mutex<usize>,
    done: Notify,
}

/// The right to make one sandbox.
pub(in crate::ops) struct SandboxSlot<'s> {
    session: &'s ClientSession,
    bounded: bool,
}

/// A deletion that was counted.
pub(in crate::ops) struct Counted<'s> {
    session: &'s ClientSession,
    at: Option<Instant>,
}

impl ClientSession {
    /// Takes the place of one more sandbox, or refuses it where there are as many as there may be.
    pub(in crate::ops) async fn place(&self, client: &Client) -> Result<SandboxSlot<'_>> {
        let Some(most) = self.scope().most_sandboxes() else {
            return Ok(SandboxSlot {
                session: self,
                bounded: false,
            });
        };
        let begun = Instant::now();
        loop {
            let done = self.scoped.done.notified();
            let (there, making) = {
                let _alone = self.scoped.making.lock().await;
                // Those that are being made first: one may be listed, and done, between the two.
                let making = *lock(&self.scoped.made);
                let there = self.within(client).await?.len();
                if there + making < most {
                    *lock(&self.scoped.made) += 1;
                    return Ok(SandboxSlot {
                        session: self,
                        bounded: true,
                    });
                }
                (there, making)
            };
            if there >= most || making == 0 || begun.elapsed() > WAIT_FOR_OTHERS {
                return Err(too_many(there + making, most));
            }
            let _ = tokio::time::timeout(WAIT_FOR_OTHERS, done).await;
        }
    }

    /// The sandboxes within the scope, the oldest first.
    async fn within(&self, client: &Client) -> Result<Vec<Sandbox>> {
        let mut query = ListQuery {
            limit: Some(200),
            ..ListQuery::default()
        };
        self.scope().narrow(&mut query)?;
        let mut found = Vec::new();
        loop {
            let page = client.list_sandboxes(&query).await?;
            let within = page.items.into_iter().filter(|one| self.scope().holds(one));
            found.extend(within);
            match page.next_cursor {
                Some(cursor) => query.cursor = Some(cursor),
                None => break,
            }
        }
        found.sort_by(|one, other| (&one.created_at, &one.id).cmp(&(&other.created_at, &other.id)));
        Ok(found)
    }

    /// Refuses that many deletions where the scope allows fewer, and counts nothing.
    pub(in crate::ops) fn may_delete(&self, count: usize) -> Result<()> {
        let Some(most) = self.scope().most_deletions() else {
            return Ok(());
        };
        if count == 0 || self.lately() + count <= most {
            return Ok(());
        }
        Err(too_often(most))
    }

    /// Counts a deletion that is about to be made, or refuses it.
    pub(in crate::ops) fn count_deletion(&self) -> Result<Counted<'_>> {
        let Some(most) = self.scope().most_deletions() else {
            return Ok(Counted {
                session: self,
                at: None,
            });
        };
        self.lately();
        let mut times = lock(&self.scoped.deletions);
        if times.len() >= most {
            return Err(too_often(most));
        }
        let now = Instant::now();
        times.push_back(now);
        Ok(Counted {
            session: self,
            at: Some(now),
        })
    }

    fn lately(&self) -> usize {
        let mut times = lock(&self.scoped.deletions);
        while times.front().is_some_and(|time| time.elapsed() > HOUR) {
            times.pop_front();
        }
        times.len()
    }
}

impl SandboxSlot<'_> {
    /// The sandbox is made. Another server with the same scope may have made one at the same time: the later
    /// of them goes again.
    pub(in crate::ops) async fn taken_by(self, client: &Client, sandbox: &Sandbox) -> Result<()> {
        let Some(most) = self.session.scope().most_sandboxes() else {
            return Ok(());
        };
        let within = self.session.within(client).await?;
        let rank = within.iter().position(|one| one.id == sandbox.id);
        if rank.is_none_or(|rank| rank < most) {
            return Ok(());
        }
        client
            .delete_sandbox(&sandbox.id, false, &gate::undo())
            .await?;
        Err(too_many(most, most))
    }
}

impl Drop for SandboxSlot<'_> {
    fn drop(&mut self) {
        if self.bounded {
            *lock(&self.session.scoped.made) -= 1;
            self.session.scoped.done.notify_waiters();
        }
    }
}

impl Counted<'_> {
    /// Nothing was deleted.
    pub(in crate::ops) fn undo(self) {
        let mut times = lock(&self.session.scoped.deletions);
        if let Some(place) = times.iter().position(|time| Some(*time) == self.at) {
            times.remove(place);
        }
    }
}

fn too_many(there: usize, most: usize) -> Error {
    Error::new(
        Kind::Limit,
        format!("there are {there} sandboxes; this server may have {most} at once (--scope sandboxes={most})"),
    )
    .hint(Hint::new("destroy one that is no longer needed: ").step(NextTool::new("list_sandboxes")).words(", then ").step(NextTool::new("destroy_sandbox")))
}

fn too_often(most: usize) -> Error {
    Error::new(
        Kind::Limit,
        format!("{most} were deleted within the last hour, which is the most that this server may (--scope deletions={most})"),
    )
    .hint("leave the rest to the user, or wait")
}
