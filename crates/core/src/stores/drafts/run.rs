//! The drafts of a run: a row for each client, and the sums over all.

use std::{cmp::Ordering, rc::Rc};

use portal_bridge::{
    Amount, Currency, Direction, DraftObstacle, DraftRow, DraftRun, DraftShow, DraftSort, DraftState,
    DraftTotal, DraftsMargin, DraftsQuery, DraftsSummary, ListState, NumberFault, OrganizationId, Rows, Seen,
    Window,
};
use portal_domain::{
    billing::{CountedBy, Draft, Fault, Numbering, PlanFacts, Register, Usage, What, cumulative},
    search::fold,
};

use super::{Inputs, inputs::Obstacle};
use crate::{
    sort::{order_of, sort_by},
    stores::kept::seen_of,
};

/// Most rows handed out at once.
const LARGEST_WINDOW: u32 = 500;

/// Drafts that were worked out.
pub(crate) struct Run {
    pub(crate) key: DraftRun,
    pub(super) made_at: i64,
    pub(super) edition: u32,
    pub(crate) inputs: Rc<Inputs>,
    /// By name.
    rows: Vec<Row>,
    summary: DraftsSummary,
}

/// One client.
pub(crate) struct Row {
    pub(crate) shown: DraftRow,
    folded: String,
    /// What its seats cost the provider before discount.
    cost: Amount,
    /// Lines of the draft.
    pub(crate) lines: usize,
}

/// Drafts that are being worked out.
pub(super) struct Making {
    inputs: Inputs,
    /// Each with the invoice it has for the period, if any.
    clients: Vec<(OrganizationId, Option<Standing>)>,
    rows: Vec<Row>,
    next: usize,
    /// Seats that count towards a discount.
    cumulative: u32,
}

/// Number and sums of what was issued.
type Standing = (String, DraftTotal);

impl Making {
    pub(super) fn of(inputs: Inputs) -> Self {
        let register = Register::of(&inputs.pages);
        let standing = |client| {
            let invoice = register.standing(client, inputs.key.period)?;
            Some((invoice.written.clone(), sums(&invoice.bill.draft)))
        };
        let clients: Vec<_> = inputs.clients().into_iter().map(|client| (client, standing(client))).collect();
        Self { rows: Vec::with_capacity(clients.len()), inputs, clients, next: 0, cumulative: 0 }
    }

    /// Works out some more; false once there are none left.
    pub(super) fn go_on(&mut self, count: usize) -> bool {
        let until = self.clients.len().min(self.next + count);
        for (client, standing) in self.clients.get(self.next..until).unwrap_or_default() {
            let usage = self.inputs.usage(*client);
            self.rows.extend(row(&self.inputs, *client, standing.as_ref(), usage.as_ref()));
            if let Some(usage) = usage {
                let counted = cumulative(usage.plans().take(1).map(|plan| (plan, usage.seats)));
                self.cumulative = self.cumulative.saturating_add(counted);
            }
        }
        self.next = until;
        until < self.clients.len()
    }

    pub(super) fn progress(&self) -> (u32, u32) {
        let number = |count| u32::try_from(count).unwrap_or(u32::MAX);
        (number(self.next), number(self.clients.len()))
    }

    pub(super) fn end(self, key: DraftRun, made_at: i64, edition: u32) -> Run {
        let Self { inputs, mut rows, cumulative, .. } = self;
        sort_by(&mut rows, |one, other| one.folded.cmp(&other.folded));
        let margin = put_margins(&inputs, &mut rows, cumulative);
        let summary = summary(&inputs, &rows, margin);
        Run { key, made_at, edition, inputs: Rc::new(inputs), rows, summary }
    }
}

fn row(
    inputs: &Inputs,
    client: OrganizationId,
    standing: Option<&Standing>,
    usage: Option<&Usage>,
) -> Option<Row> {
    let name = inputs.name(client).to_owned();
    let (sums, state, lines) = match (standing, usage) {
        (Some((number, sums)), _) => (Some(*sums), DraftState::Issued(number.clone()), 0),
        (None, Some(usage)) => state(inputs, client, usage),
        // It was not there.
        (None, None) => return None,
    };
    let cost = usage.and_then(|usage| usage.cost(&inputs.own).ok()).unwrap_or_default();
    let shown = DraftRow {
        organization: client,
        seats: usage.map_or(0, |usage| usage.seats),
        gaps: usage.map_or(0, |usage| usage.gaps),
        by_members: usage.is_some_and(|usage| usage.by == CountedBy::Used),
        sums,
        left: None,
        state,
        name,
    };
    Some(Row { folded: fold(&shown.name), shown, cost, lines })
}

fn state(inputs: &Inputs, client: OrganizationId, usage: &Usage) -> (Option<DraftTotal>, DraftState, usize) {
    let without = |state| (None, state, 0);
    if inputs.is_left_out(client) {
        return without(DraftState::LeftOut);
    }
    match inputs.draft(client, usage) {
        Ok(draft) if draft.lines.is_empty() && usage.gaps > 0 && usage.seat_days == 0 => {
            without(DraftState::Cannot(DraftObstacle::NotCounted))
        }
        Ok(draft) if draft.lines.is_empty() => without(DraftState::Nothing),
        Ok(draft) => (Some(sums(&draft)), DraftState::Open, draft.lines.len()),
        Err(obstacle) => without(DraftState::Cannot(words(obstacle))),
    }
}

fn words(obstacle: Obstacle) -> DraftObstacle {
    match obstacle {
        Obstacle::NoList => DraftObstacle::NoList,
        Obstacle::NoPrice(plan) => {
            let name = PlanFacts::of(plan)
                .map_or_else(|| What::Seats(plan).name().into_owned(), |facts| facts.name.to_owned());
            DraftObstacle::NoPrice(name)
        }
        Obstacle::OtherCurrency(list, own) => DraftObstacle::OtherCurrency(list, own),
        Obstacle::TooMuch => DraftObstacle::TooMuch,
    }
}

/// What a draft comes to.
pub(super) fn sums(draft: &Draft) -> DraftTotal {
    let Draft { currency, net, tax, gross, .. } = *draft;
    DraftTotal { currency, net, tax, gross }
}

fn put_margins(inputs: &Inputs, rows: &mut [Row], cumulative: u32) -> DraftsMargin {
    // What a client costs that is not billed is part of the cost all the same.
    let currency = rows.iter().find_map(|row| row.shown.sums).map_or(Currency::USD, |sums| sums.currency);
    let billed: Vec<(Currency, Amount)> = rows
        .iter()
        .map(|row| row.shown.sums.map_or((currency, Amount::ZERO), |sums| (sums.currency, sums.net)))
        .collect();
    let costs: Vec<Amount> = rows.iter().map(|row| row.cost).collect();
    let (whole, each) = inputs.cost.margin(&billed, &costs, cumulative);
    for (row, left) in rows.iter_mut().zip(each) {
        row.shown.left = left.filter(|_| row.shown.sums.is_some());
    }
    whole
}

fn summary(inputs: &Inputs, rows: &[Row], margin: DraftsMargin) -> DraftsSummary {
    let count = |passes: fn(&DraftState) -> bool| {
        u32::try_from(rows.iter().filter(|row| passes(&row.shown.state)).count()).unwrap_or(u32::MAX)
    };
    let shown = |row: &Row| {
        let sums = row.shown.sums.map(|sums| (sums.currency.code().to_owned(), sums.net, sums.gross));
        let state = match &row.shown.state {
            DraftState::Issued(number) => number.clone(),
            _ => String::new(),
        };
        (row.shown.organization, sums, state)
    };
    let seen: Vec<_> = rows.iter().map(shown).collect();
    let (last, faults) = numbers(inputs);
    DraftsSummary {
        seen: seen_of(&seen),
        over: inputs.is_over(),
        priced: inputs.book.standard.is_some()
            || inputs.book.clients.iter().any(|terms| terms.list.is_some()),
        headed: !inputs.letterhead.name.is_empty(),
        open: count(|state| *state == DraftState::Open),
        issued: count(|state| matches!(state, DraftState::Issued(_))),
        cannot: count(|state| matches!(state, DraftState::Cannot(_))),
        with_gaps: u32::try_from(rows.iter().filter(|row| row.shown.gaps > 0).count()).unwrap_or(u32::MAX),
        gap_days: rows.iter().fold(0, |days: u32, row| days.saturating_add(row.shown.gaps)),
        totals: totals(rows),
        margin,
        next: inputs.book.numbering.written(inputs.book.numbering.next(last)),
        faults: faults.into_iter().map(fault).collect(),
    }
}

/// The last number that was given, and what is wrong with those on the pages that were read. What was given before is told by the first
/// of them.
fn numbers(inputs: &Inputs) -> (Option<u64>, Vec<Fault>) {
    let numbering = &inputs.book.numbering;
    let is_of = |prefix: &str| prefix == numbering.prefix();
    let invoices = inputs.pages.iter().flat_map(|page| &page.invoices);
    let given: Vec<u64> =
        invoices.filter(|invoice| is_of(&invoice.prefix)).map(|invoice| invoice.number).collect();
    let carried = inputs.pages.first().map_or(&[][..], |page| &page.carried);
    let before = carried.iter().find(|(prefix, _)| is_of(prefix)).map(|(_, last)| *last);
    let first = numbering.next(before);
    // Beyond a billion nobody looks for gaps.
    let from_here = Numbering::new(numbering.prefix(), first, numbering.digits());
    let faults = from_here.map(|numbering| numbering.faults(&given)).unwrap_or_default();
    (given.into_iter().max().max(before), faults)
}

fn fault(fault: Fault) -> NumberFault {
    match fault {
        Fault::Missing(first, last) => NumberFault::Missing(first, last),
        Fault::Twice(number) => NumberFault::Twice(number),
        Fault::TooLow(number) => NumberFault::TooLow(number),
    }
}

/// Sums for each currency, in the order in which they first appear. A sum beyond what can be worked with is left out.
fn totals(rows: &[Row]) -> Vec<DraftTotal> {
    let mut totals: Vec<DraftTotal> = Vec::new();
    for sums in rows.iter().filter_map(|row| row.shown.sums) {
        let plus = |total: &DraftTotal| {
            Some(DraftTotal {
                net: total.net.plus(sums.net).ok()?,
                tax: total.tax.plus(sums.tax).ok()?,
                gross: total.gross.plus(sums.gross).ok()?,
                ..*total
            })
        };
        match totals.iter_mut().find(|total| total.currency == sums.currency) {
            Some(total) => *total = plus(total).unwrap_or(*total),
            None => totals.push(sums),
        }
    }
    totals
}

impl Run {
    /// What there is to say of all of them.
    pub(crate) fn summary(&self) -> &DraftsSummary {
        &self.summary
    }

    /// How it stood.
    pub(crate) fn seen(&self) -> Seen {
        self.summary.seen
    }

    /// A client's row.
    pub(crate) fn row(&self, client: OrganizationId) -> Option<&Row> {
        self.rows.iter().find(|row| row.shown.organization == client)
    }

    /// Every row, by name.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    /// The rows that a query finds, in its order.
    pub(crate) fn find(&self, query: &DraftsQuery) -> Vec<&Row> {
        let folded = fold(&query.search);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let passes = |row: &&Row| {
            let number = match &row.shown.state {
                DraftState::Issued(number) => fold(number),
                _ => String::new(),
            };
            let found = words.iter().all(|word| row.folded.contains(word) || number.contains(word));
            found && query.show.is_none_or(|show| shows(show, &row.shown))
        };
        let found: Vec<&Row> = self.rows.iter().filter(passes).collect();
        let turned = |order: Ordering| match query.direction {
            Direction::Ascending => order,
            Direction::Descending => order.reverse(),
        };
        let order = order_of(found.len(), &mut |one, other| match (
            found.get(one as usize),
            found.get(other as usize),
        ) {
            (Some(one), Some(other)) => {
                let by_name = one.folded.cmp(&other.folded);
                match query.sort {
                    DraftSort::Name => turned(by_name),
                    sort => compare(sort, &one.shown, &other.shown, &turned).then(by_name),
                }
            }
            _ => Ordering::Equal,
        });
        order.into_iter().filter_map(|at| found.get(at as usize).copied()).collect()
    }

    /// A window of them.
    pub(crate) fn window(&self, query: &DraftsQuery, window: Window) -> Rows<DraftRow> {
        let found = self.find(query);
        let number = |count| u32::try_from(count).unwrap_or(u32::MAX);
        let from = window.from.min(number(found.len()));
        let rows = found.iter().skip(from as usize).take(window.count.min(LARGEST_WINDOW) as usize);
        Rows {
            total: number(self.rows.len()),
            matched: number(found.len()),
            from,
            rows: rows.map(|row| row.shown.clone()).collect(),
            state: ListState::Complete,
        }
    }
}

fn shows(show: DraftShow, row: &DraftRow) -> bool {
    match show {
        DraftShow::Open => row.state == DraftState::Open,
        DraftShow::Issued => matches!(row.state, DraftState::Issued(_)),
        DraftShow::Cannot => matches!(row.state, DraftState::Cannot(_)),
        DraftShow::Gaps => row.gaps > 0,
    }
}

/// Who has no such number comes last either way.
fn compare(
    sort: DraftSort,
    one: &DraftRow,
    other: &DraftRow,
    turned: &dyn Fn(Ordering) -> Ordering,
) -> Ordering {
    let number = |row: &DraftRow| match sort {
        DraftSort::Name => None,
        DraftSort::Seats => Some(i64::from(row.seats)),
        DraftSort::Net => row.sums.map(|sums| sums.net.minor()),
        DraftSort::Gross => row.sums.map(|sums| sums.gross.minor()),
        DraftSort::Margin => row.left.map(Amount::minor),
        DraftSort::State => Some(match row.state {
            DraftState::Cannot(_) => 0,
            DraftState::Open => 1,
            DraftState::Issued(_) => 2,
            DraftState::Nothing => 3,
            DraftState::LeftOut => 4,
        }),
    };
    match (number(one), number(other)) {
        (Some(one), Some(other)) => turned(one.cmp(&other)),
        (one, other) => other.is_some().cmp(&one.is_some()),
    }
}
