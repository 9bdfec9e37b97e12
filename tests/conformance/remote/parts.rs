//! The parts of the runtime in another process that not every runtime has. Images it has none.

use std::collections::HashSet;

use daytona::engine::runtime::contract::{
    Archives, Layers, Network, Networks, Pauses, Resizes, VolumeStore, Written,
};
use daytona::error::Result;
use futures_util::future::BoxFuture;

use super::Remote;
use super::wire::Call;

impl Pauses for Remote {
    fn pause<'a>(&'a self, id: &'a str, handle: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.call(Call::Pause(id.to_owned(), handle.to_owned())))
    }

    fn resume<'a>(&'a self, id: &'a str, handle: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.call(Call::Resume(id.to_owned(), handle.to_owned())))
    }
}

impl Resizes for Remote {
    fn resize<'a>(
        &'a self,
        id: &'a str,
        handle: &'a str,
        cpu: u32,
        memory: u32,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.call(Call::Resize(id.to_owned(), handle.to_owned(), cpu, memory)))
    }
}

impl Layers for Remote {
    fn commit<'a>(
        &'a self,
        id: &'a str,
        handle: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Vec<String>>> {
        Box::pin(self.call(Call::Commit(id.to_owned(), handle.map(str::to_owned))))
    }

    fn written<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Written>> {
        Box::pin(self.call(Call::Written(id.to_owned())))
    }

    fn size<'a>(&'a self, layers: &'a [String]) -> BoxFuture<'a, Result<u64>> {
        Box::pin(self.call(Call::Size(layers.to_vec())))
    }

    fn gc(&self, used: HashSet<String>) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.call(Call::Gc(used)))
    }
}

impl Archives for Remote {
    fn archive<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.call(Call::Archive(id.to_owned())))
    }
}

impl Networks for Remote {
    fn apply_policy<'a>(
        &'a self,
        id: &'a str,
        handle: &'a str,
        network: &'a Network,
    ) -> BoxFuture<'a, Result<()>> {
        let call = Call::ApplyPolicy(id.to_owned(), handle.to_owned(), network.clone());
        Box::pin(self.call(call))
    }

    fn can_limit(&self) -> std::result::Result<(), String> {
        Ok(())
    }
}

impl VolumeStore for Remote {
    fn remove<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.call(Call::RemoveVolume(id.to_owned())))
    }
}
