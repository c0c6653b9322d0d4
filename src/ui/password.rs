use leptos::{html, prelude::*};

use super::{
    Glyph, Icon, Press,
    field::{Wiring, below, focus_when_drawn, label_of},
};
use crate::live::handler;

/// A handle on a password field. What was typed never enters a signal: it is taken once, as bytes, and the field is
/// emptied by that.
#[derive(Clone, Copy)]
pub struct PasswordInput {
    node: NodeRef<html::Input>,
    length: RwSignal<usize>,
    touched: RwSignal<bool>,
}

impl PasswordInput {
    /// A handle for one field.
    #[expect(
        clippy::new_without_default,
        reason = "every handle is another field, so none is the default one"
    )]
    pub fn new() -> Self {
        Self { node: NodeRef::new(), length: RwSignal::new(0), touched: RwSignal::new(false) }
    }

    /// How many characters stand in the field.
    pub fn length(self) -> usize {
        self.length.get()
    }

    /// Whether something was entered or taken away, in which case what was there before is replaced.
    pub fn touched(self) -> bool {
        self.touched.get()
    }

    /// Puts a text into the field, as if it had been entered.
    pub fn fill(self, text: &str) {
        self.show(text);
        self.touched.try_set(true);
    }

    /// Puts what is there already into the field, so that it can be seen.
    pub fn show(self, text: &str) {
        if let Some(input) = self.node.try_get_untracked().flatten() {
            input.set_value(text);
        }
        self.length.try_set(text.chars().count());
    }

    /// The bytes, leaving the field empty.
    pub fn take(self) -> Vec<u8> {
        let bytes = self.copy();
        self.clear();
        bytes
    }

    /// The bytes, leaving the field as it is: for a form that may have to be sent again.
    pub fn copy(self) -> Vec<u8> {
        self.node.get_untracked().map(|input| input.value().into_bytes()).unwrap_or_default()
    }

    /// Whether two fields hold the same.
    pub fn same_as(self, other: Self) -> bool {
        match (self.node.get_untracked(), other.node.get_untracked()) {
            (Some(one), Some(two)) => one.value() == two.value(),
            _ => false,
        }
    }

    /// Empties the field.
    pub fn clear(self) {
        if let Some(input) = self.node.try_get_untracked().flatten() {
            input.set_value("");
        }
        self.length.try_set(0);
        self.touched.try_set(false);
    }

    /// Moves the focus here.
    pub fn focus(self) {
        if let Some(input) = self.node.try_get_untracked().flatten() {
            super::focus(&input);
        }
    }
}

/// A field for a password, with a button that shows what was typed and a line that tells when Caps Lock is on.
#[component]
pub fn PasswordField(
    /// What it asks for.
    #[prop(into)]
    label: Signal<String>,
    /// The handle through which it is read.
    input: PasswordInput,
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
    /// Name of the button that shows it.
    #[prop(into)]
    reveal: Signal<String>,
    /// What to say while Caps Lock is on.
    #[prop(into)]
    caps_lock: Signal<String>,
    /// What helps to fill it.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    fault: MaybeProp<String>,
    /// The field's name, for the browser's password store.
    #[prop(default = "password")]
    name: &'static str,
    /// Whether it has the focus at first.
    #[prop(optional)]
    first: bool,
    /// Fetches what is there already, the first time somebody wants to see it.
    #[prop(optional, into)]
    on_peek: Option<Press>,
) -> impl IntoView {
    let wiring = Wiring::new();
    let described = wiring.clone();
    if first {
        focus_when_drawn(input.node);
    }
    let shown = RwSignal::new(false);
    let peek = move || {
        shown.update(|shown| *shown = !*shown);
        if let Some(fetch) = on_peek
            && !input.touched.get_untracked()
            && input.length.get_untracked() == 0
        {
            fetch.run(());
        }
    };
    let caps = RwSignal::new(false);
    let hint =
        MaybeProp::from(Signal::derive(move || if caps.get() { Some(caps_lock.get()) } else { hint.get() }));
    let notice_caps = move |event: web_sys::KeyboardEvent| {
        let on = event.get_modifier_state("CapsLock");
        if on != caps.get_untracked() {
            caps.set(on);
        }
    };
    view! {
        <div class="field">
            {label_of(&wiring, label, MaybeProp::default())}
            <span class="secret">
                <input
                    class="input"
                    id=wiring.control.clone()
                    type=move || if shown.get() { "text" } else { "password" }
                    name=name
                    autocomplete=autocomplete
                    autocapitalize="off"
                    spellcheck="false"
                    autofocus=first
                    aria-invalid=move || fault.get().map(|_| "true")
                    aria-describedby=move || described.described(hint, fault)
                    node_ref=input.node
                    on:input:target=move |event| {
                        input.length.set(event.target().value().chars().count());
                        input.touched.set(true);
                    }
                    on:keydown=notice_caps
                    on:keyup=notice_caps
                    on:blur=handler(move |_| { caps.try_set(false); })
                />
                <button
                    type="button"
                    class="peek"
                    aria-label=move || reveal.get()
                    aria-pressed=move || if shown.get() { "true" } else { "false" }
                    data-tip=move || reveal.get()
                    on:click=handler(move |_| peek())
                >
                    {move || view! { <Icon glyph=if shown.get() { Glyph::EyeOff } else { Glyph::Eye } /> }}
                </button>
            </span>
            {below(wiring, hint, fault)}
        </div>
    }
}
