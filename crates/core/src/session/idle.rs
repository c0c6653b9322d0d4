use std::{cell::Cell, rc::Rc};

use crate::Core;

/// Locks when nobody works. Time is taken from the clock on the wall, so that sleep counts.
pub(crate) struct Idle {
    minutes: Cell<Option<u32>>,
    chosen: Cell<bool>,
    last_activity: Cell<i64>,
}

impl Default for Idle {
    fn default() -> Self {
        Self {
            minutes: Cell::new(Some(Self::DEFAULT_MINUTES)),
            chosen: Cell::new(false),
            last_activity: Cell::new(0),
        }
    }
}

impl Idle {
    const DEFAULT_MINUTES: u32 = 15;
    /// Timers stand still while the machine sleeps: looked at the clock at least this often.
    const LONGEST_SLEEP_MS: u32 = 20_000;

    /// Minutes until the lock; `None` is never.
    pub(crate) fn minutes(&self) -> Option<u32> {
        self.minutes.get()
    }

    /// Sets the minutes, for good.
    pub(crate) fn choose(&self, minutes: Option<u32>) {
        self.minutes.set(minutes);
        self.chosen.set(true);
    }

    /// Sets the minutes unless somebody chose already.
    pub(crate) fn suggest(&self, minutes: u32) {
        if !self.chosen.replace(true) {
            self.minutes.set(Some(minutes.clamp(1, 1_440)));
        }
    }

    /// Somebody worked just now.
    pub(crate) fn touch(&self, now_ms: i64) {
        self.last_activity.set(now_ms);
    }

    /// Milliseconds left; `None` is for ever.
    fn left(&self, now_ms: i64) -> Option<i64> {
        let limit = i64::from(self.minutes.get()?) * 60_000;
        Some(self.last_activity.get().saturating_add(limit).saturating_sub(now_ms))
    }
}

impl Core {
    /// Locks if nobody worked for too long.
    pub(crate) fn lock_if_idle(self: &Rc<Self>) {
        let now = self.platform.now_ms();
        if self.idle.left(now).is_some_and(|left| left <= 0) && self.open().is_ok() {
            self.lock();
        }
    }

    /// Work that gets on is work, though nobody touches a key: locking would end it and forget what came of it. What only
    /// waits for the network or the server does not come here, nor does what slept with the machine.
    pub(crate) fn note_work(self: &Rc<Self>) {
        self.lock_if_idle();
        self.idle.touch(self.platform.now_ms());
    }

    /// Watches the clock for as long as the session is open.
    pub(crate) fn start_idle_watch(self: &Rc<Self>) {
        self.idle.touch(self.platform.now_ms());
        let core = Rc::downgrade(self);
        let platform = self.platform.clone();
        self.spawn_in_session(async move {
            loop {
                let Some(left) = core.upgrade().map(|core| core.idle.left(platform.now_ms())) else { return };
                let longest = i64::from(Idle::LONGEST_SLEEP_MS);
                let sleep = left.unwrap_or(longest).clamp(1, longest);
                platform.sleep(u32::try_from(sleep).unwrap_or(Idle::LONGEST_SLEEP_MS)).await;
                match core.upgrade() {
                    Some(core) => core.lock_if_idle(),
                    None => return,
                }
            }
        });
    }
}
