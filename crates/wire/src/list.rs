//! The list every classic endpoint answers with.

use serde::{Deserialize, Serialize};

use crate::lenient::null_as_default;

/// A page of rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "object",
    rename = "list",
    rename_all = "camelCase",
    bound(deserialize = "T: Deserialize<'de>")
)]
pub struct List<T> {
    /// The rows.
    #[serde(default, deserialize_with = "null_as_default")]
    pub data: Vec<T>,
    /// What to send to get the next page; the last page has none.
    pub continuation_token: Option<String>,
}

impl<T> List<T> {
    /// A list that is complete.
    pub fn complete(data: Vec<T>) -> Self {
        Self { data, continuation_token: None }
    }
}
