//! `daytona serve`: the local engine in the foreground, how to reach it, and its end.

use schemars::JsonSchema;
use serde::Serialize;

use crate::error::{Error, Kind, Result};
use crate::output::{Human, View};

use super::local_engine as start;
use super::session::Session;

const EXAMPLES: &str = "\
Examples:
  daytona serve
  eval \"$(daytona serve --print-env)\"
  daytona serve --stop";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ServeArgs {
    /// Address to listen on [default: 127.0.0.1:3986]
    #[arg(long, value_name = "ADDRESS")]
    pub(super) listen: Option<String>,

    /// Print the environment variables for SDKs; starts the engine if needed
    #[arg(long, conflicts_with = "stop")]
    print_env: bool,

    /// Stop the engine; running sandboxes keep running
    #[arg(long)]
    stop: bool,

    /// Remove the engine and everything in it: sandboxes, snapshots, volumes, secrets, keys
    #[arg(long, conflicts_with_all = ["stop", "print_env", "listen"])]
    purge: bool,

    /// Purge without asking
    #[arg(short, long, requires = "purge")]
    yes: bool,

    /// Origin of pages that may use the API from a browser, such as http://localhost:5173 (can be repeated)
    #[arg(long, value_name = "ORIGIN", conflicts_with_all = ["print_env", "stop", "purge"])]
    cors: Vec<String>,

    /// Detach from the terminal, as the start on demand does
    #[arg(long, hide = true)]
    pub(super) detached: bool,
}

/// How to reach the local engine
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct Reach {
    /// The base URL of its API
    api_url: String,
    /// Its API key
    api_key: String,
    /// Its process id
    pid: u32,
}

impl Human for Reach {
    fn view(&self) -> View {
        View::Text(format!(
            "export DAYTONA_API_URL='{}'\nexport DAYTONA_API_KEY='{}'\n",
            self.api_url, self.api_key
        ))
    }

    fn ids(&self) -> Vec<String> {
        vec![self.api_url.clone()]
    }
}

pub(super) fn run(args: &ServeArgs, session: &Session) -> Result<u8> {
    let printer = &session.printer;
    if args.purge {
        return super::purge::run(args.yes, session);
    }
    if args.print_env {
        printer.check::<Reach>()?;
        let settings = start::settings(&session.config);
        let (address, _) = session.block_on(start::ensure(&settings))?;
        printer.result(&Reach {
            api_url: address.url,
            api_key: address.key.expose().to_owned(),
            pid: address.pid,
        })?;
        return Ok(0);
    }
    let dir = session.config.engine_dir();
    if args.stop {
        let stopped = session.block_on(start::stop(&dir))?;
        printer.status(if stopped {
            "stopped the local engine"
        } else {
            "the local engine does not run"
        });
        return Ok(0);
    }
    if let Some(address) = session.block_on(start::running(&dir))?
        && !args.detached
    {
        return Err(Error::new(
            Kind::Conflict,
            format!(
                "the local engine runs already, at {} (process {})",
                address.url, address.pid
            ),
        )
        .hint("stop it: `daytona serve --stop`"));
    }
    start::serve(&session.config, args.detached, &args.cors, |address| {
        if !args.detached {
            printer.status(&format!(
                "the engine serves {}; what an SDK needs: `daytona serve --print-env`",
                address.url
            ));
        }
    })?;
    Ok(0)
}
