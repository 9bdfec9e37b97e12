//! Asks on the terminal before several things go at once, and says how it went.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, Kind, Result};
use crate::ops::gate::{Asker, Question};
use crate::ops::removal::Removed;
use crate::output::Printer;

use super::interrupt::{interrupted, requested};
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
                .hint("cannot prompt: not a terminal, or `CI` or `--no-input` is set; add `--yes` to delete them"));
        }
        match asked(&self.0, format!("{what}? [y/N]"), refused).await? {
            Some(answer) if is_yes(&answer) => return Ok(()),
            _ => {}
        }
        Err(Error::new(
            Kind::Interrupted,
            format!("not confirmed; {refused}"),
        ))
    }
}

/// A question on the terminal, and the line that answers it; none at the end of the input. Ctrl-C is an answer too,
/// at once.
pub(super) async fn asked(
    printer: &Printer,
    question: String,
    refused: &str,
) -> Result<Option<String>> {
    // Elsewhere: Ctrl-C must be heard while a line is awaited. The reading thread ends with the process.
    let reader = printer.clone();
    let answer = tokio::task::spawn_blocking(move || reader.ask(&question));
    tokio::select! {
        answer = answer => answer.map_err(|error| Error::internal("the question broke").because(error))?,
        () = requested() => {
            printer.status("");
            Err(interrupted(&format!("; {refused}")))
        }
    }
}

/// Whether an answer to `[y/N]` is yes.
pub(super) fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

/// Deletes, and shows that it goes on unless somebody is asked meanwhile. An interruption says truly whether
/// anything can be gone; `list` shows what is left.
pub(super) async fn shown<T>(
    asks: bool,
    session: &Session,
    work: impl Future<Output = Result<T>>,
    list: &str,
) -> Result<T> {
    let _progress = (!asks).then(|| session.printer.progress("deleting"));
    let begun = Arc::new(AtomicBool::new(false));
    let noted = Arc::clone(&begun);
    session.ctx.hear(Some(Arc::new(move |_| {
        noted.store(true, Ordering::Relaxed);
    })));
    let outcome = tokio::select! {
        // What the work itself says of an interruption is more exact.
        biased;
        outcome = work => outcome,
        () = requested() => Err(if begun.load(Ordering::Relaxed) {
            interrupted("while deleting; some may be deleted")
                .hint(format!("see what is left: `{list}`"))
        } else {
            interrupted("; nothing was deleted")
        }),
    };
    session.ctx.hear(None);
    outcome
}

/// Deletes things by name, and says how it went.
pub(super) fn removal(
    asks: bool,
    session: &Session,
    work: impl Future<Output = Result<Removed>>,
    list: &str,
) -> Result<u8> {
    session.printer.check::<Removed>()?;
    let removed = session.block_on(shown(asks, session, work, list))?;
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
