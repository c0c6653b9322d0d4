//! The cells of an event's row.

use leptos::prelude::*;
use portal_bridge::{EventCategory, EventRow, EventWeight, Phrase};

use super::filters::{category_glyph, category_words};
use crate::format::{self, isolate};
use crate::messages::events as text;
use crate::ui::Tone;
use crate::ui::table::{Column, Slot};

pub(super) const COLUMNS: &[Column] = &[
    Column::plain(text::when, "time"),
    Column::plain(text::category, "kind hide-s"),
    Column::plain(text::who, "who"),
    Column::plain(text::what, "what"),
    Column::plain(text::place, "place hide-s"),
    Column::plain(text::device, "via"),
];

/// Drawn once for a place of the pool; only texts change afterwards.
pub(super) fn cells(slot: Slot<EventRow>) -> AnyView {
    let kind = move || slot.read(|row| Some(row.category)).unwrap_or(EventCategory::Other);
    let weight = move || slot.read(|row| Some(row.weight)).unwrap_or(EventWeight::Routine);
    let class = move || format!("st {}", tone(weight()).class());
    view! {
        <div class="cell time figures" role="gridcell">
            <time data-tip=slot.text(|row| format::exact(row.date))>
                <span class="day">{slot.text(|row| format::weekday(row.date))}</span>
                " "
                {slot.text(|row| format::time_of_day(row.date))}
            </time>
        </div>
        <div class="cell kind hide-s" role="gridcell" data-tip=move || category_words(kind())>
            <svg class="i" aria-hidden="true"><use href=move || category_glyph(kind()).href()></use></svg>
            <span class="sr">{move || category_words(kind())}</span>
        </div>
        <div class="cell who" role="gridcell"><bdi>{slot.text(|row| row.who.clone())}</bdi></div>
        <div class="cell what" role="gridcell">
            <span>{slot.text(sentence)}</span>
            <span class=class hidden=move || weight() == EventWeight::Routine data-tip=move || weight_note(weight())>
                {move || weight_words(weight())}
            </span>
        </div>
        <div class="cell place hide-s" role="gridcell"><bdi>{slot.text(|row| row.place.clone().unwrap_or_default())}</bdi></div>
        <div class="cell via" role="gridcell">{slot.text(via)}</div>
    }
    .into_any()
}

/// What was done, as one text in which every name keeps to itself.
pub(super) fn sentence(row: &EventRow) -> String {
    row.what
        .iter()
        .map(|part| match part {
            Phrase::Words(words) => words.clone(),
            Phrase::Name(name) => isolate(name),
        })
        .collect()
}

/// Device and address.
pub(super) fn via(row: &EventRow) -> String {
    match (&row.device, &row.ip) {
        (Some(device), Some(ip)) => format!("{device} · {ip}"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => String::new(),
    }
}

pub(super) fn tone(weight: EventWeight) -> Tone {
    match weight {
        EventWeight::Routine => Tone::Plain,
        EventWeight::Notable => Tone::Wait,
        EventWeight::Harmful => Tone::Attend,
    }
}

pub(super) fn weight_words(weight: EventWeight) -> &'static str {
    match weight {
        EventWeight::Routine => text::routine(),
        EventWeight::Notable => text::notable(),
        EventWeight::Harmful => text::harmful(),
    }
}

fn weight_note(weight: EventWeight) -> &'static str {
    match weight {
        EventWeight::Routine => "",
        EventWeight::Notable => text::notable_note(),
        EventWeight::Harmful => text::harmful_note(),
    }
}
