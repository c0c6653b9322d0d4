use portal_domain::{
    billing::{
        Amount, Billed, Change, Charged, Currency, DRAFT_COLUMNS, Day, Draft, DraftError, DraftLine, Levels,
        PlanUse, Price, PriceError, PriceList, PriceTable, Quantity, Rate, SeatCharge, SeatPriceError,
        Service, What, draft, draft_rows,
    },
    csv::Csv,
};
use portal_wire::PlanType;
use proptest::{collection::vec, prelude::*};

use super::{cents, day, levels, month, monthly, period, proration::any_changes, yearly};

pub(super) const MONTHLY: PlanType = PlanType::EnterpriseMonthly;
pub(super) const TEAMS: PlanType = PlanType::TeamsMonthly;

pub(super) fn service(name: &str, price: i64, charged: Charged) -> Service {
    Service { name: name.to_owned(), price: cents(price), charged, from: None, end: None }
}

pub(super) fn rate(percent: &str) -> Rate {
    Rate::parse(percent).unwrap()
}

pub(super) fn list(
    code: &str,
    seats: &[(PlanType, SeatCharge)],
    services: &[Service],
    tax: &str,
) -> PriceList {
    PriceList::new(Currency::parse(code).unwrap(), seats.to_vec(), services.to_vec(), rate(tax)).unwrap()
}

fn told(draft: &Draft) -> Vec<(&str, i64)> {
    draft
        .lines
        .iter()
        .map(|line| {
            let what = match &line.what {
                What::Seats(_) => "seats",
                What::Service(name) => name.as_str(),
            };
            (what, line.amount.minor())
        })
        .collect()
}

/// Ten Enterprise seats, five more from 16 April on, at half as much again as they cost, with all kinds of services.
pub(super) fn acme() -> Draft {
    let seats = levels(&[("2026-01-01", 10), ("2026-04-16", 5)]);
    let uses = [PlanUse { plan: MONTHLY, levels: &seats, cycle: monthly("2026-01-01") }];
    let client = Billed { uses: &uses, from: day("2026-01-01"), end: None };
    let services = [
        service("Set-up", 25_000, Charged::Once(day("2026-04-01"))),
        service("Training", 90_000, Charged::Once(day("2026-05-01"))),
        service("Support", 8_000, Charged::Monthly),
        Service { end: Some(day("2026-04-20")), ..service("Hotline", 8_000, Charged::Monthly) },
        Service { from: Some(day("2026-05-01")), ..service("Later", 8_000, Charged::Monthly) },
        service("Backup", 150, Charged::PerSeat),
    ];
    let list = list("USD", &[(MONTHLY, SeatCharge::MarkUp(rate("50")))], &services, "19");
    draft(&client, month("2026-04-01"), &list, &PriceTable::shipped()).unwrap()
}

#[test]
fn a_draft_is_worked_out_line_by_line() {
    let draft = acme();
    assert_eq!(
        told(&draft),
        [
            ("seats", 11_250),  // 6.00 + 50 % = 9.00; 10 × 30 + 5 × 15 = 375 seat-days; 900 × 375 ÷ 30
            ("Set-up", 25_000), // once, on the first
            ("Support", 8_000), // all 30 days
            ("Hotline", 5_067), // 19 days, until the 19th: 8000 × 19 ÷ 30 = 5066.6…
            ("Backup", 1_875),  // 150 × 375 ÷ 30
        ]
    );
    assert_eq!(draft.lines[0].price, cents(900));
    assert_eq!(draft.lines[0].quantity, Quantity::SeatDays { seat_days: 375, of: 30 });
    assert_eq!(draft.net, cents(51_192)); // 112.50 + 250.00 + 80.00 + 50.67 + 18.75
    assert_eq!(draft.tax, cents(9_726)); // 19 % of 511.92 = 97.2648
    assert_eq!(draft.gross, cents(60_918));
}

/// Linked on the 12th with seven Teams seats at a price of its own.
pub(super) fn bolt() -> Draft {
    let seats = levels(&[("2026-04-12", 7)]);
    let uses = [PlanUse { plan: TEAMS, levels: &seats, cycle: monthly("2026-01-01") }];
    let client = Billed { uses: &uses, from: day("2026-04-12"), end: None };
    let services = [service("Support", 8_000, Charged::Monthly), service("Backup", 150, Charged::PerSeat)];
    let list = list("USD", &[(TEAMS, SeatCharge::Price(cents(500)))], &services, "8.1");
    draft(&client, month("2026-04-01"), &list, &PriceTable::shipped()).unwrap()
}

#[test]
fn a_client_linked_in_mid_cycle_pays_from_that_day() {
    let draft = bolt();
    // 7 × 19 = 133 seat-days: 500 × 133 ÷ 30 = 2216.6…; 8000 × 19 ÷ 30 = 5066.6…; 150 × 133 ÷ 30 = 665.
    assert_eq!(told(&draft), [("seats", 2_217), ("Support", 5_067), ("Backup", 665)]);
    assert_eq!((draft.net, draft.tax, draft.gross), (cents(7_949), cents(644), cents(8_593))); // 8.1 % = 6.43869
}

#[test]
fn a_client_unlinked_in_mid_cycle_pays_until_the_day_before() {
    let seats = levels(&[("2026-01-01", 10), ("2026-04-11", -10)]);
    let uses = [PlanUse { plan: TEAMS, levels: &seats, cycle: monthly("2026-01-01") }];
    let client = Billed { uses: &uses, from: day("2026-01-01"), end: Some(day("2026-04-11")) };
    let services = [
        service("Support", 8_000, Charged::Monthly),
        service("Hand-over", 100, Charged::Once(day("2026-04-20"))),
    ];
    let list = list("USD", &[(TEAMS, SeatCharge::Price(cents(500)))], &services, "0");
    let april = draft(&client, month("2026-04-01"), &list, &PriceTable::shipped()).unwrap();
    // 10 × 10 = 100 seat-days: 500 × 100 ÷ 30 = 1666.6…; 8000 × 10 ÷ 30 = 2666.6…; what is agreed for a day is charged all the same.
    assert_eq!(told(&april), [("seats", 1_667), ("Support", 2_667), ("Hand-over", 100)]);
    let may = draft(&client, month("2026-05-01"), &list, &PriceTable::shipped()).unwrap();
    assert_eq!((told(&may), may.gross), (vec![], Amount::ZERO));
}

#[test]
fn months_of_a_longer_window_are_charged_one_by_one() {
    let seats = levels(&[("2026-01-01", 10)]);
    let uses = [PlanUse { plan: TEAMS, levels: &seats, cycle: monthly("2026-01-01") }];
    let client = Billed { uses: &uses, from: day("2026-01-01"), end: None };
    let list = list(
        "USD",
        &[(TEAMS, SeatCharge::Price(cents(500)))],
        &[service("Support", 8_000, Charged::Monthly)],
        "0",
    );
    let quarter = draft(&client, period("2026-01-01", "2026-04-01"), &list, &PriceTable::shipped()).unwrap();
    assert_eq!(quarter.net, cents(3 * 5_000 + 3 * 8_000));
    assert_eq!(quarter.lines.len(), 6);
}

#[test]
fn currencies_without_cents_and_with_thousandths_round_to_their_own_unit() {
    let seats = levels(&[("2026-04-21", 1)]);
    let uses = [PlanUse { plan: PlanType::Custom, levels: &seats, cycle: monthly("2026-04-01") }];
    let client = Billed { uses: &uses, from: day("2026-04-21"), end: None };
    let in_currency = |code| {
        // 1000 × 10 ÷ 30 = 333.3… smallest units, of which 10 % are 33.3.
        let list = list(code, &[(PlanType::Custom, SeatCharge::Price(cents(1_000)))], &[], "10");
        draft(&client, month("2026-04-01"), &list, &PriceTable::shipped()).unwrap()
    };
    let written = ["JPY", "EUR", "KWD"].map(|code| {
        let draft = in_currency(code);
        draft.currency.plain(draft.gross)
    });
    assert_eq!(written, ["366", "3.66", "0.366"]);
}

#[test]
fn a_seat_without_a_price_is_said_and_not_given_away() {
    let seats = levels(&[("2026-01-01", 1)]);
    let drafted = |plan, list: &PriceList| {
        let uses = [PlanUse { plan, levels: &seats, cycle: monthly("2026-01-01") }];
        let client = Billed { uses: &uses, from: day("2026-01-01"), end: None };
        draft(&client, month("2026-04-01"), list, &PriceTable::shipped())
    };
    let unknown = |plan| Err(DraftError::Price(SeatPriceError::Price(PriceError::UnknownPlan(plan))));
    let teams_only = list("USD", &[(TEAMS, SeatCharge::Price(cents(500)))], &[], "0");
    assert_eq!(drafted(MONTHLY, &teams_only), unknown(MONTHLY));
    assert_eq!(drafted(PlanType::TeamsMonthly2020, &teams_only).unwrap().net, cents(500));
    let odd = list("USD", &[(PlanType::Unknown(99), SeatCharge::MarkUp(rate("10")))], &[], "0");
    assert_eq!(
        drafted(PlanType::Unknown(99), &odd),
        unknown(PlanType::Unknown(99)),
        "there is nothing to mark up"
    );
    let euro = Currency::parse("EUR").unwrap();
    let foreign = list("EUR", &[(TEAMS, SeatCharge::MarkUp(rate("10")))], &[], "0");
    let refused = SeatPriceError::Currency { list: euro, own: Currency::USD };
    assert_eq!(drafted(TEAMS, &foreign), Err(DraftError::Price(refused)));
}

#[test]
fn drafts_are_written_as_a_table_and_as_json() {
    let seats = levels(&[("2026-01-01", 2), ("2026-10-01", -2)]);
    let uses = [PlanUse { plan: PlanType::EnterpriseAnnually, levels: &seats, cycle: yearly("2026-01-01") }];
    let client = Billed { uses: &uses, from: day("2026-01-01"), end: Some(day("2026-10-01")) };
    let services = [service("=Help", 100, Charged::Once(day("2026-10-01")))];
    let list =
        list("USD", &[(PlanType::EnterpriseAnnually, SeatCharge::Price(cents(7_200)))], &services, "10");
    let draft = draft(&client, month("2026-10-01"), &list, &PriceTable::shipped()).unwrap();
    let mut csv = Csv::new(&DRAFT_COLUMNS);
    draft_rows("+Acme", "7", "2026-0001", &draft, &mut csv);
    // 2 × 92 days are given back: 7200 × (730 − 184) ÷ 365 = 10770.4… → 10770, less 14400.
    assert_eq!(
        csv.finish(),
        "Client,Client id,Number,What,From,To,Quantity,Unit,Of days,Price,Net,Tax,Currency\r\n\
         \"'+Acme\",7,2026-0001,Enterprise (Annually),2026-01-01,2027-01-01,-184,seat days,365,72.00,-36.30,,USD\r\n\
         \"'+Acme\",7,2026-0001,\"'=Help\",2026-10-01,2026-11-01,1,,,1.00,1.00,,USD\r\n\
         \"'+Acme\",7,2026-0001,Sum,2026-10-01,2026-11-01,,,,,-35.30,-3.53,USD\r\n"
    );
    let json = serde_json::to_value(&draft).unwrap();
    assert_eq!(json["window"], serde_json::json!({ "first": "2026-10-01", "end": "2026-11-01" }));
    assert_eq!(json["lines"][0]["what"], serde_json::json!({ "seats": 20 }));
    assert_eq!(
        (&json["currency"], &json["net"], &json["taxRate"]),
        (&"USD".into(), &(-3_530).into(), &100_000.into())
    );
}

prop_compose! {
    fn any_services()(services in vec((0i64..1_000_000, 0u8..3, 0i32..120), 0..4)) -> Vec<Service> {
        let first: Day = day("2026-01-01");
        services.into_iter().map(|(price, kind, later)| match kind {
            0 => service("A", price, Charged::Once(first.plus(later))),
            1 => Service { from: Some(first.plus(later)), ..service("B", price, Charged::Monthly) },
            _ => Service { end: Some(first.plus(later)), ..service("C", price, Charged::PerSeat) },
        }).collect()
    }
}

proptest! {
    #[test]
    fn a_draft_adds_up(changes in any_changes(120), services in any_services(), price in 0i64..100_000, tax in 0i32..=1_000_000, window in 1u32..5) {
        let seats = Levels::of(changes).unwrap();
        let uses = [PlanUse { plan: TEAMS, levels: &seats, cycle: monthly("2026-01-01") }];
        let client = Billed { uses: &uses, from: day("2026-01-01"), end: None };
        let tax = Rate::from_millionths(tax).unwrap();
        let list = PriceList::new(Currency::USD, vec![(TEAMS, SeatCharge::Price(cents(price)))], services, tax).unwrap();
        let window = monthly("2026-01-01").period(window - 1).unwrap();
        let draft = draft(&client, window, &list, &PriceTable::shipped()).unwrap();
        prop_assert_eq!(Amount::sum(draft.lines.iter().map(|line| line.amount)), Ok(draft.net));
        prop_assert_eq!(draft.net.plus(draft.tax), Ok(draft.gross));
        prop_assert_eq!(draft.tax, tax.of(draft.net).unwrap());
        for DraftLine { price, amount, quantity, .. } in &draft.lines {
            let (parts, of) = match quantity {
                Quantity::SeatDays { seat_days, of } => (*seat_days, *of),
                Quantity::Days { days, of } => (i64::from(*days), *of),
                Quantity::One => (1, 1),
            };
            prop_assert_eq!(price.share(parts, of.try_into().unwrap()), Ok(*amount), "a month's line is its price by day");
        }
    }

    #[test]
    fn no_price_within_the_limits_overflows(price in 0i64..100_000_000_000, on_top in -1_000_000i32..=10_000_000, seats in 1i64..1 << 31) {
        let held = Levels::of([Change { day: day("2026-01-01"), by: seats }]).unwrap();
        let uses = [PlanUse { plan: TEAMS, levels: &held, cycle: monthly("2026-01-01") }];
        let client = Billed { uses: &uses, from: day("2026-01-01"), end: None };
        let own = Price { provider_seat: cents(price), ..Default::default() };
        let own = PriceTable::new(Currency::USD, [(TEAMS, own)]).unwrap();
        let services = [service("A", price, Charged::PerSeat), service("B", price, Charged::Monthly)];
        let list = PriceList::new(Currency::USD, vec![(TEAMS, SeatCharge::MarkUp(Rate::from_millionths(on_top).unwrap()))], services.to_vec(), rate("100")).unwrap();
        match draft(&client, month("2026-01-01"), &list, &own) {
            Ok(draft) => prop_assert!(draft.gross.minor() <= Amount::MOST),
            Err(error) => prop_assert!(matches!(error, DraftError::TooMuch(_))),
        }
    }
}
