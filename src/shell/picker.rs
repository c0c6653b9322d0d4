//! A dialog in which a few letters find one of many things: by arrows and Enter, or by a click.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use crate::live::{effect, handler};
use crate::messages::shell as text;
use crate::ui::{Glyph, Icon};

/// Something that was found.
#[derive(Clone, PartialEq)]
pub(super) struct Hit {
    pub(super) label: String,
    pub(super) note: String,
    pub(super) glyph: Glyph,
    pub(super) leads: Leads,
}

/// Where it leads.
#[derive(Clone, PartialEq)]
pub(super) enum Leads {
    To(String),
    /// It cannot be followed now; the note says why.
    Nowhere,
    Lock,
    SignOut,
    Shortcuts,
}

/// What the dialog is called, and its list.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub(super) label: &'static str,
    pub(super) results: &'static str,
}

/// Draws it, open. `hits` follow what is `typed`; the dialog closes before the one chosen is taken.
pub(super) fn picker(
    words: Words,
    typed: RwSignal<String>,
    hits: Memo<Vec<Hit>>,
    take: impl Fn(Hit) + Copy + Send + 'static,
    close: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    let chosen = RwSignal::new(0_usize);
    effect(move || {
        typed.track();
        chosen.set(0);
    });
    let node = NodeRef::<html::Dialog>::new();
    effect(move || {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    });
    let take = move |index: usize| {
        let hit = hits.with_untracked(|hits| hits.get(index).cloned());
        if hit.as_ref().is_some_and(|hit| hit.leads == Leads::Nowhere) {
            return;
        }
        close();
        if let Some(hit) = hit {
            take(hit);
        }
    };
    let key = move |event: KeyboardEvent| {
        let count = hits.with_untracked(Vec::len).max(1);
        let next = match event.key().as_str() {
            "ArrowDown" => (chosen.get_untracked() + 1) % count,
            "ArrowUp" => (chosen.get_untracked() + count - 1) % count,
            "Enter" => {
                event.prevent_default();
                return take(chosen.get_untracked());
            }
            "Escape" => {
                event.prevent_default();
                return close();
            }
            _ => return,
        };
        event.prevent_default();
        chosen.set(next);
        let shown = document().get_element_by_id(&option_id(next));
        if let Some(shown) = shown {
            shown.scroll_into_view_with_bool(false);
        }
    };
    let option = move |(index, hit): (usize, Hit)| {
        view! {
            <li
                id=option_id(index)
                role="option"
                aria-disabled=(hit.leads == Leads::Nowhere).then_some("true")
                aria-selected=move || if chosen.get() == index { "true" } else { "false" }
                on:mousemove=handler(move |_| if chosen.get_untracked() != index { chosen.set(index) })
                on:click=handler(move |_| take(index))
            >
                <Icon glyph=hit.glyph />
                <bdi class="cut">{hit.label}</bdi>
                <span class="quiet small cut">{hit.note}</span>
            </li>
        }
        .into_any()
    };
    view! {
        <dialog
            class="palette"
            aria-label=words.label
            node_ref=node
            on:cancel=move |event: web_sys::Event| {
                event.prevent_default();
                close();
            }
            on:keydown=|event: KeyboardEvent| event.stop_propagation()
            on:click=move |event: web_sys::MouseEvent| {
                // A click on the dialog itself is one beside its content.
                let on_veil = event.target().zip(node.get_untracked()).is_some_and(|(target, dialog)| target == *dialog.unchecked_ref::<web_sys::EventTarget>());
                if on_veil {
                    close();
                }
            }
        >
            <label class="ask">
                <Icon glyph=Glyph::Search />
                <input
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    autofocus
                    placeholder=words.label
                    aria-label=words.label
                    aria-expanded="true"
                    aria-controls="palette-hits"
                    aria-autocomplete="list"
                    aria-activedescendant=move || hits.with(|hits| !hits.is_empty()).then(|| option_id(chosen.get()))
                    bind:value=typed
                    on:keydown=key
                />
            </label>
            <div class="sr" role="status">{move || text::palette_found(hits.with(|hits| hits.len() as u32))}</div>
            <ul id="palette-hits" role="listbox" aria-label=words.results>
                {move || hits.get().into_iter().enumerate().map(option).collect_view()}
            </ul>
            {move || hits.with(Vec::is_empty).then(|| view! { <p class="quiet none">{text::palette_none()}</p> }.into_any())}
        </dialog>
    }
}

fn option_id(index: usize) -> String {
    format!("palette-{index}")
}
