use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

/// The time of the play: that of the machine and an offset, which server and cores share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Time {
    offset: Arc<AtomicI64>,
}

impl Time {
    /// What the server's clock reads.
    pub(crate) fn offset(&self) -> Arc<AtomicI64> {
        self.offset.clone()
    }

    /// Milliseconds since 1970, in the play.
    pub(crate) fn now(&self) -> i64 {
        machine_now() + self.offset.load(Ordering::Relaxed)
    }

    /// Goes on to a moment; never back, since nothing that happened may be later than what follows.
    pub(crate) fn move_to(&self, moment: i64) {
        if moment > self.now() || self.offset.load(Ordering::Relaxed) == 0 {
            self.offset.store(moment - machine_now(), Ordering::Relaxed);
        }
    }

    /// Back to the time of the machine.
    pub(crate) fn return_to_present(&self) {
        self.offset.store(0, Ordering::Relaxed);
    }
}

/// Milliseconds since 1970 on the machine's clock.
pub(crate) fn machine_now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
