//! The embedded server as the upstream: what a portal asks for comes through as it is.

use super::stage::Gateway;
use crate::support::{Answer, Engine, Server, person::sign_in_form};

#[tokio::test]
async fn the_portal_gets_the_same_answers_through_a_gateway() {
    let server = Server::start(Engine::Sqlite).await;
    let provider = server.provider("ann@northwind.example", 100).await;
    for number in 0..12 {
        server.client(&provider, &format!("Client {number}"), "owner@acme.example", 17, 1).await;
    }
    let gateway = Gateway::before(&server.url).await;
    let token =
        gateway.request("POST", "/identity/connect/token").header("bitwarden-client-version", "2026.8.0");
    let tokens = Answer::of(token.form(&sign_in_form("ann@northwind.example"))).await.ok();
    let bearer = tokens["access_token"].as_str().unwrap();
    for path in [
        "/api/accounts/profile".to_owned(),
        format!("/api/providers/{}/organizations", provider.id),
        format!("/api/providers/{}/users", provider.id),
        format!("/api/portal/providers/{}/invitations", provider.id),
        format!("/api/portal/providers/{}/books", provider.id),
        "/api/config".to_owned(),
    ] {
        let ask = async |base: &str| {
            let request =
                server.http.get(format!("{base}{path}")).bearer_auth(bearer).header("accept-encoding", "br");
            let answer = request.send().await.unwrap();
            let coding = answer.headers().get("content-encoding").cloned();
            (answer.status(), coding, answer.bytes().await.unwrap())
        };
        assert_eq!(ask(&gateway.url).await, ask(&server.url).await, "{path}");
    }
    // A page of the books may be larger than what is usual.
    let page = format!("/api/portal/providers/{}/books/prices", provider.id);
    let content = format!("2.AAAA|{}|AAAA", "A".repeat(3 << 20));
    let large = gateway.request("PUT", &page).json(&serde_json::json!({ "revision": 0, "content": content }));
    assert_eq!(Answer::of(large.bearer_auth(bearer)).await.ok()["revision"], 1);
    gateway.get("/api/accounts/profile").await.refused(401);
    let wrong =
        gateway.request("GET", "/api/organizations/00000000-0000-4000-8000-000000000000").bearer_auth(bearer);
    Answer::of(wrong).await.refused(404);
}
