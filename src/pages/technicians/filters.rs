//! Search, filters and who is shown, kept in the address.

use leptos::prelude::*;
use portal_bridge::{
    GetTechnicians, SeatMatrix, SeatQuery, SeatRisk, SeatRow, TECHNICIANS_SHOWN, TechnicianRow, Topic,
};

use super::domains::Domains;
use super::ends::Ends;
use super::name;
use crate::format;
use crate::live::memo;
use crate::messages::technicians as text;
use crate::router::{Address, Router, use_router};
use crate::typed::Typed;
use crate::ui::{Glyph, MenuButton, MenuEntry, MenuItem};
use crate::view::{List, use_view};

const RISK: &str = "risk";
const MISSING: &str = "missing";
const SHOWN: &str = "shown";

/// A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Filters {
    router: Router,
    search: Typed,
    pub(super) domains: Domains,
    pub(super) ends: Ends,
}

impl Filters {
    /// Reads the address, and follows it when it changes by itself.
    pub(super) fn follow(domains: Domains, ends: Ends) -> Self {
        Self { router: use_router(), search: Typed::follow("search"), domains, ends }
    }

    pub(super) fn query(self) -> Memo<SeatQuery> {
        memo(move || SeatQuery {
            domains: self.domains.get(),
            search: self.search.text().get(),
            only: self.risk(),
            missing: self.missing(),
            technicians: self.shown(),
            ends: self.ends.get(),
        })
    }

    pub(super) fn search(self) -> Signal<String> {
        self.search.text()
    }

    pub(super) fn search_for(self, typed: String) {
        self.search.set(typed);
    }

    pub(super) fn risk(self) -> Option<SeatRisk> {
        let word = self.router.query(RISK)?;
        RISKS.into_iter().find(|(known, _)| *known == word).map(|(_, risk)| risk)
    }

    pub(super) fn set_risk(self, word: Option<&str>) {
        self.router.set_query(&[(RISK, word)]);
    }

    /// The address of the technician whose seat is missing in what is shown.
    pub(super) fn missing(self) -> Option<String> {
        self.router.query(MISSING).filter(|email| !email.is_empty())
    }

    pub(super) fn clear_missing(self) {
        self.router.set_query(&[(MISSING, None)]);
    }

    pub(super) fn clear(self) {
        self.search.clear(&[RISK, MISSING]);
    }

    pub(super) fn risk_menu(self, totals: &[(SeatRisk, u32)]) -> Vec<MenuEntry> {
        let now = untrack(|| self.risk());
        let item = |(word, risk): &(&'static str, SeatRisk)| {
            let (word, on) = (*word, now == Some(*risk));
            let total =
                totals.iter().find(|(known, _)| known == risk).map(|(_, total)| format::number(*total));
            let words = text::risk_word(*risk);
            let words = total.map_or_else(|| words.to_owned(), |total| text::with_count(words, &total));
            MenuItem::new(words, move || self.set_risk((!on).then_some(word))).checked(on).into()
        };
        [MenuEntry::Group(text::risk().to_owned())].into_iter().chain(RISKS.iter().map(item)).collect()
    }

    /// The addresses of those whose seats are shown; none for those with the most.
    fn shown(self) -> Vec<String> {
        let shown = self.router.query(SHOWN).unwrap_or_default();
        shown.split(' ').filter(|email| !email.is_empty()).map(str::to_owned).collect()
    }

    fn show(self, emails: &[String]) {
        let written = emails.join(" ");
        self.router.set_query(&[(SHOWN, (!written.is_empty()).then_some(written.as_str()))]);
    }
}

/// Where only the clients stand in which a technician's seat is missing.
pub(super) fn missing_address(email: &str) -> String {
    let mut address = Address { path: "/staff".to_owned(), ..Address::default() };
    address.set(MISSING, Some(email));
    address.text()
}

/// A button by which one chooses whose seats are shown.
pub(super) fn shown_button(filters: Filters, list: List<SeatRow>) -> impl IntoView {
    let all =
        use_view(move || Some(GetTechnicians { domains: filters.domains.get() }), || vec![Topic::Portfolio]);
    let entries = move |()| {
        let now: Vec<String> = list
            .map(|view: &SeatMatrix| view.technicians.iter().map(|one| one.email.clone()).collect())
            .unwrap_or_default();
        let full = now.len() >= TECHNICIANS_SHOWN;
        let item = |one: TechnicianRow| {
            let on = now.contains(&one.email);
            let mut then: Vec<String> = now.iter().filter(|email| **email != one.email).cloned().collect();
            if !on {
                then.push(one.email.clone());
            }
            let most = format::number(TECHNICIANS_SHOWN as u32);
            let reason = (full && !on).then(|| text::shown_most(&most));
            let note = text::note(
                &one.email,
                &format::number(one.owner),
                &format::number(one.admin),
                &format::number(one.other),
                &format::number(one.waiting),
            );
            let item = MenuItem::new(name(&one), move || filters.show(&then)).checked(on);
            item.note(note).reason(reason).into()
        };
        let everybody = MenuItem::new(text::show_all(), move || filters.show(&[]));
        let everybody = everybody.checked(untrack(|| filters.shown().is_empty())).into();
        let rows = all.map_untracked(|view| view.rows.clone()).unwrap_or_default();
        [MenuEntry::Group(text::shown().to_owned()), everybody, MenuEntry::Line]
            .into_iter()
            .chain(rows.into_iter().map(item))
            .collect()
    };
    view! { <MenuButton label=text::shown().to_owned() icon=Glyph::Columns entries=move |()| untrack(|| entries(())) /> }
}

const RISKS: [(&str, SeatRisk); 3] = [
    ("one-owner", SeatRisk::OneOwner),
    ("none-of-theirs", SeatRisk::NoOwnerOfTheirs),
    ("no-seat", SeatRisk::SeatMissing),
];
