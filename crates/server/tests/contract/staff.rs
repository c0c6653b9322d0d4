//! A provider's staff: the way in, the roles, the way out.

use portal_server::auth::tokens::Purpose;
use serde_json::{Value, json};

use crate::support::{
    Engine, Person, Provider, Server, contract,
    person::{ENC4, public_key},
    provider::{parameter, row, rows},
};

const HOUR: i64 = 3_600_000;

async fn list(server: &Server, provider: &Provider) -> Value {
    server.get_as(&provider.admin, &format!("/api/providers/{}/users", provider.id)).await.ok()
}

async fn send(
    server: &Server,
    person: &Person,
    provider: &Provider,
    method: &str,
    path: &str,
    body: Value,
) -> crate::support::Answer {
    server.send_as(person, method, &format!("/api/providers/{}/users{path}", provider.id), body).await
}

/// Calls an action that answers 200 with an empty body.
async fn quietly(server: &Server, provider: &Provider, method: &str, path: &str, body: Value) {
    let answer = send(server, &provider.admin, provider, method, path, body).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, ""), "{method} {path}");
}

/// The membership of the provider's first admin.
async fn own_id(server: &Server, provider: &Provider) -> String {
    row(&list(server, provider).await, "userId", &provider.admin.id)["id"].as_str().unwrap().to_owned()
}

contract! {
    async fn a_colleague_is_invited_accepts_is_confirmed_and_works(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let (id, token) = server.invite_staff(&provider, "Bob@Northwind.example", 1).await;
        let invited = row(&list(&server, &provider).await, "id", &id).clone();
        assert_eq!(invited, json!({
            "object": "providerUserUserDetails", "id": id, "userId": null, "type": 1, "status": 0, "name": null,
            "email": "bob@northwind.example", "permissions": invited["permissions"],
        }));
        let mut bob = server.person("bob@northwind.example").await;
        let answer = send(&server, &bob, &provider, "POST", &format!("/{id}/accept"), json!({ "token": token })).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, ""));
        let keys = send(&server, &provider.admin, &provider, "POST", "/public-keys", json!({ "ids": [id] })).await.ok();
        assert_eq!(rows(&keys)[0], json!({
            "object": "providerUserPublicKeyResponseModel", "id": id, "userId": bob.id,
            "key": public_key("bob@northwind.example"),
        }));
        // The role is in the token: it comes with the next refresh.
        server.refresh(&mut bob).await;
        server.get_as(&bob, &format!("/api/providers/{}", provider.id)).await.refused(403);
        quietly(&server, &provider, "POST", &format!("/{id}/confirm"), json!({ "key": ENC4 })).await;
        server.get_as(&bob, &format!("/api/providers/{}", provider.id)).await.refused(403);
        server.refresh(&mut bob).await;
        server.get_as(&bob, &format!("/api/providers/{}", provider.id)).await.ok();
        let profile = server.get_as(&bob, "/api/accounts/profile").await.ok();
        assert_eq!((&profile["providers"][0]["key"], &profile["providers"][0]["type"]), (&json!(ENC4), &json!(1)));
        let one = send(&server, &provider.admin, &provider, "GET", &format!("/{id}"), Value::Null).await.ok();
        assert_eq!((&one["object"], &one["status"], one.get("email")), (&json!("providerUser"), &json!(2), None));
        let keys = send(&server, &provider.admin, &provider, "POST", "/public-keys", json!({ "ids": [id] })).await.ok();
        assert_eq!(rows(&keys).len(), 0, "only who waits to be confirmed is listed");
    }

    async fn known_addresses_are_silently_left_out(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        server.staff(&provider, "bob@northwind.example", 1).await;
        let emails = ["ann@northwind.example", "BOB@northwind.example", "carl@northwind.example", "Carl@Northwind.example"];
        quietly(&server, &provider, "POST", "/invite", json!({ "emails": emails, "type": 0 })).await;
        quietly(&server, &provider, "POST", "/invite", json!({ "emails": emails, "type": 1 })).await;
        let list = list(&server, &provider).await;
        assert_eq!(rows(&list).len(), 3);
        assert_eq!(row(&list, "email", "carl@northwind.example")["type"], 0);
    }

    async fn invitations_have_limits(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let invite = async |emails: Value, role: Value| {
            send(&server, &provider.admin, &provider, "POST", "/invite", json!({ "emails": emails, "type": role })).await
        };
        let many = |count: usize| json!((0..count).map(|n| format!("p{n}@northwind.example")).collect::<Vec<_>>());
        invite(many(21), json!(1)).await.invalid("Emails");
        invite(json!([]), json!(1)).await.invalid("Emails");
        invite(Value::Null, json!(1)).await.invalid("Emails");
        invite(json!(["ok@northwind.example", "not an address"]), json!(1)).await.invalid("Emails[1]");
        invite(json!([format!("{}@northwind.example", "x".repeat(250))]), json!(1)).await.invalid("Emails[0]");
        invite(json!(["bob\u{202e}@northwind.example"]), json!(1)).await.invalid("Emails[0]");
        invite(many(1), json!(2)).await.invalid("Type");
        invite(many(1), json!(-1)).await.invalid("Type");
        invite(many(1), json!("many")).await.invalid("$.type");
        let missing = send(&server, &provider.admin, &provider, "POST", "/invite", json!({ "emails": ["a@b.example"] })).await;
        missing.invalid("Type");
        invite(json!("a@b.example"), json!(1)).await.invalid("$.emails");
        assert_eq!(rows(&list(&server, &provider).await).len(), 1, "nobody was invited");
        invite(many(20), json!("1")).await.ok();
        assert_eq!(rows(&list(&server, &provider).await).len(), 21);
    }

    async fn each_way_a_token_can_fail_has_its_own_text(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let (bob_id, bob_token) = server.invite_staff(&provider, "bob@northwind.example", 1).await;
        let (carl_id, carl_token) = server.invite_staff(&provider, "carl@northwind.example", 1).await;
        let mut bob = server.person("bob@northwind.example").await;
        let carl = server.person("carl@northwind.example").await;
        let accept = async |person: &Person, id: &str, token: &str| {
            let answer = send(&server, person, &provider, "POST", &format!("/{id}/accept"), json!({ "token": token })).await;
            answer.refused(400)["message"].as_str().unwrap_or_default().to_owned()
        };
        assert!(accept(&bob, &bob_id, "x").await.contains("token is not valid"));
        assert!(accept(&bob, &bob_id, &carl_token).await.contains("token is not valid"));
        assert!(accept(&carl, &bob_id, &bob_token).await.contains("does not match"));
        assert!(accept(&bob, &uuid::Uuid::new_v4().to_string(), &bob_token).await.contains("no longer exists"));
        let context = server.app.context();
        let expires = context.clock.now().saturating_add(HOUR);
        let other_purpose = context.secrets.voucher(Purpose::OrganizationInvitation, &bob_id, "bob@northwind.example", expires);
        assert!(accept(&bob, &bob_id, &other_purpose).await.contains("token is not valid"));
        let other_provider = server.provider("eve@evil.example", 10).await;
        let foreign = format!("/api/providers/{}/users/{bob_id}/accept", other_provider.id);
        let refused = server.send_as(&bob, "POST", &foreign, json!({ "token": bob_token })).await.refused(400);
        assert!(refused["message"].as_str().unwrap().contains("no longer exists"));

        send(&server, &carl, &provider, "POST", &format!("/{carl_id}/accept"), json!({ "token": carl_token })).await.ok();
        assert!(accept(&carl, &carl_id, &carl_token).await.contains("already accepted"));

        server.advance(120 * HOUR);
        server.refresh(&mut bob).await;
        assert!(accept(&bob, &bob_id, &bob_token).await.contains("invitation has expired"));
        let mut provider = provider.clone();
        server.refresh(&mut provider.admin).await;
        quietly(&server, &provider, "POST", &format!("/{bob_id}/reinvite"), Value::Null).await;
        let open = server.open_invitations(&provider).await;
        assert_eq!(rows(&open).len(), 1, "the old link is gone");
        let token = parameter(rows(&open)[0]["link"].as_str().unwrap(), "token");
        send(&server, &bob, &provider, "POST", &format!("/{bob_id}/accept"), json!({ "token": token })).await.ok();
        assert_eq!(rows(&server.open_invitations(&provider).await).len(), 0);
    }

    async fn single_actions_answer_200_even_when_refused_and_bulk_ones_say_why(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let (_, confirmed) = server.staff(&provider, "bob@northwind.example", 0).await;
        let (invited, _) = server.invite_staff(&provider, "carl@northwind.example", 1).await;
        let (_, accepted) = server.accepted_staff(&provider, "dora@northwind.example", 1).await;
        let unknown = uuid::Uuid::new_v4().to_string();
        let me = own_id(&server, &provider).await;

        for id in [&confirmed, &accepted, &unknown] {
            quietly(&server, &provider, "POST", &format!("/{id}/reinvite"), Value::Null).await;
        }
        for id in [&confirmed, &invited, &unknown] {
            quietly(&server, &provider, "POST", &format!("/{id}/confirm"), json!({ "key": ENC4 })).await;
        }
        quietly(&server, &provider, "DELETE", &format!("/{me}"), Value::Null).await;
        quietly(&server, &provider, "POST", &format!("/{unknown}/delete"), Value::Null).await;
        assert_eq!(rows(&list(&server, &provider).await).len(), 4, "nothing has changed");

        let bulk = async |method: &str, path: &str, body: Value| {
            let results = send(&server, &provider.admin, &provider, method, path, body).await.ok();
            rows(&results)
                .iter()
                .map(|result| {
                    assert_eq!(result["object"], "providerBulkConfirmResponseModel");
                    (result["id"].as_str().unwrap().to_owned(), result["error"].as_str().unwrap().to_owned())
                })
                .collect::<Vec<_>>()
        };
        let ids = json!({ "ids": [confirmed, invited, unknown, accepted] });
        let again = bulk("POST", "/reinvite", ids.clone()).await;
        assert_eq!(again.iter().map(|(id, error)| (id.as_str(), error.is_empty())).collect::<Vec<_>>(),
            [(confirmed.as_str(), false), (&invited, true), (&accepted, false)]);
        let keys: Vec<Value> =
            [&confirmed, &invited, &unknown, &accepted].map(|id| json!({ "id": id, "key": ENC4 })).to_vec();
        let confirm = bulk("POST", "/confirm", json!({ "keys": keys })).await;
        assert_eq!(confirm.iter().map(|(id, error)| (id.as_str(), error.is_empty())).collect::<Vec<_>>(),
            [(confirmed.as_str(), false), (&accepted, true)], "who has no account is left out");
        let remove = bulk("DELETE", "", json!({ "ids": [me, invited, unknown, accepted] })).await;
        assert_eq!(remove.iter().map(|(id, error)| (id.as_str(), error.is_empty())).collect::<Vec<_>>(),
            [(me.as_str(), false), (&invited, true), (&accepted, true)]);
        assert!(remove[0].1.contains("yourself"));
        assert_eq!(rows(&list(&server, &provider).await).len(), 2);
    }

    async fn one_confirmed_admin_remains(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let (_, user) = server.staff(&provider, "bob@northwind.example", 1).await;
        let (_, waiting) = server.accepted_staff(&provider, "carl@northwind.example", 0).await;
        let me = own_id(&server, &provider).await;
        let refused = async |method: &str, path: &str, body: Value| {
            let answer = send(&server, &provider.admin, &provider, method, path, body).await.refused(400);
            assert!(answer["message"].as_str().unwrap().contains("at least one confirmed Provider Admin"), "{answer}");
        };
        refused("PUT", &format!("/{me}"), json!({ "type": 1 })).await;
        refused("DELETE", &format!("/{me}"), Value::Null).await;
        refused("DELETE", "", json!({ "ids": [me, user, waiting] })).await;
        assert_eq!(rows(&list(&server, &provider).await).len(), 3);
        // Being an admin already is no change that could leave none.
        quietly(&server, &provider, "PUT", &format!("/{me}"), json!({ "type": 0 })).await;
        quietly(&server, &provider, "POST", &format!("/{user}"), json!({ "type": 0 })).await;
        quietly(&server, &provider, "PUT", &format!("/{me}"), json!({ "type": 1 })).await;
        let answer = send(&server, &provider.admin, &provider, "PUT", &format!("/{me}"), json!({ "type": 7 })).await;
        answer.invalid("Type");
        let unknown = uuid::Uuid::new_v4();
        send(&server, &provider.admin, &provider, "PUT", &format!("/{unknown}"), json!({ "type": 0 })).await.refused(404);
    }

    async fn of_two_admins_demoting_each_other_at_once_one_remains(engine: Engine) {
        let server = Server::start(engine).await;
        let other = server.second_process().await;
        for round in 0..8 {
            let provider = server.provider(&format!("ann{round}@northwind.example"), 10).await;
            let (bob, bob_id) = server.staff(&provider, &format!("bob{round}@northwind.example"), 0).await;
            let me = own_id(&server, &provider).await;
            let path = |id: &str| format!("/api/providers/{}/users/{id}", provider.id);
            let (bobs, anns) = (path(&bob_id), path(&me));
            let (first, second) = if round % 2 == 0 {
                tokio::join!(
                    server.send_as(&provider.admin, "PUT", &bobs, json!({ "type": 1 })),
                    other.send_as(&bob, "PUT", &anns, json!({ "type": 1 })),
                )
            } else {
                tokio::join!(
                    server.send_as(&provider.admin, "DELETE", &bobs, Value::Null),
                    other.send_as(&bob, "DELETE", &anns, Value::Null),
                )
            };
            let mut statuses = [first.status, second.status];
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 400], "round {round}");
            let profile = [&provider.admin, &bob];
            let mut admins = 0;
            for person in profile {
                let profile = server.get_as(person, "/api/accounts/profile").await.ok();
                admins += usize::from(profile["providers"][0]["type"] == 0);
            }
            assert_eq!(admins, 1, "round {round}");
        }
    }

    async fn two_acceptances_of_one_invitation_at_once_are_one(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let (id, token) = server.invite_staff(&provider, "bob@northwind.example", 1).await;
        let bob = server.person("bob@northwind.example").await;
        let path = format!("/api/providers/{}/users/{id}/accept", provider.id);
        let accept = || server.send_as(&bob, "POST", &path, json!({ "token": token }));
        let (first, second) = tokio::join!(accept(), accept());
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 400]);
    }

    async fn who_is_demoted_keeps_the_old_role_until_the_next_refresh(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let (mut bob, id) = server.staff(&provider, "bob@northwind.example", 0).await;
        quietly(&server, &provider, "PUT", &format!("/{id}"), json!({ "type": 1 })).await;
        send(&server, &bob, &provider, "GET", "", Value::Null).await.ok();
        server.refresh(&mut bob).await;
        send(&server, &bob, &provider, "GET", "", Value::Null).await.refused(403);
    }

    async fn who_confirms_automatically_elsewhere_cannot_join(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "bob@northwind.example", 19, 5).await;
        let (bob, _) = server.owner(&provider, &client, "bob@northwind.example").await;
        let mut tx = server.app.context().store.write().await.unwrap();
        sqlx::query(
            "INSERT INTO policies (id, organization_id, type, enabled, created_at, revised_at) VALUES ('p', $1, 18, 1, 0, 0)",
        )
        .bind(client["organizationId"].as_str().unwrap().to_owned())
        .execute(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let (id, token) = server.invite_staff(&provider, "bob@northwind.example", 1).await;
        let path = format!("/api/providers/{}/users/{id}/accept", provider.id);
        let refused = server.send_as(&bob, "POST", &path, json!({ "token": token })).await.refused(400);
        assert!(refused["message"].as_str().unwrap().contains("automatically"));
    }
}
