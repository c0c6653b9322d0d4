use portal_domain::billing::{Amount, Currency, Price, PriceTable, Volume};
use portal_wire::PlanType;

use super::super::cents;

fn prices(prices: &[(PlanType, i64)]) -> PriceTable {
    let price = |minor: &i64| Price { provider_seat: cents(*minor), ..Price::default() };
    PriceTable::new(Currency::USD, prices.iter().map(|(plan, minor)| (*plan, price(minor)))).unwrap()
}

#[test]
fn seats_cost_what_their_plans_cost_in_a_month() {
    let table = prices(&[(PlanType::TeamsMonthly, 400), (PlanType::EnterpriseAnnually, 7_199)]);
    let seats = [
        (PlanType::TeamsMonthly, 300),
        (PlanType::TeamsMonthly2020, 99),
        (PlanType::EnterpriseAnnually, 100),
        (PlanType::Families, 6),
    ];
    let volume = Volume::of(seats, &[], Some(&table)).unwrap();
    // 399 × 4.00 = 1596.00; 100 × 71.99 ÷ 12 = 599.916…, rounded once.
    assert_eq!((volume.seats, volume.full.minor(), volume.unpriced), (499, 159_600 + 59_992, 0));
    assert_eq!(volume.more, Some((PlanType::TeamsMonthly, cents(400))), "the plan that most seats have");
}

#[test]
fn seats_without_a_price_are_counted_and_in_no_amount() {
    let table = prices(&[(PlanType::EnterpriseAnnually, 7_200)]);
    let volume = Volume::of([(PlanType::TeamsMonthly, 70)], &[], Some(&table)).unwrap();
    assert_eq!((volume.seats, volume.unpriced, volume.full), (70, 70, Amount::ZERO));
    assert_eq!(volume.more, Some((PlanType::EnterpriseAnnually, cents(600))));
    assert_eq!(Volume::of([(PlanType::TeamsMonthly, 70)], &[], None).unwrap().more, None);
}

#[test]
fn what_would_be_beyond_the_limits_is_an_error() {
    let table = prices(&[(PlanType::TeamsMonthly, 99_999_999_999)]);
    assert!(Volume::of([(PlanType::TeamsMonthly, u32::MAX)], &[], Some(&table)).is_err());
}

#[test]
fn seats_that_are_paid_for_and_nobody_has_cost_something_and_count_for_nothing() {
    let table = prices(&[(PlanType::TeamsMonthly, 400), (PlanType::EnterpriseMonthly, 600)]);
    let unassigned = [(PlanType::TeamsMonthly, 12), (PlanType::EnterpriseMonthly, 300)];
    let volume = Volume::of([(PlanType::TeamsMonthly, 148)], &unassigned, Some(&table)).unwrap();
    assert_eq!((volume.seats, volume.full.minor()), (148, 160 * 400 + 300 * 600));
    assert_eq!(
        volume.more,
        Some((PlanType::TeamsMonthly, cents(400))),
        "what nobody has is not what most have"
    );
}
