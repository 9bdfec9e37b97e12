//! What a sandbox may reach, and the routes that hold it to that: it cannot change its own.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use crate::engine::runtime::contract::{Cidr, Network};

use crate::guest_boot::RESOLVER;

use super::filter::Filter;

/// The user-mode stack's end of the link.
pub(super) const GATEWAY: Ipv4Addr = Ipv4Addr::new(198, 18, 0, 2);
/// The sandbox's own address.
pub(super) const OWN: Ipv4Addr = Ipv4Addr::new(198, 18, 0, 100);
/// The network of the three (RFC 2544: for benchmarks, so that no real network is hidden).
pub(super) const LINK: &str = "198.18.0.0/24";
/// Where clouds keep the credentials of their machines, and other neighbours without a router.
const LINK_LOCAL: Cidr = Cidr {
    address: Ipv4Addr::new(169, 254, 0, 0),
    bits: 16,
};

/// What no sandbox reaches, whatever is asked for: "this" network, the host's loopback (a stack takes
/// packets to it for its own host's), the virtual link but for the names, groups, and what is reserved,
/// the broadcast address with it.
const NEVER: [Cidr; 5] = [
    Cidr {
        address: Ipv4Addr::UNSPECIFIED,
        bits: 8,
    },
    Cidr {
        address: Ipv4Addr::new(127, 0, 0, 0),
        bits: 8,
    },
    Cidr {
        address: Ipv4Addr::new(198, 18, 0, 0),
        bits: 24,
    },
    Cidr {
        address: Ipv4Addr::new(224, 0, 0, 0),
        bits: 4,
    },
    Cidr {
        address: Ipv4Addr::new(240, 0, 0, 0),
        bits: 4,
    },
];

/// The way to a network.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub(super) enum Way {
    /// On the link itself.
    Link,
    /// By the stack.
    Gateway,
    /// Refused.
    Nowhere,
}

/// A route: the longest that matches counts.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub(super) struct Route {
    pub(super) to: (Ipv4Addr, u8),
    pub(super) way: Way,
}

/// Every route of a sandbox. `resolved` is what names that it may reach stand for, `own` are the
/// addresses of this host.
pub(super) fn routes(
    network: &Network,
    resolved: &BTreeSet<Ipv4Addr>,
    own: &[Ipv4Addr],
) -> BTreeSet<Route> {
    let route = |to: Cidr, way| Route {
        to: (to.address, to.bits),
        way,
    };
    let mut routes = BTreeSet::from([route(Cidr::one(GATEWAY), Way::Link)]);
    if !network.is_limited() {
        routes.insert(route(Cidr::one(RESOLVER), Way::Link));
        routes.insert(route(Cidr::ALL, Way::Gateway));
        routes.insert(route(LINK_LOCAL, Way::Nowhere));
        routes.extend(own.iter().map(|own| route(Cidr::one(*own), Way::Nowhere)));
        return routes;
    }
    routes.extend(network.allow.iter().map(|cidr| route(*cidr, Way::Gateway)));
    routes.extend(
        resolved
            .iter()
            .map(|address| route(Cidr::one(*address), Way::Gateway)),
    );
    // What a wide network includes is not meant; what is named itself is.
    for closed in own.iter().map(|own| Cidr::one(*own)).chain([LINK_LOCAL]) {
        if !network.allow.contains(&closed) {
            routes.insert(route(closed, Way::Nowhere));
        }
    }
    routes
}

/// The packet filter of a sandbox: see [`routes`].
pub(super) fn filter(network: &Network, resolved: &BTreeSet<Ipv4Addr>, own: &[Ipv4Addr]) -> Filter {
    let pair = |cidr: Cidr| (cidr.address, cidr.bits);
    // What is named itself is meant, though only this host's addresses and neighbours can be.
    let named = own.iter().map(|own| Cidr::one(*own)).chain([LINK_LOCAL]);
    let named = named.filter(|closed| !network.allow.contains(closed));
    Filter {
        limited: network.is_limited() || network.block_all,
        closed: named.chain(NEVER).map(pair).collect(),
        open: network.allow.iter().copied().map(pair).collect(),
        resolved: resolved.clone(),
    }
}

/// Whether an answer of a name server may become a route: names must not open this host or its neighbours.
pub(super) fn may_be_resolved(address: Ipv4Addr, own: &[Ipv4Addr]) -> bool {
    !address.is_loopback()
        && !address.is_unspecified()
        && !address.is_multicast()
        && !LINK_LOCAL.contains(address)
        && !NEVER.iter().any(|never| never.contains(address))
        && !own.contains(&address)
}

/// The addresses of this host, out of the kernel's table.
pub(super) fn own_addresses(table: &str) -> Vec<Ipv4Addr> {
    let mut found = BTreeSet::new();
    let mut last = None;
    for line in table.lines() {
        let line = line.trim();
        if let Some(address) = line.strip_prefix("|-- ") {
            last = address.parse::<Ipv4Addr>().ok();
        } else if line == "/32 host LOCAL" {
            found.extend(last.filter(|address| !address.is_loopback()));
        }
    }
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limited(allow: &[&str]) -> Network {
        Network {
            allow: allow.iter().map(|text| text.parse().unwrap()).collect(),
            ..Network::default()
        }
    }

    fn way(routes: &BTreeSet<Route>, to: &str) -> Option<Way> {
        let to: Cidr = to.parse().unwrap();
        let found = routes
            .iter()
            .find(|route| route.to == (to.address, to.bits));
        found.map(|route| route.way)
    }

    #[test]
    fn the_host_and_its_neighbours_stay_closed_unless_they_are_named() {
        let own = [Ipv4Addr::new(10, 0, 0, 5)];
        let none = BTreeSet::new();
        let open = routes(&Network::default(), &none, &own);
        assert_eq!(way(&open, "0.0.0.0/0"), Some(Way::Gateway));
        assert_eq!(way(&open, "10.0.0.5/32"), Some(Way::Nowhere));
        assert_eq!(way(&open, "169.254.0.0/16"), Some(Way::Nowhere));
        let wide = routes(&limited(&["10.0.0.0/8"]), &none, &own);
        assert_eq!(way(&wide, "0.0.0.0/0"), None);
        assert_eq!(way(&wide, "10.0.0.0/8"), Some(Way::Gateway));
        assert_eq!(way(&wide, "10.0.0.5/32"), Some(Way::Nowhere));
        assert_eq!(
            way(&wide, "198.18.0.3/32"),
            None,
            "the stack's own names are closed"
        );
        let named = routes(&limited(&["10.0.0.5/32"]), &none, &own);
        assert_eq!(way(&named, "10.0.0.5/32"), Some(Way::Gateway));
        assert!(!may_be_resolved(Ipv4Addr::new(169, 254, 169, 254), &own));
        assert!(!may_be_resolved(own[0], &own));
        assert!(may_be_resolved(Ipv4Addr::new(1, 1, 1, 1), &own));
    }

    #[test]
    fn the_hosts_own_addresses_are_read() {
        let table = "Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 192.0.2.2\n        /32 host LOCAL\n     |-- 192.0.2.255\n        /32 link BROADCAST\n     |-- 127.0.0.1\n        /32 host LOCAL\n";
        assert_eq!(own_addresses(table), [Ipv4Addr::new(192, 0, 2, 2)]);
    }
}
