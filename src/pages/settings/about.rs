use leptos::prelude::*;
use portal_bridge::GetServer;

use crate::format;
use crate::messages::settings as text;
use crate::view::use_view;

/// What runs here.
pub(super) fn facts() -> impl IntoView {
    let server = use_view(|| Some(GetServer), Vec::new);
    let origin = window().location().origin().unwrap_or_default();
    view! {
        <dl class="facts">
            <dt>{text::portal_version()}</dt>
            <dd class="figures">{env!("CARGO_PKG_VERSION")}</dd>
            <dt>{text::server_version()}</dt>
            <dd class="figures">{move || server.map(|server| server.version.clone())}</dd>
            <dt>{text::server_address()}</dt>
            <dd>{origin}</dd>
            <dt>{text::time_zone()}</dt>
            <dd>{move || format::time_zone()}</dd>
            <dt>{text::licence()}</dt>
            <dd>{text::licence_words()}</dd>
            <dt>{text::icons()}</dt>
            <dd>{text::icons_words()}</dd>
        </dl>
    }
}
