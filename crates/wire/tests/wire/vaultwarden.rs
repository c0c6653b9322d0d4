//! Answers recorded from a live Vaultwarden; ids, keys and addresses are made up.

use portal_wire::{
    config::Config,
    error::{ErrorResponse, FrameworkError},
    identity::{PreloginResponse, TokenError},
    organization::{
        CollectionRow, GroupRow, MemberBulkResult, MemberMini, MemberPublicKey, MemberRow, Organization,
        PolicyStatus,
    },
    profile::ProfileOrganization,
    *,
};

macro_rules! answer {
    ($name:literal) => {
        serde_json::from_str(include_str!(concat!("vaultwarden/", $name, ".json"))).unwrap()
    };
}

#[test]
fn the_server_is_recognised_by_its_config() {
    let config: Config = answer!("config");
    assert_eq!(config.server.unwrap().name, "Vaultwarden");
    assert_eq!(config.version.as_deref(), Some("2026.6.0"));
    assert_eq!(config.portal, None);
}

#[test]
fn derivation_settings_are_read() {
    let prelogin: PreloginResponse = answer!("prelogin");
    assert_eq!(prelogin.settings().iterations, 600_000);
    assert_eq!(prelogin.salt, None);
}

#[test]
fn every_form_of_refusal_is_read() {
    let error: TokenError = answer!("wrong_password");
    assert_eq!(error.error, "");
    assert_eq!(error.error_model.unwrap().message, "Username or password is incorrect. Try again");
    let error: ErrorResponse = answer!("wrong_password");
    assert_eq!(error.texts().count(), 2);
    let error: TokenError = answer!("two_step_demanded");
    assert_eq!(error.two_factor_providers, ["0"]);
    let error: TokenError = answer!("bad_refresh_token");
    assert_eq!(error.error, "invalid_grant");
    let error: FrameworkError = answer!("framework_error");
    assert_eq!(error.error.code, 401);
    let error: TokenError = answer!("framework_error");
    assert_eq!(error.error, "");
}

#[test]
fn an_organization_of_the_profile_is_read() {
    let organization: ProfileOrganization = answer!("profile_organization");
    assert_eq!(organization.name, "Probe");
    assert_eq!(organization.kind, OrganizationUserType::Owner);
    assert_eq!(organization.product_tier_type, ProductTier::Enterprise);
    assert!(organization.use_2fa && organization.use_disable_sm_ads_for_users && !organization.use_scim);
    assert_eq!(organization.key, None);
}

#[test]
fn an_organization_is_read() {
    let organization: Organization = answer!("organization");
    assert_eq!((organization.plan_type, organization.seats), (PlanType::Custom, None));
}

#[test]
fn members_are_read() {
    let member: MemberRow = answer!("member");
    assert_eq!((member.status, member.permissions), (OrganizationUserStatus::Confirmed, None));
    assert_eq!(member.creation_date, None);
    let mini: MemberMini = answer!("member_mini");
    assert_eq!(mini.id, member.id);
}

#[test]
fn bulk_answers_are_read() {
    let keys: List<MemberPublicKey> = answer!("public_keys");
    assert_eq!(keys.data[0].key, None);
    let results: List<MemberBulkResult> = answer!("bulk_confirm");
    assert_eq!(results.data[0].error, "User in invalid state");
}

#[test]
fn collections_groups_and_policies_are_read() {
    let collection: CollectionRow = answer!("collection");
    assert!(collection.name.starts_with("2."));
    let group: GroupRow = answer!("group");
    assert_eq!(group.name, "Admins");
    let policies: List<PolicyStatus> = answer!("policies_none_set");
    assert!(policies.data.is_empty());
    let unset: PolicyStatus = answer!("policy_unset");
    assert!(!unset.enabled && unset.data.is_none());
    let policy: PolicyStatus = answer!("policy");
    assert_eq!((policy.kind, policy.enabled), (PolicyType::MasterPassword, true));
}

#[test]
fn an_event_with_half_its_fields_is_read() {
    let event: Event = answer!("event");
    assert_eq!(event.kind, EventType::OrganizationUpdated);
    assert_eq!(event.date.to_string(), "2026-11-22T02:53:20.481Z");
    assert_eq!(event.system_user, None);
}
