//! A client's overview, settings and directory, against the scripted server.

use portal_bridge::{
    CollectionSettings, EnterSpace, EventsFilter, EventsOf, EventsQuery, GetApiKey, GetDirectoryRows,
    GetEvents, GetOverview, GetSpace, Moment, PreviewDirectory, ProblemKind, SaveCollectionSettings,
    StepKind, StepState, Window, Within,
};
use portal_bridge::{DirectoryKind, DirectoryQuery};
use serde_json::{Value, json};

use crate::scripted::{Mishap, PASSWORD, Scripted, provider, signed_in};

fn list(rows: Vec<Value>) -> Value {
    json!({"object": "list", "data": rows, "continuationToken": null})
}

fn member(number: u32, role: i32, status: i32) -> Value {
    json!({
        "object": "organizationUserUserDetails", "id": uuid::Uuid::from_u128(u128::from(number)),
        "userId": uuid::Uuid::from_u128(u128::from(number) + 1_000), "type": role, "status": status,
        "name": format!("Person {number}"), "email": format!("p{number}@mill.example"), "externalId": null, "groups": [],
    })
}

/// A client of the provider with these members, and the settings of an Enterprise organization.
fn stage(members: Vec<Value>) -> (std::rc::Rc<std::cell::RefCell<Scripted>>, Within) {
    let server = Scripted::new();
    let organization = server.borrow_mut().add_client("Mill", 10, 3);
    let base = format!("GET /api/organizations/{organization}");
    let pages = &mut server.borrow_mut().pages;
    pages.insert(
        base.clone(),
        json!({"object": "organization", "id": organization, "name": "Mill", "seats": 10, "usePolicies": true,
               "limitCollectionCreation": true}),
    );
    pages.insert(format!("{base}/users"), list(members.clone()));
    pages.insert(format!("{base}/users?includeGroups=true"), list(members));
    pages.insert(format!("{base}/groups"), list(vec![]));
    let policy = |kind: i32, on: bool| json!({"object": "policy", "organizationId": organization, "type": kind, "enabled": on, "data": null});
    pages.insert(format!("{base}/policies"), list(vec![policy(0, true), policy(1, false)]));
    let collection = |number: u128, kind: i32| json!({"id": uuid::Uuid::from_u128(number), "organizationId": organization, "name": "2.a|b|c", "type": kind});
    let collections = list(vec![collection(1, 0), collection(2, 0), collection(3, 1)]);
    pages.insert(format!("{base}/collections/details"), collections.clone());
    pages.insert(format!("{base}/collections"), collections);
    (server.clone(), Within { provider: Some(provider()), organization })
}

#[test]
fn the_checklist_tells_what_there_is_and_entering_is_logged_once() {
    let (server, within) = stage(vec![member(1, 0, 2), member(2, 0, 2), member(3, 2, 1)]);
    let mut world = signed_in(&server);
    world.ask(EnterSpace(within)).unwrap();
    let view = world.ask(GetOverview(within)).unwrap();
    let again = world.ask(GetOverview(within)).unwrap();
    assert_eq!(view.steps, again.steps);
    let details = format!("GET /api/organizations/{}/collections/details", within.organization);
    assert_eq!(server.borrow().count(&details), 1, "looking again is no second visit");
    let state = |kind| view.steps.iter().find(|step| step.kind == kind).map(|step| (step.state, step.have));
    assert_eq!(state(StepKind::AdministrativeSeats), Some((StepState::Done, 2)));
    assert_eq!(state(StepKind::Collections), Some((StepState::Done, 2)), "somebody's own does not count");
    assert_eq!(state(StepKind::Policies), Some((StepState::Done, 1)));
    assert_eq!(state(StepKind::People), Some((StepState::Open, 0)), "whoever waits is not there yet");
    assert_eq!((view.confirmed_owners, view.waiting, view.members), (2, 1, 2));
}

#[test]
fn an_organization_one_was_confirmed_in_meanwhile_is_there_without_signing_in_again() {
    let server = Scripted::new();
    let mut world = signed_in(&server);
    let organization = uuid::Uuid::from_u128(42);
    let within = Within { provider: None, organization: organization.into() };
    let profile = "GET /api/accounts/profile";
    for _ in 0..2 {
        assert_eq!(world.ask(GetSpace(within)).unwrap_err().kind, ProblemKind::NotFound);
    }
    assert_eq!(server.borrow().count(profile), 1, "the parts of a page ask together, the server once");
    server
        .borrow_mut()
        .organizations
        .push(json!({"id": organization, "name": "Mill", "status": 2, "type": 0}));
    world.pass(2_000);
    assert_eq!(world.ask(GetSpace(within)).unwrap().name, "Mill");
    let read = server.borrow().count(profile);
    world.ask(GetSpace(within)).unwrap();
    assert_eq!(server.borrow().count(profile), read, "what is known is not read again");
}

#[test]
fn where_the_profile_cannot_be_read_nobody_says_that_an_organization_is_not_there() {
    let server = Scripted::new();
    let mut world = signed_in(&server);
    server.borrow_mut().upset("GET /api/accounts/profile", Mishap::Instead(403, String::new()));
    let within = Within { provider: None, organization: uuid::Uuid::from_u128(42).into() };
    assert_ne!(world.ask(GetSpace(within)).unwrap_err().kind, ProblemKind::NotFound);
}

#[test]
fn collections_of_another_client_are_refused() {
    let (server, within) = stage(vec![]);
    let path = format!("GET /api/organizations/{}/collections/details", within.organization);
    let foreign =
        json!({"id": uuid::Uuid::from_u128(1), "organizationId": uuid::Uuid::from_u128(9), "type": 0});
    server.borrow_mut().pages.insert(path, list(vec![foreign]));
    let mut world = signed_in(&server);
    assert_eq!(world.ask(EnterSpace(within)).unwrap_err().kind, ProblemKind::Mismatch);
}

#[test]
fn settings_somebody_else_changed_meanwhile_are_not_overwritten() {
    let (server, within) = stage(vec![]);
    let mut world = signed_in(&server);
    let before = CollectionSettings::default();
    let after = CollectionSettings { limit_deletion: true, ..before };
    let problem = world.ask(SaveCollectionSettings { within, before, after }).unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Refused);
    let put = format!("PUT /api/organizations/{}/collection-management", within.organization);
    assert_eq!(server.borrow().count(&put), 0, "nothing was sent");
}

#[test]
fn the_api_key_needs_the_master_password() {
    let (server, within) = stage(vec![]);
    let path = format!("POST /api/organizations/{}/api-key", within.organization);
    let answer = json!({"object": "apiKey", "apiKey": "secret", "revisionDate": "2026-01-05T10:00:00Z"});
    server.borrow_mut().pages.insert(path.clone(), answer);
    let mut world = signed_in(&server);
    let wrong = world.ask(GetApiKey { within, password: "wrong".into(), rotate: false }).unwrap_err();
    assert_eq!((wrong.kind.clone(), server.borrow().count(&path)), (ProblemKind::WrongPassword, 0));
    let key = world.ask(GetApiKey { within, password: PASSWORD.into(), rotate: false }).unwrap();
    assert_eq!(key.client_id, format!("organization.{}", within.organization));
    assert_eq!(key.client_secret, "secret");
}

#[test]
fn events_of_a_client_are_asked_of_the_client() {
    let (server, within) = stage(vec![member(1, 0, 2)]);
    let mut world = signed_in(&server);
    let query = EventsQuery::by_day(EventsFilter::between(
        EventsOf::Client(within),
        Moment(1_767_225_600_000),
        Moment(1_767_312_000_000),
    ));
    let window = Window { from: 0, count: 10 };
    world.ask(GetEvents { query, window }).unwrap();
    world.pass(1_000);
    assert!(
        server
            .borrow()
            .calls()
            .any(|call| call.starts_with(&format!("GET /api/organizations/{}/events", within.organization)))
    );
}

#[test]
fn a_directory_is_previewed_without_sending_anything() {
    let (server, within) = stage(vec![member(1, 0, 2), member(2, 2, 2)]);
    let mut world = signed_in(&server);
    let file = "email,externalId\np2@mill.example,two\nnew@mill.example,new\n,none\n";
    let summary = world
        .ask(PreviewDirectory { within, file: "a.csv".into(), bytes: file.into(), remove_absent: true })
        .unwrap();
    let count = |kind| summary.counts.iter().find(|(known, _)| *known == kind).map(|(_, count)| *count);
    assert_eq!(count(DirectoryKind::Invite), Some(1));
    assert_eq!(count(DirectoryKind::Link), Some(1));
    assert_eq!(count(DirectoryKind::Protected), Some(1), "the Owner");
    assert_eq!(summary.seats_after, Some(7));
    let query = DirectoryQuery { within, search: "NEW".into(), kind: None };
    let view = world.ask(GetDirectoryRows { query, window: Window { from: 0, count: 10 } }).unwrap();
    assert_eq!(view.rows.matched, 1);
    assert!(server.borrow().calls().all(|call| call.starts_with("GET ")));
}
