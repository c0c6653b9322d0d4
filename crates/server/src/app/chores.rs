//! What is done beside answering requests: sending mail, billing, and forgetting what has expired.

use std::time::Duration;

use tokio::{
    sync::watch,
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

use super::{Context, Error};
use crate::{
    billing,
    mail::Sender,
    settings::Mode,
    store::{StoreError, events, rate_limits, sessions},
};

const DAY: i64 = 24 * 3_600_000;

/// So many events are deleted in one transaction: few enough that nobody who writes waits noticeably.
const EVENTS_AT_ONCE: u32 = 1_000;

/// The chores under way.
pub(super) struct Chores(JoinSet<()>);

impl Chores {
    /// Ends them. Each step of them is one transaction, so nothing is left half done.
    pub(super) async fn abort_all_and_wait(mut self) {
        self.0.shutdown().await;
    }
}

/// Starts them.
pub(super) fn start(context: Context, stopped: watch::Receiver<bool>) -> Result<Chores, Error> {
    let mut chores = JoinSet::new();
    if let Some(smtp) = &context.settings.smtp {
        chores.spawn(Sender::new(smtp)?.run(context.clone(), stopped));
    }
    chores.spawn(async move {
        let mut hourly = interval(Duration::from_secs(3_600));
        hourly.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            hourly.tick().await;
            if let Err(error) = bill(&context).await {
                tracing::warn!(%error, "providers could not be billed; trying again in an hour");
            }
            if let Err(error) = forget_expired(&context).await {
                tracing::warn!(%error, "what has expired could not be forgotten; trying again in an hour");
            }
        }
    });
    Ok(Chores(chores))
}

/// Bills what is due, where there are providers.
async fn bill(context: &Context) -> Result<(), StoreError> {
    match context.settings.mode {
        Mode::Provider => billing::run(context).await.map(drop),
        Mode::Owner => Ok(()),
    }
}

async fn forget_expired(context: &Context) -> Result<(), StoreError> {
    let now = context.clock.now();
    let mut tx = context.store.write().await?;
    rate_limits::forget_before(&mut tx, now.saturating_add(-2 * DAY)).await?;
    sessions::forget_ended(&mut tx, now).await?;
    tx.commit().await?;
    forget_old_events(context).await
}

/// Deletes the events that are older than the setting, in one small transaction after the other.
async fn forget_old_events(context: &Context) -> Result<(), StoreError> {
    let Some(kept) = context.settings.event_retention else { return Ok(()) };
    let before = context.clock.now().saturating_add(-kept.milliseconds());
    loop {
        let mut tx = context.store.write().await?;
        let deleted = events::forget_before(&mut tx, before, EVENTS_AT_ONCE).await?;
        tx.commit().await?;
        if deleted == 0 {
            return Ok(());
        }
    }
}
