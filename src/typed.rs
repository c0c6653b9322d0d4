//! What is typed into the search field of a list: answered at once, and written into the address when it pauses.

use std::time::Duration;

use leptos::prelude::*;

use crate::live::{effect, memo};
use crate::router::{Router, use_router};

/// Browsers limit how often the address may be written.
const WRITE_AFTER: Duration = Duration::from_millis(250);

/// A key of the query that somebody types. A handle that copies.
#[derive(Clone, Copy)]
pub struct Typed {
    router: Router,
    key: &'static str,
    text: RwSignal<String>,
    pending: StoredValue<Option<TimeoutHandle>>,
}

impl Typed {
    /// Reads the key from the address, and follows it when it changes by itself.
    pub fn follow(key: &'static str) -> Self {
        let router = use_router();
        let in_address = memo(move || router.query(key).unwrap_or_default());
        let typed = Self {
            router,
            key,
            text: RwSignal::new(in_address.get_untracked()),
            pending: StoredValue::new(None),
        };
        effect(move || {
            let now = in_address.get();
            let idle = typed.pending.with_value(Option::is_none);
            if idle && typed.text.with_untracked(|text| *text != now) {
                typed.text.set(now);
            }
        });
        on_cleanup(move || typed.forget_pending());
        typed
    }

    /// What is typed now.
    pub fn text(self) -> Signal<String> {
        self.text.into()
    }

    /// Takes what was typed.
    pub fn set(self, text: String) {
        self.text.set(text);
        self.forget_pending();
        let write = move || {
            self.pending.set_value(None);
            let text = self.text.get_untracked();
            self.router.set_query(&[(self.key, (!text.is_empty()).then_some(text.as_str()))]);
        };
        self.pending.set_value(set_timeout_with_handle(write, WRITE_AFTER).ok());
    }

    /// Empties it, with other keys of the query if wanted.
    pub fn clear(self, also: &[&'static str]) {
        self.forget_pending();
        self.text.set(String::new());
        let mut changes = vec![(self.key, None)];
        changes.extend(also.iter().map(|key| (*key, None)));
        self.router.set_query(&changes);
    }

    fn forget_pending(self) {
        if let Some(handle) = self.pending.try_get_value().flatten() {
            handle.clear();
            self.pending.set_value(None);
        }
    }
}
