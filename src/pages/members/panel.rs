//! A look at one member, beside the list.

use leptos::prelude::*;
use portal_bridge::{
    GetMember, GetMemberLink, MemberLink, MemberRole, MemberStatus, MemberView, OrganizationUserId, Part,
};

use super::{
    Members,
    cells::{agreed, on_or_off},
    label, status_tone,
};
use crate::form::ProblemNotice;
use crate::format;
use crate::live::{live, memo};
use crate::messages::{access as levels, members as text, staff as words};
use crate::pages::{deeds, invited};
use crate::router::Router;
use crate::ui::{SidePanel, Skeleton, Status};
use crate::view::use_view;

/// Who is looked at, by the address.
pub(super) fn shown(router: Router) -> Option<OrganizationUserId> {
    router.query("member")?.parse().ok()
}

pub(super) fn panel(members: Members, member: OrganizationUserId) -> impl IntoView {
    let space = members.space;
    let found = use_view(
        move || Some(GetMember { within: space.within(), member }),
        move || vec![space.topic(Part::Members)],
    );
    let title = Signal::derive(move || {
        found.map(|view| label(&view.row)).unwrap_or_else(|| text::member().to_owned())
    });
    let close = move || members.router.set_query(&[("member", None)]);
    view! {
        <SidePanel title on_close=close>
            <ProblemNotice problem=Signal::derive(move || found.problem()) again=move || found.again() />
            {move || match found.get() {
                None if found.problem().is_some() => ().into_any(),
                None => view! { <Skeleton lines=6 /> }.into_any(),
                Some(view) => facts(members, &view).into_any(),
            }}
        </SidePanel>
    }
}

fn facts(members: Members, view: &MemberView) -> impl IntoView + use<> {
    let row = &view.row;
    let (tone, word) = (status_tone(row.status), text::status_word(row.status));
    let fact =
        |name: &'static str, value: String| view! { <dt>{name}</dt><dd><bdi>{value}</bdi></dd> }.into_any();
    let permissions = view.access.as_ref().filter(|access| access.role == MemberRole::Custom).map(|access| {
        let held: Vec<String> =
            access.permissions.iter().map(|one| text::permission_word(*one).to_owned()).collect();
        view! { <dt>{text::permissions()}</dt><dd>{several(held)}</dd> }.into_any()
    });
    let collections: Vec<String> = view
        .collections
        .iter()
        .map(|(name, level)| format!("{}: {}", format::isolate(name), levels::level(*level)))
        .collect();
    let told = view.access.is_some();
    let revoked = row.status == MemberStatus::Revoked;
    let invited = row.status == MemberStatus::Invited;
    view! {
        <dl class="facts">
            {fact(words::email(), row.email.clone())}
            {fact(words::role(), text::role_word(row.role))}
            {permissions}
            <dt>{words::status()}</dt>
            <dd><Status tone label=word /></dd>
            {revoked.then(|| fact(text::revoked_because(), text::revoked_word(view.revoked_because)))}
            <dt>{text::groups()}</dt>
            <dd>{several(view.groups.clone())}</dd>
            <dt>{text::collections()}</dt>
            <dd>{if told { several(collections).into_any() } else { view! { <span class="quiet">{text::not_told()}</span> }.into_any() }}</dd>
            {fact(text::two_step(), on_or_off(row.two_step).to_owned())}
            {fact(text::recovery(), agreed(row.recoverable).to_owned())}
            {view.since.map(|since| view! {
                <dt>{text::since()}</dt><dd data-tip=format::exact(since)>{format::when(since)}</dd>
            }.into_any())}
            {view.external_id.clone().map(|id| fact(text::external_id(), id))}
            <dt>{words::account_id()}</dt>
            <dd class="mono">{row.user.map_or_else(|| words::no_account_yet().to_owned(), |user| user.to_string())}</dd>
        </dl>
        {view.sso.then(|| view! { <p class="quiet">{text::sso()}</p> }.into_any())}
        {view.claimed.then(|| view! { <p class="quiet">{text::claimed()}</p> }.into_any())}
        {invited.then(|| pass_on(members, row.id))}
        {deeds::buttons(members.deeds(row))}
    }
}

/// Names one below the other.
fn several(all: Vec<String>) -> AnyView {
    if all.is_empty() {
        return view! { <span class="quiet">{text::nothing()}</span> }.into_any();
    }
    view! { <ul class="plain">{all.into_iter().map(|one| view! { <li><bdi>{one}</bdi></li> }.into_any()).collect_view()}</ul> }
        .into_any()
}

/// The invitation link, or where to register, where the server sends no mail.
fn pass_on(members: Members, member: OrganizationUserId) -> impl IntoView {
    let space = members.space;
    let found = use_view(
        move || Some(GetMemberLink { within: space.within(), member }),
        move || vec![space.topic(Part::Members)],
    );
    let link = memo(move || found.map(Clone::clone).flatten());
    live(move || {
        if let Some(address) = members.registers_at() {
            let words = text::invite_register(&format::isolate(&address));
            return Some(view! { <p class="quiet">{words}</p> }.into_any());
        }
        let MemberLink { link, expires } = link.get()?;
        Some(invited::pass_on(link, expires))
    })
}
