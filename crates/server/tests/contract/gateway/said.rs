//! Which headers are said on, and where an answer may send somebody.

use super::stage::{Canned, Gateway};
use crate::support::Answer;

#[tokio::test]
async fn the_upstream_is_told_who_calls_by_the_gateway_and_never_by_the_caller() {
    let upstream = Canned::json("").await;
    let gateway =
        Gateway::with(&upstream.url, |settings, _| settings.public_url = "https://portal.example".to_owned())
            .await;
    gateway
        .raw(
            "GET /api/config HTTP/1.1\r\nhost: evil.example\r\nx-forwarded-for: 203.0.113.9\r\nx-forwarded-proto: gopher\r\n\
             x-forwarded-host: evil.example\r\nforwarded: for=203.0.113.9\r\nx-real-ip: 203.0.113.9\r\ncf-connecting-ip: \
             203.0.113.9\r\ncookie: a=b\r\nx-http-method-override: DELETE\r\nconnection: close\r\n\r\n",
        )
        .await;
    let asked = upstream.asked()[0].clone();
    let host = format!("host: {}\r\n", upstream.url.trim_start_matches("http://"));
    for line in [
        host.as_str(),
        "x-forwarded-for: 127.0.0.1\r\n",
        "x-real-ip: 127.0.0.1\r\n",
        "x-forwarded-proto: https\r\n",
        "x-forwarded-host: portal.example\r\n",
    ] {
        assert!(asked.contains(line), "{line} in {asked}");
    }
    for word in ["203.0.113.9", "evil", "gopher", "cookie", "override"] {
        assert!(!asked.contains(word), "{word} in {asked}");
    }
}

#[tokio::test]
async fn a_proxy_that_is_trusted_says_who_calls() {
    let upstream = Canned::json("").await;
    let gateway = Gateway::with(&upstream.url, |settings, _| {
        settings.trusted_proxy_header = "x-forwarded-for".parse().ok();
    })
    .await;
    let request =
        gateway.request("GET", "/api/config").header("x-forwarded-for", "198.51.100.1, 203.0.113.9");
    Answer::of(request).await.ok();
    assert!(upstream.asked()[0].contains("x-forwarded-for: 203.0.113.9\r\n"));
}

#[tokio::test]
async fn what_is_meant_for_the_next_machine_only_goes_no_further() {
    let upstream = Canned::json("connection: x-rate-limit-limit\r\nx-rate-limit-limit: 5\r\nkeep-alive: timeout=5\r\nproxy-authenticate: Basic\r\ntrailer: x\r\nupgrade: h2c\r\n").await;
    let gateway = Gateway::before(&upstream.url).await;
    let request = gateway
        .request("GET", "/api/config")
        .header("connection", "keep-alive, Bitwarden-Client-Name")
        .header("bitwarden-client-name", "web")
        .header("bitwarden-client-version", "2026.8.0")
        .header("authorization", "Bearer abc")
        .header("proxy-authorization", "Basic abc")
        .header("te", "trailers")
        .header("keep-alive", "timeout=5")
        .header("upgrade", "h2c");
    let answer = Answer::of(request).await;
    let asked = upstream.asked()[0].clone();
    for word in ["client-name", "proxy-", "te:", "keep-alive", "upgrade", "h2c"] {
        assert!(!asked.contains(word), "{word} in {asked}");
    }
    assert!(
        asked.contains("bitwarden-client-version: 2026.8.0\r\n")
            && asked.contains("authorization: Bearer abc\r\n")
    );
    for name in ["x-rate-limit-limit", "keep-alive", "proxy-authenticate", "trailer", "upgrade"] {
        assert_eq!(answer.header(name), "", "{name}");
    }
}

#[tokio::test]
async fn the_upstream_cannot_weaken_the_portals_protection() {
    let upstream = Canned::json(
        "content-security-policy: default-src *\r\naccess-control-allow-origin: *\r\nset-cookie: a=b\r\nx-frame-options: \
         ALLOWALL\r\nstrict-transport-security: max-age=0; includeSubDomains\r\nalt-svc: h3=\":443\"\r\nrefresh: \
         0;url=https://evil.example\r\nlink: <https://evil.example/x.js>; rel=preload\r\nclear-site-data: \
         \"*\"\r\ncache-control: public, max-age=600\r\nserver: vault\r\nretry-after: 7\r\n",
    )
    .await;
    let gateway = Gateway::before(&upstream.url).await;
    let answer = gateway.get("/api/config").await;
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
    assert_eq!(answer.header("x-frame-options"), "DENY");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("retry-after"), "7");
    for name in [
        "access-control-allow-origin",
        "set-cookie",
        "strict-transport-security",
        "alt-svc",
        "refresh",
        "link",
        "clear-site-data",
        "server",
    ] {
        assert_eq!(answer.header(name), "", "{name}");
    }
}

#[tokio::test]
async fn a_redirect_stays_on_the_portals_origin_or_is_refused() {
    let answer =
        |location: &str| format!("HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n");
    let http = crate::support::client().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    for (location, led) in [
        ("/vault/api/plans", Some("/api/plans")),
        ("https://evil.example/vault/api/plans", None),
        ("//evil.example/vault/api/plans", None),
    ] {
        let upstream = Canned::answering(answer(location)).await;
        let gateway = Gateway::before(&format!("{}/vault", upstream.url)).await;
        let got = Answer::of(http.get(format!("{}/api/config", gateway.url))).await;
        match led {
            Some(path) => assert_eq!((got.status, got.header("location")), (302, path)),
            None => {
                let told = got.refused(502);
                assert!(told["message"].as_str().unwrap().contains("whoever runs the portal"), "{told}");
            }
        }
        assert_eq!(upstream.asked().len(), 1, "nobody follows {location} on the caller's behalf");
    }
}
