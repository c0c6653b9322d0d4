//! Whole numbers of the smallest unit of a currency, and percentages of them.

mod allocation;
mod amount;
mod currency;
mod rate;
mod typed;
mod written;

pub use allocation::{NothingToShareBy, allocate};
pub(super) use amount::divided;
pub use amount::{Amount, TooMuch};
pub use currency::{Currency, NotACurrency};
pub use rate::{Rate, RateError};
pub use typed::TypedError;
