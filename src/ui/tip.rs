use leptos::{ev, html, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, EventTarget};

use super::dom;
use crate::live::effect;

/// The one floating line of the page. It shows what the element under the pointer or the focus carries in `data-tip`:
/// the reason of a button, the exact time of a relative one. No row needs a listener of its own.
///
/// Escape hides it, and the pointer may travel onto it (WCAG 1.4.13).
#[component]
pub fn TipLayer() -> impl IntoView {
    let shown = RwSignal::new_local(None::<Element>);
    let text = RwSignal::new(String::new());
    let node = NodeRef::<html::Div>::new();

    let show = move |target: Option<EventTarget>| {
        let element = target.and_then(|target| target.dyn_into::<Element>().ok());
        let inside = element.as_ref().is_some_and(|element| matches!(element.closest(".tip"), Ok(Some(_))));
        if inside {
            return;
        }
        let host = element.and_then(|element| element.closest("[data-tip]").ok().flatten());
        let words =
            host.as_ref().and_then(|host| host.get_attribute("data-tip")).filter(|words| !words.is_empty());
        match (host, words) {
            (Some(host), Some(words)) => {
                text.set(words);
                shown.set(Some(host));
            }
            _ if shown.with_untracked(Option::is_some) => shown.set(None),
            _ => {}
        }
    };
    let listeners = [
        window_event_listener(ev::mouseover, move |event| show(event.target())),
        window_event_listener(ev::focusin, move |event| show(event.target())),
    ];
    // Before a dialog hears the key and keeps it: a tip must not outlive what it belongs to.
    let escape = Closure::<dyn FnMut(web_sys::KeyboardEvent)>::new(move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && shown.try_with_untracked(Option::is_some) == Some(true) {
            shown.set(None);
        }
    });
    let listen = escape.as_ref().unchecked_ref();
    let _ = window().add_event_listener_with_callback_and_bool("keydown", listen, true);
    let escape = StoredValue::new_local(escape);
    let press = window_event_listener(ev::mousedown, move |_| {
        if shown.with_untracked(Option::is_some) {
            shown.set(None);
        }
    });
    on_cleanup(move || {
        listeners.into_iter().for_each(|listener| listener.remove());
        let _ = escape.try_with_value(|escape| {
            let listen = escape.as_ref().unchecked_ref();
            let _ = window().remove_event_listener_with_callback_and_bool("keydown", listen, true);
        });
        press.remove();
    });

    // A popover, so that it stands above an open dialog.
    effect(move || {
        let (Some(tip), host) = (node.get(), shown.get()) else { return };
        match host {
            Some(host) => {
                let _ = tip.show_popover();
                place(&tip, &host);
            }
            None => {
                let _ = tip.hide_popover();
            }
        }
    });

    view! {
        <div class="tip" popover="manual" aria-hidden="true" node_ref=node>
            {move || text.get()}
        </div>
    }
}

/// Under its host, or above where there is no room.
fn place(tip: &web_sys::HtmlDivElement, host: &Element) {
    let rect = host.get_bounding_client_rect();
    let (width, height) = (f64::from(tip.offset_width()), f64::from(tip.offset_height()));
    let page = document().document_element();
    let room_x = page.as_ref().map_or(0.0, |page| f64::from(page.client_width()));
    let room_y = page.as_ref().map_or(0.0, |page| f64::from(page.client_height()));
    let left = (rect.left() + rect.width() / 2.0 - width / 2.0).min(room_x - width - 8.0).max(8.0);
    let below = rect.bottom() + 6.0;
    let top = if below + height > room_y { rect.top() - height - 6.0 } else { below };
    dom::set_pixels(tip, "left", left);
    dom::set_pixels(tip, "top", top);
}
