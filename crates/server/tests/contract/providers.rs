//! Setting a provider up, changing and deleting it, and what it pays.

use portal_server::auth::{self, tokens::Purpose};
use serde_json::{Value, json};

use crate::support::{
    Engine, Server, contract,
    provider::{rows, setup},
};

const HOUR: i64 = 3_600_000;

contract! {
    async fn a_pending_provider_is_set_up_once_and_works(engine: Engine) {
        let server = Server::start(engine).await;
        server.register("ann@northwind.example").await;
        let made = server.pending_provider("ann@northwind.example", 5).await;
        let ann = server.sign_in("ann@northwind.example").await;
        let path = format!("/api/providers/{}", made.provider_id);
        let before = server.get_as(&ann, &path).await.ok();
        assert_eq!((&before["object"], &before["name"]), (&json!("provider"), &Value::Null));
        let profile = server.get_as(&ann, "/api/accounts/profile").await.ok();
        assert_eq!((&profile["providers"][0]["providerStatus"], &profile["providers"][0]["key"]), (&json!(0), &Value::Null));
        // A pending provider can have no clients yet.
        let client = crate::support::provider::client("Acme", "owner@acme.example", 19, 1);
        let refused = server.send_as(&ann, "POST", &format!("{path}/clients"), client).await;
        assert_eq!((refused.status, refused.text.as_str()), (401, ""));

        let set_up = server.send_as(&ann, "POST", &format!("{path}/setup"), setup(&made.token)).await.ok();
        assert_eq!((&set_up["name"], &set_up["billingEmail"]), (&json!("Northwind IT"), &json!("Bills@Northwind.example")));
        assert_eq!((&set_up["businessName"], &set_up["type"]), (&json!("Northwind &amp; Co"), &json!(0)));
        let profile = server.get_as(&ann, "/api/accounts/profile").await.ok();
        assert_eq!((&profile["providers"][0]["providerStatus"], &profile["providers"][0]["name"]), (&json!(2), &json!("Northwind IT")));
        assert_eq!(profile["providers"][0]["key"], crate::support::person::ENC4);
        let again = server.send_as(&ann, "POST", &format!("{path}/setup"), setup(&made.token)).await;
        assert!(again.refused(400)["message"].as_str().unwrap().contains("already set up"));
    }

    async fn a_set_up_token_is_for_one_provider_and_person_and_five_days(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person("ann@northwind.example").await;
        let made = server.pending_provider("ann@northwind.example", 5).await;
        let other = server.pending_provider("ann@northwind.example", 5).await;
        let mut ann = ann;
        server.refresh(&mut ann).await;
        let path = format!("/api/providers/{}/setup", made.provider_id);
        let said = async |token: &str| {
            let refused = server.send_as(&ann, "POST", &path, setup(token)).await.refused(400);
            refused["message"].as_str().unwrap().to_owned()
        };
        assert!(said(&other.token).await.contains("not valid"));
        assert!(said("x").await.contains("not valid"));
        let expires = server.app.context().clock.now().saturating_add(HOUR);
        let foreign = server.app.context().secrets.voucher(Purpose::ProviderSetup, made.provider_id, "eve@e.example", expires);
        assert!(said(&foreign).await.contains("not valid"));
        server.advance(119 * HOUR);
        server.refresh(&mut ann).await;
        let answer = server.send_as(&ann, "POST", &path, json!({ "token": made.token })).await;
        answer.invalid("BillingEmail");
        server.advance(2 * HOUR);
        server.refresh(&mut ann).await;
        let refused = server.send_as(&ann, "POST", &path, setup(&made.token)).await.refused(400);
        assert!(refused["message"].as_str().unwrap().contains("token was good for 120 hours"));
    }

    async fn who_opens_an_account_after_the_provider_was_made_sets_it_up_with_the_link(engine: Engine) {
        let server = Server::start(engine).await;
        let made = server.pending_provider("ann@northwind.example", 5).await;
        let mut ann = server.person("ann@northwind.example").await;
        let eve = server.person("eve@evil.example").await;
        let path = format!("/api/providers/{}", made.provider_id);
        server.get_as(&ann, &path).await.refused(403);
        server.send_as(&eve, "POST", &format!("{path}/setup"), setup(&made.token)).await.refused(403);
        server.send_as(&ann, "POST", &format!("{path}/setup"), setup("x")).await.refused(403);
        server.send_as(&ann, "POST", &format!("{path}/setup"), json!([])).await.refused(403);
        let set_up = server.send_as(&ann, "POST", &format!("{path}/setup"), setup(&made.token)).await.ok();
        assert_eq!(set_up["name"], "Northwind IT");
        server.refresh(&mut ann).await;
        server.get_as(&ann, &path).await.ok();
    }

    async fn set_up_says_everything_that_is_wrong(engine: Engine) {
        let server = Server::start(engine).await;
        server.register("ann@northwind.example").await;
        let made = server.pending_provider("ann@northwind.example", 5).await;
        let ann = server.sign_in("ann@northwind.example").await;
        let path = format!("/api/providers/{}/setup", made.provider_id);
        let body = json!({
            "name": "&".repeat(11), "billingEmail": "nobody", "token": "", "key": "",
            "paymentMethod": { "type": "cash", "token": "" },
            "billingAddress": { "country": "NOR", "postalCode": "", "taxId": { "code": "", "value": "x" } },
        });
        let refused = server.send_as(&ann, "POST", &path, body).await.refused(400);
        let fields: Vec<&String> = refused["validationErrors"].as_object().unwrap().keys().collect();
        assert_eq!(fields, [
            "BillingAddress.Country", "BillingAddress.PostalCode", "BillingAddress.TaxId.Code", "BillingEmail", "Key",
            "Name", "PaymentMethod.Token", "PaymentMethod.Type", "Token",
        ]);
    }

    async fn details_change_and_a_name_left_out_is_cleared(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 5).await;
        let path = format!("/api/providers/{}", provider.id);
        let name = "A & <b>\u{202e}\u{1f600}";
        let body = json!({ "NAME": name, "billingEmail": " New@Northwind.example " });
        for method in ["PUT", "POST"] {
            let changed = server.send_as(&provider.admin, method, &path, body.clone()).await.ok();
            assert_eq!((&changed["name"], &changed["businessName"]), (&json!(name), &Value::Null));
            assert_eq!(changed["billingEmail"], "new@northwind.example");
        }
        // Fifty characters as they are stored: an ampersand is five of them.
        let put = async |name: String| {
            let body = json!({ "name": name, "billingEmail": "a@b.example" });
            server.send_as(&provider.admin, "PUT", &path, body).await
        };
        put("&".repeat(10)).await.ok();
        put("&".repeat(11)).await.invalid("Name");
        put("x".repeat(51)).await.invalid("Name");
        put("  ".to_owned()).await.invalid("Name");
    }

    async fn a_deleted_provider_is_gone_and_its_clients_go_on(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 5).await;
        let (bob, _) = server.staff(&provider, "bob@northwind.example", 1).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let (owner, _) = server.owner(&provider, &client, "owner@acme.example").await;
        let path = format!("/api/providers/{}", provider.id);
        let empty = server.send_as(&provider.admin, "DELETE", &path, Value::Null).await;
        assert_eq!((empty.status, empty.text.as_str()), (200, ""));
        server.get_as(&provider.admin, &path).await.refused(404);
        server.get_as(&bob, &path).await.refused(404);
        let organization = format!("/api/organizations/{}", client["organizationId"].as_str().unwrap());
        server.get_as(&bob, &organization).await.refused(404);
        assert_eq!(server.get_as(&owner, &organization).await.ok()["name"], "Acme");
        assert_eq!(server.get_as(&bob, "/api/accounts/profile").await.ok()["providers"], json!([]));
        server.send_as(&provider.admin, "DELETE", &path, Value::Null).await.refused(404);
    }

    async fn a_provider_is_deleted_by_the_token_of_a_mail(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 5).await;
        let other = server.provider("eve@evil.example", 5).await;
        let path = format!("/api/providers/{}/delete-recover-token", provider.id);
        let context = server.app.context();
        let token = |id: &str| {
            context.secrets.voucher(Purpose::ProviderDeletion, id, "", context.clock.now().saturating_add(HOUR))
        };
        server.post(&path, &json!({ "token": token(&other.id) })).await.refused(400);
        server.post(&path, &json!({ "token": "" })).await.invalid("Token");
        let unknown = format!("/api/providers/{}/delete-recover-token", uuid::Uuid::nil());
        server.post(&unknown, &json!({ "token": token(&provider.id) })).await.refused(404);
        let good = token(&provider.id);
        server.advance(2 * HOUR);
        server.post(&path, &json!({ "token": good })).await.refused(400);
        server.post(&path, &json!({ "token": token(&provider.id) })).await.ok();
        let refused = server.post(&path, &json!({ "token": token(&provider.id) })).await;
        refused.refused(404);
    }

    async fn the_subscription_counts_pools_and_money(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        server.client(&provider, "Acme", "owner@acme.example", 19, 4).await;
        server.client(&provider, "Beta", "owner@beta.example", 19, 9).await;
        server.client(&provider, "Gamma", "owner@gamma.example", 17, 1).await;
        let billing = format!("/api/providers/{}/billing", provider.id);
        let subscription = server.get_as(&provider.admin, &format!("{billing}/subscription")).await.ok();
        assert_eq!((&subscription["status"], &subscription["collectionMethod"]), (&json!("active"), &json!("send_invoice")));
        let plan = |name: &str| {
            subscription["plans"].as_array().unwrap().iter().find(|plan| plan["planName"] == name).unwrap().clone()
        };
        assert_eq!(plan("Enterprise (Monthly)"), json!({
            "planName": "Enterprise (Monthly)", "type": 19, "productTier": 3, "seatMinimum": 10, "purchasedSeats": 3,
            "assignedSeats": 13, "cost": 78.0, "cadence": "Monthly",
        }));
        assert_eq!((&plan("Teams (Monthly)")["assignedSeats"], &plan("Teams (Monthly)")["cost"]), (&json!(1), &json!(40.0)));
        assert_eq!(subscription["taxInformation"]["country"], "NO");
        assert_eq!(subscription["paymentSource"]["type"], 0);
        assert!(subscription.get("object").is_none());
        assert_eq!(server.get_as(&provider.admin, &format!("{billing}/invoices")).await.ok(), json!({ "invoices": [] }));
        server.get_as(&provider.admin, &format!("{billing}/invoices/in_1")).await.refused(404);
        assert_eq!(server.get_as(&provider.admin, &format!("{billing}/vnext/address")).await.ok()["postalCode"], "0150");
        assert_eq!(server.get_as(&provider.admin, &format!("{billing}/vnext/payment-method")).await.ok()["type"], "card");
        assert_eq!(server.get_as(&provider.admin, &format!("{billing}/vnext/credit")).await.ok(), Value::Null);
    }

    async fn a_suspension_by_the_operator_is_for_nobody_on_the_staff_to_lift(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let (bob, _) = server.staff(&provider, "bob@northwind.example", 1).await;
        let warnings = format!("/api/providers/{}/billing/vnext/warnings", provider.id);
        assert_eq!(server.get_as(&bob, &warnings).await.ok()["suspension"], Value::Null);
        let id = provider.id.parse().unwrap();
        portal_server::operator::set_provider_enabled(server.app.context(), id, false).await.unwrap();
        assert_eq!(server.get_as(&bob, &warnings).await.ok()["suspension"]["resolution"], "contact_support");
        assert_eq!(server.get_as(&provider.admin, &warnings).await.ok()["suspension"]["resolution"], "contact_support");
        let subscription = format!("/api/providers/{}/billing/subscription", provider.id);
        let subscription = server.get_as(&bob, &subscription).await.ok();
        assert_eq!((&subscription["status"], &subscription["suspension"]), (&json!("active"), &json!(null)), "it has paid");
    }

    async fn links_are_shown_to_admins_only_where_no_mail_is_sent(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let (bob, _) = server.staff(&provider, "bob@northwind.example", 1).await;
        server.invite_staff(&provider, "carl+1@northwind.example", 0).await;
        server.client(&provider, "Acme & Co", "owner@acme.example", 19, 4).await;
        let open = server.open_invitations(&provider).await;
        assert_eq!(rows(&open).len(), 2);
        assert_eq!((&rows(&open)[0]["to"], &rows(&open)[0]["email"]), (&json!("staff"), &json!("carl+1@northwind.example")));
        assert!(rows(&open)[0]["link"].as_str().unwrap().contains("/#/providers/accept-provider?providerId="));
        assert_eq!((&rows(&open)[1]["to"], &rows(&open)[1]["organizationName"]), (&json!("organization"), &json!("Acme & Co")));
        server.get_as(&bob, &format!("/api/portal/providers/{}/invitations", provider.id)).await.refused(403);

        let mailing = Server::with(engine, |settings| {
            settings.smtp = Some(portal_server::settings::Smtp {
                url: "smtp://127.0.0.1:9".parse().unwrap(),
                from: "portal@example.test".to_owned(),
            });
        }).await;
        // Nobody can register there without reading mail, so the token is made by hand.
        let context = mailing.app.context();
        let id = portal_wire::ProviderId(uuid::Uuid::new_v4());
        let person = auth::Person {
            id: portal_wire::UserId(uuid::Uuid::new_v4()),
            email: "ann@northwind.example",
            email_verified: true,
            name: None,
            security_stamp: "stamp",
        };
        let session = auth::Session {
            client_id: "web",
            device_identifier: "d",
            device_type: portal_wire::DeviceType::ChromeBrowser,
            offline: false,
        };
        let roles = [(id, portal_wire::ProviderUserType::ProviderAdmin)];
        let claims = auth::Claims::person("x", context.clock.now(), &person, &session, &roles, &[]);
        let request = mailing
            .request("GET", &format!("/api/portal/providers/{id}/invitations"))
            .bearer_auth(claims.into_token(&context.secrets));
        crate::support::Answer::of(request).await.refused(404);
    }
}
