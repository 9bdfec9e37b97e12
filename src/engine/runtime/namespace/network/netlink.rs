//! The few requests to the kernel's routing (rtnetlink(7)) that a sandbox's link takes.

use std::net::Ipv4Addr;
use std::os::fd::OwnedFd;

use anyhow::{Context as _, Result, bail};
use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, recv, socket_with,
};

use super::policy::{GATEWAY, Way};

const NEW_LINK: u16 = 16;
const NEW_ADDRESS: u16 = 20;
const DELETE_ADDRESS: u16 = 21;
const NEW_ROUTE: u16 = 24;
const DELETE_ROUTE: u16 = 25;
const REQUEST_AND_ACKNOWLEDGE: u16 = 0x1 | 0x4;
const CREATE_OR_REPLACE: u16 = 0x400 | 0x100;
const INET: u8 = 2;
const UP: u32 = 1;
const MAIN_TABLE: u8 = 254;
const SCOPE_UNIVERSE: u8 = 0;
const SCOPE_LINK: u8 = 253;
const UNICAST: u8 = 1;
const UNREACHABLE: u8 = 7;
const ON_LINK: u32 = 4;

/// The kernel's routing of the network namespace in which this was made.
pub(super) struct Routing {
    socket: OwnedFd,
    sequence: u32,
}

impl Routing {
    pub(super) fn open() -> Result<Self> {
        let socket = socket_with(
            AddressFamily::NETLINK,
            SocketType::RAW,
            SocketFlags::CLOEXEC,
            // The first of the protocols: routing.
            None,
        )
        .context("cannot ask for the sandbox's routes")?;
        Ok(Self {
            socket,
            sequence: 0,
        })
    }

    /// Brings an interface up.
    pub(super) fn up(&mut self, interface: u32) -> Result<()> {
        let mut body = vec![0, 0, 0, 0];
        body.extend(interface.to_ne_bytes());
        body.extend(UP.to_ne_bytes());
        body.extend(UP.to_ne_bytes());
        self.ask(NEW_LINK, 0, &body)
    }

    /// Gives an interface an address of its own; fine where it has it.
    pub(super) fn add_address(&mut self, interface: u32, address: Ipv4Addr) -> Result<()> {
        self.ask(NEW_ADDRESS, CREATE_OR_REPLACE, &one(interface, address))
    }

    /// Takes an address away; fine where it is not there.
    pub(super) fn remove_address(&mut self, interface: u32, address: Ipv4Addr) -> Result<()> {
        match self.ask(DELETE_ADDRESS, 0, &one(interface, address)) {
            Err(error) if is(&error, rustix::io::Errno::ADDRNOTAVAIL) => Ok(()),
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
        let mut body = vec![INET, bits, 0, 0, MAIN_TABLE, 4, scope, kind];
        body.extend(flags.to_ne_bytes());
        attribute(&mut body, 1, address.octets());
        if way != Way::Nowhere {
            attribute(&mut body, 4, interface.to_ne_bytes());
        }
        if way == Way::Gateway {
            attribute(&mut body, 5, GATEWAY.octets());
        }
        self.ask(NEW_ROUTE, CREATE_OR_REPLACE, &body)
    }

    /// Removes a route; fine where it is not there.
    pub(super) fn remove_route(&mut self, (address, bits): (Ipv4Addr, u8)) -> Result<()> {
        // Whatever its scope and kind are.
        let mut body = vec![INET, bits, 0, 0, MAIN_TABLE, 0, 255, 0, 0, 0, 0, 0];
        attribute(&mut body, 1, address.octets());
        match self.ask(DELETE_ROUTE, 0, &body) {
            Err(error) if is(&error, rustix::io::Errno::SRCH) => Ok(()),
            done => done,
        }
    }

    fn ask(&mut self, kind: u16, flags: u16, body: &[u8]) -> Result<()> {
        self.sequence += 1;
        let length = u32::try_from(16 + body.len())?;
        let mut message = Vec::with_capacity(16 + body.len());
        message.extend(length.to_ne_bytes());
        message.extend(kind.to_ne_bytes());
        message.extend((REQUEST_AND_ACKNOWLEDGE | flags).to_ne_bytes());
        message.extend(self.sequence.to_ne_bytes());
        message.extend(0_u32.to_ne_bytes());
        message.extend(body);
        rustix::net::send(&self.socket, &message, SendFlags::empty())?;
        let mut reply = [0; 4096];
        let (length, _) = recv(&self.socket, &mut reply[..], RecvFlags::empty())?;
        // An acknowledgement is an error message: a header, then the negative error number or 0.
        let Some(Ok(number)) = reply[..length].get(16..20).map(<[u8; 4]>::try_from) else {
            bail!("the kernel's answer was cut off");
        };
        match i32::from_ne_bytes(number) {
            0 => Ok(()),
            error => Err(rustix::io::Errno::from_raw_os_error(-error).into()),
        }
    }
}

fn is(error: &anyhow::Error, errno: rustix::io::Errno) -> bool {
    error.downcast_ref() == Some(&errno)
}

fn one(interface: u32, address: Ipv4Addr) -> Vec<u8> {
    let mut body = vec![INET, 32, 0, SCOPE_UNIVERSE];
    body.extend(interface.to_ne_bytes());
    attribute(&mut body, 1, address.octets());
    attribute(&mut body, 2, address.octets());
    body
}

/// An attribute, which begins at a multiple of four as its value has that length.
fn attribute(body: &mut Vec<u8>, kind: u16, value: [u8; 4]) {
    body.extend(8_u16.to_ne_bytes());
    body.extend(kind.to_ne_bytes());
    body.extend(value);
}
