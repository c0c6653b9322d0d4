//! The pools of seats a provider's clients draw from, one per plan (contract §8.4).

use portal_domain::{
    limits::MOST_SEATS,
    seats::{Pool, Preview},
};
use portal_wire::{PlanType, ProviderId, Timestamp};

use crate::{
    auth::ProviderMember,
    plan::PlanFacts,
    store::{
        Db, StoreError, Tx,
        billing::changes::{self, SeatChange},
        row::Columns,
    },
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
    of(db, staff.provider_id()).await
}

/// The same for what the server does by itself.
pub(crate) async fn of(db: &mut Db, provider: ProviderId) -> Result<Vec<PlanPool>, StoreError> {
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
    preview_of(db, staff.provider_id(), plan, change).await
}

pub(in crate::store) async fn preview_of(
    db: &mut Db,
    provider: ProviderId,
    plan: PlanType,
    change: i64,
) -> Result<Option<(PlanType, Preview)>, StoreError> {
    let pool = of_plan(db, provider, plan).await?;
    Ok(pool.map(|pool| (pool.plan, pool.pool.preview(change))))
}

/// The pool that clients of this plan draw from: that of the plan which is called the same.
pub(in crate::store) async fn of_plan(
    db: &mut Db,
    provider: ProviderId,
    plan: PlanType,
) -> Result<Option<PlanPool>, StoreError> {
    let name = PlanFacts::of(plan).name;
    let pools = of(db, provider).await?;
    Ok(pools.into_iter().find(|pool| PlanFacts::of(pool.plan).name == name))
}

/// Whether a pool holds more seats than the numbers of the interface can say.
pub(in crate::store) fn overflows(preview: &Preview) -> bool {
    preview.after.assigned > MOST_SEATS
}

/// Keeps a change of a client's seats, and its pool as it is then. A client that is billed by itself is not in the pool.
pub(in crate::store) async fn keep(
    tx: &mut Tx,
    provider: ProviderId,
    change: SeatChange,
    after: &Preview,
    now: Timestamp,
) -> Result<(), StoreError> {
    if !change.alone {
        write(tx, provider, change.plan, after).await?;
    }
    changes::record(tx, provider, change, now).await
}

/// Takes back the seats of a client that its provider no longer has, whoever made an end of it. The plan is the client's own.
pub(in crate::store) async fn free(
    tx: &mut Tx,
    provider: ProviderId,
    change: SeatChange,
    now: Timestamp,
) -> Result<(), StoreError> {
    match preview_of(tx, provider, change.plan, change.by).await? {
        Some((plan, preview)) => keep(tx, provider, SeatChange { plan, ..change }, &preview, now).await,
        None => Ok(()),
    }
}

/// Keeps a pool as it is after a change.
pub(in crate::store) async fn write(
    tx: &mut Tx,
    provider: ProviderId,
    plan: PlanType,
    after: &Preview,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE provider_plans SET allocated_seats = $1, purchased_seats = $2 \
         WHERE provider_id = $3 AND plan_type = $4",
    )
    .bind(i64::from(after.after.assigned))
    .bind(i64::from(after.after.purchased))
    .bind(provider.to_string())
    .bind(i64::from(plan.number()))
    .execute(&mut **tx)
    .await?;
    Ok(())
}
