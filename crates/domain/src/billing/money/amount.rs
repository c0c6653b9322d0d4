//! Amounts of money.

use std::{fmt, num::NonZeroU32, ops::Neg};

use serde::{Deserialize, Serialize};

/// An amount beyond what can be carried: more than [`Amount::MOST`] smallest units either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("the amount is beyond what can be worked with")]
pub struct TooMuch;

/// An amount in the smallest unit of the currency of whatever holds it: cents, yen, fils. Negative is a credit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Amount(i64);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The most smallest units of an amount, either way. As a number in JSON it is exact for every reader.
    pub const MOST: i64 = 1_000_000_000_000_000;

    /// So many smallest units.
    pub fn new(minor: i64) -> Result<Self, TooMuch> {
        if (-Self::MOST..=Self::MOST).contains(&minor) { Ok(Self(minor)) } else { Err(TooMuch) }
    }

    /// For constants: what is beyond the limits becomes the limit.
    pub(in crate::billing) const fn fixed(minor: i64) -> Self {
        Self(if minor > Self::MOST { Self::MOST } else { minor })
    }

    /// How many smallest units.
    pub const fn minor(self) -> i64 {
        self.0
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Result<Self, TooMuch> {
        Self::new(self.0 + other.0)
    }

    /// This without the other.
    pub fn minus(self, other: Self) -> Result<Self, TooMuch> {
        Self::new(self.0 - other.0)
    }

    /// So many of it.
    pub fn times(self, count: i64) -> Result<Self, TooMuch> {
        Self::of_wide(i128::from(self.0) * i128::from(count))
    }

    /// `self × parts ÷ whole`, rounded half away from zero.
    pub fn share(self, parts: i64, whole: NonZeroU32) -> Result<Self, TooMuch> {
        Self::of_wide(divided(i128::from(self.0) * i128::from(parts), i128::from(whole.get())))
    }

    /// All together. Only the sum has to be within the limits, so that the order does not matter.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, TooMuch> {
        Self::of_wide(amounts.into_iter().map(|amount| i128::from(amount.0)).sum())
    }

    fn of_wide(minor: i128) -> Result<Self, TooMuch> {
        Self::new(i64::try_from(minor).map_err(|_| TooMuch)?)
    }
}

/// A quotient, rounded half away from zero. The divisor is positive.
pub(in crate::billing) fn divided(dividend: i128, divisor: i128) -> i128 {
    let half = if dividend < 0 { -(divisor / 2) } else { divisor / 2 };
    (dividend + half) / divisor
}

impl Neg for Amount {
    type Output = Self;

    fn neg(self) -> Self {
        // The limits are the same both ways.
        Self(-self.0)
    }
}

impl TryFrom<i64> for Amount {
    type Error = TooMuch;

    fn try_from(minor: i64) -> Result<Self, TooMuch> {
        Self::new(minor)
    }
}

impl From<Amount> for i64 {
    fn from(amount: Amount) -> Self {
        amount.0
    }
}

/// The smallest units; with a currency, see [`super::Currency::plain`].
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
