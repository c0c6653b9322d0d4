//! Search, filter and sort, kept in the address.

use leptos::prelude::*;
use portal_bridge::{Direction, PortfolioNeed, PortfolioQuery, PortfolioSort};

use crate::live::memo;
use crate::messages::portfolio as text;
use crate::router::{Router, use_router};
use crate::typed::Typed;
use crate::ui::table::Sorted;
use crate::ui::{MenuEntry, MenuItem};

const NEEDS: &str = "needs";
const SORT: &str = "sort";
const DOWN: &str = "down";

/// A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Filters {
    router: Router,
    search: Typed,
}

impl Filters {
    /// Reads the address, and follows it when it changes by itself.
    pub(super) fn follow() -> Self {
        Self { router: use_router(), search: Typed::follow("search") }
    }

    pub(super) fn query(self) -> Memo<PortfolioQuery> {
        memo(move || PortfolioQuery {
            search: self.search.text().get(),
            needs: self.need(),
            sort: self.by().map(|(_, sort)| sort).unwrap_or_default(),
            direction: if self.descending() { Direction::Descending } else { Direction::Ascending },
        })
    }

    pub(super) fn search(self) -> Signal<String> {
        self.search.text()
    }

    pub(super) fn search_for(self, typed: String) {
        self.search.set(typed);
    }

    pub(super) fn set_need(self, need: Option<&str>) {
        self.router.set_query(&[(NEEDS, need)]);
    }

    pub(super) fn clear(self) {
        self.search.clear(&[NEEDS]);
    }

    /// The words of the filter that is on.
    pub(super) fn chip(self) -> Option<String> {
        self.need().map(|need| need_words(need).to_owned())
    }

    pub(super) fn menu(self) -> Vec<MenuEntry> {
        let now = untrack(|| self.need());
        let item = |(word, need): &(&'static str, PortfolioNeed)| {
            let (word, on) = (*word, now == Some(*need));
            MenuItem::new(need_words(*need), move || self.set_need((!on).then_some(word))).checked(on).into()
        };
        [MenuEntry::Group(text::needs().to_owned())].into_iter().chain(NEED_WORDS.iter().map(item)).collect()
    }

    pub(super) fn sorted(self) -> Signal<Option<Sorted>> {
        Signal::derive(move || self.by().map(|(by, _)| Sorted { by, descending: self.descending() }))
    }

    /// Sorts by a column; the same column again turns the order round.
    pub(super) fn sort_by(self, by: &'static str) {
        let now = untrack(|| self.by().map(|(by, _)| by));
        let down = now == Some(by) && !untrack(|| self.descending());
        let by = (by != "name").then_some(by);
        self.router.set_query(&[(SORT, by), (DOWN, down.then_some("1"))]);
    }

    fn by(self) -> Option<(&'static str, PortfolioSort)> {
        let by = self.router.query(SORT).unwrap_or_else(|| "name".to_owned());
        SORTS.into_iter().find(|(word, _)| *word == by)
    }

    fn descending(self) -> bool {
        self.router.query(DOWN).is_some()
    }

    fn need(self) -> Option<PortfolioNeed> {
        let word = self.router.query(NEEDS)?;
        NEED_WORDS.iter().find(|(known, _)| *known == word).map(|(_, need)| *need)
    }
}

/// What a client needs, in a word or two.
pub(super) fn need_words(need: PortfolioNeed) -> &'static str {
    match need {
        PortfolioNeed::Enabling => text::need_enabling(),
        PortfolioNeed::Reading => text::need_reading(),
        PortfolioNeed::Seats => text::need_seats(),
        PortfolioNeed::Confirming => text::need_confirming(),
        PortfolioNeed::SecondOwner => text::need_owner(),
    }
}

const NEED_WORDS: [(&str, PortfolioNeed); 5] = [
    ("confirming", PortfolioNeed::Confirming),
    ("owner", PortfolioNeed::SecondOwner),
    ("seats", PortfolioNeed::Seats),
    ("off", PortfolioNeed::Enabling),
    ("unreadable", PortfolioNeed::Reading),
];

const SORTS: [(&str, PortfolioSort); 5] = [
    ("name", PortfolioSort::Name),
    ("via", PortfolioSort::Via),
    ("members", PortfolioSort::Members),
    ("owners", PortfolioSort::Owners),
    ("waiting", PortfolioSort::Waiting),
];
