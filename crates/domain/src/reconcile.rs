//! Two people changed the same thing: what becomes of it.

/// A value two people may have changed: whoever changed it has it their way, and where both did, oneself.
pub fn value<T: PartialEq + Clone>(before: &T, mine: &T, theirs: &T) -> T {
    if mine == before { theirs.clone() } else { mine.clone() }
}

/// A set of keyed values two people may have changed, one key by the other. The order is theirs, then what is new.
pub fn entries<K: PartialEq + Clone, V: PartialEq + Clone>(
    before: &[(K, V)],
    mine: &[(K, V)],
    theirs: &[(K, V)],
) -> Vec<(K, V)> {
    let get =
        |all: &[(K, V)], key: &K| all.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone());
    let new = mine.iter().filter(|(key, _)| get(theirs, key).is_none());
    theirs
        .iter()
        .chain(new)
        .filter_map(|(key, _)| {
            let kept = value(&get(before, key), &get(mine, key), &get(theirs, key))?;
            Some((key.clone(), kept))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_changed_it_has_it_their_way() {
        assert_eq!(value(&1, &1, &2), 2);
        assert_eq!(value(&1, &3, &1), 3);
        assert_eq!(value(&1, &3, &2), 3, "what both changed is as the one who saves last wants it");
    }

    #[test]
    fn what_one_added_and_the_other_removed_both_happens() {
        let before = [("a", 1), ("b", 1)];
        let mine = [("a", 1), ("b", 1), ("c", 1)];
        let theirs = [("b", 2), ("d", 1)];
        assert_eq!(entries(&before, &mine, &theirs), [("b", 2), ("d", 1), ("c", 1)]);
    }

    proptest::proptest! {
        #[test]
        fn where_only_one_changed_anything_it_is_as_that_one_wants(
            before: std::collections::BTreeMap<u8, u8>,
            after: std::collections::BTreeMap<u8, u8>,
        ) {
            let (before, after): (Vec<_>, Vec<_>) = (before.into_iter().collect(), after.into_iter().collect());
            let sorted = |mut all: Vec<(u8, u8)>| { all.sort_unstable(); all };
            proptest::prop_assert_eq!(sorted(entries(&before, &after, &before)), after.clone());
            proptest::prop_assert_eq!(sorted(entries(&before, &before, &after)), after);
        }
    }
}
