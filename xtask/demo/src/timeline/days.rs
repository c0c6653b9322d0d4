use crate::calendar::{Dice, is_working_day};

pub(super) const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// How far back it goes. Today is left out, so that nothing lies in the future.
const DAYS: i64 = 364;

/// The days of the year before today; UTC.
pub(super) struct Days {
    working: Vec<i64>,
    others: Vec<i64>,
}

impl Days {
    /// The year that ends now.
    pub(super) fn ending_at(now: i64) -> Self {
        let today = now - now.rem_euclid(DAY);
        let (working, others) =
            (1..=DAYS).rev().map(|back| today - back * DAY).partition(|day| is_working_day(*day));
        Self { working, others }
    }

    /// A moment before all of them.
    pub(super) fn before(&self) -> i64 {
        self.working.first().copied().unwrap_or_default() - 7 * DAY
    }

    /// The midnight that begins some day, seldom one of a weekend.
    pub(super) fn some(&self, dice: &mut Dice) -> i64 {
        let days = if dice.chance(4) { &self.others } else { &self.working };
        days.get(dice.index(days.len())).copied().unwrap_or_default()
    }
}
