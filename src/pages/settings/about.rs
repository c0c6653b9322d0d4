use leptos::prelude::*;
use portal_bridge::{GetServer, ServerView};

use crate::format::{self, isolate};
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
            <dd class="figures">{move || server.map(told)}</dd>
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

/// A server's version, behind its name where it is one of several.
fn told(server: &ServerView) -> String {
    let ServerView { name, version, .. } = server;
    name.as_ref().map_or_else(|| version.clone(), |name| format!("{} {version}", isolate(name)))
}
