//! Clients as CSV.

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{ClientsQuery, ExportClients, ProviderOrganizationId};

use super::filters::Filters;
use crate::core_link::use_link;
use crate::messages::{clients as text, problems, ui as ui_text};
use crate::save::save_csv;
use crate::ui::table::Selection;
use crate::ui::{Button, ButtonKind, Glyph, Toasts};

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
    let (link, toasts) = (use_link(), Toasts::of_page());
    let busy = RwSignal::new(false);
    let save = move || {
        busy.set(true);
        let (query, only) = which();
        let answer = link.ask(ExportClients { query, only });
        spawn_local(async move {
            let said = match answer.await {
                Ok(file) if save_csv(&file).is_ok() => text::exported(file.rows),
                Ok(_) => ui_text::save_failed().to_owned(),
                Err(problem) => problems::problem(&problem),
            };
            toasts.say(said);
            busy.try_set(false);
        });
    };
    view! { <Button label=words.to_owned() icon=Glyph::Download kind=ButtonKind::Bare busy on_press=save /> }
}
