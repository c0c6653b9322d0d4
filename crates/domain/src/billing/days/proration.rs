//! What is owed for seats that change in the middle of a period.
//!
//! A period is owed when it begins, at the seats of that day, and every later change in the window in which it happens, for the
//! days that are left. Said shortly: a window owes what is expected of the period when it closes, less what was
//! expected when it opened. Where window and period are the same month, that is `price × seat-days ÷ days of the month`;
//! over all windows of a year it is the same for the year, whatever was rounded on the way.

use super::{Day, Levels, Period};
use crate::billing::{Amount, TooMuch};

/// What a period owes in a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Owed {
    /// Days with a seat that are charged, or given back if negative.
    pub seat_days: i64,
    /// What they cost.
    pub amount: Amount,
}

/// What the period owes in the window, at so much a seat for the whole period. A change that is told only after the window of its
/// day was closed is in no window: whoever records changes dates them on the day they are recorded.
pub fn owed(price: Amount, levels: &Levels, period: Period, window: Period) -> Result<Owed, TooMuch> {
    let opened = expected(price, levels, period, window.first())?;
    let closed = expected(price, levels, period, window.end())?;
    Ok(Owed { seat_days: closed.seat_days - opened.seat_days, amount: closed.amount.minus(opened.amount)? })
}

/// What is expected of a period by what is known before the day; nothing before it begins.
fn expected(price: Amount, levels: &Levels, period: Period, known_until: Day) -> Result<Owed, TooMuch> {
    if known_until <= period.first() {
        return Ok(Owed::default());
    }
    let seat_days = levels.seat_days_as_known(period, known_until);
    Ok(Owed { seat_days, amount: price.share(seat_days, period.days())? })
}
