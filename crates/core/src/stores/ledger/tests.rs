//! Ledgers as a server tells them, and as the portal counts them.

use portal_bridge::OrganizationId;
use portal_domain::billing::{Counted, Day, Period};
use portal_wire::PlanType;

use super::{
    SeatLedger,
    month::{Count, Month, page_of, unrolled},
    server::Reading,
};
use crate::api::RowSink;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn period(first: &str, end: &str) -> Period {
    Period::new(day(first), day(end)).unwrap()
}

fn organization(number: u8) -> OrganizationId {
    format!("00000000-0000-4000-8000-0000000000{number:02x}").parse().unwrap()
}

/// What a client has, day by day: `·` where it is none, `?` for a gap, else assigned and used.
fn told(ledger: &SeatLedger, client: usize) -> Vec<String> {
    let Some(days) = ledger.ledger.period() else { return Vec::new() };
    let number = |seats: Option<u32>| seats.map_or("?".to_owned(), |seats| seats.to_string());
    let days = (0..).map(|number| days.first().plus(number)).take_while(|day| *day < days.end());
    days.map(|day| match ledger.ledger.counted(client, day) {
        None => "·".to_owned(),
        Some(Counted { assigned: None, used: None }) => "?".to_owned(),
        Some(Counted { assigned, used }) => format!("{}/{}", number(assigned), number(used)),
    })
    .collect()
}

mod from_the_server {
    use super::*;

    fn row(client: u8, name: &str, day: &str, plan: i32, seats: Option<(u32, u32)>) -> String {
        let (assigned, used) = (seats.map(|seats| seats.0), seats.map(|seats| seats.1));
        serde_json::json!([organization(client), name, day, plan, assigned, used]).to_string()
    }

    fn around(asked: Period, days: &[&str]) -> Vec<u8> {
        let period =
            serde_json::json!({ "first": asked.first().to_string(), "end": asked.end().to_string() });
        serde_json::json!({ "object": "providerSeatCounts", "period": period, "days": days, "rows": [] })
            .to_string()
            .into_bytes()
    }

    fn read(asked: Period, today: &str, days: &[&str], rows: &[String]) -> SeatLedger {
        let mut reading = Reading::new(asked, day(today));
        reading.restart();
        rows.iter().for_each(|row| reading.row(row.as_bytes()).unwrap());
        reading.finish(&around(asked, days)).unwrap()
    }

    #[test]
    fn a_row_holds_until_the_next_and_a_day_nobody_counted_is_a_gap() {
        let asked = period("2031-04-01", "2031-04-07");
        let rows = [
            row(1, "Acme", "2031-04-01", 19, Some((5, 1))),
            row(1, "=Acme", "2031-04-02", 19, Some((6, 1))),
            row(1, "=Acme", "2031-04-05", 19, None),
            row(2, "Beta", "2031-04-04", 17, Some((2, 1))),
        ];
        let days = ["2031-04-01", "2031-04-02", "2031-04-04", "2031-04-05", "2031-04-06"];
        let ledger = read(asked, "2031-04-06", &days, &rows);
        assert_eq!(told(&ledger, 0), ["5/1", "6/1", "?", "6/1", "·", "·"]);
        assert_eq!(told(&ledger, 1), ["·", "·", "·", "2/1", "2/1", "2/1"]);
        assert_eq!(ledger.clients, [(organization(1), "=Acme".into()), (organization(2), "Beta".into())]);
        assert_eq!(ledger.counted, Some(period("2031-04-01", "2031-04-07")));
    }

    #[test]
    fn a_ledger_begins_with_its_first_day_unless_there_was_something_before() {
        let asked = period("2031-04-01", "2031-04-05");
        let begun = [row(1, "Acme", "2031-04-03", 19, Some((5, 1)))];
        let ledger = read(asked, "2031-04-04", &["2031-04-03"], &begun);
        // The fourth is today, which somebody may still count.
        assert_eq!(
            (told(&ledger, 0), ledger.counted),
            (vec!["·".into(), "·".into(), "5/1".into()], Some(period("2031-04-03", "2031-04-04")))
        );
        let older = [row(1, "Acme", "2031-03-03", 19, Some((5, 1)))];
        let ledger = read(asked, "2031-04-04", &["2031-04-03"], &older);
        assert_eq!(
            (told(&ledger, 0), ledger.counted),
            (vec!["?".into(), "?".into(), "5/1".into()], Some(period("2031-04-01", "2031-04-04")))
        );
        // Missed to the end: the days before today are gaps.
        let ledger = read(asked, "2031-04-09", &["2031-04-01"], &older);
        assert_eq!(told(&ledger, 0), ["5/1", "?", "?", "?"]);
        let none = read(asked, "2031-04-04", &[], &[]);
        assert_eq!((none.counted, none.clients.len()), (None, 0));
    }

    #[test]
    fn a_plan_that_changes_and_a_client_that_comes_back_are_clients_of_their_own() {
        let asked = period("2031-04-01", "2031-04-06");
        let rows = [
            row(1, "Acme", "2031-04-01", 17, Some((5, 1))),
            row(1, "Acme", "2031-04-02", 9_999, Some((5, 2))),
            row(1, "Acme", "2031-04-03", 9_999, None),
            row(1, "Acme", "2031-04-05", 9_999, Some((7, 3))),
        ];
        let days = ["2031-04-01", "2031-04-02", "2031-04-03", "2031-04-04", "2031-04-05"];
        let ledger = read(asked, "2031-04-05", &days, &rows);
        assert_eq!(told(&ledger, 0), ["5/1", "·", "·", "·", "·"]);
        assert_eq!(told(&ledger, 1), ["·", "5/2", "·", "·", "·"]);
        assert_eq!(told(&ledger, 2), ["·", "·", "·", "·", "7/3"]);
        assert_eq!(ledger.ledger.plan(2), Some(PlanType::Unknown(9_999)));
    }

    #[test]
    fn what_is_no_count_is_refused_and_changes_nothing() {
        let asked = period("2031-04-01", "2031-04-06");
        let mut reading = Reading::new(asked, day("2031-04-05"));
        for wrong in [
            row(1, "Acme", "2031-02-30", 17, Some((5, 1))),
            row(1, "Acme", "2031-04-01", 17, Some((u32::MAX, 1))).replace(&u32::MAX.to_string(), "-1"),
            row(1, "Acme", "2031-04-01", 17, Some((5, 1))).replace(",5,", ",5.5,"),
            "{}".to_owned(),
        ] {
            assert!(reading.row(wrong.as_bytes()).is_err(), "{wrong}");
        }
        let mut reading = Reading::new(asked, day("2031-04-05"));
        reading.row(row(1, "Acme", "2031-04-01", 17, Some((u32::MAX, 1))).as_bytes()).unwrap();
        assert!(reading.finish(&around(asked, &["2031-04-01"])).is_err());
        // Of other days than those asked for.
        assert!(
            Reading::new(asked, day("2031-04-05"))
                .finish(&around(period("2031-04-01", "2031-04-05"), &[]))
                .is_err()
        );
    }
}

mod counted_here {
    use super::*;

    fn count(client: u8, assigned: Option<u32>, used: Option<u32>) -> Count {
        Count {
            organization: organization(client),
            name: format!("={client}"),
            plan: PlanType::EnterpriseMonthly,
            counted: Counted { assigned, used },
        }
    }

    fn read(asked: Period, today: &str, months: &[(Day, Month)]) -> SeatLedger {
        let (rows, days) = unrolled(months);
        let mut building = super::super::building::Building::new(asked, day(today));
        rows.into_iter().for_each(|row| building.row(row).unwrap());
        building.finish(days, portal_bridge::LedgerSource::Kept).unwrap()
    }

    #[test]
    fn the_later_count_of_a_day_is_the_one_and_whoever_could_not_be_read_is_a_gap() {
        let mut month = Month::default();
        month.count(1, &[count(1, None, Some(3)), count(2, None, Some(9))]);
        month.count(1, &[count(1, None, Some(4)), count(2, None, Some(9))]);
        month.count(2, &[count(1, None, None), count(2, None, Some(9))]);
        month.count(4, &[count(1, None, Some(4)), count(2, None, Some(9))]);
        let ledger = read(period("2031-04-01", "2031-04-05"), "2031-04-04", &[(day("2031-04-01"), month)]);
        assert_eq!(told(&ledger, 0), ["?/4", "?", "?", "?/4"]);
        assert_eq!(told(&ledger, 1), ["?/9", "?/9", "?", "?/9"]);
    }

    #[test]
    fn a_clock_that_was_set_back_loses_nothing() {
        let mut month = Month::default();
        month.count(20, &[count(1, Some(5), Some(3))]);
        month.count(10, &[count(1, Some(1), Some(1))]);
        month.count(21, &[count(1, Some(6), Some(3))]);
        let mut untouched = Month::default();
        untouched.count(20, &[count(1, Some(5), Some(3))]);
        untouched.count(21, &[count(1, Some(6), Some(3))]);
        assert_eq!(month, untouched);
    }

    #[test]
    fn one_client_goes_another_comes_and_a_mistake_of_the_same_day_is_mended() {
        let mut month = Month::default();
        month.count(1, &[count(1, None, Some(3))]);
        month.count(2, &[count(2, None, Some(7))]);
        let gone = [(day("2031-04-01"), month)];
        let asked = period("2031-04-01", "2031-04-04");
        let ledger = read(asked, "2031-04-03", &gone);
        assert_eq!(
            (told(&ledger, 0), told(&ledger, 1)),
            (vec!["?/3".into(), "·".into()], vec!["·".into(), "?/7".into()])
        );
        let [(first, mut month)] = gone;
        month.count(2, &[count(1, None, Some(3))]);
        let ledger = read(asked, "2031-04-03", &[(first, month)]);
        assert_eq!((ledger.clients.len(), told(&ledger, 0)), (1, vec!["?/3".into(), "?/3".into()]));
    }

    #[test]
    fn a_client_goes_on_over_the_turn_of_a_month_and_a_missed_month_is_a_gap() {
        let mut april = Month::default();
        april.count(30, &[count(1, None, Some(3)), count(2, None, Some(5))]);
        let mut may = Month::default();
        may.count(2, &[count(1, None, Some(3))]);
        may.count(3, &[count(1, None, Some(3)), count(2, None, Some(6))]);
        let months = [(day("2031-04-01"), april), (day("2031-05-01"), may)];
        let ledger = read(period("2031-04-29", "2031-05-04"), "2031-05-03", &months);
        assert_eq!(ledger.counted, Some(period("2031-04-30", "2031-05-04")));
        assert_eq!(told(&ledger, 0), ["·", "?/3", "?", "?/3", "?/3"]);
        // Not there when the month began, and back the day after.
        assert_eq!(told(&ledger, 1), ["·", "?/5", "?", "·", "·"]);
        assert_eq!(told(&ledger, 2), ["·", "·", "·", "·", "?/6"]);
    }

    #[test]
    fn a_page_is_read_as_it_was_written() {
        let mut month = Month::default();
        month.count(1, &[count(1, None, Some(3)), count(2, Some(8), None)]);
        month.count(2, &[count(2, Some(8), Some(7))]);
        let text = serde_json::to_string(&month).unwrap();
        assert_eq!(serde_json::from_str::<Month>(&text).unwrap(), month);
        assert_eq!(page_of(day("2031-04-09")), ("counts-2031-04".to_owned(), 9));
    }
}
