use leptos::prelude::*;

use super::{Glyph, Icon, MenuButton, MenuEntry, Press};
use crate::live::handler;
use crate::messages::ui as text;

/// A filter that is on: its name, its value, and a cross.
#[component]
pub fn Chip(
    /// What is filtered by.
    #[prop(into)]
    name: Signal<String>,
    /// What it must be.
    #[prop(into)]
    value: Signal<String>,
    /// Called when the person wants it gone.
    #[prop(into)]
    on_remove: Press,
) -> impl IntoView {
    view! {
        <span class="chip">
            <i>{move || name.get()}</i>
            <bdi class="cut">{move || value.get()}</bdi>
            <button type="button" class="x" aria-label=move || text::remove_filter(&name.get()) on:click=handler(move |_| on_remove.run(()))>
                <Icon glyph=Glyph::Close />
            </button>
        </span>
    }
}

/// The chip that offers more filters.
#[component]
pub fn FilterButton(
    /// The filters there are, as groups of a menu.
    #[prop(into)]
    entries: UnsyncCallback<(), Vec<MenuEntry>>,
) -> impl IntoView {
    view! { <MenuButton label=text::add_filter().to_owned() icon=Glyph::Plus class="chip add" entries /> }
}
