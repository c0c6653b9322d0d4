//! The cells of a member's row.

use leptos::prelude::*;
use portal_bridge::MemberRow;

use super::{label, status_tone};
use crate::format::{self, isolate};
use crate::messages::{members as text, staff as words};
use crate::ui::Tone;
use crate::ui::table::{Column, Slot, menu_cell};

pub(super) const COLUMNS: &[Column] = &[
    Column::sorted(words::name, "name", "name"),
    Column::sorted(words::role, "role hide-s", "role"),
    Column::sorted(words::status, "status", "status"),
    Column::sorted(text::groups, "groups num hide-m", "groups"),
    Column::sorted(text::two_step, "two-step hide-m", "two-step"),
    Column::sorted(text::recovery, "recovery hide-l", "recovery"),
    Column::plain(words::actions, "act"),
];

/// Drawn once for a place of the pool; only texts change afterwards.
pub(super) fn cells(slot: Slot<MemberRow>) -> AnyView {
    let class = move || {
        let tone = slot.read(|row| Some(status_tone(row.status)));
        format!("st {}", tone.map_or("plain", Tone::class))
    };
    view! {
        <div class="cell name" role="gridcell">
            <bdi class="strong">{slot.text(label)}</bdi>
            <span class="badge" hidden=move || !slot.read(|row| row.me)>{words::you()}</span>
            <span class="sub">
                <span class="role-s">{slot.text(|row| text::role_word(row.role))}</span>
                <bdi>{slot.text(second_line)}</bdi>
            </span>
        </div>
        <div class="cell role hide-s" role="gridcell">{slot.text(|row| text::role_word(row.role))}</div>
        <div class="cell status" role="gridcell">
            <span class=class>{slot.text(|row| text::status_word(row.status))}</span>
        </div>
        <div class="cell groups num hide-m" role="gridcell">{slot.text(|row| format::number(row.groups))}</div>
        <div class="cell two-step hide-m" role="gridcell">{slot.text(|row| on_or_off(row.two_step).to_owned())}</div>
        <div class="cell recovery hide-l" role="gridcell">{slot.text(|row| agreed(row.recoverable).to_owned())}</div>
        {menu_cell(slot.text(|row| words::menu_for(&isolate(&label(row)))))}
    }
    .into_any()
}

pub(super) fn on_or_off(on: bool) -> &'static str {
    if on { text::on() } else { text::off() }
}

pub(super) fn agreed(agreed: bool) -> &'static str {
    if agreed { text::agreed() } else { text::not_agreed() }
}

/// The address, where a name stands above it.
fn second_line(row: &MemberRow) -> String {
    if row.name.is_some() { row.email.clone() } else { String::new() }
}
