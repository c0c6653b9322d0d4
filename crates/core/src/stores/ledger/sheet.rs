//! The clients of a ledger as rows: what was counted of each, beside what it has now.

use std::{cell::RefCell, cmp::Ordering, ops::Range, rc::Rc};

use portal_bridge::{
    BooksOf, Day, Direction, IdleSum, LedgerClient, LedgerQuery, LedgerRange, LedgerRow, LedgerSort,
    LedgerView, ListState, OrganizationId, Period, PlanSeats, Problem, ProblemKind, Rows, SeatSum, Window,
};
use portal_domain::search::fold;

use super::{figures::Figures, plans};
use crate::{
    Core,
    sort::sort_by,
    stores::{Table, portfolio::Seats},
};

/// What was worked out last.
#[derive(Default)]
pub(super) struct Sheets {
    figures: RefCell<Option<Rc<Figures>>>,
    sheet: RefCell<Option<Rc<Sheet>>>,
}

/// The rows over some days.
pub(crate) struct Sheet {
    figures: Rc<Figures>,
    /// The clients as they are now, if it was made of a list of them.
    table: Option<Rc<Table>>,
    rows: Vec<Row>,
    found: RefCell<Vec<(LedgerQuery, Rc<[u32]>)>>,
}

struct Row {
    /// Its place among `figures.clients`; several where its plan has changed, or it came back.
    counted: Range<usize>,
    folded: String,
    /// Without its points.
    row: LedgerRow,
}

/// Queries remembered: one per tab and a few steps back.
const REMEMBERED: usize = 6;
/// Most rows handed out at once.
const LARGEST_WINDOW: u32 = 500;
/// Days of the small picture of a row.
const POINTS: i32 = 40;
/// Longest range: as many days as a ledger has.
const MOST_DAYS: u32 = 3_600;

impl Core {
    /// The rows of a ledger over some days.
    pub(crate) async fn ledger_sheet(
        self: &Rc<Self>,
        of: BooksOf,
        range: LedgerRange,
    ) -> Result<Rc<Sheet>, Problem> {
        let today = self.today();
        let period = days(range, today).ok_or(ProblemKind::NotFound)?;
        let ledger = self.ledger(of, period).await?;
        let table = match of {
            BooksOf::Provider(provider) => Some(self.clients(provider).await?.table()),
            BooksOf::Own => None,
        };
        let shown = ledger.counted.and_then(|counted| counted.within(period));
        let ledgers = self.ledgers(of);
        let known = ledgers.sheets.figures.borrow().clone().filter(|known| known.are_of(&ledger, shown));
        let figures = match known {
            Some(known) => known,
            None => Rc::new(Figures::work_out(self, &ledger, shown).await),
        };
        *ledgers.sheets.figures.borrow_mut() = Some(figures.clone());
        if let Some(sheet) = &*ledgers.sheets.sheet.borrow()
            && sheet.is_of(&figures, table.as_ref())
        {
            return Ok(sheet.clone());
        }
        let now = match &table {
            Some(table) => (0..table.len()).filter_map(|row| of_table(table, row)).collect(),
            None => self.own_now().await?,
        };
        let sheet = Rc::new(Sheet::of(figures, table, now));
        *ledgers.sheets.sheet.borrow_mut() = Some(sheet.clone());
        Ok(sheet)
    }

    /// A window of a ledger's rows, with the sums.
    pub(crate) async fn ledger_view(
        self: &Rc<Self>,
        query: LedgerQuery,
        window: Window,
    ) -> Result<LedgerView, Problem> {
        let sheet = self.ledger_sheet(query.of, query.range).await?;
        let trouble = self.ledgers(query.of).trouble.borrow().clone();
        Ok(LedgerView { trouble, ..sheet.view(&query, window, self.today()) })
    }

    /// One's own clients as they are now.
    async fn own_now(self: &Rc<Self>) -> Result<Vec<LedgerRow>, Problem> {
        self.portfolio_so_far().await?;
        self.read_portfolio();
        let (me, portfolio) = (self.open()?.me(), self.portfolio());
        let has_plans = self.server().await?.has_plans();
        let now = me.billed_clients().map(|own| {
            let members = portfolio.own(own.id).and_then(|known| known.members);
            LedgerRow {
                plan: plans::word(plans::of_profile(has_plans, own.product_tier_type)),
                used: members.map(|members| Seats::of(&members).used),
                ..row(own.id, own.name.clone().unwrap_or_default())
            }
        });
        Ok(now.collect())
    }
}

/// The days of a range, up to today; `None` if there are none.
fn days(range: LedgerRange, today: Day) -> Option<Period> {
    let end = today.plus(1);
    match range {
        LedgerRange::Days(days) => Period::new(end.plus(-i32::try_from(days.clamp(1, MOST_DAYS)).ok()?), end),
        LedgerRange::Months(from, to) => {
            let (first, last) = (Period::month_of(from.min(to))?, Period::month_of(from.max(to))?);
            let first = first.first().max(last.end().plus(-i32::try_from(MOST_DAYS).ok()?));
            Period::new(first, last.end().min(end).max(first.plus(1)))
        }
    }
}

fn row(organization: OrganizationId, name: String) -> LedgerRow {
    LedgerRow {
        organization,
        link: None,
        name,
        plan: String::new(),
        gone: None,
        assigned: None,
        used: None,
        always_idle: None,
        change: None,
        points: Vec::new(),
    }
}

pub(super) fn of_table(table: &Table, index: usize) -> Option<LedgerRow> {
    let client = table.row(index)?;
    Some(LedgerRow {
        link: Some(client.link),
        plan: client.plan,
        assigned: client.assigned,
        used: Some(client.used),
        ..row(client.organization, client.name)
    })
}

impl Sheet {
    fn is_of(&self, figures: &Rc<Figures>, table: Option<&Rc<Table>>) -> bool {
        // One's own clients are read one by one, so what was made of them is old at once.
        let same = self.table.as_ref().zip(table).is_some_and(|(one, other)| Rc::ptr_eq(one, other));
        same && Rc::ptr_eq(&self.figures, figures)
    }

    pub(super) fn of(figures: Rc<Figures>, table: Option<Rc<Table>>, mut now: Vec<LedgerRow>) -> Self {
        sort_by(&mut now, |one, other| one.organization.cmp(&other.organization));
        let mut known = vec![false; now.len()];
        let mut rows = Vec::with_capacity(now.len());
        let clients = &figures.ledger.clients;
        let mut from = 0;
        for group in clients.chunk_by(|one, other| one.0 == other.0) {
            let counted = from..from + group.len();
            from = counted.end;
            let Some((organization, name)) = group.last() else { continue };
            let place = now.binary_search_by(|now| now.organization.cmp(organization)).ok();
            let there = place.and_then(|place| now.get(place));
            if let Some(slot) = place.and_then(|place| known.get_mut(place)) {
                *slot = true;
            }
            rows.extend(match there {
                Some(now) => Some(figures.counted(counted, now.clone())),
                None => figures.gone(counted, row(*organization, name.clone())),
            });
        }
        let new = now.into_iter().zip(known).filter(|(_, known)| !known);
        rows.extend(new.map(|(now, _)| figures.counted(0..0, now)));
        Self { figures, table, rows, found: RefCell::default() }
    }

    /// Its first and its last day.
    pub(crate) fn ends(&self) -> [Option<Day>; 2] {
        let period = self.figures.period;
        [period.map(Period::first), period.map(|period| period.end().plus(-1))]
    }

    /// One client with all its days.
    pub(crate) fn client(&self, organization: OrganizationId) -> Option<LedgerClient> {
        let row = self.rows.iter().find(|row| row.row.organization == organization)?;
        Some(LedgerClient {
            row: row.row.clone(),
            period: self.figures.period,
            days: self.figures.points(row.counted.clone()).collect(),
            gap_days: self.figures.gaps(row.counted.clone()),
        })
    }

    /// The rows of a query, in its order, without their points.
    pub(crate) fn matched(&self, query: &LedgerQuery) -> impl Iterator<Item = &LedgerRow> {
        let found = self.find(query);
        let rows: Vec<&LedgerRow> =
            found.iter().filter_map(|row| Some(&self.rows.get(*row as usize)?.row)).collect();
        rows.into_iter()
    }

    pub(super) fn view(&self, query: &LedgerQuery, window: Window, today: Day) -> LedgerView {
        let figures = &self.figures;
        let found = self.find(query);
        let matched = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let from = window.from.min(matched);
        let shown = found.iter().skip(from as usize).take(window.count.min(LARGEST_WINDOW) as usize);
        let with_points = |row: &u32| {
            let row = self.rows.get(*row as usize)?;
            Some(LedgerRow { points: figures.thinned(&row.counted, POINTS), ..row.row.clone() })
        };
        let days = figures.days(query.plan.as_deref());
        let metered = query.of != BooksOf::Own;
        LedgerView {
            rows: Rows {
                total: u32::try_from(self.rows.len()).unwrap_or(u32::MAX),
                matched,
                from,
                rows: shown.filter_map(with_points).collect(),
                state: ListState::Complete,
            },
            source: figures.ledger.source,
            today,
            period: figures.period,
            begins: begins(figures, query, today),
            gap_days: gaps(&days),
            days,
            plans: figures.plan_seats(metered),
            now: self.now(&found),
            trouble: None,
        }
    }

    /// What queries found is looked for again.
    #[cfg(feature = "measure")]
    pub(super) fn forget_found(&self) {
        self.found.borrow_mut().clear();
    }

    /// The sums of these rows now.
    fn now(&self, found: &[u32]) -> IdleSum {
        let mut sum = IdleSum::default();
        for row in found.iter().filter_map(|row| self.rows.get(*row as usize)) {
            sum.assigned += u64::from(row.row.assigned.unwrap_or_default());
            sum.used += u64::from(row.row.used.unwrap_or_default());
            sum.idle += u64::from(row.row.idle().unwrap_or_default());
        }
        sum
    }

    fn find(&self, query: &LedgerQuery) -> Rc<[u32]> {
        if let Some((_, found)) = self.found.borrow().iter().find(|(known, _)| known == query) {
            return found.clone();
        }
        let folded = fold(&query.search);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let passes = |row: &Row| {
            words.iter().all(|word| row.folded.contains(word))
                && query.plan.as_ref().is_none_or(|plan| *plan == row.row.plan)
                && (!query.idle || row.row.idle().is_some_and(|idle| idle > 0))
        };
        let mut found: Vec<(u32, &Row)> = (0..).zip(&self.rows).filter(|(_, row)| passes(row)).collect();
        sort_by(&mut found, |(_, one), (_, other)| compare(query, one, other));
        let found: Rc<[u32]> = found.into_iter().map(|(place, _)| place).collect();
        let mut results = self.found.borrow_mut();
        results.insert(0, (query.clone(), found.clone()));
        results.truncate(REMEMBERED);
        found
    }
}

impl Figures {
    /// A client that is there now.
    fn counted(&self, counted: Range<usize>, row: LedgerRow) -> Row {
        let of = || self.clients.get(counted.clone()).unwrap_or_default().iter();
        let first = of().find_map(|client| client.ends).map(|ends| ends.0);
        let last = of().rev().find_map(|client| client.ends).map(|ends| ends.1);
        let change = first.zip(last).and_then(|(first, last)| {
            let (from, to) = first.assigned.zip(last.assigned).or(first.used.zip(last.used))?;
            Some(i64::from(to) - i64::from(from))
        });
        Row {
            folded: fold(&row.name),
            row: LedgerRow { always_idle: of().filter_map(|client| client.always_idle).min(), change, ..row },
            counted,
        }
    }

    /// One that is no client any more; `None` if it was none in all the days asked for.
    fn gone(&self, counted: Range<usize>, row: LedgerRow) -> Option<Row> {
        let clients = self.clients.get(counted.clone())?;
        clients.iter().any(|client| client.there).then_some(())?;
        let plan = counted.clone().next_back().and_then(|last| self.ledger.ledger.plan(last));
        let gone = clients.iter().filter_map(|client| client.gone).max();
        let gone = gone.or(self.period.map(Period::end));
        Some(
            self.counted(counted, LedgerRow { gone, plan: plan.map(plans::word).unwrap_or_default(), ..row }),
        )
    }

    fn plan_seats(&self, metered: bool) -> Vec<PlanSeats> {
        let seats = |plan: &String| PlanSeats {
            plan: plan.clone(),
            last: self.days(Some(plan)).iter().rev().find(|day| day.gaps == 0).copied().unwrap_or_default(),
            tenths_in_thirty_days: self.tenths(plan, metered),
        };
        let mut plans: Vec<PlanSeats> = self.plans.iter().map(seats).collect();
        sort_by(&mut plans, |one, other| one.plan.cmp(&other.plan));
        plans
    }
}

/// Whether the ledger begins within the days asked for.
fn begins(figures: &Figures, query: &LedgerQuery, today: Day) -> bool {
    let asked = days(query.range, today).map(Period::first);
    figures.period.map(Period::first) > asked
}

fn gaps(days: &[SeatSum]) -> u32 {
    u32::try_from(days.iter().filter(|day| day.gaps > 0).count()).unwrap_or(u32::MAX)
}

fn compare(query: &LedgerQuery, one: &Row, other: &Row) -> Ordering {
    let (left, right) = (&one.row, &other.row);
    let order = match query.sort {
        LedgerSort::Name => Ordering::Equal,
        LedgerSort::Plan => left.plan.cmp(&right.plan),
        LedgerSort::Assigned => left.assigned.cmp(&right.assigned),
        LedgerSort::Used => left.used.cmp(&right.used),
        LedgerSort::Idle => left.idle().cmp(&right.idle()),
        LedgerSort::AlwaysIdle => left.always_idle.cmp(&right.always_idle),
        LedgerSort::Change => left.change.cmp(&right.change),
    };
    let by_name = one.folded.cmp(&other.folded);
    match query.direction {
        Direction::Ascending => order.then(by_name),
        Direction::Descending if query.sort == LedgerSort::Name => by_name.reverse(),
        Direction::Descending => order.reverse().then(by_name),
    }
}
