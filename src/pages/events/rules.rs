//! What rules point out, alone or not at all.

use leptos::prelude::*;
use portal_bridge::{EventLine, HighlightRule};

use super::filters::Filters;
use crate::format;
use crate::live::handler;
use crate::messages::{evidence, timeline as text};
use crate::ui::{ButtonKind, Glyph, MenuButton, MenuEntry, MenuItem};
use crate::view::List;

/// Shows the highlights alone, or everything; and the menu of the rules.
pub(super) fn toggle(filters: Filters, list: List<EventLine>) -> impl IntoView {
    let count = move || list.map(|view| view.highlighted).unwrap_or_default();
    let words = move || match count() {
        0 => text::show_highlights().to_owned(),
        count => text::show_highlights_n(&format::number(count)),
    };
    let entries = move || {
        let mut entries = vec![MenuEntry::Group(text::rules_title().to_owned())];
        entries.extend(HighlightRule::ALL.into_iter().map(|rule| {
            let on = untrack(|| !filters.is_muted(rule));
            MenuItem::new(evidence::rule(rule), move || filters.mute(rule, on)).checked(on).into()
        }));
        entries
    };
    view! {
        <span class="pair">
        <button
            type="button"
            class="btn bare"
            aria-pressed=move || filters.highlighted().to_string()
            on:click=handler(move |_| filters.highlight(!untrack(|| filters.highlighted())))
        >
            {words}
        </button>
        <MenuButton label=text::rules().to_owned() icon=Glyph::ChevronDown only=true kind=ButtonKind::Bare entries />
        </span>
    }
}
