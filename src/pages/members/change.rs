use leptos::prelude::*;
use portal_bridge::{
    ChangeMembers, GetMember, MemberDeed, MemberRole, MemberRow, MemberStatus, OrganizationUserId,
};

use super::{Members, label};
use crate::format::isolate;
use crate::messages::{members as text, staff as words};
use crate::ui::{ConfirmDialog, Notice, Press, Tone};
use crate::view::use_view;

/// Names that are shown before the rest is counted.
const SHOWN: usize = 8;

/// Asks before members are revoked, restored or removed, and names what they lose and what stays.
#[component]
pub(super) fn ChangeDialog(
    members: Members,
    deed: MemberDeed,
    /// Those of them whose rows are here.
    rows: Vec<MemberRow>,
    ids: Vec<OrganizationUserId>,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let count = ids.len() as u32;
    let one = match (rows.as_slice(), count) {
        ([row], 1) => Some(row.clone()),
        _ => None,
    };
    let name = one.as_ref().map(|row| isolate(&label(row)));
    let (title, verb) = match (deed, &name) {
        (MemberDeed::Revoke, Some(name)) => (text::revoke_title(name), text::revoke()),
        (MemberDeed::Revoke, None) => (text::revoke_title_many(count), text::revoke()),
        (MemberDeed::Remove, Some(name)) => (text::remove_title(name), text::remove_go()),
        (MemberDeed::Remove, None) => (text::remove_title_many(count), text::remove_go()),
        _ => (text::restore_title_many(count), text::restore()),
    };
    let finished = match deed {
        MemberDeed::Revoke => text::finished_revoke,
        MemberDeed::Remove => text::finished_remove,
        _ => text::finished_restore,
    };
    let consequences = match (deed, one) {
        (MemberDeed::Revoke, _) => {
            view! { <p>{text::revoke_loses()}</p><p>{text::revoke_keeps()}</p> }.into_any()
        }
        (MemberDeed::Remove, Some(row)) if row.status == MemberStatus::Invited => {
            view! { <p>{words::remove_invited()}</p> }.into_any()
        }
        (MemberDeed::Remove, one) => view! {
            {losses(members, one)}
            <p>{text::remove_keeps()}</p>
            <p class="quiet">{text::remove_undo()}</p>
        }
        .into_any(),
        _ => view! { <p>{text::restore_gives()}</p> }.into_any(),
    };
    // Where owners leave, somebody of the client's own should remain one.
    let owners = |row: &&MemberRow| row.role == MemberRole::Owner && row.status == MemberStatus::Confirmed;
    let leaving = rows.iter().filter(owners).count() as u32;
    let takes = deed != MemberDeed::Restore;
    let query = portal_bridge::MembersQuery {
        role: Some(MemberRole::Owner),
        status: Some(MemberStatus::Confirmed),
        ..members.filters.waiting()
    };
    let remaining = use_view(
        move || {
            let window = portal_bridge::Window { from: 0, count: 1 };
            (takes && leaving > 0).then(|| portal_bridge::GetMembers { query: query.clone(), window })
        },
        Vec::new,
    );
    let warning = move || {
        let none = remaining.map(|view| view.rows.matched <= leaving).unwrap_or_default();
        none.then(|| view! { <Notice tone=Tone::Attend>{text::no_owner_left()}</Notice> }.into_any())
    };
    let names = (count > 1).then(|| named(&rows, count));
    let ids = StoredValue::new(ids);
    let confirm = move || {
        let within = members.space.within_untracked();
        members.works.begin(ChangeMembers { within, members: ids.get_value(), deed }, finished);
        ids.with_value(|ids| ids.iter().for_each(|id| members.selection.set(*id, false)));
        if deed == MemberDeed::Remove {
            members.router.set_query(&[("member", None)]);
        }
        on_close.run(());
    };
    view! {
        <ConfirmDialog title verb=verb.to_owned() danger=takes on_confirm=confirm on_close>
            {names}
            {consequences}
            {warning}
        </ConfirmDialog>
    }
}

fn named(rows: &[MemberRow], count: u32) -> AnyView {
    let shown = rows.iter().take(SHOWN).map(|row| view! { <li><bdi>{label(row)}</bdi></li> }.into_any());
    let more = count.saturating_sub(rows.len().min(SHOWN) as u32);
    view! {
        <ul class="plain">
            {shown.collect_view()}
            {(more > 0).then(|| view! { <li class="quiet">{words::and_more(more)}</li> }.into_any())}
        </ul>
    }
    .into_any()
}

/// What one member loses in figures; of many, that it is everything.
fn losses(members: Members, one: Option<MemberRow>) -> AnyView {
    let Some(row) = one else {
        return view! { <p>{text::remove_loses_many()}</p> }.into_any();
    };
    let within = members.space.within_untracked();
    let found = use_view(move || Some(GetMember { within, member: row.id }), Vec::new);
    let words = move || {
        found
            .map(|view| {
                let collections = text::in_collections(view.collections.len() as u32);
                text::remove_loses(&text::in_groups(view.groups.len() as u32), &collections)
            })
            .unwrap_or_else(|| text::remove_loses_many().to_owned())
    };
    view! { <p>{words}</p> }.into_any()
}
