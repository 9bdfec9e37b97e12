//! Reads what a handler leaves of a form. Its last field ends before its body does, and an answer that
//! overtakes the body's end would be lost: the connection is closed under the sender's last bytes.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};

/// How much is read for nobody, in bytes, and for how long. What was refused early may be long.
const MOST_DRAINED: usize = 1 << 20;
const LONGEST_DRAIN: Duration = Duration::from_secs(5);

/// Has the bodies of forms read to their end.
pub(super) async fn read(request: Request, next: Next) -> Response {
    let form = request.headers().get(CONTENT_TYPE).is_some_and(|kind| {
        kind.as_bytes()
            .to_ascii_lowercase()
            .starts_with(b"multipart/")
    });
    if !form {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let body = Body::from_stream(Form(Some(body.into_data_stream())));
    next.run(Request::from_parts(parts, body)).await
}

/// The body of a form, until its end was seen.
struct Form(Option<BodyDataStream>);

impl Stream for Form {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(body) = self.0.as_mut() else {
            return Poll::Ready(None);
        };
        let polled = body.poll_next_unpin(context);
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.0 = None;
        }
        polled
    }
}

impl Drop for Form {
    fn drop(&mut self) {
        let Some(mut body) = self.0.take() else {
            return;
        };
        tokio::spawn(async move {
            let reading = async {
                let mut read = 0;
                while read < MOST_DRAINED
                    && let Some(Ok(chunk)) = body.next().await
                {
                    read += chunk.len();
                }
            };
            let _ = tokio::time::timeout(LONGEST_DRAIN, reading).await;
        });
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use axum::Router;
    use axum::extract::Multipart;
    use axum::middleware::from_fn;
    use axum::routing::post;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;

    /// Answers as soon as the last field was read, as the routes of files do.
    async fn fields(mut form: Multipart) -> Result<String, Infallible> {
        let mut count = 0;
        while let Ok(Some(field)) = form.next_field().await {
            let _ = field.bytes().await;
            count += 1;
        }
        Ok(count.to_string())
    }

    #[tokio::test]
    async fn an_answer_does_not_overtake_the_end_of_a_form() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = Router::new().route("/", post(fields)).layer(from_fn(read));
        tokio::spawn(async move { axum::serve(listener, app).await });
        let mut socket = TcpStream::connect(address).await.unwrap();
        let form = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b--\r\n";
        let head = format!(
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n\
             Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{form}\r\n",
            form.len()
        );
        socket.write_all(head.as_bytes()).await.unwrap();
        // The answer is there before the body has ended; the connection must outlive that.
        let mut answer = vec![0; 4096];
        let count = socket.read(&mut answer).await.unwrap();
        assert!(String::from_utf8_lossy(&answer[..count]).ends_with("\r\n\r\n1"));
        tokio::time::sleep(Duration::from_millis(50)).await;
        socket.write_all(b"4\r\nlate\r\n").await.unwrap();
        tokio::time::sleep(Duration::from_millis(50)).await;
        socket.write_all(b"0\r\n\r\n").await.unwrap();
        // It even serves the next request.
        socket.write_all(head.as_bytes()).await.unwrap();
        socket.write_all(b"0\r\n\r\n").await.unwrap();
        let count = socket.read(&mut answer).await.unwrap();
        assert!(String::from_utf8_lossy(&answer[..count]).ends_with("\r\n\r\n1"));
    }
}
