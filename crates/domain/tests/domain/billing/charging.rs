use portal_domain::billing::{
    Amount, Change, ChargeError, ChargeLine, Currency, Cycle, Item, Levels, Part, Price, PriceError,
    PriceTable, Rate, Subject, Tier, Tiers, TooMuch, charge, cumulative,
};
use portal_wire::PlanType;
use proptest::{collection::vec, prelude::*};

use super::{cents, day, levels, month, monthly, period, proration::any_changes, yearly};

fn no_discount() -> Tiers {
    Tiers::new(Vec::new()).unwrap()
}

fn told(lines: &[ChargeLine]) -> Vec<(Part, i64, i64)> {
    lines.iter().map(|line| (line.part, line.seat_days, line.amount.minor())).collect()
}

fn pool(plan: PlanType, minimum: u32, levels: &Levels, cycle: Cycle) -> Item<'_> {
    Item { subject: Subject::Pool, plan, minimum, levels, cycle }
}

fn client(number: u32, plan: PlanType, levels: &Levels, cycle: Cycle) -> Item<'_> {
    Item { subject: Subject::Client(number), plan, minimum: 0, levels, cycle }
}

/// 100 Teams seats at 4.00 are paid for anyhow. 90 are assigned, 110 from the 11th, 105 from the 21st.
fn teams() -> Levels {
    levels(&[("2026-01-01", 90), ("2026-04-11", 20), ("2026-04-21", -5)])
}

#[test]
fn a_pool_pays_its_minimum_and_what_goes_beyond_it_by_day() {
    let teams = teams();
    let items = [pool(PlanType::TeamsMonthly, 100, &teams, monthly("2026-01-01"))];
    let charge = charge(&items, month("2026-04-01"), &PriceTable::shipped(), &no_discount(), 105).unwrap();
    // Minimum: 100 × 30 = 3000 seat-days, 100 × 4.00 = 400.00.
    // Beyond: 10 × 10 days + 5 × 10 days = 150 seat-days; 400 × 150 ÷ 30 = 2000.
    assert_eq!(told(&charge.lines), [(Part::Minimum, 3_000, 40_000), (Part::Overage, 150, 2_000)]);
    assert_eq!((charge.subtotal, charge.total), (cents(42_000), cents(42_000)));
    assert_eq!(charge.currency, Currency::USD);
}

#[test]
fn a_pool_of_a_year_pays_what_goes_beyond_when_it_does() {
    let year = levels(&[("2026-01-01", 60), ("2026-07-01", 10)]);
    let items = [pool(PlanType::EnterpriseAnnually, 50, &year, yearly("2026-01-01"))];
    let in_month = |text| charge(&items, month(text), &PriceTable::shipped(), &no_discount(), 70).unwrap();
    // 50 × 72.00; 10 × 72.00.
    assert_eq!(
        told(&in_month("2026-01-01").lines),
        [(Part::Minimum, 18_250, 360_000), (Part::Overage, 3_650, 72_000)]
    );
    assert_eq!(told(&in_month("2026-02-01").lines), []);
    // 10 × 184 days left = 1840; 7200 × (3650 + 1840) ÷ 365 = 108295.89… → 108296, less 72000.
    assert_eq!(told(&in_month("2026-07-01").lines), [(Part::Overage, 1_840, 36_296)]);
}

#[test]
fn a_client_pays_its_own_year() {
    let own = levels(&[("2026-01-01", 10), ("2026-07-01", 5), ("2026-10-01", -3)]);
    let items = [client(1, PlanType::EnterpriseAnnually, &own, yearly("2026-01-01"))];
    // The arithmetic stands in `a_year_is_owed_when_it_begins_and_its_changes_when_they_happen`.
    for (window, total) in
        [("2026-01-01", 72_000), ("2026-03-01", 0), ("2026-07-01", 18_148), ("2026-10-01", -5_444)]
    {
        let charge = charge(&items, month(window), &PriceTable::shipped(), &no_discount(), 10).unwrap();
        assert_eq!(charge.total.minor(), total, "{window}");
    }
    // Unlinked on 1 October: 10 × 92 days left are given back; 7200 × (3650 − 920) ÷ 365 = 53852.05… → 53852, less 72000.
    let unlinked = levels(&[("2026-01-01", 10), ("2026-10-01", -10)]);
    let items = [client(1, PlanType::EnterpriseAnnually, &unlinked, yearly("2026-01-01"))];
    let charge = charge(&items, month("2026-10-01"), &PriceTable::shipped(), &no_discount(), 0).unwrap();
    assert_eq!(told(&charge.lines), [(Part::Seats, -920, -18_148)]);
}

#[test]
fn pools_clients_months_and_years_are_billed_together_with_one_discount() {
    let teams = teams();
    let whole = levels(&[("2026-01-01", 10)]);
    let linked = levels(&[("2026-04-12", 7)]);
    let renewed = levels(&[("2025-04-15", 20)]);
    let grown = levels(&[("2026-01-01", 10), ("2026-04-16", 5)]);
    let items = [
        pool(PlanType::TeamsMonthly, 100, &teams, monthly("2026-01-01")),
        client(1, PlanType::EnterpriseMonthly, &whole, monthly("2026-01-01")),
        client(2, PlanType::EnterpriseMonthly, &linked, monthly("2026-01-01")),
        client(3, PlanType::EnterpriseAnnually, &renewed, yearly("2025-04-15")),
        client(4, PlanType::EnterpriseAnnually, &grown, yearly("2026-01-01")),
    ];
    let tiers = Tiers::new(vec![Tier { from_seats: 150, discount: Rate::parse("5").unwrap() }]).unwrap();
    let seats = cumulative(items.iter().map(|item| (item.plan, item.levels.at(day("2026-04-30")))));
    assert_eq!(seats, 157); // 105 + 10 + 7 + 20 + 15
    let charge = charge(&items, month("2026-04-01"), &PriceTable::shipped(), &tiers, seats).unwrap();
    assert_eq!(
        told(&charge.lines),
        [
            (Part::Minimum, 3_000, 40_000),
            (Part::Overage, 150, 2_000),
            (Part::Seats, 300, 6_000),     // 10 × 6.00
            (Part::Seats, 133, 2_660),     // 7 × 19 days; 600 × 133 ÷ 30
            (Part::Seats, 7_300, 144_000), // 20 × 72.00, from the 15th for a year
            (Part::Seats, 1_300, 25_644), // 5 × 260 days left; 7200 × (3650 + 1300) ÷ 365 = 97643.8… → 97644, less 72000
        ]
    );
    assert_eq!(charge.lines[4].period, period("2026-04-15", "2027-04-15"));
    assert_eq!(charge.subtotal.minor(), 220_304); // 400.00 + 20.00 + 60.00 + 26.60 + 1440.00 + 256.44
    assert_eq!(charge.taken_off.minor(), 11_015); // 5 % of 2203.04 = 110.152
    assert_eq!(charge.total.minor(), 209_289);
}

#[test]
fn a_plan_changed_in_mid_cycle_is_two_items() {
    let before = levels(&[("2026-01-01", 10), ("2026-04-16", -10)]);
    let after = levels(&[("2026-04-16", 10)]);
    let items = [
        client(1, PlanType::TeamsMonthly, &before, monthly("2026-01-01")),
        client(1, PlanType::EnterpriseMonthly, &after, monthly("2026-01-01")),
    ];
    let charge = charge(&items, month("2026-04-01"), &PriceTable::shipped(), &no_discount(), 10).unwrap();
    // 10 × 15 days of each: 400 × 150 ÷ 30 = 2000, 600 × 150 ÷ 30 = 3000.
    assert_eq!(told(&charge.lines), [(Part::Seats, 150, 2_000), (Part::Seats, 150, 3_000)]);
}

#[test]
fn what_has_no_price_is_not_charged_nothing() {
    let any = levels(&[("2026-01-01", 1)]);
    let charged = |plan| {
        charge(
            &[client(1, plan, &any, monthly("2026-01-01"))],
            month("2026-04-01"),
            &PriceTable::shipped(),
            &no_discount(),
            1,
        )
    };
    for plan in [PlanType::Unknown(99), PlanType::Families, PlanType::Custom, PlanType::TeamsAnnually] {
        assert_eq!(charged(plan), Err(ChargeError::Price(PriceError::UnknownPlan(plan))));
    }
    assert_eq!(
        charged(PlanType::TeamsMonthly2020).unwrap().total,
        cents(400),
        "an older generation costs what today's does"
    );
}

#[test]
fn a_price_table_that_makes_no_sense_is_refused() {
    let priced =
        |plan, provider_seat| (plan, Price { provider_seat: cents(provider_seat), ..Price::default() });
    let table = |prices: &[_]| PriceTable::new(Currency::USD, prices.iter().copied());
    let teams = PlanType::TeamsMonthly;
    assert_eq!(table(&[priced(teams, -1)]), Err(PriceError::NotAPrice(teams)));
    assert_eq!(table(&[priced(teams, 100_000_000_000)]), Err(PriceError::NotAPrice(teams)), "a billion");
    assert_eq!(
        table(&[priced(teams, 1), priced(PlanType::TeamsMonthly2023, 2)]),
        Err(PriceError::Twice(PlanType::TeamsMonthly2023))
    );
    assert_eq!(table(&[priced(PlanType::Free, 1)]), Err(PriceError::UnknownPlan(PlanType::Free)));
    assert_eq!(
        table(&[priced(teams, 99_999_999_999)]).unwrap().price(teams).unwrap().provider_seat,
        cents(99_999_999_999)
    );
}

#[test]
fn what_one_buys_oneself_has_a_base_price_with_seats_in_it() {
    let price = Price { seat: cents(300), base: cents(2_000), base_seats: 5, ..Price::default() };
    // 20.00 for up to five, 3.00 for each seat more.
    for (seats, cost) in [(0, 0), (1, 2_000), (5, 2_000), (6, 2_300), (15, 5_000)] {
        assert_eq!(price.of_seats(seats), Ok(cents(cost)), "{seats}");
    }
}

proptest! {
    #[test]
    fn the_total_is_the_same_in_every_order_of_events(
        clients in vec(any_changes(90), 1..6),
        seed in 1u64..,
        minimum in 0u32..50,
    ) {
        let plans = [PlanType::TeamsMonthly, PlanType::EnterpriseMonthly, PlanType::EnterpriseAnnually];
        let total = |shuffled: bool| {
            let told: Vec<Levels> = clients.iter().map(|changes| {
                let mut changes = changes.clone();
                if shuffled {
                    changes.reverse();
                    let length = changes.len().max(1) as u64;
                    changes.rotate_left((seed % length) as usize);
                }
                Levels::of(changes).unwrap()
            }).collect();
            let mut items: Vec<_> = told.iter().zip(0..).map(|(levels, number)| {
                let plan = plans[number as usize % 3];
                let cycle = if plan == plans[2] { yearly("2026-01-01") } else { monthly("2026-01-01") };
                Item { minimum, ..client(number, plan, levels, cycle) }
            }).collect();
            if shuffled {
                items.reverse();
            }
            let windows = ["2026-01-01", "2026-02-01", "2026-03-01"];
            windows.map(|window| charge(&items, month(window), &PriceTable::shipped(), &no_discount(), 0).unwrap().total)
        };
        prop_assert_eq!(total(false), total(true));
    }

    #[test]
    fn no_input_within_the_limits_overflows(
        seats in vec(0i64..1 << 31, 1..5),
        minimum: u32,
        price in 0i64..100_000_000_000,
        percent in 0i32..=1_000_000,
    ) {
        let levels: Vec<Levels> =
            seats.iter().map(|by| Levels::of([Change { day: day("2026-01-01"), by: *by }]).unwrap()).collect();
        let items: Vec<_> =
            levels.iter().map(|levels| pool(PlanType::TeamsMonthly, minimum, levels, monthly("2026-01-01"))).collect();
        let price = Price { provider_seat: cents(price), ..Price::default() };
        let prices = PriceTable::new(Currency::USD, [(PlanType::TeamsMonthly, price)]).unwrap();
        let tiers = Tiers::new(vec![Tier { from_seats: 1, discount: Rate::from_millionths(percent).unwrap() }]).unwrap();
        let exact: i128 = seats.iter().map(|seats| i128::from(*seats).max(minimum.into()) * i128::from(price.provider_seat.minor())).sum();
        match charge(&items, month("2026-01-01"), &prices, &tiers, 1) {
            Ok(charge) => prop_assert_eq!(i128::from(charge.subtotal.minor()), exact),
            Err(error) => {
                prop_assert_eq!(error, ChargeError::TooMuch(TooMuch));
                prop_assert!(exact > i128::from(Amount::MOST));
            }
        }
    }
}
