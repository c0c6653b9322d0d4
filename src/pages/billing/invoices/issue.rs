//! Issuing invoices, and cancelling one.

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{
    CancelInvoice, DraftRow, DraftRun, DraftShow, DraftsQuery, GetDraftIds, IssueInvoices, OrganizationId,
    Seen,
};

use super::{files, filters::Filters, print::Printing};
use crate::core_link::use_link;
use crate::form::{DialogForm, Sending};
use crate::format;
use crate::messages::{invoices as text, problems};
use crate::shell::use_shell;
use crate::ui::table::Selection;
use crate::ui::{BulkBar, Button, ButtonKind, Dialog, Glyph, Press, Toasts};
use crate::view::List;

/// What can be done with the chosen clients.
pub(super) fn bulk(
    selection: Selection<OrganizationId>,
    issuing: RwSignal<Option<Vec<OrganizationId>>>,
    filters: Filters,
    printing: Printing,
) -> impl IntoView {
    let count =
        Signal::derive(move || Some(selection.count()).filter(|count| *count > 0).map(text::selected));
    let (link, toasts) = (use_link(), Toasts::of_page());
    let query = filters.query();
    // Of the chosen ones the core knows which can be issued.
    let issue = move || {
        let open =
            DraftsQuery { search: String::new(), show: Some(DraftShow::Open), ..query.get_untracked() };
        let answer = link.ask(GetDraftIds(open));
        spawn_local(async move {
            match answer.await {
                Ok(open) => {
                    let can: Vec<_> = selection.keys().into_iter().filter(|key| open.contains(key)).collect();
                    if can.is_empty() {
                        toasts.say(text::issue_none().to_owned());
                    } else {
                        issuing.try_set(Some(can));
                    }
                }
                Err(problem) => toasts.say(problems::problem(&problem)),
            }
        });
    };
    view! {
        <BulkBar count on_clear=move || selection.clear()>
            <Button label=text::issue_chosen().to_owned() icon=Glyph::Send kind=ButtonKind::Bare on_press=issue />
            <Button label=text::print().to_owned() icon=Glyph::Scroll kind=ButtonKind::Bare on_press=move || printing.some(selection.keys()) />
            {files::menu(filters, Some(selection))}
        </BulkBar>
    }
}

/// Issues what is chosen, or everything that can be; says what that means.
pub(super) fn dialog(
    filters: Filters,
    list: List<DraftRow>,
    chosen: Vec<OrganizationId>,
    issuing: RwSignal<Option<Vec<OrganizationId>>>,
    selection: Selection<OrganizationId>,
) -> AnyView {
    let run = untrack(|| list.map(|view| view.run.clone())).flatten();
    let Some(run) = run else { return ().into_any() };
    let all = chosen.is_empty();
    let count = if all { run.open } else { u32::try_from(chosen.len()).unwrap_or(u32::MAX) };
    let reason = match (count, run.over) {
        (0, _) => Some(text::issue_none().to_owned()),
        (_, false) => Some(text::issue_wait().to_owned()),
        _ => None,
    };
    let close = Press::new(move |()| issuing.set(None));
    let only = (!all).then_some(chosen);
    let began = Press::new(move |()| selection.clear());
    let gaps = run.gap_days > 0;
    let key = filters.run().get_untracked();
    view! { <IssueDialog run=key seen=run.seen only count next=run.next gaps reason on_close=close on_begun=began /> }
        .into_any()
}

/// Says what issuing means, and does it.
#[component]
pub(super) fn IssueDialog(
    run: DraftRun,
    seen: Seen,
    only: Option<Vec<OrganizationId>>,
    count: u32,
    next: String,
    gaps: bool,
    reason: Option<String>,
    on_close: Press,
    on_begun: Press,
) -> impl IntoView {
    let (link, shell) = (use_link(), use_shell());
    let sending = Sending::new(&[]);
    let submit = move || {
        let question = IssueInvoices { run, seen, only: only.clone() };
        sending.send(link, question, move |_| {
            on_begun.run(());
            on_close.run(());
            shell.show_jobs();
        });
    };
    view! {
        <Dialog title=text::issue_title(count) held=sending.busy() on_close>
            <DialogForm sending verb=text::issue(count) on_submit=submit on_close reason>
                <p>{text::issue_body(count, &format::isolate(&next))}</p>
                <p>{text::issue_kept()}</p>
                {gaps.then(|| view! { <p class="quiet">{text::issue_gaps()}</p> }.into_any())}
            </DialogForm>
        </Dialog>
    }
}

/// Cancels an invoice by a credit note.
#[component]
pub(super) fn CancelDialog(
    run: DraftRun,
    organization: OrganizationId,
    number: String,
    on_close: Press,
) -> impl IntoView {
    let (link, toasts) = (use_link(), Toasts::of_page());
    let sending = Sending::new(&[]);
    let shown = format::isolate(&number);
    let submit = move || {
        let question = CancelInvoice { run, organization, number: number.clone() };
        sending.send(link, question, move |note: String| {
            toasts.say(text::cancelled(&format::isolate(&note)));
            on_close.run(());
        });
    };
    view! {
        <Dialog title=text::cancel_title(&shown) held=sending.busy() on_close>
            <DialogForm sending verb=text::cancel_go().to_owned() on_submit=submit on_close>
                <p>{text::cancel_body(&shown)}</p>
            </DialogForm>
        </Dialog>
    }
}
