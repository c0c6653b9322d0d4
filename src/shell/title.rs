//! What the document is called, and telling those who cannot see it that the page has changed.

use leptos::prelude::*;

use crate::live::{effect, memo};
use crate::messages::shell as text;
use crate::ui;

/// Name of the page, and of the place it belongs to. A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Title {
    page: RwSignal<String>,
    place: RwSignal<Option<String>>,
}

pub(super) fn provide() {
    provide_context(Title { page: RwSignal::default(), place: RwSignal::default() });
}

/// Calls the document by the name of the page, and leaves the focus where the page puts it.
pub fn name_page(page: impl Fn() -> String + 'static) {
    let title: Title = expect_context();
    effect(move || {
        let page = page();
        if !page.is_empty() && title.page.with_untracked(|old| *old != page) {
            title.page.set(page);
        }
    });
}

/// Calls the document by the name of the page, and moves the focus to its heading. The place before it, such as a
/// provider's name, is known already.
pub fn use_title(page: impl Fn() -> String + 'static) {
    name_page(page);
    let mut just_drawn = true;
    effect(move || {
        // The heading receives the focus when a page is drawn, not when its name is known better. On the very first page
        // nothing is focused: the browser has just read it out.
        if just_drawn && !first_page() {
            request_animation_frame(ui::focus_main_heading);
        }
        just_drawn = false;
    });
}

/// Names the place that the pages belong to, for as long as the frame around them stands; after that it is the place around it.
pub(super) fn use_place(place: impl Fn() -> Option<String> + 'static) {
    let title: Title = expect_context();
    let around = title.place.get_untracked();
    effect(move || {
        let place = place();
        if title.place.with_untracked(|old| *old != place) {
            title.place.set(place);
        }
    });
    on_cleanup(move || {
        title.place.try_set(around.clone());
    });
}

/// Writes the title, and says it aloud after the first page.
pub(super) fn announcer() -> impl IntoView {
    let title: Title = expect_context();
    let words = memo(move || {
        let page = title.page.get();
        let place = title.place.get().unwrap_or_else(|| text::app().to_owned());
        if page.is_empty() { place } else { text::title(&page, &place) }
    });
    effect(move || document().set_title(&words.get()));
    view! { <div class="sr" role="status" aria-live="polite">{move || title.page.get()}</div> }
}

fn first_page() -> bool {
    thread_local! {
        static FIRST: std::cell::Cell<bool> = const { std::cell::Cell::new(true) };
    }
    FIRST.replace(false)
}
