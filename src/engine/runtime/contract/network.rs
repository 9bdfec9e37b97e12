//! What sandboxes may reach outside themselves.

use std::net::Ipv4Addr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What a sandbox may reach outside itself.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Network {
    /// Nothing at all.
    pub block_all: bool,
    /// These networks only, where there are any.
    pub allow: Vec<Cidr>,
    /// What these names stand for only, where there are any; `*.` before one means all below it.
    pub domains: Vec<String>,
}

impl Network {
    /// Whether it may reach only what is named.
    pub fn is_limited(&self) -> bool {
        !self.allow.is_empty() || !self.domains.is_empty()
    }

    /// Whether that name is one that it may reach.
    pub fn allows_name(&self, name: &str) -> bool {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        self.domains.iter().any(|domain| {
            let domain = domain.to_ascii_lowercase();
            domain.strip_prefix("*.").map_or_else(
                || name == domain,
                |above| {
                    name.strip_suffix(above)
                        .is_some_and(|rest| rest.ends_with('.'))
                },
            )
        })
    }
}

/// A network of IPv4 addresses.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Cidr {
    /// Its first address.
    pub address: Ipv4Addr,
    /// How many bits are the same in all of them.
    pub bits: u8,
}

impl Cidr {
    /// Every address.
    pub const ALL: Self = Self {
        address: Ipv4Addr::UNSPECIFIED,
        bits: 0,
    };

    /// One address.
    pub const fn one(address: Ipv4Addr) -> Self {
        Self { address, bits: 32 }
    }

    /// Whether an address is in it.
    pub fn contains(&self, address: Ipv4Addr) -> bool {
        let mask = mask(self.bits);
        u32::from(address) & mask == u32::from(self.address)
    }
}

impl FromStr for Cidr {
    type Err = ();

    /// `ADDRESS/BITS`; bits of the address beyond the network's are dropped, as routers do.
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let (address, bits) = text.split_once('/').ok_or(())?;
        let address: Ipv4Addr = address.parse().map_err(drop)?;
        let bits: u8 = bits.parse().map_err(drop)?;
        if bits > 32 {
            return Err(());
        }
        Ok(Self {
            address: Ipv4Addr::from(u32::from(address) & mask(bits)),
            bits,
        })
    }
}

fn mask(bits: u8) -> u32 {
    u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_read_and_hold_their_addresses() {
        let ten: Cidr = "10.1.2.3/8".parse().unwrap();
        assert_eq!(ten.address, Ipv4Addr::new(10, 0, 0, 0));
        assert!(ten.contains(Ipv4Addr::new(10, 9, 9, 9)));
        assert!(!ten.contains(Ipv4Addr::new(11, 0, 0, 0)));
        assert!(Cidr::ALL.contains(Ipv4Addr::new(1, 1, 1, 1)));
        assert!(Cidr::one(Ipv4Addr::LOCALHOST).contains(Ipv4Addr::LOCALHOST));
        for wrong in ["10.0.0.0", "10.0.0.0/33", "::1/8", "x/8", "10.0.0.0/-1"] {
            assert!(wrong.parse::<Cidr>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_star_stands_for_what_is_below_a_name() {
        let network = Network {
            domains: vec!["Example.com".into(), "*.example.org".into()],
            ..Network::default()
        };
        for (name, allowed) in [
            ("example.com.", true),
            ("EXAMPLE.com", true),
            ("www.example.com", false),
            ("a.b.example.org", true),
            ("example.org", false),
            ("badexample.org", false),
        ] {
            assert_eq!(network.allows_name(name), allowed, "{name}");
        }
    }
}
