//! Asks on the terminal before several things go at once, and says how it went.

use std::future::Future;
use std::pin::Pin;

use crate::error::{Error, Kind, Result};
use crate::ops::gate::{Asker, Question};
use crate::ops::removal::Removed;
use crate::output::Printer;

use super::interrupt::{requested, stoppable};
use super::session::Session;

/// The person at the terminal.
pub(super) struct Person(pub(super) Printer);

impl Asker for Person {
    fn ask<'a>(
        &'a self,
        question: &'a Question,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        Box::pin(self.asked(question))
    }
}

impl Person {
    async fn asked(&self, question: &Question) -> Result<()> {
        let (what, refused) = (&question.what, question.refused);
        if !self.0.asks() {
            return Err(Error::usage(format!("this would {what}"))
                .hint("nobody can be asked here: add `--yes` to delete them"));
        }
        // Elsewhere: Ctrl-C must be heard while a line is awaited.
        let (printer, text) = (self.0.clone(), format!("{what}?"));
        let answer = tokio::task::spawn_blocking(move || printer.confirm(&text));
        let yes = tokio::select! {
            answer = answer => answer.map_err(|error| Error::internal("the question broke").because(error))??,
            () = requested() => {
                self.0.status("");
                return Err(Error::new(Kind::Interrupted, format!("interrupted; {refused}")));
            }
        };
        if yes {
            return Ok(());
        }
        Err(Error::new(
            Kind::Interrupted,
            format!("not confirmed; {refused}"),
        ))
    }
}

/// Does it, and shows that it goes on unless somebody is asked meanwhile.
pub(super) async fn shown<T>(
    asks: bool,
    session: &Session,
    work: impl Future<Output = Result<T>>,
    label: &str,
) -> Result<T> {
    let _progress = (!asks).then(|| session.printer.progress("deleting"));
    stoppable(work, label).await
}

/// Deletes things by name, and says how it went.
pub(super) fn removal(
    asks: bool,
    session: &Session,
    work: impl Future<Output = Result<Removed>>,
    list: &str,
) -> Result<u8> {
    session.printer.check::<Removed>()?;
    let label = format!("deleting; some may be gone: `{list}`");
    let removed = session.block_on(shown(asks, session, work, &label))?;
    finish(&removed, session)
}

/// Prints what was deleted; fails where something could not be.
pub(super) fn finish(removed: &Removed, session: &Session) -> Result<u8> {
    session.printer.result(removed)?;
    match removed.failure() {
        None => Ok(0),
        Some(error) => Err(error),
    }
}
