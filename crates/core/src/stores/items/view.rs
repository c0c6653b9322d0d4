use portal_bridge::{
    CipherId, Direction, ItemRow, ItemSort, ItemsQuery, ItemsView, ListState, Moment, Rows, Window,
};
use portal_domain::search::Needle;

use super::Items;
use crate::{sort::sort_by, stores::collections::Collections};

const LARGEST_WINDOW: u32 = 500;

/// A window of the items, as the tab shows it.
pub(crate) fn view(
    items: &Items,
    collections: &Collections,
    query: &ItemsQuery,
    window: Window,
    state: ListState,
) -> ItemsView {
    let matched = items.matching(query);
    let shown = matched.iter().skip(window.from as usize).take(window.count.min(LARGEST_WINDOW) as usize);
    let trashed = number(items.trashed.iter().filter(|trashed| **trashed).count());
    let total = number(items.ids.len());
    ItemsView {
        rows: Rows {
            total: if query.trash { trashed } else { total.saturating_sub(trashed) },
            matched: number(matched.len()),
            from: window.from,
            rows: shown.filter_map(|row| items.row(*row as usize, collections)).collect(),
            state,
        },
        unreadable: number(items.readable.iter().filter(|readable| !**readable).count()),
        trashed,
    }
}

/// The ids of every item of a query, in order.
pub(crate) fn ids(items: &Items, query: &ItemsQuery) -> Vec<CipherId> {
    items.matching(query).into_iter().filter_map(|row| items.ids.get(row as usize).copied()).collect()
}

impl Items {
    /// The rows a query asks for, in its order.
    fn matching(&self, query: &ItemsQuery) -> Vec<u32> {
        let found = self.found(&query.search);
        let wanted = |row: usize| {
            found.as_ref().is_none_or(|found| found.get(row).copied().unwrap_or_default())
                && self.trashed.get(row) == Some(&query.trash)
                && query.kind.is_none_or(|kind| self.kinds.get(row) == Some(&kind))
                && query.collection.is_none_or(|id| self.collections_of(row).contains(&id))
        };
        let mut rows: Vec<u32> = self.by_name.iter().copied().filter(|row| wanted(*row as usize)).collect();
        let figure = |row: u32| match query.sort {
            ItemSort::Name => 0,
            ItemSort::Kind => self.kinds.get(row as usize).copied().unwrap_or_default().into(),
            ItemSort::Changed => self.changed.get(row as usize).map_or(0, |Moment(at)| *at),
        };
        if query.sort != ItemSort::Name {
            // They come by name, and what is equal stays so.
            sort_by(&mut rows, |one, other| figure(*one).cmp(&figure(*other)));
        }
        if query.direction == Direction::Descending {
            rows.reverse();
        }
        rows
    }

    /// In which rows every word of the search occurs; `None` where nothing is searched for.
    fn found(&self, search: &str) -> Option<Vec<bool>> {
        let needle = Needle::new(search);
        let mut left: Option<Vec<bool>> = None;
        for word in needle.words() {
            let mut here = vec![false; self.ids.len()];
            self.folded.search(word, |row| {
                let before = left.as_ref().is_none_or(|left| left.get(row).copied().unwrap_or_default());
                if let Some(slot) = here.get_mut(row) {
                    *slot = before;
                }
            });
            left = Some(here);
        }
        left
    }

    fn row(&self, row: usize, collections: &Collections) -> Option<ItemRow> {
        Some(ItemRow {
            id: *self.ids.get(row)?,
            name: self.readable.get(row).copied()?.then(|| self.names.get(row).to_owned()),
            kind: *self.kinds.get(row)?,
            collections: self.collections_of(row).iter().map(|id| collections.label(*id)).collect(),
            changed: *self.changed.get(row)?,
        })
    }
}

fn number(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
