//! Several servers behind one gateway: each request goes to the one it names, and to no other.

use serde_json::json;

use super::stage::{Canned, Gateway, raw};
use crate::support::{Answer, Engine, Program, Server, client, person::sign_in_form};

/// Two upstreams that remember what they were asked, and a gateway before them that calls them Left and Right.
async fn two() -> (Canned, Canned, Gateway) {
    let (left, right) = (Canned::json("").await, Canned::json("").await);
    let gateway = before(&left.url, &right.url).await;
    (left, right, gateway)
}

async fn before(left: &str, right: &str) -> Gateway {
    Gateway::before_several(&[format!("Left={left}"), format!("Right={right}")]).await
}

#[tokio::test]
async fn the_page_is_told_what_there_is_to_choose_from_and_nothing_where_there_is_one() {
    let upstreams = ["us", "eu", "Our own=http://127.0.0.1:1"].map(str::to_owned);
    let listed = Gateway::before_several(&upstreams).await.get("/servers.json").await;
    assert_eq!(listed.header("cache-control"), "no-store");
    let own = json!({"key": "our-own", "name": "Our own", "region": null});
    let us = json!({"key": "us", "name": "Bitwarden US", "region": "US"});
    let eu = json!({"key": "eu", "name": "Bitwarden EU", "region": "EU"});
    assert_eq!(listed.ok(), json!({"servers": [us, eu, own]}));
    let one = Gateway::before("http://127.0.0.1:1").await;
    assert_eq!(one.get("/servers.json").await.ok(), json!({"servers": []}));
}

#[tokio::test]
async fn a_request_goes_to_the_server_it_names_and_to_no_other() {
    let (left, right, gateway) = two().await;
    let request = gateway
        .request("POST", "/at/right/identity/connect/token?a=b%2F")
        .header("authorization", "Bearer of-the-right")
        .body("password=of-the-right");
    Answer::of(request).await.ok();
    gateway.get("/at/left/api/config").await.ok();
    let (left, right) = (left.asked(), right.asked());
    assert_eq!((left.len(), right.len()), (1, 1), "{left:?} {right:?}");
    assert!(left[0].starts_with("GET /api/config HTTP/1.1\r\n") && !left[0].contains("of-the-right"));
    assert!(right[0].starts_with("POST /identity/connect/token?a=b%2F HTTP/1.1\r\n"), "{right:?}");
    // Nothing tells a server that it is one of several.
    assert!(!right[0].contains("/at/") && !left[0].contains("/at/"));
}

#[tokio::test]
async fn a_request_that_names_no_server_is_for_nobody() {
    let (left, right, gateway) = two().await;
    for (path, word) in [
        ("/api/config", "names none of them"),
        ("/identity/connect/token", "names none of them"),
        ("/icons/acme.example/icon.png", "names none of them"),
        ("/at/middle/api/config", "no more"),
        ("/at/Left/api/config", "no more"),
        ("/at/le%66t/api/config", "no more"),
        ("/at/lef/api/config", "no more"),
        ("/at/left-/api/config", "no more"),
        ("/at//api/config", "no more"),
        ("/at/left", "no more"),
        ("/at/", "no more"),
    ] {
        let told = gateway.get(path).await.refused(404);
        assert!(told["message"].as_str().unwrap().contains(word), "{path}: {told}");
    }
    assert_eq!((left.asked().len(), right.asked().len()), (0, 0));
    // Whoever opens such an address gets no page that would look as if all were well.
    let opened = gateway.request("GET", "/at/middle/clients").header("accept", "text/html");
    Answer::of(opened).await.refused(404);
}

#[tokio::test]
async fn the_list_of_what_is_passed_on_holds_for_each_of_them() {
    let (left, right, gateway) = two().await;
    for (method, path) in [
        ("GET", "/at/left/api/sync"),
        ("POST", "/at/left/api/ciphers"),
        ("GET", "/at/left/admin"),
        ("GET", "/at/left/clients"),
        ("GET", "/at/left/"),
        ("GET", "/at/left/servers.json"),
        ("GET", "/at/left/at/right/api/config"),
        ("GET", "/at/left/../right/api/config"),
        ("GET", "/at/left//api/config"),
        ("GET", "/at/left/api/organizations/%2e%2e/admin"),
        ("GET", "//at/left/api/config"),
        ("DELETE", "/at/left/api/config"),
    ] {
        let request = format!("{method} {path} HTTP/1.1\r\nhost: portal\r\nconnection: close\r\n\r\n");
        let answer = raw(&gateway.url, &request).await;
        let status = answer.split(' ').nth(1).unwrap_or_default();
        assert!(["400", "404"].contains(&status), "{method} {path}: {answer}");
    }
    assert_eq!((left.asked().len(), right.asked().len()), (0, 0));
}

#[tokio::test]
async fn a_redirect_of_one_server_stays_with_that_server() {
    let http = client().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let right = Canned::json("").await;
    for (location, led) in [
        ("/vault/api/plans?a=b", Some("/at/left/api/plans?a=b")),
        ("/at/right/api/plans", None),
        (right.url.as_str(), None),
    ] {
        let answer = format!("HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n");
        let left = Canned::answering(answer).await;
        let gateway = before(&format!("{}/vault", left.url), &right.url).await;
        let got = Answer::of(http.get(format!("{}/at/left/api/config", gateway.url))).await;
        match led {
            Some(path) => assert_eq!((got.status, got.header("location")), (302, path)),
            None => drop(got.refused(502)),
        }
        assert!(left.asked()[0].starts_with("GET /vault/api/config HTTP/1.1\r\n"));
    }
    assert_eq!(right.asked().len(), 0);
}

#[tokio::test]
async fn a_token_of_one_server_opens_nothing_at_the_other() {
    let (left, right) = (Server::start(Engine::Sqlite).await, Server::start(Engine::Sqlite).await);
    left.provider("ann@northwind.example", 10).await;
    right.provider("ann@northwind.example", 10).await;
    let gateway = before(&left.url, &right.url).await;
    let token = gateway
        .request("POST", "/at/right/identity/connect/token")
        .header("bitwarden-client-version", "2026.8.0");
    let tokens = Answer::of(token.form(&sign_in_form("ann@northwind.example"))).await.ok();
    let bearer = tokens["access_token"].as_str().unwrap();
    let profile = |key: &str| {
        let path = format!("/at/{key}/api/accounts/profile");
        Answer::of(gateway.request("GET", &path).bearer_auth(bearer))
    };
    assert_eq!(profile("right").await.ok()["email"], "ann@northwind.example");
    profile("left").await.refused(401);
}

#[tokio::test]
async fn the_log_says_which_server_failed_and_nothing_secret() {
    let right = Canned::json("").await;
    // It takes nobody.
    let left = Canned::answering("").await;
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let both = format!("Left={},Right={}", left.url, right.url);
    let flags = ["serve", "--listen", "127.0.0.1:0", "--upstream", &both];
    let mut serve = crate::support::program::command(folder.path(), &flags);
    let gateway =
        Program::start(serve.env("PORTAL_LOG", "trace").stderr(std::fs::File::create(&log).unwrap()));
    let request = client()
        .build()
        .unwrap()
        .post(format!("{}/at/left/identity/connect/token?code=SECRET-QUERY", gateway.url))
        .header("authorization", "Bearer SECRET-TOKEN")
        .header("cookie", "session=SECRET-COOKIE")
        .body("password=SECRET-BODY");
    Answer::of(request).await.refused(502);
    assert_eq!(gateway.terminate(), Some(0));
    let said = std::fs::read_to_string(&log).unwrap();
    assert!(!said.contains("SECRET"), "{said}");
    let failures: Vec<_> =
        said.lines().filter(|line| line.contains("no answer that could be passed on")).collect();
    assert!(matches!(failures[..], [only] if only.contains("/at/left/identity/connect/token")), "{said}");
    assert_eq!(right.asked().len(), 0);
}
