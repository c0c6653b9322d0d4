//! The cells of a line of the tree.

use leptos::prelude::*;
use portal_bridge::CollectionRow;

use super::label;
use crate::format::{self, isolate};
use crate::messages::collections as text;
use crate::ui::table::{Column, Slot, menu_cell};
use crate::ui::{Glyph, Icon};

pub(super) const COLUMNS: &[Column] = &[
    Column::plain(text::name, "name"),
    Column::plain(text::people, "num"),
    Column::plain(text::groups, "num"),
    Column::plain(text::external_id, "external hide-s"),
    Column::plain(text::actions, "act"),
];

/// Drawn once for a place of the pool; only texts change afterwards.
pub(super) fn cells(slot: Slot<CollectionRow>) -> AnyView {
    let depth = move || slot.read(|row| row.depth.min(12)).to_string();
    let step = move || slot.read(|row| row.id.is_none());
    let figure = |read: fn(&CollectionRow) -> u32| {
        move || slot.read(|row| if row.id.is_some() { format::number(read(row)) } else { String::new() })
    };
    view! {
        <div class="cell name" role="gridcell" style:--depth=depth class:step=step class:unread=move || slot.read(|row| row.unreadable)>
            <Icon glyph=Glyph::Folder />
            <span class="cut">
                <bdi>{slot.text(shown)}</bdi>
                <span class="sr">{slot.text(above)}</span>
                <span class="sub owned">{slot.text(owned)}</span>
            </span>
            <span class="st attend" hidden=move || !slot.read(|row| row.unmanaged)>{slot.text(unmanaged)}</span>
            <span class="aside quiet small">{slot.text(segment)}</span>
        </div>
        <div class="cell num" role="gridcell">{figure(|row| row.people)}</div>
        <div class="cell num" role="gridcell">{figure(|row| row.groups)}</div>
        <div class="cell external hide-s quiet" role="gridcell"><bdi>{slot.text(|row| row.external_id.clone().unwrap_or_default())}</bdi></div>
        {menu_cell(slot.text(|row| text::menu_for(&isolate(&label(row)))))}
    }
    .into_any()
}

fn shown(row: &CollectionRow) -> String {
    if row.unreadable { text::unreadable().to_owned() } else { row.label.clone() }
}

/// What the eye sees from the indent.
fn above(row: &CollectionRow) -> String {
    match row.path.rsplit_once('/') {
        Some((above, _)) if row.depth > 0 => text::within(&isolate(above)),
        _ => String::new(),
    }
}

fn unmanaged(row: &CollectionRow) -> String {
    if row.unmanaged { text::unmanaged().to_owned() } else { String::new() }
}

fn segment(row: &CollectionRow) -> String {
    if row.id.is_none() { text::segment().to_owned() } else { String::new() }
}

fn owned(row: &CollectionRow) -> String {
    row.owned_by.as_deref().map(|email| text::owned_by(&isolate(email))).unwrap_or_default()
}
