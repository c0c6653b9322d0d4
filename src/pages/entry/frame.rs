use leptos::prelude::*;
use portal_bridge::{GetServer, Topic};

use crate::messages::entry as text;
use crate::shell::name_page;
use crate::ui::{Glyph, Icon};
use crate::view::use_view;

/// The frame of a page that stands by itself: one narrow column, and the server it talks to.
#[component]
pub fn EntryFrame(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// A few words under it.
    #[prop(optional, into)]
    lead: MaybeProp<String>,
    /// Wider, for a list.
    #[prop(optional)]
    wide: bool,
    /// What the page is for.
    children: Children,
) -> impl IntoView {
    let server = use_view(|| Some(GetServer), || vec![Topic::Server]);
    // What was said of one server says nothing of the next, which may not answer.
    let told = move || if server.problem().is_some() { None } else { server.get() };
    // Whoever is locked out, or not in yet, is not told the name of the page behind.
    name_page(move || title.get());
    let host = window().location().host().unwrap_or_default();
    view! {
        <div class="entry" class:wide=wide>
            <header class="entry-head">
                <a class="entry-mark" href="/">
                    <span class="mark" aria-hidden="true"><Icon glyph=Glyph::Shield /></span>
                    {text::portal()}
                </a>
            </header>
            <main class="entry-body" id="main">
                <h1 tabindex="-1">{move || title.get()}</h1>
                {move || lead.get().map(|lead| view! { <p class="lead">{lead}</p> }.into_any())}
                {children()}
            </main>
            <footer class="entry-foot">
                <bdi>{move || text::on_server(&told().and_then(|server| server.name).unwrap_or_else(|| host.clone()))}</bdi>
                {move || told().map(|server| view! { <span>{text::version(&server.version)}</span> }.into_any())}
            </footer>
        </div>
    }
}
