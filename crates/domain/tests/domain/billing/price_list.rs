use portal_domain::billing::{Charged, Currency, PriceList, PriceListError, SeatCharge, Service};
use portal_wire::PlanType;

use super::{
    cents, day,
    drafts::{TEAMS, list, rate, service},
};

#[test]
fn a_price_list_that_makes_no_sense_is_refused() {
    let refused = |seats: &[(PlanType, SeatCharge)], services: &[Service], tax: &str| {
        PriceList::new(Currency::USD, seats.to_vec(), services.to_vec(), rate(tax)).unwrap_err()
    };
    let price = |minor| SeatCharge::Price(cents(minor));
    assert!(matches!(refused(&[(TEAMS, price(-1))], &[], "0"), PriceListError::NotAPrice(_)));
    assert!(
        matches!(refused(&[(TEAMS, price(100_000_000_000))], &[], "0"), PriceListError::NotAPrice(_)),
        "a billion"
    );
    assert_eq!(
        refused(&[(TEAMS, price(1)), (PlanType::TeamsMonthly2019, price(1))], &[], "0"),
        PriceListError::Twice(PlanType::TeamsMonthly2019)
    );
    assert_eq!(refused(&[], &[], "101"), PriceListError::NotATax);
    assert_eq!(refused(&[], &[], "-1"), PriceListError::NotATax);
    assert_eq!(refused(&[], &[service(" ", 1, Charged::Monthly)], "0"), PriceListError::BadName);
    assert_eq!(refused(&[], &[service(&"é".repeat(101), 1, Charged::Monthly)], "0"), PriceListError::BadName);
    assert!(matches!(refused(&[], &[service("A", -1, Charged::Monthly)], "0"), PriceListError::NotAPrice(_)));
    assert_eq!(
        refused(&[], &vec![service("A", 1, Charged::Monthly); 51], "0"),
        PriceListError::TooManyServices
    );
}

#[test]
fn a_price_list_is_checked_again_when_it_is_read() {
    let kept = list(
        "EUR",
        &[(TEAMS, SeatCharge::MarkUp(rate("12.5")))],
        &[service("Set-up", 1, Charged::Once(day("2026-04-01")))],
        "8.875",
    );
    let json = serde_json::to_string(&kept).unwrap();
    assert_eq!(serde_json::from_str::<PriceList>(&json).unwrap(), kept);
    assert!(serde_json::from_str::<PriceList>(&json.replace("\"price\":1", "\"price\":-1")).is_err());
    assert!(serde_json::from_str::<PriceList>(&json.replace("\"price\":1", "\"price\":1.5")).is_err());
}
