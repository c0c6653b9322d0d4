//! A provider's staff.

use serde_json::json;

use crate::support::{
    Engine, Server, contract,
    provider::{row, rows},
};

contract! {
    async fn a_colleague_is_invited_accepts_is_confirmed_and_works(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let (bob, id) = server.staff(&provider, "bob@northwind.example", 1).await;
        let list = server.get_as(&provider.admin, &format!("/api/providers/{}/users", provider.id)).await.ok();
        assert_eq!(rows(&list).len(), 2);
        let row = row(&list, "id", &id);
        assert_eq!((&row["status"], &row["type"], &row["email"]), (&json!(2), &json!(1), &json!("bob@northwind.example")));
        server.get_as(&bob, &format!("/api/providers/{}", provider.id)).await.ok();
        server.get_as(&bob, &format!("/api/providers/{}/users", provider.id)).await.refused(403);
    }
}
