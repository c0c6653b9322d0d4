//! A server without providers: people make organizations of their own.

use std::collections::BTreeSet;

use portal_server::settings::{Mode, Smtp};
use serde_json::{Value, json};

use crate::support::{
    Engine, Person, Server, contract,
    person::{ENC2, ENC4, PASSWORD, claims, registration},
    provider::{parameter, row, rows},
    vault::text,
};

fn own(name: &str) -> Value {
    json!({
        "name": name,
        "billingEmail": "Bills@Northwind.example",
        "planType": 0,
        "key": ENC4,
        "keys": { "publicKey": "MIIB", "encryptedPrivateKey": ENC2 },
        "collectionName": ENC2,
    })
}

async fn in_owner_mode(engine: Engine) -> Server {
    Server::with(engine, |settings| settings.mode = Mode::Owner).await
}

/// Makes an organization of somebody's own; its path.
async fn made(server: &Server, person: &Person, name: &str) -> String {
    let organization = server.send_as(person, "POST", "/api/organizations", own(name)).await.ok();
    format!("/api/organizations/{}", text(&organization, "id"))
}

async fn count(server: &Server, what: &'static str) -> i64 {
    let mut db = server.app.context().store.read().await.unwrap();
    sqlx::query_scalar(what).fetch_one(&mut *db).await.unwrap()
}

/// Every method and path of the document of a server in this mode.
fn documented(mode: Mode) -> BTreeSet<(String, String)> {
    let (_, document) = portal_server::routes::all(mode);
    let document: Value = serde_json::from_str(&document.to_json().unwrap()).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    paths
        .flat_map(|(path, methods)| {
            methods.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone()))
        })
        .collect()
}

fn of_providers() -> Vec<(String, String)> {
    let known = documented(Mode::Provider).into_iter();
    known.filter(|(_, path)| path.contains("/provider")).collect()
}

#[test]
fn the_document_leaves_the_paths_of_providers_out_and_has_one_that_makes_organizations() {
    let (with, without) = (documented(Mode::Provider), documented(Mode::Owner));
    let missing: Vec<_> = with.difference(&without).cloned().collect();
    assert_eq!(missing, of_providers());
    assert!(missing.len() > 30, "{missing:?}");
    let more: Vec<_> = without.difference(&with).cloned().collect();
    assert_eq!(more, [("POST".to_owned(), "/api/organizations".to_owned())]);
}

contract! {
    async fn nothing_of_the_providers_in_the_database_is_to_be_seen(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let (mut owner, _) = server.owner(&provider, &client, "owner@acme.example").await;
        let path = format!("/api/organizations/{}", text(&client, "organizationId"));
        server.send_as(&provider.admin, "PUT", &path, json!({ "name": "Acme Ltd" })).await.ok();
        let (membership, token) = server.invite_staff(&provider, "new@northwind.example", 0).await;
        let log = server.get_as(&owner, &format!("{path}/events")).await.ok();
        assert!(rows(&log).iter().any(|event| event["providerId"] == provider.id.as_str()), "{log}");
        let of_providers_before = "SELECT COUNT(*) FROM events WHERE provider_id IS NOT NULL";
        let before = count(&server, of_providers_before).await;

        let server = server.restart_with(|settings| settings.mode = Mode::Owner).await;
        // The token of before says that she is an admin; the one of now does not.
        let old = provider.admin.clone();
        let new = server.sign_in("ann@northwind.example").await;
        // One that has another name and is in no document, and one that never was.
        let others = [("POST", "/api/providers/{providerId}/users/delete"), ("GET", "/api/provider")];
        let others = others.map(|(method, path)| (method.to_owned(), path.to_owned()));
        for (method, path) in of_providers().into_iter().chain(others) {
            let id = |part: &str| match part {
                "{providerId}" => provider.id.clone(),
                _ if part.starts_with('{') => text(&client, "id"),
                _ => part.to_owned(),
            };
            let path = path.split('/').map(id).collect::<Vec<_>>().join("/");
            for person in [&old, &new, &owner] {
                server.send_as(person, &method, &path, Value::Null).await.refused(404);
            }
            server.post(&path, &json!({})).await.refused(404);
            server.get(&path).await.refused(404);
        }
        assert_eq!(claims(&old.access_token)["providerprovideradmin"], provider.id.as_str());
        assert_eq!(claims(&new.access_token)["providerprovideradmin"], Value::Null);
        let mut body = registration("new@northwind.example");
        (body["providerInviteToken"], body["providerUserId"]) = (json!(token), json!(membership));
        server.post("/identity/accounts/register/finish", &body).await.refused(400);

        let profile = server.get_as(&new, "/api/accounts/profile").await.ok();
        assert_eq!([&profile["providers"], &profile["providerOrganizations"]], [&json!([]), &json!([])]);
        server.get_as(&new, &path).await.refused(404);
        server.get_as(&new, &format!("{path}/users")).await.refused(404);

        server.refresh(&mut owner).await;
        let profile = server.get_as(&owner, "/api/accounts/profile").await.ok();
        for field in ["providerId", "providerName", "providerType"] {
            assert_eq!(profile["organizations"][0][field], Value::Null, "{field}");
        }
        let log = server.get_as(&owner, &format!("{path}/events")).await.ok();
        assert!(rows(&log).len() > 2 && rows(&log).iter().all(|event| event["providerId"].is_null()), "{log}");
        assert_eq!(server.get_as(&owner, &format!("{path}/billing/vnext/address")).await.ok(), Value::Null);
        server.send_as(&owner, "POST", &format!("{path}/leave"), Value::Null).await.refused(400);
        assert_eq!(count(&server, of_providers_before).await, before, "nothing was added to a provider's log");
        server.send_as(&owner, "DELETE", &path, json!({ "masterPasswordHash": PASSWORD })).await.ok();

        let server = server.restart_with(|settings| settings.mode = Mode::Provider).await;
        let billing = format!("/api/providers/{}/billing/subscription", provider.id);
        let plans = server.get_as(&old, &billing).await.ok()["plans"].clone();
        assert!(plans.as_array().unwrap().iter().all(|plan| plan["assignedSeats"] == 0), "{plans}");
    }

    async fn whoever_makes_an_organization_owns_it_with_everything_and_seats_nobody_counts(engine: Engine) {
        let server = Server::with(engine, |settings| {
            settings.mode = Mode::Owner;
            settings.limits.invitation = None;
        }).await;
        assert_eq!(server.get("/api/config").await.ok()["portal"]["mode"], "owner");
        let mut ann = server.person("ann@northwind.example").await;
        let organization = server.send_as(&ann, "POST", "/api/organizations", own(" Acme & Sons ")).await.ok();
        assert_eq!(
            [&organization["object"], &organization["name"], &organization["billingEmail"], &organization["seats"]],
            [&json!("organization"), &json!("Acme & Sons"), &json!("bills@northwind.example"), &Value::Null],
        );
        assert_eq!(organization["hasPublicAndPrivateKeys"], true);
        let path = format!("/api/organizations/{}", text(&organization, "id"));
        let profile = server.get_as(&ann, "/api/accounts/profile").await.ok();
        let mine = &profile["organizations"][0];
        assert_eq!((&mine["type"], &mine["status"], &mine["key"]), (&json!(0), &json!(2), &json!(ENC4)));
        assert_eq!((&mine["seats"], &mine["enabled"], &mine["providerId"]), (&Value::Null, &json!(true), &Value::Null));
        for feature in ["usePolicies", "useGroups", "useEvents", "useDirectory", "useResetPassword", "useCustomPermissions"] {
            assert_eq!(mine[feature], true, "{feature}");
        }
        assert_eq!(rows(&server.get_as(&ann, &format!("{path}/collections")).await.ok())[0]["name"], ENC2);
        assert_eq!(rows(&server.get_as(&ann, &format!("{path}/events")).await.ok()).len(), 0, "as in Vaultwarden");
        server.refresh(&mut ann).await;
        assert_eq!(claims(&ann.access_token)["orgowner"], organization["id"]);

        for round in 0..3 {
            let emails: Vec<String> = (0..20).map(|place| format!("{round}-{place}@acme.example")).collect();
            let body = json!({ "emails": emails, "type": 2, "collections": [], "groups": [] });
            server.send_as(&ann, "POST", &format!("{path}/users/invite"), body).await.ok();
        }
        assert_eq!(rows(&server.get_as(&ann, &format!("{path}/users")).await.ok()).len(), 61);
        server.send_as(&ann, "DELETE", &path, json!({ "masterPasswordHash": "d3Jvbmc=" })).await.refused(400);
        server.send_as(&ann, "DELETE", &path, json!({ "masterPasswordHash": PASSWORD })).await.ok();
        assert_eq!(server.get_as(&ann, "/api/accounts/profile").await.ok()["organizations"], json!([]));

        // The keys may come later, as Vaultwarden lets them.
        let mut late = own("Late");
        late["keys"].take();
        let organization = server.send_as(&ann, "POST", "/api/organizations", late).await.ok();
        assert_eq!(organization["hasPublicAndPrivateKeys"], false);
        let keys = format!("/api/organizations/{}/keys", text(&organization, "id"));
        server.send_as(&ann, "POST", &keys, json!({ "publicKey": "MIIB", "encryptedPrivateKey": ENC2 })).await.ok();
    }

    async fn an_organization_that_is_ordered_wrongly_is_not_made(engine: Engine) {
        let server = in_owner_mode(engine).await;
        server.post("/api/organizations", &own("Acme")).await.refused(401);
        let ann = server.person("ann@northwind.example").await;
        let wrong = [
            ("name", json!(" "), "Name"),
            ("name", json!("a".repeat(51)), "Name"),
            ("billingEmail", json!("nobody"), "BillingEmail"),
            ("billingEmail", Value::Null, "BillingEmail"),
            ("key", Value::Null, "Key"),
            ("key", json!("a key"), "Key"),
            ("key", json!(format!("4.{}", "A".repeat(2_000))), "Key"),
            ("keys", json!({ "publicKey": "MIIB" }), "Keys.EncryptedPrivateKey"),
            ("collectionName", Value::Null, "CollectionName"),
            ("collectionName", json!("Shared"), "CollectionName"),
            ("collectionName", json!(format!("2.AAAA|{}|AAAA", "A".repeat(1_000))), "CollectionName"),
        ];
        for (field, value, named) in wrong {
            let mut body = own("Acme");
            body[field] = value;
            server.send_as(&ann, "POST", "/api/organizations", body).await.invalid(named);
        }
        server.send_as(&ann, "POST", "/api/organizations", json!([])).await.refused(400);
        for table in ["SELECT COUNT(*) FROM organizations", "SELECT COUNT(*) FROM collections"] {
            assert_eq!(count(&server, table).await, 0, "{table}");
        }
        let server = server.restart_with(|settings| settings.mode = Mode::Provider).await;
        let answer = server.send_as(&ann, "POST", "/api/organizations", own("Acme")).await;
        assert_eq!(answer.status, 405, "with providers it is they who make clients");
    }

    async fn links_of_invitations_are_shown_to_whoever_could_have_given_them(engine: Engine) {
        let server = in_owner_mode(engine).await;
        let ann = server.person("ann@northwind.example").await;
        let path = made(&server, &ann, "Acme").await;
        let id = path.rsplit('/').next().unwrap();
        let (admin, _) = server.member(&ann, id, "admin@acme.example", 1, None).await;
        let (manager, _) = server.member(&ann, id, "manager@acme.example", 4, Some("manageUsers")).await;
        let (user, _) = server.member(&ann, id, "user@acme.example", 2, None).await;
        for (email, role, permissions) in [
            ("o@acme.example", 0, json!(null)), ("a@acme.example", 1, json!(null)), ("u@acme.example", 2, json!(null)),
            ("c@acme.example", 4, json!({ "manageUsers": true, "managePolicies": true })),
        ] {
            let body = json!({ "emails": [email], "type": role, "permissions": permissions, "collections": [], "groups": [] });
            server.send_as(&ann, "POST", &format!("{path}/users/invite"), body).await.ok();
        }
        let links = format!("/api/portal/organizations/{id}/invitations");
        let seen = async |person: &Person| {
            let list = server.get_as(person, &links).await.ok();
            rows(&list).iter().map(|open| text(open, "email")[..1].to_owned()).collect::<String>()
        };
        assert_eq!((seen(&ann).await, seen(&admin).await, seen(&manager).await), ("oauc".into(), "auc".into(), "u".into()));
        server.get_as(&user, &links).await.refused(403);
        server.get(&links).await.refused(401);

        let list = server.get_as(&ann, &links).await.ok();
        let open = row(&list, "email", "u@acme.example");
        assert_eq!((&open["to"], &open["organizationName"]), (&json!("organization"), &json!("Acme")));
        let invited = server.person("u@acme.example").await;
        let accept = format!("{path}/users/{}/accept", text(open, "organizationUserId"));
        let token = parameter(open["link"].as_str().unwrap(), "token");
        server.send_as(&invited, "POST", &accept, json!({ "token": token })).await.ok();
        assert_eq!(seen(&ann).await, "oac", "what was answered is no longer open");
        let server = server.restart_with(|settings| {
            let from = "Portal <portal@example.test>".to_owned();
            settings.smtp = Some(Smtp { url: "smtp://127.0.0.1:9".parse().unwrap(), from });
        }).await;
        server.get_as(&ann, &links).await.refused(404);
    }
}
