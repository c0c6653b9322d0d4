//! Events saved for others.

use leptos::prelude::*;
use portal_bridge::{Action, EventFormat, EventsQuery, ExportEvents, Verdict};

use super::evidence::VerifyDialog;
use crate::core_link::use_link;
use crate::live::live;
use crate::messages::{evidence as text, reasons};
use crate::pages::listing;
use crate::session::{Provider, obstacle};
use crate::space::Space;
use crate::ui::{Glyph, MenuButton, MenuEntry, MenuItem, Toasts};

/// A way to save events: its words, and what is said of so many.
type Format = (EventFormat, fn() -> &'static str, fn(u32) -> String);

const FORMATS: [Format; 4] = [
    (EventFormat::Csv, text::csv, text::csv_saved),
    (EventFormat::JsonLines, text::json, text::saved),
    (EventFormat::Cef, text::cef, text::saved),
    (EventFormat::Evidence, text::pack, text::saved),
];

/// The ways to save what a query finds, the rest of the range fetched first; and to look into a pack.
pub(super) fn menu(query: Memo<EventsQuery>) -> impl IntoView {
    let (link, toasts) = (use_link(), Toasts::of_page());
    let (provider, space) = (use_context::<Provider>(), use_context::<Space>());
    let (busy, verifying) = (RwSignal::new(false), RwSignal::new(false));
    let verdict = move || match (space, provider) {
        (Some(space), _) => space.verdict(Action::ViewOrganizationEvents),
        (None, Some(provider)) => provider.verdict(Action::ExportProviderEvents),
        // Whoever reads the logs of their own clients may save them.
        (None, None) => Verdict::Allowed,
    };
    let save = move |format: EventFormat, saved: fn(u32) -> String| {
        let answer = link.ask(ExportEvents { query: query.get_untracked(), format });
        listing::save_answer(busy, toasts, answer, saved);
    };
    let entries = move || {
        let reason = untrack(|| obstacle(verdict())).map(|reason| reasons::reason(reason).to_owned());
        let mut entries: Vec<MenuEntry> = FORMATS
            .into_iter()
            .map(|(format, label, saved)| {
                let item = MenuItem::new(label(), move || save(format, saved)).reason(reason.clone());
                let item = if format == EventFormat::Evidence { item.note(text::pack_note()) } else { item };
                item.into()
            })
            .collect();
        entries.push(MenuEntry::Line);
        entries.push(MenuItem::new(text::verify_(), move || verifying.set(true)).into());
        entries
    };
    live(move || {
        (verdict() != Verdict::Hidden).then(|| {
            view! {
                <MenuButton label=text::export().to_owned() icon=Glyph::Download entries />
                {move || busy.get().then(|| view! { <span class="spin" role="status" aria-label=text::export()></span> }.into_any())}
                {move || verifying.get().then(|| view! { <VerifyDialog on_close=move || verifying.set(false) /> }.into_any())}
            }
        })
    })
}
