//! Clients as CSV.

use leptos::prelude::*;
use portal_bridge::{ClientsQuery, ExportClients, ProviderOrganizationId};

use super::filters::Filters;
use crate::core_link::use_link;
use crate::messages::clients as text;
use crate::pages::listing;
use crate::ui::ButtonKind;
use crate::ui::table::Selection;

/// Saves every client that search and filters leave.
pub(super) fn button(filters: Filters) -> impl IntoView {
    let query = filters.query();
    exporting(text::csv(), move || (query.get_untracked(), None))
}

/// Saves the chosen clients.
pub(super) fn selected_button(
    selection: Selection<ProviderOrganizationId>,
    filters: Filters,
) -> impl IntoView {
    let query = filters.query();
    exporting(text::export(), move || (query.get_untracked(), Some(selection.keys())))
}

fn exporting(
    words: &'static str,
    which: impl Fn() -> (ClientsQuery, Option<Vec<ProviderOrganizationId>>) + 'static,
) -> impl IntoView {
    let link = use_link();
    let ask = move || {
        let (query, only) = which();
        link.ask(ExportClients { query, only })
    };
    listing::export(words, ButtonKind::Bare, None, ask, text::exported)
}
