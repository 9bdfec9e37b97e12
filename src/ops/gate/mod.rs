//! The gate: the one place through which everything passes that removes something, now or later, whoever asks.
//! It knows what would go, whose it is, what the scope allows and how often, and has it confirmed; and what was
//! shown is what is removed.

pub(in crate::ops) mod admit;
mod ask;
mod held;
mod inside;
mod look;
mod subject;

use std::future::Future;

use futures_util::{StreamExt as _, stream};

use crate::api::Permit;
use crate::error::{Error, Kind, Result};
use crate::ops::Ctx;

pub(super) use ask::Nobody;
pub use ask::{Asker, Confirm, Question};
pub use subject::{How, Removal, Subject};

pub(in crate::ops) use held::{held, inherited};
pub(in crate::ops) use inside::{enter, enter_volume};

use look::Seen;

/// How many removals go on at once.
const AT_ONCE: usize = 8;

/// Several removals that are one act of a person.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bulk {
    /// One of them, e.g. `sandbox`.
    pub one: &'static str,
    /// Several of them.
    pub many: &'static str,
    /// Whether they were found by a filter, and not named one by one.
    pub found: bool,
    /// Whether the person said beforehand that nothing is to be asked.
    pub yes: bool,
}

/// Has one removal pass, and does it.
pub async fn pass<T>(
    ctx: &Ctx,
    removal: Removal,
    act: impl AsyncFnOnce(&Permit) -> Result<T>,
) -> Result<T> {
    let bulk = Bulk::default();
    let mut passed = admit(ctx, vec![removal], &bulk).await?;
    match passed.pop() {
        Some(one) => one.act(ctx, act).await,
        None => Err(Error::internal("the gate lost a removal")),
    }
}

/// Has removals pass together, with one question, and does each; in the order in which they were given.
pub async fn pass_all<T, F: Future<Output = Result<T>>>(
    ctx: &Ctx,
    removals: Vec<Removal>,
    bulk: &Bulk,
    act: impl Fn(Subject, Permit) -> F,
) -> Result<Vec<(Subject, Result<T>)>> {
    let passed = admit(ctx, removals, bulk).await?;
    let act = &act;
    let doing = stream::iter(passed).map(|one| async move {
        let subject = one.removal.subject.clone();
        let inner = subject.clone();
        let outcome = one
            .act(ctx, async move |permit| act(inner, permit.same()).await)
            .await;
        (subject, outcome)
    });
    Ok(doing.buffered(AT_ONCE).collect().await)
}

/// The permit to undo what the same operation has just made, and nobody else has seen.
pub(crate) fn undo() -> Permit {
    Permit::undo()
}

/// A removal that may go on.
struct Passed {
    removal: Removal,
    /// What was seen of it, where anybody looked.
    seen: Option<Seen>,
    /// Whether somebody agreed to what was seen.
    agreed: bool,
}

async fn admit(ctx: &Ctx, removals: Vec<Removal>, bulk: &Bulk) -> Result<Vec<Passed>> {
    // What a person names one by one, or takes responsibility for, is not looked at twice.
    if ctx.session().is_none() && (!bulk.found || bulk.yes) {
        let on = removals.iter().filter_map(|removal| removal.subject.on());
        on.for_each(held::admitted);
        let mut looks = Vec::with_capacity(removals.len());
        for removal in &removals {
            looks.push(look::unprotected_elsewhere(ctx, removal));
        }
        let looks = stream::iter(looks).buffered(AT_ONCE);
        let looked: Vec<Result<()>> = looks.collect().await;
        looked.into_iter().collect::<Result<()>>()?;
        let passed = removals.into_iter().map(|removal| Passed {
            removal,
            seen: None,
            agreed: false,
        });
        return Ok(passed.collect());
    }
    let looks = stream::iter(removals).map(|removal| async move {
        let seen = look::at(ctx, &removal).await?;
        Ok((removal, seen))
    });
    let looked: Vec<Result<(Removal, Option<Seen>)>> = looks.buffered(AT_ONCE).collect().await;
    let looked = looked.into_iter().collect::<Result<Vec<_>>>()?;
    // What is outside of the scope was refused; what is no longer there is nobody's.
    let on = looked
        .iter()
        .filter_map(|(removal, _)| removal.subject.on());
    on.for_each(held::admitted);
    let there: Vec<&Seen> = looked
        .iter()
        .filter_map(|(_, seen)| seen.as_ref())
        .collect();
    if let Some(session) = ctx.session() {
        session.may_delete(there.iter().filter(|seen| seen.counts).count())?;
    }
    let asked = match ctx.session() {
        Some(session) => session
            .confirm()
            .asks(there.iter().all(|seen| seen.made_here)),
        None => true,
    };
    let agreed = asked && !there.is_empty();
    if agreed {
        ctx.asker().ask(&Question::removal(&looked, bulk)).await?;
    }
    Ok(looked
        .into_iter()
        .map(|(removal, seen)| Passed {
            removal,
            seen,
            agreed,
        })
        .collect())
}

impl Passed {
    async fn act<T>(self, ctx: &Ctx, act: impl AsyncFnOnce(&Permit) -> Result<T>) -> Result<T> {
        let revision = self.seen.as_ref().and_then(|seen| seen.revision.clone());
        // Whoever was asked may have thought for long. Where the server compares, it does so itself.
        if self.agreed && revision.is_none() {
            let now = look::at(ctx, &self.removal).await?;
            let then = self.seen.as_ref().map(|seen| &seen.stamp);
            if now.as_ref().map(|seen| &seen.stamp) != then {
                return Err(self.changed(None));
            }
        }
        let counts = self.seen.as_ref().is_some_and(|seen| seen.counts);
        let count = match ctx.session() {
            Some(session) if counts => Some(session.count_deletion()?),
            _ => None,
        };
        let permit = Permit::granted(revision.filter(|_| self.agreed));
        if matches!(self.removal.how, How::Now | How::Permanently) {
            ctx.tell(&format!("deleting {}", self.removal.subject.named()));
        }
        let outcome = act(&permit).await;
        if let (Err(_), Some(count)) = (&outcome, count) {
            count.undo();
        }
        match outcome {
            Err(error) if error.kind() == Kind::Unconfirmed => Err(self.changed(Some(error))),
            outcome => outcome,
        }
    }

    fn changed(&self, error: Option<Error>) -> Error {
        let what = self
            .seen
            .as_ref()
            .map_or_else(|| self.removal.subject.named(), |seen| seen.what.clone());
        let changed = Error::new(
            Kind::Conflict,
            format!("{what} has changed since it was looked at; nothing was deleted"),
        )
        .hint("look at it again, then ask again; where programs in it go on writing, pause or stop it first");
        match error {
            Some(error) => changed.because(error),
            None => changed,
        }
    }
}
