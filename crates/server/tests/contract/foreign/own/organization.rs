//! The routes of an organization: its settings, members, collections, groups and policies.

use serde_json::{Value, json};

use super::{By, Own, own};
use crate::{
    foreign::stage::{Kind, Kind::*, World},
    support::{
        person::{ENC2, ENC4, PASSWORD},
        vault::grant,
    },
};

macro_rules! organization {
    ($rest:literal) => {
        concat!("/api/organizations/{organizationId}", $rest)
    };
}

fn password(_: &World) -> Vec<Value> {
    vec![json!({ "masterPasswordHash": PASSWORD })]
}

fn ids(world: &World, kind: Kind) -> Vec<Value> {
    vec![json!({ "ids": [&world[kind]] })]
}

pub fn routes() -> Vec<Own> {
    let mut routes = settings();
    routes.extend(members());
    routes.extend(collections());
    routes.extend(groups());
    routes
}

fn settings() -> Vec<Own> {
    let changed =
        |_: &World| vec![json!({ "name": "Renamed" }), json!({ "billingEmail": "bills@changed.example" })];
    // The key of the API, and the one of SCIM.
    let keys =
        |_: &World| [0, 2].map(|kind| json!({ "type": kind, "masterPasswordHash": PASSWORD })).to_vec();
    vec![
        own("PUT", organization!("")).bodies(changed),
        own("POST", organization!("")).bodies(changed),
        own("DELETE", organization!("")).bodies(password),
        own("POST", organization!("/delete")).bodies(password),
        own("PUT", organization!("/collection-management")).bodies(|_| {
            vec![json!({ "limitItemDeletion": true, "allowAdminAccessToAllCollectionItems": true })]
        }),
        own("POST", organization!("/subscription"))
            .bodies(|_| vec![json!({ "seatAdjustment": 1, "maxAutoscaleSeats": 9 })]),
        own("POST", organization!("/seat")).bodies(|_| vec![json!({ "seatAdjustment": 1 })]),
        own("POST", organization!("/keys"))
            .bodies(|_| vec![json!({ "publicKey": "MIIB", "encryptedPrivateKey": ENC2 })])
            .after(&["DELETE FROM organization_keys"]),
        own("POST", organization!("/api-key")).bodies(keys),
        own("POST", organization!("/rotate-api-key")).bodies(keys),
        own("GET", organization!("/api-key-information/{type}")).values(|_| json!({ "type": "0" })),
        own("GET", organization!("/policies/{type}")).values(|_| json!({ "type": "1" })),
        own("GET", "/api/portal/organizations/{organizationId}/policies/{type}/effect")
            .values(|_| json!({ "type": "0" })),
        own("PUT", organization!("/policies/{type}"))
            .values(|_| json!({ "type": "1" }))
            .bodies(|_| vec![json!({ "policy": { "enabled": false, "data": null }, "metadata": null })]),
        own("GET", organization!("/policies/token"))
            .by(By::Nobody)
            .naming("organizationUserId", InvitedMember)
            .values(|world| json!({ "email": world.invited, "token": world.tokens.member })),
    ]
}

fn members() -> Vec<Own> {
    let change = |world: &World| {
        vec![json!({
            "type": 2, "accessSecretsManager": false,
            "collections": [grant(&world[Collection], "view")], "groups": [&world[Group]],
        })]
    };
    let member = |world: &World| ids(world, Member);
    vec![
        own("POST", organization!("/users/invite")).bodies(|world| {
            vec![json!({
                "emails": ["new@quartz-a1.example"], "type": 2, "accessSecretsManager": false,
                "collections": [grant(&world[Collection], "view")], "groups": [&world[Group]],
            })]
        }),
        own("PUT", organization!("/users/{id}")).bodies(change),
        own("POST", organization!("/users/{id}")).bodies(change),
        own("POST", organization!("/users/public-keys")).bodies(|world| ids(world, AcceptedMember)),
        own("POST", organization!("/users/reinvite")).bodies(|world| ids(world, InvitedMember)),
        own("POST", organization!("/users/{id}/reinvite")).naming("id", InvitedMember),
        own("POST", organization!("/users/{id}/accept"))
            .by(By::Invitee)
            .naming("id", InvitedMember)
            .bodies(|world| vec![json!({ "token": world.tokens.member })]),
        own("POST", organization!("/users/confirm"))
            .bodies(|world| vec![json!({ "keys": [{ "id": &world[AcceptedMember], "key": ENC4 }] })]),
        own("POST", organization!("/users/{id}/confirm"))
            .naming("id", AcceptedMember)
            .bodies(|_| vec![json!({ "key": ENC4 })]),
        own("PUT", organization!("/users/revoke")).bodies(member),
        own("PUT", organization!("/users/restore")).bodies(|world| ids(world, RevokedMember)),
        own("PUT", organization!("/users/{id}/restore")).naming("id", RevokedMember),
        own("PUT", organization!("/users/{id}/restore/vnext")).naming("id", RevokedMember),
        own("DELETE", organization!("/users")).bodies(member),
        own("POST", organization!("/users/remove")).bodies(member),
        own("POST", organization!("/users/account-recovery-details")).bodies(member),
        own("PUT", organization!("/users/{id}/recover-account")).bodies(|_| {
            let (hash, key) = (PASSWORD, ENC2);
            vec![json!({
                "resetMasterPassword": true, "resetTwoFactor": true, "newMasterPasswordHash": hash, "key": key,
            })]
        }),
        own("PUT", organization!("/users/{userId}/reset-password-enrollment"))
            .bodies(|_| vec![json!({ "resetPasswordKey": ENC4, "masterPasswordHash": PASSWORD })]),
    ]
}

fn collections() -> Vec<Own> {
    let held = |world: &World| {
        vec![json!({
            "name": ENC2, "groups": [grant(&world[Group], "edit")], "users": [grant(&world[Member], "manage")],
        })]
    };
    let several = |world: &World| ids(world, Collection);
    vec![
        own("POST", organization!("/collections")).bodies(held),
        own("PUT", organization!("/collections/{id}")).bodies(held),
        own("POST", organization!("/collections/{id}")).bodies(held),
        own("DELETE", organization!("/collections")).bodies(several),
        own("POST", organization!("/collections/delete")).bodies(several),
        own("POST", organization!("/collections/bulk-access")).bodies(|world| {
            vec![json!({
                "collectionIds": [&world[Collection]],
                "groups": [grant(&world[Group], "view")], "users": [grant(&world[Member], "view")],
            })]
        }),
    ]
}

fn groups() -> Vec<Own> {
    let whole = |world: &World| {
        vec![json!({
            "name": "Changed", "collections": [grant(&world[Collection], "view")], "users": [&world[Member]],
        })]
    };
    let several = |world: &World| ids(world, Group);
    vec![
        own("POST", organization!("/groups")).bodies(whole),
        own("PUT", organization!("/groups/{id}")).bodies(whole),
        own("POST", organization!("/groups/{id}")).bodies(whole),
        own("DELETE", organization!("/groups")).bodies(several),
        own("POST", organization!("/groups/delete")).bodies(several),
    ]
}
