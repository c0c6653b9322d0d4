//! Search, filters and sort, kept in the address.

use leptos::prelude::*;
use portal_bridge::{ItemSort, ItemsQuery};

use super::cells::kind_word;
use crate::live::memo;
use crate::messages::items as text;
use crate::pages::sorting::Sorting;
use crate::router::{Router, use_router};
use crate::space::{Space, use_space};
use crate::typed::Typed;
use crate::ui::{MenuEntry, MenuItem};

pub(super) const TRASH: &str = "trash";

const WHICH: &str = "which";
const KIND: &str = "type";
/// Set by links from a collection.
const COLLECTION: &str = "collection";

/// The types there are, in the order they are offered, by Bitwarden's numbers.
pub(super) const KINDS: [i32; 5] = [1, 3, 4, 2, 5];

const SORTS: [(&str, ItemSort); 3] =
    [("name", ItemSort::Name), ("type", ItemSort::Kind), ("changed", ItemSort::Changed)];

/// A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Filters {
    router: Router,
    space: Space,
    search: Typed,
    /// How the list is sorted.
    pub(super) order: Sorting<ItemSort>,
}

impl Filters {
    pub(super) fn follow() -> Self {
        Self {
            router: use_router(),
            space: use_space(),
            search: Typed::follow("search"),
            order: Sorting::follow(&SORTS),
        }
    }

    pub(super) fn query(self) -> Memo<ItemsQuery> {
        memo(move || ItemsQuery {
            within: self.space.within(),
            search: self.search.text().get(),
            kind: self.kind(),
            collection: self.router.query(COLLECTION).and_then(|id| id.parse().ok()),
            trash: self.in_trash(),
            sort: self.order.sort(),
            direction: self.order.direction(),
        })
    }

    pub(super) fn search(self) -> Signal<String> {
        self.search.text()
    }

    pub(super) fn search_for(self, text: String) {
        self.search.set(text);
    }

    pub(super) fn in_trash(self) -> bool {
        self.router.query(WHICH).as_deref() == Some(TRASH)
    }

    /// Vault or trash, as its word in the address; empty for the vault.
    pub(super) fn which(self) -> Signal<String> {
        Signal::derive(move || if self.in_trash() { TRASH.to_owned() } else { String::new() })
    }

    pub(super) fn set_which(self, word: &str) {
        self.router.set_query(&[(WHICH, (!word.is_empty()).then_some(word))]);
    }

    fn kind(self) -> Option<i32> {
        self.router.query(KIND).and_then(|number| number.parse().ok())
    }

    pub(super) fn kind_chip(self) -> Option<String> {
        self.kind().map(kind_word)
    }

    pub(super) fn set_kind(self, kind: Option<i32>) {
        let word = kind.map(|kind| kind.to_string());
        self.router.set_query(&[(KIND, word.as_deref())]);
    }

    pub(super) fn menu(self) -> Vec<MenuEntry> {
        let now = untrack(|| self.kind());
        let item = |kind: i32| {
            let on = now == Some(kind);
            MenuItem::new(kind_word(kind), move || self.set_kind((!on).then_some(kind))).checked(on).into()
        };
        std::iter::once(MenuEntry::Group(text::kind().to_owned())).chain(KINDS.map(item)).collect()
    }

    pub(super) fn clear(self) {
        self.search.clear(&[KIND, COLLECTION]);
    }
}
