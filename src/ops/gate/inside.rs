//! Acting inside what an agent's session did not make: asked for once each, where the operator wants that.

use crate::api::types::Sandbox;
use crate::error::Result;
use crate::ops::Ctx;
use crate::ops::sandbox::view;

use super::ask::Question;

/// Lets the agent change something inside that sandbox, or only look where the call changes nothing.
pub(in crate::ops) async fn enter(ctx: &Ctx, sandbox: &Sandbox) -> Result<()> {
    let what = format!("sandbox {}", view::called(sandbox));
    go_in(ctx, &sandbox.id, &what).await
}

/// The same of a volume that a sandbox is to have.
pub(in crate::ops) async fn enter_volume(ctx: &Ctx, name: &str, id: &str) -> Result<()> {
    go_in(ctx, id, &format!("volume `{name}`")).await
}

async fn go_in(ctx: &Ctx, id: &str, what: &str) -> Result<()> {
    let Some(session) = ctx.session() else {
        return Ok(());
    };
    if !session.confirm().asks_inside() || ctx.only_looks() || session.may_enter(id) {
        return Ok(());
    }
    let question = Question::inside(what, id.to_owned());
    ctx.asker().ask(&question).await?;
    session.note_entered(id);
    Ok(())
}
