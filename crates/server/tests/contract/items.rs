//! Items of an organization: for its administrators, its provider's staff, and its members.

use serde_json::{Value, json};

use crate::support::{
    Engine, Server, contract,
    person::{ENC2, PASSWORD},
    provider::{row, rows},
    vault::{grant, login, text},
};

contract! {
    async fn staff_make_change_move_trash_and_delete_items_with_their_events(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let (ann, o) = (&provider.admin, text(&client, "organizationId"));
        assert_eq!(server.get("/api/config").await.ok()["featureStates"]["provider-item-access"], true);
        let (one, two) = (server.collection(ann, &o).await, server.collection(ann, &o).await);
        let made = server.item_in(ann, &o, &one).await;
        let (id, object) = (text(&made, "id"), &made["object"]);
        assert_eq!(object, "cipherMiniDetails");
        assert_eq!((&made["login"]["password"], &made["collectionIds"]), (&json!(ENC2), &json!([one])));
        let path = format!("/api/ciphers/{id}");

        // A change from what is there now goes through; one from something older does not, and changes nothing.
        let mut change = login(&o);
        change["login"]["password"] = json!(null);
        change["lastKnownRevisionDate"] = made["revisionDate"].clone();
        let changed = server.send_as(ann, "PUT", &format!("{path}/admin"), change.clone()).await.ok();
        assert_eq!(changed["login"]["password"], Value::Null);
        change["notes"] = json!(ENC2);
        let refused = server.send_as(ann, "PUT", &format!("{path}/admin"), change).await.refused(400);
        assert!(refused["message"].as_str().unwrap().contains("changed by somebody else"), "{refused}");
        assert_eq!(server.get_as(ann, &format!("{path}/admin")).await.ok(), changed);

        let moved = json!({ "collectionIds": [two] });
        let moved = server.send_as(ann, "PUT", &format!("{path}/collections-admin"), moved).await.ok();
        assert_eq!(moved["collectionIds"], json!([two]));
        let both = json!({ "organizationId": o, "cipherIds": [id], "collectionIds": [one], "removeCollections": false });
        server.send_as(ann, "POST", "/api/ciphers/bulk-collections", both).await.ok();
        let list = format!("/api/ciphers/organization-details?organizationId={o}");
        assert_eq!(row(&server.get_as(ann, &list).await.ok(), "id", &id)["collectionIds"].as_array().unwrap().len(), 2);

        server.send_as(ann, "PUT", &format!("{path}/delete-admin"), Value::Null).await.ok();
        assert!(row(&server.get_as(ann, &list).await.ok(), "id", &id)["deletedDate"].is_string());
        let export = format!("/api/organizations/{o}/export");
        assert_eq!(server.get_as(ann, &export).await.ok()["ciphers"], json!([]), "the trash is not exported");
        let ids = json!({ "organizationId": o, "ids": [id] });
        let back = server.send_as(ann, "PUT", "/api/ciphers/restore-admin", ids.clone()).await.ok();
        assert_eq!(rows(&back)[0]["deletedDate"], Value::Null);
        let exported = server.get_as(ann, &export).await.ok();
        assert_eq!((&exported["object"], exported["ciphers"].as_array().unwrap().len()), (&json!("organizationExport"), 1));
        server.send_as(ann, "PUT", "/api/ciphers/delete-admin", ids.clone()).await.ok();
        let events = server.kinds(ann, &format!("{path}/events")).await;
        assert_eq!(events, [1100, 1101, 1106, 1106, 1115, 1116, 1115]);
        server.send_as(ann, "DELETE", "/api/ciphers/admin", ids).await.ok();
        server.get_as(ann, &format!("{path}/admin")).await.refused(404);

        // What staff do stands in the provider's log as well.
        let logged = server.kinds(ann, &format!("/api/providers/{}/events", provider.id)).await;
        assert_eq!(logged.iter().filter(|kind| **kind == 1102).count(), 1);
    }

    async fn members_have_the_items_of_their_collections_at_their_level(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 9).await;
        let (ann, o) = (&provider.admin, text(&client, "organizationId"));
        let (user, membership) = server.member(ann, &o, "user@acme.example", 2, None).await;
        let (other, other_membership) = server.member(ann, &o, "other@acme.example", 2, None).await;
        let shared = server.collection_for(ann, &o, json!([grant(&membership, "hide")])).await;
        let hidden = server.collection(ann, &o).await;
        let item = text(&server.item_in(ann, &o, &shared).await, "id");
        server.item_in(ann, &o, &hidden).await;
        let both = json!({ "organizationId": o, "cipherIds": [item], "collectionIds": [hidden] });
        server.send_as(ann, "POST", "/api/ciphers/bulk-collections", both).await.ok();

        let sync = server.get_as(&user, "/api/sync").await.ok();
        let ciphers = sync["ciphers"].as_array().unwrap();
        assert_eq!(ciphers.len(), 1);
        assert_eq!((&ciphers[0]["id"], &ciphers[0]["object"]), (&json!(item), &json!("cipherDetails")));
        assert_eq!((&ciphers[0]["edit"], &ciphers[0]["viewPassword"]), (&json!(false), &json!(false)));
        assert_eq!(ciphers[0]["collectionIds"], json!([shared]), "nothing of collections that are not theirs");
        assert_eq!(sync["collections"].as_array().unwrap().len(), 1);
        let path = format!("/api/ciphers/{item}");
        server.get_as(&user, &path).await.ok();
        for (method, path) in [("PUT", path.clone()), ("PUT", format!("{path}/delete")), ("DELETE", path.clone())] {
            server.send_as(&user, method, &path, login(&o)).await.refused(404);
        }
        server.get_as(&other, &path).await.refused(404);
        assert_eq!(server.get_as(ann, "/api/sync").await.ok()["ciphers"], json!([]), "staff sync nothing of clients");
        let assigned = format!("/api/ciphers/organization-details/assigned?organizationId={o}");
        assert_eq!(rows(&server.get_as(&user, &assigned).await.ok()).len(), 1);
        server.get_as(ann, &assigned).await.refused(404);

        // Through a group somebody may edit, and so make, change, trash and restore.
        let group = json!({ "name": "Editors", "collections": [grant(&shared, "edit")], "users": [other_membership] });
        server.send_as(ann, "POST", &format!("/api/organizations/{o}/groups"), group).await.ok();
        let found = server.get_as(&other, &format!("{path}/details")).await.ok();
        assert_eq!((&found["edit"], &found["viewPassword"]), (&json!(true), &json!(true)));
        let changed = server.send_as(&other, "PUT", &path, login(&o)).await.ok();
        assert_eq!(changed["collectionIds"], json!([shared]));
        server.send_as(&other, "PUT", &format!("{path}/delete"), Value::Null).await.ok();
        server.send_as(&other, "PUT", &format!("{path}/restore"), Value::Null).await.ok();
        let into = |collection: &str| json!({ "cipher": login(&o), "collectionIds": [collection] });
        server.send_as(&other, "POST", "/api/ciphers/create", into(&shared)).await.ok();
        server.send_as(&other, "POST", "/api/ciphers/create", into(&hidden)).await.refused(404);
        server.send_as(&user, "POST", "/api/ciphers/create", into(&shared)).await.refused(404);
    }

    async fn an_own_item_is_nobody_elses(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 9).await;
        let (owner, _) = server.owner(&provider, &client, "owner@acme.example").await;
        let mut own = login("");
        own["organizationId"] = Value::Null;
        let made = server.send_as(&owner, "POST", "/api/ciphers", own).await.ok();
        let path = format!("/api/ciphers/{}", text(&made, "id"));
        assert_eq!(server.get_as(&owner, "/api/sync").await.ok()["ciphers"].as_array().unwrap().len(), 1);
        for (method, path) in [
            ("GET", path.clone()), ("GET", format!("{path}/admin")), ("GET", format!("{path}/events")),
            ("PUT", format!("{path}/delete-admin")), ("DELETE", format!("{path}/admin")), ("DELETE", path.clone()),
        ] {
            server.send_as(&provider.admin, method, &path, Value::Null).await.refused(404);
        }
        server.send_as(&owner, "DELETE", &path, Value::Null).await.ok();
    }

    async fn an_import_adds_all_or_nothing_and_purging_needs_the_password(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 9).await;
        let (ann, o) = (&provider.admin, text(&client, "organizationId"));
        let import = format!("/api/ciphers/import-organization?organizationId={o}");
        let list = format!("/api/ciphers/organization-details?organizationId={o}");
        let body = |broken: Option<&str>| {
            let mut ciphers = vec![login(&o); 3];
            if let Some(name) = broken {
                ciphers[1]["name"] = json!(name);
            }
            json!({
                "collections": [{ "name": ENC2 }], "ciphers": ciphers,
                "collectionRelationships": [{ "key": 0, "value": 0 }, { "key": 2, "value": 0 }],
            })
        };
        server.send_as(ann, "POST", &import, body(Some("not encrypted"))).await.invalid("Ciphers[1].Name");
        let mut nowhere = body(None);
        nowhere["collectionRelationships"][1]["value"] = json!(7);
        server.send_as(ann, "POST", &import, nowhere).await.invalid("CollectionRelationships[1]");
        assert_eq!(rows(&server.get_as(ann, &list).await.ok()).len(), 0);
        server.send_as(ann, "POST", &import, body(None)).await.ok();
        let all = server.get_as(ann, &list).await.ok();
        let placed = rows(&all).iter().filter(|item| item["collectionIds"] != json!([])).count();
        assert_eq!((rows(&all).len(), placed), (3, 2));
        assert_eq!(rows(&server.get_as(ann, &format!("/api/organizations/{o}/collections")).await.ok()).len(), 2);

        let purge = format!("/api/ciphers/purge?organizationId={o}");
        server.send_as(ann, "POST", &purge, json!({ "masterPasswordHash": "wrong" })).await.invalid("MasterPasswordHash");
        assert_eq!(rows(&server.get_as(ann, &list).await.ok()).len(), 3);
        server.send_as(ann, "POST", &purge, json!({ "masterPasswordHash": PASSWORD })).await.ok();
        assert_eq!(rows(&server.get_as(ann, &list).await.ok()).len(), 0);
        let kinds = server.kinds(ann, &format!("/api/organizations/{o}/events")).await;
        assert_eq!(kinds.last(), Some(&1601));
    }
}
