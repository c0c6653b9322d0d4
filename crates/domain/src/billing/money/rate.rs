//! Percentages: discounts, taxes, mark-ups.

use std::{fmt, num::NonZeroU32};

use serde::{Deserialize, Serialize};

use super::{Amount, TooMuch, TypedError, typed, written};

/// A rate that can be none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    /// More than 100 % less, or more than ten times as much on top.
    #[error("it is not between -100 % and 1000 %")]
    OutOfRange,
    /// A share has to be between nothing and all.
    #[error("it is not between 0 % and 100 %")]
    NotAShare,
}

/// A percentage in millionths, between −100 % and 1000 %. A basis point is 100 of them; there are taxes of 8.875 %, which basis
/// points could not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i32", into = "i32")]
pub struct Rate(i32);

const WHOLE: NonZeroU32 = match NonZeroU32::new(1_000_000) {
    Some(whole) => whole,
    None => NonZeroU32::MIN,
};

impl Rate {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// In millionths.
    pub fn from_millionths(millionths: i32) -> Result<Self, RateError> {
        let within = (-1_000_000..=10_000_000).contains(&millionths);
        within.then_some(Self(millionths)).ok_or(RateError::OutOfRange)
    }

    /// In hundredths of a percent.
    pub fn from_basis_points(points: i32) -> Result<Self, RateError> {
        Self::from_millionths(points.checked_mul(100).ok_or(RateError::OutOfRange)?)
    }

    /// Reads a percentage that somebody typed: `19`, `8.875`, `7,7`; with at most four decimals, and without the sign %.
    pub fn parse(text: &str) -> Result<Self, TypedError> {
        let millionths = typed::decimal(text, 4, typed::Thousands::Unthinkable)?;
        let millionths = i32::try_from(millionths).map_err(|_| TypedError::TooMuch)?;
        Self::from_millionths(millionths).map_err(|_| TypedError::TooMuch)
    }

    /// Reads a percentage that a machine wrote, such as `7.5` in JSON; with more than four decimals it is rounded.
    pub fn read(text: &str) -> Option<Self> {
        Self::from_millionths(i32::try_from(written::decimal(text, 4)?).ok()?).ok()
    }

    /// How many millionths.
    pub const fn millionths(self) -> i32 {
        self.0
    }

    /// So much of the amount, rounded half away from zero.
    pub fn of(self, amount: Amount) -> Result<Amount, TooMuch> {
        amount.share(self.0.into(), WHOLE)
    }

    /// The same, if it is between nothing and all, as discounts and taxes are.
    pub fn as_share(self) -> Result<Self, RateError> {
        if (0..=1_000_000).contains(&self.0) { Ok(self) } else { Err(RateError::NotAShare) }
    }
}

impl TryFrom<i32> for Rate {
    type Error = RateError;

    fn try_from(millionths: i32) -> Result<Self, RateError> {
        Self::from_millionths(millionths)
    }
}

impl From<Rate> for i32 {
    fn from(rate: Rate) -> Self {
        rate.0
    }
}

/// In percent, with as many decimals as it has: `8.875`.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0.unsigned_abs() / 10_000, self.0.unsigned_abs() % 10_000);
        let sign = if self.0 < 0 { "-" } else { "" };
        let digits = format!("{rest:04}");
        match digits.trim_end_matches('0') {
            "" => write!(f, "{sign}{whole}"),
            fraction => write!(f, "{sign}{whole}.{fraction}"),
        }
    }
}
