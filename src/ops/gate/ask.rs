//! What somebody is asked before something goes, and who asks.

use std::future::Future;
use std::pin::Pin;
use std::str::FromStr;

use crate::error::{Error, Kind, Result};

use super::Bulk;
use super::look::Seen;
use super::subject::{How, Removal};

/// So many names are shown; more are counted.
const SHOWN: usize = 20;

/// When to ask the user of an agent.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Confirm {
    /// Before what this session did not make is lost.
    #[default]
    Auto,
    /// Also before the first change inside each sandbox that this session did not make.
    Inside,
    /// As `inside`, and before anything is lost at all.
    Always,
    /// Never.
    Never,
}

impl FromStr for Confirm {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "auto" => Ok(Self::Auto),
            "inside" => Ok(Self::Inside),
            "always" => Ok(Self::Always),
            "never" => Ok(Self::Never),
            other => Err(format!(
                "`{other}` is not one of auto, inside, always and never"
            )),
        }
    }
}

impl Confirm {
    /// Whether to ask before such a loss.
    pub(super) fn asks(self, made_here: bool) -> bool {
        match self {
            Self::Never => false,
            Self::Always => true,
            Self::Auto | Self::Inside => !made_here,
        }
    }

    /// Whether to ask before something changes inside what the session did not make.
    pub fn asks_inside(self) -> bool {
        matches!(self, Self::Inside | Self::Always)
    }
}

/// One question.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Question {
    /// What would happen, as an infinitive: `delete sandbox web (…) with all its files`.
    pub what: String,
    /// What does not come back, or else what a yes is for.
    pub consequence: &'static str,
    /// What has not happened: `nothing was deleted`.
    pub refused: &'static str,
    /// What must still be so when the answer is used.
    pub stamp: String,
}

/// Asks somebody. Only an explicit yes to just this question is `Ok`.
pub trait Asker: Send + Sync {
    /// Asks.
    fn ask<'a>(
        &'a self,
        question: &'a Question,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;
}

/// Where nobody can be asked, the answer is no.
pub(in crate::ops) struct Nobody;

impl Asker for Nobody {
    fn ask<'a>(
        &'a self,
        question: &'a Question,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        let error = Error::new(
            Kind::Unconfirmed,
            format!(
                "this would {}, and nobody can be asked; {}",
                question.what, question.refused
            ),
        );
        Box::pin(async { Err(error) })
    }
}

impl Question {
    /// About removals, as they were seen.
    pub(super) fn removal(looked: &[(Removal, Option<Seen>)], bulk: &Bulk) -> Self {
        let there: Vec<(&Removal, &Seen)> = looked
            .iter()
            .filter_map(|(removal, seen)| Some((removal, seen.as_ref()?)))
            .collect();
        let stamps: Vec<&str> = there.iter().map(|(_, seen)| &*seen.stamp).collect();
        let what = match there.as_slice() {
            [(removal, seen)] if !bulk.found => match &removal.how {
                How::Later(when) => format!("have {} deleted {when}", seen.what),
                How::Now | How::Permanently | How::ByStopping => format!("delete {}", seen.what),
            },
            _ => {
                let names: Vec<&str> = looked
                    .iter()
                    .take(SHOWN)
                    .map(|(removal, _)| removal.subject.name())
                    .collect();
                let count = looked.len();
                let noun = if count == 1 { bulk.one } else { bulk.many };
                let more = match count.saturating_sub(SHOWN) {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                format!("delete {count} {noun}: {}{more}", names.join(", "))
            }
        };
        Self {
            what,
            consequence: if there.iter().all(|(_, seen)| seen.restorable) {
                "The trash keeps the files for three days."
            } else {
                "It cannot be undone."
            },
            refused: "nothing was deleted",
            stamp: stamps.join("\n"),
        }
    }

    /// About acting inside what the session did not make.
    pub(super) fn inside(what: &str, stamp: String) -> Self {
        Self {
            what: format!(
                "run programs and change files in {what}, which this session did not make"
            ),
            consequence: "A yes holds until the session ends.",
            refused: "nothing was changed",
            stamp,
        }
    }
}
