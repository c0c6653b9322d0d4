//! Another provider's ids, in every route that takes one: refused, and nothing changed.

use serde_json::{Value, json};

use crate::support::{
    Engine, Server, contract,
    person::{ENC2, ENC4, PASSWORD},
    provider::{client, rows},
};

/// Every row of every table that belongs to the victim, and all that was written meanwhile.
async fn everything(server: &Server) -> Vec<String> {
    let tables = [
        "providers",
        "provider_plans",
        "provider_users",
        "provider_organizations",
        "organizations",
        "organization_keys",
        "organization_api_keys",
        "organization_users",
        "policies",
        "collections",
        "collection_users",
        "collection_groups",
        "groups",
        "group_users",
        "ciphers",
        "collection_ciphers",
        "events",
        "outbox",
    ];
    let mut db = server.app.context().store.read().await.unwrap();
    let mut all = Vec::new();
    for table in tables {
        use sqlx::{Column, Row};
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT * FROM {table}")))
            .fetch_all(&mut *db)
            .await
            .unwrap();
        all.extend(rows.iter().map(|row| {
            let values: Vec<String> = row
                .columns()
                .iter()
                .map(|column| {
                    let name = column.name();
                    let text = row.try_get::<Option<String>, _>(name).map(|text| format!("{text:?}"));
                    text.or_else(|_| row.try_get::<Option<i64>, _>(name).map(|number| format!("{number:?}")))
                        .unwrap()
                })
                .collect();
            format!("{table} {}", values.join(" "))
        }));
    }
    all.sort();
    all
}

contract! {
    async fn staff_of_one_provider_reach_nothing_of_another(engine: Engine) {
        let server = Server::start(engine).await;
        let victim = server.provider("ann@northwind.example", 10).await;
        let made = server.client(&victim, "Acme", "owner@acme.example", 19, 5).await;
        let (invited, _) = server.invite_staff(&victim, "carl@northwind.example", 1).await;
        let (_, accepted) = server.accepted_staff(&victim, "dora@northwind.example", 0).await;
        let (_, owner) = server.owner(&victim, &made, "owner@acme.example").await;
        let attacker = server.provider("eve@evil.example", 10).await;
        let mine = server.client(&attacker, "Mine", "owner@mine.example", 19, 5).await;
        let eve = &attacker.admin;
        let (p, o) = (&victim.id, made["organizationId"].as_str().unwrap());
        let (link, mine_o) = (made["id"].as_str().unwrap(), mine["organizationId"].as_str().unwrap());
        let (collection, group) = (server.collection(&victim.admin, o).await, server.group(&victim.admin, o).await);
        let item = server.item(&victim.admin, o).await;
        let mine_item = server.item(eve, mine_o).await;
        let (mine_collection, mine_group) = (server.collection(eve, mine_o).await, server.group(eve, mine_o).await);
        let before = everything(&server).await;

        // With the victim's ids in the path.
        let setup = crate::support::provider::setup("x");
        let new = client("New", "new@acme.example", 19, 1);
        let calls: Vec<(&str, String, Value)> = vec![
            ("GET", format!("/api/providers/{p}"), Value::Null),
            ("PUT", format!("/api/providers/{p}"), json!({ "name": "Evil", "billingEmail": "e@evil.example" })),
            ("POST", format!("/api/providers/{p}"), json!({ "name": "Evil", "billingEmail": "e@evil.example" })),
            ("POST", format!("/api/providers/{p}/setup"), setup),
            ("DELETE", format!("/api/providers/{p}"), Value::Null),
            ("POST", format!("/api/providers/{p}/delete"), Value::Null),
            ("POST", format!("/api/providers/{p}/delete-recover-token"), json!({ "token": "x" })),
            ("GET", format!("/api/providers/{p}/users"), Value::Null),
            ("GET", format!("/api/providers/{p}/users/{invited}"), Value::Null),
            ("POST", format!("/api/providers/{p}/users/invite"), json!({ "emails": ["e@evil.example"], "type": 0 })),
            ("POST", format!("/api/providers/{p}/users/reinvite"), json!({ "ids": [invited] })),
            ("POST", format!("/api/providers/{p}/users/{invited}/reinvite"), Value::Null),
            ("POST", format!("/api/providers/{p}/users/{invited}/accept"), json!({ "token": "x" })),
            ("POST", format!("/api/providers/{p}/users/{accepted}/confirm"), json!({ "key": ENC4 })),
            ("POST", format!("/api/providers/{p}/users/confirm"), json!({ "keys": [{ "id": accepted, "key": ENC4 }] })),
            ("POST", format!("/api/providers/{p}/users/public-keys"), json!({ "ids": [accepted] })),
            ("PUT", format!("/api/providers/{p}/users/{accepted}"), json!({ "type": 1 })),
            ("POST", format!("/api/providers/{p}/users/{accepted}"), json!({ "type": 1 })),
            ("DELETE", format!("/api/providers/{p}/users/{accepted}"), Value::Null),
            ("POST", format!("/api/providers/{p}/users/{accepted}/delete"), Value::Null),
            ("DELETE", format!("/api/providers/{p}/users"), json!({ "ids": [accepted] })),
            ("POST", format!("/api/providers/{p}/users/delete"), json!({ "ids": [accepted] })),
            ("GET", format!("/api/providers/{p}/users/{accepted}/events"), Value::Null),
            ("GET", format!("/api/providers/{p}/events"), Value::Null),
            ("GET", format!("/api/providers/{p}/organizations"), Value::Null),
            ("DELETE", format!("/api/providers/{p}/organizations/{link}"), Value::Null),
            ("POST", format!("/api/providers/{p}/organizations/{link}/delete"), Value::Null),
            ("POST", format!("/api/providers/{p}/clients"), new),
            ("PUT", format!("/api/providers/{p}/clients/{link}"), json!({ "name": "Evil", "assignedSeats": 1 })),
            ("GET", format!("/api/providers/{p}/clients/addable"), Value::Null),
            ("POST", format!("/api/providers/{p}/clients/existing"), json!({ "key": "2.x", "organizationId": mine_o })),
            ("GET", format!("/api/providers/{p}/billing/subscription"), Value::Null),
            ("GET", format!("/api/providers/{p}/billing/invoices"), Value::Null),
            ("GET", format!("/api/providers/{p}/billing/invoices/in_1"), Value::Null),
            ("GET", format!("/api/providers/{p}/billing/vnext/warnings"), Value::Null),
            ("GET", format!("/api/providers/{p}/billing/vnext/address"), Value::Null),
            ("GET", format!("/api/providers/{p}/billing/vnext/payment-method"), Value::Null),
            ("GET", format!("/api/providers/{p}/billing/vnext/credit"), Value::Null),
            ("GET", format!("/api/portal/providers/{p}/invitations"), Value::Null),
            ("GET", format!("/api/organizations/{o}"), Value::Null),
            ("PUT", format!("/api/organizations/{o}"), json!({ "name": "Evil" })),
            ("POST", format!("/api/organizations/{o}"), json!({ "name": "Evil" })),
            ("PUT", format!("/api/organizations/{o}/collection-management"), json!({ "limitItemDeletion": true })),
            ("DELETE", format!("/api/organizations/{o}"), json!({ "masterPasswordHash": PASSWORD })),
            ("POST", format!("/api/organizations/{o}/delete"), json!({ "masterPasswordHash": PASSWORD })),
            ("POST", format!("/api/organizations/{o}/keys"), json!({ "publicKey": "MIIB", "encryptedPrivateKey": ENC2 })),
            ("GET", format!("/api/organizations/{o}/private-key"), Value::Null),
            ("POST", format!("/api/organizations/{o}/api-key"), json!({ "type": 0, "masterPasswordHash": PASSWORD })),
            ("POST", format!("/api/organizations/{o}/rotate-api-key"), json!({ "type": 2, "masterPasswordHash": PASSWORD })),
            ("GET", format!("/api/organizations/{o}/api-key-information"), Value::Null),
            ("GET", format!("/api/organizations/{o}/api-key-information/0"), Value::Null),
            ("GET", format!("/api/organizations/{o}/billing/vnext/metadata"), Value::Null),
            ("GET", format!("/api/organizations/{o}/billing/vnext/warnings"), Value::Null),
            ("GET", format!("/api/organizations/{o}/billing/vnext/address"), Value::Null),
            ("GET", format!("/api/organizations/{o}/billing/vnext/payment-method"), Value::Null),
            ("GET", format!("/api/organizations/{o}/billing/vnext/credit"), Value::Null),
            ("POST", format!("/api/organizations/{o}/leave"), Value::Null),
            ("GET", format!("/api/organizations/{o}/events"), Value::Null),
            ("GET", format!("/api/organizations/{o}/users"), Value::Null),
            ("GET", format!("/api/organizations/{o}/users/mini-details"), Value::Null),
            ("GET", format!("/api/organizations/{o}/users/{owner}"), Value::Null),
            ("GET", format!("/api/organizations/{o}/users/{owner}/events"), Value::Null),
            ("POST", format!("/api/organizations/{o}/users/public-keys"), json!({ "ids": [owner] })),
            ("POST", format!("/api/organizations/{o}/users/reinvite"), json!({ "ids": [owner] })),
            ("POST", format!("/api/organizations/{o}/users/{owner}/reinvite"), Value::Null),
            ("POST", format!("/api/organizations/{o}/users/{owner}/accept"), json!({ "token": "x" })),
            ("POST", format!("/api/organizations/{o}/users/{owner}/confirm"), json!({ "key": ENC4 })),
            ("POST", format!("/api/organizations/{o}/users/confirm"), json!({ "keys": [{ "id": owner, "key": ENC4 }] })),
            ("POST", format!("/api/organizations/{o}/users/invite"), json!({ "emails": ["e@evil.example"], "type": 2, "collections": [], "groups": [] })),
            ("PUT", format!("/api/organizations/{o}/users/{owner}"), json!({ "type": 2, "collections": [] })),
            ("PUT", format!("/api/organizations/{o}/users/revoke"), json!({ "ids": [owner] })),
            ("PUT", format!("/api/organizations/{o}/users/restore"), json!({ "ids": [owner] })),
            ("DELETE", format!("/api/organizations/{o}/users"), json!({ "ids": [owner] })),
            ("PUT", format!("/api/organizations/{o}/users/{owner}/revoke"), Value::Null),
            ("PUT", format!("/api/organizations/{o}/users/{owner}/restore"), Value::Null),
            ("DELETE", format!("/api/organizations/{o}/users/{owner}"), Value::Null),
            ("GET", format!("/api/organizations/{o}/users/{owner}/reset-password-details"), Value::Null),
            ("POST", format!("/api/organizations/{o}/users/account-recovery-details"), json!({ "ids": [owner] })),
            ("PUT", format!("/api/organizations/{o}/users/{owner}/recover-account"), json!({ "resetTwoFactor": true, "resetMasterPassword": false })),
            ("PUT", format!("/api/organizations/{o}/users/{}/reset-password-enrollment", eve.id), json!({ "resetPasswordKey": ENC4 })),
            ("GET", format!("/api/organizations/{o}/policies"), Value::Null),
            ("GET", format!("/api/organizations/{o}/policies/3"), Value::Null),
            ("PUT", format!("/api/organizations/{o}/policies/3"), json!({ "policy": { "enabled": true } })),
            ("GET", format!("/api/portal/organizations/{o}/policies/3/effect"), Value::Null),
            ("GET", format!("/api/organizations/{o}/policies/token"), Value::Null),
            ("GET", format!("/api/organizations/{o}/policies/master-password"), Value::Null),
            ("GET", format!("/api/organizations/{o}/collections"), Value::Null),
            ("GET", format!("/api/organizations/{o}/collections/details"), Value::Null),

            ("GET", format!("/api/organizations/{o}/collections/{collection}"), Value::Null),
            ("GET", format!("/api/organizations/{o}/collections/{collection}/details"), Value::Null),
            ("GET", format!("/api/organizations/{o}/collections/{collection}/users"), Value::Null),
            ("POST", format!("/api/organizations/{o}/collections"), json!({ "name": ENC2 })),
            ("PUT", format!("/api/organizations/{o}/collections/{collection}"), json!({ "name": ENC2 })),
            ("POST", format!("/api/organizations/{o}/collections/{collection}"), json!({ "name": ENC2 })),
            ("DELETE", format!("/api/organizations/{o}/collections/{collection}"), Value::Null),
            ("POST", format!("/api/organizations/{o}/collections/{collection}/delete"), Value::Null),
            ("DELETE", format!("/api/organizations/{o}/collections"), json!({ "ids": [collection] })),
            ("POST", format!("/api/organizations/{o}/collections/delete"), json!({ "ids": [collection] })),
            ("POST", format!("/api/organizations/{o}/collections/bulk-access"), json!({ "collectionIds": [collection] })),
            ("GET", format!("/api/organizations/{o}/groups"), Value::Null),
            ("GET", format!("/api/organizations/{o}/groups/details"), Value::Null),
            ("GET", format!("/api/organizations/{o}/groups/{group}"), Value::Null),
            ("GET", format!("/api/organizations/{o}/groups/{group}/details"), Value::Null),
            ("GET", format!("/api/organizations/{o}/groups/{group}/users"), Value::Null),
            ("POST", format!("/api/organizations/{o}/groups"), json!({ "name": "x", "collections": [], "users": [] })),
            ("PUT", format!("/api/organizations/{o}/groups/{group}"), json!({ "name": "x", "collections": [], "users": [] })),
            ("POST", format!("/api/organizations/{o}/groups/{group}"), json!({ "name": "x", "collections": [], "users": [] })),
            ("DELETE", format!("/api/organizations/{o}/groups/{group}"), Value::Null),
            ("POST", format!("/api/organizations/{o}/groups/{group}/delete"), Value::Null),
            ("DELETE", format!("/api/organizations/{o}/groups"), json!({ "ids": [group] })),
            ("POST", format!("/api/organizations/{o}/groups/delete"), json!({ "ids": [group] })),
            ("DELETE", format!("/api/organizations/{o}/groups/{group}/user/{owner}"), Value::Null),
            ("GET", format!("/api/organizations/{o}/export"), Value::Null),
            ("GET", format!("/api/ciphers/organization-details?organizationId={o}"), Value::Null),
            ("GET", format!("/api/ciphers/organization-details/assigned?organizationId={o}"), Value::Null),
            ("POST", format!("/api/ciphers/import-organization?organizationId={o}"), json!({})),
            ("POST", format!("/api/ciphers/purge?organizationId={o}"), json!({ "masterPasswordHash": PASSWORD })),
            ("GET", format!("/api/ciphers/{item}"), Value::Null),
            ("GET", format!("/api/ciphers/{item}/details"), Value::Null),
            ("GET", format!("/api/ciphers/{item}/admin"), Value::Null),
            ("GET", format!("/api/ciphers/{item}/events"), Value::Null),
            ("PUT", format!("/api/ciphers/{item}"), json!({ "type": 1, "name": ENC2 })),
            ("PUT", format!("/api/ciphers/{item}/admin"), json!({ "type": 1, "name": ENC2 })),
            ("PUT", format!("/api/ciphers/{item}/collections-admin"), json!({ "collectionIds": [] })),
            ("PUT", format!("/api/ciphers/{item}/delete"), Value::Null),
            ("PUT", format!("/api/ciphers/{item}/restore"), Value::Null),
            ("PUT", format!("/api/ciphers/{item}/delete-admin"), Value::Null),
            ("PUT", format!("/api/ciphers/{item}/restore-admin"), Value::Null),
            ("DELETE", format!("/api/ciphers/{item}"), Value::Null),
            ("DELETE", format!("/api/ciphers/{item}/admin"), Value::Null),
        ];
        for (method, path, body) in &calls {
            let answer = server.send_as(eve, method, path, body.clone()).await;
            assert!((400..=404).contains(&answer.status), "{method} {path}: {answer:?}");
            assert!(!answer.text.contains("acme") && !answer.text.contains("northwind"), "{method} {path}: {answer:?}");
        }
        every_route_with_an_id_is_called(&calls);

        // With the victim's ids under the attacker's own.
        let (own, own_o) = (&attacker.id, mine_o);
        for (method, path, body, status) in [
            ("GET", format!("/api/providers/{own}/users/{accepted}"), Value::Null, 404),
            ("POST", format!("/api/providers/{own}/users/{invited}/reinvite"), Value::Null, 200),
            ("POST", format!("/api/providers/{own}/users/{invited}/accept"), json!({ "token": "x" }), 400),
            ("POST", format!("/api/providers/{own}/users/{accepted}/confirm"), json!({ "key": ENC4 }), 200),
            ("PUT", format!("/api/providers/{own}/users/{accepted}"), json!({ "type": 0 }), 404),
            ("DELETE", format!("/api/providers/{own}/users/{accepted}"), Value::Null, 200),
            ("GET", format!("/api/providers/{own}/users/{accepted}/events"), Value::Null, 404),
            ("PUT", format!("/api/providers/{own}/clients/{link}"), json!({ "name": "Evil", "assignedSeats": 1 }), 404),
            ("DELETE", format!("/api/providers/{own}/organizations/{link}"), Value::Null, 500),
            ("POST", format!("/api/providers/{own}/clients/existing"), json!({ "key": "2.x", "organizationId": o }), 401),
            ("GET", format!("/api/organizations/{own_o}/users/{owner}"), Value::Null, 404),
            ("GET", format!("/api/organizations/{own_o}/users/{owner}/events"), Value::Null, 404),
            ("POST", format!("/api/organizations/{own_o}/users/{owner}/reinvite"), Value::Null, 404),
            ("POST", format!("/api/organizations/{own_o}/users/{owner}/accept"), json!({ "token": "x" }), 400),
            ("POST", format!("/api/organizations/{own_o}/users/{owner}/confirm"), json!({ "key": ENC4 }), 404),
            ("PUT", format!("/api/organizations/{own_o}/users/{owner}"), json!({ "type": 2, "collections": [] }), 404),
            ("PUT", format!("/api/organizations/{own_o}/users/{owner}/revoke"), Value::Null, 404),
            ("PUT", format!("/api/organizations/{own_o}/users/{owner}/restore"), Value::Null, 404),
            ("DELETE", format!("/api/organizations/{own_o}/users/{owner}"), Value::Null, 404),
            ("GET", format!("/api/organizations/{own_o}/users/{owner}/reset-password-details"), Value::Null, 404),
            ("PUT", format!("/api/organizations/{own_o}/users/{owner}/recover-account"), json!({ "resetTwoFactor": true, "resetMasterPassword": false }), 404),
        ] {
            let answer = server.send_as(eve, method, &path, body).await;
            assert_eq!(answer.status, status, "{method} {path}: {answer:?}");
        }
        let grant = |id: &str| json!([{ "id": id, "readOnly": false, "hidePasswords": false, "manage": true }]);
        let cipher = |organization: &str| json!({ "type": 1, "name": ENC2, "organizationId": organization });
        let group_of = |collection: &str, user: Option<&str>| {
            json!({ "name": "x", "collections": grant(collection), "users": user.into_iter().collect::<Vec<_>>() })
        };
        let own_c = format!("/api/organizations/{own_o}/collections");
        let own_g = format!("/api/organizations/{own_o}/groups");
        for (method, path, body) in [
            ("GET", format!("{own_c}/{collection}"), Value::Null),
            ("PUT", format!("{own_c}/{collection}"), json!({ "name": ENC2 })),
            ("DELETE", format!("{own_c}/{collection}"), Value::Null),
            ("DELETE", own_c.clone(), json!({ "ids": [mine_collection, collection] })),
            ("POST", own_c.clone(), json!({ "name": ENC2, "groups": grant(&group) })),
            ("POST", own_c.clone(), json!({ "name": ENC2, "users": grant(&owner) })),
            ("PUT", format!("{own_c}/{mine_collection}"), json!({ "groups": grant(&group) })),
            ("PUT", format!("{own_c}/{mine_collection}"), json!({ "users": grant(&owner) })),
            ("POST", format!("{own_c}/bulk-access"), json!({ "collectionIds": [mine_collection, collection], "groups": grant(&mine_group) })),
            ("POST", format!("{own_c}/bulk-access"), json!({ "collectionIds": [mine_collection], "groups": grant(&group) })),
            ("POST", format!("{own_c}/bulk-access"), json!({ "collectionIds": [mine_collection], "users": grant(&owner) })),
            ("GET", format!("{own_g}/{group}"), Value::Null),
            ("PUT", format!("{own_g}/{group}"), group_of(&mine_collection, None)),
            ("PUT", format!("{own_g}/{mine_group}"), group_of(&collection, None)),
            ("PUT", format!("{own_g}/{mine_group}"), group_of(&mine_collection, Some(&owner))),
            ("POST", own_g.clone(), group_of(&collection, None)),
            ("DELETE", format!("{own_g}/{group}"), Value::Null),
            ("DELETE", own_g.clone(), json!({ "ids": [mine_group, group] })),
            ("DELETE", format!("{own_g}/{group}/user/{owner}"), Value::Null),
            ("POST", "/api/ciphers/admin".to_owned(), json!({ "cipher": cipher(mine_o), "collectionIds": [mine_collection, collection] })),
            ("POST", "/api/ciphers/create".to_owned(), json!({ "cipher": cipher(mine_o), "collectionIds": [collection] })),
            ("POST", "/api/ciphers/create".to_owned(), json!({ "cipher": cipher(o), "collectionIds": [mine_collection] })),
            ("PUT", format!("/api/ciphers/{mine_item}/admin"), cipher(o)),
            ("PUT", format!("/api/ciphers/{mine_item}/collections-admin"), json!({ "collectionIds": [collection] })),
            ("POST", "/api/ciphers/bulk-collections".to_owned(), json!({ "organizationId": mine_o, "cipherIds": [mine_item, item], "collectionIds": [mine_collection] })),
            ("POST", "/api/ciphers/bulk-collections".to_owned(), json!({ "organizationId": mine_o, "cipherIds": [mine_item], "collectionIds": [collection] })),
            ("PUT", "/api/ciphers/delete-admin".to_owned(), json!({ "organizationId": mine_o, "ids": [mine_item, item] })),
            ("PUT", "/api/ciphers/restore-admin".to_owned(), json!({ "organizationId": mine_o, "ids": [item] })),
            ("DELETE", "/api/ciphers/admin".to_owned(), json!({ "organizationId": mine_o, "ids": [mine_item, item] })),
        ] {
            let answer = server.send_as(eve, method, &path, body).await;
            assert_eq!(answer.status, 404, "{method} {path}: {answer:?}");
        }
        let foreign = json!({ "collections": [{ "id": collection, "name": ENC2 }], "ciphers": [cipher(mine_o)],
            "collectionRelationships": [{ "key": 0, "value": 0 }] });
        let import = format!("/api/ciphers/import-organization?organizationId={mine_o}");
        server.send_as(eve, "POST", &import, foreign).await.refused(400);
        for (path, body) in [
            (format!("/api/providers/{own}/users/public-keys"), json!({ "ids": [accepted] })),
            (format!("/api/providers/{own}/users/reinvite"), json!({ "ids": [invited] })),
            (format!("/api/providers/{own}/users/confirm"), json!({ "keys": [{ "id": accepted, "key": ENC4 }] })),
            (format!("/api/providers/{own}/users/delete"), json!({ "ids": [accepted] })),
            (format!("/api/organizations/{own_o}/users/public-keys"), json!({ "ids": [owner] })),
            (format!("/api/organizations/{own_o}/users/reinvite"), json!({ "ids": [owner] })),
            (format!("/api/organizations/{own_o}/users/confirm"), json!({ "keys": [{ "id": owner, "key": ENC4 }] })),
        ] {
            assert_eq!(rows(&server.send_as(eve, "POST", &path, body).await.ok()).len(), 0, "{path}");
        }
        assert_eq!(everything(&server).await, before);
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
        let id = uuid::Uuid::new_v4();
        for (path, operations) in described(&server).await {
            for method in operations {
                if path.ends_with("/delete-recover-token") || path.ends_with("/policies/token") {
                    continue;
                }
                let path = fill(&path, &id.to_string());
                let answer = crate::support::Answer::of(server.request(&method.to_uppercase(), &path)).await;
                assert_eq!((answer.status, answer.text.as_str()), (401, ""), "{method} {path}");
            }
        }
    }
}

/// Every described route about a provider or an organization, with its methods.
pub async fn described(server: &Server) -> Vec<(String, Vec<String>)> {
    let document = server.get("/api/openapi.json").await.ok();
    let paths = document["paths"].as_object().unwrap();
    let ours = |path: &str| path.contains("/providers/") || path.contains("/organizations/");
    paths
        .iter()
        .filter(|(path, _)| ours(path))
        .map(|(path, operations)| (path.clone(), operations.as_object().unwrap().keys().cloned().collect()))
        .collect()
}

/// A described path with this in place of every parameter.
pub fn fill(path: &str, id: &str) -> String {
    let segments = path.split('/').map(|segment| if segment.starts_with('{') { id } else { segment });
    segments.collect::<Vec<_>>().join("/")
}

fn every_route_with_an_id_is_called(calls: &[(&str, String, Value)]) {
    let (_, document) = portal_server::routes::all();
    let document: Value = serde_json::from_str(&document.to_json().unwrap()).unwrap();
    for (path, operations) in document["paths"].as_object().unwrap() {
        if !path.contains("{providerId}") && !path.contains("{organizationId}") {
            continue;
        }
        // The key is for everybody who is signed in.
        if path.ends_with("/public-key") {
            continue;
        }
        for method in operations.as_object().unwrap().keys() {
            let called = calls.iter().any(|(called, address, _)| {
                called.eq_ignore_ascii_case(method)
                    && address.split('/').count() == path.split('/').count()
                    && address
                        .split('/')
                        .zip(path.split('/'))
                        .all(|(part, wanted)| wanted.starts_with('{') || part == wanted)
            });
            assert!(called, "{method} {path} is not called with another provider's id");
        }
    }
}
