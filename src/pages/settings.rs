//! Settings: the provider, one's own account, this device.

mod about;
mod account;
mod capabilities;
mod delete;
mod device;
mod provider;
mod two_step;

use leptos::prelude::*;
use portal_bridge::Action;

use super::entry::EntryFrame;
use crate::live::memo;
use crate::messages::{capabilities as server_text, settings as text};
use crate::session::use_provider;
use crate::shell::Head;

/// The page within a provider.
pub fn page() -> impl IntoView {
    let place = use_provider();
    let details = memo(move || place.shows(Action::ViewProvider) && place.shows(Action::EditProvider));
    let delete = memo(move || place.shows(Action::DeleteProvider));
    view! {
        <Head title=text::label().to_owned() />
        <div class="scroll">
            <div class="settings">
                {move || details.get().then(|| section(text::provider(), text::provider_body(), provider::form().into_any()))}
                {own(None)}
                {move || delete.get().then(|| section(text::danger(), text::danger_body(), delete::zone().into_any()))}
            </div>
        </div>
    }
}

/// The page outside of any provider, which everybody reaches.
pub fn account_page() -> impl IntoView {
    view! {
        <EntryFrame title=text::account_label().to_owned() wide=true>
            <div class="settings alone">
                {own(Some(section(server_text::label(), server_text::body(), capabilities::facts().into_any())))}
            </div>
            <p class="aside"><a class="link" href="/providers">{text::back()}</a></p>
        </EntryFrame>
    }
}

/// What belongs to the person, wherever they are, with what is told of the server.
fn own(server: Option<AnyView>) -> impl IntoView {
    view! {
        {section(text::account(), text::account_body(), account::forms().into_any())}
        {section(text::device(), text::device_body(), device::choices().into_any())}
        {server}
        {section(text::about(), text::about_body(), about::facts().into_any())}
    }
}

/// A part of a page of settings: its name and what it is about, and beside them its forms.
pub(super) fn section(name: &'static str, body: &'static str, content: AnyView) -> AnyView {
    view! {
        <section class="setting">
            <div class="intro">
                <h2>{name}</h2>
                <p class="quiet">{body}</p>
            </div>
            <div class="stack">{content}</div>
        </section>
    }
    .into_any()
}
