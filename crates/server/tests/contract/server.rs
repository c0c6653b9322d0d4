//! What holds for every route, and what the server says of itself.

use serde_json::json;

use crate::support::{Engine, Server, contract};

contract! {
    async fn a_ready_server_says_so(engine: Engine) {
        let server = Server::start(engine).await;
        let answer = server.get("/alive").await;
        assert_eq!((answer.status, answer.text.as_str()), (200, "ok"));
    }

    async fn the_config_names_the_services_and_our_extensions(engine: Engine) {
        let server = Server::start(engine).await;
        let config = server.get("/api/config").await.ok();
        assert_eq!(config["object"], "config");
        assert!(config["environment"]["identity"].as_str().unwrap().ends_with("/identity"));
        assert_eq!(config["portal"]["outboxLinks"], true);
        assert_eq!(config["portal"]["twoStep"], true);
    }

    async fn every_answer_is_protected_and_none_of_the_api_is_kept(engine: Engine) {
        let server = Server::start(engine).await;
        for path in ["/api/config", "/api/accounts/revision-date", "/nowhere.js", "/api/nowhere"] {
            let answer = server.get(path).await;
            assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
            assert!(!answer.header("content-security-policy").contains("unsafe-inline"), "{path}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        }
    }

    async fn without_a_good_token_the_answer_is_an_empty_401(engine: Engine) {
        let server = Server::start(engine).await;
        server.get("/api/accounts/revision-date").await.refused(401);
        for value in ["Bearer", "Bearer x", "Bearer a.b.c", "Basic YTpi", "Bearer eyJhbGciOiJub25lIn0.e30."] {
            let request = server.request("GET", "/api/accounts/revision-date").header("authorization", value);
            crate::support::Answer::of(request).await.refused(401);
        }
    }

    async fn an_unknown_route_is_a_404_with_a_body(engine: Engine) {
        let server = Server::start(engine).await;
        assert_eq!(server.get("/api/nowhere").await.refused(404)["message"], "Resource not found.");
        server.post("/nowhere", &json!({})).await.refused(404);
    }

    async fn two_processes_start_on_one_database_and_a_restart_keeps_it(engine: Engine) {
        let server = Server::start(engine).await;
        let second = server.second_process().await;
        second.get("/alive").await;
        assert_eq!(server.restart().await.get("/alive").await.text, "ok");
    }
}

#[test]
fn the_document_of_the_interface_is_the_agreed_one() {
    let (_, document) = portal_server::routes::all();
    insta::assert_snapshot!(document.to_pretty_json().unwrap());
}
