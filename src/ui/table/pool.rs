//! Which row stands at which place of the pool.

/// Rows kept ready above and below what is seen.
const OVERSCAN: u32 = 8;

/// At most so many rows are in the document, whatever the length of the list and the height of the screen; with the head
/// that makes sixty.
pub(super) const MOST: u32 = 59;

/// The least a row is high; the pool is made for it.
pub(super) const SMALLEST_ROW: f64 = 36.0;

/// What is seen of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sight {
    /// First row in the document.
    pub(super) first: u32,
    /// One after the last.
    pub(super) end: u32,
}

/// The rows that belong into the document: those that are seen, with or without those kept ready around them.
pub(super) fn sight(scrolled: f64, height: f64, row: f64, count: u32, places: u32, ready: bool) -> Sight {
    let row = row.max(1.0);
    let seen = seen(height, row).min(places);
    let around = if ready { OVERSCAN.min((places - seen) / 2) } else { 0 };
    let first = ((scrolled / row).max(0.0) as u32).min(count.saturating_sub(1)).saturating_sub(around);
    let end = first.saturating_add(seen + 2 * around).min(count);
    Sight { first, end }
}

/// How many rows a height can show, the cut ones at both ends included.
pub(super) fn seen(height: f64, row: f64) -> u32 {
    ((height / row.max(1.0)).ceil() as u32 + 1).min(MOST)
}

/// The row at a place: the one of those in sight that is congruent to it, so that a row keeps its place while it stays in
/// sight, and its focus with it.
pub(super) fn row_at(place: u32, places: u32, sight: Sight) -> Option<u32> {
    let places = places.max(1);
    let offset = (place + places - sight.first % places) % places;
    let row = sight.first + offset;
    (row < sight.end).then_some(row)
}

/// How many places a screen of this height needs.
pub(super) fn places(screen: f64, row: f64) -> u32 {
    (seen(screen, row) + 2 * OVERSCAN).min(MOST)
}

/// Where to scroll so that a row is seen whole; none where it is already.
pub(super) fn reveal(index: u32, scrolled: f64, height: f64, row: f64, head: f64) -> Option<f64> {
    let top = f64::from(index) * row;
    let room = (height - head).max(row);
    if top < scrolled {
        Some(top)
    } else if top + row > scrolled + room {
        Some(top + row - room)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_in_sight_has_exactly_one_place() {
        for scrolled in [0.0, 17.0, 4_399.0, 4_400_000.0 - 800.0] {
            let seen = sight(scrolled, 800.0, 44.0, 100_000, MOST, true);
            let mut rows: Vec<u32> = (0..MOST).filter_map(|place| row_at(place, MOST, seen)).collect();
            rows.sort_unstable();
            assert_eq!(rows, (seen.first..seen.end).collect::<Vec<_>>());
            assert!(rows.len() as u32 <= MOST);
        }
    }

    #[test]
    fn a_row_keeps_its_place_while_it_stays_in_sight() {
        let place_of = |row: u32, scrolled: f64| {
            let seen = sight(scrolled, 800.0, 44.0, 100_000, MOST, true);
            (0..MOST).find(|place| row_at(*place, MOST, seen) == Some(row))
        };
        assert_eq!(place_of(110, 4_400.0), place_of(110, 4_700.0));
        assert!(place_of(110, 4_400.0).is_some());
    }

    #[test]
    fn the_pool_is_never_more_than_sixty() {
        assert_eq!(places(4_320.0, 36.0), MOST);
        let seen = sight(0.0, 4_320.0, 36.0, 100_000, MOST, true);
        assert_eq!(seen.end - seen.first, MOST);
    }

    #[test]
    fn what_is_seen_comes_before_what_is_kept_ready() {
        assert_eq!(sight(4_400.0, 800.0, 44.0, 100_000, MOST, false), Sight { first: 100, end: 120 });
        // A pool that is not whole yet has fewer rows ready, and none less in sight.
        assert_eq!(sight(4_400.0, 800.0, 44.0, 100_000, 26, true), Sight { first: 97, end: 123 });
    }

    #[test]
    fn a_short_list_shows_what_it_has() {
        assert_eq!(sight(0.0, 800.0, 44.0, 3, MOST, true), Sight { first: 0, end: 3 });
        assert_eq!(sight(900.0, 800.0, 44.0, 0, MOST, true), Sight { first: 0, end: 0 });
    }

    #[test]
    fn a_row_is_revealed_with_the_least_movement() {
        assert_eq!(reveal(5, 0.0, 832.0, 44.0, 32.0), None);
        assert_eq!(reveal(0, 100.0, 832.0, 44.0, 32.0), Some(0.0));
        assert_eq!(reveal(100, 0.0, 832.0, 44.0, 32.0), Some(101.0 * 44.0 - 800.0));
    }
}
