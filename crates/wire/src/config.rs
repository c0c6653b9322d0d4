//! What the server is.

#![allow(missing_docs, reason = "the fields carry Bitwarden's own names; those that need a word have one")]

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::lenient::null_as_default;

/// What the server tells about itself to anybody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "config", rename_all = "camelCase")]
pub struct Config {
    /// The version of Bitwarden's server it is, or imitates.
    pub version: Option<String>,
    pub git_hash: Option<String>,
    /// Set by servers that are not Bitwarden's.
    pub server: Option<ServerName>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub environment: Environment,
    #[serde(default, deserialize_with = "null_as_default")]
    pub feature_states: BTreeMap<String, Value>,
    pub push: Option<Value>,
    pub communication: Option<Value>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub settings: ServerSettings,
    /// What the portal's own server can do beyond Bitwarden's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub portal: Option<Value>,
}

/// The server's own name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServerName {
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    pub url: Option<String>,
}

/// Where the server's services are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Environment {
    pub cloud_region: Option<String>,
    pub vault: Option<String>,
    pub api: Option<String>,
    pub identity: Option<String>,
    pub notifications: Option<String>,
    pub sso: Option<String>,
}

/// How the server is set up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServerSettings {
    #[serde(default, deserialize_with = "null_as_default")]
    pub disable_user_registration: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub suppress_onboarding_interstitials: bool,
}
