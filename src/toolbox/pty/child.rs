//! The process of a terminal before it becomes the shell: a session of its own, on its terminal.

use std::ffi::OsString;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, ExitCode};

use rustix::process::{ioctl_tiocsctty, setsid};

/// The word by which this program is told to be that.
pub(crate) const ROLE: &str = "__pty";

/// `daytona __pty PROGRAM ARGUMENTS…`: standard input is the terminal. Returns only where it failed.
pub(crate) fn main(program: &[OsString]) -> ExitCode {
    let Some((name, arguments)) = program.split_first() else {
        return ExitCode::from(125);
    };
    // A terminal of its own: so that Ctrl-C, Ctrl-Z and jobs work.
    if setsid().is_err() || ioctl_tiocsctty(rustix::stdio::stdin()).is_err() {
        return ExitCode::from(126);
    }
    // The failure is seen in the terminal by its status.
    let _ = Command::new(name).args(arguments).exec();
    ExitCode::from(127)
}
