//! Discount tiers, and how far the next one is.

use portal_bridge::{BillingFault, BooksOf, Fault, GetDiscounts, SeatsCounted};
use serde_json::json;

use super::{billing, discounts, faults, save_costs, save_tiers, tiers};
use crate::{
    scripted::{PROVIDER, Scripted, signed_in},
    simulated::World,
};

#[test]
fn tiers_hold_exactly_from_their_threshold_on() {
    for (seats, paid, missing) in [(499, 199_600, Some(1)), (500, 180_000, None), (501, 180_360, None)] {
        let server = Scripted::new();
        server.borrow_mut().add_client("Harbour", seats - 100, 3);
        server.borrow_mut().add_client("Bakery", 100, 3);
        let mut world = signed_in(&server);
        save_costs(&mut world, "USD", 2, "4").unwrap();
        save_tiers(&mut world, &[("500", "10")]).unwrap();
        let view = discounts(&mut world);
        assert_eq!(i32::try_from(view.seats), Ok(seats));
        assert_eq!(view.month.unwrap().paid.amount.minor(), paid);
        assert_eq!(view.next.as_ref().map(|next| next.missing), missing);
        if let Some(next) = view.next {
            // 10 % of 1996.00 saved; the missing seat costs 4.00 − 0.40.
            let money = next.money.unwrap();
            assert_eq!((money.saves.amount.minor(), money.missing_cost.amount.minor()), (19_960, 360));
            assert_eq!((money.worth.amount.minor(), money.plan.as_str()), (19_600, "Enterprise (Monthly)"));
        }
    }
}

#[test]
fn before_anything_is_entered_the_threshold_of_500_is_there_and_promises_nothing() {
    let server = Scripted::new();
    server.borrow_mut().add_client("Harbour", 40, 3);
    let view = discounts(&mut signed_in(&server));
    assert_eq!(view.form, tiers(&[("500", "0")]));
    assert_eq!((view.entered, view.month, view.unpriced), (false, None, 40));
    let next = view.next.unwrap();
    assert_eq!((next.missing, next.money), (460, None));
}

#[test]
fn where_the_server_bills_by_tiers_of_its_own_they_are_what_counts() {
    let server = Scripted::new();
    server.borrow_mut().pages.extend([
        ("GET /api/config".to_owned(), json!({"portal": {"books": true}})),
        (
            format!("GET /api/portal/providers/{PROVIDER}/billing"),
            json!({"currency": "USD", "prices": [{"type": 19, "price": 600}], "cumulativeSeats": 700,
                   "tiers": [{"fromSeats": 600, "discount": 75_000}], "credit": 0, "upcoming": null}),
        ),
        (format!("GET /api/portal/providers/{PROVIDER}/books"), json!({"revision": 0, "pages": []})),
    ]);
    server.borrow_mut().add_client("Harbour", 700, 3);
    let mut world = signed_in(&server);
    let view = discounts(&mut world);
    assert!(view.from_server && !view.differ && view.costs.from_server);
    assert_eq!((view.seats, view.discount.to_string().as_str()), (700, "7.5"));
    // 700 × 6.00 = 4200.00, less 7.5 %.
    assert_eq!(view.month.unwrap().paid.amount.minor(), 388_500);
    assert_eq!(view.costs.plans[2].text, "6.00");
}

#[test]
fn a_tier_that_makes_no_sense_is_refused_at_its_field() {
    let mut world = signed_in(&Scripted::new());
    let mut refused = |rows: &[(&str, &str)]| faults(save_tiers(&mut world, rows));
    assert_eq!(refused(&[("500", "10"), ("400", "20")]), [billing("from-1", BillingFault::NotRising)]);
    assert_eq!(refused(&[("500", "10"), ("600", "5")]), [billing("discount-1", BillingFault::Falling)]);
    assert_eq!(refused(&[("500", "101")]), [billing("discount-0", BillingFault::NotAShare)]);
    assert_eq!(refused(&[("500", "-1")]), [billing("discount-0", BillingFault::NotAShare)]);
    assert_eq!(refused(&[("0", "1")]), [("from-0".to_owned(), Fault::TooSmall { limit: 1 })]);
    assert_eq!(
        refused(&[("2.5", "ten"), ("", "")]),
        [
            billing("from-0", BillingFault::NotANumber),
            billing("discount-0", BillingFault::NotANumber),
            ("from-1".to_owned(), Fault::Missing),
            ("discount-1".to_owned(), Fault::Missing),
        ]
    );
    let many: Vec<(String, &str)> = (1..=21).map(|seats| (seats.to_string(), "1")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(seats, rate)| (seats.as_str(), *rate)).collect();
    assert_eq!(refused(&many), [("tiers".to_owned(), Fault::TooMany { limit: 20 })]);
    assert!(!discounts(&mut world).entered, "nothing was saved");
}

#[test]
fn without_a_provider_members_of_teams_and_enterprise_clients_count() {
    let id = |number: u32| uuid::Uuid::from_u128(9 << 96 | u128::from(number)).to_string();
    let own = |number: u32, tier: i32| {
        json!({"object": "profileOrganization", "id": id(number), "name": "Own", "type": 0, "status": 2, "enabled": true,
               "seats": null, "key": null, "productTierType": tier})
    };
    let server = Scripted::new();
    server.borrow_mut().organizations = vec![own(1, 3), own(2, 2), own(3, 1), own(4, 3)];
    for (number, statuses) in [(1, vec![2, 1, 0, -1]), (2, vec![2; 3]), (3, vec![2; 6])] {
        let member = |(place, status): (usize, &i32)| {
            json!({"object": "organizationUserUserDetails", "id": uuid::Uuid::from_u128(u128::from(number) << 32 | place as u128),
                   "userId": null, "name": null, "email": format!("{place}@a.example"), "type": 2, "status": status})
        };
        let members =
            json!({"object": "list", "data": statuses.iter().enumerate().map(member).collect::<Vec<_>>()});
        server.borrow_mut().pages.insert(format!("GET /api/organizations/{}/users", id(number)), members);
    }
    let mut world = signed_in(&server);
    let ask = |world: &mut World| world.ask(GetDiscounts(BooksOf::Own)).unwrap();
    ask(&mut world);
    world.pass(60_000);
    let view = ask(&mut world);
    assert_eq!(view.seats, 6, "three of four of the first use a seat, and all of the second");
    assert_eq!(view.counted, SeatsCounted::Members { missing: 1 }, "the fourth cannot be read");
}
