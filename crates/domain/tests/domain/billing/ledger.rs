pub(super) mod any;

use portal_domain::billing::{Counted, Day, DaySum, Fill, Ledger, LedgerError, Period, reconcile, trend};
use portal_domain::limits::MOST_SEATS;
use portal_wire::PlanType;

use super::{day, period};

const TEAMS: PlanType = PlanType::TeamsMonthly;
const ENTERPRISE: PlanType = PlanType::EnterpriseMonthly;

fn both(assigned: u32, used: u32) -> Counted {
    Counted { assigned: Some(assigned), used: Some(used) }
}

/// Three clients over five days: the first is counted each day but the third, the second from the third day on, the third is
/// unlinked on the fourth.
fn ledger() -> Ledger {
    let mut ledger = Ledger::new(day("2026-03-28"), 2);
    let first = ledger.add_client(TEAMS, day("2026-03-01")).unwrap();
    let second = ledger.add_client(ENTERPRISE, day("2026-03-30")).unwrap();
    let third = ledger.add_client(PlanType::TeamsMonthly2020, day("2026-03-28")).unwrap();
    for (client, text, assigned, used) in [
        (first, "2026-03-28", 10, 4),
        (first, "2026-03-29", 10, 5),
        (first, "2026-03-31", 12, 6),
        (first, "2026-04-01", 12, 7),
        (second, "2026-03-30", 20, 20),
        (second, "2026-03-31", 20, 20),
        (second, "2026-04-01", 20, 21),
        (third, "2026-03-28", 5, 1),
        (third, "2026-03-29", 5, 1),
        (third, "2026-03-30", 5, 1),
        (third, "2026-03-31", 5, 1),
    ] {
        ledger.count(client, day(text), both(assigned, used)).unwrap();
    }
    ledger.end_client(third, day("2026-03-31")).unwrap();
    ledger
}

fn days() -> Period {
    period("2026-03-28", "2026-04-02")
}

fn sums(days: impl Iterator<Item = (Day, DaySum)>) -> Vec<(u64, u32)> {
    days.map(|(_, sum)| (sum.seats, sum.gaps)).collect()
}

#[test]
fn sums_are_by_day_and_gaps_stay_gaps() {
    let ledger = ledger();
    let total = ledger.total(days());
    // 10 + 5 | 10 + 5 | nobody counted the first: 20 + 5 | 12 + 20, the third is gone | 12 + 20
    assert_eq!(sums(total.assigned(0).days()), [(15, 0), (15, 0), (25, 1), (32, 0), (32, 0)]);
    assert_eq!(sums(total.used(0).days()), [(5, 0), (6, 0), (21, 1), (26, 0), (28, 0)]);
    assert_eq!(total.assigned(0).seat_days(), 119);
    assert_eq!(total.assigned(0).at(day("2026-03-30")), Some(DaySum { seats: 25, gaps: 1 }));
    assert_eq!(total.assigned(0).at(day("2026-04-02")), None);
    assert_eq!(total.assigned(0).days().map(|(day, _)| day).last(), Some(day("2026-04-01")));
    assert_eq!(ledger.counted(0, day("2026-03-30")), Some(Counted::default()));
    assert_eq!(ledger.counted(2, day("2026-03-31")), None, "it was not there");
    assert_eq!(ledger.counted(1, day("2026-03-29")), None, "nor was it yet");
    assert_eq!(ledger.counted(0, day("2026-03-29")), Some(both(10, 5)));
}

#[test]
fn sums_are_by_plan_and_by_tag() {
    let ledger = ledger();
    let (plans, by_plan) = ledger.by_plan(days());
    assert_eq!(plans, [TEAMS, ENTERPRISE], "an older generation is the same plan");
    assert_eq!(sums(by_plan.assigned(0).days()), [(15, 0), (15, 0), (5, 1), (12, 0), (12, 0)]);
    assert_eq!(sums(by_plan.assigned(1).days()), [(0, 0), (0, 0), (20, 0), (20, 0), (20, 0)]);
    // The first client has both tags, the second one of them, the third none; what does not exist adds nothing.
    let by_tag = ledger.sum(period("2026-03-31", "2026-05-01"), 2, [(0, 0), (0, 1), (1, 1), (9, 1), (0, 7)]);
    assert_eq!(sums(by_tag.used(0).days()), [(6, 0), (7, 0)]);
    assert_eq!(sums(by_tag.used(1).days()), [(26, 0), (28, 0)]);
    assert_eq!((by_tag.groups(), by_tag.used(7).days().count()), (2, 0));
}

#[test]
fn days_missed_at_the_end_are_gaps_too() {
    let mut ledger = ledger();
    ledger.reach(day("2026-04-03")).unwrap();
    let total = ledger.total(period("2026-04-01", "2026-05-01"));
    assert_eq!(sums(total.used(0).days()), [(28, 0), (0, 2), (0, 2)]);
    assert_eq!(ledger.period(), Some(period("2026-03-28", "2026-04-04")));
}

#[test]
fn where_there_are_no_seats_only_members_are_counted() {
    let mut ledger = Ledger::new(day("2026-03-28"), 1);
    let client = ledger.add_client(PlanType::Custom, day("2026-03-28")).unwrap();
    ledger.count(client, day("2026-03-28"), Counted { assigned: None, used: Some(9) }).unwrap();
    let total = ledger.total(days());
    assert_eq!(sums(total.used(0).days()), [(9, 0)]);
    assert_eq!(sums(total.assigned(0).days()), [(0, 1)]);
    assert_eq!(ledger.counted(client, day("2026-03-28")), Some(Counted { assigned: None, used: Some(9) }));
}

#[test]
fn a_count_that_cannot_be_is_refused_and_changes_nothing() {
    let mut ledger = ledger();
    let mut refused = |client, text, counted| ledger.count(client, day(text), counted).unwrap_err();
    assert_eq!(refused(9, "2026-03-29", both(1, 1)), LedgerError::NoSuchClient);
    assert_eq!(refused(0, "2026-03-27", both(1, 1)), LedgerError::NotItsDay(day("2026-03-27")));
    assert_eq!(refused(1, "2026-03-29", both(1, 1)), LedgerError::NotItsDay(day("2026-03-29")));
    assert_eq!(refused(2, "2026-03-31", both(1, 1)), LedgerError::NotItsDay(day("2026-03-31")));
    assert_eq!(refused(0, "2199-01-01", both(1, 1)), LedgerError::TooLate(day("2199-01-01")));
    assert_eq!(refused(0, "2026-03-29", both(MOST_SEATS + 1, 1)), LedgerError::TooManySeats(MOST_SEATS + 1));
    assert_eq!(refused(0, "2026-03-29", both(1, u32::MAX)), LedgerError::TooManySeats(u32::MAX));
    assert_eq!(sums(ledger.total(days()).assigned(0).days()), [(15, 0), (15, 0), (25, 1), (32, 0), (32, 0)]);
    ledger.count(0, day("2026-03-29"), both(11, 5)).unwrap();
    assert_eq!(
        ledger.counted(0, day("2026-03-29")),
        Some(both(11, 5)),
        "counted again, the later count is the one"
    );
}

#[test]
fn seats_that_were_never_needed_are_told() {
    let ledger = ledger();
    // Free were 6, 5, a gap, 6, 5.
    assert_eq!(ledger.always_idle(0, days()), Some(5));
    assert_eq!(ledger.always_idle(0, period("2026-03-31", "2026-04-01")), Some(6));
    assert_eq!(ledger.always_idle(1, days()), Some(0), "over-assigned is not idle");
    assert_eq!(ledger.always_idle(0, period("2026-03-30", "2026-03-31")), None, "nobody counted");
    assert_eq!(ledger.always_idle(9, days()), None);
}

#[test]
fn a_trend_is_of_the_days_on_which_all_were_counted() {
    let ledger = ledger();
    let told = trend(ledger.total(days()).assigned(0)).unwrap();
    assert_eq!((told.from, told.to), ((day("2026-03-28"), 15), (day("2026-04-01"), 32)));
    assert_eq!(told.change(), 17);
    // Days 0, 1, 3, 4 with 15, 15, 32, 32: the mean day is 2, the mean 23.5; Σ(d − 2)(s − 23.5) = 17 + 8.5 + 8.5 + 17 = 51,
    // Σ(d − 2)² = 10: 5.1 seats a day, 153 in thirty days.
    assert_eq!(told.tenths_in_thirty_days, 1_530);
    assert_eq!(
        trend(ledger.total(period("2026-03-30", "2026-04-01")).assigned(0)),
        None,
        "one day is no trend"
    );
}

#[test]
fn the_ledger_is_held_against_the_servers_own_totals() {
    let ledger = ledger();
    let told = |text, server: &[(PlanType, u64)]| {
        reconcile(&ledger, day(text), server)
            .iter()
            .map(|row| (row.plan, row.ledger.seats, row.ledger.gaps, row.server))
            .collect::<Vec<_>>()
    };
    assert_eq!(told("2026-04-01", &[(TEAMS, 12), (ENTERPRISE, 20)]), []);
    assert_eq!(told("2026-04-01", &[(PlanType::TeamsMonthly2023, 12), (ENTERPRISE, 20)]), []);
    assert_eq!(told("2026-04-01", &[(TEAMS, 13), (ENTERPRISE, 20)]), [(TEAMS, 12, 0, Some(13))]);
    assert_eq!(told("2026-04-01", &[(TEAMS, 12)]), [(ENTERPRISE, 20, 0, None)]);
    assert_eq!(
        told("2026-03-30", &[(TEAMS, 5), (ENTERPRISE, 20)]),
        [(TEAMS, 5, 1, Some(5))],
        "a gap is told even so"
    );
    let annual = PlanType::EnterpriseAnnually;
    assert_eq!(told("2026-04-01", &[(TEAMS, 12), (ENTERPRISE, 20), (annual, 3)]), [(annual, 0, 0, Some(3))]);
}

#[test]
fn what_nobody_counted_is_billed_as_was_chosen() {
    let mut ledger = ledger();
    ledger.reach(day("2026-04-02")).unwrap();
    let billed = |client, period, fill| {
        let known = ledger.known_assigned(client, period, fill).unwrap();
        (known.levels.seat_days(period), known.gaps)
    };
    let whole = period("2026-03-28", "2026-04-03");
    // 10, 10, ?, 12, 12, ?
    assert_eq!(billed(0, whole, Fill::Nothing), (44, 2));
    assert_eq!(billed(0, whole, Fill::LastKnown), (44 + 10 + 12, 2));
    assert_eq!(billed(0, period("2026-03-30", "2026-03-31"), Fill::LastKnown), (10, 1), "known from before");
    assert_eq!(billed(2, whole, Fill::LastKnown), (15, 0), "who is gone is not carried on");
    assert_eq!(billed(0, period("2025-01-01", "2025-02-01"), Fill::LastKnown), (0, 0));
    assert_eq!(ledger.known_used(0, whole, Fill::Nothing).unwrap().levels.seat_days(whole), 22);
    assert_eq!(ledger.known_assigned(9, whole, Fill::Nothing), None);
}

#[test]
fn a_ledger_beyond_its_size_is_refused_and_keeps_what_it_has() {
    let last = day("2026-01-01").plus(i32::try_from(Ledger::MOST_DAYS).unwrap() - 1);
    let mut many = Ledger::new(day("2026-01-01"), 1);
    for _ in 0..=Ledger::MOST_CELLS / Ledger::MOST_DAYS {
        many.add_client(TEAMS, day("2026-01-01")).unwrap();
    }
    assert_eq!(
        many.reach(last),
        Err(LedgerError::TooLarge),
        "one client more than there is room for over all days"
    );
    assert_eq!(many.reach(day("2026-01-03")), Ok(()));
    assert_eq!(many.period(), Some(period("2026-01-01", "2026-01-04")));
    let mut few = Ledger::new(day("2026-01-01"), 1);
    assert_eq!(few.reach(last), Ok(()));
    assert_eq!(few.reach(last.plus(1)), Err(LedgerError::TooLate(last.plus(1))));
}

#[test]
fn a_count_holds_for_days_in_a_row_as_far_as_they_are_the_clients() {
    let mut days = Ledger::new(day("2026-03-28"), 2);
    let mut each = days.clone();
    for ledger in [&mut days, &mut each] {
        ledger.add_client(TEAMS, day("2026-03-29")).unwrap();
        ledger.end_client(0, day("2026-04-01")).unwrap();
    }
    days.count_days(0, period("2026-03-01", "2026-04-05"), both(5, 3)).unwrap();
    for text in ["2026-03-29", "2026-03-30", "2026-03-31"] {
        each.count(0, day(text), both(5, 3)).unwrap();
    }
    each.reach(day("2026-04-04")).unwrap();
    assert_eq!(days.period(), each.period());
    let all = days.period().unwrap();
    assert_eq!(days.total(all), each.total(all));
    assert_eq!(days.count_days(1, all, both(5, 3)), Err(LedgerError::NoSuchClient));
    assert_eq!(
        days.count_days(0, all, both(MOST_SEATS + 1, 3)),
        Err(LedgerError::TooManySeats(MOST_SEATS + 1))
    );
    assert_eq!(days.total(all), each.total(all), "what is refused changes nothing");
}

#[test]
fn a_forgotten_day_is_a_gap_of_whoever_was_there_and_of_nobody_else() {
    let mut ledger = ledger();
    let all = ledger.period().unwrap();
    ledger.forget(day("2026-03-31"));
    ledger.forget(day("2026-03-01"));
    ledger.forget(day("2027-01-01"));
    let total = ledger.total(all);
    // The third client was unlinked that day.
    assert_eq!(total.used(0).at(day("2026-03-31")), Some(DaySum { seats: 0, gaps: 2 }));
    assert_eq!(total.used(0).at(day("2026-04-01")), Some(DaySum { seats: 28, gaps: 0 }));
}

#[test]
fn sums_of_some_clients_and_of_the_others_are_those_of_all() {
    let ledger = ledger();
    let all = ledger.period().unwrap();
    let mut sums = ledger.sum(all, 2, [(0, 0), (0, 1), (2, 1)]);
    sums.add(&ledger.sum(all, 2, [(1, 0)]));
    assert_eq!(sums, ledger.sum(all, 2, [(1, 0), (2, 1), (0, 1), (0, 0)]));
    // Of other groups, nothing.
    let before = sums.clone();
    sums.add(&ledger.total(all));
    assert_eq!(sums, before);
}
