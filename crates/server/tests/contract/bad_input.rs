//! Bodies that are no good, sent to every route of providers and organizations: refused in words, never a crash.

use serde_json::{Value, json};

use crate::{
    role_table::{
        organization::organization_routes,
        provider::provider_routes,
        stage::{self, Route, World, members, world},
    },
    support::{Answer, Engine, Provider, Server, contract, provider::client},
};

async fn prepare(server: &Server) -> (Provider, World, Vec<Route>) {
    let provider = server.provider("ann@northwind.example", 40).await;
    let members = members(server).await;
    let world = world(server, &provider, "Walked", &members).await;
    let routes = provider_routes(&world).into_iter().chain(organization_routes(&world));
    let routes = routes.filter(|route| !route.body.is_null()).collect();
    (provider, world, routes)
}

/// A request to a route with this text as its body.
fn with_text(
    server: &Server,
    provider: &Provider,
    world: &World,
    route: &Route,
    text: String,
) -> reqwest::RequestBuilder {
    let path = stage::path(world, route);
    server
        .request_as(&provider.admin, route.method, &path)
        .header("content-type", "application/json")
        .body(text)
}

contract! {
    async fn what_is_no_object_or_breaks_off_is_refused(engine: Engine) {
        let server = Server::with(engine, |settings| settings.limits.invitation = None).await;
        let (provider, world, routes) = prepare(&server).await;
        assert!(routes.len() > 20);
        for route in &routes {
            let whole = route.body.to_string();
            let texts = [
                String::new(), "[]".to_owned(), "\"text\"".to_owned(), "1".to_owned(), "null".to_owned(),
                whole[..whole.len() - 1].to_owned(), format!("{whole}x"), "[".repeat(100_000), "{\"name\":\"\u{fffd}\\ud800\"}".to_owned(),
            ];
            for text in texts {
                let shown: String = text.chars().take(40).collect();
                let answer = Answer::of(with_text(&server, &provider, &world, route, text)).await;
                assert_eq!(answer.status, 400, "{shown} to {} {}: {answer:?}", route.method, route.path);
                assert_eq!(answer.json()["object"], "error");
            }
        }
    }

    async fn what_breaks_off_is_refused_before_signing_in_too(engine: Engine) {
        let server = Server::start(engine).await;
        let document = server.get("/api/openapi.json").await.ok();
        let read_json = |operations: &Value| !operations["post"]["requestBody"]["content"]["application/json"].is_null();
        let paths = document["paths"].as_object().unwrap().iter();
        let paths: Vec<_> = paths.filter(|(path, operations)| path.starts_with("/identity/") && read_json(operations)).collect();
        assert!(paths.len() > 3, "{paths:?}");
        for (path, _) in paths {
            for text in ["", "{", "[]", "{\"email\":\"ann@example.test\"", "{\"email\":", "{}x", "\"text\"", "null"] {
                let request = server.request("POST", path).header("content-type", "application/json").body(text);
                let answer = Answer::of(request).await;
                assert_eq!(answer.status, 400, "{text} to {path}: {answer:?}");
            }
        }
    }

    async fn a_body_of_ten_megabytes_is_refused(engine: Engine) {
        let server = Server::start(engine).await;
        let (provider, world, routes) = prepare(&server).await;
        let text = format!("{{\"name\":\"{}\"}}", "x".repeat(10_000_000));
        for route in routes.iter().take(6) {
            // The connection may be cut while the body is still being sent.
            if let Ok(response) = with_text(&server, &provider, &world, route, text.clone()).send().await {
                assert_eq!(response.status().as_u16(), 413, "{} {}", route.method, route.path);
            }
        }
    }

    async fn no_field_of_a_wrong_kind_or_size_crashes_a_route(engine: Engine) {
        let server = Server::with(engine, |settings| settings.limits.invitation = None).await;
        let (provider, world, routes) = prepare(&server).await;
        let values = [
            Value::Null, json!(true), json!(-1), json!(1e300), json!(99), json!(""), json!("\u{0}"), json!("x".repeat(5_000)),
            json!("\u{1f600}\u{202e}<b>"), json!([]), json!([null]), json!([{}]), json!({}), json!({ "type": "card" }),
        ];
        for route in &routes {
            for field in route.body.as_object().unwrap().keys() {
                for value in &values {
                    let mut body = route.body.clone();
                    body[field] = value.clone();
                    let text = body.to_string();
                    let answer = Answer::of(with_text(&server, &provider, &world, route, text)).await;
                    // 409: a revision that was never given is one that was overtaken.
                    let known = [200, 400, 401, 404, 409].contains(&answer.status);
                    assert!(known, "{field} = {value} to {} {}: {answer:?}", route.method, route.path);
                }
            }
        }
    }

    async fn seats_never_run_over_what_numbers_can_say(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let made = server.client(&provider, "Acme", "owner@acme.example", 17, i32::MAX).await;
        let clients = format!("/api/providers/{}/clients", provider.id);
        let one_more = client("Beta", "owner@beta.example", 17, 1);
        server.send_as(&provider.admin, "POST", &clients, one_more.clone()).await.refused(400);
        let path = format!("{clients}/{}", made["id"].as_str().unwrap());
        let fewer = json!({ "name": "Acme", "assignedSeats": i32::MAX - 1 });
        server.send_as(&provider.admin, "PUT", &path, fewer).await.ok();
        server.send_as(&provider.admin, "POST", &clients, one_more).await.ok();
        let more = json!({ "name": "Acme", "assignedSeats": i32::MAX });
        server.send_as(&provider.admin, "PUT", &path, more).await.refused(400);
    }
}
