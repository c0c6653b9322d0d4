//! Two levels over time as paths: lines that hold until the next, and the area between them.

use std::fmt::Write;

/// Width of a place, in units of a picture that is stretched to its place.
pub(super) const UNIT: usize = 10;

/// One place of the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Level {
    /// What it stands for, in words.
    pub label: String,
    /// A short form for the axis; most places have none.
    pub tick: Option<String>,
    /// The upper line, where there is one.
    pub upper: Option<u32>,
    /// The lower line; without it nothing is drawn.
    pub lower: Option<u32>,
    /// There is something that nobody knows.
    pub missed: bool,
}

/// What one path draws.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Part {
    Upper,
    Lower,
    /// The area between the two, or below the lower where there is no upper.
    Between,
    /// The places of which nothing is known.
    Gaps,
}

/// The greatest value.
pub(super) fn most(levels: &[Level]) -> u32 {
    levels.iter().flat_map(|level| [level.upper, level.lower]).flatten().max().unwrap_or_default()
}

/// The path of a part in a picture of this height, in which `most` reaches `room` from below.
pub(super) fn path(levels: &[Level], part: Part, most: u32, height: u32, room: u32) -> String {
    let y = |value: u32| {
        let share = u64::from(value.min(most)) * u64::from(room) * 10 / u64::from(most.max(1));
        let tenths = u64::from(height) * 10 - share;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    let mut path = String::new();
    let mut from = 0;
    let kind = |level: &Level| (level.lower.is_some(), level.missed);
    for run in levels.chunk_by(|one, other| kind(one) == kind(other)) {
        let (first, end) = (from * UNIT, (from + run.len()) * UNIT);
        let places = || (from..).zip(run);
        let (known, missed) = run.first().map(kind).unwrap_or_default();
        match part {
            Part::Gaps if missed => {
                let _ = write!(path, "M{first} 0H{end}V{height}H{first}z");
            }
            Part::Upper | Part::Lower if known => {
                let mut pen = 'M';
                for (place, level) in places() {
                    let value = if part == Part::Upper { level.upper } else { level.lower };
                    let Some(value) = value else {
                        pen = 'M';
                        continue;
                    };
                    let at = place * UNIT;
                    let _ = write!(path, "{pen}{at} {}H{}", y(value), at + UNIT);
                    pen = 'L';
                }
            }
            Part::Between if known => {
                let mut pen = 'M';
                for (place, level) in places() {
                    let upper = level.upper.or(level.lower).unwrap_or_default();
                    let _ = write!(path, "{pen}{} {}H{}", place * UNIT, y(upper), (place + 1) * UNIT);
                    pen = 'L';
                }
                for (place, level) in (from..from + run.len()).zip(run).rev() {
                    let lower =
                        level.upper.and(level.lower).unwrap_or_default().min(level.upper.unwrap_or_default());
                    let _ = write!(path, "L{} {}H{}", (place + 1) * UNIT, y(lower), place * UNIT);
                }
                path.push('z');
            }
            _ => {}
        }
        from += run.len();
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(values: &[Option<(u32, u32)>]) -> Vec<Level> {
        let level = |value: &Option<(u32, u32)>| Level {
            upper: value.map(|value| value.0),
            lower: value.map(|value| value.1),
            missed: value.is_none(),
            ..Level::default()
        };
        values.iter().map(level).collect()
    }

    #[test]
    fn a_line_holds_until_the_next_and_breaks_at_a_gap() {
        let levels = levels(&[Some((10, 4)), Some((10, 5)), None, Some((8, 0))]);
        assert_eq!(path(&levels, Part::Upper, 10, 100, 100), "M0 0.0H10L10 0.0H20M30 20.0H40");
        assert_eq!(path(&levels, Part::Lower, 10, 100, 100), "M0 60.0H10L10 50.0H20M30 100.0H40");
        assert_eq!(path(&levels, Part::Gaps, 10, 100, 100), "M20 0H30V100H20z");
        // Before there was anything, nobody missed it.
        assert_eq!(path(&[Level::default()], Part::Gaps, 10, 100, 100), "");
    }

    #[test]
    fn what_lies_between_the_lines_is_never_less_than_nothing() {
        assert_eq!(path(&levels(&[Some((10, 4))]), Part::Between, 10, 100, 100), "M0 0.0H10L10 60.0H0z");
        // More is used than assigned.
        assert_eq!(path(&levels(&[Some((4, 9))]), Part::Between, 10, 100, 100), "M0 60.0H10L10 60.0H0z");
        // Of one line, what lies below it.
        let one = [Level { lower: Some(5), ..Level::default() }];
        assert_eq!(path(&one, Part::Between, 10, 100, 100), "M0 50.0H10L10 100.0H0z");
        assert_eq!(path(&[], Part::Between, 0, 100, 100), "");
    }

    #[test]
    fn the_greatest_value_reaches_the_room_and_nothing_divides_by_zero() {
        let levels = levels(&[Some((0, 0)), Some((0, 0))]);
        assert_eq!(
            (most(&levels), path(&levels, Part::Upper, 0, 20, 18)),
            (0, "M0 20.0H10L10 20.0H20".to_owned())
        );
    }
}
