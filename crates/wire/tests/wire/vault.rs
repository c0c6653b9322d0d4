//! Items, groups, collections and directories, as they travel.

use portal_wire::{
    CipherType, EventType,
    cipher::{Cipher, CipherRequest},
    collection::CollectionAccessDetails,
    directory::DirectoryImportRequest,
    vault::{CollectedEvent, ImportOrganizationRequest},
};
use serde_json::{Value, json};

const ID: &str = "5a1c7b9e-0000-4000-8000-000000000001";

#[test]
fn an_item_has_the_fields_of_its_kind() {
    let request: CipherRequest = serde_json::from_value(json!({
        "type": 5, "name": "2.a|b|c", "organizationId": ID, "favorite": null,
        "sshKey": { "privateKey": "2.k|k|k", "publicKey": null, "keyFingerprint": null },
        "lastKnownRevisionDate": "2026-01-05T10:00:00Z",
    }))
    .unwrap();
    assert_eq!(request.kind, CipherType::SshKey);
    assert!(!format!("{request:?}").contains("2.k|k|k"), "a key does not get into a log");
    let written = serde_json::to_value(&request).unwrap();
    assert_eq!(written["sshKey"]["privateKey"], "2.k|k|k");
    assert_eq!(written["secureNote"], Value::Null);

    let mini =
        serde_json::to_value(Cipher { object: "cipherMiniDetails".to_owned(), ..Cipher::default() }).unwrap();
    assert!(mini.get("edit").is_none() && mini.get("viewPassword").is_none());
    assert_eq!(mini["deletedDate"], Value::Null);
}

#[test]
fn a_kind_of_item_that_is_not_known_is_kept() {
    let item: Cipher = serde_json::from_value(json!({ "id": ID, "type": 9 })).unwrap();
    assert_eq!(item.kind, CipherType::Unknown(9));
    assert_eq!(serde_json::to_value(item).unwrap()["type"], 9);
}

#[test]
fn who_has_a_collection_may_be_left_untold() {
    let made: CollectionAccessDetails =
        serde_json::from_value(json!({ "id": ID, "organizationId": ID, "groups": null, "users": null }))
            .unwrap();
    assert_eq!((made.groups, made.users), (None, None));
}

#[test]
fn external_ids_of_a_directory_may_be_numbers() {
    let text = json!({
        "members": [{ "email": "a@b.example", "externalId": 7 }],
        "groups": [{ "name": "g", "externalId": "x", "memberExternalIds": [7, "8"] }],
    });
    let request: DirectoryImportRequest = serde_json::from_value(text).unwrap();
    assert_eq!(request.members[0].external_id, "7");
    assert_eq!(request.groups[0].member_external_ids, ["7", "8"]);
    assert_eq!(request.overwrite_existing, None);
    assert!(
        serde_json::from_value::<DirectoryImportRequest>(json!({ "members": [{ "externalId": [] }] }))
            .is_err()
    );
}

#[test]
fn an_import_and_a_collected_event_are_read_with_little() {
    let import: ImportOrganizationRequest =
        serde_json::from_value(json!({ "collectionRelationships": [{ "key": 1, "value": 0 }] })).unwrap();
    assert_eq!(import.collection_relationships[0].key, 1);
    let event: CollectedEvent = serde_json::from_value(json!({ "type": 1107 })).unwrap();
    assert_eq!(event.kind, EventType::CipherClientViewed);
}
