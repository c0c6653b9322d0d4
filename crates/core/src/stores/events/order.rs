//! The order of events: newest first; of one date, by log; of one log, as they came.

/// The order of all rows from the first that has to move on; nothing if every row stands where it belongs. Rows up to
/// `first` are in order already.
pub(super) fn merged_order(dates: &[i64], logs: &[u32], log_count: usize, first: usize) -> Option<Vec<u32>> {
    let come = order_of(dates, logs, log_count, first);
    let newest = *come.first()?;
    let before = |row: u32, other: u32| {
        let (row, other) = (row as usize, other as usize);
        let date = dates.get(row) > dates.get(other);
        date || dates.get(row) == dates.get(other) && logs.get(row) < logs.get(other)
    };
    // What stands before the newest that came stays.
    let stay = partition(first, |row| !before(newest, row));
    if stay == first && come.iter().zip(first..).all(|(row, place)| *row as usize == place) {
        return None;
    }
    let mut order = Vec::with_capacity(dates.len() - stay);
    let mut known = stay;
    for row in come {
        while known < first && !before(row, known as u32) {
            order.push(known as u32);
            known += 1;
        }
        order.push(row);
    }
    order.extend(known as u32..first as u32);
    Some(order)
}

/// The rows from `first` on in their order: sorted by digits, the least first, so that a million take some 20 ms.
fn order_of(dates: &[i64], logs: &[u32], log_count: usize, first: usize) -> Vec<u32> {
    let mut rows: Vec<u32> = (first as u32..dates.len() as u32).collect();
    let come = dates.get(first..).unwrap_or_default();
    let in_order = come.windows(2).all(|pair| matches!(pair, [one, other] if one >= other));
    if log_count < 2 && in_order {
        return rows;
    }
    let mut spare = vec![0; rows.len()];
    let logs = logs.get(first..).unwrap_or_default();
    // The first pages of all logs mostly come in the order of the logs.
    if !logs.is_sorted() {
        by_digits(&mut rows, &mut spare, first, logs, log_count as u64, &u64::from);
    }
    let newest = come.iter().max().copied().unwrap_or_default();
    let oldest = come.iter().min().copied().unwrap_or_default();
    by_digits(&mut rows, &mut spare, first, come, newest.abs_diff(oldest), &|date| newest.abs_diff(date));
    rows
}

/// Dates of a year then have three digits, and the places of all digits fit into the nearest cache.
const DIGIT_BITS: u32 = 12;
const DIGITS: usize = 1 << DIGIT_BITS;

/// Sorts the rows from `first` on by a key of at most `largest`, which is made of each one's value, keeping the order of
/// equals.
fn by_digits<T: Copy>(
    rows: &mut Vec<u32>,
    spare: &mut Vec<u32>,
    first: usize,
    values: &[T],
    largest: u64,
    key: &impl Fn(T) -> u64,
) {
    let mut shift = 0;
    while shift < u64::BITS && largest >> shift != 0 {
        let mut places = [0_u32; DIGITS];
        // How often each digit occurs is the same in any order, and this one is read fastest.
        for value in values {
            if let Some(place) = places.get_mut((key(*value) >> shift) as usize & (DIGITS - 1)) {
                *place += 1;
            }
        }
        let mut before = 0;
        for place in &mut places {
            before += std::mem::replace(place, before);
        }
        for row in rows.iter() {
            let Some(value) = values.get(*row as usize - first) else { continue };
            let Some(place) = places.get_mut((key(*value) >> shift) as usize & (DIGITS - 1)) else {
                continue;
            };
            if let Some(slot) = spare.get_mut(*place as usize) {
                *slot = *row;
            }
            *place += 1;
        }
        std::mem::swap(rows, spare);
        shift += DIGIT_BITS;
    }
}

/// The first of so many numbers for which something does not hold, if it holds for all before and none after.
fn partition(count: usize, holds: impl Fn(u32) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle as u32) { low = middle + 1 } else { high = middle }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_came_is_merged_into_what_was_there(
            parts in proptest::collection::vec(proptest::collection::vec((0_i64..40, 0_u32..5), 0..30), 1..5),
            wide: bool,
        ) {
            let scale = if wide { 1_i64 << 55 } else { 1 };
            let mut rows: Vec<(i64, u32, usize)> = Vec::new();
            let mut number = 0;
            for part in parts {
                let first = rows.len();
                for (date, log) in part {
                    rows.push(((date - 20) * scale, log, number));
                    number += 1;
                }
                let dates: Vec<i64> = rows.iter().map(|row| row.0).collect();
                let logs: Vec<u32> = rows.iter().map(|row| row.1).collect();
                if let Some(order) = merged_order(&dates, &logs, 5, first) {
                    let stay = rows.len() - order.len();
                    let moved: Vec<_> = order.iter().map(|row| rows[*row as usize]).collect();
                    rows.truncate(stay);
                    rows.extend(moved);
                }
                let mut sorted = rows.clone();
                sorted.sort_by_key(|(date, log, number)| (std::cmp::Reverse(*date), *log, *number));
                prop_assert_eq!(&rows, &sorted);
            }
        }
    }
}
