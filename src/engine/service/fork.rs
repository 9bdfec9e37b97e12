//! Forks: another sandbox that goes on from where one is now, and who was forked from whom.

use uuid::Uuid;

use crate::api::types::{
    PROTECTED_LABEL, PROTECTED_WHY_LABEL, SESSION_LABEL, Sandbox, State, check_name,
};
use crate::engine::random;
use crate::engine::store::Row;
use crate::error::{Error, Kind, Result};

use super::name;
use super::trash::Fate;
use super::{Service, for_a_while, layers, not_found};

impl Service {
    /// Makes a sandbox with the files of this one and processes of its own; waits a while until it runs.
    pub(crate) async fn fork(&self, id_or_name: &str, name: Option<String>) -> Result<Sandbox> {
        check_name(name.as_deref().unwrap_or_default())?;
        let (turn, parent) = self.turn(id_or_name).await?;
        self.check_branch(&parent, "to be forked")?;
        self.0.store.room().check()?;
        let chosen = name.as_ref().is_some_and(|name| !name.is_empty());
        let mut child = self.child(&parent, name)?;
        let id = child.id.clone();
        let service = self.clone();
        let forked = for_a_while(async move {
            service.add_named(&mut child, chosen).await?;
            let _own = service.reserve(&child.id)?;
            let _kept = service.keep_layers().await;
            let branched = service.branch(&parent, State::Forking).await;
            drop(turn);
            let child = match branched {
                Ok(image) => {
                    let image = layers::text(&image)?;
                    let set = service.0.store.set_image(&child.id, image).await?;
                    set.ok_or_else(|| not_found(&child.id))?
                }
                Err(error) => {
                    service.destroy(child, Fate::Gone).await?;
                    return Err(error);
                }
            };
            let row = service.boot(child, false).await?;
            Ok(service.view(row))
        });
        match forked.await? {
            Some(sandbox) => Ok(sandbox),
            None => self.get(&id).await,
        }
    }

    fn child(&self, parent: &Row, name: Option<String>) -> Result<Row> {
        let id = Uuid::new_v4().to_string();
        let now = self.now();
        let mut labels = parent.labels.clone();
        // It does not go with the session whose sandbox its parent is.
        labels.remove(SESSION_LABEL);
        // Nor is it what somebody wanted kept.
        labels.remove(PROTECTED_LABEL);
        labels.remove(PROTECTED_WHY_LABEL);
        Ok(Row {
            labels,
            name: name
                .filter(|name| !name.is_empty())
                .unwrap_or_else(name::random),
            id,
            state: State::Creating,
            desired_state: State::Started,
            error_reason: None,
            recoverable: false,
            created_at: now,
            updated_at: now,
            last_activity_at: now,
            state_changed_at: now,
            auth_token: random::hex(16)?,
            handle: None,
            parent_id: Some(parent.id.clone()),
            ..parent.clone()
        })
    }

    /// The sandboxes that were forked from this one and are still there.
    pub(crate) async fn forks(&self, id_or_name: &str) -> Result<Vec<Sandbox>> {
        let id = self.find(id_or_name).await?.id;
        let forks = self.0.store.forks(&id).await?;
        Ok(forks.into_iter().map(|row| self.view(row)).collect())
    }

    /// The sandbox that this one was forked from.
    pub(crate) async fn parent(&self, id_or_name: &str) -> Result<Sandbox> {
        let row = self.find(id_or_name).await?;
        match row.parent_id {
            Some(parent) => self.get(&parent).await,
            None => Err(Error::new(
                Kind::NotFound,
                format!("Sandbox {} has no parent", row.name),
            )),
        }
    }

    /// The parent, its parent and so on.
    pub(crate) async fn ancestors(&self, id_or_name: &str) -> Result<Vec<Sandbox>> {
        let mut row = self.find(id_or_name).await?;
        let mut found = Vec::new();
        // A parent is always older: this ends.
        while let Some(parent) = row.parent_id.take() {
            let Some(next) = self.0.store.find(&parent).await? else {
                break;
            };
            found.push(self.view(next.clone()));
            row = next;
        }
        Ok(found)
    }
}
