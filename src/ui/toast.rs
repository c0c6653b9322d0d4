use std::time::Duration;

use leptos::prelude::*;

use super::{Glyph, Icon, Press};
use crate::live::{each, handler};
use crate::messages::ui as text;

/// Words that come up for a while and need nothing. A handle that copies.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    last: StoredValue<u32>,
    owner: StoredValue<Owner>,
}

#[derive(Clone)]
struct Toast {
    id: u32,
    words: String,
    undo: Option<Press>,
}

/// How long one stays. WCAG asks that nothing needed disappears; what a toast says can always be read elsewhere.
const STAYS: Duration = Duration::from_secs(10);

/// At most so many at a time; the oldest goes first.
const MOST: usize = 3;

impl Toasts {
    /// Makes them known to everything below.
    pub fn provide() -> Self {
        let owner = StoredValue::new(Owner::current().unwrap_or_default());
        let toasts = Self { shown: RwSignal::default(), last: StoredValue::new(0), owner };
        provide_context(toasts);
        toasts
    }

    /// Those of the page.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// Says what happened.
    pub fn say(self, words: impl Into<String>) {
        self.add(words.into(), None);
    }

    /// Says what happened and offers to take it back.
    pub fn undoable(self, words: impl Into<String>, undo: impl Fn() + 'static) {
        // What said it, such as a dialog, is gone when it is taken back.
        let undo = self.owner.with_value(|owner| owner.with(|| Press::new(move |()| undo())));
        self.add(words.into(), Some(undo));
    }

    /// Takes every one away: what they tell is not for the next person.
    pub fn clear(self) {
        self.shown.set(Vec::new());
    }

    fn add(self, words: String, undo: Option<Press>) {
        let id = self.last.with_value(|last| last.wrapping_add(1));
        self.last.set_value(id);
        self.shown.update(|shown| {
            shown.push(Toast { id, words, undo });
            if shown.len() > MOST {
                shown.remove(0);
            }
        });
        set_timeout(move || self.drop_unless_used(id), STAYS);
    }

    /// One that somebody points at or has focused stays for another while.
    fn drop_unless_used(self, id: u32) {
        let used = document().query_selector(&format!(".toast[data-id='{id}']:is(:hover, :focus-within)"));
        if matches!(used, Ok(Some(_))) {
            set_timeout(move || self.drop_unless_used(id), STAYS);
        } else {
            self.drop(id);
        }
    }

    fn drop(self, id: u32) {
        self.shown.try_update(|shown| shown.retain(|toast| toast.id != id));
    }
}

/// Where they are drawn; once, at the end of the page.
#[component]
pub fn ToastLayer() -> impl IntoView {
    let toasts = Toasts::of_page();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            {each(
                move || toasts.shown.with(|shown| shown.iter().map(|toast| toast.id).collect()),
                move |id| toasts.shown.with_untracked(|shown| {
                    shown.iter().find(|toast| toast.id == id).map(|toast| draw(toasts, toast))
                }).into_any(),
            )}
        </div>
    }
}

fn draw(toasts: Toasts, toast: &Toast) -> impl IntoView + use<> {
    let id = toast.id;
    view! {
        <div class="toast" data-id=id.to_string()>
            <span class="text">{toast.words.clone()}</span>
            {toast.undo.map(|undo| view! {
                <button type="button" class="btn" on:click=handler(move |_| {
                    undo.try_run(());
                    toasts.drop(id);
                })>
                    <Icon glyph=Glyph::Undo />
                    {text::undo()}
                </button>
            }.into_any())}
            <button type="button" class="btn bare only" aria-label=text::dismiss() on:click=handler(move |_| toasts.drop(id))>
                <Icon glyph=Glyph::Close />
            </button>
        </div>
    }
}
