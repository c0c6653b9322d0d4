//! Turning two-step login on and off.

#![allow(missing_docs, reason = "the fields carry Bitwarden's own names; those that need a word have one")]

use serde::{Deserialize, Serialize};

use crate::{
    enums::TwoFactorProvider, lenient::null_as_default, organization::VerifyRequest, redacted::redacted,
};

/// Asks for the secret of an authenticator app; the body of `POST /two-factor/get-authenticator`.
pub type GetAuthenticatorRequest = VerifyRequest;

/// The secret of an authenticator app, new if two-step login is off.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "twoFactorAuthenticator", rename_all = "camelCase")]
pub struct Authenticator {
    #[serde(default, deserialize_with = "null_as_default")]
    pub enabled: bool,
    /// Base32.
    #[serde(default, deserialize_with = "null_as_default")]
    pub key: String,
    /// To be sent back instead of another proof of identity.
    pub user_verification_token: Option<String>,
}

/// Turns the authenticator app on; the body of `PUT /two-factor/authenticator`.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EnableAuthenticatorRequest {
    /// A current code, as the proof that the app works.
    #[serde(default, deserialize_with = "null_as_default")]
    pub token: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub key: String,
    pub user_verification_token: Option<String>,
    pub master_password_hash: Option<String>,
    pub otp: Option<String>,
}

/// Turns the authenticator app off; the body of `DELETE /two-factor/authenticator`.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DisableAuthenticatorRequest {
    #[serde(rename = "type")]
    pub kind: TwoFactorProvider,
    #[serde(default, deserialize_with = "null_as_default")]
    pub key: String,
    pub user_verification_token: Option<String>,
    pub master_password_hash: Option<String>,
    pub otp: Option<String>,
}

/// Turns one way of two-step login off; the body of `PUT /two-factor/disable`.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DisableTwoFactorRequest {
    #[serde(rename = "type")]
    pub kind: TwoFactorProvider,
    pub master_password_hash: Option<String>,
    pub otp: Option<String>,
}

/// Whether one way of two-step login is on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "twoFactorProvider", rename_all = "camelCase")]
pub struct TwoFactorStatus {
    #[serde(rename = "type")]
    pub kind: TwoFactorProvider,
    #[serde(default, deserialize_with = "null_as_default")]
    pub enabled: bool,
}

/// The code that turns two-step login off.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "twoFactorRecover", rename_all = "camelCase")]
pub struct RecoveryCode {
    pub code: Option<String>,
}

redacted!(
    Authenticator,
    EnableAuthenticatorRequest,
    DisableAuthenticatorRequest,
    DisableTwoFactorRequest,
    RecoveryCode
);
