//! Long lists, which the database hands over as one JSON text.
//!
//! The driver allocates every value and passes on every row by itself; for a thousand clients that took several times as
//! long as reading them. One text costs one allocation, and JSON sees to escapes, numbers and missing values.
//!
//! Each engine has names of its own for the two functions it takes: the one place where they are spoken to differently.

use serde::{Deserialize, de::DeserializeOwned};
use sqlx::{Row as _, any::AnyRow};

use super::{Db, StoreError};

/// A query whose answer is one JSON array of rows, in the words of both engines. Made by [`json_rows`].
pub(super) struct JsonRows {
    pub(super) sqlite: &'static str,
    pub(super) postgres: &'static str,
}

/// A query for rows, each an array of these columns: `json_rows!("id, name"; "name"; "users WHERE …")`, with the columns, the
/// order, and what follows FROM. With two lists of columns, `"id, name", "key"`, a row is a pair of arrays.
macro_rules! json_rows {
    ($columns:expr; $order:literal; $from:expr) => {
        $crate::store::json_rows::JsonRows {
            sqlite: concat!(
                "SELECT json_group_array(json_array(",
                $columns,
                ") ORDER BY ",
                $order,
                ") FROM ",
                $from
            ),
            postgres: concat!(
                "SELECT CAST(json_agg(json_build_array(",
                $columns,
                ") ORDER BY ",
                $order,
                ") AS TEXT) FROM ",
                $from
            ),
        }
    };
    ($first:expr, $second:expr; $order:literal; $from:expr) => {
        $crate::store::json_rows::JsonRows {
            sqlite: concat!(
                "SELECT json_group_array(json_array(json_array(",
                $first,
                "), json_array(",
                $second,
                ")) ORDER BY ",
                $order,
                ") FROM ",
                $from
            ),
            postgres: concat!(
                "SELECT CAST(json_agg(json_build_array(json_build_array(",
                $first,
                "), json_build_array(",
                $second,
                ")) ORDER BY ",
                $order,
                ") AS TEXT) FROM ",
                $from
            ),
        }
    };
}
pub(super) use json_rows;

impl JsonRows {
    /// The query in the words of the engine behind this connection.
    pub(super) fn on(&self, db: &Db) -> &'static str {
        if db.backend_name() == "PostgreSQL" { self.postgres } else { self.sqlite }
    }
}

/// The rows of an answer. `what` names them if they cannot be read.
pub(super) fn read<T: DeserializeOwned>(answer: &AnyRow, what: &'static str) -> Result<Vec<T>, StoreError> {
    // PostgreSQL makes nothing of no rows, SQLite an empty array.
    let text: Option<String> = answer.try_get(0)?;
    let rows = text.map(|text| serde_json::from_str(&text)).transpose();
    Ok(rows.map_err(|_| StoreError::Unreadable { column: what })?.unwrap_or_default())
}

/// A flag, stored as 0 or 1.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(from = "i64")]
pub(super) struct Flag(pub(super) bool);

impl From<i64> for Flag {
    fn from(number: i64) -> Self {
        Self(number != 0)
    }
}
