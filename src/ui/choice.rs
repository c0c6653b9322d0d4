use leptos::prelude::*;

use super::{
    field::{Wiring, below, label_of},
    fresh_id,
};
use crate::live::{handler, memo};

/// One of several things to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is chosen.
    pub value: String,
    /// Its words.
    pub label: String,
    /// A plain description.
    pub note: Option<String>,
    /// A figure or a price at its end.
    pub aside: Option<String>,
    /// Whether the figure waits for somebody.
    pub due: bool,
}

impl Choice {
    /// A choice in one word.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), ..Self::default() }
    }

    /// The same with a description.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// The same with a figure at its end.
    pub fn aside(mut self, aside: impl Into<String>) -> Self {
        self.aside = Some(aside.into());
        self
    }

    /// The same, marked as waiting for somebody.
    pub fn due(mut self, due: bool) -> Self {
        self.due = due;
        self
    }
}

/// A checkbox with its words.
#[component]
pub fn Check(
    /// Its words.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is ticked.
    #[prop(into)]
    value: Signal<bool>,
    /// Called with the new state.
    #[prop(into)]
    on_change: UnsyncCallback<bool>,
    /// A second line.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=move || value.get() on:change:target=move |event| on_change.run(event.target().checked()) />
            <span>
                {move || label.get()}
                {move || hint.get().map(|hint| view! { <span class="hint">{hint}</span> }.into_any())}
            </span>
        </label>
    }
}

/// Radio buttons as cards, each with a plain description.
#[component]
pub fn RadioCards(
    /// What is chosen.
    #[prop(into)]
    legend: Signal<String>,
    /// From what.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// What is chosen now.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the new choice.
    #[prop(into)]
    on_choose: UnsyncCallback<String>,
) -> impl IntoView {
    let group = fresh_id();
    let radio = move |choice: Choice| {
        let Choice { value: own, label, note, aside, .. } = choice;
        let (shown, chosen) = (own.clone(), own.clone());
        view! {
            <label class="card">
                <input
                    type="radio"
                    name=group.clone()
                    value=own
                    prop:checked=move || value.with(|value| *value == shown)
                    on:change=handler(move |_| on_choose.run(chosen.clone()))
                />
                <span class="strong">{label}</span>
                <span class="aside">{aside}</span>
                {note.map(|note| view! { <span class="note">{note}</span> }.into_any())}
            </label>
        }
    };
    view! {
        <fieldset class="field">
            <legend class="label">{move || legend.get()}</legend>
            <div class="cards">{move || choices.get().into_iter().map(&radio).collect_view()}</div>
        </fieldset>
    }
}

/// A few choices in one bar, such as the statuses a list can be narrowed to, each with its count.
#[component]
pub fn Segments(
    /// What is chosen.
    #[prop(into)]
    legend: Signal<String>,
    /// From what; few enough for one line.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// What is chosen now.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the new choice.
    #[prop(into)]
    on_choose: UnsyncCallback<String>,
) -> impl IntoView {
    let group = fresh_id();
    let count = memo(move || choices.with(Vec::len));
    // One node for each place, kept while counts change, so that the keyboard keeps its focus.
    let segment = move |index: usize| {
        let at = move || choices.with(|choices| choices.get(index).cloned()).unwrap_or_default();
        view! {
            <label>
                <input
                    type="radio"
                    name=group.clone()
                    value=move || at().value
                    prop:checked=move || value.get() == at().value
                    on:change=handler(move |_| on_choose.run(at().value))
                />
                <span>{move || at().label}</span>
                {move || at().aside.map(|aside| view! { <span class="n" class:due=at().due>{aside}</span> }.into_any())}
            </label>
        }
    };
    view! {
        <div class="seg" role="radiogroup" aria-label=move || legend.get()>
            {move || (0..count.get()).map(&segment).collect_view()}
        </div>
    }
}

/// A list to choose one thing from, drawn by the browser.
#[component]
pub fn SelectField(
    /// What is chosen.
    #[prop(into)]
    label: Signal<String>,
    /// From what.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// What is chosen now.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the new choice.
    #[prop(into)]
    on_choose: UnsyncCallback<String>,
    /// What helps to choose.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    fault: MaybeProp<String>,
    /// What the browser may fill in, in HTML's word.
    #[prop(default = "off")]
    autocomplete: &'static str,
) -> impl IntoView {
    let wiring = Wiring::new();
    let described = wiring.clone();
    view! {
        <div class="field">
            {label_of(&wiring, label, MaybeProp::default())}
            <select
                class="input"
                id=wiring.control.clone()
                autocomplete=autocomplete
                aria-invalid=move || fault.get().map(|_| "true")
                aria-describedby=move || described.described(hint, fault)
                on:change:target=move |event| on_choose.run(event.target().value())
            >
                {move || {
                    choices
                        .get()
                        .into_iter()
                        .map(|choice| {
                            let own = choice.value.clone();
                            view! { <option value=choice.value prop:selected=move || value.get() == own>{choice.label}</option> }.into_any()
                        })
                        .collect_view()
                }}
            </select>
            {below(wiring, hint, fault)}
        </div>
    }
}
