//! `daytona sandbox`, whose commands stand at the top as well: from creation to deletion.

use crate::error::Result;
use crate::ops::sandbox::{
    archive::Archive,
    fork::Fork,
    get::Get,
    logs::Logs,
    pause::Pause,
    preview_url::PreviewUrl,
    protect::{Protect, Unprotect},
    recover::Recover,
    resize::Resize,
    resume::Resume,
    start::Start,
    stop::Stop,
    wait::Wait,
};

use super::root::Formatted;
use super::session::Session;
use super::{code, copy, create, delete, exec, list, logs, operate, run, ssh, tty, update};

pub(super) const EXAMPLES: &str = "\
Examples:
  daytona sandbox list
  daytona sandbox create --name demo";

/// Every command about sandboxes.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Sandbox {
    /// Run a command in a new sandbox, then delete the sandbox
    #[command(override_usage = "daytona run [OPTIONS] -- <COMMAND>...")]
    Run(Box<run::RunArgs>),

    /// Create a sandbox
    #[command(visible_aliases = ["add", "new"])]
    Create(Box<create::CreateArgs>),

    /// List sandboxes
    #[command(visible_alias = "ls")]
    List(Formatted<list::ListArgs>),

    /// Show details of a sandbox
    #[command(visible_aliases = ["view", "inspect"])]
    Info(Formatted<Get>),

    /// Start a sandbox
    Start(Start),

    /// Stop a sandbox, keeping its files
    Stop(Stop),

    /// Pause a sandbox, keeping its memory
    Pause(Pause),

    /// Resume a paused sandbox
    Resume(Resume),

    /// Fork a sandbox: a new one with the same files
    Fork(Fork),

    /// Change the CPU cores, memory and disk of a sandbox
    Resize(Resize),

    /// Change the labels, intervals and visibility of a sandbox
    Update(update::UpdateArgs),

    /// Archive a stopped sandbox
    Archive(Archive),

    /// Recover a sandbox in the error state
    Recover(Recover),

    /// Delete sandboxes with their files
    #[command(visible_aliases = ["remove", "rm"])]
    Delete(delete::DeleteArgs),

    /// Keep sandboxes from being deleted
    Protect(Protect),

    /// Let protected sandboxes be deleted again
    Unprotect(Unprotect),

    /// Run a command in a sandbox
    #[command(override_usage = "daytona exec [OPTIONS] <SANDBOX> -- <COMMAND>...")]
    Exec(exec::ExecArgs),

    /// Run a Python, JavaScript or TypeScript file
    #[command(arg_required_else_help = true)]
    Code {
        #[command(subcommand)]
        command: code::Code,
    },

    /// Show output of commands run in sessions
    Logs(Logs),

    /// Open a shell in a sandbox
    Shell(tty::shell::ShellArgs),

    /// Connect to a sandbox over SSH
    Ssh(ssh::SshArgs),

    /// Copy files and folders to a sandbox and back
    Cp(copy::CopyArgs),

    /// Print the URL of a port of a sandbox
    PreviewUrl(PreviewUrl),

    /// Wait until a sandbox reaches a state
    Wait(Wait),
}

pub(super) fn run(command: Sandbox, session: Session) -> Result<u8> {
    match command {
        Sandbox::Run(args) => run::run(*args, &session),
        Sandbox::Create(args) => create::run(*args, &session),
        Sandbox::List(args) => list::sandboxes(args, session),
        Sandbox::Info(get) => operate(get.args, &session.formatted(get.format)),
        Sandbox::Start(args) => operate(args, &session),
        Sandbox::Stop(args) => operate(args, &session),
        Sandbox::Pause(args) => operate(args, &session),
        Sandbox::Resume(args) => operate(args, &session),
        Sandbox::Fork(args) => operate(args, &session),
        Sandbox::Resize(args) => operate(args, &session),
        Sandbox::Update(args) => update::run(args, &session),
        Sandbox::Archive(args) => operate(args, &session),
        Sandbox::Recover(args) => operate(args, &session),
        Sandbox::Delete(args) => delete::run(&args, &session),
        Sandbox::Protect(args) => operate(args, &session),
        Sandbox::Unprotect(args) => operate(args, &session),
        Sandbox::Exec(args) => exec::run(&args, &session),
        Sandbox::Code { command } => code::run(command, &session),
        Sandbox::Logs(args) => logs::run(&args, &session),
        Sandbox::Shell(args) => tty::shell::run(&args, &session),
        Sandbox::Ssh(args) => ssh::run(&args, &session),
        Sandbox::Cp(args) => copy::run(&args, &session),
        Sandbox::PreviewUrl(args) => operate(args, &session),
        Sandbox::Wait(args) => operate(args, &session),
    }
}
