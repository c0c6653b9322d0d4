//! The demo, played once and then looked at through fresh cores.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use portal_bridge::{
    ClientRow, ClientSort, ClientsQuery, Direction, EventRow, EventsFilter, EventsOf, EventsQuery,
    GetAddable, GetClient, GetClients, GetEvents, GetPlaces, GetProvider, GetStaff, ListState, LoadAllEvents,
    MemberStatus, Moment, Phrase, ProviderId, StaffQuery, StaffRole, StaffSort, StaffView, Window,
};
use portal_demo::{
    Bulk, Failure, Load, Narrator, Options, Person, Stage,
    cast::{
        ACME, ANA, BEN, CLIENTS, Colleague, FORMER, LEO, NEW_OWNER, NIGHT_BROWSER, OWN, PRIYA, PROVIDER,
        RENAMED, RESEATED, SAM, SEASONAL, UNFAMILIAR, Until,
    },
};

use portal_server::settings::Mode;

const PUBLIC_URL: &str = "http://127.0.0.1:8080";
const EVERYTHING: Window = Window { from: 0, count: 500 };

/// The folder into which the demo was played, once for all tests.
fn played() -> &'static Path {
    &folders().0
}

/// That folder, and a copy of it made before anybody looked.
fn folders() -> &'static (PathBuf, PathBuf) {
    static FOLDERS: OnceLock<(PathBuf, PathBuf)> = OnceLock::new();
    FOLDERS.get_or_init(|| {
        let folder = |name| {
            let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
            if folder.exists() {
                std::fs::remove_dir_all(&folder).unwrap();
            }
            folder
        };
        let (data, copy) = (folder("small-demo"), folder("large-demo"));
        portal_demo::play(&options(&data), &mut Narrator::silent())
            .unwrap_or_else(|failure| panic!("{failure}"));
        std::fs::create_dir_all(&copy).unwrap();
        for file in std::fs::read_dir(&data).unwrap().map(Result::unwrap) {
            std::fs::copy(file.path(), copy.join(file.file_name())).unwrap();
        }
        (data, copy)
    })
}

fn options(data: &Path) -> Options {
    Options {
        data: data.to_owned(),
        public_url: PUBLIC_URL.to_owned(),
        mode: Mode::Provider,
        load: None,
        roles: false,
    }
}

/// Looks at the played demo through a core of its own.
fn look<T>(at: impl AsyncFnOnce(&Stage) -> T) -> T {
    look_into(played(), at)
}

fn look_into<T>(data: &Path, at: impl AsyncFnOnce(&Stage) -> T) -> T {
    let stage = Stage::open(data, PUBLIC_URL).unwrap();
    let seen = stage.perform(at(&stage)).unwrap();
    stage.close().unwrap();
    seen
}

async fn signed_in(stage: &Stage, email: &str) -> Person {
    let person = Person::new(stage, email, ANA.device);
    person.sign_in().await.unwrap_or_else(|failure| panic!("{email}: {failure}"));
    person
}

async fn provider_of(person: &Person) -> ProviderId {
    let places = person.ask(GetPlaces).await.unwrap();
    let [provider] = places.providers.as_slice() else { panic!("{places:?}") };
    assert_eq!(provider.name.as_deref(), Some(PROVIDER));
    provider.id
}

async fn staff(person: &Person, provider: ProviderId) -> StaffView {
    let query = StaffQuery {
        provider,
        search: String::new(),
        status: None,
        role: None,
        sort: StaffSort::Name,
        direction: Direction::Ascending,
    };
    person.ask(GetStaff { query, window: EVERYTHING }).await.unwrap()
}

/// Asks again until the list is whole, which the core reads in the background.
async fn clients(person: &Person, provider: ProviderId) -> Vec<ClientRow> {
    let query = || ClientsQuery {
        provider,
        search: String::new(),
        plan: None,
        needs: None,
        sort: ClientSort::Name,
        direction: Direction::Ascending,
    };
    loop {
        let view = person.ask(GetClients { query: query(), window: EVERYTHING }).await.unwrap();
        match view.rows.state {
            ListState::Complete => return view.rows.rows,
            ListState::Failed(problem) => panic!("{problem:?}"),
            ListState::Loading { .. } | ListState::Partial { .. } => tokio::task::yield_now().await,
        }
    }
}

async fn events(person: &Person, provider: ProviderId) -> Vec<EventRow> {
    // One range throughout: another one, begun a moment later, would be another log.
    let query = EventsQuery::by_day(EventsFilter::between(
        EventsOf::Provider(provider),
        Moment(now() - 80 * 86_400_000),
        Moment(now()),
    ));
    person.finish(LoadAllEvents(query.filter.clone())).await.unwrap();
    let mut events = Vec::new();
    let mut from = 0;
    loop {
        let view = person
            .ask(GetEvents { query: query.clone(), window: Window { from, count: 500 } })
            .await
            .unwrap();
        if view.rows.rows.is_empty() {
            return events;
        }
        from += u32::try_from(view.rows.rows.len()).unwrap();
        events.extend(view.rows.rows.into_iter().filter_map(|line| line.event().cloned()));
    }
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

#[test]
fn the_staff_is_the_cast() {
    look(async |stage| {
        let ben = signed_in(stage, BEN.email).await;
        let provider = provider_of(&ben).await;
        let staff = staff(&ben, provider).await;
        let counts = (staff.invited, staff.needs_confirmation, staff.confirmed, staff.confirmed_admins);
        assert_eq!(counts, (1, 1, 5, 2));
        let named: Vec<_> = staff.rows.rows.iter().filter_map(|row| row.name.as_deref()).collect();
        assert_eq!(named, ["Ana Ruiz", "Ben Okafor", "Mia Lind", "Priya Shah", "Sam Osei", "Tom Hale"]);
        let users = staff.rows.rows.iter().filter(|row| row.role == StaffRole::ServiceUser).count();
        assert_eq!(users, 5, "three Service Users, and two who are on the way");
    });
}

#[test]
fn the_clients_are_the_cast_with_owners_in_every_state() {
    look(async |stage| {
        let ana = signed_in(stage, ANA.email).await;
        let provider = provider_of(&ana).await;
        let rows = clients(&ana, provider).await;
        assert_eq!(rows.len(), CLIENTS.len());
        for client in &CLIENTS {
            let name = if client.name == RENAMED.0 { RENAMED.1 } else { client.name };
            let row = rows.iter().find(|row| row.name == name).unwrap_or_else(|| panic!("{name} is missing"));
            let seats = RESEATED
                .iter()
                .find(|(name, _)| *name == client.name)
                .map_or(client.seats, |(_, seats)| *seats);
            let joined = usize::from(name == NEW_OWNER.client);
            let used = 1 + u32::try_from(joined).unwrap();
            assert_eq!((row.assigned, row.used), (Some(seats), used), "{name}");
            let view = ana.ask(GetClient { provider, organization: row.organization }).await.unwrap();
            assert!(view.key_opens, "{name}");
            assert_eq!(view.people.len(), 1 + joined, "{name}: {:?}", view.people);
            let owner = view.people.iter().find(|person| person.email == client.owner.email).unwrap();
            let status = match client.owner.until {
                Until::Invited => MemberStatus::Invited,
                Until::Accepted => MemberStatus::NeedsConfirmation,
                Until::Confirmed => MemberStatus::Confirmed,
            };
            assert_eq!(owner.status, status, "{name}");
            let known = (status != MemberStatus::Invited).then_some(client.owner.name);
            assert_eq!(owner.name.as_deref(), known, "{name}");
        }
    });
}

#[test]
fn the_log_tells_of_sixty_days() {
    look(async |stage| {
        let ana = signed_in(stage, ANA.email).await;
        let provider = provider_of(&ana).await;
        // Names come from the lists, which a person has looked at before.
        staff(&ana, provider).await;
        clients(&ana, provider).await;
        let events = events(&ana, provider).await;
        let of = |number| events.iter().filter(|event| event.number == number).count();
        let confirmed = CLIENTS.iter().filter(|client| client.owner.until == Until::Confirmed).count();
        assert_eq!(of(1800), 7, "invitations of staff");
        assert_eq!(of(1801), 5, "confirmations of staff");
        assert_eq!((of(1802), of(1803)), (2, 1), "a role there and back, and a colleague who left");
        assert_eq!(of(1900), CLIENTS.len() + 2, "clients created");
        assert_eq!(of(1500), CLIENTS.len() + 2 + SEASONAL.1.len() + 1, "owners and members invited");
        assert_eq!(of(1501), confirmed + 2 + 1, "owners and a member confirmed");
        assert_eq!(of(1902), 2, "clients unlinked");
        assert!(of(1005) >= 4, "wrong passwords: {}", of(1005));
        assert!(of(1000) >= 120, "sign-ins: {}", of(1000));

        let day = 86_400_000;
        let (newest, oldest) = (events.first().unwrap().date.0, events.last().unwrap().date.0);
        assert!(now() - newest < 2 * day, "the last days are quiet");
        assert!((56 * day..63 * day).contains(&(now() - oldest)), "{} days", (now() - oldest) / day);
        let addresses: std::collections::HashSet<_> =
            events.iter().filter_map(|event| event.ip.as_deref()).collect();
        assert!(addresses.len() > 8 && !addresses.contains("127.0.0.1"), "{addresses:?}");
        let devices: std::collections::HashSet<_> =
            events.iter().filter_map(|event| event.device.as_deref()).collect();
        assert!(devices.len() >= 4, "{devices:?}");
        let former = events.iter().filter(|event| event.who.to_lowercase().contains("former")).count();
        assert!(former > 0, "{} worked here and left", LEO.name);
    });
}

#[test]
fn the_log_answers_what_a_timeline_is_asked_and_has_what_is_out_of_the_ordinary() {
    let events = look(async |stage| {
        let ana = signed_in(stage, ANA.email).await;
        let provider = provider_of(&ana).await;
        staff(&ana, provider).await;
        clients(&ana, provider).await;
        events(&ana, provider).await
    });
    let at = |event: &EventRow, place: &str| event.place.as_deref() == Some(place);
    let entries = |place: &str| -> Vec<&EventRow> {
        events.iter().filter(|event| event.number == 1603 && at(event, place)).collect()
    };
    let who: BTreeSet<&str> = entries(ACME).into_iter().map(|event| event.who.as_str()).collect();
    assert_eq!(Vec::from_iter(who), ["Ana Ruiz", "Ben Okafor", "Mia Lind", "Tom Hale"]);
    assert!(entries(ACME).len() >= 10, "{} entries", entries(ACME).len());
    let acme = Phrase::Name(ACME.to_owned());
    let twins = events.iter().filter(|event| event.number == 1903 && event.what.contains(&acme)).count();
    assert_eq!(twins, entries(ACME).len());

    let day = |event: &EventRow| event.date.0.div_euclid(86_400_000);
    let tuesday = |event: &&EventRow| event.who == BEN.name && (day(event) + 4).rem_euclid(7) == 2;
    let last = events.iter().filter(tuesday).map(day).max().unwrap();
    let kinds: BTreeSet<i32> =
        events.iter().filter(tuesday).filter(|event| day(event) == last).map(|event| event.number).collect();
    assert!(kinds.is_superset(&BTreeSet::from([1000, 1100, 1107, 1111, 1603, 1903])), "{kinds:?}");

    let of = |number, place: &str| {
        events.iter().filter(|event| event.number == number && at(event, place)).count()
    };
    assert_eq!(of(1700, ACME) + of(1700, "Møller & Sønner Shipping"), 5, "three policies on, two off again");
    assert_eq!(of(1503, RENAMED.1), SEASONAL.1.len());
    assert_eq!(of(1502, ACME), 1, "a member became an Owner");
    let night = |event: &&EventRow| event.ip.as_deref() == Some(NIGHT_BROWSER.address);
    let night: Vec<_> = events.iter().filter(night).map(|event| event.number).rev().collect();
    assert_eq!(night, [1000, 1903, 1603, 1000, 1602], "in, into a client, in again, and its vault away");
    let ben_before = entries(UNFAMILIAR).into_iter().filter(|event| event.who == BEN.name).count();
    assert_eq!(ben_before, 1, "Ben is not known there");
    let guesses: Vec<i64> = events
        .iter()
        .filter(|event| event.number == 1005 && event.who == PRIYA.name)
        .map(|event| event.date.0)
        .collect();
    let burst = guesses.windows(8).any(|eight| eight.first().unwrap() - eight.last().unwrap() < 6 * 60_000);
    assert!(burst, "{guesses:?}");
}

#[test]
fn an_organization_waits_to_be_added() {
    look(async |stage| {
        let ana = signed_in(stage, ANA.email).await;
        let provider = provider_of(&ana).await;
        let addable = ana.ask(GetAddable(provider)).await.unwrap();
        let [row] = addable.as_slice() else { panic!("{addable:?}") };
        assert_eq!((row.name.as_str(), row.seats, &row.obstacle), (OWN.name, OWN.seats, &None));
    });
}

#[test]
fn everybody_written_down_can_sign_in_to_what_is_said() {
    let text = std::fs::read_to_string(played().join("demo-sign-ins.txt")).unwrap();
    look(async |stage| {
        for line in text.lines() {
            let (email, rest) = line.strip_prefix("sign-in: ").and_then(|line| line.split_once(' ')).unwrap();
            let (_, role) = rest.split_once(" (").unwrap();
            let person = signed_in(stage, email).await;
            let places = person.ask(GetPlaces).await.unwrap();
            let staffs = role.starts_with("Provider Admin") || role.starts_with("Service User");
            assert_eq!(places.providers.len(), usize::from(staffs), "{line}");
            if staffs {
                let view = person.ask(GetProvider(provider_of(&person).await)).await.unwrap();
                assert_eq!(
                    view.role == StaffRole::ProviderAdmin,
                    role.starts_with("Provider Admin"),
                    "{line}"
                );
                assert!(!view.key_missing, "{line}");
            }
        }
        let outside = async |colleague: &Colleague| {
            signed_in(stage, colleague.email).await.ask(GetPlaces).await.unwrap().providers.is_empty()
        };
        assert!(outside(&LEO).await && outside(&SAM).await);
        let owner = signed_in(stage, FORMER.owner.email).await.ask(GetPlaces).await.unwrap();
        assert_eq!(
            owner.organizations.first().map(|card| card.managed_by.clone()),
            Some(None),
            "it has left"
        );
    });
}

#[test]
fn a_second_play_into_the_same_folder_is_refused() {
    let failure = portal_demo::play(&options(played()), &mut Narrator::silent()).unwrap_err();
    assert!(matches!(failure, Failure::NotEmpty { .. }), "{failure}");
}

#[test]
fn what_is_loaded_in_bulk_opens_and_reads_like_what_was_played() {
    const BULK: Bulk = Bulk { clients: 130, events: 900 };
    let data = &folders().1;
    let before = look_into(data, async |stage| {
        let ana = signed_in(stage, ANA.email).await;
        let provider = provider_of(&ana).await;
        events(&ana, provider).await.len()
    });
    portal_demo::enlarge(&options(data), Load::Clients(BULK), &mut Narrator::silent()).unwrap();
    look_into(data, async |stage| {
        let ana = signed_in(stage, ANA.email).await;
        let provider = provider_of(&ana).await;
        let rows = clients(&ana, provider).await;
        assert_eq!(rows.len(), CLIENTS.len() + BULK.clients);
        let mut confirmed = 0;
        for row in &rows {
            let view = ana.ask(GetClient { provider, organization: row.organization }).await.unwrap();
            assert!(view.key_opens && !view.people.is_empty(), "{}", row.name);
            confirmed += row.confirmed;
        }
        let played = CLIENTS.iter().filter(|client| client.owner.until == Until::Confirmed).count();
        assert!(confirmed as usize > played, "nobody owns what was loaded");
        assert!(events(&ana, provider).await.len() >= before + BULK.events);
    });
}
