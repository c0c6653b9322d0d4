//! What this server has not: providers, bills, most of the public interface (vaultwarden.md §7).

use portal_bridge::{
    ApplyDirectory, GetClientSettings, GetCollections, GetMembers, GetOverview, GetPlaces, GetPolicies,
    GetProvider, GetSpace, PreviewDirectory, ProblemKind, ProviderId, RowOutcome,
};
use serde_json::json;

use crate::{
    members::{ALL, everybody},
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

#[test]
fn a_directory_is_taken_over_with_every_field_the_import_needs() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let directory = json!({
            "groups": [], "overwriteExisting": true,
            "members": [{"email": "anna@probe.test", "externalId": "ext-1", "deleted": false}],
        });
        let preview = PreviewDirectory {
            within: within(),
            file: "people.json".into(),
            bytes: directory.to_string().into(),
            remove_absent: false,
        };
        owner.ask(preview).await.unwrap();
        let job = owner.ask(ApplyDirectory { within: within(), password: PASSWORD.into() }).await.unwrap();
        let job = owner.end_of(job).await;
        assert_eq!(job.rows[0].outcome, RowOutcome::Done, "{job:?}");
        let [body] = server.bodies("POST /api/public/organization/import").try_into().unwrap();
        assert_eq!((&body["groups"], &body["overwriteExisting"]), (&json!([]), &json!(false)));
        assert_eq!(body["members"][0]["externalId"], "ext-1");
    });
}
