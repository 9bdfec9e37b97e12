//! Tests of connections: what asks for nothing gives way, what is left unread does no harm.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};

use super::{KEY, Server};
use crate::engine::http::Limits;

const ANSWER_WITHIN: Duration = Duration::from_secs(10);
const SHORT: Duration = Duration::from_millis(300);

fn few(connections: usize) -> Limits {
    Limits {
        connections,
        head: SHORT,
    }
}

async fn begin(server: &Server, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.address).await.expect("connected");
    stream.write_all(text.as_bytes()).await.expect("sent");
    stream
}

/// The head of the next reply, in lower case.
async fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let byte = timeout(ANSWER_WITHIN, stream.read_u8())
            .await
            .expect("in time");
        head.push(byte.expect("a head"));
    }
    String::from_utf8_lossy(&head).to_lowercase()
}

/// The head of the next reply, whose body is read too.
async fn reply(stream: &mut TcpStream) -> String {
    let head = head(stream).await;
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.and_then(|text| text.parse().ok()).expect("a length");
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.expect("a body");
    head
}

async fn is_closed(stream: &mut TcpStream) -> bool {
    let mut rest = Vec::new();
    matches!(
        timeout(ANSWER_WITHIN, stream.read_to_end(&mut rest)).await,
        Ok(Ok(0) | Err(_))
    )
}

fn request(server: &Server, method: &str, path: &str, more: &str) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nHost: {}\r\n{more}\r\n",
        server.address
    )
}

fn keyed() -> String {
    format!("Authorization: Bearer {KEY}\r\n")
}

#[tokio::test]
async fn what_asks_for_nothing_gives_way_and_ends() {
    let server = Server::with(few(8)).await;
    let mut waiting = Vec::new();
    for _ in 0..60 {
        waiting.push(begin(&server, "GET /api/health HTTP/1.1\r\nHost: loc").await);
    }
    // There is room for who asks, at once.
    let asked = Instant::now();
    for _ in 0..20 {
        assert_eq!(server.ask("GET", "/api/sandbox", "").await.status, 200);
    }
    assert!(asked.elapsed() < Duration::from_secs(5));
    let mut idle = begin(&server, &request(&server, "GET", "/api/health", "")).await;
    assert!(reply(&mut idle).await.starts_with("http/1.1 200"));
    for stream in &mut waiting {
        assert!(is_closed(stream).await);
    }
    assert!(
        is_closed(&mut idle).await,
        "a connection that is kept for nothing"
    );
}

#[tokio::test]
async fn streams_and_tunnels_are_not_idle() {
    let server = Server::with(few(3)).await;
    server.make("box").await;
    let lease = request(&server, "GET", "/api/agent-session/s/lease", &keyed());
    let mut lease = begin(&server, &lease).await;
    assert!(head(&mut lease).await.starts_with("http/1.1 200"));
    let upgrade = format!("{}Connection: upgrade\r\nUpgrade: echo\r\n", keyed());
    let upgrade = request(&server, "GET", "/toolbox/box/upgrade", &upgrade);
    let mut tunnel = begin(&server, &upgrade).await;
    assert!(head(&mut tunnel).await.starts_with("http/1.1 101"));
    for _ in 0..10 {
        drop(begin(&server, "GET /").await);
    }
    sleep(SHORT * 3).await;
    tunnel.write_all(b"hello").await.expect("sent");
    let mut echo = [0; 5];
    timeout(ANSWER_WITHIN, tunnel.read_exact(&mut echo))
        .await
        .expect("in time")
        .expect("an echo");
    assert_eq!(&echo, b"hello");
    let mut byte = [0];
    // The first beat came with the head; the stream goes on.
    let _ = timeout(SHORT, lease.read(&mut byte)).await;
    let more = timeout(SHORT, lease.read_to_end(&mut Vec::new())).await;
    assert!(more.is_err(), "the lease has ended");
}

#[tokio::test]
async fn where_all_are_busy_another_is_told_so() {
    let server = Server::with(few(2)).await;
    let lease = request(&server, "GET", "/api/agent-session/s/lease", &keyed());
    let mut busy = Vec::new();
    for _ in 0..2 {
        let mut stream = begin(&server, &lease).await;
        assert!(head(&mut stream).await.starts_with("http/1.1 200"));
        busy.push(stream);
    }
    let mut third = begin(&server, "").await;
    let told = reply(&mut third).await;
    assert!(told.starts_with("http/1.1 503"), "{told}");
    assert!(told.contains("retry-after: 1") && told.contains("connection: close"));
    drop(busy);
    let waited = async {
        while server.ask("GET", "/api/health", "").await.status != 200 {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(ANSWER_WITHIN, waited)
        .await
        .expect("there is room again");
}

#[tokio::test]
async fn a_connection_goes_on_after_a_refusal_or_says_that_it_ends() {
    let server = Server::new().await;
    let health = request(&server, "GET", "/api/health", "");
    for (path, more, length) in [
        ("/api/sandbox", String::new(), 200_000),
        (
            "/toolbox/box/files/upload-v2?path=a",
            String::new(),
            3 << 20,
        ),
        ("/toolbox/nope/files/upload-v2?path=a", keyed(), 3 << 20),
        ("/api/sandbox", keyed(), 3 << 20),
        ("/api/nope", keyed(), 1000),
        ("/api/health", String::new(), 1000),
        ("/api/snapshots/import?name=", keyed(), 100_000),
    ] {
        let more = format!("{more}Content-Length: {length}\r\n");
        let mut stream = begin(&server, &request(&server, "POST", path, &more)).await;
        stream.write_all(&vec![b'x'; length]).await.expect("sent");
        let refused = reply(&mut stream).await;
        assert!(refused.starts_with("http/1.1 4"), "{path}: {refused}");
        assert!(!refused.contains("connection: close"), "{path}: {refused}");
        stream.write_all(health.as_bytes()).await.expect("sent");
        assert!(
            reply(&mut stream).await.starts_with("http/1.1 200"),
            "{path}"
        );
    }
    // One that sends more than is read, or not at all until it is told to, is told that it is over.
    for more in [
        "Content-Length: 1000000000\r\n",
        "Content-Length: 9\r\nExpect: 100-continue\r\n",
    ] {
        let mut stream = begin(&server, &request(&server, "POST", "/api/sandbox", more)).await;
        let refused = reply(&mut stream).await;
        assert!(refused.starts_with("http/1.1 401"), "{refused}");
        assert!(refused.contains("connection: close"), "{refused}");
        assert!(is_closed(&mut stream).await);
    }
}

#[tokio::test]
async fn a_stop_lets_requests_finish_and_keeps_no_connection() {
    let server = Server::new().await;
    let mut idle = begin(&server, &request(&server, "GET", "/api/health", "")).await;
    assert!(reply(&mut idle).await.starts_with("http/1.1 200"));
    let more = format!("{}Content-Length: 2\r\n", keyed());
    let mut asking = begin(&server, &request(&server, "POST", "/api/sandbox", &more)).await;
    sleep(Duration::from_millis(50)).await;
    server.stop.send(true).expect("a server");
    assert!(is_closed(&mut idle).await);
    asking.write_all(b"{}").await.expect("sent");
    assert!(reply(&mut asking).await.starts_with("http/1.1 200"));
    assert!(is_closed(&mut asking).await);
    assert!(TcpStream::connect(server.address).await.is_err());
}
