use portal_bridge::{LedgerSource, OrganizationId, Problem};
use portal_domain::billing::{Counted, Day, Ledger, LedgerError, Period};
use portal_wire::PlanType;

use super::SeatLedger;
use crate::{api::bad_answer, sort::sort_by};

/// How a client was from a day on, until its next row.
pub(super) struct Row<'a> {
    pub(super) organization: OrganizationId,
    pub(super) name: &'a str,
    pub(super) day: Day,
    pub(super) plan: PlanType,
    /// `None` if it is no client any more.
    pub(super) counted: Option<Counted>,
}

/// A ledger that is being put together, out of rows by client and day.
pub(super) struct Building {
    asked: Period,
    today: Day,
    ledger: Ledger,
    clients: Vec<(OrganizationId, String)>,
    /// The last row, of which it is not known yet how long it holds.
    held: Option<Held>,
    /// How each client that was there until the end was then.
    last: Vec<(usize, Counted)>,
    /// Something was counted before the days asked for.
    before: bool,
}

struct Held {
    organization: OrganizationId,
    plan: PlanType,
    client: usize,
    from: Day,
    counted: Counted,
}

impl Building {
    /// Nothing yet.
    pub(super) fn new(asked: Period, today: Day) -> Self {
        let room = usize::try_from(asked.days().get()).unwrap_or(Ledger::MOST_DAYS);
        Self {
            asked,
            today,
            ledger: Ledger::new(asked.first(), room),
            clients: Vec::new(),
            held: None,
            last: Vec::new(),
            before: false,
        }
    }

    /// So many clients will come, as far as one can tell.
    pub(super) fn expect(&mut self, clients: usize) {
        self.ledger.reserve(clients);
    }

    /// Somebody counted before the days asked for.
    pub(super) fn counted_before(&mut self) {
        self.before = true;
    }

    /// The next row. Rows of one client stand together, in the order of their days.
    pub(super) fn row(&mut self, row: Row<'_>) -> Result<(), Problem> {
        self.add(row).map_err(refused)
    }

    fn add(&mut self, row: Row<'_>) -> Result<(), LedgerError> {
        self.before |= row.day < self.asked.first();
        let same = self.held.as_ref().is_some_and(|held| held.organization == row.organization);
        let until = if same { row.day } else { self.today };
        let before = self.held.take();
        if let Some(held) = &before {
            self.hold(held, until)?;
        }
        let goes_on = before.as_ref().filter(|held| same && held.plan == row.plan && row.counted.is_some());
        match (before.as_ref(), goes_on) {
            (Some(held), None) if same => {
                self.ledger.end_client(held.client, row.day.max(self.ledger.first()))?
            }
            (Some(held), None) => self.last.push((held.client, held.counted)),
            _ => {}
        }
        let Some(counted) = row.counted else { return Ok(()) };
        let client = match goes_on {
            Some(held) => held.client,
            None => {
                self.clients.push((row.organization, String::new()));
                self.ledger.add_client(row.plan, row.day)?
            }
        };
        if let Some((_, name)) = self.clients.get_mut(client)
            && name != row.name
        {
            // As it is called today.
            row.name.clone_into(name);
        }
        self.held =
            Some(Held { organization: row.organization, plan: row.plan, client, from: row.day, counted });
        Ok(())
    }

    fn hold(&mut self, held: &Held, until: Day) -> Result<(), LedgerError> {
        // Today is counted only where somebody has.
        let end = until.min(self.today).min(self.asked.end());
        match Period::new(held.from.max(self.asked.first()), end) {
            Some(days) => self.ledger.count_days(held.client, days, held.counted),
            None => Ok(()),
        }
    }

    /// The ledger, if these are the days on which somebody counted.
    pub(super) fn finish(mut self, mut days: Vec<Day>, source: LedgerSource) -> Result<SeatLedger, Problem> {
        days.retain(|day| self.asked.contains(*day) && *day <= self.today);
        sort_by(&mut days, Day::cmp);
        self.end(&days).map_err(refused)?;
        let first = if self.before { Some(self.asked.first()) } else { days.first().copied() };
        let end =
            self.asked.end().min(self.today).max(days.last().map_or(self.asked.first(), |last| last.plus(1)));
        let counted = first.and_then(|first| Period::new(first, end));
        let mut day = first.unwrap_or(end);
        while day < end {
            if days.binary_search(&day).is_err() {
                self.ledger.forget(day);
            }
            day = day.plus(1);
        }
        Ok(SeatLedger { ledger: self.ledger, clients: self.clients, source, counted })
    }

    fn end(&mut self, days: &[Day]) -> Result<(), LedgerError> {
        if let Some(held) = self.held.take() {
            self.hold(&held, self.today)?;
            self.last.push((held.client, held.counted));
        }
        // Days missed are gaps at the end, too; but today is not over.
        let yesterday = self.asked.end().min(self.today).plus(-1);
        if yesterday >= self.asked.first() {
            self.ledger.reach(yesterday)?;
        }
        if days.last() == Some(&self.today) {
            for (client, counted) in std::mem::take(&mut self.last) {
                self.ledger.count(client, self.today, counted)?;
            }
            self.ledger.reach(self.today)?;
        }
        Ok(())
    }
}

fn refused(error: LedgerError) -> Problem {
    bad_answer(&error)
}
