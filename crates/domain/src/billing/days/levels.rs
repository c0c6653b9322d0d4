//! How many seats there were, day by day.

use super::{Day, Period};
use crate::limits::MOST_SEATS;

/// So many seats more, or fewer, from this day on. Seats a client came with are a change on the day it was linked, and those it
/// leaves behind one on the day it was unlinked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The first day with the new number.
    pub day: Day,
    /// Seats more; negative if fewer.
    pub by: i64,
}

/// Why changes are not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LevelError {
    /// More seats were taken away than there were.
    #[error("there are fewer than no seats on {0}")]
    BelowZero(Day),
    /// There are more than the numbers of the interface can say.
    #[error("there are too many seats on {0}")]
    TooMany(Day),
}

/// Seats over days: none at first, and from each step on as many as it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// By rising day, each other than the one before.
    steps: Vec<(Day, u32)>,
}

impl Levels {
    /// From changes in any order. What happens on one day is added up before it counts.
    pub fn of(changes: impl IntoIterator<Item = Change>) -> Result<Self, LevelError> {
        let mut changes: Vec<Change> = changes.into_iter().collect();
        changes.sort_unstable_by_key(|change| change.day);
        let mut levels = Self::default();
        let mut level = 0_i128;
        for of_day in changes.chunk_by(|one, next| one.day == next.day) {
            let Some(day) = of_day.first().map(|change| change.day) else { continue };
            level += of_day.iter().map(|change| i128::from(change.by)).sum::<i128>();
            let seats = u32::try_from(level).map_err(|_| match level < 0 {
                true => LevelError::BelowZero(day),
                false => LevelError::TooMany(day),
            })?;
            if seats > MOST_SEATS {
                return Err(LevelError::TooMany(day));
            }
            levels.step(day, seats);
        }
        Ok(levels)
    }

    /// So many seats from a day on that is not before the last step.
    pub(in crate::billing) fn step(&mut self, day: Day, seats: u32) {
        if seats != self.steps.last().map_or(0, |(_, seats)| *seats) {
            self.steps.push((day, seats));
        }
    }

    /// As if what changed on this day and later had not.
    pub(in crate::billing) fn forget_from(&mut self, day: Day) {
        self.steps.retain(|(from, _)| *from < day);
    }

    /// The seats of a day.
    pub fn at(&self, day: Day) -> u32 {
        let known = self.steps.partition_point(|(from, _)| *from <= day);
        known.checked_sub(1).and_then(|last| self.steps.get(last)).map_or(0, |(_, seats)| *seats)
    }

    /// What lies beyond a minimum.
    pub fn beyond(&self, minimum: u32) -> Self {
        let mut beyond = Self::default();
        for (day, seats) in &self.steps {
            beyond.step(*day, seats.saturating_sub(minimum));
        }
        beyond
    }

    /// The sum of the seats of each day.
    pub fn seat_days(&self, period: Period) -> i64 {
        self.seat_days_as_known(period, period.end())
    }

    /// The same, as if nothing had changed from `known_until` on: what is expected while the period still runs.
    pub fn seat_days_as_known(&self, period: Period, known_until: Day) -> i64 {
        let known = self.steps.partition_point(|(from, _)| *from < known_until);
        let steps = self.steps.get(..known).unwrap_or_default();
        let ends = steps.iter().skip(1).map(|(from, _)| *from).chain([period.end()]);
        let days = steps.iter().zip(ends).map(|((from, seats), end)| {
            let days = (*from).max(period.first()).until(end.min(period.end())).max(0);
            i64::from(days) * i64::from(*seats)
        });
        // Less than 2³¹ seats on less than 2²² days.
        days.sum()
    }
}
