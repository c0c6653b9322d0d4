//! Every change of a client's seats, by day.

use portal_domain::billing::{Change, Day};
use portal_wire::{OrganizationId, PlanType, ProviderId, Timestamp};

use super::{BillingColumns, cycles, kept};
use crate::store::{Db, StoreError, Tx, row::Columns};

/// Seats that a client has more, or fewer, from now on.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct SeatChange {
    /// The client.
    pub organization: OrganizationId,
    /// The plan by which it is billed: that of its pool.
    pub plan: PlanType,
    /// It is billed by itself and not out of the pool.
    pub alone: bool,
    /// Seats more; negative if fewer.
    pub by: i64,
}

/// Keeps a change, in the transaction that makes it and under the provider's lock.
///
/// It is dated today, but never before a change of the same client, nor on a day for which an invoice was made already: whoever
/// waited over midnight for the lock, or has a clock that is slow, would take seats away before they came, or change what is billed.
pub(in crate::store) async fn record(
    tx: &mut Tx,
    provider: ProviderId,
    change: SeatChange,
    now: Timestamp,
) -> Result<(), StoreError> {
    if change.by == 0 {
        return Ok(());
    }
    let billed_until = cycles::of(tx, provider).await?.map(|cycle| cycle.billed_until);
    let last = last_day(tx, provider, &change).await?;
    let day = [billed_until, last].into_iter().flatten().fold(Day::of(now), Day::max);
    sqlx::query(
        "INSERT INTO seat_changes (provider_id, organization_id, plan_type, alone, day, seats) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (provider_id, organization_id, plan_type, alone, day) \
         DO UPDATE SET seats = seat_changes.seats + excluded.seats",
    )
    .bind(provider.to_string())
    .bind(change.organization.to_string())
    .bind(i64::from(change.plan.number()))
    .bind(i64::from(change.alone))
    .bind(kept(day))
    .bind(change.by)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The day of the client's last change.
async fn last_day(db: &mut Db, provider: ProviderId, change: &SeatChange) -> Result<Option<Day>, StoreError> {
    let row = sqlx::query(
        "SELECT MAX(day) AS day FROM seat_changes \
         WHERE provider_id = $1 AND organization_id = $2 AND plan_type = $3 AND alone = $4",
    )
    .bind(provider.to_string())
    .bind(change.organization.to_string())
    .bind(i64::from(change.plan.number()))
    .bind(i64::from(change.alone))
    .fetch_one(db)
    .await?;
    Ok(row.number_maybe("day")?.map(|day| Day::of(Timestamp(day))))
}

/// What changed in the pool of each plan, by day.
pub async fn of_pools(db: &mut Db, provider: ProviderId) -> Result<Vec<(PlanType, Change)>, StoreError> {
    sqlx::query(
        "SELECT plan_type, day, CAST(SUM(seats) AS BIGINT) AS seats FROM seat_changes \
         WHERE provider_id = $1 AND alone = 0 GROUP BY plan_type, day ORDER BY plan_type, day",
    )
    .bind(provider.to_string())
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        let change = Change { day: row.day("day")?, by: row.number("seats")? };
        Ok((PlanType::from_number(row.small("plan_type")?), change))
    })
    .collect()
}

/// What changed with each client that is, or was, billed by itself.
pub async fn of_clients_alone(
    db: &mut Db,
    provider: ProviderId,
) -> Result<Vec<(OrganizationId, PlanType, Change)>, StoreError> {
    sqlx::query(
        "SELECT organization_id, plan_type, day, seats FROM seat_changes \
         WHERE provider_id = $1 AND alone = 1 ORDER BY organization_id, plan_type, day",
    )
    .bind(provider.to_string())
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        let change = Change { day: row.day("day")?, by: row.number("seats")? };
        Ok((row.id("organization_id")?, PlanType::from_number(row.small("plan_type")?), change))
    })
    .collect()
}
