//! What is shown at each address.

mod routes;

use leptos::prelude::*;
use portal_bridge::{Action, OrganizationId, Problem, ProblemKind, ProviderId, Reason, SessionView, Verdict};

use crate::core_link::{Link, use_link};
use crate::live::{live, memo};
use crate::pages;
use crate::portfolio::Portfolio;
use crate::router::{Router, matches, use_router};
use crate::session::{Provider, use_provider};
use crate::shell;
use crate::space::{Space, use_space};
pub use routes::{Access, Page, ROUTES, Route};
use routes::{NOT_FOUND, OUTSIDE};

static NOWHERE: Route = Route { path: "", access: Access::SignedIn, page: &OUTSIDE };

/// The route at an address, with the named parts of its path.
pub fn route_at(path: &str) -> (&'static Route, Vec<(&'static str, String)>) {
    ROUTES
        .iter()
        .find_map(|route| Some((route, matches(route.path, path)?)))
        .unwrap_or_else(|| (&NOWHERE, Vec::new()))
}

/// Draws the app in place of the still frame of `index.html`.
pub fn mount() {
    if let Some(body) = document().body() {
        body.set_text_content(None);
    }
    mount_to_body(app);
}

fn app() -> impl IntoView {
    let link = Link::connect();
    provide_context(link);
    provide_context(Router::follow());
    shell::provide();
    view! {
        {outlet()}
        {shell::layers()}
    }
}

/// What stands at the outermost place.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// The core has not said anything yet.
    Waiting,
    SignIn,
    TwoStep,
    Locked,
    /// A page by itself.
    Bare(Here),
    /// The frame of every client one looks after, with a page in it.
    Portfolio(Drawn),
    /// A provider's frame, with a page in it.
    Framed(ProviderId),
    /// The frame of an organization one is a member of, with a page in it.
    Own(OrganizationId),
}

/// A route. Equal while both its access and its page are the same.
#[derive(Clone, Copy)]
struct Here(&'static Route);

impl PartialEq for Here {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0.page, other.0.page) && self.0.access == other.0.access
    }
}

/// A page, equal to itself alone: it stays mounted while the address moves between its routes.
#[derive(Clone, Copy)]
struct Drawn(&'static Page);

impl PartialEq for Drawn {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

fn outlet() -> impl IntoView {
    let router = use_router();
    let link = use_link();
    let here = memo(move || {
        let (route, params) = route_at(&router.path());
        router.set_params(params);
        Here(route)
    });
    let stage = memo(move || {
        let here = here.get();
        match (here.0.access, link.session()) {
            (Access::Anyone, Some(_)) => Stage::Bare(here),
            (_, None) => Stage::Waiting,
            (_, Some(SessionView::SignedOut { .. })) => Stage::SignIn,
            (_, Some(SessionView::TwoStep(_))) => Stage::TwoStep,
            (_, Some(SessionView::Locked { .. })) => Stage::Locked,
            (Access::SignedIn, Some(SessionView::Open(_))) => Stage::Bare(here),
            (Access::Portfolio, Some(SessionView::Open(_))) => Stage::Portfolio(Drawn(here.0.page)),
            (Access::Provider(_) | Access::Client(_), Some(SessionView::Open(_))) => {
                match (router.id("provider"), router.id("organization")) {
                    (Some(provider), _) => Stage::Framed(provider),
                    (None, Some(organization)) => Stage::Own(organization),
                    (None, None) => Stage::Bare(Here(&NOWHERE)),
                }
            }
        }
    });
    live(move || match stage.get() {
        Stage::Waiting => shell::waiting().into_any(),
        Stage::SignIn => pages::sign_in::page().into_any(),
        Stage::TwoStep => pages::two_step::page().into_any(),
        Stage::Locked => pages::locked::page().into_any(),
        Stage::Bare(here) => (here.0.page.draw)(),
        Stage::Portfolio(page) => {
            with_context(Portfolio::follow(), move || shell::portfolio_frame(page.0.draw).into_any())
        }
        Stage::Framed(_) => {
            with_context(Provider::follow(), move || shell::frame(move || framed(here)).into_any())
        }
        Stage::Own(_) => {
            with_context(Space::follow(), move || shell::own_frame(move || within(here)).into_any())
        }
    })
}

/// Draws something that finds a value in its context. What is drawn in its place later does not: by then the value is gone.
fn with_context<T: Send + Sync + 'static>(
    value: T,
    draw: impl FnOnce() -> AnyView + Send + 'static,
) -> AnyView {
    view! { <leptos::context::Provider value>{draw()}</leptos::context::Provider> }.into_any()
}

/// What stands inside a frame.
#[derive(Clone, PartialEq)]
enum Inside {
    Waiting,
    Page(Drawn),
    /// The space of a client, with a page in it.
    Client(OrganizationId),
    Blocked(Reason),
    /// The same for a page of a client, by its name.
    BlockedInSpace(&'static str, Action, Reason),
    Failed(Problem),
}

impl Inside {
    fn draw(self, here: Memo<Here>, again: fn()) -> AnyView {
        match self {
            Self::Waiting => shell::page_skeleton().into_any(),
            Self::Page(page) => (page.0.draw)(),
            Self::Client(_) => {
                with_context(Space::follow(), move || shell::space(move || within(here)).into_any())
            }
            Self::Blocked(reason) => shell::blocked(reason).into_any(),
            Self::BlockedInSpace(page, action, reason) => {
                shell::blocked_in_space(page, action, reason).into_any()
            }
            Self::Failed(problem) => shell::failed(problem, again).into_any(),
        }
    }

    /// What stands there as long as what one may do is not known.
    fn unknown(problem: Option<Problem>) -> Self {
        match problem {
            // Nobody learns here whether a provider or client exists that is none of theirs.
            Some(problem) if problem.kind == ProblemKind::NotFound => Self::Page(Drawn(&NOT_FOUND)),
            Some(problem) => Self::Failed(problem),
            None => Self::Waiting,
        }
    }
}

fn framed(here: Memo<Here>) -> impl IntoView {
    let (provider, router) = (use_provider(), use_router());
    let inside = memo(move || {
        let here = here.get();
        let (action, allowed) = match here.0.access {
            Access::Provider(action) => (action, Inside::Page(Drawn(here.0.page))),
            Access::Client(_) => match router.id("organization") {
                Some(organization) => (Action::OpenClient, Inside::Client(organization)),
                None => return Inside::Page(Drawn(&NOT_FOUND)),
            },
            Access::Anyone | Access::SignedIn | Access::Portfolio => return Inside::Page(Drawn(&NOT_FOUND)),
        };
        if provider.view().map(|_| ()).is_none() {
            return Inside::unknown(provider.view().problem());
        }
        permitted(provider.verdict(action), allowed)
    });
    live(move || inside.get().draw(here, || use_provider().view().again()))
}

/// What stands inside the space of a client.
fn within(here: Memo<Here>) -> impl IntoView {
    let space = use_space();
    let inside = memo(move || {
        let here = here.get();
        let Access::Client(action) = here.0.access else { return Inside::Page(Drawn(&NOT_FOUND)) };
        if space.view().map(|_| ()).is_none() {
            return Inside::unknown(space.view().problem());
        }
        let page = Inside::Page(Drawn(here.0.page));
        match space.verdict(action) {
            // The page shows the part that is there.
            Verdict::Disabled(Reason::LimitedBySettings) => page,
            Verdict::Disabled(reason) => Inside::BlockedInSpace((here.0.page.title)(), action, reason),
            verdict => permitted(verdict, page),
        }
    });
    live(move || inside.get().draw(here, || use_space().view().again()))
}

fn permitted(verdict: Verdict, allowed: Inside) -> Inside {
    match verdict {
        Verdict::Allowed => allowed,
        Verdict::Hidden => Inside::Page(Drawn(&NOT_FOUND)),
        Verdict::Disabled(reason) => Inside::Blocked(reason),
    }
}
