use std::collections::HashSet;
use std::hash::Hash;

use leptos::prelude::*;

/// The rows chosen in a table, by key. A handle that copies.
pub struct Selection<K: Send + Sync + 'static>(RwSignal<HashSet<K>>);

impl<K: Send + Sync + 'static> Clone for Selection<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K: Send + Sync + 'static> Copy for Selection<K> {}

impl<K: Copy + Eq + Hash + Send + Sync + 'static> Selection<K> {
    /// Nothing chosen.
    #[expect(clippy::new_without_default, reason = "every selection is another one, so none is the default")]
    pub fn new() -> Self {
        Self(RwSignal::new(HashSet::new()))
    }

    /// How many are chosen.
    pub fn count(self) -> u32 {
        self.0.with(|chosen| chosen.len() as u32)
    }

    /// The chosen keys, in no particular order.
    pub fn keys(self) -> Vec<K> {
        self.0.with_untracked(|chosen| chosen.iter().copied().collect())
    }

    /// Whether a row is chosen.
    pub fn has(self, key: K) -> bool {
        self.0.with(|chosen| chosen.contains(&key))
    }

    /// Chooses nothing.
    pub fn clear(self) {
        if self.0.with_untracked(|chosen| !chosen.is_empty()) {
            self.0.update(HashSet::clear);
        }
    }

    /// Chooses a row, or no longer.
    pub fn set(self, key: K, chosen: bool) {
        self.0.update(|all| {
            if chosen {
                all.insert(key);
            } else {
                all.remove(&key);
            }
        });
    }

    /// Chooses these too.
    pub fn add(self, keys: impl IntoIterator<Item = K>) {
        self.0.update(|all| all.extend(keys));
    }

    /// Chooses exactly these.
    pub fn replace(self, keys: impl IntoIterator<Item = K>) {
        self.0.set(keys.into_iter().collect());
    }

    /// Keeps only the chosen rows that pass.
    pub fn keep(self, pass: impl FnMut(&K) -> bool) {
        self.0.update(|all| all.retain(pass));
    }

    pub(super) fn has_untracked(self, key: K) -> bool {
        self.0.with_untracked(|chosen| chosen.contains(&key))
    }
}
