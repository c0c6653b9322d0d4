//! A provider's clients: made, changed, taken over, let go; and the seats they draw from.

use serde_json::{Value, json};

use crate::support::{
    Engine, Person, Provider, Server, contract,
    person::ENC2,
    provider::{client, row, rows},
};

async fn set(
    server: &Server,
    person: &Person,
    provider: &Provider,
    made: &Value,
    name: &str,
    seats: i64,
) -> crate::support::Answer {
    let path = format!("/api/providers/{}/clients/{}", provider.id, made["id"].as_str().unwrap());
    server.send_as(person, "PUT", &path, json!({ "name": name, "assignedSeats": seats })).await
}

/// Assigned and purchased seats of a plan, as the subscription has them; and the sum over the clients must agree.
async fn pool(server: &Server, provider: &Provider, plan: i32) -> (i64, i64) {
    let path = format!("/api/providers/{}/billing/subscription", provider.id);
    let subscription = server.get_as(&provider.admin, &path).await.ok();
    let pool =
        subscription["plans"].as_array().unwrap().iter().find(|pool| pool["type"] == plan).unwrap().clone();
    let clients = server.clients(provider).await;
    let sum: i64 = rows(&clients)
        .iter()
        .filter(|client| client["plan"] == pool["planName"])
        .map(|client| client["seats"].as_i64().unwrap())
        .sum();
    assert_eq!(pool["assignedSeats"], sum);
    (sum, pool["purchasedSeats"].as_i64().unwrap())
}

contract! {
    async fn a_client_is_created_with_collection_and_invited_owner(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let path = format!("/api/providers/{}/clients", provider.id);
        let body = client("Acme <Ltd> & Co", "Owner@Acme.example", 19, 5);
        let answer = server.send_as(&provider.admin, "POST", &path, body).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, ""));
        let list = server.clients(&provider).await;
        let made = rows(&list)[0].clone();
        let fields: Vec<&String> = made.as_object().unwrap().keys().collect();
        assert_eq!(fields, [
            "creationDate", "id", "key", "object", "occupiedSeats", "organizationId", "organizationName", "plan",
            "providerId", "remainingSeats", "revisionDate", "seats", "settings", "userCount",
        ]);
        assert_eq!((&made["organizationName"], &made["providerId"]), (&json!("Acme <Ltd> & Co"), &json!(provider.id)));
        assert_eq!((&made["seats"], &made["occupiedSeats"], &made["remainingSeats"]), (&json!(5), &json!(1), &json!(4)));
        assert_eq!((&made["userCount"], &made["plan"]), (&json!(0), &json!("Enterprise (Monthly)")));
        let organization = format!("/api/organizations/{}", made["organizationId"].as_str().unwrap());
        let members = server.get_as(&provider.admin, &format!("{organization}/users")).await.ok();
        let owner = row(&members, "email", "owner@acme.example");
        assert_eq!((&owner["type"], &owner["status"]), (&json!(0), &json!(0)));
        let collections = server.get_as(&provider.admin, &format!("{organization}/collections/details")).await.ok();
        assert_eq!(rows(&collections)[0]["name"], ENC2);
        assert_eq!(rows(&collections)[0]["users"][0], json!({
            "id": owner["id"], "readOnly": false, "hidePasswords": false, "manage": true,
        }));
        let details = server.get_as(&provider.admin, &organization).await.ok();
        assert_eq!((&details["billingEmail"], &details["planType"]), (&json!("Bills@Northwind.example"), &json!(19)));
        let profile = server.get_as(&provider.admin, "/api/accounts/profile").await.ok();
        assert_eq!(profile["organizations"], json!([]), "who creates a client is not its member");
        assert_eq!(profile["providerOrganizations"][0]["key"], made["key"]);
    }

    async fn a_repeated_creation_makes_no_second_client(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let path = format!("/api/providers/{}/clients", provider.id);
        let body = client("Acme", "owner@acme.example", 17, 2);
        let create = || server.send_as(&provider.admin, "POST", &path, body.clone());
        let (first, second) = tokio::join!(create(), create());
        assert_eq!((first.status, second.status), (200, 200));
        create().await.ok();
        assert_eq!(rows(&server.clients(&provider).await).len(), 1);
        assert_eq!(pool(&server, &provider, 17).await, (2, 0));
        // Another provider's key is its own.
        let other = server.provider("eve@evil.example", 10).await;
        server.send_as(&other.admin, "POST", &format!("/api/providers/{}/clients", other.id), body.clone()).await.ok();
        assert_eq!(rows(&server.clients(&other).await).len(), 1);
    }

    async fn what_is_wrong_with_a_new_client_is_said_and_nothing_made(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let path = format!("/api/providers/{}/clients", provider.id);
        let good = client("Acme", "owner@acme.example", 17, 2);
        let long = "x".repeat(10_001);
        for (field, value, named) in [
            ("name", json!(""), "Name"),
            ("name", json!("x".repeat(51)), "Name"),
            ("name", json!("\u{1f600}".repeat(26)), "Name"),
            ("ownerEmail", json!("owner"), "OwnerEmail"),
            ("ownerEmail", Value::Null, "OwnerEmail"),
            ("planType", json!(18), "PlanType"),
            ("planType", json!(99), "PlanType"),
            ("planType", json!("free"), "$.planType"),
            ("seats", json!(0), "Seats"),
            ("seats", json!(-1), "Seats"),
            ("seats", json!(3_000_000_000_u32), "$.seats"),
            ("key", json!(""), "Key"),
            ("key", json!(long), "Key"),
            ("keyPair", Value::Null, "KeyPair.PublicKey"),
            ("keyPair", json!({ "publicKey": "x", "encryptedPrivateKey": long }), "KeyPair.EncryptedPrivateKey"),
            ("collectionName", json!(long), "CollectionName"),
        ] {
            let mut body = good.clone();
            body[field] = value.clone();
            let refused = server.send_as(&provider.admin, "POST", &path, body).await.refused(400);
            assert!(refused["validationErrors"][named].is_array(), "{field} {value} gives {refused}");
        }
        let mut body = good.clone();
        body["planType"] = json!(20);
        assert_eq!(server.send_as(&provider.admin, "POST", &path, body).await.refused(400)["validationErrors"], Value::Null);
        let torn = server.request_as(&provider.admin, "POST", &path).body("{\"name\":\"Ac").header("content-type", "application/json");
        crate::support::Answer::of(torn).await.refused(400);
        assert_eq!(rows(&server.clients(&provider).await).len(), 0);
        assert_eq!(pool(&server, &provider, 17).await, (0, 0));
    }

    async fn names_come_back_as_they_were_typed(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 100).await;
        let names = ["<script>alert(1)</script>", "\u{202e}drowssap", "\u{1f600}".repeat(25).leak(), "&lt;b&gt; & \"c\" 'd'", "Ä\u{a0}ö"];
        for name in names {
            let made = server.client(&provider, name, "owner@acme.example", 17, 1).await;
            let organization = format!("/api/organizations/{}", made["organizationId"].as_str().unwrap());
            assert_eq!(server.get_as(&provider.admin, &organization).await.ok()["name"], name);
            let renamed = format!("{}!", &name[..name.char_indices().nth(2).unwrap().0]);
            set(&server, &provider.admin, &provider, &made, &renamed, 1).await.ok();
            assert_eq!(server.get_as(&provider.admin, &organization).await.ok()["name"], *renamed);
        }
        let profile = server.get_as(&provider.admin, "/api/accounts/profile").await.ok();
        assert_eq!(profile["providerOrganizations"][0]["name"], "<s!");
    }

    async fn seats_are_counted_against_the_pool_of_the_plan(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let (bob, _) = server.staff(&provider, "bob@northwind.example", 1).await;
        let acme = server.client(&provider, "Acme", "owner@acme.example", 19, 6).await;
        assert_eq!(pool(&server, &provider, 19).await, (6, 0));
        // A service user moves within what is paid for, up to the minimum itself.
        set(&server, &bob, &provider, &acme, "Acme & Sons", 10).await.ok();
        assert_eq!(pool(&server, &provider, 19).await, (10, 0));
        let refused = set(&server, &bob, &provider, &acme, "Changed", 11).await.refused(401);
        assert!(refused["message"].as_str().unwrap().contains("purchase"));
        assert_eq!(rows(&server.clients(&provider).await)[0]["organizationName"], "Acme & Sons", "nothing has changed");
        set(&server, &provider.admin, &provider, &acme, "Acme", 14).await.ok();
        assert_eq!(pool(&server, &provider, 19).await, (14, 4));
        // Within what is bought only lowering is free.
        set(&server, &bob, &provider, &acme, "Acme", 15).await.refused(401);
        set(&server, &bob, &provider, &acme, "Acme", 14).await.ok();
        set(&server, &bob, &provider, &acme, "Acme", 12).await.ok();
        assert_eq!(pool(&server, &provider, 19).await, (12, 2));
        // The owner who is invited has a seat, below which there is no going.
        set(&server, &bob, &provider, &acme, "Acme", 0).await.invalid("AssignedSeats");
        assert_eq!(pool(&server, &provider, 19).await, (12, 2));
        set(&server, &bob, &provider, &acme, "Acme", 1).await.ok();
        let row = rows(&server.clients(&provider).await)[0].clone();
        assert_eq!((&row["seats"], &row["remainingSeats"]), (&json!(1), &json!(0)));
        assert_eq!(pool(&server, &provider, 19).await, (1, 0));
        assert_eq!(pool(&server, &provider, 17).await, (0, 0));
        let answer = set(&server, &provider.admin, &provider, &acme, "Acme", -1).await;
        answer.invalid("AssignedSeats");
        let path = format!("/api/providers/{}/clients/{}", provider.id, acme["id"].as_str().unwrap());
        server.send_as(&provider.admin, "PUT", &path, json!({ "name": "Acme" })).await.invalid("AssignedSeats");
    }

    async fn parallel_changes_keep_the_pool_right(engine: Engine) {
        let server = Server::start(engine).await;
        let other = server.second_process().await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let first = server.client(&provider, "A", "owner@a.example", 19, 1).await;
        let second = server.client(&provider, "B", "owner@b.example", 19, 1).await;
        for round in 2..8 {
            let (a, b) = tokio::join!(
                set(&server, &provider.admin, &provider, &first, "A", round),
                set(&other, &provider.admin, &provider, &second, "B", round * 2),
            );
            assert_eq!((a.status, b.status), (200, 200));
            assert_eq!(pool(&server, &provider, 19).await, (round * 3, (round * 3 - 10).max(0)));
        }
    }

    /// Each of these changes several people's profiles; on PostgreSQL two of them could wait for each other in vain.
    async fn changes_of_all_kinds_at_once_never_fail(engine: Engine) {
        let server = Server::with(engine, |settings| settings.limits.invitation = None).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let made = server.client(&provider, "Acme", "owner@acme.example", 19, 1).await;
        let (owner, _) = server.owner(&provider, &made, "owner@acme.example").await;
        let (bob, bob_id) = server.staff(&provider, "bob@northwind.example", 1).await;
        let organization = format!("/api/organizations/{}", made["organizationId"].as_str().unwrap());
        let staff = format!("/api/providers/{}/users", provider.id);
        let clients = format!("/api/providers/{}/clients", provider.id);
        for round in 0..12 {
            let (role, remove) = (format!("{staff}/{bob_id}"), json!({ "ids": [uuid::Uuid::new_v4(), bob_id] }));
            let body = client(&format!("C{round}"), "owner@acme.example", 17, 1);
            let invite = json!({ "emails": [format!("p{round}@northwind.example")], "type": 1 });
            let (invitation, reinvite) = (format!("{staff}/invite"), format!("{staff}/reinvite"));
            let answers = tokio::join!(
                server.send_as(&provider.admin, "POST", &clients, body),
                server.send_as(&provider.admin, "PUT", &role, json!({ "type": round % 2 })),
                server.send_as(&provider.admin, "POST", &invitation, invite),
                server.send_as(&provider.admin, "POST", &reinvite, remove),
                server.send_as(&owner, "PUT", &organization, json!({ "name": format!("A{round}") })),
                server.send_as(&bob, "PUT", &organization, json!({ "name": format!("B{round}") })),
                set(&server, &provider.admin, &provider, &made, "Acme", round + 1),
            );
            let (a, b, c, d, e, f, g) = answers;
            for answer in [a, b, c, d, e, f, g] {
                assert_eq!(answer.status, 200, "{answer:?}");
            }
        }
        assert_eq!(pool(&server, &provider, 17).await, (12, 2));
    }

    async fn a_client_goes_when_it_has_a_confirmed_owner_of_its_own_and_comes_back(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let made = server.client(&provider, "Acme", "owner@acme.example", 19, 4).await;
        let link = format!("/api/providers/{}/organizations/{}", provider.id, made["id"].as_str().unwrap());
        let refused = server.send_as(&provider.admin, "DELETE", &link, Value::Null).await.refused(400);
        assert!(refused["message"].as_str().unwrap().contains("confirmed owner"));
        let (mut owner, member) = server.accepted_owner(&provider, &made, "owner@acme.example").await;
        server.send_as(&provider.admin, "DELETE", &link, Value::Null).await.refused(400);
        let organization = format!("/api/organizations/{}", made["organizationId"].as_str().unwrap());
        let confirm = format!("{organization}/users/{member}/confirm");
        server.send_as(&provider.admin, "POST", &confirm, json!({ "key": "4.AAAA" })).await.ok();
        let answer = server.send_as(&provider.admin, "POST", &format!("{link}/delete"), Value::Null).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, ""));
        assert_eq!(pool(&server, &provider, 19).await, (0, 0));
        server.get_as(&provider.admin, &organization).await.refused(404);
        assert_eq!(server.get_as(&owner, &organization).await.ok()["billingEmail"], "owner@acme.example");
        let log = server.get_as(&provider.admin, &format!("/api/providers/{}/events", provider.id)).await.ok();
        let removed = row(&log, "providerOrganizationId", made["id"].as_str().unwrap());
        assert_eq!(removed["type"], 1902);
        assert_eq!(server.send_as(&provider.admin, "DELETE", &link, Value::Null).await.refused(500)["object"], "error");

        // The owner is of the staff of another provider, which takes it over.
        let other = server.provider("eve@other.example", 3).await;
        let addable = format!("/api/providers/{}/clients/addable", other.id);
        assert_eq!(server.get_as(&other.admin, &addable).await.ok(), json!([]));
        let (id, token) = server.invite_staff(&other, "owner@acme.example", 1).await;
        let users = format!("/api/providers/{}/users/{id}", other.id);
        server.send_as(&owner, "POST", &format!("{users}/accept"), json!({ "token": token })).await.ok();
        server.send_as(&other.admin, "POST", &format!("{users}/confirm"), json!({ "key": "4.AAAA" })).await.ok();
        server.refresh(&mut owner).await;
        let found = server.get_as(&owner, &addable).await.ok();
        assert_eq!(found, json!([{
            "id": made["organizationId"], "name": "Acme", "plan": "Enterprise", "seats": 4, "disabled": true,
        }]));
        let existing = format!("/api/providers/{}/clients/existing", other.id);
        let body = json!({ "key": "2.new|AAAA|AAAA", "organizationId": made["organizationId"] });
        assert_eq!(server.send_as(&owner, "POST", &existing, body.clone()).await.refused(401)["message"], "Unauthorized.");
        let refused = server.send_as(&other.admin, "POST", &existing, body.clone()).await;
        assert_eq!((refused.status, refused.text.as_str()), (401, ""), "an admin who does not own it");
        server.send_as(&other.admin, "PUT", &users, json!({ "type": 0 })).await.ok();
        server.refresh(&mut owner).await;
        assert_eq!(server.get_as(&owner, &addable).await.ok()[0]["disabled"], false);
        let answer = server.send_as(&owner, "POST", &existing, body.clone()).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, ""));
        server.send_as(&owner, "POST", &existing, body).await.refused(404);
        let row = rows(&server.clients(&other).await)[0].clone();
        assert_eq!((&row["key"], &row["seats"], &row["userCount"]), (&json!("2.new|AAAA|AAAA"), &json!(4), &json!(1)));
        assert_eq!(pool(&server, &other, 19).await, (4, 1));
        let log = server.get_as(&other.admin, &format!("/api/providers/{}/events", other.id)).await.ok();
        assert!(rows(&log).iter().any(|event| event["type"] == 1901 && event["providerOrganizationId"] == row["id"]));
    }

    async fn a_long_list_comes_whole_and_in_order(engine: Engine) {
        use portal_server::store::bulk::{self, BulkClient, BulkMember, BulkPerson};
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let member = |email: String, status| BulkMember {
            who: BulkPerson::Invited(email),
            role: portal_wire::OrganizationUserType::Owner,
            permissions: Default::default(),
            status,
            key: None,
        };
        use portal_wire::OrganizationUserStatus::{Accepted, Confirmed, Invited, Revoked, Staged};
        let make = |range: std::ops::Range<i64>| -> Vec<BulkClient> {
            range.map(|number| BulkClient {
                name: format!("Client & {number}"),
                billing_email: "bills@northwind.example".to_owned(),
                plan: portal_wire::PlanType::TeamsMonthly,
                seats: 7,
                key: format!("2.{number}|AAAA|AAAA"),
                public_key: "MIIB".to_owned(),
                private_key: ENC2.to_owned(),
                collection_name: ENC2.to_owned(),
                members: [Confirmed, Confirmed, Accepted, Invited, Revoked, Staged]
                    .iter()
                    .enumerate()
                    .map(|(place, status)| member(format!("{place}@c{number}.example"), *status))
                    .collect(),
                created_at: portal_wire::Timestamp(1_700_000_000_000 + number / 3),
            }).collect()
        };
        let store = &server.app.context().store;
        let id = provider.id.parse().unwrap();
        bulk::insert_clients(store, id, &make(0..1_000)).await.unwrap();
        assert_eq!(rows(&server.clients(&provider).await).len(), 1_000, "one full page");
        bulk::insert_clients(store, id, &make(1_000..2_345)).await.unwrap();
        let list = server.clients(&provider).await;
        assert_eq!(rows(&list).len(), 2_345);
        let mut ids: Vec<&str> = rows(&list).iter().map(|row| row["id"].as_str().unwrap()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 2_345);
        assert!(rows(&list).iter().is_sorted_by_key(|row| row["creationDate"].as_str().unwrap()));
        for row in rows(&list) {
            assert_eq!((&row["userCount"], &row["occupiedSeats"], &row["remainingSeats"]), (&json!(2), &json!(4), &json!(3)));
            assert!(row["organizationName"].as_str().unwrap().starts_with("Client & "));
        }
        assert_eq!(pool(&server, &provider, 17).await, (2_345 * 7, 2_345 * 7 - 10));
    }
}
