//! A client at a terminal: its output in binary frames, what is typed in frames of either kind.

use std::sync::Arc;

use axum::extract::ws::{Message, WebSocket};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::api::types::{PtyControl, PtyExit};

use super::super::socket::closing;
use super::terminal::{CLIENT_LAG, Seen, Terminal};

/// Serves a client until it goes, or the terminal ends.
pub(super) async fn attach(
    socket: WebSocket,
    terminal: Arc<Terminal>,
    seen: Receiver<Seen>,
    exit_control: bool,
) {
    let (out, typed) = socket.split();
    tokio::select! {
        () = show(out, &terminal, seen, exit_control) => {}
        () = take(typed, &terminal) => {}
    }
    // The slowest client is another one now.
    terminal.taken();
}

async fn take(mut typed: SplitStream<WebSocket>, terminal: &Terminal) {
    while let Some(Ok(message)) = typed.next().await {
        let data = match message {
            Message::Binary(data) => data,
            Message::Text(text) => text.into(),
            Message::Close(_) => return,
            Message::Ping(_) | Message::Pong(_) => continue,
        };
        if !terminal.input(&data).await {
            // The other half tells the client how it ended.
            return std::future::pending().await;
        }
    }
}

async fn show(
    mut out: SplitSink<WebSocket, Message>,
    terminal: &Terminal,
    mut seen: Receiver<Seen>,
    exit_control: bool,
) {
    if !send(&mut out, control("connected", None)).await {
        return;
    }
    loop {
        match seen.recv().await {
            Ok(Seen::Output(chunk)) => {
                terminal.taken();
                if !send(&mut out, Message::Binary(chunk)).await {
                    return;
                }
            }
            Ok(Seen::Exit(exit)) => return end(&mut out, &exit, exit_control).await,
            Err(RecvError::Lagged(_)) => {
                send(&mut out, closing(1008, "the client is too slow")).await;
                return;
            }
            Err(RecvError::Closed) => return,
        }
    }
}

async fn end(out: &mut SplitSink<WebSocket, Message>, exit: &PtyExit, exit_control: bool) {
    if exit_control {
        send(out, control("exited", Some(exit.clone()))).await;
    }
    let code = if exit.exit_code == 0 { 1000 } else { 1011 };
    let reason = serde_json::to_string(exit).unwrap_or_default();
    send(out, closing(code, &reason)).await;
}

/// Whether the client took it: one that takes nothing for long is as good as gone.
async fn send(out: &mut SplitSink<WebSocket, Message>, message: Message) -> bool {
    matches!(
        tokio::time::timeout(CLIENT_LAG, out.send(message)).await,
        Ok(Ok(()))
    )
}

fn control(status: &str, exit: Option<PtyExit>) -> Message {
    let control = PtyControl {
        r#type: "control".to_owned(),
        status: status.to_owned(),
        error: None,
        exit,
    };
    Message::text(serde_json::to_string(&control).unwrap_or_default())
}
