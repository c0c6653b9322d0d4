//! The ledger of seats, and what was agreed, as the portal reads them.

use serde_json::{Value, json};

use super::house::{ENTERPRISE, House};
use crate::support::{Answer, Engine, contract};

async fn portal(house: &House, rest: &str) -> Answer {
    let path = format!("/api/portal/providers/{}/billing{rest}", house.provider.id);
    house.server.get_as(&house.provider.admin, &path).await
}

/// Name, day, assigned and used of each row.
fn told(counts: &Value) -> Vec<(String, String, Value)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let rows = counts["rows"].as_array().unwrap().iter();
    let mut rows: Vec<_> = rows.map(|row| (text(&row[1]), text(&row[2]), json!([row[4], row[5]]))).collect();
    rows.sort_by(|one, other| (&one.0, &one.1).cmp(&(&other.0, &other.1)));
    rows
}

fn row(name: &str, day: &str, seats: Value) -> (String, String, Value) {
    (name.to_owned(), day.to_owned(), seats)
}

contract! {
    async fn every_day_is_counted_once_and_a_day_nobody_counted_is_a_gap(engine: Engine) {
        let mut house = House::begun(engine, "2031-04-01", 10).await;
        let acme = house.owned_client("Acme & Co", ENTERPRISE, 5).await;
        house.bill().await;
        house.set(&acme, json!(6)).await.ok();
        house.bill().await;
        house.turn_to("2031-04-02").await;
        house.client("Beta", ENTERPRISE, 2).await;
        house.turn_to("2031-04-04").await;
        house.unlink(&acme).await;
        house.turn_to("2031-04-05").await;
        let all = portal(&house, "/seats?start=2031-04-01&end=2031-04-06").await.ok();
        assert_eq!(all["days"], json!(["2031-04-01", "2031-04-02", "2031-04-04", "2031-04-05"]));
        assert_eq!(told(&all), [
            row("Acme & Co", "2031-04-01", json!([5, 1])),
            row("Acme & Co", "2031-04-02", json!([6, 1])),
            row("Acme & Co", "2031-04-05", json!([null, null])),
            row("Beta", "2031-04-04", json!([2, 1])),
        ]);
        // How it was when the days asked for began comes along; who was gone before does not.
        let some = portal(&house, "/seats?start=2031-04-03&end=2031-04-05").await.ok();
        assert_eq!(told(&some), [
            row("Acme & Co", "2031-04-02", json!([6, 1])),
            row("Beta", "2031-04-04", json!([2, 1])),
        ]);
        house.turn_to("2031-04-06").await;
        assert_eq!(told(&portal(&house, "/seats?start=2031-04-06&END=2031-04-07").await.ok()), [row("Beta", "2031-04-04", json!([2, 1]))]);
        assert_eq!(portal(&house, "/seats").await.ok()["period"], json!({ "first": "2031-03-07", "end": "2031-04-07" }));
        for wrong in ["start=2031-02-30", "end=x", "start=2031-04-06&end=2031-04-06", "start=2031-04-06&end=2031-04-01", "start=0001-01-01"] {
            portal(&house, &format!("/seats?{wrong}")).await.refused(400);
        }
    }

    async fn what_was_agreed_and_the_month_under_way_are_told_in_whole_cents(engine: Engine) {
        let mut house = House::begun(engine, "2031-04-01", 10).await;
        let acme = house.client("Acme", ENTERPRISE, 12).await;
        house.turn_to("2031-04-16").await;
        house.set(&acme, json!(14)).await.ok();
        let terms = portal(&house, "").await.ok();
        assert_eq!((&terms["object"], &terms["currency"]), (&json!("providerBilling"), &json!("USD")));
        assert_eq!(terms["prices"], json!([{ "type": 17, "price": 400 }, { "type": 19, "price": 600 }, { "type": 20, "price": 7200 }]));
        assert_eq!(terms["tiers"], json!([{ "fromSeats": 500, "discount": 0 }]));
        assert_eq!((&terms["cumulativeSeats"], &terms["credit"]), (&json!(14), &json!(0)));
        let period = json!({ "first": "2031-04-01", "end": "2031-05-01" });
        let line = |plan: i32, part: &str, days: i64, price: i64, amount: i64| json!({
            "organizationId": null, "type": plan, "part": part, "period": period, "seatDays": days, "price": price, "amount": amount,
        });
        // 2 seats for 30 days and 2 more for 15.
        let lines = json!([
            line(17, "minimum", 300, 400, 4_000), line(19, "minimum", 300, 600, 6_000), line(19, "overage", 90, 600, 1_800),
        ]);
        assert_eq!(terms["upcoming"], json!({
            "window": period, "lines": lines, "subtotal": 11_800, "discount": 0, "takenOff": 0, "total": 11_800,
        }));

        house.turn_to("2031-05-01").await;
        let id = house.invoices().await[0]["id"].as_str().unwrap().to_owned();
        let invoice = portal(&house, &format!("/invoices/{id}")).await.ok();
        assert_eq!((&invoice["number"], &invoice["due"], &invoice["paidDate"]), (&json!("INV-000001"), &json!("2031-05-31"), &json!(null)));
        assert_eq!((&invoice["lines"], &invoice["total"]), (&lines, &json!(11_800)));
        portal(&house, "/invoices/in_0").await.refused(404);
    }
}
