//! The scope's door: what is there and what is to be made pass it by name, labels and count; and what was made is
//! remembered as the session's own.

use crate::api::Client;
use crate::api::types::{CreateSandbox, Sandbox, Snapshot, Volume};
use crate::error::Result;
use crate::ops::sandbox::make::Made;
use crate::ops::session::ClientSession;
use crate::ops::{Ctx, On};

use super::held::admitted;

/// Lets a call act on a sandbox that is within the scope.
pub(in crate::ops) fn sandbox(ctx: &Ctx, sandbox: &Sandbox) -> Result<()> {
    if let Some(session) = ctx.session() {
        session.scope().check(sandbox)?;
    }
    admitted(On::Sandbox);
    Ok(())
}

/// Lets a call act on the sandbox that is the session's own.
pub(in crate::ops) fn own_sandbox() {
    admitted(On::Sandbox);
}

/// Lets a call act on a snapshot that is within the scope.
pub(in crate::ops) fn snapshot(ctx: &Ctx, name: &str) -> Result<()> {
    named(ctx, On::Snapshot, name)
}

/// Lets a call act on a volume that is within the scope.
pub(in crate::ops) fn volume(ctx: &Ctx, name: &str) -> Result<()> {
    named(ctx, On::Volume, name)
}

fn named(ctx: &Ctx, on: On, name: &str) -> Result<()> {
    if let Some(session) = ctx.session() {
        session.scope().check_name(on.noun(), name)?;
    }
    admitted(on);
    Ok(())
}

/// Has a snapshot made under that name.
pub(in crate::ops) async fn new_snapshot(
    ctx: &Ctx,
    name: &str,
    making: impl Future<Output = Result<Snapshot>>,
) -> Result<Snapshot> {
    named(ctx, On::NewSnapshot, name)?;
    let made = making.await?;
    note_made(ctx, &made.id);
    Ok(made)
}

/// Has a volume made under that name.
pub(in crate::ops) async fn new_volume(
    ctx: &Ctx,
    name: &str,
    making: impl Future<Output = Result<Volume>>,
) -> Result<Volume> {
    named(ctx, On::NewVolume, name)?;
    let made = making.await?;
    note_made(ctx, &made.id);
    Ok(made)
}

/// What is asked of a new sandbox, as far as a scope bounds it.
pub(in crate::ops) trait Wanted: Sized {
    /// The same within the scope, or a refusal.
    fn fit(self, session: &ClientSession) -> Result<Self>;
}

impl Wanted for CreateSandbox {
    fn fit(mut self, session: &ClientSession) -> Result<Self> {
        session.fit(&mut self)?;
        Ok(self)
    }
}

/// The name of a sandbox that has everything else of another one.
pub(in crate::ops) struct Name(pub(in crate::ops) Option<String>);

impl Wanted for Name {
    fn fit(self, session: &ClientSession) -> Result<Self> {
        session.fitting_name(self.0).map(Self)
    }
}

/// What holds a new sandbox.
pub(in crate::ops) trait Holds {
    /// The sandbox.
    fn sandbox(&self) -> &Sandbox;
}

impl Holds for Sandbox {
    fn sandbox(&self) -> &Sandbox {
        self
    }
}

impl Holds for Made {
    fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }
}

/// Has a sandbox made as it is wanted, as far as the scope allows that and one more.
pub(in crate::ops) async fn new_sandbox<W: Wanted, M: Holds>(
    ctx: &Ctx,
    client: &Client,
    wanted: W,
    making: impl AsyncFnOnce(W) -> Result<M>,
) -> Result<M> {
    let Some(session) = ctx.session() else {
        admitted(On::NewSandbox);
        return making(wanted).await;
    };
    let wanted = wanted.fit(session)?;
    let place = session.place(client).await?;
    admitted(On::NewSandbox);
    let made = making(wanted).await?;
    session.note_made(&made.sandbox().id);
    place.taken_by(client, made.sandbox()).await?;
    Ok(made)
}

fn note_made(ctx: &Ctx, id: &str) {
    if let Some(session) = ctx.session() {
        session.note_made(id);
    }
}
