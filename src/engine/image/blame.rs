//! Whose fault it is that an image could not be had: its own, or this host's.

use rustix::io::Errno;

use crate::error::{Error, Kind};

/// The error of an image that could not be unpacked.
pub(super) fn failed(name: &str, error: &anyhow::Error) -> Error {
    let message = format!("cannot unpack the image {name}: {error:#}");
    of_this_host(error, &message).unwrap_or_else(|| Error::usage(message))
}

/// The error for an image that this host could not store.
pub(super) fn not_kept(what: &str, error: &std::io::Error) -> Error {
    let message = format!("{what}: {error}");
    of_errno(error.raw_os_error(), &message).unwrap_or_else(|| Error::internal(message))
}

/// The error, where it is this host's and no image of any other content would do better.
fn of_this_host(error: &anyhow::Error, message: &str) -> Option<Error> {
    let mut causes = error.chain().map(|cause| {
        let ours = cause.downcast_ref::<std::io::Error>();
        let ours = ours.and_then(std::io::Error::raw_os_error);
        ours.or_else(|| Some(cause.downcast_ref::<Errno>()?.raw_os_error()))
    });
    causes.find_map(|errno| of_errno(errno, message))
}

fn of_errno(errno: Option<i32>, message: &str) -> Option<Error> {
    let message = message.to_owned();
    match Errno::from_raw_os_error(errno?) {
        Errno::NOSPC | Errno::DQUOT => Some(
            Error::new(Kind::Unavailable, message)
                .hint("make room on the disk, then run it again: `df -h` shows what is full"),
        ),
        Errno::IO
        | Errno::ROFS
        | Errno::NOMEM
        | Errno::MFILE
        | Errno::NFILE
        | Errno::ACCESS
        | Errno::PERM => Some(Error::internal(message)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use anyhow::Context as _;

    use super::*;

    #[test]
    fn a_full_disk_is_not_the_images_fault() {
        let kind = |error: anyhow::Error| failed("x", &error.context("cannot write a file")).kind();
        let errno = |errno: Errno| anyhow::Error::from(io::Error::from(errno));
        assert_eq!(kind(errno(Errno::NOSPC)), Kind::Unavailable);
        assert_eq!(kind(Errno::NOSPC.into()), Kind::Unavailable);
        assert_eq!(kind(errno(Errno::IO)), Kind::Internal);
        assert_eq!(kind(errno(Errno::NAMETOOLONG)), Kind::Usage);
        assert_eq!(kind(anyhow::anyhow!("no archive")), Kind::Usage);
        let cut: io::Result<()> = Err(io::ErrorKind::UnexpectedEof.into());
        assert_eq!(
            kind(cut.context("its end is missing").unwrap_err()),
            Kind::Usage
        );
        let full = not_kept("cannot write a layer", &Errno::NOSPC.into());
        assert_eq!(full.kind(), Kind::Unavailable);
        assert!(full.text().contains("No space left"), "{full}");
    }
}
