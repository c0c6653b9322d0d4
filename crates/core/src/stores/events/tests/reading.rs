//! How a log is read: page by page, in parts, beside others, and on from where it failed.

use super::*;

/// A server's log, and how it hands it out.
struct Server {
    /// Newest first.
    events: RefCell<Vec<Event>>,
    page: usize,
    /// The token's date is included again, and the date is all there is to the token.
    overlaps: bool,
    requests: RefCell<Vec<String>>,
    fail_at: RefCell<Vec<usize>>,
}

impl Server {
    fn of(events: Vec<Event>, page: usize, overlaps: bool) -> Rc<Self> {
        let mut events = events;
        events.sort_by_key(|event| std::cmp::Reverse(event.date));
        Rc::new(Self {
            events: RefCell::new(events),
            page,
            overlaps,
            requests: RefCell::default(),
            fail_at: RefCell::default(),
        })
    }

    fn answer(&self, request: &Request) -> crate::simulated::Answer {
        let Some((_, query)) = request.url.split_once("/events?") else {
            return Ok((200, r#"{"object":"list","data":[],"continuationToken":null}"#.into()));
        };
        self.requests.borrow_mut().push(query.to_owned());
        if self.fail_at.borrow().contains(&self.requests.borrow().len()) {
            return Ok((404, String::new()));
        }
        let get = |name: &str| {
            let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
            value.replace("%3A", ":").parse::<Timestamp>().ok().map(|time| time.0)
        };
        let (start, end) = (get("start").unwrap(), get("end").unwrap());
        assert!(end - start <= 367 * DAY, "the server refuses such a range");
        let before = get("continuationToken");
        let inside = |event: &&Event| {
            let date = event.date.0;
            let older = match before {
                Some(before) if self.overlaps => date <= before,
                Some(before) => date < before,
                None => date <= end,
            };
            date >= start && older
        };
        let page: Vec<Event> = self.events.borrow().iter().filter(inside).take(self.page).cloned().collect();
        let full = page.len() == self.page;
        let token = page.last().filter(|_| full).map(|event| event.date.to_string());
        Ok((200, serde_json::to_string(&List { data: page, continuation_token: token }).unwrap()))
    }
}

fn world(server: &Rc<Server>) -> World {
    let server = server.clone();
    let mut world = World::new(move |request, _| server.answer(request));
    world.set_now(TODAY);
    let token = || zeroize::Zeroizing::new("token".to_owned());
    world.core.api.set_grant(Grant { access: token(), refresh: token(), lasts_seconds: 1_000_000 });
    world
}

fn query(days: i64) -> EventsFilter {
    open(EventsOf::Provider(provider()), days)
}

fn sign_in(seconds_ago: i64) -> Event {
    Event {
        kind: EventType::UserLoggedIn,
        date: Timestamp(TODAY - seconds_ago * 1_000),
        acting_user_id: Some(UserId(Uuid::from_u128(u128::try_from(seconds_ago).unwrap()))),
        provider_id: Some(provider()),
        ..Event::default()
    }
}

/// Asks as a tab does: again whenever something changed.
fn ask(world: &mut World, filter: &EventsFilter, window: Window) -> (Rc<Log>, portal_bridge::EventsView) {
    let query = EventsQuery::by_day(filter.clone());
    let log = world.core.event_log(filter);
    let found = view(&world.core, &log, &query, window);
    world.core.event_window(&log, filter, window, found.rows.matched);
    let waited = log.clone();
    world.until(|_| !waited.is_loading());
    (log.clone(), view(&world.core, &log, &query, window))
}

const TOP: Window = Window { from: 0, count: 50 };

fn dates(log: &Log) -> Vec<i64> {
    log.columns.borrow_mut().arrange();
    log.columns.borrow().dates.clone()
}

#[test]
fn a_first_thousand_is_read_and_the_rest_when_somebody_comes_near() {
    let server = Server::of((0..3_000).map(|number| sign_in(number * 60)).collect(), 50, false);
    let mut world = world(&server);
    let (log, seen) = ask(&mut world, &query(30), TOP);
    assert_eq!((seen.found, log.len()), (1_000, 1_000));
    assert_eq!(seen.rows.state, ListState::Partial { received: 1_000, loading: false });
    // The same again reads nothing more.
    let (_, seen) = ask(&mut world, &query(30), TOP);
    assert_eq!(seen.found, 1_000);
    let (_, seen) = ask(&mut world, &query(30), Window { from: 880, count: 60 });
    assert_eq!(seen.found, 1_500);
    let (_, seen) = ask(&mut world, &query(30), Window { from: 880, count: 60 });
    assert_eq!(seen.found, 1_500);
}

#[test]
fn a_filter_that_leaves_little_does_not_read_everything() {
    let server = Server::of((0..3_000).map(|number| sign_in(number * 60)).collect(), 50, false);
    let mut world = world(&server);
    let nothing = EventsFilter { search: "no such thing".into(), ..query(30) };
    let (log, seen) = ask(&mut world, &nothing, TOP);
    assert_eq!((seen.found, log.len()), (0, 1_000));
    let (log, _) = ask(&mut world, &nothing, TOP);
    assert_eq!(log.len(), 1_000);
}

#[test]
fn long_ranges_are_read_in_parts_without_repeating_their_borders() {
    // One event at every border of the parts, and one each ten days.
    let mut events: Vec<Event> = (0..200).map(|number| sign_in(number * 10 * DAY / 1_000)).collect();
    let to = TODAY + DAY / 2;
    events.push(Event { date: Timestamp(to - 366 * DAY), ..sign_in(7) });
    events.push(Event { date: Timestamp(to - 2 * 366 * DAY), ..sign_in(8) });
    let server = Server::of(events, 50, false);
    let mut world = world(&server);
    let (log, seen) = ask(&mut world, &query(2_500), TOP);
    assert_eq!(seen.rows.state, ListState::Complete);
    assert_eq!(dates(&log), server.events.borrow().iter().map(|event| event.date.0).collect::<Vec<_>>());
}

#[test]
fn pages_that_overlap_repeat_nothing_and_never_go_round_in_circles() {
    // Bursts of four within one millisecond, with pages of five; and one burst that fills more than a page.
    let burst = |number: i64, size: i64| {
        (0..size).map(move |twin| Event {
            cipher_id: Some(CipherId(Uuid::from_u128(u128::try_from(twin).unwrap()))),
            ..sign_in(number * 100)
        })
    };
    let mut events: Vec<Event> = (0..20).flat_map(|number| burst(number, 4)).collect();
    let server = Server::of(events.clone(), 5, true);
    let mut first = world(&server);
    let (log, seen) = ask(&mut first, &query(30), TOP);
    assert_eq!((seen.rows.state, log.len()), (ListState::Complete, 80));
    events.extend(burst(30, 9));
    let server = Server::of(events, 5, true);
    let mut second = world(&server);
    let (log, _) = ask(&mut second, &query(30), TOP);
    // What the server itself never hands out cannot be had, but reading ends.
    assert!(!log.is_loading() && (80..=89).contains(&log.len()));
}

#[test]
fn what_happened_since_is_put_before_the_rest_once() {
    let server = Server::of((0..120).map(|number| sign_in(number * 10)).collect(), 50, false);
    let mut world = world(&server);
    let (log, _) = ask(&mut world, &query(30), TOP);
    assert_eq!(log.len(), 120);
    // One is written late, between two that are known; three are new.
    server.events.borrow_mut().extend([Event { date: Timestamp(TODAY - 5_000), ..sign_in(1) }]);
    server
        .events
        .borrow_mut()
        .extend((1..4).map(|number| Event { date: Timestamp(TODAY + number), ..sign_in(2) }));
    server.events.borrow_mut().sort_by_key(|event| std::cmp::Reverse(event.date));
    world.set_now(TODAY + 10_000);
    let done = Rc::new(std::cell::Cell::new(false));
    let (core, flag) = (world.core.clone(), done.clone());
    world.core.platform.spawn(Box::pin(async move {
        core.refresh_events(EventsOf::Provider(provider()), false).await.unwrap();
        flag.set(true);
    }));
    world.until(|_| done.get());
    assert_eq!(dates(&log), server.events.borrow().iter().map(|event| event.date.0).collect::<Vec<_>>());
    // The filter and the counts see the new ones.
    let (_, seen) = ask(&mut world, &query(30), TOP);
    assert_eq!(seen.found, 124);
    assert_eq!(seen.bars.iter().map(|bar| bar.count).sum::<u32>(), 124);
}

#[test]
fn a_failed_page_is_told_and_reading_goes_on_from_there_later() {
    let server = Server::of((0..300).map(sign_in).collect(), 50, false);
    server.fail_at.borrow_mut().push(3);
    let mut world = world(&server);
    let (log, seen) = ask(&mut world, &query(30), TOP);
    assert_eq!(log.len(), 100);
    assert!(matches!(seen.rows.state, ListState::Failed(_)));
    let later = world.now() + 5_000;
    world.set_now(later);
    let (log, seen) = ask(&mut world, &query(30), TOP);
    assert_eq!((log.len(), seen.rows.state), (300, ListState::Complete));
}

#[test]
fn events_of_another_provider_are_refused() {
    let foreign = Event { provider_id: Some(ProviderId(Uuid::from_u128(9))), ..sign_in(1) };
    let server = Server::of(vec![sign_in(0), foreign], 50, false);
    let mut world = world(&server);
    let (log, seen) = ask(&mut world, &query(30), TOP);
    assert_eq!(log.len(), 0);
    assert!(
        matches!(seen.rows.state, ListState::Failed(problem) if problem.kind == portal_bridge::ProblemKind::Mismatch)
    );
}

#[test]
fn two_ranges_are_read_beside_each_other_and_a_narrower_one_reads_nothing() {
    let server = Server::of((0..400).map(|number| sign_in(number * DAY / 4_000)).collect(), 50, false);
    let mut world = world(&server);
    let (all, _) = ask(&mut world, &query(200), TOP);
    assert_eq!(all.len(), 400);
    let before = server.requests.borrow().len();
    let narrow = EventsFilter { to: Moment(TODAY - 10 * DAY), ..query(20) };
    let (same, seen) = ask(&mut world, &narrow, TOP);
    assert!(Rc::ptr_eq(&all, &same));
    assert_eq!((seen.rows.state, seen.found, seen.bars.len()), (ListState::Complete, 41, 81));
    assert_eq!(server.requests.borrow().len(), before);
    let older = EventsFilter { from: Moment(TODAY - 900 * DAY), to: Moment(TODAY - 800 * DAY), ..query(1) };
    let (other, _) = ask(&mut world, &older, TOP);
    assert!(!Rc::ptr_eq(&all, &other));
}
