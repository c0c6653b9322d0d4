use portal_domain::billing::{Day, Resolution, Standing, standing};
use portal_wire::ProviderUserType;

use super::day;

#[test]
fn who_does_not_pay_is_past_due_and_then_suspended() {
    let due = ["2026-05-01", "2026-04-01"].map(day);
    let on = |today| standing(due, day(today), Standing::GRACE_BY_INVOICE);
    assert_eq!(on("2026-04-01"), Standing::Active, "it can still be paid on the day it is due");
    // 30 days after 1 April.
    let past_due = Standing::PastDue { due: day("2026-04-01"), suspends: day("2026-05-01") };
    assert_eq!(on("2026-04-02"), past_due);
    assert_eq!(on("2026-04-30"), past_due);
    assert_eq!(on("2026-05-01"), Standing::Suspended { since: day("2026-05-01") });
    assert_eq!(standing([], day("2026-05-01"), 30), Standing::Active);
    assert_eq!(
        [on("2026-04-01"), on("2026-04-02"), on("2026-06-01")].map(Standing::status),
        ["active", "past_due", "unpaid"]
    );
}

#[test]
fn no_grace_breaks_it() {
    let end = Day::from_date(9999, 12, 31).unwrap();
    for grace in [i32::MIN, -1, 0, i32::MAX] {
        let _ = standing([day("0000-01-01"), end], end, grace);
    }
}

#[test]
fn everybody_is_told_what_they_can_do_about_a_suspension() {
    let word = |unpaid, role| Resolution::of(unpaid, role).word();
    assert_eq!(word(true, ProviderUserType::ProviderAdmin), "add_payment_method");
    assert_eq!(word(true, ProviderUserType::ServiceUser), "contact_administrator");
    assert_eq!(word(true, ProviderUserType::Unknown(7)), "contact_administrator");
    for role in [ProviderUserType::ProviderAdmin, ProviderUserType::ServiceUser] {
        assert_eq!(word(false, role), "contact_support");
    }
}
