use std::time::Duration;

use leptos::{ev, prelude::*};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{ButtonKind, Glyph, Icon, Toasts};
use crate::messages::ui as text;

/// How long a secret may stay in the clipboard.
const CLEARS_AFTER: Duration = Duration::from_secs(30);

/// A button that copies a text and says so.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    what: Signal<String>,
    /// Its words.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    /// Whether the clipboard is to be emptied again after half a minute.
    #[prop(optional)]
    secret: bool,
    /// How it stands out.
    #[prop(optional)]
    kind: ButtonKind,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let toasts = use_context::<Toasts>();
    let press = move |_| {
        let what = what.get_untracked();
        spawn_local(async move {
            if copy_text(&what).await {
                if secret {
                    clear_later();
                }
                copied.try_set(true);
                set_timeout(
                    move || {
                        copied.try_set(false);
                    },
                    Duration::from_secs(3),
                );
            } else if let Some(toasts) = toasts {
                toasts.say(text::copy_failed());
            }
        });
    };
    view! {
        <button type="button" class=if kind == ButtonKind::Bare { "btn bare" } else { "btn" } on:click=press>
            {move || view! { <Icon glyph=if copied.get() { Glyph::Check } else { Glyph::Copy } /> }}
            <span aria-live="polite">
                {move || if copied.get() { text::copied().to_owned() } else { label.get().unwrap_or_else(|| text::copy().to_owned()) }}
            </span>
        </button>
    }
}

/// Puts a text into the clipboard. False when the browser does not allow it.
pub async fn copy_text(what: &str) -> bool {
    // Outside a secure context there is no clipboard at all.
    let navigator = window().navigator();
    let offered = js_sys::Reflect::get(&navigator, &"clipboard".into())
        .is_ok_and(|clipboard| !clipboard.is_undefined());
    offered && JsFuture::from(navigator.clipboard().write_text(what)).await.is_ok()
}

/// Empties the clipboard after a while, if it is sure to hold still what was copied: nothing else was copied here, and
/// the person has not been in another window since.
fn clear_later() {
    let untouched = std::rc::Rc::new(std::cell::Cell::new(true));
    let (blurred, copied) = (untouched.clone(), untouched.clone());
    let blur = window_event_listener(ev::blur, move |_| blurred.set(false));
    let copy = window_event_listener(ev::copy, move |_| copied.set(false));
    set_timeout(
        move || {
            blur.remove();
            copy.remove();
            if untouched.get() && document().has_focus().unwrap_or(false) {
                spawn_local(async {
                    let _ = copy_text("").await;
                });
            }
        },
        CLEARS_AFTER,
    );
}
