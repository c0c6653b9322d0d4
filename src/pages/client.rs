//! The summary of one client.

mod confirm;
pub(crate) mod people;

use leptos::prelude::*;
use portal_bridge::{
    Action, ClientPerson, ClientView, GetClient, MemberStatus, OrganizationId, Topic, Verdict,
};

use crate::form::ProblemNotice;
use crate::format;
use crate::live::memo;
use crate::messages::{client as text, clients as list_text, reasons};
use crate::pages::clients::{RenameDialog, SeatsDialog, UnlinkDialog};
use crate::router::use_router;
use crate::session::{obstacle, use_provider, verdict};
use crate::shell::Head;
use crate::ui::{
    Button, ButtonKind, Glyph, MenuButton, MenuEntry, MenuItem, Meter, Notice, Skeleton, Status, Tone,
};
use crate::view::{View, use_view};

/// What is open above the page.
#[derive(Clone, PartialEq)]
pub(crate) enum Open {
    Rename,
    Seats,
    Unlink,
    Confirm(ClientPerson),
}

/// The page.
pub fn page() -> impl IntoView {
    let (provider, router) = (use_provider(), use_router());
    // Another client in the address is another question; the page stays.
    let client = memo(move || router.id::<OrganizationId>("organization"));
    let view = use_view(
        move || client.get().map(|organization| GetClient { provider: provider.id(), organization }),
        move || vec![Topic::Clients(provider.id())],
    );
    let open = RwSignal::new(None::<Open>);
    // An answer about the client before is not shown under the new address.
    let shown = memo(move || view.get().filter(|view| Some(view.client.organization) == client.get()));
    let title = Signal::derive(move || {
        shown.get().map(|view| view.client.name).unwrap_or_else(|| list_text::client().to_owned())
    });
    let above = (untrack(|| provider.path("clients")), list_text::label().to_owned());
    view! {
        <Head title above>{move || shown.get().map(|view| buttons(&view, open))}</Head>
        <div class="client-page">
            <ProblemNotice problem=Signal::derive(move || view.problem()) again=move || view.again() />
            {move || match shown.get() {
                Some(found) => content(&found, open).into_any(),
                None if view.problem().is_none() => view! { <Skeleton lines=8 /> }.into_any(),
                None => ().into_any(),
            }}
        </div>
        {move || open.get().map(|what| dialog(what, view, open))}
    }
}

fn buttons(view: &ClientView, open: RwSignal<Option<Open>>) -> impl IntoView + use<> {
    let rights = view.rights.clone();
    let entries = move |()| {
        let items = [
            (Action::RenameClient, list_text::rename(), Glyph::Pencil, Open::Rename),
            (Action::ChangeSeats, list_text::manage_seats(), Glyph::Users, Open::Seats),
            (Action::UnlinkClient, list_text::unlink(), Glyph::Unlink, Open::Unlink),
        ];
        items
            .into_iter()
            .filter(|(action, ..)| verdict(&rights, *action) != Verdict::Hidden)
            .map(|(action, words, glyph, what)| {
                let reason =
                    obstacle(verdict(&rights, action)).map(|reason| reasons::reason(reason).to_owned());
                let danger = what == Open::Unlink;
                let item =
                    MenuItem::new(words, move || open.set(Some(what.clone()))).glyph(glyph).reason(reason);
                MenuEntry::Item(if danger { item.danger() } else { item })
            })
            .collect::<Vec<_>>()
    };
    view! { <MenuButton label=list_text::actions().to_owned() icon=Glyph::ChevronDown kind=ButtonKind::Plain entries /> }
}

fn content(view: &ClientView, open: RwSignal<Option<Open>>) -> impl IntoView + use<> {
    let row = &view.client;
    let owners = view
        .people
        .iter()
        .filter(|person| person.role == "Owner" && person.status == MemberStatus::Confirmed)
        .count();
    let warning = match owners {
        0 => Some((Tone::Broken, text::no_owner(), text::no_owner_body())),
        1 => Some((Tone::Attend, text::one_owner(), text::one_owner_body())),
        _ => None,
    };
    let confirming = verdict(&view.rights, Action::ManageMembers);
    let seating = verdict(&view.rights, Action::ChangeSeats);
    let seats = match row.assigned {
        Some(assigned) => list_text::used_of(&format::number(row.used), &format::number(assigned)),
        None => format!("{}, {}", format::number(row.used), list_text::not_metered()),
    };
    view! {
        <div class="notices">
            {(!row.enabled).then(|| view! { <Notice tone=Tone::Broken><b>{text::off()}". "</b>{text::off_body()}</Notice> }.into_any())}
            {(!view.key_opens).then(|| view! { <Notice tone=Tone::Broken><b>{text::key_broken()}". "</b>{text::key_broken_body()}</Notice> }.into_any())}
            {warning.map(|(tone, head, body)| view! { <Notice tone><b>{head}</b>" "{body}</Notice> }.into_any())}
        </div>
        <div class="columns">
            <section aria-labelledby="summary">
                <h2 id="summary">{text::summary()}</h2>
                <dl class="facts">
                    <dt>{text::state()}</dt>
                    <dd>
                        {if row.enabled {
                            view! { <Status tone=Tone::Good label=text::on() /> }
                        } else {
                            view! { <Status tone=Tone::Broken label=text::off() /> }
                        }}
                    </dd>
                    <dt>{text::plan()}</dt><dd>{row.plan.clone()}</dd>
                    <dt>{text::seats()}</dt>
                    <dd class="across figures">
                        {seats}
                        {row.assigned.map(|assigned| view! { <Meter part=row.used whole=assigned /> }.into_any())}
                        {(seating != Verdict::Hidden).then(|| {
                            let reason = obstacle(seating).map(|reason| reasons::reason(reason).to_owned());
                            view! { <Button label=list_text::change_seats().to_owned() kind=ButtonKind::Bare reason on_press=move || open.set(Some(Open::Seats)) /> }
                                .into_any()
                        })}
                    </dd>
                    <dt>{text::members()}</dt><dd class="figures">{format::number(row.confirmed)}</dd>
                    <dt>{text::added()}</dt><dd data-tip=format::exact(row.added)>{format::when(row.added)}</dd>
                    <dt>{text::key()}</dt>
                    <dd>
                        {if view.key_opens {
                            view! { <Status tone=Tone::Good label=text::key_good() /> }
                        } else {
                            view! { <Status tone=Tone::Broken label=text::key_broken() /> }
                        }}
                    </dd>
                </dl>
            </section>
            <section aria-labelledby="people">
                <h2 id="people">{text::people()}</h2>
                <p class="quiet">{text::people_note()}</p>
                {people::table(&view.people, confirming, open)}
                {(view.waiting > 0).then(|| view! { <p><Status tone=Tone::Wait label=text::other_waiting(view.waiting) /></p> }.into_any())}
            </section>
        </div>
    }
}

fn dialog(what: Open, view: View<GetClient>, open: RwSignal<Option<Open>>) -> Option<AnyView> {
    let close = move || open.set(None);
    let row = view.map_untracked(|view| view.client.clone())?;
    Some(match what {
        Open::Rename => view! { <RenameDialog row on_close=close /> }.into_any(),
        Open::Seats => view! { <SeatsDialog row on_close=close /> }.into_any(),
        Open::Unlink => {
            let (router, provider) = (use_router(), use_provider());
            let links = vec![row.link];
            let leave = move || router.go(&untrack(|| provider.path("clients")));
            view! { <UnlinkDialog rows=vec![row] links on_close=close on_begun=leave /> }.into_any()
        }
        Open::Confirm(person) => {
            view! { <confirm::ConfirmMemberDialog person organization=row.organization on_close=close /> }
                .into_any()
        }
    })
}
