//! Search, filters and sort, kept in the address.

use leptos::prelude::*;
use portal_bridge::{ClientNeed, ClientSort, ClientsQuery};

use crate::live::memo;
use crate::messages::clients as text;
use crate::pages::sorting::Sorting;
use crate::router::{Router, use_router};
use crate::session::use_provider;
use crate::typed::Typed;
use crate::ui::{MenuEntry, MenuItem};

const SEARCH: &str = "search";
const PLAN: &str = "plan";
const NEEDS: &str = "needs";

/// A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Filters {
    router: Router,
    search: Typed,
    /// How the list is sorted.
    pub(super) order: Sorting<ClientSort>,
}

impl Filters {
    /// Reads the address, and follows it when it changes by itself.
    pub(super) fn follow() -> Self {
        Self { router: use_router(), search: Typed::follow(SEARCH), order: Sorting::follow(&SORTS) }
    }

    pub(super) fn query(self) -> Memo<ClientsQuery> {
        let provider = use_provider();
        memo(move || ClientsQuery {
            provider: provider.id(),
            search: self.search.text().get(),
            plan: self.router.query(PLAN),
            needs: self.router.query(NEEDS).and_then(|word| need(&word)),
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

    pub(super) fn set(self, key: &str, value: Option<&str>) {
        self.router.set_query(&[(key, value)]);
    }

    pub(super) fn clear(self) {
        self.search.clear(&[PLAN, NEEDS]);
    }

    /// The filters that are on: name, value, key.
    pub(super) fn chips(self) -> Vec<(&'static str, String, &'static str)> {
        let plan = self.router.query(PLAN).map(|plan| (text::filter_plan(), plan, PLAN));
        let needs = self.router.query(NEEDS).and_then(|word| need(&word));
        let needs = needs.map(|need| (text::filter_needs(), need_words(need).to_owned(), NEEDS));
        plan.into_iter().chain(needs).collect()
    }

    pub(super) fn menu(self, plans: &[String]) -> Vec<MenuEntry> {
        let mut entries = Vec::new();
        let item = |key: &'static str, value: String, words: String| {
            let on = untrack(|| self.router.query(key)).as_deref() == Some(value.as_str());
            MenuItem::new(words, move || self.set(key, (!on).then_some(value.as_str()))).checked(on).into()
        };
        if !plans.is_empty() {
            entries.push(MenuEntry::Group(text::filter_plan().to_owned()));
            entries.extend(plans.iter().map(|plan| item(PLAN, plan.clone(), plan.clone())));
        }
        entries.push(MenuEntry::Group(text::filter_needs().to_owned()));
        entries.extend(
            NEED_WORDS
                .iter()
                .map(|(word, need)| item(NEEDS, (*word).to_owned(), need_words(*need).to_owned())),
        );
        entries
    }
}

/// What needs attention, in a word or two.
pub(super) fn need_words(need: ClientNeed) -> &'static str {
    match need {
        ClientNeed::Seats => text::need_seats(),
        ClientNeed::Members => text::need_members(),
        ClientNeed::Enabling => text::need_enabling(),
    }
}

fn need(word: &str) -> Option<ClientNeed> {
    NEED_WORDS.iter().find(|(known, _)| *known == word).map(|(_, need)| *need)
}

const NEED_WORDS: [(&str, ClientNeed); 3] =
    [("seats", ClientNeed::Seats), ("members", ClientNeed::Members), ("off", ClientNeed::Enabling)];

const SORTS: [(&str, ClientSort); 6] = [
    ("name", ClientSort::Name),
    ("plan", ClientSort::Plan),
    ("used", ClientSort::Used),
    ("assigned", ClientSort::Assigned),
    ("remaining", ClientSort::Remaining),
    ("added", ClientSort::Added),
];
