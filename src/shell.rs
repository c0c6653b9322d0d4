//! The frame around every page: rail, head, banners, job tray, palette, shortcuts.

use leptos::prelude::*;
use portal_bridge::{Problem, Reason};

use crate::messages::{problems, reasons, shell as text};

/// Puts what every page may use into the context.
pub fn provide() {}

/// What floats above every page.
pub fn layers() -> impl IntoView {}

/// A provider's frame with a page in it.
pub fn frame<V: IntoView + 'static>(inside: impl FnOnce() -> V) -> impl IntoView {
    view! { <div class="shell"><main class="page" id="main">{inside()}</main></div> }
}

/// While the core has not said anything.
pub fn waiting() -> impl IntoView {
    view! { <main class="page" aria-busy="true"><p class="sr">{text::loading()}</p></main> }
}

/// While a page's provider is on its way.
pub fn page_skeleton() -> impl IntoView {
    view! { <p class="sr">{text::loading()}</p> }
}

/// A page that is not there for this person.
pub fn not_found() -> impl IntoView {
    view! { <h1>{text::not_found()}</h1><p>{text::not_found_body()}</p><a href="/providers">{text::to_places()}</a> }
}

/// A page whose action cannot be done now.
pub fn blocked(reason: Reason) -> impl IntoView {
    view! { <h1>{text::not_now()}</h1><p>{reasons::reason(reason)}</p> }
}

/// A page that could not be had.
pub fn failed(problem: Problem, again: impl Fn() + 'static) -> impl IntoView {
    view! {
        <h1>{problems::problem(&problem)}</h1>
        <button on:click=move |_| again()>{problems::again()}</button>
    }
}
