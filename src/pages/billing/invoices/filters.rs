//! Period, search, filter and sort, kept in the address.

use leptos::prelude::*;
use portal_bridge::{DraftRun, DraftShow, DraftSort, DraftsQuery, Fill, Period};

use super::periods;
use crate::live::memo;
use crate::messages::invoices as text;
use crate::pages::sorting::Sorting;
use crate::router::{Router, use_router};
use crate::shell::use_books;
use crate::typed::Typed;
use crate::ui::{MenuEntry, MenuItem};

const SEARCH: &str = "search";
const SHOW: &str = "show";
/// What days nobody counted are billed as: `last`, or nothing.
const GAPS: &str = "gaps";
const LAST: &str = "last";

/// A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Filters {
    router: Router,
    search: Typed,
    /// How the list is sorted.
    pub(super) order: Sorting<DraftSort>,
    run: Memo<DraftRun>,
}

impl Filters {
    /// Reads the address, and follows it when it changes by itself.
    pub(super) fn follow() -> Self {
        let router = use_router();
        let run = use_run(router);
        Self { router, search: Typed::follow(SEARCH), order: Sorting::follow(&SORTS), run }
    }

    /// Which run the page is about.
    pub(super) fn run(self) -> Memo<DraftRun> {
        self.run
    }

    pub(super) fn query(self) -> Memo<DraftsQuery> {
        memo(move || DraftsQuery {
            run: self.run.get(),
            search: self.search.text().get(),
            show: self.show(),
            sort: self.order.sort(),
            direction: self.order.direction(),
        })
    }

    pub(super) fn period(self) -> Option<Period> {
        Some(self.run.get().period)
    }

    pub(super) fn set_period(self, period: Period) {
        let (month, until) = periods::keys(period);
        self.router.set_query(&[(periods::MONTH, Some(&month)), (periods::UNTIL, until.as_deref())]);
    }

    pub(super) fn fills(self) -> bool {
        self.run.get().fill == Fill::LastKnown
    }

    pub(super) fn set_fill(self, last: bool) {
        self.router.set_query(&[(GAPS, last.then_some(LAST))]);
    }

    pub(super) fn search(self) -> Signal<String> {
        self.search.text()
    }

    pub(super) fn search_for(self, typed: String) {
        self.search.set(typed);
    }

    pub(super) fn set_show(self, show: Option<&str>) {
        self.router.set_query(&[(SHOW, show)]);
    }

    pub(super) fn clear(self) {
        self.search.clear(&[SHOW]);
    }

    /// The filter that is on.
    pub(super) fn chip(self) -> Option<String> {
        self.show().map(|show| show_words(show).to_owned())
    }

    pub(super) fn menu(self) -> Vec<MenuEntry> {
        let item = |(word, show): &(&'static str, DraftShow)| -> MenuEntry {
            let (word, on) = (*word, untrack(|| self.show()) == Some(*show));
            MenuItem::new(show_words(*show), move || self.set_show((!on).then_some(word))).checked(on).into()
        };
        let mut entries = vec![MenuEntry::Group(text::show().to_owned())];
        entries.extend(SHOWS.iter().map(item));
        entries
    }

    fn show(self) -> Option<DraftShow> {
        let word = self.router.query(SHOW)?;
        SHOWS.iter().find(|(known, _)| *known == word).map(|(_, show)| *show)
    }
}

/// The run that the address names.
pub(super) fn use_run(router: Router) -> Memo<DraftRun> {
    let books = use_books();
    memo(move || {
        let fill = if router.query(GAPS).as_deref() == Some(LAST) { Fill::LastKnown } else { Fill::Nothing };
        // Every clock shows a day of the calendar; else nothing is asked for that anybody has.
        let period = periods::of_address(router).unwrap_or_else(periods::none);
        DraftRun { of: books.get(), period, fill }
    })
}

fn show_words(show: DraftShow) -> &'static str {
    match show {
        DraftShow::Open => text::show_open(),
        DraftShow::Issued => text::show_issued(),
        DraftShow::Cannot => text::show_cannot(),
        DraftShow::Gaps => text::show_gaps(),
    }
}

const SHOWS: [(&str, DraftShow); 4] = [
    ("drafts", DraftShow::Open),
    ("issued", DraftShow::Issued),
    ("cannot", DraftShow::Cannot),
    ("gaps", DraftShow::Gaps),
];

const SORTS: [(&str, DraftSort); 6] = [
    ("name", DraftSort::Name),
    ("seats", DraftSort::Seats),
    ("net", DraftSort::Net),
    ("gross", DraftSort::Gross),
    ("left", DraftSort::Margin),
    ("state", DraftSort::State),
];
