//! Attributes of detached mounts (mount_setattr(2)).
#![expect(
    unsafe_code,
    reason = "raw system calls; each one says why it is sound"
)]

use std::ffi::c_int;
use std::io;
use std::os::fd::{AsRawFd as _, BorrowedFd};

use super::check;

#[repr(C)]
struct MountAttr {
    set: u64,
    clear: u64,
    propagation: u64,
    userns: u64,
}

/// `mount_setattr` on the tree of a detached mount: adds attributes to it and all mounts below.
pub(crate) fn restrict_mount(tree: BorrowedFd<'_>, attributes: u64) -> io::Result<()> {
    let attr = MountAttr {
        set: attributes,
        clear: 0,
        propagation: 0,
        userns: 0,
    };
    change_mount(tree, libc::AT_EMPTY_PATH | libc::AT_RECURSIVE, &attr)
}

/// `mount_setattr` on a detached mount: its ids are translated by the map of a user namespace. It leaves
/// the peers of the mount that it is a copy of: what is mounted on it is not mounted on theirs.
pub(crate) fn map_mount(tree: BorrowedFd<'_>, map: BorrowedFd<'_>) -> io::Result<()> {
    const IDMAP: u64 = 0x0010_0000;
    let attr = MountAttr {
        set: IDMAP,
        clear: 0,
        propagation: libc::MS_PRIVATE,
        userns: u64::from(map.as_raw_fd().cast_unsigned()),
    };
    change_mount(tree, libc::AT_EMPTY_PATH, &attr)
}

fn change_mount(tree: BorrowedFd<'_>, flags: c_int, attr: &MountAttr) -> io::Result<()> {
    // SAFETY: path and attribute block live through the call, the size is the block's.
    check(unsafe {
        libc::syscall(
            libc::SYS_mount_setattr,
            tree.as_raw_fd(),
            c"".as_ptr(),
            flags,
            std::ptr::from_ref(attr),
            size_of::<MountAttr>(),
        )
    })
    .map(drop)
}
