//! The API key of an organization, which says by itself of which.

use serde_json::json;

use super::{
    database::{Dump, run},
    fill, secured,
    stage::{Kind, Stage, World},
};
use crate::support::{Answer, vault::text};

const IMPORT: &str = "/api/public/organization/import";

pub async fn changes_nothing_of_another(stage: &Stage) {
    let key = key_of(stage, &stage.own).await;
    refused_with_the_name_of_another(stage, &key).await;
    let token = text(&token(stage, &stage.own, &key).await.ok(), "access_token");
    good_for_the_public_interface_alone(stage, &token).await;
    imports_into_its_own_client_alone(stage, &token).await;
}

async fn key_of(stage: &Stage, world: &World) -> String {
    let mut db = stage.server.app.context().store.read().await.unwrap();
    let key = "SELECT api_key FROM organization_api_keys WHERE organization_id = $1 AND type = 0";
    let key = sqlx::query_scalar(key).bind(world[Kind::Organization].to_owned());
    key.fetch_one(&mut *db).await.unwrap()
}

async fn token(stage: &Stage, world: &World, key: &str) -> Answer {
    let form = [
        ("grant_type", "client_credentials".to_owned()),
        ("client_id", format!("organization.{}", &world[Kind::Organization])),
        ("client_secret", key.to_owned()),
        ("scope", "api.organization".to_owned()),
    ];
    stage.server.token(&form).await
}

async fn refused_with_the_name_of_another(stage: &Stage, key: &str) {
    for foreign in stage.foreign() {
        assert_eq!(token(stage, foreign, key).await.refused_by_oauth(), "invalid_client");
    }
}

async fn good_for_the_public_interface_alone(stage: &Stage, token: &str) {
    let before = Dump::of(&stage.server).await;
    for world in [&stage.own, &stage.sibling, &stage.others[0]] {
        for (method, path) in secured().into_iter().filter(|(_, path)| path != IMPORT) {
            let address = fill(&path, &world[Kind::Organization]);
            let request = stage.server.request(&method, &address).bearer_auth(token);
            let answer = Answer::of(request).await;
            assert_eq!((answer.status, answer.text.as_str()), (401, ""), "{method} {address}");
        }
    }
    for person in [&stage.admin, &stage.service_user, &stage.owner] {
        let import = json!({ "groups": [], "members": [], "overwriteExisting": true });
        stage.server.send_as(person, "POST", IMPORT, import).await.refused(401);
    }
    assert_eq!(before.difference(&Dump::of(&stage.server).await), [""; 0]);
}

/// What a directory calls people and groups may be the same in every client.
async fn imports_into_its_own_client_alone(stage: &Stage, token: &str) {
    for world in [&stage.own, &stage.sibling, &stage.others[0], &stage.others[1]] {
        for (table, kind, called) in [
            ("groups", Kind::Group, "everybody"),
            ("organization_users", Kind::Member, "1"),
            ("organization_users", Kind::AcceptedMember, "2"),
            ("organization_users", Kind::InvitedMember, "3"),
        ] {
            let id = &world[kind];
            let name = format!("UPDATE {table} SET external_id = '{called}' WHERE id = '{id}'");
            run(&stage.server, &[&name]).await;
        }
    }
    let before = Dump::of(&stage.server).await;
    let import = json!({
        "groups": [{ "name": "Renamed", "externalId": "everybody", "memberExternalIds": ["1", "4"] }],
        "members": [
            { "externalId": "1", "email": "member@quartz-a1.example", "deleted": false },
            { "externalId": "2", "deleted": true },
            // Somebody of another tenant, by the address and by what that tenant's directory calls them.
            { "externalId": "4", "email": "member@quartz-b1.example", "deleted": false },
            { "externalId": "3", "email": "invited@quartz-b2.example", "deleted": false },
        ],
        "overwriteExisting": true,
        "largeImport": false,
    });
    let request = stage.server.request("POST", IMPORT).bearer_auth(token).json(&import);
    Answer::of(request).await.ok_empty();
    let after = Dump::of(&stage.server).await;
    let of = |dump: &Dump, world: &World, kind| dump.about(&[&world[kind]]);
    for kind in [Kind::Group, Kind::AcceptedMember] {
        assert_ne!(
            of(&before, &stage.own, kind).difference(&of(&after, &stage.own, kind)),
            [""; 0],
            "{kind:?}"
        );
    }
    for world in stage.foreign() {
        for kind in [Kind::Organization, Kind::Group, Kind::Member, Kind::AcceptedMember, Kind::InvitedMember]
        {
            assert_eq!(of(&before, world, kind).difference(&of(&after, world, kind)), [""; 0]);
        }
    }
}
