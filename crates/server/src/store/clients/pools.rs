//! The pools of seats a provider's clients draw from, one per plan (contract §8.4).

use portal_domain::{
    limits::MOST_SEATS,
    seats::{Pool, Preview},
};
use portal_wire::{PlanType, ProviderId};

use crate::{
    auth::ProviderMember,
    plan::PlanFacts,
    store::{Db, StoreError, Tx, row::Columns},
};

/// The pool of one plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanPool {
    /// The plan.
    pub plan: PlanType,
    /// Its seats.
    pub pool: Pool,
}

/// The provider's pools.
pub async fn of_provider(db: &mut Db, staff: &ProviderMember) -> Result<Vec<PlanPool>, StoreError> {
    all(db, staff.provider_id()).await
}

async fn all(db: &mut Db, provider: ProviderId) -> Result<Vec<PlanPool>, StoreError> {
    sqlx::query(
        "SELECT plan_type, seat_minimum, purchased_seats, allocated_seats FROM provider_plans \
         WHERE provider_id = $1 ORDER BY plan_type",
    )
    .bind(provider.to_string())
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        let unsigned =
            |column| u32::try_from(row.number(column)?).map_err(|_| StoreError::Unreadable { column });
        Ok(PlanPool {
            plan: PlanType::from_number(row.small("plan_type")?),
            pool: Pool {
                seat_minimum: unsigned("seat_minimum")?,
                assigned: unsigned("allocated_seats")?,
                purchased: unsigned("purchased_seats")?,
            },
        })
    })
    .collect()
}

/// What changing the seats of clients of this plan would do; `None` if the provider has no pool for it.
///
/// Plans of different generations that are called the same share a pool.
pub async fn preview(
    db: &mut Db,
    staff: &ProviderMember,
    plan: PlanType,
    change: i64,
) -> Result<Option<(PlanType, Preview)>, StoreError> {
    change_of(db, staff.provider_id(), plan, change).await
}

async fn change_of(
    db: &mut Db,
    provider: ProviderId,
    plan: PlanType,
    change: i64,
) -> Result<Option<(PlanType, Preview)>, StoreError> {
    let name = PlanFacts::of(plan).name;
    let pools = all(db, provider).await?;
    let pool = pools.iter().find(|pool| PlanFacts::of(pool.plan).name == name);
    Ok(pool.map(|pool| (pool.plan, pool.pool.preview(change))))
}

/// Whether a pool holds more seats than the numbers of the interface can say.
pub(super) fn overflows(preview: &Preview) -> bool {
    preview.after.assigned > MOST_SEATS
}

/// Keeps a pool as it is after a change.
pub(super) async fn keep(
    tx: &mut Tx,
    staff: &ProviderMember,
    pool: (PlanType, Preview),
) -> Result<(), StoreError> {
    write(tx, staff.provider_id(), pool).await
}

/// Gives the seats of a client that is no more back to the pool of its provider, whoever made an end of it.
pub(in crate::store) async fn free(
    tx: &mut Tx,
    provider: ProviderId,
    plan: PlanType,
    seats: i64,
) -> Result<(), StoreError> {
    match change_of(tx, provider, plan, -seats).await? {
        Some(pool) => write(tx, provider, pool).await,
        None => Ok(()),
    }
}

async fn write(
    tx: &mut Tx,
    provider: ProviderId,
    (plan, preview): (PlanType, Preview),
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE provider_plans SET allocated_seats = $1, purchased_seats = $2 \
         WHERE provider_id = $3 AND plan_type = $4",
    )
    .bind(i64::from(preview.after.assigned))
    .bind(i64::from(preview.after.purchased))
    .bind(provider.to_string())
    .bind(i64::from(plan.number()))
    .execute(&mut **tx)
    .await?;
    Ok(())
}
