//! Whether the guest of a sandbox that somebody waits for is there at all: a command may take any time,
//! but a guest that was halted from outside, or hangs, would be waited for without end.

use std::io;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use http_body_util::BodyExt as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{sleep, timeout};

use crate::api::types::State;
use crate::engine::service::{Guest, Service};

/// How often a guest is asked while it is waited for, and how long it may take to answer.
const EVERY: Duration = if cfg!(test) {
    Duration::from_millis(100)
} else {
    Duration::from_secs(10)
};
/// How many answers may be missing.
const MISSED: u32 = 2;

/// The guest of a sandbox.
#[derive(Clone)]
pub(super) struct Pulse {
    service: Service,
    guest: Guest,
}

impl Pulse {
    pub(super) fn of(service: &Service, guest: Guest) -> Self {
        Self {
            service: service.clone(),
            guest,
        }
    }

    /// Returns when the guest no longer answers.
    pub(super) async fn lost(&self) {
        let mut missed = 0;
        while missed < MISSED {
            sleep(EVERY).await;
            missed = if self.beats().await { 0 } else { missed + 1 };
        }
        tracing::warn!(sandbox = self.guest.id, "its first process does not answer");
    }

    async fn beats(&self) -> bool {
        // One that is paused, or copied, was halted by us.
        let started = self.service.door(&self.guest.id).await;
        if !started.is_ok_and(|door| door.state == State::Started) {
            return true;
        }
        let asked = async {
            let mut guest = self.guest.connect().await.map_err(io::Error::other)?;
            guest
                .write_all(b"GET /version HTTP/1.1\r\nHost: guest\r\nConnection: close\r\n\r\n")
                .await?;
            guest.read_u8().await
        };
        // Where nobody listens the sandbox has ended, which is heard otherwise.
        timeout(EVERY, asked).await.is_ok()
    }

    /// A body that ends with an error where the guest is lost while more of it is awaited.
    pub(super) fn guard(
        self,
        body: impl HttpBody<Data = axum::body::Bytes, Error: Into<axum::BoxError>> + Send + 'static,
    ) -> Body {
        let frames =
            futures_util::stream::unfold((Box::pin(body), self), |(mut body, pulse)| async move {
                let frame = tokio::select! {
                    frame = body.frame() => frame?.map_err(Into::into),
                    () = pulse.lost() => Err(axum::BoxError::from("the sandbox does not answer")),
                };
                let data = frame.map(|frame| frame.into_data().unwrap_or_default());
                Some((data, (body, pulse)))
            });
        Body::from_stream(frames)
    }
}
