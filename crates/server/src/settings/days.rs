//! A number of days.

use std::str::FromStr;

/// The most days that can be set: a hundred years.
const MOST: i64 = 36_500;

/// So many days, at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "i64")]
pub struct Days(u32);

impl Days {
    /// The days as milliseconds.
    pub fn milliseconds(self) -> i64 {
        i64::from(self.0) * 24 * 3_600_000
    }
}

/// What is no number of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("give a number of days from 1 to {MOST}, or leave it out to keep everything")]
pub struct NoDays;

impl TryFrom<i64> for Days {
    type Error = NoDays;

    fn try_from(days: i64) -> Result<Self, NoDays> {
        let days = Some(days).filter(|days| (1..=MOST).contains(days)).ok_or(NoDays)?;
        u32::try_from(days).map(Self).map_err(|_| NoDays)
    }
}

impl FromStr for Days {
    type Err = NoDays;

    fn from_str(text: &str) -> Result<Self, NoDays> {
        text.trim().parse::<i64>().map_err(|_| NoDays)?.try_into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_nothing_else() {
        assert_eq!("365".parse::<Days>().unwrap().milliseconds(), 365 * 86_400_000);
        for bad in ["0", "-1", "36501", "", "a year", "1.5", "99999999999999999999"] {
            assert_eq!(bad.parse::<Days>(), Err(NoDays), "{bad}");
        }
    }
}
