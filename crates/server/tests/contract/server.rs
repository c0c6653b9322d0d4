//! What holds for every route, and what the server says of itself.

use portal_server::settings::Mode;
use serde_json::json;

use crate::support::{Answer, Engine, Server, contract};

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
        assert_eq!(config["portal"]["mode"], "provider");
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
            Answer::of(request).await.refused(401);
        }
    }

    async fn a_page_of_another_origin_may_read_nothing(engine: Engine) {
        let server = Server::start(engine).await;
        for method in ["GET", "OPTIONS"] {
            let request = server.request(method, "/api/config").header("origin", "https://evil.example");
            let answer = Answer::of(request.header("access-control-request-method", "GET")).await;
            let allowed = answer.headers.keys().find(|name| name.as_str().starts_with("access-control-"));
            assert_eq!(allowed, None, "{method}");
            assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{method}");
            assert_eq!(answer.header("set-cookie"), "", "{method}");
        }
    }

    async fn no_path_leads_out_of_the_portals_own_files(engine: Engine) {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let server = Server::start(engine).await;
        let address = server.url.trim_start_matches("http://");
        for path in [
            "/../Cargo.toml", "/../../../../etc/passwd", "//etc/passwd", "/%2e%2e/Cargo.toml", "/..%2fCargo.toml",
            "/snippets/../../Cargo.toml", "/..\\Cargo.toml", "/.", "/..",
        ] {
            let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
            let request = format!("GET {path} HTTP/1.1\r\nhost: portal\r\nconnection: close\r\n\r\n");
            stream.write_all(request.as_bytes()).await.unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.unwrap();
            let status = answer.split(' ').nth(1).unwrap_or_default();
            assert!(["404", "400"].contains(&status), "{path}: {answer}");
        }
    }

    async fn a_body_that_is_not_said_to_be_json_is_refused(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person("ann@example.test").await;
        let put = async |kind: Option<&str>| {
            let request = server.request_as(&ann, "PUT", "/api/accounts/profile").body(r#"{"name":"Ann"}"#);
            Answer::of(kind.into_iter().fold(request, |request, kind| request.header("content-type", kind))).await
        };
        for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp"] {
            put(Some(kind)).await.refused(415);
        }
        assert_eq!(server.get_as(&ann, "/api/accounts/profile").await.ok()["name"], json!(null));
        for kind in [None, Some("application/json"), Some("Application/JSON; charset=utf-8"), Some("application/merge-patch+json")] {
            put(kind).await.ok();
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
    let (_, document) = portal_server::routes::all(Mode::Provider);
    insta::assert_snapshot!(document.to_pretty_json().unwrap());
}
