use leptos::prelude::*;

use super::field::{Wiring, below, label_of};

/// A field of several lines.
#[component]
pub fn TextArea(
    /// What it asks for.
    #[prop(into)]
    label: Signal<String>,
    /// What was typed.
    value: RwSignal<String>,
    /// What helps to fill it.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    fault: MaybeProp<String>,
) -> impl IntoView {
    let wiring = Wiring::new();
    let described = wiring.clone();
    view! {
        <div class="field">
            {label_of(&wiring, label, MaybeProp::default())}
            <textarea
                class="input"
                id=wiring.control.clone()
                rows="4"
                autocomplete="off"
                spellcheck="false"
                aria-invalid=move || fault.get().map(|_| "true")
                aria-describedby=move || described.described(hint, fault)
                bind:value=value
            ></textarea>
            {below(wiring, hint, fault)}
        </div>
    }
}
