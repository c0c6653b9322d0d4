//! How much happened when: the range cut into stretches of time.

use portal_bridge::{EventBar, Moment};

use super::{
    clock::{Clock, DAY_MS},
    columns::Columns,
    log::Range,
};

const MINUTE_MS: i64 = 60_000;
/// Most stretches a range is cut into.
const MOST: i64 = 100;
/// Lengths of stretches shorter than a day. In milliseconds.
const STEPS: [i64; 6] =
    [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS, 180 * MINUTE_MS, 360 * MINUTE_MS];
/// From this length on, a range is cut into days at least. In milliseconds.
const DAYS_FROM: i64 = 14 * DAY_MS;

/// A range in stretches, oldest first, with the rows in each: all of them, and those that are marked. Both newest first.
pub(super) fn bars(
    columns: &Columns,
    range: Range,
    clock: Clock<'_>,
    rows: &[u32],
    marked: &[u32],
) -> Vec<EventBar> {
    let edges = edges(range, clock);
    let count = |rows: &[u32], from: i64, to: i64| {
        let span = rows_within(columns, rows, from, to);
        u32::try_from(span.len()).unwrap_or(u32::MAX)
    };
    edges
        .windows(2)
        .filter_map(|pair| match pair {
            [from, next] => {
                let to = next - 1;
                Some(EventBar {
                    from: Moment(*from),
                    to: Moment(to),
                    count: count(rows, *from, to),
                    marked: count(marked, *from, to),
                })
            }
            _ => None,
        })
        .collect()
}

/// Which of rows, newest first, happened from one moment to another, both included.
pub(super) fn rows_within(columns: &Columns, rows: &[u32], from: i64, to: i64) -> std::ops::Range<usize> {
    let date = |row: &u32| columns.dates.get(*row as usize).copied().unwrap_or(i64::MIN);
    let first = rows.partition_point(|row| date(row) > to);
    let end = rows.partition_point(|row| date(row) >= from);
    first..end.max(first)
}

/// The beginnings of the stretches, and the millisecond after the last.
fn edges(range: Range, clock: Clock<'_>) -> Vec<i64> {
    let end = range.to + 1;
    let length = (end - range.from).max(1);
    let mut edges = vec![range.from];
    let short = STEPS.iter().find(|step| length / **step <= MOST).filter(|_| length < DAYS_FROM);
    if let Some(step) = short {
        // By the reader's clocks, which need not be whole hours away.
        let local = range.from + clock.offset(range.from);
        let mut next = local.div_euclid(*step) * step + step - clock.offset(range.from);
        while next < end {
            edges.push(next);
            next += step;
        }
    } else {
        let (first, last) = (clock.day_of(range.from), clock.day_of(range.to));
        let days = match last - first {
            0..MOST => 1,
            span => 7 * (span / (7 * MOST) + 1),
        };
        let mut day = first + days;
        while day <= last {
            edges.push(clock.start_of(day));
            day += days;
        }
    }
    edges.push(end);
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_780_056_000_000;

    fn lengths(span: i64) -> (usize, i64) {
        let edges = edges(Range { from: NOON - span, to: NOON - 1 }, Clock(&[]));
        assert!(edges.is_sorted() && edges.first() == Some(&(NOON - span)) && edges.last() == Some(&NOON));
        (edges.len() - 1, edges[2.min(edges.len() - 1)] - edges[1])
    }

    #[test]
    fn a_range_is_cut_into_as_many_stretches_as_can_be_told_apart() {
        assert_eq!(lengths(60 * MINUTE_MS), (60, MINUTE_MS));
        assert_eq!(lengths(8 * 60 * MINUTE_MS).1, 5 * MINUTE_MS);
        assert_eq!(lengths(DAY_MS), (96, 15 * MINUTE_MS));
        assert_eq!(lengths(3 * DAY_MS), (72, 60 * MINUTE_MS));
        assert_eq!(lengths(30 * DAY_MS).1, DAY_MS);
        assert_eq!(lengths(365 * DAY_MS).1, 7 * DAY_MS);
        for span in [1, 1_000, 3_650 * DAY_MS] {
            assert!((1..=110).contains(&lengths(span).0));
        }
    }
}
