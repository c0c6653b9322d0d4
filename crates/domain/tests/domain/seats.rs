use portal_domain::seats::Pool;
use proptest::prelude::*;

fn pool(seat_minimum: u32, assigned: u32) -> Pool {
    Pool::new(seat_minimum, assigned)
}

#[test]
fn within_the_minimum_nothing_is_bought() {
    let preview = pool(100, 40).preview(25);
    assert_eq!((preview.unassigned_left, preview.after.assigned), (35, 65));
    assert_eq!((preview.additional_to_purchase, preview.purchased_to_remove), (0, 0));
    assert!(!preview.needs_purchase);
}

#[test]
fn crossing_the_minimum_buys_the_part_beyond_it() {
    let preview = pool(100, 90).preview(25);
    assert_eq!((preview.unassigned_left, preview.additional_to_purchase), (0, 15));
    assert!(preview.needs_purchase);
}

#[test]
fn growing_beyond_the_minimum_buys_all_of_it() {
    let preview = pool(100, 120).preview(5);
    assert_eq!((preview.additional_to_purchase, preview.after.purchased), (5, 25));
    assert!(preview.needs_purchase);
}

#[test]
fn shrinking_gives_bought_seats_back_first() {
    let preview = pool(100, 120).preview(-30);
    assert_eq!((preview.purchased_to_remove, preview.unassigned_left), (20, 10));
    assert!(!preview.needs_purchase);
    let still_beyond = pool(100, 120).preview(-5);
    assert_eq!((still_beyond.purchased_to_remove, still_beyond.unassigned_left), (5, 0));
    assert!(!still_beyond.needs_purchase);
}

proptest! {
    #[test]
    fn every_change_adds_up(minimum in 0u32..10_000, assigned in 0u32..20_000, change in -30_000i64..30_000) {
        let before = pool(minimum, assigned);
        let preview = before.preview(change);
        let total = (i64::from(assigned) + change).max(0);
        prop_assert_eq!(i64::from(preview.after.assigned), total);
        prop_assert_eq!(i64::from(preview.after.purchased), (total - i64::from(minimum)).max(0));
        prop_assert_eq!(i64::from(preview.unassigned_left), (i64::from(minimum) - total).max(0));
        prop_assert_eq!(
            i64::from(preview.after.purchased),
            i64::from(before.purchased) + i64::from(preview.additional_to_purchase) - i64::from(preview.purchased_to_remove)
        );
        prop_assert!(preview.additional_to_purchase == 0 || preview.purchased_to_remove == 0);
        // In words: more than before, and more than is paid for in any case.
        prop_assert_eq!(preview.needs_purchase, total > i64::from(assigned) && total > i64::from(minimum));
        prop_assert_eq!(preview.needs_purchase, preview.additional_to_purchase > 0);
    }

    #[test]
    fn no_number_can_break_it(minimum: u32, assigned: u32, purchased: u32, change: i64) {
        let _ = Pool { seat_minimum: minimum, assigned, purchased }.preview(change);
    }
}
