use std::{cell::RefCell, rc::Rc};

use portal_bridge::{ClientNeed, ClientsQuery, ClientsView, ListState, Rows, Window};
use portal_domain::search::fold;

use super::table::{Table, UNMETERED, family};
use crate::sort::sort_by;

/// What the last queries found.
#[derive(Default)]
pub(crate) struct Results(RefCell<Vec<(ClientsQuery, Rc<Found>)>>);

/// The rows of a query, in its order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// Indices into the table.
    pub(crate) rows: Vec<u32>,
    assigned: u64,
    used: u64,
}

/// Queries remembered: one per tab and a few steps back.
const REMEMBERED: usize = 6;
/// Most rows handed out at once.
const LARGEST_WINDOW: u32 = 500;

impl Results {
    /// The rows of a query.
    pub(crate) fn find(&self, table: &Table, query: &ClientsQuery) -> Rc<Found> {
        if let Some((_, found)) = self.0.borrow().iter().find(|(known, _)| known == query) {
            return found.clone();
        }
        let before = self.narrower(query);
        let found = Rc::new(match before {
            // Few are left: look only at them.
            Some(before) if before.rows.len() < table.len() / 8 => among(table, query, &before.rows),
            _ => search(table, query),
        });
        let mut results = self.0.borrow_mut();
        results.insert(0, (query.clone(), found.clone()));
        results.truncate(REMEMBERED);
        found
    }

    /// What was found by a query of which this one can only leave less: the same with fewer letters typed.
    fn narrower(&self, query: &ClientsQuery) -> Option<Rc<Found>> {
        let results = self.0.borrow();
        let wider = results.iter().filter(|(known, _)| {
            !known.search.is_empty()
                && query.search.starts_with(&known.search)
                && ClientsQuery { search: query.search.clone(), ..known.clone() } == *query
        });
        wider.min_by_key(|(_, found)| found.rows.len()).map(|(_, found)| found.clone())
    }
}

impl Found {
    /// A window of the rows, with what stands around it.
    pub(crate) fn view(&self, table: &Table, window: Window, state: ListState) -> ClientsView {
        let matched = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let from = window.from.min(matched);
        let rows = self.rows.iter().skip(from as usize).take(window.count.min(LARGEST_WINDOW) as usize);
        ClientsView {
            rows: Rows {
                total: u32::try_from(table.len()).unwrap_or(u32::MAX),
                matched,
                from,
                rows: rows.filter_map(|row| table.row(*row as usize)).collect(),
                state,
            },
            assigned: self.assigned,
            used: self.used,
            plans: table.families(),
        }
    }
}

/// Looks at every row.
fn search(table: &Table, query: &ClientsQuery) -> Found {
    let order = table.order(query.sort, query.direction);
    let filter = Filter::new(table, query);
    let Some((rarest, others)) =
        words(query).split_last().map(|(last, others)| (last.clone(), others.to_vec()))
    else {
        let rows = order.iter().copied().filter(|row| filter.passes(*row as usize)).collect();
        return counted(table, rows);
    };
    // The longest word is looked for in all names at once; what it finds is held to the rest.
    let mut matched = vec![false; table.len()];
    table.folded.search(&rarest, |row| {
        let name = table.folded.get(row);
        if filter.passes(row) && others.iter().all(|word| name.contains(word.as_str())) {
            matched.iter_mut().skip(row).take(1).for_each(|slot| *slot = true);
        }
    });
    let rows =
        order.iter().copied().filter(|row| matched.get(*row as usize).copied().unwrap_or_default()).collect();
    counted(table, rows)
}

/// Looks at some rows, which are in order already.
fn among(table: &Table, query: &ClientsQuery, rows: &[u32]) -> Found {
    let words = words(query);
    let matches = |row: &u32| {
        let name = table.folded.get(*row as usize);
        words.iter().all(|word| name.contains(word.as_str()))
    };
    counted(table, rows.iter().copied().filter(matches).collect())
}

/// The words looked for, longest last.
fn words(query: &ClientsQuery) -> Vec<String> {
    let mut words: Vec<String> =
        fold(&query.search).split_whitespace().map(|word| word.replace('\0', "")).collect();
    words.retain(|word| !word.is_empty());
    sort_by(&mut words, |one, other| one.len().cmp(&other.len()));
    words
}

fn counted(table: &Table, rows: Vec<u32>) -> Found {
    let metered = |seats: u32| if seats == UNMETERED { 0 } else { u64::from(seats) };
    let sum = |column: &[u32]| {
        rows.iter().filter_map(|row| column.get(*row as usize)).map(|seats| metered(*seats)).sum()
    };
    let (assigned, used) = (sum(&table.assigned), sum(&table.used));
    Found { assigned, used, rows }
}

/// Everything but the search text.
struct Filter<'a> {
    table: &'a Table,
    /// Of each plan, whether it is wanted; `None` when every plan is.
    plans: Option<Vec<bool>>,
    needs: Option<ClientNeed>,
}

impl<'a> Filter<'a> {
    fn new(table: &'a Table, query: &ClientsQuery) -> Self {
        let wanted = |plan: &String| table.plan_names.iter().map(|name| family(name) == plan).collect();
        Self { table, plans: query.plan.as_ref().map(wanted), needs: query.needs }
    }

    fn passes(&self, row: usize) -> bool {
        let table = self.table;
        let number = |column: &[u32]| column.get(row).copied().unwrap_or_default();
        if let Some(plans) = &self.plans {
            let plan = table.plans.get(row).copied().unwrap_or(u8::MAX);
            if !plans.get(usize::from(plan)).copied().unwrap_or_default() {
                return false;
            }
        }
        match self.needs {
            None => true,
            Some(ClientNeed::Seats) => {
                number(&table.assigned) != UNMETERED && number(&table.used) >= number(&table.assigned)
            }
            Some(ClientNeed::Members) => number(&table.confirmed) == 0,
            Some(ClientNeed::Enabling) => !table.is_enabled(row),
        }
    }
}
