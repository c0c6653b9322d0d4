//! The one table of routes.

use leptos::prelude::*;
use portal_bridge::Action;

use crate::messages::{
    billing, collections, entry, groups, items, members, policies, prices, shell as text, space, timeline,
};
use crate::pages;
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
    /// Whoever is signed in; the page stands in the frame of every client one looks after.
    Portfolio,
    /// Whoever may do this in the provider the address names; the page stands in the provider's frame.
    Provider(Action),
    /// Whoever may do this in the client the address names; the page stands in the client's space.
    Client(Action),
}

static CLIENTS: Page = Page { title: text::clients, draw: || pages::clients::page().into_any() };
static CLIENT: Page = Page { title: space::overview, draw: || pages::client::page().into_any() };
static PORTFOLIO: Page = Page { title: text::clients, draw: || pages::portfolio::page().into_any() };
static TECHNICIANS: Page = Page { title: text::staff, draw: || pages::technicians::page().into_any() };
static COLLECTIONS: Page = Page { title: collections::label, draw: || pages::collections::page().into_any() };
static GROUPS: Page = Page { title: groups::label, draw: || pages::groups::page().into_any() };
static ITEMS: Page = Page { title: items::label, draw: || pages::items::page().into_any() };
static POLICIES: Page = Page { title: policies::label, draw: || pages::policies::page().into_any() };
static CLIENT_SETTINGS: Page =
    Page { title: space::settings, draw: || pages::client_settings::page().into_any() };
static CLIENT_EVENTS: Page = Page { title: space::events, draw: || pages::events::client_page().into_any() };
static CLIENT_BILLING: Page = Page { title: space::billing, draw: || pages::client::billing().into_any() };
static SUBSCRIPTION: Page = Page {
    title: billing::subscription,
    draw: || shell::billing(|| pages::billing::subscription::page().into_any()).into_any(),
};
static LEDGER: Page = Page {
    title: billing::ledger,
    draw: || shell::billing(|| pages::billing::ledger::page().into_any()).into_any(),
};
static DISCOUNTS: Page = Page {
    title: billing::discounts,
    draw: || shell::billing(|| pages::billing::discounts::page().into_any()).into_any(),
};
static INVOICES: Page = Page {
    title: billing::invoices,
    draw: || shell::billing(|| pages::billing::invoices::page().into_any()).into_any(),
};
static INVOICE_SETTINGS: Page = Page {
    title: prices::settings,
    draw: || shell::billing(|| pages::billing::terms::page().into_any()).into_any(),
};
static CLIENT_PRICES: Page = Page {
    title: prices::clients,
    draw: || shell::billing(|| pages::billing::terms::clients_page().into_any()).into_any(),
};
static DIRECTORY: Page = Page { title: space::directory, draw: || pages::directory::page().into_any() };
static FRONT_DOOR: Page = Page { title: entry::places, draw: || pages::providers::front_door().into_any() };
static PROVIDERS: Page = Page { title: entry::places, draw: || pages::providers::page().into_any() };
static REGISTER: Page = Page { title: entry::register, draw: || pages::register::page().into_any() };
static SET_UP: Page = Page { title: entry::set_up, draw: pages::setup_provider::page };
static ACCEPT_PROVIDER: Page = Page { title: entry::invited_to_provider, draw: pages::accept_provider::page };
static ACCEPT_ORGANIZATION: Page =
    Page { title: entry::invited_to_provider, draw: pages::accept_organization::page };
static STAFF: Page = Page { title: text::staff, draw: || pages::staff::page().into_any() };
static EVENTS: Page = Page { title: text::events, draw: || pages::events::page().into_any() };
static TIMELINE: Page = Page { title: timeline::label, draw: || pages::events::timeline_page().into_any() };
static OWN_TIMELINE: Page =
    Page { title: timeline::label, draw: || pages::events::own_timeline_page().into_any() };
static MEMBERS: Page = Page { title: members::label, draw: || pages::members::page().into_any() };
static SETTINGS: Page = Page { title: text::settings, draw: || pages::settings::page().into_any() };
static ACCOUNT: Page = Page { title: text::account, draw: || pages::settings::account_page().into_any() };
/// Where the address, or the role, leads to no page of a provider.
pub(super) static NOT_FOUND: Page = Page { title: text::not_found, draw: || shell::not_found().into_any() };
/// The same outside of any provider, where no frame stands around it.
pub(super) static OUTSIDE: Page =
    Page { title: text::not_found, draw: || pages::entry::nowhere().into_any() };

/// Every route. The first that matches is taken, so fixed words stand before named parts.
pub static ROUTES: &[Route] = &[
    Route { path: "/", access: Access::SignedIn, page: &FRONT_DOOR },
    Route { path: "/providers", access: Access::SignedIn, page: &PROVIDERS },
    Route { path: "/clients", access: Access::Portfolio, page: &PORTFOLIO },
    Route { path: "/clients/new", access: Access::Portfolio, page: &PORTFOLIO },
    Route { path: "/staff", access: Access::Portfolio, page: &TECHNICIANS },
    Route { path: "/timeline", access: Access::Portfolio, page: &OWN_TIMELINE },
    Route { path: "/billing", access: Access::Portfolio, page: &LEDGER },
    Route { path: "/billing/ledger", access: Access::Portfolio, page: &LEDGER },
    Route { path: "/billing/discounts", access: Access::Portfolio, page: &DISCOUNTS },
    Route { path: "/billing/invoices", access: Access::Portfolio, page: &INVOICES },
    Route { path: "/billing/invoices/settings", access: Access::Portfolio, page: &INVOICE_SETTINGS },
    Route { path: "/billing/invoices/settings/clients", access: Access::Portfolio, page: &CLIENT_PRICES },
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
        path: "/providers/:provider/timeline",
        access: Access::Provider(Action::ViewProviderEvents),
        page: &TIMELINE,
    },
    Route {
        path: "/providers/:provider/billing",
        access: Access::Provider(Action::ViewProviderSubscription),
        page: &SUBSCRIPTION,
    },
    Route {
        path: "/providers/:provider/billing/subscription",
        access: Access::Provider(Action::ViewProviderSubscription),
        page: &SUBSCRIPTION,
    },
    Route {
        path: "/providers/:provider/billing/ledger",
        access: Access::Provider(Action::ViewProviderBilling),
        page: &LEDGER,
    },
    Route {
        path: "/providers/:provider/billing/discounts",
        access: Access::Provider(Action::ViewProviderBilling),
        page: &DISCOUNTS,
    },
    Route {
        path: "/providers/:provider/billing/invoices",
        access: Access::Provider(Action::ViewProviderBilling),
        page: &INVOICES,
    },
    Route {
        path: "/providers/:provider/billing/invoices/settings",
        access: Access::Provider(Action::ViewProviderBilling),
        page: &INVOICE_SETTINGS,
    },
    Route {
        path: "/providers/:provider/billing/invoices/settings/clients",
        access: Access::Provider(Action::ViewProviderBilling),
        page: &CLIENT_PRICES,
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
        access: Access::Client(Action::ViewMemberNames),
        page: &CLIENT,
    },
    Route {
        path: "/providers/:provider/clients/:organization/members",
        access: Access::Client(Action::ViewMembers),
        page: &MEMBERS,
    },
    Route {
        path: "/providers/:provider/clients/:organization/members/invite",
        access: Access::Client(Action::ManageMembers),
        page: &MEMBERS,
    },
    Route {
        path: "/organizations/:organization/members",
        access: Access::Client(Action::ViewMembers),
        page: &MEMBERS,
    },
    Route {
        path: "/organizations/:organization/members/invite",
        access: Access::Client(Action::ManageMembers),
        page: &MEMBERS,
    },
    Route {
        path: "/providers/:provider/clients/:organization/collections",
        access: Access::Client(Action::ViewCollections),
        page: &COLLECTIONS,
    },
    Route {
        path: "/providers/:provider/clients/:organization/groups",
        access: Access::Client(Action::ViewGroupDetails),
        page: &GROUPS,
    },
    Route {
        path: "/providers/:provider/clients/:organization/policies",
        access: Access::Client(Action::ManagePolicies),
        page: &POLICIES,
    },
    Route {
        path: "/organizations/:organization/collections",
        access: Access::Client(Action::ViewCollections),
        page: &COLLECTIONS,
    },
    Route {
        path: "/organizations/:organization/groups",
        access: Access::Client(Action::ViewGroupDetails),
        page: &GROUPS,
    },
    Route {
        path: "/organizations/:organization/policies",
        access: Access::Client(Action::ManagePolicies),
        page: &POLICIES,
    },
    Route {
        path: "/organizations/:organization",
        access: Access::Client(Action::ViewMemberNames),
        page: &CLIENT,
    },
    Route {
        path: "/providers/:provider/clients/:organization/directory",
        access: Access::Client(Action::ManageApiKey),
        page: &DIRECTORY,
    },
    Route {
        path: "/organizations/:organization/directory",
        access: Access::Client(Action::ManageApiKey),
        page: &DIRECTORY,
    },
    Route {
        path: "/providers/:provider/clients/:organization/events",
        access: Access::Client(Action::ViewOrganizationEvents),
        page: &CLIENT_EVENTS,
    },
    Route {
        path: "/organizations/:organization/events",
        access: Access::Client(Action::ViewOrganizationEvents),
        page: &CLIENT_EVENTS,
    },
    Route {
        path: "/organizations/:organization/billing",
        access: Access::Client(Action::EditSubscription),
        page: &CLIENT_BILLING,
    },
    Route {
        path: "/providers/:provider/clients/:organization/settings",
        access: Access::Client(Action::EditOrganization),
        page: &CLIENT_SETTINGS,
    },
    Route {
        path: "/organizations/:organization/settings",
        access: Access::Client(Action::EditOrganization),
        page: &CLIENT_SETTINGS,
    },
    Route {
        path: "/providers/:provider/clients/:organization/items",
        access: Access::Client(Action::ViewCollections),
        page: &ITEMS,
    },
    Route {
        path: "/organizations/:organization/items",
        access: Access::Client(Action::ViewCollections),
        page: &ITEMS,
    },
];
