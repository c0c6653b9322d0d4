//! Opening an account.

use serde::{Deserialize, Serialize};

use super::{KdfSettings, PublicKeyEncryptionKeyPair, SecurityState, SignatureKeyPair};
use crate::{
    enums::KdfType,
    ids::{OrganizationUserId, ProviderUserId},
    lenient::null_as_default,
    redacted::redacted,
};

/// Asks for a token that proves the address. The answer is the token, or nothing if it was mailed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SendVerificationEmailRequest {
    /// Whose account it will be.
    #[serde(default, deserialize_with = "null_as_default")]
    pub email: String,
    /// What the person is called.
    pub name: Option<String>,
    /// Wants advertising.
    #[serde(default, deserialize_with = "null_as_default")]
    pub receive_marketing_emails: bool,
    /// Where the person came from.
    pub from_marketing: Option<String>,
}

/// Tells that the link in the mail was opened.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VerificationEmailClickedRequest {
    /// Whose account it will be.
    #[serde(default, deserialize_with = "null_as_default")]
    pub email: String,
    /// From the mail.
    #[serde(default, deserialize_with = "null_as_default")]
    pub email_verification_token: String,
}

/// Opens the account. The master password comes in the newer form (`master_password_authentication` and
/// `master_password_unlock`) or in the older one (the fields from `master_password_hash` to `kdf_parallelism`),
/// and exactly one token proves the address.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegisterFinishRequest {
    /// Whose account it will be.
    #[serde(default, deserialize_with = "null_as_default")]
    pub email: String,
    /// Shown to whoever forgot the password.
    pub master_password_hint: Option<String>,
    /// How the person will prove to know the password.
    pub master_password_authentication: Option<MasterPasswordAuthentication>,
    /// How the password will unlock the vault.
    pub master_password_unlock: Option<MasterPasswordUnlockData>,
    /// The hash of the master password.
    pub master_password_hash: Option<String>,
    /// The user's key under the stretched master key.
    pub user_symmetric_key: Option<String>,
    /// The algorithm of the derivation.
    pub kdf: Option<KdfType>,
    /// Its rounds.
    pub kdf_iterations: Option<u32>,
    /// Memory in MiB, for Argon2id.
    pub kdf_memory: Option<u32>,
    /// Lanes, for Argon2id.
    pub kdf_parallelism: Option<u32>,
    /// The RSA key pair.
    pub user_asymmetric_keys: Option<UserAsymmetricKeys>,
    /// The RSA key pair in its newer form.
    pub account_keys: Option<AccountKeysRequest>,
    /// The token of the verification mail.
    pub email_verification_token: Option<String>,
    /// The token of an invitation to an organization.
    pub org_invite_token: Option<String>,
    /// Whom that invitation is for.
    pub organization_user_id: Option<OrganizationUserId>,
    /// The token of an invitation to a provider.
    pub provider_invite_token: Option<String>,
    /// Whom that invitation is for.
    pub provider_user_id: Option<ProviderUserId>,
}

/// How a person proves to know the master password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MasterPasswordAuthentication {
    /// How the master key is derived.
    pub kdf: KdfSettings,
    /// The hash of the master password.
    pub master_password_authentication_hash: String,
    /// What the derivation is salted with.
    pub salt: String,
}

/// How the master password unlocks the vault.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MasterPasswordUnlockData {
    /// How the master key is derived.
    pub kdf: KdfSettings,
    /// The user's key under the stretched master key (EncString type 2).
    pub master_key_wrapped_user_key: String,
    /// What the derivation is salted with.
    pub salt: String,
    /// Names the key that is wrapped.
    pub contained_key_id: Option<String>,
}

/// A person's RSA key pair.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserAsymmetricKeys {
    /// Base64 of the SPKI form.
    #[serde(default, deserialize_with = "null_as_default")]
    pub public_key: String,
    /// Under the user's key (EncString type 2).
    #[serde(default, deserialize_with = "null_as_default")]
    pub encrypted_private_key: String,
}

/// A person's keys in the newer form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountKeysRequest {
    /// The private key under the user's key.
    pub user_key_encrypted_account_private_key: Option<String>,
    /// Base64 of the SPKI form.
    pub account_public_key: Option<String>,
    /// The same pair once more.
    pub public_key_encryption_key_pair: Option<PublicKeyEncryptionKeyPair>,
    /// For accounts of the second encryption version.
    pub signature_key_pair: Option<SignatureKeyPair>,
    /// For accounts of the second encryption version.
    pub security_state: Option<SecurityState>,
}

/// The account is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "registerFinish")]
pub struct RegisterFinished {}

redacted!(
    VerificationEmailClickedRequest,
    RegisterFinishRequest,
    MasterPasswordAuthentication,
    MasterPasswordUnlockData,
);
