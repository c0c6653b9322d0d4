//! The heads and cells of the matrix: a client, what it risks, and the seat of each technician.

use leptos::prelude::*;
use portal_bridge::{
    MemberRole, MemberStatus, SeatRisk, SeatRow, SeatView, TECHNICIANS_SHOWN, TechnicianRow,
};

use super::{filters::missing_address, members, name};
use crate::format::{self, isolate};
use crate::messages::{members as words, technicians as text};
use crate::ui::Tone;
use crate::ui::table::{Column, Heads, Slot};
use crate::view::List;

/// Columns before those of the technicians.
const BEFORE: usize = 2;

static COLUMNS: [Column; BEFORE + TECHNICIANS_SHOWN] = {
    let mut columns = [Column::plain(text::seat, "seat"); BEFORE + TECHNICIANS_SHOWN];
    columns[0] = Column::plain(text::client, "name");
    columns[1] = Column::plain(text::risk, "risk hide-s");
    columns
};

/// The columns where so many technicians are shown.
pub(super) fn columns(technicians: usize) -> &'static [Column] {
    COLUMNS.get(..BEFORE + technicians).unwrap_or(&COLUMNS)
}

/// The heads of the technicians: a name that leads to where the seat is missing, and in how many clients it is not.
pub(super) fn heads(technicians: Memo<Vec<TechnicianRow>>, list: List<SeatRow>) -> Heads {
    Box::new(move |number| {
        let place = number.checked_sub(BEFORE)?;
        let read = move |read: fn(&TechnicianRow) -> String| {
            technicians.with(|all| all.get(place).map(read).unwrap_or_default())
        };
        let holds = move || {
            let one = technicians.with(|all| all.get(place).cloned())?;
            let sits = format::number(one.owner.saturating_add(one.admin));
            let clients = format::number(list.total().unwrap_or_default());
            Some(if one.you { text::holds_you(&sits, &clients) } else { text::holds(&sits, &clients) })
        };
        Some(
            view! {
                <a
                    href=move || read(|one| missing_address(&one.email))
                    data-tip=move || read(|one| text::head_tip(&isolate(&name(one)), &one.email, &format::number(one.missing)))
                >
                    <bdi class="cut">{move || read(name)}</bdi>
                    <small>{holds}</small>
                    <span class="sr">{text::head_aloud()}</span>
                </a>
            }
            .into_any(),
        )
    })
}

/// Drawn once for a place of the pool; only texts change afterwards.
pub(super) fn cells(slot: Slot<SeatRow>) -> AnyView {
    let address = move || slot.read(members);
    let seats = (0..COLUMNS.len() - BEFORE).map(|place| seat(slot, place)).collect_view();
    view! {
        <div class="cell name" role="gridcell">
            <a href=address tabindex="-1" data-stop><bdi>{slot.text(|row| row.name.clone())}</bdi></a>
            <span class=move || format!("sub {}", slot.read(risk_tone).class())>{slot.text(risk_words)}</span>
        </div>
        <div class="cell risk hide-s" role="gridcell">
            <span class=move || format!("st {}", slot.read(risk_tone).class())>{slot.text(risk_words)}</span>
        </div>
        {seats}
    }
    .into_any()
}

fn seat(slot: Slot<SeatRow>, place: usize) -> AnyView {
    let read = move || slot.read(|row| row.seats.get(place).copied().flatten());
    let shown = move || slot.read(|row| place < row.seats.len());
    let known = move || slot.read(|row| row.owners.is_some());
    let class = move || format!("st {}", read().map_or(Tone::Plain, seat_tone).class());
    let mark = move || match read() {
        Some(seat) => seat_mark(seat),
        None => text::no_seat_mark().to_owned(),
    };
    let end = move || {
        let seat = read()?;
        let day = format::axis_day(seat.until?);
        Some(if seat.overdue { text::overdue_since(&day) } else { text::until(&day) })
    };
    let overdue = move || read().is_some_and(|seat| seat.overdue);
    let aloud = move || match read() {
        Some(seat) => text::seat_of(&words::role_word(seat.role), &words::status_word(seat.status)),
        None if known() => text::no_seat().to_owned(),
        None => text::unread().to_owned(),
    };
    view! {
        <div class="cell seat" role="gridcell" hidden=move || !shown()>
            <span class=class aria-hidden="true">{mark}</span>
            <span class="sr">{aloud}</span>
            <small class:overdue=overdue>{end}</small>
        </div>
    }
    .into_any()
}

/// The role of somebody who sits there, else how far the person came.
fn seat_mark(seat: SeatView) -> String {
    match seat.status {
        MemberStatus::Confirmed => words::role_word(seat.role),
        MemberStatus::Invited => text::invited().to_owned(),
        MemberStatus::NeedsConfirmation => text::waits().to_owned(),
        MemberStatus::Revoked => text::revoked().to_owned(),
        MemberStatus::Staged | MemberStatus::Unknown(_) => words::status_word(seat.status),
    }
}

fn seat_tone(seat: SeatView) -> Tone {
    match (seat.status, seat.role) {
        (MemberStatus::Confirmed, MemberRole::Owner | MemberRole::Admin) => Tone::Good,
        (MemberStatus::Invited | MemberStatus::NeedsConfirmation, _) => Tone::Wait,
        (MemberStatus::Revoked, _) => Tone::Attend,
        _ => Tone::Plain,
    }
}

/// What a client risks by its Owners. That a technician has no seat is seen in the row.
fn risk_words(row: &SeatRow) -> String {
    let at = |risk| row.risks.contains(&risk);
    let words = match (row.owners, at(SeatRisk::OneOwner), at(SeatRisk::NoOwnerOfTheirs)) {
        (None, ..) if row.unreadable => text::unreadable(),
        (None, ..) => text::unread(),
        (Some(0), ..) => text::no_owner(),
        (_, true, true) => text::one_owner_ours(),
        (_, true, false) => text::one_owner(),
        (_, false, true) => text::owners_ours(),
        (_, false, false) => text::none(),
    };
    words.to_owned()
}

fn risk_tone(row: &SeatRow) -> Tone {
    let owned_badly = row.risks.iter().any(|risk| *risk != SeatRisk::SeatMissing);
    match row.owners {
        None if row.unreadable => Tone::Wait,
        Some(0) => Tone::Broken,
        Some(_) if owned_badly => Tone::Attend,
        _ => Tone::Plain,
    }
}
