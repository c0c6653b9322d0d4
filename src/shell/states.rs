//! Pages that stand in for a page.

use leptos::prelude::*;
use portal_bridge::{Action, Problem, Reason};

use super::Head;
use crate::format::isolate;
use crate::messages::{capabilities, problems, reasons, shell as text, space as words};
use crate::space::use_space;
use crate::ui::{Button, CopyButton, Empty, Glyph, Notice, Skeleton, Tone};

/// While the core has not said anything. The same still frame stands in `index.html`.
pub fn waiting() -> impl IntoView {
    view! {
        <div class="shell still" aria-busy="true">
            <div class="rail"></div>
            <main class="page" id="main">
                <div class="head"></div>
                <Skeleton lines=8 />
            </main>
        </div>
    }
}

/// While a page's provider is on its way.
pub fn page_skeleton() -> impl IntoView {
    view! {
        <div class="head"></div>
        <Skeleton lines=8 />
    }
}

/// A page that is not there for this person.
pub fn not_found() -> impl IntoView {
    view! {
        <Head title=text::not_found().to_owned() />
        <Empty
            title=text::not_found().to_owned()
            body=text::not_found_body().to_owned()
            action=|| view! { <a class="btn" href="/providers">{text::to_places()}</a> }
        />
    }
}

/// A page whose action cannot be done now.
pub fn blocked(reason: Reason) -> impl IntoView {
    view! {
        <Head title=text::not_now().to_owned() />
        <Empty
            title=text::not_now().to_owned()
            body=reasons::reason(reason).to_owned()
            action=|| view! { <a class="btn" href="/providers">{text::to_places()}</a> }
        />
    }
}

/// A page of a client whose action cannot be done now: what is missing, and who can change that.
pub fn blocked_in_space(page: &'static str, action: Action, reason: Reason) -> impl IntoView {
    let space = use_space();
    let why = untrack(|| space.why(action, reason));
    let switched_off = why != reasons::reason(reason);
    let provider = move || space.read(|view| view.managed_by.clone()).flatten();
    let (head, body) = match reason {
        Reason::ManagedByProvider => match untrack(provider) {
            Some(name) => (words::managed_by(&isolate(&name)), words::managed_body(&isolate(&name))),
            None => (words::managed().to_owned(), reasons::reason(reason).to_owned()),
        },
        _ if switched_off => (capabilities::off_head().to_owned(), why),
        Reason::EventsOff | Reason::PlanLacksIt if page == words::events() => {
            (words::events_off().to_owned(), words::events_off_body().to_owned())
        }
        _ => (text::not_now().to_owned(), reasons::reason(reason).to_owned()),
    };
    let overview = untrack(|| space.path(""));
    view! {
        <Head title=page.to_owned() />
        <Empty
            title=head
            body
            action=move || view! {
                <a class="btn" href=overview.clone()>{words::to_overview()}</a>
                {switched_off.then(|| view! { <a class="btn" href="/account">{capabilities::label()}</a> }.into_any())}
            }
        />
    }
}

/// A page that could not be had.
pub fn failed(problem: Problem, again: impl Fn() + Send + Sync + Clone + 'static) -> impl IntoView {
    view! {
        <Head title=text::failed().to_owned() />
        <div class="pad"><Failed problem again /></div>
    }
}

/// A problem as a notice: what happened, a way to try again, and the details to open and copy.
#[component]
pub fn Failed<F: Fn() + Send + Sync + Clone + 'static>(
    /// What happened.
    problem: Problem,
    /// Tries again.
    again: F,
) -> impl IntoView {
    let detail = problem.detail.clone();
    let copied = format!("{}\n{}", problems::problem(&problem), detail.clone().unwrap_or_default());
    view! {
        <Notice
            tone=Tone::Broken
            urgent=true
            action=move || {
                let again = again.clone();
                view! { <Button label=problems::again().to_owned() icon=Glyph::Refresh on_press=move || again() /> }
            }
        >
            {problems::problem(&problem)}
            {detail.map(|detail| view! {
                <details>
                    <summary>{problems::details()}</summary>
                    <pre>{detail}</pre>
                    <CopyButton what=copied />
                </details>
            }.into_any())}
        </Notice>
    }
}
