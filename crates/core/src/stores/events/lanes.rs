//! What happened to each person, or in each client, over the range.

use portal_bridge::LaneBy;

use super::{
    bars::rows_within,
    columns::{Columns, NOBODY},
    names::Book,
    twins::Twins,
};
use crate::sort::sort_by;

/// The lanes of what was found, the most active first.
pub(super) struct Lanes {
    pub(super) lanes: Vec<Lane>,
    /// By number of the id, with one more for none: the place among `lanes`.
    place_of: Vec<u32>,
    by: LaneBy,
}

/// The events of one person, or in one client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lane {
    /// Number of the id.
    pub(super) number: u32,
    pub(super) count: u32,
    pub(super) marked: u32,
    pub(super) newest: i64,
}

impl Lanes {
    pub(super) fn of(of: Whose<'_>, by: LaneBy, rows: &[u32], marked: &[u32]) -> Self {
        let Whose { columns, .. } = of;
        let mut place_of = vec![NOBODY; columns.ids.len() + 1];
        let mut lanes: Vec<Lane> = Vec::new();
        let mut lane_of = |row: u32, act: &dyn Fn(&mut Lane)| {
            let number = of.number(by, row);
            let Some(place) = place_of.get_mut((number as usize).min(columns.ids.len())) else { return };
            if *place == NOBODY {
                *place = u32::try_from(lanes.len()).unwrap_or(NOBODY);
                let newest = columns.dates.get(row as usize).copied().unwrap_or_default();
                lanes.push(Lane { number, count: 0, marked: 0, newest });
            }
            if let Some(lane) = lanes.get_mut(*place as usize) {
                act(lane);
            }
        };
        rows.iter().for_each(|row| lane_of(*row, &|lane| lane.count += 1));
        marked.iter().for_each(|row| lane_of(*row, &|lane| lane.marked += 1));
        sort_by(&mut lanes, |one, other| other.count.cmp(&one.count).then(other.newest.cmp(&one.newest)));
        for (place, lane) in lanes.iter().enumerate() {
            if let Some(slot) = place_of.get_mut((lane.number as usize).min(columns.ids.len())) {
                *slot = u32::try_from(place).unwrap_or(NOBODY);
            }
        }
        Self { lanes, place_of, by }
    }

    /// How many events some lanes have in each stretch of time, given by its ends.
    pub(super) fn counts(
        &self,
        of: Whose<'_>,
        rows: &[u32],
        stretches: &[(i64, i64)],
        wanted: std::ops::Range<usize>,
    ) -> Vec<Vec<u32>> {
        let mut counts = vec![vec![0; stretches.len()]; wanted.len()];
        for (stretch, (from, to)) in stretches.iter().enumerate() {
            for row in rows.get(rows_within(of.columns, rows, *from, *to)).unwrap_or_default() {
                let number = of.number(self.by, *row) as usize;
                let last = self.place_of.len().saturating_sub(1);
                let place = self.place_of.get(number.min(last)).map_or(usize::MAX, |place| *place as usize);
                let lane = place.checked_sub(wanted.start).and_then(|place| counts.get_mut(place));
                if let Some(count) = lane.and_then(|lane| lane.get_mut(stretch)) {
                    *count += 1;
                }
            }
        }
        counts
    }
}

/// What tells whose a row is.
#[derive(Clone, Copy)]
pub(super) struct Whose<'a> {
    pub(super) columns: &'a Columns,
    pub(super) book: &'a Book,
    pub(super) twins: &'a Twins,
}

impl Whose<'_> {
    /// The number of whose lane a row is in.
    fn number(self, by: LaneBy, row: u32) -> u32 {
        match by {
            LaneBy::Person => self.columns.who(row as usize),
            LaneBy::Client => self.twins.place_of(self.columns, self.book, row),
        }
    }
}
