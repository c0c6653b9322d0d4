//! Answers recorded from a live Vaultwarden.

use portal_wire::{
    config::Config,
    error::{ErrorResponse, FrameworkError},
    identity::{PreloginResponse, TokenError, TokenSuccess},
    organization::{
        CollectionRow, GroupRow, MemberBulkResult, MemberMini, MemberPublicKey, MemberRow, Organization,
        PolicyStatus,
    },
    profile::{self, ProfileOrganization},
    *,
};

use crate::recorded::{all, recorded};

fn answer<T: serde::de::DeserializeOwned>(area: &str, name: &str) -> T {
    serde_json::from_str(recorded(area, name).body).unwrap()
}

#[test]
fn the_server_is_recognised_by_its_config() {
    let config: Config = answer("anonymous", "GET /api/config");
    assert_eq!(config.server.unwrap().name, "Vaultwarden");
    assert_eq!(config.version.as_deref(), Some("2026.6.0"));
    assert_eq!(config.portal, None);
}

#[test]
fn derivation_settings_are_read() {
    let prelogin: PreloginResponse = answer("anonymous", "POST /identity/accounts/prelogin known");
    assert_eq!(prelogin.settings().iterations, 600_000);
    assert_eq!(prelogin.salt, None);
}

#[test]
fn every_form_of_refusal_is_read() {
    let error: TokenError = answer("sign_in", "wrong password");
    assert_eq!(error.error, "");
    assert_eq!(error.error_model.unwrap().message, "Username or password is incorrect. Try again");
    let error: ErrorResponse = answer("sign_in", "wrong password");
    assert_eq!(error.texts().count(), 2);
    let error: TokenError = answer("sign_in", "two-step demanded");
    assert_eq!(error.two_factor_providers, ["0"]);
    let error: TokenError = answer("sign_in", "bad refresh token");
    assert_eq!(error.error, "invalid_grant");
    let error: FrameworkError = answer("anonymous", "profile, bad token");
    assert_eq!(error.error.code, 401);
    let error: TokenError = answer("anonymous", "profile, bad token");
    assert_eq!(error.error, "");
}

#[test]
fn every_recorded_refusal_has_one_of_the_three_bodies() {
    let refusals = all().filter(|one| one.status >= 400 && one.kind.starts_with("application/json"));
    let mut seen = [0; 3];
    for refusal in refusals {
        let framework = serde_json::from_str::<FrameworkError>(refusal.body).ok();
        let business = serde_json::from_str::<ErrorResponse>(refusal.body).ok();
        let code = serde_json::from_str::<TokenError>(refusal.body).ok();
        let form = if framework.is_some_and(|one| one.error.code == i32::from(refusal.status)) {
            0
        } else if business.is_some_and(|one| one.texts().next().is_some_and(|text| !text.is_empty())) {
            1
        } else {
            assert_eq!(code.unwrap().error, "invalid_grant", "{refusal:?}");
            2
        };
        seen[form] += 1;
    }
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
}

#[test]
fn a_token_answer_mixes_two_spellings() {
    let token: TokenSuccess = answer("shapes", "token");
    assert_eq!((token.expires_in, token.kdf_iterations), (7_200, Some(600_000)));
    assert!(token.key.is_some() && token.private_key.is_some() && token.account_keys.is_some());
    let refreshed: TokenSuccess = answer("shapes", "refreshed token");
    assert!(refreshed.refresh_token.is_some() && refreshed.key.is_none());
}

#[test]
fn a_profile_without_providers_and_without_newer_fields_is_read() {
    let profile: profile::Profile = answer("shapes", "profile");
    assert!(profile.providers.is_empty() && profile.provider_organizations.is_empty());
}

#[test]
fn an_organization_of_the_profile_is_read() {
    let organization: ProfileOrganization = answer("shapes", "organization of the profile");
    assert_eq!(organization.name, "Probe");
    assert_eq!(organization.kind, OrganizationUserType::Owner);
    assert_eq!(organization.product_tier_type, ProductTier::Enterprise);
    assert!(organization.use_2fa && organization.use_disable_sm_ads_for_users && !organization.use_scim);
    assert_eq!(organization.key, None);
}

#[test]
fn an_organization_is_read() {
    let organization: Organization = answer("shapes", "organization");
    assert_eq!((organization.plan_type, organization.seats), (PlanType::Custom, None));
}

#[test]
fn members_are_read() {
    let member: MemberRow = answer("shapes", "member");
    assert_eq!((member.status, member.permissions), (OrganizationUserStatus::Confirmed, None));
    assert_eq!(member.creation_date, None);
    let mini: MemberMini = answer("shapes", "member by name");
    assert_eq!(mini.id, member.id);
}

#[test]
fn bulk_answers_are_read() {
    let keys: List<MemberPublicKey> = answer("members", "bulk public-keys incl. invited");
    assert_eq!(keys.data[0].key, None);
    let results: List<MemberBulkResult> = answer("members", "bulk confirm with an error");
    assert_eq!(results.data[0].error, "User in invalid state");
}

#[test]
fn collections_groups_and_policies_are_read() {
    let collection: CollectionRow = answer("shapes", "collection");
    assert!(collection.name.starts_with("2."));
    let group: GroupRow = answer("groups", "create");
    assert_eq!(group.name, "Admins");
    let policies: List<PolicyStatus> = answer("policies", "list, none set");
    assert!(policies.data.is_empty());
    let unset: PolicyStatus = answer("policies", "get unset");
    assert!(!unset.enabled && unset.data.is_none());
    let policy: PolicyStatus = answer("policies", "put, wrapped");
    assert_eq!((policy.kind, policy.enabled), (PolicyType::MasterPassword, true));
}

#[test]
fn an_event_with_half_its_fields_is_read() {
    let event: Event = answer("shapes", "event");
    assert_eq!(event.kind, EventType::OrganizationUpdated);
    assert_eq!(event.date.to_string(), "2026-11-22T02:53:20.481Z");
    assert_eq!(event.system_user, None);
}
