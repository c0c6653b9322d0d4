//! What an organization is told of what it costs: its provider's staff all there is, its own people that the provider does this.

use serde_json::{Value, json};

use super::house::{ENTERPRISE, House};
use crate::support::{Answer, Engine, Person, contract};

/// Every route by which an organization's bills could be seen or changed, with what is sent.
const BILLS: &[(&str, &str)] = &[
    ("GET", "/subscription"),
    ("POST", "/subscription"),
    ("POST", "/seat"),
    ("GET", "/billing"),
    ("GET", "/billing/history"),
    ("GET", "/billing/invoices"),
    ("GET", "/billing/transactions"),
    ("GET", "/billing/vnext/address"),
    ("GET", "/billing/vnext/payment-method"),
    ("GET", "/billing/vnext/credit"),
];

struct Asked<'a> {
    house: &'a House,
    organization: String,
}

impl Asked<'_> {
    async fn send(&self, person: &Person, method: &str, rest: &str, body: Value) -> Answer {
        let path = format!("/api/organizations/{}{rest}", self.organization);
        self.house.server.send_as(person, method, &path, body).await
    }
}

fn body(method: &str) -> Value {
    if method == "POST" { json!({ "seatAdjustment": 1 }) } else { Value::Null }
}

contract! {
    async fn an_owner_learns_nothing_of_the_bills_while_a_provider_manages_them(engine: Engine) {
        let house = House::begun(engine, "2031-04-01", 10).await;
        let client = house.client("Acme", ENTERPRISE, 5).await;
        let (owner, _) = house.server.owner(&house.provider, &client, "owner@acme.example").await;
        let asked = Asked { house: &house, organization: client["organizationId"].as_str().unwrap().to_owned() };
        for (method, rest) in BILLS {
            let answer = asked.send(&owner, method, rest, body(method)).await;
            let wanted = if rest.starts_with("/billing") { 401 } else { 404 };
            let told = answer.refused(wanted);
            let text = if wanted == 401 { "The bills of this organization are managed by Northwind IT." } else { "Resource not found." };
            assert_eq!(told["message"], text, "{method} {rest}");
            let path = format!("/api/organizations/{}{rest}", asked.organization);
            if *method == "GET" {
                assert_eq!(house.server.get(&path).await.status, 401, "{rest}: nobody is signed in");
            }
        }
        // Without the provider it is the Owner who may know that there is nothing to know.
        house.unlink(&client).await;
        let owner = house.server.sign_in(&owner.email).await;
        for (method, rest) in BILLS {
            let answer = asked.send(&owner, method, rest, body(method)).await;
            if *method == "GET" {
                answer.ok();
            } else {
                assert_eq!(answer.refused(400)["message"], "No subscription found.");
            }
            let staff = asked.send(&house.provider.admin, method, rest, body(method)).await;
            assert!([401, 404].contains(&staff.status), "{method} {rest}: {staff:?}");
        }
    }

    async fn a_client_has_no_subscription_of_its_own_and_no_seat_can_be_bought_by_it(engine: Engine) {
        let house = House::begun(engine, "2031-04-01", 10).await;
        let client = house.client("Acme", ENTERPRISE, 5).await;
        let admin = &house.provider.admin;
        let asked = Asked { house: &house, organization: client["organizationId"].as_str().unwrap().to_owned() };
        let told = asked.send(admin, "GET", "/subscription", Value::Null).await.ok();
        assert_eq!(
            [&told["object"], &told["name"], &told["seats"], &told["plan"]["name"], &told["subscription"]],
            [&json!("organizationSubscription"), &json!("Acme"), &json!(5), &json!("Enterprise (Monthly)"), &Value::Null],
        );
        for (rest, body, status) in [
            ("/seat", json!({ "seatAdjustment": 0 }), 400),
            ("/seat", json!({}), 400),
            ("/seat", json!({ "seatAdjustment": 1.5 }), 400),
            ("/seat", json!({ "seatAdjustment": -3 }), 400),
            ("/subscription", json!({}), 400),
            ("/subscription", json!({ "seatAdjustment": 0, "maxAutoscaleSeats": 3 }), 400),
        ] {
            assert_eq!(asked.send(admin, "POST", rest, body).await.status, status);
        }
        assert_eq!(house.subscription().await["plans"][1]["assignedSeats"], 5);
        assert_eq!(asked.send(admin, "GET", "/billing/history", Value::Null).await.ok()["transactions"], json!([]));
        assert_eq!(asked.send(admin, "GET", "/billing/invoices", Value::Null).await.ok(), json!([]));
    }

    async fn a_client_of_a_suspended_provider_is_sent_to_its_provider(engine: Engine) {
        let mut house = House::begun(engine, "2031-04-01", 10).await;
        let client = house.client("Acme", ENTERPRISE, 5).await;
        let (owner, _) = house.server.owner(&house.provider, &client, "owner@acme.example").await;
        let asked = Asked { house: &house, organization: client["organizationId"].as_str().unwrap().to_owned() };
        let rest = "/billing/vnext/warnings";
        assert_eq!(asked.send(&owner, "GET", rest, Value::Null).await.ok()["inactiveSubscription"], Value::Null);
        let owner = owner.email;
        let organization = asked.organization;
        house.turn_to("2031-05-01").await;
        house.turn_to("2031-06-30").await;
        let asked = Asked { house: &house, organization };
        let owner = house.server.sign_in(&owner).await;
        for person in [&owner, &house.provider.admin] {
            let told = asked.send(person, "GET", rest, Value::Null).await.ok();
            assert_eq!(told["inactiveSubscription"]["resolution"], "contact_provider");
        }
    }

    async fn a_provider_in_a_country_with_vat_numbers_is_asked_for_its_own(engine: Engine) {
        let house = House::begun(engine, "2031-04-01", 10).await;
        let admin = &house.provider.admin;
        let path = format!("/api/providers/{}/billing/vnext/address", house.provider.id);
        for (address, told) in [
            (json!({ "country": "US", "postalCode": "10001" }), Value::Null),
            (json!({ "country": "de", "postalCode": "10115" }), json!("tax_id_missing")),
            (json!({ "country": "DE", "postalCode": "10115", "taxId": { "code": "eu_vat", "value": "DE123456789" } }), Value::Null),
            (json!({ "country": "CH", "postalCode": "8001" }), json!("tax_id_missing")),
        ] {
            house.server.send_as(admin, "PUT", &path, address.clone()).await.ok();
            assert_eq!(house.ask(admin, "vnext/warnings").await.ok()["taxId"]["type"], told, "{address}");
        }
    }
}
