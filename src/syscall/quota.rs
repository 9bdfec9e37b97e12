//! Project quotas: which project files belong to, and its limit (quotactl_fd(2), ioctl_xfs_fsgetxattr(2)).
#![expect(
    unsafe_code,
    reason = "raw system calls; each one says why it is sound"
)]

use std::ffi::c_long;
use std::io;
use std::os::fd::{AsRawFd as _, BorrowedFd};

use super::check;

/// linux/fs.h: the attributes of an inode, the project among them.
#[repr(C)]
#[derive(Default)]
struct Attributes {
    flags: u32,
    extent_size: u32,
    extents: u32,
    project: u32,
    copy_extent_size: u32,
    padding: [u8; 8],
}

/// Gives a folder, and what is made in it from now on, to a project.
pub(crate) fn set_project(folder: BorrowedFd<'_>, project: u32) -> io::Result<()> {
    const GET: libc::c_ulong = 0x801c_581f;
    const SET: libc::c_ulong = 0x401c_5820;
    const INHERIT: u32 = 0x200;
    let mut attributes = Attributes::default();
    // SAFETY: the kernel writes one block of this size, which lives through the call.
    check(c_long::from(unsafe {
        libc::ioctl(folder.as_raw_fd(), GET as _, &raw mut attributes)
    }))?;
    if attributes.project == project && attributes.flags & INHERIT != 0 {
        return Ok(());
    }
    attributes.project = project;
    attributes.flags |= INHERIT;
    // SAFETY: the kernel reads one block of this size, which lives through the call.
    check(c_long::from(unsafe {
        libc::ioctl(folder.as_raw_fd(), SET as _, &raw const attributes)
    }))
    .map(drop)
}

/// linux/quota.h.
#[repr(C)]
#[derive(Default)]
struct Quota {
    blocks_hard: u64,
    blocks_soft: u64,
    space: u64,
    inodes_hard: u64,
    inodes_soft: u64,
    inodes: u64,
    block_time: u64,
    inode_time: u64,
    valid: u32,
}

/// Limits what a project has on the file system of a folder, in KiB; 0 is no limit.
pub(crate) fn limit_project(folder: BorrowedFd<'_>, project: u32, kib: u64) -> io::Result<()> {
    const SET: u32 = 0x80_0008;
    const BLOCKS: u32 = 1;
    let mut quota = Quota {
        blocks_hard: kib,
        valid: BLOCKS,
        ..Quota::default()
    };
    quota_call(folder, SET, project, &mut quota)
}

/// Whether the file system of a folder counts by project.
pub(crate) fn has_project_quotas(folder: BorrowedFd<'_>) -> io::Result<()> {
    const GET: u32 = 0x80_0007;
    match quota_call(folder, GET, 1, &mut Quota::default()) {
        // Nothing has been counted for that project yet.
        Err(error) if error.raw_os_error() == Some(libc::ENOENT) => Ok(()),
        found => found,
    }
}

fn quota_call(
    folder: BorrowedFd<'_>,
    command: u32,
    project: u32,
    quota: &mut Quota,
) -> io::Result<()> {
    const PROJECTS: u32 = 2;
    // SAFETY: the kernel reads or writes one block of this size, which lives through the call.
    check(unsafe {
        libc::syscall(
            libc::SYS_quotactl_fd,
            folder.as_raw_fd(),
            command << 8 | PROJECTS,
            project,
            std::ptr::from_mut(quota),
        )
    })
    .map(drop)
}
