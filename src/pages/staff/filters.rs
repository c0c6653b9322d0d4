//! Search, filters and sort, kept in the address.

use leptos::prelude::*;
use portal_bridge::{Direction, StaffQuery, StaffRole, StaffSort, StaffStatus};

use crate::live::memo;
use crate::messages::staff as text;
use crate::pages::sorting::Sorting;
use crate::router::{Router, use_router};
use crate::session::{Provider, use_provider};
use crate::typed::Typed;
use crate::ui::{MenuEntry, MenuItem};

const STATUS: &str = "status";
const ROLE: &str = "role";

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
    /// How the list is sorted.
    pub(super) order: Sorting<StaffSort>,
}

impl Filters {
    pub(super) fn follow() -> Self {
        Self {
            router: use_router(),
            provider: use_provider(),
            search: Typed::follow("search"),
            order: Sorting::follow(&SORTS),
        }
    }

    pub(super) fn query(self) -> Memo<StaffQuery> {
        memo(move || StaffQuery {
            provider: self.provider.id(),
            search: self.search.text().get(),
            status: status_of(&self.router.query(STATUS).unwrap_or_default()),
            role: role_of(&self.router.query(ROLE).unwrap_or_default()),
            sort: self.order.sort(),
            direction: self.order.direction(),
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
