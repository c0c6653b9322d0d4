//! Why signing in was refused.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::MasterPasswordPolicy;
use crate::lenient::null_as_default;

/// The refusal of the sign-in endpoint, always with status 400.
///
/// The server's own fields begin with capital letters; both cases are read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TokenError {
    /// Such as `invalid_grant` or `device_error`; empty where a server gives no code.
    #[serde(rename = "error", default, deserialize_with = "code")]
    pub error: String,
    /// More about the code.
    #[serde(rename = "error_description", skip_serializing_if = "Option::is_none")]
    pub error_description: Option<String>,
    /// The text for the person.
    #[serde(alias = "errorModel", skip_serializing_if = "Option::is_none")]
    pub error_model: Option<ErrorModel>,
    /// The ways to do the second step, as numbers in texts.
    #[serde(
        alias = "twoFactorProviders",
        default,
        deserialize_with = "null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub two_factor_providers: Vec<String>,
    /// The same ways, each with what its step needs.
    #[serde(
        alias = "twoFactorProviders2",
        default,
        deserialize_with = "null_as_default",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub two_factor_providers2: BTreeMap<String, Value>,
    /// What the organizations demand of a password.
    #[serde(alias = "masterPasswordPolicy", skip_serializing_if = "Option::is_none")]
    pub master_password_policy: Option<MasterPasswordPolicy>,
    /// For asking the server to mail a code.
    #[serde(
        rename = "SsoEmail2faSessionToken",
        alias = "ssoEmail2faSessionToken",
        skip_serializing_if = "Option::is_none"
    )]
    pub sso_email_2fa_session_token: Option<String>,
    /// Where a code would be mailed to.
    #[serde(alias = "email", skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Which single sign-on to use.
    #[serde(alias = "ssoOrganizationIdentifier", skip_serializing_if = "Option::is_none")]
    pub sso_organization_identifier: Option<String>,
}

/// The text for the person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "Object", rename = "error", rename_all = "PascalCase")]
pub struct ErrorModel {
    /// What went wrong.
    #[serde(alias = "message", default, deserialize_with = "null_as_default")]
    pub message: String,
}

/// Reads a code; some servers put an object where the code belongs, which says nothing about signing in.
fn code<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(code) => code,
        _ => String::new(),
    })
}
