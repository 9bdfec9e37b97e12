//! Leases of agents' sessions: a session lives as long as somebody is connected for it; when nobody is
//! any more, the sandboxes that carry its label go.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::api::types::SESSION_LABEL;
use crate::engine::store::Filter;
use crate::error::{Kind, Result};

use super::{Deleting, Service, lock};

/// When to look for sandboxes of a session that has ended, each counted from the look before. The first
/// pause is for a connection that was only lost; the later looks find what was just being made.
const LOOKS: [Duration; 4] = [
    Duration::from_secs(2),
    Duration::from_secs(2),
    Duration::from_secs(10),
    Duration::from_secs(50),
];

/// How long after the engine's start sessions have to come back.
const RETURN: Duration = if cfg!(test) {
    Duration::from_millis(100)
} else {
    Duration::from_secs(10)
};

/// One connection for a session. Several may hold the same one.
pub(crate) struct Lease {
    service: Service,
    session: String,
}

impl Service {
    /// Holds a session until the lease is dropped. It is stored first: where engine and client die
    /// together, the next engine ends the session.
    pub(crate) async fn lease(&self, session: &str) -> Result<Lease> {
        self.0.store.note_session(session).await?;
        Ok(self.count_lease(session))
    }

    fn count_lease(&self, session: &str) -> Lease {
        *lock(&self.0.leases).entry(session.to_owned()).or_default() += 1;
        Lease {
            service: self.clone(),
            session: session.to_owned(),
        }
    }

    /// After a restart: ends the sessions that nobody takes up again.
    pub(super) async fn end_lost_sessions(&self) -> Result<()> {
        for session in self.0.store.sessions().await? {
            let service = self.clone();
            tokio::spawn(async move {
                tokio::time::sleep(RETURN).await;
                if !service.is_held(&session) {
                    service.end_session(session).await;
                }
            });
        }
        Ok(())
    }

    /// Lets go of all leases: the engine ends.
    pub(crate) fn end_leases(&self) {
        self.0.ending.cancel();
    }

    fn is_held(&self, session: &str) -> bool {
        lock(&self.0.leases).contains_key(session)
    }

    async fn end_session(self, session: String) {
        for pause in LOOKS {
            tokio::time::sleep(pause).await;
            if self.is_held(&session) {
                return;
            }
            if let Err(error) = self.delete_of_session(&session).await {
                tracing::warn!(
                    session,
                    "the sandboxes of a session were not found: {error}"
                );
            }
        }
        if self.is_held(&session) {
            return;
        }
        if let Err(error) = self.0.store.forget_session(&session).await {
            tracing::warn!(session, "a session that has ended is still noted: {error}");
        }
    }

    async fn delete_of_session(&self, session: &str) -> Result<()> {
        let filter = Filter {
            labels: BTreeMap::from([(SESSION_LABEL.to_owned(), session.to_owned())]),
            limit: 200,
            ..Filter::default()
        };
        for sandbox in self.list(filter).await?.items {
            tracing::info!(sandbox = sandbox.id, session, "its session has ended");
            let deletion = Deleting {
                permanent: true,
                seen: None,
            };
            match self.delete_as(&sandbox.id, deletion).await {
                // Somebody is at it: the next look finds it, or else its intervals do.
                Err(error) if !matches!(error.kind(), Kind::Conflict | Kind::NotFound) => {
                    tracing::warn!(sandbox = sandbox.id, "it was not deleted: {error}");
                }
                _ => {}
            }
        }
        Ok(())
    }
}

impl Lease {
    /// Returns when the engine ends.
    pub(crate) async fn ended(&self) {
        self.service.0.ending.cancelled().await;
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let last = {
            let mut leases = lock(&self.service.0.leases);
            let count = leases.get(&self.session).copied().unwrap_or(0);
            if count > 1 {
                leases.insert(self.session.clone(), count - 1);
            } else {
                leases.remove(&self.session);
            }
            count <= 1
        };
        if last
            && !self.service.0.ending.is_cancelled()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let (service, session) = (self.service.clone(), std::mem::take(&mut self.session));
            runtime.spawn(service.end_session(session));
        }
    }
}
