//! Long lists travel compressed to those who take it; secrets never do.

use std::io::Read;

use serde_json::{Value, json};

use crate::support::{
    Engine, Person, Server, contract,
    person::{PASSWORD, sign_in_form},
};

/// The coding of an answer, and its body as it came.
async fn fetch(request: reqwest::RequestBuilder) -> (Option<String>, Vec<u8>) {
    let response = request.header("accept-encoding", "gzip, deflate, br, zstd").send().await.unwrap();
    assert_eq!(response.status(), 200);
    let coding = response.headers().get("content-encoding").map(|coding| coding.to_str().unwrap().to_owned());
    (coding, response.bytes().await.unwrap().to_vec())
}

fn unpacked(body: &[u8]) -> Value {
    let mut text = String::new();
    brotli::Decompressor::new(body, 4_096).read_to_string(&mut text).unwrap();
    serde_json::from_str(&text).unwrap()
}

async fn check(server: &Server, person: &Person, path: &str) {
    let plain = server.get_as(person, path).await;
    assert_eq!(plain.header("content-encoding"), "", "{path}: nobody asked");
    assert_eq!(plain.header("vary"), "accept-encoding", "{path}");
    let (coding, body) = fetch(server.request_as(person, "GET", path)).await;
    assert_eq!(coding.as_deref(), Some("br"), "{path}");
    assert!(body.len() < plain.text.len() / 2, "{path}: {} of {}", body.len(), plain.text.len());
    assert_eq!(unpacked(&body), plain.json(), "{path}");
}

contract! {
    async fn lists_are_compressed_for_those_who_ask(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 100).await;
        for number in 0..12 {
            server.client(&provider, &format!("Client {number}"), "owner@acme.example", 17, 1).await;
        }
        check(&server, &provider.admin, "/api/accounts/profile").await;
        check(&server, &provider.admin, &format!("/api/providers/{}/organizations", provider.id)).await;
        check(&server, &provider.admin, &format!("/api/providers/{}/events", provider.id)).await;
    }

    async fn what_is_short_stays_as_it_is(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let path = format!("/api/providers/{}/organizations", provider.id);
        let (coding, body) = fetch(server.request_as(&provider.admin, "GET", &path)).await;
        assert_eq!((coding, body.as_slice()), (None, br#"{"object":"list","continuationToken":null,"data":[]}"#.as_slice()));
    }

    async fn answers_with_tokens_and_secrets_are_never_compressed(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 100).await;
        for number in 0..12 {
            server.client(&provider, &format!("Client {number}"), &format!("owner@c{number}.example"), 17, 1).await;
        }
        let ann = &provider.admin;
        let proof = json!({ "masterPasswordHash": PASSWORD });
        let sign_in = server.request("POST", "/identity/connect/token").form(&sign_in_form(&ann.email));
        for request in [
            sign_in.header("bitwarden-client-version", "2026.8.0"),
            server.request_as(ann, "GET", &format!("/api/portal/providers/{}/invitations", provider.id)),
            server.request_as(ann, "POST", "/api/two-factor/get-authenticator").json(&proof),
        ] {
            let (coding, body) = fetch(request).await;
            assert_eq!(coding, None, "{}", String::from_utf8_lossy(&body));
        }
    }
}
