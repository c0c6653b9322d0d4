//! What was agreed, as data: prices of plans and discounts by volume. What stands in the database is checked before it is used.

use portal_domain::billing::{Amount, Currency, Price, PriceTable, Rate, Tier, Tiers};
use portal_wire::PlanType;

use super::BillingColumns;
use crate::store::{Db, StoreError, Tx, row::Columns};

/// The prices of the plans that can be bought, in dollars.
pub async fn prices(db: &mut Db) -> Result<PriceTable, StoreError> {
    let rows = sqlx::query("SELECT plan_type, seat_price, provider_seat_price FROM plan_prices")
        .fetch_all(db)
        .await?;
    let mut prices = Vec::with_capacity(rows.len());
    for row in &rows {
        let price = Price {
            seat: row.amount("seat_price")?,
            provider_seat: row.amount("provider_seat_price")?,
            ..Price::default()
        };
        prices.push((PlanType::from_number(row.small("plan_type")?), price));
    }
    PriceTable::new(Currency::USD, prices).map_err(|_| StoreError::Unreadable { column: "seat_price" })
}

/// Agrees on what a seat of a plan costs a provider; what an organization pays that buys it itself stays, or is the same at first.
pub(crate) async fn set_provider_price(tx: &mut Tx, plan: PlanType, price: Amount) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO plan_prices (plan_type, seat_price, provider_seat_price) VALUES ($1, $2, $2) \
         ON CONFLICT (plan_type) DO UPDATE SET provider_seat_price = excluded.provider_seat_price",
    )
    .bind(i64::from(plan.number()))
    .bind(price.minor())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The discounts by volume.
pub async fn tiers(db: &mut Db) -> Result<Tiers, StoreError> {
    let rows = sqlx::query("SELECT from_seats, discount FROM discount_tiers ORDER BY from_seats")
        .fetch_all(db)
        .await?;
    let mut tiers = Vec::with_capacity(rows.len());
    for row in &rows {
        let discount = Rate::from_millionths(row.small("discount")?)
            .map_err(|_| StoreError::Unreadable { column: "discount" })?;
        tiers.push(Tier { from_seats: row.seats("from_seats")?, discount });
    }
    Tiers::new(tiers).map_err(|_| StoreError::Unreadable { column: "discount" })
}

/// Replaces the discounts.
pub(crate) async fn set_tiers(tx: &mut Tx, tiers: &Tiers) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM discount_tiers").execute(&mut **tx).await?;
    for tier in tiers.rows() {
        sqlx::query("INSERT INTO discount_tiers (from_seats, discount) VALUES ($1, $2)")
            .bind(i64::from(tier.from_seats))
            .bind(i64::from(tier.discount.millionths()))
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
