//! `daytona logs`: a log on our streams, as it is written.

use std::io::ErrorKind;

use crate::api::Stream;
use crate::error::{Error, Kind, Result};
use crate::ops::TerminalCommand as _;
use crate::ops::sandbox::logs::{Found, Logs, Shown, find};
use crate::ops::sandbox::resolve;

use super::interrupt::stoppable;
use super::operate;
use super::session::Session;

pub(super) fn run(logs: &Logs, session: &Session) -> Result<u8> {
    let label = logs.doing();
    let printer = &session.printer;
    if printer.structured() {
        return operate(logs.clone(), session);
    }
    printer.check::<Shown>()?;
    let live = async {
        let client = session.ctx.client().await?;
        let sandbox = resolve::running(&session.ctx, &logs.id, false).await?;
        let log = match find(&client, &sandbox, logs).await? {
            Found::Log(log) => log,
            Found::Sessions(sessions) => {
                let (sessions, sandbox) = (Some(sessions), sandbox.name);
                return printer.result(&Shown {
                    sessions,
                    sandbox,
                    ..Shown::default()
                });
            }
        };
        let mut full = None;
        let mut print = |stream: Stream, bytes: &[u8]| {
            let outcome = match stream {
                Stream::Stdout => printer.stdout(bytes),
                Stream::Stderr => printer.stderr(bytes),
            };
            outcome.inspect_err(|error| full = Some(std::io::Error::from(error.kind())))
        };
        log.pass(&client, logs.follow, &mut print).await?;
        match full {
            // A reader that went away (`| head`) is no failure: what it wanted, it has.
            Some(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Error::new(Kind::Other, "cannot write to stdout").because(error))
            }
            _ => Ok(()),
        }
    };
    session.block_on(stoppable(live, &label))?;
    Ok(0)
}
