//! What time it is, for everything that is stamped or expires.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use portal_wire::Timestamp;

/// The server's clock: the machine's, or one that a test or the demo player moves.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self::default()
    }

    /// The machine's clock and so many milliseconds, which whoever holds `offset` may change at any time.
    pub fn adjustable(offset: Arc<AtomicI64>) -> Self {
        Self { offset: Some(offset) }
    }

    /// This moment.
    pub fn now(&self) -> Timestamp {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX);
        let offset = self.offset.as_ref().map_or(0, |offset| offset.load(Ordering::Relaxed));
        Timestamp(now).saturating_add(offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_adjustable_clock_moves_with_its_offset() {
        let offset = Arc::new(AtomicI64::new(-86_400_000));
        let clock = Clock::adjustable(offset.clone());
        let yesterday = clock.now();
        offset.store(0, Ordering::Relaxed);
        assert!(clock.now().0 - yesterday.0 >= 86_400_000);
    }
}
