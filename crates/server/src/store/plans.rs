//! What plans cost.

use std::collections::HashMap;

use portal_wire::PlanType;

use super::{Db, StoreError, row::Columns};

/// The price of a seat in cents, for the length of the plan's period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// When an organization buys it itself.
    pub seat: i64,
    /// When a provider buys it.
    pub provider_seat: i64,
}

/// The prices of the plans that can be bought.
pub async fn prices(db: &mut Db) -> Result<HashMap<PlanType, Price>, StoreError> {
    sqlx::query("SELECT plan_type, seat_price, provider_seat_price FROM plan_prices")
        .fetch_all(db)
        .await?
        .iter()
        .map(|row| {
            let price =
                Price { seat: row.number("seat_price")?, provider_seat: row.number("provider_seat_price")? };
            Ok((PlanType::from_number(row.small("plan_type")?), price))
        })
        .collect()
}
