//! The members of an organization, as its owner and the provider's staff see them.

use serde_json::{Value, json};

use crate::support::{
    Engine, Server, contract,
    person::{ENC4, public_key},
    provider::{parameter, row, rows},
};

contract! {
    async fn an_owner_is_invited_again_accepts_and_is_confirmed(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let (bob, _) = server.staff(&provider, "bob@northwind.example", 1).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let users = format!("/api/organizations/{}/users", client["organizationId"].as_str().unwrap());
        let invited = rows(&server.get_as(&bob, &users).await.ok())[0].clone();
        let id = invited["id"].as_str().unwrap();
        server.send_as(&bob, "POST", &format!("{users}/{id}/reinvite"), Value::Null).await.ok();
        let open = server.open_invitations(&provider).await;
        assert_eq!(rows(&open).len(), 1, "the old link is gone");
        let link = rows(&open)[0]["link"].as_str().unwrap().to_owned();
        assert_eq!((parameter(&link, "organizationName"), parameter(&link, "orgUserHasExistingUser")), ("Acme".to_owned(), "false".to_owned()));
        let owner = server.person("owner@acme.example").await;
        server.get_as(&owner, &users).await.refused(404);
        let accept = format!("{users}/{id}/accept");
        let answer = server.send_as(&owner, "POST", &accept, json!({ "token": parameter(&link, "token") })).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, ""));
        let profile = server.get_as(&owner, "/api/accounts/profile").await.ok();
        assert_eq!((&profile["organizations"], &profile["organizationsNew"][0]["status"]), (&json!([]), &json!(1)));
        assert_eq!(profile["emailVerified"], true);
        server.send_as(&bob, "POST", &format!("{users}/{id}/reinvite"), Value::Null).await.refused(400);
        let keys = server.send_as(&bob, "POST", &format!("{users}/public-keys"), json!({ "ids": [id] })).await.ok();
        assert_eq!(rows(&keys)[0], json!({
            "object": "organizationUserPublicKeyResponseModel", "id": id, "userId": owner.id,
            "key": public_key("owner@acme.example"),
        }));
        let confirm = format!("{users}/{id}/confirm");
        let answer = server.send_as(&bob, "POST", &confirm, json!({ "key": ENC4 })).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, ""));
        let refused = server.send_as(&bob, "POST", &confirm, json!({ "key": ENC4 })).await.refused(400);
        assert!(refused["message"].as_str().unwrap().contains("accepted"));
        let profile = server.get_as(&owner, "/api/accounts/profile").await.ok();
        assert_eq!((&profile["organizations"][0]["key"], &profile["organizations"][0]["providerId"]), (&json!(ENC4), &json!(provider.id)));
        let one = server.get_as(&owner, &format!("{users}/{id}")).await.ok();
        assert_eq!((&one["object"], &one["status"], one.get("groups")), (&json!("organizationUserDetails"), &json!(2), None));
        assert_eq!(one["collections"].as_array().unwrap().len(), 1);
        let one = server.get_as(&owner, &format!("{users}/{id}?includeGroups=true")).await.ok();
        assert_eq!(one["groups"], json!([]));
        let mini = server.get_as(&bob, &format!("{users}/mini-details")).await.ok();
        assert_eq!(rows(&mini)[0], json!({
            "object": "organizationUserUserMiniDetails", "id": id, "userId": owner.id, "type": 0, "status": 2,
            "name": null, "email": "owner@acme.example",
        }));
        let log = server.get_as(&owner, &format!("/api/organizations/{}/events", client["organizationId"].as_str().unwrap())).await.ok();
        let confirmed = row(&log, "organizationUserId", id);
        assert_eq!((&confirmed["type"], &confirmed["userId"], &confirmed["providerId"]), (&json!(1501), &json!(owner.id), &json!(provider.id)));
    }

    async fn tokens_of_members_fail_each_in_its_way(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let other = server.client(&provider, "Beta", "owner@beta.example", 19, 5).await;
        let open = server.open_invitations(&provider).await;
        let of = |name: &str| {
            let open = row(&open, "organizationName", name);
            (open["organizationUserId"].as_str().unwrap().to_owned(), parameter(open["link"].as_str().unwrap(), "token"))
        };
        let ((id, token), (_, other_token)) = (of("Acme"), of("Beta"));
        let mut owner = server.person("owner@acme.example").await;
        let eve = server.person("eve@evil.example").await;
        let users = |client: &Value| format!("/api/organizations/{}/users", client["organizationId"].as_str().unwrap());
        let accept = async |person: &crate::support::Person, client: &Value, token: &str| {
            let path = format!("{}/{id}/accept", users(client));
            let refused = server.send_as(person, "POST", &path, json!({ "token": token })).await.refused(400);
            refused["message"].as_str().unwrap().to_owned()
        };
        assert!(accept(&owner, &client, &other_token).await.contains("token is not valid"));
        assert!(accept(&eve, &client, &token).await.contains("does not match"));
        assert!(accept(&owner, &other, &token).await.contains("no longer exists"));
        let mut twice = server.person("owner@beta.example").await;
        let (beta_id, beta_token) = of("Beta");
        let beta_accept = format!("{}/{beta_id}/accept", users(&other));
        server.send_as(&twice, "POST", &beta_accept, json!({ "token": beta_token })).await.ok();
        let again = server.send_as(&twice, "POST", &beta_accept, json!({ "token": beta_token })).await.refused(400);
        assert!(again["message"].as_str().unwrap().contains("already accepted"), "{again}");
        server.advance(5 * 24 * 3_600_000);
        server.refresh(&mut owner).await;
        assert!(accept(&owner, &client, &token).await.contains("expired"));
        server.refresh(&mut twice).await;
        server.send_as(&twice, "POST", &beta_accept, json!({ "token": beta_token })).await.refused(400);
    }

    async fn bulk_results_name_only_whom_they_concern(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let other = server.client(&provider, "Beta", "owner@beta.example", 19, 5).await;
        let users = format!("/api/organizations/{}/users", client["organizationId"].as_str().unwrap());
        let foreign = format!("/api/organizations/{}/users", other["organizationId"].as_str().unwrap());
        let foreign = rows(&server.get_as(&provider.admin, &foreign).await.ok())[0]["id"].clone();
        let (_, accepted) = server.accepted_owner(&provider, &client, "owner@acme.example").await;
        let ids = json!({ "ids": [accepted, foreign, uuid::Uuid::new_v4()] });
        let again = server.send_as(&provider.admin, "POST", &format!("{users}/reinvite"), ids.clone()).await.ok();
        assert_eq!(rows(&again).len(), 1);
        assert_eq!((&rows(&again)[0]["object"], &rows(&again)[0]["id"]), (&json!("OrganizationBulkConfirmResponseModel"), &json!(accepted)));
        assert_ne!(rows(&again)[0]["error"], "");
        let keys = json!({ "keys": [{ "id": foreign, "key": ENC4 }, { "id": accepted, "key": ENC4 }] });
        let confirmed = server.send_as(&provider.admin, "POST", &format!("{users}/confirm"), keys.clone()).await.ok();
        assert_eq!(rows(&confirmed).len(), 1);
        assert_eq!(rows(&confirmed)[0]["error"], "");
        let again = server.send_as(&provider.admin, "POST", &format!("{users}/confirm"), keys).await.ok();
        assert_eq!(rows(&again).len(), 0, "who is not waiting is missing");
        let empty = server.send_as(&provider.admin, "POST", &format!("{users}/reinvite"), json!({ "ids": [] })).await;
        empty.invalid("Ids");
        let named = json!({ "keys": [{ "id": accepted, "key": ENC4 }], "defaultUserCollectionName": "My items" });
        let named = server.send_as(&provider.admin, "POST", &format!("{users}/confirm"), named).await;
        named.invalid("DefaultUserCollectionName");
    }

    async fn an_owner_leaves_while_the_provider_stays_and_not_otherwise(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let (owner, _) = server.owner(&provider, &client, "owner@acme.example").await;
        let leave = format!("/api/organizations/{}/leave", client["organizationId"].as_str().unwrap());
        server.send_as(&provider.admin, "POST", &leave, Value::Null).await.refused(404);
        let answer = server.send_as(&owner, "POST", &leave, Value::Null).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, ""));
        server.send_as(&owner, "POST", &leave, Value::Null).await.refused(404);

        let client = server.client(&provider, "Beta", "owner@beta.example", 19, 5).await;
        let (owner, _) = server.owner(&provider, &client, "owner@beta.example").await;
        let link = format!("/api/providers/{}/organizations/{}", provider.id, client["id"].as_str().unwrap());
        server.send_as(&provider.admin, "DELETE", &link, Value::Null).await.ok();
        let leave = format!("/api/organizations/{}/leave", client["organizationId"].as_str().unwrap());
        let refused = server.send_as(&owner, "POST", &leave, Value::Null).await.refused(400);
        assert!(refused["message"].as_str().unwrap().contains("confirmed owner"));
    }

    async fn an_organization_changes_only_what_is_given(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let (owner, _) = server.owner(&provider, &client, "owner@acme.example").await;
        let path = format!("/api/organizations/{}", client["organizationId"].as_str().unwrap());
        let before = server.get_as(&provider.admin, &path).await.ok();
        assert_eq!((&before["object"], &before["plan"]["name"]), (&json!("organization"), &json!("Enterprise (Monthly)")));
        let put = async |person, body: Value| server.send_as(person, "PUT", &path, body).await;
        let named = put(&owner, json!({ "name": "A <& B>" })).await.ok();
        assert_eq!((&named["name"], &named["billingEmail"]), (&json!("A <& B>"), &before["billingEmail"]));
        let refused = put(&owner, json!({ "name": "X", "billingEmail": "o@acme.example" })).await;
        assert_eq!((refused.status, refused.text.as_str()), (401, ""), "the provider has the bills");
        assert_eq!(server.get_as(&owner, &path).await.ok()["name"], "A <& B>");
        let billed = put(&provider.admin, json!({ "billingEmail": "O@Acme.example" })).await.ok();
        assert_eq!((&billed["name"], &billed["billingEmail"]), (&json!("A <& B>"), &json!("o@acme.example")));
        put(&provider.admin, json!({ "name": "&".repeat(11) })).await.invalid("Name");
        put(&provider.admin, json!({ "billingEmail": "x" })).await.invalid("BillingEmail");
        // A key pair only fills a missing one.
        put(&owner, json!({ "keys": { "publicKey": "other", "encryptedPrivateKey": "2.x" } })).await.ok();
        let eve = server.person("eve@evil.example").await;
        for alias in ["public-key", "keys"] {
            let key = server.get_as(&eve, &format!("{path}/{alias}")).await.ok();
            assert_eq!(key, json!({ "object": "organizationPublicKey", "publicKey": "MIIB" }));
        }
        server.get_as(&eve, &format!("/api/organizations/{}/public-key", uuid::Uuid::nil())).await.refused(404);
    }
}
