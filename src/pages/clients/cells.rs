//! The cells of a client's row.

use leptos::prelude::*;
use portal_bridge::{ClientNeed, ClientRow};

use super::filters::need_words;
use crate::format;
use crate::messages::clients as text;
use crate::session::use_provider;
use crate::ui::table::{Column, Slot, menu_cell};
use crate::ui::{Meter, Tone};

pub(super) const COLUMNS: &[Column] = &[
    Column::sorted(text::client, "name", "name"),
    Column::sorted(text::plan, "plan hide-s", "plan"),
    Column {
        label: text::used,
        class: "seats",
        sort: Some("used"),
        also: Some((text::of_assigned, "assigned")),
    },
    Column::sorted(text::remaining, "num left hide-s", "remaining"),
    Column::plain(text::needs, "needs hide-s"),
    Column::sorted(text::added, "num added hide-s", "added"),
    Column::plain(text::actions, "act"),
];

/// Drawn once for a place of the pool; only texts change afterwards.
pub(super) fn cells(slot: Slot<ClientRow>) -> AnyView {
    let provider = use_provider();
    let address = move || slot.read(|row| provider.path(&format!("clients/{}", row.organization)));
    let needed = move || slot.read(need);
    view! {
        <div class="cell name" role="gridcell">
            <a href=address tabindex="-1" data-stop><bdi>{slot.text(|row| row.name.clone())}</bdi></a>
            <span class="sub">{slot.text(|row| row.plan.clone())}</span>
        </div>
        <div class="cell plan hide-s" role="gridcell"><span>{slot.text(|row| row.plan.clone())}</span></div>
        <div class="cell seats" role="gridcell">
            <span class="figures">{slot.text(seats)}</span>
            <Meter
                part=Signal::derive(move || slot.read(|row| row.used))
                whole=Signal::derive(move || slot.read(|row| row.assigned.unwrap_or_default()))
            />
        </div>
        <div class="cell num left hide-s" role="gridcell"><span>{slot.text(remaining)}</span></div>
        <div class="cell needs hide-s" role="gridcell">
            <span class=move || format!("st {}", tone(needed()).class())>{move || needed().map_or("–", need_words)}</span>
        </div>
        <div class="cell num added hide-s" role="gridcell">
            <span class="quiet" data-tip=slot.text(|row| format::exact(row.added))>{slot.text(|row| format::when(row.added))}</span>
        </div>
        {menu_cell(slot.text(|row| text::row_menu_for(&format::isolate(&row.name))))}
    }
    .into_any()
}

/// Used and assigned seats, as far as the server meters them.
pub(super) fn seats(row: &ClientRow) -> String {
    match row.assigned {
        Some(assigned) => text::used_of(&format::number(row.used), &format::number(assigned)),
        None => format::number(row.used),
    }
}

fn remaining(row: &ClientRow) -> String {
    match row.assigned {
        Some(assigned) => format::number(f64::from(assigned) - f64::from(row.used)),
        None => text::not_metered().to_owned(),
    }
}

/// The first thing a client needs, by the same order as the core's filter.
pub(super) fn need(row: &ClientRow) -> Option<ClientNeed> {
    if !row.enabled {
        Some(ClientNeed::Enabling)
    } else if row.assigned.is_some_and(|assigned| row.used >= assigned) {
        Some(ClientNeed::Seats)
    } else if row.confirmed == 0 {
        Some(ClientNeed::Members)
    } else {
        None
    }
}

/// How urgent it is.
pub(super) fn tone(need: Option<ClientNeed>) -> Tone {
    match need {
        None => Tone::Plain,
        Some(ClientNeed::Members) => Tone::Wait,
        Some(ClientNeed::Seats) => Tone::Attend,
        Some(ClientNeed::Enabling) => Tone::Broken,
    }
}
