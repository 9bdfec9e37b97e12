//! The parts of the runtime in memory that not every runtime has.

use std::collections::HashSet;

use futures_util::future::BoxFuture;

use crate::engine::runtime::contract::{
    Archives, Image, Images, Layers, Material, Network, Networks, Pauses, Progress, Resizes,
    VolumeStore, Written,
};
use crate::error::Result;

use super::{Fake, broken};

impl Pauses for Fake {
    fn pause<'a>(&'a self, id: &'a str, _: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            self.reach().await?;
            if self.switches.lock().expect("switches").fail_freeze {
                return Err(broken("freeze"));
            }
            self.inside().frozen.insert(id.to_owned());
            Ok(())
        })
    }

    fn resume<'a>(&'a self, id: &'a str, _: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            self.reach().await?;
            self.inside().frozen.remove(id);
            Ok(())
        })
    }
}

impl Resizes for Fake {
    fn resize<'a>(&'a self, _: &'a str, _: &'a str, _: u32, _: u32) -> BoxFuture<'a, Result<()>> {
        Box::pin(async { Ok(()) })
    }
}

impl Layers for Fake {
    fn commit<'a>(
        &'a self,
        id: &'a str,
        handle: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Vec<String>>> {
        Box::pin(async move {
            let slow = {
                let switches = self.switches.lock().expect("switches");
                if switches.fail_branch {
                    return Err(broken("branch"));
                }
                switches.slow_branch
            };
            assert_eq!(
                handle.is_some(),
                self.inside().frozen.contains(id),
                "what runs is frozen before it is copied"
            );
            tokio::time::sleep(slow).await;
            Ok(vec![format!("written-{id}"), "host-1".to_owned()])
        })
    }

    fn written<'a>(&'a self, _id: &'a str) -> BoxFuture<'a, Result<Written>> {
        Box::pin(async { Ok(Written::default()) })
    }

    fn size<'a>(&'a self, layers: &'a [String]) -> BoxFuture<'a, Result<u64>> {
        Box::pin(async move { Ok(layers.len() as u64) })
    }

    fn gc(&self, used: HashSet<String>) -> BoxFuture<'_, Result<()>> {
        self.inside().used = used;
        Box::pin(async { Ok(()) })
    }
}

impl Images for Fake {
    fn build(&self, from: Material, progress: Progress) -> BoxFuture<'_, Result<Image>> {
        Box::pin(async move {
            progress("half-way".to_owned());
            self.inside().builds += 1;
            let (fail, slow) = {
                let switches = self.switches.lock().expect("switches");
                (switches.fail_build, switches.slow_branch)
            };
            tokio::time::sleep(slow).await;
            if fail {
                return Err(broken("build"));
            }
            Ok(Image {
                layers: vec![format!("{from:?}")],
                entrypoint: vec!["/run".to_owned()],
                ..Image::default()
            })
        })
    }

    fn resolve_alias(&self, name: &str) -> Result<Option<String>> {
        Ok((name == "python").then(|| "python:1".to_owned()))
    }
}

impl Archives for Fake {
    fn archive<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async { Ok(()) })
    }
}

impl Networks for Fake {
    fn apply_policy<'a>(
        &'a self,
        id: &'a str,
        _: &'a str,
        network: &'a Network,
    ) -> BoxFuture<'a, Result<()>> {
        let networks = &mut self.inside().networks;
        networks.insert(id.to_owned(), network.clone());
        Box::pin(async { Ok(()) })
    }

    fn can_limit(&self) -> std::result::Result<(), String> {
        Ok(())
    }
}

impl VolumeStore for Fake {
    fn remove<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            if self.switches.lock().expect("switches").fail_remove {
                return Err(broken("remove"));
            }
            self.inside().volumes.remove(id);
            Ok(())
        })
    }
}
