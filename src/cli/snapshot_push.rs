//! `daytona snapshot push`: sends an image that a container engine on this machine has.

use std::process::{Child, Command, Stdio};

use clap::value_parser;

use crate::error::{Context as _, Error, Kind, Result};
use crate::ops::snapshot::Made;
use crate::ops::snapshot::create::Create;
use crate::ops::snapshot::import::import;

use super::interrupt::stoppable;
use super::root_archive;
use super::session::Session;

/// The programs that may have the image, in the order in which they are asked.
const ENGINES: [&str; 2] = ["docker", "podman"];

const EXAMPLES: &str = "\
Examples:
  daytona snapshot push my-app:1 --name my-app
  docker save my-app:1 | daytona snapshot create my-app --from -";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct PushArgs {
    /// The image, as the container engine names it
    image: String,

    /// Name of the snapshot
    #[arg(short, long)]
    name: String,

    /// CPU cores of sandboxes created from the snapshot
    #[arg(long, value_name = "CORES", value_parser = value_parser!(u32).range(1..))]
    cpu: Option<u32>,

    /// Memory in GiB of sandboxes created from the snapshot
    #[arg(long, value_name = "GIB", value_parser = value_parser!(u32).range(1..))]
    memory: Option<u32>,

    /// Disk in GiB of sandboxes created from the snapshot
    #[arg(long, value_name = "GIB", value_parser = value_parser!(u32).range(1..))]
    disk: Option<u32>,
}

pub(super) fn run(args: PushArgs, session: &Session) -> Result<u8> {
    let printer = &session.printer;
    printer.check::<Made>()?;
    let image = &args.image;
    if image.starts_with('-') || image.trim().is_empty() {
        return Err(Error::usage(format!("`{image}` is no image")));
    }
    let create = Create {
        name: args.name,
        cpu: args.cpu,
        memory: args.memory,
        disk: args.disk,
        ..Create::default()
    };
    create.request()?;
    let engine = which(image)?;
    let mut saving = Saving::start(engine, image)?;
    let label = format!("sending `{image}` from {engine}");
    let made = session.block_on(async {
        let progress = printer.progress(&label);
        session.ctx.hear(Some(progress.teller()));
        let sending = import(&session.ctx, &create, saving.stream()?);
        let outcome = stoppable(sending, &label).await;
        session.ctx.hear(None);
        outcome
    });
    saving.check(image, made.is_ok())?;
    printer.result(&made?)?;
    Ok(0)
}

/// The container engine as it writes the image out; ended with this.
struct Saving {
    engine: &'static str,
    child: Child,
}

impl Saving {
    fn start(engine: &'static str, image: &str) -> Result<Self> {
        let child = Command::new(engine)
            .args(["save", image])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context(Kind::Other, || format!("cannot run {engine}"))?;
        Ok(Self { engine, child })
    }

    fn stream(&mut self) -> Result<reqwest::Body> {
        let output = self.child.stdout.take();
        let output = output.ok_or_else(|| Error::internal("the container engine has no output"))?;
        Ok(root_archive::read(output))
    }

    /// Whether it wrote the whole image. Where nobody read on, that is no failure of its own.
    fn check(mut self, image: &str, read: bool) -> Result<()> {
        if !read && matches!(self.child.try_wait(), Ok(None)) {
            return Ok(());
        }
        let status = self.child.wait();
        if status.is_ok_and(|status| status.success()) {
            return Ok(());
        }
        let said = self.child.stderr.take().map(std::io::read_to_string);
        let said = said.and_then(std::result::Result::ok).unwrap_or_default();
        let message = format!("{} could not write `{image}`: {}", self.engine, said.trim());
        Err(Error::new(Kind::Other, message))
    }
}

impl Drop for Saving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The container engine that has the image.
fn which(image: &str) -> Result<&'static str> {
    let mut asked = Vec::new();
    for engine in ENGINES {
        let inspection = Command::new(engine)
            .args(["image", "inspect", image])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        match inspection {
            Ok(status) if status.success() => return Ok(engine),
            Ok(_) => asked.push(engine),
            Err(_) => {}
        }
    }
    let error = if asked.is_empty() {
        Error::new(
            Kind::Unsupported,
            "there is neither docker nor podman on this machine",
        )
    } else {
        let message = format!("{} has no image `{image}`", asked.join(" and "));
        Error::new(Kind::NotFound, message)
    };
    Err(error
        .hint("from a registry: `daytona snapshot create NAME --image IMAGE:TAG`")
        .hint("from an archive: `daytona snapshot create NAME --from FILE`"))
}
