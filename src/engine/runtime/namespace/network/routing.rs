//! The few requests to the kernel's routing (rtnetlink(7)) that a sandbox's link takes.

use std::net::Ipv4Addr;

use anyhow::{Context as _, Result};
use rustix::io::Errno;

use super::netlink::{ACKNOWLEDGE, Attributes, CREATE, Netlink, REPLACE, is};
use super::policy::{GATEWAY, Way};

const NEW_LINK: u16 = 16;
const NEW_ADDRESS: u16 = 20;
const DELETE_ADDRESS: u16 = 21;
const NEW_ROUTE: u16 = 24;
const DELETE_ROUTE: u16 = 25;
const INET: u8 = 2;
const UP: u32 = 1;
const MAIN_TABLE: u8 = 254;
const SCOPE_UNIVERSE: u8 = 0;
const SCOPE_LINK: u8 = 253;
const UNICAST: u8 = 1;
const UNREACHABLE: u8 = 7;
const ON_LINK: u32 = 4;
/// Attributes of addresses and routes (linux/if_addr.h, linux/rtnetlink.h).
const ADDRESS: u16 = 1;
const LOCAL: u16 = 2;
const DESTINATION: u16 = 1;
const INTERFACE: u16 = 4;
const GATEWAY_ADDRESS: u16 = 5;

/// The kernel's routing of the network namespace in which this was made.
pub(super) struct Routing(Netlink);

impl Routing {
    pub(super) fn open() -> Result<Self> {
        Netlink::open(None)
            .context("cannot ask for the sandbox's routes")
            .map(Self)
    }

    /// Brings an interface up.
    pub(super) fn up(&mut self, interface: u32) -> Result<()> {
        let mut header = vec![0, 0, 0, 0];
        header.extend(interface.to_ne_bytes());
        header.extend(UP.to_ne_bytes());
        header.extend(UP.to_ne_bytes());
        self.ask(NEW_LINK, 0, &Attributes::after(&header))
    }

    /// Gives an interface an address of its own; fine where it has it.
    pub(super) fn add_address(&mut self, interface: u32, address: Ipv4Addr) -> Result<()> {
        self.ask(NEW_ADDRESS, CREATE | REPLACE, &one(interface, address))
    }

    /// Takes an address away; fine where it is not there.
    pub(super) fn remove_address(&mut self, interface: u32, address: Ipv4Addr) -> Result<()> {
        match self.ask(DELETE_ADDRESS, 0, &one(interface, address)) {
            Err(error) if is(&error, Errno::ADDRNOTAVAIL) => Ok(()),
            done => done,
        }
    }

    /// Adds a route, in place of one that is there.
    pub(super) fn add_route(
        &mut self,
        interface: u32,
        (address, bits): (Ipv4Addr, u8),
        way: Way,
    ) -> Result<()> {
        let (scope, kind) = match way {
            Way::Link => (SCOPE_LINK, UNICAST),
            Way::Gateway => (SCOPE_UNIVERSE, UNICAST),
            Way::Nowhere => (SCOPE_UNIVERSE, UNREACHABLE),
        };
        let flags = if way == Way::Gateway { ON_LINK } else { 0 };
        let mut header = vec![INET, bits, 0, 0, MAIN_TABLE, 4, scope, kind];
        header.extend(flags.to_ne_bytes());
        let mut body = Attributes::after(&header).put(DESTINATION, &address.octets());
        if way != Way::Nowhere {
            body = body.put(INTERFACE, &interface.to_ne_bytes());
        }
        if way == Way::Gateway {
            body = body.put(GATEWAY_ADDRESS, &GATEWAY.octets());
        }
        self.ask(NEW_ROUTE, CREATE | REPLACE, &body)
    }

    /// Removes a route; fine where it is not there.
    pub(super) fn remove_route(&mut self, (address, bits): (Ipv4Addr, u8)) -> Result<()> {
        // Whatever its scope and kind are.
        let header = [INET, bits, 0, 0, MAIN_TABLE, 0, 255, 0, 0, 0, 0, 0];
        let body = Attributes::after(&header).put(DESTINATION, &address.octets());
        match self.ask(DELETE_ROUTE, 0, &body) {
            Err(error) if is(&error, Errno::SRCH) => Ok(()),
            done => done,
        }
    }

    fn ask(&mut self, kind: u16, flags: u16, body: &Attributes) -> Result<()> {
        let mut message = Vec::new();
        let sequence = self
            .0
            .message(&mut message, kind, ACKNOWLEDGE | flags, body);
        self.0.send(&message, vec![sequence])
    }
}

fn one(interface: u32, address: Ipv4Addr) -> Attributes {
    let mut header = vec![INET, 32, 0, SCOPE_UNIVERSE];
    header.extend(interface.to_ne_bytes());
    Attributes::after(&header)
        .put(ADDRESS, &address.octets())
        .put(LOCAL, &address.octets())
}
