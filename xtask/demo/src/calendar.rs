//! The days of the play, and chance that falls the same way each time.

use portal_wire::Timestamp;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
const TUESDAY: i64 = 2;

/// The working days before today, oldest first; UTC.
pub(crate) struct Calendar {
    now: i64,
    days: Vec<i64>,
}

impl Calendar {
    /// How many working days the play has: those of about 60 days.
    pub(crate) const DAYS: usize = 42;

    /// The calendar of a play that ends now.
    pub(crate) fn ending_at(now: i64) -> Self {
        let today = now - now.rem_euclid(DAY);
        let before = (1..).map(|back| today - back * DAY);
        let mut days: Vec<i64> = before.filter(|day| is_working_day(*day)).take(Self::DAYS).collect();
        days.reverse();
        Self { now, days }
    }

    /// A time of a working day, counted from the first one of the play.
    pub(crate) fn at(&self, day: usize, hour: i64, minute: i64) -> i64 {
        let day = self.days.get(day).or(self.days.last()).copied().unwrap_or(self.now);
        day + (hour * 60 + minute) * MINUTE
    }

    /// The last Tuesday of the play.
    pub(crate) fn last_tuesday(&self) -> usize {
        self.days.iter().rposition(|day| weekday(*day) == TUESDAY).unwrap_or_default()
    }

    /// The working days of the play that lie in the month before this one.
    pub(crate) fn days_of_last_month(&self) -> impl Iterator<Item = usize> {
        let this_month = month(self.now);
        let today = self.now - self.now.rem_euclid(DAY);
        let before = (0..=31).map(|back| month(today - back * DAY)).find(|month| *month != this_month);
        let days = self.days.iter().enumerate();
        days.filter(move |(_, day)| before.as_ref() == Some(&month(**day))).map(|(index, _)| index)
    }

    /// Some moment of the play, mostly in working hours.
    pub(crate) fn some_moment(&self, dice: &mut Dice) -> i64 {
        let day = 1 + dice.index(Self::DAYS - 1);
        let early = if dice.chance(4) { 0 } else { 6 * 60 };
        let minutes = early + dice.below(24 * 60 - 2 * early);
        self.at(day, 0, i64::try_from(minutes).unwrap_or_default())
            + i64::try_from(dice.below(60_000)).unwrap_or_default()
    }

    /// Every midnight from a moment of the play until today, with whether it begins a working day.
    pub(crate) fn every_day_since(&self, from: i64) -> impl Iterator<Item = (i64, bool)> {
        let now = self.now;
        let first = from - from.rem_euclid(DAY);
        (0..)
            .map(move |days| first + days * DAY)
            .take_while(move |day| *day <= now)
            .map(|day| (day, is_working_day(day)))
    }

    /// Whether a moment lies far enough back for something to have happened then.
    pub(crate) fn is_past(&self, moment: i64) -> bool {
        moment < self.now - 3 * MINUTE
    }

    /// Whether a day is the one before today.
    pub(crate) fn is_yesterday(&self, midnight: i64) -> bool {
        (DAY..2 * DAY).contains(&(self.now - midnight))
    }
}

pub(crate) fn is_working_day(midnight: i64) -> bool {
    (1..=5).contains(&weekday(midnight))
}

/// The days of a week from Sunday on; 1970-01-01 was a Thursday.
fn weekday(midnight: i64) -> i64 {
    (midnight.div_euclid(DAY) + 4).rem_euclid(7)
}

/// The year and month of a moment: `2026-11`.
fn month(moment: i64) -> String {
    Timestamp(moment).to_string().chars().take(7).collect()
}

/// The date of a moment, for people.
pub(crate) fn date(moment: i64) -> String {
    Timestamp(moment).to_string().chars().take(16).collect::<String>().replace('T', " ")
}

/// Chance with a fixed beginning (SplitMix64), so that each play is like the one before.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 up to, but not including, `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    /// An index into a list of this length.
    pub(crate) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(u64::try_from(length).unwrap_or(u64::MAX))).unwrap_or_default()
    }

    /// True in so many of a hundred cases.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Sunday, at noon.
    const SUNDAY: i64 = 1_795_348_800_000;

    #[test]
    fn the_play_has_working_days_only_and_ends_before_today() {
        let calendar = Calendar::ending_at(SUNDAY);
        assert_eq!(calendar.days.len(), Calendar::DAYS);
        assert!(calendar.days.is_sorted());
        assert_eq!(date(calendar.at(Calendar::DAYS - 1, 9, 5)), "2026-11-20 09:05", "the Friday before");
        assert_eq!(date(calendar.at(0, 9, 0)), "2026-09-24 09:00");
    }

    #[test]
    fn tuesday_and_last_month_are_found() {
        let calendar = Calendar::ending_at(SUNDAY);
        assert_eq!(date(calendar.at(calendar.last_tuesday(), 0, 0)), "2026-11-17 00:00");
        let last_month: Vec<usize> = calendar.days_of_last_month().collect();
        let ends = [last_month.first(), last_month.last()].map(|day| date(calendar.at(*day.unwrap(), 0, 0)));
        assert_eq!(ends, ["2026-10-01 00:00", "2026-10-30 00:00"]);
        assert_eq!(last_month.len(), 22);
    }

    #[test]
    fn weekends_are_days_but_not_working_days() {
        let calendar = Calendar::ending_at(SUNDAY);
        let days: Vec<bool> =
            calendar.every_day_since(SUNDAY - 7 * DAY).map(|(_, working)| working).collect();
        assert_eq!(days, [false, true, true, true, true, true, false, false]);
    }

    #[test]
    fn chance_falls_the_same_way_each_time() {
        let throw = || {
            let mut dice = Dice::new(7);
            [dice.below(100), dice.below(100), dice.below(100)]
        };
        assert_eq!(throw(), throw());
    }
}
