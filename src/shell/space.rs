//! A client's space: in whose vault one is, the ways through it, and a page in it.

use leptos::{html, prelude::*};
use portal_bridge::{Action, EnterSpace, Reason, Verdict};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, MouseEvent};

use super::{switcher::switcher, title, use_shell};
use crate::core_link::use_link;
use crate::format::isolate;
use crate::live::{effect, handler, live, memo};
use crate::messages::{collections, groups, items, members, policies, space as text};
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
    /// Only its own people have it, where the server has subscriptions, and not the staff of its provider.
    own: bool,
}

/// The pages, in order.
const SECTIONS: &[Section] = &[
    Section { path: "", label: text::overview, action: Action::ViewMemberNames, own: false },
    Section { path: "members", label: members::label, action: Action::ViewMembers, own: false },
    Section { path: "collections", label: collections::label, action: Action::ViewCollections, own: false },
    Section { path: "groups", label: groups::label, action: Action::ViewGroupDetails, own: false },
    Section { path: "policies", label: policies::label, action: Action::ManagePolicies, own: false },
    // Whoever reaches a collection reaches its items.
    Section { path: "items", label: items::label, action: Action::ViewCollections, own: false },
    Section { path: "directory", label: text::directory, action: Action::ManageApiKey, own: false },
    Section { path: "events", label: text::events, action: Action::ViewOrganizationEvents, own: false },
    Section { path: "billing", label: text::billing, action: Action::EditSubscription, own: true },
    Section { path: "settings", label: text::settings, action: Action::EditOrganization, own: false },
];

/// A client's space within its provider's frame, with a page in it.
pub fn space<V: IntoView + 'static>(inside: impl FnOnce() -> V) -> impl IntoView {
    let space = use_space();
    title::use_place(move || space.read(|view| view.name.clone()));
    log_entry(space);
    view! {
        {acting(space)}
        {sections(space)}
        {inside()}
        {switcher()}
    }
}

/// Tells the core that somebody enters the client, once for each opening, which the server then logs.
fn log_entry(space: Space) {
    let link = use_link();
    effect(move || {
        let within = space.within();
        // What went wrong shows where the client's data would be.
        let entered = link.ask(EnterSpace(within));
        leptos::task::spawn_local(async move {
            let _ = entered.await;
        });
    });
}

/// In whose vault one is, and on whose behalf: it stands on every page of the space.
fn acting(space: Space) -> impl IntoView {
    let (provider, shell) = (use_provider(), use_shell());
    let name = memo(move || space.read(|view| view.name.clone()));
    // The sentence around the client's name, which is the button that leads to another.
    let around = memo(move || {
        let provider = provider.view().map(|view| view.name.clone()).unwrap_or_default();
        let words = text::acting(CLIENT, &isolate(&provider));
        words
            .split_once(CLIENT)
            .map(|(before, after)| (before.to_owned(), after.to_owned()))
            .unwrap_or_default()
    });
    view! {
        <div class="acting" role="note">
            <Icon glyph=Glyph::Door />
            {live(move || name.get().map(|name| {
                let label = text::switch_from(&isolate(&name));
                view! {
                    <span class="words">
                        {move || around.get().0}
                        <button
                            type="button"
                            class="switch"
                            aria-haspopup="dialog"
                            aria-keyshortcuts="W"
                            data-tip=label
                            on:click=handler(move |_| shell.switcher.set(true))
                        >
                            <bdi class="cut">{name}</bdi>
                            <Icon glyph=Glyph::ChevronDown />
                        </button>
                        <span class="cut">{move || around.get().1}</span>
                    </span>
                }
            }))}
            <span class="spread"></span>
            <a href=move || provider.path("clients")>{text::leave()}</a>
        </div>
    }
}

/// Stands for the client's name while the sentence is put together; no name holds it.
const CLIENT: &str = "\u{0}";

/// The ways through a client's space.
pub(super) fn sections(space: Space) -> impl IntoView {
    let (router, node) = (use_router(), NodeRef::<html::Nav>::new());
    effect(move || {
        // The ways come with what one may do, and on a telephone not all of them fit.
        router.path();
        space.read(|_| ());
        request_animation_frame(move || {
            bring_into_view(node);
        });
    });
    view! {
        <nav class="sections" aria-label=text::navigation() node_ref=node>
            {SECTIONS.iter().map(|section| tab(space, section)).collect_view()}
        </nav>
    }
}

/// Moves the way to where one is into the middle.
fn bring_into_view(node: NodeRef<html::Nav>) -> Option<()> {
    let nav = node.try_get_untracked()??;
    let here: HtmlElement = nav.query_selector("[aria-current]").ok()??.dyn_into().ok()?;
    let before = here.offset_left().saturating_sub(nav.offset_left());
    let room = nav.client_width().saturating_sub(here.offset_width());
    nav.set_scroll_left(before.saturating_sub(room / 2));
    Some(())
}

/// The section an address of the space belongs to, by the last part of its address.
pub(super) fn section_of(space: Space, path: &str) -> &'static str {
    let base = space.path("");
    let rest = path.strip_prefix(base.as_str()).unwrap_or_default().trim_start_matches('/');
    let first = rest.split('/').next().unwrap_or_default();
    SECTIONS.iter().map(|section| section.path).find(|path| *path == first).unwrap_or_default()
}

fn tab(space: Space, section: &'static Section) -> impl IntoView {
    let router = use_router();
    let address = move || space.path(section.path);
    let here = move || (section_of(space, &router.path()) == section.path).then_some("page");
    let verdict = memo(move || match section.own && space.read(|view| view.bills) != Some(true) {
        true => Verdict::Hidden,
        false => space.verdict(section.action),
    });
    // What is open in part leads to that part.
    let reason = memo(move || {
        let reason = obstacle(verdict.get()).filter(|reason| *reason != Reason::LimitedBySettings)?;
        Some(space.why(section.action, reason))
    });
    live(move || {
        (verdict.get() != Verdict::Hidden).then(|| {
            let reason = reason.get();
            let words = reason.clone();
            let closed = reason.is_some();
            let press = handler(move |event: MouseEvent| {
                if closed {
                    event.prevent_default();
                }
            });
            view! {
                <a href=address aria-current=here aria-disabled=closed.then_some("true") data-tip=reason on:click=press>
                    {(section.label)()}
                    {words.map(|words| view! { <span class="sr">{words}</span> })}
                </a>
            }
            .into_any()
        })
    })
}
