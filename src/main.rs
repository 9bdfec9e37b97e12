//! The `daytona` command.

fn main() -> std::process::ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("__zygote") => daytona::engine::runtime::namespace::zygote_main(),
        Some("__toolbox") => daytona::toolbox::main(),
        _ => std::process::ExitCode::SUCCESS,
    }
}
