use leptos::{ev, html, prelude::*};

use super::{Glyph, IconButton, Press, dom, fresh_id};
use crate::live::{effect, handler};
use crate::messages::ui as text;

/// A panel beside the page, for a look at one thing. It exists only while it is open; the page stays in use.
#[component]
pub fn SidePanel(
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// Called when the person wants it closed. The caller takes it away.
    #[prop(into)]
    on_close: Press,
    /// Its content.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::H2>::new();
    let heading = fresh_id();
    let labelled = heading.clone();
    let opener = StoredValue::new_local(dom::focused());
    effect(move || {
        if let Some(heading) = node.get() {
            dom::focus(&heading);
        }
    });
    // What had the focus may have been drawn anew after its news came, and Escape then belongs to nothing else.
    let keys = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && !event.default_prevented() && dom::nothing_focused() {
            event.prevent_default();
            on_close.run(());
        }
    });
    on_cleanup(move || {
        keys.remove();
        if let Some(opener) = opener.try_get_value().flatten() {
            dom::focus(&opener);
        }
    });
    view! {
        <aside
            class="panel"
            aria-labelledby=labelled
            on:keydown=handler(move |event: ev::KeyboardEvent| {
                if event.key() == "Escape" && !event.default_prevented() {
                    event.prevent_default();
                    on_close.run(());
                }
            })
        >
            <header>
                <h2 class="cut" id=heading tabindex="-1" node_ref=node>{move || title.get()}</h2>
                <IconButton icon=Glyph::Close label=text::close().to_owned() on_press=on_close />
            </header>
            <div class="body">{children()}</div>
        </aside>
    }
}
