//! Groups.

use serde_json::{Value, json};

use crate::support::{
    Engine, Server, contract,
    provider::{row, rows},
    vault::{grant, text},
};

contract! {
    async fn a_group_is_made_replaced_and_deleted_with_its_events(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 17, 5).await;
        let (_, owner) = server.owner(&provider, &client, "owner@acme.example").await;
        let (ann, o) = (&provider.admin, text(&client, "organizationId"));
        let collection = server.collection(ann, &o).await;
        let path = format!("/api/organizations/{o}/groups");
        let made = server.send_as(ann, "POST", &path, json!({
            "name": "Sales", "collections": [grant(&collection, "edit")], "users": [owner],
        })).await.ok();
        let id = text(&made, "id");
        assert_eq!(made, json!({ "object": "group", "id": id, "organizationId": o, "name": "Sales", "externalId": null }));
        assert_eq!(server.get_as(ann, &format!("{path}/{id}")).await.ok(), made);
        assert_eq!(server.get_as(ann, &format!("{path}/{id}/users")).await.ok(), json!([owner]));
        let details = server.get_as(ann, &format!("{path}/details")).await.ok();
        assert_eq!(row(&details, "id", &id)["collections"], json!([grant(&collection, "edit")]));

        let changed = json!({ "name": "Support", "collections": [], "users": [] });
        server.send_as(ann, "PUT", &format!("{path}/{id}"), changed).await.ok();
        let one = server.get_as(ann, &format!("{path}/{id}/details")).await.ok();
        assert_eq!((&one["name"], &one["collections"]), (&json!("Support"), &json!([])));
        assert_eq!(server.get_as(ann, &format!("{path}/{id}/users")).await.ok(), json!([]));

        let again = json!({ "name": "Support", "collections": [], "users": [owner] });
        server.send_as(ann, "POST", &format!("{path}/{id}"), again).await.ok();
        server.send_as(ann, "DELETE", &format!("{path}/{id}/user/{owner}"), Value::Null).await.ok();
        server.send_as(ann, "DELETE", &format!("{path}/{id}/user/{owner}"), Value::Null).await.refused(404);
        server.send_as(ann, "DELETE", &format!("{path}/{id}"), Value::Null).await.ok();
        assert_eq!(rows(&server.get_as(ann, &path).await.ok()).len(), 0);

        let kinds = server.kinds(ann, &format!("/api/organizations/{o}/events")).await;
        let ours: Vec<i64> =
            kinds.into_iter().filter(|kind| (1400..1500).contains(kind) || *kind == 1504).collect();
        assert_eq!(ours, [1400, 1504, 1401, 1504, 1401, 1504, 1504, 1402]);
    }

    async fn wrong_groups_are_refused(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let (ann, o) = (&provider.admin, text(&client, "organizationId"));
        let path = format!("/api/organizations/{o}/groups");
        for (body, field) in [
            (json!({ "name": "", "collections": [], "users": [] }), "Name"),
            (json!({ "name": "x".repeat(101), "collections": [], "users": [] }), "Name"),
            (json!({ "name": "x", "users": [] }), "Collections"),
            (json!({ "name": "x", "collections": [] }), "Users"),
        ] {
            server.send_as(ann, "POST", &path, body).await.invalid(field);
        }
        // A group that was deleted while somebody edited it.
        let id = server.group(ann, &o).await;
        server.send_as(ann, "POST", &format!("{path}/delete"), json!({ "ids": [id] })).await.ok();
        let body = json!({ "name": "x", "collections": [], "users": [] });
        server.send_as(ann, "PUT", &format!("{path}/{id}"), body).await.refused(404);
        assert_eq!(rows(&server.get_as(ann, &path).await.ok()).len(), 0);
    }

    async fn nobody_lets_themselves_into_a_group_where_administrators_do_not_reach_everything(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let (owner, membership) = server.owner(&provider, &client, "owner@acme.example").await;
        let o = text(&client, "organizationId");
        server.set_flag("admins_reach_all_items", 0, &o).await;
        let path = format!("/api/organizations/{o}/groups");
        let with_self = json!({ "name": "x", "collections": [], "users": [membership] });
        server.send_as(&owner, "POST", &path, with_self.clone()).await.refused(400);
        assert_eq!(rows(&server.get_as(&owner, &path).await.ok()).len(), 0);
        let id = text(&server.send_as(&provider.admin, "POST", &path, with_self.clone()).await.ok(), "id");
        server.send_as(&owner, "PUT", &format!("{path}/{id}"), with_self).await.ok();
    }
}
