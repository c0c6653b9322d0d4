//! Billing that runs by the clock: a count of seats each day, invoices when a period is over, suspension of who does not pay.
//!
//! A provider's periods are counted from the day it was set up. When a month of them is over, an invoice is made of what the month
//! owes: minimums of the periods that began in it, by the month and by the year, and every change of seats for the days left. What
//! a month owes is known for certain only then. A server that was down catches up, one month after the other.
//!
//! Every step is one transaction under the provider's lock, and looks again at what is left to do once it has the lock: several
//! processes on one database do it once.

mod account;
mod draw;
mod standing;

use portal_domain::billing::{ChargeError, Day, LevelError, TooMuch};
use portal_wire::ProviderId;

pub use account::Account;
pub(crate) use standing::{Payment, enforce, payment};

use crate::{
    app::Context,
    store::{
        StoreError,
        billing::{counts, cycles},
        providers::details::lock,
    },
};

/// Why something cannot be billed. Nothing of it is a caller's fault.
#[derive(Debug, thiserror::Error)]
pub enum BillingError {
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A plan has no price, or there is more to pay than can be worked with.
    #[error(transparent)]
    Charge(#[from] ChargeError),
    /// It is more than can be worked with.
    #[error(transparent)]
    TooMuch(#[from] TooMuch),
    /// The changes of seats that were kept do not add up.
    #[error("the seats that were kept do not add up: {0}")]
    Levels(#[from] LevelError),
}

/// Does all that is due by now, and tells for how many providers it could not. Each failure is logged and holds up no other provider.
pub async fn run(context: &Context) -> Result<usize, StoreError> {
    let providers = cycles::paying(&mut *context.store.read().await?).await?;
    let mut failed = 0;
    for provider in providers {
        let done = run_for(context, provider).await;
        // Counted also where nothing can be billed: the day does not come again.
        let counted = count(context, provider).await;
        if let Err(error) = done.and(counted) {
            failed += 1;
            tracing::error!(%provider, %error, "a provider could not be billed; trying again in an hour");
        }
    }
    Ok(failed)
}

/// Keeps what every client has and uses, once a day. It needs no lock: whoever notes the day first counts.
async fn count(context: &Context, provider: ProviderId) -> Result<(), BillingError> {
    let mut tx = context.store.write().await?;
    counts::count(&mut tx, provider, Day::of(context.clock.now())).await?;
    Ok(tx.commit().await?)
}

async fn run_for(context: &Context, provider: ProviderId) -> Result<(), BillingError> {
    let now = context.clock.now();
    loop {
        let mut tx = context.store.write().await?;
        lock(&mut tx, provider).await?;
        // One that was set up before there was billing is billed from today on.
        cycles::begin(&mut tx, provider, Day::of(now)).await?;
        let done = draw::next_invoice(&mut tx, provider, now).await?;
        if !done {
            enforce(&mut tx, provider, now).await?;
        }
        tx.commit().await?;
        if !done {
            return Ok(());
        }
    }
}
