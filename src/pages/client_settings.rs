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
use crate::live::memo;
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
    // Drawn again only when what is saved has changed, so that nobody's typing is lost to other news.
    let saved = memo(move || view.get().filter(|view| view.organization == space.within().organization));
    view! {
        <Head title=space_text::settings().to_owned() />
        <div class="scroll">
            <ProblemNotice problem=Signal::derive(move || view.problem()) again=move || view.again() />
            {move || match saved.get() {
                Some(settings) => draw(&settings).into_any(),
                None if view.problem().is_some() => ().into_any(),
                None => view! { <Skeleton lines=8 /> }.into_any(),
            }}
        </div>
    }
}

fn draw(settings: &ClientSettings) -> impl IntoView + use<> {
    let space = use_space();
    let shows = move |action| untrack(|| space.shows(action));
    // An owner whose organization a provider manages learns who, instead of a field that could not be saved.
    let billing = match untrack(|| space.verdict(Action::EditBillingEmail)) {
        Verdict::Allowed => Some(fields::billing(settings.billing_email.clone()).into_any()),
        Verdict::Disabled(_) => {
            let name = untrack(|| space.read(|view| view.managed_by.clone()).flatten()).unwrap_or_default();
            let managed = match name.is_empty() {
                true => space_text::managed().to_owned(),
                false => space_text::managed_by(&isolate(&name)),
            };
            Some(
                view! {
                    <dl class="facts">
                        <dt>{text::billing_email()}</dt><dd><bdi>{settings.billing_email.clone()}</bdi></dd>
                    </dl>
                    <p class="quiet">{managed}". "{text::billing_managed()}</p>
                }
                .into_any(),
            )
        }
        Verdict::Hidden => None,
    };
    let collections = settings.collections;
    view! {
        <div class="settings">
            {section(text::organization(), text::organization_body(), fields::name(settings.name.clone()).into_any())}
            {billing.map(|billing| section(text::billing(), text::billing_body(), billing))}
            {section(text::collections(), text::collections_body(), collections::form(collections).into_any())}
            {shows(Action::ManageApiKey).then(|| section(text::api_key(), text::api_key_body(), api_key::part().into_any()))}
            {section(text::fingerprint(), text::fingerprint_body(), fingerprint::part().into_any())}
            {shows(Action::DeleteOrganization).then(|| section(text::danger(), text::danger_body(), delete::zone(settings.name.clone()).into_any()))}
        </div>
    }
}
