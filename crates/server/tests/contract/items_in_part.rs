//! Items for those who administer only a part: Owners who do not reach everything, and members who manage a collection.

use serde_json::{Value, json};

use crate::support::{
    Engine, Server, contract,
    person::ENC2,
    provider::rows,
    vault::{grant, login, text},
};

contract! {
    async fn an_owner_who_does_not_reach_everything_changes_what_nobody_else_looks_after(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 9).await;
        let (owner, _) = server.owner(&provider, &client, "owner@acme.example").await;
        let (ann, o) = (&provider.admin, text(&client, "organizationId"));
        let (_, other) = server.member(ann, &o, "other@acme.example", 2, None).await;
        let orphan = server.collection(ann, &o).await;
        let managed = server.collection_for(ann, &o, json!([grant(&other, "manage")])).await;
        let nowhere = server.item(ann, &o).await;
        let in_orphan = text(&server.item_in(ann, &o, &orphan).await, "id");
        let in_managed = text(&server.item_in(ann, &o, &managed).await, "id");
        server.set_flag("admins_reach_all_items", 0, &o).await;
        let put = |id: &str| format!("/api/ciphers/{id}/admin");
        for id in [&nowhere, &in_orphan] {
            server.send_as(&owner, "PUT", &put(id), login(&o)).await.ok();
        }
        server.send_as(&owner, "PUT", &put(&in_managed), login(&o)).await.refused(404);
        let both = json!({ "organizationId": o, "ids": [in_orphan, in_managed] });
        server.send_as(&owner, "PUT", "/api/ciphers/delete-admin", both).await.refused(404);
        server.get_as(&owner, &put(&in_orphan)).await.ok();
        let into = json!({ "collectionIds": [managed] });
        server.send_as(&owner, "PUT", &format!("/api/ciphers/{nowhere}/collections-admin"), into).await.refused(404);
        // The list names all of them, and staff reach all of them.
        let list = format!("/api/ciphers/organization-details?organizationId={o}");
        assert_eq!(rows(&server.get_as(&owner, &list).await.ok()).len(), 3);
        server.send_as(ann, "PUT", &put(&in_managed), login(&o)).await.ok();
    }

    async fn a_member_exports_and_imports_what_the_member_manages(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 9).await;
        let (ann, o) = (&provider.admin, text(&client, "organizationId"));
        let (user, membership) = server.member(ann, &o, "user@acme.example", 2, None).await;
        let managed = server.collection_for(ann, &o, json!([grant(&membership, "manage")])).await;
        let edited = server.collection_for(ann, &o, json!([grant(&membership, "edit")])).await;
        let item = server.item_in(ann, &o, &managed).await;
        server.item_in(ann, &o, &edited).await;
        let both = json!({ "organizationId": o, "cipherIds": [item["id"]], "collectionIds": [edited] });
        server.send_as(ann, "POST", "/api/ciphers/bulk-collections", both).await.ok();

        let exported = server.get_as(&user, &format!("/api/organizations/{o}/export")).await.ok();
        assert_eq!(exported["collections"].as_array().unwrap().len(), 1);
        assert_eq!(exported["ciphers"].as_array().unwrap().len(), 1);
        assert_eq!(exported["ciphers"][0]["collectionIds"], json!([managed]));

        server.set_flag("limit_collection_creation", 1, &o).await;
        let import = format!("/api/ciphers/import-organization?organizationId={o}");
        let into = |collections: Value| {
            json!({ "collections": collections, "ciphers": [login(&o)], "collectionRelationships": [{ "key": 0, "value": 0 }] })
        };
        server.send_as(&user, "POST", &import, into(json!([{ "id": managed, "name": ENC2 }]))).await.ok();
        for refused in [json!([{ "id": edited, "name": ENC2 }]), json!([{ "name": ENC2 }])] {
            server.send_as(&user, "POST", &import, into(refused)).await.refused(400);
        }
        server.send_as(&user, "POST", &import, json!({ "ciphers": [login(&o)] })).await.refused(400);
        let list = format!("/api/ciphers/organization-details?organizationId={o}");
        assert_eq!(rows(&server.get_as(ann, &list).await.ok()).len(), 3);
    }

    async fn deleting_items_can_be_left_to_those_who_manage(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 9).await;
        let (ann, o) = (&provider.admin, text(&client, "organizationId"));
        let (user, membership) = server.member(ann, &o, "user@acme.example", 2, None).await;
        let edited = server.collection_for(ann, &o, json!([grant(&membership, "edit")])).await;
        let item = text(&server.item_in(ann, &o, &edited).await, "id");
        server.set_flag("limit_item_deletion", 1, &o).await;
        let path = format!("/api/ciphers/{item}");
        assert_eq!(server.get_as(&user, &path).await.ok()["permissions"], json!({ "delete": false, "restore": false }));
        server.send_as(&user, "PUT", &format!("{path}/delete"), Value::Null).await.refused(404);
        server.send_as(&user, "PUT", &path, login(&o)).await.ok();
        let more = json!({ "users": [grant(&membership, "manage")] });
        server.send_as(ann, "PUT", &format!("/api/organizations/{o}/collections/{edited}"), more).await.ok();
        server.send_as(&user, "PUT", &format!("{path}/delete"), Value::Null).await.ok();
    }
}
