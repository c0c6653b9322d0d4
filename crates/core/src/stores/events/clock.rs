//! The reader's clocks: where days begin.

use portal_bridge::Moment;

/// The offsets of a time zone over a range (see [`portal_bridge::EventsFilter::zone`]).
#[derive(Clone, Copy)]
pub(super) struct Clock<'a>(pub(super) &'a [(Moment, i32)]);

const MINUTE_MS: i64 = 60_000;
pub(super) const DAY_MS: i64 = 1_440 * MINUTE_MS;

impl Clock<'_> {
    /// The number of the day, by the reader's clocks, in which a moment lies.
    pub(super) fn day_of(self, moment: i64) -> i64 {
        moment.saturating_add(self.offset(moment)).div_euclid(DAY_MS)
    }

    /// When a day begins.
    pub(super) fn start_of(self, day: i64) -> i64 {
        let midnight = day.saturating_mul(DAY_MS);
        let guess = midnight.saturating_sub(self.offset(midnight));
        midnight.saturating_sub(self.offset(guess))
    }

    /// Local time less universal time, in milliseconds.
    pub(super) fn offset(self, moment: i64) -> i64 {
        let known = self.0.partition_point(|(from, _)| from.0 <= moment);
        let offset = self.0.get(known.saturating_sub(1)).map_or(0, |(_, minutes)| *minutes);
        i64::from(offset.clamp(-1_440, 1_440)) * MINUTE_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_23_and_25_hours_begin_at_their_midnights() {
        // Lisbon, 2026: summer begins on 29 March and ends on 25 October, both at 01:00 UTC.
        let zone = [(Moment(0), 0), (Moment(1_774_746_000_000), 60), (Moment(1_792_890_000_000), 0)];
        let clock = Clock(&zone);
        let length = |day: i64| (clock.start_of(day + 1) - clock.start_of(day)) / 3_600_000;
        let (spring, autumn) = (clock.day_of(1_774_746_000_000), clock.day_of(1_792_890_000_000));
        assert_eq!((length(spring - 1), length(spring), length(spring + 1)), (24, 23, 24));
        assert_eq!((length(autumn - 1), length(autumn), length(autumn + 1)), (24, 25, 24));
        for day in [spring, autumn] {
            assert_eq!(clock.day_of(clock.start_of(day)), day);
            assert_eq!(clock.day_of(clock.start_of(day) - 1), day - 1);
        }
    }
}
