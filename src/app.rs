//! The one table of routes, and what is shown at each address.

use leptos::prelude::*;
use portal_bridge::{Action, ProblemKind, ProviderId, SessionView, Verdict};

use crate::core_link::{Link, use_link};
use crate::live::{live, memo};
use crate::messages::{entry, shell as text};
use crate::pages;
use crate::router::{Router, matches, use_router};
use crate::session::{Provider, use_provider};
use crate::shell;

/// A page.
pub struct Page {
    /// What the document is called there.
    pub title: fn() -> &'static str,
    /// Draws it.
    pub draw: fn() -> AnyView,
}

/// A page under an address. A page with several addresses stays mounted when the address moves between them.
pub struct Route {
    /// The path; parts after a colon are named.
    pub path: &'static str,
    /// Who gets there.
    pub access: Access,
    /// Which page.
    pub page: &'static Page,
}

/// Who gets to a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody, signed in or not.
    Anyone,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever may do this in the provider the address names; the page stands in the provider's frame.
    Provider(Action),
}

static CLIENTS: Page = Page { title: text::clients, draw: || pages::clients::page().into_any() };
static CLIENT: Page = Page { title: text::clients, draw: || pages::client::page().into_any() };
static FRONT_DOOR: Page = Page { title: entry::places, draw: || pages::providers::front_door().into_any() };
static PROVIDERS: Page = Page { title: entry::places, draw: || pages::providers::page().into_any() };
static REGISTER: Page = Page { title: entry::register, draw: || pages::register::page().into_any() };
static SET_UP: Page = Page { title: entry::set_up, draw: pages::setup_provider::page };
static ACCEPT_PROVIDER: Page = Page { title: entry::invited_to_provider, draw: pages::accept_provider::page };
static ACCEPT_ORGANIZATION: Page =
    Page { title: entry::invited_to_provider, draw: pages::accept_organization::page };
static STAFF: Page = Page { title: text::staff, draw: || pages::staff::page().into_any() };
static EVENTS: Page = Page { title: text::events, draw: || pages::events::page().into_any() };
static SETTINGS: Page = Page { title: text::settings, draw: || pages::settings::page().into_any() };
static ACCOUNT: Page = Page { title: text::account, draw: || pages::settings::account_page().into_any() };
/// Where the address, or the role, leads to no page of a provider.
static NOT_FOUND: Page = Page { title: text::not_found, draw: || shell::not_found().into_any() };
/// The same outside of any provider, where no frame stands around it.
static OUTSIDE: Page = Page { title: text::not_found, draw: || pages::entry::nowhere().into_any() };

/// Every route. The first that matches is taken, so fixed words stand before named parts.
pub static ROUTES: &[Route] = &[
    Route { path: "/", access: Access::SignedIn, page: &FRONT_DOOR },
    Route { path: "/providers", access: Access::SignedIn, page: &PROVIDERS },
    Route { path: "/account", access: Access::SignedIn, page: &ACCOUNT },
    Route { path: "/register", access: Access::Anyone, page: &REGISTER },
    Route { path: "/finish-signup", access: Access::Anyone, page: &REGISTER },
    Route { path: "/providers/setup-provider", access: Access::Anyone, page: &SET_UP },
    Route { path: "/providers/accept-provider", access: Access::Anyone, page: &ACCEPT_PROVIDER },
    Route { path: "/accept-organization", access: Access::Anyone, page: &ACCEPT_ORGANIZATION },
    Route { path: "/providers/:provider", access: Access::Provider(Action::ViewClients), page: &CLIENTS },
    Route {
        path: "/providers/:provider/clients",
        access: Access::Provider(Action::ViewClients),
        page: &CLIENTS,
    },
    Route { path: "/providers/:provider/staff", access: Access::Provider(Action::ViewStaff), page: &STAFF },
    Route {
        path: "/providers/:provider/staff/invite",
        access: Access::Provider(Action::InviteStaff),
        page: &STAFF,
    },
    Route {
        path: "/providers/:provider/events",
        access: Access::Provider(Action::ViewProviderEvents),
        page: &EVENTS,
    },
    Route {
        path: "/providers/:provider/settings",
        access: Access::Provider(Action::OpenProvider),
        page: &SETTINGS,
    },
    Route {
        path: "/providers/:provider/clients/new",
        access: Access::Provider(Action::CreateClient),
        page: &CLIENTS,
    },
    Route {
        path: "/providers/:provider/clients/existing",
        access: Access::Provider(Action::AddExisting),
        page: &CLIENTS,
    },
    Route {
        path: "/providers/:provider/clients/:organization",
        access: Access::Provider(Action::OpenClient),
        page: &CLIENT,
    },
];

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
    /// A provider's frame, with a page in it.
    Framed(ProviderId),
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
            (Access::Provider(_), Some(SessionView::Open(_))) => match router.id("provider") {
                Some(provider) => Stage::Framed(provider),
                None => Stage::Bare(Here(&NOWHERE)),
            },
        }
    });
    live(move || match stage.get() {
        Stage::Waiting => shell::waiting().into_any(),
        Stage::SignIn => pages::sign_in::page().into_any(),
        Stage::TwoStep => pages::two_step::page().into_any(),
        Stage::Locked => pages::locked::page().into_any(),
        Stage::Bare(here) => (here.0.page.draw)(),
        Stage::Framed(_) => {
            provide_context(Provider::follow());
            shell::frame(move || framed(here)).into_any()
        }
    })
}

/// What stands inside a provider's frame.
#[derive(Clone, PartialEq)]
enum Inside {
    Waiting,
    Page(Drawn),
    Blocked(portal_bridge::Reason),
    Failed(portal_bridge::Problem),
}

fn framed(here: Memo<Here>) -> impl IntoView {
    let provider = use_provider();
    let inside = memo(move || {
        let here = here.get();
        let Access::Provider(action) = here.0.access else { return Inside::Page(Drawn(&NOT_FOUND)) };
        match (provider.view().map(|_| ()), provider.view().problem()) {
            (Some(()), _) => match provider.verdict(action) {
                Verdict::Allowed => Inside::Page(Drawn(here.0.page)),
                Verdict::Hidden => Inside::Page(Drawn(&NOT_FOUND)),
                Verdict::Disabled(reason) => Inside::Blocked(reason),
            },
            // Nobody learns here whether a provider exists whose staff they are not on.
            (None, Some(problem)) if problem.kind == ProblemKind::NotFound => Inside::Page(Drawn(&NOT_FOUND)),
            (None, Some(problem)) => Inside::Failed(problem),
            (None, None) => Inside::Waiting,
        }
    });
    live(move || match inside.get() {
        Inside::Waiting => shell::page_skeleton().into_any(),
        Inside::Page(page) => (page.0.draw)(),
        Inside::Blocked(reason) => shell::blocked(reason).into_any(),
        Inside::Failed(problem) => shell::failed(problem, move || provider.view().again()).into_any(),
    })
}
