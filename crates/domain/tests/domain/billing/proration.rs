use portal_domain::billing::{Amount, Change, Day, LevelError, Levels, Period, TooMuch, proration::owed};
use proptest::{collection::vec, prelude::*};

use super::{cents, day, levels, month, period, yearly};

#[test]
fn a_month_is_charged_by_day() {
    // price × seat-days ÷ days of the month. A day belongs to whoever holds the seats when it ends.
    for (what, in_month, price, changes, seat_days, amount) in [
        // 10 × 30 = 300; 600 × 300 ÷ 30 = 6000
        ("all of it", "2026-04-01", 600, &[("2026-01-01", 10)][..], 300, 6_000),
        // 300 + 5 × 15 = 375; 600 × 375 ÷ 30 = 7500
        ("five more from the 16th", "2026-04-01", 600, &[("2026-01-01", 10), ("2026-04-16", 5)], 375, 7_500),
        // 300 − 4 × 10 = 260; 600 × 260 ÷ 30 = 5200
        (
            "four fewer from the 21st",
            "2026-04-01",
            600,
            &[("2026-01-01", 10), ("2026-04-21", -4)],
            260,
            5_200,
        ),
        // 7 × 19 (12th to 30th) = 133; 600 × 133 ÷ 30 = 2660
        ("linked on the 12th", "2026-04-01", 600, &[("2026-04-12", 7)], 133, 2_660),
        // 10 × 9 (1st to 9th) = 90; 600 × 90 ÷ 30 = 1800
        ("unlinked on the 10th", "2026-04-01", 600, &[("2026-01-01", 10), ("2026-04-10", -10)], 90, 1_800),
        // 7 × 8 (12th to 19th) = 56; 600 × 56 ÷ 30 = 1120
        ("linked and unlinked", "2026-04-01", 600, &[("2026-04-12", 7), ("2026-04-20", -7)], 56, 1_120),
        ("up and down on one day", "2026-04-01", 600, &[("2026-04-12", 7), ("2026-04-12", -7)], 0, 0),
        // 3 × 2 (27th, 28th) = 6; 400 × 6 ÷ 28 = 85.71…
        ("28 days", "2026-02-01", 400, &[("2026-02-27", 3)], 6, 86),
        // 3 × 3 = 9; 400 × 9 ÷ 29 = 124.13…
        ("29 days", "2028-02-01", 400, &[("2028-02-27", 3)], 9, 124),
        // 1 × 3 (29th, of 23 hours, to 31st) = 3; 600 × 3 ÷ 31 = 58.06…
        ("a day of 23 hours", "2026-03-01", 600, &[("2026-03-29", 1)], 3, 58),
        // 1 × 7 (25th, of 25 hours, to 31st) = 7; 600 × 7 ÷ 31 = 135.48…
        ("a day of 25 hours", "2026-10-01", 600, &[("2026-10-25", 1)], 7, 135),
        // 1 × 15 = 15; 5 × 15 ÷ 30 = 2.5
        ("half a cent", "2026-04-01", 5, &[("2026-04-16", 1)], 15, 3),
        ("nothing yet", "2026-04-01", 600, &[("2026-05-01", 10)], 0, 0),
    ] {
        let month = month(in_month);
        let owed = owed(cents(price), &levels(changes), month, month).unwrap();
        assert_eq!((owed.seat_days, owed.amount.minor()), (seat_days, amount), "{what}");
    }
}

#[test]
fn a_year_is_owed_when_it_begins_and_its_changes_when_they_happen() {
    let year = yearly("2026-01-01").period(0).unwrap();
    let levels = levels(&[("2026-01-01", 10), ("2026-07-01", 5), ("2026-10-01", -3)]);
    for (window, seat_days, amount) in [
        ("2025-12-01", 0, 0),
        // 10 × 365 = 3650; 7200 × 3650 ÷ 365 = 72000
        ("2026-01-01", 3_650, 72_000),
        ("2026-02-01", 0, 0),
        // 5 × 184 days left = 920; 7200 × 4570 ÷ 365 = 90147.9… → 90148, less the 72000 before
        ("2026-07-01", 920, 18_148),
        ("2026-08-01", 0, 0),
        // 3 × 92 days left = 276; 7200 × 4294 ÷ 365 = 84703.5… → 84704, less the 90148 before
        ("2026-10-01", -276, -5_444),
        ("2026-12-01", 0, 0),
        ("2027-01-01", 0, 0),
    ] {
        let owed = owed(cents(7_200), &levels, year, month(window)).unwrap();
        assert_eq!((owed.seat_days, owed.amount.minor()), (seat_days, amount), "{window}");
    }
}

#[test]
fn a_month_can_begin_on_any_day() {
    // From the 15th to the 14th, 31 days; 4 seats from the 20th on: 26 days. 4 × 26 = 104; 600 × 104 ÷ 31 = 2012.9…
    let month = period("2026-03-15", "2026-04-15");
    let owed = owed(cents(600), &levels(&[("2026-03-20", 4)]), month, month).unwrap();
    assert_eq!((owed.seat_days, owed.amount.minor()), (104, 2_013));
}

#[test]
fn impossible_changes_are_refused_with_their_day() {
    let of = |changes: &[(&str, i64)]| {
        Levels::of(changes.iter().map(|(from, by)| Change { day: day(from), by: *by }))
    };
    assert_eq!(
        of(&[("2026-04-02", 5), ("2026-04-01", -1)]),
        Err(LevelError::BelowZero(day("2026-04-01"))),
        "what is given back was not there yet"
    );
    assert_eq!(of(&[("2026-04-01", 1 << 31)]), Err(LevelError::TooMany(day("2026-04-01"))));
    assert_eq!(
        of(&[("2026-04-01", i64::MAX), ("2026-04-01", i64::MAX)]),
        Err(LevelError::TooMany(day("2026-04-01")))
    );
    assert_eq!(of(&[("2026-04-01", i64::MIN)]), Err(LevelError::BelowZero(day("2026-04-01"))));
    assert_eq!(levels(&[("2026-04-01", 5), ("2026-04-01", -5)]), Levels::default());
}

/// Changes that never go below zero: each takes back at most what was given.
pub(super) fn any_changes(days: i32) -> impl Strategy<Value = Vec<Change>> {
    vec((0..days, -40i64..60), 0..30).prop_map(|steps| {
        let mut steps = steps;
        steps.sort_by_key(|(day, _)| *day);
        let mut level = 0;
        let first = day("2026-01-01");
        let held = steps.into_iter().map(|(later, by)| {
            let by = by.max(-level);
            level += by;
            Change { day: first.plus(later), by }
        });
        held.collect()
    })
}

fn is_level(levels: &Levels, day: Day, changes: &[Change]) -> bool {
    i64::from(levels.at(day))
        == changes.iter().filter(|change| change.day <= day).map(|change| change.by).sum::<i64>()
}

proptest! {
    #[test]
    fn the_windows_of_a_year_owe_exactly_the_year(changes in any_changes(365), price in 0i64..1_000_000) {
        let levels = Levels::of(changes).unwrap();
        let year = yearly("2026-01-01").period(0).unwrap();
        let windows = super::monthly("2026-01-01").over(year);
        let owed: Vec<_> = windows.map(|window| owed(cents(price), &levels, year, window).unwrap()).collect();
        let whole = cents(price).share(levels.seat_days(year), year.days()).unwrap();
        prop_assert_eq!(owed.iter().map(|part| part.seat_days).sum::<i64>(), levels.seat_days(year));
        prop_assert_eq!(Amount::sum(owed.iter().map(|part| part.amount)), Ok(whole));
    }

    #[test]
    fn the_order_in_which_changes_are_told_does_not_matter(changes in any_changes(60), seed: u64) {
        let mut other = changes.clone();
        let length = other.len().max(1);
        for (index, by) in (0..other.len()).zip(seed.to_le_bytes().iter().cycle()) {
            other.swap(index, usize::from(*by) % length);
        }
        prop_assert_eq!(Levels::of(changes), Levels::of(other));
    }

    #[test]
    fn seat_days_are_the_sum_of_the_seats_of_each_day(changes in any_changes(60), from in -5i32..50, days in 1i32..40, minimum in 0u32..50) {
        let levels = Levels::of(changes.clone()).unwrap();
        let first = day("2026-01-01").plus(from);
        let period = Period::new(first, first.plus(days)).unwrap();
        let each: i64 = (0..days).map(|later| i64::from(levels.at(first.plus(later)))).sum();
        prop_assert_eq!(levels.seat_days(period), each);
        let beyond: i64 = (0..days).map(|later| i64::from(levels.at(first.plus(later)).saturating_sub(minimum))).sum();
        prop_assert_eq!(levels.beyond(minimum).seat_days(period), beyond);
        prop_assert!((0..days).all(|later| is_level(&levels, first.plus(later), &changes)));
    }

    #[test]
    fn no_price_and_no_number_of_seats_within_the_limits_overflows(price in 0..=Amount::MOST, seats in 0i64..1 << 31, length in 1i32..3_000_000) {
        let first = day("0001-01-01");
        let levels = Levels::of([Change { day: first, by: seats }]).unwrap();
        let period = Period::new(first, first.plus(length)).unwrap();
        let expected = i128::from(price) * i128::from(seats);
        match owed(cents(price), &levels, period, period) {
            Ok(owed) => prop_assert_eq!(i128::from(owed.amount.minor()), expected),
            Err(TooMuch) => prop_assert!(expected > i128::from(Amount::MOST)),
        }
    }
}
