//! What is worked out of a ledger's days, once for each period: it takes a look at every number.

use std::{ops::Range, rc::Rc};

use portal_bridge::{Day, Period, SeatPoint, SeatSum};
use portal_domain::billing::{Counted, Sums, trend};

use super::{SeatLedger, plans};
use crate::Core;

/// Sums, and figures of each client in the ledger's order.
pub(crate) struct Figures {
    pub(super) ledger: Rc<SeatLedger>,
    /// The days that are summed up; `None` if nothing was counted on any.
    pub(super) period: Option<Period>,
    /// Plans by their shown names.
    pub(super) plans: Vec<String>,
    /// A group for each plan, and one for all.
    sums: Option<Sums>,
    /// The plan of each client.
    groups: Vec<usize>,
    pub(super) clients: Vec<ClientFigures>,
}

/// Figures of one client of the ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct ClientFigures {
    pub(super) always_idle: Option<u32>,
    /// The first and the last day of the period on which it was counted.
    pub(super) ends: Option<(Counted, Counted)>,
    /// It was there on a day of the period.
    pub(super) there: bool,
    /// The day after its last, if that is a day of the period.
    pub(super) gone: Option<Day>,
}

/// Numbers that are looked at before somebody else gets a turn: a few milliseconds.
const SLICE: usize = 500_000;

impl Figures {
    /// Whether they are of this ledger and period.
    pub(super) fn are_of(&self, ledger: &Rc<SeatLedger>, period: Option<Period>) -> bool {
        Rc::ptr_eq(&self.ledger, ledger) && self.period == period
    }

    /// Works them out in slices, with a pause between them.
    pub(super) async fn work_out(core: &Core, ledger: &Rc<SeatLedger>, period: Option<Period>) -> Self {
        let mut figures = Self::begin(ledger, period);
        while figures.go_on() {
            // Whoever asked is answered first.
            core.platform.sleep(0).await;
        }
        figures
    }

    /// Nothing is worked out yet.
    pub(super) fn begin(ledger: &Rc<SeatLedger>, period: Option<Period>) -> Self {
        let mut plans: Vec<String> = Vec::new();
        let mut group = |client| {
            let plan = ledger.ledger.plan(client).map(plans::word).unwrap_or_default();
            plans.iter().position(|known| *known == plan).unwrap_or_else(|| {
                plans.push(plan);
                plans.len() - 1
            })
        };
        let groups = (0..ledger.ledger.clients()).map(&mut group).collect();
        let sums = period.map(|period| ledger.ledger.sum(period, plans.len() + 1, []));
        Self { ledger: ledger.clone(), period, plans, sums, groups, clients: Vec::new() }
    }

    /// Works out the next slice; whether there is more to do.
    pub(super) fn go_on(&mut self) -> bool {
        let all = self.groups.len();
        let Some((period, sums)) = self.period.zip(self.sums.as_mut()) else {
            self.clients.resize(all, ClientFigures::default());
            return false;
        };
        let from = self.clients.len();
        let to = all.min(from + (SLICE / period.days().get() as usize).max(1));
        let groups = (from..to).zip(self.groups.get(from..to).unwrap_or_default());
        let members = groups.flat_map(|(client, group)| [(client, *group), (client, self.plans.len())]);
        sums.add(&self.ledger.ledger.sum(period, self.plans.len() + 1, members));
        let ledger = &self.ledger;
        self.clients.extend((from..to).map(|client| of_client(ledger, period, client)));
        to < all
    }

    /// The sums by day over all clients, or over those of a plan.
    pub(super) fn days(&self, plan: Option<&str>) -> Vec<SeatSum> {
        let group = match plan {
            None => Some(self.plans.len()),
            Some(plan) => self.plans.iter().position(|known| known == plan),
        };
        let Some((sums, group)) = self.sums.as_ref().zip(group) else { return Vec::new() };
        let days = sums.assigned(group).days().zip(sums.used(group).days());
        // Where no server meters, nobody counts what is assigned: a gap is where nobody counted what is used.
        days.map(|((_, assigned), (_, used))| SeatSum {
            assigned: assigned.seats,
            used: used.seats,
            gaps: used.gaps,
        })
        .collect()
    }

    /// Tenths of a seat that a plan has more in thirty days.
    pub(super) fn tenths(&self, plan: &str, metered: bool) -> Option<i64> {
        let (sums, group) = self.sums.as_ref().zip(self.plans.iter().position(|known| known == plan))?;
        let series = if metered { sums.assigned(group) } else { sums.used(group) };
        trend(series).map(|trend| trend.tenths_in_thirty_days)
    }

    /// The days of some clients of the ledger, which are one client at different times.
    pub(super) fn points(&self, clients: Range<usize>) -> impl Iterator<Item = SeatPoint> + '_ {
        self.period.into_iter().flat_map(days_of).map(move |day| self.point(clients.clone(), day))
    }

    fn point(&self, mut clients: Range<usize>, day: Day) -> SeatPoint {
        let counted = clients.find_map(|client| self.ledger.ledger.counted(client, day));
        let missed = counted.is_some_and(|counted| counted.used.is_none());
        let Counted { assigned, used } = counted.unwrap_or_default();
        SeatPoint { assigned, used, missed }
    }

    /// The same for at most so many days, evenly apart, up to the last.
    pub(super) fn thinned(&self, clients: &Range<usize>, most: i32) -> Vec<SeatPoint> {
        let Some(period) = self.period else { return Vec::new() };
        let days = i32::try_from(period.days().get()).unwrap_or(i32::MAX);
        let wanted = days.min(most);
        let day = |place| period.first().plus((place + 1) * days / wanted - 1);
        (0..wanted).map(|place| self.point(clients.clone(), day(place))).collect()
    }

    /// Days on which one of these was a client and nobody counted it.
    pub(super) fn gaps(&self, clients: Range<usize>) -> u32 {
        let gaps = self.points(clients).filter(|point| point.missed);
        u32::try_from(gaps.count()).unwrap_or(u32::MAX)
    }
}

/// Each day of a period.
pub(super) fn days_of(period: Period) -> impl DoubleEndedIterator<Item = Day> {
    (0..period.days().get()).map(move |day| period.first().plus(i32::try_from(day).unwrap_or_default()))
}

fn of_client(ledger: &SeatLedger, period: Period, client: usize) -> ClientFigures {
    let counts = &ledger.ledger;
    let known = |day: Day| counts.counted(client, day).filter(|counted| counted.used.is_some());
    let ends = days_of(period).find_map(known).zip(days_of(period).rev().find_map(known));
    let last = days_of(period).rev().find(|day| counts.counted(client, *day).is_some());
    ClientFigures {
        always_idle: counts.always_idle(client, period),
        ends,
        there: last.is_some(),
        gone: last.map(|last| last.plus(1)).filter(|gone| *gone < period.end()),
    }
}
