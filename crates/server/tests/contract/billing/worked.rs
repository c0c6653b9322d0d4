//! Examples worked out by hand, as in `docs/billing.md`, over HTTP.

use serde_json::json;

use super::house::{ENTERPRISE, House, TEAMS, midnight, set_clock};
use crate::{
    foreign::database::run,
    support::{Engine, contract},
};

/// Number and total of invoices.
fn numbered(totals: &[f64]) -> Vec<(String, f64)> {
    (1..).zip(totals).map(|(number, total)| (format!("INV-{number:06}"), *total)).collect()
}

contract! {
    async fn clients_linked_changed_and_unlinked_in_mid_cycle_pay_by_day(engine: Engine) {
        let mut house = House::begun(engine, "2031-04-01", 0).await;
        let acme = house.client("Acme", ENTERPRISE, 10).await;
        let gone = house.owned_client("Gone", ENTERPRISE, 10).await;
        assert_eq!(house.subscription().await["currentPeriodEndDate"], midnight("2031-05-01"));
        house.turn_to("2031-04-10").await;
        house.unlink(&gone).await;
        house.turn_to("2031-04-12").await;
        let beta = house.client("Beta", ENTERPRISE, 7).await;
        house.turn_to("2031-04-16").await;
        house.set(&acme, json!(15)).await.ok();
        // Up and down on one day is nothing.
        house.set(&beta, json!(70)).await.ok();
        house.set(&beta, json!(7)).await.ok();
        house.turn_to("2031-04-30").await;
        assert_eq!(house.totals().await, []);
        house.turn_to("2031-05-01").await;
        // 375 days with a seat, 90 and 133: 75.00 + 18.00 + 26.60.
        assert_eq!(house.totals().await, numbered(&[119.60]));
        let invoice = &house.invoices().await[0];
        assert_eq!((&invoice["status"], &invoice["dueDate"]), (&json!("open"), &midnight("2031-05-31")));
        house.bill().await;
        assert_eq!(house.totals().await.len(), 1, "once");
        // May has 22 seats on each of its days.
        house.turn_to("2031-06-01").await;
        assert_eq!(house.totals().await, numbered(&[119.60, 132.0]));
    }

    async fn seats_are_bought_beyond_the_minimum_of_each_plan(engine: Engine) {
        let mut house = House::begun(engine, "2031-04-01", 10).await;
        let acme = house.client("Acme", TEAMS, 10).await;
        house.turn_to("2031-04-16").await;
        house.set(&acme, json!(12)).await.ok();
        house.turn_to("2031-05-01").await;
        // 10 at 4.00, 10 at 6.00, and 2 more at 4.00 for 15 days of 30.
        assert_eq!(house.totals().await, numbered(&[104.0]));
    }

    async fn crossing_500_seats_is_exact(engine: Engine) {
        let mut house = House::begun(engine, "2031-04-01", 0).await;
        let context = house.server.app.context();
        portal_server::operator::set_discounts(context, &["500=10".to_owned()]).await.unwrap();
        let acme = house.client("Acme", TEAMS, 499).await;
        assert_eq!(house.subscription().await["discountPercentage"], json!(null));
        for (day, seats) in [("2031-05-01", 500), ("2031-06-01", 501)] {
            house.turn_to(day).await;
            house.set(&acme, json!(seats)).await.ok();
            assert_eq!(house.subscription().await["discountPercentage"], json!(10.0));
        }
        house.turn_to("2031-07-01").await;
        assert_eq!(house.totals().await, numbered(&[1_996.0, 1_800.0, 1_803.60]));
    }

    /// And a server that was down for thirteen months makes every invoice that it missed.
    async fn a_year_is_paid_when_it_begins_and_its_changes_when_they_happen(engine: Engine) {
        let mut house = House::of_a_business_unit(engine, "2031-01-01").await;
        let acme = house.client("Acme", 20, 10).await;
        house.pass_to("2031-07-01").await;
        house.set(&acme, json!(15)).await.ok();
        house.pass_to("2031-10-01").await;
        house.set(&acme, json!(12)).await.ok();
        house.pass_to("2032-02-01").await;
        house.bill().await;
        // Months in which nothing is owed have no invoice, and no number is lost to them. The next year is 12 seats.
        assert_eq!(house.totals().await, numbered(&[720.0, 181.48, -54.44, 864.0]));
        let invoices = house.invoices().await;
        let statuses: Vec<_> = invoices.iter().map(|invoice| invoice["status"].as_str().unwrap()).collect();
        assert_eq!(statuses, ["open", "open", "paid", "open"]);
        // What was given back went into the invoice after it.
        let listed = portal_server::operator::invoices(house.server.app.context(), None).await.unwrap();
        assert_eq!(listed.iter().map(|invoice| invoice.to_pay.as_str()).collect::<Vec<_>>(),
            ["720.00 USD", "181.48 USD", "0.00 USD", "809.56 USD"]);
        assert_eq!(house.subscription().await["accountCredit"], json!(0.0));
        assert_eq!(house.subscription().await["plans"][0]["cadence"], "Annual");
    }

    async fn what_is_given_back_is_credit_until_an_invoice_takes_it(engine: Engine) {
        let mut house = House::of_a_business_unit(engine, "2031-01-01").await;
        let acme = house.client("Acme", 20, 15).await;
        house.turn_to("2031-10-01").await;
        house.set(&acme, json!(12)).await.ok();
        house.turn_to("2031-11-01").await;
        assert_eq!(house.totals().await, numbered(&[1_080.0, -54.44]));
        assert_eq!(house.subscription().await["accountCredit"], json!(54.44));
        assert_eq!(house.ask(&house.provider.admin, "vnext/credit").await.ok(), json!(54.44));
    }

    async fn a_client_billed_by_itself_leaves_the_pool_on_that_day(engine: Engine) {
        let mut house = House::begun(engine, "2031-04-01", 0).await;
        let acme = house.client("Acme", ENTERPRISE, 10).await;
        house.turn_to("2031-04-11").await;
        let id = acme["organizationId"].as_str().unwrap().parse().unwrap();
        let alone = async |alone| {
            portal_server::operator::bill_alone(house.server.app.context(), id, alone).await.unwrap();
            house.subscription().await["plans"][1]["assignedSeats"].clone()
        };
        assert_eq!((alone(true).await, alone(true).await), (json!(0), json!(0)));
        house.turn_to("2031-04-21").await;
        house.set(&acme, json!(13)).await.ok();
        assert_eq!(house.subscription().await["plans"][1]["assignedSeats"], 0);
        house.turn_to("2031-05-01").await;
        // 100 days with a seat out of the pool, 100 and 130 alone.
        assert_eq!(house.totals().await, numbered(&[66.0]));
        let alone = async |alone| {
            portal_server::operator::bill_alone(house.server.app.context(), id, alone).await.unwrap();
            house.subscription().await["plans"][1]["assignedSeats"].clone()
        };
        assert_eq!(alone(false).await, json!(13));
        house.turn_to("2031-06-01").await;
        assert_eq!(house.totals().await, numbered(&[66.0, 78.0]));
    }

    /// The days of the server are those of UTC, of 24 hours; where it stands, clocks may change on the last of March.
    async fn a_change_is_of_the_day_on_which_it_happens(engine: Engine) {
        let mut house = House::begun(engine, "2031-03-01", 0).await;
        let acme = house.client("Acme", ENTERPRISE, 31).await;
        house.pass_to("2031-03-30").await;
        set_clock(&house.server, "2031-03-30", 23);
        house.provider.admin = house.server.sign_in("ann@northwind.example").await;
        house.set(&acme, json!(62)).await.ok();
        house.pass_to("2031-04-01").await;
        set_clock(&house.server, "2031-04-01", 0);
        house.provider.admin = house.server.sign_in("ann@northwind.example").await;
        // Of April, although March is not billed yet.
        house.set(&acme, json!(31)).await.ok();
        house.bill().await;
        // 31 seats for 31 days, and as many more on two of them.
        assert_eq!(house.totals().await, numbered(&[31.0 * 6.0 + 2.0 * 6.0]));
    }

    async fn a_change_that_waited_over_midnight_is_in_the_next_invoice(engine: Engine) {
        let mut house = House::of_a_business_unit(engine, "2031-01-01").await;
        let acme = house.client("Acme", 20, 10).await;
        house.turn_to("2031-02-01").await;
        // The clock of another process is slow, or a request came before midnight and had to wait.
        house.pass_to("2031-01-31").await;
        house.set(&acme, json!(15)).await.ok();
        house.turn_to("2031-03-01").await;
        // Dated on the first day that was not billed: 5 seats for 334 days of the year.
        assert_eq!(house.totals().await, numbered(&[720.0, 329.42]));
    }

    async fn two_processes_make_each_invoice_once(engine: Engine) {
        let mut house = House::begun(engine, "2031-04-30", 10).await;
        let other = house.server.second_process().await;
        house.client("Acme", ENTERPRISE, 10).await;
        house.pass_to("2032-05-01").await;
        let (one, two) = (house.server.app.context(), other.app.context());
        let (first, second, third) =
            tokio::join!(portal_server::billing::run(one), portal_server::billing::run(two), portal_server::billing::run(one));
        assert_eq!((first.unwrap(), second.unwrap(), third.unwrap()), (0, 0, 0));
        // Months from the 30th, of whatever length: the minimums of two plans in each.
        assert_eq!(house.totals().await, numbered(&[100.0; 12]));
    }

    async fn a_database_from_before_billing_is_billed_from_now_on_by_the_seats_it_has(engine: Engine) {
        let mut house = House::begun(engine, "2031-01-15", 0).await;
        house.client("Acme", ENTERPRISE, 10).await;
        set_clock(&house.server, "2031-04-01", 8);
        run(&house.server, &[
            "DROP TABLE seat_count_days", "DROP TABLE seat_counts", "DROP TABLE invoice_clients", "DROP TABLE invoice_lines",
            "DROP TABLE invoices", "DROP TABLE discount_tiers", "DROP TABLE billing_cycles", "DROP TABLE seat_changes",
            "ALTER TABLE provider_organizations DROP COLUMN billed_alone", "DROP TABLE provider_books",
            "DELETE FROM schema_steps WHERE number >= 5",
        ]).await;
        house.server = house.server.restart().await;
        house.turn_to("2031-04-01").await;
        assert_eq!(house.totals().await, []);
        house.turn_to("2031-05-01").await;
        assert_eq!(house.totals().await, numbered(&[60.0]));
    }

    async fn a_provider_whose_plan_nobody_knows_holds_up_no_other(engine: Engine) {
        let mut house = House::begun(engine, "2031-04-01", 10).await;
        let other = house.server.provider("bea@fjord.example", 10).await;
        let unknown = format!("UPDATE provider_plans SET plan_type = 99 WHERE provider_id = '{}' AND plan_type = 17", other.id);
        run(&house.server, &[&unknown]).await;
        house.pass_to("2031-05-01").await;
        assert_eq!(house.failures().await, 1);
        assert_eq!(house.totals().await, numbered(&[100.0]));
        let listed = portal_server::operator::invoices(house.server.app.context(), None).await.unwrap();
        assert_eq!(listed.len(), 1, "what has no price is not billed as nothing");
        // Once the plan is known again, what was missed is made up for, and no number is missing.
        let known = format!("UPDATE provider_plans SET plan_type = 17 WHERE provider_id = '{}' AND plan_type = 99", other.id);
        run(&house.server, &[&known]).await;
        house.bill().await;
        let listed = portal_server::operator::invoices(house.server.app.context(), None).await.unwrap();
        let numbers: Vec<&str> = listed.iter().map(|invoice| invoice.number.as_str()).collect();
        assert_eq!(numbers, ["INV-000001", "INV-000002"]);
    }

    async fn a_server_that_starts_late_catches_up_by_itself(engine: Engine) {
        let mut house = House::begun(engine, "2031-04-01", 10).await;
        set_clock(&house.server, "2031-06-02", 8);
        house.server = house.server.restart().await;
        house.provider.admin = house.server.sign_in("ann@northwind.example").await;
        while house.totals().await.len() < 2 {
            tokio::task::yield_now().await;
        }
        assert_eq!(house.totals().await, numbered(&[100.0, 100.0]));
    }
}
