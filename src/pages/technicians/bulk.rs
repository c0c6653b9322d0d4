//! What is done with the seats of several clients at once.

use leptos::prelude::*;
use portal_bridge::{OrganizationId, OverdueSeat, SeatMatrix, SeatRow};

use super::add::AddDialog;
use super::domains::DomainsDialog;
use super::filters::Filters;
use super::take::{TakeDialog, Which};
use super::{Open, Seats};
use crate::live::{effect, live, memo};
use crate::messages::{clients as list_text, technicians as text};
use crate::ui::{BulkBar, Button, ButtonKind, Glyph, Notice, Press, Tone};
use crate::view::List;

/// Slides in with the chosen clients.
pub(super) fn bar(seats: Seats, open: RwSignal<Option<Open>>) -> impl IntoView {
    let selection = seats.selection;
    let count =
        Signal::derive(move || Some(selection.count()).filter(|count| *count > 0).map(list_text::selected));
    let opens = move |what: fn(Vec<OrganizationId>) -> Open| {
        Press::new(move |()| open.set(Some(what(selection.keys()))))
    };
    let (add, take) = (opens(Open::Add), opens(Open::Take));
    view! {
        <BulkBar count on_clear=move || selection.clear()>
            <Button label=text::add().to_owned() icon=Glyph::UserPlus kind=ButtonKind::Bare on_press=add />
            <Button label=text::take().to_owned() icon=Glyph::UserMinus kind=ButtonKind::Bare on_press=take />
        </BulkBar>
    }
}

/// Says that seats have lasted too long, with the way to end them. What is gone by now need not be kept.
pub(super) fn overdue(seats: Seats, list: List<SeatRow>, open: RwSignal<Option<Open>>) -> impl IntoView {
    effect(move || {
        let ended = list.map(|view: &SeatMatrix| view.ended.clone()).unwrap_or_default();
        if !ended.is_empty() {
            seats.ends.set(&ended, None);
        }
    });
    let overdue: Memo<Vec<OverdueSeat>> =
        memo(move || list.map(|view: &SeatMatrix| view.overdue.clone()).unwrap_or_default());
    live(move || {
        let count = overdue.with(Vec::len) as u32;
        (count > 0).then(|| {
            let end = move || open.set(Some(Open::Overdue(overdue.get_untracked())));
            let action = move || {
                view! { <Button label=text::overdue_go().to_owned() icon=Glyph::UserMinus on_press=end /> }
            };
            view! {
                <div class="trouble"><Notice tone=Tone::Broken action>{text::overdue(count)}</Notice></div>
            }
            .into_any()
        })
    })
}

/// The dialog that is open.
pub(super) fn dialogs(seats: Seats, filters: Filters, open: RwSignal<Option<Open>>) -> impl IntoView {
    let close = move || open.set(None);
    live(move || {
        let first = untrack(|| filters.missing());
        Some(match open.get()? {
            Open::Domains => view! { <DomainsDialog domains=seats.domains on_close=close /> }.into_any(),
            Open::Add(clients) => view! { <AddDialog seats clients first on_close=close /> }.into_any(),
            Open::Take(clients) => {
                view! { <TakeDialog seats which=Which::In(clients) on_close=close /> }.into_any()
            }
            Open::Overdue(overdue) => {
                view! { <TakeDialog seats which=Which::Overdue(overdue) on_close=close /> }.into_any()
            }
        })
    })
}
