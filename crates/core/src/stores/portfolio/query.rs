use std::{cmp::Ordering, rc::Rc};

use portal_bridge::{Direction, ListState, PortfolioQuery, PortfolioRow, PortfolioSort, Rows, Window};
use portal_domain::search::fold;

use super::{List, Portfolio, list::Entry};
use crate::sort::sort_by;

/// Queries remembered: one per tab and a few steps back.
const REMEMBERED: usize = 6;
/// Most rows handed out at once.
pub(super) const LARGEST_WINDOW: u32 = 500;

impl Portfolio {
    /// A window of a query's rows.
    pub(crate) fn rows(
        &self,
        list: &List,
        query: &PortfolioQuery,
        window: Window,
        state: ListState,
    ) -> Rows<PortfolioRow> {
        let found = self.find(list, query);
        let matched = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let from = window.from.min(matched);
        let rows = found.iter().skip(from as usize).take(window.count.min(LARGEST_WINDOW) as usize);
        Rows {
            total: list.len(),
            matched,
            from,
            rows: rows.filter_map(|index| list.row(*index, self)).collect(),
            state,
        }
    }

    /// The indices of a query's rows, in its order.
    fn find(&self, list: &List, query: &PortfolioQuery) -> Rc<[u32]> {
        if let Some((_, found)) = self.found.borrow().iter().find(|(known, _)| known == query) {
            return found.clone();
        }
        let folded = fold(&query.search);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let passes = |entry: &&Entry| {
            let (_, via) = list.via(entry);
            let via = fold(via);
            words.iter().all(|word| entry.folded.contains(word) || via.contains(word))
                && query.needs.is_none_or(|need| list.need(entry, self) == Some(need))
        };
        let mut found: Vec<(u32, &Entry)> =
            (0..).zip(&list.entries).filter(|(_, entry)| passes(entry)).collect();
        sort_by(&mut found, |(_, one), (_, other)| self.compare(list, query, one, other));
        let found: Rc<[u32]> = found.into_iter().map(|(index, _)| index).collect();
        let mut results = self.found.borrow_mut();
        results.insert(0, (query.clone(), found.clone()));
        results.truncate(REMEMBERED);
        found
    }

    fn compare(&self, list: &List, query: &PortfolioQuery, one: &Entry, other: &Entry) -> Ordering {
        let by_name = || one.folded.cmp(&other.folded);
        let turned = |order: Ordering| match query.direction {
            Direction::Ascending => order,
            Direction::Descending => order.reverse(),
        };
        let number = |entry: &Entry| match query.sort {
            PortfolioSort::Name | PortfolioSort::Via => None,
            PortfolioSort::Members => list.members(entry, self),
            PortfolioSort::Owners => list.number(entry, self, |seats| seats.owners),
            PortfolioSort::Waiting => list.number(entry, self, |seats| seats.waiting),
        };
        match query.sort {
            PortfolioSort::Name => turned(by_name()),
            PortfolioSort::Via => turned(list.via(one).cmp(&list.via(other))).then_with(by_name),
            // Clients without a number come last either way.
            _ => match (number(one), number(other)) {
                (Some(one), Some(other)) => turned(one.cmp(&other)).then_with(by_name),
                (one, other) => other.is_some().cmp(&one.is_some()).then_with(by_name),
            },
        }
    }
}
