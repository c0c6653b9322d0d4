use leptos::prelude::*;

use super::{Glyph, IconButton, Press};
use crate::live::memo;
use crate::messages::ui as text;

/// What can be done with the selected rows. It slides in with the count, and is announced.
#[component]
pub fn BulkBar(
    /// How many are selected, in words; nothing hides the bar.
    #[prop(into)]
    count: Signal<Option<String>>,
    /// Called when the person wants nothing selected.
    #[prop(into)]
    on_clear: Press,
    /// The buttons.
    children: ChildrenFn,
) -> impl IntoView {
    let shown = memo(move || count.with(Option::is_some));
    view! {
        <div class="sr" role="status">{move || count.get()}</div>
        {move || {
            let children = children.clone();
            shown.get().then(move || view! {
                <div class="bulk" role="toolbar" aria-label=move || count.get()>
                    <span class="count">{move || count.get()}</span>
                    {children()}
                    <IconButton icon=Glyph::Close label=text::clear_selection().to_owned() on_press=on_clear />
                </div>
            }.into_any())
        }}
    }
}
