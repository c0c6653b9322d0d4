//! Search, filter and sort, kept in the address.

use leptos::prelude::*;
use portal_bridge::{PortfolioNeed, PortfolioQuery, PortfolioSort};

use crate::live::memo;
use crate::messages::portfolio as text;
use crate::pages::sorting::Sorting;
use crate::router::{Router, use_router};
use crate::typed::Typed;
use crate::ui::{MenuEntry, MenuItem};

const NEEDS: &str = "needs";

/// A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Filters {
    router: Router,
    search: Typed,
    /// How the list is sorted.
    pub(super) order: Sorting<PortfolioSort>,
}

impl Filters {
    /// Reads the address, and follows it when it changes by itself.
    pub(super) fn follow() -> Self {
        Self { router: use_router(), search: Typed::follow("search"), order: Sorting::follow(&SORTS) }
    }

    pub(super) fn query(self) -> Memo<PortfolioQuery> {
        memo(move || PortfolioQuery {
            search: self.search.text().get(),
            needs: self.need(),
            sort: self.order.sort(),
            direction: self.order.direction(),
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
