//! A client's space: in whose vault one is, the ways through it, and a page in it.

use leptos::prelude::*;
use portal_bridge::{Action, Reason, Verdict};

use super::title;
use crate::format::isolate;
use crate::live::{live, memo};
use crate::messages::{collections, groups, items, policies, reasons, space as text};
use crate::router::use_router;
use crate::session::{obstacle, use_provider};
use crate::space::{Space, use_space};
use crate::ui::{Glyph, Icon};

/// A page of a client's space.
pub(super) struct Section {
    /// Last part of its address; empty for the overview.
    path: &'static str,
    label: fn() -> &'static str,
    /// Who sees it.
    action: Action,
}

/// The pages, in order.
const SECTIONS: &[Section] = &[
    Section { path: "", label: text::overview, action: Action::ViewOrganization },
    // Whoever reaches a collection reaches its items.
    Section { path: "items", label: items::label, action: Action::ViewCollections },
    Section { path: "collections", label: collections::label, action: Action::ViewCollections },
    Section { path: "groups", label: groups::label, action: Action::ViewGroupDetails },
    Section { path: "policies", label: policies::label, action: Action::ManagePolicies },
];

/// A client's space within its provider's frame, with a page in it.
pub fn space<V: IntoView + 'static>(inside: impl FnOnce() -> V) -> impl IntoView {
    let space = use_space();
    title::use_place(move || space.read(|view| view.name.clone()));
    view! {
        {acting(space)}
        {sections(space)}
        {inside()}
    }
}

/// In whose vault one is, and on whose behalf: it stands on every page of the space.
fn acting(space: Space) -> impl IntoView {
    let provider = use_provider();
    let words = memo(move || {
        let name = space.read(|view| view.name.clone())?;
        let provider = provider.view().map(|view| view.name.clone()).unwrap_or_default();
        Some(text::acting(&isolate(&name), &isolate(&provider)))
    });
    view! {
        <div class="acting" role="note">
            <Icon glyph=Glyph::Door />
            <span class="cut">{move || words.get()}</span>
            <span class="spread"></span>
            <a href=move || provider.path("clients")>{text::leave()}</a>
        </div>
    }
}

/// The ways through a client's space.
pub(super) fn sections(space: Space) -> impl IntoView {
    view! {
        <nav class="sections" aria-label=text::navigation()>
            {SECTIONS.iter().map(|section| tab(space, section)).collect_view()}
        </nav>
    }
}

fn tab(space: Space, section: &'static Section) -> impl IntoView {
    let router = use_router();
    let address = move || space.path(section.path);
    let here = move || {
        let (path, address) = (router.path(), address());
        let inside = !section.path.is_empty() && path.starts_with(&format!("{address}/"));
        (path == address || inside).then_some("page")
    };
    let verdict = memo(move || space.verdict(section.action));
    live(move || {
        let verdict = verdict.get();
        (verdict != Verdict::Hidden).then(|| {
            // What is open in part leads to that part.
            let reason = obstacle(verdict).filter(|reason| *reason != Reason::LimitedBySettings);
            let reason = reason.map(reasons::reason);
            view! {
                <a href=address aria-current=here aria-disabled=reason.map(|_| "true") data-tip=reason>
                    {(section.label)()}
                    {reason.map(|reason| view! { <span class="sr">{reason}</span> })}
                </a>
            }
            .into_any()
        })
    })
}
