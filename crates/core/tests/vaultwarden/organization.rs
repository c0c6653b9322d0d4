//! The organization itself, and who may do what (vaultwarden.md §3).

use portal_bridge::{
    CollectionSettings, CreateOrganization, DeleteClient, GetApiKey, GetClientFingerprint, GetClientSettings,
    GetCollections, GetGroups, GetMembers, GetOverview, GetPlaces, GetPolicies, GetSpace, LeaveClient,
    ProblemKind, SaveBillingEmail, SaveClientName, SaveCollectionSettings, Within,
};
use portal_core::platform::Method;
use serde_json::json;

use crate::{
    line::Fault,
    members::{ALL, everybody},
    person::PASSWORD,
    replay::{play, within},
    structure::{every_collection, every_group},
    vault::{KEPT_PERMISSIONS, Role},
};

fn new_client(name: &str) -> CreateOrganization {
    CreateOrganization { name: name.into(), billing_email: "bills@mill.test".into(), attempt: 7 }
}

#[test]
fn an_admin_lives_on_the_profile_and_never_asks_for_the_organization() {
    play(|server| async move {
        let admin = server.signed_in(Role::Admin).await;
        assert_eq!(admin.ask(GetSpace(within())).await.unwrap().name, "Probe");
        admin.ask(GetOverview(within())).await.unwrap();
        admin.ask(GetMembers { query: everybody(), window: ALL }).await.unwrap();
        admin.ask(GetCollections { query: every_collection(), window: ALL }).await.unwrap();
        admin.ask(GetPolicies(within())).await.unwrap();
        let settings = admin.ask(GetClientSettings(within())).await;
        assert_eq!(settings.unwrap_err().kind, ProblemKind::NotAllowed);
        assert_eq!(server.count(&server.at("GET", "")), 0);
    });
}

#[test]
fn no_page_asks_for_what_the_role_is_refused() {
    for role in [Role::Owner, Role::Admin, Role::Custom] {
        play(move |server| async move {
            let person = server.signed_in(role).await;
            let space = person.ask(GetSpace(within())).await.unwrap();
            assert_eq!(space.name, "Probe");
            // What of these a role does not have, the core refuses by itself.
            drop(person.ask(GetOverview(within())).await);
            drop(person.ask(GetMembers { query: everybody(), window: ALL }).await);
            drop(person.ask(GetCollections { query: every_collection(), window: ALL }).await);
            drop(person.ask(GetGroups { query: every_group(), window: ALL }).await);
            drop(person.ask(GetPolicies(within())).await);
            drop(person.ask(GetClientSettings(within())).await);
            assert_eq!(server.look(|state| state.not_allowed.clone()), Vec::<String>::new(), "{role:?}");
        });
    }
}

#[test]
fn an_organization_that_is_not_in_the_profile_is_never_asked_for() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let other =
            Within { organization: "11111111-2222-4333-8444-555555555555".parse().unwrap(), ..within() };
        assert_eq!(owner.ask(GetSpace(other)).await.unwrap_err().kind, ProblemKind::NotFound);
        assert!(
            server.calls().iter().all(|call| !call.contains("/api/organizations")),
            "{:?}",
            server.calls()
        );
    });
}

#[test]
fn a_name_is_saved_together_with_the_billing_address_and_the_other_way_round() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        owner.ask(SaveClientName { within: within(), name: "Mill".into() }).await.unwrap();
        owner.ask(SaveBillingEmail { within: within(), email: "bills@mill.test".into() }).await.unwrap();
        let saved = server.bodies(&server.at("PUT", ""));
        assert_eq!(
            (&saved[0]["name"], &saved[0]["billingEmail"]),
            (&json!("Mill"), &json!("owner-9e8729@probe.test"))
        );
        assert_eq!(
            (&saved[1]["name"], &saved[1]["billingEmail"]),
            (&json!("Mill"), &json!("bills@mill.test"))
        );
        let settings = owner.ask(GetClientSettings(within())).await.unwrap();
        assert_eq!((settings.name.as_str(), settings.billing_email.as_str()), ("Mill", "bills@mill.test"));
    });
}

#[test]
fn a_client_is_made_with_its_keys_and_found_in_the_profile_by_its_key() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let made = owner.ask(new_client("Mill")).await.unwrap();
        assert_eq!(made.name, "Mill");
        let [body] = server.bodies("POST /api/organizations").try_into().unwrap();
        assert!(body["keys"]["publicKey"].is_string() && body["collectionName"].is_string(), "{body}");
        let space =
            owner.ask(GetSpace(Within { organization: made.organization, ..within() })).await.unwrap();
        assert_eq!((space.name.as_str(), space.key_opens), ("Mill", true));
    });
}

#[test]
fn where_nobody_may_make_a_client_the_server_says_so() {
    play(|server| async move {
        server.set(|state| state.makes_none = true);
        let owner = server.signed_in(Role::Owner).await;
        let problem = owner.ask(new_client("Mill")).await.unwrap_err();
        assert_eq!(
            (problem.kind.clone(), problem.detail.as_deref()),
            (ProblemKind::Refused, Some("User not allowed to create organizations"))
        );
        assert_eq!(owner.ask(GetPlaces).await.unwrap().organizations.len(), 1);
    });
}

#[test]
fn a_name_without_letters_is_refused_though_the_server_would_take_it() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        for problem in [
            owner.ask(SaveClientName { within: within(), name: "  ".into() }).await.map(drop).unwrap_err(),
            owner.ask(new_client(" ")).await.map(drop).unwrap_err(),
        ] {
            assert!(matches!(problem.kind, ProblemKind::Invalid(_)), "{problem:?}");
        }
        assert_eq!(server.count(&server.at("PUT", "")) + server.count("POST /api/organizations"), 0);
    });
}

#[test]
fn the_plan_in_the_profile_is_a_constant_and_named_nowhere() {
    play(|server| async move {
        server.look(|state| assert_eq!(state.membership["productTierType"], 3));
        let owner = server.signed_in(Role::Owner).await;
        assert_eq!(owner.ask(GetSpace(within())).await.unwrap().plan, None);
    });
}

#[test]
fn collection_settings_that_the_server_does_not_have_are_neither_shown_nor_asked_for() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        assert_eq!(owner.ask(GetClientSettings(within())).await.unwrap().collections, None);
        let before = CollectionSettings { admins_reach_everything: true, ..CollectionSettings::default() };
        let after = CollectionSettings { limit_item_deletion: true, ..before };
        let saved = owner.ask(SaveCollectionSettings { within: within(), before, after }).await;
        assert_eq!(saved.unwrap_err().kind, ProblemKind::Refused);
        assert_eq!(server.count(&server.at("PUT", "/collection-management")), 0);
    });
}

#[test]
fn seats_in_the_profile_are_a_constant_and_limit_nobody() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        assert_eq!(owner.ask(GetSpace(within())).await.unwrap().seats, None);
        let members = owner.ask(GetMembers { query: everybody(), window: ALL }).await.unwrap();
        assert_eq!((members.seats.assigned, members.seats.taken), (None, 1));
        let overview = owner.ask(GetOverview(within())).await.unwrap();
        assert_eq!((overview.assigned, overview.used), (None, 1));
    });
}

#[test]
fn a_key_that_no_route_hands_out_to_compare_with_still_opens_the_organization() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        assert!(owner.ask(GetSpace(within())).await.unwrap().key_opens);
        assert_eq!(server.count(&server.at("GET", "/private-key")), 1);
        assert!(owner.ask(GetClientFingerprint(within())).await.unwrap().is_some());
    });
}

#[test]
fn a_deleted_organization_is_gone_from_the_profile_which_a_lost_answer_is_held_to() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        owner.line.trouble(|request| (request.method == Method::Delete).then_some(Fault::AnswerLost));
        owner.ask(DeleteClient { within: within(), password: PASSWORD.into() }).await.unwrap();
        assert_eq!(owner.ask(GetPlaces).await.unwrap().organizations, []);
    });
}

#[test]
fn the_last_owner_cannot_leave() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let left = owner.ask(LeaveClient(within().organization)).await;
        assert_eq!(left.unwrap_err().kind, ProblemKind::LastOwner);
        let admin = server.signed_in(Role::Admin).await;
        admin.ask(LeaveClient(within().organization)).await.unwrap();
        assert_eq!(admin.ask(GetPlaces).await.unwrap().organizations, []);
    });
}

#[test]
fn the_api_key_is_handed_to_whoever_types_the_password_again() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let key = |password: &str| {
            owner.ask(GetApiKey { within: within(), password: password.into(), rotate: false })
        };
        assert_eq!(key("another").await.unwrap_err().kind, ProblemKind::WrongPassword);
        assert_eq!(key(PASSWORD).await.unwrap().client_secret, "Qi3kEVKTLHoe4XFASdqETAguKkxtB2");
    });
}

#[test]
fn a_custom_member_reads_collections_and_nothing_that_would_be_refused() {
    play(|server| async move {
        server.set(|state| {
            for name in KEPT_PERMISSIONS {
                state.membership["permissions"][name] = json!(true);
            }
        });
        let custom = server.signed_in(Role::Custom).await;
        let collections =
            custom.ask(GetCollections { query: every_collection(), window: ALL }).await.unwrap();
        assert_eq!(collections.rows.rows[0].label, "Shared");
        let members = custom.ask(GetMembers { query: everybody(), window: ALL }).await;
        assert_eq!(members.unwrap_err().kind, ProblemKind::NotAllowed);
        let policies = custom.ask(GetPolicies(within())).await;
        assert_eq!(policies.unwrap_err().kind, ProblemKind::NotAllowed);
        let refused = ["/users?", "/policies", "/events"];
        assert!(
            server.calls().iter().all(|call| refused.iter().all(|part| !call.contains(part))),
            "{:?}",
            server.calls()
        );
    });
}

#[test]
fn a_plain_user_is_refused_before_the_server_would_answer_as_if_nobody_were_signed_in() {
    play(|server| async move {
        let user = server.signed_in(Role::User).await;
        let refused = [
            user.ask(GetMembers { query: everybody(), window: ALL }).await.map(drop).unwrap_err(),
            user.ask(GetPolicies(within())).await.map(drop).unwrap_err(),
            user.ask(GetClientSettings(within())).await.map(drop).unwrap_err(),
        ];
        assert!(refused.iter().all(|problem| problem.kind == ProblemKind::NotAllowed), "{refused:?}");
        assert!(
            server.calls().iter().all(|call| !call.contains("/api/organizations")),
            "{:?}",
            server.calls()
        );
    });
}
