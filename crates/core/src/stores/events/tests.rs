use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use portal_bridge::{EventCategory, EventSource, EventsQuery, ListState, Moment, ProviderId, Window};
use portal_domain::{
    search::fold,
    timeline::{Named, category as kind_of},
};
use portal_wire::{DeviceType, Event, EventSystemUser, EventType, List, Timestamp, ids::*};
use proptest::prelude::*;
use uuid::Uuid;

use super::columns::Columns;
use super::filter::{Filter, matching, shown};
use super::ids::{Class, Ids};
use super::names::{Book, Sources};
use super::{Log, view};
use crate::api::Grant;
use crate::platform::Request;
use crate::simulated::World;
use crate::stores::staff::{List as StaffList, Person, Staff};

const DAY: i64 = 86_400_000;
/// The world's clock begins shortly after 1970, when there were no events: it is set on to here.
const TODAY: i64 = 1_780_000_000_000;

fn provider() -> ProviderId {
    ProviderId(Uuid::from_u128(1))
}

/// Few ids of each kind, so that events share them.
fn id(kind: u128) -> impl Strategy<Value = Uuid> {
    (0_u128..6)
        .prop_map(move |number| Uuid::from_u128((kind << 100) | (number << 96) | (0xabc << 64) | number))
}

fn some<T: std::fmt::Debug + Clone>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    proptest::option::weighted(0.4, of)
}

fn event() -> impl Strategy<Value = Event> {
    let kind = prop_oneof![
        9 => proptest::sample::select(EventType::ALL),
        1 => (3_000..3_003).prop_map(EventType::from_number),
    ];
    let who = (
        some(id(1)),
        some(id(1)),
        proptest::option::weighted(0.1, (0..8).prop_map(EventSystemUser::from_number)),
    );
    let what = (some(id(2)), some(id(3)), some(id(4)), some(id(5)), some(id(6)), some(id(7)));
    let more =
        (some(id(8)), some(id(9)), some(id(10)), some(id(11)), some(id(12)), some(id(12)), some(id(13)));
    let how = (
        some((0..30).prop_map(DeviceType::from_number)),
        some("192\\.0\\.2\\.[0-9]"),
        some("(ex|sam)ple\\.example"),
    );
    (kind, 0_i64..2_000, who, what, more, how).prop_map(|(kind, date, who, what, more, how)| Event {
        kind,
        date: Timestamp(TODAY - date * 1_000),
        acting_user_id: who.0.map(UserId),
        user_id: who.1.map(UserId),
        system_user: who.2,
        provider_id: Some(provider()),
        provider_user_id: what.0.map(ProviderUserId),
        organization_user_id: what.1.map(OrganizationUserId),
        provider_organization_id: what.2.map(ProviderOrganizationId),
        organization_id: what.3.map(OrganizationId),
        collection_id: what.4.map(CollectionId),
        group_id: what.5.map(GroupId),
        policy_id: more.0.map(PolicyId),
        cipher_id: more.1.map(CipherId),
        secret_id: more.2.map(SecretId),
        project_id: more.3.map(ProjectId),
        service_account_id: more.4.map(ServiceAccountId),
        granted_service_account_id: more.5.map(ServiceAccountId),
        send_id: more.6.map(SendId),
        device_type: how.0,
        ip_address: how.1,
        domain_name: how.2,
        installation_id: None,
    })
}

/// Half of the staff are known, by membership or account.
fn sources(staff_known: bool) -> Sources {
    let person = |number: u128, name: &str| {
        Person::from(portal_wire::provider::StaffRow {
            id: ProviderUserId(Uuid::from_u128((2 << 100) | (number << 96) | (0xabc << 64) | number)),
            user_id: Some(UserId(Uuid::from_u128((1 << 100) | (number << 96) | (0xabc << 64) | number))),
            name: Some(name.to_owned()),
            email: format!("{number}@example.com"),
            ..Default::default()
        })
    };
    let people = vec![person(0, "Ada Löwe"), person(1, "Ben O'Neill"), person(2, "the group")];
    Sources {
        provider_name: Some("Zürich Systems".to_owned()),
        staff: Rc::new(Staff::default()),
        list: staff_known.then(|| Rc::new(StaffList { people })),
        clients: Rc::default(),
        members: Rc::default(),
        client: None,
    }
}

fn filled(events: &[Event]) -> Columns {
    let mut columns = Columns::new(EventSource::Provider(provider()));
    // Without the comparison at the border, so that equal events stay.
    columns.replace_newest(i64::MAX, events);
    columns
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn events_come_back_as_they_went_in(events in proptest::collection::vec(event(), 0..60)) {
        let columns = filled(&events);
        let back: Vec<Event> = (0..columns.len()).filter_map(|row| columns.event(row)).collect();
        prop_assert_eq!(back, events);
    }

    #[test]
    fn a_search_finds_what_reading_every_sentence_finds(
        events in proptest::collection::vec(event(), 0..60),
        words in proptest::collection::vec(prop_oneof![
            proptest::sample::select(vec![
                "ada", "lowe", "ben", "o'neill", "former", "staff", "member", "the", "group", "user", "client", "item", "zurich",
                "themselves", "somebody", "scim", "sample", "domain", "policy", "machine", "deleted", "type", "3001", "a", "e",
            ]).prop_map(str::to_owned),
            "[0-9a-f]{1,3}",
            "[a-z]{1,2}",
        ], 0..3),
        category in proptest::option::weighted(0.2, proptest::sample::select(vec![
            EventCategory::SignIn, EventCategory::Staff, EventCategory::Items, EventCategory::Other,
        ])),
        actor in proptest::option::weighted(0.2, id(1)),
        from in 0_i64..1_000,
        staff_known: bool,
    ) {
        let columns = filled(&events);
        let mut book = Book::default();
        book.update(&columns.ids, &sources(staff_known));
        let search = words.join(" ");
        let (from, to) = (TODAY - 2_000_000, TODAY - from * 1_000);
        let filter = Filter {
            from,
            to,
            actor: actor.map(|actor| columns.ids.find(Class::User, actor)),
            category,
            search: &search,
        };
        let found: Vec<usize> = matching(&columns, &book, &filter).into_iter().map(|row| row as usize).collect();
        let naive: Vec<usize> = events.iter().enumerate().filter(|(_, event)| {
            let sentence = book.sentence(event, &columns.ids);
            let text = format!("{} {} {}", sentence.who.text(), sentence.what_text(), sentence.place.unwrap_or_default());
            let text = fold(&text);
            words.iter().all(|word| text.contains(&fold(word)))
                && (from..=to).contains(&event.date.0)
                && category.is_none_or(|wanted| shown(kind_of(event.kind)) == wanted)
                && actor.is_none_or(|actor| event.acting_user_id.or(event.user_id) == Some(UserId(actor)))
        }).map(|(row, _)| row).collect();
        prop_assert_eq!(found, naive);
    }

    #[test]
    fn ids_are_known_by_one_number_each(ids in proptest::collection::vec((0_u8..2, 0_u128..50), 0..300)) {
        let mut known = Ids::default();
        let mut model: BTreeMap<(u8, u128), u32> = BTreeMap::new();
        for (class, id) in ids {
            let kind = if class == 0 { Class::User } else { Class::Item };
            let next = u32::try_from(model.len()).unwrap();
            let expected = *model.entry((class, id)).or_insert(next);
            prop_assert_eq!(known.number(kind, Uuid::from_u128(id)), expected);
            prop_assert_eq!(known.get(expected), Some((kind, Uuid::from_u128(id))));
        }
        prop_assert_eq!(known.len(), model.len());
        prop_assert_eq!(known.find(Class::Group, Uuid::nil()), None);
    }
}

#[test]
fn people_who_left_are_said_to_have_left() {
    let gone = Uuid::from_u128(0x1234_5678 << 96);
    let event = Event {
        kind: EventType::ProviderUserRemoved,
        acting_user_id: Some(UserId(gone)),
        provider_user_id: Some(ProviderUserId(gone)),
        ..Event::default()
    };
    let columns = filled(std::slice::from_ref(&event));
    let mut book = Book::default();
    book.update(&columns.ids, &sources(true));
    let sentence = book.sentence(&event, &columns.ids);
    assert_eq!(sentence.who.text(), "Former member of staff 12345678");
    assert_eq!(sentence.what_text(), "removed former member of staff 12345678");
    // As long as the staff are not read, nobody is said to have left.
    book.update(&columns.ids, &sources(false));
    assert_eq!(book.sentence(&event, &columns.ids).who.text(), "User 12345678");
    assert_eq!(book.former(Named::User(UserId(gone))), None);
}

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
    let mut world = World::new(move |request| server.answer(request));
    world.set_now(TODAY);
    let token = || zeroize::Zeroizing::new("token".to_owned());
    world.core.api.set_grant(Grant { access: token(), refresh: token(), lasts_seconds: 1_000_000 });
    world
}

fn query(days: i64) -> EventsQuery {
    EventsQuery {
        source: EventSource::Provider(provider()),
        from: Moment(TODAY - days * DAY),
        to: Moment(TODAY + DAY / 2),
        staff: None,
        category: None,
        search: String::new(),
    }
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
fn ask(world: &mut World, query: &EventsQuery, window: Window) -> (Rc<Log>, portal_bridge::EventsView) {
    let log = world.core.event_log(query);
    let found = view(&world.core, &log, query, None, window);
    world.core.event_window(&log, query, window, found.rows.matched);
    let waited = log.clone();
    world.until(|_| !waited.is_loading());
    (log.clone(), view(&world.core, &log, query, None, window))
}

const TOP: Window = Window { from: 0, count: 50 };

fn dates(log: &Log) -> Vec<i64> {
    log.columns.borrow().dates.clone()
}

#[test]
fn a_first_thousand_is_read_and_the_rest_when_somebody_comes_near() {
    let server = Server::of((0..3_000).map(|number| sign_in(number * 60)).collect(), 50, false);
    let mut world = world(&server);
    let (log, seen) = ask(&mut world, &query(30), TOP);
    assert_eq!((seen.rows.matched, log.len()), (1_000, 1_000));
    assert_eq!(seen.rows.state, ListState::Partial { received: 1_000, loading: false });
    // The same again reads nothing more.
    let (_, seen) = ask(&mut world, &query(30), TOP);
    assert_eq!(seen.rows.matched, 1_000);
    let (_, seen) = ask(&mut world, &query(30), Window { from: 880, count: 60 });
    assert_eq!(seen.rows.matched, 1_500);
    let (_, seen) = ask(&mut world, &query(30), Window { from: 880, count: 60 });
    assert_eq!(seen.rows.matched, 1_500);
}

#[test]
fn a_filter_that_leaves_little_does_not_read_everything() {
    let server = Server::of((0..3_000).map(|number| sign_in(number * 60)).collect(), 50, false);
    let mut world = world(&server);
    let nothing = EventsQuery { search: "no such thing".into(), ..query(30) };
    let (log, seen) = ask(&mut world, &nothing, TOP);
    assert_eq!((seen.rows.matched, log.len()), (0, 1_000));
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
        core.refresh_events(EventSource::Provider(provider())).await.unwrap();
        flag.set(true);
    }));
    world.until(|_| done.get());
    assert_eq!(dates(&log), server.events.borrow().iter().map(|event| event.date.0).collect::<Vec<_>>());
    // The filter and the counts see the new ones.
    let (_, seen) = ask(&mut world, &query(30), TOP);
    assert_eq!(seen.rows.matched, 124);
    assert_eq!(seen.by_day.iter().map(|(_, count)| count).sum::<u32>(), 124);
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
    let narrow = EventsQuery { to: Moment(TODAY - 10 * DAY), ..query(20) };
    let (same, seen) = ask(&mut world, &narrow, TOP);
    assert!(Rc::ptr_eq(&all, &same));
    assert_eq!((seen.rows.state, seen.rows.matched, seen.by_day.len()), (ListState::Complete, 41, 11));
    assert_eq!(server.requests.borrow().len(), before);
    let older = EventsQuery { from: Moment(TODAY - 900 * DAY), to: Moment(TODAY - 800 * DAY), ..query(1) };
    let (other, _) = ask(&mut world, &older, TOP);
    assert!(!Rc::ptr_eq(&all, &other));
}

/// As a provider's log is: few people, many items, few addresses.
fn everyday(number: u128) -> Event {
    let kinds = [
        EventType::UserLoggedIn,
        EventType::CipherClientViewed,
        EventType::CipherUpdated,
        EventType::ProviderUserInvited,
    ];
    let kind = kinds[usize::try_from(number % 4).unwrap()];
    let item = matches!(kind, EventType::CipherClientViewed | EventType::CipherUpdated);
    Event {
        kind,
        date: Timestamp(TODAY - i64::try_from(number).unwrap() * 20_000),
        acting_user_id: Some(UserId(Uuid::from_u128(((number % 40) << 96) | (number % 40)))),
        provider_id: Some(provider()),
        cipher_id: item.then(|| CipherId(Uuid::from_u128(((number % 30_000) << 64) | 7))),
        organization_id: item.then(|| OrganizationId(Uuid::from_u128(((number % 5_000) << 32) | 9))),
        provider_user_id: (number % 4 == 3).then(|| ProviderUserId(Uuid::from_u128((number % 400) << 80))),
        device_type: Some(DeviceType::FirefoxBrowser),
        ip_address: Some(format!("192.0.2.{}", number % 250)),
        ..Event::default()
    }
}

#[test]
fn a_hundred_thousand_events_need_few_bytes_each() {
    let events: Vec<Event> = (0..100_000).map(everyday).collect();
    let mut columns = Columns::new(EventSource::Provider(provider()));
    events.chunks(50).for_each(|page| {
        columns.append(page);
    });
    let each = columns.memory() / columns.len();
    println!("{each} bytes an event");
    assert!(each <= 70, "{each} bytes an event");
}

/// Printed rather than held to: how fast it is depends on the machine. Run it with `--release --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn a_hundred_thousand_events_are_filtered() {
    let events: Vec<Event> = (0..100_000).map(everyday).collect();
    let columns = filled(&events);
    let mut book = Book::default();
    book.update(&columns.ids, &sources(true));
    for search in ["", "ada", "signed in", "viewed item 3", "zzz"] {
        let filter = Filter { from: 0, to: i64::MAX, actor: None, category: None, search };
        let begun = std::time::Instant::now();
        let found = matching(&columns, &book, &filter).len();
        println!("{search:?}: {found} found in {:?}", begun.elapsed());
    }
}
