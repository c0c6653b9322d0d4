//! What the caller is told when the upstream fails, and what the log says of it.

use std::time::Duration;

use axum::{Router, routing::post};
use tokio::net::TcpListener;

use super::stage::{Canned, Crashing, Gateway};
use crate::support::{Answer, Program, client, program::command};

#[tokio::test]
async fn an_upstream_that_is_not_there_is_a_502_that_says_nothing_was_done() {
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", nobody.local_addr().unwrap());
    drop(nobody);
    let gateway = Gateway::before(&url).await;
    let told = gateway.get("/api/config").await.refused(502);
    assert!(told["message"].as_str().unwrap().contains("nothing was done"), "{told}");
}

#[tokio::test]
async fn an_upstream_that_hangs_up_is_a_502_and_is_asked_once_only() {
    let upstream = Canned::answering("").await;
    let gateway = Gateway::before(&upstream.url).await;
    for method in ["GET", "POST"] {
        let told = Answer::of(gateway.request(method, "/api/organizations/1")).await.refused(502);
        assert!(told["message"].as_str().unwrap().contains("may have done"), "{told}");
    }
    assert_eq!(upstream.asked().len(), 2);
}

#[tokio::test]
async fn an_upstream_that_does_not_answer_in_time_is_a_504() {
    let router = Router::new().route("/api/organizations/{id}", post(std::future::pending::<()>));
    let upstream = Crashing::start(None, router);
    let gateway =
        Gateway::with(&upstream.url(), |_, upstream| upstream.answer = Duration::from_millis(200)).await;
    let told = Answer::of(gateway.request("POST", "/api/organizations/1")).await.refused(504);
    assert!(told["message"].as_str().unwrap().contains("may still"), "{told}");
}

#[tokio::test]
async fn an_answer_that_pauses_for_too_long_breaks_off() {
    let pausing = async || {
        let first = futures::stream::iter([Ok::<_, std::convert::Infallible>("begun")]);
        let all = futures::StreamExt::chain(first, futures::stream::pending());
        axum::body::Body::from_stream(all)
    };
    let upstream = Crashing::start(None, Router::new().route("/api/organizations/{id}", post(pausing)));
    let gateway =
        Gateway::with(&upstream.url(), |_, upstream| upstream.idle = Duration::from_millis(200)).await;
    let mut answer = gateway.request("POST", "/api/organizations/1").send().await.unwrap();
    assert_eq!(answer.chunk().await.unwrap().as_deref(), Some(b"begun".as_slice()));
    assert!(answer.chunk().await.is_err());
}

#[tokio::test]
async fn what_is_no_http_is_a_502() {
    for nonsense in [
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
    ] {
        let upstream = Canned::answering(nonsense).await;
        Gateway::before(&upstream.url).await.get("/api/config").await.refused(502);
    }
}

#[tokio::test]
async fn however_much_is_logged_no_token_cookie_or_body_is_and_a_failure_is_logged_once() {
    let answer = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nset-cookie: SECRET-COOKIE-BACK=1\r\nx-secret: \
                  SECRET-HEADER-BACK\r\ncontent-length: 99\r\n\r\n{\"access_token\": \"SECRET-TOKEN-BACK\"";
    let upstream = Canned::answering(answer).await;
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let flags = ["serve", "--listen", "127.0.0.1:0", "--upstream", &upstream.url];
    let mut serve = command(folder.path(), &flags);
    let gateway =
        Program::start(serve.env("PORTAL_LOG", "trace").stderr(std::fs::File::create(&log).unwrap()));
    let http = client().build().unwrap();
    let request = http
        .post(format!("{}/identity/connect/token?code=SECRET-QUERY", gateway.url))
        .header("authorization", "Bearer SECRET-TOKEN")
        .header("cookie", "session=SECRET-COOKIE")
        .body("password=SECRET-BODY");
    assert!(request.send().await.unwrap().bytes().await.is_err());
    assert_eq!(gateway.terminate(), Some(0));
    let said = std::fs::read_to_string(&log).unwrap();
    assert!(!said.contains("SECRET"), "{said}");
    assert_eq!(said.matches("broke off").count(), 1, "{said}");
    assert!(said.contains("/identity/connect/token"), "{said}");
    assert!(!folder.path().join("portal.sqlite").exists(), "a gateway keeps nothing");
}
