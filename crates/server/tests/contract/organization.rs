//! An organization's settings, keys, bills and end.

use serde_json::{Value, json};

use crate::support::{
    Engine, Server, contract,
    person::{ENC2, PASSWORD},
    provider::rows,
};

fn path_of(client: &Value) -> String {
    format!("/api/organizations/{}", client["organizationId"].as_str().unwrap())
}

contract! {
    async fn each_rule_for_collections_that_changes_leaves_one_event(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let path = path_of(&client);
        let put = async |body: Value| server.send_as(&provider.admin, "PUT", &format!("{path}/collection-management"), body).await;
        let all = ["limitCollectionCreation", "limitCollectionDeletion", "limitItemDeletion", "allowAdminAccessToAllCollectionItems"];
        put(json!({})).await.ok();
        let before = rows(&server.get_as(&provider.admin, &format!("{path}/events")).await.ok()).len();
        let on = put(json!({ "limitCollectionDeletion": true, "allowAdminAccessToAllCollectionItems": true })).await.ok();
        assert_eq!(all.map(|name| on[name].as_bool().unwrap()), [false, true, false, true]);
        let off = put(json!({ "limitItemDeletion": true, "allowAdminAccessToAllCollectionItems": true })).await.ok();
        assert_eq!(all.map(|name| off[name].as_bool().unwrap()), [false, false, true, true], "what is left out is switched off");
        put(json!({ "limitItemDeletion": true, "allowAdminAccessToAllCollectionItems": true })).await.ok();
        put(json!({ "limitItemDeletion": "yes" })).await.refused(400);
        let log = server.get_as(&provider.admin, &format!("{path}/events")).await.ok();
        let mut kinds: Vec<i64> = rows(&log).iter().map(|event| event["type"].as_i64().unwrap()).collect();
        kinds.truncate(kinds.len() - before);
        kinds.sort_unstable();
        assert_eq!(kinds, [1612, 1613, 1614, 1616]);
    }

    async fn only_a_missing_key_pair_is_set(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let path = path_of(&client);
        let pair = json!({ "publicKey": "bmV3", "encryptedPrivateKey": ENC2 });
        let set = async |body: &Value| server.send_as(&provider.admin, "POST", &format!("{path}/keys"), body.clone()).await;
        set(&pair).await.refused(400);
        let mut tx = server.app.context().store.write().await.unwrap();
        sqlx::query("DELETE FROM organization_keys").execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(server.get_as(&provider.admin, &format!("{path}/private-key")).await.ok()["privateKey"], Value::Null);
        set(&json!({ "publicKey": "bmV3" })).await.invalid("EncryptedPrivateKey");
        assert_eq!(set(&pair).await.ok(), json!({ "object": "organizationKeys", "publicKey": "bmV3", "privateKey": ENC2 }));
        assert_eq!(server.get_as(&provider.admin, &format!("{path}/public-key")).await.ok()["publicKey"], "bmV3");
        assert_eq!(server.get_as(&provider.admin, &format!("{path}/private-key")).await.ok()["privateKey"], ENC2);
        set(&pair).await.refused(400);
    }

    async fn a_key_to_an_interface_is_shown_and_replaced_after_the_password(engine: Engine) {
        let server = Server::with(engine, |settings| settings.failure_delay = std::time::Duration::ZERO).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let path = path_of(&client);
        let ask = async |route: &str, kind: i32, password: &str| {
            let body = json!({ "type": kind, "masterPasswordHash": password });
            server.send_as(&provider.admin, "POST", &format!("{path}/{route}"), body).await
        };
        let first = ask("api-key", 0, PASSWORD).await.ok();
        assert_eq!((&first["object"], &first), (&json!("apiKey"), &ask("api-key", 0, PASSWORD).await.ok()));
        ask("rotate-api-key", 0, "d3Jvbmc=").await.invalid("MasterPasswordHash");
        assert_eq!(ask("api-key", 0, PASSWORD).await.ok(), first, "a wrong password changes nothing");
        let second = ask("rotate-api-key", 0, PASSWORD).await.ok();
        assert_ne!(second["apiKey"], first["apiKey"]);
        assert_eq!(ask("api-key", 0, PASSWORD).await.ok(), second);
        let kinds = async |suffix: &str| {
            let list = server.get_as(&provider.admin, &format!("{path}/api-key-information{suffix}")).await.ok();
            rows(&list).iter().map(|key| key["keyType"].as_i64().unwrap()).collect::<Vec<_>>()
        };
        assert_eq!((kinds("").await, kinds("/2").await), (vec![0], vec![]));
        assert_ne!(ask("api-key", 2, PASSWORD).await.ok()["apiKey"], second["apiKey"]);
        assert_eq!((kinds("").await, kinds("/2").await), (vec![0, 2], vec![2]));
        ask("api-key", 1, PASSWORD).await.invalid("Type");
    }

    async fn bills_of_a_client_are_the_providers_on_every_route(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let (owner, _) = server.owner(&provider, &client, "owner@acme.example").await;
        let billing = format!("{}/billing/vnext", path_of(&client));
        for route in ["address", "payment-method", "credit"] {
            let refused = server.get_as(&owner, &format!("{billing}/{route}")).await.refused(401);
            assert_eq!(refused["message"], "The bills of this organization are managed by Northwind IT.");
            assert_eq!(server.get_as(&provider.admin, &format!("{billing}/{route}")).await.ok(), Value::Null);
        }
        let metadata = server.get_as(&owner, &format!("{billing}/metadata")).await.ok();
        assert_eq!(metadata, json!({ "isOnSecretsManagerStandalone": false, "organizationOccupiedSeats": 1 }));
        let warnings = format!("{billing}/warnings");
        assert_eq!(server.get_as(&owner, &warnings).await.ok()["inactiveSubscription"], Value::Null);
        let mut tx = server.app.context().store.write().await.unwrap();
        sqlx::query("UPDATE organizations SET enabled = 0").execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(server.get_as(&owner, &warnings).await.ok()["inactiveSubscription"]["resolution"], "contact_provider");
    }

    async fn a_deleted_client_gives_its_seats_back(engine: Engine) {
        let server = Server::with(engine, |settings| settings.failure_delay = std::time::Duration::ZERO).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let kept = server.client(&provider, "Beta", "owner@beta.example", 19, 3).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let (owner, _) = server.owner(&provider, &client, "owner@acme.example").await;
        let path = path_of(&client);
        let assigned = async || {
            let billing = format!("/api/providers/{}/billing/subscription", provider.id);
            let plans = server.get_as(&provider.admin, &billing).await.ok()["plans"].clone();
            plans.as_array().unwrap().iter().map(|plan| plan["assignedSeats"].as_i64().unwrap()).sum::<i64>()
        };
        assert_eq!(assigned().await, 8);
        let delete = async |password: &str| server.send_as(&owner, "DELETE", &path, json!({ "masterPasswordHash": password })).await;
        delete("d3Jvbmc=").await.invalid("MasterPasswordHash");
        assert_eq!(assigned().await, 8);
        let answer = delete(PASSWORD).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, ""));
        assert_eq!(assigned().await, 3);
        let left = server.clients(&provider).await;
        assert_eq!((rows(&left).len(), &rows(&left)[0]["id"]), (1, &kept["id"]));
        server.get_as(&provider.admin, &path).await.refused(404);
        assert_eq!(server.get_as(&owner, "/api/accounts/profile").await.ok()["organizations"], json!([]));
        let body = json!({ "masterPasswordHash": PASSWORD });
        let answer = server.send_as(&provider.admin, "POST", &format!("{}/delete", path_of(&kept)), body).await;
        assert_eq!((answer.status, assigned().await), (200, 0), "staff may, whoever is a member");
    }
}
