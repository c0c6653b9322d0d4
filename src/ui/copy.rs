use std::{
    future::{Future, ready},
    pin::Pin,
    rc::Rc,
    time::Duration,
};

use leptos::{ev, prelude::*};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{ButtonKind, Glyph, Icon, Toasts};
use crate::live::handler;
use crate::messages::ui as text;

/// How long a secret may stay in the clipboard.
const CLEARS_AFTER: Duration = Duration::from_secs(30);

/// Brings what is to be copied; nothing where that did not work, which whoever brings it has said.
pub type Bring = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = Option<String>>>>>;

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
    let bring: Bring = Rc::new(move || Box::pin(ready(Some(what.get_untracked()))));
    let (copied, press) = copying(bring, secret);
    view! {
        <button type="button" class=if kind == ButtonKind::Bare { "btn bare" } else { "btn" } on:click=handler(move |_| press())>
            {outline(copied)}
            <span aria-live="polite">
                {move || if copied.get() { text::copied().to_owned() } else { label.get().unwrap_or_else(|| text::copy().to_owned()) }}
            </span>
        </button>
    }
}

/// A button that is only an outline and copies what is brought when it is pressed, such as a secret nobody has to see. The
/// clipboard is emptied again after half a minute.
#[component]
pub fn CopySecret(
    /// What is copied.
    bring: Bring,
    /// Its words.
    label: String,
) -> impl IntoView {
    let (copied, press) = copying(bring, true);
    let tip = label.clone();
    view! {
        <button
            type="button"
            class="btn bare only"
            aria-label=label
            data-tip=move || if copied.get() { text::copied().to_owned() } else { tip.clone() }
            on:click=handler(move |_| press())
        >
            {outline(copied)}
            <span class="sr" role="status">{move || copied.get().then(text::copied)}</span>
        </button>
    }
}

fn outline(copied: RwSignal<bool>) -> impl IntoView {
    move || view! { <Icon glyph=if copied.get() { Glyph::Check } else { Glyph::Copy } /> }
}

/// Whether something was copied just now, and what copies it.
fn copying(bring: Bring, secret: bool) -> (RwSignal<bool>, impl Fn()) {
    let copied = RwSignal::new(false);
    let toasts = use_context::<Toasts>();
    let press = move || {
        let what = bring();
        spawn_local(async move {
            let Some(what) = what.await else { return };
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
    (copied, press)
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
