use leptos::prelude::*;

use super::field::{Wiring, below};
use crate::messages::ui as text;

/// Two dates, from and to, as the browser's own date fields (`2026-11-22`).
#[component]
pub fn DateRange(
    /// What the range is about.
    #[prop(into)]
    legend: Signal<String>,
    /// First day.
    #[prop(into)]
    from: Signal<String>,
    /// Last day, itself included.
    #[prop(into)]
    to: Signal<String>,
    /// The last day that can be chosen.
    #[prop(optional, into)]
    latest: Option<String>,
    /// What is wrong with the range.
    #[prop(optional, into)]
    fault: MaybeProp<String>,
    /// Called with both days when one was changed.
    #[prop(into)]
    on_change: UnsyncCallback<(String, String)>,
) -> impl IntoView {
    let wiring = Wiring::new();
    let described = wiring.clone();
    let described_too = wiring.clone();
    view! {
        <fieldset class="field">
            <legend class="sr">{move || legend.get()}</legend>
            <div class="range">
                <input
                    class="input"
                    type="date"
                    aria-label=text::from()
                    max=latest.clone()
                    prop:value=move || from.get()
                    aria-invalid=move || fault.get().map(|_| "true")
                    aria-describedby=move || described.described(MaybeProp::default(), fault)
                    on:change:target=move |event| on_change.run((event.target().value(), to.get_untracked()))
                />
                <span class="quiet" aria-hidden="true">"–"</span>
                <input
                    class="input"
                    type="date"
                    aria-label=text::to()
                    max=latest
                    prop:value=move || to.get()
                    aria-invalid=move || fault.get().map(|_| "true")
                    aria-describedby=move || described_too.described(MaybeProp::default(), fault)
                    on:change:target=move |event| on_change.run((from.get_untracked(), event.target().value()))
                />
            </div>
            {below(wiring, MaybeProp::default(), fault)}
        </fieldset>
    }
}
