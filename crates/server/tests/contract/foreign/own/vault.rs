//! The routes of items.

use serde_json::{Value, json};

use super::{Own, own};
use crate::{
    foreign::stage::{Kind, Kind::*, World, cipher},
    support::person::{ENC2, PASSWORD},
};

fn several(world: &World, kind: Kind) -> Vec<Value> {
    vec![json!({ "ids": [&world[kind]], "organizationId": &world[Organization] })]
}

fn placed(world: &World) -> Vec<Value> {
    vec![json!({ "cipher": cipher(world), "collectionIds": [&world[Collection]] })]
}

pub fn routes() -> Vec<Own> {
    let changed = |world: &World| vec![cipher(world)];
    vec![
        own("POST", "/api/ciphers").bodies(changed),
        own("POST", "/api/ciphers/admin").bodies(placed),
        own("POST", "/api/ciphers/create").bodies(placed),
        own("PUT", "/api/ciphers/{id}").bodies(changed),
        own("PUT", "/api/ciphers/{id}/admin").bodies(changed),
        own("PUT", "/api/ciphers/{id}/restore").naming("id", TrashedItem),
        own("PUT", "/api/ciphers/{id}/restore-admin").naming("id", TrashedItem),
        own("PUT", "/api/ciphers/restore-admin").bodies(|world| several(world, TrashedItem)),
        own("PUT", "/api/ciphers/delete-admin").bodies(|world| several(world, Item)),
        own("DELETE", "/api/ciphers/admin").bodies(|world| several(world, Item)),
        own("PUT", "/api/ciphers/{id}/collections-admin")
            .bodies(|world| vec![json!({ "collectionIds": [&world[Collection]] })]),
        own("POST", "/api/ciphers/bulk-collections").bodies(|world| {
            let call = |remove: bool| {
                json!({
                    "organizationId": &world[Organization], "cipherIds": [&world[Item]],
                    "collectionIds": [&world[Collection]], "removeCollections": remove,
                })
            };
            vec![call(false), call(true)]
        }),
        own("POST", "/api/ciphers/import-organization").bodies(|world| {
            vec![json!({
                "collections": [{ "id": &world[Collection], "name": ENC2 }],
                "ciphers": [cipher(world)],
                "collectionRelationships": [{ "key": 0, "value": 0 }],
            })]
        }),
        own("POST", "/api/ciphers/purge").bodies(|_| vec![json!({ "masterPasswordHash": PASSWORD })]),
        // An event of an item, and one of a whole vault.
        own("POST", "/events/collect").bodies(|world| {
            let event = |kind: i32, name: &str, id: &str| json!([{ "type": kind, name: id, "date": "2026-01-01T00:00:00Z" }]);
            vec![event(1107, "cipherId", &world[Item]), event(1602, "organizationId", &world[Organization])]
        }),
    ]
}
