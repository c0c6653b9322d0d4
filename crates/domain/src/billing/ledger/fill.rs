//! From what was counted to what is billed.

use serde::{Deserialize, Serialize};

use super::{ABSENT, Day, GAP, Ledger, Period};
use crate::billing::Levels;

/// What a day nobody counted is billed as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Fill {
    /// Nothing: only what was counted is billed.
    #[default]
    Nothing,
    /// As the last day before it that was counted, however long ago; before the first one as nothing.
    LastKnown,
}

/// A client's seats as they are billed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Seats by day, none outside the period. What is paid by the year needs those from the first day of its year.
    pub levels: Levels,
    /// Days of the period on which the client was there and nobody counted.
    pub gaps: u32,
}

impl Ledger {
    /// The seats assigned to a client over the period, for an invoice; `None` if there is no such client.
    pub fn known_assigned(&self, client: usize, period: Period, fill: Fill) -> Option<Known> {
        let (assigned, _) = self.rows(client)?;
        self.known(assigned, period, fill)
    }

    /// As [`Self::known_assigned`], of the seats used: what a provider bills by where a server has no seats.
    pub fn known_used(&self, client: usize, period: Period, fill: Fill) -> Option<Known> {
        let (_, used) = self.rows(client)?;
        self.known(used, period, fill)
    }

    fn known(&self, row: &[u32], period: Period, fill: Fill) -> Option<Known> {
        let range = self.range(period);
        let before = row.get(..range.start).unwrap_or_default();
        let mut last = match fill {
            Fill::Nothing => 0,
            Fill::LastKnown => before.iter().rev().find(|cell| **cell != GAP).map_or(0, |cell| seats(*cell)),
        };
        let mut known = Known { levels: Levels::default(), gaps: 0 };
        let mut day: Day = period.first().max(self.first);
        for cell in row.get(range)? {
            let level = match (*cell, fill) {
                (GAP, Fill::Nothing) => 0,
                (GAP, Fill::LastKnown) => last,
                (cell, _) => seats(cell),
            };
            known.gaps += u32::from(*cell == GAP);
            known.levels.step(day, level);
            last = level;
            day = day.plus(1);
        }
        known.levels.step(day, 0);
        Some(known)
    }
}

fn seats(cell: u32) -> u32 {
    if cell < ABSENT { cell } else { 0 }
}
