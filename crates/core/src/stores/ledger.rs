//! The ledger of seats: what the server counted each day, or, where a server counts nothing, what the portal itself counted on
//! the days on which it was used.

mod building;
mod figures;
mod kept;
#[cfg(feature = "measure")]
pub(crate) mod measure;
mod month;
pub(crate) mod plans;
mod server;
mod sheet;
#[cfg(test)]
mod tests;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures::lock::Mutex;
use portal_bridge::{Action, BooksOf, LedgerSource, OrganizationId, Problem, ProblemKind};
use portal_domain::billing::{Day, DaySum, Ledger, Period};
use portal_wire::Timestamp;

use crate::Core;

/// Seats by client and day.
#[derive(Debug)]
pub(crate) struct SeatLedger {
    /// The counts. It has days before those asked for, so that a gap at their beginning can be filled with the count before it.
    pub(crate) ledger: Ledger,
    /// Who the clients are, in the ledger's order. One that changed its plan, or came back, is there once for each time.
    pub(crate) clients: Vec<(OrganizationId, String)>,
    /// Who counted.
    pub(crate) source: LedgerSource,
    /// From the first day that could have been counted to the last; `None` if there is none.
    pub(crate) counted: Option<Period>,
}

impl SeatLedger {
    /// The last day on which anybody counted; a day on which nobody did has only gaps.
    pub(crate) fn last_counted(&self) -> Option<Day> {
        let counted = self.counted?;
        let total = self.ledger.total(counted);
        let there = |(day, used): (Day, DaySum)| (used.seats > 0 || used.gaps == 0).then_some(day);
        total.used(0).days().filter_map(there).last()
    }
}

/// What was read, for a provider or for oneself.
struct Ledgers {
    known: RefCell<Vec<Known>>,
    reading: Mutex<()>,
    /// What was worked out of it.
    sheets: sheet::Sheets,
    /// When the portal itself counted last.
    counted_at: Cell<i64>,
    /// Why it could not.
    trouble: RefCell<Option<Problem>>,
}

impl Default for Ledgers {
    fn default() -> Self {
        Self {
            known: RefCell::default(),
            reading: Mutex::default(),
            sheets: sheet::Sheets::default(),
            counted_at: Cell::new(i64::MIN / 2),
            trouble: RefCell::default(),
        }
    }
}

struct Known {
    asked: Period,
    read_at: i64,
    ledger: Rc<SeatLedger>,
}

/// What is older is read again by whoever asks: a server counts each hour.
const FRESH_MS: i64 = 300_000;
/// Ledgers remembered at once; a large one has some 60 MB.
const REMEMBERED: usize = 2;
/// Days before those asked for that come along.
const DAYS_BEFORE: i32 = 31;

impl Core {
    /// The ledger over a period, and some days before it, for whoever may see it.
    pub(crate) async fn ledger(
        self: &Rc<Self>,
        of: BooksOf,
        period: Period,
    ) -> Result<Rc<SeatLedger>, Problem> {
        self.may_see_ledger(of).await?;
        let ledgers = self.ledgers(of);
        let _turn = ledgers.reading.lock().await;
        let today = self.today();
        // What is to come was counted by nobody.
        let end = period.end().min(today.plus(1));
        let first = period.first().min(today).plus(-DAYS_BEFORE);
        let asked = Period::new(first, end.max(first.plus(1))).ok_or(ProblemKind::NotFound)?;
        if let Some(known) = ledgers.find(asked, self.platform.now_ms()) {
            return Ok(known);
        }
        let ledger = Rc::new(self.read_ledger(of, asked, today).await?);
        let mut known = ledgers.known.borrow_mut();
        known.insert(0, Known { asked, read_at: self.platform.now_ms(), ledger: ledger.clone() });
        known.truncate(REMEMBERED);
        Ok(ledger)
    }

    /// The day in UTC, by which servers count.
    pub(crate) fn today(&self) -> Day {
        Day::of(Timestamp(self.platform.now_ms()))
    }

    /// The ledger is read again by whoever asks next.
    pub(crate) fn forget_ledger(&self, of: BooksOf) {
        self.ledgers(of).known.borrow_mut().clear();
    }

    /// Refuses whom nothing of billing is told.
    async fn may_see_ledger(&self, of: BooksOf) -> Result<(), Problem> {
        match of {
            BooksOf::Provider(provider) => self.require(provider, Action::ViewProviderBilling).await,
            BooksOf::Own if self.open()?.me().billed_clients().next().is_some() => Ok(()),
            BooksOf::Own => Err(ProblemKind::NotAllowed.into()),
        }
    }

    fn ledgers(&self, of: BooksOf) -> Rc<Ledgers> {
        match of {
            BooksOf::Provider(provider) => self.stores.of(provider),
            BooksOf::Own => self.stores.only(),
        }
    }

    async fn read_ledger(
        self: &Rc<Self>,
        of: BooksOf,
        asked: Period,
        today: Day,
    ) -> Result<SeatLedger, Problem> {
        if let BooksOf::Provider(provider) = of
            && let Some(ledger) = self.ledger_of_server(provider, asked, today).await?
        {
            return Ok(ledger);
        }
        self.ledger_kept(of, asked, today).await
    }
}

impl Ledgers {
    /// One that has all these days and is not old.
    fn find(&self, asked: Period, now: i64) -> Option<Rc<SeatLedger>> {
        let mut known = self.known.borrow_mut();
        known.retain(|known| (0..FRESH_MS).contains(&now.saturating_sub(known.read_at)));
        let has = |known: &&Known| known.asked.first() <= asked.first() && known.asked.end() >= asked.end();
        known.iter().find(has).map(|known| known.ledger.clone())
    }
}
