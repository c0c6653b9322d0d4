//! The cells of an item.

use leptos::prelude::*;
use portal_bridge::ItemRow;

use crate::format::{self, isolate};
use crate::messages::items as text;
use crate::ui::table::{Column, Slot, menu_cell};

pub(super) const COLUMNS: &[Column] = &[
    Column::sorted(text::name, "name", "name"),
    Column::sorted(text::kind, "kind", "type"),
    Column::plain(text::collections, "in hide-s"),
    Column::sorted(text::changed, "when hide-s", "changed"),
    Column::plain(text::actions, "act"),
];

/// Drawn once for a place of the pool; only texts change afterwards.
pub(super) fn cells(slot: Slot<ItemRow>) -> AnyView {
    view! {
        <div class="cell name" role="gridcell" class:unread=move || slot.read(|row| row.name.is_none())>
            <bdi class="strong">{slot.text(shown)}</bdi>
        </div>
        <div class="cell kind" role="gridcell">{slot.text(|row| kind_word(row.kind))}</div>
        <div class="cell in hide-s quiet" role="gridcell"><bdi>{slot.text(collections)}</bdi></div>
        <div class="cell when hide-s quiet" role="gridcell">{slot.text(|row| format::when(row.changed))}</div>
        {menu_cell(slot.text(|row| text::menu_for(&isolate(&shown(row)))))}
    }
    .into_any()
}

/// What a type is called, by Bitwarden's number.
pub(super) fn kind_word(kind: i32) -> String {
    match kind {
        1 => text::login().to_owned(),
        2 => text::secure_note().to_owned(),
        3 => text::card().to_owned(),
        4 => text::identity().to_owned(),
        5 => text::ssh_key().to_owned(),
        other => text::other_kind(&other.to_string()),
    }
}

pub(super) fn shown(row: &ItemRow) -> String {
    row.name.clone().unwrap_or_else(|| text::unreadable().to_owned())
}

fn collections(row: &ItemRow) -> String {
    if row.collections.is_empty() { text::no_collection().to_owned() } else { row.collections.join(", ") }
}
