//! A provider and its staff.

#![allow(missing_docs, reason = "the fields carry Bitwarden's own names; those that need a word have one")]

use serde::{Deserialize, Serialize};

use crate::{
    enums::{ProviderType, ProviderUserStatus, ProviderUserType},
    ids::{ProviderId, ProviderUserId, UserId},
    lenient::null_as_default,
    profile::Permissions,
    redacted::redacted,
    timestamp::Timestamp,
};

/// A provider's details. Whether it is enabled, and how far its setup has come, stands in the profile.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "provider", rename_all = "camelCase")]
pub struct Provider {
    pub id: ProviderId,
    /// `None` until the provider is set up.
    pub name: Option<String>,
    /// HTML-encoded even in answers, unlike every other name.
    pub business_name: Option<String>,
    pub business_address1: Option<String>,
    pub business_address2: Option<String>,
    pub business_address3: Option<String>,
    pub business_country: Option<String>,
    pub business_tax_number: Option<String>,
    pub billing_email: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub creation_date: Timestamp,
    #[serde(rename = "type")]
    pub kind: ProviderType,
}

/// What an admin can change; a business name left out is cleared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateProviderRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    pub business_name: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub billing_email: String,
}

/// What the first admin sends to set the provider up.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SetupProviderRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    pub business_name: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub billing_email: String,
    /// From the setup mail.
    #[serde(default, deserialize_with = "null_as_default")]
    pub token: String,
    /// The provider's key for the first admin's public key (EncString type 4).
    #[serde(default, deserialize_with = "null_as_default")]
    pub key: String,
    pub payment_method: Option<TokenizedPaymentMethod>,
    pub billing_address: Option<BillingAddress>,
}

/// A way to pay, as a token of the payment service.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenizedPaymentMethod {
    /// `card`, `bankAccount` or `payPal`.
    #[serde(rename = "type", default)]
    pub kind: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub token: String,
}

/// A postal address with an optional tax id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BillingAddress {
    /// Two letters.
    #[serde(default, deserialize_with = "null_as_default")]
    pub country: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub postal_code: String,
    pub line1: Option<String>,
    pub line2: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub tax_id: Option<TaxId>,
}

/// A tax id of one country's scheme.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaxId {
    #[serde(default, deserialize_with = "null_as_default")]
    pub code: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub value: String,
}

/// A token from the mail about deleting the provider.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteRecoverTokenRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub token: String,
}

/// One of the staff in the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "providerUserUserDetails", rename_all = "camelCase")]
pub struct StaffRow {
    /// The membership.
    pub id: ProviderUserId,
    /// `None` until the invitation is accepted.
    pub user_id: Option<UserId>,
    #[serde(rename = "type")]
    pub kind: ProviderUserType,
    pub status: ProviderUserStatus,
    #[serde(default, deserialize_with = "null_as_default")]
    pub permissions: Permissions,
    pub name: Option<String>,
    /// The person's address, or the invited one.
    #[serde(default, deserialize_with = "null_as_default")]
    pub email: String,
}

/// One of the staff, without name and address.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "providerUser", rename_all = "camelCase")]
pub struct StaffDetails {
    /// The membership.
    pub id: ProviderUserId,
    pub user_id: Option<UserId>,
    #[serde(rename = "type")]
    pub kind: ProviderUserType,
    pub status: ProviderUserStatus,
    #[serde(default, deserialize_with = "null_as_default")]
    pub permissions: Permissions,
}

/// Addresses to invite in one role.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InviteStaffRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub emails: Vec<String>,
    #[serde(rename = "type")]
    pub kind: ProviderUserType,
}

/// The staff a bulk action is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StaffIdsRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub ids: Vec<ProviderUserId>,
}

/// The token of an invitation.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AcceptStaffRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub token: String,
}

/// The provider's key for one person's public key (EncString type 4).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConfirmStaffRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub key: String,
}

/// The provider's key for several people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BulkConfirmStaffRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub keys: Vec<StaffKey>,
}

/// The provider's key for one of several people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StaffKey {
    pub id: ProviderUserId,
    #[serde(default, deserialize_with = "null_as_default")]
    pub key: String,
}

/// A new role.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateStaffRequest {
    #[serde(rename = "type")]
    pub kind: ProviderUserType,
}

/// The public key of one of the staff; only those who accepted are listed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "providerUserPublicKeyResponseModel", rename_all = "camelCase")]
pub struct StaffPublicKey {
    pub id: ProviderUserId,
    pub user_id: UserId,
    /// Base64 of the SPKI form.
    pub key: Option<String>,
}

/// How a bulk action went for one of the staff. Ids the server does not know are missing from the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "providerBulkConfirmResponseModel", rename_all = "camelCase")]
pub struct StaffBulkResult {
    pub id: ProviderUserId,
    /// Empty if it worked.
    #[serde(default, deserialize_with = "null_as_default")]
    pub error: String,
}

redacted!(SetupProviderRequest, TokenizedPaymentMethod, DeleteRecoverTokenRequest, AcceptStaffRequest);
