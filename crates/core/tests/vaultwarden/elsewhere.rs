//! What this server has not: providers, bills, most of the public interface (vaultwarden.md §7).

use portal_bridge::{
    ApplyDirectory, DirectoryChange, DirectoryKept, DirectoryQuery, GetClientSettings, GetCollections,
    GetDirectoryRows, GetMembers, GetOverview, GetPlaces, GetPolicies, GetProvider, GetSpace, MemberRole,
    PreviewDirectory, ProblemKind, ProviderId, RowOutcome,
};
use serde_json::{Value, json};

use crate::{
    members::{ALL, access, everybody, invite},
    person::PASSWORD,
    replay::{play, within},
    structure::every_collection,
    vault::Role,
};

#[test]
fn nothing_of_a_provider_nor_of_bills_nor_of_ones_own_vault_is_ever_asked_for() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        owner.ask(GetPlaces).await.unwrap();
        owner.ask(GetSpace(within())).await.unwrap();
        owner.ask(GetOverview(within())).await.unwrap();
        owner.ask(GetMembers { query: everybody(), window: ALL }).await.unwrap();
        owner.ask(GetCollections { query: every_collection(), window: ALL }).await.unwrap();
        owner.ask(GetPolicies(within())).await.unwrap();
        owner.ask(GetClientSettings(within())).await.unwrap();
        let provider = ProviderId::from(uuid::Uuid::from_u128(1));
        assert_eq!(owner.ask(GetProvider(provider)).await.unwrap_err().kind, ProblemKind::NotFound);
        let absent = [
            "/providers",
            "/billing",
            "/plans",
            "/subscription",
            "/sync",
            "/api/organizations ",
            "/api/portal",
        ];
        for call in server.calls() {
            assert!(absent.iter().all(|part| !format!("{call} ").contains(part)), "{call}");
        }
    });
}

#[test]
fn directories_can_be_taken_over_though_the_profile_says_otherwise() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        server.look(|state| assert_eq!(state.membership["useDirectory"], false));
        assert!(owner.ask(GetSpace(within())).await.unwrap().has.directory);
    });
}

fn preview(directory: &Value) -> PreviewDirectory {
    PreviewDirectory {
        within: within(),
        file: "people.json".into(),
        bytes: directory.to_string().into(),
        remove_absent: false,
    }
}

#[test]
fn a_directory_is_taken_over_with_every_field_the_import_needs() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let directory = json!({
            "groups": [], "overwriteExisting": true,
            "members": [{"email": "anna@probe.test", "externalId": "ext-1", "deleted": false}],
        });
        owner.ask(preview(&directory)).await.unwrap();
        let job = owner.ask(ApplyDirectory { within: within(), password: PASSWORD.into() }).await.unwrap();
        let job = owner.end_of(job).await;
        assert_eq!(job.rows[0].outcome, RowOutcome::Done, "{job:?}");
        let [body] = server.bodies("POST /api/public/organization/import").try_into().unwrap();
        assert_eq!((&body["groups"], &body["overwriteExisting"]), (&json!([]), &json!(false)));
        assert_eq!(body["members"][0]["externalId"], "ext-1");
    });
}

#[test]
fn whom_a_directory_gives_up_is_revoked_and_told_so() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        invite(&owner, &["anna@probe.test", "bea@probe.test"], access(MemberRole::User)).await;
        server.set(|state| {
            state.members[1]["externalId"] = json!("ext-1");
            // Somebody whom no directory brought, and who may not come back by one.
            state.members[2]["status"] = json!(-1);
        });
        let directory = json!({"groups": [], "members": [
            {"email": "anna@probe.test", "externalId": "ext-1", "deleted": true},
            {"email": "bea@probe.test", "externalId": "ext-2", "deleted": false},
        ]});
        owner.ask(preview(&directory)).await.unwrap();
        let query = DirectoryQuery { within: within(), search: String::new(), kind: None };
        let changes = async || {
            let view = owner.ask(GetDirectoryRows { query: query.clone(), window: ALL }).await.unwrap();
            view.rows.rows.into_iter().map(|row| row.change).take(2).collect::<Vec<_>>()
        };
        let stays = DirectoryChange::Keep(DirectoryKept::NotOfADirectory);
        assert_eq!(changes().await, [DirectoryChange::Revoke, stays]);
        let job = owner.ask(ApplyDirectory { within: within(), password: PASSWORD.into() }).await.unwrap();
        let job = owner.end_of(job).await;
        let [row] = job.rows.as_slice() else { panic!("{job:?}") };
        assert_eq!(row.outcome, RowOutcome::Done);
        assert_eq!(changes().await, [DirectoryChange::Keep(DirectoryKept::AsItIs), stays]);
        let sent = server.bodies("POST /api/public/organization/import");
        assert_eq!(sent[0]["members"].as_array().map(Vec::len), Some(1), "{sent:?}");
    });
}
