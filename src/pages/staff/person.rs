//! A look at one person, beside the list.

use leptos::prelude::*;
use portal_bridge::{
    GetInvitationLinks, GetServer, GetStaff, InvitationLink, ProviderUserId, StaffQuery, StaffRow,
    StaffStatus, Topic, Window,
};

use super::{Staff, label, status_tone};
use crate::form::ProblemNotice;
use crate::live::{live, memo};
use crate::messages::{problems, staff as text};
use crate::pages::{deeds, invited, listing};
use crate::router::Router;
use crate::ui::{SidePanel, Skeleton, Status};
use crate::view::use_view;

/// Who is looked at, by the address.
pub(super) fn shown(router: Router) -> Option<ProviderUserId> {
    router.query("person")?.parse().ok()
}

pub(super) fn panel(staff: Staff, id: ProviderUserId) -> impl IntoView {
    // Searching by id finds exactly this one, whatever window of the list is here.
    let found = use_view(
        move || {
            let query = StaffQuery { search: id.to_string(), ..staff.filters.everybody() };
            Some(GetStaff { query, window: Window { from: 0, count: 1 } })
        },
        move || vec![Topic::Staff(staff.provider.id())],
    );
    let row = memo(move || found.map(|view| view.rows.rows.iter().find(|row| row.id == id).cloned()));
    let title = Signal::derive(move || {
        row.with(|row| {
            row.clone().flatten().map(|row| label(&row)).unwrap_or_else(|| text::person().to_owned())
        })
    });
    let close = move || staff.router.set_query(&[("person", None)]);
    view! {
        <SidePanel title on_close=close>
            <ProblemNotice problem=Signal::derive(move || found.problem()) again=listing::insisting(move || found.again()) />
            {move || match row.get() {
                None if found.problem().is_some() => ().into_any(),
                None => view! { <Skeleton /> }.into_any(),
                Some(None) => view! { <p>{problems::not_found()}</p> }.into_any(),
                Some(Some(row)) => facts(staff, row).into_any(),
            }}
        </SidePanel>
    }
}

fn facts(staff: Staff, row: StaffRow) -> impl IntoView {
    let (tone, word) = (status_tone(row.status), text::status_word(row.status));
    let account = row.user.map(|user| user.to_string());
    let invited = row.status == StaffStatus::Invited;
    view! {
        <dl class="facts">
            <dt>{text::email()}</dt>
            <dd><bdi>{row.email.clone()}</bdi></dd>
            <dt>{text::role()}</dt>
            <dd>{text::role_word(row.role)}</dd>
            <dt>{text::status()}</dt>
            <dd><Status tone label=word /></dd>
            <dt>{text::account_id()}</dt>
            <dd class="mono">{account.unwrap_or_else(|| text::no_account_yet().to_owned())}</dd>
        </dl>
        {invited.then(|| view! { <PassOn staff id=row.id /> }.into_any())}
        {deeds::buttons(staff.deeds(&row))}
    }
}

/// The invitation link, where the server sends no mail.
#[component]
fn PassOn(staff: Staff, id: ProviderUserId) -> impl IntoView {
    let server = use_view(|| Some(GetServer), Vec::new);
    let by_hand = memo(move || server.map(|server| server.outbox_links).unwrap_or(false));
    let links = use_view(
        move || by_hand.get().then(|| GetInvitationLinks(staff.provider.id())),
        move || vec![Topic::Staff(staff.provider.id())],
    );
    let link =
        memo(move || links.map(|all| all.iter().find(|link| link.staff == Some(id)).cloned()).flatten());
    live(move || {
        let InvitationLink { link, expires, .. } = link.get()?;
        Some(invited::pass_on(link, expires))
    })
}
