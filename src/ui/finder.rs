use leptos::{ev, html, prelude::*};
use web_sys::{HtmlElement, KeyboardEvent};

use super::{
    Glyph, Icon, dom,
    field::{Wiring, label_of},
    menu::place,
};
use crate::live::{effect, handler};

/// Something a finder offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// An outline before it.
    pub glyph: Glyph,
    /// What it is called.
    pub label: String,
    /// A second text beside it.
    pub note: Option<String>,
}

/// A field to look for things and take one after the other, such as the people to share something with.
///
/// Arrows go through what was found, Enter takes it, Escape closes the list.
#[component]
pub fn Finder(
    /// What is looked for.
    #[prop(into)]
    label: Signal<String>,
    /// What was typed; whoever follows it keeps `hits` up to date.
    typed: RwSignal<String>,
    /// What was found.
    #[prop(into)]
    hits: Signal<Vec<Hit>>,
    /// What is said when nothing was found.
    #[prop(into)]
    none: String,
    /// Called with the place of what was taken.
    #[prop(into)]
    on_pick: UnsyncCallback<usize>,
) -> impl IntoView {
    let wiring = Wiring::new();
    let (list, option) = (format!("{}l", wiring.control), format!("{}o", wiring.control));
    let controls = list.clone();
    let (open, chosen) = (RwSignal::new(false), RwSignal::new(0_usize));
    let option = StoredValue::new(option);
    let option_id = move |index: usize| option.with_value(|option| format!("{option}{index}"));
    effect(move || {
        hits.track();
        chosen.set(0);
    });
    let (field, found) = (NodeRef::<html::Span>::new(), NodeRef::<html::Ul>::new());
    // It floats, so that nothing moves under the hand when it comes and goes.
    effect(move || {
        hits.track();
        if let (true, Some(field), Some(found)) = (open.get(), field.get(), found.get()) {
            let (field, found): (&HtmlElement, &HtmlElement) = (&field, &found);
            dom::set_pixels(found, "width", field.get_bounding_client_rect().width());
            place(found, field);
        }
    });
    // What is scrolled away from under it would leave it behind.
    let wheel = window_event_listener(ev::wheel, move |_| {
        open.try_set(false);
    });
    on_cleanup(move || wheel.remove());
    let take = move |index: usize| {
        if hits.with_untracked(|hits| index < hits.len()) {
            on_pick.run(index);
            typed.set(String::new());
            open.set(false);
        }
    };
    let key = move |event: KeyboardEvent| {
        let count = hits.with_untracked(Vec::len).max(1);
        match event.key().as_str() {
            "ArrowDown" if !open.get_untracked() => open.set(true),
            "ArrowDown" => chosen.update(|chosen| *chosen = (*chosen + 1) % count),
            "ArrowUp" if open.get_untracked() => {
                chosen.update(|chosen| *chosen = (*chosen + count - 1) % count)
            }
            // Enter never sends the form around the field.
            "Enter" => {
                if open.get_untracked() {
                    take(chosen.get_untracked());
                }
            }
            "Escape" if open.get_untracked() => {
                event.stop_propagation();
                open.set(false);
            }
            _ => return,
        }
        event.prevent_default();
    };
    let expanded = move || if open.get() { "true" } else { "false" };
    view! {
        <div class="field finder">
            {label_of(&wiring, label, MaybeProp::default())}
            <span class="find" node_ref=field>
                <Icon glyph=Glyph::Search />
                <input
                    type="text"
                    role="combobox"
                    id=wiring.control.clone()
                    autocomplete="off"
                    spellcheck="false"
                    aria-expanded=expanded
                    aria-controls=controls
                    aria-autocomplete="list"
                    aria-activedescendant=move || (open.get() && hits.with(|hits| !hits.is_empty())).then(|| option_id(chosen.get()))
                    prop:value=move || typed.get()
                    on:input:target=move |event| {
                        open.set(true);
                        typed.set(event.target().value());
                    }
                    on:click=handler(move |_| open.set(true))
                    on:blur=handler(move |_| { open.try_set(false); })
                    on:keydown=handler(key)
                />
            </span>
            // Without this the field would lose the focus before the click arrives.
            <ul id=list role="listbox" class="hits" aria-label=move || label.get() hidden=move || !open.get() node_ref=found on:wheel=handler(|event: web_sys::WheelEvent| event.stop_propagation()) on:mousedown=handler(|event: web_sys::MouseEvent| event.prevent_default())>
                {move || hits.get().into_iter().enumerate().map(|(index, hit)| view! {
                    <li
                        id=option_id(index)
                        role="option"
                        aria-selected=move || if chosen.get() == index { "true" } else { "false" }
                        on:mousemove=handler(move |_| if chosen.get_untracked() != index { chosen.set(index) })
                        on:click=handler(move |_| take(index))
                    >
                        <Icon glyph=hit.glyph />
                        <bdi class="cut">{hit.label}</bdi>
                        <span class="quiet small cut">{hit.note}</span>
                    </li>
                }.into_any()).collect_view()}
            </ul>
            <div class="quiet small" role="status">
                {move || (open.get() && hits.with(Vec::is_empty) && typed.with(|typed| !typed.trim().is_empty())).then(|| none.clone())}
            </div>
        </div>
    }
}
