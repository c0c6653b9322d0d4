//! A provider with a thousand clients, and what happened there in a year: made up, the same every time.

use std::{collections::BinaryHeap, ops::Range};

use portal_bridge::{EventsOf, ProviderId, Within};
use portal_wire::{
    DeviceType, Event, EventType, OrganizationUserType, Timestamp, client::ClientRow, ids::*,
    organization::MemberMini, provider::StaffRow,
};
use uuid::Uuid;

use crate::stores::events::ids::Class;

pub(super) const CLIENTS: u32 = 1_000;
const STAFF: u32 = 12;
/// Members of each client.
const MEMBERS: u32 = 20;
/// Of so many members one is a member of a second client, too.
const SECOND: u32 = 30;
/// Items, collections, groups and policies of each client.
const THINGS: [(Class, u32); 4] =
    [(Class::Item, 150), (Class::Collection, 8), (Class::Group, 5), (Class::Policy, 6)];
/// Events on a page, as servers have it.
pub(super) const PAGE: usize = 50;
/// The moment up to which everything is asked for, and how far back it goes.
pub(super) const NOW: i64 = 1_780_000_000_000;
pub(super) const YEAR_MS: i64 = 365 * 86_400_000;

/// What members and staff do, and how often among a thousand actions.
const ACTIONS: [(EventType, u32, Option<Class>); 18] = [
    (EventType::CipherClientViewed, 330, Some(Class::Item)),
    (EventType::CipherClientAutofilled, 210, Some(Class::Item)),
    (EventType::CipherClientCopiedPassword, 160, Some(Class::Item)),
    (EventType::CipherClientToggledPasswordVisible, 90, Some(Class::Item)),
    (EventType::CipherUpdated, 60, Some(Class::Item)),
    (EventType::CipherCreated, 40, Some(Class::Item)),
    (EventType::CipherUpdatedCollections, 20, Some(Class::Item)),
    (EventType::CipherSoftDeleted, 18, Some(Class::Item)),
    (EventType::CipherRestored, 4, Some(Class::Item)),
    (EventType::CollectionUpdated, 16, Some(Class::Collection)),
    (EventType::CollectionCreated, 8, Some(Class::Collection)),
    (EventType::GroupUpdated, 10, Some(Class::Group)),
    (EventType::OrganizationUserInvited, 9, Some(Class::Member)),
    (EventType::OrganizationUserUpdated, 9, Some(Class::Member)),
    (EventType::OrganizationUserUpdatedGroups, 8, Some(Class::Member)),
    (EventType::OrganizationUserRevoked, 3, Some(Class::Member)),
    (EventType::PolicyUpdated, 3, Some(Class::Policy)),
    (EventType::OrganizationUpdated, 2, None),
];

const GIVEN: [&str; 24] = [
    "Ada", "Ben", "Carla", "Dmitri", "Esra", "Finn", "Greta", "Hugo", "Ines", "Jamal", "Kaya", "Lars",
    "Mona", "Nils", "Olga", "Pablo", "Quinn", "Rosa", "Sven", "Tara", "Umar", "Vera", "Wim", "Yara",
];
const FAMILY: [&str; 20] = [
    "Abbot",
    "Berg",
    "Castro",
    "Dahl",
    "Estrada",
    "Fischer",
    "Grimaldi",
    "Haddad",
    "Ivanov",
    "Jansen",
    "Kowal",
    "Lindqvist",
    "Moreau",
    "Novak",
    "Okafor",
    "Petrov",
    "Quiroga",
    "Rossi",
    "Sato",
    "Tanaka",
];
const TRADE: [&str; 20] = [
    "Mill", "Bakery", "Dental", "Legal", "Roofing", "Harbour", "Optics", "Print", "Garage", "Clinic",
    "Studio", "Vineyard", "Freight", "Gallery", "Farm", "Hotel", "Academy", "Foundry", "Textile", "Energy",
];

/// A record in a log, small.
#[derive(Clone, Copy)]
struct Record {
    date: i64,
    kind: EventType,
    /// The number of the log: the provider's is the first, then comes each client's.
    log: u16,
    /// The client it happened in, by its number; [`Record::NOWHERE`] for what happened to an account.
    client: u16,
    person: u32,
    subject: Option<(Class, u32)>,
    /// Which of the person's devices.
    device: u8,
}

impl Record {
    const NOWHERE: u16 = u16::MAX;
}

/// All of it.
pub(super) struct Made {
    records: Vec<Record>,
    /// The records of each log, newest first.
    logs: Vec<Range<usize>>,
    /// Every page in the order in which they are read: its log, and its records.
    pages: Vec<(u16, Range<usize>)>,
}

impl Made {
    /// So many events, over all logs.
    pub(super) fn of(events: usize) -> Self {
        let mut random = Random(7);
        let mut records = Vec::with_capacity(events + 100);
        while records.len() < events {
            session(&mut random, &mut records);
        }
        records.truncate(events);
        // Of one moment, as they were made.
        records.sort_by_key(|record| (record.log, std::cmp::Reverse(record.date)));
        let logs: Vec<Range<usize>> = (0..=CLIENTS)
            .map(|log| {
                let first = records.partition_point(|record| u32::from(record.log) < log);
                first..records.partition_point(|record| u32::from(record.log) <= log)
            })
            .collect();
        let pages = reading_order(&records, &logs);
        Self { records, logs, pages }
    }

    /// How many pages there are.
    pub(super) fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// A page by its place in the order of reading, with its log, and whether another page of that log follows.
    pub(super) fn page(&self, place: usize) -> Option<(u32, Vec<Event>, bool)> {
        let (log, rows) = self.pages.get(place)?;
        let events = self.records.get(rows.clone())?.iter().map(event).collect();
        let more = self.logs.get(usize::from(*log)).is_some_and(|all| all.end > rows.end);
        Some((u32::from(*log), events, more))
    }
}

/// First a page of each log, then one of whichever log is furthest behind.
fn reading_order(records: &[Record], logs: &[Range<usize>]) -> Vec<(u16, Range<usize>)> {
    let mut pages = Vec::new();
    let mut behind: BinaryHeap<(i64, std::cmp::Reverse<usize>)> =
        (0..logs.len()).map(|log| (i64::MAX, std::cmp::Reverse(log))).collect();
    let mut next: Vec<usize> = logs.iter().map(|rows| rows.start).collect();
    while let Some((_, std::cmp::Reverse(log))) = behind.pop() {
        let (Some(rows), Some(first)) = (logs.get(log), next.get_mut(log)) else { continue };
        let page = *first..rows.end.min(*first + PAGE);
        *first = page.end;
        let oldest = records.get(page.clone()).and_then(<[Record]>::last);
        if let Some(oldest) = oldest.filter(|_| page.end < rows.end) {
            behind.push((oldest.date, std::cmp::Reverse(log)));
        }
        pages.push((u16::try_from(log).unwrap_or_default(), page));
    }
    pages
}

/// What one person does at a stretch, in every log that tells of it.
fn session(random: &mut Random, records: &mut Vec<Record>) {
    // A few clients are much busier than the others.
    let client = (random.below(CLIENTS) * (1 + random.below(CLIENTS)) / CLIENTS).min(CLIENTS - 1);
    let by_staff = random.below(100) < 15;
    let person =
        if by_staff { random.below(STAFF) } else { STAFF + client * MEMBERS + random.below(MEMBERS) };
    let device = u8::try_from(random.below(2)).unwrap_or_default();
    let (client_log, place) = (u16::try_from(client + 1).unwrap_or_default(), as_place(client));
    let mut date = NOW - i64::from(random.below(365)) * 86_400_000;
    let hour = if random.below(10) == 0 { random.below(24) } else { 7 + random.below(11) };
    date -= 86_400_000 - i64::from(hour) * 3_600_000 - i64::from(random.below(3_600_000));
    let mut tell = |log: u16, kind: EventType, place: u16, date: i64, subject: Option<(Class, u32)>| {
        records.push(Record { date, kind, log, client: place, person, subject, device });
    };
    let tries = if random.below(40) == 0 { 1 + random.below(6) } else { 0 };
    for attempt in 0..=tries {
        let kind = if attempt < tries { EventType::UserFailedLogIn } else { EventType::UserLoggedIn };
        let logs = if by_staff { vec![0] } else { client_logs(person) };
        for (copy, log) in logs.into_iter().enumerate() {
            tell(log, kind, Record::NOWHERE, date + copy as i64 * 3, None);
        }
        date += 4_000 + i64::from(random.below(20_000));
    }
    if by_staff {
        tell(0, EventType::ProviderOrganizationVaultAccessed, place, date, None);
        tell(0, EventType::OrganizationVaultAccessed, place, date + 5, None);
        tell(client_log, EventType::OrganizationVaultAccessed, place, date + 5, None);
    }
    let actions = 1 + random.below(8) + random.below(10);
    for _ in 0..actions {
        date += 2_000 + i64::from(random.below(90_000));
        let mut at = random.below(1_000);
        let action = ACTIONS.iter().find(|(_, share, _)| {
            let here = at < *share;
            at = at.saturating_sub(*share);
            here
        });
        let Some((kind, _, class)) = action else { continue };
        let subject = class.map(|class| {
            let of_class = THINGS.iter().find(|(known, _)| *known == class).map_or(MEMBERS, |(_, of)| *of);
            (class, client * of_class + random.below(of_class))
        });
        if by_staff {
            tell(0, *kind, place, date, subject);
        }
        tell(client_log, *kind, place, date, subject);
    }
}

/// The logs of the clients in which a person is a member.
fn client_logs(person: u32) -> Vec<u16> {
    let own = (person - STAFF) / MEMBERS;
    let other = (own + 1 + person % 7) % CLIENTS;
    let second = person.is_multiple_of(SECOND).then_some(other);
    [own].into_iter().chain(second).filter_map(|client| u16::try_from(client + 1).ok()).collect()
}

fn as_place(client: u32) -> u16 {
    u16::try_from(client).unwrap_or(Record::NOWHERE)
}

/// A record as the log it stands in gives it (contract §5.4).
fn event(record: &Record) -> Event {
    let staff = record.person < STAFF;
    let account = UserId(id(Class::User, record.person));
    let in_provider = record.log == 0;
    let link = record.kind == EventType::ProviderOrganizationVaultAccessed;
    let about_account = record.client == Record::NOWHERE;
    // What happened to an account stands in the log of each client as that client's.
    let client = if about_account { record.log.wrapping_sub(1) } else { record.client };
    let organization = (!link && (!about_account || !in_provider))
        .then(|| OrganizationId(id(Class::Organization, u32::from(client))));
    let (device, address) = equipment(record.person, u32::from(record.device));
    let mut event = Event {
        kind: record.kind,
        date: Timestamp(record.date),
        acting_user_id: Some(account),
        user_id: about_account.then_some(account),
        organization_id: organization,
        provider_id: (in_provider || staff && !about_account).then(provider),
        provider_organization_id: link
            .then(|| ProviderOrganizationId(id(Class::Client, u32::from(record.client)))),
        device_type: Some(device),
        ip_address: Some(address),
        ..Event::default()
    };
    match record.subject {
        Some((Class::Item, number)) => event.cipher_id = Some(CipherId(id(Class::Item, number))),
        Some((Class::Collection, number)) => {
            event.collection_id = Some(CollectionId(id(Class::Collection, number)));
        }
        Some((Class::Group, number)) => event.group_id = Some(GroupId(id(Class::Group, number))),
        Some((Class::Policy, number)) => event.policy_id = Some(PolicyId(id(Class::Policy, number))),
        Some((_, number)) => {
            event.organization_user_id = Some(OrganizationUserId(id(Class::Member, number)));
        }
        None => {}
    }
    event
}

/// A device and the address it is used from: one of a person's two. Members of a client share their office's address.
fn equipment(person: u32, number: u32) -> (DeviceType, String) {
    let of_staff = person < STAFF;
    let client = person.saturating_sub(STAFF) / MEMBERS;
    let address = match (of_staff, number) {
        (true, 0) => "198.51.100.7".to_owned(),
        (false, 0) => format!("203.0.{}.{}", client / 250, client % 250),
        (_, _) => format!("100.{}.{}.{}", 64 + person / 62_500, person / 250 % 250, person % 250),
    };
    let device = match (person % 3, number) {
        (0, 0) => DeviceType::ChromeExtension,
        (1, 0) => DeviceType::ChromeBrowser,
        (_, 0) => DeviceType::FirefoxBrowser,
        (0, _) => DeviceType::Android,
        (_, _) => DeviceType::WindowsDesktop,
    };
    (device, address)
}

/// The source of a log.
pub(super) fn source(log: u32) -> EventsOf {
    match log.checked_sub(1) {
        None => EventsOf::Provider(provider()),
        Some(client) => EventsOf::Client(Within {
            provider: Some(provider()),
            organization: OrganizationId(id(Class::Organization, client)),
        }),
    }
}

pub(super) fn provider() -> ProviderId {
    ProviderId(id(Class::Provider, 0))
}

/// One of the staff.
pub(super) fn staff_account() -> UserId {
    UserId(id(Class::User, 3))
}

pub(super) fn staff() -> Vec<StaffRow> {
    let person = |number: u32| StaffRow {
        id: ProviderUserId(id(Class::Staff, number)),
        user_id: Some(UserId(id(Class::User, number))),
        name: Some(name(number)),
        email: format!("{number}@msp.example"),
        ..StaffRow::default()
    };
    (0..STAFF).map(person).collect()
}

pub(super) fn clients() -> Vec<ClientRow> {
    let client = |number: u32| ClientRow {
        id: ProviderOrganizationId(id(Class::Client, number)),
        provider_id: provider(),
        organization_id: OrganizationId(id(Class::Organization, number)),
        organization_name: format!("{} {}", pick(&FAMILY, number / 20), pick(&TRADE, number)),
        ..ClientRow::default()
    };
    (0..CLIENTS).map(client).collect()
}

/// The members of a client, which is known by its number.
pub(super) fn members(client: u32) -> Vec<MemberMini> {
    let member = |number: u32| MemberMini {
        id: OrganizationUserId(id(Class::Member, number)),
        user_id: Some(UserId(id(Class::User, STAFF + number))),
        kind: OrganizationUserType::User,
        name: Some(name(STAFF + number)),
        ..MemberMini::default()
    };
    (client * MEMBERS..(client + 1) * MEMBERS).map(member).collect()
}

fn name(person: u32) -> String {
    format!("{} {}", pick(&GIVEN, person), pick(&FAMILY, person / 24 + person * 7))
}

fn pick<'a>(of: &[&'a str], number: u32) -> &'a str {
    of.get(number as usize % of.len()).copied().unwrap_or_default()
}

/// As random as the ids that servers give, but the same every time.
fn id(class: Class, number: u32) -> Uuid {
    let mut random = Random((class as u64) << 40 | u64::from(number));
    uuid::Builder::from_u128(u128::from(random.next()) << 64 | u128::from(random.next()))
        .with_variant(uuid::Variant::RFC4122)
        .with_version(uuid::Version::Random)
        .into_uuid()
}

/// Numbers that look random.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, most: u32) -> u32 {
        u32::try_from(((self.next() >> 32) * u64::from(most)) >> 32).unwrap_or_default()
    }
}
