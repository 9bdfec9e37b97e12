//! What a route may take: which permissions of a key, or what else opens it.

use crate::engine::service::Known;

/// Whose request it is: the gate puts it into the request.
#[derive(Clone, Debug)]
pub(super) enum Caller {
    /// Who has the engine's own key: everything is permitted.
    Owner,
    /// Who has a key that was made here.
    Key(Known),
}

impl Caller {
    /// Whether the caller has a permission.
    pub(super) fn may(&self, permission: &str) -> bool {
        match self {
            Self::Owner => true,
            Self::Key(key) => key.permissions.iter().any(|one| one == permission),
        }
    }

    /// Whether the caller may change sandboxes, and so look into them.
    pub(super) fn may_write_sandboxes(&self) -> bool {
        self.may("write:sandboxes")
    }
}

/// What a request takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Need {
    /// Nothing: anybody on this machine may ask.
    Nothing,
    /// Any key that holds.
    AnyKey,
    /// Keys with all of these permissions.
    All(&'static [&'static str]),
    /// Keys with all of these, or an address that the sandbox's signing key signed.
    OrSignedFile(&'static [&'static str]),
    /// Keys with all of these, or for a WebSocket the sandbox's token for sockets in the query.
    OrSocketToken(&'static [&'static str]),
    /// The engine's own key.
    Owner,
}

pub(super) const WRITE_SANDBOXES: Need = Need::All(&["write:sandboxes"]);
pub(super) const DELETE_SANDBOXES: Need = Need::All(&["delete:sandboxes"]);
pub(super) const WRITE_SNAPSHOTS: Need = Need::All(&["write:snapshots"]);
pub(super) const DELETE_SNAPSHOTS: Need = Need::All(&["delete:snapshots"]);
pub(super) const MANAGE_SECRETS: Need = Need::All(&["manage:secrets"]);

impl Need {
    /// Whether the key of a caller meets it.
    pub(super) fn is_met(self, caller: &Caller) -> bool {
        match self {
            Self::Nothing | Self::AnyKey => true,
            Self::All(permissions)
            | Self::OrSignedFile(permissions)
            | Self::OrSocketToken(permissions) => {
                permissions.iter().all(|permission| caller.may(permission))
            }
            Self::Owner => matches!(caller, Caller::Owner),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_what_it_was_given() {
        let key = Caller::Key(Known {
            name: "k".to_owned(),
            permissions: vec!["write:sandboxes".to_owned()],
        });
        assert!(Need::AnyKey.is_met(&key));
        assert!(WRITE_SANDBOXES.is_met(&key));
        assert!(!Need::All(&["write:sandboxes", "write:snapshots"]).is_met(&key));
        assert!(!Need::Owner.is_met(&key));
        assert!(Need::Owner.is_met(&Caller::Owner));
    }
}
