//! What a successful sign-in answers.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{enums::KdfType, lenient::null_as_default, redacted::redacted};

/// The answer of the sign-in endpoint.
///
/// The token's fields are in snake_case, the server's own begin with capital letters. Both cases of the first letter
/// are read, and every own field may be missing, as it is after a refresh.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TokenSuccess {
    /// Goes with every request.
    #[serde(rename = "access_token")]
    pub access_token: String,
    /// Seconds until the access token ends.
    #[serde(rename = "expires_in", default)]
    pub expires_in: i64,
    /// Always `Bearer`.
    #[serde(rename = "token_type", default)]
    pub token_type: String,
    /// Gets the next access token; only with the scope `offline_access`.
    #[serde(rename = "refresh_token", skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// What was granted.
    #[serde(rename = "scope", skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The user's key under the stretched master key (EncString type 2).
    #[serde(alias = "key", skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The RSA private key under the user's key.
    #[serde(alias = "privateKey", skip_serializing_if = "Option::is_none")]
    pub private_key: Option<String>,
    /// The private key in its newer form.
    #[serde(alias = "accountKeys", skip_serializing_if = "Option::is_none")]
    pub account_keys: Option<TokenAccountKeys>,
    /// How the master key is derived.
    #[serde(alias = "kdf", skip_serializing_if = "Option::is_none")]
    pub kdf: Option<KdfType>,
    /// Rounds of the derivation.
    #[serde(alias = "kdfIterations", skip_serializing_if = "Option::is_none")]
    pub kdf_iterations: Option<u32>,
    /// Memory in MiB, for Argon2id.
    #[serde(alias = "kdfMemory", skip_serializing_if = "Option::is_none")]
    pub kdf_memory: Option<u32>,
    /// Lanes, for Argon2id.
    #[serde(alias = "kdfParallelism", skip_serializing_if = "Option::is_none")]
    pub kdf_parallelism: Option<u32>,
    /// The password must be changed first.
    #[serde(alias = "forcePasswordReset", default, deserialize_with = "null_as_default")]
    pub force_password_reset: bool,
    /// What the organizations demand of a password.
    #[serde(alias = "masterPasswordPolicy", skip_serializing_if = "Option::is_none")]
    pub master_password_policy: Option<MasterPasswordPolicy>,
    /// How the vault can be unlocked.
    #[serde(alias = "userDecryptionOptions", skip_serializing_if = "Option::is_none")]
    pub user_decryption_options: Option<UserDecryptionOptions>,
    /// To be sent next time as the code of provider 5; only if remembering was asked for.
    #[serde(alias = "twoFactorToken", skip_serializing_if = "Option::is_none")]
    pub two_factor_token: Option<String>,
}

redacted!(TokenSuccess);

macro_rules! account_keys {
    ($(#[$doc:meta])* $name:ident, $tag:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(tag = $tag, rename = "privateKeys", rename_all = "camelCase")]
        pub struct $name {
            /// Signs for accounts of the second encryption version.
            pub signature_key_pair: Option<SignatureKeyPair>,
            /// The RSA key pair.
            pub public_key_encryption_key_pair: Option<PublicKeyEncryptionKeyPair>,
            /// What the account has committed to, signed.
            pub security_state: Option<SecurityState>,
        }
    };
}

account_keys! {
    /// A person's own keys, as the profile carries them.
    AccountKeys, "object"
}

account_keys! {
    /// A person's own keys, as the sign-in answer carries them: only `Object` has a capital letter.
    TokenAccountKeys, "Object"
}

/// The RSA key pair of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicKeyEncryptionKeyPair {
    /// Under the user's key.
    #[serde(default, deserialize_with = "null_as_default")]
    pub wrapped_private_key: String,
    /// Base64 of the SPKI form.
    #[serde(default, deserialize_with = "null_as_default")]
    pub public_key: String,
    /// For accounts of the second encryption version.
    pub signed_public_key: Option<String>,
}

/// The signature key pair of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignatureKeyPair {
    /// Under the user's key.
    #[serde(default, deserialize_with = "null_as_default")]
    pub wrapped_signing_key: String,
    /// The public half.
    #[serde(default, deserialize_with = "null_as_default")]
    pub verifying_key: String,
}

/// What an account has committed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityState {
    /// The signed state.
    pub security_state: Option<String>,
    /// Its version.
    #[serde(default)]
    pub security_version: i32,
}

/// What the organizations demand of a password.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "Object", rename = "masterPasswordPolicy", rename_all = "PascalCase")]
pub struct MasterPasswordPolicy {
    /// From 0 to 4.
    #[serde(alias = "minComplexity", skip_serializing_if = "Option::is_none")]
    pub min_complexity: Option<i32>,
    /// In characters.
    #[serde(alias = "minLength", skip_serializing_if = "Option::is_none")]
    pub min_length: Option<i32>,
    /// Needs a small letter.
    #[serde(alias = "requireLower", skip_serializing_if = "Option::is_none")]
    pub require_lower: Option<bool>,
    /// Needs a capital letter.
    #[serde(alias = "requireUpper", skip_serializing_if = "Option::is_none")]
    pub require_upper: Option<bool>,
    /// Needs a digit.
    #[serde(alias = "requireNumbers", skip_serializing_if = "Option::is_none")]
    pub require_numbers: Option<bool>,
    /// Needs a special character.
    #[serde(alias = "requireSpecial", skip_serializing_if = "Option::is_none")]
    pub require_special: Option<bool>,
    /// Checked whenever somebody signs in.
    #[serde(alias = "enforceOnLogin", skip_serializing_if = "Option::is_none")]
    pub enforce_on_login: Option<bool>,
}

/// How the vault can be unlocked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "Object", rename = "userDecryptionOptions", rename_all = "PascalCase")]
pub struct UserDecryptionOptions {
    /// There is a master password.
    #[serde(alias = "hasMasterPassword", default)]
    pub has_master_password: bool,
    /// With the master password.
    #[serde(alias = "masterPasswordUnlock", skip_serializing_if = "Option::is_none")]
    pub master_password_unlock: Option<MasterPasswordUnlock>,
    /// With a passkey.
    #[serde(alias = "webAuthnPrfOption", skip_serializing_if = "Option::is_none")]
    pub web_authn_prf_option: Option<Value>,
    /// With a device that is trusted.
    #[serde(alias = "trustedDeviceOption", skip_serializing_if = "Option::is_none")]
    pub trusted_device_option: Option<Value>,
    /// With a key the company keeps.
    #[serde(alias = "keyConnectorOption", skip_serializing_if = "Option::is_none")]
    pub key_connector_option: Option<Value>,
}

/// How the master password unlocks the vault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MasterPasswordUnlock {
    /// How the master key is derived.
    #[serde(alias = "kdf")]
    pub kdf: TokenKdf,
    /// The user's key under the stretched master key (EncString type 2).
    #[serde(
        alias = "masterKeyEncryptedUserKey",
        alias = "MasterKeyWrappedUserKey",
        alias = "masterKeyWrappedUserKey"
    )]
    pub master_key_encrypted_user_key: String,
    /// What the derivation is salted with.
    #[serde(alias = "salt")]
    pub salt: String,
}

/// How the master key is derived, in the spelling of the sign-in answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TokenKdf {
    /// The algorithm.
    #[serde(alias = "kdfType")]
    pub kdf_type: KdfType,
    /// Its rounds.
    #[serde(alias = "iterations")]
    pub iterations: u32,
    /// Memory in MiB, for Argon2id.
    #[serde(alias = "memory")]
    pub memory: Option<u32>,
    /// Lanes, for Argon2id.
    #[serde(alias = "parallelism")]
    pub parallelism: Option<u32>,
}
