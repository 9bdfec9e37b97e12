//! The `daytona` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    daytona::cli::main()
}
