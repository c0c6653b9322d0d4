//! Events (vaultwarden.md §6).

use portal_bridge::{
    EventLine, EventsFilter, EventsOf, EventsQuery, EventsView, GapReason, GetEventGaps, GetEvents, GetSpace,
    ListState, Moment, ProblemKind, RefreshEvents, Window,
};

use crate::{
    person::Person,
    replay::{DAY, play, within},
    vault::{Asked, MYSELF, Role},
};

const TOP: Window = Window { from: 0, count: 400 };
fn that_day(source: EventsOf) -> EventsQuery {
    EventsQuery::by_day(EventsFilter::between(source, Moment(DAY), Moment(DAY + 86_399_999)))
}

/// The events of a log once all of it is read.
async fn whole(person: &Person, source: EventsOf) -> EventsView {
    person
        .until(async || {
            let view = person.ask(GetEvents { query: that_day(source), window: TOP }).await.unwrap();
            if let ListState::Failed(problem) = &view.rows.state {
                panic!("{problem:?}");
            }
            (view.rows.state == ListState::Complete).then_some(view)
        })
        .await
}

/// Why something of a log is missing.
async fn gaps(person: &Person, source: EventsOf) -> Vec<GapReason> {
    let gaps = person.ask(GetEventGaps(that_day(source).filter)).await.unwrap();
    gaps.into_iter().map(|gap| gap.reason).collect()
}

fn dates(view: &EventsView) -> Vec<i64> {
    view.rows.rows.iter().filter_map(EventLine::event).map(|row| row.date.0 - DAY).collect()
}

#[test]
fn an_event_without_half_its_fields_is_shown() {
    play(|server| async move {
        server.set(|state| state.happened(1600, "2026-11-22T02:53:20.481877Z"));
        let owner = server.signed_in(Role::Owner).await;
        let view = whole(&owner, EventsOf::Client(within())).await;
        let rows: Vec<_> = view.rows.rows.iter().filter_map(EventLine::event).collect();
        assert_eq!((rows.len(), rows[0].number, rows[0].who.as_str()), (1, 1600, "Owner"));
    });
}

#[test]
fn a_range_always_has_a_start_and_an_end_with_a_zone() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        whole(&owner, EventsOf::Client(within())).await;
        whole(&owner, EventsOf::Member(within(), MYSELF.parse().unwrap())).await;
        let ranges: Vec<_> = server.look(|state| {
            let events = state.asked.iter().filter(|asked| asked.path.contains("/events?"));
            events.map(|asked: &Asked| asked.path.clone()).collect()
        });
        assert_eq!(ranges.len(), 2);
        for path in ranges {
            let (_, query) = path.split_once('?').unwrap();
            let dates: Vec<_> = query.split('&').map(|pair| pair.split_once('=').unwrap()).collect();
            assert_eq!([dates[0].0, dates[1].0], ["start", "end"]);
            assert!(dates.iter().all(|(_, date)| date.contains('T') && date.ends_with('Z')), "{path}");
        }
    });
}

#[test]
fn where_events_are_off_none_are_asked_for() {
    play(|server| async move {
        server.set(|state| state.events_on = false);
        let owner = server.signed_in(Role::Owner).await;
        assert!(!owner.ask(GetSpace(within())).await.unwrap().has.events);
        let events = owner.ask(GetEvents { query: that_day(EventsOf::Client(within())), window: TOP }).await;
        assert_eq!(events.unwrap_err().kind, ProblemKind::NotAllowed);
        let all = whole(&owner, EventsOf::Own).await;
        assert_eq!((all.sources.read, all.sources.gaps), (1, 1));
        assert!(server.calls().iter().all(|call| !call.contains("/events")));
    });
}

#[test]
fn events_that_come_twice_at_a_page_border_are_shown_once() {
    play(|server| async move {
        // As clients report them: dates to the millisecond, some of them the same.
        server.set(|state| {
            for at in (0..45).rev() {
                state.happened(1107, &format!("2026-11-22T02:00:{:02}.500Z", at / 2));
            }
        });
        let owner = server.signed_in(Role::Owner).await;
        let view = whole(&owner, EventsOf::Client(within())).await;
        assert_eq!(dates(&view).len(), 45);
        assert_eq!(dates(&whole(&owner, EventsOf::Own).await), dates(&view));
    });
}

#[test]
fn a_page_that_comes_for_ever_ends_and_what_is_older_is_still_read() {
    play(|server| async move {
        server.set(|state| {
            for _ in 0..45 {
                state.happened(1107, "2026-11-22T03:00:00.000Z");
            }
            for minute in (0..40).rev() {
                state.happened(1600, &format!("2026-11-22T02:{minute:02}:00.000Z"));
            }
        });
        let owner = server.signed_in(Role::Owner).await;
        let dates = dates(&whole(&owner, EventsOf::Client(within())).await);
        // Fifteen of one instant stand behind the thirty that come again and again: no request leads to them.
        assert_eq!(dates.len(), 30 + 40);
        assert!(server.count(&server.at("GET", "/events")) < 10);
    });
}

#[test]
fn what_cannot_be_read_of_one_instant_is_told_as_a_gap() {
    play(|server| async move {
        let burst = |time: &str, size: usize| {
            server.set(|state| {
                (0..size).for_each(|_| state.happened(1107, &format!("2026-11-22T{time}.000Z")))
            });
        };
        burst("03:00:00", 45);
        burst("02:30:00", 29);
        burst("02:00:00", 31);
        let owner = server.signed_in(Role::Owner).await;
        let at = |hour: i64| Moment(DAY + hour * 3_600_000);
        for source in [EventsOf::Client(within()), EventsOf::Own] {
            let view = whole(&owner, source).await;
            assert_eq!((view.found, view.sources.gaps), (30 + 29 + 30, 1));
            assert_eq!(gaps(&owner, source).await, [GapReason::Crowded { at: at(3), more: 1 }]);
        }
        // Of days without such an instant everything is here.
        let source = EventsOf::Client(within());
        let between = EventsFilter { from: Moment(DAY + 1 + 2 * 3_600_000), ..that_day(source).filter };
        let quiet = EventsFilter { to: Moment(at(3).0 - 1), ..between };
        let view = owner.ask(GetEvents { query: EventsQuery::by_day(quiet), window: TOP }).await.unwrap();
        assert_eq!((view.found, view.sources.gaps), (29, 0));
        // As much again, as somebody looks on.
        let before = server.look(|state| state.events.clone());
        server.set(|state| state.events.clear());
        burst("04:00:00", 40);
        server.set(|state| state.events.extend(before));
        owner.ask(RefreshEvents { source, live: false }).await.unwrap();
        assert_eq!(gaps(&owner, source).await, [GapReason::Crowded { at: at(4), more: 2 }]);
    });
}

#[test]
fn what_came_since_is_read_whole_though_a_page_of_it_comes_for_ever() {
    play(|server| async move {
        server.set(|state| state.happened(1600, "2026-11-22T01:00:00.000Z"));
        let owner = server.signed_in(Role::Owner).await;
        let source = EventsOf::Client(within());
        assert_eq!(dates(&whole(&owner, source).await).len(), 1);
        server.set(|state| {
            let before = std::mem::take(&mut state.events);
            for _ in 0..45 {
                state.happened(1107, "2026-11-22T03:00:00.000Z");
            }
            for minute in (0..10).rev() {
                state.happened(1600, &format!("2026-11-22T02:{minute:02}:00.000Z"));
            }
            state.events.extend(before);
        });
        owner.ask(RefreshEvents { source, live: false }).await.unwrap();
        let dates = dates(&whole(&owner, source).await);
        assert_eq!(dates.iter().filter(|date| **date < 3 * 3_600_000).count(), 10 + 1);
    });
}

#[test]
fn more_than_a_page_is_read_to_its_end() {
    play(|server| async move {
        server.set(|state| {
            for second in (0..97).rev() {
                state.happened(1600, &format!("2026-11-22T02:{:02}:{:02}.346181Z", second / 60, second % 60));
            }
        });
        let owner = server.signed_in(Role::Owner).await;
        let dates = dates(&whole(&owner, EventsOf::Client(within())).await);
        assert_eq!(dates.len(), 97);
        assert!(dates.is_sorted_by(|one, other| one > other));
    });
}
