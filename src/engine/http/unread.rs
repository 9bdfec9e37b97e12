//! What a handler leaves of a request's body. A connection on which some of it is still to come cannot
//! carry another request: it is read away, or the reply says that the connection ends.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::{CONNECTION, EXPECT};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Frame, SizeHint};
use tokio::time::timeout;

/// How much is read away, and how long: who is refused in the middle of sending comes to read why.
const MOST_UNREAD: usize = 16 << 20;
const LONGEST_READ: Duration = Duration::from_secs(2);

/// What has become of the body of a request.
pub(super) struct Lent {
    fate: Arc<Fate>,
    /// Its sender has not begun, and will not once it has the reply.
    waits: bool,
}

#[derive(Default)]
struct Fate {
    ended: AtomicBool,
    left: Mutex<Option<Body>>,
}

/// The body as the handler has it.
struct Loan {
    body: Option<Body>,
    fate: Arc<Fate>,
}

/// The same request, of which it will be known what was left.
pub(super) fn lend(request: Request) -> (Request, Lent) {
    let waits = request.headers().contains_key(EXPECT);
    let fate = Arc::new(Fate::default());
    let loan = |body| {
        Body::new(Loan {
            body: Some(body),
            fate: Arc::clone(&fate),
        })
    };
    let request = request.map(loan);
    (request, Lent { fate, waits })
}

impl Lent {
    /// Makes the connection fit for what follows the reply, or the reply say that nothing will.
    pub(super) async fn settle(self, response: &mut Response) {
        if self.fate.ended.load(Ordering::Acquire) {
            return;
        }
        let left = self
            .fate
            .left
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let goes_on = match left {
            Some(body) => !self.waits && read_away(body).await,
            // Somebody reads on: a tunnel, or an agent that has answered before the end.
            None => {
                response.status().is_success()
                    || response.status() == StatusCode::SWITCHING_PROTOCOLS
            }
        };
        if !goes_on {
            response
                .headers_mut()
                .insert(CONNECTION, HeaderValue::from_static("close"));
        }
    }
}

/// Reads on for a while; whether that was the end.
async fn read_away(mut body: Body) -> bool {
    let reading = async {
        let mut read = 0;
        while let Some(frame) = body.frame().await {
            let Ok(frame) = frame else { return false };
            read += frame.data_ref().map_or(0, Bytes::len);
            if read > MOST_UNREAD {
                return false;
            }
        }
        true
    };
    timeout(LONGEST_READ, reading).await.unwrap_or_default()
}

impl Drop for Loan {
    fn drop(&mut self) {
        let Some(body) = self.body.take() else { return };
        if body.is_end_stream() {
            self.fate.ended.store(true, Ordering::Release);
            return;
        }
        let mut left = self
            .fate
            .left
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *left = Some(body);
    }
}

impl hyper::body::Body for Loan {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut task::Context<'_>,
    ) -> task::Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let Some(body) = &mut self.body else {
            return task::Poll::Ready(None);
        };
        let polled = Pin::new(body).poll_frame(context);
        if matches!(polled, task::Poll::Ready(None)) {
            self.fate.ended.store(true, Ordering::Release);
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map(Body::size_hint).unwrap_or_default()
    }
}
