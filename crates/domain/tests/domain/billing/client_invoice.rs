use portal_domain::{
    billing::{Amount, ClientInvoiceRow, Currency, NotDollars, Rate, client_invoice},
    seats::Pool,
};
use proptest::{collection::vec, prelude::*};

use super::cents;

const ID: &str = "0a5b1c7e-2f7b-4a57-9a4c-b1b3c1a6d001";

fn row<'a>(client: &'a str, assigned: u32, used: u32, total: i64) -> ClientInvoiceRow<'a> {
    ClientInvoiceRow { client, id: ID, assigned, used, plan: "Enterprise (Monthly)", total: cents(total) }
}

fn table(rows: &[ClientInvoiceRow<'_>]) -> String {
    client_invoice(Currency::USD, rows.iter().copied()).unwrap()
}

#[test]
fn the_table_is_the_contracts_byte_for_byte() {
    let pool = Pool::new(100, 75);
    let unassigned =
        ClientInvoiceRow::unassigned("Teams (Monthly)", pool, cents(400), Rate::ZERO).unwrap().unwrap();
    let rows = [row("Acme Ltd", 25, 5, 15_000), row("Müller, Söhne & \"Co\"", 300, 301, 180_000), unassigned];
    assert_eq!(
        table(&rows),
        format!(
            "Client,Id,Assigned,Used,Remaining,Plan,Estimated total\r\n\
             Acme Ltd,{ID},25,5,20,Enterprise (Monthly),$150.00\r\n\
             \"Müller, Söhne & \"\"Co\"\"\",{ID},300,301,-1,Enterprise (Monthly),\"$1,800.00\"\r\n\
             Unassigned seats,,25,0,25,Teams (Monthly),$100.00\r\n"
        )
    );
    assert_eq!(table(&[]), "Client,Id,Assigned,Used,Remaining,Plan,Estimated total\r\n");
}

#[test]
fn money_has_its_thousands_marked() {
    for (total, written) in [
        (0, "$0.00"),
        (5, "$0.05"),
        (99_999, "$999.99"),
        (100_000, "\"$1,000.00\""),
        (123_456_789, "\"$1,234,567.89\""),
        (Amount::MOST, "\"$10,000,000,000,000.00\""),
    ] {
        assert!(table(&[row("A", 1, 1, total)]).ends_with(&format!(",{written}\r\n")), "{written}");
    }
}

#[test]
fn a_name_that_begins_like_a_formula_is_text() {
    for name in ["=1+1", "+1", "-1", "@SUM(A1)"] {
        assert!(table(&[row(name, 1, 1, 100)]).contains(&format!("\r\n\"'{name}\",{ID},1,1,0,")), "{name}");
    }
}

#[test]
fn a_plan_of_which_seats_are_bought_has_none_unassigned() {
    let unassigned =
        |pool| ClientInvoiceRow::unassigned("Teams (Monthly)", pool, cents(400), Rate::ZERO).unwrap();
    assert_eq!(unassigned(Pool::new(100, 101)), None);
    assert_eq!(unassigned(Pool::new(100, 100)).map(|row| (row.assigned, row.total)), Some((0, Amount::ZERO)));
}

#[test]
fn other_currencies_have_no_such_form() {
    let euro = Currency::parse("EUR").unwrap();
    assert_eq!(client_invoice(euro, []), Err(NotDollars(euro)));
}

proptest! {
    #[test]
    fn the_totals_add_up_to_what_the_plan_costs(clients in vec(0u32..500, 0..10), minimum in 0u32..2_000, price in 0i64..10_000) {
        let pool = Pool::new(minimum, clients.iter().sum());
        let estimated = |seats| ClientInvoiceRow::estimated(seats, cents(price), Rate::ZERO).unwrap();
        let unassigned = ClientInvoiceRow::unassigned("", pool, cents(price), Rate::ZERO).unwrap();
        let rows = clients.iter().map(|seats| estimated(*seats)).chain(unassigned.map(|row| row.total));
        // Contract §3.6.1: cost = (seatMinimum + purchasedSeats) × unit price.
        let cost = i64::from(pool.seat_minimum + pool.purchased) * price;
        prop_assert_eq!(Amount::sum(rows), Ok(cents(cost)));
    }
}
