//! Where a number of seats is going.

use super::{Day, Series};
use crate::billing::money::divided;

/// What became of a number of seats, by the days on which every client was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trend {
    /// The first such day and its seats.
    pub from: (Day, u64),
    /// The last one.
    pub to: (Day, u64),
    /// Tenths of a seat more in thirty days, by the straight line closest to all of them (least squares); negative if fewer.
    pub tenths_in_thirty_days: i64,
}

impl Trend {
    /// Seats more at the end than at the beginning; negative if fewer.
    pub fn change(&self) -> i64 {
        i64::try_from(i128::from(self.to.1) - i128::from(self.from.1)).unwrap_or(i64::MAX)
    }
}

/// The trend of a series; `None` with fewer than two days on which every client was counted. A day with gaps would look like a loss.
pub fn trend(series: Series<'_>) -> Option<Trend> {
    let mut whole = series.days().filter(|(_, sum)| sum.gaps == 0).map(|(day, sum)| (day, sum.seats));
    let from = whole.next()?;
    let (mut to, mut count) = (from, 1_i128);
    let (mut days, mut squares, mut seats, mut products) = (0_i128, 0_i128, i128::from(from.1), 0_i128);
    for point in whole {
        let (day, level) = (i128::from(from.0.until(point.0)), i128::from(point.1));
        count += 1;
        days += day;
        squares += day * day;
        seats += level;
        products += day * level;
        to = point;
    }
    // Not nothing as soon as there are two different days.
    let spread = count * squares - days * days;
    if spread == 0 {
        return None;
    }
    let slope = divided(300 * (count * products - days * seats), spread);
    Some(Trend { from, to, tenths_in_thirty_days: i64::try_from(slope).ok()? })
}
