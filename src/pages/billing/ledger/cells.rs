//! The cells of a client's row.

use leptos::prelude::*;
use portal_bridge::{LedgerRow, SeatPoint};

use crate::format;
use crate::messages::ledger as text;
use crate::pages::portfolio;
use crate::session::Provider;
use crate::ui::table::{Column, Slot};
use crate::ui::{Level, LevelStrip};

pub(super) const COLUMNS: &[Column] = &[
    Column::sorted(text::client, "name", "name"),
    Column::sorted(text::plan, "plan hide-s", "plan"),
    Column::sorted(text::assigned, "num hide-s", "assigned"),
    Column::sorted(text::used, "num hide-s", "used"),
    Column::sorted(text::idle_now, "num idle", "idle"),
    Column::sorted(text::always_idle, "num always", "always"),
    Column::sorted(text::change, "num change", "change"),
    Column::plain(text::trend, "trend hide-s"),
];

/// Where no server meters seats.
pub(super) const OWN_COLUMNS: &[Column] = &[
    Column::sorted(text::client, "name", "name"),
    Column::sorted(text::members, "num", "used"),
    Column::sorted(text::change, "num change", "change"),
    Column::plain(text::trend, "trend hide-s"),
];

/// Drawn once for a place of the pool; only texts change afterwards.
pub(super) fn cells(slot: Slot<LedgerRow>) -> AnyView {
    view! {
        {name(slot)}
        <div class="cell plan hide-s" role="gridcell"><span>{slot.text(|row| row.plan.clone())}</span></div>
        <div class="cell num figures hide-s" role="gridcell"><span>{slot.text(|row| number(row.assigned))}</span></div>
        <div class="cell num figures hide-s" role="gridcell"><span>{slot.text(|row| number(row.used))}</span></div>
        <div class="cell num figures idle" role="gridcell">
            <span class:some=move || slot.read(|row| row.idle().unwrap_or_default()) != 0>{slot.text(|row| number(row.idle()))}</span>
        </div>
        <div class="cell num figures always" role="gridcell"><span>{slot.text(|row| number(row.always_idle))}</span></div>
        {rest(slot)}
    }
    .into_any()
}

pub(super) fn own_cells(slot: Slot<LedgerRow>) -> AnyView {
    view! {
        {name(slot)}
        <div class="cell num figures" role="gridcell"><span>{slot.text(|row| number(row.used))}</span></div>
        {rest(slot)}
    }
    .into_any()
}

fn name(slot: Slot<LedgerRow>) -> AnyView {
    let provider = use_context::<Provider>().map(|provider| provider.id());
    let address = move || {
        slot.read(|row| {
            portfolio::address(portal_bridge::Within { provider, organization: row.organization })
        })
    };
    view! {
        <div class="cell name" role="gridcell">
            <a href=address tabindex="-1" data-stop hidden=move || slot.read(is_gone)><bdi>{slot.text(|row| row.name.clone())}</bdi></a>
            <bdi class="quiet" hidden=move || !slot.read(is_gone)>{slot.text(|row| row.name.clone())}</bdi>
            <span class="sub plan">{slot.text(|row| row.plan.clone())}</span>
            <span class="sub">{slot.text(|row| row.gone.map(|day| text::gone(&format::calendar_day(day))).unwrap_or_default())}</span>
        </div>
    }
    .into_any()
}

fn rest(slot: Slot<LedgerRow>) -> AnyView {
    view! {
        <div class="cell num figures change" role="gridcell"><span>{slot.text(|row| row.change.map_or_else(|| text::unknown().to_owned(), change))}</span></div>
        <div class="cell trend hide-s" role="gridcell">
            <LevelStrip levels=Signal::derive(move || slot.read(|row| row.points.iter().map(level).collect())) />
        </div>
    }
    .into_any()
}

fn is_gone(row: &LedgerRow) -> bool {
    row.gone.is_some()
}

/// A place of the small picture.
fn level(point: &SeatPoint) -> Level {
    Level { upper: point.assigned, lower: point.used, missed: point.missed, ..Level::default() }
}

/// What is not known is not shown as nothing.
pub(super) fn number(number: Option<u32>) -> String {
    number.map_or_else(|| text::unknown().to_owned(), format::number)
}

/// A change with its sign.
pub(super) fn change(change: i64) -> String {
    let number = format::number(change.unsigned_abs() as f64);
    match change {
        0 => number,
        1.. => text::more(&number),
        _ => text::fewer(&number),
    }
}
