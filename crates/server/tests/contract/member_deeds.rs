//! What is done to the members of an organization: inviting, changing, revoking, restoring, removing.

use serde_json::{Value, json};

use crate::support::{
    Engine, Person, Provider, Server, contract,
    person::ENC4,
    provider::{parameter, row, rows},
};

/// An Enterprise client with its confirmed owner, and the address of its members.
struct Client {
    provider: Provider,
    organization: String,
    users: String,
    owner: (Person, String),
}

async fn client(server: &Server, seats: i32) -> Client {
    let provider = server.provider("ann@northwind.example", 100).await;
    let made = server.client(&provider, "Acme", "owner@acme.example", 19, seats).await;
    let owner = server.owner(&provider, &made, "owner@acme.example").await;
    let organization = made["organizationId"].as_str().unwrap().to_owned();
    Client { provider, users: format!("/api/organizations/{organization}/users"), organization, owner }
}

fn invitation(emails: &[&str], kind: i32) -> Value {
    json!({ "emails": emails, "type": kind, "accessSecretsManager": false, "collections": [], "groups": [] })
}

impl Client {
    async fn members(&self, server: &Server) -> Value {
        let path = format!("{}?includeGroups=true&includeCollections=true", self.users);
        server.get_as(&self.provider.admin, &path).await.ok()
    }

    async fn member(&self, server: &Server, email: &str) -> Value {
        row(&self.members(server).await, "email", email).clone()
    }

    async fn types_of_events(&self, server: &Server, member: &str) -> Vec<i64> {
        let log = server
            .get_as(&self.provider.admin, &format!("/api/organizations/{}/events", self.organization))
            .await
            .ok();
        let mut types: Vec<i64> = rows(&log)
            .iter()
            .filter(|event| event["organizationUserId"] == member)
            .map(|event| event["type"].as_i64().unwrap())
            .collect();
        types.sort_unstable();
        types
    }

    /// Somebody invited, accepted and confirmed.
    async fn confirmed(&self, server: &Server, email: &str, kind: i32) -> (Person, String) {
        server
            .send_as(
                &self.provider.admin,
                "POST",
                &format!("{}/invite", self.users),
                invitation(&[email], kind),
            )
            .await
            .ok_empty();
        let id = self.member(server, email).await["id"].as_str().unwrap().to_owned();
        let open = server.open_invitations(&self.provider).await;
        let token = parameter(row(&open, "organizationUserId", &id)["link"].as_str().unwrap(), "token");
        let person = server.person(email).await;
        server
            .send_as(&person, "POST", &format!("{}/{id}/accept", self.users), json!({ "token": token }))
            .await
            .ok_empty();
        server
            .send_as(
                &self.provider.admin,
                "POST",
                &format!("{}/{id}/confirm", self.users),
                json!({ "key": ENC4 }),
            )
            .await
            .ok_empty();
        (person, id)
    }
}

contract! {
    async fn people_are_invited_with_groups_and_collections_and_known_addresses_passed_over(engine: Engine) {
        let server = Server::start(engine).await;
        let client = client(&server, 10).await;
        let admin = &client.provider.admin;
        let base = format!("/api/organizations/{}", client.organization);
        let collections = server.get_as(admin, &format!("{base}/collections")).await.ok();
        let collection = rows(&collections)[0]["id"].clone();
        let group = server.send_as(admin, "POST", &format!("{base}/groups"), json!({ "name": "Sales", "collections": [], "users": [] })).await.ok();
        let mut body = invitation(&["Bea@Acme.example", "owner@acme.example", "bea@acme.example"], 2);
        body["collections"] = json!([{ "id": collection, "readOnly": true, "hidePasswords": true, "manage": false }]);
        body["groups"] = json!([group["id"]]);
        let answer = server.send_as(admin, "POST", &format!("{}/invite", client.users), body).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, ""));
        let members = client.members(&server).await;
        assert_eq!(rows(&members).len(), 2, "who is known here is passed over");
        let bea = row(&members, "email", "bea@acme.example");
        assert_eq!((&bea["status"], &bea["type"], &bea["groups"]), (&json!(0), &json!(2), &json!([group["id"]])));
        assert_eq!(bea["collections"], json!([{ "id": collection, "readOnly": true, "hidePasswords": true, "manage": false }]));
        assert_eq!(client.types_of_events(&server, bea["id"].as_str().unwrap()).await, [1500]);
    }

    async fn invitations_that_cannot_be_are_refused_and_change_nothing(engine: Engine) {
        let server = Server::start(engine).await;
        let client = client(&server, 3).await;
        let admin = &client.provider.admin;
        let other = server.client(&client.provider, "Beta", "owner@beta.example", 17, 9).await;
        let others = format!("/api/organizations/{}", other["organizationId"].as_str().unwrap());
        let foreign = rows(&server.get_as(admin, &format!("{others}/collections")).await.ok())[0]["id"].clone();
        let invite = format!("{}/invite", client.users);
        let many: Vec<String> = (0..21).map(|number| format!("m{number}@acme.example")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        server.send_as(admin, "POST", &invite, invitation(&many, 2)).await.invalid("Emails");
        server.send_as(admin, "POST", &invite, invitation(&["no address"], 2)).await.invalid("Emails[0]");
        let long = format!("{}@acme.example", "x".repeat(245));
        server.send_as(admin, "POST", &invite, invitation(&[&long], 2)).await.invalid("Emails[0]");
        server.send_as(admin, "POST", &invite, invitation(&["a@acme.example"], 3)).await.invalid("Type");
        let full = server.send_as(admin, "POST", &invite, invitation(&["a@acme.example", "b@acme.example", "c@acme.example"], 2)).await.refused(400);
        assert!(full["message"].as_str().unwrap().contains("seat"));
        let mut body = invitation(&["a@acme.example"], 2);
        body["collections"] = json!([{ "id": foreign, "readOnly": false, "hidePasswords": false, "manage": false }]);
        server.send_as(admin, "POST", &invite, body.clone()).await.refused(404);
        body["collections"] = json!([{ "id": foreign, "readOnly": true, "hidePasswords": false, "manage": true }]);
        server.send_as(admin, "POST", &invite, body).await.invalid("Collections");
        let teams = server.send_as(admin, "POST", &format!("{others}/users/invite"), invitation(&["a@beta.example"], 4)).await.refused(400);
        assert!(teams["message"].as_str().unwrap().contains("Custom"));
        assert_eq!(rows(&client.members(&server).await).len(), 1);
    }

    async fn role_groups_and_collections_change_in_one_go(engine: Engine) {
        let server = Server::start(engine).await;
        let client = client(&server, 10).await;
        let admin = &client.provider.admin;
        let base = format!("/api/organizations/{}", client.organization);
        let (_, id) = client.confirmed(&server, "bea@acme.example", 2).await;
        let group = server.send_as(admin, "POST", &format!("{base}/groups"), json!({ "name": "Sales", "collections": [], "users": [] })).await.ok();
        let collection = rows(&server.get_as(admin, &format!("{base}/collections")).await.ok())[0]["id"].clone();
        let body = json!({
            "type": 4, "accessSecretsManager": false, "permissions": { "manageGroups": true },
            "collections": [{ "id": collection, "readOnly": false, "hidePasswords": false, "manage": true }],
            "groups": [group["id"]],
        });
        server.send_as(admin, "PUT", &format!("{}/{id}", client.users), body.clone()).await.ok_empty();
        let bea = client.member(&server, "bea@acme.example").await;
        assert_eq!((&bea["type"], &bea["permissions"]["manageGroups"], &bea["permissions"]["manageUsers"]), (&json!(4), &json!(true), &json!(false)));
        assert_eq!((&bea["groups"], &bea["collections"][0]["manage"]), (&json!([group["id"]]), &json!(true)));
        assert_eq!(client.types_of_events(&server, &id).await, [1500, 1501, 1502, 1504]);
        let mut unchanged = body;
        unchanged["groups"] = Value::Null;
        unchanged["collections"] = json!([]);
        server.send_as(admin, "PUT", &format!("{}/{id}", client.users), unchanged).await.ok_empty();
        let bea = client.member(&server, "bea@acme.example").await;
        assert_eq!((&bea["groups"], &bea["collections"]), (&json!([group["id"]]), &json!([])), "null leaves the groups as they are");
    }

    async fn nobody_changes_a_role_above_their_own(engine: Engine) {
        let server = Server::start(engine).await;
        let client = client(&server, 10).await;
        let (bea, bea_id) = client.confirmed(&server, "bea@acme.example", 1).await;
        let owner_id = &client.owner.1;
        let as_user = json!({ "type": 2, "collections": [] });
        for (method, path, body) in [
            ("PUT", format!("{}/{owner_id}", client.users), as_user.clone()),
            ("PUT", format!("{}/{owner_id}/revoke", client.users), Value::Null),
            ("DELETE", format!("{}/{owner_id}", client.users), Value::Null),
            ("POST", format!("{}/invite", client.users), invitation(&["z@acme.example"], 0)),
            ("PUT", format!("{}/{bea_id}/revoke", client.users), Value::Null),
            ("DELETE", format!("{}/{bea_id}", client.users), Value::Null),
        ] {
            server.send_as(&bea, method, &path, body).await.refused(400);
        }
        let members = client.members(&server).await;
        assert_eq!(row(&members, "id", owner_id)["type"], 0);
        assert_eq!(rows(&members).len(), 2);
    }

    async fn the_last_owner_stays_once_no_provider_stands_behind(engine: Engine) {
        let server = Server::start(engine).await;
        let client = client(&server, 10).await;
        let (owner, owner_id) = &client.owner;
        let (bea, bea_id) = client.confirmed(&server, "bea@acme.example", 0).await;
        let clients = server.clients(&client.provider).await;
        let link = rows(&clients)[0]["id"].as_str().unwrap();
        server.send_as(&client.provider.admin, "DELETE", &format!("/api/providers/{}/organizations/{link}", client.provider.id), Value::Null).await.ok_empty();
        server.send_as(owner, "DELETE", &format!("{}/{bea_id}", client.users), Value::Null).await.ok_empty();
        let demoted = json!({ "type": 1, "collections": [] });
        let refused = server.send_as(owner, "PUT", &format!("{}/{owner_id}", client.users), demoted).await.refused(400);
        assert!(refused["message"].as_str().unwrap().contains("owner"));
        server.get_as(&bea, &client.users).await.refused(404);
    }

    async fn a_revoked_member_comes_back_as_far_as_they_were(engine: Engine) {
        let server = Server::start(engine).await;
        let client = client(&server, 3).await;
        let admin = &client.provider.admin;
        let (bea, id) = client.confirmed(&server, "bea@acme.example", 2).await;
        server.send_as(admin, "POST", &format!("{}/invite", client.users), invitation(&["carl@acme.example"], 2)).await.ok_empty();
        let carl = client.member(&server, "carl@acme.example").await["id"].as_str().unwrap().to_owned();
        let ids = json!({ "ids": [id, carl, uuid::Uuid::new_v4()] });
        let done = server.send_as(admin, "PUT", &format!("{}/revoke", client.users), ids.clone()).await.ok();
        assert_eq!(rows(&done).iter().map(|row| row["error"].as_str().unwrap()).collect::<Vec<_>>(), ["", ""]);
        let revoked = client.member(&server, "bea@acme.example").await;
        assert_eq!((&revoked["status"], &revoked["revocationReason"]), (&json!(-1), &json!(1)));
        assert_eq!(server.get_as(&bea, "/api/accounts/profile").await.ok()["organizations"], json!([]));
        let again = server.send_as(admin, "PUT", &format!("{}/revoke", client.users), ids.clone()).await.ok();
        assert!(rows(&again).iter().all(|row| row["error"] != ""), "there is nothing left to revoke");
        // Their seats are free meanwhile, and needed to come back.
        server.send_as(admin, "POST", &format!("{}/invite", client.users), invitation(&["dora@acme.example"], 2)).await.ok_empty();
        let back = server.send_as(admin, "PUT", &format!("{}/restore", client.users), ids).await.ok();
        assert_eq!(rows(&back)[0]["error"], "");
        assert!(rows(&back)[1]["error"].as_str().unwrap().contains("seat"));
        assert_eq!(client.member(&server, "bea@acme.example").await["status"], 2);
        assert_eq!(client.member(&server, "carl@acme.example").await["status"], -1);
        assert_eq!(client.types_of_events(&server, &id).await, [1500, 1501, 1511, 1512]);
    }

    async fn removing_a_member_ends_the_membership_and_not_the_account(engine: Engine) {
        let server = Server::start(engine).await;
        let client = client(&server, 9).await;
        let admin = &client.provider.admin;
        let (bea, id) = client.confirmed(&server, "bea@acme.example", 2).await;
        let body = json!({ "ids": [id, client.owner.1] });
        let done = server.send_as(&client.owner.0, "DELETE", &client.users, body).await.ok();
        assert_eq!(rows(&done)[0]["error"], "");
        assert!(rows(&done)[1]["error"].as_str().unwrap().contains("yourself"));
        assert_eq!(rows(&client.members(&server).await).len(), 1);
        assert_eq!(server.get_as(&bea, "/api/accounts/profile").await.ok()["email"], "bea@acme.example");
        assert_eq!(client.types_of_events(&server, &id).await, [1500, 1501, 1503]);
        server.send_as(admin, "POST", &format!("{}/{id}/remove", client.users), Value::Null).await.refused(404);
    }
}
