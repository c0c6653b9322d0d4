//! Policies: what they rest on, what they hold, and whom they shut out.

use portal_domain::policies::PolicyMember;
use portal_server::store::bulk::{self, BulkClient, BulkMember, BulkPerson};
use portal_wire::{
    OrganizationUserStatus, OrganizationUserType, PlanType, PolicyType, Timestamp, profile::Permissions,
};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Value, json};

use crate::support::{
    Engine, Person, Provider, Server, contract,
    person::{ENC2, ENC4},
    provider::{parameter, row, rows},
};

fn on(data: Value) -> Value {
    json!({ "policy": { "enabled": true, "data": data }, "metadata": null })
}

fn off() -> Value {
    json!({ "policy": { "enabled": false, "data": null }, "metadata": null })
}

/// A member of a client to be made: who, in which role, how far.
type Membership = (usize, OrganizationUserType, OrganizationUserStatus);

/// Makes a client with these members, at once and without a word; gives the organization.
async fn made(
    server: &Server,
    provider: &Provider,
    people: &[Person],
    members: &[Membership],
    name: &str,
) -> String {
    let members = members.iter().map(|(who, role, status)| BulkMember {
        who: match status {
            OrganizationUserStatus::Invited => BulkPerson::Invited(format!("invited{who}@{name}.example")),
            _ => BulkPerson::User(people[*who].id.parse().unwrap()),
        },
        role: *role,
        permissions: Permissions::default(),
        status: *status,
        key: Some(ENC4.to_owned()),
    });
    let client = BulkClient {
        name: name.to_owned(),
        billing_email: "bills@northwind.example".to_owned(),
        plan: PlanType::EnterpriseMonthly,
        seats: 50,
        key: format!("2.{name}|AAAA|AAAA"),
        public_key: "MIIB".to_owned(),
        private_key: ENC2.to_owned(),
        collection_name: ENC2.to_owned(),
        members: members.collect(),
        created_at: Timestamp(server.app.context().clock.now().0),
    };
    let id = provider.id.parse().unwrap();
    let made = bulk::insert_clients(&server.app.context().store, id, &[client]).await.unwrap().remove(0);
    made.organization_id.to_string()
}

/// Turns two-step login on, as the account's own settings would.
async fn turn_two_step_on(server: &Server, person: &Person) {
    let mut tx = server.app.context().store.write().await.unwrap();
    sqlx::query("UPDATE users SET totp_secret = 'JBSWY3DPEHPK3PXP' WHERE id = $1")
        .bind(person.id.clone())
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

contract! {
    async fn a_policy_is_kept_as_it_was_sent_and_listed_once_saved(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let path = format!("/api/organizations/{}/policies", client["organizationId"].as_str().unwrap());
        let before = server.get_as(&provider.admin, &path).await.ok();
        assert_eq!(rows(&before).iter().map(|row| row["type"].as_i64().unwrap()).collect::<Vec<_>>(), [21]);
        let data = json!({ "minComplexity": 3, "minLength": 14, "laterKey": { "kept": true } });
        let saved = server.send_as(&provider.admin, "PUT", &format!("{path}/1"), on(data.clone())).await.ok();
        assert_eq!((&saved["object"], &saved["type"], &saved["enabled"], &saved["data"]), (&json!("policy"), &json!(1), &json!(true), &data));
        let listed = server.get_as(&provider.admin, &path).await.ok();
        let first = rows(&listed).iter().find(|row| row["type"] == 1).unwrap();
        assert_eq!((&first["data"], first.get("id"), first.get("revisionDate")), (&data, saved.get("id"), None));
        let never = server.get_as(&provider.admin, &format!("{path}/10")).await.ok();
        assert_eq!((&never["enabled"], &never["data"]), (&json!(false), &json!({})));
        server.get_as(&provider.admin, &format!("{path}/99")).await.refused(404);
        let log = server.get_as(&provider.admin, &format!("/api/organizations/{}/events", client["organizationId"].as_str().unwrap())).await.ok();
        assert!(rows(&log).iter().any(|event| event["type"] == 1700 && event["policyId"] == saved["id"]));
    }

    async fn what_cannot_be_set_is_refused_with_the_reason_and_not_kept(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 30).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let teams = server.client(&provider, "Beta", "owner@beta.example", 17, 5).await;
        let policy = |client: &Value, kind: i32| format!("/api/organizations/{}/policies/{kind}", client["organizationId"].as_str().unwrap());
        let admin = &provider.admin;
        let refused = async |path: &str, body: Value, said: &str| {
            let answer = server.send_as(admin, "PUT", path, body).await.refused(400);
            assert!(answer.to_string().contains(said), "{said} in {answer}");
        };
        refused(&policy(&teams, 10), on(Value::Null), "cannot use policies").await;
        refused(&policy(&client, 8), on(Value::Null), "Single organization").await;
        refused(&policy(&client, 1), on(json!({ "minLength": 11 })), "minLength").await;
        refused(&policy(&client, 1), on(json!({ "minComplexity": 5 })), "minComplexity").await;
        refused(&policy(&client, 1), on(json!([])), "object").await;
        refused(&policy(&client, 22), on(json!({ "rulesUrl": "http://rules.example" })), "https").await;
        refused(&policy(&client, 19), on(Value::Null), "domain").await;
        server.send_as(admin, "PUT", &policy(&client, 0), json!({ "policy": {} })).await.invalid("Policy.Enabled");
        server.send_as(admin, "PUT", &policy(&client, 3), on(Value::Null)).await.ok();
        server.send_as(admin, "PUT", &policy(&client, 8), on(Value::Null)).await.ok();
        refused(&policy(&client, 3), off(), "requires").await;
        server.send_as(admin, "PUT", &policy(&client, 8), off()).await.ok();
        server.send_as(admin, "PUT", &policy(&client, 3), off()).await.ok();
    }

    async fn two_step_login_is_asked_for_at_every_door(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 30).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 9).await;
        server.owner(&provider, &client, "owner@acme.example").await;
        let base = format!("/api/organizations/{}", client["organizationId"].as_str().unwrap());
        let admin = &provider.admin;
        let people = ["bea@acme.example", "carl@acme.example"];
        let body = json!({ "emails": people, "type": 2, "collections": [], "groups": [] });
        server.send_as(admin, "POST", &format!("{base}/users/invite"), body).await.ok_empty();
        let open = server.open_invitations(&provider).await;
        let of = |email: &str| {
            let open = row(&open, "email", email);
            (open["organizationUserId"].as_str().unwrap().to_owned(), parameter(open["link"].as_str().unwrap(), "token"))
        };
        let (bea, carl) = (server.person(people[0]).await, server.person(people[1]).await);
        let ((bea_id, bea_token), (carl_id, carl_token)) = (of(people[0]), of(people[1]));
        let accept = |id: &str| format!("{base}/users/{id}/accept");
        server.send_as(&bea, "POST", &accept(&bea_id), json!({ "token": bea_token })).await.ok_empty();
        let confirm = format!("{base}/users/{bea_id}/confirm");
        server.send_as(admin, "POST", &confirm, json!({ "key": ENC4 })).await.ok_empty();

        let effect = format!("/api/portal/organizations/{}/policies/0/effect", client["organizationId"].as_str().unwrap());
        assert_eq!(server.get_as(admin, &effect).await.ok()["revoked"], json!([bea_id]));
        server.send_as(admin, "PUT", &format!("{base}/policies/0"), on(Value::Null)).await.ok();
        let members = server.get_as(admin, &format!("{base}/users")).await.ok();
        let now = row(&members, "id", &bea_id);
        assert_eq!((&now["status"], &now["revocationReason"]), (&json!(-1), &json!(2)));
        let log = server.get_as(admin, &format!("{base}/events")).await.ok();
        assert!(rows(&log).iter().any(|event| event["type"] == 1520 && event["organizationUserId"] == bea_id));

        let restore = format!("{base}/users/{bea_id}/restore");
        let refused = server.send_as(admin, "PUT", &restore, Value::Null).await.refused(400);
        assert!(refused["message"].as_str().unwrap().contains("two-step"));
        let refused = server.send_as(&carl, "POST", &accept(&carl_id), json!({ "token": carl_token })).await.refused(400);
        assert!(refused["message"].as_str().unwrap().contains("two-step"));
        let token = format!("{base}/policies/token?email={}&token={carl_token}&organizationUserId={carl_id}", people[1]);
        assert_eq!(rows(&server.get(&token).await.ok()).len(), 1, "the invited see what is asked of them");
        turn_two_step_on(&server, &bea).await;
        turn_two_step_on(&server, &carl).await;
        server.send_as(admin, "PUT", &restore, Value::Null).await.ok_empty();
        server.send_as(&carl, "POST", &accept(&carl_id), json!({ "token": carl_token })).await.ok_empty();
    }

    /// Policies 0 and 3, in a hundred random states: who was to lose access, by the rule that the portal shows, and who did.
    async fn those_lose_access_of_whom_it_was_said(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let mut people = Vec::new();
        for number in 0..6 {
            people.push(server.person(&format!("p{number}@acme.example")).await);
        }
        for person in people.iter().step_by(2) {
            turn_two_step_on(&server, person).await;
        }
        // One of them is also on the provider's staff, which exempts.
        let (_, staff) = server.invite_staff(&provider, &people[5].email, 1).await;
        let membership = server.get_as(&provider.admin, &format!("/api/providers/{}/users", provider.id)).await.ok();
        let membership = row(&membership, "email", &people[5].email)["id"].as_str().unwrap().to_owned();
        let base = format!("/api/providers/{}/users/{membership}", provider.id);
        server.send_as(&people[5], "POST", &format!("{base}/accept"), json!({ "token": staff })).await.ok();
        server.send_as(&provider.admin, "POST", &format!("{base}/confirm"), json!({ "key": ENC4 })).await.ok();

        use OrganizationUserStatus::{Accepted, Confirmed, Invited, Revoked};
        use OrganizationUserType::{Admin, Custom, Owner, User};
        let one = (
            prop::sample::select(vec![Owner, Admin, User, Custom]),
            prop::sample::select(vec![Accepted, Confirmed, Confirmed, Invited, Revoked]),
        );
        let states = prop::collection::vec(prop::option::of(one), 6);
        let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
        for number in 0..100 {
            // Another organization shares some of the people, and each state stands alone.
            let mut db = server.app.context().store.write().await.unwrap();
            sqlx::query("DELETE FROM organizations").execute(&mut *db).await.unwrap();
            db.commit().await.unwrap();
            let state = |runner: &mut TestRunner| -> Vec<Membership> {
                let drawn = states.new_tree(runner).unwrap().current();
                drawn.into_iter().enumerate().filter_map(|(who, one)| one.map(|(role, status)| (who, role, status))).collect()
            };
            let (here, there) = (state(&mut runner), state(&mut runner));
            let organization = made(&server, &provider, &people, &here, &format!("here{number}")).await;
            made(&server, &provider, &people, &there, &format!("there{number}")).await;
            let kind = if number % 2 == 0 { PolicyType::TwoFactorAuthentication } else { PolicyType::SingleOrg };
            let expected: Vec<usize> = here
                .iter()
                .filter(|(who, role, status)| {
                    let elsewhere = there.iter().any(|(other, _, status)| other == who && matches!(status, Accepted | Confirmed));
                    PolicyMember { role: *role, status: *status, two_step: who % 2 == 0, elsewhere, staff: *who == 5 }.is_revoked_by(kind)
                })
                .map(|(who, ..)| *who)
                .collect();
            let base = format!("/api/organizations/{organization}");
            let effect = format!("/api/portal{}/policies/{}/effect", &base[4..], kind.number());
            let said = server.get_as(&provider.admin, &effect).await.ok();
            let saved = format!("{base}/policies/{}", kind.number());
            server.send_as(&provider.admin, "PUT", &saved, on(Value::Null)).await.ok();
            let members = server.get_as(&provider.admin, &format!("{base}/users")).await.ok();
            let reason = if kind == PolicyType::SingleOrg { 4 } else { 2 };
            let mut lost: Vec<usize> = rows(&members)
                .iter()
                .filter(|row| row["status"] == -1 && row["revocationReason"] == reason)
                .map(|row| people.iter().position(|person| row["userId"] == person.id).unwrap())
                .collect();
            lost.sort_unstable();
            assert_eq!(lost, expected, "{kind:?} of {here:?} beside {there:?}");
            let mut said: Vec<usize> = said["revoked"]
                .as_array()
                .unwrap()
                .iter()
                .map(|id| row(&members, "id", id.as_str().unwrap())["userId"].clone())
                .map(|user| people.iter().position(|person| user == person.id).unwrap())
                .collect();
            said.sort_unstable();
            assert_eq!(said, lost, "what was said before is what happened");
        }
    }
}
