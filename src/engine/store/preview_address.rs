//! The addresses of this machine's loopback at which ports of sandboxes are served.

use std::net::Ipv4Addr;

use rusqlite::{OptionalExtension as _, params};

use crate::error::Result;

use super::Store;

/// An address, and which port of which sandbox is served there.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct PreviewAddress {
    pub(crate) address: Ipv4Addr,
    pub(crate) sandbox: String,
    pub(crate) port: u16,
}

impl Store {
    /// All of them.
    pub(crate) async fn preview_addresses(&self) -> Result<Vec<PreviewAddress>> {
        self.call(|connection| {
            let mut all = connection
                .prepare_cached("SELECT address, sandbox_id, port FROM preview_addresses")?;
            let rows = all.query_map([], |row| {
                Ok(PreviewAddress {
                    address: Ipv4Addr::from_bits(row.get(0)?),
                    sandbox: row.get(1)?,
                    port: row.get(2)?,
                })
            })?;
            rows.collect()
        })
        .await
    }

    /// Gives a port of a sandbox this address; the one that it has then. None where the address is another's.
    pub(crate) async fn add_preview_address(
        &self,
        wanted: PreviewAddress,
    ) -> Result<Option<Ipv4Addr>> {
        self.call(move |connection| {
            let PreviewAddress {
                address,
                sandbox,
                port,
            } = &wanted;
            connection
                .prepare_cached(
                    "INSERT INTO preview_addresses (address, sandbox_id, port) VALUES (?1, ?2, ?3)
                     ON CONFLICT DO NOTHING",
                )?
                .execute(params![address.to_bits(), sandbox, port])?;
            connection
                .prepare_cached(
                    "SELECT address FROM preview_addresses WHERE sandbox_id = ?1 AND port = ?2",
                )?
                .query_row(params![sandbox, port], |row| {
                    row.get(0).map(Ipv4Addr::from_bits)
                })
                .optional()
        })
        .await
    }
}
