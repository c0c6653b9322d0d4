//! Collections and groups (vaultwarden.md §5).

use portal_bridge::{
    Access, AccessLevel, CollectionsQuery, DeleteCollections, DeleteGroups, Direction, GetCollection,
    GetCollections, GetGroup, GetGroups, GetSpace, GrantAccess, GroupSort, GroupsQuery, OrganizationUserId,
    Party, ProblemKind, RowOutcome, SaveCollection, SaveGroup, Seen,
};
use serde_json::json;

use crate::{
    members::ALL,
    person::Person,
    replay::{play, within},
    vault::{COLLECTION, MYSELF, Role},
};

pub(crate) fn every_collection() -> CollectionsQuery {
    CollectionsQuery { within: within(), search: String::new(), unmanaged: false }
}

pub(crate) fn every_group() -> GroupsQuery {
    GroupsQuery {
        within: within(),
        search: String::new(),
        sort: GroupSort::Name,
        direction: Direction::Ascending,
    }
}

fn collection(name: &str) -> SaveCollection {
    SaveCollection {
        within: within(),
        id: None,
        seen: Seen::default(),
        parent: String::new(),
        name: name.into(),
        external_id: None,
        access: None,
    }
}

fn group(name: &str) -> SaveGroup {
    SaveGroup {
        within: within(),
        id: None,
        seen: Seen::default(),
        name: name.into(),
        members: Vec::new(),
        collections: Vec::new(),
    }
}

async fn labels(person: &Person) -> Vec<String> {
    let view = person.ask(GetCollections { query: every_collection(), window: ALL }).await.unwrap();
    view.rows.rows.into_iter().map(|row| row.label).collect()
}

#[test]
fn a_collection_is_made_with_both_lists_though_nobody_is_given_access() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        owner.ask(collection("Servers")).await.unwrap();
        let [body] = server.bodies(&server.at("POST", "/collections")).try_into().unwrap();
        assert_eq!((&body["groups"], &body["users"]), (&json!([]), &json!([])));
        assert_eq!(labels(&owner).await, ["Servers", "Shared"]);
    });
}

#[test]
fn owners_stand_in_a_collections_access_and_saving_it_takes_nothing_from_anybody() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let id = COLLECTION.parse().unwrap();
        let view = owner.ask(GetCollection { within: within(), id }).await.unwrap();
        let myself: OrganizationUserId = MYSELF.parse().unwrap();
        let access = view.access.clone().unwrap();
        let mine = Access { party: Party::Person(myself), label: "Owner".into(), level: AccessLevel::Manage };
        assert_eq!(access, [mine]);
        let save =
            SaveCollection { id: Some(id), seen: view.seen, access: Some(access), ..collection("Renamed") };
        owner.ask(save).await.unwrap();
        let [body] =
            server.bodies(&server.at("PUT", &format!("/collections/{COLLECTION}"))).try_into().unwrap();
        assert_eq!((&body["groups"], &body["users"][0]["id"]), (&json!([]), &json!(MYSELF)));
        assert_eq!(labels(&owner).await, ["Renamed"]);
    });
}

#[test]
fn access_given_to_an_owner_who_has_all_of_it_counts_as_given() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let ids = vec![COLLECTION.parse().unwrap()];
        let access = vec![(Party::Person(MYSELF.parse().unwrap()), AccessLevel::View)];
        let job = owner.ask(GrantAccess { within: within(), ids, access }).await.unwrap();
        let outcome = owner.end_of(job).await.rows.remove(0).outcome;
        assert!(!matches!(outcome, RowOutcome::Failed(_)), "{outcome:?}");
    });
}

#[test]
fn a_name_that_nobody_encrypted_is_unreadable_and_never_shown_as_a_name() {
    play(|server| async move {
        server.set(|state| {
            let mut clear = state.collections[0].clone();
            (clear["id"], clear["name"]) = (json!("95ea1156-4877-409d-ba28-680160a996cf"), json!("clear"));
            state.collections.push(clear);
        });
        let owner = server.signed_in(Role::Owner).await;
        let view = owner.ask(GetCollections { query: every_collection(), window: ALL }).await.unwrap();
        assert_eq!((view.rows.total, view.unreadable), (2, 1));
        assert!(view.rows.rows.iter().all(|row| row.label != "clear"));
    });
}

#[test]
fn collections_are_deleted_with_their_ids_in_the_body() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let ids = vec![COLLECTION.parse().unwrap()];
        let job = owner.ask(DeleteCollections { within: within(), ids }).await.unwrap();
        assert_eq!(owner.end_of(job).await.rows[0].outcome, RowOutcome::Done);
        assert_eq!(labels(&owner).await, Vec::<String>::new());
    });
}

#[test]
fn where_groups_are_off_none_are_asked_for_and_none_can_be_made() {
    play(|server| async move {
        server.set(|state| state.groups_on = false);
        let owner = server.signed_in(Role::Owner).await;
        assert!(!owner.ask(GetSpace(within())).await.unwrap().has.groups);
        let groups = owner.ask(GetGroups { query: every_group(), window: ALL }).await;
        assert_eq!(groups.unwrap_err().kind, ProblemKind::NotAllowed);
        assert_eq!(owner.ask(group("Sales")).await.unwrap_err().kind, ProblemKind::NotAllowed);
        // The rest goes on without them.
        let id = COLLECTION.parse().unwrap();
        assert!(owner.ask(GetCollection { within: within(), id }).await.is_ok());
        assert!(server.calls().iter().all(|call| !call.contains("/groups")), "{:?}", server.calls());
    });
}

#[test]
fn a_group_is_made_and_changed_with_both_lists_though_empty() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let id = owner.ask(group("Sales")).await.unwrap();
        let [body] = server.bodies(&server.at("POST", "/groups")).try_into().unwrap();
        assert_eq!(
            (&body["users"], &body["collections"], &body["name"]),
            (&json!([]), &json!([]), &json!("Sales"))
        );

        let view = owner.ask(GetGroup { within: within(), id }).await.unwrap();
        let member = Party::Person(MYSELF.parse().unwrap());
        let save = SaveGroup { id: Some(id), seen: view.seen, members: vec![member], ..group("Field sales") };
        owner.ask(save).await.unwrap();
        let view = owner.ask(GetGroup { within: within(), id }).await.unwrap();
        assert_eq!((view.name.as_str(), view.members.len()), ("Field sales", 1));
        let [body] = server.bodies(&server.at("PUT", &format!("/groups/{id}"))).try_into().unwrap();
        assert_eq!((&body["users"], body.get("externalId")), (&json!([MYSELF]), None));

        let job = owner.ask(DeleteGroups { within: within(), ids: vec![id] }).await.unwrap();
        assert_eq!(owner.end_of(job).await.rows[0].outcome, RowOutcome::Done);
    });
}
