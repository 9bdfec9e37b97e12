//! What is to be removed, and how.

use crate::api::types::Sandbox;
use crate::ops::On;

/// One thing that would go.
#[derive(Clone, Debug)]
pub enum Subject {
    /// A sandbox, by id, or by name where a person names it.
    Sandbox {
        /// What requests call it.
        id: String,
        /// What people call it.
        name: String,
    },
    /// A snapshot.
    Snapshot {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    },
    /// A volume.
    Volume {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    },
    /// A file or folder in a sandbox.
    Path {
        /// The sandbox.
        sandbox: Box<Sandbox>,
        /// Where its toolbox is.
        toolbox: String,
        /// The path.
        path: String,
    },
    /// A recording of a sandbox's desktop.
    Recording {
        /// The sandbox.
        sandbox: Box<Sandbox>,
        /// Where its toolbox is.
        toolbox: String,
        /// Its route below `computeruse`.
        route: String,
    },
    /// Something that only people remove, by name: a secret, an API key.
    Other {
        /// What requests call it.
        id: String,
        /// What people call it.
        name: String,
    },
}

/// When it goes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum How {
    /// At once; where its server has a trash, its files are kept there for a while.
    Now,
    /// At once, and nothing of it is kept anywhere.
    Permanently,
    /// At once, because it is stopped and goes when it stops.
    ByStopping,
    /// Later, in words: `5 minutes after it stops`.
    Later(String),
}

/// One removal.
#[derive(Clone, Debug)]
pub struct Removal {
    /// What goes.
    pub subject: Subject,
    /// When.
    pub how: How,
}

impl Subject {
    /// What people call it.
    pub fn name(&self) -> &str {
        match self {
            Self::Sandbox { name, .. }
            | Self::Snapshot { name, .. }
            | Self::Volume { name, .. }
            | Self::Other { name, .. } => name,
            Self::Path { path, .. } => path,
            Self::Recording { route, .. } => route,
        }
    }

    /// What requests call it.
    pub fn id(&self) -> &str {
        match self {
            Self::Sandbox { id, .. }
            | Self::Snapshot { id, .. }
            | Self::Volume { id, .. }
            | Self::Other { id, .. } => id,
            Self::Path { path, .. } => path,
            Self::Recording { route, .. } => route,
        }
    }

    /// What a tool that removes it acts on; none where no tool does.
    pub(super) fn on(&self) -> Option<On> {
        match self {
            Self::Sandbox { .. } | Self::Path { .. } | Self::Recording { .. } => Some(On::Sandbox),
            Self::Snapshot { .. } => Some(On::Snapshot),
            Self::Volume { .. } => Some(On::Volume),
            Self::Other { .. } => None,
        }
    }

    /// What it is, with its name.
    pub(super) fn named(&self) -> String {
        let noun = match self {
            Self::Sandbox { .. } => "sandbox ",
            Self::Snapshot { .. } => "snapshot ",
            Self::Volume { .. } => "volume ",
            Self::Path { .. } | Self::Other { .. } => "",
            Self::Recording { .. } => "recording ",
        };
        format!("{noun}`{}`", self.name())
    }

    /// It goes at once.
    pub fn now(self) -> Removal {
        Removal {
            subject: self,
            how: How::Now,
        }
    }
}

impl From<&Sandbox> for Subject {
    fn from(sandbox: &Sandbox) -> Self {
        Self::Sandbox {
            id: sandbox.id.clone(),
            name: crate::ops::sandbox::view::handle(sandbox).to_owned(),
        }
    }
}
