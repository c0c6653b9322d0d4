//! What a log keeps, finds and says.

mod merging;
mod reading;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use portal_bridge::{
    EventCategory, EventConditions, EventsFilter, EventsOf, EventsQuery, ListState, Moment, ProviderId,
    Window,
};
use portal_domain::{
    search::fold,
    timeline::{Named, category as kind_of, device_short},
};
use portal_wire::{DeviceType, Event, EventSystemUser, EventType, List, Timestamp, ids::*};
use proptest::prelude::*;
use uuid::Uuid;

use super::columns::Columns;
use super::filter::matching;
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

/// Everything of a source up to half a day from today.
fn open(source: EventsOf, days: i64) -> EventsFilter {
    EventsFilter::between(source, Moment(TODAY - days * DAY), Moment(TODAY + DAY / 2))
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
        things: Rc::default(),
        own: Rc::default(),
        in_client: false,
    }
}

fn filled(events: &[Event]) -> Columns {
    let mut columns = Columns::of(EventsOf::Provider(provider()));
    events.iter().for_each(|event| columns.push(0, event));
    columns.arrange();
    columns
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn events_come_back_as_they_went_in(mut events in proptest::collection::vec(event(), 0..60)) {
        events.sort_by_key(|event| std::cmp::Reverse(event.date));
        let columns = filled(&events);
        let back: Vec<Event> = (0..columns.len()).filter_map(|row| columns.event(row)).collect();
        prop_assert_eq!(back, events);
    }

    #[test]
    fn a_search_finds_what_reading_every_sentence_finds(
        mut events in proptest::collection::vec(event(), 0..60),
        unwanted in proptest::option::weighted(0.2, proptest::sample::select(vec!["ada", "staff", "deleted", "e"])),
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
        events.sort_by_key(|event| std::cmp::Reverse(event.date));
        let mut columns = filled(&events);
        let mut book = Book::default();
        book.update(&mut columns.ids, &sources(staff_known));
        let minus = unwanted.map(|word| format!(" -{word}")).unwrap_or_default();
        let (from, to) = (TODAY - 2_000_000, TODAY - from * 1_000);
        let filter = EventsFilter {
            from: Moment(from),
            to: Moment(to),
            only: EventConditions {
                people: actor.map(UserId).into_iter().collect(),
                categories: category.into_iter().collect(),
                ..EventConditions::default()
            },
            search: words.join(" ") + &minus,
            ..open(EventsOf::Provider(provider()), 1)
        };
        let found: Vec<usize> = matching(&columns, &book, &filter).into_iter().map(|row| row as usize).collect();
        let naive: Vec<usize> = events.iter().enumerate().filter(|(_, event)| {
            let sentence = book.sentence(event, &columns.ids);
            let device = event.device_type.map(device_short).unwrap_or_default();
            let ip = event.ip_address.as_deref().unwrap_or_default();
            let place = sentence.place.as_deref().unwrap_or_default();
            let text = format!("{} {} {place} {device} {ip}", sentence.who.text(), sentence.what_text());
            let text = fold(&text);
            words.iter().all(|word| text.contains(&fold(word)))
                && unwanted.is_none_or(|word| !text.contains(word))
                && (from..=to).contains(&event.date.0)
                && category.is_none_or(|wanted| kind_of(event.kind).shown() == wanted)
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
    let mut columns = filled(std::slice::from_ref(&event));
    let mut book = Book::default();
    book.update(&mut columns.ids, &sources(true));
    let sentence = book.sentence(&event, &columns.ids);
    assert_eq!(sentence.who.text(), "Former member of staff 12345678");
    assert_eq!(sentence.what_text(), "removed former member of staff 12345678");
    // As long as the staff are not read, nobody is said to have left.
    book.update(&mut columns.ids, &sources(false));
    assert_eq!(book.sentence(&event, &columns.ids).who.text(), "User 12345678");
    assert_eq!(book.former(Named::User(UserId(gone))), None);
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
    let columns = filled(&events);
    let each = columns.memory() / columns.len();
    println!("{each} bytes an event");
    assert!(each <= 70, "{each} bytes an event");
}
