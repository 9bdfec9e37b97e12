//! What holds a tool to what it declares: until the scope has let through just what the tool acts on, its requests
//! only look; after that they do no more than its effect says; and no result is given of what was never checked.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::BoxFuture;

use crate::api::{Ceiling, Class};
use crate::error::{Error, Result};
use crate::ops::{Effect, On, Tool};

/// One call of a tool.
struct Held {
    on: On,
    /// The most that its requests may do, once they may.
    most: Class,
    ceiling: Ceiling,
    admitted: AtomicBool,
}

tokio::task_local! {
    static HELD: Arc<Held>;
}

/// Holds the work to what the tool declares.
pub(in crate::ops) async fn held<T>(tool: &Tool, work: BoxFuture<'_, Result<T>>) -> Result<T> {
    let held = Arc::new(Held {
        on: tool.on,
        most: most(tool.effect),
        ceiling: Ceiling::new(Class::Looks),
        admitted: AtomicBool::new(tool.on == On::Nothing),
    });
    let output = within(Arc::clone(&held), work).await?;
    if held.admitted.load(Ordering::Relaxed) {
        return Ok(output);
    }
    Err(Error::internal(format!(
        "{} did not have what it acts on ({:?}) checked; its result is withheld",
        tool.name, tool.on
    )))
}

/// Work in a task of its own that belongs to the same call.
pub(in crate::ops) fn inherited<T>(work: impl Future<Output = T>) -> impl Future<Output = T> {
    let held = HELD.try_with(Arc::clone).ok();
    async move {
        match held {
            Some(held) => within(held, work).await,
            None => work.await,
        }
    }
}

async fn within<T>(held: Arc<Held>, work: impl Future<Output = T>) -> T {
    let ceiling = held.ceiling.clone();
    ceiling.hold(HELD.scope(held, work)).await
}

/// The scope has let this through: a call whose tool acts on just that may do it now.
pub(super) fn admitted(on: On) {
    let _ = HELD.try_with(|held| {
        if held.on == on {
            held.ceiling.raise(held.most);
            held.admitted.store(true, Ordering::Relaxed);
        }
    });
}

fn most(effect: Effect) -> Class {
    match effect {
        Effect::Reads => Class::Wakes,
        Effect::Adds | Effect::Sets | Effect::Overwrites | Effect::Acts => Class::Changes,
        Effect::Destroys => Class::Removes,
    }
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::time::Duration;

    use schemars::JsonSchema;
    use serde::Deserialize;

    use crate::api::Endpoint;
    use crate::error::{Kind, Result};
    use crate::ops::gate::admit;
    use crate::ops::session::{Bound, Choices, ClientSession};
    use crate::ops::{Connect, Ctx, Effect, Group, On, Operation, Tool, perform};

    /// A server that is not there: a request that is sent is `Unavailable`.
    struct Nowhere;

    impl Connect for Nowhere {
        fn endpoint(&self) -> Pin<Box<dyn Future<Output = Result<Endpoint>> + Send + '_>> {
            Box::pin(async {
                Ok(Endpoint {
                    url: "http://127.0.0.1:1/api".to_owned(),
                    socket: None,
                    credential: None,
                    organization: None,
                    source: "test",
                    timeout: Duration::from_secs(1),
                    verify_tls: true,
                })
            })
        }
    }

    /// Which checks an operation remembers.
    #[derive(Clone, Copy, Deserialize, JsonSchema)]
    enum Checks {
        No,
        Another,
        Its,
    }

    #[derive(Deserialize, JsonSchema)]
    struct Activate(Checks);

    impl Operation for Activate {
        type Output = ();

        const TOOL: Option<Tool> = Some(Tool {
            name: "activate",
            title: "",
            description: "",
            group: Group::Snapshot,
            default: false,
            effect: Effect::Sets,
            on: On::Snapshot,
            open_world: false,
        });

        async fn run(self, ctx: &Ctx) -> Result<()> {
            match self.0 {
                Checks::No => {}
                Checks::Another => admit::volume(ctx, "mine-1")?,
                Checks::Its => admit::snapshot(ctx, "mine-1")?,
            }
            ctx.client().await?.activate_snapshot("mine-1").await?;
            Ok(())
        }
    }

    #[derive(Deserialize, JsonSchema)]
    struct Look(Checks);

    impl Operation for Look {
        type Output = &'static str;

        const TOOL: Option<Tool> = Some(Tool {
            effect: Effect::Reads,
            on: On::Volume,
            ..Activate::TOOL.unwrap()
        });

        async fn run(self, ctx: &Ctx) -> Result<&'static str> {
            if matches!(self.0, Checks::Its) {
                admit::volume(ctx, "mine-1")?;
            }
            Ok("what is in it")
        }
    }

    fn session(prefix: &str) -> Ctx {
        let choices = Choices {
            scope: [Bound::Name(prefix.to_owned())].into_iter().collect(),
            ..Choices::default()
        };
        Ctx::new(Nowhere).with_session(ClientSession::new(choices).into())
    }

    #[tokio::test]
    async fn what_an_operation_forgets_to_check_is_not_sent() {
        let ctx = session("mine-");
        for forgotten in [Checks::No, Checks::Another] {
            let error = perform(Activate(forgotten), &ctx).await.unwrap_err();
            assert_eq!(error.kind(), Kind::Internal, "{error}");
            assert!(error.text().contains("nothing was sent"), "{error}");
        }
        let sent = perform(Activate(Checks::Its), &ctx).await.unwrap_err();
        assert_eq!(sent.kind(), Kind::Unavailable, "{sent}");
        let other = session("other-");
        let outside = perform(Activate(Checks::Its), &other).await.unwrap_err();
        assert_eq!(outside.kind(), Kind::Auth);
    }

    #[tokio::test]
    async fn what_was_never_checked_is_not_returned() {
        let ctx = session("mine-");
        let error = perform(Look(Checks::No), &ctx).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Internal, "{error}");
        assert_eq!(
            perform(Look(Checks::Its), &ctx).await.unwrap(),
            "what is in it"
        );
    }
}
