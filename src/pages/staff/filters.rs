//! Search, filters and sort, kept in the address.

use leptos::prelude::*;
use portal_bridge::{Direction, StaffQuery, StaffRole, StaffSort, StaffStatus};

use crate::live::memo;
use crate::messages::staff as text;
use crate::router::{Router, use_router};
use crate::session::{Provider, use_provider};
use crate::typed::Typed;
use crate::ui::table::Sorted;
use crate::ui::{MenuEntry, MenuItem};

const STATUS: &str = "status";
const ROLE: &str = "role";
const SORT: &str = "sort";
const DOWN: &str = "down";

pub(super) const INVITED: &str = "invited";
pub(super) const WAITING: &str = "needs-confirmation";
pub(super) const CONFIRMED: &str = "confirmed";

const ADMIN: &str = "admin";
const SERVICE: &str = "service";

const SORTS: [(&str, StaffSort); 3] =
    [("name", StaffSort::Name), ("role", StaffSort::Role), ("status", StaffSort::Status)];

/// A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Filters {
    router: Router,
    provider: Provider,
    search: Typed,
}

impl Filters {
    pub(super) fn follow() -> Self {
        Self { router: use_router(), provider: use_provider(), search: Typed::follow("search") }
    }

    pub(super) fn query(self) -> Memo<StaffQuery> {
        memo(move || StaffQuery {
            provider: self.provider.id(),
            search: self.search.text().get(),
            status: status_of(&self.router.query(STATUS).unwrap_or_default()),
            role: role_of(&self.router.query(ROLE).unwrap_or_default()),
            sort: SORTS
                .iter()
                .find(|(word, _)| *word == self.by())
                .map(|(_, sort)| *sort)
                .unwrap_or_default(),
            direction: if self.descending() { Direction::Descending } else { Direction::Ascending },
        })
    }

    /// The query without any filter.
    pub(super) fn everybody(self) -> StaffQuery {
        StaffQuery {
            provider: self.provider.id_untracked(),
            search: String::new(),
            status: None,
            role: None,
            sort: StaffSort::Name,
            direction: Direction::Ascending,
        }
    }

    pub(super) fn search(self) -> Signal<String> {
        self.search.text()
    }

    pub(super) fn search_for(self, text: String) {
        self.search.set(text);
    }

    /// The status chosen, as its word in the address; empty for all.
    pub(super) fn status_in_address(self) -> Signal<String> {
        Signal::derive(move || {
            let word = self.router.query(STATUS).unwrap_or_default();
            if status_of(&word).is_some() { word } else { String::new() }
        })
    }

    pub(super) fn set_status(self, word: &str) {
        self.router.set_query(&[(STATUS, (!word.is_empty()).then_some(word))]);
    }

    pub(super) fn role_chip(self) -> Option<String> {
        role_of(&self.router.query(ROLE)?).map(text::role_word)
    }

    pub(super) fn set_role(self, word: Option<&str>) {
        self.router.set_query(&[(ROLE, word)]);
    }

    pub(super) fn menu(self) -> Vec<MenuEntry> {
        let now = untrack(|| self.router.query(ROLE)).unwrap_or_default();
        let item = |word: &'static str, words: &'static str| {
            let on = now == word;
            MenuItem::new(words, move || self.set_role((!on).then_some(word))).checked(on).into()
        };
        vec![
            MenuEntry::Group(text::role().to_owned()),
            item(ADMIN, text::provider_admin()),
            item(SERVICE, text::service_user()),
        ]
    }

    pub(super) fn clear(self) {
        self.search.clear(&[STATUS, ROLE]);
    }

    pub(super) fn sorted(self) -> Signal<Option<Sorted>> {
        Signal::derive(move || {
            let by = self.by();
            let (by, _) = SORTS.iter().find(|(word, _)| *word == by)?;
            Some(Sorted { by, descending: self.descending() })
        })
    }

    /// Sorts by a column; the same column again turns the order round.
    pub(super) fn sort_by(self, by: &'static str) {
        let down = untrack(|| self.by() == by && !self.descending());
        self.router.set_query(&[(SORT, (by != "name").then_some(by)), (DOWN, down.then_some("1"))]);
    }

    fn by(self) -> String {
        self.router.query(SORT).unwrap_or_else(|| "name".to_owned())
    }

    fn descending(self) -> bool {
        self.router.query(DOWN).is_some()
    }
}

fn status_of(word: &str) -> Option<StaffStatus> {
    match word {
        INVITED => Some(StaffStatus::Invited),
        WAITING => Some(StaffStatus::NeedsConfirmation),
        CONFIRMED => Some(StaffStatus::Confirmed),
        _ => None,
    }
}

fn role_of(word: &str) -> Option<StaffRole> {
    match word {
        ADMIN => Some(StaffRole::ProviderAdmin),
        SERVICE => Some(StaffRole::ServiceUser),
        _ => None,
    }
}

/// Whether the address asks for Provider Admins.
pub(super) fn wants_admins(router: Router) -> bool {
    untrack(|| router.query(ROLE)).as_deref() == Some(ADMIN)
}
