//! Netlink (netlink(7)): messages with attributes, sent to the kernel, and its acknowledgements.

use std::os::fd::OwnedFd;

use anyhow::{Context as _, Result, bail};
use rustix::io::Errno;
use rustix::net::netlink::SocketAddrNetlink;
use rustix::net::{
    AddressFamily, Protocol, RecvFlags, SendFlags, SocketFlags, SocketType, bind, recv, send,
    socket_with,
};

/// Flags of requests (linux/netlink.h).
pub(super) const REQUEST: u16 = 0x1;
pub(super) const ACKNOWLEDGE: u16 = 0x4;
pub(super) const REPLACE: u16 = 0x100;
pub(super) const CREATE: u16 = 0x400;
/// The type of the message that acknowledges or refuses.
const ERROR: u16 = 2;
/// Marks an attribute whose value is attributes.
const NESTED: u16 = 0x8000;
/// The longest answer.
const LONGEST_ANSWER: usize = 16 << 10;

/// Attributes, one after the other, each aligned to four bytes.
#[derive(Debug, Default)]
pub(super) struct Attributes(Vec<u8>);

impl Attributes {
    /// With a header of the message's family before them.
    pub(super) fn after(header: &[u8]) -> Self {
        Self(header.to_vec())
    }

    /// Adds an attribute with these bytes.
    pub(super) fn put(mut self, kind: u16, value: &[u8]) -> Self {
        let length = u16::try_from(4 + value.len()).unwrap_or(u16::MAX);
        self.0.extend(length.to_ne_bytes());
        self.0.extend(kind.to_ne_bytes());
        self.0.extend(value);
        self.0.resize(self.0.len().next_multiple_of(4), 0);
        self
    }

    /// Adds a text, which ends in a zero byte.
    pub(super) fn text(self, kind: u16, value: &str) -> Self {
        let mut bytes = value.as_bytes().to_vec();
        bytes.push(0);
        self.put(kind, &bytes)
    }

    /// Adds a number in the byte order of networks, as netfilter has it.
    pub(super) fn number(self, kind: u16, value: u32) -> Self {
        self.put(kind, &value.to_be_bytes())
    }

    /// Adds attributes as one.
    pub(super) fn nest(self, kind: u16, inner: &Self) -> Self {
        self.put(kind | NESTED, &inner.0)
    }
}

/// A socket to one part of the kernel, in the network namespace in which it was made.
pub(super) struct Netlink {
    socket: OwnedFd,
    sequence: u32,
}

impl Netlink {
    /// `part` is none for routing, which is the first of the protocols.
    pub(super) fn open(part: Option<Protocol>) -> Result<Self> {
        let socket = socket_with(
            AddressFamily::NETLINK,
            SocketType::RAW,
            SocketFlags::CLOEXEC,
            part,
        )
        .context("this kernel has no such netlink socket")?;
        bind(&socket, &SocketAddrNetlink::new(0, 0))?;
        Ok(Self {
            socket,
            sequence: 0,
        })
    }

    /// One message; its sequence number.
    pub(super) fn message(
        &mut self,
        into: &mut Vec<u8>,
        kind: u16,
        flags: u16,
        body: &Attributes,
    ) -> u32 {
        self.sequence += 1;
        let length = u32::try_from(16 + body.0.len()).unwrap_or(u32::MAX);
        into.extend(length.to_ne_bytes());
        into.extend(kind.to_ne_bytes());
        into.extend((REQUEST | flags).to_ne_bytes());
        into.extend(self.sequence.to_ne_bytes());
        into.extend(0_u32.to_ne_bytes());
        into.extend(&body.0);
        into.resize(into.len().next_multiple_of(4), 0);
        self.sequence
    }

    /// Sends messages, and waits until each of `awaited` is acknowledged; the first refusal is the error.
    pub(super) fn send(&mut self, messages: &[u8], mut awaited: Vec<u32>) -> Result<()> {
        send(&self.socket, messages, SendFlags::empty())?;
        let mut answer = vec![0; LONGEST_ANSWER];
        while !awaited.is_empty() {
            let (length, _) = rustix::io::retry_on_intr(|| {
                recv(&self.socket, &mut answer[..], RecvFlags::empty())
            })?;
            let mut rest = &answer[..length];
            while let Some((kind, sequence, body, after)) = split(rest) {
                rest = after;
                if kind != ERROR {
                    continue;
                }
                let Some(Ok(number)) = body.get(..4).map(<[u8; 4]>::try_from) else {
                    bail!("the kernel's answer was cut off");
                };
                match i32::from_ne_bytes(number) {
                    0 => awaited.retain(|one| *one != sequence),
                    error => return Err(Errno::from_raw_os_error(-error).into()),
                }
            }
        }
        Ok(())
    }

    /// Sends one message, and returns the body of its answer.
    pub(super) fn ask(&mut self, kind: u16, flags: u16, body: &Attributes) -> Result<Vec<u8>> {
        let mut message = Vec::new();
        self.message(&mut message, kind, flags, body);
        send(&self.socket, &message, SendFlags::empty())?;
        let mut answer = vec![0; LONGEST_ANSWER];
        let (length, _) =
            rustix::io::retry_on_intr(|| recv(&self.socket, &mut answer[..], RecvFlags::empty()))?;
        let Some((kind, _, body, _)) = split(&answer[..length]) else {
            bail!("the kernel's answer was cut off");
        };
        if kind == ERROR {
            let number = body.get(..4).and_then(|number| number.try_into().ok());
            let number = number.map_or(0, i32::from_ne_bytes);
            return Err(Errno::from_raw_os_error(-number).into());
        }
        Ok(body.to_vec())
    }
}

/// The first message of an answer: its type, sequence number and body, and what comes after it.
fn split(answer: &[u8]) -> Option<(u16, u32, &[u8], &[u8])> {
    let length = u32::from_ne_bytes(answer.get(..4)?.try_into().ok()?) as usize;
    let kind = u16::from_ne_bytes(answer.get(4..6)?.try_into().ok()?);
    let sequence = u32::from_ne_bytes(answer.get(8..12)?.try_into().ok()?);
    let body = answer.get(16..length)?;
    let after = answer.get(length.next_multiple_of(4)..).unwrap_or_default();
    Some((kind, sequence, body, after))
}

/// The value of the first attribute of that kind.
pub(super) fn find(mut attributes: &[u8], kind: u16) -> Option<&[u8]> {
    loop {
        let length = usize::from(u16::from_ne_bytes(attributes.get(..2)?.try_into().ok()?));
        let found = u16::from_ne_bytes(attributes.get(2..4)?.try_into().ok()?) & !NESTED;
        let value = attributes.get(4..length)?;
        if found == kind {
            return Some(value);
        }
        attributes = attributes.get(length.next_multiple_of(4)..)?;
    }
}

/// Whether the kernel's reason for a refusal is that.
pub(super) fn is(error: &anyhow::Error, errno: Errno) -> bool {
    error.downcast_ref() == Some(&errno)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_again_and_aligned() {
        let inner = Attributes::default().number(7, 1);
        let all = Attributes::default()
            .text(1, "ab")
            .put(2, &[9])
            .nest(3, &inner);
        assert_eq!(all.0.len() % 4, 0);
        assert_eq!(find(&all.0, 1), Some(&b"ab\0"[..]));
        assert_eq!(find(&all.0, 2), Some(&[9][..]));
        let nested = find(&all.0, 3).unwrap();
        assert_eq!(find(nested, 7), Some(&[0, 0, 0, 1][..]));
        assert_eq!(find(&all.0, 4), None);
        assert_eq!(find(&[1], 4), None);
    }
}
