//! What a pipe or terminal holds at this moment, read past the runtime. With it the output of a program
//! counts as ended once the program has: what it left in the background may hold the pipe for ever.
//!
//! The runtime may not have heard yet that there is something to read, and would take it for empty:
//! the last words of a program that has just ended would be lost.

use std::os::fd::AsFd;

use bytes::BytesMut;

/// How much is read at once.
const READ: usize = 64 << 10;

/// The most that a pipe of an ordinary user holds, and a terminal holds less: what is there beyond was
/// written since. Who never stops writing is not waited for.
const MOST_IN_PIPE: usize = 1 << 20;

/// Reads what is held, without waiting, and hands it on.
pub(super) fn read_rest(from: impl AsFd, mut take: impl FnMut(&mut BytesMut)) {
    let mut buffer = BytesMut::new();
    let mut read = 0;
    while read < MOST_IN_PIPE && read_held(&from, &mut buffer) {
        read += buffer.len();
        take(&mut buffer);
        buffer.clear();
    }
}

/// Reads once, without waiting; `false` where there is nothing (more).
fn read_held(from: impl AsFd, into: &mut BytesMut) -> bool {
    let mut buffer = vec![0; READ];
    match rustix::io::retry_on_intr(|| rustix::io::read(&from, &mut buffer[..])) {
        Ok(count @ 1..) => {
            into.extend_from_slice(&buffer[..count]);
            true
        }
        _ => false,
    }
}
