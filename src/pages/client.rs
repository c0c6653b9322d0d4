//! How one client stands: for its provider's staff, and for its own people.

mod confirm;
mod facts;
pub(crate) mod people;
mod setup;

use leptos::prelude::*;
use portal_bridge::{
    Action, ClientPerson, ClientRow, GetOverview, OverviewView, Part, SpaceView, Topic, Verdict,
};

use crate::form::ProblemNotice;
use crate::format::isolate;
use crate::live::memo;
use crate::messages::{client as text, clients as list_text, reasons, space as space_text};
use crate::pages::clients::{RenameDialog, SeatsDialog, UnlinkDialog};
use crate::pages::listing;
use crate::router::use_router;
use crate::session::{Provider, obstacle, use_provider, verdict};
use crate::shell::Head;
use crate::space::{Space, use_space};
use crate::ui::{ButtonKind, Glyph, MenuButton, MenuEntry, MenuItem, Notice, Skeleton, Status, Tone};
use crate::view::use_view;

/// What is open above the page.
#[derive(Clone, PartialEq)]
pub(crate) enum Open {
    Rename,
    Seats,
    Unlink,
    Confirm(ClientPerson),
    Leave,
}

/// The page.
pub fn page() -> impl IntoView {
    let space = use_space();
    let provider = use_context::<Provider>();
    let view = use_view(
        move || Some(GetOverview(space.within())),
        move || {
            let parts =
                [Part::Space, Part::Members, Part::Collections, Part::Groups, Part::Policies, Part::Items];
            let topics = parts.map(|part| space.topic(part));
            topics.into_iter().chain(provider.map(|provider| Topic::Clients(provider.id()))).collect()
        },
    );
    // Whoever accepts tells nobody's browser.
    listing::on_return(move || view.again());
    let open = RwSignal::new(None::<Open>);
    // An answer about the client before is not shown under the new address.
    let shown = memo(move || view.get().filter(|view| view.organization == space.within().organization));
    let title = Signal::derive(move || {
        space.read(|view| view.name.clone()).unwrap_or_else(|| list_text::client().to_owned())
    });
    let about = memo(move || space.read(SpaceView::clone));
    view! {
        <Head title>{move || shown.get().map(|view| buttons(&view, space, open))}</Head>
        <div class="client-page">
            <ProblemNotice problem=Signal::derive(move || view.problem()) again=move || view.again() />
            {move || match (shown.get(), about.get()) {
                (Some(found), Some(about)) => content(space, &found, &about, open).into_any(),
                _ if view.problem().is_none() => view! { <Skeleton lines=8 /> }.into_any(),
                _ => ().into_any(),
            }}
        </div>
        {move || open.get().map(|what| {
            dialog(what, shown.with_untracked(|view| view.as_ref().and_then(|view| view.client.as_deref().cloned())), space, open)
        })}
    }
}

/// What a client's own Owner sees of its subscription where no provider manages it.
pub fn billing() -> impl IntoView {
    let space = use_space();
    view! {
        <Head title=space_text::billing().to_owned() />
        <div class="client-page">
            {move || space.read(|view| match view.bills {
                true => facts::subscription(view).into_any(),
                false => view! { <p class="quiet">{space_text::no_subscription()}</p> }.into_any(),
            })}
        </div>
    }
}

fn buttons(view: &OverviewView, space: Space, open: RwSignal<Option<Open>>) -> impl IntoView + use<> {
    let rights = view.rights.clone();
    let leaving = untrack(|| space.verdict(Action::LeaveOrganization));
    let entries = move |()| {
        let of_list = |action| verdict(&rights, action);
        let items = [
            (of_list(Action::RenameClient), list_text::rename(), Glyph::Pencil, Open::Rename),
            (of_list(Action::ChangeSeats), list_text::manage_seats(), Glyph::Users, Open::Seats),
            (of_list(Action::UnlinkClient), list_text::unlink(), Glyph::Unlink, Open::Unlink),
            (leaving, text::leave_(), Glyph::SignOut, Open::Leave),
        ];
        items
            .into_iter()
            .filter(|(verdict, ..)| *verdict != Verdict::Hidden)
            .map(|(verdict, words, glyph, what)| {
                let reason = obstacle(verdict).map(|reason| reasons::reason(reason).to_owned());
                let danger = matches!(what, Open::Unlink | Open::Leave);
                let item =
                    MenuItem::new(words, move || open.set(Some(what.clone()))).glyph(glyph).reason(reason);
                MenuEntry::Item(if danger { item.danger() } else { item })
            })
            .collect::<Vec<_>>()
    };
    view! { <MenuButton label=list_text::actions().to_owned() icon=Glyph::ChevronDown kind=ButtonKind::Plain entries /> }
}

fn content(
    space: Space,
    view: &OverviewView,
    about: &SpaceView,
    open: RwSignal<Option<Open>>,
) -> impl IntoView + use<> {
    // Whoever sees names alone is not asked to look after owners.
    let manages = untrack(|| space.shows(Action::ViewMembers));
    let warning = match view.confirmed_owners {
        _ if !manages => None,
        0 if about.as_staff => Some((Tone::Broken, text::no_owner(), text::no_owner_body())),
        0 | 1 if about.as_staff => Some((Tone::Attend, text::one_owner(), text::one_owner_body())),
        0 | 1 => Some((Tone::Attend, text::one_owner(), text::one_owner_own())),
        _ => None,
    };
    let confirming = match about.as_staff {
        true => verdict(&view.rights, Action::ManageMembers),
        // Its own people do that where they see everybody.
        false => Verdict::Hidden,
    };
    let enabled = view.client.as_ref().map_or(about.enabled, |client| client.enabled);
    // The client's own people cannot switch it on; their provider can.
    let off = match about.managed_by.as_deref().filter(|_| !about.as_staff) {
        Some(provider) => text::off_ask(&isolate(provider)),
        None => text::off_body().to_owned(),
    };
    let waiting = (view.waiting > 0 && manages).then(|| {
        view! { <p><Status tone=Tone::Wait label=text::other_waiting(view.waiting) /></p> }.into_any()
    });
    view! {
        <div class="notices">
            {(!enabled).then(|| view! { <Notice tone=Tone::Broken><b>{text::off()}". "</b>{off}</Notice> }.into_any())}
            {(!about.key_opens).then(|| view! { <Notice tone=Tone::Broken><b>{text::key_broken()}". "</b>{text::key_broken_body()}</Notice> }.into_any())}
            {warning.map(|(tone, head, body)| view! { <Notice tone><b>{head}</b>" "{body}</Notice> }.into_any())}
        </div>
        <div class="columns">
            {setup::checklist(space, &view.steps)}
            {facts::summary(space, view, about, open)}
            <section aria-labelledby="people" class="wide">
                <h2 id="people">{text::people()}</h2>
                <p class="quiet">{text::people_note()}</p>
                {people::table(&view.people, confirming, open)}
                {waiting}
            </section>
        </div>
    }
}

fn dialog(what: Open, row: Option<ClientRow>, space: Space, open: RwSignal<Option<Open>>) -> Option<AnyView> {
    let close = move || open.set(None);
    Some(match (what, row) {
        (Open::Rename, Some(row)) => view! { <RenameDialog row on_close=close /> }.into_any(),
        (Open::Seats, Some(row)) => view! { <SeatsDialog row on_close=close /> }.into_any(),
        (Open::Unlink, Some(row)) => {
            let (router, provider) = (use_router(), use_provider());
            let links = vec![row.link];
            let leave = move || router.go(&untrack(|| provider.path("clients")));
            view! { <UnlinkDialog rows=vec![row] links on_close=close on_begun=leave /> }.into_any()
        }
        (Open::Confirm(person), Some(row)) => {
            view! { <confirm::ConfirmMemberDialog person organization=row.organization on_close=close /> }
                .into_any()
        }
        (Open::Leave, _) => {
            let name = space.read(|view| isolate(&view.name)).unwrap_or_default();
            view! { <facts::LeaveDialog organization=space.within_untracked().organization name on_close=close /> }
                .into_any()
        }
        (_, None) => return None,
    })
}
