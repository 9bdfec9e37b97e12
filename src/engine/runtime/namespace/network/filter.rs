//! The packet filter of a sandbox (nf_tables): what leaves it, whatever socket options a program sets.
//!
//! Routes alone do not bind: `SO_BINDTODEVICE`, `IP_PKTINFO` and `IP_UNICAST_IF` pick the device without
//! them. The filter is in the sandbox's network namespace, over which no program in it has any right.
//! Each change replaces all rules in one transaction; the count of refused packets goes on.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use anyhow::{Context as _, Result};
use rustix::io::Errno;
use rustix::net::netlink::NETFILTER;
use serde::{Deserialize, Serialize};

use super::netlink::{ACKNOWLEDGE, Attributes, CREATE, Netlink, find, is};
use crate::guest_boot::RESOLVER;

/// The name servers' port.
const NAME_PORT: u16 = 53;

/// What may leave a sandbox. What no field names may not, where it is limited.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Filter {
    /// Whether only what is listed may leave.
    pub(super) limited: bool,
    /// Networks that stay closed although a wider one is open.
    pub(super) closed: Vec<(Ipv4Addr, u8)>,
    /// Networks that are open.
    pub(super) open: Vec<(Ipv4Addr, u8)>,
    /// Addresses that names stand for which are open; the name servers' port is not open to them.
    pub(super) resolved: BTreeSet<Ipv4Addr>,
}

const TABLE: &str = "daytona";
const CHAIN: &str = "leaves";
const RESOLVED: &str = "resolved";
const REFUSED: &str = "refused";

/// linux/netfilter/nfnetlink.h, nf_tables.h: what is asked for.
const BATCH_BEGIN: u16 = 0x10;
const BATCH_END: u16 = 0x11;
const SUBSYSTEM: u16 = 10;
const NEW_TABLE: u16 = 0;
const NEW_CHAIN: u16 = 3;
const NEW_RULE: u16 = 6;
const DELETE_RULE: u16 = 8;
const NEW_SET: u16 = 9;
const NEW_ELEMENTS: u16 = 12;
const DELETE_ELEMENTS: u16 = 14;
const NEW_OBJECT: u16 = 18;
const GET_OBJECT: u16 = 19;
const APPEND: u16 = 0x800;

const INET: u8 = 1;
const IPV4: u8 = 2;
const LOCAL_OUT: u32 = 3;
const DROP: u32 = 0;
const ACCEPT: u32 = 1;
const COUNTER: u32 = 1;
/// For IPv4 and IPv6 alike: unreachable, as an administrator wants it.
const UNREACHABLE: u32 = 2;
const ADMINISTRATIVELY: u8 = 3;
const VERDICT: u32 = 0;
const REGISTER: u32 = 1;
const LIST_ELEMENT: u16 = 1;
const DATA_VALUE: u16 = 1;

const META_OUT_INTERFACE: u32 = 5;
const META_PROTOCOL_FAMILY: u32 = 15;
const META_TRANSPORT: u32 = 16;
const NETWORK_HEADER: u32 = 1;
const TRANSPORT_HEADER: u32 = 2;
/// Where the destination is in an IPv4 header, and the port in those of TCP and UDP.
const DESTINATION_ADDRESS: u32 = 16;
const DESTINATION_PORT: u32 = 2;
const TCP: u8 = 6;
const UDP: u8 = 17;

/// The expressions of one rule.
#[derive(Default)]
struct Rule(Attributes);

impl Rule {
    fn expression(self, name: &str, data: &Attributes) -> Self {
        let one = Attributes::default().text(1, name).nest(2, data);
        Self(self.0.nest(LIST_ELEMENT, &one))
    }

    fn meta(self, key: u32, equals: &[u8]) -> Self {
        let load = Attributes::default().number(1, REGISTER).number(2, key);
        self.expression("meta", &load).compare(equals)
    }

    fn payload(self, base: u32, offset: u32, length: u32) -> Self {
        let load = Attributes::default()
            .number(1, REGISTER)
            .number(2, base)
            .number(3, offset)
            .number(4, length);
        self.expression("payload", &load)
    }

    fn compare(self, equals: &[u8]) -> Self {
        let value = Attributes::default().put(DATA_VALUE, equals);
        let data = Attributes::default()
            .number(1, REGISTER)
            .number(2, 0)
            .nest(3, &value);
        self.expression("cmp", &data)
    }

    /// To a network.
    fn to(self, (address, bits): (Ipv4Addr, u8)) -> Self {
        let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
        let value = |bytes: [u8; 4]| Attributes::default().put(DATA_VALUE, &bytes);
        let masked = Attributes::default()
            .number(1, REGISTER)
            .number(2, REGISTER)
            .number(3, 4)
            .nest(4, &value(mask.to_be_bytes()))
            .nest(5, &value([0; 4]));
        self.payload(NETWORK_HEADER, DESTINATION_ADDRESS, 4)
            .expression("bitwise", &masked)
            .compare(&(u32::from(address) & mask).to_be_bytes())
    }

    /// To the name servers' port.
    fn asks_names(self, transport: u8) -> Self {
        self.meta(META_TRANSPORT, &[transport])
            .payload(TRANSPORT_HEADER, DESTINATION_PORT, 2)
            .compare(&NAME_PORT.to_be_bytes())
    }

    /// To an address of a set.
    fn in_set(self, set: &str) -> Self {
        let data = Attributes::default().text(1, set).number(2, REGISTER);
        self.payload(NETWORK_HEADER, DESTINATION_ADDRESS, 4)
            .expression("lookup", &data)
    }

    fn verdict(self, code: u32) -> Self {
        let code = Attributes::default().number(1, code);
        let verdict = Attributes::default().nest(2, &code);
        let data = Attributes::default().number(1, VERDICT).nest(2, &verdict);
        self.expression("immediate", &data)
    }

    fn accept(self) -> Self {
        self.verdict(ACCEPT)
    }

    /// Counted. The sender hears of it at once where the kernel can tell it (`nft_reject_inet`).
    fn refuse(self, told: bool) -> Self {
        let counter = Attributes::default().number(1, COUNTER).text(2, REFUSED);
        let noted = self.expression("objref", &counter);
        if told {
            let reject = Attributes::default()
                .number(1, UNREACHABLE)
                .put(2, &[ADMINISTRATIVELY]);
            noted.expression("reject", &reject)
        } else {
            noted.verdict(DROP)
        }
    }
}

impl Filter {
    /// The rules in their order: the first that matches counts. `loopback` is that interface's number,
    /// `told` whether senders hear of refusals.
    fn rules(&self, loopback: u32, told: bool) -> Vec<Rule> {
        let rule = Rule::default;
        let mut rules = vec![
            rule()
                .meta(META_OUT_INTERFACE, &loopback.to_ne_bytes())
                .accept(),
            // The links carry IPv4 only. Everything below reads its header.
            Rule(Attributes::default()).not_ipv4().refuse(told),
        ];
        let closed = self
            .closed
            .iter()
            .map(|network| rule().to(*network).refuse(told));
        if self.limited {
            rules.extend(closed);
            rules.extend(self.open.iter().map(|network| rule().to(*network).accept()));
            for transport in [UDP, TCP] {
                rules.push(rule().asks_names(transport).refuse(told));
            }
            rules.push(rule().in_set(RESOLVED).accept());
            rules.push(rule().refuse(told));
        } else {
            let names = (RESOLVER, 32);
            for transport in [UDP, TCP] {
                rules.push(rule().to(names).asks_names(transport).accept());
            }
            rules.extend(closed);
            rules.push(rule().accept());
        }
        rules
    }
}

impl Rule {
    fn not_ipv4(self) -> Self {
        let load = Attributes::default()
            .number(1, REGISTER)
            .number(2, META_PROTOCOL_FAMILY);
        let value = Attributes::default().put(DATA_VALUE, &[IPV4]);
        let data = Attributes::default()
            .number(1, REGISTER)
            .number(2, 1)
            .nest(3, &value);
        self.expression("meta", &load).expression("cmp", &data)
    }
}

/// Messages that take effect together.
struct Batch {
    netlink: Netlink,
    messages: Vec<u8>,
    awaited: Vec<u32>,
}

impl Batch {
    fn begin() -> Result<Self> {
        let mut batch = Self {
            netlink: Netlink::open(Some(NETFILTER))?,
            messages: Vec::new(),
            awaited: Vec::new(),
        };
        batch.edge(BATCH_BEGIN);
        Ok(batch)
    }

    fn edge(&mut self, kind: u16) {
        let body = Attributes::after(&header(0, SUBSYSTEM));
        self.netlink.message(&mut self.messages, kind, 0, &body);
    }

    fn add(&mut self, kind: u16, flags: u16, attributes: impl FnOnce(Attributes) -> Attributes) {
        let body = attributes(Attributes::after(&header(INET, 0)).text(1, TABLE));
        let kind = SUBSYSTEM << 8 | kind;
        let sequence = self
            .netlink
            .message(&mut self.messages, kind, ACKNOWLEDGE | flags, &body);
        self.awaited.push(sequence);
    }

    fn commit(mut self) -> Result<()> {
        self.edge(BATCH_END);
        self.netlink.send(&self.messages, self.awaited)
    }
}

fn header(family: u8, resource: u16) -> [u8; 4] {
    let [high, low] = resource.to_be_bytes();
    [family, 0, high, low]
}

/// Puts a filter into effect in this network namespace, in place of the one before.
pub(super) fn apply(filter: &Filter, loopback: u32) -> Result<()> {
    replace(filter, loopback, true)
        // What is not built to tell can still refuse.
        .or_else(|_| replace(filter, loopback, false))
        .context("cannot filter the sandbox's packets")
}

fn replace(filter: &Filter, loopback: u32, told: bool) -> Result<()> {
    let mut batch = Batch::begin()?;
    batch.add(NEW_TABLE, CREATE, |table| table);
    batch.add(NEW_CHAIN, CREATE, |chain| {
        let hook = Attributes::default().number(1, LOCAL_OUT).number(2, 0);
        chain
            .text(3, CHAIN)
            .nest(4, &hook)
            .number(5, DROP)
            .text(7, "filter")
    });
    batch.add(NEW_SET, CREATE, |set| {
        set.text(2, RESOLVED)
            .number(4, 7)
            .number(5, 4)
            .number(10, 1)
    });
    batch.add(NEW_OBJECT, CREATE, |object| {
        let counter = Attributes::default()
            .put(1, &0_u64.to_be_bytes())
            .put(2, &0_u64.to_be_bytes());
        object.text(2, REFUSED).number(3, COUNTER).nest(4, &counter)
    });
    batch.add(DELETE_RULE, 0, |rules| rules.text(2, CHAIN));
    batch.add(DELETE_ELEMENTS, 0, |elements| elements.text(2, RESOLVED));
    let resolved = filter.resolved.iter();
    let elements = resolved.fold(Attributes::default(), |elements, address| {
        let value = Attributes::default().put(DATA_VALUE, &address.octets());
        elements.nest(LIST_ELEMENT, &Attributes::default().nest(1, &value))
    });
    if !filter.resolved.is_empty() {
        batch.add(NEW_ELEMENTS, CREATE, |list| {
            list.text(2, RESOLVED).nest(3, &elements)
        });
    }
    for rule in filter.rules(loopback, told) {
        batch.add(NEW_RULE, CREATE | APPEND, |body| {
            body.text(2, CHAIN).nest(4, &rule.0)
        });
    }
    batch
        .commit()
        .context("cannot filter the sandbox's packets")
}

/// How many packets were refused so far in this network namespace; none where there is no filter.
pub(super) fn refused() -> Result<u64> {
    let mut netlink = Netlink::open(Some(NETFILTER))?;
    let body = Attributes::after(&header(INET, 0))
        .text(1, TABLE)
        .text(2, REFUSED)
        .number(3, COUNTER);
    let answer = match netlink.ask(SUBSYSTEM << 8 | GET_OBJECT, 0, &body) {
        Err(error) if is(&error, Errno::NOENT) => return Ok(0),
        answer => answer?,
    };
    let packets = answer
        .get(4..)
        .and_then(|attributes| find(find(attributes, 4)?, 2))
        .and_then(|packets| packets.try_into().ok());
    packets
        .map(u64::from_be_bytes)
        .context("the kernel's count cannot be read")
}
