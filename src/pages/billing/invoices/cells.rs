//! The cells of a client's row.

use leptos::prelude::*;
use portal_bridge::{Amount, DraftObstacle, DraftRow, DraftState, DraftTotal, Money};

use super::CLIENT;
use crate::format;
use crate::messages::invoices as text;
use crate::router::use_router;
use crate::ui::Tone;
use crate::ui::table::{Column, Slot};

pub(super) const COLUMNS: &[Column] = &[
    Column::sorted(text::client, "name", "name"),
    Column::sorted(text::seats, "num seats hide-s", "seats"),
    Column::sorted(text::net, "num net hide-s", "net"),
    Column::plain(text::tax, "num tax hide-s"),
    Column::sorted(text::gross, "num gross", "gross"),
    Column::sorted(text::left, "num left hide-s", "left"),
    Column::sorted(text::state, "state", "state"),
];

/// Drawn once for a place of the pool; only texts change afterwards.
pub(super) fn cells(slot: Slot<DraftRow>) -> AnyView {
    let router = use_router();
    let address = move || {
        slot.read(|row| {
            let mut address = router.address();
            address.set(CLIENT, Some(&row.organization.to_string()));
            address.text()
        })
    };
    let tone = move || slot.read(|row| state(&row.state).0).class();
    view! {
        <div class="cell name" role="gridcell">
            <a href=address tabindex="-1" data-stop><bdi>{slot.text(|row| row.name.clone())}</bdi></a>
            <span class="sub">{slot.text(about)}</span>
        </div>
        <div class="cell num seats hide-s" role="gridcell"><span>{slot.text(|row| format::number(row.seats))}</span></div>
        <div class="cell num net hide-s" role="gridcell"><span>{slot.text(|row| sum(row, |sums| sums.net))}</span></div>
        <div class="cell num tax hide-s" role="gridcell"><span>{slot.text(|row| sum(row, |sums| sums.tax))}</span></div>
        <div class="cell num gross" role="gridcell"><span class="strong">{slot.text(|row| sum(row, |sums| sums.gross))}</span></div>
        <div class="cell num left hide-s" role="gridcell"><span>{slot.text(left)}</span></div>
        <div class="cell state" role="gridcell"><span class=move || format!("st {}", tone())>{slot.text(|row| state(&row.state).1)}</span></div>
    }
    .into_any()
}

/// What is worth knowing about how its seats were counted.
fn about(row: &DraftRow) -> String {
    match (row.gaps, row.by_members) {
        (0, false) => String::new(),
        (0, true) => text::by_members().to_owned(),
        (days, false) => text::gap_days(days),
        (days, true) => text::seats_and_gaps(text::by_members(), &text::gap_days(days)),
    }
}

fn sum(row: &DraftRow, of: fn(&DraftTotal) -> Amount) -> String {
    let money = |sums: &DraftTotal| format::amount(Money { amount: of(sums), currency: sums.currency });
    row.sums.as_ref().map_or_else(|| "–".to_owned(), money)
}

fn left(row: &DraftRow) -> String {
    match (row.left, row.sums) {
        (Some(amount), Some(sums)) => format::amount(Money { amount, currency: sums.currency }),
        _ => "–".to_owned(),
    }
}

/// How far an invoice is, in words with their tone.
pub(super) fn state(state: &DraftState) -> (Tone, String) {
    match state {
        DraftState::Open => (Tone::Plain, text::is_open().to_owned()),
        DraftState::Nothing => (Tone::Plain, text::is_nothing().to_owned()),
        DraftState::Issued(number) => (Tone::Good, text::is_issued(&format::isolate(number))),
        DraftState::LeftOut => (Tone::Plain, text::is_left_out().to_owned()),
        DraftState::Cannot(why) => (Tone::Attend, obstacle(why)),
    }
}

/// Why there is no draft.
fn obstacle(why: &DraftObstacle) -> String {
    match why {
        DraftObstacle::NoList => text::cannot_no_list().to_owned(),
        DraftObstacle::NoPrice(plan) => text::cannot_no_price(plan),
        DraftObstacle::OtherCurrency(list, own) => text::cannot_currency(list.code(), own.code()),
        DraftObstacle::NotCounted => text::cannot_not_counted().to_owned(),
        DraftObstacle::TooMuch => text::cannot_too_much().to_owned(),
    }
}
