//! Search, filters and sort, kept in the address.

use leptos::prelude::*;
use portal_bridge::{Direction, MemberNeed, MemberRole, MemberRow, MemberSort, MemberStatus, MembersQuery};

use crate::format;
use crate::live::memo;
use crate::messages::{members as text, staff as words};
use crate::pages::sorting::Sorting;
use crate::router::{Router, use_router};
use crate::space::{Space, use_space};
use crate::typed::Typed;
use crate::ui::{MenuEntry, MenuItem};
use crate::view::List;

const STATUS: &str = "status";
const ROLE: &str = "role";
const NEED: &str = "need";

const STATUSES: [(&str, MemberStatus); 5] = [
    ("invited", MemberStatus::Invited),
    ("needs-confirmation", MemberStatus::NeedsConfirmation),
    ("confirmed", MemberStatus::Confirmed),
    ("revoked", MemberStatus::Revoked),
    ("staged", MemberStatus::Staged),
];

const ROLES: [(&str, MemberRole); 4] = [
    ("owner", MemberRole::Owner),
    ("admin", MemberRole::Admin),
    ("custom", MemberRole::Custom),
    ("user", MemberRole::User),
];

const NEEDS: [(&str, MemberNeed); 3] = [
    ("two-step", MemberNeed::TwoStep),
    ("recovery", MemberNeed::Recovery),
    ("recoverable", MemberNeed::Recoverable),
];

const SORTS: [(&str, MemberSort); 6] = [
    ("name", MemberSort::Name),
    ("role", MemberSort::Role),
    ("status", MemberSort::Status),
    ("groups", MemberSort::Groups),
    ("two-step", MemberSort::TwoStep),
    ("recovery", MemberSort::Recovery),
];

/// A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Filters {
    router: Router,
    space: Space,
    search: Typed,
    /// How the list is sorted.
    pub(super) order: Sorting<MemberSort>,
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

    pub(super) fn query(self) -> Memo<MembersQuery> {
        memo(move || MembersQuery {
            search: self.search.text().get(),
            status: status_of(&self.word(STATUS)),
            role: role_of(&self.word(ROLE)),
            need: find(&NEEDS, &self.word(NEED)),
            sort: self.order.sort(),
            direction: self.order.direction(),
            ..everybody(self.space)
        })
    }

    /// The query for everybody who waits.
    pub(super) fn waiting(self) -> MembersQuery {
        MembersQuery { status: Some(MemberStatus::NeedsConfirmation), ..untrack(|| everybody(self.space)) }
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
            let word = self.word(STATUS);
            if status_of(&word).is_some() { word } else { String::new() }
        })
    }

    pub(super) fn set_status(self, word: &str) {
        self.router.set_query(&[(STATUS, (!word.is_empty()).then_some(word))]);
    }

    /// Of each filter that is on, its name, its value and its key in the address.
    pub(super) fn chips(self) -> Vec<(&'static str, String, &'static str)> {
        let mut chips = Vec::new();
        if let Some(role) = role_of(&self.word(ROLE)) {
            chips.push((words::role(), text::role_word(role), ROLE));
        }
        if let Some(need) = find(&NEEDS, &self.word(NEED)) {
            chips.push((text::need(), need_word(need).to_owned(), NEED));
        }
        // The others have a segment of their own.
        if let Some(status @ (MemberStatus::Staged | MemberStatus::Unknown(_))) =
            status_of(&self.word(STATUS))
        {
            chips.push((words::status(), text::status_word(status), STATUS));
        }
        chips
    }

    /// Takes a filter away.
    pub(super) fn drop(self, key: &'static str) {
        self.router.set_query(&[(key, None)]);
    }

    /// Every filter beside search and segments, with how many it leaves.
    pub(super) fn menu(self, list: List<MemberRow>) -> Vec<MenuEntry> {
        let (roles, needs, statuses) = list
            .map(|view| (view.roles.clone(), view.needs.clone(), view.statuses.clone()))
            .unwrap_or_default();
        let item = move |key: &'static str, word: String, words: &str, count: u32| {
            let on = untrack(|| self.word(key)) == word;
            let words = format!("{words} ({})", format::number(count));
            let set = move || self.router.set_query(&[(key, (!on).then_some(word.as_str()))]);
            MenuItem::new(words, set).checked(on).into()
        };
        let mut entries = vec![MenuEntry::Group(words::role().to_owned())];
        entries.extend(
            roles
                .into_iter()
                .map(|(role, count)| item(ROLE, word_of_role(role), &text::role_word(role), count)),
        );
        entries.push(MenuEntry::Group(text::need().to_owned()));
        let need = |need: MemberNeed| NEEDS.iter().find(|(_, known)| *known == need).map(|(word, _)| *word);
        entries.extend(
            needs
                .into_iter()
                .filter_map(|(one, count)| Some(item(NEED, need(one)?.to_owned(), need_word(one), count))),
        );
        let others: Vec<MenuEntry> = statuses
            .into_iter()
            .filter_map(|(status, count)| {
                let word = match status {
                    MemberStatus::Staged => "staged".to_owned(),
                    MemberStatus::Unknown(number) => number.to_string(),
                    _ => return None,
                };
                Some(item(STATUS, word, &text::status_word(status), count))
            })
            .collect();
        if !others.is_empty() {
            entries.push(MenuEntry::Group(words::status().to_owned()));
            entries.extend(others);
        }
        entries
    }

    pub(super) fn clear(self) {
        self.search.clear(&[STATUS, ROLE, NEED]);
    }

    fn word(self, key: &str) -> String {
        self.router.query(key).unwrap_or_default()
    }
}

/// The query without any filter.
fn everybody(space: Space) -> MembersQuery {
    MembersQuery {
        within: space.within(),
        search: String::new(),
        status: None,
        role: None,
        need: None,
        sort: MemberSort::Name,
        direction: Direction::Ascending,
    }
}

fn find<T: Copy>(all: &[(&str, T)], word: &str) -> Option<T> {
    all.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
}

fn status_of(word: &str) -> Option<MemberStatus> {
    find(&STATUSES, word).or_else(|| word.parse().ok().map(MemberStatus::Unknown))
}

fn role_of(word: &str) -> Option<MemberRole> {
    find(&ROLES, word).or_else(|| word.parse().ok().map(MemberRole::Unknown))
}

fn word_of_role(role: MemberRole) -> String {
    let known = ROLES.iter().find(|(_, known)| *known == role).map(|(word, _)| (*word).to_owned());
    match role {
        MemberRole::Unknown(number) => number.to_string(),
        _ => known.unwrap_or_default(),
    }
}

fn need_word(need: MemberNeed) -> &'static str {
    match need {
        MemberNeed::TwoStep => text::without_two_step(),
        MemberNeed::Recovery => text::without_recovery(),
        MemberNeed::Recoverable => text::with_recovery(),
    }
}
