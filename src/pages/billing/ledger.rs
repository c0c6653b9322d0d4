//! The ledger of seats: what every client had and used each day, and what of it is idle.

mod cells;
mod filters;
mod panel;
mod reclaim;
mod reconcile;
mod trend;

use leptos::prelude::*;
use portal_bridge::{
    Action, BooksOf, GetLedger, GetLedgerClients, LedgerRow, LedgerView, OrganizationId, Rows, Topic, Verdict,
};

use crate::core_link::use_link;
use crate::format;
use crate::live::{live, memo};
use crate::messages::{
    billing as billing_text, clients as list_text, ledger as text, reasons, ui as ui_text,
};
use crate::pages::listing;
use crate::router::use_router;
use crate::session::{Provider, obstacle};
use crate::shell::{Head, use_books};
use crate::ui::table::{OnOpen, Selection, Table};
use crate::ui::{BulkBar, Button, ButtonKind, Chip, Empty, FilterButton, Glyph, Press, SearchField};
use crate::view::{List, Listed, use_list};
use filters::Filters;

impl Listed for LedgerRow {
    type Question = GetLedger;

    fn rows(answer: &LedgerView) -> &Rows<Self> {
        &answer.rows
    }
}

/// What is open above the page: clients from which idle seats are to be taken back.
type Open = RwSignal<Option<Vec<OrganizationId>>>;

/// The page.
pub fn page() -> impl IntoView {
    let (books, filters, router) = (use_books(), Filters::follow(), use_router());
    let query = filters.query(books);
    let list = use_list(query, |query, window| GetLedger { query, window }, move || topics_of(books.get()));
    let open: Open = RwSignal::new(None);
    let selection = Selection::<OrganizationId>::new();
    let shows_list =
        memo(move || list.matched().is_none_or(|matched| matched > 0) && list.problem().is_none());
    view! {
        <Head title=billing_text::ledger().to_owned() count=Signal::derive(move || list.total().map(format::number))>
            {export_button(filters, books)}
        </Head>
        {trend::section(filters, list)}
        {reconcile::line(books)}
        {bar(filters, list)}
        {listing::trouble(list, list_text::old_data())}
        <div class="list" class:away=move || !shows_list.get()>{table(list, filters, books, selection)}</div>
        {nothing(filters, list)}
        {bulk(selection, open)}
        {move || router.query(LOOK).and_then(|client| client.parse().ok()).map(|client| panel::panel(client, books, filters, open))}
        {move || open.get().map(|clients| view! {
            <reclaim::ReclaimDialog clients on_taken=move || selection.clear() on_close=move || open.set(None) />
        }.into_any())}
    }
}

/// The client that is looked at, in the address.
const LOOK: &str = "look";

/// What the ledger is drawn anew for.
fn topics_of(books: BooksOf) -> Vec<Topic> {
    match books {
        BooksOf::Provider(provider) => vec![Topic::Books(books), Topic::Clients(provider)],
        BooksOf::Own => vec![Topic::Books(books), Topic::Portfolio],
    }
}

/// Where no server meters seats there are none to take back, and nothing to choose clients for.
fn table(
    list: List<LedgerRow>,
    filters: Filters,
    books: Signal<BooksOf>,
    selection: Selection<OrganizationId>,
) -> AnyView {
    let router = use_router();
    let on_open: OnOpen<LedgerRow> = Box::new(move |row: LedgerRow| {
        let first = router.address_untracked().value(LOOK).is_none();
        let mut address = router.address_untracked();
        address.set(LOOK, Some(&row.organization.to_string()));
        // The first look is a step that Back takes back; going from look to look is none.
        if first { router.go(&address.text()) } else { router.replace(&address.text()) }
    });
    let key = |row: &LedgerRow| row.organization;
    if books.get_untracked() == BooksOf::Own {
        view! {
            <Table
                list
                key
                label=text::label().to_owned()
                class="ledger own"
                columns=cells::OWN_COLUMNS
                cells=cells::own_cells
                sorted=filters.order.shown()
                on_sort=move |by| filters.order.by(by)
                on_open
            />
        }
        .into_any()
    } else {
        let query = filters.query(books);
        let keys = listing::keys_of(move || GetLedgerClients(query.get_untracked()));
        view! {
            <Table
                list
                key
                label=text::label().to_owned()
                class="ledger"
                columns=cells::COLUMNS
                cells=cells::cells
                sorted=filters.order.shown()
                on_sort=move |by| filters.order.by(by)
                selection
                pick_label=|row: &LedgerRow| list_text::select(&format::isolate(&row.name))
                keys
                on_open
            />
        }
        .into_any()
    }
}

fn export_button(filters: Filters, books: Signal<BooksOf>) -> impl IntoView {
    let (link, query) = (use_link(), filters.query(books));
    let ask = move || link.ask(portal_bridge::ExportLedger { query: query.get_untracked(), only: None });
    listing::export(list_text::csv(), ButtonKind::Plain, None, ask, text::exported)
}

/// Search, filters, count: one bar.
fn bar(filters: Filters, list: List<LedgerRow>) -> impl IntoView {
    let own = filters.own;
    let entries = move |()| {
        let plans =
            untrack(|| list.map(|view| view.plans.iter().map(|plan| plan.plan.clone()).collect::<Vec<_>>()));
        filters.menu(&plans.unwrap_or_default())
    };
    let count = memo(move || {
        let (matched, total) = (list.matched()?, list.total()?);
        Some(list_text::matched(&format::number(matched), &format::number(total)))
    });
    let sums = memo(move || {
        list.map(|view| {
            let number = |value: u64| format::number(value as f64);
            let now = view.now;
            match own {
                true => text::sums_used(&number(now.used)),
                false => text::sums(&number(now.used), &number(now.assigned), &number(now.idle)),
            }
        })
    });
    view! {
        <div class="bar">
            <SearchField
                label=list_text::find().to_owned()
                clear=ui_text::clear_search().to_owned()
                value=filters.search()
                on_input=move |typed| filters.search_for(typed)
            />
            {move || filters.chips().into_iter().map(|(name, value, key)| view! {
                <Chip name=name.to_owned() value on_remove=move || filters.set(key, None) />
            }.into_any()).collect_view()}
            {(!own).then(|| view! { <FilterButton entries /> }.into_any())}
            <span class="tail quiet figures">
                <span>{move || count.get()}</span>
                <span class="hide-s">{move || sums.get()}</span>
            </span>
            // The count is said once the typing has come to rest on it.
            <span class="sr" role="status">{move || list.matched().map(list_text::announced)}</span>
        </div>
    }
}

fn nothing(filters: Filters, list: List<LedgerRow>) -> impl IntoView {
    let none =
        || view! { <Empty title=text::none().to_owned() body=text::none_body().to_owned() /> }.into_any();
    let no_match = [text::no_match(), text::no_match_body(), list_text::clear_filters()];
    listing::nothing(list, none, no_match, move || filters.clear())
}

/// Slides in with the chosen clients.
fn bulk(selection: Selection<OrganizationId>, open: Open) -> impl IntoView {
    let count =
        Signal::derive(move || Some(selection.count()).filter(|count| *count > 0).map(list_text::selected));
    view! {
        <BulkBar count on_clear=move || selection.clear()>
            {take_back(open, move || selection.keys())}
        </BulkBar>
    }
}

/// The button for taking back idle seats, as far as one may.
fn take_back(open: Open, clients: impl Fn() -> Vec<OrganizationId> + Send + Sync + 'static) -> AnyView {
    let provider = use_context::<Provider>();
    let press = Press::new(move |()| open.set(Some(clients())));
    live(move || {
        let verdict = provider?.verdict(Action::ChangeSeats);
        (verdict != Verdict::Hidden).then(|| {
            let reason = obstacle(verdict).map(|reason| reasons::reason(reason).to_owned());
            view! { <Button label=text::take_back().to_owned() icon=Glyph::Users kind=ButtonKind::Bare reason on_press=press /> }
                .into_any()
        })
    })
}
