use portal_bridge::{
    Access, AccessLevel, Direction, GetGroup, GetGroups, GetGroupsLoss, GroupSort, GroupsQuery, Party,
    ProblemKind, SaveGroup, Seen, Window,
};
use serde_json::{Value, json};

use crate::{
    commands::collections::tests::{FIELD, GRACE, Stage, TOM},
    scripted::Mishap,
};

fn save(stage: &Stage) -> SaveGroup {
    SaveGroup {
        within: stage.within,
        id: None,
        seen: Seen::default(),
        name: "Night shift".into(),
        members: vec![Party::Person(TOM.parse().unwrap()), Party::Person(GRACE.parse().unwrap())],
        collections: Vec::new(),
    }
}

/// Puts one group up, as it is with its members.
fn show_group(stage: &Stage, name: &str, members: Value) {
    let base = format!("GET {}", stage.path(&format!("/groups/{FIELD}")));
    let mut server = stage.server.borrow_mut();
    let group = json!({"id": FIELD, "organizationId": stage.within.organization, "name": name, "collections": [],
                       "externalId": "ou-1"});
    server.pages.insert(format!("{base}/details"), group);
    server.pages.insert(format!("{base}/users"), members);
}

#[test]
fn groups_are_counted_by_members_and_collections() {
    let mut stage = Stage::new(json!({}));
    let query = GroupsQuery {
        within: stage.within,
        search: "fie".into(),
        sort: GroupSort::Members,
        direction: Direction::Descending,
    };
    let view = stage.world.ask(GetGroups { query, window: Window { from: 0, count: 9 } }).unwrap();
    let row = &view.rows.rows[0];
    assert_eq!((row.name.as_str(), row.members, row.collections), ("Field", Some(1), 0));
    let loss = stage.world.ask(GetGroupsLoss { within: stage.within, ids: vec![row.id] }).unwrap();
    assert_eq!((loss.people, loss.collections), (Some(1), 0));
}

#[test]
fn members_and_collections_are_saved_in_one_call() {
    let mut stage = Stage::new(json!({}));
    let collection = stage.add("IT", json!({}));
    let call = format!("POST {}", stage.path("/groups"));
    stage.server.borrow_mut().pages.insert(call.clone(), json!({"id": FIELD}));
    let access = Access {
        party: Party::Collection(collection),
        label: String::new(),
        level: AccessLevel::EditExceptPasswords,
    };
    let question = SaveGroup { collections: vec![access], ..save(&stage) };
    stage.world.ask(question).unwrap();
    let body = stage.server.borrow().body(&call);
    assert_eq!(
        body,
        json!({"name": "Night shift", "users": [GRACE, TOM], "collections": [
            {"id": collection, "readOnly": false, "hidePasswords": true, "manage": false}]})
    );
}

#[test]
fn a_group_deleted_while_it_is_edited_is_told_and_nothing_is_sent() {
    let mut stage = Stage::new(json!({}));
    show_group(&stage, "Field", json!([GRACE]));
    let id = FIELD.parse().unwrap();
    let opened = stage.world.ask(GetGroup { within: stage.within, id }).unwrap();
    assert_eq!(opened.external_id.as_deref(), Some("ou-1"));
    assert_eq!(opened.members[0].1, "Grace");
    let gone = format!("GET {}", stage.path(&format!("/groups/{FIELD}/details")));
    stage.server.borrow_mut().pages.remove(&gone);
    let question = SaveGroup { id: Some(id), seen: opened.seen, ..save(&stage) };
    assert_eq!(stage.world.ask(question).unwrap_err().kind, ProblemKind::NotFound);
    let call = format!("PUT {}", stage.path(&format!("/groups/{FIELD}")));
    assert_eq!(stage.server.borrow().count(&call), 0);
}

#[test]
fn a_group_somebody_else_has_changed_is_told_and_nothing_is_sent() {
    let mut stage = Stage::new(json!({}));
    show_group(&stage, "Field", json!([GRACE]));
    let id = FIELD.parse().unwrap();
    let opened = stage.world.ask(GetGroup { within: stage.within, id }).unwrap();
    show_group(&stage, "Field", json!([GRACE, TOM]));
    let question = SaveGroup { id: Some(id), seen: opened.seen, ..save(&stage) };
    assert_eq!(stage.world.ask(question).unwrap_err().kind, ProblemKind::ChangedMeanwhile);
}

#[test]
fn a_creation_whose_answer_is_lost_is_found_by_what_was_not_there_before() {
    let mut stage = Stage::new(json!({}));
    let call = format!("POST {}", stage.path("/groups"));
    let groups = format!("GET {}", stage.path("/groups/details"));
    let query = GroupsQuery {
        within: stage.within,
        search: String::new(),
        sort: GroupSort::Name,
        direction: Direction::Ascending,
    };
    stage.world.ask(GetGroups { query, window: Window { from: 0, count: 9 } }).unwrap();
    stage.server.borrow_mut().upset(&call, Mishap::AnswerLost);
    let organization = stage.within.organization;
    stage.server.borrow_mut().pages.insert(
        groups,
        json!({"data": [
            {"id": FIELD, "organizationId": organization, "name": "Field", "collections": []},
            {"id": TOM, "organizationId": organization, "name": "Night shift", "collections": []},
        ]}),
    );
    let question = save(&stage);
    assert_eq!(stage.world.ask(question).unwrap(), TOM.parse().unwrap());
    assert_eq!(stage.server.borrow().count(&call), 1);
}

#[test]
fn a_name_of_more_than_a_hundred_characters_is_refused() {
    let mut stage = Stage::new(json!({}));
    let question = SaveGroup { name: "x".repeat(101), ..save(&stage) };
    assert!(matches!(stage.world.ask(question).unwrap_err().kind, ProblemKind::Invalid(_)));
}

#[test]
fn a_plan_without_groups_keeps_nobody_from_opening_a_collection() {
    let mut stage = Stage::new(json!({"useGroups": false}));
    let id = stage.add("IT", json!({}));
    stage.server.borrow_mut().pages.remove(&format!("GET {}", stage.path("/groups/details")));
    stage.world.ask(portal_bridge::GetCollection { within: stage.within, id }).unwrap();
}

#[test]
fn a_new_group_can_be_given_to_whoever_is_invited_next() {
    let mut stage = Stage::new(json!({}));
    let organization = stage.within.organization;
    let members = format!("GET {}", stage.path("/users?includeGroups=true"));
    stage.server.borrow_mut().pages.insert(members, json!({"data": []}));
    let names = |stage: &mut Stage| {
        let choices = stage.world.ask(portal_bridge::GetMemberChoices(stage.within)).unwrap();
        choices.groups.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    assert!(names(&mut stage).is_empty());
    let group = json!({"id": TOM, "organizationId": organization, "name": "Night shift", "collections": []});
    {
        let mut server = stage.server.borrow_mut();
        server.pages.insert(format!("POST {}", stage.path("/groups")), json!({"id": TOM}));
        server.pages.insert(format!("GET {}", stage.path("/groups")), json!({"data": [group]}));
        server.pages.insert(format!("GET {}", stage.path("/groups/details")), json!({"data": [group]}));
    }
    let question = save(&stage);
    stage.world.ask(question).unwrap();
    assert_eq!(names(&mut stage), ["Night shift"]);
}
