//! An organization and its members.

#![allow(missing_docs, reason = "the fields carry Bitwarden's own names; those that need a word have one")]

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    enums::{OrganizationUserStatus, OrganizationUserType, PlanType, PolicyType, RevocationReason},
    ids::{CollectionId, GroupId, OrganizationId, OrganizationUserId, PolicyId, UserId},
    lenient::null_as_default,
    organization_view::organization_view,
    plan::Plan,
    profile::Permissions,
    redacted::redacted,
    timestamp::Timestamp,
};

organization_view! {
    /// An organization's settings and what its plan allows.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "object", rename = "organization", rename_all = "camelCase")]
    pub struct Organization {
        pub business_name: Option<String>,
        pub business_address1: Option<String>,
        pub business_address2: Option<String>,
        pub business_address3: Option<String>,
        pub business_country: Option<String>,
        pub business_tax_number: Option<String>,
        #[serde(default, deserialize_with = "null_as_default")]
        pub billing_email: String,
        pub plan: Option<Plan>,
        pub secrets_manager_plan: Option<Plan>,
        #[serde(default, deserialize_with = "null_as_default")]
        pub plan_type: PlanType,
        pub max_autoscale_seats: Option<i32>,
        pub sm_seats: Option<i32>,
        pub sm_service_accounts: Option<i32>,
        pub max_autoscale_sm_seats: Option<i32>,
        pub max_autoscale_sm_service_accounts: Option<i32>,
        /// Spelled differently here than in the profile.
        #[serde(default, alias = "useDisableSMAdsForUsers")]
        pub use_disable_sm_ads_for_users: bool,
    }
}

/// An organization that the caller is to own, where people make their own (contract §4.1).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateOrganizationRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub billing_email: String,
    /// Must be sent, and is not looked at.
    #[serde(default, deserialize_with = "null_as_default")]
    pub plan_type: PlanType,
    /// The organization's key for its owner (EncString type 4).
    #[serde(default, deserialize_with = "null_as_default")]
    pub key: String,
    /// May also be set later.
    pub keys: Option<KeyPair>,
    /// The name of the first collection under the organization's key (EncString type 2).
    #[serde(default, deserialize_with = "null_as_default")]
    pub collection_name: String,
}

/// What may be changed of an organization; `None` leaves it as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateOrganizationRequest {
    pub name: Option<String>,
    pub billing_email: Option<String>,
    pub keys: Option<KeyPair>,
}

/// Who may do what with collections; what is left out is switched off.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CollectionManagementRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub limit_collection_creation: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub limit_collection_deletion: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub limit_item_deletion: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub allow_admin_access_to_all_collection_items: bool,
}

/// An organization's key pair.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyPair {
    /// Base64 of the SPKI form.
    #[serde(default, deserialize_with = "null_as_default")]
    pub public_key: String,
    /// Under the organization's key (EncString type 2).
    #[serde(default, deserialize_with = "null_as_default")]
    pub encrypted_private_key: String,
}

/// An organization's public key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "organizationPublicKey", rename_all = "camelCase")]
pub struct OrganizationPublicKey {
    pub public_key: Option<String>,
}

/// A proof of identity for what is hard to undo: the hash of the master password, or a code.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VerifyRequest {
    pub master_password_hash: Option<String>,
    pub otp: Option<String>,
}

/// Just enough of a member to name the person in an event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "organizationUserUserMiniDetails", rename_all = "camelCase")]
pub struct MemberMini {
    /// The membership.
    pub id: OrganizationUserId,
    pub user_id: Option<UserId>,
    #[serde(rename = "type")]
    pub kind: OrganizationUserType,
    pub status: OrganizationUserStatus,
    pub name: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub email: String,
}

/// One member in the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "organizationUserUserDetails", rename_all = "camelCase")]
pub struct MemberRow {
    /// The membership.
    pub id: OrganizationUserId,
    pub user_id: Option<UserId>,
    #[serde(rename = "type")]
    pub kind: OrganizationUserType,
    pub status: OrganizationUserStatus,
    pub external_id: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub access_secrets_manager: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub access_pam: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Permissions>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub reset_password_enrolled: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub uses_key_connector: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_master_password: bool,
    pub name: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub email: String,
    pub avatar_color: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub two_factor_enabled: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub sso_bound: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub claimed_by_organization: bool,
    /// Empty unless asked for.
    #[serde(default, deserialize_with = "null_as_default")]
    pub collections: Vec<CollectionAccess>,
    /// Empty unless asked for.
    #[serde(default, deserialize_with = "null_as_default")]
    pub groups: Vec<GroupId>,
    pub revocation_reason: Option<RevocationReason>,
    pub creation_date: Option<Timestamp>,
}

/// How somebody may use one collection.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CollectionAccess {
    pub id: CollectionId,
    #[serde(default, deserialize_with = "null_as_default")]
    pub read_only: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub hide_passwords: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub manage: bool,
}

/// Addresses to invite in one role. The lists must be sent even if empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InviteMembersRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub emails: Vec<String>,
    #[serde(rename = "type")]
    pub kind: OrganizationUserType,
    #[serde(default, deserialize_with = "null_as_default")]
    pub access_secrets_manager: bool,
    pub permissions: Option<Permissions>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub collections: Vec<CollectionAccess>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub groups: Vec<GroupId>,
}

/// The members a bulk action is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberIdsRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub ids: Vec<OrganizationUserId>,
}

/// The token of an invitation.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AcceptMemberRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub token: String,
    /// The person's key for the organization's public key, where account recovery is automatic.
    pub reset_password_key: Option<String>,
}

/// The organization's key for one person's public key (EncString type 4).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConfirmMemberRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub key: String,
    pub default_user_collection_name: Option<String>,
}

/// The organization's key for several people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BulkConfirmMembersRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub keys: Vec<MemberKey>,
    pub default_user_collection_name: Option<String>,
}

/// The organization's key for one of several people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberKey {
    pub id: OrganizationUserId,
    #[serde(default, deserialize_with = "null_as_default")]
    pub key: String,
}

/// The public key of a member.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "organizationUserPublicKeyResponseModel", rename_all = "camelCase")]
pub struct MemberPublicKey {
    pub id: OrganizationUserId,
    pub user_id: UserId,
    /// `None` for somebody who has not registered yet.
    pub key: Option<String>,
}

/// How a bulk action went for one member. Ids the server does not know are missing from the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "OrganizationBulkConfirmResponseModel", rename_all = "camelCase")]
pub struct MemberBulkResult {
    pub id: OrganizationUserId,
    /// Empty if it worked.
    #[serde(default, deserialize_with = "null_as_default")]
    pub error: String,
}

/// A collection in the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "collection", rename_all = "camelCase")]
pub struct CollectionRow {
    pub id: CollectionId,
    pub organization_id: OrganizationId,
    /// Under the organization's key (EncString type 2).
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    pub external_id: Option<String>,
    /// 0 shared, 1 somebody's default collection.
    #[serde(rename = "type", default)]
    pub kind: i32,
    pub default_user_collection_email: Option<String>,
}

/// A group in the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "group", rename_all = "camelCase")]
pub struct GroupRow {
    pub id: GroupId,
    pub organization_id: OrganizationId,
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    pub external_id: Option<String>,
}

/// How one policy is set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "policy", rename_all = "camelCase")]
pub struct PolicyStatus {
    /// Only some answers carry it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<PolicyId>,
    pub organization_id: OrganizationId,
    #[serde(rename = "type")]
    pub kind: PolicyType,
    pub data: Option<Value>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub can_toggle_state: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision_date: Option<Timestamp>,
}

redacted!(VerifyRequest, AcceptMemberRequest);
