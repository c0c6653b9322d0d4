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
        for (client, group) in members {
            let Some((assigned, used)) = self.rows(client) else { continue };
            let place = group.saturating_mul(days)..group.saturating_add(1).saturating_mul(days);
            sums.assigned.add(place.clone(), assigned.get(range.clone()).unwrap_or_default());
            sums.used.add(place, used.get(range.clone()).unwrap_or_default());
        }
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

    /// No branch and no bounds check for a cell, so that several are added at once.
    fn add(&mut self, days: std::ops::Range<usize>, row: &[u32]) {
        let sums = self.sums.get_mut(days.clone()).unwrap_or_default();
        let gaps = self.gaps.get_mut(days).unwrap_or_default();
        for ((sum, gap), cell) in sums.iter_mut().zip(gaps).zip(row) {
            *sum += u64::from(if *cell < ABSENT { *cell } else { 0 });
            *gap += u32::from(*cell == GAP);
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
