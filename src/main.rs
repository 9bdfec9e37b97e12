//! The `daytona` command.

fn main() {}
