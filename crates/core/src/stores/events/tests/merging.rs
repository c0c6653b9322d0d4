//! Many logs as one: their order, that nothing is lost, and that what is told twice is shown once.

use portal_bridge::{OrganizationId, Within};
use portal_domain::timeline::{LogId, same_happening};
use portal_wire::client::ClientRow;

use super::*;
use crate::stores::events::{
    Range,
    clock::Clock,
    extent::Source,
    lines::{Line, Lines},
    twins::Twins,
};

/// Logs of a portfolio: the provider's is the first.
const LOGS: u128 = 4;

fn organization(log: usize) -> OrganizationId {
    OrganizationId(Uuid::from_u128((5 << 100) | u128::try_from(log).unwrap()))
}

fn source(log: usize) -> EventsOf {
    match log {
        0 => EventsOf::Provider(provider()),
        client => EventsOf::Client(Within { provider: Some(provider()), organization: organization(client) }),
    }
}

/// The columns of a portfolio, without events; or of clients alone, from the first of them on.
fn portfolio_from(first: usize) -> Columns {
    let mut columns = Columns::default();
    (first..usize::try_from(LOGS).unwrap()).for_each(|log| columns.add_log(source(log)));
    columns
}

fn portfolio() -> Columns {
    portfolio_from(0)
}

/// An event as it can stand in a log: a client's names its organization, and perhaps another provider.
fn as_in(log: usize, event: Event) -> Event {
    let event = match log {
        0 => Event { provider_id: Some(provider()), ..event },
        client => Event { organization_id: Some(organization(client)), provider_id: None, ..event },
    };
    source(log).completed(&event)
}

/// Adds logs page by page, in the order that `turns` give, and arranges now and then.
fn merged(logs: &[Vec<Event>], turns: &[(usize, usize, bool)]) -> Columns {
    let mut columns = portfolio_from(usize::try_from(LOGS).unwrap() - logs.len());
    let mut read = vec![0; logs.len()];
    let all = (0..logs.len()).map(|log| (log, usize::MAX, true));
    for (log, size, arrange) in turns.iter().copied().chain(all) {
        let log = log % logs.len();
        let rest = &logs[log][read[log]..];
        let page = &rest[..size.min(rest.len())];
        page.iter().for_each(|event| columns.push(u32::try_from(log).unwrap(), event));
        read[log] += page.len();
        if arrange {
            columns.arrange();
        }
    }
    columns
}

fn rows(columns: &Columns) -> Vec<(u32, Event)> {
    (0..columns.len()).filter_map(|row| Some((columns.sources[row], columns.event(row)?))).collect()
}

/// Something that happened once, and the logs that tell of it with how much later each wrote it down.
#[derive(Clone, Debug)]
struct Happening {
    kind: EventType,
    person: u128,
    logs: Vec<(usize, i64)>,
}

fn happening() -> impl Strategy<Value = Happening> {
    let kind = proptest::sample::select(vec![
        EventType::UserLoggedIn,
        EventType::UserFailedLogIn,
        EventType::CipherClientViewed,
        EventType::OrganizationUserInvited,
    ]);
    let logs = proptest::sample::subsequence((0..usize::try_from(LOGS).unwrap()).collect::<Vec<_>>(), 1..=4);
    (kind, 0_u128..3, logs, proptest::collection::vec(0_i64..600, 4)).prop_map(
        |(kind, person, logs, late)| {
            let logs = logs.into_iter().zip(late).collect();
            Happening { kind, person, logs }
        },
    )
}

/// The records of happenings, log by log: each ten seconds before the one before it. What happened to an account has a
/// copy in every log; anything else at most one in a client's and the very same in the provider's.
fn told(happenings: &[Happening]) -> Vec<Vec<Event>> {
    let mut logs = vec![Vec::new(); usize::try_from(LOGS).unwrap()];
    for (number, happening) in happenings.iter().enumerate() {
        let date = TODAY - i64::try_from(number).unwrap() * 10_000;
        let person = UserId(Uuid::from_u128((1 << 100) | happening.person));
        let base = Event {
            kind: happening.kind,
            acting_user_id: Some(person),
            user_id: Some(person),
            device_type: Some(DeviceType::FirefoxBrowser),
            ip_address: Some("192.0.2.1".to_owned()),
            ..Event::default()
        };
        let account = happening.kind.number() / 100 == 10;
        if account {
            for (log, late) in &happening.logs {
                logs[*log].push(as_in(*log, Event { date: Timestamp(date - late), ..base.clone() }));
            }
        } else {
            let client = happening.logs.iter().map(|(log, _)| *log).find(|log| *log > 0).unwrap_or(1);
            let record = Event {
                date: Timestamp(date),
                organization_id: Some(organization(client)),
                provider_id: Some(provider()),
                ..base
            };
            logs[client].push(record.clone());
            if happening.logs.iter().any(|(log, _)| *log == 0) {
                logs[0].push(record);
            }
        }
    }
    logs.iter_mut().for_each(|log| log.sort_by_key(|event| std::cmp::Reverse(event.date)));
    logs
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Gaps, repeats, ties and clocks that are wrong are all in what is generated: dates are few, some lie in the future.
    #[test]
    fn however_pages_arrive_the_order_is_the_same_and_nothing_is_lost(
        logs in proptest::collection::vec(
            proptest::collection::vec((event(), prop_oneof![8 => 0_i64..8, 1 => -90_000_000_i64..90_000_000]), 0..25), 4,
        ),
        turns in proptest::collection::vec((0_usize..4, 0_usize..7, any::<bool>()), 0..20),
    ) {
        let logs: Vec<Vec<Event>> = logs.into_iter().enumerate().map(|(log, events)| {
            let mut events: Vec<Event> = events.into_iter().map(|(event, date)| {
                as_in(log, Event { date: Timestamp(TODAY - date * 1_000), ..event })
            }).collect();
            events.sort_by_key(|event| std::cmp::Reverse(event.date));
            events
        }).collect();
        let mut expected: Vec<(u32, Event)> = logs.iter().enumerate().flat_map(|(log, events)| {
            events.iter().map(move |event| (u32::try_from(log).unwrap(), event.clone()))
        }).collect();
        expected.sort_by_key(|(log, event)| (std::cmp::Reverse(event.date), *log));
        prop_assert_eq!(rows(&merged(&logs, &turns)), expected);
    }

    #[test]
    fn what_several_logs_tell_is_shown_once_and_only_that(
        happenings in proptest::collection::vec(happening(), 0..40),
        turns in proptest::collection::vec((0_usize..4, 0_usize..7, any::<bool>()), 0..20),
        own: bool,
    ) {
        // Without a provider's log, what only that tells is not there.
        let first = usize::from(own);
        let logs = told(&happenings);
        let columns = merged(&logs[first..], &turns);
        let twins = Twins::find(&columns, &Book::default());
        let rows = rows(&columns);
        let heads: Vec<u32> = (0..u32::try_from(rows.len()).unwrap()).filter(|row| twins.head_of(*row).is_none()).collect();
        let seen = |happening: &&Happening| {
            !own || happening.kind.number() / 100 != 10 || happening.logs.iter().any(|(log, _)| *log > 0)
        };
        prop_assert_eq!(heads.len(), happenings.iter().filter(seen).count());
        for row in 0..u32::try_from(rows.len()).unwrap() {
            let Some(head) = twins.head_of(row) else { continue };
            prop_assert!(twins.of(head).any(|copy| copy == row));
            let log = |row: u32| match rows[row as usize].0 as usize + first {
                0 => LogId::Provider(provider()),
                client => LogId::Organization(organization(client)),
            };
            let event = |row: u32| &rows[row as usize].1;
            prop_assert!(same_happening((event(head), log(head)), (event(row), log(row)), &|_| None));
        }
    }

    #[test]
    fn sessions_hold_every_event_once_and_end_where_somebody_pauses(
        gaps in proptest::collection::vec((0_i64..50, 0_u128..3, 1_usize..4), 0..60),
    ) {
        let mut columns = portfolio();
        let mut date = TODAY;
        for (minutes, person, log) in gaps {
            date -= minutes * 60_000;
            let event = Event {
                kind: EventType::CipherClientViewed,
                date: Timestamp(date),
                acting_user_id: Some(UserId(Uuid::from_u128((1 << 100) | person))),
                ..Event::default()
            };
            columns.push(u32::try_from(log).unwrap(), &as_in(log, event));
        }
        columns.arrange();
        let all: Vec<u32> = (0..u32::try_from(columns.len()).unwrap()).collect();
        let book = Book::default();
        let lines = Lines::by_session(&columns, &book, &Twins::default(), Clock(&[]), &all, &[]);
        let mut seen = Vec::new();
        let mut days = 0;
        for line in 0..lines.count(all.len()) {
            match lines.at(line).unwrap() {
                Line::Day(..) => days += 1,
                Line::Event(place, inside) => {
                    prop_assert!(!inside);
                    seen.push(u32::try_from(place).unwrap());
                }
                Line::Session(number) => {
                    let (session, places) = lines.session(number).unwrap();
                    let dates: Vec<i64> = places.iter().map(|place| columns.dates[*place as usize]).collect();
                    prop_assert!(dates.is_sorted_by(|one, other| one >= other && one - other <= 1_800_000));
                    prop_assert_eq!((session.ended, session.began), (dates[0], *dates.last().unwrap()));
                    prop_assert!(places.iter().all(|place| columns.who(*place as usize) == session.person));
                    seen.extend(places);
                }
            }
        }
        seen.sort_unstable();
        prop_assert_eq!(seen, all);
        prop_assert!(columns.len() == 0 || days > 0);
    }
}

#[test]
fn a_vault_opened_is_one_event_once_it_is_known_whose_link_it_was() {
    let person = UserId(Uuid::from_u128((1 << 100) | 7));
    let link = ProviderOrganizationId(Uuid::from_u128(0x77));
    let opened = |kind, late: i64| Event {
        kind,
        date: Timestamp(TODAY - late),
        acting_user_id: Some(person),
        ..Event::default()
    };
    let by_link = Event {
        provider_organization_id: Some(link),
        ..opened(EventType::ProviderOrganizationVaultAccessed, 0)
    };
    let copy = Event {
        organization_id: Some(organization(1)),
        provider_id: Some(provider()),
        ..opened(EventType::OrganizationVaultAccessed, 3)
    };
    let elsewhere =
        Event { organization_id: Some(organization(2)), ..opened(EventType::OrganizationVaultAccessed, 5) };
    let logs = [vec![as_in(0, by_link), copy.clone()], vec![copy], vec![elsewhere], vec![]];
    let mut columns = merged(&logs, &[]);
    let heads = |columns: &Columns, book: &Book| {
        let twins = Twins::find(columns, book);
        (0..4).filter(|row| twins.head_of(*row).is_none()).count()
    };
    // The copies of the one client are one; the link could be anybody's.
    assert_eq!(heads(&columns, &Book::default()), 3);
    let client = ClientRow {
        id: link,
        organization_id: organization(1),
        organization_name: "Mill".into(),
        ..ClientRow::default()
    };
    let table = crate::stores::Table::of(&[client]);
    let mut book = Book::default();
    book.update(&mut columns.ids, &Sources { clients: Rc::new(table), ..sources(true) });
    assert_eq!(heads(&columns, &book), 2);
}

#[test]
fn a_thousand_events_of_one_moment_in_every_log_are_all_there() {
    let event = |item: u128| Event {
        kind: EventType::CipherClientViewed,
        date: Timestamp(TODAY),
        cipher_id: Some(CipherId(Uuid::from_u128(item))),
        ..Event::default()
    };
    let logs: Vec<Vec<Event>> = (0..4)
        .map(|log| {
            (0..1_000).map(|item| as_in(log, event(item + 1_000 * u128::try_from(log).unwrap()))).collect()
        })
        .collect();
    let columns = merged(&logs, &[(3, 500, true), (1, 10, true), (0, 999, false), (3, 1, true)]);
    assert_eq!(columns.len(), 4_000);
    let twins = Twins::find(&columns, &Book::default());
    assert!(!twins.any(), "nothing is told twice");
    let items: Vec<Option<CipherId>> = rows(&columns).into_iter().map(|(_, event)| event.cipher_id).collect();
    let expected: Vec<Option<CipherId>> =
        (0..4_000).map(|item| Some(CipherId(Uuid::from_u128(item)))).collect();
    assert_eq!(items, expected);
}

#[test]
fn every_client_has_its_turn_whether_a_provider_is_asked_each_time_or_there_is_none() {
    let of = |log: &Log| {
        let turn: Vec<Option<OrganizationId>> = log
            .to_refresh(true, 3)
            .into_iter()
            .map(|reader| reader.of.within().map(|within| within.organization))
            .collect();
        turn
    };
    let range = Range { from: 0, to: TODAY };
    let (with, without) =
        (Log::new(EventsOf::Portfolio(provider()), range, 0), Log::new(EventsOf::Own, range, 0));
    for log in [&with, &without] {
        (1..6).for_each(|client| log.add_reader(source(client)));
    }
    let clients = |numbers: [usize; 3]| numbers.map(|client| Some(organization(client)));
    for turn in [[1, 2, 3], [4, 5, 1], [2, 3, 4]] {
        assert_eq!(of(&without), clients(turn));
        assert_eq!(of(&with), [vec![None], clients(turn).to_vec()].concat());
    }
    // Nothing is to be had of these.
    without.readers.borrow().iter().take(3).for_each(|reader| reader.closed.set(true));
    assert_eq!(of(&without), [4, 5].map(|client| Some(organization(client))));
}
