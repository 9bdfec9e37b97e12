//! What went wrong, for whom, and what to do about it; the one table from kind to exit code.

mod hint;

use std::borrow::Cow;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use hint::{Command, Hint, NextTool, Step};

/// A result whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The class of a failure. It survives to the exit code, to `--json` errors and to MCP results.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// The input is wrong; nothing was attempted.
    Usage,
    /// Credentials are missing, refused, or lack a permission.
    Auth,
    /// The sandbox, file or other object does not exist.
    NotFound,
    /// The object's present state forbids the request, or a name is taken.
    Conflict,
    /// A quota or rate limit was reached.
    Limit,
    /// The server could not be reached or cannot serve now.
    Unavailable,
    /// A deadline passed.
    Timeout,
    /// The user interrupted the command.
    Interrupted,
    /// It needs a yes that was not given; nothing was done.
    Unconfirmed,
    /// This host or this server cannot do it at all.
    Unsupported,
    /// A defect of ours.
    Internal,
    /// Anything else.
    Other,
}

impl Kind {
    /// The kind that stands for several failures: theirs where they are of one.
    pub fn of_all(kinds: impl IntoIterator<Item = Self>) -> Self {
        let mut kinds = kinds.into_iter();
        let first = kinds.next().unwrap_or(Self::Other);
        if kinds.all(|kind| kind == first) {
            first
        } else {
            Self::Other
        }
    }
}

/// Every kind with its exit code and one line about it: the source of `daytona help exit-codes`.
pub const EXIT_CODES: &[(u8, &str, &[Kind])] = &[
    (0, "success", &[]),
    (
        1,
        "failure",
        &[
            Kind::Conflict,
            Kind::Limit,
            Kind::Unavailable,
            Kind::Unsupported,
            Kind::Unconfirmed,
            Kind::Internal,
            Kind::Other,
        ],
    ),
    (2, "wrong usage; nothing was done", &[Kind::Usage]),
    (4, "not authenticated, or not permitted", &[Kind::Auth]),
    (5, "not found", &[Kind::NotFound]),
    (124, "timed out", &[Kind::Timeout]),
    (130, "interrupted", &[Kind::Interrupted]),
];

impl Kind {
    /// The process exit code that stands for this kind.
    pub fn exit_code(self) -> u8 {
        EXIT_CODES
            .iter()
            .find(|(_, _, kinds)| kinds.contains(&self))
            .map_or(1, |(code, _, _)| *code)
    }
}

/// A failure that a person or a model can act on.
///
/// `message` says what failed, to what and why, as a lowercase fragment without a full stop;
/// each hint is one next step, with a command that can be pasted.
pub struct Error {
    kind: Kind,
    message: Cow<'static, str>,
    source: Option<anyhow::Error>,
    hints: Vec<Hint>,
}

impl Error {
    /// A failure of `kind` with its message.
    pub fn new(kind: Kind, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind,
            message: message.into(),
            source: None,
            hints: Vec::new(),
        }
    }

    /// Wrong input.
    pub fn usage(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// A defect of ours.
    pub fn internal(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Internal, message)
    }

    /// What it comes from.
    pub fn cause(&self) -> Option<&anyhow::Error> {
        self.source.as_ref()
    }

    /// The same failure with one more next step.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Hint>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same failure with its cause, which is shown after the message.
    #[must_use]
    pub fn because(mut self, source: impl Into<anyhow::Error>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The class of the failure.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The next steps, in the order they were given.
    pub fn hints(&self) -> &[Hint] {
        &self.hints
    }

    /// The message and its causes on one line, without the hints.
    pub fn text(&self) -> String {
        let causes = self.source.iter().flat_map(anyhow::Error::chain);
        causes.fold(self.message.clone().into_owned(), |mut text, cause| {
            text.push_str(": ");
            match cause.downcast_ref::<Self>() {
                // Its own causes follow: they are in the chain too.
                Some(ours) => text.push_str(&ours.message),
                None => text.push_str(&cause.to_string()),
            }
            text
        })
    }

    /// The machine-readable form: `{kind, message, hints}`.
    pub fn report(&self) -> Report {
        Report {
            kind: self.kind,
            message: self.text(),
            hints: self.hints.iter().map(ToString::to_string).collect(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.kind, self.text())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source: &(dyn std::error::Error + 'static) = &**self.source.as_ref()?;
        Some(source)
    }
}

/// A failure as `--json` and MCP show it.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Report {
    /// The class of the failure.
    pub kind: Kind,
    /// What failed, to what and why.
    pub message: String,
    /// What to do next.
    pub hints: Vec<String>,
}

/// Adds our message to any failure.
pub trait Context<T> {
    /// The error of `kind` with `message`, and the original as its cause.
    fn context(self, kind: Kind, message: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: Into<anyhow::Error>> Context<T> for std::result::Result<T, E> {
    fn context(self, kind: Kind, message: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|source| Error::new(kind, message()).because(source))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_documented_exit_code() {
        let codes = [
            (Kind::Usage, 2),
            (Kind::Auth, 4),
            (Kind::NotFound, 5),
            (Kind::Conflict, 1),
            (Kind::Limit, 1),
            (Kind::Unavailable, 1),
            (Kind::Timeout, 124),
            (Kind::Interrupted, 130),
            (Kind::Unsupported, 1),
            (Kind::Internal, 1),
            (Kind::Other, 1),
        ];
        for (kind, code) in codes {
            assert_eq!(kind.exit_code(), code, "{kind:?}");
        }
    }

    #[test]
    fn causes_follow_the_message() {
        let error = Error::usage("cannot read the label").because(std::io::Error::other("broken"));
        assert_eq!(error.text(), "cannot read the label: broken");
    }

    #[test]
    fn each_cause_is_kept_and_told_once() {
        let inner = Error::usage("no such file").because(std::io::Error::other("broken"));
        let middle = anyhow::Error::from(inner).context("cannot copy");
        let outer = Error::internal("the sandbox did not start").because(middle);
        let text = "the sandbox did not start: cannot copy: no such file: broken";
        assert_eq!(outer.text(), text);
        assert_eq!(outer.to_string(), text);
        let causes = std::iter::successors(
            Some(&outer as &(dyn std::error::Error + 'static)),
            |error| error.source(),
        );
        let causes: Vec<_> = causes.collect();
        assert_eq!(causes.len(), 4);
        let kept = causes[2].downcast_ref::<Error>().map(Error::kind);
        assert_eq!(kept, Some(Kind::Usage));
        assert!(causes[3].is::<std::io::Error>());
    }
}
