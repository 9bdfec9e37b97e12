//! The far side: a process that has the namespaces, and answers calls.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use daytona::engine::runtime::contract::{
    Archives as _, Layers as _, Networks as _, Pauses as _, Resizes as _, Runtime as _, VolumeStore,
};
use daytona::engine::runtime::namespace::Namespace;
use daytona::error::{Error, Result};
use serde::Serialize;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, copy_bidirectional};
use tokio::net::{UnixListener, UnixStream};

use super::wire::{Call, Reply};

/// The word by which this program is told to be the far side; a socket and a folder follow.
pub(super) const ROLE: &str = "__runtime";
/// How often a call that goes on says so.
const PULSE: Duration = Duration::from_secs(1);

/// The far side, where this process is told to be it.
pub(crate) fn role(argv: &[OsString]) -> Option<ExitCode> {
    let [_, role, socket, folder] = argv else {
        return None;
    };
    if role != ROLE {
        return None;
    }
    let folder = Path::new(folder);
    // Zygotes are started before there are threads.
    let namespaces = Namespace::start(folder, &folder.join("images.json")).expect("namespaces");
    let namespaces = Arc::new(namespaces);
    tokio::runtime::Runtime::new()
        .expect("threads")
        .block_on(async {
            let listener = UnixListener::bind(socket).expect("a socket");
            loop {
                let (stream, _) = listener.accept().await.expect("a connection");
                tokio::spawn(serve(Arc::clone(&namespaces), stream));
            }
        })
}

async fn serve(namespaces: Arc<Namespace>, stream: UnixStream) {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    // Who only looks whether anybody is there says nothing.
    if !matches!(stream.read_line(&mut line).await, Ok(length) if length > 0) {
        return;
    }
    let call: Call = serde_json::from_str(&line).expect("a call");
    if let Call::Connect(id, handle) = &call {
        let guest = namespaces.connect(id, handle).await;
        let (reply, guest) = match guest {
            Ok(guest) => (Reply::Done(Value::Null), Some(guest)),
            Err(error) => (failed(&error), None),
        };
        if say(&mut stream, &reply).await.is_ok()
            && let Some(mut guest) = guest
        {
            let _ = copy_bidirectional(&mut stream, &mut guest).await;
        }
        return;
    }
    let mut answer = std::pin::pin!(answer(&namespaces, call));
    loop {
        tokio::select! {
            reply = &mut answer => {
                let _ = say(&mut stream, &reply).await;
                return;
            }
            () = tokio::time::sleep(PULSE) => if stream.write_all(b"\n").await.is_err() {
                return;
            }
        }
    }
}

async fn say(stream: &mut BufReader<UnixStream>, reply: &Reply) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(reply).expect("a reply");
    line.push(b'\n');
    stream.write_all(&line).await
}

fn failed(error: &Error) -> Reply {
    Reply::Failed {
        kind: error.kind(),
        text: error.text(),
    }
}

fn reply<T: Serialize>(outcome: Result<T>) -> Reply {
    match outcome {
        Ok(value) => Reply::Done(serde_json::to_value(value).expect("JSON")),
        Err(error) => failed(&error),
    }
}

async fn answer(to: &Namespace, call: Call) -> Reply {
    match call {
        Call::Capacity => reply(Ok(to.capacity())),
        Call::Create(spec) => reply(to.create(&spec).await),
        Call::Start(id, handle) => reply(to.start(&id, &handle).await),
        Call::Inspect(id, handle) => reply(Ok(to.inspect(&id, handle.as_deref()).await)),
        Call::Wait(id, handle) => reply(to.wait(&id, &handle).await),
        Call::Stop(id, handle, grace) => reply(to.stop(&id, &handle, grace).await),
        Call::Remove(id) => {
            reply(daytona::engine::runtime::contract::Runtime::remove(to, &id).await)
        }
        Call::Abandon(id) => reply(to.abandon(&id).await),
        Call::Disks => reply(to.disks().await),
        Call::Connect(..) => unreachable!("answered before"),
        Call::Pause(id, handle) => reply(to.pause(&id, &handle).await),
        Call::Resume(id, handle) => reply(to.resume(&id, &handle).await),
        Call::Resize(id, handle, cpu, memory) => reply(to.resize(&id, &handle, cpu, memory).await),
        Call::Commit(id, handle) => reply(to.commit(&id, handle.as_deref()).await),
        Call::Written(id) => reply(to.written(&id).await),
        Call::Size(layers) => reply(to.size(&layers).await),
        Call::Gc(used) => reply(to.gc(used).await),
        Call::Archive(id) => reply(to.archive(&id).await),
        Call::ApplyPolicy(id, handle, network) => {
            reply(to.apply_policy(&id, &handle, &network).await)
        }
        Call::RemoveVolume(id) => reply(VolumeStore::remove(to, &id).await),
    }
}
