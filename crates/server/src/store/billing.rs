//! What providers owe: the changes it is worked out from, where each one's billing stands, what was agreed, and the invoices.

pub mod changes;
pub mod clients;
pub mod counts;
pub mod cycles;
pub mod invoices;
pub mod issue;
pub mod terms;

use portal_domain::billing::{Amount, Day};
use portal_wire::Timestamp;
use sqlx::any::AnyRow;

use super::{StoreError, row::Columns};

/// Reading days and amounts, which the database keeps as numbers.
trait BillingColumns: Columns {
    /// A day, kept as its first millisecond.
    fn day(&self, column: &'static str) -> Result<Day, StoreError> {
        Ok(Day::of(self.moment(column)?))
    }

    /// An amount, kept in the smallest unit.
    fn amount(&self, column: &'static str) -> Result<Amount, StoreError> {
        Amount::new(self.number(column)?).map_err(|_| StoreError::Unreadable { column })
    }

    /// A number of seats.
    fn seats(&self, column: &'static str) -> Result<u32, StoreError> {
        u32::try_from(self.number(column)?).map_err(|_| StoreError::Unreadable { column })
    }
}

impl BillingColumns for AnyRow {}

/// A day as it is kept.
fn kept(day: Day) -> i64 {
    let Timestamp(moment) = day.midnight();
    moment
}
