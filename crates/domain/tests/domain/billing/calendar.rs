use portal_domain::billing::{Cadence, Cycle, Day, Period};
use portal_wire::Timestamp;
use proptest::prelude::*;

use super::{day, month, monthly, period, yearly};

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn months_have_their_days_whatever_their_hours() {
    // In Berlin the clocks go forward on 29 March 2026 (a day of 23 hours) and back on 25 October (one of 25).
    for (first, days) in
        [("2026-02-01", 28), ("2028-02-01", 29), ("2026-03-15", 31), ("2026-04-30", 30), ("2026-10-01", 31)]
    {
        assert_eq!(month(first).days().get(), days, "{first}");
    }
}

#[test]
fn the_day_is_that_of_the_place_also_when_its_clocks_change() {
    // 28 March 23:59:59 in Berlin is an hour ahead of UTC, 29 March begins then and has 23 hours.
    assert_eq!(Day::at(moment("2026-03-28T22:59:59Z"), 60), day("2026-03-28"));
    assert_eq!(Day::at(moment("2026-03-28T23:00:00Z"), 60), day("2026-03-29"));
    assert_eq!(Day::at(moment("2026-03-29T21:59:59Z"), 120), day("2026-03-29"));
    assert_eq!(Day::at(moment("2026-03-29T22:00:00Z"), 120), day("2026-03-30"));
    // 25 October has 25 hours: from 22:00 on the 24th until 23:00 on the 25th in UTC.
    assert_eq!(Day::at(moment("2026-10-24T22:00:00Z"), 120), day("2026-10-25"));
    assert_eq!(Day::at(moment("2026-10-25T22:59:59Z"), 60), day("2026-10-25"));
    assert_eq!(Day::of(moment("2026-03-28T23:59:59.999Z")), day("2026-03-28"));
}

#[test]
fn a_short_month_shortens_one_period_and_none_after_it() {
    let cycle = monthly("2026-01-31");
    let firsts: Vec<String> =
        (0..5).filter_map(|number| cycle.period(number)).map(|period| period.first().to_string()).collect();
    assert_eq!(firsts, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]);
    assert_eq!(cycle.containing(day("2026-02-27")), Some(period("2026-01-31", "2026-02-28")));
    assert_eq!(cycle.containing(day("2026-02-28")), Some(period("2026-02-28", "2026-03-31")));
    assert_eq!(cycle.containing(day("2026-01-30")), None);
    // A year begun on the leap day.
    assert_eq!(yearly("2028-02-29").containing(day("2029-02-28")), Some(period("2029-02-28", "2030-02-28")));
    assert_eq!(yearly("2028-02-29").period(4), Some(period("2032-02-29", "2033-02-28")));
}

#[test]
fn what_is_no_day_or_period_is_refused() {
    for text in
        ["", "2026-02-29", "2026-13-01", "2026-1-1", "2026-01-01T00:00:00Z", "01.02.2026", "2026-01-01 "]
    {
        assert!(text.parse::<Day>().is_err(), "{text}");
    }
    assert_eq!(Period::new(day("2026-01-02"), day("2026-01-02")), None);
    assert_eq!(Period::new(day("2026-01-02"), day("2026-01-01")), None);
    assert_eq!(Period::month_of(day("9999-12-31")), None, "its end is beyond the calendar");
    assert_eq!(monthly("9999-11-01").over(period("2026-01-01", "9999-12-31")).count(), 1);
    assert_eq!(day("9999-12-31").plus(i32::MAX), day("9999-12-31"));
    assert_eq!(serde_json::to_string(&day("2026-02-01")).unwrap(), "\"2026-02-01\"");
}

proptest! {
    #[test]
    fn the_periods_of_a_cycle_follow_each_other_without_a_gap(from in 0i32..60_000, later in 0i32..9_000, years: bool) {
        let anchor = Day::of(Timestamp(0)).plus(from);
        let cadence = if years { Cadence::Annual } else { Cadence::Monthly };
        let cycle = Cycle { anchor, cadence };
        let asked = anchor.plus(later);
        let number = cycle.number_at(asked).unwrap();
        let (here, next) = (cycle.period(number).unwrap(), cycle.period(number + 1).unwrap());
        prop_assert!(here.contains(asked));
        prop_assert_eq!(here.end(), next.first());
        prop_assert_eq!(cycle.over(here).collect::<Vec<_>>(), vec![here]);
        let usual = if years { 365..=366 } else { 28..=31 };
        prop_assert!(usual.contains(&here.days().get()));
    }
}
