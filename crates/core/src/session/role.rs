use std::{cell::Cell, rc::Rc};

use crate::Core;

/// When the roles were last read again because of a refusal.
#[derive(Default)]
struct Suspicion(Cell<Option<i64>>);

const PAUSE_MS: i64 = 30_000;

impl Core {
    /// After a refusal: one's role may have changed. Reads it again, at most twice a minute.
    pub(crate) fn suspect_role(self: &Rc<Self>) {
        if self.open().is_err() {
            return;
        }
        let last = self.stores.only::<Suspicion>();
        let now = self.platform.now_ms();
        if last.0.get().is_some_and(|last| now - last < PAUSE_MS) {
            return;
        }
        last.0.set(Some(now));
        let core = self.clone();
        self.spawn_in_session(async move {
            // What could not be read now is read with the next revision.
            let _ = core.reload_me().await;
        });
    }
}
