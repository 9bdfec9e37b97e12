//! A command's log over a WebSocket: binary frames, each a mark and a chunk of one stream.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::extract::ws::{Message, WebSocket};
use bytes::{BufMut as _, BytesMut};

use super::super::socket::close;
use super::command::Command;
use super::log::{Position, Stream};
use super::{Deletion, Sessions};

/// Sends the log from its beginning to the command's end, or to now without `follow`.
///
/// A transient session ends with its follower: a client that is gone leaves nothing running.
pub(super) async fn follow(
    mut socket: WebSocket,
    command: Arc<Command>,
    follow: bool,
    transient: Option<(&Sessions, String)>,
) {
    let mut position = Position::default();
    let lost = loop {
        let next = tokio::select! {
            next = command.log.next(&mut position, follow) => next,
            heard = socket.recv() => match heard {
                Some(Ok(Message::Close(_)) | Err(_)) | None => break true,
                Some(Ok(_)) => continue,
            },
        };
        match next {
            Ok(Some((stream, chunk))) => {
                if socket.send(frame(stream, &chunk)).await.is_err() {
                    break true;
                }
            }
            Ok(None) => {
                // Our extension: the exit code comes with the end, which spares a request for it.
                let reason = command
                    .exit_code()
                    .map(|code| format!("{{\"exitCode\":{code}}}"));
                close(&mut socket, 1000, reason.as_deref().unwrap_or_default()).await;
                break false;
            }
            Err(error) => {
                close(&mut socket, 1011, &error.to_string()).await;
                break false;
            }
        }
    };
    let over = command.exit_code().is_some();
    if (lost || over)
        && let Some((sessions, id)) = transient
    {
        sessions.delete(&id, Deletion::SPARING).await;
    }
}

/// Marks a command as followed: a transient log has one reader only.
pub(super) fn claim(command: &Command) -> bool {
    !command.followed.swap(true, Ordering::Relaxed)
}

fn frame(stream: Stream, chunk: &[u8]) -> Message {
    let mut frame = BytesMut::with_capacity(chunk.len() + 3);
    frame.put_slice(&stream.mark());
    frame.put_slice(chunk);
    Message::Binary(frame.freeze())
}
