//! Tests of the toolbox proxy over real connections.

use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::http::StatusCode;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::api::types::ENGINE_HEADER;
use crate::engine::runtime::fake::HANGING;

use super::{KEY, Server};

#[tokio::test]
async fn the_proxy_passes_requests_on_and_replies_back() {
    let server = Server::new().await;
    let id = server.make("box").await;
    for name in ["box", &id] {
        let path = format!("/toolbox/{name}/files/upload?path=%2Ftmp%2Fa%20b");
        let echoed = server.ask("POST", &path, "x".repeat(3 << 20)).await;
        assert_eq!(echoed.status, StatusCode::OK);
        assert_eq!(echoed.body.len(), 3 << 20);
        assert!(echoed.headers.contains_key(ENGINE_HEADER));
        let path = format!("/toolbox/{name}/work-dir?path=%2Ftmp%2Fa%20b");
        let seen = server.ask("GET", &path, "").await;
        assert_eq!(seen.body, "GET /work-dir?path=%2Ftmp%2Fa%20b host");
    }
}

#[tokio::test]
async fn the_proxy_says_why_a_sandbox_is_not_reached() {
    let server = Server::new().await;
    let unknown = server.ask("GET", "/toolbox/nope/version", "").await;
    assert_eq!(unknown.refusal().0, 404);
    assert_eq!(unknown.json()["source"], "DAYTONA_PROXY");
    server.make("box").await;
    let died = server.ask("POST", "/toolbox/box/die", "").await;
    assert_eq!(died.refusal().0, 500, "it may have begun");
    server.runtime.set(|switches| switches.fail_dial = true);
    let broken = server.ask("GET", "/toolbox/box/version", "").await;
    assert_eq!(
        broken.refusal(),
        (
            502,
            "the sandbox cannot be reached: simulated dial failure".to_owned()
        )
    );
    server.ask("POST", "/api/sandbox/box/stop", "").await;
    let stopped = server
        .ask("POST", "/toolbox/box/process/execute", "x".repeat(1 << 20))
        .await;
    assert_eq!(
        stopped.refusal(),
        (
            400,
            "Sandbox box is in state stopped: start it first".to_owned()
        )
    );
    assert_eq!(stopped.json()["source"], "DAYTONA_PROXY");
}

#[tokio::test]
async fn an_upgrade_is_a_tunnel_that_ends_on_both_sides() {
    let server = Server::new().await;
    server.make("box").await;
    let mut stream = TcpStream::connect(server.address).await.expect("connected");
    let request = format!(
        "GET /toolbox/box/upgrade HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {KEY}\r\n\
         Connection: keep-alive, Upgrade\r\nUpgrade: echo\r\n\r\n",
        server.address
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("head"));
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    assert!(head.starts_with("http/1.1 101"), "{head}");
    assert!(head.contains("upgrade: echo"), "{head}");
    assert!(head.contains(ENGINE_HEADER), "{head}");
    let sent = vec![7_u8; 256 * 1024];
    let (mut reader, mut writer) = stream.split();
    let mut received = vec![0; sent.len()];
    let (wrote, read) = tokio::join!(writer.write_all(&sent), reader.read_exact(&mut received));
    wrote.expect("wrote");
    read.expect("read");
    assert_eq!(sent, received);
    writer.shutdown().await.expect("closed");
    let rest = tokio::time::timeout(Duration::from_secs(5), reader.read_to_end(&mut received));
    assert_eq!(rest.await.expect("in time").expect("end"), 0);
}

#[tokio::test]
async fn a_client_that_hangs_up_ends_its_request_in_the_sandbox() {
    let server = Server::new().await;
    server.make("box").await;
    let waited = Duration::from_secs(5);
    let asking = async {
        server.ask("POST", "/toolbox/box/hang", "x").await;
    };
    let seen = async {
        while HANGING.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::select! {
        () = asking => panic!("it never answers"),
        outcome = tokio::time::timeout(waited, seen) => outcome.expect("it arrived"),
    }
    let gone = async {
        while HANGING.load(Ordering::SeqCst) > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(waited, gone).await.expect("it ended");
}
