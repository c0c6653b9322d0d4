//! Refusals.

#![allow(missing_docs, reason = "the fields carry Bitwarden's own names; those that need a word have one")]

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lenient::null_as_default;

/// Why a request was refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "error", rename_all = "camelCase")]
pub struct ErrorResponse {
    pub message: Option<String>,
    /// Texts by property, named as in Bitwarden's source (`BillingEmail`); the empty name stands for the whole.
    pub validation_errors: Option<BTreeMap<String, Vec<String>>>,
    pub exception_message: Option<String>,
    pub exception_stack_trace: Option<String>,
    pub inner_exception_message: Option<String>,
}

impl ErrorResponse {
    /// A refusal with one text.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: Some(message.into()), ..Self::default() }
    }

    /// Every text, the general one first.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let details = self.validation_errors.iter().flat_map(|errors| errors.values().flatten());
        self.message.iter().chain(details).map(String::as_str)
    }
}

/// The refusal of a server's framework, before the server itself was asked (Vaultwarden).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameworkError {
    pub error: FrameworkErrorDetails,
}

/// What the framework says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameworkErrorDetails {
    #[serde(default, deserialize_with = "null_as_default")]
    pub code: i32,
    #[serde(default, deserialize_with = "null_as_default")]
    pub reason: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub description: String,
}
