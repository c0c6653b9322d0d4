//! Search, days, conditions and arrangement, kept in the address.

use leptos::prelude::*;
use portal_bridge::{
    ChoiceBy, EventCategory, EventGrouping, EventsFilter, EventsOf, EventsQuery, HighlightRule, LaneBy,
    Moment, NameConditions, SessionId, SessionView,
};

use super::choose::Choosing;
use super::conditions::{self, KEYS};
use super::range::{self, Range};
use crate::core_link::use_link;
use crate::format;
use crate::live::memo;
use crate::messages::{events as text, timeline};
use crate::preferences;
use crate::router::{Router, use_router};
use crate::typed::Typed;
use crate::ui::{MenuEntry, MenuItem};
use crate::view::{View, use_view};

const DAYS: &str = "days";
const FROM: &str = "from";
const TO: &str = "to";
const BY: &str = "by";
const HIGHLIGHTS: &str = "highlights";
/// A member of the client.
pub(super) const MEMBER: &str = "member";
/// An item of the client.
pub(super) const ITEM: &str = "item";

/// A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Filters {
    pub(super) router: Router,
    source: Signal<EventsOf>,
    search: Typed,
    range: Memo<Range>,
    unfolded: RwSignal<Vec<SessionId>>,
    muted: RwSignal<Vec<HighlightRule>>,
    /// The mail domains of ours, as they are kept for the page of the staff.
    ours: RwSignal<Vec<String>>,
    /// What was looked at before each step into the picture, in words of the address.
    before: RwSignal<Vec<[Option<String>; 3]>>,
    names: View<NameConditions>,
    /// The kind of condition that is being chosen.
    pub(super) choosing: RwSignal<Option<ChoiceBy>>,
}

/// How events are arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arranged {
    List(EventGrouping),
    Lanes(LaneBy),
}

/// The arrangements, with their words in the address.
pub(super) const ARRANGED: [(&str, Arranged); 4] = [
    ("days", Arranged::List(EventGrouping::Days)),
    ("sessions", Arranged::List(EventGrouping::Sessions)),
    ("people", Arranged::Lanes(LaneBy::Person)),
    ("clients", Arranged::Lanes(LaneBy::Client)),
];

impl Filters {
    pub(super) fn follow(source: Signal<EventsOf>) -> Self {
        let router = use_router();
        let range = memo(move || {
            let (days, from, to) = (router.query(DAYS), router.query(FROM), router.query(TO));
            Range::read(days.as_deref(), from.as_deref(), to.as_deref())
        });
        let muted = preferences::muted_rules();
        let muted = muted.iter().filter_map(|key| HighlightRule::from_key(key)).collect();
        let ours = match use_link().session_untracked() {
            Some(SessionView::Open(person)) => preferences::domains(person.user),
            _ => Vec::new(),
        };
        let conditions = move || {
            let of = |(key, by, _): &(&str, ChoiceBy, bool)| {
                let values = conditions::values(router, key);
                values.into_iter().map(|value| (*by, value)).collect::<Vec<_>>()
            };
            KEYS.iter().flat_map(of).collect::<Vec<_>>()
        };
        let names = use_view(
            move || {
                let conditions = conditions();
                (!conditions.is_empty()).then(|| NameConditions { source: source.get(), conditions })
            },
            move || vec![source.get().topic()],
        );
        Self {
            router,
            source,
            search: Typed::follow("search"),
            range,
            unfolded: RwSignal::new(Vec::new()),
            muted: RwSignal::new(muted),
            ours: RwSignal::new(ours),
            before: RwSignal::new(Vec::new()),
            names,
            choosing: RwSignal::new(None),
        }
    }

    pub(super) fn query(self) -> Memo<EventsQuery> {
        let filter = self.filter();
        memo(move || EventsQuery {
            filter: filter.get(),
            highlighted: self.highlighted(),
            muted: self.muted.get(),
            grouping: match self.arranged() {
                Arranged::List(grouping) => grouping,
                Arranged::Lanes(_) => EventGrouping::Days,
            },
            unfolded: self.unfolded.get(),
        })
    }

    pub(super) fn filter(self) -> Memo<EventsFilter> {
        memo(move || {
            let (from, to) = self.range.with(|range| (range.from, range.to));
            EventsFilter {
                source: self.source.get(),
                from,
                to,
                zone: format::offsets(from, to),
                ours: self.ours.get(),
                only: conditions::read(self.router, true),
                without: conditions::read(self.router, false),
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

    pub(super) fn arranged(self) -> Arranged {
        let word = self.router.query(BY);
        let known = ARRANGED.iter().find(|(known, _)| word.as_deref() == Some(known));
        known.map_or(Arranged::List(EventGrouping::Days), |(_, arranged)| *arranged)
    }

    pub(super) fn arrange(self, arranged: Arranged) {
        let word = ARRANGED.iter().find(|(_, known)| *known == arranged).map(|(word, _)| *word);
        self.router.set_query(&[(BY, word.filter(|word| *word != "days"))]);
    }

    pub(super) fn highlighted(self) -> bool {
        self.router.query(HIGHLIGHTS).is_some()
    }

    pub(super) fn highlight(self, on: bool) {
        self.router.set_query(&[(HIGHLIGHTS, on.then_some("1"))]);
    }

    pub(super) fn is_muted(self, rule: HighlightRule) -> bool {
        self.muted.with(|muted| muted.contains(&rule))
    }

    pub(super) fn mute(self, rule: HighlightRule, mute: bool) {
        self.muted.update(|muted| {
            muted.retain(|known| *known != rule);
            if mute {
                muted.push(rule);
            }
        });
        let keys: Vec<&str> =
            self.muted.with_untracked(|muted| muted.iter().map(|rule| rule.key()).collect());
        preferences::remember_muted_rules(&keys);
    }

    /// Shows the events of a session, or no longer.
    pub(super) fn unfold(self, session: SessionId) {
        self.unfolded.update(|unfolded| match unfolded.iter().position(|known| *known == session) {
            Some(place) => {
                unfolded.remove(place);
            }
            None => unfolded.push(session),
        });
    }

    /// Looks at so many days up to today.
    pub(super) fn last_days(self, days: u32) {
        self.before.set(Vec::new());
        self.router.set_query(&[(DAYS, Some(&days.to_string())), (FROM, None), (TO, None)]);
    }

    /// Looks at the days from the one to the other.
    pub(super) fn set_days(self, first: &str, last: &str) {
        self.router.set_query(&[(DAYS, None), (FROM, Some(first)), (TO, Some(last))]);
    }

    /// Looks closer.
    pub(super) fn zoom(self, from: Moment, end: Moment) {
        let now = untrack(|| [DAYS, FROM, TO].map(|key| self.router.query(key)));
        self.before.update(|before| before.push(now));
        let (first, last) = Range::within(from, end);
        self.set_days(&first, &last);
    }

    /// Looks at what was looked at before, or at the usual days.
    pub(super) fn zoom_out(self) {
        let before = self.before.try_update(Vec::pop).flatten().unwrap_or_default();
        let [days, from, to] = before.each_ref().map(Option::as_deref);
        self.router.set_query(&[(DAYS, days), (FROM, from), (TO, to)]);
    }

    pub(super) fn can_zoom_out(self) -> bool {
        self.range.with(|range| range.days.is_none())
    }

    pub(super) fn clear(self) {
        let mut keys = vec![MEMBER, ITEM, HIGHLIGHTS];
        keys.extend(KEYS.iter().map(|(key, ..)| *key));
        self.search.clear(&keys);
    }

    /// Whether anything is left out.
    pub(super) fn narrows(self) -> bool {
        let keys = KEYS.iter().map(|(key, ..)| *key).chain([HIGHLIGHTS]);
        keys.into_iter().any(|key| self.router.query(key).is_some()) || !self.search().get().is_empty()
    }

    /// Adds a condition, or takes it away; what is wanted is no longer unwanted, and the other way round.
    pub(super) fn toggle(self, by: ChoiceBy, wanted: bool, value: &str) {
        let (key, other) = (conditions::key(by, wanted), conditions::key(by, !wanted));
        let mut values = untrack(|| conditions::values(self.router, key));
        let mut others = untrack(|| conditions::values(self.router, other));
        others.retain(|known| known != value);
        match values.iter().position(|known| known == value) {
            Some(place) => {
                values.remove(place);
            }
            None => values.push(value.to_owned()),
        }
        let word = |values: Vec<String>| (!values.is_empty()).then(|| values.join(","));
        let (values, others) = (word(values), word(others));
        self.router.set_query(&[(key, values.as_deref()), (other, others.as_deref())]);
    }

    /// Whether a condition is on.
    pub(super) fn has(self, by: ChoiceBy, wanted: bool, value: &str) -> bool {
        conditions::values(self.router, conditions::key(by, wanted)).iter().any(|known| known == value)
    }

    pub(super) fn set(self, key: &str, value: Option<&str>) {
        self.router.set_query(&[(key, value)]);
    }

    /// The filters that are on: name, value, key.
    pub(super) fn chips(self) -> Vec<(String, String, &'static str)> {
        let mut names = self.names.get().unwrap_or_default().into_iter();
        let mut chips = Vec::new();
        for (key, by, wanted) in KEYS {
            let values = conditions::values(self.router, key);
            let called: Vec<String> = values
                .iter()
                .map(|value| {
                    let known = names.next();
                    let category = conditions::category(value).map(conditions::category_words);
                    match by {
                        ChoiceBy::Category => category.map_or_else(|| value.clone(), str::to_owned),
                        _ => known.unwrap_or_else(|| value.chars().take(8).collect()),
                    }
                })
                .collect();
            if !called.is_empty() {
                let name = conditions::name(by);
                let name = if wanted { name.to_owned() } else { timeline::not(&name.to_lowercase()) };
                chips.push((name, called.join(", "), key));
            }
        }
        let in_client = self.source.get().within().is_some();
        let own = [(MEMBER, text::person()), (ITEM, text::item())].into_iter().filter(|_| in_client);
        chips.extend(own.filter_map(|(key, name)| {
            let id: String = self.router.query(key)?.chars().take(8).collect();
            Some((name.to_owned(), id, key))
        }));
        chips
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
        let in_client = untrack(|| self.source.get().within().is_some());
        let choose = |by: ChoiceBy, label: &'static str| {
            MenuItem::new(label, move || self.choosing.set(Some(by))).into()
        };
        let mut entries = vec![choose(ChoiceBy::Person, timeline::choose_person())];
        if !in_client {
            entries.insert(0, choose(ChoiceBy::Client, timeline::choose_client()));
        }
        entries.extend([
            choose(ChoiceBy::Kind, timeline::choose_type()),
            choose(ChoiceBy::Device, timeline::choose_device()),
            choose(ChoiceBy::Address, timeline::choose_address()),
            MenuEntry::Group(text::category().to_owned()),
        ]);
        entries.extend(EventCategory::SHOWN.into_iter().map(|category| {
            let on = untrack(|| self.has(ChoiceBy::Category, true, category.key()));
            let words = conditions::category_words(category);
            MenuItem::new(words, move || self.toggle(ChoiceBy::Category, true, category.key()))
                .checked(on)
                .into()
        }));
        entries
    }

    /// The dialog of the kind of condition that is being chosen.
    pub(super) fn chooser(self) -> impl IntoView {
        move || {
            let by = self.choosing.get()?;
            Some(view! { <Choosing filters=self by on_close=move || self.choosing.set(None) /> }.into_any())
        }
    }
}
