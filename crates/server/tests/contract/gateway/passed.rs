//! What is passed on, and what is not.

use super::stage::{Canned, Gateway};

#[tokio::test]
async fn only_the_portals_requests_reach_the_upstream() {
    let upstream = Canned::json("").await;
    let gateway = Gateway::before(&upstream.url).await;
    assert_eq!(
        gateway.get("/api/organizations/1/users?includeGroups=true").await.ok(),
        serde_json::json!({})
    );
    let asked = upstream.asked();
    assert!(
        asked[0].starts_with("GET /api/organizations/1/users?includeGroups=true HTTP/1.1\r\n"),
        "{asked:?}"
    );
    for (method, path) in [
        ("GET", "/api/sync"),
        ("GET", "/api/ciphers"),
        ("POST", "/api/ciphers"),
        ("GET", "/admin"),
        ("POST", "/api/config"),
        ("GET", "/notifications/hub"),
        ("GET", "/identity/nowhere"),
        ("GET", "/icons/nowhere"),
        ("DELETE", "/nowhere"),
        ("OPTIONS", "/api/config"),
        ("TRACE", "/api/config"),
    ] {
        let answer = gateway.raw(&head(method, path)).await;
        assert!(answer.starts_with("HTTP/1.1 404 "), "{method} {path}: {answer}");
        assert!(answer.contains(r#""object":"error""#), "{method} {path}: {answer}");
    }
    assert_eq!(upstream.asked().len(), 1);
}

#[tokio::test]
async fn no_path_of_two_meanings_and_no_address_of_somebody_else_is_passed_on() {
    let upstream = Canned::json("").await;
    let elsewhere = Canned::json("").await;
    let gateway = Gateway::before(&upstream.url).await;
    let absolute = format!("{}/api/config", elsewhere.url);
    let own = format!("{}/api/config", upstream.url);
    for path in [
        "/api/../admin",
        "/api/organizations/../../admin",
        "/api/organizations/%2e%2e/%2e%2e/admin",
        "/api/organizations/1%2f..%2fadmin",
        "/api/organizations/1/%75sers",
        "/api//config",
        "//api/config",
        "/api/config/",
        "/api/config;x=1",
        "/api/config/%00",
        "/api\\config",
        "/api/organizations/1@evil.example/users",
        &absolute,
        &own,
        "http://evil.example/api/config",
        "evil.example:443",
        "*",
    ] {
        let answer = gateway.raw(&head("GET", path)).await;
        let status = answer.split(' ').nth(1).unwrap_or_default();
        assert!(["400", "404"].contains(&status), "{path}: {answer}");
    }
    let answer = gateway
        .raw("CONNECT evil.example:443 HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n")
        .await;
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    assert_eq!((upstream.asked().len(), elsewhere.asked().len()), (0, 0));
}

#[tokio::test]
async fn the_path_of_the_upstream_stands_before_every_other() {
    let upstream = Canned::json("").await;
    let gateway = Gateway::before(&format!("{}/vault/", upstream.url)).await;
    gateway.get("/api/config?a=%2F").await.ok();
    assert!(upstream.asked()[0].starts_with("GET /vault/api/config?a=%2F HTTP/1.1\r\n"));
}

#[tokio::test]
async fn the_portals_own_files_and_its_health_are_not_asked_of_the_upstream() {
    let upstream = Canned::json("").await;
    let gateway = Gateway::before(&upstream.url).await;
    assert_eq!(gateway.get("/alive").await.text, "ok");
    let page = gateway.request("GET", "/clients").header("accept", "text/html").send().await.unwrap();
    assert!(page.headers()["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
    gateway.get("/nowhere.js").await.refused(404);
    assert_eq!(upstream.asked().len(), 0);
}

/// A request that ends its connection.
fn head(method: &str, path: &str) -> String {
    format!("{method} {path} HTTP/1.1\r\nhost: portal\r\nconnection: close\r\n\r\n")
}
