//! Orders of whoever runs the server, and seats, that make no sense: refused in words, and nothing changed.

use portal_server::operator;
use serde_json::json;

use super::house::{ENTERPRISE, House};
use crate::{
    foreign::database::Dump,
    support::{Engine, contract},
};

contract! {
    async fn what_makes_no_sense_is_refused_and_changes_nothing(engine: Engine) {
        let mut house = House::begun(engine, "2031-04-01", 10).await;
        let acme = house.client("Acme", ENTERPRISE, 5).await;
        house.turn_to("2031-05-01").await;
        let context = house.server.app.context();
        let before = Dump::of(&house.server).await;
        for (plan, dollars, words) in [
            (17, "1000000000", "less than a billion"),
            (17, "-1", "not negative"),
            (17, "1,234", "a number of dollars"),
            (17, "4.005", "a number of dollars"),
            (17, "four", "a number of dollars"),
            (99, "4.00", "a plan is 17"),
            (0, "4.00", "a plan is 17"),
        ] {
            let refused = operator::set_price(context, plan, dollars).await.unwrap_err().to_string();
            assert!(refused.contains(words), "{plan} {dollars}: {refused}");
        }
        for (rows, words) in [
            (vec!["500"], "500=7.5"),
            (vec!["-1=5"], "500=7.5"),
            (vec!["2.5=5"], "500=7.5"),
            (vec!["0=5"], "1 seat or more"),
            (vec!["500=101"], "between 0 % and 100 %"),
            (vec!["500=5", "500=6"], "above the one before"),
            (vec!["500=5", "1000=4"], "less than that of the tier before"),
        ] {
            let rows: Vec<String> = rows.into_iter().map(str::to_owned).collect();
            let refused = operator::set_discounts(context, &rows).await.unwrap_err().to_string();
            assert!(refused.contains(words), "{rows:?}: {refused}");
        }
        for number in ["2", "INV-000002", "", "-1", "x", "99999999999999999999"] {
            let refused = operator::mark_paid(context, number).await.unwrap_err().to_string();
            assert_eq!(refused, format!("there is no invoice {number}"));
        }
        let nobody = "00000000-0000-4000-8000-000000000000".parse().unwrap();
        let refused = operator::bill_alone(context, nobody, true).await.unwrap_err().to_string();
        assert!(refused.contains("no provider pays"), "{refused}");
        for (seats, field) in [
            (json!(-1), "AssignedSeats"),
            (json!(0), "AssignedSeats"),
            (json!(2.5), "$.assignedSeats"),
            (json!("many"), "$.assignedSeats"),
            (json!(3_000_000_000_u32), "$.assignedSeats"),
        ] {
            house.set(&acme, seats).await.invalid(field);
        }
        let path = format!("/api/providers/{}/billing/vnext/address", house.provider.id);
        let put = async |body| house.server.send_as(&house.provider.admin, "PUT", &path, body).await;
        put(json!({ "country": "NOR", "postalCode": "0150" })).await.invalid("Country");
        put(json!({ "country": "NO", "postalCode": "", "taxId": { "code": "no_vat", "value": "" } })).await.invalid("TaxId.Value");
        assert_eq!(before.difference(&Dump::of(&house.server).await), [] as [String; 0]);

        let address = json!({
            "country": "NO", "postalCode": "0151", "line1": "Storgata 1", "line2": null, "city": "Oslo", "state": null,
            "taxId": { "code": "no_vat", "value": "NO123456789MVA" },
        });
        assert_eq!(put(address.clone()).await.ok(), address);
        assert_eq!(house.ask(&house.provider.admin, "vnext/address").await.ok(), address);
        assert_eq!(house.subscription().await["taxInformation"]["taxId"], "NO123456789MVA");
    }

    async fn a_price_that_was_agreed_holds_from_the_next_invoice_on(engine: Engine) {
        let mut house = House::begun(engine, "2031-04-01", 10).await;
        house.turn_to("2031-05-01").await;
        operator::set_price(house.server.app.context(), 17, "3.75").await.unwrap();
        assert_eq!(house.subscription().await["plans"][0]["cost"], json!(37.5));
        house.turn_to("2031-06-01").await;
        let totals: Vec<f64> = house.totals().await.into_iter().map(|(_, total)| total).collect();
        assert_eq!(totals, [100.0, 97.5]);
    }
}
