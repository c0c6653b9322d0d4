//! From what was counted to what is owed.

use portal_domain::billing::{
    Amount, Counted, CountedBy, Currency, Day, Draft, DraftError, Fill, Ledger, Period, PriceError,
    PriceList, PriceTable, Quantity, Rate, SeatCharge, SeatPriceError, Usage, is_billable,
};
use portal_wire::PlanType;
use proptest::prelude::*;

use super::{
    cents, day,
    drafts::{MONTHLY, TEAMS, list},
    ledger::any::{any_told, built, first},
    month, monthly, period,
};

const YEARLY: PlanType = PlanType::EnterpriseAnnually;
const ODD: PlanType = PlanType::Unknown(99);

/// Counts the same on every day from the first until before the end, but those left out.
fn count(ledger: &mut Ledger, client: usize, days: (&str, &str), counted: Counted, left_out: &[&str]) {
    let days = period(days.0, days.1);
    for later in 0..i32::try_from(days.days().get()).unwrap() {
        let on = days.first().plus(later);
        if !left_out.iter().any(|out| day(out) == on) {
            ledger.count(client, on, counted).unwrap();
        }
    }
}

fn assigned(seats: u32) -> Counted {
    Counted { assigned: Some(seats), used: Some(1) }
}

/// A provider's January to April: whatever can happen to a client in a month.
fn mixed() -> Ledger {
    let mut ledger = Ledger::new(day("2026-01-01"), 10);
    let mut add = |plan, from: &str| ledger.add_client(plan, day(from)).unwrap();
    let [acme, bolt, cove] =
        [add(MONTHLY, "2026-01-01"), add(TEAMS, "2026-04-12"), add(YEARLY, "2026-01-01")];
    let [dune, echo, fern] =
        [add(PlanType::TeamsMonthly2020, "2026-01-01"), add(ODD, "2026-01-01"), add(TEAMS, "2026-01-01")];
    let [gust, gust_later] = [add(TEAMS, "2026-01-01"), add(MONTHLY, "2026-04-16")];
    count(&mut ledger, acme, ("2026-01-01", "2026-04-16"), assigned(10), &[]);
    count(&mut ledger, acme, ("2026-04-16", "2026-05-01"), assigned(15), &[]);
    count(&mut ledger, bolt, ("2026-04-12", "2026-05-01"), assigned(7), &[]);
    count(&mut ledger, cove, ("2026-01-01", "2026-04-01"), assigned(10), &[]);
    count(&mut ledger, cove, ("2026-04-01", "2026-05-01"), assigned(7), &[]);
    count(&mut ledger, dune, ("2026-01-01", "2026-04-11"), assigned(10), &[]);
    ledger.end_client(dune, day("2026-04-11")).unwrap();
    count(&mut ledger, echo, ("2026-01-01", "2026-05-01"), assigned(4), &[]);
    let members = Counted { assigned: None, used: Some(5) };
    count(
        &mut ledger,
        fern,
        ("2026-01-01", "2026-05-01"),
        members,
        &["2026-04-05", "2026-04-06", "2026-04-30"],
    );
    count(&mut ledger, gust, ("2026-01-01", "2026-04-16"), assigned(4), &[]);
    ledger.end_client(gust, day("2026-04-16")).unwrap();
    count(&mut ledger, gust_later, ("2026-04-16", "2026-05-01"), assigned(4), &[]);
    ledger
}

const CLIENTS: [&[usize]; 7] = [&[0], &[1], &[2], &[3], &[4], &[5], &[6, 7]];

fn prices() -> PriceList {
    let price = |plan, price| (plan, SeatCharge::Price(cents(price)));
    list("USD", &[price(MONTHLY, 900), price(TEAMS, 500), price(YEARLY, 7_200)], &[], "19")
}

fn april(fill: Fill) -> Vec<Usage> {
    let ledger = mixed();
    let of =
        |rows: &&[usize]| Usage::of(&ledger, rows, month("2026-04-01"), day("2026-06-01"), fill).unwrap();
    CLIENTS.iter().map(of).collect()
}

fn drafted(usage: &Usage) -> Result<Draft, DraftError> {
    usage.draft(&prices(), &PriceTable::shipped())
}

#[test]
fn a_mixed_month_is_billed_as_it_was_counted() {
    let usages = april(Fill::Nothing);
    let nets: Vec<Option<i64>> =
        usages.iter().map(|usage| drafted(usage).ok().map(|draft| draft.net.minor())).collect();
    assert_eq!(
        nets,
        [
            Some(11_250),  // 10 × 30 + 5 × 15 = 375 seat-days: 900 × 375 ÷ 30
            Some(2_217),   // 7 × 19 = 133: 500 × 133 ÷ 30 = 2216.6…
            Some(-16_274), // 3 fewer for 275 days: 7200 × (3650 − 825) ÷ 365 = 55726.0…, less the 72000 owed in January
            Some(1_667),   // 10 × 10 = 100: 500 × 100 ÷ 30 = 1666.6…
            None,          // nobody has a price for its plan
            Some(2_250),   // 5 members on 27 days: 500 × 135 ÷ 30
            Some(2_800),   // 4 × 15 = 60 under each plan: 500 × 60 ÷ 30 + 900 × 60 ÷ 30
        ]
    );
    let unknown = DraftError::Price(SeatPriceError::Price(PriceError::UnknownPlan(ODD)));
    assert_eq!(drafted(&usages[4]), Err(unknown));
    let seat_days: Vec<i64> = usages.iter().map(|usage| usage.seat_days).collect();
    assert_eq!(seat_days, [375, 133, 210, 100, 120, 135, 120]);
    assert_eq!(usages.iter().map(|usage| usage.seats).collect::<Vec<_>>(), [15, 7, 7, 10, 4, 0, 4]);
    assert_eq!((usages[5].by, usages[5].gaps), (CountedBy::Used, 3));
    assert_eq!(usages[2].gaps, 0);
    let costs: Vec<i64> =
        usages.iter().map(|usage| usage.cost(&PriceTable::shipped()).unwrap().minor()).collect();
    // At 6.00, 4.00 and 72.00: 600 × 375 ÷ 30; 400 × 133 ÷ 30 = 1773.3…; as above; 400 × 100 ÷ 30; none; 400 × 135 ÷ 30; 800 + 1200.
    assert_eq!(costs, [7_500, 1_773, -16_274, 1_333, 0, 1_800, 2_000]);
}

#[test]
fn days_nobody_counted_are_billed_as_was_chosen() {
    let fern = &april(Fill::LastKnown)[5];
    assert_eq!((fern.seat_days, fern.gaps, fern.seats), (150, 3, 5));
    assert_eq!(drafted(fern).unwrap().net, cents(2_500)); // 500 × 150 ÷ 30
}

#[test]
fn a_year_is_owed_in_january_and_given_back_when_the_client_leaves() {
    let mut ledger = Ledger::new(day("2026-01-01"), 10);
    let client = ledger.add_client(YEARLY, day("2026-01-01")).unwrap();
    count(&mut ledger, client, ("2026-01-01", "2026-03-01"), assigned(10), &[]);
    ledger.end_client(client, day("2026-03-01")).unwrap();
    ledger.reach(day("2026-04-30")).unwrap();
    let net = |first: &str| {
        let usage = Usage::of(&ledger, &[client], month(first), day("2026-06-01"), Fill::Nothing)?;
        Some(drafted(&usage).unwrap().net.minor())
    };
    // The day it was unlinked is the first of March, so March gives back 306 days: 72000 − 7200 × 590 ÷ 365 = 60361.6….
    assert_eq!(net("2026-01-01"), Some(72_000));
    assert_eq!((net("2026-02-01"), net("2026-03-01"), net("2026-04-01")), (Some(0), Some(-60_362), None));
}

#[test]
fn a_month_under_way_is_drafted_as_if_nothing_changed_until_its_end() {
    let mut ledger = Ledger::new(day("2026-04-01"), 10);
    let client = ledger.add_client(TEAMS, day("2026-01-01")).unwrap();
    let yearly = ledger.add_client(YEARLY, day("2026-04-03")).unwrap();
    count(&mut ledger, client, ("2026-04-01", "2026-04-11"), assigned(6), &[]);
    count(&mut ledger, yearly, ("2026-04-03", "2026-04-11"), assigned(2), &[]);
    // The day under way is counted, but not over.
    ledger.count(client, day("2026-04-11"), assigned(600)).unwrap();
    let usage =
        |client, fill| Usage::of(&ledger, &[client], month("2026-04-01"), day("2026-04-11"), fill).unwrap();
    assert_eq!((usage(client, Fill::Nothing).seat_days, usage(client, Fill::Nothing).gaps), (180, 0));
    assert_eq!(drafted(&usage(client, Fill::LastKnown)).unwrap().net, cents(3_000)); // 500 × 180 ÷ 30
    let drafted = drafted(&usage(yearly, Fill::Nothing)).unwrap();
    assert_eq!(drafted.lines[0].quantity, Quantity::SeatDays { seat_days: 2 * 273, of: 365 });
    let late = Usage::of(&ledger, &[client], month("2026-04-01"), day("2026-04-21"), Fill::Nothing).unwrap();
    assert_eq!((late.gaps, late.seats), (9, 0), "what nobody counted is told and not made up");
}

#[test]
fn whole_months_can_be_billed_up_to_a_year() {
    let billable = |first, end| is_billable(period(first, end));
    assert!(billable("2026-02-01", "2026-03-01") && billable("2026-11-01", "2027-11-01"));
    assert!(!billable("2026-02-02", "2026-03-01") && !billable("2026-02-01", "2026-03-02"));
    assert!(!billable("2026-11-01", "2027-12-01"));
}

proptest! {
    // A ledger is made of many numbers, which take long to choose.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_counted_day_is_in_a_draft_or_told_to_have_no_price(told in any_told(), order in 0u8..3, number in 0u32..2, unpriced: bool) {
        let ledger = built(&told, order);
        let window = monthly("2026-03-01").period(number).unwrap();
        // At as many cents as the month has days, a day with a seat costs one cent exactly.
        let price = SeatCharge::Price(cents(i64::from(window.days().get())));
        let charges = [(TEAMS, price), (MONTHLY, price)].into_iter().skip(usize::from(unpriced)).collect();
        let prices = PriceList::new(Currency::USD, charges, Vec::new(), Rate::ZERO).unwrap();
        let (mut drafted, mut told_of) = (0, 0);
        for client in 0..told.len() {
            // Long after, when nothing is to come any more; what the ledger has no days for was not counted.
            let Some(usage) = Usage::of(&ledger, &[client], window, day("2030-01-01"), Fill::Nothing) else { continue };
            match usage.draft(&prices, &PriceTable::shipped()) {
                Ok(draft) => {
                    prop_assert_eq!(draft.net, cents(usage.seat_days));
                    drafted += usage.seat_days;
                }
                Err(DraftError::Price(SeatPriceError::Price(PriceError::UnknownPlan(plan)))) => {
                    prop_assert!(unpriced && plan == TEAMS);
                    told_of += usage.seat_days;
                }
                Err(error) => prop_assert!(false, "{error}"),
            }
        }
        // By the column that the client is billed by, added up day by day.
        let counted: i64 = (0..told.len()).map(|client| counted_days(&ledger, client, window)).sum();
        prop_assert_eq!(drafted + told_of, counted);
    }

    #[test]
    fn a_client_is_billed_the_same_whatever_the_order_of_counts(told in any_told(), filled: bool) {
        let fill = if filled { Fill::LastKnown } else { Fill::Nothing };
        let all = |order| {
            let ledger = built(&told, order);
            let of = |client| Usage::of(&ledger, &[client], month("2026-03-01"), first().plus(35), fill);
            (0..told.len()).map(of).collect::<Vec<_>>()
        };
        prop_assert_eq!(&all(1), &all(0));
        prop_assert_eq!(&all(2), &all(0));
    }

    #[test]
    fn the_months_of_a_year_add_up_to_the_year(told in any_told(), filled: bool) {
        let fill = if filled { Fill::LastKnown } else { Fill::Nothing };
        let mut told = told;
        // A month in which only members were counted is billed by them, a year in which seats were is not.
        told.iter_mut().flat_map(|told| told.counts.values_mut()).for_each(|(_, used)| *used = None);
        let ledger = built(&told, 0);
        let prices = list("USD", &[(TEAMS, SeatCharge::Price(cents(777))), (MONTHLY, SeatCharge::Price(cents(333)))], &[], "0");
        let net = |client, window| {
            let usage = Usage::of(&ledger, &[client], window, day("2030-01-01"), fill);
            usage.map_or(Amount::ZERO, |usage| usage.draft(&prices, &PriceTable::shipped()).unwrap().net)
        };
        for client in 0..told.len() {
            let months = (2..4).map(|number| net(client, monthly("2026-01-01").period(number).unwrap()));
            prop_assert_eq!(Amount::sum(months), Ok(net(client, period("2026-03-01", "2026-05-01"))));
        }
    }
}

/// Days with a seat, one by one.
fn counted_days(ledger: &Ledger, client: usize, window: Period) -> i64 {
    let days: Vec<Day> =
        (0..31).map(|later| window.first().plus(later)).filter(|day| window.contains(*day)).collect();
    let counted = || days.iter().filter_map(|day| ledger.counted(client, *day));
    let by_assigned = counted().any(|counted| counted.assigned.is_some());
    counted()
        .map(|counted| if by_assigned { counted.assigned } else { counted.used })
        .map(|seats| i64::from(seats.unwrap_or_default()))
        .sum()
}
