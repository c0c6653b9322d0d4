//! The settings of a client's organization.

mod api_key;
mod collections;
mod delete;
mod fields;
mod fingerprint;

use leptos::prelude::*;
use portal_bridge::{Action, ClientSettings, GetClientSettings, Part, Verdict};

use crate::form::ProblemNotice;
use crate::format::isolate;
use crate::live::{live, memo};
use crate::messages::{client_settings as text, space as space_text};
use crate::pages::settings::section;
use crate::shell::Head;
use crate::space::use_space;
use crate::ui::Skeleton;
use crate::view::use_view;

/// The page.
pub fn page() -> impl IntoView {
    let space = use_space();
    let view =
        use_view(move || Some(GetClientSettings(space.within())), move || vec![space.topic(Part::Space)]);
    let saved = memo(move || view.get().filter(|view| view.organization == space.within().organization));
    let whose = memo(move || saved.with(|saved| saved.as_ref().map(|saved| saved.organization)));
    view! {
        <Head title=space_text::settings().to_owned() />
        <div class="scroll">
            <ProblemNotice problem=Signal::derive(move || view.problem()) again=move || view.again() />
            {move || match whose.get() {
                Some(_) => draw(saved).into_any(),
                None if view.problem().is_some() => ().into_any(),
                None => view! { <Skeleton lines=8 /> }.into_any(),
            }}
        </div>
    }
}

/// Each part is drawn again only when what is saved of it has changed, so that nobody's typing is lost to other news, nor to
/// saving another part.
fn draw(saved: Memo<Option<ClientSettings>>) -> impl IntoView {
    let space = use_space();
    let shows = move |action| untrack(|| space.shows(action));
    let name = part_of(saved, |settings| settings.name.clone());
    let billing_email = part_of(saved, |settings| settings.billing_email.clone());
    let collections = part_of(saved, |settings| settings.collections);
    let settable = memo(move || collections.get().is_some());
    let billing = (untrack(|| space.verdict(Action::EditBillingEmail)) != Verdict::Hidden)
        .then(|| live(move || billing(billing_email.get())));
    let managed = untrack(|| space.read(|view| view.managed_by.is_some())).unwrap_or_default();
    let seen_by = if managed { text::organization_body() } else { text::own_body() };
    // Where nobody pays there are no bills, and yet such an address.
    let billed = untrack(|| space.read(|view| view.as_staff || view.bills)).unwrap_or_default();
    let (heading, body) = match billed {
        true => (text::billing(), text::billing_body()),
        false => (text::billing_email(), text::billing_address_body()),
    };
    view! {
        <div class="settings">
            {section(text::organization(), seen_by, live(move || fields::name(name.get())))}
            {billing.map(|billing| section(heading, body, billing))}
            {move || settable.get().then(|| section(text::collections(), text::collections_body(), live(move || collections.get().map(collections::form))))}
            {shows(Action::ManageApiKey).then(|| section(text::api_key(), text::api_key_body(), api_key::part().into_any()))}
            {section(text::fingerprint(), text::fingerprint_body(), fingerprint::part().into_any())}
            {shows(Action::DeleteOrganization).then(|| section(text::danger(), text::danger_body(), live(move || delete::zone(name.get()))))}
        </div>
    }
}

fn part_of<T: PartialEq + Default + Send + Sync + 'static>(
    saved: Memo<Option<ClientSettings>>,
    part: impl Fn(&ClientSettings) -> T + Send + Sync + 'static,
) -> Memo<T> {
    memo(move || saved.with(|saved| saved.as_ref().map(&part).unwrap_or_default()))
}

/// An owner whose organization a provider manages learns who, instead of a field that could not be saved.
fn billing(email: String) -> AnyView {
    let space = use_space();
    if untrack(|| space.verdict(Action::EditBillingEmail)) == Verdict::Allowed {
        return fields::billing(email).into_any();
    }
    let name = untrack(|| space.read(|view| view.managed_by.clone()).flatten()).unwrap_or_default();
    let managed = match name.is_empty() {
        true => space_text::managed().to_owned(),
        false => space_text::managed_by(&isolate(&name)),
    };
    view! {
        <dl class="facts">
            <dt>{text::billing_email()}</dt><dd><bdi>{email}</bdi></dd>
        </dl>
        <p class="quiet">{managed}". "{text::billing_managed()}</p>
    }
    .into_any()
}
