//! Bodies: streamed, limited, and never passed off as whole when they are not.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    Router,
    body::{Body, Bytes},
    routing::{get, post},
};
use futures::{StreamExt, stream};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use super::stage::{Canned, Crashing, Gateway};
use crate::support::{Answer, Program};

const PIECE: usize = 64 * 1_024;
static ZEROS: [u8; PIECE] = [0; PIECE];

/// Gives so many megabytes, as fast as they are taken.
fn megabytes(count: usize) -> Body {
    let pieces = stream::repeat(Bytes::from_static(&ZEROS)).take(count * 1_024 * 1_024 / PIECE);
    Body::from_stream(pieces.map(Ok::<_, std::convert::Infallible>))
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn large_bodies_pass_in_both_directions_without_being_held() {
    const MORE_AT_MOST: u64 = 16;
    let count_body = async |body: Body| {
        let mut body = body.into_data_stream();
        let mut length = 0;
        while let Some(piece) = body.next().await {
            length += piece.unwrap().len();
        }
        length.to_string()
    };
    let router = Router::new()
        .route("/api/organizations/1/export", get(async || megabytes(100)))
        .route("/api/ciphers/import-organization", post(count_body));
    let upstream = Crashing::start(None, router);
    let folder = tempfile::tempdir().unwrap();
    let gateway = Program::serve(folder.path(), &["--upstream", &upstream.url()]);
    let http = crate::support::client().build().unwrap();
    Answer::of(http.get(format!("{}/alive", gateway.url))).await;
    let before = gateway.resident_megabytes();

    let mut answer = http.get(format!("{}/api/organizations/1/export", gateway.url)).send().await.unwrap();
    let (mut length, mut most, mut looked) = (0_u64, 0, 0);
    while let Some(piece) = answer.chunk().await.unwrap() {
        length += piece.len() as u64;
        if length >= looked {
            looked += 10_000_000;
            most = most.max(gateway.resident_megabytes());
        }
    }
    assert_eq!(length, 100 * 1_024 * 1_024);
    assert!(most <= before + MORE_AT_MOST, "{before} MB before, {most} MB in the middle of the answer");

    let body = vec![b'x'; 36 * 1_024 * 1_024];
    let length = body.len();
    let request = http.post(format!("{}/api/ciphers/import-organization", gateway.url)).body(body);
    assert_eq!(Answer::of(request).await.text, length.to_string());
    let after = gateway.resident_megabytes();
    assert!(after <= before + MORE_AT_MOST, "{before} MB before, {after} MB after a long request");
}

#[tokio::test]
async fn a_caller_who_takes_nothing_of_an_answer_is_cut_off() {
    let (taken, gone) = tokio::sync::oneshot::channel::<()>();
    let taken = Arc::new(std::sync::Mutex::new(Some(taken)));
    let endless = move || {
        let held = taken.lock().unwrap().take();
        let pieces = stream::repeat(Bytes::from_static(&ZEROS));
        let body = Body::from_stream(pieces.map(move |piece| {
            // Dropped with the stream.
            let _ = &held;
            Ok::<_, std::convert::Infallible>(piece)
        }));
        std::future::ready(body)
    };
    let upstream = Crashing::start(None, Router::new().route("/api/organizations/1/export", get(endless)));
    let gateway = Gateway::with(&upstream.url(), |settings, _| {
        settings.caller_patience = std::time::Duration::from_millis(300);
    })
    .await;
    let mut caller = TcpStream::connect(gateway.url.trim_start_matches("http://")).await.unwrap();
    caller.write_all(b"GET /api/organizations/1/export HTTP/1.1\r\nhost: portal\r\n\r\n").await.unwrap();
    assert!(gone.await.is_err(), "the upstream is let go of");
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_seen_to_break_off() {
    for answer in [
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n[1,2,3",
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n3\r\n[1]\r\n",
    ] {
        let upstream = Canned::answering(answer).await;
        let gateway = Gateway::before(&upstream.url).await;
        let got = gateway.request("GET", "/api/config").send().await.unwrap();
        assert_eq!(got.status(), 200);
        assert!(got.bytes().await.is_err(), "{answer}");
    }
}

#[tokio::test]
async fn an_answer_whose_end_nobody_could_tell_is_refused() {
    for coding in ["", "transfer-encoding: gzip\r\n"] {
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{coding}\r\n[1,2,3]");
        let upstream = Canned::answering(answer).await;
        Gateway::before(&upstream.url).await.get("/api/config").await.refused(502);
    }
    let empty = Canned::answering("HTTP/1.1 204 No Content\r\n\r\n").await;
    assert_eq!(Gateway::before(&empty.url).await.get("/api/config").await.status, 204);
}

#[tokio::test]
async fn what_gives_two_lengths_is_neither_cut_short_nor_read_as_two() {
    let both = "content-length: 3\r\ntransfer-encoding: chunked\r\n";
    let answer =
        format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{both}\r\n9\r\n[1,2,3,4]\r\n0\r\n\r\n");
    let upstream = Canned::answering(answer).await;
    let gateway = Gateway::before(&upstream.url).await;
    assert_eq!(gateway.get("/api/config").await.text, "[1,2,3,4]");

    // Whoever went by the other length would take what follows for the rest of the body, or for a request of its own.
    let second = "GET /api/plans HTTP/1.1\r\nhost: portal\r\nconnection: close\r\n\r\n";
    let first = format!("POST /api/organizations/1 HTTP/1.1\r\nhost: portal\r\n{both}\r\n0\r\n\r\n");
    let answers = gateway.raw(&format!("{first}{second}")).await;
    assert!(answers.starts_with("HTTP/1.1 200 "), "{answers}");
    let asked = upstream.asked();
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(
        asked[1].starts_with("POST /api/organizations/1 ") && !asked[1].contains("content-length: 3"),
        "{asked:?}"
    );
}

#[tokio::test]
async fn a_request_that_is_too_large_is_refused_and_the_upstream_gets_no_whole_one() {
    let whole = Arc::new(AtomicU64::new(0));
    let count = whole.clone();
    let take = move |body: Bytes| {
        count.fetch_add(1, Ordering::Relaxed);
        std::future::ready(body.len().to_string())
    };
    let router = Router::new().route("/api/organizations/{id}", post(take));
    let upstream = Crashing::start(None, router);
    let gateway = Gateway::with(&upstream.url(), |settings, _| settings.body_limit = 10).await;
    let fits = gateway.request("POST", "/api/organizations/1").body("0123456789");
    assert_eq!(Answer::of(fits).await.text, "10");
    let start = "POST /api/organizations/1 HTTP/1.1\r\nhost: portal\r\nconnection: close\r\n";
    for rest in [
        "content-length: 11\r\n\r\n",
        "content-length: 99999999999999999999\r\n\r\n",
        "transfer-encoding: chunked\r\n\r\n6\r\n012345\r\n5\r\n01234\r\n0\r\n\r\n",
    ] {
        let answer = gateway.raw(&format!("{start}{rest}")).await;
        assert!(
            answer.starts_with("HTTP/1.1 413 ") || answer.starts_with("HTTP/1.1 400 "),
            "{rest}: {answer}"
        );
    }
    assert_eq!(whole.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_request_body_that_stops_coming_is_given_up() {
    let router = Router::new().route("/api/organizations/{id}", post(async |_: Bytes| "whole"));
    let upstream = Crashing::start(None, router);
    let gateway = Gateway::with(&upstream.url(), |settings, _| {
        settings.caller_patience = std::time::Duration::from_millis(200);
    })
    .await;
    let start = "POST /api/organizations/1 HTTP/1.1\r\nhost: portal\r\ncontent-length: 10\r\n\r\n012";
    let answer = gateway.raw(start).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
}
