use leptos::{ev, html, prelude::*};

use crate::live::{effect, handler};

use super::{Glyph, Icon, fresh_id};

/// What a one-line field takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    /// Any text.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A whole number.
    Number,
    /// A code of six or more digits.
    Code,
    /// A day, as `2026-12-03`.
    Date,
}

impl InputKind {
    fn kind(self) -> &'static str {
        match self {
            InputKind::Text | InputKind::Code => "text",
            InputKind::Email => "email",
            InputKind::Number => "number",
            InputKind::Date => "date",
        }
    }

    fn mode(self) -> Option<&'static str> {
        match self {
            InputKind::Code | InputKind::Number => Some("numeric"),
            InputKind::Email => Some("email"),
            InputKind::Text | InputKind::Date => None,
        }
    }
}

/// The ids that tie a control to its hint and its fault.
#[derive(Clone)]
pub(super) struct Wiring {
    pub(super) control: String,
    pub(super) hint: String,
    pub(super) fault: String,
}

impl Wiring {
    pub(super) fn new() -> Self {
        let control = fresh_id();
        Self { hint: format!("{control}h"), fault: format!("{control}f"), control }
    }

    /// What describes the control now: the hint where there is one, and the fault.
    pub(super) fn described(&self, hint: MaybeProp<String>, fault: MaybeProp<String>) -> Option<String> {
        match (hint.get().is_some(), fault.get().is_some()) {
            (true, true) => Some(format!("{} {}", self.fault, self.hint)),
            (true, false) => Some(self.hint.clone()),
            (false, true) => Some(self.fault.clone()),
            (false, false) => None,
        }
    }
}

/// Hint and fault below a control. The fault is announced when it appears.
pub(super) fn below(wiring: Wiring, hint: MaybeProp<String>, fault: MaybeProp<String>) -> impl IntoView {
    let Wiring { hint: hint_id, fault: fault_id, .. } = wiring;
    view! {
        <div class="fault" id=fault_id role="alert">
            {move || {
                fault.get().map(|words| view! {
                    <Icon glyph=Glyph::Alert />
                    <span>{words}</span>
                }.into_any())
            }}
        </div>
        {move || {
            let id = hint_id.clone();
            hint.get().map(move |words| view! { <div class="hint" id=id>{words}</div> }.into_any())
        }}
    }
}

/// Browsers heed `autofocus` once a page; what is drawn later asks for the focus itself.
pub(super) fn focus_when_drawn(node: NodeRef<html::Input>) {
    effect(move || {
        if let Some(input) = node.get() {
            super::focus(&input);
        }
    });
}

/// A label with its mark of being optional.
pub(super) fn label_of(
    wiring: &Wiring,
    words: Signal<String>,
    optional: MaybeProp<String>,
) -> impl IntoView + use<> {
    view! {
        <label for=wiring.control.clone()>
            {move || words.get()}
            {move || optional.get().map(|mark| view! { " "<span class="optional">{mark}</span> }.into_any())}
        </label>
    }
}

/// A one-line field.
#[component]
pub fn TextField(
    /// What it asks for.
    #[prop(into)]
    label: Signal<String>,
    /// What was typed.
    value: RwSignal<String>,
    /// What it takes.
    #[prop(optional)]
    kind: InputKind,
    /// A word after the label of a field that may stay empty.
    #[prop(optional, into)]
    optional: MaybeProp<String>,
    /// What helps to fill it.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    fault: MaybeProp<String>,
    /// What the browser may fill in, in HTML's word.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The field's name, for the browser's password store.
    #[prop(optional)]
    name: Option<&'static str>,
    /// Characters it takes at most.
    #[prop(optional)]
    limit: Option<u32>,
    /// Smallest number.
    #[prop(optional)]
    least: Option<u32>,
    /// Whether it can only be read.
    #[prop(optional, into)]
    read_only: Signal<bool>,
    /// Whether it has the focus at first.
    #[prop(optional)]
    first: bool,
    /// A handle on the element.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
    /// Runs when the field is left.
    #[prop(optional, into)]
    on_leave: Option<super::Press>,
) -> impl IntoView {
    let wiring = Wiring::new();
    let described = wiring.clone();
    if first {
        focus_when_drawn(node_ref);
    }
    view! {
        <div class="field">
            {label_of(&wiring, label, optional)}
            <input
                class="input"
                class:figures=kind == InputKind::Number
                class:code=kind == InputKind::Code
                id=wiring.control.clone()
                type=kind.kind()
                inputmode=kind.mode()
                name=name
                autocomplete=autocomplete
                autocapitalize="off"
                spellcheck="false"
                autofocus=first
                maxlength=limit.map(|limit| limit.to_string())
                min=least.map(|least| least.to_string())
                readonly=move || read_only.get()
                aria-invalid=move || fault.get().map(|_| "true")
                aria-describedby=move || described.described(hint, fault)
                node_ref=node_ref
                bind:value=value
                on:blur=handler(move |_| {
                    if let Some(leave) = on_leave {
                        leave.try_run(());
                    }
                })
            />
            {below(wiring, hint, fault)}
        </div>
    }
}

/// The search field of a list. `/` anywhere on the page brings the focus here, Escape empties it.
#[component]
pub fn SearchField(
    /// What is searched.
    #[prop(into)]
    label: Signal<String>,
    /// Name of the button that empties it.
    #[prop(into)]
    clear: Signal<String>,
    /// What is searched for now.
    #[prop(into)]
    value: Signal<String>,
    /// Called at every key press.
    #[prop(into)]
    on_input: UnsyncCallback<String>,
    /// A handle on the element.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let slash = window_event_listener(ev::keydown, move |event| {
        let free = event.key() == "/" && !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if free
            && !is_typing(&event)
            && let Some(input) = node_ref.try_get_untracked().flatten()
        {
            event.prevent_default();
            super::focus(&input);
            input.select();
        }
    });
    on_cleanup(move || slash.remove());
    view! {
        <div class="find">
            <Icon glyph=Glyph::Search />
            <input
                type="search"
                autocomplete="off"
                spellcheck="false"
                placeholder=move || label.get()
                aria-label=move || label.get()
                aria-keyshortcuts="/"
                node_ref=node_ref
                prop:value=move || value.get()
                on:input:target=move |event| on_input.run(event.target().value())
                on:keydown=handler(move |event: ev::KeyboardEvent| {
                    if event.key() == "Escape" && !value.with_untracked(String::is_empty) {
                        event.stop_propagation();
                        on_input.run(String::new());
                    }
                })
            />
            {move || {
                if value.with(String::is_empty) {
                    view! { <kbd aria-hidden="true">"/"</kbd> }.into_any()
                } else {
                    view! {
                        <button type="button" class="clear" aria-label=move || clear.get() on:click=handler(move |_| on_input.run(String::new()))>
                            <Icon glyph=Glyph::Close />
                        </button>
                    }
                    .into_any()
                }
            }}
        </div>
    }
}

/// Whether a key press belongs to something one types into, or to an open dialog.
fn is_typing(event: &web_sys::KeyboardEvent) -> bool {
    use wasm_bindgen::JsCast;
    event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()).is_some_and(|element| {
        matches!(
            element.closest("input, textarea, select, [contenteditable], dialog, [role='menu']"),
            Ok(Some(_))
        )
    })
}
