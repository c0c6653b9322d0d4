use portal_bridge::{
    CipherId, FieldEntry, FieldKind, GetItem, GetOneTimeCode, ItemPart, ProblemKind, RevealPart, SaveItem,
    Secret, Shown, UriEntry,
};
use portal_keys::{EncString, SymmetricKey};
use serde_json::{Value, json};

use crate::{commands::collections::tests::Stage, scripted::Mishap};

const ID: &str = "d0000000-0000-4000-8000-000000000001";
const SEED: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn id() -> CipherId {
    ID.parse().unwrap()
}

/// A client whose items the server lets its provider's staff change.
fn stage() -> Stage {
    let stage = Stage::new(json!({}));
    let states = json!({"featureStates": {"provider-item-access": true}});
    stage.server.borrow_mut().pages.insert("GET /api/config".into(), states);
    show_list(&stage, json!([]));
    stage
}

fn show_list(stage: &Stage, rows: Value) {
    let path = format!("GET /api/ciphers/organization-details?organizationId={}", stage.within.organization);
    stage.server.borrow_mut().pages.insert(path, json!({"object": "list", "data": rows}));
}

fn sealed(key: &SymmetricKey, text: &str) -> Value {
    key.encrypt_text(text).unwrap().to_string().into()
}

/// A login as the server keeps it, with things this program does not know of.
fn login(stage: &Stage, key: &SymmetricKey) -> Value {
    json!({
        "object": "cipherMiniDetails", "id": ID, "organizationId": stage.within.organization, "type": 1,
        "name": sealed(key, "Router"), "notes": null, "collectionIds": [], "revisionDate": "2026-03-01T10:00:00Z",
        "creationDate": "2026-01-01T10:00:00Z", "deletedDate": null, "reprompt": 0, "somethingNew": {"a": [1]},
        "login": {
            "username": sealed(key, "admin"), "password": sealed(key, "old secret"), "totp": sealed(key, SEED),
            "uris": [{"uri": sealed(key, "https://a.example"), "match": 3}, {"uri": sealed(key, "https://b.example"), "match": null}],
            "fido2Credentials": [{"credentialId": "x"}],
        },
        "fields": [
            {"type": 0, "name": sealed(key, "Serial"), "value": sealed(key, "SN 1")},
            {"type": 1, "name": sealed(key, "PIN"), "value": sealed(key, "0000")},
            {"type": 3, "name": sealed(key, "Link"), "value": null, "linkedId": 100},
        ],
    })
}

fn show(stage: &Stage, item: Value) {
    stage.server.borrow_mut().pages.insert(format!("GET /api/ciphers/{ID}/admin"), item);
}

fn look(stage: &mut Stage) -> portal_bridge::ItemView {
    stage.world.ask(GetItem { within: stage.within, id: id(), opening: false }).unwrap()
}

fn reveal(stage: &mut Stage, part: ItemPart) -> Result<String, ProblemKind> {
    let answer = stage.world.ask(RevealPart { within: stage.within, id: id(), part, copying: false });
    answer
        .map(|secret| String::from_utf8(secret.bytes().to_vec()).unwrap())
        .map_err(|problem| problem.kind.clone())
}

fn save(stage: &Stage) -> SaveItem {
    SaveItem {
        within: stage.within,
        id: Some(id()),
        seen: portal_bridge::Seen::default(),
        kind: 1,
        name: "Router".into(),
        changes: Vec::new(),
        uris: vec![
            UriEntry { from: Some(0), uri: "https://a.example".into() },
            UriEntry { from: Some(1), uri: "https://b.example".into() },
        ],
        fields: [("Serial", FieldKind::Text), ("PIN", FieldKind::Hidden), ("Link", FieldKind::Linked)]
            .into_iter()
            .enumerate()
            .map(|(at, (name, kind))| FieldEntry {
                from: Some(at as u16),
                kind,
                name: name.into(),
                value: None,
            })
            .collect(),
        collections: Vec::new(),
    }
}

fn opened(key: &SymmetricKey, value: &Value) -> String {
    let sealed: EncString = value.as_str().unwrap().parse().unwrap();
    key.decrypt_text(&sealed).unwrap().to_string()
}

#[test]
fn what_is_concealed_stays_in_the_core_until_somebody_asks_and_the_log_is_told() {
    let mut stage = stage();
    let key = stage.key.clone();
    show(&stage, login(&stage, &key));
    let view = look(&mut stage);
    let shown = |part| view.values.iter().find(|value| value.part == part).map(|value| value.shown.clone());
    assert_eq!(view.name.as_deref(), Some("Router"));
    assert_eq!(shown(ItemPart::Username), Some(Shown::Text("admin".into())));
    assert_eq!(shown(ItemPart::Uri(1)), Some(Shown::Text("https://b.example".into())));
    for part in [ItemPart::Password, ItemPart::AuthenticatorKey, ItemPart::Field(1)] {
        assert_eq!(shown(part), Some(Shown::Concealed), "{part:?}");
    }
    assert!(!format!("{view:?}").contains("old secret"));
    assert_eq!(stage.server.borrow().count("POST /events/collect"), 0);

    assert_eq!(reveal(&mut stage, ItemPart::Password), Ok("old secret".into()));
    stage.world.pass(10);
    let told = stage.server.borrow().body("POST /events/collect");
    assert_eq!((told[0]["type"].as_i64(), told[0]["cipherId"].as_str()), (Some(1108), Some(ID)));
    assert_eq!(
        stage.server.borrow().count(&format!("GET /api/ciphers/{ID}/admin")),
        1,
        "nothing is asked for again"
    );
    assert_eq!(reveal(&mut stage, ItemPart::Notes), Err(ProblemKind::NotFound));
    let code = stage.world.ask(GetOneTimeCode { within: stage.within, id: id() }).unwrap();
    assert_eq!((code.code.len(), code.period), (6, 30));
}

#[test]
fn a_change_keeps_what_this_program_does_not_know_and_seals_only_what_has_changed() {
    let mut stage = stage();
    let key = stage.key.clone();
    let before = login(&stage, &key);
    show(&stage, before.clone());
    let seen = look(&mut stage).seen;
    let call = format!("PUT /api/ciphers/{ID}/admin");
    stage.server.borrow_mut().pages.insert(call.clone(), json!({}));
    let mut question = SaveItem { seen, ..save(&stage) };
    question.changes =
        vec![(ItemPart::Password, Secret::from("new secret")), (ItemPart::Username, Secret::from(""))];
    question.uris.swap(0, 1);
    question.fields.remove(0);
    stage.world.ask(question).unwrap();

    let body = stage.server.borrow().body(&call);
    assert_eq!(body["lastKnownRevisionDate"], before["revisionDate"]);
    assert_eq!((&body["name"], &body["login"]["totp"]), (&before["name"], &before["login"]["totp"]));
    assert_eq!(body["somethingNew"], before["somethingNew"]);
    assert_eq!(body["login"]["fido2Credentials"], before["login"]["fido2Credentials"]);
    assert_eq!(body["login"]["uris"], json!([before["login"]["uris"][1], before["login"]["uris"][0]]));
    assert_eq!(body["fields"], json!([before["fields"][1], before["fields"][2]]));
    assert!(body["login"]["username"].is_null());
    assert_eq!(opened(&key, &body["login"]["password"]), "new secret");
    assert_eq!(opened(&key, &body["passwordHistory"][0]["password"]), "old secret");
    assert!(body.get("collectionIds").is_none() && body.get("object").is_none() && body.get("id").is_none());
}

#[test]
fn an_item_with_a_key_of_its_own_is_changed_under_that_key_and_its_address_has_its_checksum() {
    let mut stage = stage();
    let own = SymmetricKey::generate().unwrap();
    let mut item = login(&stage, &own);
    item["key"] = stage.key.wrap(&own).unwrap().to_string().into();
    show(&stage, item);
    let seen = look(&mut stage).seen;
    let call = format!("PUT /api/ciphers/{ID}/admin");
    stage.server.borrow_mut().pages.insert(call.clone(), json!({}));
    let mut question = SaveItem { seen, ..save(&stage) };
    question.uris[0].uri = "https://c.example".into();
    stage.world.ask(question).unwrap();
    let uri = &stage.server.borrow().body(&call)["login"]["uris"][0];
    assert_eq!((opened(&own, &uri["uri"]).as_str(), uri["match"].as_i64()), ("https://c.example", Some(3)));
    assert_eq!(opened(&own, &uri["uriChecksum"]), portal_keys::checksum("https://c.example"));
}

#[test]
fn an_item_that_cannot_be_read_is_shown_as_such_and_nothing_can_be_changed() {
    let mut stage = stage();
    show(&stage, login(&stage, &SymmetricKey::generate().unwrap()));
    let view = look(&mut stage);
    assert_eq!((view.name, view.may.edit, view.may.delete), (None, false, true));
    assert!(view.values.iter().any(|value| value.shown == Shown::Unreadable));
    let question = SaveItem { seen: view.seen, ..save(&stage) };
    assert_eq!(stage.world.ask(question).unwrap_err().kind, ProblemKind::NotAllowed);
    assert_eq!(reveal(&mut stage, ItemPart::Password), Err(ProblemKind::CannotDecrypt));
}

#[test]
fn an_item_of_another_client_is_refused() {
    let mut stage = stage();
    let mut item = login(&stage, &stage.key);
    item["organizationId"] = "c0000000-0000-4000-8000-000000000009".into();
    show(&stage, item);
    let answer = stage.world.ask(GetItem { within: stage.within, id: id(), opening: true });
    assert_eq!(answer.unwrap_err().kind, ProblemKind::Mismatch);
    assert_eq!(stage.server.borrow().count("POST /events/collect"), 0);
}

#[test]
fn a_change_by_somebody_else_is_told_and_nothing_is_sent() {
    let mut stage = stage();
    let key = stage.key.clone();
    show(&stage, login(&stage, &key));
    let seen = look(&mut stage).seen;
    let mut item = login(&stage, &key);
    item["notes"] = sealed(&key, "theirs");
    show(&stage, item);
    let question = SaveItem { seen, ..save(&stage) };
    assert_eq!(stage.world.ask(question).unwrap_err().kind, ProblemKind::ChangedMeanwhile);
    assert_eq!(stage.server.borrow().count(&format!("PUT /api/ciphers/{ID}/admin")), 0);
}

#[test]
fn every_fault_of_a_form_is_said_before_anything_is_sent() {
    let mut stage = stage();
    let question = SaveItem {
        id: None,
        name: "  ".into(),
        changes: vec![
            (ItemPart::AuthenticatorKey, Secret::from("no key!")),
            (ItemPart::Username, Secret::from("x".repeat(688).as_str())),
        ],
        ..save(&stage)
    };
    let problem = stage.world.ask(question).unwrap_err();
    let ProblemKind::Invalid(faults) = &problem.kind else { panic!("{problem:?}") };
    let parts: Vec<_> = faults.iter().map(|fault| (fault.field, fault.part.as_deref())).collect();
    use portal_bridge::Field::{Access, Name, Other};
    assert_eq!(parts, [(Name, None), (Other, Some("totp")), (Other, Some("username")), (Access, None)]);
    assert!(!stage.server.borrow().calls().any(|call| call.starts_with("POST /api/ciphers")));
}

#[test]
fn a_new_item_whose_answer_is_lost_is_found_in_the_list_and_not_made_twice() {
    let mut stage = stage();
    let place = stage.add("IT", json!({}));
    let row = json!({
        "id": ID, "organizationId": stage.within.organization, "type": 1, "name": sealed(&stage.key, "Router"),
        "collectionIds": [place], "revisionDate": "2026-03-01T10:00:00Z",
    });
    stage.server.borrow_mut().upset("POST /api/ciphers/admin", Mishap::AnswerLost);
    // Read before it was made, and again after.
    let question = || SaveItem {
        id: None,
        uris: Vec::new(),
        fields: Vec::new(),
        collections: vec![place],
        ..save(&stage)
    };
    let question = question();
    stage
        .world
        .ask(portal_bridge::GetItemIds(portal_bridge::ItemsQuery {
            within: stage.within,
            search: String::new(),
            kind: None,
            collection: None,
            trash: false,
            sort: portal_bridge::ItemSort::Name,
            direction: portal_bridge::Direction::Ascending,
        }))
        .unwrap();
    show_list(&stage, json!([row]));
    assert_eq!(stage.world.ask(question).unwrap(), id());
    assert_eq!(stage.server.borrow().count("POST /api/ciphers/admin"), 1);
    let body = stage.server.borrow().body("POST /api/ciphers/admin");
    assert_eq!((&body["collectionIds"], &body["cipher"]["type"]), (&json!([place]), &json!(1)));
    assert_eq!(opened(&stage.key, &body["cipher"]["name"]), "Router");
}
