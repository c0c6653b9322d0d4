use std::{cell::RefCell, rc::Rc};

use portal_bridge::{
    Access, AccessLevel, CollectionId, CollectionsQuery, DeleteCollections, Fault, Field, FindParties,
    GetCollection, GetCollections, GetCollectionsLoss, GetJobs, GrantAccess, JobState, Party, ProblemKind,
    RowOutcome, SaveCollection, Seen, Verdict, Window, Within,
};
use portal_keys::{EncString, SymmetricKey};
use serde_json::{Value, json};

use crate::{
    scripted::{Mishap, Scripted, open_key, provider, signed_in},
    simulated::World,
};

/// A client with collections, people and groups, as its provider's staff see it.
pub(crate) struct Stage {
    pub(crate) server: Rc<RefCell<Scripted>>,
    pub(crate) world: World,
    pub(crate) within: Within,
    pub(crate) key: SymmetricKey,
    collections: Vec<Value>,
}

pub(crate) const GRACE: &str = "a0000000-0000-4000-8000-000000000001";
pub(crate) const TOM: &str = "a0000000-0000-4000-8000-000000000002";
pub(crate) const FIELD: &str = "b0000000-0000-4000-8000-000000000001";

impl Stage {
    pub(crate) fn new(settings: Value) -> Self {
        let server = Scripted::new();
        let organization = server.borrow_mut().add_client("Mill", 5, 2);
        let key = open_key(&server.borrow(), &server.borrow().clients[0]["key"]);
        let mut facts = json!({"object": "organization", "id": organization, "name": "Mill"});
        facts.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
        {
            let mut server = server.borrow_mut();
            let base = format!("GET /api/organizations/{organization}");
            server.pages.insert(base.clone(), facts);
            server.pages.insert(
                format!("{base}/users/mini-details"),
                json!({"data": [
                    {"id": GRACE, "name": "Grace", "email": "grace@mill.example", "type": 2, "status": 2},
                    {"id": TOM, "name": null, "email": "tom@mill.example", "type": 2, "status": 0},
                ]}),
            );
            server.pages.insert(
                format!("{base}/users?includeGroups=true"),
                json!({"data": [{"id": GRACE, "groups": [FIELD]}, {"id": TOM, "groups": []}]}),
            );
            server.pages.insert(
                format!("{base}/groups/details"),
                json!({"data": [{"id": FIELD, "organizationId": organization, "name": "Field", "collections": []}]}),
            );
        }
        let world = signed_in(&server);
        let within = Within { provider: Some(provider()), organization };
        let stage = Self { server, world, within, key, collections: Vec::new() };
        stage.show();
        stage
    }

    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/api/organizations/{}{rest}", self.within.organization)
    }

    /// Adds a collection on the server.
    pub(crate) fn add(&mut self, name: &str, more: Value) -> CollectionId {
        let sealed = self.key.encrypt_text(name).unwrap().to_string();
        self.add_sealed(&sealed, more)
    }

    pub(crate) fn add_sealed(&mut self, sealed: &str, more: Value) -> CollectionId {
        let id = uuid::Uuid::from_u128(9 << 96 | (self.collections.len() as u128 + 1));
        let mut row = json!({
            "id": id, "organizationId": self.within.organization, "name": sealed, "externalId": null, "type": 0,
            "groups": [], "users": [{"id": GRACE, "readOnly": false, "hidePasswords": false, "manage": true}],
            "assigned": false, "readOnly": false, "hidePasswords": false, "manage": false, "unmanaged": false,
        });
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.collections.push(row);
        self.show();
        id.into()
    }

    /// Puts the server's list up.
    fn show(&self) {
        let page = json!({"object": "list", "data": self.collections});
        self.server.borrow_mut().pages.insert(format!("GET {}", self.path("/collections/details")), page);
    }

    fn query(&self) -> CollectionsQuery {
        CollectionsQuery { within: self.within, search: String::new(), unmanaged: false }
    }

    fn lines(&mut self, search: &str) -> Vec<(u32, String, bool)> {
        let query = CollectionsQuery { search: search.into(), ..self.query() };
        let view = self.world.ask(GetCollections { query, window: Window { from: 0, count: 100 } }).unwrap();
        view.rows.rows.into_iter().map(|row| (row.depth, row.label, row.id.is_some())).collect()
    }

    fn save(&self) -> SaveCollection {
        SaveCollection {
            within: self.within,
            id: None,
            seen: Seen::default(),
            parent: String::new(),
            name: "New".into(),
            external_id: None,
            access: Some(vec![access(GRACE, AccessLevel::Manage)]),
        }
    }
}

fn access(person: &str, level: AccessLevel) -> Access {
    Access { party: Party::Person(person.parse().unwrap()), label: String::new(), level }
}

#[test]
fn names_make_a_tree_and_steps_that_are_no_collection_stand_as_such() {
    let mut stage = Stage::new(json!({}));
    for name in ["IT/Servers/Web", "Sales", "IT", "it 2", "Lost/Child", "IT/apps"] {
        stage.add(name, json!({}));
    }
    let lines = stage.lines("");
    let expected = [
        (0, "IT", true),
        (1, "apps", true),
        (1, "Servers", false),
        (2, "Web", true),
        (0, "it 2", true),
        (0, "Lost", false),
        (1, "Child", true),
        (0, "Sales", true),
    ];
    assert_eq!(lines, expected.map(|(depth, label, real)| (depth, label.to_owned(), real)));
}

#[test]
fn a_name_that_cannot_be_decrypted_is_shown_as_such_and_the_others_stay() {
    let mut stage = Stage::new(json!({}));
    stage.add("Sales", json!({}));
    let other = SymmetricKey::generate().unwrap().encrypt_text("Secret").unwrap().to_string();
    stage.add_sealed(&other, json!({}));
    stage.add_sealed("nonsense", json!({}));
    let view = stage
        .world
        .ask(GetCollections { query: stage.query(), window: Window { from: 0, count: 9 } })
        .unwrap();
    assert_eq!((view.rows.total, view.unreadable), (3, 2));
    let names: Vec<_> = view.rows.rows.iter().map(|row| (row.label.as_str(), row.unreadable)).collect();
    assert_eq!(names, [("Sales", false), ("", true), ("", true)]);
}

#[test]
fn a_search_finds_by_the_whole_name_and_by_the_external_id() {
    let mut stage = Stage::new(json!({}));
    stage.add("IT/Servers", json!({}));
    stage.add("Sales", json!({"externalId": "ou-77"}));
    assert_eq!(stage.lines("it serv"), [(0, "IT/Servers".to_owned(), true)]);
    assert_eq!(stage.lines("OU-77"), [(0, "Sales".to_owned(), true)]);
}

#[test]
fn a_list_of_another_client_is_refused() {
    let mut stage = Stage::new(json!({}));
    stage.add("Mine", json!({}));
    stage.add("Theirs", json!({"organizationId": "90000000-0000-4000-8000-000000000009"}));
    let query = stage.query();
    let refused = stage.world.ask(GetCollections { query, window: Window { from: 0, count: 9 } });
    assert_eq!(refused.unwrap_err().kind, ProblemKind::Mismatch);
}

#[test]
fn every_level_goes_out_and_comes_back_as_it_was() {
    let mut stage = Stage::new(json!({"allowAdminAccessToAllCollectionItems": true}));
    for (number, level) in AccessLevel::ALL.into_iter().enumerate() {
        let (path, made) = (stage.path("/collections"), uuid::Uuid::from_u128(number as u128 + 70));
        stage.server.borrow_mut().pages.insert(format!("POST {path}"), json!({"id": made}));
        let group = Access { party: Party::Group(FIELD.parse().unwrap()), label: String::new(), level };
        let question = SaveCollection {
            name: format!("Level {number}"),
            access: Some(vec![access(GRACE, level), group]),
            ..stage.save()
        };
        assert_eq!(stage.world.ask(question).unwrap(), made.into());
        let body = stage.server.borrow().body(&format!("POST {path}"));
        // The server keeps what it was sent.
        let name = body["name"].as_str().unwrap().to_owned();
        let sealed: EncString = name.parse().unwrap();
        assert_eq!(*stage.key.decrypt_text(&sealed).unwrap(), format!("Level {number}"));
        let id = stage.add_sealed(&name, json!({"users": body["users"], "groups": body["groups"]}));
        let back = stage.world.ask(GetCollection { within: stage.within, id }).unwrap();
        let levels: Vec<_> = back.access.unwrap().into_iter().map(|one| one.level).collect();
        assert_eq!(levels, [level, level]);
    }
}

#[test]
fn without_a_manager_nothing_is_sent_unless_admins_reach_everything() {
    let viewers = vec![access(GRACE, AccessLevel::View)];
    let mut strict = Stage::new(json!({"allowAdminAccessToAllCollectionItems": false}));
    let refused = strict.world.ask(SaveCollection { access: Some(viewers.clone()), ..strict.save() });
    let ProblemKind::Invalid(fields) = &refused.unwrap_err().kind else { panic!("no fields") };
    assert_eq!((fields[0].field, &fields[0].fault), (Field::Access, &Fault::NobodyManages));
    assert_eq!(strict.server.borrow().count(&format!("POST {}", strict.path("/collections"))), 0);

    let mut open = Stage::new(json!({"allowAdminAccessToAllCollectionItems": true}));
    let call = format!("POST {}", open.path("/collections"));
    open.server.borrow_mut().pages.insert(call.clone(), json!({"id": GRACE}));
    open.world.ask(SaveCollection { access: Some(viewers), ..open.save() }).unwrap();
    assert_eq!(open.server.borrow().count(&call), 1);
}

#[test]
fn limits_of_name_and_external_id_are_said_before_anything_is_sent() {
    let mut stage = Stage::new(json!({}));
    let question = SaveCollection { name: " / ".into(), external_id: Some("x".repeat(301)), ..stage.save() };
    let problem = stage.world.ask(question).unwrap_err();
    let ProblemKind::Invalid(fields) = &problem.kind else { panic!("no fields") };
    let faults: Vec<_> = fields.iter().map(|field| (field.field, field.fault.clone())).collect();
    assert_eq!(faults, [(Field::Name, Fault::Missing), (Field::ExternalId, Fault::TooLong { limit: 300 })]);
    let longest = "x".repeat(687);
    let sealed = stage.key.encrypt_text(&longest).unwrap().to_string();
    assert!(sealed.len() <= 1_000, "{} characters", sealed.len());
    let over = SaveCollection { name: format!("{longest}x"), ..stage.save() };
    assert!(matches!(&stage.world.ask(over).unwrap_err().kind, ProblemKind::Invalid(_)));
}

#[test]
fn a_creation_whose_answer_is_lost_is_found_and_never_made_twice() {
    let mut stage = Stage::new(json!({}));
    let call = format!("POST {}", stage.path("/collections"));
    stage.server.borrow_mut().upset(&call, Mishap::CallLost);
    // It did not arrive, so nothing is found, and nobody can tell.
    let question = stage.save();
    assert_eq!(stage.world.ask(question.clone()).unwrap_err().kind, ProblemKind::Uncertain);
    let first = stage.server.borrow().body(&call)["name"].as_str().unwrap().to_owned();
    // It arrives late; the form is sent again.
    let id = stage.add_sealed(&first, json!({}));
    assert_eq!(stage.world.ask(question).unwrap(), id);
    assert_eq!(stage.server.borrow().count(&call), 1);
}

#[test]
fn a_change_of_what_somebody_else_has_changed_is_told_and_not_sent() {
    let mut stage = Stage::new(json!({}));
    let id = stage.add("Sales", json!({}));
    let opened = stage.world.ask(GetCollection { within: stage.within, id }).unwrap();
    stage.collections[0]["externalId"] = json!("changed");
    stage.show();
    let question = SaveCollection { id: Some(id), seen: opened.seen, ..stage.save() };
    assert_eq!(stage.world.ask(question).unwrap_err().kind, ProblemKind::ChangedMeanwhile);
    let call = format!("PUT {}", stage.path(&format!("/collections/{id}")));
    assert_eq!(stage.server.borrow().count(&call), 0);
    stage.collections.clear();
    stage.show();
    let question = SaveCollection { id: Some(id), seen: opened.seen, ..stage.save() };
    assert_eq!(stage.world.ask(question).unwrap_err().kind, ProblemKind::NotFound);
}

#[test]
fn a_name_that_stays_is_sent_as_it_came_even_if_it_cannot_be_read() {
    let mut stage = Stage::new(json!({}));
    let id = stage.add_sealed("nonsense", json!({}));
    let call = format!("PUT {}", stage.path(&format!("/collections/{id}")));
    stage.server.borrow_mut().pages.insert(call.clone(), json!({}));
    let opened = stage.world.ask(GetCollection { within: stage.within, id }).unwrap();
    assert!(opened.unreadable);
    let question = SaveCollection { id: Some(id), seen: opened.seen, name: String::new(), ..stage.save() };
    stage.world.ask(question).unwrap();
    assert_eq!(stage.server.borrow().body(&call)["name"], "nonsense");
}

/// An organization in which one is a member with nothing but this role, and what its two lists of collections say: the one with
/// who has access, and the plain one.
fn own(role: Value, lists: impl Fn(&dyn Fn(u32, Value) -> Value) -> [Value; 2]) -> (World, Within) {
    let server = Scripted::new();
    let organization = "80000000-0000-4000-8000-000000000001";
    let key = SymmetricKey::generate().unwrap();
    let wrapped = futures::executor::block_on(server.borrow().public_key().encapsulate(&key)).unwrap();
    let joined = |mut one: Value, more: Value| {
        one.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        one
    };
    let membership = json!({
        "object": "profileOrganization", "id": organization, "name": "Mill", "key": wrapped.to_string(), "status": 2,
        "enabled": true,
    });
    let row = |id: u32, more: Value| {
        let name = key.encrypt_text(&format!("C{id}")).unwrap().to_string();
        let id = uuid::Uuid::from_u128(id.into());
        joined(json!({"id": id, "organizationId": organization, "type": 0, "name": name}), more)
    };
    let [details, plain] = lists(&row);
    let base = format!("GET /api/organizations/{organization}/collections");
    server.borrow_mut().organizations.push(joined(membership, role));
    server.borrow_mut().pages.insert(format!("{base}/details"), json!({"data": details}));
    server.borrow_mut().pages.insert(base, json!({"data": plain}));
    (signed_in(&server), Within { provider: None, organization: organization.parse().unwrap() })
}

/// What is listed, and whether it can be changed and deleted.
fn rights(world: &mut World, within: Within) -> Vec<(String, Verdict, Verdict)> {
    let query = CollectionsQuery { within, search: String::new(), unmanaged: false };
    let view = world.ask(GetCollections { query, window: Window { from: 0, count: 9 } }).unwrap();
    view.rows.rows.iter().map(|row| (row.label.clone(), row.edit, row.delete)).collect()
}

const LIMITED: Verdict = Verdict::Disabled(portal_bridge::Reason::LimitedBySettings);

#[test]
fn who_manages_only_some_collections_may_change_those() {
    let (mut world, within) = own(json!({"type": 2}), |row| {
        let shared = |manage: bool| json!({"manage": manage, "users": [], "groups": []});
        [json!([row(1, shared(true)), row(2, shared(false))]), json!([])]
    });
    let expected =
        [("C1".to_owned(), Verdict::Allowed, Verdict::Allowed), ("C2".to_owned(), LIMITED, LIMITED)];
    assert_eq!(rights(&mut world, within), expected);
}

#[test]
fn who_sees_all_collections_but_not_who_has_access_finds_those_in_the_list_too() {
    let role = json!({"type": 4, "permissions": {"accessImportExport": true}});
    let (mut world, within) = own(role, |row| {
        let managed = json!({"manage": true, "users": [], "groups": []});
        [json!([row(1, managed)]), json!([row(1, json!({})), row(2, json!({}))])]
    });
    let expected =
        [("C1".to_owned(), Verdict::Allowed, Verdict::Allowed), ("C2".to_owned(), LIMITED, LIMITED)];
    assert_eq!(rights(&mut world, within), expected);
}

#[test]
fn what_a_deletion_takes_is_counted_before() {
    let mut stage = Stage::new(json!({}));
    let share = |id: &str| json!({"id": id, "readOnly": true, "hidePasswords": false, "manage": false});
    let it = stage.add("IT", json!({"users": [share(GRACE), share(TOM)], "groups": [share(FIELD)]}));
    let sales = stage.add("Sales", json!({"users": [share(TOM)]}));
    let below = stage.add("IT/Web", json!({}));
    let item = |places: &[CollectionId]| json!({"organizationId": stage.within.organization, "collectionIds": places});
    let items = json!({"data": [item(&[it]), item(&[it, below]), item(&[below]), item(&[it, sales])]});
    let page = format!("GET /api/ciphers/organization-details?organizationId={}", stage.within.organization);
    stage.server.borrow_mut().pages.insert(page, items);
    let loss = stage.world.ask(GetCollectionsLoss { within: stage.within, ids: vec![it, sales] }).unwrap();
    assert_eq!(loss.names, ["IT", "Sales"]);
    assert_eq!((loss.people, loss.groups, loss.items, loss.below), (2, 1, Some((3, 2)), 1));
}

#[test]
fn a_deletion_looks_again_whether_it_was_done() {
    let mut stage = Stage::new(json!({}));
    let ids = vec![stage.add("IT", json!({})), stage.add("Sales", json!({}))];
    let call = format!("DELETE {}", stage.path("/collections"));
    stage.server.borrow_mut().pages.insert(call.clone(), json!({}));
    // The server agrees and does nothing.
    stage.world.ask(DeleteCollections { within: stage.within, ids: ids.clone() }).unwrap();
    stage.world.pass(5_000);
    let job = stage.world.ask(GetJobs).unwrap().remove(0);
    assert_eq!((job.state, job.failed), (JobState::Finished, 2));
    assert_eq!(stage.server.borrow().body(&call), json!({"ids": ids}));
}

#[test]
fn access_that_is_there_already_is_not_given_again() {
    let mut stage = Stage::new(json!({}));
    let there = json!({"id": TOM, "readOnly": true, "hidePasswords": true, "manage": false});
    let first = stage.add("IT", json!({"users": [there]}));
    let second = stage.add("Sales", json!({}));
    let call = format!("POST {}", stage.path("/collections/bulk-access"));
    stage.server.borrow_mut().pages.insert(call.clone(), json!({}));
    let access = vec![(Party::Person(TOM.parse().unwrap()), AccessLevel::ViewExceptPasswords)];
    stage.world.ask(GrantAccess { within: stage.within, ids: vec![first, second], access }).unwrap();
    stage.world.pass(5_000);
    let body = stage.server.borrow().body(&call);
    assert_eq!(body["collectionIds"], json!([second]));
    assert_eq!(body["users"], json!([{"id": TOM, "readOnly": true, "hidePasswords": true, "manage": false}]));
    let job = stage.world.ask(GetJobs).unwrap().remove(0);
    assert!(matches!(job.rows[0].outcome, RowOutcome::Skipped(_)), "{:?}", job.rows);
}

#[test]
fn people_groups_and_collections_are_found_by_a_part_of_their_name() {
    let mut stage = Stage::new(json!({}));
    stage.add("Field work", json!({}));
    let find = |search: &str| FindParties {
        within: stage.within,
        people: true,
        groups: true,
        collections: true,
        search: search.into(),
    };
    let (field, tom) = (find("fiel"), find("TOM@"));
    let labels =
        |found: Vec<portal_bridge::Found>| found.into_iter().map(|one| one.label).collect::<Vec<_>>();
    assert_eq!(labels(stage.world.ask(field).unwrap()), ["Field", "Field work"]);
    assert_eq!(labels(stage.world.ask(tom).unwrap()), ["tom@mill.example"]);
}
