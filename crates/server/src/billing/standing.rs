//! Whether a provider has paid, and what becomes of it if not (contract §3.6.1, §8.1).

use portal_domain::billing::{Day, Standing, standing};
use portal_wire::{ProviderId, Timestamp};

use crate::store::{
    Db, StoreError, Tx,
    billing::{cycles, invoices},
    providers::{self, details},
};

/// How a provider stands with its invoices.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Payment {
    /// How it stands.
    pub(crate) standing: Standing,
    /// The day after the last that the oldest unpaid invoice is for, if it is overdue.
    pub(crate) unpaid_until: Option<Day>,
    /// It is switched off, and that is why.
    pub(crate) suspended_unpaid: bool,
}

/// How a provider stands with its invoices today.
pub(crate) async fn payment(db: &mut Db, provider: ProviderId, today: Day) -> Result<Payment, StoreError> {
    let unpaid = invoices::unpaid(db, provider).await?;
    let standing = standing(unpaid.iter().map(|invoice| invoice.due), today, Standing::GRACE_BY_INVOICE);
    let oldest = unpaid.first().filter(|_| standing != Standing::Active);
    let suspended_unpaid = cycles::of(db, provider).await?.is_some_and(|cycle| cycle.suspended_unpaid);
    Ok(Payment { standing, unpaid_until: oldest.map(|invoice| invoice.window.end()), suspended_unpaid })
}

/// Suspends a provider whose grace has run out, and lets one work again that has paid. What the operator suspended stays so. The
/// provider is locked.
pub(crate) async fn enforce(tx: &mut Tx, provider: ProviderId, now: Timestamp) -> Result<(), StoreError> {
    let Some(found) = details::standing(tx, provider).await? else { return Ok(()) };
    let payment = payment(tx, provider, Day::of(now)).await?;
    let overdue = matches!(payment.standing, Standing::Suspended { .. });
    let enabled = match (found.enabled, overdue, payment.suspended_unpaid) {
        (true, true, _) => false,
        (false, false, true) => true,
        _ => return Ok(()),
    };
    providers::set_enabled(tx, provider, enabled, now).await?;
    cycles::set_suspended_unpaid(tx, provider, !enabled).await?;
    tracing::warn!(%provider, enabled, "a provider was switched on or off, as it has paid or not");
    Ok(())
}
