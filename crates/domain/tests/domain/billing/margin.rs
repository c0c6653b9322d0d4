use portal_domain::billing::{
    Amount, Charge, Currency, Draft, Item, MarginError, PriceTable, Subject, Tiers, charge, margin,
};

use super::{
    cents,
    drafts::{MONTHLY, TEAMS, acme, bolt},
    levels, month, monthly,
};

fn own_charge() -> Charge {
    let acme = levels(&[("2026-01-01", 10), ("2026-04-16", 5)]);
    let bolt = levels(&[("2026-04-12", 7)]);
    let items = [
        Item {
            subject: Subject::Client(0),
            plan: MONTHLY,
            minimum: 0,
            levels: &acme,
            cycle: monthly("2026-01-01"),
        },
        Item {
            subject: Subject::Client(1),
            plan: TEAMS,
            minimum: 0,
            levels: &bolt,
            cycle: monthly("2026-01-01"),
        },
    ];
    charge(&items, month("2026-04-01"), &PriceTable::shipped(), &Tiers::shipped(), 22).unwrap()
}

#[test]
fn the_margin_is_what_is_left_of_the_drafts() {
    let charge = own_charge();
    // 600 × 375 ÷ 30 = 7500; 400 × 133 ÷ 30 = 1773.3….
    assert_eq!(charge.total, cents(9_273));
    let billed = |draft: Draft| (draft.currency, draft.net);
    let paid = (charge.currency, charge.total);
    let (whole, each) = margin(&[billed(acme()), billed(bolt())], paid, &[7_500, 1_773]).unwrap();
    assert_eq!((whole.revenue, whole.cost, whole.left), (cents(59_141), cents(9_273), cents(49_868))); // 511.92 + 79.49
    assert_eq!(whole.basis_points(), Some(8_432)); // 49868 ÷ 59141 = 84.320… %
    let each: Vec<_> = each.iter().map(|margin| (margin.cost.minor(), margin.left.minor())).collect();
    assert_eq!(each, [(7_500, 43_692), (1_773, 6_176)]);
    let (_, unweighted) = margin(&[billed(acme())], paid, &[]).unwrap();
    assert_eq!(unweighted[0].cost, Amount::ZERO);
    assert_eq!(margin(&[], paid, &[]).unwrap().0.basis_points(), None);
}

#[test]
fn margins_between_currencies_are_refused() {
    let euro = Currency::parse("EUR").unwrap();
    let dollars = (Currency::USD, cents(100));
    assert_eq!(
        margin(&[dollars, (euro, cents(100))], dollars, &[]),
        Err(MarginError::Currency { billed: euro, paid: Currency::USD })
    );
}
