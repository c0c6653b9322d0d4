//! Those who take their time, or send heads without end, are cut off, and hold up nobody else.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    gateway::stage::{Canned, Gateway, raw},
    support::{Answer, Engine, Server, client},
};

const PATIENCE: Duration = Duration::from_millis(300);

/// The embedded server and a gateway: what holds, holds for both.
async fn both() -> (Server, Canned, Gateway) {
    let server = Server::with(Engine::Sqlite, |settings| settings.caller_patience = PATIENCE).await;
    let upstream = Canned::json("").await;
    let gateway = Gateway::with(&upstream.url, |settings, _| settings.caller_patience = PATIENCE).await;
    (server, upstream, gateway)
}

#[tokio::test]
async fn a_head_that_does_not_end_in_time_is_cut_off() {
    let (server, _upstream, gateway) = both().await;
    for url in [&server.url, &gateway.url] {
        let mut slow = TcpStream::connect(url.trim_start_matches("http://")).await.unwrap();
        slow.write_all(b"GET /api/config HTTP/1.1\r\nhost: portal\r\nx-slow: ").await.unwrap();
        let (mut reading, mut writing) = slow.split();
        // Another byte now and then does not buy more time.
        let mut now_and_then = tokio::time::interval(PATIENCE / 10);
        let trickle = async {
            loop {
                now_and_then.tick().await;
                if writing.write_all(b"a").await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        let mut answer = Vec::new();
        tokio::select! {
            _ = reading.read_to_end(&mut answer) => {}
            () = trickle => {}
        }
        assert!(
            answer.is_empty() || answer.starts_with(b"HTTP/1.1 408 "),
            "{}",
            String::from_utf8_lossy(&answer)
        );
        Answer::of(client().build().unwrap().get(format!("{url}/api/config"))).await.ok();
    }
}

#[tokio::test]
async fn a_connection_on_which_nothing_is_asked_is_closed() {
    let (server, _upstream, gateway) = both().await;
    for url in [&server.url, &gateway.url] {
        assert_eq!(raw(url, "").await, "");
        let answer = raw(url, "GET /alive HTTP/1.1\r\nhost: portal\r\n\r\n").await;
        assert!(answer.ends_with("ok"), "{answer}");
    }
}

#[tokio::test]
async fn a_body_that_stops_coming_is_given_up() {
    let (server, _upstream, _) = both().await;
    let start =
        "POST /identity/accounts/prelogin HTTP/1.1\r\nhost: portal\r\ncontent-type: application/json\r\n";
    let answer = raw(&server.url, &format!("{start}content-length: 100\r\n\r\n{{\"email\"")).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
}

#[tokio::test]
async fn oversized_heads_are_refused() {
    let (server, upstream, gateway) = both().await;
    for url in [&server.url, &gateway.url] {
        let start = "GET /api/config HTTP/1.1\r\nhost: portal\r\n";
        let many: String = (0..200).map(|number| format!("x-{number}: a\r\n")).collect();
        for (what, request) in [
            ("a long header", format!("{start}x-long: {}\r\n\r\n", "a".repeat(40_000))),
            (
                "a long address",
                format!("GET /api/config?{} HTTP/1.1\r\nhost: portal\r\n\r\n", "a".repeat(40_000)),
            ),
            ("many headers", format!("{start}{many}\r\n")),
            ("a head without an end", format!("{start}x-endless: {}", "a".repeat(200_000))),
        ] {
            let answer = raw_refusal(url, &request).await;
            assert!(["431", "414", ""].contains(&answer.as_str()), "{what}: {answer}");
        }
        let fits =
            raw(url, &format!("{start}x-long: {}\r\nconnection: close\r\n\r\n", "a".repeat(20_000))).await;
        assert!(fits.starts_with("HTTP/1.1 200 "), "{fits}");
    }
    assert_eq!(upstream.asked().len(), 1);
}

/// The status of the refusal; empty where the server has hung up while it was still being talked to.
async fn raw_refusal(url: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).await.unwrap();
    drop(stream.write_all(request.as_bytes()).await);
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer).await);
    String::from_utf8_lossy(&answer).split(' ').nth(1).unwrap_or_default().to_owned()
}
