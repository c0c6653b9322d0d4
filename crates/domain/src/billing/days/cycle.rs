//! The periods in which something is paid for.

use serde::{Deserialize, Serialize};

use super::{Day, Period};

/// How often something is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Cadence {
    /// Every month.
    Monthly,
    /// Every year.
    Annual,
}

/// Months or years, one after the other, from a first day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cycle {
    /// The first day of the first period.
    pub anchor: Day,
    /// How long a period is.
    pub cadence: Cadence,
}

impl Cycle {
    /// The period of this number; the first is 0. Each is counted from the anchor, so that a short month shortens one period
    /// and none after it. `None` beyond the calendar.
    pub fn period(self, number: u32) -> Option<Period> {
        Period::new(self.start(number)?, self.start(number.checked_add(1)?)?)
    }

    /// The number of the period in which the day is; `None` before the anchor.
    pub fn number_at(self, day: Day) -> Option<u32> {
        let ((from_year, from_month, _), (year, month, _)) = (self.anchor.date(), day.date());
        let months = (year - from_year) * 12 + i64::from(month) - i64::from(from_month);
        let number = u32::try_from(months.div_euclid(self.months())).ok()?;
        // In its own month, the period may not have begun yet.
        if self.start(number)? <= day { Some(number) } else { number.checked_sub(1) }
    }

    /// The period in which the day is; `None` before the anchor.
    pub fn containing(self, day: Day) -> Option<Period> {
        self.period(self.number_at(day)?)
    }

    /// The periods of which some day is in the window, first to last.
    pub fn over(self, window: Period) -> impl Iterator<Item = Period> {
        let first = self.number_at(window.first()).unwrap_or_default();
        (first..)
            .map_while(move |number| self.period(number))
            .take_while(move |period| period.first() < window.end())
    }

    fn start(self, number: u32) -> Option<Day> {
        let months = i64::from(number).checked_mul(self.months())?;
        self.anchor.plus_months(i32::try_from(months).ok()?)
    }

    fn months(self) -> i64 {
        match self.cadence {
            Cadence::Monthly => 1,
            Cadence::Annual => 12,
        }
    }
}
