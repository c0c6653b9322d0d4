//! Search, days and filters, kept in the address.

use leptos::prelude::*;
use portal_bridge::{
    Direction, EventCategory, EventsQuery, GetStaff, ProviderUserId, StaffQuery, StaffSort, Topic, Window,
};

use super::range::{self, Range};
use crate::live::memo;
use crate::messages::events as text;
use crate::router::{Router, use_router};
use crate::session::{Provider, use_provider};
use crate::typed::Typed;
use crate::ui::{Glyph, MenuEntry, MenuItem};
use crate::view::{View, use_view};

const DAYS: &str = "days";
const FROM: &str = "from";
const TO: &str = "to";
pub(super) const PERSON: &str = "person";
const CATEGORY: &str = "category";

/// People the filter offers; the others are found by typing their name.
const PEOPLE: u32 = 100;

/// A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Filters {
    router: Router,
    provider: Provider,
    search: Typed,
    range: Memo<Range>,
    people: View<GetStaff>,
}

impl Filters {
    pub(super) fn follow() -> Self {
        let (router, provider) = (use_router(), use_provider());
        let range = memo(move || {
            let (days, from, to) = (router.query(DAYS), router.query(FROM), router.query(TO));
            Range::read(days.as_deref(), from.as_deref(), to.as_deref())
        });
        let people = use_view(
            move || {
                let query = StaffQuery {
                    provider: provider.id(),
                    search: String::new(),
                    status: None,
                    role: None,
                    sort: StaffSort::Name,
                    direction: Direction::Ascending,
                };
                Some(GetStaff { query, window: Window { from: 0, count: PEOPLE } })
            },
            move || vec![Topic::Staff(provider.id())],
        );
        Self { router, provider, search: Typed::follow("search"), range, people }
    }

    pub(super) fn query(self) -> Memo<EventsQuery> {
        memo(move || {
            let (from, to) = self.range.with(|range| (range.from, range.to));
            EventsQuery {
                provider: self.provider.id(),
                from,
                to,
                staff: self.person(),
                category: self.category(),
                search: self.search.text().get(),
            }
        })
    }

    pub(super) fn range(self) -> Memo<Range> {
        self.range
    }

    pub(super) fn search(self) -> Signal<String> {
        self.search.text()
    }

    pub(super) fn search_for(self, text: String) {
        self.search.set(text);
    }

    pub(super) fn set(self, key: &str, value: Option<&str>) {
        self.router.set_query(&[(key, value)]);
    }

    /// Looks at so many days up to today.
    pub(super) fn last_days(self, days: u32) {
        self.router.set_query(&[(DAYS, Some(&days.to_string())), (FROM, None), (TO, None)]);
    }

    /// Looks at the days from the one to the other.
    pub(super) fn set_days(self, first: &str, last: &str) {
        self.router.set_query(&[(DAYS, None), (FROM, Some(first)), (TO, Some(last))]);
    }

    pub(super) fn clear(self) {
        self.search.clear(&[PERSON, CATEGORY]);
    }

    /// The filters that are on: name, value, key.
    pub(super) fn chips(self) -> Vec<(&'static str, String, &'static str)> {
        let person = self.person().map(|id| (text::person(), self.name_of(id), PERSON));
        let category =
            self.category().map(|category| (text::category(), category_words(category).to_owned(), CATEGORY));
        person.into_iter().chain(category).collect()
    }

    pub(super) fn range_menu(self) -> Vec<MenuEntry> {
        let now = self.range.with_untracked(|range| range.clone());
        let mut entries: Vec<MenuEntry> = range::LAST
            .into_iter()
            .map(|days| {
                let item = MenuItem::new(text::last_days(days), move || self.last_days(days));
                item.checked(now.days == Some(days)).into()
            })
            .collect();
        entries.push(MenuEntry::Line);
        let (first, last) = (now.first, now.last);
        let choose = MenuItem::new(text::choose_range(), move || self.set_days(&first, &last));
        entries.push(choose.checked(now.days.is_none()).into());
        entries
    }

    pub(super) fn menu(self) -> Vec<MenuEntry> {
        let now = untrack(|| self.category());
        let mut entries = vec![MenuEntry::Group(text::category().to_owned())];
        entries.extend(CATEGORIES.iter().map(|(word, category)| {
            let on = now == Some(*category);
            let item =
                MenuItem::new(category_words(*category), move || self.set(CATEGORY, (!on).then_some(word)));
            item.checked(on).into()
        }));
        entries.push(MenuEntry::Group(text::person().to_owned()));
        let person = untrack(|| self.person());
        let people = self.people.map_untracked(|view| {
            let known = view.rows.rows.iter().filter(|row| row.user.is_some());
            known
                .map(|row| (row.id, row.name.clone().unwrap_or_else(|| row.email.clone())))
                .collect::<Vec<_>>()
        });
        entries.extend(people.unwrap_or_default().into_iter().map(|(id, name)| {
            let on = person == Some(id);
            let set = move || self.set(PERSON, (!on).then(|| id.to_string()).as_deref());
            MenuItem::new(name, set).checked(on).into()
        }));
        entries
    }

    fn person(self) -> Option<ProviderUserId> {
        self.router.query(PERSON)?.parse().ok()
    }

    fn category(self) -> Option<EventCategory> {
        let word = self.router.query(CATEGORY)?;
        CATEGORIES.iter().find(|(known, _)| *known == word).map(|(_, category)| *category)
    }

    fn name_of(self, id: ProviderUserId) -> String {
        let found = self.people.map(|view| {
            let row = view.rows.rows.iter().find(|row| row.id == id)?;
            Some(row.name.clone().unwrap_or_else(|| row.email.clone()))
        });
        found.flatten().unwrap_or_else(|| id.to_string())
    }
}

const CATEGORIES: [(&str, EventCategory); 10] = [
    ("sign-in", EventCategory::SignIn),
    ("staff", EventCategory::Staff),
    ("clients", EventCategory::Clients),
    ("members", EventCategory::Members),
    ("collections", EventCategory::Collections),
    ("groups", EventCategory::Groups),
    ("items", EventCategory::Items),
    ("policies", EventCategory::Policies),
    ("settings", EventCategory::Settings),
    ("other", EventCategory::Other),
];

/// A category in a word or two.
pub(super) fn category_words(category: EventCategory) -> &'static str {
    match category {
        EventCategory::SignIn => text::category_sign_in(),
        EventCategory::Staff => text::category_staff(),
        EventCategory::Clients => text::category_clients(),
        EventCategory::Members => text::category_members(),
        EventCategory::Collections => text::category_collections(),
        EventCategory::Groups => text::category_groups(),
        EventCategory::Items => text::category_items(),
        EventCategory::Policies => text::category_policies(),
        EventCategory::Settings => text::category_settings(),
        EventCategory::Other => text::category_other(),
    }
}

/// A category as an outline.
pub(super) fn category_glyph(category: EventCategory) -> Glyph {
    match category {
        EventCategory::SignIn => Glyph::SignIn,
        EventCategory::Staff => Glyph::Users,
        EventCategory::Clients => Glyph::Building,
        EventCategory::Members => Glyph::User,
        EventCategory::Collections => Glyph::Folder,
        EventCategory::Groups => Glyph::Group,
        EventCategory::Items => Glyph::Package,
        EventCategory::Policies => Glyph::Shield,
        EventCategory::Settings => Glyph::Settings,
        EventCategory::Other => Glyph::Info,
    }
}
