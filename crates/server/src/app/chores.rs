//! What is done beside answering requests: sending mail, and forgetting what has expired.

use std::time::Duration;

use tokio::{
    sync::watch,
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

use super::{Context, Error};
use crate::{
    mail::Sender,
    store::{StoreError, rate_limits, sessions},
};

const DAY: i64 = 24 * 3_600_000;

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
            if let Err(error) = forget_expired(&context).await {
                tracing::warn!(%error, "what has expired could not be forgotten; trying again in an hour");
            }
        }
    });
    Ok(Chores(chores))
}

async fn forget_expired(context: &Context) -> Result<(), StoreError> {
    let now = context.clock.now();
    let mut tx = context.store.write().await?;
    rate_limits::forget_before(&mut tx, now.saturating_add(-2 * DAY)).await?;
    sessions::forget_ended(&mut tx, now).await?;
    tx.commit().await
}
