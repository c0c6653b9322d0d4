//! The cells of a client's row.

use leptos::prelude::*;
use portal_bridge::{PortfolioNeed, PortfolioRow, Via};

use super::{address, filters::need_words};
use crate::format::{self, isolate};
use crate::messages::{clients as list_text, portfolio as text};
use crate::ui::Tone;
use crate::ui::table::{Column, Slot};

pub(super) const COLUMNS: &[Column] = &[
    Column::sorted(list_text::client, "name", "name"),
    Column::sorted(text::via, "via hide-s", "via"),
    Column::sorted(text::members, "num", "members"),
    Column::sorted(text::owners, "num hide-s", "owners"),
    Column::sorted(text::waiting, "num hide-s", "waiting"),
    Column::plain(text::needs, "needs"),
];

/// Drawn once for a place of the pool; only texts change afterwards.
pub(super) fn cells(slot: Slot<PortfolioRow>) -> AnyView {
    let address = move || slot.read(|row| address(row.within));
    let needed = move || slot.read(|row| row.need);
    view! {
        <div class="cell name" role="gridcell">
            <a href=address tabindex="-1" data-stop><bdi>{slot.text(|row| row.name.clone())}</bdi></a>
            <span class="sub">{slot.text(via)}</span>
        </div>
        <div class="cell via hide-s" role="gridcell"><span class="quiet cut">{slot.text(via)}</span></div>
        <div class="cell num figures" role="gridcell"><span>{slot.text(members)}</span></div>
        <div class="cell num figures hide-s" role="gridcell"><span>{slot.text(|row| number(row.owners))}</span></div>
        <div class="cell num figures hide-s" role="gridcell"><span>{slot.text(|row| number(row.waiting))}</span></div>
        <div class="cell needs" role="gridcell">
            <span class=move || format!("st {}", tone(needed()).class())>{move || needed().map_or(text::unread(), need_words)}</span>
        </div>
    }
    .into_any()
}

fn via(row: &PortfolioRow) -> String {
    match &row.via {
        Via::Owner => text::via_owner().to_owned(),
        Via::Admin => text::via_admin().to_owned(),
        Via::Provider(name) => text::via_provider(&isolate(name)),
    }
}

fn members(row: &PortfolioRow) -> String {
    match (row.members, row.seats) {
        (Some(used), Some(seats)) => text::of_seats(&format::number(used), &format::number(seats)),
        (members, _) => number(members),
    }
}

/// What is not known yet, or not of this client, is not shown as nothing.
fn number(number: Option<u32>) -> String {
    number.map_or_else(|| text::unread().to_owned(), format::number)
}

/// How urgent it is.
fn tone(need: Option<PortfolioNeed>) -> Tone {
    match need {
        None => Tone::Plain,
        Some(PortfolioNeed::Confirming | PortfolioNeed::Reading) => Tone::Wait,
        Some(PortfolioNeed::SecondOwner | PortfolioNeed::Seats) => Tone::Attend,
        Some(PortfolioNeed::Enabling) => Tone::Broken,
    }
}
