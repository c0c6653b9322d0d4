//! Where the bars stand. A picture is a few paths, whatever the number of its bars.

use std::fmt::Write;

use super::Bar;

/// Width of a bar's place, in the units of the picture, which is stretched to its place; and what of it the bar takes.
pub(super) const UNIT: usize = 100;
const BAR: usize = 68;
const SIDE: usize = 16;

/// Room for the bars and the marks above them, and height of the whole picture, in pixels.
pub(super) const BARS: u32 = 66;
pub(super) const HEIGHT: u32 = 84;

/// Where the line below the bars runs.
pub(super) const AXIS: &str = "66.5";

/// Height of a mark, and what is left free between it and its bar.
const MARK: u32 = 3;
const GAP: u32 = 3;
const TOP: u32 = MARK + GAP + 1;

/// The least height of a bar: a single event must be seen beside thousands.
const LEAST: u32 = 3;

/// What one path draws.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Part {
    /// The bars that count something.
    Counted,
    /// Those of them that are chosen.
    Chosen,
    /// The places of those that count nothing.
    Empty,
    /// The marks.
    Marked,
}

/// The path of a part. `run` is what is chosen, from the first to the last.
pub(super) fn path(bars: &[Bar], part: Part, run: Option<(usize, usize)>) -> String {
    let most = bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1);
    let mut path = String::new();
    for (index, bar) in bars.iter().enumerate() {
        let wanted = match part {
            Part::Counted => bar.value > 0,
            Part::Chosen => bar.value > 0 && run.is_some_and(|(first, last)| (first..=last).contains(&index)),
            Part::Empty => bar.value == 0,
            Part::Marked => bar.marked > 0,
        };
        if !wanted {
            continue;
        }
        let height = match bar.value {
            0 => 1,
            value => ((u64::from(value) * u64::from(BARS - TOP) / u64::from(most)) as u32).max(LEAST),
        };
        let (bottom, height) = match part {
            Part::Marked => (BARS - height - GAP, MARK),
            _ => (BARS, height),
        };
        let _ = write!(path, "M{} {bottom}v-{height}h{BAR}v{height}z", index * UNIT + SIDE);
    }
    path
}

/// Where a bar begins, as a share of the width.
pub(super) fn percent(index: usize, all: usize) -> String {
    let thousandths = (index * UNIT + SIDE) * 100_000 / (all.max(1) * UNIT);
    format!("{}.{:03}%", thousandths / 1_000, thousandths % 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(figures: &[(u32, u32)]) -> Vec<Bar> {
        let bar = |&(value, marked): &(u32, u32)| Bar { label: String::new(), tick: None, value, marked };
        figures.iter().map(bar).collect()
    }

    #[test]
    fn the_highest_bar_takes_the_room_and_a_single_event_is_seen() {
        let bars = bars(&[(9_000, 0), (1, 0), (0, 0)]);
        assert_eq!(path(&bars, Part::Counted, None), "M16 66v-59h68v59zM116 66v-3h68v3z");
        assert_eq!(path(&bars, Part::Empty, None), "M216 66v-1h68v1z");
    }

    #[test]
    fn a_mark_stands_above_its_bar_within_the_picture() {
        assert_eq!(path(&bars(&[(5, 1), (5, 0)]), Part::Marked, None), "M16 4v-3h68v3z");
    }

    #[test]
    fn only_chosen_bars_are_drawn_as_chosen() {
        let bars = bars(&[(1, 0), (1, 0), (0, 0), (1, 0)]);
        assert_eq!(path(&bars, Part::Chosen, Some((1, 2))), "M116 66v-59h68v59z");
        assert_eq!(path(&bars, Part::Chosen, None), "");
    }

    #[test]
    fn bars_begin_at_their_share_of_the_width() {
        assert_eq!(percent(0, 1), "16.000%");
        assert_eq!(percent(3, 4), "79.000%");
        assert_eq!(percent(0, 0), "16.000%");
    }
}
