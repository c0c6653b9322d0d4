//! The ways through billing.

use leptos::prelude::*;
use portal_bridge::{Action, BooksOf};

use crate::live::{live, memo};
use crate::messages::billing as text;
use crate::portfolio::Portfolio;
use crate::router::use_router;
use crate::session::Provider;

use super::not_found;

/// A page of billing.
pub(super) struct Section {
    /// Last part of its address.
    pub(super) path: &'static str,
    pub(super) label: fn() -> &'static str,
    /// Who sees it in a provider.
    pub(super) action: Action,
    /// Whether it is there without a provider, too.
    own: bool,
}

pub(super) const SECTIONS: &[Section] = &[
    Section {
        path: "subscription",
        label: text::subscription,
        action: Action::ViewProviderSubscription,
        own: false,
    },
    Section { path: "ledger", label: text::ledger, action: Action::ViewProviderBilling, own: true },
    Section { path: "discounts", label: text::discounts, action: Action::ViewProviderBilling, own: true },
    Section { path: "invoices", label: text::invoices, action: Action::ViewProviderBilling, own: true },
];

/// Whose billing the page is about: the provider's in whose frame it stands, or one's own.
pub fn use_books() -> Signal<BooksOf> {
    match use_context::<Provider>() {
        Some(provider) => Signal::derive(move || BooksOf::Provider(provider.id())),
        None => Signal::stored(BooksOf::Own),
    }
}

/// The address of one of the pages of billing: `billing_path(books, "ledger")`.
pub fn billing_path(books: BooksOf, page: &str) -> String {
    match books {
        BooksOf::Provider(provider) => format!("/providers/{provider}/billing/{page}"),
        BooksOf::Own => format!("/billing/{page}"),
    }
}

/// A page of billing with the ways to the others. Without a provider there is none for whom nobody is to bill.
pub fn billing<V: IntoView + 'static>(inside: fn() -> V) -> impl IntoView {
    let portfolio = use_context::<Portfolio>();
    let there =
        memo(move || portfolio.is_none_or(|portfolio| portfolio.view().map(|view| view.bills) == Some(true)));
    let known = memo(move || portfolio.is_none_or(|portfolio| portfolio.view().map(|_| ()).is_some()));
    live(move || match (there.get(), known.get()) {
        (true, _) => Some(within(inside).into_any()),
        (false, true) => Some(not_found().into_any()),
        (false, false) => None,
    })
}

fn within<V: IntoView + 'static>(inside: fn() -> V) -> impl IntoView {
    let (router, books) = (use_router(), use_books());
    let provider = use_context::<Provider>();
    let tab = move |section: &'static Section| {
        let address = move || billing_path(books.get(), section.path);
        let here = move || {
            let (path, address) = (router.path(), address());
            let first = section.path == first_of(books.get())
                && path == billing_path(books.get(), "").trim_end_matches('/');
            (first || path == address || path.starts_with(&format!("{address}/"))).then_some("page")
        };
        let shown = memo(move || match provider {
            Some(provider) => provider.shows(section.action),
            None => section.own,
        });
        live(move || {
            shown
                .get()
                .then(|| view! { <a href=address aria-current=here>{(section.label)()}</a> }.into_any())
        })
    };
    view! {
        <nav class="sections" aria-label=text::navigation()>
            {SECTIONS.iter().map(tab).collect_view()}
        </nav>
        {inside()}
    }
}

/// The page that stands at the address of billing itself.
fn first_of(books: BooksOf) -> &'static str {
    match books {
        BooksOf::Provider(_) => "subscription",
        BooksOf::Own => "ledger",
    }
}
