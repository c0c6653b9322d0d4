//! The ledger as the server counts it, day by day, and idle seats that are really taken back.

use portal_bridge::{
    BooksOf, Direction, GetLedger, GetReconciliation, LedgerQuery, LedgerRange, LedgerSort, LedgerSource,
    LedgerView, ProviderId, ReclaimSeats, RowOutcome, SeatPoint, SeatSum, UpdateClient, Window,
};

use crate::{
    clients::create,
    stage::{Person, play},
};

async fn ledger(person: &Person, provider: ProviderId) -> LedgerView {
    let query = LedgerQuery {
        of: BooksOf::Provider(provider),
        range: LedgerRange::Days(30),
        search: String::new(),
        plan: None,
        idle: false,
        sort: LedgerSort::Name,
        direction: Direction::Ascending,
    };
    person.ask(GetLedger { query, window: Window { from: 0, count: 10 } }).await.unwrap()
}

#[test]
fn what_the_server_counts_each_day_is_read_held_against_its_sums_and_taken_back() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        let acme = ada.ask(create(provider, "=Acme", 1)).await.unwrap().client;
        let set = async |seats| {
            let (name, seats) = (None, Some(seats));
            ada.ask(UpdateClient { provider, link: acme.link, name, seats }).await.unwrap();
        };
        stage.turn_to_day(0, &ada).await;
        set(8).await;
        stage.turn_to_day(1, &ada).await;
        // Nobody serves on the third day.
        stage.turn_to_day(3, &ada).await;

        let view = ledger(&ada, provider).await;
        let sum = |assigned, used, gaps| SeatSum { assigned, used, gaps };
        assert_eq!((view.source, view.begins, view.gap_days), (LedgerSource::Server, true, 1));
        assert_eq!(view.days, [sum(5, 1, 0), sum(8, 1, 0), sum(0, 0, 1), sum(8, 1, 0)]);
        let row = &view.rows.rows[0];
        assert_eq!(
            (row.name.as_str(), row.idle(), row.always_idle, row.change),
            ("=Acme", Some(7), Some(4), Some(3))
        );
        let missed = SeatPoint { missed: true, ..SeatPoint::default() };
        assert_eq!(row.points[2], missed);

        let same = ada.ask(GetReconciliation(provider)).await.unwrap();
        assert_eq!((same.assigned, same.differences.len()), (8, 0));
        set(5).await;
        let other = ada.ask(GetReconciliation(provider)).await.unwrap();
        let [difference] = other.differences.as_slice() else { panic!("one plan differs: {other:?}") };
        assert_eq!((difference.ledger, difference.server), (8, Some(5)));
        assert_eq!(difference.agreed, view.period.map(|period| period.first()), "the first day had as many");

        let job =
            ada.ask(ReclaimSeats { provider, clients: vec![acme.organization], spare: 1 }).await.unwrap();
        assert_eq!(ada.end_of(job).await.rows[0].outcome, RowOutcome::Done);
        let row = ledger(&ada, provider).await.rows.rows.remove(0);
        assert_eq!((row.assigned, row.used), (Some(2), Some(1)), "the owner and a free seat");
    });
}
