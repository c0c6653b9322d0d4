//! Directory import, and the events clients tell of.

use serde_json::{Value, json};

use crate::support::{
    Answer, Engine, Server, contract,
    provider::{row, rows},
    vault::text,
};

/// Sends an import by the organization's key.
async fn import(server: &Server, organization: &str, body: Value) -> Answer {
    let token = token(server, organization).await;
    let request = server.request("POST", "/api/public/organization/import").bearer_auth(token).json(&body);
    Answer::of(request).await
}

async fn token(server: &Server, organization: &str) -> String {
    let mut db = server.app.context().store.read().await.unwrap();
    let key: String = sqlx::query_scalar(
        "SELECT api_key FROM organization_api_keys WHERE organization_id = $1 AND type = 0",
    )
    .bind(organization.to_owned())
    .fetch_one(&mut *db)
    .await
    .unwrap();
    let form = [
        ("grant_type", "client_credentials".to_owned()),
        ("client_id", format!("organization.{organization}")),
        ("client_secret", key),
        ("scope", "api.organization".to_owned()),
    ];
    text(&server.token(&form).await.ok(), "access_token")
}

fn person(number: usize) -> Value {
    json!({ "email": format!("p{number}@acme.example"), "externalId": number, "deleted": false })
}

contract! {
    async fn a_directory_invites_links_and_removes_people_and_sets_groups(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 17, 5).await;
        let (ann, o) = (&provider.admin, text(&client, "organizationId"));
        let users = format!("/api/organizations/{o}/users?includeGroups=true");
        let body = |members: Vec<Value>, groups: Value, overwrite: bool| {
            json!({ "members": members, "groups": groups, "overwriteExisting": overwrite, "largeImport": false })
        };
        let group = json!([{ "name": "Sales", "externalId": "g1", "memberExternalIds": [1, "2", 99] }]);
        let owner = json!({ "email": "OWNER@acme.example", "externalId": "o", "deleted": false });
        import(&server, &o, body(vec![owner, person(1), person(2)], group, false)).await.ok();
        let all = server.get_as(ann, &users).await.ok();
        assert_eq!(rows(&all).len(), 3);
        assert_eq!(row(&all, "email", "owner@acme.example")["externalId"], "o", "who is there is linked");
        let first = row(&all, "email", "p1@acme.example");
        assert_eq!((&first["externalId"], &first["type"], &first["status"]), (&json!("1"), &json!(2), &json!(0)));
        assert_eq!(first["groups"].as_array().unwrap().len(), 1);

        // Again the same: nobody twice. With overwriting, who is missing goes; owners stay.
        let renamed = json!([{ "name": "Support", "externalId": "g1", "memberExternalIds": [] }]);
        import(&server, &o, body(vec![person(2)], renamed, true)).await.ok();
        let all = server.get_as(ann, &users).await.ok();
        let mut emails: Vec<&str> = rows(&all).iter().map(|row| row["email"].as_str().unwrap()).collect();
        emails.sort_unstable();
        assert_eq!(emails, ["owner@acme.example", "p2@acme.example"]);
        let groups = server.get_as(ann, &format!("/api/organizations/{o}/groups")).await.ok();
        assert_eq!((rows(&groups).len(), &rows(&groups)[0]["name"]), (1, &json!("Support")));
        let deleted = json!({ "externalId": "2", "deleted": true });
        import(&server, &o, body(vec![deleted], json!([]), false)).await.ok();
        assert_eq!(rows(&server.get_as(ann, &users).await.ok()).len(), 1);

        let events = server.get_as(ann, &format!("/api/organizations/{o}/events")).await.ok();
        let by_directory: Vec<i64> = rows(&events)
            .iter()
            .rev()
            .filter(|event| event["systemUser"] == 3)
            .map(|event| event["type"].as_i64().unwrap())
            .collect();
        assert_eq!(by_directory, [1500, 1500, 1400, 1503, 1401, 1503]);
    }

    async fn what_a_directory_may_not_do_changes_nothing(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 17, 3).await;
        let (ann, o) = (&provider.admin, text(&client, "organizationId"));
        let errors = |answer: &Answer| {
            assert_eq!(answer.status, 400, "{answer:?}");
            assert_eq!(answer.json()["object"], "error");
            answer.json()["errors"].clone()
        };
        let answer = import(&server, &o, json!({ "members": [person(1)] })).await;
        assert!(errors(&answer)["OverwriteExisting"].is_array());
        let nameless = json!({ "members": [{ "externalId": "1" }], "groups": [{ "name": "x" }], "overwriteExisting": false });
        let answer = import(&server, &o, nameless).await;
        assert!(errors(&answer)["Members[0].Email"].is_array());
        assert!(errors(&answer)["Groups[0].ExternalId"].is_array());
        let many: Vec<Value> = (0..3).map(person).collect();
        let answer = import(&server, &o, json!({ "members": many, "overwriteExisting": false })).await;
        assert!(answer.json()["message"].as_str().unwrap().contains("1 more seats"), "{answer:?}");
        let crowd: Vec<Value> = (0..2_001).map(person).collect();
        let answer = import(&server, &o, json!({ "members": crowd, "overwriteExisting": false })).await;
        assert!(answer.json()["message"].as_str().unwrap().contains("this much data"), "{answer:?}");
        let users = server.get_as(ann, &format!("/api/organizations/{o}/users")).await.ok();
        assert_eq!(rows(&users).len(), 1);
        // A person's token is not the organization's.
        let body = json!({ "members": [], "overwriteExisting": true });
        server.send_as(ann, "POST", "/api/public/organization/import", body).await.refused(401);
    }

    async fn clients_tell_only_of_what_a_client_can_know_and_may_see(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let (ann, o) = (&provider.admin, text(&client, "organizationId"));
        let item = server.item(ann, &o).await;
        let lately = portal_wire::Timestamp(server.app.context().clock.now().0 - 60_000);
        let told = json!([
            { "type": 1107, "cipherId": item, "date": lately },
            { "type": 1100, "cipherId": item, "date": lately },
            { "type": 1602, "organizationId": o },
            { "type": 1601, "organizationId": o },
            { "type": 1111, "cipherId": uuid::Uuid::new_v4() },
        ]);
        let eve = server.person("eve@evil.example").await;
        server.send_as(&eve, "POST", "/events/collect", told.clone()).await.ok();
        let log = format!("/api/organizations/{o}/events");
        let before = server.kinds(ann, &log).await;
        server.send_as(ann, "POST", "/events/collect", told).await.ok();
        let mut after = server.kinds(ann, &log).await;
        after.retain(|kind| [1107, 1100, 1602, 1601, 1111].contains(kind));
        assert!(before.iter().all(|kind| ![1107, 1602].contains(kind)), "a stranger tells nothing");
        after.sort_unstable();
        assert_eq!(after, [1107, 1602]);
        server.get_as(&eve, &format!("/api/ciphers/{item}/events")).await.refused(404);
    }
}
