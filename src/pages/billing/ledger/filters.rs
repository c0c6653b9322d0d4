//! Days, search, filters and sort, kept in the address.

use leptos::prelude::*;
use portal_bridge::{BooksOf, Day, LedgerQuery, LedgerRange, LedgerSort};

use crate::live::memo;
use crate::messages::{clients as list_text, ledger as text};
use crate::pages::sorting::Sorting;
use crate::router::{Router, use_router};
use crate::session::Provider;
use crate::typed::Typed;
use crate::ui::{MenuEntry, MenuItem};

const SEARCH: &str = "search";
const PLAN: &str = "plan";
const IDLE: &str = "idle";
const DAYS: &str = "days";
const FROM: &str = "from";
const TO: &str = "to";

/// Ranges that end today.
pub(super) const LAST: [u32; 3] = [30, 90, 365];

/// A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Filters {
    router: Router,
    search: Typed,
    pub(super) order: Sorting<LedgerSort>,
    /// Without a provider: no seats are metered.
    pub(super) own: bool,
}

impl Filters {
    /// Reads the address, and follows it when it changes by itself.
    pub(super) fn follow() -> Self {
        let own = use_context::<Provider>().is_none();
        Self { router: use_router(), search: Typed::follow(SEARCH), order: Sorting::follow(&SORTS), own }
    }

    pub(super) fn query(self, books: Signal<BooksOf>) -> Memo<LedgerQuery> {
        memo(move || LedgerQuery {
            of: books.get(),
            range: self.range(),
            search: self.search.text().get(),
            plan: self.plan(),
            idle: self.router.query(IDLE).is_some(),
            sort: self.order.sort(),
            direction: self.order.direction(),
        })
    }

    pub(super) fn plan(self) -> Option<String> {
        self.router.query(PLAN)
    }

    /// Which days are looked at. What is no month counts as if it were not there.
    pub(super) fn range(self) -> LedgerRange {
        if let Some((from, to)) = self.months() {
            return LedgerRange::Months(from, to);
        }
        let days = self.router.query(DAYS).and_then(|days| days.parse().ok());
        LedgerRange::Days(days.filter(|days| LAST.contains(days)).unwrap_or(LAST[0]))
    }

    /// The first days of the first and of the last month, where months were chosen.
    pub(super) fn months(self) -> Option<(Day, Day)> {
        Some((month(&self.router.query(FROM)?)?, month(&self.router.query(TO)?)?))
    }

    /// Looks at so many days.
    pub(super) fn set_days(self, days: u32) {
        let words = (days != LAST[0]).then(|| days.to_string());
        self.router.set_query(&[(DAYS, words.as_deref()), (FROM, None), (TO, None)]);
    }

    /// Looks at whole months, given by a day of each.
    pub(super) fn set_months(self, from: Day, to: Day) {
        let [from, to] = [from.min(to), from.max(to)].map(month_word);
        self.router.set_query(&[(DAYS, None), (FROM, Some(&from)), (TO, Some(&to))]);
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
        self.search.clear(&[PLAN, IDLE]);
    }

    /// The filters that are on: name, value, key.
    pub(super) fn chips(self) -> Vec<(&'static str, String, &'static str)> {
        let plan = self.plan().map(|plan| (list_text::filter_plan(), plan, PLAN));
        let idle = self.router.query(IDLE).map(|_| (text::idle(), text::idle_only().to_owned(), IDLE));
        plan.into_iter().chain(idle).collect()
    }

    pub(super) fn menu(self, plans: &[String]) -> Vec<MenuEntry> {
        let mut entries: Vec<MenuEntry> = Vec::new();
        let item = |key: &'static str, value: String, words: String| {
            let on = untrack(|| self.router.query(key)).as_deref() == Some(value.as_str());
            MenuItem::new(words, move || self.set(key, (!on).then_some(value.as_str()))).checked(on).into()
        };
        let plans: Vec<&String> = plans.iter().filter(|plan| !plan.is_empty()).collect();
        if !plans.is_empty() {
            entries.push(MenuEntry::Group(list_text::filter_plan().to_owned()));
            entries.extend(plans.into_iter().map(|plan| item(PLAN, plan.clone(), plan.clone())));
        }
        if !self.own {
            entries.push(MenuEntry::Group(text::idle().to_owned()));
            entries.push(item(IDLE, "1".to_owned(), text::filter_idle().to_owned()));
        }
        entries
    }
}

/// The first day of a month such as `2026-09`.
pub(super) fn month(word: &str) -> Option<Day> {
    format!("{word}-01").parse().ok()
}

/// The month a day is in.
pub(super) fn month_word(day: Day) -> String {
    day.to_string().chars().take("2026-09".len()).collect()
}

const SORTS: [(&str, LedgerSort); 7] = [
    ("name", LedgerSort::Name),
    ("plan", LedgerSort::Plan),
    ("assigned", LedgerSort::Assigned),
    ("used", LedgerSort::Used),
    ("idle", LedgerSort::Idle),
    ("always", LedgerSort::AlwaysIdle),
    ("change", LedgerSort::Change),
];
