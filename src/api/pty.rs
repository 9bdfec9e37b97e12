//! A terminal in a sandbox: its screen and keyboard over a WebSocket (toolbox API, PTY).

use bytes::Bytes;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use reqwest::{Method, Upgraded};
use serde::Deserialize;
use serde_json::json;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use crate::error::{Command, Error, Kind, Result};

use super::client::Client;
use super::path::encode;
use super::reply::{LONGEST_REASON, said};
use super::transport::Request;
use super::types::{PTY_EXIT_CONTROL, PtyNew};

/// What a terminal shows, in order; then its end.
pub struct Screen(SplitStream<WebSocketStream<Upgraded>>);

/// Where a terminal takes its input.
pub struct Keyboard(SplitSink<WebSocketStream<Upgraded>, Message>);

/// What comes from a terminal.
#[derive(Debug)]
pub enum Shown {
    /// Bytes for the screen.
    Output(Bytes),
    /// The shell has ended, with this exit code.
    Exited(i32),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Control {
    r#type: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    error: String,
    exit_code: Option<i32>,
}

impl Client {
    /// A new terminal, `POST /process/pty`, and its WebSocket, `GET …/{id}/connect`, with which it starts. Only
    /// our engine knows of a command in place of the login shell.
    pub async fn open_terminal(&self, toolbox: &str, new: &PtyNew) -> Result<(Screen, Keyboard)> {
        let made = Request::new(Method::POST, format!("{toolbox}/process/pty")).json(new)?;
        self.tell(made).await?;
        let url = format!("{toolbox}/process/pty/{}/connect", encode(&new.id));
        let opened = self.socket(&url, Some(PTY_EXIT_CONTROL)).await?;
        let (keyboard, screen) = opened.socket.split();
        Ok((Screen(screen), Keyboard(keyboard)))
    }

    /// `POST /process/pty/{id}/resize`: columns and rows.
    pub async fn resize_terminal(&self, toolbox: &str, id: &str, size: (u16, u16)) -> Result<()> {
        let url = format!("{toolbox}/process/pty/{}/resize", encode(id));
        let body = json!({ "cols": size.0, "rows": size.1 });
        self.tell(Request::new(Method::POST, url).json(&body)?)
            .await
    }

    /// `DELETE /process/pty/{id}`: ends what runs on it.
    pub async fn delete_terminal(&self, toolbox: &str, id: &str) -> Result<()> {
        let url = format!("{toolbox}/process/pty/{}", encode(id));
        self.tell(Request::new(Method::DELETE, url)).await
    }
}

impl Keyboard {
    /// Sends input, as if it were typed.
    pub async fn send(&mut self, input: &[u8]) -> Result<()> {
        let message = Message::Binary(Bytes::copy_from_slice(input));
        self.0
            .send(message)
            .await
            .map_err(|error| lost().because(error))
    }
}

impl Screen {
    /// What comes next.
    pub async fn next(&mut self) -> Result<Shown> {
        loop {
            let text = match self.0.next().await {
                Some(Ok(Message::Binary(bytes))) => return Ok(Shown::Output(bytes)),
                Some(Ok(Message::Text(text))) => text,
                Some(Ok(Message::Close(frame))) => {
                    // Servers tell the exit code here too, whatever was offered.
                    let reason = frame
                        .map(|frame| frame.reason.to_string())
                        .unwrap_or_default();
                    let code = serde_json::from_str::<serde_json::Value>(&reason)
                        .ok()
                        .and_then(|reason| reason["exitCode"].as_i64());
                    return code
                        .and_then(|code| i32::try_from(code).ok())
                        .map(Shown::Exited)
                        .ok_or_else(lost);
                }
                Some(Ok(_)) => continue,
                Some(Err(error)) => return Err(lost().because(error)),
                None => return Err(lost()),
            };
            match serde_json::from_str::<Control>(&text) {
                Ok(control) if control.r#type == "control" => {
                    match (control.status.as_str(), control.exit_code) {
                        ("exited", Some(code)) => return Ok(Shown::Exited(code)),
                        ("error", _) => {
                            return Err(Error::new(
                                Kind::Other,
                                format!(
                                    "the terminal could not be opened: {}",
                                    said(&control.error, LONGEST_REASON)
                                ),
                            ));
                        }
                        _ => {}
                    }
                }
                _ => return Ok(Shown::Output(Bytes::from(text))),
            }
        }
    }
}

fn lost() -> Error {
    Error::new(Kind::Unavailable, "the connection to the terminal was lost").hint(
        Command::new("info")
            .example("SANDBOX")
            .to("the sandbox may have been stopped"),
    )
}
