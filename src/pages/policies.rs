//! The policies of a client: which are on, and a form for each.

mod edit;
mod effect;
mod fields;
mod kinds;

use leptos::prelude::*;
use portal_bridge::{GetPolicies, Part, PolicyType, PolicyView};

use crate::core_link::{Link, use_link};
use crate::form::ProblemNotice;
use crate::live::{handler, live, memo};
use crate::messages::policies as text;
use crate::pages::work::Work;
use crate::router::{Router, use_router};
use crate::shell::{Head, waits};
use crate::space::{Space, use_space};
use crate::ui::table::Words;
use crate::ui::{Skeleton, Status, Toasts, Tone};
use crate::view::{View, use_view};
use kinds::{GROUPS, known, name, says};

const POLICY: &str = "policy";

/// What the parts of the page share. A handle that copies.
#[derive(Clone, Copy)]
struct Page {
    link: Link,
    toasts: Toasts,
    router: Router,
    space: Space,
    policies: View<GetPolicies>,
    work: Work,
}

/// The page.
pub fn page() -> impl IntoView {
    let space = use_space();
    let policies = use_view(
        move || Some(GetPolicies(space.within())),
        move || vec![space.topic(Part::Policies), space.topic(Part::Space)],
    );
    let (link, toasts) = (use_link(), Toasts::of_page());
    let page = Page { link, toasts, router: use_router(), space, policies, work: Work::follow() };
    let waits = waits();
    let on = move || policies.map(|all| all.iter().filter(|policy| policy.enabled).count() as u32);
    view! {
        <Head title=text::label().to_owned() count=Signal::derive(move || on().map(text::count_on)) />
        <div class="trouble">
            <ProblemNotice problem=Signal::derive(move || policies.problem()) again=move || policies.again() />
        </div>
        {live(move || {
            let here = memo(move || policies.map(|_| ()).is_some());
            live(move || if here.get() {
                list(page).into_any()
            } else if policies.problem().is_none() {
                view! { <Skeleton lines=10 /> }.into_any()
            } else {
                ().into_any()
            })
        })}
        {move || page.router.query(POLICY).filter(|_| !waits.get()).and_then(|number| number.parse().ok()).map(|number: i32| {
            let kind = PolicyType::from_number(number);
            view! { <edit::PolicyDialog page kind on_close=move || page.router.set_query(&[(POLICY, None)]) /> }
        })}
    }
}

fn list(page: Page) -> impl IntoView {
    let unknown = memo(move || {
        let kinds = page.policies.map(|all| all.iter().map(|policy| policy.kind).collect::<Vec<_>>());
        kinds.unwrap_or_default().into_iter().filter(|kind| known(*kind).is_none()).collect::<Vec<_>>()
    });
    let groups = GROUPS.iter().map(|(heading, kinds)| {
        group(*heading, kinds.iter().map(|known| line(page, known.kind).into_any()).collect::<Vec<_>>())
    });
    view! {
        <div class="policies">
            {groups.collect::<Vec<_>>()}
            {live(move || {
                let unknown = unknown.get();
                (!unknown.is_empty()).then(|| {
                    group(text::group_unknown, unknown.into_iter().map(|kind| line(page, kind).into_any()).collect())
                })
            })}
        </div>
    }
}

fn group(heading: Words, lines: Vec<AnyView>) -> AnyView {
    view! {
        <section>
            <h2>{heading()}</h2>
            <ul>{lines}</ul>
        </section>
    }
    .into_any()
}

fn line(page: Page, kind: PolicyType) -> impl IntoView {
    let policy = memo(move || page.of(kind));
    let open = move |_| page.router.set_query(&[(POLICY, Some(&kind.number().to_string()))]);
    let state = move || {
        let enabled = policy.with(|policy| policy.as_ref().is_some_and(|policy| policy.enabled));
        let (tone, label) = if enabled { (Tone::Good, text::on()) } else { (Tone::Plain, text::off()) };
        view! { <Status tone label /> }
    };
    let needs = move || {
        let needs =
            policy.with(|policy| policy.as_ref().map(|policy| policy.needs.clone())).unwrap_or_default();
        (!needs.is_empty()).then(|| text::needs(&names(&needs)))
    };
    view! {
        <li>
            <div class="words">
                <button type="button" on:click=handler(open)>{name(kind)}</button>
                <span class="quiet">{says(kind)}{move || needs().map(|needs| format!(" ({needs})"))}</span>
            </div>
            {state}
        </li>
    }
}

/// Names of policies, in order.
fn names(kinds: &[PolicyType]) -> String {
    kinds.iter().map(|kind| name(*kind)).collect::<Vec<_>>().join(", ")
}

impl Page {
    /// How a policy is set, as far as that is here.
    fn of(self, kind: PolicyType) -> Option<PolicyView> {
        self.policies.map(|all| all.iter().find(|policy| policy.kind == kind).cloned()).flatten()
    }
}
