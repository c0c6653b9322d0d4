//! Making, changing and deleting collections.

use serde_json::{Value, json};

use crate::support::{
    Engine, Server, contract,
    person::ENC2,
    provider::{row, rows},
    vault::{grant, text},
};

contract! {
    async fn a_collection_is_made_changed_and_deleted_with_its_events(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let (_, owner) = server.owner(&provider, &client, "owner@acme.example").await;
        let (ann, o) = (&provider.admin, text(&client, "organizationId"));
        let path = format!("/api/organizations/{o}/collections");
        let group = server.group(ann, &o).await;

        let made = server.send_as(ann, "POST", &path, json!({
            "name": ENC2, "externalId": "x1", "users": [grant(&owner, "manage")], "groups": [grant(&group, "hide")],
        })).await.ok();
        assert_eq!(made["object"], "collectionAccessDetails");
        assert_eq!((&made["users"], &made["groups"]), (&Value::Null, &Value::Null), "staff who are no members are not told");
        let id = text(&made, "id");
        let one = server.get_as(ann, &format!("{path}/{id}/details")).await.ok();
        assert_eq!(one["externalId"], "x1");
        assert_eq!(one["users"], json!([grant(&owner, "manage")]));
        assert_eq!(one["groups"], json!([grant(&group, "hide")]));
        assert_eq!((&one["assigned"], &one["unmanaged"]), (&json!(false), &json!(false)));
        assert_eq!(server.get_as(ann, &format!("{path}/{id}/users")).await.ok(), json!([grant(&owner, "manage")]));
        assert_eq!(server.get_as(ann, &format!("{path}/{id}")).await.ok()["object"], "collection");

        // What is null stays; what is there replaces.
        for method in ["PUT", "POST"] {
            server.send_as(ann, method, &format!("{path}/{id}"), json!({ "users": [grant(&owner, "edit")] })).await.ok();
            let one = server.get_as(ann, &format!("{path}/{id}/details")).await.ok();
            assert_eq!(one["users"], json!([grant(&owner, "edit")]));
            assert_eq!((&one["groups"], &one["externalId"], &one["name"]), (&json!([grant(&group, "hide")]), &json!("x1"), &json!(ENC2)));
        }
        let other = server.collection(ann, &o).await;
        let bulk = json!({ "collectionIds": [id, other], "users": [grant(&owner, "manage")], "groups": [] });
        server.send_as(ann, "POST", &format!("{path}/bulk-access"), bulk).await.ok();
        let all = server.get_as(ann, &format!("{path}/details")).await.ok();
        assert_eq!(row(&all, "id", &id)["groups"], json!([grant(&group, "hide")]), "what was there stays");
        assert_eq!(row(&all, "id", &other)["users"], json!([grant(&owner, "manage")]));

        server.send_as(ann, "DELETE", &format!("{path}/{id}"), Value::Null).await.ok();
        server.send_as(ann, "POST", &format!("{path}/delete"), json!({ "ids": [other] })).await.ok();
        assert_eq!(rows(&server.get_as(ann, &path).await.ok()).len(), 1);
        let kinds = server.kinds(ann, &format!("/api/organizations/{o}/events")).await;
        let ours: Vec<i64> = kinds.into_iter().filter(|kind| (1300..1400).contains(kind)).collect();
        assert_eq!(ours, [1300, 1301, 1301, 1300, 1301, 1301, 1302, 1302]);
    }

    async fn wrong_collections_are_refused_and_nothing_is_made(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let (_, owner) = server.owner(&provider, &client, "owner@acme.example").await;
        let (ann, o) = (&provider.admin, text(&client, "organizationId"));
        let path = format!("/api/organizations/{o}/collections");
        let both = json!([{ "id": owner, "manage": true, "readOnly": true }]);
        for (body, field) in [
            (json!({}), "Name"),
            (json!({ "name": "plain" }), "Name"),
            (json!({ "name": ENC2, "externalId": "x".repeat(301) }), "ExternalId"),
            (json!({ "name": ENC2, "users": both }), "Users"),
        ] {
            server.send_as(ann, "POST", &path, body).await.invalid(field);
        }
        server.send_as(ann, "DELETE", &path, json!({ "ids": [] })).await.invalid("Ids");
        assert_eq!(rows(&server.get_as(ann, &path).await.ok()).len(), 1);

        // Where administrators do not reach everything, somebody must manage it.
        server.set_flag("admins_reach_all_items", 0, &o).await;
        server.send_as(ann, "POST", &path, json!({ "name": ENC2, "users": [grant(&owner, "edit")] })).await.refused(400);
        let id = server.collection_for(ann, &o, json!([grant(&owner, "manage")])).await;
        server.send_as(ann, "PUT", &format!("{path}/{id}"), json!({ "users": [] })).await.refused(400);
        let one = server.get_as(ann, &format!("{path}/{id}/details")).await.ok();
        assert_eq!(one["users"], json!([grant(&owner, "manage")]), "refused, so nothing changed");
    }

    async fn members_change_what_they_manage_and_nothing_else(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 9).await;
        let (ann, o) = (&provider.admin, text(&client, "organizationId"));
        let (user, membership) = server.member(ann, &o, "user@acme.example", 2, None).await;
        let (manager, _) = server.member(ann, &o, "custom@acme.example", 4, Some("manageUsers")).await;
        let path = format!("/api/organizations/{o}/collections");
        let own = server.collection_for(ann, &o, json!([grant(&membership, "manage")])).await;
        let edited = server.collection_for(ann, &o, json!([grant(&membership, "edit")])).await;
        let name = || json!({ "name": ENC2 });
        server.send_as(&user, "PUT", &format!("{path}/{own}"), name()).await.ok();
        server.send_as(&user, "PUT", &format!("{path}/{edited}"), name()).await.refused(404);
        let both = json!({ "ids": [own, edited] });
        server.send_as(&user, "DELETE", &path, both).await.refused(404);
        assert_eq!(rows(&server.get_as(&user, &path).await.ok()).len(), 1);
        assert_eq!(rows(&server.get_as(&user, "/api/collections").await.ok()).len(), 2);
        assert_eq!(rows(&server.get_as(ann, "/api/collections").await.ok()).len(), 0, "staff have none as members");

        // Who manages members gives members access, and does no more.
        let give = |id: &str| json!({ "collectionIds": [id], "users": [grant(&membership, "view")] });
        server.send_as(&manager, "POST", &format!("{path}/bulk-access"), give(&edited)).await.ok();
        server.send_as(&manager, "PUT", &format!("{path}/{edited}"), name()).await.refused(404);

        // Deleting may be left to Owners and Admins, creating too.
        server.set_flag("limit_collection_deletion", 1, &o).await;
        server.send_as(&user, "DELETE", &format!("{path}/{own}"), Value::Null).await.refused(404);
        server.set_flag("limit_collection_deletion", 0, &o).await;
        server.send_as(&user, "DELETE", &format!("{path}/{own}"), Value::Null).await.ok();
        server.set_flag("limit_collection_creation", 1, &o).await;
        server.send_as(&user, "POST", &path, name()).await.refused(404);
    }
}
