//! Who does not pay is warned, suspended, and works again once it has paid.

use portal_server::operator;
use serde_json::{Value, json};

use super::house::{ENTERPRISE, House, midnight};
use crate::support::{Engine, Person, contract};

async fn resolution(house: &House, person: &Person) -> Value {
    house.ask(person, "vnext/warnings").await.ok()["suspension"]["resolution"].clone()
}

async fn client_works(house: &House) -> Value {
    house.server.get_as(&house.provider.admin, "/api/accounts/profile").await.ok()["providerOrganizations"][0]
        ["enabled"]
        .clone()
}

contract! {
    async fn an_unpaid_invoice_is_told_then_suspends_and_its_payment_resumes(engine: Engine) {
        let mut house = House::begun(engine, "2031-04-01", 10).await;
        house.client("Acme", ENTERPRISE, 5).await;
        house.server.staff(&house.provider, "sue@northwind.example", 1).await;
        let id = house.provider.id.parse().unwrap();
        house.turn_to("2031-05-01").await;
        house.turn_to("2031-05-31").await;
        let subscription = house.subscription().await;
        assert_eq!((&subscription["status"], &subscription["suspension"]), (&json!("active"), &json!(null)), "due today");

        house.turn_to("2031-06-01").await;
        house.turn_to("2031-06-29").await;
        let subscription = house.subscription().await;
        let told = json!({
            "suspensionDate": midnight("2031-06-30"), "unpaidPeriodEndDate": midnight("2031-05-01"), "gracePeriod": 30,
        });
        assert_eq!((&subscription["status"], &subscription["suspension"]), (&json!("past_due"), &told));
        assert_eq!(subscription["collectionMethod"], "send_invoice");
        assert_eq!(resolution(&house, &house.provider.admin).await, json!(null));
        assert_eq!(client_works(&house).await, true);

        house.turn_to("2031-06-30").await;
        let sue = house.server.sign_in("sue@northwind.example").await;
        let subscription = house.subscription().await;
        assert_eq!((&subscription["status"], &subscription["suspension"]), (&json!("unpaid"), &told));
        assert_eq!(resolution(&house, &house.provider.admin).await, "add_payment_method");
        assert_eq!(resolution(&house, &sue).await, "contact_administrator");
        assert_eq!(client_works(&house).await, false);
        let context = house.server.app.context();
        let refused = operator::set_provider_enabled(context, id, true).await.unwrap_err();
        assert!(refused.to_string().contains("billing paid INV-000001"), "{refused}");
        assert_eq!(client_works(&house).await, false);

        operator::mark_paid(context, "INV-000001").await.unwrap();
        assert_eq!(resolution(&house, &house.provider.admin).await, json!(null));
        assert_eq!(client_works(&house).await, true);
        assert_eq!(house.subscription().await["status"], "active");
        let statuses: Vec<Value> = house.invoices().await.into_iter().map(|invoice| invoice["status"].clone()).collect();
        assert_eq!(statuses, ["paid", "open"]);
        let refused = operator::mark_paid(context, "1").await.unwrap_err();
        assert_eq!(refused.to_string(), "invoice INV-000001 is paid already");
    }

    async fn what_the_operator_suspends_no_payment_resumes(engine: Engine) {
        let mut house = House::begun(engine, "2031-04-01", 10).await;
        house.client("Acme", ENTERPRISE, 5).await;
        house.server.staff(&house.provider, "sue@northwind.example", 1).await;
        let id = house.provider.id.parse().unwrap();
        house.turn_to("2031-05-01").await;
        house.turn_to("2031-06-30").await;
        let sue = house.server.sign_in("sue@northwind.example").await;
        assert_eq!(resolution(&house, &sue).await, "contact_administrator");
        let context = house.server.app.context();
        operator::set_provider_enabled(context, id, false).await.unwrap();
        for person in [&house.provider.admin, &sue] {
            assert_eq!(resolution(&house, person).await, "contact_support");
        }
        operator::mark_paid(context, "INV-000001").await.unwrap();
        house.bill().await;
        assert_eq!(client_works(&house).await, false);
        operator::set_provider_enabled(context, id, true).await.unwrap();
        assert_eq!(client_works(&house).await, true);
    }
}
