//! Ids of other tenants, in every place of every route that takes one: refused, and nothing written.

pub mod answers;
mod api_key;
pub mod database;
pub mod generate;
pub mod own;
pub mod stage;
pub mod walk;

use crate::support::{Answer, Engine, Server, contract};

use self::{
    database::{Dump, every_table_is_known},
    generate::{document, operations},
    stage::Stage,
    walk::Walk,
};

contract! {
    async fn every_route_refuses_every_foreign_id_and_accepts_ones_own(engine: Engine) {
        let stage = Stage::build(engine).await;
        every_table_is_known(&stage.server, engine).await;
        let pristine = Dump::of(&stage.server).await;
        let mut walk = Walk::new(&stage, &pristine);
        let operations = operations(&stage.own);
        for operation in &operations {
            walk.foreign(operation).await;
            walk.own(operation).await;
        }
        walk.finish(&operations);
    }

    async fn the_api_key_of_one_client_changes_nothing_of_another(engine: Engine) {
        api_key::changes_nothing_of_another(&Stage::build(engine).await).await;
    }

    async fn what_is_no_id_names_nothing(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        for path in ["/api/providers/1", "/api/providers/1/users", "/api/organizations/x'--/users", "/api/organizations/%00"] {
            server.get_as(&provider.admin, path).await.refused(404);
        }
        let path = format!("/api/providers/{}/users/1", provider.id);
        server.get_as(&provider.admin, &path).await.refused(404);
    }

    async fn nobody_without_a_token_gets_past_an_empty_401(engine: Engine) {
        let server = Server::start(engine).await;
        let id = uuid::Uuid::new_v4().to_string();
        for (method, path) in secured() {
            let answer = Answer::of(server.request(&method, &fill(&path, &id))).await;
            assert_eq!((answer.status, answer.text.as_str()), (401, ""), "{method} {path}");
        }
    }
}

/// Every described route for which one must be signed in.
fn secured() -> Vec<(String, String)> {
    let document = document();
    let paths = document["paths"].as_object().unwrap();
    let of_path = |(path, operations): (&String, &serde_json::Value)| {
        let operations = operations.as_object().unwrap().iter();
        let secured = operations.filter(|(_, operation)| operation.get("security").is_some());
        secured.map(|(method, _)| (method.to_uppercase(), path.clone())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

/// A described path with this in place of every parameter.
pub fn fill(path: &str, id: &str) -> String {
    let segments = path.split('/').map(|segment| if segment.starts_with('{') { id } else { segment });
    segments.collect::<Vec<_>>().join("/")
}
