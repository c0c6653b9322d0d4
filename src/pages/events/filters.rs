//! Search, days and filters, kept in the address.

use leptos::prelude::*;
use portal_bridge::{EventCategory, EventPerson, EventsOf, EventsQuery, GetEventPeople, ProviderUserId};

use super::range::{self, Range};
use crate::live::memo;
use crate::messages::events as text;
use crate::router::{Router, use_router};
use crate::typed::Typed;
use crate::ui::{Glyph, MenuEntry, MenuItem};
use crate::view::{View, use_view};

const DAYS: &str = "days";
const FROM: &str = "from";
const TO: &str = "to";
/// One of the provider's staff.
pub(super) const PERSON: &str = "person";
/// A member of the client.
pub(super) const MEMBER: &str = "member";
/// An item of the client.
pub(super) const ITEM: &str = "item";
const CATEGORY: &str = "category";

/// People the filter offers; the others are found by typing their name.
const PEOPLE: usize = 100;

/// A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Filters {
    router: Router,
    source: Signal<EventsOf>,
    search: Typed,
    range: Memo<Range>,
    people: View<GetEventPeople>,
}

impl Filters {
    pub(super) fn follow(source: Signal<EventsOf>) -> Self {
        let router = use_router();
        let range = memo(move || {
            let (days, from, to) = (router.query(DAYS), router.query(FROM), router.query(TO));
            Range::read(days.as_deref(), from.as_deref(), to.as_deref())
        });
        let people = use_view(
            // One log for all of them, so that whom it offers does not change with the choice.
            move || {
                Some(GetEventPeople(match source.get().within() {
                    Some(within) => EventsOf::Client(within),
                    None => source.get(),
                }))
            },
            Vec::new,
        );
        Self { router, source, search: Typed::follow("search"), range, people }
    }

    pub(super) fn query(self) -> Memo<EventsQuery> {
        memo(move || {
            let (from, to) = self.range.with(|range| (range.from, range.to));
            EventsQuery {
                source: self.source.get(),
                from,
                to,
                staff: self.staff(),
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
        self.search.clear(&[PERSON, MEMBER, ITEM, CATEGORY]);
    }

    /// The filters that are on: name, value, key.
    pub(super) fn chips(self) -> Vec<(&'static str, String, &'static str)> {
        let person = self.person().map(|id| (text::person(), self.name_of(&id), self.person_key()));
        let item = self.in_client().then(|| self.router.query(ITEM)).flatten();
        let item = item.map(|id| (text::item(), id.chars().take(8).collect(), ITEM));
        let category =
            self.category().map(|category| (text::category(), category_words(category).to_owned(), CATEGORY));
        person.into_iter().chain(item).chain(category).collect()
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
        let people =
            self.people.map_untracked(|people| people.iter().take(PEOPLE).cloned().collect::<Vec<_>>());
        entries.extend(people.unwrap_or_default().into_iter().map(|EventPerson { id, name }| {
            let on = person.as_deref() == Some(id.as_str());
            let set = move || {
                let key = untrack(|| self.person_key());
                self.router.set_query(&[(ITEM, None), (key, (!on).then_some(id.as_str()))]);
            };
            MenuItem::new(name, set).checked(on).into()
        }));
        entries
    }

    fn in_client(self) -> bool {
        self.source.get().within().is_some()
    }

    /// The key under which the person stands in the address.
    fn person_key(self) -> &'static str {
        if self.in_client() { MEMBER } else { PERSON }
    }

    fn person(self) -> Option<String> {
        self.router.query(self.person_key())
    }

    /// The one of the staff; members have a log of their own.
    fn staff(self) -> Option<ProviderUserId> {
        (!self.in_client()).then(|| self.person())??.parse().ok()
    }

    fn category(self) -> Option<EventCategory> {
        let word = self.router.query(CATEGORY)?;
        CATEGORIES.iter().find(|(known, _)| *known == word).map(|(_, category)| *category)
    }

    fn name_of(self, id: &str) -> String {
        let found = self.people.map(|people| people.iter().find(|person| person.id == id).cloned());
        found.flatten().map_or_else(|| id.to_owned(), |person| person.name)
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
