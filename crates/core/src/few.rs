//! A map of few entries, looked through from the start.

use std::borrow::Borrow;

/// Up to some hundred entries, found by comparing keys one by one. A hash map is a kilobyte of code and more for each pair
/// of types it is made for, and this travels over the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Few<K, V>(Vec<(K, V)>);

impl<K, V> Default for Few<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: PartialEq, V> Few<K, V> {
    /// The value of a key.
    pub(crate) fn get<Q: PartialEq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.0.iter().find(|(known, _)| known.borrow() == key).map(|(_, value)| value)
    }

    /// Gives a key this value, whatever it had before.
    pub(crate) fn insert(&mut self, key: K, value: V) {
        self.remove(&key);
        self.0.push((key, value));
    }

    /// The value of a key, which is forgotten by that.
    pub(crate) fn take(&mut self, key: &K) -> Option<V> {
        let place = self.0.iter().position(|(known, _)| known == key)?;
        Some(self.0.swap_remove(place).1)
    }

    /// Forgets a key.
    pub(crate) fn remove(&mut self, key: &K) {
        self.0.retain(|(known, _)| known != key);
    }

    /// Forgets every key.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Every value.
    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }
}

impl<K: PartialEq, V> FromIterator<(K, V)> for Few<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_the_last_value_it_was_given() {
        let mut few = Few::default();
        few.insert("one", 1);
        few.insert("two", 2);
        few.insert("one", 3);
        assert_eq!((few.get("one"), few.get("two"), few.get("three")), (Some(&3), Some(&2), None));
        few.remove(&"two");
        assert_eq!((few.get("two"), few.values().count()), (None, 1));
        few.clear();
        assert_eq!(few.get("one"), None);
    }
}
