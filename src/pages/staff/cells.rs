//! The cells of a person's row.

use leptos::prelude::*;
use portal_bridge::StaffRow;

use super::{label, status_tone};
use crate::format::isolate;
use crate::messages::staff as text;
use crate::ui::Tone;
use crate::ui::table::{Column, Slot, menu_cell};

pub(super) const COLUMNS: &[Column] = &[
    Column::sorted(text::name, "name", "name"),
    Column::sorted(text::role, "role hide-s", "role"),
    Column::sorted(text::status, "status", "status"),
    Column::plain(text::actions, "act"),
];

/// Drawn once for a place of the pool; only texts change afterwards.
pub(super) fn cells(slot: Slot<StaffRow>) -> AnyView {
    let class = move || {
        let tone = slot.read(|row| Some(status_tone(row.status)));
        format!("st {}", tone.map_or("plain", Tone::class))
    };
    view! {
        <div class="cell name" role="gridcell">
            <bdi class="strong">{slot.text(label)}</bdi>
            <span class="badge" hidden=move || !slot.read(|row| row.me)>{text::you()}</span>
            <span class="sub">
                <span class="role-s">{slot.text(|row| text::role_word(row.role))}</span>
                <bdi>{slot.text(second_line)}</bdi>
            </span>
        </div>
        <div class="cell role hide-s" role="gridcell">{slot.text(|row| text::role_word(row.role))}</div>
        <div class="cell status" role="gridcell">
            <span class=class>{slot.text(|row| text::status_word(row.status))}</span>
        </div>
        {menu_cell(slot.text(|row| text::menu_for(&isolate(&label(row)))))}
    }
    .into_any()
}

/// The address, where a name stands above it.
fn second_line(row: &StaffRow) -> String {
    if row.name.is_some() { row.email.clone() } else { String::new() }
}
