//! Where each provider's billing stands.

use portal_domain::billing::{Amount, Cadence, Cycle, Day, Period};
use portal_wire::{ProviderId, ProviderStatus, ProviderType};

use super::{BillingColumns, kept};
use crate::store::{Db, StoreError, Tx, row::Columns};

/// Where a provider's billing stands.
#[derive(Clone, Copy, Debug)]
pub struct BillingCycle {
    /// The day from which all its periods are counted.
    pub anchor: Day,
    /// The first day for which no invoice was made.
    pub billed_until: Day,
    /// What was given back and not used up by an invoice yet.
    pub credit: Amount,
    /// The provider was suspended because it did not pay, and not by the operator.
    pub suspended_unpaid: bool,
}

impl BillingCycle {
    /// The month that is billed next, which may be under way; `None` at the end of the calendar.
    pub fn window(&self) -> Option<Period> {
        self.of(Cadence::Monthly).containing(self.billed_until)
    }

    /// The provider's periods of this length.
    pub fn of(&self, cadence: Cadence) -> Cycle {
        Cycle { anchor: self.anchor, cadence }
    }
}

/// Where the provider's billing stands; `None` before it is set up, and while nobody has looked since.
pub async fn of(db: &mut Db, provider: ProviderId) -> Result<Option<BillingCycle>, StoreError> {
    sqlx::query(
        "SELECT anchor, billed_until, credit, suspended_unpaid FROM billing_cycles WHERE provider_id = $1",
    )
    .bind(provider.to_string())
    .fetch_optional(db)
    .await?
    .map(|row| {
        Ok(BillingCycle {
            anchor: row.day("anchor")?,
            billed_until: row.day("billed_until")?,
            credit: row.amount("credit")?,
            suspended_unpaid: row.flag("suspended_unpaid")?,
        })
    })
    .transpose()
}

/// The providers that pay, in a steady order.
pub async fn paying(db: &mut Db) -> Result<Vec<ProviderId>, StoreError> {
    sqlx::query("SELECT id FROM providers WHERE status = $1 AND type IN ($2, $3) ORDER BY id")
        .bind(i64::from(ProviderStatus::Billable.number()))
        .bind(i64::from(ProviderType::Msp.number()))
        .bind(i64::from(ProviderType::BusinessUnit.number()))
        .fetch_all(db)
        .await?
        .iter()
        .map(|row| row.id("id"))
        .collect()
}

/// Counts the provider's periods from this day on, unless they are counted already.
pub(crate) async fn begin(tx: &mut Tx, provider: ProviderId, day: Day) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO billing_cycles (provider_id, anchor, billed_until, credit, suspended_unpaid) \
         VALUES ($1, $2, $2, 0, 0) ON CONFLICT (provider_id) DO NOTHING",
    )
    .bind(provider.to_string())
    .bind(kept(day))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes up to which day the provider is billed, and what is left of its credit.
pub(crate) async fn close(
    tx: &mut Tx,
    provider: ProviderId,
    until: Day,
    credit: Amount,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE billing_cycles SET billed_until = $1, credit = $2 WHERE provider_id = $3")
        .bind(kept(until))
        .bind(credit.minor())
        .bind(provider.to_string())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes whether the provider is suspended because it did not pay.
pub(crate) async fn set_suspended_unpaid(
    tx: &mut Tx,
    provider: ProviderId,
    unpaid: bool,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE billing_cycles SET suspended_unpaid = $1 WHERE provider_id = $2")
        .bind(i64::from(unpaid))
        .bind(provider.to_string())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
