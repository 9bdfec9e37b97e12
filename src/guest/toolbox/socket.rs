//! What all WebSockets of the toolbox share: the protocol that is chosen, and how they are closed.

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};

/// The longest reason of a close frame (RFC 6455, section 5.5).
const LONGEST_REASON: usize = 123;

/// The protocols that the client offers.
pub(super) fn offered(upgrade: &WebSocketUpgrade) -> Vec<String> {
    upgrade
        .requested_protocols()
        .filter_map(|offer| Some(offer.to_str().ok()?.to_owned()))
        .collect()
}

/// Chooses one of the offered protocols: some clients refuse a server that chooses none.
pub(super) fn choose(upgrade: &mut WebSocketUpgrade, preferred: &str) {
    let chosen = upgrade
        .requested_protocols()
        .find(|offer| *offer == preferred)
        .or_else(|| upgrade.requested_protocols().next())
        .cloned();
    if let Some(chosen) = chosen {
        upgrade.set_selected_protocol(chosen);
    }
}

pub(super) async fn close(socket: &mut WebSocket, code: u16, reason: &str) {
    let _ = socket.send(closing(code, reason)).await;
}

/// The frame that closes, its reason cut to what such a frame can hold.
pub(super) fn closing(code: u16, reason: &str) -> Message {
    let mut end = reason.len().min(LONGEST_REASON);
    while !reason.is_char_boundary(end) {
        end -= 1;
    }
    Message::Close(Some(CloseFrame {
        code,
        reason: Utf8Bytes::from(&reason[..end]),
    }))
}
