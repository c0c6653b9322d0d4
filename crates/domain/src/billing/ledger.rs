//! What was counted each day: the seats every client has and uses.
//!
//! Two columns of numbers, a row of days for each client one after the other, so that ten thousand clients over two years are added up
//! by walking through memory once. A day nobody counted is a gap and stays one; it is never taken for no seats.

mod fill;
mod reconciliation;
mod sums;
mod trend;

use portal_wire::PlanType;

use super::{Day, Period};
use crate::limits::MOST_SEATS;

pub use fill::{Fill, Known};
pub use reconciliation::{Difference, reconcile};
pub use sums::{DaySum, Series, Sums};
pub use trend::{Trend, trend};

/// Nobody counted.
const GAP: u32 = u32::MAX;
/// The client was not there.
const ABSENT: u32 = u32::MAX - 1;

/// What was counted of a client on a day. Where a server has no seats, only those used are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Seats it was given.
    pub assigned: Option<u32>,
    /// Seats its members take.
    pub used: Option<u32>,
}

/// Why a count cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// The client has no row.
    #[error("the ledger has no such client")]
    NoSuchClient,
    /// The day is before the ledger begins, or before the client came, or after it left.
    #[error("{0} is not a day of this client in the ledger")]
    NotItsDay(Day),
    /// The day is too far from the first.
    #[error("{0} is more than {most} days after the ledger begins", most = Ledger::MOST_DAYS)]
    TooLate(Day),
    /// There would be more numbers than memory is meant to hold.
    #[error("the ledger has too many clients for its days")]
    TooLarge,
    /// More seats than the numbers of the interface can say.
    #[error("{0} seats are too many")]
    TooManySeats(u32),
}

/// Counts by client and day.
#[derive(Clone, Debug)]
pub struct Ledger {
    first: Day,
    /// How many days there are so far.
    days: usize,
    /// How many days a row has room for.
    room: usize,
    clients: Vec<Client>,
    assigned: Vec<u32>,
    used: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Client {
    plan: PlanType,
    /// Its days, counted from the first of the ledger; the end may be beyond what is counted so far.
    from: usize,
    end: usize,
}

impl Ledger {
    /// Most days: some ten years.
    pub const MOST_DAYS: usize = 3_700;

    /// Most numbers in a column: a hundred thousand clients over two years, which take some 600 MB in both.
    pub const MOST_CELLS: usize = 80_000_000;

    /// An empty ledger from this day on, with room for so many days before its rows have to be moved.
    pub fn new(first: Day, room: usize) -> Self {
        let room = room.clamp(1, Self::MOST_DAYS);
        Self { first, days: 0, room, clients: Vec::new(), assigned: Vec::new(), used: Vec::new() }
    }

    /// Makes room for so many more clients at once, where it is known how many will come; without it there is room as they do.
    pub fn reserve(&mut self, clients: usize) {
        let clients = clients.min(Self::MOST_CELLS / self.room);
        for column in [&mut self.assigned, &mut self.used] {
            // Where there is not so much at once, it grows as they come.
            let _ = column.try_reserve_exact(clients * self.room);
        }
    }

    /// Its first day.
    pub fn first(&self) -> Day {
        self.first
    }

    /// All its days; `None` before anything was counted.
    pub fn period(&self) -> Option<Period> {
        Period::new(self.first, self.first.plus(i32::try_from(self.days).ok()?))
    }

    /// How many clients it has.
    pub fn clients(&self) -> usize {
        self.clients.len()
    }

    /// The plan of a client.
    pub fn plan(&self, client: usize) -> Option<PlanType> {
        self.clients.get(client).map(|client| client.plan)
    }

    /// The first day of a client in the ledger, and the day it was gone, if it is.
    pub fn stay(&self, client: usize) -> Option<(Day, Option<Day>)> {
        let Client { from, end, .. } = *self.clients.get(client)?;
        let day = |index: usize| i32::try_from(index).map_or(self.first, |days| self.first.plus(days));
        Some((day(from), (end != usize::MAX).then(|| day(end))))
    }

    /// Adds a client that is there from this day on, and tells its number. Whoever changes the plan ends one and begins another.
    pub fn add_client(&mut self, plan: PlanType, from: Day) -> Result<usize, LedgerError> {
        if (self.clients.len() + 1) * self.room > Self::MOST_CELLS {
            return Err(LedgerError::TooLarge);
        }
        let from = usize::try_from(self.first.until(from)).unwrap_or_default();
        self.clients.push(Client { plan, from, end: usize::MAX });
        for column in [&mut self.assigned, &mut self.used] {
            let row = column.len();
            column.resize(row + self.room, GAP);
            column.iter_mut().skip(row).take(from).for_each(|cell| *cell = ABSENT);
        }
        Ok(self.clients.len() - 1)
    }

    /// The client is gone from this day on; what was counted of it then is forgotten.
    pub fn end_client(&mut self, client: usize, end: Day) -> Result<(), LedgerError> {
        let end = usize::try_from(self.first.until(end)).map_err(|_| LedgerError::NotItsDay(end))?;
        self.clients.get_mut(client).ok_or(LedgerError::NoSuchClient)?.end = end;
        let row = client * self.room..(client + 1) * self.room;
        for column in [&mut self.assigned, &mut self.used] {
            let cells = column.get_mut(row.clone()).unwrap_or_default();
            cells.iter_mut().skip(end).for_each(|cell| *cell = ABSENT);
        }
        Ok(())
    }

    /// Keeps what was counted; counted again, the later count is the one. Days that nobody counted in between are gaps.
    pub fn count(&mut self, client: usize, day: Day, counted: Counted) -> Result<(), LedgerError> {
        let Client { from, end, .. } = *self.clients.get(client).ok_or(LedgerError::NoSuchClient)?;
        let index = usize::try_from(self.first.until(day)).map_err(|_| LedgerError::NotItsDay(day))?;
        if index < from || index >= end {
            return Err(LedgerError::NotItsDay(day));
        }
        let [assigned, used] = [cell(counted.assigned)?, cell(counted.used)?];
        self.reach(day)?;
        let place = client * self.room + index;
        for (column, value) in [(&mut self.assigned, assigned), (&mut self.used, used)] {
            if let Some(cell) = column.get_mut(place) {
                *cell = value;
            }
        }
        Ok(())
    }

    /// Keeps the same count for each of these days, as far as they are the client's: how it was from one change to the next.
    pub fn count_days(&mut self, client: usize, days: Period, counted: Counted) -> Result<(), LedgerError> {
        let Client { from, end, .. } = *self.clients.get(client).ok_or(LedgerError::NoSuchClient)?;
        let [assigned, used] = [cell(counted.assigned)?, cell(counted.used)?];
        let index = |day| usize::try_from(self.first.until(day)).unwrap_or_default();
        let (from, end) = (index(days.first()).max(from), index(days.end()).min(end));
        if from >= end {
            return Ok(());
        }
        self.reach(days.end().plus(-1))?;
        let row = client * self.room;
        for (column, value) in [(&mut self.assigned, assigned), (&mut self.used, used)] {
            column.get_mut(row + from..row + end).unwrap_or_default().fill(value);
        }
        Ok(())
    }

    /// On this day nobody counted any client, whatever was kept.
    pub fn forget(&mut self, day: Day) {
        let Ok(index) = usize::try_from(self.first.until(day)) else { return };
        if index >= self.days {
            return;
        }
        for column in [&mut self.assigned, &mut self.used] {
            for cell in column.iter_mut().skip(index).step_by(self.room).filter(|cell| **cell != ABSENT) {
                *cell = GAP;
            }
        }
    }

    /// The ledger goes up to this day, whether or not anybody counts on it: up to today, so that days missed are gaps also at its end.
    pub fn reach(&mut self, day: Day) -> Result<(), LedgerError> {
        let days = usize::try_from(self.first.until(day)).map_err(|_| LedgerError::NotItsDay(day))? + 1;
        if days > Self::MOST_DAYS {
            return Err(LedgerError::TooLate(day));
        }
        if days > self.room {
            self.make_room(days)?;
        }
        self.days = self.days.max(days);
        Ok(())
    }

    /// What was counted of a client on a day; `None` where it was not there or the ledger has no such day.
    pub fn counted(&self, client: usize, day: Day) -> Option<Counted> {
        let index = usize::try_from(self.first.until(day)).ok().filter(|index| *index < self.days)?;
        let (assigned, used) = self.rows(client)?;
        let (assigned, used) = (*assigned.get(index)?, *used.get(index)?);
        let known = |cell: u32| (cell < ABSENT).then_some(cell);
        (assigned != ABSENT).then_some(Counted { assigned: known(assigned), used: known(used) })
    }

    /// Seats of a client that were free on each day of the period on which they were counted: what it did without all that time.
    /// `None` if there was no such day.
    pub fn always_idle(&self, client: usize, period: Period) -> Option<u32> {
        let days = self.range(period);
        let (assigned, used) = self.rows(client)?;
        let days = assigned.get(days.clone())?.iter().zip(used.get(days)?);
        let counted = days.filter(|(assigned, used)| **assigned < ABSENT && **used < ABSENT);
        counted.map(|(assigned, used)| assigned.saturating_sub(*used)).min()
    }

    /// The days of the ledger that are in the period, counted from its first.
    fn range(&self, period: Period) -> std::ops::Range<usize> {
        let index = |day| usize::try_from(self.first.until(day)).unwrap_or_default().min(self.days);
        index(period.first())..index(period.end())
    }

    /// A client's row in both columns, as far as it is counted.
    fn rows(&self, client: usize) -> Option<(&[u32], &[u32])> {
        let row = client.checked_mul(self.room)?;
        let days = row..row.checked_add(self.days)?;
        Some((self.assigned.get(days.clone())?, self.used.get(days)?))
    }

    /// Moves the rows apart. Room doubles where it can, so that this happens seldom.
    fn make_room(&mut self, days: usize) -> Result<(), LedgerError> {
        let most = Self::MOST_DAYS.min(Self::MOST_CELLS / self.clients.len().max(1));
        if days > most {
            return Err(LedgerError::TooLarge);
        }
        let room = days.max(self.room * 2).min(most);
        for column in [&mut self.assigned, &mut self.used] {
            let mut wider = Vec::with_capacity(self.clients.len() * room);
            for (row, client) in column.chunks_exact(self.room).zip(&self.clients) {
                wider.extend_from_slice(row);
                let added = (self.room..room).map(|day| match client.from <= day && day < client.end {
                    true => GAP,
                    false => ABSENT,
                });
                wider.extend(added);
            }
            *column = wider;
        }
        self.room = room;
        Ok(())
    }
}

fn cell(seats: Option<u32>) -> Result<u32, LedgerError> {
    match seats {
        Some(seats) if seats > MOST_SEATS => Err(LedgerError::TooManySeats(seats)),
        Some(seats) => Ok(seats),
        None => Ok(GAP),
    }
}
