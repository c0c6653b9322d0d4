//! What clients are billed: the drafts of a period, issuing them, and each invoice as it is printed.

mod bar;
mod cells;
mod files;
mod filters;
mod issue;
mod notices;
mod paper;
mod periods;
mod preview;
mod print;

use leptos::prelude::*;
use portal_bridge::{DraftRow, DraftsView, GetDraftIds, GetDrafts, OrganizationId, Rows, Topic};

use crate::format;
use crate::live::{live, memo};
use crate::messages::invoices as text;
use crate::pages::listing;
use crate::router::{Router, use_router};
use crate::shell::{Head, billing_path, use_books};
use crate::ui::table::{Selection, Table};
use crate::ui::{Button, ButtonKind, Empty, Glyph, Progress, Skeleton};
use crate::view::{List, Listed, use_list};
use filters::Filters;
use print::Printing;

/// The key of the query that names the client whose invoice is looked at.
const CLIENT: &str = "client";
/// The key that names one of its earlier invoices.
const NUMBER: &str = "number";

impl Listed for DraftRow {
    type Question = GetDrafts;

    fn rows(answer: &DraftsView) -> &Rows<Self> {
        &answer.rows
    }
}

/// The page.
pub fn page() -> impl IntoView {
    let router = use_router();
    let client = memo(move || router.query(CLIENT).and_then(|id| id.parse::<OrganizationId>().ok()));
    live(move || match client.get() {
        Some(client) => preview::page(client).into_any(),
        None => drafts().into_any(),
    })
}

/// Every client of the period.
fn drafts() -> impl IntoView {
    let (router, books) = (use_router(), use_books());
    let filters = Filters::follow();
    let query = filters.query();
    let list = use_list(
        query,
        |query, window| GetDrafts { query, window },
        move || vec![Topic::Drafts(books.get()), Topic::Books(books.get())],
    );
    let selection = Selection::<OrganizationId>::new();
    let issuing = RwSignal::new(None::<Vec<OrganizationId>>);
    let printing = Printing::of_page(filters.run());
    let keys = listing::keys_of(move || GetDraftIds(query.get_untracked()));
    let on_open = Box::new(move |row: DraftRow| look_at(router, row.organization));
    let shows_list =
        memo(move || list.matched().is_some_and(|matched| matched > 0) && list.problem().is_none());
    view! {
        <Head title=text::label().to_owned() count=Signal::derive(move || list.total().filter(|_| !is_waiting(list)).map(format::number))>
            {periods::menu(filters)}
            {head_buttons(filters, list, issuing, printing)}
        </Head>
        {bar::bar(filters, list)}
        {notices::notices(filters, list)}
        {bar::sums(list)}
        {listing::trouble(list, text::old_data())}
        <div class="list" class:away=move || !shows_list.get()>
            <Table
                list
                key=|row: &DraftRow| row.organization
                label=text::table().to_owned()
                class="drafts"
                columns=cells::COLUMNS
                cells=cells::cells
                sorted=filters.order.shown()
                on_sort=move |by| filters.order.by(by)
                selection
                pick_label=|row: &DraftRow| text::select(&format::isolate(&row.name))
                keys
                on_open
            />
        </div>
        {waiting(list)}
        {nothing(filters, list)}
        {issue::bulk(selection, issuing, filters, printing)}
        {move || issuing.get().map(|chosen| issue::dialog(filters, list, chosen, issuing, selection))}
        {printing.sheets()}
    }
}

/// Opens the invoice of a client, one step that Back takes back.
fn look_at(router: Router, client: OrganizationId) {
    let mut address = router.address_untracked();
    address.set(CLIENT, Some(&client.to_string()));
    router.go(&address.text());
}

fn head_buttons(
    filters: Filters,
    list: List<DraftRow>,
    issuing: RwSignal<Option<Vec<OrganizationId>>>,
    printing: Printing,
) -> impl IntoView {
    let open = memo(move || list.map(|view| view.run.as_ref().map(|run| (run.open, run.over))).flatten());
    let print_all = move || printing.all(filters);
    view! {
        {files::menu(filters, None)}
        <Button label=text::print().to_owned() icon=Glyph::Scroll on_press=print_all />
        {live(move || {
            let (count, over) = open.get()?;
            let reason = match (count, over) {
                (0, _) => Some(text::issue_none().to_owned()),
                (_, false) => Some(text::issue_wait().to_owned()),
                _ => None,
            };
            Some(view! {
                <Button label=text::issue(count) icon=Glyph::Send kind=ButtonKind::Go reason on_press=move || issuing.set(Some(Vec::new())) />
            })
        })}
    }
}

fn is_waiting(list: List<DraftRow>) -> bool {
    list.map(|view| view.run.is_none()).unwrap_or(true)
}

/// How far the drafts are, while they are worked out for the first time.
fn waiting(list: List<DraftRow>) -> impl IntoView {
    let progress = memo(move || match list.problem() {
        Some(_) => None,
        None => match list.map(|view| (view.run.is_some(), view.progress)) {
            Some((true, _)) => None,
            Some((false, progress)) => Some(progress.unwrap_or_default()),
            None => Some((0, 0)),
        },
    });
    live(move || {
        let (done, total) = progress.get()?;
        let words = match total {
            0 => text::preparing().to_owned(),
            _ => text::working_out(&format::number(done), &format::number(total)),
        };
        Some(view! {
            <div class="pad stack">
                {(total > 0).then(|| view! { <Progress label=words.clone() done=done total=total /> }.into_any())}
                <p class="quiet figures" role="status">{words}</p>
                <Skeleton lines=6 />
            </div>
        })
    })
}

/// What stands there when no row does.
fn nothing(filters: Filters, list: List<DraftRow>) -> impl IntoView {
    let books = use_books();
    let none = move || {
        let address = billing_path(books.get_untracked(), "ledger");
        let action = move || view! { <a class="btn" href=address.clone()>{text::to_ledger()}</a> };
        view! { <Empty title=text::none().to_owned() body=text::none_body().to_owned() action /> }.into_any()
    };
    let no_match = [text::no_match(), text::no_match_body(), text::clear_filters()];
    listing::nothing(list, none, no_match, move || filters.clear())
}
