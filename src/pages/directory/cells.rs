use leptos::prelude::*;
use portal_bridge::{
    DirectoryChange as Change, DirectoryFaultKind as Fault, DirectoryKept as Kept, DirectoryKind as Kind,
    DirectoryRow,
};

use crate::format;
use crate::messages::directory as text;
use crate::ui::Tone;
use crate::ui::table::{Column, Slot, Words};

pub(super) const COLUMNS: &[Column] = &[
    Column::plain(text::who, "who"),
    Column::plain(text::change, "change"),
    Column::plain(text::external_id, "id hide-s"),
];

/// Every kind, with its word in the address and on the page.
pub(super) const KINDS: [(&str, Kind, Words); 7] = [
    ("invite", Kind::Invite, text::kind_invite),
    ("link", Kind::Link, text::kind_link),
    ("remove", Kind::Remove, text::kind_remove),
    ("groups", Kind::Group, text::kind_group),
    ("left-out", Kind::LeftOut, text::kind_left_out),
    ("never", Kind::Protected, text::kind_protected),
    ("unchanged", Kind::Unchanged, text::kind_unchanged),
];

/// Drawn once for a place of the pool; only texts change afterwards.
pub(super) fn cells(slot: Slot<DirectoryRow>) -> AnyView {
    let class = move || format!("st {}", slot.read(|row| Some(tone(row.change))).unwrap_or_default().class());
    let name = |row: &DirectoryRow| {
        row.name.clone().or_else(|| row.email.clone()).unwrap_or_else(|| row.external_id.clone())
    };
    let second = |row: &DirectoryRow| match (row.group, &row.name, &row.email) {
        (true, ..) => text::group().to_owned(),
        (false, Some(_), Some(email)) => email.clone(),
        _ => String::new(),
    };
    view! {
        <div class="cell who" role="gridcell">
            <bdi class="strong">{slot.text(name)}</bdi>" "
            <bdi class="quiet small">{slot.text(second)}</bdi>
        </div>
        <div class="cell change" role="gridcell"><span class=class>{slot.text(|row| words(row.change))}</span></div>
        <div class="cell id hide-s quiet" role="gridcell"><bdi>{slot.text(|row| row.external_id.clone())}</bdi></div>
    }
    .into_any()
}

fn tone(change: Change) -> Tone {
    match change {
        Change::Invite | Change::Link | Change::AddGroup(_) | Change::ChangeGroup { .. } => Tone::Good,
        Change::Remove | Change::Revoke => Tone::Broken,
        Change::Keep(Kept::AsItIs | Kept::WasNoMember | Kept::NotNamed) => Tone::Plain,
        Change::Keep(Kept::Owner | Kept::NotOfADirectory) => Tone::Wait,
        Change::Keep(_) => Tone::Attend,
    }
}

fn words(change: Change) -> String {
    let word = match change {
        Change::Invite => text::invite(),
        Change::Link => text::link(),
        Change::Remove => text::remove(),
        Change::Revoke => text::revoke(),
        Change::AddGroup(members) => return text::add_group(members),
        Change::ChangeGroup { renamed, added, removed } => {
            let members = text::change_group(&format::number(added), &format::number(removed));
            return if renamed { format!("{members}, {}", text::renamed()) } else { members };
        }
        Change::Keep(kept) => match kept {
            Kept::AsItIs => text::as_it_is(),
            Kept::Owner => text::owner(),
            Kept::NoAddress => text::no_address(),
            Kept::NotAnAddress => text::not_an_address(),
            Kept::SameAddress => text::same_address(),
            Kept::OtherEntry => text::other_entry(),
            Kept::WasNoMember => text::was_no_member(),
            Kept::NotNamed => text::not_named(),
            Kept::NotOfADirectory => text::not_of_a_directory(),
            Kept::NoGroups => text::no_groups(),
        },
    };
    word.to_owned()
}

/// What is wrong with a piece of the file.
pub(super) fn fault(kind: Fault) -> &'static str {
    match kind {
        Fault::Malformed => text::fault_malformed(),
        Fault::BadBase64 => text::fault_base64(),
        Fault::Elsewhere => text::fault_elsewhere(),
        Fault::NotAnEntry => text::fault_not_an_entry(),
        Fault::NoId => text::fault_no_id(),
        Fault::Twice => text::fault_twice(),
        Fault::NoName => text::fault_no_name(),
        Fault::TooLong => text::fault_too_long(),
    }
}
