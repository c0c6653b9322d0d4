//! Days of the calendar, and periods of them.

use std::{fmt, num::NonZeroU32, str::FromStr};

use portal_wire::Timestamp;
use serde::{Deserialize, Serialize};

const MILLISECONDS: i64 = 86_400_000;

/// A text that is no day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("it is not a day such as 2026-02-01")]
pub struct NotADay;

/// A day of the calendar in the years 0 to 9999, whatever its hours. As text it is ISO 8601: `2026-02-01`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(i32);

impl Day {
    /// The day of this date, or `None` if there is no such day.
    pub fn from_date(year: i64, month: u32, day: u32) -> Option<Self> {
        Timestamp::from_date(year, month, day).map(Self::of)
    }

    /// The day in UTC.
    pub fn of(moment: Timestamp) -> Self {
        let within = moment.clamp(Timestamp::MIN, Timestamp::MAX);
        // Some three million days at most.
        Self(i32::try_from(within.0.div_euclid(MILLISECONDS)).unwrap_or_default())
    }

    /// The day where clocks are so many minutes ahead of UTC at that moment; daylight saving time is in that number.
    pub fn at(moment: Timestamp, minutes_ahead: i32) -> Self {
        Self::of(moment.saturating_add(i64::from(minutes_ahead) * 60_000))
    }

    /// Year, month and day of the month.
    pub fn date(self) -> (i64, u32, u32) {
        self.midnight().date()
    }

    /// Its first moment in UTC.
    pub fn midnight(self) -> Timestamp {
        Timestamp(i64::from(self.0) * MILLISECONDS)
    }

    /// So many days later, or earlier, stopping at the ends of the calendar.
    pub fn plus(self, days: i32) -> Self {
        let (first, last) = (Self::of(Timestamp::MIN), Self::of(Timestamp::MAX));
        Self(self.0.saturating_add(days)).clamp(first, last)
    }

    /// Days from this one to the other; negative if that is earlier.
    pub fn until(self, other: Self) -> i32 {
        // Both are within some three million days of 1970.
        other.0 - self.0
    }

    /// The same day of the month so many months later, or the last one of that month if it is shorter; `None` beyond the calendar.
    pub fn plus_months(self, months: i32) -> Option<Self> {
        let (year, month, day) = self.date();
        let months = year * 12 + i64::from(month) - 1 + i64::from(months);
        let month = u32::try_from(months.rem_euclid(12)).ok()? + 1;
        (1..=day).rev().find_map(|day| Self::from_date(months.div_euclid(12), month, day))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let moment: Timestamp = text.parse().map_err(|_| NotADay)?;
        if text.len() == "0000-00-00".len() { Ok(Self::of(moment)) } else { Err(NotADay) }
    }
}

impl TryFrom<String> for Day {
    type Error = NotADay;

    fn try_from(text: String) -> Result<Self, NotADay> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

/// Days in a row, at least one. In JSON its first day and the day after its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Ends", into = "Ends")]
pub struct Period {
    first: Day,
    days: NonZeroU32,
}

impl Period {
    /// From the first day up to, and without, the other; `None` if that is no day at all.
    pub fn new(first: Day, end: Day) -> Option<Self> {
        let days = NonZeroU32::new(u32::try_from(first.until(end)).ok()?)?;
        Some(Self { first, days })
    }

    /// The month of the calendar in which the day is; `None` at the end of the calendar.
    pub fn month_of(day: Day) -> Option<Self> {
        let (year, month, _) = day.date();
        let first = Day::from_date(year, month, 1)?;
        Self::new(first, first.plus_months(1)?)
    }

    /// Its first day.
    pub fn first(self) -> Day {
        self.first
    }

    /// The day after its last.
    pub fn end(self) -> Day {
        // Made from two days of the calendar.
        self.first.plus(i32::try_from(self.days.get()).unwrap_or(i32::MAX))
    }

    /// How many days it has.
    pub fn days(self) -> NonZeroU32 {
        self.days
    }

    /// Whether the day is one of it.
    pub fn contains(self, day: Day) -> bool {
        self.first <= day && day < self.end()
    }

    /// The days that are in both.
    pub fn within(self, other: Self) -> Option<Self> {
        Self::new(self.first.max(other.first), self.end().min(other.end()))
    }
}

/// A period as it is written.
#[derive(Serialize, Deserialize)]
struct Ends {
    first: Day,
    end: Day,
}

impl TryFrom<Ends> for Period {
    type Error = NotADay;

    fn try_from(Ends { first, end }: Ends) -> Result<Self, NotADay> {
        Self::new(first, end).ok_or(NotADay)
    }
}

impl From<Period> for Ends {
    fn from(period: Period) -> Self {
        Self { first: period.first(), end: period.end() }
    }
}
