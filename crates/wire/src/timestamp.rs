//! Moments in time.

mod civil;
mod text;

pub use text::TimestampError;

/// A moment: milliseconds since 1970 in UTC. In JSON it is ISO-8601 text such as `2026-02-01T09:30:00.123Z`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The first moment that can be written: the start of the year 0.
    pub const MIN: Self = Self(civil::FIRST_MILLISECOND);
    /// The last moment that can be written: the end of the year 9999.
    pub const MAX: Self = Self(civil::LAST_MILLISECOND);

    /// Midnight in UTC at the start of the day, or `None` if there is no such day.
    pub fn from_date(year: i64, month: u32, day: u32) -> Option<Self> {
        civil::days_from_date(year, month, day).map(|days| Self(days * civil::MILLISECONDS_PER_DAY))
    }

    /// Year, month and day in UTC.
    pub fn date(self) -> (i64, u32, u32) {
        civil::date_from_days(self.0.div_euclid(civil::MILLISECONDS_PER_DAY))
    }

    /// This moment and so many milliseconds, stopping at the ends of time.
    pub fn saturating_add(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }
}
