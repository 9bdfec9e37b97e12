//! What a request does to what is at the server, declared where the request is made; and the proof that one
//! which removes something has passed the gate of the operations.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::{Error, Result};

/// What lets one removal pass. Only `ops::gate` makes one: a structure test sees to it.
#[derive(Debug)]
pub struct Permit {
    revision: Option<String>,
    class: Class,
}

impl Permit {
    /// Of what has that revision, where its server tells revisions: of nothing else then.
    pub(crate) fn granted(revision: Option<String>) -> Self {
        Self {
            revision,
            class: Class::Removes,
        }
    }

    /// Of what the same operation has just made: nothing is lost that was there before.
    pub(crate) fn undo() -> Self {
        Self {
            revision: None,
            class: Class::Changes,
        }
    }

    /// Whether it is for what the same operation has just made.
    pub(super) fn is_undo(&self) -> bool {
        self.class == Class::Changes
    }

    /// The same permit for another hand.
    pub(crate) fn same(&self) -> Self {
        Self {
            revision: self.revision.clone(),
            class: self.class,
        }
    }

    pub(super) fn class(&self) -> Class {
        self.class
    }

    pub(super) fn revision(&self) -> Option<&str> {
        self.revision.as_deref()
    }
}

/// What a request does, from the least to the most.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Class {
    /// Changes nothing.
    Looks,
    /// Brings to life what rests, or says that it is in use.
    Wakes,
    /// Adds or changes something; all that was there can still be had.
    Changes,
    /// Removes something, now or later.
    Removes,
}

/// The most that the requests of some work may do. Its holder can raise it while the work goes on.
#[derive(Clone, Debug)]
pub(crate) struct Ceiling(Arc<Mutex<Class>>);

impl Ceiling {
    pub(crate) fn new(most: Class) -> Self {
        Self(Arc::new(Mutex::new(most)))
    }

    /// The work may do as much as that from now on.
    pub(crate) fn raise(&self, most: Class) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = most;
    }

    /// Has no request of this work do more than the ceiling allows at its time.
    pub(crate) async fn hold<T>(&self, work: impl Future<Output = T>) -> T {
        CEILING.scope(self.clone(), work).await
    }

    fn most(&self) -> Class {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

tokio::task_local! {
    static CEILING: Ceiling;
}

/// Has no request of this work do more than that.
pub(crate) async fn at_most<T>(most: Class, work: impl Future<Output = T>) -> T {
    Ceiling::new(most).hold(work).await
}

/// Refuses a request that does more than the work may that it belongs to. It is the last line: an operation
/// that is declared as less than it is fails its first test.
pub(super) fn check(class: Class) -> Result<()> {
    match CEILING.try_with(Ceiling::most) {
        Ok(most) if class > most => Err(Error::internal(format!(
            "a request of the class {class:?} belongs to no operation of the class {most:?}; nothing was sent"
        ))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_sends_nothing_beyond_its_class() {
        assert!(check(Class::Removes).is_ok());
        at_most(Class::Wakes, async {
            assert!(check(Class::Looks).is_ok());
            assert!(check(Class::Wakes).is_ok());
            assert!(check(Class::Changes).is_err());
            at_most(Class::Changes, async {
                assert!(check(Class::Changes).is_ok());
                assert!(check(Class::Removes).is_err());
            })
            .await;
        })
        .await;
    }

    #[tokio::test]
    async fn a_ceiling_is_raised_for_the_work_that_it_holds_only() {
        let ceiling = Ceiling::new(Class::Looks);
        ceiling
            .hold(async {
                assert!(check(Class::Changes).is_err());
                at_most(Class::Wakes, async {
                    ceiling.raise(Class::Changes);
                    assert!(check(Class::Changes).is_err());
                })
                .await;
                assert!(check(Class::Changes).is_ok());
                assert!(check(Class::Removes).is_err());
            })
            .await;
    }
}
