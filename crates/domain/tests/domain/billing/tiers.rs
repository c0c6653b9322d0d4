use portal_domain::billing::{Amount, Progress, Rate, Tier, Tiers, TiersError, cumulative};
use portal_wire::PlanType;
use proptest::prelude::*;

use super::cents;

fn tier(from_seats: u32, percent: &str) -> Tier {
    Tier { from_seats, discount: Rate::parse(percent).unwrap() }
}

fn tiers(rows: &[(u32, &str)]) -> Tiers {
    Tiers::new(rows.iter().map(|(seats, percent)| tier(*seats, percent)).collect()).unwrap()
}

/// What so many seats cost at 4.00 each.
fn cost(tiers: &Tiers, seats: u32) -> i64 {
    let full = cents(400).times(seats.into()).unwrap();
    full.minus(tiers.discount(seats).of(full).unwrap()).unwrap().minor()
}

#[test]
fn a_threshold_is_met_exactly() {
    let ten = tiers(&[(500, "10")]);
    assert_eq!(cost(&ten, 499), 199_600); // 499 × 4.00
    assert_eq!(cost(&ten, 500), 180_000); // 500 × 4.00 = 2000.00, less 10 % of all of it
    assert_eq!(cost(&ten, 501), 180_360); // 501 × 4.00 = 2004.00, less 200.40
    let edited = tiers(&[(250, "5"), (1_000, "12.5")]);
    assert_eq!(cost(&edited, 249), 99_600);
    assert_eq!(cost(&edited, 250), 95_000); // 1000.00 − 50.00
    assert_eq!(cost(&edited, 251), 95_380); // 1004.00 − 50.20
    assert_eq!(cost(&edited, 999), 379_620); // 3996.00 − 199.80
    assert_eq!(cost(&edited, 1_000), 350_000); // 4000.00 − 500.00
    assert_eq!(cost(&edited, 1_001), 350_350); // 4004.00 − 500.50
}

#[test]
fn progress_says_what_is_missing_and_what_it_would_be_worth() {
    let table = tiers(&[(500, "10"), (1_000, "15")]);
    let progress = |seats: u32| table.progress(seats, cents(400 * i64::from(seats)), cents(400)).unwrap();
    let Progress { discount, next, .. } = progress(499);
    let next = next.unwrap();
    assert_eq!((discount, next.tier.from_seats, next.missing), (Rate::ZERO, 500, 1));
    // 10 % of 1996.00 is 199.60; the missing seat costs 4.00 − 0.40 = 3.60: one more seat makes it 196.00 cheaper.
    assert_eq!((next.saves.minor(), next.missing_cost.minor()), (19_960, 360));
    assert_eq!(next.worth(), Ok(cents(19_600)));
    let next = progress(500).next.unwrap();
    // 15 % − 10 % of 2000.00 is 100.00; 500 seats at 3.40 are 1700.00: not worth it.
    assert_eq!((next.missing, next.saves.minor(), next.missing_cost.minor()), (500, 10_000, 170_000));
    assert_eq!(next.worth(), Ok(cents(-160_000)));
    assert_eq!(progress(501).discount, Rate::parse("10").unwrap());
    assert_eq!(progress(1_000).next, None);
    assert_eq!(
        tiers(&[]).progress(7, cents(1), cents(1)).unwrap(),
        Progress { seats: 7, discount: Rate::ZERO, next: None }
    );
}

#[test]
fn the_table_that_ships_has_the_threshold_of_the_brief_and_promises_nothing() {
    assert_eq!(Tiers::shipped().rows(), [tier(500, "0")]);
    assert_eq!(Tiers::shipped().progress(120, cents(48_000), cents(400)).unwrap().next.unwrap().missing, 380);
}

#[test]
fn seats_of_all_teams_and_enterprise_organizations_count_together() {
    let ours = (PlanType::EnterpriseAnnually, 40);
    let clients = [
        (PlanType::TeamsMonthly, 200),
        (PlanType::EnterpriseMonthly2020, 260),
        (PlanType::Families, 6),
        (PlanType::TeamsStarter, 10),
        (PlanType::Unknown(99), 1_000),
    ];
    assert_eq!(cumulative(clients.into_iter().chain([ours])), 500);
    assert_eq!(cumulative([(PlanType::TeamsMonthly, u32::MAX), ours]), u32::MAX);
}

#[test]
fn a_table_that_makes_no_sense_is_refused() {
    let refused = |rows: &[(u32, &str)]| {
        Tiers::new(rows.iter().map(|(seats, rate)| tier(*seats, rate)).collect()).unwrap_err()
    };
    assert_eq!(refused(&[(0, "1")]), TiersError::FromNothing);
    assert_eq!(refused(&[(500, "1"), (500, "2")]), TiersError::NotRising(500));
    assert_eq!(refused(&[(500, "1"), (400, "2")]), TiersError::NotRising(400));
    assert_eq!(refused(&[(500, "10"), (600, "5")]), TiersError::Falling(600));
    assert_eq!(refused(&[(500, "100.01")]), TiersError::NotAShare(500));
    assert_eq!(refused(&[(500, "-1")]), TiersError::NotAShare(500));
    let many: Vec<_> = (1..=21).map(|seats| tier(seats, "1")).collect();
    assert_eq!(Tiers::new(many).unwrap_err(), TiersError::TooMany);
    assert!(serde_json::from_str::<Tiers>(r#"[{"fromSeats":0,"discount":1}]"#).is_err());
    assert_eq!(
        serde_json::from_str::<Tiers>(r#"[{"fromSeats":500,"discount":100000}]"#).unwrap(),
        tiers(&[(500, "10")])
    );
}

proptest! {
    #[test]
    fn no_number_breaks_progress(seats: u32, full in -Amount::MOST..=Amount::MOST, price in 0..=Amount::MOST) {
        let _ = tiers(&[(500, "10"), (u32::MAX, "100")]).progress(seats, cents(full), cents(price));
    }
}
