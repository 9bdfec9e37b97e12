//! What a sandbox may reach outside itself: the lists of the API, checked and put into effect.

use std::sync::atomic::Ordering;

use crate::api::types::{CreateSandbox, NetworkSettings, Sandbox, State};
use crate::engine::runtime::contract::{Network, Runtime, lacks};
use crate::engine::store::Row;
use crate::error::{Error, Kind, Result};

use super::{Service, not_found};

/// The most entries of each list.
const NETWORKS: usize = 10;
const DOMAINS: usize = 100;

/// What a sandbox may reach, as it is stored.
#[derive(Clone, Debug, Default)]
pub(super) struct Reach {
    pub(super) block_all: bool,
    pub(super) networks: Option<String>,
    pub(super) domains: Option<String>,
}

impl Reach {
    /// What a new sandbox is to reach.
    pub(super) fn of(request: &CreateSandbox) -> Result<Self> {
        Self::default().after(&NetworkSettings {
            network_block_all: request.network_block_all,
            network_allow_list: request.network_allow_list.clone(),
            domain_allow_list: request.domain_allow_list.clone(),
        })
    }

    /// This after a change. Blocking all ends the lists, those that come with it too; a list ends the
    /// blocking and the other list: a sandbox has one of the two at most.
    fn after(mut self, change: &NetworkSettings) -> Result<Self> {
        let (networks, domains) = (
            change.network_allow_list.as_deref().map(networks),
            change.domain_allow_list.as_deref().map(domains),
        );
        let (networks, domains) = (networks.transpose()?, domains.transpose()?);
        let listed = |list: &Option<Option<String>>| matches!(list, Some(Some(_)));
        if listed(&networks) && listed(&domains) {
            return Err(Error::usage(
                "networkAllowList and domainAllowList are mutually exclusive and cannot be set at the same time",
            ));
        }
        if change.network_block_all == Some(true) {
            return Ok(Self {
                block_all: true,
                ..Self::default()
            });
        }
        if listed(&networks) || listed(&domains) {
            self = Self::default();
        } else if let Some(block) = change.network_block_all {
            self = Self {
                block_all: block,
                ..Self::default()
            };
        }
        if let Some(list) = networks {
            self.networks = list;
        }
        if let Some(list) = domains {
            self.domains = list;
        }
        Ok(self)
    }

    fn of_row(row: &Row) -> Self {
        Self {
            block_all: row.network_block_all,
            networks: row.network_allow_list.clone(),
            domains: row.domain_allow_list.clone(),
        }
    }

    fn network(&self) -> Network {
        let entries = |list: &Option<String>| -> Vec<String> {
            let list = list.as_deref().unwrap_or_default();
            list.split(',')
                .filter(|entry| !entry.is_empty())
                .map(str::to_owned)
                .collect()
        };
        Network {
            block_all: self.block_all,
            allow: entries(&self.networks)
                .iter()
                .filter_map(|entry| entry.parse().ok())
                .collect(),
            domains: entries(&self.domains),
        }
    }
}

/// What a runtime without that part cannot do.
const LIMIT: &str = "limit what a sandbox reaches";

impl Service {
    /// Changes what a sandbox may reach; at once, where it runs.
    pub(crate) async fn set_network(
        &self,
        id_or_name: &str,
        change: NetworkSettings,
    ) -> Result<Sandbox> {
        if change.network_block_all.is_none()
            && change.network_allow_list.is_none()
            && change.domain_allow_list.is_none()
        {
            return Err(Error::usage("No network settings specified"));
        }
        // One after the other: what is stored last must also be what is put into effect last.
        let _turn = self.0.network_turn.lock().await;
        let row = self.find(id_or_name).await?;
        let reach = Reach::of_row(&row).after(&change)?;
        check_reach(&reach, &**self.runtime_of(&row)?)?;
        let set = self.0.store.set_network(
            &row.id,
            reach.block_all,
            reach.networks,
            reach.domains,
            self.now(),
        );
        let row = set.await?.ok_or_else(|| not_found(id_or_name))?;
        self.0.network_changes.fetch_add(1, Ordering::SeqCst);
        if let (State::Started | State::Paused, Some(handle)) = (&row.state, &row.handle) {
            let network = Reach::of_row(&row).network();
            let runtime = self.runtime_of(&row)?;
            let networks = runtime
                .networks()
                .ok_or_else(|| lacks(runtime.name(), LIMIT))?;
            let connected = networks.apply_policy(&row.id, handle, &network).await;
            connected.map_err(|error| {
                Error::internal(format!(
                    "the settings are stored, but could not be put into effect: {}",
                    error.text()
                ))
            })?;
        }
        Ok(self.view(row))
    }

    /// How often settings were changed so far: see [`Self::connect`].
    pub(super) fn network_changes(&self) -> u64 {
        self.0.network_changes.load(Ordering::SeqCst)
    }

    /// Sees to it that a sandbox which is about to be used has its network. One that cannot have it is
    /// used all the same. `known` is [`Self::network_changes`] from before the row was read: settings
    /// that were changed since must not be undone.
    pub(super) async fn connect(&self, row: &Row, mut known: u64) {
        let mut newer = None;
        loop {
            let row = newer.as_ref().unwrap_or(row);
            let Some(handle) = &row.handle else { return };
            let network = Reach::of_row(row).network();
            let runtime = self.runtime_of(row).ok();
            let Some(networks) = runtime.and_then(|runtime| runtime.networks()) else {
                return;
            };
            if let Err(error) = networks.apply_policy(&row.id, handle, &network).await {
                tracing::warn!(sandbox = row.id, "{error}");
            }
            let now = self.network_changes();
            if now == known {
                return;
            }
            known = now;
            match self.0.store.find(&row.id).await {
                Ok(Some(found)) => newer = Some(found),
                _ => return,
            }
        }
    }

    /// After a restart: holds the sandboxes that run to their limits before they are next used. What was
    /// set last may not have been put into effect, and names are answered by the engine.
    pub(super) fn reconnect(&self, rows: Vec<Row>) {
        let (service, known) = (self.clone(), self.network_changes());
        tokio::spawn(async move {
            for row in rows {
                let network = Reach::of_row(&row).network();
                if network.block_all || network.is_limited() {
                    service.connect(&row, known).await;
                }
            }
        });
    }
}

/// A list of networks in its stored form; none where it is empty.
fn networks(list: &str) -> Result<Option<String>> {
    let entries = entries(list, "networkAllowList", NETWORKS)?;
    for entry in &entries {
        if entry
            .parse::<crate::engine::runtime::contract::Cidr>()
            .is_err()
        {
            return Err(Error::usage(format!(
                "Invalid network in networkAllowList: {entry}. It must be an IPv4 network such as 10.0.0.0/8"
            )));
        }
    }
    Ok((!entries.is_empty()).then(|| entries.join(",")))
}

/// A list of names in its stored form; none where it is empty.
fn domains(list: &str) -> Result<Option<String>> {
    let entries = entries(list, "domainAllowList", DOMAINS)?;
    for entry in &entries {
        let name = entry.strip_prefix("*.").unwrap_or(entry);
        let label = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        };
        if name.len() > 253 || !name.contains('.') || !name.split('.').all(label) {
            return Err(Error::usage(format!(
                "Invalid domain in domainAllowList: {entry}. It must be like example.com or *.example.com"
            )));
        }
    }
    Ok((!entries.is_empty()).then(|| entries.join(",")))
}

fn entries(list: &str, name: &str, most: usize) -> Result<Vec<String>> {
    let entries: Vec<String> = list
        .split(',')
        .map(|entry| entry.trim().to_owned())
        .filter(|entry| !entry.is_empty())
        .collect();
    if entries.len() > most {
        return Err(Error::usage(format!(
            "{name} must not have more than {most} entries"
        )));
    }
    Ok(entries)
}

/// Refuses a limit that would not be kept on this host.
pub(super) fn check_reach(reach: &Reach, runtime: &dyn Runtime) -> Result<()> {
    let network = reach.network();
    if !network.is_limited() && !network.block_all {
        return Ok(());
    }
    let networks = runtime
        .networks()
        .ok_or_else(|| lacks(runtime.name(), LIMIT))?;
    if !network.is_limited() {
        return Ok(());
    }
    networks.can_limit().map_err(|why| {
        let message = format!("the network of a sandbox cannot be limited here: {why}");
        Error::new(Kind::Unsupported, message)
            .hint("without a list it has no network here: `--network-block-all` says the same")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(
        block: Option<bool>,
        networks: Option<&str>,
        domains: Option<&str>,
    ) -> NetworkSettings {
        NetworkSettings {
            network_block_all: block,
            network_allow_list: networks.map(str::to_owned),
            domain_allow_list: domains.map(str::to_owned),
        }
    }

    #[test]
    fn a_list_ends_the_blocking_and_blocking_ends_the_lists() {
        let blocked = Reach::default()
            .after(&change(Some(true), None, None))
            .unwrap();
        assert!(blocked.network().block_all);
        let listed = blocked
            .after(&change(None, Some("10.0.0.0/8, 1.1.1.1/32"), None))
            .unwrap();
        let network = listed.network();
        assert!(!network.block_all && network.allow.len() == 2);
        let more = listed
            .clone()
            .after(&change(None, None, Some("*.example.com")))
            .unwrap();
        assert!(more.networks.is_none() && more.domains.is_some());
        let emptied = more.after(&change(None, Some(""), None)).unwrap();
        assert!(emptied.networks.is_none() && emptied.domains.is_some());
        let blocked = (emptied.clone())
            .after(&change(Some(true), Some("10.0.0.0/8"), None))
            .unwrap();
        assert!(blocked.block_all && blocked.networks.is_none() && blocked.domains.is_none());
        let many: Vec<String> = (0..100).map(|number| format!("n{number}.test")).collect();
        let many = change(None, None, Some(&many.join(",")));
        assert!(Reach::default().after(&many).is_ok());
        let more = format!("{},one.test", many.domain_allow_list.unwrap());
        let open = emptied.after(&change(Some(false), None, None)).unwrap();
        assert_eq!(open.network(), Network::default());
        for wrong in [
            change(None, Some("10.0.0.0"), None),
            change(None, None, Some("localhost")),
            change(None, None, Some("a..b")),
            change(None, None, Some("*.*.com")),
            change(None, Some("10.0.0.0/8"), Some("example.com")),
            change(Some(true), Some("nonsense"), None),
            change(None, None, Some(&more)),
            change(None, Some(&"1.1.1.1/32,".repeat(11)), None),
        ] {
            assert!(Reach::default().after(&wrong).is_err(), "{wrong:?}");
        }
    }
}
