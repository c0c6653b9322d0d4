use portal_bridge::{
    EnterSpace, EventLine, EventsFilter, EventsOf, EventsQuery, EventsView, GetEventGaps, GetEvents,
    ListState, Moment, ProviderId, RefreshEvents, Window, Within,
};

use crate::{
    clients::{clients, create},
    stage::{Person, play},
};

const TOP: Window = Window { from: 0, count: 200 };

fn lately(provider: ProviderId) -> EventsFilter {
    let now = i64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap();
    EventsFilter::between(EventsOf::Portfolio(provider), Moment(now - 86_400_000), Moment(now + 86_400_000))
}

/// The timeline once all logs are read and this holds.
async fn timeline(person: &Person, query: &EventsQuery, holds: impl Fn(&EventsView) -> bool) -> EventsView {
    let look = async || {
        let view = person.ask(GetEvents { query: query.clone(), window: TOP }).await.unwrap();
        if let ListState::Failed(problem) = &view.rows.state {
            panic!("{problem:?}");
        }
        Some(view).filter(|view| view.rows.state == ListState::Complete && holds(view))
    };
    person.until(look).await
}

fn count(view: &EventsView, number: i32) -> usize {
    view.rows.rows.iter().filter_map(EventLine::event).filter(|row| row.number == number).count()
}

#[test]
fn what_a_server_writes_into_two_logs_is_one_event_of_the_timeline() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        for (attempt, name) in [(1, "Mill"), (2, "Wharf")] {
            ada.ask(create(provider, name, attempt)).await.unwrap();
        }
        let clients = clients(&ada, provider).await.rows.rows;
        let mill = clients.iter().find(|client| client.name == "Mill").unwrap().organization;
        let query = EventsQuery::by_day(lately(provider));
        let view = timeline(&ada, &query, |view| view.sources.total == 3 && count(view, 1900) == 2).await;
        assert_eq!((view.sources.read, view.sources.gaps), (3, 0));
        // Opening a client is told as 1903 and 1603, in two logs.
        let within = Within { provider: Some(provider), organization: mill };
        ada.ask(EnterSpace(within)).await.unwrap();
        let source = EventsOf::Portfolio(provider);
        ada.ask(RefreshEvents { source, live: true }).await.unwrap();
        let opened = |view: &EventsView| count(view, 1603) + count(view, 1903) > 0;
        let view = timeline(&ada, &query, opened).await;
        let rows: Vec<_> = view.rows.rows.iter().filter_map(EventLine::event).collect();
        let opened: Vec<_> = rows.iter().filter(|row| matches!(row.number, 1603 | 1903)).collect();
        assert!(
            opened.iter().all(|row| row.place.as_deref() == Some("Mill") && !row.copies.is_empty()),
            "{opened:#?}"
        );
        assert!(rows.iter().all(|row| row.who == "Ada Adams"), "{rows:#?}");
        assert!(ada.ask(GetEventGaps(query.filter)).await.unwrap().is_empty());
    });
}
