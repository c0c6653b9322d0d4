use portal_bridge::{
    Action, CipherId, Direction, GetItems, GetSpace, ItemSort, ItemsQuery, ItemsView, ListState, ProblemKind,
    Verdict, Window,
};
use portal_keys::SymmetricKey;
use serde_json::{Value, json};

use crate::commands::collections::tests::Stage;

/// Items on the server, beside a client's collections.
struct Vault {
    stage: Stage,
    rows: Vec<Value>,
}

impl Vault {
    fn new() -> Self {
        Self { stage: Stage::new(json!({})), rows: Vec::new() }
    }

    fn add(&mut self, name: &str, more: Value) -> CipherId {
        let sealed = self.stage.key.encrypt_text(name).unwrap().to_string();
        self.add_sealed(&sealed, more)
    }

    fn add_sealed(&mut self, sealed: &str, more: Value) -> CipherId {
        let id = uuid::Uuid::from_u128(7 << 96 | (self.rows.len() as u128 + 1));
        let mut row = json!({
            "object": "cipherMiniDetails", "id": id, "organizationId": self.stage.within.organization, "type": 1,
            "name": sealed, "key": null, "revisionDate": "2026-03-01T10:00:00Z", "deletedDate": null,
            "collectionIds": [],
        });
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.rows.push(row);
        let path = format!(
            "GET /api/ciphers/organization-details?organizationId={}",
            self.stage.within.organization
        );
        let page = json!({"object": "list", "data": self.rows});
        self.stage.server.borrow_mut().pages.insert(path, page);
        id.into()
    }

    fn query(&self) -> ItemsQuery {
        ItemsQuery {
            within: self.stage.within,
            search: String::new(),
            kind: None,
            collection: None,
            trash: false,
            sort: ItemSort::Name,
            direction: Direction::Ascending,
        }
    }

    fn look(&mut self, query: ItemsQuery) -> ItemsView {
        let window = Window { from: 0, count: 50 };
        // The first look begins the reading; it has ended when the next question is answered otherwise.
        for _ in 0..50 {
            let view = self.stage.world.ask(GetItems { query: query.clone(), window }).unwrap();
            if !matches!(view.rows.state, ListState::Loading { .. }) {
                return view;
            }
            // The reading goes on beside the questions, and answers take their time.
            self.stage.world.pass(100);
        }
        panic!("the list is never read");
    }

    fn names(&mut self, query: ItemsQuery) -> Vec<String> {
        let rows = self.look(query).rows.rows;
        rows.into_iter().map(|row| row.name.unwrap_or_else(|| "?".to_owned())).collect()
    }
}

#[test]
fn items_come_by_name_and_what_cannot_be_decrypted_comes_last_and_breaks_nothing() {
    let mut vault = Vault::new();
    vault.add("router", json!({}));
    vault.add_sealed("nonsense", json!({}));
    let foreign = SymmetricKey::generate().unwrap().encrypt_text("Secret").unwrap().to_string();
    vault.add_sealed(&foreign, json!({}));
    vault.add("Alarm", json!({}));
    let query = vault.query();
    assert_eq!(vault.names(query.clone()), ["Alarm", "router", "?", "?"]);
    assert_eq!(vault.look(query).unreadable, 2);
}

#[test]
fn an_item_with_a_key_of_its_own_opens_and_one_whose_key_is_foreign_does_not() {
    let mut vault = Vault::new();
    let own = SymmetricKey::generate().unwrap();
    let wrapped = vault.stage.key.wrap(&own).unwrap().to_string();
    let sealed = own.encrypt_text("Safe").unwrap().to_string();
    vault.add_sealed(&sealed, json!({"key": wrapped}));
    let foreign = own.wrap(&SymmetricKey::generate().unwrap()).unwrap().to_string();
    vault.add("Lost", json!({"key": foreign}));
    let query = vault.query();
    assert_eq!(vault.names(query), ["Safe", "?"]);
}

#[test]
fn search_type_collection_and_trash_narrow_the_list_together() {
    let mut vault = Vault::new();
    let collection = vault.stage.add("IT", json!({}));
    vault.add("Printer north", json!({"collectionIds": [collection]}));
    vault.add("Printer south", json!({}));
    vault.add("Printer card", json!({"type": 3, "collectionIds": [collection]}));
    vault.add("Printer old", json!({"deletedDate": "2026-04-01T10:00:00Z", "collectionIds": [collection]}));
    let all = ItemsQuery { search: "NOR print".into(), ..vault.query() };
    assert_eq!(vault.names(all), ["Printer north"]);
    let logins = ItemsQuery { kind: Some(1), collection: Some(collection), ..vault.query() };
    assert_eq!(vault.names(logins), ["Printer north"]);
    let query = ItemsQuery { trash: true, ..vault.query() };
    assert_eq!(vault.names(query.clone()), ["Printer old"]);
    let view = vault.look(query);
    assert_eq!((view.rows.total, view.trashed), (1, 1));
    assert_eq!(view.rows.rows[0].collections, ["IT"]);
}

#[test]
fn the_newest_change_comes_first_when_asked_for() {
    let mut vault = Vault::new();
    vault.add("Old", json!({"revisionDate": "2025-01-01T00:00:00Z"}));
    vault.add("New", json!({"revisionDate": "2026-06-01T00:00:00Z"}));
    vault.add("Middle", json!({"type": 99}));
    let query = ItemsQuery { sort: ItemSort::Changed, direction: Direction::Descending, ..vault.query() };
    assert_eq!(vault.names(query), ["New", "Middle", "Old"]);
}

#[test]
fn an_item_of_another_organization_or_of_nobody_is_refused() {
    for owner in [json!(null), json!("c0000000-0000-4000-8000-000000000009")] {
        let mut vault = Vault::new();
        vault.add("Stray", json!({"organizationId": owner}));
        let (query, window) = (vault.query(), Window { from: 0, count: 9 });
        let refused = (0..50).find_map(|_| {
            vault.stage.world.pass(100);
            vault.stage.world.ask(GetItems { query: query.clone(), window }).err()
        });
        assert_eq!(refused.map(|problem| problem.kind.clone()), Some(ProblemKind::Mismatch));
    }
}

#[test]
fn staff_may_change_items_only_where_the_server_says_so() {
    for (states, expected) in [
        (json!({}), false),
        (json!({"featureStates": {"provider-item-access": false}}), false),
        (json!({"featureStates": {"provider-item-access": "true"}}), false),
        (json!({"featureStates": {"provider-item-access": true}}), true),
    ] {
        let mut stage = Stage::new(json!({}));
        stage.server.borrow_mut().pages.insert("GET /api/config".into(), states);
        let view = stage.world.ask(GetSpace(stage.within)).unwrap();
        let verdict = view.rights.iter().find(|(action, _)| *action == Action::EditItems).unwrap().1;
        assert_eq!(verdict == Verdict::Allowed, expected);
    }
}
