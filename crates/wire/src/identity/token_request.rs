//! The form sent to the sign-in endpoint.

use serde::{Deserialize, Serialize};

use crate::redacted::redacted;

/// The fields of the form, whatever the grant. Every value is text; a field that is `None` is not sent.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TokenRequest {
    /// `password`, `refresh_token` or `client_credentials`.
    #[serde(rename = "grant_type")]
    pub grant_type: String,
    /// `web`, or `organization.<id>` and `user.<id>` for API keys.
    #[serde(rename = "client_id")]
    pub client_id: String,
    /// `api offline_access` for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The e-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// The hash of the master password, never the password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// For the refresh grant.
    #[serde(rename = "refresh_token", skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// An API key.
    #[serde(rename = "client_secret", skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    /// The number of a device type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_type: Option<String>,
    /// An id that stays the same for one installation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_identifier: Option<String>,
    /// Such as `firefox`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_name: Option<String>,
    /// For push messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_push_token: Option<String>,
    /// The code of the second step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub two_factor_token: Option<String>,
    /// The number of the provider the code comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub two_factor_provider: Option<String>,
    /// `1` if this device shall not be asked again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub two_factor_remember: Option<String>,
    /// The code from the mail about a new device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_device_otp: Option<String>,
    /// For signing in with another device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_request: Option<String>,
}

redacted!(TokenRequest);
