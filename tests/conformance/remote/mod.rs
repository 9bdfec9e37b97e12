//! A runtime in another process: the namespaces of this machine behind a Unix socket. Each call is a connection:
//! one line of JSON each way; the connection to a guest then carries bytes.

mod parts;
mod process;
mod server;
mod wire;

use std::path::PathBuf;
use std::time::Duration;

use daytona::api::types::RuntimeReport;
use daytona::engine::runtime::contract::{
    Archives, Capacity, Connection, Images, Layers, Liveness, Networks, Pauses, Resizes, Runtime,
    Spec, VolumeStore,
};
use daytona::error::{Error, Kind, Result};
use futures_util::future::BoxFuture;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::UnixStream;
use tokio::time::timeout;

pub(crate) use process::Process;
pub(crate) use server::role as server_role;
use wire::{Call, Reply};

/// How long the other side may be silent: it sends an empty line each second while it works.
const SILENCE: Duration = Duration::from_secs(3);

/// The near side of the runtime.
#[derive(Clone)]
pub(crate) struct Remote {
    /// Where the far side listens.
    pub(crate) socket: PathBuf,
    /// Whether it says of what it cannot ask that it has ended: what no runtime may do.
    pub(crate) lies: bool,
    pub(crate) capacity: Capacity,
}

impl Remote {
    /// Makes one call. Out of reach is [`Kind::Unavailable`], whatever the reason.
    async fn call<T: DeserializeOwned>(&self, call: Call) -> Result<T> {
        let value = self.ask(&call).await?.0;
        serde_json::from_value(value)
            .map_err(|error| Error::internal("the runtime's answer cannot be read").because(error))
    }

    async fn ask(&self, call: &Call) -> Result<(serde_json::Value, BufReader<UnixStream>)> {
        let away = |why: String| {
            Error::new(
                Kind::Unavailable,
                format!("the runtime cannot be reached: {why}"),
            )
        };
        let mut line = serde_json::to_vec(call)
            .map_err(|error| Error::internal("a call cannot be written").because(error))?;
        line.push(b'\n');
        let stream = UnixStream::connect(&self.socket).await;
        let mut stream = BufReader::new(stream.map_err(|error| away(error.to_string()))?);
        stream
            .write_all(&line)
            .await
            .map_err(|error| away(error.to_string()))?;
        loop {
            let mut line = Vec::new();
            match timeout(SILENCE, stream.read_until(b'\n', &mut line)).await {
                Err(_) => return Err(away("it is silent".to_owned())),
                Ok(Err(error)) => return Err(away(error.to_string())),
                Ok(Ok(0)) => return Err(away("it hung up".to_owned())),
                Ok(Ok(1)) => {}
                Ok(Ok(_)) => {
                    let reply = serde_json::from_slice(&line)
                        .map_err(|error| away(format!("it answered nonsense: {error}")))?;
                    return match reply {
                        Reply::Done(value) => Ok((value, stream)),
                        Reply::Failed { kind, text } => Err(Error::new(kind, text)),
                    };
                }
            }
        }
    }
}

impl Runtime for Remote {
    fn name(&self) -> &'static str {
        "remote"
    }

    fn report(&self, _: Option<&str>) -> RuntimeReport {
        RuntimeReport {
            name: self.name().to_owned(),
            isolation: "namespaces in another process".to_owned(),
            ..RuntimeReport::default()
        }
    }

    fn capacity(&self) -> Capacity {
        self.capacity
    }

    fn create<'a>(&'a self, spec: &'a Spec) -> BoxFuture<'a, Result<String>> {
        Box::pin(self.call(Call::Create(spec.clone())))
    }

    fn start<'a>(&'a self, id: &'a str, handle: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.call(Call::Start(id.to_owned(), handle.to_owned())))
    }

    fn inspect<'a>(&'a self, id: &'a str, handle: Option<&'a str>) -> BoxFuture<'a, Liveness> {
        Box::pin(async move {
            let call = Call::Inspect(id.to_owned(), handle.map(str::to_owned));
            match self.call(call).await {
                Ok(liveness) => liveness,
                Err(_) if self.lies => Liveness::Ended("it does not answer".to_owned()),
                Err(error) => Liveness::Unknown(error.text()),
            }
        })
    }

    fn wait<'a>(&'a self, id: &'a str, handle: &'a str) -> BoxFuture<'a, Result<String>> {
        Box::pin(self.call(Call::Wait(id.to_owned(), handle.to_owned())))
    }

    fn stop<'a>(
        &'a self,
        id: &'a str,
        handle: &'a str,
        grace: Duration,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.call(Call::Stop(id.to_owned(), handle.to_owned(), grace)))
    }

    fn remove<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.call(Call::Remove(id.to_owned())))
    }

    fn abandon<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.call(Call::Abandon(id.to_owned())))
    }

    fn disks(&self) -> BoxFuture<'_, Result<Vec<String>>> {
        Box::pin(self.call(Call::Disks))
    }

    fn connect<'a>(&'a self, id: &'a str, handle: &'a str) -> BoxFuture<'a, Result<Connection>> {
        Box::pin(async move {
            let call = Call::Connect(id.to_owned(), handle.to_owned());
            let (_, stream) = self.ask(&call).await?;
            Ok(Box::new(stream) as Connection)
        })
    }

    fn pauses(&self) -> Option<&dyn Pauses> {
        Some(self)
    }

    fn resizes(&self) -> Option<&dyn Resizes> {
        Some(self)
    }

    fn layers(&self) -> Option<&dyn Layers> {
        Some(self)
    }

    fn images(&self) -> Option<&dyn Images> {
        None
    }

    fn archives(&self) -> Option<&dyn Archives> {
        Some(self)
    }

    fn networks(&self) -> Option<&dyn Networks> {
        Some(self)
    }

    fn volumes(&self) -> Option<&dyn VolumeStore> {
        Some(self)
    }
}
