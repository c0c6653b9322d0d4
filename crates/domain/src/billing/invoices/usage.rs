//! From what was counted to what a client is billed for.

use portal_wire::PlanType;

use super::{Billed, Draft, DraftError, PlanUse, draft};
use crate::billing::{
    Amount, Cadence, Cycle, Day, Fill, Known, Ledger, Levels, Period, PlanFacts, PriceList, PriceTable,
    TooMuch, proration::owed,
};

/// By which column of the ledger a client is billed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CountedBy {
    /// The seats it was given.
    #[default]
    Assigned,
    /// The seats its members take: its server knows no others.
    Used,
}

/// What a client had in whole months of the calendar, out of a ledger.
///
/// Plans by the month are billed by the month of the calendar, and plans by the year by its year: in January for what is there then,
/// later for what comes or goes, for the days that are left. A ledger that begins in the middle of a year bills what it finds first for
/// the rest of the year. So the ledger has to reach back to [`Usage::needs`], and further where days nobody counted take the
/// count before them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    uses: Vec<(PlanType, Levels)>,
    window: Period,
    from: Day,
    end: Option<Day>,
    /// Days of the window on which the client was there and nobody counted; for a client with two plans, of both.
    pub gaps: u32,
    /// Days with a seat in the window, days without a count filled as was chosen.
    pub seat_days: i64,
    /// Seats on the last day of the window, or the last day of the client.
    pub seats: u32,
    /// By what.
    pub by: CountedBy,
}

impl Usage {
    /// Of the rows of a client, of which a change of plan leaves two. What is still to come of the window is taken to stay as it was when
    /// yesterday ended. `None` where the client was not there in the window.
    pub fn of(ledger: &Ledger, rows: &[usize], window: Period, today: Day, fill: Fill) -> Option<Self> {
        let mut usage = Self {
            uses: Vec::new(),
            window,
            from: window.end(),
            end: Some(window.first()),
            gaps: 0,
            seat_days: 0,
            seats: 0,
            by: CountedBy::Assigned,
        };
        let stays = || rows.iter().filter_map(|row| Some((*row, ledger.stay(*row)?)));
        // On the day after its last one there may be something to give back.
        let is_in =
            |from: Day, end: Option<Day>| from < window.end() && end.is_none_or(|end| end >= window.first());
        if !stays().any(|(_, (from, end))| is_in(from, end)) {
            return None;
        }
        usage.by = counted_by(ledger, rows, window);
        // Days that are not over say nothing yet.
        let over = today.min(window.end());
        let counted = ledger.period().map_or(ledger.first(), Period::end).min(over);
        let missed = Period::new(counted.max(window.first()), over).map_or(0, |missed| missed.days().get());
        for (row, (from, end)) in stays() {
            let known = |first| {
                let days = Period::new(first, over)?;
                match usage.by {
                    CountedBy::Assigned => ledger.known_assigned(row, days, fill),
                    CountedBy::Used => ledger.known_used(row, days, fill),
                }
            };
            let mut levels = known(Self::needs(window)).map(|known| known.levels).unwrap_or_default();
            let gaps = known(window.first()).map_or(0, |known: Known| known.gaps);
            let stays_on = end.is_none_or(|end| end > counted);
            if stays_on && (missed == 0 || fill == Fill::LastKnown) {
                levels.forget_from(counted);
            }
            usage.gaps += gaps + if stays_on { missed } else { 0 };
            if is_in(from, end) {
                usage.from = usage.from.min(from);
                usage.end = usage.end.zip(end).map(|(known, end)| known.max(end));
            }
            usage.seat_days += levels.seat_days(window);
            let last = end.map_or(window.end(), |end| end.min(window.end())).plus(-1);
            usage.seats = usage.seats.max(if window.contains(last) { levels.at(last) } else { 0 });
            // Of a plan of before, what was billed for its year has to be given back.
            usage.uses.push((ledger.plan(row)?, levels));
        }
        Some(usage)
    }

    /// From which day on the ledger has to be there.
    pub fn needs(window: Period) -> Day {
        let (year, _, _) = window.first().date();
        Day::from_date(year, 1, 1).unwrap_or(window.first())
    }

    /// What the client owes.
    pub fn draft(&self, list: &PriceList, own: &PriceTable) -> Result<Draft, DraftError> {
        let uses: Vec<PlanUse<'_>> = self.uses().collect();
        draft(&Billed { uses: &uses, from: self.from, end: self.end }, self.window, list, own)
    }

    /// What its seats cost the provider before any discount; those of a plan without a price cost nothing.
    pub fn cost(&self, own: &PriceTable) -> Result<Amount, TooMuch> {
        let owed_for = |PlanUse { plan, levels, cycle }: PlanUse<'_>| {
            let price = own.price(plan).map_or(Amount::ZERO, |price| price.provider_seat);
            let periods = cycle.over(self.window);
            periods.map(|period| owed(price, levels, period, self.window)).collect::<Vec<_>>()
        };
        let owed: Result<Vec<_>, TooMuch> = self.uses().flat_map(owed_for).collect();
        Amount::sum(owed?.into_iter().map(|owed| owed.amount))
    }

    /// The plans it has seats of in the window.
    pub fn plans(&self) -> impl Iterator<Item = PlanType> {
        let seats = |levels: &Levels| levels.seat_days(self.window) != 0;
        self.uses.iter().filter(move |(_, levels)| seats(levels)).map(|(plan, _)| *plan)
    }

    fn uses(&self) -> impl Iterator<Item = PlanUse<'_>> {
        self.uses.iter().map(|(plan, levels)| {
            let cadence = PlanFacts::of(*plan).map_or(Cadence::Monthly, |facts| facts.cadence);
            PlanUse { plan: *plan, levels, cycle: Cycle { anchor: Self::needs(self.window), cadence } }
        })
    }
}

/// Whole months of the calendar, a year of them at most: what can be billed at once.
pub fn is_billable(window: Period) -> bool {
    let begins = |day: Day| day.date().2 == 1;
    let year = window.first().plus_months(12);
    begins(window.first()) && begins(window.end()) && year.is_some_and(|year| window.end() <= year)
}

/// By seats assigned, unless nobody counted them on any day on which seats used were counted.
fn counted_by(ledger: &Ledger, rows: &[usize], window: Period) -> CountedBy {
    let days =
        (0..i32::try_from(window.days().get()).unwrap_or_default()).map(|day| window.first().plus(day));
    let mut used = false;
    for counted in days.flat_map(|day| rows.iter().filter_map(move |row| ledger.counted(*row, day))) {
        if counted.assigned.is_some() {
            return CountedBy::Assigned;
        }
        used |= counted.used.is_some();
    }
    if used { CountedBy::Used } else { CountedBy::Assigned }
}
