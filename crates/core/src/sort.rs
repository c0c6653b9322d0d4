//! Sorting through one program for all types: a general sort is some kilobytes for each type it is made for, and this
//! travels over the network.

use std::cmp::Ordering;

use portal_domain::search::fold;

/// Sorts, keeping the order of equals.
pub(crate) fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut order =
        order_of(items.len(), &mut |one, other| match (items.get(one as usize), items.get(other as usize)) {
            (Some(one), Some(other)) => compare(one, other),
            _ => Ordering::Equal,
        });
    arrange(&mut order, &mut |one, other| items.swap(one, other));
}

/// Brings things into an order by swapping two at a time: round each circle of places that wait for each other's thing.
#[inline(never)]
fn arrange(order: &mut [u32], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut place = start;
        while let Some(slot) = order.get_mut(place) {
            let from = std::mem::replace(slot, place as u32) as usize;
            if from == start || from == place {
                break;
            }
            swap(place, from);
            place = from;
        }
    }
}

/// Each once, in the order given.
pub(crate) fn once<T>(mut items: Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) -> Vec<T> {
    let mut compare = |one: u32, other: u32| match (items.get(one as usize), items.get(other as usize)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    };
    let order = order_of(items.len(), &mut compare);
    // Of equals the first comes first, and only that one differs from the one before it.
    let mut repeated = vec![false; items.len()];
    for pair in order.windows(2) {
        if let [before, this] = pair
            && compare(*before, *this) == Ordering::Equal
            && let Some(slot) = repeated.get_mut(*this as usize)
        {
            *slot = true;
        }
    }
    let mut repeated = repeated.into_iter();
    items.retain(|_| !repeated.next().unwrap_or_default());
    items
}

/// Each once, in the order of what they are called, with what that is.
pub(crate) fn once_by_name<T: Clone>(
    items: Vec<T>,
    compare: impl FnMut(&T, &T) -> Ordering,
    name: impl Fn(&T) -> String,
) -> (Vec<T>, Vec<String>) {
    let items = once(items, compare);
    let names: Vec<String> = items.iter().map(name).collect();
    let order = order_of_names(&names);
    let item = |at: &u32| items.get(*at as usize).cloned();
    let name = |at: &u32| names.get(*at as usize).cloned();
    (order.iter().filter_map(item).collect(), order.iter().filter_map(name).collect())
}

#[inline(never)]
fn order_of_names(names: &[String]) -> Vec<u32> {
    let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
    let name = |at: u32| folded.get(at as usize);
    order_of(names.len(), &mut |one, other| name(one).cmp(&name(other)))
}

/// The indices up to `count` in the order of what they stand for.
///
/// Merges ever longer sorted runs. The language's own sort is four kilobytes more; in WebAssembly it is as quick for 100,000
/// different values (some 20 ms), and two to three times as quick where few values repeat.
#[inline(never)]
pub(crate) fn order_of(count: usize, compare: &mut dyn FnMut(u32, u32) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
    let mut merged = Vec::with_capacity(order.len());
    let mut sorted = 1;
    while sorted < order.len() {
        for runs in order.chunks(sorted * 2) {
            let (mut left, mut right) = runs.split_at_checked(sorted).unwrap_or((runs, &[]));
            if let (Some(last), Some(first)) = (left.last(), right.first())
                && compare(*last, *first) != Ordering::Greater
            {
                merged.extend_from_slice(runs);
                continue;
            }
            while let (Some((one, left_rest)), Some((other, right_rest))) =
                (left.split_first(), right.split_first())
            {
                if compare(*one, *other) == Ordering::Greater {
                    merged.push(*other);
                    right = right_rest;
                } else {
                    merged.push(*one);
                    left = left_rest;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(&mut order, &mut merged);
        merged.clear();
        sorted *= 2;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_is_worked_off_by_name_however_it_was_handed_over() {
        let name = |number: &u8| ["zebra", "Ähre", "Mill", "acorn"][usize::from(*number)].to_owned();
        let expected = (vec![3, 1, 2, 0], ["acorn", "Ähre", "Mill", "zebra"].map(str::to_owned).to_vec());
        for given in [vec![0, 1, 2, 3, 0], vec![3, 0, 2, 1], vec![2, 3, 3, 1, 0]] {
            assert_eq!(once_by_name(given, u8::cmp, name), expected);
        }
    }

    proptest::proptest! {
        #[test]
        fn it_sorts_as_any_stable_sort_does(items: Vec<(u8, String)>) {
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by(&mut ours, |one, other| one.0.cmp(&other.0));
            theirs.sort_by_key(|item| item.0);
            proptest::prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn what_is_repeated_stays_where_it_was_first(items: Vec<u8>) {
            let mut seen = std::collections::HashSet::new();
            let expected: Vec<u8> = items.iter().copied().filter(|item| seen.insert(*item)).collect();
            proptest::prop_assert_eq!(once(items, |one, other| one.cmp(other)), expected);
        }
    }
}
