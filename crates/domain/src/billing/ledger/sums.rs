//! Adding up many clients, day by day.

use portal_wire::PlanType;

use super::{ABSENT, Day, GAP, Ledger, Period};
use crate::billing::prices::current;

/// Sums of groups of clients over days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sums {
    first: Day,
    days: usize,
    groups: usize,
    assigned: Column,
    used: Column,
}

/// A row of days for each group.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Column {
    sums: Vec<u64>,
    /// How many clients were not counted that day.
    gaps: Vec<u32>,
}

/// One day of one group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DaySum {
    /// The sum over the clients that were counted.
    pub seats: u64,
    /// How many were there and not counted; if any, the sum says too little.
    pub gaps: u32,
}

/// The days of one group.
#[derive(Clone, Copy, Debug)]
pub struct Series<'a> {
    first: Day,
    sums: &'a [u64],
    gaps: &'a [u32],
}

impl Ledger {
    /// The sums of so many groups over the days of the period that the ledger has. Each pair puts a client into a group; a client
    /// may be in several, as with tags, or in none. Pairs that name no client or no group add nothing.
    pub fn sum(
        &self,
        period: Period,
        groups: usize,
        members: impl IntoIterator<Item = (usize, usize)>,
    ) -> Sums {
        let range = self.range(period);
        let days = range.len();
        let first = self.first.plus(i32::try_from(range.start).unwrap_or(i32::MAX));
        let mut sums = Sums {
            first,
            days,
            groups,
            assigned: Column::new(groups * days),
            used: Column::new(groups * days),
        };
        // Seats seldom change from a day to the next, and a client often is in several groups one after the other: its changes are
        // looked for once, only they are added, and the days are put together at the end.
        let (mut assigned, mut used) = (Steps::default(), Steps::default());
        let mut looked_at = None;
        for (client, group) in members {
            if looked_at != Some(client) {
                let Some(rows) = self.rows(client) else { continue };
                assigned.look_at(rows.0.get(range.clone()).unwrap_or_default());
                used.look_at(rows.1.get(range.clone()).unwrap_or_default());
                looked_at = Some(client);
            }
            let place = group.saturating_mul(days)..group.saturating_add(1).saturating_mul(days);
            sums.assigned.step(place.clone(), &assigned);
            sums.used.step(place, &used);
        }
        sums.assigned.put_together(days);
        sums.used.put_together(days);
        sums
    }

    /// The sums by plan; plans of different generations that are called the same are one (contract §8.4).
    pub fn by_plan(&self, period: Period) -> (Vec<PlanType>, Sums) {
        let mut plans: Vec<PlanType> = Vec::new();
        let mut members = Vec::with_capacity(self.clients());
        for plan in (0..self.clients()).filter_map(|client| self.plan(client)).map(current) {
            let group = plans.iter().position(|known| *known == plan).unwrap_or_else(|| {
                plans.push(plan);
                plans.len() - 1
            });
            members.push((members.len(), group));
        }
        let sums = self.sum(period, plans.len(), members);
        (plans, sums)
    }

    /// The sums of all clients.
    pub fn total(&self, period: Period) -> Sums {
        self.sum(period, 1, (0..self.clients()).map(|client| (client, 0)))
    }
}

impl Sums {
    /// Seats assigned in a group.
    pub fn assigned(&self, group: usize) -> Series<'_> {
        self.series(&self.assigned, group)
    }

    /// Seats used in a group.
    pub fn used(&self, group: usize) -> Series<'_> {
        self.series(&self.used, group)
    }

    /// Adds the sums of other clients over the same days in the same groups; sums of another shape add nothing.
    pub fn add(&mut self, other: &Self) {
        if (self.first, self.days, self.groups) == (other.first, other.days, other.groups) {
            self.assigned.merge(&other.assigned);
            self.used.merge(&other.used);
        }
    }

    /// How many groups there are.
    pub fn groups(&self) -> usize {
        self.groups
    }

    fn series<'a>(&self, column: &'a Column, group: usize) -> Series<'a> {
        let days = group.saturating_mul(self.days)..group.saturating_add(1).saturating_mul(self.days);
        Series {
            first: self.first,
            sums: column.sums.get(days.clone()).unwrap_or_default(),
            gaps: column.gaps.get(days).unwrap_or_default(),
        }
    }
}

impl Column {
    fn new(cells: usize) -> Self {
        Self { sums: vec![0; cells], gaps: vec![0; cells] }
    }

    fn merge(&mut self, other: &Self) {
        self.sums.iter_mut().zip(&other.sums).for_each(|(sum, more)| *sum += more);
        self.gaps.iter_mut().zip(&other.gaps).for_each(|(gaps, more)| *gaps += more);
    }

    /// Adds the changes of a client to the days of a group.
    fn step(&mut self, days: std::ops::Range<usize>, steps: &Steps) {
        let sums = self.sums.get_mut(days.clone()).unwrap_or_default();
        let gaps = self.gaps.get_mut(days).unwrap_or_default();
        for step in &steps.0 {
            if let (Some(sum), Some(gap)) = (sums.get_mut(step.day), gaps.get_mut(step.day)) {
                *sum = sum.wrapping_add_signed(step.seats);
                *gap = gap.wrapping_add_signed(step.gaps);
            }
        }
    }

    /// Makes sums of changes, group by group.
    fn put_together(&mut self, days: usize) {
        for group in self.sums.chunks_exact_mut(days.max(1)) {
            group.iter_mut().fold(0, |before: u64, sum| {
                *sum = sum.wrapping_add(before);
                *sum
            });
        }
        for group in self.gaps.chunks_exact_mut(days.max(1)) {
            group.iter_mut().fold(0, |before: u32, gaps| {
                *gaps = gaps.wrapping_add(before);
                *gaps
            });
        }
    }
}

/// The days on which a client's count is another than the day before, and by how much.
#[derive(Default)]
struct Steps(Vec<Step>);

struct Step {
    day: usize,
    seats: i64,
    gaps: i32,
}

impl Steps {
    fn look_at(&mut self, row: &[u32]) {
        let worth = |cell: u32| (if cell < ABSENT { i64::from(cell) } else { 0 }, i32::from(cell == GAP));
        self.0.clear();
        let mut before = ABSENT;
        for (day, cell) in row.iter().enumerate() {
            if *cell != before {
                let (was, is) = (worth(before), worth(*cell));
                self.0.push(Step { day, seats: is.0 - was.0, gaps: is.1 - was.1 });
                before = *cell;
            }
        }
    }
}

impl<'a> Series<'a> {
    /// Its first day.
    pub fn first(self) -> Day {
        self.first
    }

    /// Each day, first to last.
    pub fn days(self) -> impl Iterator<Item = (Day, DaySum)> + 'a {
        let day = move |index| self.first.plus(index);
        (0..)
            .zip(self.sums.iter().zip(self.gaps))
            .map(move |(index, (seats, gaps))| (day(index), DaySum { seats: *seats, gaps: *gaps }))
    }

    /// One day, if the series has it.
    pub fn at(self, day: Day) -> Option<DaySum> {
        let index = usize::try_from(self.first.until(day)).ok()?;
        Some(DaySum { seats: *self.sums.get(index)?, gaps: *self.gaps.get(index)? })
    }

    /// The sum of all days: days with a seat, as far as they were counted.
    pub fn seat_days(self) -> u64 {
        self.sums.iter().sum()
    }
}
