//! Invoices saved as files.

use leptos::prelude::*;
use portal_bridge::{ExportInvoices, InvoiceFormat, OrganizationId};

use super::filters::Filters;
use crate::core_link::use_link;
use crate::messages::invoices as text;
use crate::pages::listing;
use crate::ui::table::Selection;
use crate::ui::{ButtonKind, Glyph, MenuButton, MenuEntry, MenuItem, Toasts};

/// The ways to save what search and filter leave, or what is chosen.
pub(super) fn menu(filters: Filters, chosen: Option<Selection<OrganizationId>>) -> impl IntoView {
    let (link, toasts) = (use_link(), Toasts::of_page());
    let busy = RwSignal::new(false);
    let query = filters.query();
    let save = move |format: InvoiceFormat| {
        let only = chosen.map(Selection::keys);
        let question = ExportInvoices { query: query.get_untracked(), only, format };
        listing::save_answer(busy, toasts, link.ask(question), text::saved);
    };
    let item = move |words: &'static str, format: InvoiceFormat| -> MenuEntry {
        MenuItem::new(words, move || save(format)).into()
    };
    let entries =
        move || vec![item(text::csv(), InvoiceFormat::Csv), item(text::json(), InvoiceFormat::Json)];
    let kind = if chosen.is_some() { ButtonKind::Bare } else { ButtonKind::Plain };
    view! { <MenuButton label=text::export().to_owned() icon=Glyph::Download kind entries /> }
}
