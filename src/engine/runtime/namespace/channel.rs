//! Messages with descriptors between the engine and the processes that it starts for itself.

use std::io::{IoSlice, IoSliceMut, Write as _};
use std::mem::MaybeUninit;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::process::ExitCode;

use anyhow::Result;
use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, recvmsg, sendmsg,
};
use serde::{Deserialize, Serialize};

use crate::error::Error;

/// The longest message: the environment of a sandbox is most of it.
pub(super) const LONGEST_MESSAGE: usize = 160 * 1024;

/// The longest [`Refusal`] on the wire.
pub(super) const LONGEST_REFUSAL: usize = 2048;

/// Why a sandbox could not be prepared, as its first process says it.
#[derive(Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Refusal {
    /// Whether it is about what was asked for: who asked can mend it, we cannot.
    pub(super) asked: bool,
    pub(super) why: String,
}

impl Refusal {
    /// On the wire; of what is too long, the beginning.
    pub(super) fn encode(mut self) -> Vec<u8> {
        loop {
            let text = serde_json::to_vec(&self).unwrap_or_default();
            if text.len() <= LONGEST_REFUSAL {
                return text;
            }
            let half = self.why.floor_char_boundary(self.why.len() / 2);
            self.why.truncate(half);
        }
    }

    /// The failure that such a message stands for.
    pub(super) fn decode(message: &[u8]) -> anyhow::Error {
        match serde_json::from_slice::<Self>(message) {
            Ok(Self { asked: true, why }) => Error::usage(why).into(),
            Ok(Self { asked: false, why }) => anyhow::anyhow!(why),
            Err(_) => anyhow::anyhow!("the sandbox's first process said what cannot be read"),
        }
    }
}

/// The end of such a process. A failure is said on standard error: there is nobody else to tell.
pub(super) fn end(outcome: Result<()>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// One message with descriptors.
pub(super) fn send(socket: BorrowedFd<'_>, data: &[u8], fds: &[BorrowedFd<'_>]) -> Result<()> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(2))];
    let mut ancillary = SendAncillaryBuffer::new(&mut space);
    if !fds.is_empty() {
        ancillary.push(SendAncillaryMessage::ScmRights(fds));
    }
    sendmsg(
        socket,
        &[IoSlice::new(data)],
        &mut ancillary,
        SendFlags::NOSIGNAL,
    )?;
    Ok(())
}

/// One message with its descriptors, or none when the other side is gone.
pub(super) fn receive(socket: BorrowedFd<'_>) -> Result<Option<(Vec<u8>, Vec<OwnedFd>)>> {
    let mut data = vec![0; LONGEST_MESSAGE];
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(2))];
    let mut ancillary = RecvAncillaryBuffer::new(&mut space);
    let got = rustix::io::retry_on_intr(|| {
        recvmsg(
            socket,
            &mut [IoSliceMut::new(&mut data)],
            &mut ancillary,
            RecvFlags::CMSG_CLOEXEC,
        )
    })?;
    if got.bytes == 0 {
        return Ok(None);
    }
    let mut fds = Vec::new();
    for message in ancillary.drain() {
        if let RecvAncillaryMessage::ScmRights(rights) = message {
            fds.extend(rights);
        }
    }
    data.truncate(got.bytes);
    Ok(Some((data, fds)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn a_refusal_says_whose_fault_it_is_and_is_short() {
        let why = |asked| Refusal {
            asked,
            why: "ä\n".repeat(9000),
        };
        for asked in [true, false] {
            let text = why(asked).encode();
            assert!(text.len() <= LONGEST_REFUSAL);
            let error = Refusal::decode(&text);
            assert!(error.to_string().starts_with("ä\nä"));
            let kind = error.downcast_ref::<Error>().map(Error::kind);
            assert_eq!(kind, asked.then_some(Kind::Usage));
        }
        let strange: [&[u8]; 3] = [
            b"no JSON",
            br#"{"asked":true}"#,
            br#"{"asked":true,"why":"x","more":1}"#,
        ];
        for message in strange {
            let error = Refusal::decode(message);
            assert!(error.to_string().contains("cannot be read") && !error.is::<Error>());
        }
    }
}
