//! Reading columns as the types of [`portal_wire`].

use std::str::FromStr;

use portal_wire::Timestamp;
use sqlx::{Row as _, any::AnyRow};

use super::StoreError;

/// Typed access to a row by column name.
pub(crate) trait Columns {
    /// A text.
    fn text(&self, column: &'static str) -> Result<String, StoreError>;
    /// A text that may be missing.
    fn text_maybe(&self, column: &'static str) -> Result<Option<String>, StoreError>;
    /// A number.
    fn number(&self, column: &'static str) -> Result<i64, StoreError>;
    /// A number that may be missing.
    fn number_maybe(&self, column: &'static str) -> Result<Option<i64>, StoreError>;

    /// A number of the size enums and settings have.
    fn small(&self, column: &'static str) -> Result<i32, StoreError> {
        i32::try_from(self.number(column)?).map_err(|_| StoreError::Unreadable { column })
    }

    /// As [`Columns::small`], but it may be missing.
    fn small_maybe(&self, column: &'static str) -> Result<Option<i32>, StoreError> {
        self.number_maybe(column)?
            .map(|number| i32::try_from(number).map_err(|_| StoreError::Unreadable { column }))
            .transpose()
    }

    /// A flag, stored as 0 or 1.
    fn flag(&self, column: &'static str) -> Result<bool, StoreError> {
        Ok(self.number(column)? != 0)
    }

    /// A moment.
    fn moment(&self, column: &'static str) -> Result<Timestamp, StoreError> {
        self.number(column).map(Timestamp)
    }

    /// An id.
    fn id<T: FromStr>(&self, column: &'static str) -> Result<T, StoreError> {
        self.text(column)?.parse().map_err(|_| StoreError::Unreadable { column })
    }

    /// An id that may be missing.
    fn id_maybe<T: FromStr>(&self, column: &'static str) -> Result<Option<T>, StoreError> {
        self.text_maybe(column)?
            .map(|text| text.parse().map_err(|_| StoreError::Unreadable { column }))
            .transpose()
    }
}

impl Columns for AnyRow {
    fn text(&self, column: &'static str) -> Result<String, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn text_maybe(&self, column: &'static str) -> Result<Option<String>, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn number(&self, column: &'static str) -> Result<i64, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn number_maybe(&self, column: &'static str) -> Result<Option<i64>, StoreError> {
        Ok(self.try_get(column)?)
    }
}
