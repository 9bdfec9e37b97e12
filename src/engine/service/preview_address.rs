//! Which address of this machine's loopback is that of a port of a sandbox. Each has one of its own: pages
//! and cookies of one are then none of another's.

use std::net::Ipv4Addr;

use crate::engine::random;
use crate::engine::store::PreviewAddress;
use crate::error::{Error, Result};

use super::Service;

/// How often an address is looked for that is nobody's.
const TRIES: usize = 8;

impl Service {
    /// All that were given.
    pub(crate) async fn preview_addresses(&self) -> Result<Vec<PreviewAddress>> {
        self.0.store.preview_addresses().await
    }

    /// That of a port, given when it is first asked for, for as long as there is the sandbox.
    pub(crate) async fn preview_address(&self, id: &str, port: u16) -> Result<PreviewAddress> {
        for _ in 0..TRIES {
            let mut wanted = PreviewAddress {
                address: any()?,
                sandbox: id.to_owned(),
                port,
            };
            if let Some(address) = self.0.store.add_preview_address(wanted.clone()).await? {
                wanted.address = address;
                return Ok(wanted);
            }
        }
        Err(Error::internal("no address is left for the preview"))
    }
}

/// One that nothing else is likely to use: names of machines are given addresses at the beginning.
fn any() -> Result<Ipv4Addr> {
    let [second, third, fourth] = random::bytes()?;
    Ok(Ipv4Addr::new(
        127,
        64 + second % 191,
        third,
        1 + fourth % 254,
    ))
}
