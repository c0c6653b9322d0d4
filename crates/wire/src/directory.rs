//! The people and groups of a directory, by the organization's API key (contract §4.8).

#![allow(missing_docs, reason = "the fields carry Bitwarden's own names; those that need a word have one")]

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::lenient::null_as_default;

/// What the directory says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DirectoryImportRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub groups: Vec<DirectoryGroup>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub members: Vec<DirectoryMember>,
    /// Required. Members linked to the directory who are missing here are removed, owners excepted.
    pub overwrite_existing: Option<bool>,
    /// Without it, more than 2,000 groups or members are refused.
    #[serde(default, deserialize_with = "null_as_default")]
    pub large_import: bool,
}

/// A group of the directory.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DirectoryGroup {
    /// At most 100 characters.
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    /// At most 300 characters; may be sent as a number.
    #[serde(default, deserialize_with = "text_or_number")]
    pub external_id: String,
    /// External ids of members.
    #[serde(default, deserialize_with = "texts_or_numbers")]
    pub member_external_ids: Vec<String>,
}

/// A person of the directory.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DirectoryMember {
    /// Required unless the person is to be removed.
    pub email: Option<String>,
    /// At most 300 characters; may be sent as a number.
    #[serde(default, deserialize_with = "text_or_number")]
    pub external_id: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub deleted: bool,
}

fn as_text<E: serde::de::Error>(value: Value) -> Result<String, E> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        _ => Err(E::custom("a text or a number is needed here")),
    }
}

fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    as_text(Value::deserialize(deserializer)?)
}

fn texts_or_numbers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Option::<Vec<Value>>::deserialize(deserializer)?.unwrap_or_default().into_iter().map(as_text).collect()
}
