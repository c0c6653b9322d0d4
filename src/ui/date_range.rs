use leptos::{ev, prelude::*};
use web_sys::HtmlInputElement;

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
    // Whoever types passes through days that nobody means, and the fields tell of each. What was typed counts when Enter is
    // pressed or the field is left; a day that is picked counts at once.
    let typed = StoredValue::new(false);
    let take = move |field: &HtmlInputElement, is_first: bool| {
        typed.set_value(false);
        let (first, last) = (from.get_untracked(), to.get_untracked());
        let (value, before) = (field.value(), if is_first { &first } else { &last });
        if value.is_empty() {
            field.set_value(before);
        } else if value != *before {
            on_change.run(if is_first { (value, last) } else { (first, value) });
        }
    };
    let changed = move |field: HtmlInputElement, is_first: bool| {
        if !typed.get_value() {
            take(&field, is_first);
        }
    };
    let pressed = move |event: &ev::KeyboardEvent, field: HtmlInputElement, is_first: bool| match event
        .key()
        .as_str()
    {
        "Enter" => take(&field, is_first),
        "Tab" => {}
        _ => typed.set_value(true),
    };
    let left = move |field: HtmlInputElement, is_first: bool| {
        if typed.get_value() {
            take(&field, is_first);
        }
    };
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
                    on:change:target=move |event| changed(event.target(), true)
                    on:keydown:target=move |event| pressed(&event, event.target(), true)
                    on:pointerdown=move |_| typed.set_value(false)
                    on:blur:target=move |event| left(event.target(), true)
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
                    on:change:target=move |event| changed(event.target(), false)
                    on:keydown:target=move |event| pressed(&event, event.target(), false)
                    on:pointerdown=move |_| typed.set_value(false)
                    on:blur:target=move |event| left(event.target(), false)
                />
            </div>
            {below(wiring, MaybeProp::default(), fault)}
        </fieldset>
    }
}
