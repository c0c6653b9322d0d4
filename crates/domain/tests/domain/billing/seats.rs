use portal_domain::{
    billing::{AssignRefusal, ClientSeats, assign, reclaim, reclaimable},
    limits::MOST_SEATS,
    seats::Pool,
};
use proptest::{collection::vec, prelude::*};

fn seats(assigned: u32, occupied: u32) -> ClientSeats {
    ClientSeats { assigned, occupied }
}

#[test]
fn what_members_take_cannot_be_taken_away() {
    let pool = Pool::new(100, 90);
    assert_eq!(assign(pool, seats(10, 7), 6, true), Err(AssignRefusal::BelowOccupied(7)));
    assert_eq!(assign(pool, seats(10, 7), 7, true).unwrap().1, seats(7, 7));
    // A server lets a client have more members than seats. It may come closer, but go no further.
    assert_eq!(seats(3, 5).over(), 2);
    assert!(assign(pool, seats(3, 5), 4, true).is_ok());
    assert_eq!(assign(pool, seats(3, 5), 2, true), Err(AssignRefusal::BelowOccupied(5)));
}

#[test]
fn only_who_may_buy_goes_beyond_what_is_paid_for() {
    let (pool, client) = (Pool::new(100, 90), seats(10, 7));
    assert!(assign(pool, client, 20, false).is_ok());
    assert_eq!(assign(pool, client, 21, false), Err(AssignRefusal::NeedsPurchase { unassigned: 10 }));
    assert_eq!(assign(pool, client, 21, true).unwrap().0.additional_to_purchase, 1);
    assert_eq!(
        assign(Pool::new(100, 120), client, 11, false),
        Err(AssignRefusal::NeedsPurchase { unassigned: 0 })
    );
    assert!(assign(Pool::new(100, 120), client, 8, false).is_ok(), "going down is nobody's purchase");
    assert_eq!(assign(Pool::new(0, MOST_SEATS), client, 11, true), Err(AssignRefusal::TooMany));
}

#[test]
fn reclaiming_leaves_members_their_seats_and_some_to_spare() {
    // 120 assigned, 20 of them bought. Idle: 10, 0, 3, none (over), 40.
    let clients = [seats(20, 10), seats(7, 7), seats(8, 5), seats(3, 5), seats(82, 42)];
    let (rows, whole) = reclaim(Pool::new(100, 120), clients, 2);
    let told: Vec<_> = rows.iter().map(|row| (row.client, row.from, row.to)).collect();
    assert_eq!(told, [(0, 20, 12), (2, 8, 7), (4, 82, 44)]);
    // 8 + 1 + 38 = 47: of them 20 need no longer be bought, and 27 are paid for anyhow.
    assert_eq!((whole.freed, whole.pool.purchased_to_remove, whole.pool.unassigned_left), (47, 20, 27));
    assert_eq!(reclaimable(seats(u32::MAX, 1), u32::MAX), 0);
}

proptest! {
    #[test]
    fn assigned_never_falls_below_occupied(
        start in 0u32..50,
        steps in vec((0u32..100, prop_oneof![Just(0i32), -3..4], any::<bool>()), 0..60),
    ) {
        let mut pool = Pool::new(40, start);
        let mut client = seats(start, 0);
        for (wanted, joined, may_buy) in steps {
            // Members join only where there is a seat.
            client.occupied = client.occupied.saturating_add_signed(joined).min(client.assigned);
            if let Ok((preview, after)) = assign(pool, client, wanted, may_buy) {
                prop_assert!(may_buy || !preview.needs_purchase);
                (pool, client) = (preview.after, after);
            }
            prop_assert!(client.assigned >= client.occupied);
            prop_assert_eq!(pool, Pool::new(40, client.assigned), "the pool counts what the client has");
        }
    }

    #[test]
    fn reclaimed_clients_keep_what_they_need(clients in vec((0u32..100, 0u32..100), 0..20), spare in 0u32..10, minimum in 0u32..500) {
        let clients: Vec<_> = clients.into_iter().map(|(assigned, occupied)| seats(assigned, occupied)).collect();
        let pool = Pool::new(minimum, clients.iter().map(|client| client.assigned).sum());
        let (rows, whole) = reclaim(pool, clients.iter().copied(), spare);
        let mut left = clients.clone();
        let mut one_by_one = pool;
        for row in rows {
            prop_assert_eq!(row.from, left[row.client].assigned);
            prop_assert_eq!(row.to, left[row.client].occupied + spare);
            let (preview, after) = assign(one_by_one, left[row.client], row.to, false).unwrap();
            (one_by_one, left[row.client]) = (preview.after, after);
        }
        prop_assert_eq!(one_by_one, whole.pool.after);
        prop_assert_eq!(left.iter().map(|client| client.assigned).sum::<u32>(), one_by_one.assigned);
        prop_assert!(left.iter().all(|client| reclaimable(*client, spare) == 0));
    }

    #[test]
    fn the_pool_is_the_same_in_every_order_of_changes(
        clients in vec(1u32..50, 2..8),
        changes in vec((any::<proptest::sample::Index>(), 0u32..80), 1..30),
        turn: proptest::sample::Index,
    ) {
        let after = |changes: Vec<(usize, i64)>| {
            let mut pool = Pool::new(60, clients.iter().sum());
            for (_, by) in changes {
                pool = pool.preview(by).after;
            }
            pool
        };
        // What each administrator's change comes to; seats are set absolutely, and the pool follows by the difference.
        let mut now: Vec<i64> = clients.iter().map(|seats| i64::from(*seats)).collect();
        let by: Vec<(usize, i64)> = changes.iter().map(|(which, wanted)| {
            let which = which.index(now.len());
            let by = i64::from(*wanted) - now[which];
            now[which] = i64::from(*wanted);
            (which, by)
        }).collect();
        let grown: Vec<_> = by.iter().filter(|(_, by)| *by > 0).chain(by.iter().filter(|(_, by)| *by <= 0)).copied().collect();
        let mut turned = grown.clone();
        let ups = grown.iter().filter(|(_, by)| *by > 0).count();
        if ups > 0 {
            turned[..ups].rotate_left(turn.index(ups));
        }
        let total = u32::try_from(now.iter().sum::<i64>()).unwrap();
        prop_assert_eq!(after(by), Pool::new(60, total));
        prop_assert_eq!(after(grown), Pool::new(60, total));
        prop_assert_eq!(after(turned), Pool::new(60, total));
    }
}
