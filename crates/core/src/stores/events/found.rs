use std::rc::Rc;

use portal_bridge::{EventBar, EventGrouping, EventsFilter, EventsQuery};

use super::{
    Log, Range, bars::bars, clock::Clock, columns::Columns, filter::matching, lines::Lines, twins::Twins,
};
use crate::{
    Core,
    sort::{once, sort_by},
};

/// What a filter found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Newest first; rows that another stands for are not among them.
    pub(super) rows: Vec<u32>,
    /// Events in the range, whatever the filter leaves.
    pub(super) total: u32,
}

/// What a query found, arranged as it asks for.
#[derive(Default)]
pub(super) struct Arranged {
    pub(super) rows: Rc<Found>,
    /// Those of the rows that a rule points out.
    pub(super) marked: Vec<u32>,
    pub(super) bars: Vec<EventBar>,
    pub(super) lines: Lines,
}

/// What was found last, the newest first.
#[derive(Default)]
pub(super) struct Cache {
    found: Vec<(EventsFilter, Rc<Found>)>,
    arranged: Vec<(EventsQuery, Rc<Arranged>)>,
}

/// Queries remembered.
const REMEMBERED: usize = 6;

impl Cache {
    pub(super) fn clear(&mut self) {
        self.found.clear();
        self.arranged.clear();
    }

    fn found(&self, filter: &EventsFilter) -> Option<Rc<Found>> {
        self.found.iter().find(|(known, _)| known == filter).map(|(_, found)| found.clone())
    }

    fn arranged(&self, query: &EventsQuery) -> Option<Rc<Arranged>> {
        self.arranged.iter().find(|(known, _)| known == query).map(|(_, arranged)| arranged.clone())
    }
}

/// What a query finds in what is here now, arranged.
pub(super) fn arranged(core: &Core, log: &Log, query: &EventsQuery) -> Rc<Arranged> {
    core.settle_events(log);
    if let Some(known) = log.cache.borrow().arranged(query) {
        return known;
    }
    let found = found(log, &query.filter);
    let columns = log.columns.borrow();
    let range = Range::of(&query.filter);
    let clock = Clock(&query.filter.zone);
    let marked = log.highlights.borrow().marked(&found.rows, &query.muted);
    let rows =
        if query.highlighted { Rc::new(Found { rows: marked.clone(), total: found.total }) } else { found };
    let lines = match query.grouping {
        EventGrouping::Days => Lines::by_day(&columns, clock, &rows.rows),
        EventGrouping::Sessions => {
            let (book, twins) = (log.book.borrow(), log.twins.borrow());
            Lines::by_session(&columns, &book, &twins, clock, &rows.rows, &query.unfolded)
        }
    };
    let arranged =
        Rc::new(Arranged { bars: bars(&columns, range, clock, &rows.rows, &marked), rows, marked, lines });
    let mut cache = log.cache.borrow_mut();
    cache.arranged.insert(0, (query.clone(), arranged.clone()));
    cache.arranged.truncate(REMEMBERED);
    arranged
}

/// What a filter finds in what is in order.
pub(super) fn found(log: &Log, filter: &EventsFilter) -> Rc<Found> {
    if let Some(known) = log.cache.borrow().found(filter) {
        return known;
    }
    let columns = log.columns.borrow();
    let twins = log.twins.borrow();
    let range = Range::of(filter);
    let rows = without_copies(matching(&columns, &log.book.borrow(), filter), &twins);
    let found = Rc::new(Found { total: total(&columns, &twins, range), rows });
    let mut cache = log.cache.borrow_mut();
    cache.found.insert(0, (filter.clone(), found.clone()));
    cache.found.truncate(REMEMBERED);
    found
}

/// Of what several logs tell, the row that stands for all, even if a filter found only another.
fn without_copies(rows: Vec<u32>, twins: &Twins) -> Vec<u32> {
    if !twins.any() {
        return rows;
    }
    let mut heads: Vec<u32> = Vec::new();
    let mut copies = twins.copies().iter();
    let mut kept: Vec<u32> = rows
        .into_iter()
        .filter(|row| {
            let folded = twins.is_folded(*row);
            if folded {
                heads.extend(copies.find(|(copy, _)| copy == row).map(|(_, head)| *head));
            }
            !folded
        })
        .collect();
    // Both are in order, so that each is looked for from where the one before it stood.
    let mut place = 0;
    let mut strangers = once(heads, u32::cmp);
    strangers.retain(|head| {
        while kept.get(place).is_some_and(|row| row < head) {
            place += 1;
        }
        kept.get(place) != Some(head)
    });
    if !strangers.is_empty() {
        kept.extend(strangers);
        sort_by(&mut kept, u32::cmp);
    }
    kept
}

fn total(columns: &Columns, twins: &Twins, range: Range) -> u32 {
    let rows = columns.within(range.from, range.to);
    let copies = twins.count_within(&rows);
    u32::try_from(rows.len() - copies.min(rows.len())).unwrap_or(u32::MAX)
}
